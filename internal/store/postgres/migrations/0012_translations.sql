-- Machine translations of report versions, and which member consented to which
-- provider. A translation is as visible as its report.

-- +goose Up
CREATE TABLE translation (
    report_id BIGINT NOT NULL REFERENCES report (id),
    version   BIGINT NOT NULL,
    language  TEXT NOT NULL,
    provider  TEXT NOT NULL,
    model     TEXT NOT NULL,
    made      BIGINT NOT NULL,
    sentences TEXT NOT NULL, -- JSON list
    PRIMARY KEY (report_id, version, language)
);

CREATE TABLE translation_consent (
    member   TEXT NOT NULL,
    provider TEXT NOT NULL,
    level    BIGINT NOT NULL,
    reason   TEXT NOT NULL,
    name     TEXT NOT NULL,
    at       BIGINT NOT NULL,
    PRIMARY KEY (member, provider)
);
