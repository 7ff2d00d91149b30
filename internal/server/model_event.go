package server

import (
	"entente/internal/centre"
	"entente/internal/desk"
)

// Event is something that happened, as one source states it.
type Event struct {
	ID            centre.ID           `json:"id"`
	Source        Nullable[centre.ID] `json:"source" doc:"Null where the source is not released to the reader."`
	ExternalID    string              `json:"external_id" doc:"The source's own name for it."`
	Version       int                 `json:"version" minimum:"1" doc:"Counts the source's corrections."`
	Category      string              `json:"category"`
	Code          string              `json:"code" doc:"The source's own code, as printed."`
	Title         string              `json:"title"`
	Notes         string              `json:"notes"`
	URL           string              `json:"url"`
	Start         Nullable[Moment]    `json:"start"`
	End           Nullable[Moment]    `json:"end"`
	TimePrecision string              `json:"time_precision" doc:"instant, day, week, month or longer; empty where unknown."`
	Point         Nullable[Point]     `json:"point"`
	Place         string              `json:"place" doc:"As the source writes it."`
	Country       string              `json:"country" doc:"ISO 3166-1 alpha-3; empty where unknown."`
	Admin1        string              `json:"admin1" doc:"As the source writes it."`
	GeoPrecision  string              `json:"geo_precision" doc:"exact, near, admin2, admin1, linear, country or international; empty where unknown."`
	UncertaintyM  float64             `json:"uncertainty_m" doc:"Radius around the point, in metres."`
	Actors        []EventActor        `json:"actors"`
	Killed        Nullable[Toll]      `json:"killed" doc:"Null where the source says nothing, which is not zero."`
	Injured       Nullable[Toll]      `json:"injured"`
	Attribution   string              `json:"attribution" doc:"Whom the source itself names as its sources."`
	Mentions      int                 `json:"mentions" doc:"How often the source met it in the media: echo, and no corroboration. 0 where not said."`
	Origin        string              `json:"origin" doc:"Where the row stood."`
	License       string              `json:"license" doc:"What the source says may be done with its data."`
	Fetched       Nullable[Instant]   `json:"fetched"`
	Marking       string              `json:"marking"`
	Problems      []string            `json:"problems"`
}

// EventActor is one who had a part in an event, as the source writes it.
type EventActor struct {
	Name    string `json:"name"`
	Code    string `json:"code"`
	Country string `json:"country"`
	Role    string `json:"role" doc:"initiator, affected, reporter or unknown."`
}

// Toll is a number of people killed or injured.
type Toll struct {
	Low       int    `json:"low"`
	Best      int    `json:"best"`
	High      int    `json:"high"`
	Civilians int    `json:"civilians" doc:"Of best; 0 where not said."`
	Basis     string `json:"basis" doc:"The rule or column that it comes from."`
}

func tollOf(t centre.Toll) Nullable[Toll] {
	return knownIf(Toll{t.Low, t.Best, t.High, t.Civilians, t.Basis}, t.Known)
}

func eventOf(e centre.Event) Event {
	return Event{ID: e.ID, Source: knownIf(e.Source, e.Source != 0), ExternalID: e.ExternalID, Version: e.Version,
		Category: string(e.Category), Code: e.Code, Title: e.Title, Notes: e.Notes, URL: e.URL,
		Start: momentOf(e.Start), End: momentOf(e.End), TimePrecision: string(e.TimePrecision),
		Point: pointOf(e.Point), Place: e.Place, Country: e.Country, Admin1: e.Admin1, GeoPrecision: string(e.GeoPrecision), UncertaintyM: e.Uncertainty,
		Actors: each(e.Actors, func(a centre.EventActor) EventActor { return EventActor{a.Name, a.Code, a.Country, string(a.Role)} }),
		Killed: tollOf(e.Killed), Injured: tollOf(e.Injured), Attribution: e.Attribution, Mentions: e.Mentions,
		Origin: e.Origin, License: e.License, Fetched: at(e.Fetched), Marking: e.Marking.String(), Problems: orEmpty(e.Problems)}
}

// EventList is part of a list of events.
type EventList struct {
	Events []Event `json:"events"`
	Next   string  `json:"next" doc:"Give it back as after for the next page; empty after the last."`
}

// EventCluster is a group of events near one another on a map.
type EventCluster struct {
	Point  Point     `json:"point"`
	Box    Box       `json:"box"`
	Events int       `json:"events"`
	Newest centre.ID `json:"newest" doc:"The event that arrived last."`
}

func eventClusterOf(c desk.EventCluster) EventCluster {
	return EventCluster{Point{c.Point.Lon, c.Point.Lat}, boxOf(c.Box), c.Events, c.Newest}
}

// EventClusters lists groups of events, largest first.
type EventClusters struct {
	Clusters []EventCluster `json:"clusters"`
}

// Track is where something is, by its latest message.
type Track struct {
	Source   Nullable[centre.ID] `json:"source" doc:"Null where the source is not released to the reader."`
	UID      string              `json:"uid" doc:"The source's name for it."`
	Type     string              `json:"type" doc:"Type of Cursor-on-Target 2.0."`
	Callsign string              `json:"callsign"`
	How      string              `json:"how"`
	Point    Nullable[Point]     `json:"point"`
	HeightM  Nullable[float64]   `json:"height_m" doc:"Above the ellipsoid."`
	CircleM  Nullable[float64]   `json:"ce_m" doc:"Circular error: a radius."`
	LinearM  Nullable[float64]   `json:"le_m" doc:"Linear error."`
	Course   Nullable[float64]   `json:"course" doc:"Degrees from true north."`
	Speed    Nullable[float64]   `json:"speed" doc:"Metres a second."`
	Time     Instant             `json:"time"`
	Start    Nullable[Instant]   `json:"start"`
	Stale    Instant             `json:"stale" doc:"From then on it is not current."`
	Remarks  string              `json:"remarks"`
	Marking  string              `json:"marking"`
}

func trackOf(k centre.Track) Track {
	number := func(f *float64) Nullable[float64] { return Nullable[float64]{f} }
	return Track{Source: knownIf(k.Source, k.Source != 0), UID: k.UID, Type: k.Type, Callsign: k.Callsign, How: k.How, Point: pointOf(k.Point),
		HeightM: number(k.Height), CircleM: number(k.Circular), LinearM: number(k.Linear), Course: number(k.Course), Speed: number(k.Speed),
		Time: Instant{k.Time}, Start: at(k.Start), Stale: Instant{k.Stale}, Remarks: k.Remarks, Marking: k.Marking.String()}
}

// TrackList lists tracks, the latest message first.
type TrackList struct {
	Tracks []Track `json:"tracks"`
}
