package page

import (
	"encoding/json"
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// articleTypes are the schema.org types whose dates are those of a page's text.
var articleTypes = []string{"article", "newsarticle", "reportagenewsarticle", "analysisnewsarticle", "backgroundnewsarticle",
	"opinionnewsarticle", "reviewnewsarticle", "asktoanswernewsarticle", "blogposting", "liveblogposting", "report", "webpage", "socialmediaposting",
	"discussionforumposting", "pressrelease", "scholarlyarticle", "techarticle", "creativework"}

const (
	maxLinked      = 1 << 20 // bytes of one block
	maxLinkedDepth = 6
	maxLinkedNodes = 2000 // objects of one block that are looked at
)

// linked reads a JSON-LD block: an object, a list of them, or a graph. Blocks
// with the faults that templates make (comments around it, a comma too many,
// line ends inside texts, several objects in a row) are repaired; of one that
// stays broken the dates and the headline are sought as text.
func (w *words) linked(block string) {
	if len(block) > maxLinked {
		return
	}
	values, whole := decodeAll(unwrap(block))
	if !whole {
		if repaired, ok := decodeAll(repair(unwrap(block))); ok || len(repaired) > len(values) {
			values, whole = repaired, ok
		}
	}
	seen := 0
	for _, v := range values {
		w.node(v, 0, &seen)
	}
	if !whole {
		w.fragments(block)
	}
}

// node takes what an article says of itself, wherever in the tree it stands.
// A page that is only the shell of an article ("WebPage") ranks behind it.
func (w *words) node(v any, depth int, seen *int) {
	if *seen++; depth > maxLinkedDepth || *seen > maxLinkedNodes {
		return
	}
	switch v := v.(type) {
	case []any:
		for _, e := range v {
			w.node(e, depth+1, seen)
		}
	case map[string]any:
		w.node(v["@graph"], depth+1, seen)
		w.node(v["mainEntity"], depth+1, seen)
		types := textsOf(v["@type"])
		is := slices.ContainsFunc(types, func(t string) bool { return slices.Contains(articleTypes, strings.ToLower(localName(t))) })
		if !is {
			return
		}
		shell := slices.ContainsFunc(types, func(t string) bool {
			t = strings.ToLower(localName(t))
			return t == "webpage" || t == "creativework"
		})
		if !shell {
			w.article = true
		}
		rank := fromJSONLD
		if shell {
			rank = fromMeta // a page's dates may be those of its template
		}
		set(&w.title[fromJSONLD], firstOf(textsOf(v["headline"])...))
		set(&w.author[fromJSONLD], strings.Join(names(v["author"], 0), ", "))
		set(&w.language[fromJSONLD], languageTag(language(v["inLanguage"])))
		for _, at := range textsOf(v["datePublished"]) {
			add(&w.published[rank], at)
		}
		for _, at := range textsOf(v["dateModified"]) {
			add(&w.modified[rank], at)
		}
		if !shell && (isFalse(v["isAccessibleForFree"]) || closedPart(v)) {
			w.closed = true
		} else if said, ok := v["isAccessibleForFree"]; ok && !shell && !isFalse(said) {
			w.free = true
		}
	}
}

// closedPart reports whether an article that does not say that it is free has a
// part that is not (schema.org's mark of paywalled content).
func closedPart(v map[string]any) bool {
	if said, ok := v["isAccessibleForFree"]; ok && !isFalse(said) {
		return false
	}
	parts, ok := v["hasPart"].([]any)
	if !ok {
		parts = []any{v["hasPart"]}
	}
	return slices.ContainsFunc(parts, func(p any) bool {
		m, ok := p.(map[string]any)
		return ok && isFalse(m["isAccessibleForFree"])
	})
}

// isFalse reads a Boolean as pages write it: false, "False", "http://schema.org/False".
func isFalse(v any) bool {
	switch v := v.(type) {
	case bool:
		return !v
	case string:
		return strings.EqualFold(localName(v), "false")
	}
	return false
}

// localName is the last part of a name that may be an address: "schema:Article".
func localName(s string) string { return s[strings.LastIndexAny(s, "/#:")+1:] }

// language reads a text or a Language object.
func language(v any) string {
	if m, ok := v.(map[string]any); ok {
		return firstOf(append(textsOf(m["alternateName"]), textsOf(m["name"])...)...)
	}
	return firstOf(textsOf(v)...)
}

func textsOf(v any) (out []string) {
	switch v := v.(type) {
	case string:
		out = append(out, v)
	case map[string]any: // {"@value": "..."}
		if s, ok := v["@value"].(string); ok {
			out = append(out, s)
		}
	case []any:
		for _, e := range v[:min(len(v), 50)] {
			if s, ok := e.(string); ok {
				out = append(out, s)
			}
		}
	}
	return out
}

func names(v any, depth int) (out []string) {
	if depth > maxLinkedDepth {
		return nil
	}
	switch v := v.(type) {
	case string:
		if !strings.HasPrefix(v, "http") {
			out = append(out, v)
		}
	case []any:
		for _, e := range v[:min(len(v), 20)] {
			out = append(out, names(e, depth+1)...)
		}
	case map[string]any:
		out = append(out, textsOf(v["name"])...)
	}
	return out
}

// decodeAll reads JSON values that stand in a row; whole is false where
// something of the text could not be read.
func decodeAll(text string) (values []any, whole bool) {
	d := json.NewDecoder(strings.NewReader(text))
	for len(values) < 100 {
		var v any
		if err := d.Decode(&v); err != nil {
			return values, strings.TrimSpace(text[min(d.InputOffset(), int64(len(text))):]) == ""
		}
		values = append(values, v)
	}
	return values, true
}

// unwrap takes off the comments that templates put around a script's text, and
// a semicolon behind it.
func unwrap(text string) string {
	text = strings.TrimSpace(text)
	for _, mark := range []string{"<!--", "//<![CDATA[", "// <![CDATA[", "/*<![CDATA[*/", "/* <![CDATA[ */", "<![CDATA["} {
		text = strings.TrimSpace(strings.TrimPrefix(text, mark))
	}
	for _, mark := range []string{"-->", "//]]>", "// ]]>", "/*]]>*/", "/* ]]> */", "]]>", ";"} {
		text = strings.TrimSpace(strings.TrimSuffix(text, mark))
	}
	return text
}

// repair mends the common faults of JSON that a template wrote: bare line ends
// and tabs inside texts, escapes that JSON does not have, commas before a
// closing bracket.
func repair(text string) string {
	var b strings.Builder
	b.Grow(len(text))
	inText := false
	for i := 0; i < len(text); i++ {
		c := text[i]
		switch {
		case inText && c == '\\' && i+1 < len(text):
			i++
			if strings.IndexByte(`"\/bfnrtu`, text[i]) >= 0 {
				b.WriteByte(c)
			}
			if text[i] >= ' ' {
				b.WriteByte(text[i])
			}
			continue
		case c == '"':
			inText = !inText
		case inText && c < ' ':
			c = ' '
		case !inText && c == ',':
			if rest := strings.TrimLeft(text[i+1:min(len(text), i+200)], " \t\r\n"); rest != "" && strings.IndexByte("}],", rest[0]) >= 0 {
				continue
			}
		}
		b.WriteByte(c)
	}
	return b.String()
}

// aMember finds the members of interest in a block that is no JSON.
var aMember = regexp.MustCompile(`"(headline|datePublished|dateModified|isAccessibleForFree)"\s*:\s*("(?:[^"\\\n]|\\.){0,500}"|false)`)

func (w *words) fragments(block string) {
	for _, m := range aMember.FindAllStringSubmatch(block, 20) {
		var v any
		if json.Unmarshal([]byte(m[2]), &v) != nil {
			continue
		}
		said := fmt.Sprint(v)
		switch m[1] {
		case "headline":
			set(&w.title[fromMeta], said)
		case "datePublished":
			add(&w.published[fromMeta], said)
		case "dateModified":
			add(&w.modified[fromMeta], said)
		case "isAccessibleForFree":
			w.closed = w.closed || isFalse(v)
		}
	}
}
