package files_test

import (
	"testing"
	"unicode/utf16"
)

func TestADividerThatIsStatedIsTheDivider(t *testing.T) {
	const table = "sep=;\r\nid;text\r\n1;The bridge, the ferry and the road are open.\r\n"
	wide := "\xff\xfe"
	for _, u := range utf16.Encode([]rune(table)) {
		wide += string([]byte{byte(u), byte(u >> 8)})
	}
	for name, content := range map[string]string{"UTF-8": table, "UTF-16": wide} {
		docs, report, err := parse(t, "a.csv", content)
		if err != nil || len(docs) != 1 || report.Bad != 0 || docs[0].Body != "The bridge, the ferry and the road are open." || docs[0].ExternalID != "a.csv#1" {
			t.Errorf("%s: %+v, %+v, %v", name, docs, report, err)
		}
	}
}
