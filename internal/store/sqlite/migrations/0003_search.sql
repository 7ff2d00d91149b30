-- Words for full-text search, and keys that narrow a search by area, time,
-- language and source before the report's own row is looked at. The program
-- makes the words; only the space divides them. Rowid is the report's id.

-- +goose Up
CREATE VIRTUAL TABLE search USING fts5 (
    words,
    content = '',
    contentless_delete = 1,
    tokenize = "ascii tokenchars '!#$%&()*+,-./:;<=>?@[\]^_`{|}~'"
);

-- More and smaller segments before they are merged: writing is what gathering
-- does all day, and a search looks at some segments more.
INSERT INTO search (search, rank) VALUES ('automerge', 8);
