package files_test

import (
	"strings"
	"testing"
)

func TestAnEmptyFileIsCalledSoWhateverItsName(t *testing.T) {
	for _, name := range []string{"a.xml", "a.pdf", "a.zip", "a.json", "a", "a.docx"} {
		for _, content := range []string{"", " \r\n"} {
			if _, _, err := parse(t, name, content); err == nil || !strings.Contains(err.Error(), "it is empty") {
				t.Errorf("%s: %v", name, err)
			}
		}
	}
}
