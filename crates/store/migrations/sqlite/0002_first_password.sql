-- Accounts whose password was given by somebody else and must be changed at the next sign-in.

CREATE TABLE first_password (
    person BLOB NOT NULL REFERENCES person,
    given_by BLOB,
    given_at INTEGER NOT NULL,
    PRIMARY KEY (person)
) STRICT;
