-- Machine translations of report versions, and which member consented to which
-- provider. A translation is as visible as its report.

-- +goose Up
CREATE TABLE translation (
    report_id INTEGER NOT NULL REFERENCES report (id),
    version   INTEGER NOT NULL,
    language  TEXT NOT NULL,
    provider  TEXT NOT NULL,
    model     TEXT NOT NULL,
    made      INTEGER NOT NULL,
    sentences TEXT NOT NULL, -- JSON list
    PRIMARY KEY (report_id, version, language)
) WITHOUT ROWID;

CREATE TABLE translation_consent (
    member   TEXT NOT NULL,
    provider TEXT NOT NULL,
    level    INTEGER NOT NULL,
    reason   TEXT NOT NULL,
    name     TEXT NOT NULL,
    at       INTEGER NOT NULL,
    PRIMARY KEY (member, provider)
) WITHOUT ROWID;
