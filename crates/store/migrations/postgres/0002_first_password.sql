-- Accounts whose password was given by somebody else and must be changed at the next sign-in.

CREATE TABLE first_password (
    person UUID NOT NULL REFERENCES person,
    given_by UUID,
    given_at BIGINT NOT NULL,
    PRIMARY KEY (person)
);
