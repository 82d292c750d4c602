-- Forms being filled in, the links by which somebody outside fills a section, and what was submitted. Answers, files and
-- whoever was invited are encrypted by the caller; a document is what was submitted and never changes.

-- Every version of a form that was ever opened, as it was then: answers are read with the version they were given to.
CREATE TABLE form_version (
    form_id TEXT COLLATE "C" NOT NULL,
    hash TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    first_used_at BIGINT NOT NULL,
    PRIMARY KEY (form_id, hash)
);

CREATE TABLE form_open (
    id UUID NOT NULL,
    child UUID NOT NULL REFERENCES child,
    form_id TEXT COLLATE "C" NOT NULL,
    form_hash TEXT COLLATE "C" NOT NULL,
    state TEXT COLLATE "C" NOT NULL,
    started_by UUID NOT NULL REFERENCES person,
    opened_at BIGINT NOT NULL,
    due_on BIGINT,
    replaces UUID,
    version BIGINT NOT NULL,
    updated_at BIGINT NOT NULL,
    PRIMARY KEY (id),
    CHECK (state IN ('open', 'submitted', 'discarded')),
    FOREIGN KEY (form_id, form_hash) REFERENCES form_version
);

CREATE TABLE form_section (
    form UUID NOT NULL REFERENCES form_open,
    section TEXT COLLATE "C" NOT NULL,
    answers BYTEA NOT NULL,
    updated_by UUID,
    updated_at BIGINT NOT NULL,
    version BIGINT NOT NULL,
    PRIMARY KEY (form, section)
);

CREATE TABLE form_link (
    id UUID NOT NULL,
    form UUID NOT NULL REFERENCES form_open,
    section TEXT COLLATE "C" NOT NULL,
    token_hash BYTEA NOT NULL,
    invited BYTEA NOT NULL,
    made_by UUID NOT NULL REFERENCES person,
    made_at BIGINT NOT NULL,
    due_on BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    opened_at BIGINT,
    code BYTEA,
    code_at BIGINT,
    code_tries BIGINT NOT NULL,
    proof_hash BYTEA,
    proved_at BIGINT,
    chased_at BIGINT,
    used_at BIGINT,
    revoked_at BIGINT,
    PRIMARY KEY (id)
);

-- Append-only.
CREATE TABLE form_document (
    id UUID NOT NULL,
    form UUID NOT NULL REFERENCES form_open,
    child UUID NOT NULL REFERENCES child,
    form_id TEXT COLLATE "C" NOT NULL,
    form_hash TEXT COLLATE "C" NOT NULL,
    number BIGINT NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    entries TEXT COLLATE "C" NOT NULL,
    submitted_by UUID NOT NULL REFERENCES person,
    submitted_at BIGINT NOT NULL,
    replaces UUID REFERENCES form_document DEFERRABLE,
    PRIMARY KEY (id)
);

CREATE TABLE form_upload (
    id UUID NOT NULL,
    form UUID NOT NULL REFERENCES form_open,
    section TEXT COLLATE "C" NOT NULL,
    question TEXT COLLATE "C" NOT NULL,
    name BYTEA NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    uploaded_by UUID,
    uploaded_at BIGINT NOT NULL,
    PRIMARY KEY (id)
);

-- Apart from what is known of a file, so that a list of files does not read them.
CREATE TABLE form_upload_body (
    upload UUID NOT NULL REFERENCES form_upload,
    body BYTEA NOT NULL,
    PRIMARY KEY (upload)
);

CREATE INDEX form_open_child ON form_open (child, opened_at);
CREATE UNIQUE INDEX form_link_token ON form_link (token_hash);
CREATE INDEX form_link_form ON form_link (form, made_at);
CREATE INDEX form_document_child ON form_document (child, submitted_at);
CREATE UNIQUE INDEX form_document_form ON form_document (form);
CREATE UNIQUE INDEX form_document_replaces ON form_document (replaces);
CREATE INDEX form_upload_form ON form_upload (form);

CREATE TRIGGER form_document_append_only BEFORE UPDATE OR DELETE ON form_document FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER form_document_no_truncate BEFORE TRUNCATE ON form_document FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
CREATE TRIGGER form_version_append_only BEFORE UPDATE OR DELETE ON form_version FOR EACH ROW EXECUTE FUNCTION refuse_change();
CREATE TRIGGER form_version_no_truncate BEFORE TRUNCATE ON form_version FOR EACH STATEMENT EXECUTE FUNCTION refuse_change();
