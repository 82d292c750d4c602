-- Whoever works out everybody's duties reads this table from its beginning to its end and no other: what it compares with
-- stands here too, before the large values, of which it reads only the first. The digest is now also one of the day
-- on which the answer next changes; 0: not known yet, so that the next start writes each child once more.
CREATE TABLE child_folded (
    child UUID NOT NULL REFERENCES child,
    digest BIGINT NOT NULL,
    projection_version BIGINT NOT NULL,
    timeline BYTEA NOT NULL,
    duties BYTEA NOT NULL,
    PRIMARY KEY (child)
);

INSERT INTO child_folded (child, digest, projection_version, timeline, duties)
    SELECT child, 0, projection_version, timeline, duties FROM child_fold;
DROP TABLE child_fold;
ALTER TABLE child_folded RENAME TO child_fold;
ALTER TABLE child_fold RENAME CONSTRAINT child_folded_pkey TO child_fold_pkey;
ALTER TABLE child_fold RENAME CONSTRAINT child_folded_child_fkey TO child_fold_child_fkey;

ALTER TABLE child DROP COLUMN duties_digest;
