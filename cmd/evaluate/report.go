package main

import (
	"errors"
	"fmt"
	"io"
	"io/fs"

	"entente/cmd/evaluate/metric"
)

// report is what one task found out.
type report struct {
	Task    string   `json:"task"`
	Seconds float64  `json:"seconds"`
	Figures []figure `json:"figures"`
	Notes   []string `json:"notes,omitempty"`   // how it was measured, where that is not plain
	Missing []string `json:"missing,omitempty"` // data or steps that are not there
}

// figure is one number with the 95 % interval that documents give it.
type figure struct {
	Set   string  `json:"set"`
	Name  string  `json:"name"`
	Value float64 `json:"value"`
	Low   float64 `json:"low"`
	High  float64 `json:"high"`
	Units int     `json:"units"` // documents that were drawn for the interval
	Aim   float64 `json:"aim,omitempty"`
}

// add computes a figure over all units and its interval. compute gets indices of
// units.
func (r *report) add(set, name string, aim float64, units int, compute func(sample []int) float64) {
	if units == 0 {
		return
	}
	f := figure{Set: set, Name: name, Aim: aim, Units: units, Value: compute(metric.Every(units))}
	f.Low, f.High = metric.Interval(units, compute)
	r.Figures = append(r.Figures, f)
}

// spans adds precision, recall and F of counts by document.
func (r *report) spans(set, name string, aim float64, counts []metric.Counts) {
	sum := func(sample []int) (c metric.Counts) {
		for _, i := range sample {
			c = c.Add(counts[i])
		}
		return c
	}
	r.add(set, name+" precision", 0, len(counts), func(s []int) float64 { return sum(s).Precision() })
	r.add(set, name+" recall", 0, len(counts), func(s []int) float64 { return sum(s).Recall() })
	r.add(set, name+" F", aim, len(counts), func(s []int) float64 { return sum(s).F() })
}

// failed records why data could not be read; ok where there is nothing to record.
func (r *report) failed(what string, err error) bool {
	switch {
	case err == nil:
		return false
	case errors.Is(err, fs.ErrNotExist):
		r.Missing = append(r.Missing, fmt.Sprintf("%s is not in the folder: skipped.", what))
	default:
		r.Missing = append(r.Missing, fmt.Sprintf("%s was skipped: %v.", what, err))
	}
	return true
}

func (r *report) note(format string, args ...any) {
	r.Notes = append(r.Notes, fmt.Sprintf(format, args...))
}

func (r *report) print(out io.Writer) {
	fmt.Fprintf(out, "%s (%.1f s)\n", r.Task, r.Seconds)
	for _, f := range r.Figures {
		aim := ""
		if f.Aim > 0 {
			aim = fmt.Sprintf("  aim %.2f", f.Aim)
			if f.Value < f.Aim {
				aim += ", not reached"
			}
		}
		fmt.Fprintf(out, "  %-28s %-34s %9.4f  [%.4f, %.4f]  n=%d%s\n", f.Set, f.Name, f.Value, f.Low, f.High, f.Units, aim)
	}
	for _, n := range r.Notes {
		fmt.Fprintf(out, "  note: %s\n", n)
	}
	for _, m := range r.Missing {
		fmt.Fprintf(out, "  missing: %s\n", m)
	}
	fmt.Fprintln(out)
}
