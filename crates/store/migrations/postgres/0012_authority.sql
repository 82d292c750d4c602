-- What the authority writes down about itself: action plans, self-assessments, the panel's meetings and visits. Append-only:
-- what stands today is folded from the entries of a subject, whose versions count from 1. No child is named in them.

CREATE TABLE authority_entry (
    id UUID NOT NULL,
    room TEXT COLLATE "C" NOT NULL,
    subject UUID NOT NULL,
    version BIGINT NOT NULL,
    item UUID,
    kind TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    recorded_at BIGINT NOT NULL,
    recorded_by UUID REFERENCES person,
    PRIMARY KEY (id),
    UNIQUE (subject, version)
);

CREATE INDEX authority_entry_room ON authority_entry (room, subject, version);

-- Documents given as evidence or put into a pack. What a file holds and is called is encrypted by the caller.
CREATE TABLE authority_file (
    id UUID NOT NULL,
    subject UUID NOT NULL,
    name BYTEA NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    added_by UUID NOT NULL REFERENCES person,
    added_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE authority_file_body (
    file UUID NOT NULL REFERENCES authority_file,
    body BYTEA NOT NULL,
    PRIMARY KEY (file)
);

CREATE TRIGGER authority_entry_append_only BEFORE UPDATE OR DELETE ON authority_entry FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER authority_entry_no_truncate BEFORE TRUNCATE ON authority_entry FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
