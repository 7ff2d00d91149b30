package events

import (
	_ "embed"
	"strconv"
	"strings"
	"sync"
)

//go:embed countries.tsv
var countryTable string

// countryCodes turns the country codes of the event databases into ISO 3166-1
// alpha-3. What is in no list gives "".
type countryCodes struct {
	numeric map[int]string    // ISO 3166-1 numeric
	fips    map[string]string // FIPS 10-4: the places of GDELT
	cameo   map[string]string // CAMEO: the actors of GDELT
	gw      map[int]string    // Gleditsch and Ward: UCDP
	iso     map[string]bool   // alpha-3 itself
}

// countries reads countries.tsv once. The maps are never written afterwards, so
// that it is safe for concurrent use.
var countries = sync.OnceValue(func() *countryCodes {
	c := &countryCodes{map[int]string{}, map[string]string{}, map[string]string{}, map[int]string{}, map[string]bool{}}
	for line := range strings.Lines(countryTable) {
		f := strings.Split(strings.TrimRight(line, "\n"), "\t")
		if strings.HasPrefix(line, "#") || len(f) != 5 {
			continue
		}
		alpha3 := f[0]
		c.iso[alpha3] = true
		if n, err := strconv.Atoi(f[1]); err == nil {
			c.numeric[n] = alpha3
		}
		for _, code := range strings.Fields(f[2]) {
			c.fips[code] = alpha3
		}
		for _, code := range strings.Fields(f[3]) {
			c.cameo[code] = alpha3
		}
		for _, code := range strings.Fields(f[4]) {
			if n, err := strconv.Atoi(code); err == nil {
				c.gw[n] = alpha3
			}
		}
	}
	return c
})

// byNumber looks a number up in one of the lists; "" for what is no number.
func byNumber(list map[int]string, text string) string {
	n, err := strconv.Atoi(strings.TrimSuffix(text, ".0"))
	if err != nil {
		return ""
	}
	return list[n]
}
