-- Forms being filled in, the links by which somebody outside fills a section, and what was submitted. Answers, files and
-- whoever was invited are encrypted by the caller; a document is what was submitted and never changes.

-- Every version of a form that was ever opened, as it was then: answers are read with the version they were given to.
CREATE TABLE form_version (
    form_id TEXT NOT NULL,
    hash TEXT NOT NULL,
    body TEXT NOT NULL,
    first_used_at INTEGER NOT NULL,
    PRIMARY KEY (form_id, hash)
) STRICT;

CREATE TABLE form_open (
    id BLOB NOT NULL,
    child BLOB NOT NULL REFERENCES child,
    form_id TEXT NOT NULL,
    form_hash TEXT NOT NULL,
    state TEXT NOT NULL,
    started_by BLOB NOT NULL REFERENCES person,
    opened_at INTEGER NOT NULL,
    due_on INTEGER,
    replaces BLOB,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (id),
    CHECK (state IN ('open', 'submitted', 'discarded')),
    FOREIGN KEY (form_id, form_hash) REFERENCES form_version
) STRICT;

CREATE TABLE form_section (
    form BLOB NOT NULL REFERENCES form_open,
    section TEXT NOT NULL,
    answers BLOB NOT NULL,
    updated_by BLOB,
    updated_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (form, section)
) STRICT;

CREATE TABLE form_link (
    id BLOB NOT NULL,
    form BLOB NOT NULL REFERENCES form_open,
    section TEXT NOT NULL,
    token_hash BLOB NOT NULL,
    invited BLOB NOT NULL,
    made_by BLOB NOT NULL REFERENCES person,
    made_at INTEGER NOT NULL,
    due_on INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    opened_at INTEGER,
    code BLOB,
    code_at INTEGER,
    code_tries INTEGER NOT NULL,
    proof_hash BLOB,
    proved_at INTEGER,
    chased_at INTEGER,
    used_at INTEGER,
    revoked_at INTEGER,
    PRIMARY KEY (id)
) STRICT;

-- Append-only.
CREATE TABLE form_document (
    id BLOB NOT NULL,
    form BLOB NOT NULL REFERENCES form_open,
    child BLOB NOT NULL REFERENCES child,
    form_id TEXT NOT NULL,
    form_hash TEXT NOT NULL,
    number INTEGER NOT NULL,
    body TEXT NOT NULL,
    entries TEXT NOT NULL,
    submitted_by BLOB NOT NULL REFERENCES person,
    submitted_at INTEGER NOT NULL,
    replaces BLOB REFERENCES form_document,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE form_upload (
    id BLOB NOT NULL,
    form BLOB NOT NULL REFERENCES form_open,
    section TEXT NOT NULL,
    question TEXT NOT NULL,
    name BLOB NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    uploaded_by BLOB,
    uploaded_at INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

-- Apart from what is known of a file, so that a list of files does not read them.
CREATE TABLE form_upload_body (
    upload BLOB NOT NULL REFERENCES form_upload,
    body BLOB NOT NULL,
    PRIMARY KEY (upload)
) STRICT;

CREATE INDEX form_open_child ON form_open (child, opened_at);
CREATE UNIQUE INDEX form_link_token ON form_link (token_hash);
CREATE INDEX form_link_form ON form_link (form, made_at);
CREATE INDEX form_document_child ON form_document (child, submitted_at);
CREATE UNIQUE INDEX form_document_form ON form_document (form);
CREATE UNIQUE INDEX form_document_replaces ON form_document (replaces);
CREATE INDEX form_upload_form ON form_upload (form);

CREATE TRIGGER form_document_no_update BEFORE UPDATE ON form_document BEGIN
    SELECT RAISE(ABORT, 'form_document is append-only');
END;
CREATE TRIGGER form_document_no_delete BEFORE DELETE ON form_document BEGIN
    SELECT RAISE(ABORT, 'form_document is append-only');
END;
CREATE TRIGGER form_version_no_update BEFORE UPDATE ON form_version BEGIN
    SELECT RAISE(ABORT, 'form_version is append-only');
END;
CREATE TRIGGER form_version_no_delete BEFORE DELETE ON form_version BEGIN
    SELECT RAISE(ABORT, 'form_version is append-only');
END;
