-- Deliveries that publishers named themselves, so that the same one brought
-- again is known, and another one under the same name is refused. Kept for a
-- week.

-- +goose Up
CREATE TABLE delivery (
    source_id BIGINT NOT NULL,
    name_hash BYTEA NOT NULL, -- of the Idempotency-Key
    hash      BYTEA NOT NULL, -- of the body
    at        BIGINT NOT NULL,
    PRIMARY KEY (source_id, name_hash)
);
CREATE INDEX delivery_at ON delivery (at);
