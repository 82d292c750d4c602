-- What a child's key worker was asked to put right for the statutory return. Whether it was is not kept: the rules are
-- asked again each time somebody looks.

CREATE TABLE return_ask (
    child UUID NOT NULL REFERENCES child,
    year BIGINT NOT NULL,
    rule TEXT COLLATE "C" NOT NULL,
    asked_by UUID NOT NULL REFERENCES person,
    asked_of UUID NOT NULL REFERENCES person,
    asked_at BIGINT NOT NULL,
    PRIMARY KEY (child, year, rule)
);

CREATE INDEX return_ask_year ON return_ask (year, child);
