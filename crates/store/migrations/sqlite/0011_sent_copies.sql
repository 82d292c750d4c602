-- Copies that were made for somebody outside: what exactly they get, who looked at it, who released what is sensitive in
-- it, and the link by which it is read. What it says and for whom it is are encrypted by the caller. A copy never changes:
-- another is made.

CREATE TABLE sent_copy (
    id BLOB NOT NULL,
    child BLOB NOT NULL REFERENCES child,
    kind TEXT NOT NULL,
    recipient BLOB NOT NULL,
    body BLOB NOT NULL,
    sensitive INTEGER NOT NULL,
    prepared_by BLOB NOT NULL REFERENCES person,
    prepared_at INTEGER NOT NULL,
    ends_on INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    released_by BLOB REFERENCES person,
    released_at INTEGER,
    refused_by BLOB REFERENCES person,
    refused_at INTEGER,
    refusal BLOB,
    token_hash BLOB,
    sent_at INTEGER,
    code BLOB,
    code_at INTEGER,
    code_tries INTEGER NOT NULL,
    proof_hash BLOB,
    proved_at INTEGER,
    looks INTEGER NOT NULL,
    looked_at INTEGER,
    revoked_by BLOB REFERENCES person,
    revoked_at INTEGER,
    PRIMARY KEY (id)
) STRICT;

CREATE INDEX sent_copy_child ON sent_copy (child, prepared_at);
CREATE UNIQUE INDEX sent_copy_token ON sent_copy (token_hash);
