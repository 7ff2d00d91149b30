-- How stories came to be what they are, and which reports look like translations
-- of one another.

-- +goose Up
CREATE TABLE story_edit (
    id        BIGINT PRIMARY KEY,
    kind      TEXT COLLATE "C" NOT NULL,
    from_id   BIGINT NOT NULL,
    into_id   BIGINT NOT NULL,
    report_id BIGINT NOT NULL, -- of a move or split; 0 for a merge
    undoes    BIGINT NOT NULL, -- of an undo; 0 for none
    undone    BIGINT NOT NULL, -- the edit that took it back; 0 while it holds
    label_id  BIGINT REFERENCES label (id), -- of what the person saw; NULL for the machine
    reason    TEXT COLLATE "C" NOT NULL,
    person    BIGINT NOT NULL, -- 0 for the machine
    name      TEXT COLLATE "C" NOT NULL,
    member    TEXT COLLATE "C" NOT NULL,
    at        BIGINT NOT NULL
);
CREATE INDEX story_edit_from ON story_edit (from_id, id);
CREATE INDEX story_edit_into ON story_edit (into_id, id);

-- The reports that an edit moved. By them an old address of a story is followed
-- to where what a reader could see of it is now.
CREATE TABLE story_move (
    report_id BIGINT NOT NULL,
    edit_id   BIGINT NOT NULL REFERENCES story_edit (id),
    from_id   BIGINT NOT NULL,
    PRIMARY KEY (report_id, edit_id)
);
CREATE INDEX story_move_from ON story_move (from_id, report_id);
CREATE INDEX story_move_edit ON story_move (edit_id);

-- A story that is part of another.
CREATE TABLE story_merged (
    id      BIGINT PRIMARY KEY,
    into_id BIGINT NOT NULL
);

-- Two stories that a person has told apart; a_id < b_id.
CREATE TABLE story_apart (
    a_id BIGINT NOT NULL,
    b_id BIGINT NOT NULL,
    PRIMARY KEY (a_id, b_id)
);

-- What a version of a report looks like a translation of.
CREATE TABLE echo (
    document_id BIGINT PRIMARY KEY,
    report_id   BIGINT NOT NULL,
    of_id       BIGINT NOT NULL, -- report
    score       DOUBLE PRECISION NOT NULL,
    shared      TEXT COLLATE "C" NOT NULL -- JSON list
);
CREATE INDEX echo_report ON echo (report_id);
CREATE INDEX echo_of ON echo (of_id);
