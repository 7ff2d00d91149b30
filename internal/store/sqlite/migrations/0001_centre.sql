-- Who the centre is: markings, sources, persons, the charter, and the log.
-- Times are milliseconds of Unix time; NULL is "unknown" or "never".

-- +goose Up
CREATE TABLE label (
    id      INTEGER PRIMARY KEY AUTOINCREMENT,
    marking TEXT NOT NULL UNIQUE -- canonical text; rows never change
);

CREATE TABLE source (
    id          INTEGER PRIMARY KEY,
    slug        TEXT NOT NULL UNIQUE,
    name        TEXT NOT NULL,
    kind        TEXT NOT NULL,
    address     TEXT NOT NULL,
    member      TEXT NOT NULL,
    family      TEXT NOT NULL,
    language    TEXT NOT NULL,
    country     TEXT NOT NULL,
    reliability INTEGER NOT NULL,
    label_id    INTEGER NOT NULL REFERENCES label (id),
    interval_ms INTEGER NOT NULL,
    paused      INTEGER NOT NULL,
    private     INTEGER NOT NULL,
    options     TEXT NOT NULL, -- JSON object
    created     INTEGER,
    reading     BLOB,          -- the connector's cursor
    tried       INTEGER,
    good        INTEGER,
    next        INTEGER,
    failures    INTEGER NOT NULL DEFAULT 0,
    error       TEXT NOT NULL DEFAULT '',
    items       INTEGER NOT NULL DEFAULT 0,
    fetched     INTEGER NOT NULL DEFAULT 0,
    unchanged   INTEGER NOT NULL DEFAULT 0,
    bytes       INTEGER NOT NULL DEFAULT 0
);

CREATE TABLE person (
    id        INTEGER PRIMARY KEY,
    login     TEXT NOT NULL UNIQUE,
    member    TEXT NOT NULL,
    password  TEXT NOT NULL DEFAULT '', -- hash
    suspended INTEGER NOT NULL,
    profile   TEXT NOT NULL             -- JSON of centre.Person
);

CREATE TABLE invitation (
    person_id INTEGER PRIMARY KEY REFERENCES person (id),
    hash      BLOB NOT NULL UNIQUE,
    expires   INTEGER NOT NULL
);

CREATE TABLE session (
    hash    BLOB PRIMARY KEY,
    content BLOB NOT NULL,
    expires INTEGER NOT NULL
) WITHOUT ROWID;

CREATE TABLE charter (
    version   INTEGER PRIMARY KEY,
    effective INTEGER NOT NULL,
    adopted   INTEGER NOT NULL,
    adopter   TEXT NOT NULL,
    content   TEXT NOT NULL
);

-- What persons did, written in the transaction that did it.
CREATE TABLE entry (
    seq     INTEGER PRIMARY KEY AUTOINCREMENT,
    at      INTEGER NOT NULL,
    person  INTEGER NOT NULL,
    name    TEXT NOT NULL,
    member  TEXT NOT NULL,
    action  TEXT NOT NULL,
    kind    TEXT NOT NULL,
    object  INTEGER NOT NULL,
    version INTEGER NOT NULL,
    detail  TEXT NOT NULL
);

-- +goose StatementBegin
CREATE TRIGGER entry_is_kept BEFORE UPDATE ON entry
BEGIN SELECT RAISE(ABORT, 'entries of the log are never changed'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER entry_is_not_dropped BEFORE DELETE ON entry
BEGIN SELECT RAISE(ABORT, 'entries of the log are never dropped'); END;
-- +goose StatementEnd
-- +goose StatementBegin
CREATE TRIGGER label_is_kept BEFORE UPDATE ON label
BEGIN SELECT RAISE(ABORT, 'labels are never changed'); END;
-- +goose StatementEnd
