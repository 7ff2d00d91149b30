-- The terms of the head that have begun, as they began. A term ends where the
-- next begins, so that there is one at every instant. Rows never change: a past
-- boundary does not move, whatever time zone data or a later charter say.

-- +goose Up
CREATE TABLE term (
    number bigint PRIMARY KEY CHECK (number > 0),
    cycle  bigint NOT NULL,
    member text NOT NULL,
    begun  bigint NOT NULL UNIQUE
);
