-- What the steps find in a text besides its mentions.

-- +goose Up
ALTER TABLE report_version ADD COLUMN findings TEXT NOT NULL DEFAULT '{}'; -- JSON of centre.Findings
