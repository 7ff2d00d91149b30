-- What gathering needs besides documents: events, tracks, secrets of sources,
-- and how much came on which day.

-- +goose Up
ALTER TABLE source ADD COLUMN owner TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN ownership TEXT NOT NULL DEFAULT '';
ALTER TABLE source ADD COLUMN sealed BLOB; -- secrets, JSON object under the centre's key; NULL for none
ALTER TABLE source ADD COLUMN problems TEXT NOT NULL DEFAULT '[]'; -- JSON list
ALTER TABLE source ADD COLUMN last_item INTEGER;
ALTER TABLE source ADD COLUMN lag_ms INTEGER NOT NULL DEFAULT 0;
ALTER TABLE source ADD COLUMN every_ms INTEGER NOT NULL DEFAULT 0;

CREATE TABLE source_day (
    source_id INTEGER NOT NULL REFERENCES source (id),
    day       INTEGER NOT NULL, -- of Unix time, UTC
    items     INTEGER NOT NULL,
    PRIMARY KEY (source_id, day)
) WITHOUT ROWID;

-- NULL for at once.
ALTER TABLE waiting ADD COLUMN not_before INTEGER;

-- What few documents have. A document has a row where it has any of it.
CREATE TABLE document_detail (
    document_id INTEGER PRIMARY KEY REFERENCES document (id),
    -- The later of two versions is the one with the higher rank, and of equal
    -- ranks the one with the higher number. 0 where there is no row.
    rank        INTEGER NOT NULL,
    part_key    BLOB,          -- external key of the document that it came with
    withdrawn   TEXT NOT NULL,
    content     TEXT NOT NULL  -- JSON
);
CREATE INDEX document_detail_part ON document_detail (part_key) WHERE part_key IS NOT NULL;

-- The external keys of reports that have more than one, because a document
-- stepped in the place of another. A key may stand here before its document came.
CREATE TABLE lineage (
    external_key BLOB PRIMARY KEY,
    report_id    INTEGER NOT NULL,
    rank         INTEGER, -- of the newest document with the key; NULL while there is none
    below        INTEGER  -- rank of what stepped in its place; NULL for nothing
) WITHOUT ROWID;
CREATE INDEX lineage_report ON lineage (report_id);

-- A row of an event database. Columns are for what lists and maps ask for; the
-- rest is content. Source and label are read in the transaction that writes the
-- row, and are never dropped: there is no need to look for them once a row more.
CREATE TABLE event (
    id           INTEGER PRIMARY KEY, -- arrival ordered
    source_id    INTEGER NOT NULL,
    label_id     INTEGER NOT NULL,
    external_key BLOB NOT NULL,    -- the source's own name for it, shortened where it is long
    hash         INTEGER NOT NULL, -- of what the source states
    version      INTEGER NOT NULL,
    start        INTEGER NOT NULL, -- the smallest number where unknown
    tile         INTEGER,          -- first bits of the S2 leaf cell; NULL where there is no point
    lon          REAL,
    lat          REAL,
    category     TEXT NOT NULL,
    country      TEXT NOT NULL,
    killed       INTEGER NOT NULL, -- best figure; -1 where unknown
    content      TEXT NOT NULL     -- two lines of JSON: what the source states, how it came
);
-- The key is kept as it is, and not as a hash of it, because sources number
-- their events upwards: new ones then go to the end of the index.
CREATE UNIQUE INDEX event_key ON event (source_id, external_key);
CREATE INDEX event_start ON event (start, id, label_id);
CREATE INDEX event_tile ON event (tile, start, label_id, lon, lat);

-- The last message of each thing that moves.
CREATE TABLE track (
    source_id INTEGER NOT NULL REFERENCES source (id),
    uid_key   BLOB NOT NULL,
    label_id  INTEGER NOT NULL REFERENCES label (id),
    at        INTEGER NOT NULL,
    stale     INTEGER NOT NULL,
    lon       REAL,
    lat       REAL,
    content   TEXT NOT NULL, -- JSON
    PRIMARY KEY (source_id, uid_key)
) WITHOUT ROWID;
CREATE INDEX track_stale ON track (stale, label_id);
