-- Who was invited to a round of a survey, and what was answered. Nothing here joins an answer to whoever gave it: an
-- invitation says only whether it was used, all answers of a round lie together in one encrypted box, without a time and in
-- no order of arrival, and using an invitation writes every invitation of the round anew, so that none can be told by when
-- its row last changed. Name, address and the link's secret are encrypted by the caller.

CREATE TABLE survey_invitation (
    id UUID NOT NULL,
    round UUID NOT NULL,
    recipient BYTEA NOT NULL,
    token_hash BYTEA NOT NULL,
    used BOOLEAN NOT NULL,
    PRIMARY KEY (id)
);

CREATE UNIQUE INDEX survey_invitation_token ON survey_invitation (token_hash);
CREATE INDEX survey_invitation_round ON survey_invitation (round);

CREATE TABLE survey_box (
    round UUID NOT NULL,
    answers BYTEA NOT NULL,
    PRIMARY KEY (round)
);
