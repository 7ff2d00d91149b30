-- Of which categories the text of the current version of a report tells that
-- something happened.

-- +goose Up
CREATE TABLE report_event (
    report_id BIGINT NOT NULL,
    category  TEXT COLLATE "C" NOT NULL, -- centre.EventCategory
    PRIMARY KEY (report_id, category)
);
CREATE INDEX report_event_category ON report_event (category, report_id);
