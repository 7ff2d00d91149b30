-- Statements of the current versions of reports, the claims that they belong to,
-- and what persons say about both. Of a claim there is no row: it is what its
-- statements are, and each reader sees some of them.

-- +goose Up
CREATE TABLE statement (
    report_id INTEGER NOT NULL,
    no        INTEGER NOT NULL, -- centre.Statement.No
    version   INTEGER NOT NULL, -- of the report
    claim_id  INTEGER NOT NULL, -- random; 0 for none
    stance    TEXT NOT NULL,
    side      INTEGER NOT NULL, -- 1 in favour of what its content says, -1 against it, 0 neither
    speaker   TEXT NOT NULL,    -- keys of the speaker's name, with a space before and after each
    at        INTEGER NOT NULL, -- when it was stored or moved
    digest    INTEGER NOT NULL, -- of speaker and content: by it a correction finds the statement again
    features  BLOB,             -- what linking remembers of it
    content   TEXT NOT NULL,    -- JSON
    PRIMARY KEY (report_id, no)
) WITHOUT ROWID;
CREATE INDEX statement_claim ON statement (claim_id, report_id, no, side) WHERE claim_id <> 0;
CREATE INDEX statement_against ON statement (report_id, no, claim_id) WHERE side < 0;

-- A claim that a person merged into another keeps its name.
CREATE TABLE claim_merged (
    id      INTEGER PRIMARY KEY,
    into_id INTEGER NOT NULL
);

-- Two claims that are near one another and not the same; a_id < b_id.
CREATE TABLE claim_related (
    a_id    INTEGER NOT NULL,
    b_id    INTEGER NOT NULL,
    tension INTEGER NOT NULL,
    score   REAL NOT NULL,
    why     TEXT NOT NULL, -- JSON list
    name    TEXT NOT NULL, -- of the person who said so; '' for the machine
    PRIMARY KEY (a_id, b_id)
) WITHOUT ROWID;
CREATE INDEX claim_related_b ON claim_related (b_id);

-- What persons corrected, in order. label_id is that of what they saw.
CREATE TABLE claim_edit (
    id       INTEGER PRIMARY KEY,
    kind     TEXT NOT NULL,
    claim_id INTEGER NOT NULL,
    other_id INTEGER NOT NULL, -- 0 for none
    label_id INTEGER NOT NULL REFERENCES label (id),
    content  TEXT NOT NULL,    -- JSON
    reason   TEXT NOT NULL,
    person   INTEGER NOT NULL,
    name     TEXT NOT NULL,
    member   TEXT NOT NULL,
    at       INTEGER NOT NULL
);
CREATE INDEX claim_edit_claim ON claim_edit (claim_id, id);
CREATE INDEX claim_edit_other ON claim_edit (other_id, id) WHERE other_id <> 0;

-- Where a person put a statement: it stays there when its report is processed
-- again.
CREATE TABLE claim_pin (
    report_id INTEGER NOT NULL,
    digest    INTEGER NOT NULL,
    claim_id  INTEGER NOT NULL,
    name      TEXT NOT NULL,
    PRIMARY KEY (report_id, digest)
) WITHOUT ROWID;

CREATE TABLE claim_grading (
    id          INTEGER PRIMARY KEY,
    claim_id    INTEGER NOT NULL,
    label_id    INTEGER NOT NULL REFERENCES label (id),
    reliability INTEGER NOT NULL,
    credibility INTEGER NOT NULL,
    reason      TEXT NOT NULL,
    person      INTEGER NOT NULL,
    name        TEXT NOT NULL,
    member      TEXT NOT NULL,
    at          INTEGER NOT NULL
);
CREATE INDEX claim_grading_claim ON claim_grading (claim_id, id);

-- What a member says of a statement's root without naming it: equal tokens are
-- one root. The token is kept as a hash.
CREATE TABLE root_token (
    report_id INTEGER NOT NULL,
    digest    INTEGER NOT NULL, -- of the statement
    token     BLOB NOT NULL,
    member    TEXT NOT NULL,
    name      TEXT NOT NULL,
    at        INTEGER NOT NULL,
    PRIMARY KEY (report_id, digest)
) WITHOUT ROWID;
