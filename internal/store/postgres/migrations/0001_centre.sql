-- Who the centre is: markings, sources, persons, the charter, and the log.
-- Times are milliseconds of Unix time; NULL is "unknown" or "never".

-- +goose Up
CREATE TABLE label (
    id      BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    marking TEXT COLLATE "C" NOT NULL UNIQUE -- canonical text; rows never change
);

CREATE TABLE source (
    id          BIGINT PRIMARY KEY,
    slug        TEXT COLLATE "C" NOT NULL UNIQUE,
    name        TEXT COLLATE "C" NOT NULL,
    kind        TEXT COLLATE "C" NOT NULL,
    address     TEXT COLLATE "C" NOT NULL,
    member      TEXT COLLATE "C" NOT NULL,
    family      TEXT COLLATE "C" NOT NULL,
    language    TEXT COLLATE "C" NOT NULL,
    country     TEXT COLLATE "C" NOT NULL,
    reliability BIGINT NOT NULL,
    label_id    BIGINT NOT NULL REFERENCES label (id),
    interval_ms BIGINT NOT NULL,
    paused      BIGINT NOT NULL,
    private     BIGINT NOT NULL,
    options     TEXT COLLATE "C" NOT NULL, -- JSON object
    created     BIGINT,
    reading     BYTEA,          -- the connector's cursor
    tried       BIGINT,
    good        BIGINT,
    next        BIGINT,
    failures    BIGINT NOT NULL DEFAULT 0,
    error       TEXT COLLATE "C" NOT NULL DEFAULT '',
    items       BIGINT NOT NULL DEFAULT 0,
    fetched     BIGINT NOT NULL DEFAULT 0,
    unchanged   BIGINT NOT NULL DEFAULT 0,
    bytes       BIGINT NOT NULL DEFAULT 0
);

CREATE TABLE person (
    id        BIGINT PRIMARY KEY,
    login     TEXT COLLATE "C" NOT NULL UNIQUE,
    member    TEXT COLLATE "C" NOT NULL,
    password  TEXT COLLATE "C" NOT NULL DEFAULT '', -- hash
    suspended BIGINT NOT NULL,
    profile   TEXT COLLATE "C" NOT NULL             -- JSON of centre.Person
);

CREATE TABLE invitation (
    person_id BIGINT PRIMARY KEY REFERENCES person (id),
    hash      BYTEA NOT NULL UNIQUE,
    expires   BIGINT NOT NULL
);

CREATE TABLE session (
    hash    BYTEA PRIMARY KEY,
    content BYTEA NOT NULL,
    expires BIGINT NOT NULL
);

CREATE TABLE charter (
    version   BIGINT PRIMARY KEY,
    effective BIGINT NOT NULL,
    adopted   BIGINT NOT NULL,
    adopter   TEXT COLLATE "C" NOT NULL,
    content   TEXT COLLATE "C" NOT NULL
);

-- What persons did, written in the transaction that did it.
CREATE TABLE entry (
    seq     BIGINT GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    at      BIGINT NOT NULL,
    person  BIGINT NOT NULL,
    name    TEXT COLLATE "C" NOT NULL,
    member  TEXT COLLATE "C" NOT NULL,
    action  TEXT COLLATE "C" NOT NULL,
    kind    TEXT COLLATE "C" NOT NULL,
    object  BIGINT NOT NULL,
    version BIGINT NOT NULL,
    detail  TEXT COLLATE "C" NOT NULL
);

-- +goose StatementBegin
CREATE FUNCTION row_is_kept() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN RAISE EXCEPTION 'rows of % are never changed', TG_TABLE_NAME; END $$;
-- +goose StatementEnd
CREATE TRIGGER entry_is_kept BEFORE UPDATE OR DELETE OR TRUNCATE ON entry
    FOR EACH STATEMENT EXECUTE FUNCTION row_is_kept();
CREATE TRIGGER label_is_kept BEFORE UPDATE ON label
    FOR EACH STATEMENT EXECUTE FUNCTION row_is_kept();
