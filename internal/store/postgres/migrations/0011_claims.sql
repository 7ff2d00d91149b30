-- Statements of the current versions of reports, the claims that they belong to,
-- and what persons say about both. Of a claim there is no row: it is what its
-- statements are, and each reader sees some of them.

-- +goose Up
CREATE TABLE statement (
    report_id BIGINT NOT NULL,
    no        BIGINT NOT NULL, -- centre.Statement.No
    version   BIGINT NOT NULL, -- of the report
    claim_id  BIGINT NOT NULL, -- random; 0 for none
    stance    TEXT COLLATE "C" NOT NULL,
    side      BIGINT NOT NULL, -- 1 in favour of what its content says, -1 against it, 0 neither
    speaker   TEXT COLLATE "C" NOT NULL,    -- keys of the speaker's name, with a space before and after each
    at        BIGINT NOT NULL, -- when it was stored or moved
    digest    BIGINT NOT NULL, -- of speaker and content: by it a correction finds the statement again
    features  BYTEA,             -- what linking remembers of it
    content   TEXT COLLATE "C" NOT NULL,    -- JSON
    PRIMARY KEY (report_id, no)
);
CREATE INDEX statement_claim ON statement (claim_id, report_id, no, side) WHERE claim_id <> 0;
CREATE INDEX statement_against ON statement (report_id, no, claim_id) WHERE side < 0;

-- A claim that a person merged into another keeps its name.
CREATE TABLE claim_merged (
    id      BIGINT PRIMARY KEY,
    into_id BIGINT NOT NULL
);

-- Two claims that are near one another and not the same; a_id < b_id.
CREATE TABLE claim_related (
    a_id    BIGINT NOT NULL,
    b_id    BIGINT NOT NULL,
    tension BIGINT NOT NULL,
    score   DOUBLE PRECISION NOT NULL,
    why     TEXT COLLATE "C" NOT NULL, -- JSON list
    name    TEXT COLLATE "C" NOT NULL, -- of the person who said so; '' for the machine
    PRIMARY KEY (a_id, b_id)
);
CREATE INDEX claim_related_b ON claim_related (b_id);

-- What persons corrected, in order. label_id is that of what they saw.
CREATE TABLE claim_edit (
    id       BIGINT PRIMARY KEY,
    kind     TEXT COLLATE "C" NOT NULL,
    claim_id BIGINT NOT NULL,
    other_id BIGINT NOT NULL, -- 0 for none
    label_id BIGINT NOT NULL REFERENCES label (id),
    content  TEXT COLLATE "C" NOT NULL,    -- JSON
    reason   TEXT COLLATE "C" NOT NULL,
    person   BIGINT NOT NULL,
    name     TEXT COLLATE "C" NOT NULL,
    member   TEXT COLLATE "C" NOT NULL,
    at       BIGINT NOT NULL
);
CREATE INDEX claim_edit_claim ON claim_edit (claim_id, id);
CREATE INDEX claim_edit_other ON claim_edit (other_id, id) WHERE other_id <> 0;

-- Where a person put a statement: it stays there when its report is processed
-- again.
CREATE TABLE claim_pin (
    report_id BIGINT NOT NULL,
    digest    BIGINT NOT NULL,
    claim_id  BIGINT NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (report_id, digest)
);

CREATE TABLE claim_grading (
    id          BIGINT PRIMARY KEY,
    claim_id    BIGINT NOT NULL,
    label_id    BIGINT NOT NULL REFERENCES label (id),
    reliability BIGINT NOT NULL,
    credibility BIGINT NOT NULL,
    reason      TEXT COLLATE "C" NOT NULL,
    person      BIGINT NOT NULL,
    name        TEXT COLLATE "C" NOT NULL,
    member      TEXT COLLATE "C" NOT NULL,
    at          BIGINT NOT NULL
);
CREATE INDEX claim_grading_claim ON claim_grading (claim_id, id);

-- What a member says of a statement's root without naming it: equal tokens are
-- one root. The token is kept as a hash.
CREATE TABLE root_token (
    report_id BIGINT NOT NULL,
    digest    BIGINT NOT NULL, -- of the statement
    token     BYTEA NOT NULL,
    member    TEXT COLLATE "C" NOT NULL,
    name      TEXT COLLATE "C" NOT NULL,
    at        BIGINT NOT NULL,
    PRIMARY KEY (report_id, digest)
);
