package server_test

import (
	"bytes"
	"io"
	"log"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"testing"
	"time"

	"entente/internal/server"
)

// An import that is refused at once is answered while its file still comes. What is
// left of the file must not meet the reading of the connection's next request.
func TestARefusedImportLeavesItsConnectionInOrder(t *testing.T) {
	o := open(t)
	var mu sync.Mutex
	var told bytes.Buffer
	listening := httptest.NewUnstartedServer(o.server)
	listening.Config.ErrorLog = log.New(writerFunc(func(b []byte) (int, error) {
		mu.Lock()
		defer mu.Unlock()
		return told.Write(b)
	}), "", 0)
	listening.Start()
	defer listening.Close()
	v := o.as("irq.officer")
	for range 20 {
		for _, size := range []int{0, 100, 300 << 10, 4 << 20} {
			r, w := io.Pipe()
			go func() {
				_, _ = w.Write(bytes.Repeat([]byte("x"), size/2))
				time.Sleep(2 * time.Millisecond)
				_, err := w.Write(bytes.Repeat([]byte("x"), size/2))
				_ = w.CloseWithError(err)
			}()
			request, err := http.NewRequestWithContext(t.Context(), "POST", listening.URL+server.Prefix+"/imports?name=x.txt&map=words%3Dx", r)
			must(t, err)
			request.Header.Set("Content-Type", "application/octet-stream")
			request.Header.Set("Cookie", "entente_session="+v.cookie)
			response, err := http.DefaultClient.Do(request)
			if err != nil {
				continue // the connection was given up while the file was still sent
			}
			body, _ := io.ReadAll(response.Body)
			_ = response.Body.Close()
			if !strings.Contains(string(body), `"problem"`) {
				t.Errorf("%d bytes: %s", size, body)
			}
		}
	}
	mu.Lock()
	defer mu.Unlock()
	if told.Len() > 0 {
		t.Errorf("the server says:\n%s", told.String())
	}
}

type writerFunc func([]byte) (int, error)

func (f writerFunc) Write(b []byte) (int, error) { return f(b) }
