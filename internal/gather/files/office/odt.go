package office

import (
	"encoding/xml"
	"strconv"
	"strings"
)

func (b *book) odt(doc *Document) error {
	if err := b.properties(doc, "meta.xml"); err != nil {
		return err
	}
	f := &b.out
	paragraphs, notes := 0, 0 // that are open
	return b.walk("content.xml", visitor{
		start: func(e xml.StartElement) bool {
			switch e.Name.Local {
			case "tracked-changes", "annotation", "font-face-decls", "automatic-styles", "scripts", "note-citation", "forms":
				return false
			case "p", "h":
				paragraphs++
			case "tab":
				f.write("\t")
			case "line-break":
				f.write("\n")
			case "s":
				n, err := strconv.Atoi(attribute(e, "c"))
				if err != nil {
					n = 1
				}
				f.write(strings.Repeat(" ", min(max(n, 1), 100)))
			case "table":
				f.openTable()
			case "note":
				if notes++; notes == 1 {
					mark := b.number("note " + strconv.Itoa(len(b.notes)))
					f.write(mark)
					f = &b.end
					f.write(mark + " ")
				}
			}
			return true
		},
		text: func(s string) {
			if paragraphs > 0 {
				f.write(s)
			}
		},
		stop: func(name string) {
			switch name {
			case "p", "h":
				paragraphs = max(0, paragraphs-1)
				f.paragraph()
			case "table-cell":
				f.cell()
			case "table-row":
				f.closeRow()
			case "table":
				f.closeTable()
			case "note":
				if notes = max(0, notes-1); notes == 0 {
					f.paragraph()
					f = &b.out
				}
			}
		},
	})
}
