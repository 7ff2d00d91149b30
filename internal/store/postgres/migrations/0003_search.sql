-- Words for full-text search, and keys that narrow a search by area, time,
-- language and source. The program makes the words as a tsvector literal, so
-- that no parser of the database has a say in what a word is.

-- +goose Up
CREATE TABLE search (
    report_id BIGINT PRIMARY KEY REFERENCES report (id),
    words     TSVECTOR NOT NULL
);
CREATE INDEX search_words ON search USING gin (words);
