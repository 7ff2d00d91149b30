package translate_test

import (
	"encoding/json"
	"fmt"
	"io"
	"net/http"
	"net/http/httptest"
	"slices"
	"strings"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather/fetch"
	"entente/internal/translate"
)

// provider makes a provider that speaks to a real HTTP server.
func provider(t *testing.T, c translate.Config, h http.HandlerFunc) translate.Provider {
	t.Helper()
	server := httptest.NewServer(h)
	t.Cleanup(server.Close)
	client, err := fetch.New(fetch.Options{Version: "test", Clock: time.Now})
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(client.Close)
	c.URL = server.URL + c.URL
	p, err := translate.New(c, client)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

func body(t *testing.T, r *http.Request, into any) {
	t.Helper()
	data, err := io.ReadAll(r.Body)
	if err == nil {
		err = json.Unmarshal(data, into)
	}
	if err != nil || r.Method != http.MethodPost || r.Header.Get("Content-Type") != "application/json" {
		t.Errorf("%s %s with %s: %v", r.Method, r.URL, r.Header.Get("Content-Type"), err)
	}
}

func TestLibreTranslateTakesSentencesAndGivesAsMany(t *testing.T) {
	calls := 0
	p := provider(t, translate.Config{Kind: translate.KindLibreTranslate, Key: "k-1"}, func(w http.ResponseWriter, r *http.Request) {
		calls++
		var q struct {
			Q                      []string
			Source, Target, Format string
			Key                    string `json:"api_key"`
		}
		body(t, r, &q)
		if r.URL.Path != "/translate" || q.Source != "ar" || q.Target != "en" || q.Format != "text" || q.Key != "k-1" {
			t.Errorf("asked %s %+v", r.URL.Path, q)
		}
		var texts []string
		for _, s := range q.Q {
			texts = append(texts, "EN("+s+")\n\u202e")
		}
		json.NewEncoder(w).Encode(map[string]any{"translatedText": texts})
	})
	var sentences, want []string
	for i := range 45 {
		sentences = append(sentences, fmt.Sprint("جملة ", i))
		want = append(want, fmt.Sprint("EN(جملة ", i, ")"))
	}
	got, err := p.Translate(t.Context(), "ar-Latn", "en", sentences)
	if err != nil || !slices.Equal(got, want) || calls != 2 {
		t.Errorf("%d calls gave %q, %v", calls, got, err)
	}
	if !p.Local() || !strings.HasPrefix(p.Name(), "libretranslate at 127.0.0.1:") {
		t.Errorf("%s, local %v", p.Name(), p.Local())
	}
}

func TestLibreTranslateGuessesWhatIsNotKnown(t *testing.T) {
	p := provider(t, translate.Config{Kind: translate.KindLibreTranslate}, func(w http.ResponseWriter, r *http.Request) {
		var q map[string]any
		body(t, r, &q)
		if _, has := q["api_key"]; has || q["source"] != "auto" {
			t.Errorf("asked %v", q)
		}
		io.WriteString(w, `{"translatedText":["x"],"detectedLanguage":[{"language":"ru"}]}`)
	})
	if _, err := p.Translate(t.Context(), "und", "en", []string{"а"}); err != nil {
		t.Error(err)
	}
}

func TestOpenAIAnswersByNumber(t *testing.T) {
	p := provider(t, translate.Config{Kind: translate.KindOpenAI, URL: "/v1/", Model: "m-2", Key: "sk-hidden"}, func(w http.ResponseWriter, r *http.Request) {
		var q struct {
			Model    string
			Messages []struct{ Role, Content string }
		}
		body(t, r, &q)
		if r.URL.Path != "/v1/chat/completions" || r.Header.Get("Authorization") != "Bearer sk-hidden" || q.Model != "m-2" || len(q.Messages) != 2 {
			t.Errorf("asked %s %+v", r.URL.Path, q)
		}
		if !strings.Contains(q.Messages[0].Content, "from Persian into Russian") || q.Messages[1].Content != `{"1":"الف","2":"ب","3":"پ"}` {
			t.Errorf("told %q, given %s", q.Messages[0].Content, q.Messages[1].Content)
		}
		json.NewEncoder(w).Encode(map[string]any{"choices": []any{map[string]any{"message": map[string]string{
			"content": "```json\n{\"3\": \"в\", \"1\": \"а\"}\n```"}}}})
	})
	got, err := p.Translate(t.Context(), "fa", "ru", []string{"الف", "ب", "پ"})
	if err != nil || !slices.Equal(got, []string{"а", "", "в"}) {
		t.Errorf("got %q, %v", got, err)
	}
}

func TestWhatAProviderDoesWrongIsSaidWithoutTextOrKey(t *testing.T) {
	for name, c := range map[string]struct {
		kind   translate.Kind
		answer http.HandlerFunc
		want   string
	}{
		"key refused": {translate.KindOpenAI, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(401) }, "it refuses the key (status 401)"},
		"broken":      {translate.KindOpenAI, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "<html>") }, "not what its kind of provider gives"},
		"no choice":   {translate.KindOpenAI, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, "{}") }, "it gave no answer"},
		"prose": {translate.KindOpenAI, func(w http.ResponseWriter, _ *http.Request) {
			io.WriteString(w, `{"choices":[{"message":{"content":"Sorry, SECRET TEXT"}}]}`)
		}, "did not keep to the form"},
		"too few": {translate.KindLibreTranslate, func(w http.ResponseWriter, _ *http.Request) { io.WriteString(w, `{"translatedText":[]}`) }, "it gave 0 texts for 1"},
		"sent elsewhere": {translate.KindLibreTranslate, func(w http.ResponseWriter, r *http.Request) {
			http.Redirect(w, r, "http://example.org/", http.StatusTemporaryRedirect)
		}, "it answers with status 307"},
		"language absent": {translate.KindLibreTranslate, func(w http.ResponseWriter, _ *http.Request) { w.WriteHeader(400) }, "it answers with status 400"},
	} {
		t.Run(name, func(t *testing.T) {
			config := translate.Config{Kind: c.kind, Key: "sk-hidden"}
			if c.kind == translate.KindOpenAI {
				config.Model = "m"
			}
			_, err := provider(t, config, c.answer).Translate(t.Context(), "en", "ar", []string{"SECRET TEXT"})
			if err == nil || !strings.Contains(err.Error(), c.want) || centre.CodeOf(err) != centre.CodeUnavailable {
				t.Fatalf("got %v, want %q", err, c.want)
			}
			if strings.Contains(err.Error(), "SECRET") || strings.Contains(err.Error(), "hidden") {
				t.Errorf("the error tells too much: %v", err)
			}
		})
	}
}

func TestOnlyAWholeConfigurationMakesAProvider(t *testing.T) {
	for name, c := range map[string]translate.Config{
		"no kind":          {URL: "http://127.0.0.1:5000"},
		"no address":       {Kind: translate.KindLibreTranslate},
		"a file":           {Kind: translate.KindLibreTranslate, URL: "file:///etc/passwd"},
		"a key in address": {Kind: translate.KindLibreTranslate, URL: "https://user:pass@example.org"},
		"no model":         {Kind: translate.KindOpenAI, URL: "https://example.org/v1"},
		"a model too many": {Kind: translate.KindLibreTranslate, URL: "https://example.org", Model: "m"},
	} {
		if p, err := translate.New(c, nil); err == nil {
			t.Errorf("%s makes %s", name, p.Name())
		} else if strings.Contains(err.Error(), "pass") && name == "a key in address" && strings.Contains(err.Error(), "user:pass") {
			t.Errorf("the error shows the password: %v", err)
		}
	}
	for address, local := range map[string]bool{"http://127.0.0.1:5000": true, "http://[::1]:5000": true, "http://localhost:5000": true, "http://10.0.0.7:5000": false, "https://example.org": false, "http://127.0.0.1.example.org": false} {
		p, err := translate.New(translate.Config{Kind: translate.KindLibreTranslate, URL: address}, nil)
		if err != nil || p.Local() != local {
			t.Errorf("%s: local is not %v (%v)", address, local, err)
		}
	}
}
