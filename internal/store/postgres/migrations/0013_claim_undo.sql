-- Corrections of claims can be taken back.

-- +goose Up
ALTER TABLE claim_edit ADD COLUMN undoes BIGINT NOT NULL DEFAULT 0; -- of an undo: the edit that it takes back
ALTER TABLE claim_edit ADD COLUMN undone BIGINT NOT NULL DEFAULT 0; -- the edit that took it back; 0 while it holds

-- The statements that an edit moved, and how each stood before.
CREATE TABLE claim_move (
    edit_id   BIGINT NOT NULL,
    report_id BIGINT NOT NULL,
    digest    BIGINT NOT NULL, -- of the statement
    from_id   BIGINT NOT NULL, -- the claim that it was in; 0 for none
    pin_id    BIGINT NOT NULL, -- where a person had put it before; 0 where nobody had
    pin_name  TEXT COLLATE "C" NOT NULL,    -- that person
    PRIMARY KEY (edit_id, report_id, digest)
);
CREATE INDEX claim_move_from ON claim_move (from_id, edit_id) WHERE from_id <> 0;

-- A merge leads from one claim to the next, so that each can be taken back alone.
CREATE INDEX claim_merged_into ON claim_merged (into_id);
