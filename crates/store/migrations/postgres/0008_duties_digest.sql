-- A digest of the derived duties, so that recomputing all of them need not read the old ones. 0: not known yet.
ALTER TABLE child ADD COLUMN duties_digest BIGINT NOT NULL DEFAULT 0;
