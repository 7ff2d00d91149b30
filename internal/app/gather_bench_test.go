package app

import (
	"bufio"
	"context"
	"fmt"
	"io"
	"math/rand/v2"
	"net"
	"net/http"
	"os"
	"os/exec"
	"runtime"
	"runtime/debug"
	"strconv"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"time"

	"entente/internal/centre"
	"entente/internal/gather"
	"entente/internal/gather/feed"
	"entente/internal/gather/fetch"
	"entente/internal/policy/system"
)

const (
	benchFeeds = 5_000
	benchItems = 20
	// Names of what the process of the feeds is told: how many feeds, and how
	// many items each has.
	envFeeds, envItems = "BENCH_FEEDS", "BENCH_ITEMS"
)

// TestServeFeeds is no test: it is the other side of the benchmarks of
// gathering, in a process of its own so that its work is not counted as ours.
// It serves feeds at so many loopback addresses until its input ends; each line
// of input is how many new items three feeds in ten have from then on.
func TestServeFeeds(t *testing.T) {
	count, err := strconv.Atoi(os.Getenv(envFeeds))
	if err != nil {
		t.Skip("it runs for the benchmarks of gathering alone")
	}
	items, err := strconv.Atoi(os.Getenv(envItems))
	if err != nil {
		t.Fatal(err)
	}
	var generation atomic.Int64 // how many items the changing feeds have had beyond the first 20
	server := &http.Server{Handler: http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		var a, b, c, d int
		_, _ = fmt.Sscanf(r.Host, "%d.%d.%d.%d", &a, &b, &c, &d)
		number := (b-10)*62500 + (c-1)*250 + d - 1
		newest := int64(0)
		if number%10 < 3 {
			newest = generation.Load()
		}
		tag := fmt.Sprintf(`"%d"`, newest)
		w.Header().Set("ETag", tag)
		if r.Header.Get("If-None-Match") == tag {
			w.WriteHeader(http.StatusNotModified)
			return
		}
		w.Header().Set("Content-Type", "application/rss+xml")
		_, _ = io.WriteString(w, benchFeed(number, items, newest))
	})}
	for i := range count {
		l, err := net.Listen("tcp", benchHost(i)+":0")
		if err != nil {
			t.Fatal(err)
		}
		_, port, _ := net.SplitHostPort(l.Addr().String())
		fmt.Println("at", benchHost(i)+":"+port)
		go func() { _ = server.Serve(l) }()
	}
	fmt.Println("ready")
	for lines := bufio.NewScanner(os.Stdin); lines.Scan(); {
		n, _ := strconv.Atoi(lines.Text())
		generation.Add(int64(n))
		fmt.Println("changed")
	}
}

func benchHost(i int) string {
	return fmt.Sprintf("127.%d.%d.%d", 10+i/62500, 1+i/250%250, 1+i%250)
}

// benchFeed is a feed with items of about 700 bytes.
func benchFeed(number, items int, newest int64) string {
	var b strings.Builder
	fmt.Fprintf(&b, `<?xml version="1.0" encoding="utf-8"?><rss version="2.0"><channel><title>Feed %d</title><link>http://feed.example/</link>`, number)
	for item := newest + int64(items) - 1; item >= newest; item-- {
		fmt.Fprintf(&b, `<item><title>Dispatch %d of feed %d</title><link>http://feed.example/%d/%d</link><guid>%d-%d</guid><pubDate>Sat, 26 Sep 2015 12:00:00 +0300</pubDate><description>&lt;p&gt;%s&lt;/p&gt;</description></item>`,
			item, number, number, item, number, item, strings.Repeat("The ferry runs again between the two banks of the river. ", 8))
	}
	return b.String() + `</channel></rss>`
}

// feeds is the other side, as the benchmarks see it.
type feeds struct {
	addresses []string
	in        io.WriteCloser
	out       *bufio.Scanner
}

func serveFeeds(b *testing.B, count, items int) *feeds {
	b.Helper()
	command := exec.Command(os.Args[0], "-test.run=^TestServeFeeds$")
	command.Env = append(os.Environ(), fmt.Sprintf("%s=%d", envFeeds, count), fmt.Sprintf("%s=%d", envItems, items))
	command.Stderr = os.Stderr
	in, err := command.StdinPipe()
	if err != nil {
		b.Fatal(err)
	}
	out, err := command.StdoutPipe()
	if err != nil {
		b.Fatal(err)
	}
	if err := command.Start(); err != nil {
		b.Fatal(err)
	}
	b.Cleanup(func() { in.Close(); _ = command.Wait() })
	f := &feeds{in: in, out: bufio.NewScanner(out)}
	for f.out.Scan() && f.out.Text() != "ready" {
		if at, ok := strings.CutPrefix(f.out.Text(), "at "); ok {
			f.addresses = append(f.addresses, "http://"+at+"/feed")
		}
	}
	if len(f.addresses) != count {
		b.Fatalf("%d of %d feeds are served", len(f.addresses), count)
	}
	return f
}

// change gives three feeds in ten so many new items.
func (f *feeds) change(items int) {
	fmt.Fprintln(f.in, items)
	f.out.Scan()
}

// ended counts the fetches of a connector: when one has ended, what it brought
// is durable.
type ended struct {
	*feed.Connector
	left atomic.Int64
	done chan struct{}
}

func (e *ended) Fetch(ctx context.Context, r gather.Request) (gather.Result, error) {
	result, err := e.Connector.Fetch(ctx, r)
	if e.left.Add(-1) == 0 {
		close(e.done)
	}
	return result, err
}

// refresh fetches every source of the trial once, and gives how long it took
// until the last document was durable.
func (tr *trial) refresh(sources []centre.Source, client *fetch.Client) time.Duration {
	tr.t.Helper()
	healths := make([]gather.HealthOf, len(sources)) // never tried: due at once
	for i, s := range sources {
		healths[i].Source = s.ID
	}
	if err := (keeper{tr.store}).SetHealths(tr.t.Context(), healths); err != nil {
		tr.t.Fatal(err)
	}
	e := &ended{Connector: feed.New(), done: make(chan struct{})}
	e.left.Store(int64(len(sources)))
	scheduler, err := gather.NewScheduler(gather.Options{
		Keeper: keeper{tr.store}, Connectors: []gather.Connector{e}, Client: client, Clock: time.Now, Rand: rand.Float64,
	})
	if err != nil {
		tr.t.Fatal(err)
	}
	ctx, cancel := context.WithCancel(tr.t.Context())
	over := make(chan struct{})
	runtime.GC()
	start := time.Now()
	go func() { defer close(over); _ = scheduler.Run(ctx) }()
	<-e.done
	took := time.Since(start)
	cancel()
	<-over
	return took
}

func (tr *trial) addFeeds(addresses []string, interval time.Duration) []centre.Source {
	tr.t.Helper()
	sources := make([]centre.Source, len(addresses))
	for i, address := range addresses {
		sources[i] = tr.addSource(centre.Source{Slug: fmt.Sprintf("f%d", i), Name: fmt.Sprintf("Feed %d", i), Kind: "feed", Address: address, Private: true, Interval: interval})
	}
	return sources
}

// bare makes conditional requests to all addresses by the same client, as many
// at a time as the scheduler begins, and throws the answers away.
func bare(b *testing.B, client *fetch.Client, addresses, tags []string) time.Duration {
	b.Helper()
	runtime.GC()
	start := time.Now()
	var all sync.WaitGroup
	slots := make(chan struct{}, 256)
	for i, address := range addresses {
		slots <- struct{}{}
		all.Go(func() {
			defer func() { <-slots }()
			response, err := client.Get(context.Background(), fetch.Get{URL: address, Private: true, ETag: tags[i]})
			if err != nil {
				b.Error(err)
				return
			}
			tags[i] = response.ETag
		})
	}
	all.Wait()
	return time.Since(start)
}

// BenchmarkRefresh fetches 5,000 feeds of 20 items, three in ten of which have
// new items since the last time, into a durable store; beside it the same
// requests bare, by the same client. It runs with one and with six new items in
// each feed that changed.
func BenchmarkRefresh(b *testing.B) {
	for _, items := range []int{1, 6} {
		b.Run(fmt.Sprintf("new=%d", items), func(b *testing.B) {
			tr, other := newTrial(b), serveFeeds(b, benchFeeds, benchItems)
			client, err := fetch.New(fetch.Options{Clock: time.Now})
			if err != nil {
				b.Fatal(err)
			}
			defer client.Close()
			sources, tags := tr.addFeeds(other.addresses, time.Hour), make([]string, benchFeeds)
			bare(b, client, other.addresses, tags)
			first := tr.refresh(sources, client)
			var ours, theirs, oursCPU, theirsCPU time.Duration
			rounds := 0
			for b.Loop() {
				for range 3 { // three rounds, taken in turn, so that the machine's moods fall on both
					other.change(items)
					before := cpuTime(b)
					theirs += bare(b, client, other.addresses, tags)
					between := cpuTime(b)
					ours += tr.refresh(sources, client)
					theirsCPU += between - before
					oursCPU += cpuTime(b) - between
					rounds++
				}
			}
			b.ReportMetric(first.Seconds(), "first-s")
			b.ReportMetric(ours.Seconds()/float64(rounds), "refresh-s")
			b.ReportMetric(theirs.Seconds()/float64(rounds), "bare-s")
			b.ReportMetric(float64(ours)/float64(theirs), "ratio")
			b.ReportMetric(oursCPU.Seconds()/float64(rounds), "refresh-cpu-s")
			b.ReportMetric(theirsCPU.Seconds()/float64(rounds), "bare-cpu-s")
			b.ReportMetric(peakMemory(), "peak-MiB")
		})
	}
}

// BenchmarkIdle runs a centre in all its roles with 10,000 sources at which
// nothing changes, for a minute: at the rhythm at which sources begin, a quarter
// of an hour, which is the busiest that such a centre ever is.
func BenchmarkIdle(b *testing.B) {
	const many = 10_000
	other := serveFeeds(b, many, 1)
	config := trialConfig(b)
	config.Listen, config.Roles = "127.0.0.1:0", AllRoles
	tr := openTrial(b, config)
	sources := tr.addFeeds(other.addresses, 0)
	client, err := fetch.New(fetch.Options{Clock: time.Now})
	if err != nil {
		b.Fatal(err)
	}
	tr.refresh(sources, client)
	client.Close()
	tr.drain()
	states, err := tr.store.Sources(b.Context(), system.View())
	if err != nil {
		b.Fatal(err)
	}
	healths := make([]gather.HealthOf, 0, many)
	for i, s := range states {
		h, now := s.Health, time.Now()
		h.Every = gather.DefaultInterval
		h.Next = now.Add(time.Duration(i) * gather.DefaultInterval / many)
		healths = append(healths, gather.HealthOf{Source: s.Source.ID, Health: h})
	}
	if err := (keeper{tr.store}).SetHealths(b.Context(), healths); err != nil {
		b.Fatal(err)
	}
	ctx, cancel := context.WithCancel(b.Context())
	defer cancel()
	r := &runner{parts: tr.parts, ctx: ctx}
	defer func() { cancel(); r.end() }()
	if _, err := r.start(); err != nil {
		b.Fatal(err)
	}
	// What was taken above is recalled and told on first; then it is idle.
	for quiet, deadline := false, time.Now().Add(time.Minute); !quiet && time.Now().Before(deadline); {
		before := cpuTime(b)
		time.Sleep(3 * time.Second)
		quiet = cpuTime(b)-before < time.Second
	}
	debug.FreeOSMemory()
	for b.Loop() {
		before, start := cpuTime(b), time.Now()
		time.Sleep(time.Minute)
		b.ReportMetric(100*float64(cpuTime(b)-before)/float64(time.Since(start)), "%-of-one-core")
		b.ReportMetric(resident(), "resident-MiB")
	}
}

func cpuTime(b *testing.B) time.Duration {
	b.Helper()
	var usage syscall.Rusage
	if err := syscall.Getrusage(syscall.RUSAGE_SELF, &usage); err != nil {
		b.Skip("the system does not tell the time that a process has taken")
	}
	return time.Duration(usage.Utime.Nano() + usage.Stime.Nano())
}

// resident is the resident size of this process now in MiB; 0 where the system
// does not tell.
func resident() float64 {
	status, err := os.ReadFile("/proc/self/status")
	if err != nil {
		return 0
	}
	for line := range strings.Lines(string(status)) {
		var kib float64
		if _, err := fmt.Sscanf(line, "VmRSS: %f kB", &kib); err == nil {
			return kib / 1024
		}
	}
	return 0
}
