package main

import (
	"fmt"
	"io"
	"os"
	"strings"
	"time"
	"unicode"
	"unicode/utf8"

	"golang.org/x/term"
)

// visible writes out what a terminal would not show as it is: control characters,
// which may be commands to it, and those that turn the direction of text, which
// make a name look like another (U+202E: "gpj.exe" for "exe.jpg").
func visible(text string) string {
	hidden := func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }
	if strings.IndexFunc(text, hidden) < 0 && utf8.ValidString(text) {
		return text
	}
	var b strings.Builder
	for i, r := range text {
		switch {
		case r == utf8.RuneError && !strings.HasPrefix(text[i:], "\uFFFD"):
			fmt.Fprintf(&b, `\x%02x`, text[i])
		case hidden(r):
			fmt.Fprintf(&b, `\u%04x`, r)
		default:
			b.WriteRune(r)
		}
	}
	return b.String()
}

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
