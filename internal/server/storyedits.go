package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"

	"entente/internal/centre"
	"entente/internal/desk"
)

type mergeStoryIn struct {
	ByID
	Body struct {
		Other  centre.ID `json:"other" doc:"The story that is the same as this one. The one that began first stays, the other's address leads to it."`
		Reason string    `json:"reason" maxLength:"2000"`
	}
}

type splitStoryIn struct {
	ByID
	Body struct {
		Report centre.ID `json:"report" doc:"It begins a story of its own, with its copies."`
		Reason string    `json:"reason" maxLength:"2000"`
	}
}

type moveReportIn struct {
	ByID
	Body struct {
		Report centre.ID `json:"report" doc:"It goes, with its copies, from this story into the other."`
		Into   centre.ID `json:"into"`
		Reason string    `json:"reason" maxLength:"2000"`
	}
}

type undoStoryIn struct {
	ByID
	Body struct {
		Edit   centre.ID `json:"edit" doc:"What is taken back; the machine's merges too."`
		Reason string    `json:"reason,omitempty" maxLength:"2000"`
	}
}

// StoryEdit is a change of what belongs to which story.
type StoryEdit struct {
	ID     centre.ID           `json:"id"`
	Kind   string              `json:"kind" enum:"merge,move,split,undo"`
	From   centre.ID           `json:"from"`
	Into   centre.ID           `json:"into"`
	Report Nullable[centre.ID] `json:"report"`
	Undoes Nullable[centre.ID] `json:"undoes"`
	Undone bool                `json:"undone"`
	Reason string              `json:"reason"`
	By     string              `json:"by" doc:"Empty for the machine."`
	Member centre.MemberCode   `json:"member" doc:"Empty for the machine."`
	At     Instant             `json:"at"`
}

func storyEditOf(e centre.StoryEdit) StoryEdit {
	return StoryEdit{ID: e.ID, Kind: string(e.Kind), From: e.From, Into: e.Into, Report: knownIf(e.Report, e.Report != 0),
		Undoes: knownIf(e.Undoes, e.Undoes != 0), Undone: e.Undone, Reason: e.Reason, By: e.By, Member: e.Member, At: Instant{e.At}}
}

// ReportEcho says that a report looks like a translation of another.
type ReportEcho struct {
	Report centre.ID `json:"report"`
	Of     centre.ID `json:"of"`
	Score  float64   `json:"score" minimum:"0" maximum:"1"`
	Shared []string  `json:"shared" doc:"Words that both have, as the report writes them: reasons, for a person."`
}

func reportEchoOf(e desk.ReportEcho) ReportEcho {
	return ReportEcho{e.Report, e.Of, e.Score, orEmpty(e.Shared)}
}

// StoryGrouping tells how a story came to be one.
type StoryGrouping struct {
	Story    centre.ID    `json:"story" doc:"The story that was asked for, or that it is part of."`
	Edits    []StoryEdit  `json:"edits" doc:"Merges, moves and splits, newest first."`
	Echoes   []ReportEcho `json:"echoes" doc:"Which reports look like translations of which: presumably of one root."`
	Entities []EntityHead `json:"entities" doc:"People and bodies, the most named first; reports counts those of the story."`
	May      bool         `json:"may" doc:"The reader may correct the story."`
}

func (s *Server) registerStoryEdits(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/stories/{id}/grouping", "read-story-grouping", "stories", "How a story came to be one: corrections, echoes, and whom its reports name"), s.storyGrouping)
	answering(s, api, operation(http.MethodPost, "/stories/{id}/merge", "merge-stories", "stories", "Say that another story is the same as this one"), s.mergeStories)
	answering(s, api, operation(http.MethodPost, "/stories/{id}/split", "split-story", "stories", "Make a report of this story, with its copies, a story of its own"), s.splitStory)
	answering(s, api, operation(http.MethodPost, "/stories/{id}/move", "move-report", "stories", "Move a report of this story, with its copies, into another"), s.moveReport)
	answering(s, api, operation(http.MethodPost, "/stories/{id}/undo", "undo-story-edit", "stories", "Take back a merge, move or split"), s.undoStory)
}

func (s *Server) storyGrouping(ctx context.Context, in *ByID) (StoryGrouping, error) {
	id, err := in.id()
	if err != nil {
		return StoryGrouping{}, err
	}
	var g desk.StoryGrouping
	g, err = s.desk.StoryGrouping(ctx, who(ctx), id)
	return StoryGrouping{g.Story, each(g.Edits, storyEditOf), each(g.Echoes, reportEchoOf), each(g.Entities, entityHeadOf), g.May}, err
}

func (s *Server) correctStory(ctx context.Context, in ByID, e centre.StoryEdit) (StoryEdit, error) {
	id, err := in.id()
	if err != nil {
		return StoryEdit{}, err
	}
	done, err := s.desk.CorrectStory(ctx, who(ctx), id, e)
	return storyEditOf(done), err
}

func (s *Server) mergeStories(ctx context.Context, in *mergeStoryIn) (StoryEdit, error) {
	return s.correctStory(ctx, in.ByID, centre.StoryEdit{Kind: centre.StoryMerge, From: in.Body.Other, Reason: in.Body.Reason})
}

func (s *Server) splitStory(ctx context.Context, in *splitStoryIn) (StoryEdit, error) {
	return s.correctStory(ctx, in.ByID, centre.StoryEdit{Kind: centre.StorySplit, Report: in.Body.Report, Reason: in.Body.Reason})
}

func (s *Server) moveReport(ctx context.Context, in *moveReportIn) (StoryEdit, error) {
	return s.correctStory(ctx, in.ByID, centre.StoryEdit{Kind: centre.StoryMove, Report: in.Body.Report, Into: in.Body.Into, Reason: in.Body.Reason})
}

func (s *Server) undoStory(ctx context.Context, in *undoStoryIn) (StoryEdit, error) {
	return s.correctStory(ctx, in.ByID, centre.StoryEdit{Kind: centre.StoryUndo, Undoes: in.Body.Edit, Reason: in.Body.Reason})
}
