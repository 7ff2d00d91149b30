-- Deliveries that publishers named themselves, so that the same one brought
-- again is known, and another one under the same name is refused. Kept for a
-- week.

-- +goose Up
CREATE TABLE delivery (
    source_id INTEGER NOT NULL,
    name_hash BLOB NOT NULL, -- of the Idempotency-Key
    hash      BLOB NOT NULL, -- of the body
    at        INTEGER NOT NULL,
    PRIMARY KEY (source_id, name_hash)
) WITHOUT ROWID;
CREATE INDEX delivery_at ON delivery (at);
