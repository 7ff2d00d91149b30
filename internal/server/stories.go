package server

import (
	"context"
	"net/http"

	"github.com/danielgtaylor/huma/v2"
)

type listStoriesIn struct {
	Filter
	Page
}

type storyReportsIn struct {
	ByID
	Page
}

func (s *Server) registerStories(api huma.API) {
	answering(s, api, operation(http.MethodGet, "/stories", "list-stories", "stories", "List stories that have a matching report, newest arrival first"), s.listStories)
	answering(s, api, operation(http.MethodGet, "/stories/{id}", "read-story", "stories", "Read a story"), s.readStory)
	answering(s, api, operation(http.MethodGet, "/stories/{id}/reports", "list-story-reports", "stories", "List the reports of a story"), s.storyReports)
}

func (s *Server) listStories(ctx context.Context, in *listStoriesIn) (StoryList, error) {
	q, err := in.question()
	if err != nil {
		return StoryList{}, err
	}
	p, err := s.desk.Stories(ctx, who(ctx), q, in.page())
	return StoryList{each(p.Stories, storyOf), p.Next}, err
}

func (s *Server) readStory(ctx context.Context, in *ByID) (Story, error) {
	id, err := in.id()
	if err != nil {
		return Story{}, err
	}
	story, err := s.desk.Story(ctx, who(ctx), id)
	return storyOf(story), err
}

func (s *Server) storyReports(ctx context.Context, in *storyReportsIn) (ReportList, error) {
	id, err := in.id()
	if err != nil {
		return ReportList{}, err
	}
	found, err := s.desk.StoryReports(ctx, who(ctx), id, in.page())
	return listOf(found), err
}
