-- Documents on their way in, and the reports that they become.

-- +goose Up
CREATE TABLE document (
    id            BIGINT PRIMARY KEY, -- arrival ordered
    source_id     BIGINT NOT NULL REFERENCES source (id),
    external_key  BYTEA NOT NULL,       -- of source and external id
    hash          BYTEA NOT NULL,       -- of the content
    report_id     BIGINT NOT NULL,    -- the first document's id with the same key
    version       BIGINT NOT NULL,    -- from 1, by arrival
    label_id      BIGINT REFERENCES label (id), -- what the document itself says; NULL for nothing
    received      BIGINT NOT NULL,
    fetched       BIGINT,
    external_id   TEXT COLLATE "C" NOT NULL,
    url           TEXT COLLATE "C" NOT NULL,
    title         TEXT COLLATE "C" NOT NULL,
    author        TEXT COLLATE "C" NOT NULL,
    published     BIGINT,
    published_precision TEXT COLLATE "C" NOT NULL,
    published_basis     TEXT COLLATE "C" NOT NULL,
    updated       BIGINT,
    updated_precision   TEXT COLLATE "C" NOT NULL,
    updated_basis       TEXT COLLATE "C" NOT NULL,
    media_type    TEXT COLLATE "C" NOT NULL,
    language      TEXT COLLATE "C" NOT NULL,
    lon           DOUBLE PRECISION,
    lat           DOUBLE PRECISION,
    problems      TEXT COLLATE "C" NOT NULL,       -- JSON list
    body          TEXT COLLATE "C" NOT NULL,
    UNIQUE (external_key, hash)
);

CREATE TABLE waiting (
    document_id BIGINT PRIMARY KEY REFERENCES document (id),
    source_id   BIGINT NOT NULL,
    attempts    BIGINT NOT NULL
);

CREATE TABLE dead_letter (
    document_id BIGINT PRIMARY KEY REFERENCES document (id),
    source_id   BIGINT NOT NULL,
    step        TEXT COLLATE "C" NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL,
    attempts    BIGINT NOT NULL,
    at          BIGINT NOT NULL
);

-- Narrow, because lists and counts walk it. What stands here is of the
-- current version.
CREATE TABLE report (
    id          BIGINT PRIMARY KEY,
    label_id    BIGINT NOT NULL REFERENCES label (id),
    source_id   BIGINT NOT NULL REFERENCES source (id),
    story_id    BIGINT NOT NULL,
    copyset_id  BIGINT NOT NULL,
    language    TEXT COLLATE "C" NOT NULL,
    published   BIGINT,
    received    BIGINT NOT NULL, -- of the first version
    reliability BIGINT NOT NULL,
    credibility BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    current_id  BIGINT NOT NULL, -- document of the current version
    exact       BIGINT NOT NULL, -- fingerprint of the text; 0 for none
    places      BYTEA NOT NULL     -- numbers of the places named, as varints
);
CREATE INDEX report_label ON report (label_id, id);
CREATE INDEX report_story ON report (story_id, id);
CREATE INDEX report_copyset ON report (copyset_id, id);
CREATE INDEX report_exact ON report (exact, id) WHERE exact <> 0;

CREATE TABLE report_version (
    document_id BIGINT PRIMARY KEY REFERENCES document (id),
    report_id   BIGINT NOT NULL,
    version     BIGINT NOT NULL,
    received    BIGINT NOT NULL,
    title       TEXT COLLATE "C" NOT NULL,    -- as a list shows it
    snippet     TEXT COLLATE "C" NOT NULL,
    url         TEXT COLLATE "C" NOT NULL,
    author      TEXT COLLATE "C" NOT NULL,
    language    TEXT COLLATE "C" NOT NULL,
    language_sure DOUBLE PRECISION NOT NULL,
    published   BIGINT,
    published_precision TEXT COLLATE "C" NOT NULL,
    published_basis     TEXT COLLATE "C" NOT NULL,
    updated     BIGINT,
    updated_precision   TEXT COLLATE "C" NOT NULL,
    updated_basis       TEXT COLLATE "C" NOT NULL,
    places      BYTEA NOT NULL,    -- numbers of at most five places, the most certain first
    title_end   BIGINT NOT NULL, -- code points
    minhash     BYTEA,
    problems    TEXT COLLATE "C" NOT NULL,    -- JSON list
    failures    TEXT COLLATE "C" NOT NULL,    -- JSON list
    mentions    TEXT COLLATE "C" NOT NULL,    -- JSON list
    content     TEXT COLLATE "C" NOT NULL,
    UNIQUE (report_id, version)
);

-- A place as a gazetteer gave it; rows never change. The same place has a
-- second row where the gazetteer came to say something else.
CREATE TABLE place (
    no       BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    digest   BYTEA NOT NULL UNIQUE, -- of content
    place_id TEXT COLLATE "C" NOT NULL,
    country  TEXT COLLATE "C" NOT NULL,
    cell     BIGINT,              -- S2 leaf cell; NULL where there is no point
    lon      DOUBLE PRECISION,
    lat      DOUBLE PRECISION,
    content  TEXT COLLATE "C" NOT NULL         -- JSON of centre.Place
);
CREATE INDEX place_by_id ON place (place_id);
CREATE INDEX place_by_country ON place (country);
CREATE INDEX place_by_cell ON place (cell);

CREATE TABLE report_place (
    report_id BIGINT NOT NULL REFERENCES report (id),
    place_no  BIGINT NOT NULL REFERENCES place (no),
    PRIMARY KEY (report_id, place_no)
);

CREATE TABLE grading (
    id          BIGINT PRIMARY KEY,
    report_id   BIGINT NOT NULL REFERENCES report (id),
    version     BIGINT NOT NULL,
    reliability BIGINT NOT NULL,
    credibility BIGINT NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL,
    person      BIGINT NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    member      TEXT COLLATE "C" NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX grading_report ON grading (report_id, id);

CREATE TABLE remark (
    id         BIGINT PRIMARY KEY,
    report_id  BIGINT NOT NULL REFERENCES report (id),
    from_label BIGINT NOT NULL REFERENCES label (id),
    to_label   BIGINT NOT NULL REFERENCES label (id),
    reason     TEXT COLLATE "C" NOT NULL,
    name       TEXT COLLATE "C" NOT NULL,
    member     TEXT COLLATE "C" NOT NULL,
    at         BIGINT NOT NULL
);
CREATE INDEX remark_report ON remark (report_id, id);

-- Changes to be told on the bus.
CREATE TABLE notice (
    seq      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    kind     TEXT COLLATE "C" NOT NULL,
    object   BIGINT NOT NULL,
    label_id BIGINT NOT NULL
);
