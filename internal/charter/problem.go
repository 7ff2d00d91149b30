package charter

import (
	"cmp"
	"fmt"
	"slices"
	"strings"
)

// Problem is one thing that is wrong with a charter's text.
type Problem struct {
	Line    int    `json:"line"`    // from 1; 0 where it concerns the whole text
	Message string `json:"message"` // a sentence that names the broken rule
}

// String prints the problem with its line in front.
func (p Problem) String() string {
	if p.Line == 0 {
		return p.Message
	}
	return fmt.Sprintf("line %d: %s", p.Line, p.Message)
}

// Problems is everything that is wrong with a charter's text, in the order of
// its lines. It is the cause of the error that Parse returns.
type Problems []Problem

// Error prints one problem a line.
func (p Problems) Error() string {
	lines := make([]string, len(p))
	for i, problem := range p {
		lines[i] = problem.String()
	}
	return strings.Join(lines, "\n")
}

func (p Problems) sorted() Problems {
	p = slices.Clone(p)
	slices.SortStableFunc(p, func(a, b Problem) int { return cmp.Compare(a.Line, b.Line) })
	return slices.Compact(p)
}

// nearest gives the known word that is most like word, or "" where none is.
func nearest(word string, known []string) string {
	if len(word) > 100 {
		return ""
	}
	best, least := "", max(2, len(word)/3)+1
	for _, k := range known {
		if d := distance(strings.ToLower(word), strings.ToLower(k)); d < least {
			best, least = k, d
		}
	}
	return best
}

// distance is the number of letters to insert, delete, change or exchange with
// their neighbour (Damerau and Levenshtein, optimal alignment).
func distance(a, b string) int {
	x, y := []rune(a), []rune(b)
	var older, old []int
	row := make([]int, len(y)+1)
	for j := range row {
		row[j] = j
	}
	for i := range x {
		older, old, row = old, row, make([]int, len(y)+1)
		row[0] = i + 1
		for j := range y {
			row[j+1] = old[j]
			if x[i] != y[j] {
				row[j+1]++
			}
			row[j+1] = min(row[j+1], row[j]+1, old[j+1]+1)
			if i > 0 && j > 0 && x[i] == y[j-1] && x[i-1] == y[j] {
				row[j+1] = min(row[j+1], older[j-1]+1)
			}
		}
	}
	return row[len(y)]
}
