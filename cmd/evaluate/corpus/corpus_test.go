package corpus_test

import (
	"errors"
	"io/fs"
	"reflect"
	"testing"
	"testing/fstest"

	"entente/cmd/evaluate/corpus"
	"entente/cmd/evaluate/metric"
)

// folder makes files of the formats, with texts written for these tests.
func folder(files map[string]string) fstest.MapFS {
	data := fstest.MapFS{}
	for name, text := range files {
		data[name] = &fstest.MapFile{Data: []byte(text)}
	}
	return data
}

func same(t *testing.T, got any, err error, want any) {
	t.Helper()
	if err != nil {
		t.Fatal(err)
	}
	if !reflect.DeepEqual(got, want) {
		t.Errorf("got\n%+v\nwant\n%+v", got, want)
	}
}

func TestToponyms(t *testing.T) {
	data := folder(map[string]string{
		"lgl.xml": `<articles><article docid="7"><text><![CDATA[Ash & Basra.]]></text><toponyms count="2">
			<toponym><start>6</start><end>11</end><phrase>Basra</phrase><gaztag geonameid="1"><lat>30.5</lat><lon>47.8</lon></gaztag></toponym>
			<toponym><start>0</start><end>3</end><phrase>Ash</phrase></toponym></toponyms></article></articles>`,
		"geovirus.xml": `<articles><article><text>To Erbil</text><locations><location><name>Erbil</name><start>4</start><end>9</end><lat>0</lat><lon>44</lon></location></locations></article></articles>`,
		"bad.xml":      `<articles><article>`,
	})
	got, err := corpus.Toponyms(data, "lgl.xml")
	same(t, got, err, []corpus.Article{{Name: "7", Text: "Ash & Basra.", Toponyms: []corpus.Toponym{{Start: 6, End: 11, Lat: 30.5, Lon: 47.8, Located: true}, {Start: 0, End: 3}}}})
	got, err = corpus.Toponyms(data, "geovirus.xml")
	same(t, got, err, []corpus.Article{{Name: "0", Text: "To Erbil", Toponyms: []corpus.Toponym{{Start: 3, End: 8, Lat: 0, Lon: 44, Located: true}}}})
	if _, err := corpus.Toponyms(data, "bad.xml"); err == nil {
		t.Error("half a file was read")
	}
	if _, err := corpus.Toponyms(data, "none.xml"); !errors.Is(err, fs.ErrNotExist) {
		t.Errorf("an absent file gives %v", err)
	}
}

func TestGeoWebNews(t *testing.T) {
	data := folder(map[string]string{
		"g/1.txt": "From Basra to Camp X, then home",
		"g/1.ann": "T1\tLiteral 5 10\tBasra\nT2\tCoercion 14 20\tCamp X\nT3\tNon_Toponym 27 31\thome\n" +
			"#1\tAnnotatorNotes T1\t99532\n#2\tAnnotatorNotes T2\t30.5, 47.75\nA1\tModifier_Type T1 Noun\n",
	})
	got, err := corpus.GeoWebNews(data, "g")
	same(t, got, err, []corpus.Article{{Name: "1", Text: "From Basra to Camp X, then home", Toponyms: []corpus.Toponym{
		{Start: 5, End: 10, ID: "geonames:99532"}, {Start: 14, End: 20, Lat: 30.5, Lon: 47.75, Located: true}}}})
}

func TestPolNeARPieces(t *testing.T) {
	data := folder(map[string]string{
		"p/text/one.txt":            "He said no.",
		"p/attributions/one_ab.ann": "",
		"p/attributions/absent_ab.ann": "T1\tSource 3 5\the\nT2\tCue 6 10;12 14\tsaid to\nT3\tContent 16 18\tno\nT4\tSource 30 31\tI\nT5\tCue 32 37\tasked\n" +
			"T6\tCue 40 44\ttoo long\nE1\tCue:T2 Source:T1 Content:T3\nE2\tCue:T5 Source:T4\nE3\tCue:T6 Source:T4\n",
	})
	got, err := corpus.PolNeARPieces(data, "p")
	same(t, got, err, []corpus.Attributed{{Name: "absent_ab", Text: "he said, to, no.\n\nI asked.\n\n", Attributions: []metric.Attribution{
		{Source: []metric.Span{{Start: 0, End: 2}}, Cue: []metric.Span{{Start: 3, End: 7}, {Start: 9, End: 11}}},
		{Source: []metric.Span{{Start: 18, End: 19}}, Cue: []metric.Span{{Start: 20, End: 25}}}}}})
	data["p/attributions/absent_ab.ann"] = &fstest.MapFile{Data: []byte("T1\tSource 3 1\the\n")}
	if _, err := corpus.PolNeARPieces(data, "p"); err == nil {
		t.Error("a mark that ends before it begins was read")
	}
}

func TestPolNeAR(t *testing.T) {
	data := folder(map[string]string{
		"p/text/one.txt":               "He said no, he said.",
		"p/attributions/one_ab.ann":    "T1\tSource 0 2\tHe\nT2\tCue 3 7\tsaid\nT3\tCue 15 19\tsaid\nT4\tContent 8 10;12 14\tno he\nE1\tAttribution:T9 Content:T4 Cue:T2 Cue2:T3 Source:T1\nE2\tCue:T2\n",
		"p/attributions/absent_ab.ann": "",
	})
	got, without, err := corpus.PolNeAR(data, "p")
	same(t, got, err, []corpus.Attributed{{Name: "one_ab", Text: "He said no, he said.", Attributions: []metric.Attribution{
		{Source: []metric.Span{{Start: 0, End: 2}}, Cue: []metric.Span{{Start: 3, End: 7}, {Start: 15, End: 19}}},
		{Cue: []metric.Span{{Start: 3, End: 7}}}}}})
	if len(without) != 1 || without[0] != "absent_ab" {
		t.Errorf("without text: %v", without)
	}
	data["p/attributions/two_ab.ann"] = &fstest.MapFile{Data: []byte("T1\tSource x y\tHe\n")}
	if _, _, err := corpus.PolNeAR(data, "p"); err == nil {
		t.Error("a mark without numbers was read")
	}
}

func TestSnippetsAndStories(t *testing.T) {
	data := folder(map[string]string{
		"events.tsv":            "id\tEventSnippet\tSubType\n1\tA bomb went off.\tREM_EXPLOS\n\n2\tX\tNEW_LABEL\n",
		"short.tsv":             "1\tonly two\n",
		"ecb/1/1_1ecb.xml":      `<Document><token sentence="0">One</token><token sentence="1">two</token></Document>`,
		"ecb/1/1_1ecbplus.xml":  `<Document><token sentence="0">http</token><token sentence="1">three</token></Document>`,
		"fnc/train_bodies.csv":  "Body ID,articleBody\n4,\"Two\nlines\"\n5,Other\n",
		"fnc/train_stances.csv": "Headline,Body ID,Stance\nH1,4,agree\nH2,5,unrelated\n",
		"stories.tsv":           "kind\tid_or_headline\tstory\nbody\t4\ts1\nheadline\tH1\ts1\nheadline\tH2\ts2\n",
		"ans.csv":               "\ufeffs1,s2,stance\nأ,ب,other\nأ,ج,disagree\n",
	})
	snippets, err := corpus.Snippets(data, "events.tsv")
	same(t, snippets, err, []corpus.Labelled{{"1", "A bomb went off.", "Remote explosive/landmine/IED"}, {"2", "X", "NEW_LABEL"}})
	if _, err := corpus.Snippets(data, "short.tsv"); err == nil {
		t.Error("a row without a label was read")
	}
	ecb, err := corpus.ECB(data, "ecb")
	same(t, ecb, err, []corpus.Labelled{{"1_1ecb.xml", "One two ", "1 false"}, {"1_1ecbplus.xml", "three ", "1 true"}})
	bodies, err := corpus.Bodies(data, "fnc", "stories.tsv")
	same(t, bodies, err, []corpus.Body{{"4", "Two\nlines", "s1"}, {"5", "Other", ""}})
	pairs, err := corpus.FNC(data, "fnc", "stories.tsv")
	same(t, pairs, err, []corpus.Pair{{"H1", "Two\nlines", "agree", "s1", "s1"}, {"H2", "Other", "unrelated", "s2", "5"}})
	pairs, err = corpus.FNC(data, "fnc", "none.tsv")
	same(t, pairs[0], err, corpus.Pair{Headline: "H1", Text: "Two\nlines", Stance: "agree", HeadlineStory: "H1", TextStory: "4"})
	pairs, err = corpus.ANS(data, "ans.csv")
	same(t, pairs, err, []corpus.Pair{{"أ", "ب", "unrelated", "أ", "أ"}, {"أ", "ج", "disagree", "أ", "أ"}})
}

func TestSentences(t *testing.T) {
	data := folder(map[string]string{
		"l/ru.txt": "Раз\n\nдва \n", "l/ar.txt": "واحد\n",
		"t/all.en-ru.tsv": "D:1\ten\tone\nD:1\tru\tодин\n", "t/all.en-fa.tsv": "D:1\ten\tone\nD:1\tfa\tیک\n",
	})
	got, err := corpus.Lingua(data, "l")
	same(t, got, err, []corpus.Sentence{{"ar:1", "ar", "واحد"}, {"ru:1", "ru", "Раз"}, {"ru:3", "ru", "два"}})
	got, err = corpus.TICO(data, "t")
	same(t, got, err, []corpus.Sentence{{"D:1", "en", "one"}, {"D:1", "fa", "یک"}, {"D:1", "ru", "один"}})
}

func TestCoNLL(t *testing.T) {
	data := folder(map[string]string{
		"a.txt": "في O\nتل B-LOC\nأبيب I-LOC\nقال I-PERS\n\n. O\n",
		"b.txt": "A\tO\n.\tO\nB\tB-X\n",
		"c.txt": "word\n",
	})
	got, err := corpus.CoNLL(data, "a.txt")
	same(t, got, err, []corpus.Marked{
		{Name: "a.txt:1", Text: "في تل أبيب قال", Entities: []metric.Span{{Start: 3, End: 10, Type: "LOC"}, {Start: 11, End: 14, Type: "PERS"}}},
		{Name: "a.txt:2", Text: "."}})
	got, err = corpus.CoNLL(data, "b.txt")
	same(t, got, err, []corpus.Marked{{Name: "b.txt:1", Text: "A ."}, {Name: "b.txt:2", Text: "B", Entities: []metric.Span{{Start: 0, End: 1, Type: "X"}}}})
	if _, err := corpus.CoNLL(data, "c.txt"); err == nil {
		t.Error("a word without a tag was read")
	}
}

func TestFactRu(t *testing.T) {
	data := folder(map[string]string{
		"f/b.txt":     "город Багдад # МИД",
		"f/b.tokens":  "1 0 5 город\n2 6 6 Багдад\n\n3 13 1 #\n4 15 3 МИД\n",
		"f/b.spans":   "11 loc_descr 0 5 1 1  # 1 город\n12 loc_name 6 6 2 1  # 2 Багдад\n13 org_name 15 3 4 1  # 4 МИД\n",
		"f/b.objects": "21 LocOrg 11 12 # город Багдад\n22 Org 13 # МИД\n23 Project 13 # МИД\n",
	})
	got, err := corpus.FactRu(data, "f")
	same(t, got, err, []corpus.FactRuText{{Name: "b", Text: "город Багдад # МИД",
		Tokens:  []metric.Span{{Start: 0, End: 5}, {Start: 6, End: 12}, {Start: 13, End: 14}, {Start: 15, End: 18}},
		Objects: []metric.Object{{Type: "Location", Tokens: map[int]bool{0: false, 1: true}}, {Type: "Org", Tokens: map[int]bool{3: true}}}}})
	data["f/b.objects"] = &fstest.MapFile{Data: []byte("21 Org 99 # x\n")}
	if _, err := corpus.FactRu(data, "f"); err == nil {
		t.Error("an object of a span that is not there was read")
	}
}
