-- Documents on their way in, and the reports that they become.

-- +goose Up
CREATE TABLE document (
    id            INTEGER PRIMARY KEY, -- arrival ordered
    source_id     INTEGER NOT NULL REFERENCES source (id),
    external_key  BLOB NOT NULL,       -- of source and external id
    hash          BLOB NOT NULL,       -- of the content
    report_id     INTEGER NOT NULL,    -- the first document's id with the same key
    version       INTEGER NOT NULL,    -- from 1, by arrival
    label_id      INTEGER REFERENCES label (id), -- what the document itself says; NULL for nothing
    received      INTEGER NOT NULL,
    fetched       INTEGER,
    external_id   TEXT NOT NULL,
    url           TEXT NOT NULL,
    title         TEXT NOT NULL,
    author        TEXT NOT NULL,
    published     INTEGER,
    published_precision TEXT NOT NULL,
    published_basis     TEXT NOT NULL,
    updated       INTEGER,
    updated_precision   TEXT NOT NULL,
    updated_basis       TEXT NOT NULL,
    media_type    TEXT NOT NULL,
    language      TEXT NOT NULL,
    lon           REAL,
    lat           REAL,
    problems      TEXT NOT NULL,       -- JSON list
    body          TEXT NOT NULL,
    UNIQUE (external_key, hash)
);

CREATE TABLE waiting (
    document_id INTEGER PRIMARY KEY REFERENCES document (id),
    source_id   INTEGER NOT NULL,
    attempts    INTEGER NOT NULL
);

CREATE TABLE dead_letter (
    document_id INTEGER PRIMARY KEY REFERENCES document (id),
    source_id   INTEGER NOT NULL,
    step        TEXT NOT NULL,
    reason      TEXT NOT NULL,
    attempts    INTEGER NOT NULL,
    at          INTEGER NOT NULL
);

-- Narrow, because lists and counts walk it. What stands here is of the
-- current version.
CREATE TABLE report (
    id          INTEGER PRIMARY KEY,
    label_id    INTEGER NOT NULL REFERENCES label (id),
    source_id   INTEGER NOT NULL REFERENCES source (id),
    story_id    INTEGER NOT NULL,
    copyset_id  INTEGER NOT NULL,
    language    TEXT NOT NULL,
    published   INTEGER,
    received    INTEGER NOT NULL, -- of the first version
    reliability INTEGER NOT NULL,
    credibility INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    current_id  INTEGER NOT NULL, -- document of the current version
    exact       INTEGER NOT NULL, -- fingerprint of the text; 0 for none
    places      BLOB NOT NULL     -- numbers of the places named, as varints
);
-- Counts of what a view sees read this index alone, and nothing of what is hidden.
CREATE INDEX report_label ON report (label_id, id, source_id, language, published, places);
CREATE INDEX report_story ON report (story_id, id);
CREATE INDEX report_copyset ON report (copyset_id, id);
CREATE INDEX report_exact ON report (exact, id) WHERE exact <> 0;

CREATE TABLE report_version (
    document_id INTEGER PRIMARY KEY REFERENCES document (id),
    report_id   INTEGER NOT NULL,
    version     INTEGER NOT NULL,
    received    INTEGER NOT NULL,
    title       TEXT NOT NULL,    -- as a list shows it
    snippet     TEXT NOT NULL,
    url         TEXT NOT NULL,
    author      TEXT NOT NULL,
    language    TEXT NOT NULL,
    language_sure REAL NOT NULL,
    published   INTEGER,
    published_precision TEXT NOT NULL,
    published_basis     TEXT NOT NULL,
    updated     INTEGER,
    updated_precision   TEXT NOT NULL,
    updated_basis       TEXT NOT NULL,
    places      BLOB NOT NULL,    -- numbers of at most five places, the most certain first
    title_end   INTEGER NOT NULL, -- code points
    minhash     BLOB,
    problems    TEXT NOT NULL,    -- JSON list
    failures    TEXT NOT NULL,    -- JSON list
    mentions    TEXT NOT NULL,    -- JSON list
    content     TEXT NOT NULL,
    UNIQUE (report_id, version)
);

-- A place as a gazetteer gave it; rows never change. The same place has a
-- second row where the gazetteer came to say something else.
CREATE TABLE place (
    no       INTEGER PRIMARY KEY AUTOINCREMENT,
    digest   BLOB NOT NULL UNIQUE, -- of content
    place_id TEXT NOT NULL,
    country  TEXT NOT NULL,
    cell     INTEGER,              -- S2 leaf cell; NULL where there is no point
    lon      REAL,
    lat      REAL,
    content  TEXT NOT NULL         -- JSON of centre.Place
);
CREATE INDEX place_by_id ON place (place_id);
CREATE INDEX place_by_country ON place (country);
CREATE INDEX place_by_cell ON place (cell);

CREATE TABLE report_place (
    report_id INTEGER NOT NULL REFERENCES report (id),
    place_no  INTEGER NOT NULL REFERENCES place (no),
    PRIMARY KEY (report_id, place_no)
) WITHOUT ROWID;

CREATE TABLE grading (
    id          INTEGER PRIMARY KEY,
    report_id   INTEGER NOT NULL REFERENCES report (id),
    version     INTEGER NOT NULL,
    reliability INTEGER NOT NULL,
    credibility INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    person      INTEGER NOT NULL,
    name        TEXT NOT NULL,
    member      TEXT NOT NULL,
    at          INTEGER NOT NULL
);
CREATE INDEX grading_report ON grading (report_id, id);

CREATE TABLE remark (
    id         INTEGER PRIMARY KEY,
    report_id  INTEGER NOT NULL REFERENCES report (id),
    from_label INTEGER NOT NULL REFERENCES label (id),
    to_label   INTEGER NOT NULL REFERENCES label (id),
    reason     TEXT NOT NULL,
    name       TEXT NOT NULL,
    member     TEXT NOT NULL,
    at         INTEGER NOT NULL
);
CREATE INDEX remark_report ON remark (report_id, id);

-- Changes to be told on the bus.
CREATE TABLE notice (
    seq      INTEGER PRIMARY KEY AUTOINCREMENT,
    kind     TEXT NOT NULL,
    object   INTEGER NOT NULL,
    label_id INTEGER NOT NULL
);
