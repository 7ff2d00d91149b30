package all_test

import (
	"archive/tar"
	"bytes"
	"compress/gzip"
	"context"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding/unicode"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/all"
)

const (
	cot   = `<?xml version="1.0" encoding="UTF-16"?><event version="2.0" uid="u" type="a-n-G" time="2015-09-26T10:00:00Z" start="2015-09-26T10:00:00Z" stale="2015-09-26T10:05:00Z" how="m-g"><point lat="33.3" lon="44.4" hae="30" ce="5" le="5"/></event>`
	alert = `<?xml version="1.0" encoding="UTF-16"?><alert xmlns="urn:oasis:names:tc:emergency:cap:1.2"><identifier>A1</identifier><sender>a@b.example</sender><sent>2015-09-26T10:00:00-00:00</sent><status>Actual</status><msgType>Alert</msgType><scope>Public</scope><info><category>Met</category><event>Flood</event><urgency>Expected</urgency><severity>Severe</severity><certainty>Likely</certainty></info></alert>`
	acled = "event_id_cnty,event_date,event_type,sub_event_type,country,latitude,longitude,notes\nIRQ1,26 September 2015,Battles,Armed clash,Iraq,33.3,44.4,words\n"
	wire  = `{"uri":"tag:wire.example,2015:1","type":"text","versioncreated":"2015-09-26T10:00:00Z","pubstatus":"usable","headline":"Talks","body_text":"Talks open."}`
)

// read has the surest reader read a content, as every caller does, and gives how
// many documents, events and tracks came.
func read(t *testing.T, name, content string) (n int, kind string) {
	t.Helper()
	reader, _ := gather.Recognised(all.Readers(), name, "", []byte(content)[:min(len(content), 64<<10)])
	if reader == nil {
		return 0, "nobody"
	}
	r := gather.Request{Now: time.Date(2015, 9, 26, 10, 1, 0, 0, time.UTC),
		Yield:       func(_ context.Context, d []centre.Document, _ centre.Cursor) error { n += len(d); return nil },
		YieldEvents: func(_ context.Context, e []centre.Event, _ centre.Cursor) error { n += len(e); return nil },
		YieldTracks: func(_ context.Context, tr []centre.Track, _ centre.Cursor) error { n += len(tr); return nil },
	}
	if _, err := reader.Read(t.Context(), r, name, strings.NewReader(content)); err != nil {
		t.Errorf("%s by %s: %v", name, reader.Kind(), err)
	}
	return n, reader.Kind()
}

func TestFormatsAreKnownInUTF16(t *testing.T) {
	for _, order := range []unicode.Endianness{unicode.LittleEndian, unicode.BigEndian} {
		for kind, content := range map[string]string{"tracks": cot, "alerts": alert, "events": acled, "wires": wire} {
			wide, err := unicode.UTF16(order, unicode.UseBOM).NewEncoder().String(content)
			if err != nil {
				t.Fatal(err)
			}
			if n, by := read(t, "received.dat", wide); n != 1 || by != kind {
				t.Errorf("%s: %d by %s", kind, n, by)
			}
		}
	}
}

func TestAFoldedArchiveIsOpenedThoughAFeedLiesInIt(t *testing.T) {
	var packed bytes.Buffer
	z := gzip.NewWriter(&packed)
	a := tar.NewWriter(z)
	for _, f := range [][2]string{{"a.txt", "The bridge is open."}, {"f.xml", `<rss version="2.0"><channel><item><title>Ferry</title></item></channel></rss>`}} {
		if err := a.WriteHeader(&tar.Header{Name: f[0], Mode: 0o600, Size: int64(len(f[1]))}); err != nil {
			t.Fatal(err)
		}
		if _, err := a.Write([]byte(f[1])); err != nil {
			t.Fatal(err)
		}
	}
	if a.Close() != nil || z.Close() != nil {
		t.Fatal("cannot pack")
	}
	n := 0
	for _, c := range all.Connectors() {
		if files, ok := c.(gather.Reader); ok && c.Kind() == "files" {
			_, err := files.Read(t.Context(), gather.Request{Yield: func(_ context.Context, d []centre.Document, _ centre.Cursor) error { n += len(d); return nil }}, "a.tar.gz", &packed)
			if err != nil || n != 2 {
				t.Errorf("%d documents, %v; want the text and the item", n, err)
			}
		}
	}
}
