package fetch_test

import (
	"errors"
	"fmt"
	"maps"
	"net/http"
	"testing"

	"github.com/klauspost/compress/zstd"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
)

func TestTheLinksOfAnAnswerAreRead(t *testing.T) {
	var send []string
	address := serve(t, func(w http.ResponseWriter, _ *http.Request) { w.Header()["Link"] = send })
	tests := []struct {
		send []string
		want map[string]string
	}{
		{nil, nil},
		{[]string{`<https://hub.example/>; rel="hub", </feed>; rel="self"`}, map[string]string{"hub": "https://hub.example/", "self": address + "/feed"}},
		{[]string{`<https://hub.example/>;rel=hub`, `<page2>; title="a, \"b\"; c"; rel="Next last"`}, map[string]string{"hub": "https://hub.example/", "next": address + "/page2", "last": address + "/page2"}},
		{[]string{`<https://a.example/>; rel="hub"; rel="self", <https://b.example/>; rel=hub`}, map[string]string{"hub": "https://a.example/"}},
		{[]string{`<https://a.example/>; rel="next"; anchor="#x", <javascript:x>; rel=hub, <ftp://x/>; rel=hub`}, nil},
		{[]string{`<https://a.example/`, `nothing`, `<>`, `<https://a.example/>; rel`, `<https://a.example/>; rel=`, `<https://a.example/>; rel="hub`}, map[string]string{"hub": "https://a.example/"}},
		{[]string{`<https://a.example/x;y,z>; foo ; rel=next`}, map[string]string{"next": "https://a.example/x;y,z"}},
	}
	for _, test := range tests {
		send = test.send
		r, err := client(t, nil).Get(t.Context(), fetch.Get{URL: address + "/", Private: true})
		if err != nil {
			t.Fatal(err)
		}
		if !maps.Equal(r.Links, test.want) {
			t.Errorf("%q: %v, want %v", test.send, r.Links, test.want)
		}
	}
}

func TestZstandardIsUnpackedAndCapped(t *testing.T) {
	encoder, err := zstd.NewWriter(nil)
	if err != nil {
		t.Fatal(err)
	}
	bomb := encoder.EncodeAll(make([]byte, 3<<20), nil)
	good := encoder.EncodeAll([]byte("hello"), nil)
	address := serve(t, func(w http.ResponseWriter, r *http.Request) {
		if want := "zstd, gzip, deflate"; r.Header.Get("Accept-Encoding") != want {
			t.Errorf("Accept-Encoding: %q, want %q", r.Header.Get("Accept-Encoding"), want)
		}
		w.Header().Set("Content-Encoding", "zstd")
		switch r.URL.Path {
		case "/good":
			_, _ = w.Write(good)
		case "/bomb":
			_, _ = w.Write(bomb)
		case "/cut":
			_, _ = w.Write(good[:len(good)-3])
		case "/window": // a frame that asks for a window of 2 GB
			_, _ = w.Write([]byte{0x28, 0xb5, 0x2f, 0xfd, 0x00, 0xa8, 0x01, 0x00, 0x00})
		case "/other":
			fmt.Fprint(w, "no zstd at all")
		}
	})
	c := client(t, func(o *fetch.Options) { o.MaxBody = 1 << 20 })
	r, err := c.Get(t.Context(), fetch.Get{URL: address + "/good", Private: true})
	if err != nil || string(r.Body) != "hello" || r.Bytes != int64(len(good)) {
		t.Errorf("%+v, %v", r, err)
	}
	for path, class := range map[string]fetch.Class{"/bomb": fetch.ClassBarred, "/cut": fetch.ClassBroken, "/window": fetch.ClassBroken, "/other": fetch.ClassBroken} {
		_, err := c.Get(t.Context(), fetch.Get{URL: address + path, Private: true})
		refused, ok := errors.AsType[*fetch.Error](err)
		if !ok || refused.Class != class || centre.CodeOf(err) == "" {
			t.Errorf("%s: %v of class %v, want %s", path, err, refused, class)
		}
	}
}
