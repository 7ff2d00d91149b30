-- How stories came to be what they are, and which reports look like translations
-- of one another.

-- +goose Up
CREATE TABLE story_edit (
    id        INTEGER PRIMARY KEY,
    kind      TEXT NOT NULL,
    from_id   INTEGER NOT NULL,
    into_id   INTEGER NOT NULL,
    report_id INTEGER NOT NULL, -- of a move or split; 0 for a merge
    undoes    INTEGER NOT NULL, -- of an undo; 0 for none
    undone    INTEGER NOT NULL, -- the edit that took it back; 0 while it holds
    label_id  INTEGER REFERENCES label (id), -- of what the person saw; NULL for the machine
    reason    TEXT NOT NULL,
    person    INTEGER NOT NULL, -- 0 for the machine
    name      TEXT NOT NULL,
    member    TEXT NOT NULL,
    at        INTEGER NOT NULL
);
CREATE INDEX story_edit_from ON story_edit (from_id, id);
CREATE INDEX story_edit_into ON story_edit (into_id, id);

-- The reports that an edit moved. By them an old address of a story is followed
-- to where what a reader could see of it is now.
CREATE TABLE story_move (
    report_id INTEGER NOT NULL,
    edit_id   INTEGER NOT NULL REFERENCES story_edit (id),
    from_id   INTEGER NOT NULL,
    PRIMARY KEY (report_id, edit_id)
) WITHOUT ROWID;
CREATE INDEX story_move_from ON story_move (from_id, report_id);
CREATE INDEX story_move_edit ON story_move (edit_id);

-- A story that is part of another.
CREATE TABLE story_merged (
    id      INTEGER PRIMARY KEY,
    into_id INTEGER NOT NULL
);

-- Two stories that a person has told apart; a_id < b_id.
CREATE TABLE story_apart (
    a_id INTEGER NOT NULL,
    b_id INTEGER NOT NULL,
    PRIMARY KEY (a_id, b_id)
) WITHOUT ROWID;

-- What a version of a report looks like a translation of.
CREATE TABLE echo (
    document_id INTEGER PRIMARY KEY,
    report_id   INTEGER NOT NULL,
    of_id       INTEGER NOT NULL, -- report
    score       REAL NOT NULL,
    shared      TEXT NOT NULL -- JSON list
);
CREATE INDEX echo_report ON echo (report_id);
CREATE INDEX echo_of ON echo (of_id);
