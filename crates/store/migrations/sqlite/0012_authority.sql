-- What the authority writes down about itself: action plans, self-assessments, the panel's meetings and visits. Append-only:
-- what stands today is folded from the entries of a subject, whose versions count from 1. No child is named in them.

CREATE TABLE authority_entry (
    id BLOB NOT NULL,
    room TEXT NOT NULL,
    subject BLOB NOT NULL,
    version INTEGER NOT NULL,
    item BLOB,
    kind TEXT NOT NULL,
    body TEXT NOT NULL,
    recorded_at INTEGER NOT NULL,
    recorded_by BLOB REFERENCES person,
    PRIMARY KEY (id),
    UNIQUE (subject, version)
) STRICT;

CREATE INDEX authority_entry_room ON authority_entry (room, subject, version);

-- Documents given as evidence or put into a pack. What a file holds and is called is encrypted by the caller.
CREATE TABLE authority_file (
    id BLOB NOT NULL,
    subject BLOB NOT NULL,
    name BLOB NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    added_by BLOB NOT NULL REFERENCES person,
    added_at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE authority_file_body (
    file BLOB NOT NULL REFERENCES authority_file,
    body BLOB NOT NULL,
    PRIMARY KEY (file)
) STRICT;

CREATE TRIGGER authority_entry_no_update BEFORE UPDATE ON authority_entry BEGIN
    SELECT RAISE(ABORT, 'authority_entry is append-only');
END;
CREATE TRIGGER authority_entry_no_delete BEFORE DELETE ON authority_entry BEGIN
    SELECT RAISE(ABORT, 'authority_entry is append-only');
END;
