-- Pictures and recordings that a child or young person adds to what they say. What a file holds and is called is encrypted
-- by the caller. Those of something that was sent stay as they are; those of something not sent go with it.

CREATE TABLE voice_file (
    id BLOB NOT NULL,
    child BLOB NOT NULL REFERENCES child,
    voice TEXT NOT NULL,
    name BLOB NOT NULL,
    kind TEXT NOT NULL,
    size INTEGER NOT NULL,
    digest BLOB NOT NULL,
    added_by BLOB NOT NULL REFERENCES person,
    added_at INTEGER NOT NULL,
    sent_at INTEGER,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE voice_file_body (
    file BLOB NOT NULL REFERENCES voice_file,
    body BLOB NOT NULL,
    PRIMARY KEY (file)
) STRICT;

CREATE INDEX voice_file_voice ON voice_file (child, voice, added_at);
