package metric

// Attribution is who is said to have said something, and by which words. Source
// or Cue is nil where the text has none; a cue or a source of several pieces
// has several spans. Contents are not judged here.
type Attribution struct{ Source, Cue []Span }

// Attributions counts the attributions of one text in the three ways of PolNeAR
// (Newell, Margolin and Ruths, LREC 2018): sources that overlap a gold source,
// cues that are a gold cue to the letter, and attributions that have both from
// one gold attribution. Each gold one counts once.
func Attributions(found, gold []Attribution) (source, cue, linked Counts) {
	overlaps := func(a, b []Span) bool {
		for _, s := range a {
			for _, t := range b {
				if s.Overlaps(t) {
					return true
				}
			}
		}
		return false
	}
	equal := func(a, b []Span) bool {
		if len(a) != len(b) || len(a) == 0 {
			return false
		}
		for i := range a {
			if a[i].Start != b[i].Start || a[i].End != b[i].End {
				return false
			}
		}
		return true
	}
	sources := func(all []Attribution) (list [][]Span) {
		seen := map[Span]bool{}
		for _, a := range all {
			// One source may stand for several attributions: it is one span.
			if len(a.Source) > 0 && !seen[a.Source[0]] {
				seen[a.Source[0]] = true
				list = append(list, a.Source)
			}
		}
		return list
	}
	cues := func(all []Attribution) (list [][]Span) {
		for _, a := range all {
			if len(a.Cue) > 0 {
				list = append(list, a.Cue)
			}
		}
		return list
	}
	whole := func(all []Attribution) (list []Attribution) {
		for _, a := range all {
			if len(a.Source) > 0 && len(a.Cue) > 0 {
				list = append(list, a)
			}
		}
		return list
	}
	source = pair(sources(found), sources(gold), overlaps)
	cue = pair(cues(found), cues(gold), equal)
	linked = pair(whole(found), whole(gold), func(f, g Attribution) bool {
		return equal(f.Cue, g.Cue) && overlaps(f.Source, g.Source)
	})
	return source, cue, linked
}
