-- By whom and about whom the lines of the log are. An index would be written with every line, two pages of it for every page
-- that anybody opens; these lists are written now and then, many lines together in the order of the lists. The lines from
-- the place in audit_sorted on are not in them yet: whoever looks for lines looks at those too.
CREATE TABLE audit_of_child (
    child BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (child, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_of_person (
    person BLOB NOT NULL,
    seq INTEGER NOT NULL,
    PRIMARY KEY (person, seq)
) STRICT, WITHOUT ROWID;

CREATE TABLE audit_sorted (
    one INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (one),
    CHECK (one = 1)
) STRICT;

INSERT INTO audit_of_child (child, seq) SELECT child, seq FROM audit WHERE child IS NOT NULL ORDER BY child, seq;
INSERT INTO audit_of_person (person, seq) SELECT person, seq FROM audit WHERE person IS NOT NULL ORDER BY person, seq;
INSERT INTO audit_sorted (one, size) SELECT one, size FROM audit_head;

DROP INDEX audit_child;
DROP INDEX audit_person;
