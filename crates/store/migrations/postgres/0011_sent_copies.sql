-- Copies that were made for somebody outside: what exactly they get, who looked at it, who released what is sensitive in
-- it, and the link by which it is read. What it says and for whom it is are encrypted by the caller. A copy never changes:
-- another is made.

CREATE TABLE sent_copy (
    id UUID NOT NULL,
    child UUID NOT NULL REFERENCES child,
    kind TEXT COLLATE "C" NOT NULL,
    recipient BYTEA NOT NULL,
    body BYTEA NOT NULL,
    sensitive BOOLEAN NOT NULL,
    prepared_by UUID NOT NULL REFERENCES person,
    prepared_at BIGINT NOT NULL,
    ends_on BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    released_by UUID REFERENCES person,
    released_at BIGINT,
    refused_by UUID REFERENCES person,
    refused_at BIGINT,
    refusal BYTEA,
    token_hash BYTEA,
    sent_at BIGINT,
    code BYTEA,
    code_at BIGINT,
    code_tries BIGINT NOT NULL,
    proof_hash BYTEA,
    proved_at BIGINT,
    looks BIGINT NOT NULL,
    looked_at BIGINT,
    revoked_by UUID REFERENCES person,
    revoked_at BIGINT,
    PRIMARY KEY (id)
);

CREATE INDEX sent_copy_child ON sent_copy (child, prepared_at);
CREATE UNIQUE INDEX sent_copy_token ON sent_copy (token_hash);
