-- People and bodies across reports, what each report says of them, and what
-- persons decided. Names, roles and counts belong to reports, and are read
-- through the label of the report.

-- +goose Up
CREATE TABLE entity (
    id      BIGINT PRIMARY KEY, -- random
    known   TEXT COLLATE "C" NOT NULL,       -- id in the list of public bodies; '' for what reports tell alone
    kind    TEXT COLLATE "C" NOT NULL,
    head_id BIGINT NOT NULL     -- the entity that persons merged it into; its own id where none
);
CREATE UNIQUE INDEX entity_known ON entity (known) WHERE known <> '';
CREATE INDEX entity_head ON entity (head_id);

-- Of the current version of a report.
CREATE TABLE report_entity (
    report_id BIGINT NOT NULL,
    local     TEXT COLLATE "C" NOT NULL,    -- centre.EntityLink.Local
    entity_id BIGINT NOT NULL,
    mentions  BIGINT NOT NULL,
    role      TEXT COLLATE "C" NOT NULL,
    country   TEXT COLLATE "C" NOT NULL,
    of_known  TEXT COLLATE "C" NOT NULL,    -- known body that the role is held in; '' for none
    score     DOUBLE PRECISION NOT NULL,
    why       TEXT COLLATE "C" NOT NULL,    -- JSON list
    PRIMARY KEY (report_id, local)
);
CREATE INDEX report_entity_entity ON report_entity (entity_id, report_id);

CREATE TABLE entity_name (
    report_id BIGINT NOT NULL,
    local     TEXT COLLATE "C" NOT NULL,
    language  TEXT COLLATE "C" NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,
    mentions  BIGINT NOT NULL,
    PRIMARY KEY (report_id, local, language, name)
);

-- Sounds of the words of an entity's names (package identity). They retrieve;
-- what is found is compared with the names that the reader sees.
CREATE TABLE entity_key (
    key       TEXT COLLATE "C" NOT NULL,
    entity_id BIGINT NOT NULL,
    PRIMARY KEY (key, entity_id)
);

-- Decisions; rows are never removed. Of one that is undone the last columns say
-- by whom.
CREATE TABLE entity_edit (
    id            BIGINT PRIMARY KEY,
    action        TEXT COLLATE "C" NOT NULL,
    entity_id     BIGINT NOT NULL,
    other_id      BIGINT NOT NULL,
    moved         TEXT COLLATE "C" NOT NULL, -- JSON: what was where before
    reason        TEXT COLLATE "C" NOT NULL,
    person        BIGINT NOT NULL,
    name          TEXT COLLATE "C" NOT NULL,
    member        TEXT COLLATE "C" NOT NULL,
    at            BIGINT NOT NULL,
    undone_reason TEXT COLLATE "C" NOT NULL,
    undone_name   TEXT COLLATE "C" NOT NULL,
    undone_member TEXT COLLATE "C" NOT NULL,
    undone_at     BIGINT       -- NULL where it stands
);
CREATE INDEX entity_edit_entity ON entity_edit (entity_id, id);
CREATE INDEX entity_edit_other ON entity_edit (other_id, id);
