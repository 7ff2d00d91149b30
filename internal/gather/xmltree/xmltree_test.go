package xmltree_test

import (
	"encoding/xml"
	"errors"
	"strings"
	"testing"

	"entente/internal/gather/xmltree"
)

func named(name string) func(xml.Name) bool {
	return func(n xml.Name) bool { return n.Local == name }
}

func TestTreesKeepOrderNamespaceAndAttributes(t *testing.T) {
	var got []*xmltree.Node
	root, err := xmltree.Each(`<?xml version="1.0" encoding="windows-1251"?><r xmlns:p="urn:p"><i k="v" p:lang="fa">a<p:b>b&amp;</p:b>c</i><i/></r>`,
		named("i"), func(n *xmltree.Node) { got = append(got, n) })
	if err != nil || root.Local != "r" || len(got) != 2 {
		t.Fatal(root, err, got)
	}
	i := got[0]
	if i.Value() != "ab&c" || i.Get("b") != "b&" || i.Attr("lang") != "fa" || i.Of("urn:p", "b") == nil || i.Of("urn:q", "b") != nil || i.Child("b", "c") != nil {
		t.Errorf("%+v", i)
	}
}

func TestWhatStandsBeforeTheDamageIsGiven(t *testing.T) {
	n := 0
	count := func(*xmltree.Node) { n++ }
	if _, err := xmltree.Each("<r><i/><i>&bogus;</i><i/></r>", named("i"), count); err == nil || !strings.Contains(err.Error(), "line 1") || n != 1 {
		t.Error(n, err)
	}
	if _, err := xmltree.Each("<i>"+strings.Repeat("<a>", 200)+strings.Repeat("</a>", 200)+"</i>", named("i"), count); !errors.Is(err, xmltree.ErrTooBig) {
		t.Error("nested too deep:", err)
	}
	if _, err := xmltree.Each("<i>"+strings.Repeat("<a/>", 300_000)+"</i>", named("i"), count); !errors.Is(err, xmltree.ErrTooBig) {
		t.Error("too many:", err)
	}
	if _, err := xmltree.Each(`<!DOCTYPE i [<!ENTITY x "boom">]><i>&x;</i>`, named("i"), count); err == nil {
		t.Error("an entity of the document's own was expanded")
	}
}

func FuzzEach(f *testing.F) {
	f.Add("<r><i>a</i></r>")
	f.Add("<i a='1' b:c='2'><![CDATA[x]]></i>")
	f.Fuzz(func(t *testing.T, text string) {
		_, _ = xmltree.Each(text, named("i"), func(n *xmltree.Node) {
			if n.Name != "i" || len(n.Value()) > len(text) {
				t.Errorf("%+v", n)
			}
		})
	})
}
