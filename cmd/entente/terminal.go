package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode/utf8"

	"golang.org/x/term"
)

// bar draws progress on a terminal, in place; elsewhere it stays silent.
type bar struct {
	out   io.Writer
	live  bool
	start time.Time
	width int
}

func newBar(out io.Writer) *bar {
	file, ok := out.(*os.File)
	return &bar{out: out, live: ok && term.IsTerminal(int(file.Fd())), start: time.Now()}
}

// show draws done of total; a total of 0 is unknown.
func (b *bar) show(what string, done, total int64) {
	if !b.live {
		return
	}
	line := fmt.Sprintf("%s  %d", what, done)
	if total > 0 {
		const cells = 30
		full := int(min(done, total) * cells / total)
		line = fmt.Sprintf("%s  %s%s %3d %%  %d of %d", what, strings.Repeat("█", full), strings.Repeat("░", cells-full), min(done, total)*100/total, done, total)
	}
	if passed := time.Since(b.start).Seconds(); passed > 1 {
		line += fmt.Sprintf("  %.0f/s", float64(done)/passed)
	}
	length := utf8.RuneCountInString(line)
	fmt.Fprint(b.out, "\r", line, strings.Repeat(" ", max(0, b.width-length)))
	b.width = length
}

// done removes the bar.
func (b *bar) done() {
	if b.live && b.width > 0 {
		fmt.Fprint(b.out, "\r", strings.Repeat(" ", b.width), "\r")
	}
}
