-- What a child's key worker was asked to put right for the statutory return. Whether it was is not kept: the rules are
-- asked again each time somebody looks.

CREATE TABLE return_ask (
    child BLOB NOT NULL REFERENCES child,
    year INTEGER NOT NULL,
    rule TEXT NOT NULL,
    asked_by BLOB NOT NULL REFERENCES person,
    asked_of BLOB NOT NULL REFERENCES person,
    asked_at INTEGER NOT NULL,
    PRIMARY KEY (child, year, rule)
) STRICT;

CREATE INDEX return_ask_year ON return_ask (year, child);
