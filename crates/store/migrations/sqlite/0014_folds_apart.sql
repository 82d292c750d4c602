-- Whoever works out everybody's duties reads this table from its beginning to its end and no other: what it compares with
-- stands here too, before the large values, of which it reads only the first. The digest is now also one of the day
-- on which the answer next changes; 0: not known yet, so that the next start writes each child once more.
CREATE TABLE child_folded (
    child BLOB NOT NULL REFERENCES child,
    digest INTEGER NOT NULL,
    projection_version INTEGER NOT NULL,
    timeline BLOB NOT NULL,
    duties BLOB NOT NULL,
    PRIMARY KEY (child)
) STRICT;

INSERT INTO child_folded (child, digest, projection_version, timeline, duties)
    SELECT child, 0, projection_version, timeline, duties FROM child_fold;
DROP TABLE child_fold;
ALTER TABLE child_folded RENAME TO child_fold;

ALTER TABLE child DROP COLUMN duties_digest;
