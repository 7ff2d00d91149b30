package main

import (
	"context"
	"fmt"
	"math/rand/v2"
	"strings"

	"entente/cmd/evaluate/corpus"
	"entente/internal/centre"
	"entente/internal/echo"
	"entente/internal/gazetteer"
	"entente/internal/process/place"
)

const (
	// candidates is how many texts a translation is sought among.
	candidates = 30
	// piece is how many sentences make a text: about 2 kB, a report of the news.
	piece = 10
)

// matched are the languages whose translations are sought among one another.
var matched = []string{"ar", "fa", "ru", "en"}

func measureTranslations(ctx context.Context, b *bench, r *report) {
	sentences, err := corpus.TICO(b.data, "language/tico19")
	if r.failed("TICO-19", err) {
		return
	}
	g, _, err := b.gazetteer(ctx)
	if r.failed("the gazetteer", err) {
		return
	}
	matchTexts(ctx, b, r, g, "TICO-19 passages", pieces(sentences, piece), 0.85)
	matchTexts(ctx, b, r, g, "TICO-19 sentences", pieces(sentences, 1), 0)
	hearEchoes(ctx, b, r, g, "TICO-19 passages in a stream", pieces(sentences, piece))
	r.note("In the stream, passages of all four languages come one after the other and are compared with all that came before, of any document.")
	r.note("A passage has up to %d sentences. Each text is sought among %d of the other language, which are drawn with a fixed seed from all documents, its own too; of single sentences a sample is sought. How rare words are is counted over all texts, without regard to which belong together.", piece, candidates)
}

// hearEchoes gives the passages of all languages one after the other, in an order
// drawn with a fixed seed, to the memory that the centre listens with, and looks
// which it says are translations of an earlier one.
func hearEchoes(ctx context.Context, b *bench, r *report, g *gazetteer.Gazetteer, set string, texts []passage) {
	type item struct{ text, language int }
	var items []item
	documents := map[string]int{}
	for i, t := range texts {
		if !b.fold.has(t.document) {
			continue
		}
		if _, ok := documents[t.document]; !ok {
			documents[t.document] = len(documents)
		}
		for l := range matched {
			items = append(items, item{i, l})
		}
	}
	random := rand.New(rand.NewPCG(7, 19))
	random.Shuffle(len(items), func(i, j int) { items[i], items[j] = items[j], items[i] })
	places, memory, reader := place.New(g), echo.NewMemory(len(items)+1), echo.NewReader()
	said, right, there := make([]float64, len(documents)), make([]float64, len(documents)), make([]float64, len(documents))
	seen := map[int]bool{}
	for n, it := range items {
		d := centre.Draft{Language: matched[it.language], Content: centre.Content{Text: firstPoints(texts[it.text].text[matched[it.language]], 1200)}}
		if r.failed(set, places.Apply(ctx, &d)) {
			return
		}
		s, self := memory.Learn(reader.Read(d.Language, d.Content.Text, d.Mentions)), echo.Text{ID: int64(n), Group: int64(n)}
		at := documents[texts[it.text].document]
		if heard, ok := memory.Find(s, self, 1); ok {
			said[at]++
			if items[heard.ID].text == it.text {
				right[at]++
			}
		}
		if seen[it.text] {
			there[at]++
		}
		seen[it.text] = true
		memory.Add(s, self)
	}
	share := func(good, all []float64) func([]int) float64 {
		return func(sample []int) float64 {
			g, a := 0.0, 0.0
			for _, i := range sample {
				g, a = g+good[i], a+all[i]
			}
			return g / max(1, a)
		}
	}
	r.add(set, "said to be echoes and are", 0, len(documents), share(right, said))
	r.add(set, "are echoes and said to be", 0, len(documents), share(right, there))
}

// firstPoints gives the first n code points of a text.
func firstPoints(text string, n int) string {
	for i := range text {
		if n == 0 {
			return text[:i]
		}
		n--
	}
	return text
}

// maxSought bounds how many texts are sought for each pair of languages.
const maxSought = 400

// matchTexts seeks each text in the other languages.
func matchTexts(ctx context.Context, b *bench, r *report, g *gazetteer.Gazetteer, set string, texts []passage, aim float64) {
	places := place.New(g)
	index := echo.NewIndex()
	signatures := map[string][]echo.Signature{} // by language, one a text
	for _, language := range matched {
		for _, t := range texts {
			d := centre.Draft{Language: language, Content: centre.Content{Text: t.text[language]}}
			if r.failed(set, places.Apply(ctx, &d)) {
				return
			}
			s := echo.Read(language, d.Content.Text, d.Mentions)
			index.Add(s)
			signatures[language] = append(signatures[language], s)
		}
	}
	documents := map[string]int{}
	for _, t := range texts {
		if _, ok := documents[t.document]; !ok && b.fold.has(t.document) {
			documents[t.document] = len(documents)
		}
	}
	random := rand.New(rand.NewPCG(30, 19))
	found := map[string][]float64{} // by pair of languages: for each document how many were found, and sought
	every := max(1, len(texts)/maxSought)
	for _, from := range matched {
		for _, to := range matched {
			counts := make([]float64, 2*len(documents))
			for i := 0; from != to && i < len(texts); i += every {
				document, ok := documents[texts[i].document]
				if !ok {
					continue
				}
				counts[2*document+1]++
				if best(index, signatures[from][i], signatures[to], i, random) {
					counts[2*document]++
				}
			}
			found[from+"-"+to] = counts
		}
	}
	share := func(pairs ...string) func([]int) float64 {
		return func(sample []int) float64 {
			sum := 0.0
			for _, p := range pairs {
				good, all := 0.0, 0.0
				for _, d := range sample {
					good, all = good+found[p][2*d], all+found[p][2*d+1]
				}
				sum += good / max(1, all)
			}
			return sum / float64(len(pairs))
		}
	}
	var all []string
	for i, one := range matched {
		for _, other := range matched[i+1:] {
			all = append(all, one+"-"+other, other+"-"+one)
			r.add(set, fmt.Sprintf("found, %s and %s", one, other), 0, len(documents), share(one+"-"+other, other+"-"+one))
		}
	}
	r.add(set, "found, mean of all pairs", aim, len(documents), share(all...))
}

// passage is a run of sentences of one document in its languages.
type passage struct {
	document string
	text     map[string]string
}

// pieces divides documents into passages of size sentences. A passage at the end with fewer than
// half the sentences joins the one before.
func pieces(sentences []corpus.Sentence, size int) (all []passage) {
	type sentence map[string]string
	of := map[string][]sentence{}
	var documents []string
	at := map[string]int{}
	for _, s := range sentences {
		document := s.ID
		if cut := strings.LastIndexByte(s.ID, ':'); cut > 0 {
			document = s.ID[:cut]
		}
		i, ok := at[s.ID]
		if !ok {
			if of[document] == nil {
				documents = append(documents, document)
			}
			i = len(of[document])
			at[s.ID] = i
			of[document] = append(of[document], sentence{})
		}
		of[document][i][s.Language] = s.Text
	}
	for _, document := range documents {
		list := of[document]
		for start := 0; start < len(list); {
			end := start + size
			if end+size/2 > len(list) {
				end = len(list)
			}
			p := passage{document, map[string]string{}}
			for _, language := range matched {
				var parts []string
				for _, s := range list[start:end] {
					parts = append(parts, s[language])
				}
				p.text[language] = strings.Join(parts, "\n")
			}
			all = append(all, p)
			start = end
		}
	}
	return all
}

// best tells whether the i-th of others is more like the text than any of those
// drawn beside it; as much is not enough.
func best(index *echo.Index, text echo.Signature, others []echo.Signature, i int, random *rand.Rand) bool {
	most := index.Likeness(text, others[i])
	drawn := 1
	for _, j := range random.Perm(len(others)) {
		if j == i {
			continue
		}
		if drawn++; drawn > candidates {
			break
		}
		if index.Likeness(text, others[j]) >= most {
			return false
		}
	}
	return true
}
