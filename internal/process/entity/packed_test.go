package entity

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// The packed rows give the sums of the rows themselves, for every number of
// labels and for as many rows as fit.
func TestPackedRowsSumAlike(t *testing.T) {
	for types := 1; types <= 16; types++ {
		names := make([]string, types)
		m := newModel(names, 6)
		for i := range m.rows {
			m.rows[i] = int8(rand.IntN(256) - 128)
		}
		m.pack()
		for _, n := range []int{0, 1, 60, maxPacked} {
			rows := make([]uint32, n)
			want, got := make([]int32, m.labels), make([]int32, m.labels)
			for i := range rows {
				rows[i] = rand.Uint32() & m.mask
				for l := range want {
					want[l] += int32(m.rows[int(rows[i])*m.labels+l])
				}
			}
			if m.sum(rows, got); !slices.Equal(got, want) {
				t.Fatalf("%d types, %d rows: %v, want %v", types, n, got, want)
			}
		}
	}
}
