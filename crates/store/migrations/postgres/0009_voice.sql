-- Pictures and recordings that a child or young person adds to what they say. What a file holds and is called is encrypted
-- by the caller. Those of something that was sent stay as they are; those of something not sent go with it.

CREATE TABLE voice_file (
    id UUID NOT NULL,
    child UUID NOT NULL REFERENCES child,
    voice TEXT COLLATE "C" NOT NULL,
    name BYTEA NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    digest BYTEA NOT NULL,
    added_by UUID NOT NULL REFERENCES person,
    added_at BIGINT NOT NULL,
    sent_at BIGINT,
    PRIMARY KEY (id)
);

CREATE TABLE voice_file_body (
    file UUID NOT NULL REFERENCES voice_file,
    body BYTEA NOT NULL,
    PRIMARY KEY (file)
);

CREATE INDEX voice_file_voice ON voice_file (child, voice, added_at);
