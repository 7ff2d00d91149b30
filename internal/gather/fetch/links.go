package fetch

import (
	"net/url"
	"strings"
)

// maxLinks bounds what is read of Link headers.
const maxLinks = 50

// links reads the values of Link headers (RFC 8288, section 3) into the first
// address of each relation type, resolved against base. What cannot be read and
// what is no http or https address is left out, and so are links about another
// context (anchor), since they say nothing of this answer.
func links(base *url.URL, values []string) map[string]string {
	var found map[string]string
	n := 0
	for _, value := range values {
		if len(value) > 8<<10 {
			continue
		}
		for value != "" && n < maxLinks {
			n++
			var target string
			var params map[string]string
			target, params, value = link(value)
			if target == "" && params == nil {
				break
			}
			at, err := url.Parse(target)
			if err != nil || params["anchor"] != "" {
				continue
			}
			u, err := CheckURL(base.ResolveReference(at).String())
			if err != nil {
				continue
			}
			for rel := range strings.FieldsSeq(strings.ToLower(params["rel"])) {
				if found == nil {
					found = map[string]string{}
				}
				if found[rel] == "" {
					found[rel] = u.String()
				}
			}
		}
	}
	return found
}

// link takes one link-value off the front; params is nil where there is none.
func link(s string) (target string, params map[string]string, rest string) {
	s = strings.TrimLeft(s, " \t,")
	if !strings.HasPrefix(s, "<") {
		return "", nil, ""
	}
	target, s, ok := strings.Cut(s[1:], ">")
	if !ok {
		return "", nil, ""
	}
	params = map[string]string{}
	for {
		s = strings.TrimLeft(s, " \t")
		if !strings.HasPrefix(s, ";") {
			break
		}
		s = s[1:]
		end := strings.IndexAny(s, "=;,")
		if end < 0 {
			s = ""
			break
		}
		name := strings.ToLower(strings.TrimSpace(s[:end]))
		if s[end] != '=' {
			s = s[end:]
			continue
		}
		value := ""
		value, s = parameter(strings.TrimLeft(s[end+1:], " \t"))
		if _, twice := params[name]; !twice { // section 3.3: the first rel counts
			params[name] = value
		}
	}
	if i := strings.IndexByte(s, ','); i >= 0 {
		return strings.TrimSpace(target), params, s[i+1:]
	}
	return strings.TrimSpace(target), params, ""
}

// parameter reads a token or a quoted string.
func parameter(s string) (value, rest string) {
	if !strings.HasPrefix(s, `"`) {
		end := strings.IndexAny(s, ";, \t")
		if end < 0 {
			end = len(s)
		}
		return s[:end], s[end:]
	}
	var b strings.Builder
	for i := 1; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:]
		case s[i] == '\\' && i+1 < len(s):
			i++
			b.WriteByte(s[i])
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}
