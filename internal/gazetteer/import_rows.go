package gazetteer

import (
	"strconv"
	"strings"
	"unicode/utf8"

	"golang.org/x/text/unicode/norm"

	"entente/internal/centre"
)

// nameLanguages are the languages whose names are kept as such. Names in other
// languages are kept as further spellings where they are in a script that the
// centre reads.
var nameLanguages = map[string]bool{"en": true, "ar": true, "fa": true, "ru": true, "ckb": true, "ku": true, "tr": true, "fr": true, "he": true}

// readable tells scripts in which the place step can find a name.
func readable(name string) bool {
	for _, r := range name {
		switch s := scriptOf(r); {
		case s != OtherScript, r >= 0x05D0 && r <= 0x05EA:
			return true
		case r >= 0x0370:
			return false
		}
	}
	return false
}

// cleanName brings a name into the form of all text here; "" is no name.
func cleanName(b []byte) string {
	if !utf8.Valid(b) || len(b) > 400 {
		return ""
	}
	name := strings.TrimSpace(norm.NFC.String(string(b)))
	if strings.ContainsAny(name, "\n\r\x00") || !readable(name) {
		return ""
	}
	return name
}

func parsePoint(lat, lon []byte) (centre.Point, bool) {
	y, err1 := strconv.ParseFloat(string(lat), 64)
	x, err2 := strconv.ParseFloat(string(lon), 64)
	if err1 != nil || err2 != nil || !(y >= -90 && y <= 90 && x >= -180 && x <= 180) {
		return centre.Point{}, false
	}
	return centre.At(x, y), true
}

// geonamesPlace reads a line of GeoNames' main table (readme.txt of
// download.geonames.org/export/dump): geonameid, name, asciiname,
// alternatenames, latitude, longitude, feature class, feature code, country,
// cc2, admin1, admin2, admin3, admin4, population, ...
func (im *importer) geonamesPlace(c [][]byte) (bool, string, error) {
	if len(c) != 19 {
		return false, "the line has " + strconv.Itoa(len(c)) + " columns, a GeoNames place has 19", nil
	}
	id, err := strconv.ParseUint(string(c[0]), 10, 63)
	if err != nil {
		return false, "the first column is not a GeoNames number", nil
	}
	point, ok := parsePoint(c[4], c[5])
	if !ok {
		return false, "columns 5 and 6 are not a latitude and a longitude in degrees", nil
	}
	class, ok := geonamesClass(string(c[6]), string(c[7]))
	if !ok {
		return false, "", nil
	}
	name := cleanName(c[1])
	if name == "" {
		if name = cleanName(c[2]); name == "" {
			return false, "the place has no name in a script that is read here", nil
		}
	}
	population, _ := strconv.ParseInt(string(c[14]), 10, 64)
	r := record{ids: []string{"geonames:" + strconv.FormatUint(id, 10)}, name: name, class: class, point: point, population: max(population, 0)}
	im.setDivision(&r, string(c[8]), string(c[10]))
	if class == centre.PlaceRegion {
		r.point = centre.Point{}
	}
	r.radius = radiusOf(class, r.population)
	if ascii := cleanName(c[2]); ascii != name {
		r.addName("", ascii)
	}
	for part := range strings.SplitSeq(string(c[3]), ",") {
		if !isCode(part) {
			r.addName("", cleanName([]byte(part)))
		}
	}
	return true, "", im.add(rowPlace, &r)
}

// isCode tells the codes of airports and ports among GeoNames' other names.
func isCode(name string) bool {
	for i := range len(name) {
		if name[i] < 'A' || name[i] > 'Z' {
			return false
		}
	}
	return len(name) <= 5
}

func (r *record) addName(lang, name string) {
	if name != "" && len(r.names) < maxNames {
		r.names = append(r.names, langName{lang: lang, name: name})
	}
}

// setDivision fills the country and the province from GeoNames' codes.
func (im *importer) setDivision(r *record, country, admin1 string) {
	if p, ok := im.known.ByID("country:" + country); ok {
		r.country = p.Country
	}
	if admin1 == "" || admin1 == "00" || r.country == "" {
		return
	}
	r.admin1 = country + "." + admin1
	if p, ok := im.known.ByID("geonames-admin1:" + r.admin1); ok {
		r.admin1 = p.Admin1
	}
	if len(r.admin1) > len(head{}.admin1) {
		r.admin1 = ""
	}
}

// geonamesClass maps GeoNames' feature classes and codes; false for what is not
// looked for in texts (streets, buildings, historical and abandoned places).
func geonamesClass(class, code string) (centre.PlaceClass, bool) {
	if strings.HasSuffix(code, "H") && code != "PCLH" && (class == "A" || class == "P") {
		return "", false
	}
	switch class {
	case "A":
		switch {
		case strings.HasPrefix(code, "PCL"), code == "TERR":
			return centre.PlaceCountry, true
		case code == "ADM1":
			return centre.PlaceAdmin1, true
		case code == "ADM2":
			return centre.PlaceAdmin2, true
		case code == "ADM3":
			return centre.PlaceAdmin2, true
		}
		return "", false
	case "P":
		switch code {
		case "PPLC":
			return centre.PlaceCapital, true
		case "PPLQ", "PPLW", "PPLCH":
			return "", false
		}
		return centre.PlaceLocality, true
	case "H", "T", "U", "V":
		switch code {
		case "STM", "LK", "SEA", "OCN", "GULF", "BAY", "STRT", "CNL", "RSV", "MT", "MTS", "PK", "ISL", "ISLS", "PEN", "DSRT", "VAL", "PLN", "PLAT", "CAPE", "PASS":
			return centre.PlaceNatural, true
		}
	case "S":
		switch code {
		case "AIRP", "AIRB", "AIRF", "NVB", "MILB", "PRT", "BDG", "DAM", "PSN", "PS", "CMPRF", "STNB":
			return centre.PlaceFacility, true
		}
	case "L":
		switch code {
		case "MILB", "NVB", "INSM", "PRT", "AREA":
			return centre.PlaceFacility, true
		case "CONT", "RGN", "RGNE":
			return centre.PlaceNatural, true
		}
	}
	return "", false
}

// geonamesName reads a line of GeoNames' alternateNamesV2: alternateNameId,
// geonameid, isolanguage, name, isPreferredName, isShortName, isColloquial,
// isHistoric, from, to.
func (im *importer) geonamesName(c [][]byte) (bool, string, error) {
	if len(c) < 4 {
		return false, "the line has " + strconv.Itoa(len(c)) + " columns, an alternate name has at least 4", nil
	}
	id, err := strconv.ParseUint(string(c[1]), 10, 63)
	if err != nil {
		return false, "the second column is not a GeoNames number", nil
	}
	lang := string(c[2])
	switch lang {
	case "link", "wkdt", "post", "iata", "icao", "faac", "unlc", "tcid", "phon", "piny", "fr_1793":
		return false, "", nil
	}
	if len(c) > 7 && string(c[7]) == "1" { // no longer used
		return false, "", nil
	}
	if !nameLanguages[lang] {
		if lang != "" && lang != "abbr" {
			return false, "", nil
		}
		lang = ""
	}
	name := cleanName(c[3])
	if name == "" {
		return false, "", nil
	}
	r := record{ids: []string{"geonames:" + strconv.FormatUint(id, 10)}}
	r.names = []langName{{lang: lang, name: name}}
	return true, "", im.add(rowNames, &r)
}

// wofReader reads a list of Who's On First: wof_id, placetype, name, lat, lon,
// population, geonames_id, parent_id, is_current, names(lang=a|b;...).
type wofReader struct {
	im    *importer
	known map[string]wofParent
	only  string // the country of the whole file, where it has just one
}

// wofParent is a country, region or county of the file.
type wofParent struct {
	placetype, parent string
	country, admin1   string
	record            record
}

var wofClasses = map[string]centre.PlaceClass{"country": centre.PlaceCountry, "dependency": centre.PlaceCountry, "region": centre.PlaceAdmin1,
	"macroregion": centre.PlaceAdmin1, "county": centre.PlaceAdmin2, "localadmin": centre.PlaceAdmin2, "locality": centre.PlaceLocality,
	"marinearea": centre.PlaceNatural, "campus": centre.PlaceFacility}

// parent remembers a row that others may lie in.
func (w *wofReader) parent(c [][]byte) {
	if len(c) < 9 {
		return
	}
	switch kind := string(c[1]); kind {
	case "country", "dependency", "region", "macroregion", "county":
		r, reason := wofRecord(c)
		if reason == "" {
			w.known[string(c[0])] = wofParent{placetype: kind, parent: string(c[7]), record: r}
		}
	}
}

// settle finds the codes of the countries and provinces of the file.
func (w *wofReader) settle() {
	codes := map[string]bool{}
	for id, p := range w.known {
		if p.placetype != "country" && p.placetype != "dependency" {
			continue
		}
		for _, n := range append([]langName{{name: p.record.name}}, p.record.names...) {
			if _, country := w.im.known.ResolveName(n.name); country != "" {
				p.country = country
				codes[country] = true
				break
			}
		}
		w.known[id] = p
	}
	if len(codes) == 1 {
		for code := range codes {
			w.only = code
		}
	}
	for id, p := range w.known {
		if p.placetype != "region" {
			continue
		}
		p.country = w.country(id)
		r := p.record
		r.class, r.country = centre.PlaceAdmin1, p.country
		if own, ok := w.province(&r); ok {
			p.admin1 = own
		}
		w.known[id] = p
	}
}

// province finds the ISO code of a province by its names, or else by the
// nearest embedded province of the country within 60 km.
func (w *wofReader) province(r *record) (string, bool) {
	if own, ok := w.im.embedded(r); ok && own.class == centre.PlaceAdmin1 {
		return own.admin1, true
	}
	best, nearest := "", 60.0
	l := w.im.known.layers[0]
	for i := range l.places {
		h, _ := l.head(i)
		if classes[h.class&^classUnplaced] != centre.PlaceAdmin1 || fixedText(h.country[:]) != r.country {
			continue
		}
		if d := kilometres(centre.At(float64(h.lon)/1e7, float64(h.lat)/1e7), r.point); d < nearest {
			best, nearest = fixedText(h.admin1[:]), d
		}
	}
	return best, best != ""
}

// country climbs from a row to its country.
func (w *wofReader) country(id string) string {
	for range 6 {
		p, ok := w.known[id]
		if !ok {
			break
		}
		if p.country != "" {
			return p.country
		}
		id = p.parent
	}
	return w.only
}

func (w *wofReader) admin1(id string) string {
	for range 6 {
		p, ok := w.known[id]
		if !ok {
			break
		}
		if p.placetype == "region" {
			return p.admin1
		}
		id = p.parent
	}
	return ""
}

func (w *wofReader) row(c [][]byte) (bool, string, error) {
	r, reason := wofRecord(c)
	if reason != "" {
		return false, reason, nil
	}
	if r.class == "" || string(c[8]) == "0" {
		return false, "", nil // neighbourhoods, and what is no longer there
	}
	id, parent := string(c[0]), string(c[7])
	r.country = w.country(parent)
	if r.class == centre.PlaceCountry {
		r.country = w.country(id)
	}
	r.admin1 = w.admin1(parent)
	if r.class == centre.PlaceAdmin1 {
		r.admin1 = w.known[id].admin1
	}
	return true, "", w.im.add(rowPlace, &r)
}

// wofRecord reads the columns of a row, but for what its parents say.
func wofRecord(c [][]byte) (record, string) {
	if len(c) != 10 {
		return record{}, "the line has " + strconv.Itoa(len(c)) + " columns, a Who's On First list has 10"
	}
	if _, err := strconv.ParseUint(string(c[0]), 10, 63); err != nil {
		return record{}, "the first column is not a Who's On First number"
	}
	point, ok := parsePoint(c[3], c[4])
	if !ok {
		return record{}, "columns 4 and 5 are not a latitude and a longitude in degrees"
	}
	population, _ := strconv.ParseInt(string(c[5]), 10, 64)
	r := record{ids: []string{"wof:" + string(c[0])}, name: cleanName(c[2]), class: wofClasses[string(c[1])], point: point, population: max(population, 0)}
	if n, err := strconv.ParseUint(string(c[6]), 10, 63); err == nil && n > 0 {
		r.ids = append(r.ids, "geonames:"+string(c[6]))
	}
	r.radius = radiusOf(r.class, r.population)
	if r.class == centre.PlaceCountry {
		r.radius = 0 // the embedded country knows its area
	}
	for part := range strings.SplitSeq(string(c[9]), ";") {
		lang, list, ok := strings.Cut(part, "=")
		if !ok {
			continue
		}
		if !nameLanguages[lang] {
			lang = ""
		}
		for one := range strings.SplitSeq(list, "|") {
			name := cleanName([]byte(one))
			as := lang
			if as == "ku" && name != "" && scriptOf(firstRune(name)) == Arabic {
				as = "ckb" // Kurdish in Arabic letters is Sorani
			}
			if name != "" && (as == "ar" || as == "fa" || as == "ckb") != (scriptOf(firstRune(name)) == Arabic) {
				as = "" // a Persian name in Latin letters is a spelling, not the name in Persian
			}
			r.addName(as, name)
		}
	}
	if r.name == "" {
		if len(r.names) == 0 {
			return record{}, "the place has no name in a script that is read here"
		}
		r.name = r.names[0].name
	}
	return r, ""
}

func firstRune(s string) rune {
	r, _ := utf8.DecodeRuneInString(s)
	return r
}
