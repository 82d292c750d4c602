-- Grows with every commit that changes anything a page may show: what was shown before is still true while it stands.

ALTER TABLE epoch ADD COLUMN data BIGINT NOT NULL DEFAULT 0;
