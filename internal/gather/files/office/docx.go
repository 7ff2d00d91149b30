package office

import (
	"encoding/xml"
	"strings"
)

func (b *book) docx(doc *Document) error {
	if err := b.properties(doc, "docProps/core.xml"); err != nil {
		return err
	}
	if err := b.walk("word/document.xml", b.word(&b.out)); err != nil {
		return err
	}
	for _, part := range []string{"word/footnotes.xml", "word/endnotes.xml"} {
		if err := b.wordNotes(part); err != nil {
			return err
		}
	}
	return nil
}

// properties reads what a DOCX's core properties (15.2.12.1) or an ODT's
// meta.xml say of the file.
func (b *book) properties(doc *Document, part string) error {
	var text strings.Builder
	first := ""
	return b.walk(part, visitor{
		start: func(xml.StartElement) bool {
			text.Reset()
			return true
		},
		text: func(s string) {
			if text.Len() < 2000 {
				text.WriteString(s)
			}
		},
		stop: func(name string) {
			value := strings.TrimSpace(text.String())
			text.Reset()
			switch name {
			case "title":
				doc.Title = value
			case "initial-creator":
				first, doc.Author = value, value
			case "creator":
				if first == "" {
					doc.Author = value
				}
			case "created", "creation-date":
				doc.Created = value
			case "modified", "date":
				doc.Modified = value
			case "language":
				doc.Language = value
			}
		},
	})
}

// word writes the runs of WordprocessingML to f.
func (b *book) word(f *flow) visitor {
	reading := false
	return visitor{
		start: func(e xml.StartElement) bool {
			switch e.Name.Local {
			case "del", "moveFrom", "Fallback", "instrText", "delText", "rPrChange", "pPrChange":
				return false // deleted, or said once more for older programs
			case "t":
				reading = true
			case "tab":
				if e.Name.Space == "w" && len(e.Attr) == 0 { // not a tab stop's definition
					f.write("\t")
				}
			case "br", "cr":
				f.write("\n")
			case "noBreakHyphen":
				f.write("\u2011")
			case "tbl":
				f.openTable()
			case "footnoteReference", "endnoteReference":
				f.write(b.number(e.Name.Local[:1] + attribute(e, "id")))
			}
			return true
		},
		text: func(s string) {
			if reading {
				f.write(s)
			}
		},
		stop: func(name string) {
			switch name {
			case "t":
				reading = false
			case "p":
				f.paragraph()
			case "tc":
				f.cell()
			case "tr":
				f.closeRow()
			case "tbl":
				f.closeTable()
			}
		},
	}
}

// wordNotes writes the notes that the text calls.
func (b *book) wordNotes(part string) error {
	v := b.word(&b.end)
	start := v.start
	v.start = func(e xml.StartElement) bool {
		if e.Name.Local == "footnote" || e.Name.Local == "endnote" {
			id := e.Name.Local[:1] + attribute(e, "id")
			if b.notes[id] == 0 {
				return false // the line above notes, and notes that nothing calls
			}
			b.end.write(b.number(id) + " ")
		}
		return start(e)
	}
	return b.walk(part, v)
}
