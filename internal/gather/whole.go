package gather

import (
	"io"

	"entente/internal/centre"
)

// Whole reads a content to its end, at most so many bytes, for formats that must
// be held as a whole. What is longer is refused, and what breaks off too, in
// sentences that name it.
func Whole(name string, content io.Reader, most int) ([]byte, error) {
	if name = PlainLine(name); name == "" {
		name = "The content"
	}
	body, err := io.ReadAll(io.LimitReader(content, int64(most)+1))
	if err != nil {
		return body, centre.Refuse(centre.CodeUnavailable, "Reading %s broke off: %w. Try it again.", name, err)
	}
	if len(body) > most {
		return body, centre.Invalid("%s has more than %d bytes; divide it and bring the parts.", name, most)
	}
	return body, nil
}
