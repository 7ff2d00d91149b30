// Package gazetteer knows the names of places: which places have a name, what
// they are and where. It is read-only knowledge, safe for concurrent use.
//
// Knowledge comes in layers of one compact format (layer.go), read where they
// lie. The first is embedded in the program and made from the tables in data/:
// the world's countries, regions and provinces, the places of the Middle East and
// the seats of diplomacy in English, Arabic, Persian, Russian, Sorani and
// Turkish, what peoples are called (demonyms), the counties of the United States,
// and GeoNames' towns: all of the Middle East and the United States, from 1,500
// inhabitants in other English-speaking countries, from 15,000 elsewhere (command
// tables makes these tables; the sources and their licences stand in their
// first lines). The second is what an operator imported from GeoNames or
// Who's On First; it is mapped from its file, so that twelve million names cost
// neither start-up time nor heap.
//
// Names are compared by keys. Key is the strict one of the domain brief,
// section 7: case, diacritics, Arabic orthographic variants and the article are
// folded, but letters that merely sound alike are not. Text is matched by
// hashes of runs of words (Scan, Hash, Candidates), which adds the stems of
// Russian case endings and leaves out what is too short or too common a word to
// be taken for a place without a qualifier ("La." in "Alexandria, La.").
//
//	g, err := gazetteer.Open(folder)         // embedded and imported
//	places := g.Lookup(gazetteer.Key("Lattakia"))
//	place, ok := g.ByID("entente:latakia")
//	ids, country := g.ResolveName("Latakia") // for "place:latakia" in a search
//	report, err := gazetteer.Import(ctx, "cities15000.zip", folder, nil)
//
// A place has one id in all layers: an imported place that is also embedded
// keeps the embedded id, so that reports processed before and after an import
// agree. A Place given out is shared: nobody may write to its Names.
package gazetteer

//go:generate go test -run=TestEmbeddedIsUpToDate -update .
