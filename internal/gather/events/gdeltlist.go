package events

import (
	"bufio"
	"bytes"
	"cmp"
	"context"
	"crypto/md5"
	"encoding/hex"
	"net/url"
	"path"
	"regexp"
	"slices"
	"strings"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/fetch"
)

const (
	gdeltStep = 15 * time.Minute
	// catchUp is how far back a reading goes that has no cursor and no "since".
	catchUp = 24 * time.Hour
	// maxGap is how many files are looked for by name between two readings of
	// lastupdate.txt: a month of one table.
	maxGap = 31 * 96
	// maxTries is how often a file is fetched whose MD5 is not that of the list.
	maxTries = 3
	// maxList bounds the list of all files, which grows by 35,000 lines a year
	// and table.
	maxList = 512 << 20
	// maxZip bounds one fifteen-minute file.
	maxZip = 128 << 20
)

// listed is a line of a list: "size md5 url".
type listed struct {
	key   string // "20150926121500.export": names in order of time, then of table
	at    time.Time
	table string // "export" or "gkg"
	md5   string // hexadecimal; "" where it is not known
	url   string
}

// listCursor is how far a list was read.
type listCursor struct {
	Last     string `json:"last,omitempty"`     // key of the last file that was taken or given up
	Tries    int    `json:"tries,omitempty"`    // of the file behind it
	ETag     string `json:"etag,omitempty"`     // of the list, where all of it was taken
	Modified string `json:"modified,omitempty"` // likewise
}

// listName is the last part of a file's address: time, stream and table.
var listName = regexp.MustCompile(`(?i)^(\d{14})\.(?:translation\.)?(export|gkg|mentions)\.csv\.zip$`)

// isListLine knows a line of a list.
func isListLine(line []byte) bool {
	f := bytes.Fields(line)
	return len(f) == 3 && isDigits(string(f[0])) && len(f[1]) == md5.Size*2 && listName.Match(f[2][bytes.LastIndexByte(f[2], '/')+1:])
}

// readTables reads the option "tables" into the names that files have.
func readTables(option string) (tables []string, ok bool) {
	for name := range strings.SplitSeq(cmp.Or(option, "events"), ",") {
		switch strings.TrimSpace(name) {
		case "events":
			tables = append(tables, "export")
		case "gkg":
			tables = append(tables, "gkg")
		default:
			return nil, false
		}
	}
	return tables, true
}

func byKey(a, b listed) int { return cmp.Compare(a.key, b.key) }

// listing is one fetch of a list.
type listing struct {
	r      gather.Request
	s      *sink
	cursor listCursor
	tables []string
	result gather.Result
}

// fetchList takes the files of a list that are new, in order of time. Each file
// moves the cursor.
func fetchList(ctx context.Context, r gather.Request) (gather.Result, error) {
	l := &listing{r: r, s: newSink(ctx, r, displayName(r.Source.Address)), cursor: decode[listCursor](r.Cursor)}
	l.tables, _ = readTables(r.Source.Options[OptionTables])
	err := l.run(ctx)
	l.result.Problems = l.s.result().Problems
	return l.result, err
}

func (l *listing) run(ctx context.Context) error {
	all, response, err := l.list(ctx)
	if err != nil || all == nil {
		return err
	}
	due := l.due(all)
	if len(due) == 0 {
		l.result.NotModified = true
		if l.cursor.ETag == response.ETag && l.cursor.Modified == response.Modified {
			return nil
		}
	}
	for _, f := range due {
		done, err := l.take(ctx, f)
		if err != nil {
			return err
		}
		if !done { // it is tried again, and what is behind it must wait
			return nil
		}
	}
	l.cursor.ETag, l.cursor.Modified = response.ETag, response.Modified
	return l.s.flush(encode(l.cursor))
}

// list fetches the list; nil where it has not changed. The list of all files is
// some hundred megabytes: where we are at most one file behind, the short list
// beside it tells all that is new.
func (l *listing) list(ctx context.Context) ([]listed, *fetch.Response, error) {
	address := l.r.Source.Address
	if short := shortList(address); short != "" && l.cursor.Last != "" {
		response, err := l.r.Client.Get(ctx, fetch.Get{URL: short, Private: l.r.Source.Private, Accept: "text/plain"})
		if ctx.Err() != nil {
			return nil, nil, ctx.Err()
		}
		if err == nil {
			l.result.Bytes += response.Bytes
			fresh, named := l.read(response.Body)
			last, _ := gdeltInstant(l.cursor.Last[:min(14, len(l.cursor.Last))])
			if named > 0 && (len(fresh) == 0 || fresh[0].at.Sub(last) <= gdeltStep) {
				// What we know of the list of all files stays true.
				return fresh, &fetch.Response{ETag: l.cursor.ETag, Modified: l.cursor.Modified}, nil
			}
		}
	}
	response, err := l.r.Client.Get(ctx, fetch.Get{
		URL: address, Private: l.r.Source.Private, ETag: l.cursor.ETag, Modified: l.cursor.Modified, Accept: "text/plain", MaxBody: maxList,
	})
	if err != nil {
		return nil, nil, err
	}
	l.result.Bytes += response.Bytes
	l.result.MovedTo = response.MovedTo
	if response.NotModified {
		l.result.NotModified = true
		return nil, nil, nil
	}
	fresh, named := l.read(response.Body)
	if named == 0 {
		return nil, nil, centre.Invalid("%s names no files of GDELT 2.0 (%s); give the address of its lastupdate.txt or masterfilelist.txt.", l.s.name, strings.Join(l.tables, ", "))
	}
	if !isMaster(address) {
		fresh = l.between(fresh)
	}
	return fresh, response, nil
}

func isMaster(address string) bool {
	u, err := url.Parse(address)
	return err == nil && strings.HasPrefix(path.Base(u.Path), "masterfilelist")
}

// shortList gives the address of lastupdate.txt beside masterfilelist.txt, ""
// for another list.
func shortList(address string) string {
	if !isMaster(address) {
		return ""
	}
	u, err := url.Parse(address)
	if err != nil {
		return ""
	}
	name := strings.Replace(path.Base(u.Path), "masterfilelist", "lastupdate", 1)
	return u.ResolveReference(&url.URL{Path: name}).String()
}

// read reads the lines of a list that are of our tables: what is behind the
// cursor, in order of time and never nil, and how many files it names in all.
func (l *listing) read(body []byte) (fresh []listed, named int) {
	fresh = []listed{}
	base, err := url.Parse(l.r.Source.Address)
	if err != nil {
		return fresh, 0
	}
	lines := bufio.NewScanner(bytes.NewReader(body))
	for n := 1; lines.Scan(); n++ {
		f := strings.Fields(lines.Text())
		if len(f) == 0 {
			continue
		}
		address := f[len(f)-1]
		found := listName.FindStringSubmatch(address[strings.LastIndexByte(address, '/')+1:])
		if found == nil {
			if len(f) != 3 {
				l.s.say("%s, line %d: it is no line of size, MD5 and address; it was passed over.", l.s.name, n)
			}
			continue
		}
		at, ok := gdeltInstant(found[1])
		table := strings.ToLower(found[2])
		if !ok || !slices.Contains(l.tables, table) {
			continue
		}
		named++
		entry := listed{key: found[1] + "." + table, at: at, table: table}
		if entry.key <= l.cursor.Last {
			continue // nearly all of the list of all files
		}
		u, err := url.Parse(address)
		if err != nil {
			l.s.say("%s, line %d: it names no address; it was passed over.", l.s.name, n)
			continue
		}
		entry.url = base.ResolveReference(u).String()
		// Some lines of the list of all files have lost their size and sum.
		if len(f) == 3 && len(f[1]) == md5.Size*2 {
			entry.md5 = strings.ToLower(f[1])
		}
		fresh = append(fresh, entry)
	}
	slices.SortStableFunc(fresh, byKey)
	return slices.CompactFunc(fresh, func(a, b listed) bool { return a.key == b.key }), named
}

// due gives the files behind the cursor. Without a cursor they begin at the
// option "since", else a day before the newest.
func (l *listing) due(all []listed) []listed {
	from, _ := readSince(l.r.Source.Options[OptionSince])
	if from.IsZero() && l.cursor.Last == "" && len(all) > 0 {
		from = all[len(all)-1].at.Add(-catchUp)
	}
	return slices.DeleteFunc(slices.Clone(all), func(f listed) bool { return f.key <= l.cursor.Last || f.at.Before(from) })
}

// between adds the files that came out between the last reading of
// lastupdate.txt and this one, which it no longer names: their addresses differ
// in the time alone. Without a cursor the option "since" tells where to begin.
func (l *listing) between(newest []listed) []listed {
	from, _ := readSince(l.r.Source.Options[OptionSince])
	if len(l.cursor.Last) >= 14 {
		if last, ok := gdeltInstant(l.cursor.Last[:14]); ok && last.After(from) {
			from = last
		}
	}
	if from.IsZero() {
		return newest
	}
	all := slices.Clone(newest)
	for _, table := range l.tables {
		first := slices.IndexFunc(newest, func(f listed) bool { return f.table == table })
		if first < 0 {
			continue
		}
		f := newest[first]
		gap := int(f.at.Sub(from) / gdeltStep)
		if gap > maxGap {
			l.s.say("%s does not reach back to %s; only the last 31 days are fetched. Add masterfilelist.txt as a source for what is older.", l.s.name, from.Format(time.DateOnly))
			gap = maxGap
		}
		for i := gap; i > 0; i-- {
			at := f.at.Add(-time.Duration(i) * gdeltStep)
			stamp := at.Format("20060102150405")
			missed := listed{key: stamp + "." + f.table, at: at, table: f.table}
			missed.url = strings.Replace(f.url, f.at.Format("20060102150405"), stamp, 1)
			all = append(all, missed)
		}
	}
	slices.SortStableFunc(all, byKey)
	return all
}

// take fetches, checks and reads one file and moves the cursor behind it. done
// is false where the same file is to be tried again at the next fetch.
func (l *listing) take(ctx context.Context, f listed) (done bool, err error) {
	shown := displayName(f.url)
	response, err := l.r.Client.Get(ctx, fetch.Get{
		URL: f.url, Private: l.r.Source.Private && sameHost(f.url, l.r.Source.Address), Accept: "application/zip", MaxBody: maxZip,
	})
	if refused, ok := err.(*fetch.Error); ok {
		switch {
		case refused.Status == 404 || refused.Status == 410:
			l.s.say("%s is missing (status %d); it was passed over.", shown, refused.Status)
			return true, l.behind(f)
		case refused.Status != 0 && refused.Code == centre.CodeInvalid:
			return l.mistaken(f, strings.TrimSuffix(refused.Sentence, "."))
		}
	}
	if err != nil {
		return false, err
	}
	l.result.Bytes += response.Bytes
	if sum := md5.Sum(response.Body); f.md5 != "" && hex.EncodeToString(sum[:]) != f.md5 {
		return l.mistaken(f, shown+" is not what the list says (its MD5 differs)")
	}
	l.s.name = shown
	kind := formatGDELT
	if f.table == "gkg" {
		kind = formatGKG
	}
	// The files are small: if one breaks off, its good rows were taken, and come
	// again as known ones.
	err = l.s.unfold(kind, response.Body)
	switch {
	case err == nil:
		return true, l.behind(f)
	case ctx.Err() != nil || centre.CodeOf(err) == "":
		return false, err
	}
	return l.mistaken(f, strings.TrimSuffix(err.Error(), "."))
}

// mistaken counts a file that came damaged: it is fetched again up to maxTries
// times, then given up and named.
func (l *listing) mistaken(f listed, what string) (done bool, err error) {
	if l.cursor.Tries++; l.cursor.Tries >= maxTries {
		l.s.say("%s, after %d tries; it was passed over.", what, maxTries)
		return true, l.behind(f)
	}
	l.s.say("%s; it is fetched again the next time.", what)
	l.cursor.ETag, l.cursor.Modified = "", ""
	return false, l.s.flush(encode(l.cursor))
}

// behind moves the cursor behind a file. The list's validators are not kept
// until all of it is taken.
func (l *listing) behind(f listed) error {
	l.cursor = listCursor{Last: f.key}
	return l.s.flush(encode(l.cursor))
}
