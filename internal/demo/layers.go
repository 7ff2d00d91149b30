package demo

import (
	"context"
	_ "embed" // the incidents
	"errors"
	"fmt"
	"math"
	"net"
	"net/http"
	"strings"
	"sync"
	"time"

	"entente/internal/centre"
)

//go:embed incidents.csv
var incidents string

// Layers are the demo's sources of events and positions: a table of incidents
// tagged after HXL, served over HTTP, and relief convoys whose invented
// transponders speak Cursor-on-Target over TCP. They are real servers, read by
// the centre's own connectors. Safe for concurrent use.
type Layers struct {
	clock   func() time.Time
	table   net.Listener
	radio   net.Listener
	server  *http.Server
	close   sync.Once
	running sync.WaitGroup
	stop    context.CancelFunc

	mu    sync.Mutex
	conns map[net.Conn]bool // guarded by mu; nil once closed
}

// StartLayers opens both on free ports of 127.0.0.1. They run until ctx is done
// or Close is called; the caller calls Close in both cases.
func StartLayers(ctx context.Context, clock func() time.Time) (*Layers, error) {
	var c net.ListenConfig
	table, err := c.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		return nil, centre.Refuse(centre.CodeUnavailable, "the demo cannot open a local web server: %w; free some ports or files and start again", err)
	}
	radio, err := c.Listen(ctx, "tcp", "127.0.0.1:0")
	if err != nil {
		table.Close()
		return nil, centre.Refuse(centre.CodeUnavailable, "the demo cannot open a local server: %w; free some ports or files and start again", err)
	}
	ctx, stop := context.WithCancel(ctx)
	l := &Layers{clock: clock, table: table, radio: radio, stop: stop, conns: map[net.Conn]bool{}}
	mux := http.NewServeMux()
	mux.HandleFunc("GET /incidents.csv", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "text/csv; charset=utf-8")
		w.Header().Set("ETag", `"incidents-1"`)
		http.ServeContent(w, r, "", time.Time{}, strings.NewReader(incidents))
	})
	l.server = &http.Server{Handler: mux, ReadHeaderTimeout: 10 * time.Second}
	l.running.Go(func() { _ = l.server.Serve(table) })
	l.running.Go(func() { l.accept(ctx) })
	context.AfterFunc(ctx, l.end)
	return l, nil
}

func (l *Layers) end() {
	l.close.Do(func() {
		l.server.Close()
		l.radio.Close()
		l.mu.Lock()
		for conn := range l.conns {
			conn.Close()
		}
		l.conns = nil
		l.mu.Unlock()
	})
}

// Close stops both and waits for them.
func (l *Layers) Close() {
	l.stop()
	l.end()
	l.running.Wait()
}

// Sources describes them as sources of the centre, without ids. Every member
// may read the incidents; the positions of convoys are for Iraq and Syria.
func (l *Layers) Sources() []centre.Source {
	return []centre.Source{
		{Slug: "joint-incidents", Name: "Incidents, joint table", Kind: "events", Address: "http://" + l.table.Addr().String() + "/incidents.csv",
			Member: "IRQ", Family: "joint-desk", Owner: "Joint desk of the demo", Language: "en", Reliability: 'B', Private: true,
			Marking:  centre.Marking{Originator: "IRQ", Releasable: []centre.MemberCode{"IRN", "RUS", "SYR"}},
			Interval: time.Minute, Options: map[string]string{}},
		{Slug: "relief-convoys", Name: "Relief convoys", Kind: "tracks", Address: "tcp://" + l.radio.Addr().String(),
			Member: "IRQ", Family: "joint-desk", Owner: "Joint desk of the demo", Reliability: 'B', Private: true,
			Marking: centre.Marking{Originator: "IRQ", Level: centre.Restricted, Releasable: []centre.MemberCode{"SYR"}}, Options: map[string]string{}},
	}
}

func (l *Layers) accept(ctx context.Context) {
	for {
		conn, err := l.radio.Accept()
		if errors.Is(err, net.ErrClosed) || ctx.Err() != nil {
			return
		}
		if err != nil {
			time.Sleep(100 * time.Millisecond)
			continue
		}
		l.mu.Lock()
		if l.conns == nil {
			l.mu.Unlock()
			conn.Close()
			return
		}
		l.conns[conn] = true
		l.mu.Unlock()
		l.running.Go(func() {
			defer conn.Close()
			l.speak(ctx, conn)
			l.mu.Lock()
			delete(l.conns, conn)
			l.mu.Unlock()
		})
	}
}

// speakEvery is how often the convoys tell where they are, and silentAfter how
// long a position holds.
const (
	speakEvery  = 5 * time.Second
	silentAfter = time.Minute
)

func (l *Layers) speak(ctx context.Context, conn net.Conn) {
	tick := time.NewTicker(speakEvery)
	defer tick.Stop()
	for {
		now := l.clock()
		for i := range convoys {
			if _, err := conn.Write([]byte(convoys[i].message(now))); err != nil {
				return
			}
		}
		select {
		case <-ctx.Done():
			return
		case <-tick.C:
		}
	}
}

// convoy goes to and fro along a road.
type convoy struct {
	uid, callsign, remarks string
	road                   [][2]float64 // longitude, latitude
	hours                  float64      // there and back
}

var convoys = []convoy{
	{"DEMO-CONVOY-1", "RELIEF 1", "Water trucks for the camps", [][2]float64{{44.361, 33.312}, {44.06, 33.29}, {43.86, 33.18}, {43.574, 33.379}}, 1.5},
	{"DEMO-CONVOY-2", "RELIEF 2", "Chlorine and medical supplies", [][2]float64{{44.361, 33.312}, {44.433, 32.483}, {44.315, 31.996}}, 2},
	{"DEMO-CONVOY-3", "RELIEF 3", "Food parcels, empty on the way back", [][2]float64{{36.292, 33.513}, {36.105, 33.725}, {36.72, 34.73}}, 2.5},
	{"DEMO-AMBULANCE-4", "AMBULANCE 4", "Patients to the hospital in Kut", [][2]float64{{46.165, 33.122}, {45.82, 32.51}}, 1},
}

// at is where a convoy is: length along its road as a triangle wave of time.
func (c *convoy) at(now time.Time) (lon, lat float64) {
	period := time.Duration(c.hours * float64(time.Hour))
	phase := float64(now.UnixNano()%int64(period)) / float64(period)
	along := (1 - math.Abs(2*phase-1)) * float64(len(c.road)-1)
	i := min(int(along), len(c.road)-2)
	share := along - float64(i)
	a, b := c.road[i], c.road[i+1]
	return a[0] + (b[0]-a[0])*share, a[1] + (b[1]-a[1])*share
}

// message is a Cursor-on-Target 2.0 event: a neutral ground vehicle, whose
// position comes from its receiver.
func (c *convoy) message(now time.Time) string {
	const form = "2006-01-02T15:04:05.000Z"
	lon, lat := c.at(now)
	now = now.UTC()
	return fmt.Sprintf(`<event version="2.0" uid="%s" type="a-n-G-E-V" how="m-g" time="%s" start="%s" stale="%s"><point lat="%.5f" lon="%.5f" hae="9999999.0" ce="25.0" le="9999999.0"/><detail><contact callsign="%s"/><remarks>%s</remarks></detail></event>`+"\n",
		c.uid, now.Format(form), now.Format(form), now.Add(silentAfter).Format(form), lat, lon, c.callsign, c.remarks)
}
