-- People and bodies across reports, what each report says of them, and what
-- persons decided. Names, roles and counts belong to reports, and are read
-- through the label of the report.

-- +goose Up
CREATE TABLE entity (
    id      INTEGER PRIMARY KEY, -- random
    known   TEXT NOT NULL,       -- id in the list of public bodies; '' for what reports tell alone
    kind    TEXT NOT NULL,
    head_id INTEGER NOT NULL     -- the entity that persons merged it into; its own id where none
);
CREATE UNIQUE INDEX entity_known ON entity (known) WHERE known <> '';
CREATE INDEX entity_head ON entity (head_id);

-- Of the current version of a report.
CREATE TABLE report_entity (
    report_id INTEGER NOT NULL,
    local     TEXT NOT NULL,    -- centre.EntityLink.Local
    entity_id INTEGER NOT NULL,
    mentions  INTEGER NOT NULL,
    role      TEXT NOT NULL,
    country   TEXT NOT NULL,
    of_known  TEXT NOT NULL,    -- known body that the role is held in; '' for none
    score     REAL NOT NULL,
    why       TEXT NOT NULL,    -- JSON list
    PRIMARY KEY (report_id, local)
) WITHOUT ROWID;
CREATE INDEX report_entity_entity ON report_entity (entity_id, report_id);

CREATE TABLE entity_name (
    report_id INTEGER NOT NULL,
    local     TEXT NOT NULL,
    language  TEXT NOT NULL,
    name      TEXT NOT NULL,
    mentions  INTEGER NOT NULL,
    PRIMARY KEY (report_id, local, language, name)
) WITHOUT ROWID;

-- Sounds of the words of an entity's names (package identity). They retrieve;
-- what is found is compared with the names that the reader sees.
CREATE TABLE entity_key (
    key       TEXT NOT NULL,
    entity_id INTEGER NOT NULL,
    PRIMARY KEY (key, entity_id)
) WITHOUT ROWID;

-- Decisions; rows are never removed. Of one that is undone the last columns say
-- by whom.
CREATE TABLE entity_edit (
    id            INTEGER PRIMARY KEY,
    action        TEXT NOT NULL,
    entity_id     INTEGER NOT NULL,
    other_id      INTEGER NOT NULL,
    moved         TEXT NOT NULL, -- JSON: what was where before
    reason        TEXT NOT NULL,
    person        INTEGER NOT NULL,
    name          TEXT NOT NULL,
    member        TEXT NOT NULL,
    at            INTEGER NOT NULL,
    undone_reason TEXT NOT NULL,
    undone_name   TEXT NOT NULL,
    undone_member TEXT NOT NULL,
    undone_at     INTEGER       -- NULL where it stands
);
CREATE INDEX entity_edit_entity ON entity_edit (entity_id, id);
CREATE INDEX entity_edit_other ON entity_edit (other_id, id);
