-- The tables of the store. PostgreSQL has the same tables, columns and indexes in a file of this name; a test compares them.
-- Instants are microseconds since 1970 (UTC); civil days are days since 1970-01-01; times of day are seconds since
-- midnight; spells are half-open [from_on, to_on); JSON is text. A trigger refuses to change what is append-only.

CREATE TABLE setting (
    key TEXT NOT NULL,
    value TEXT NOT NULL,
    PRIMARY KEY (key)
) STRICT;

-- One row: grows whenever rights may have changed.
CREATE TABLE epoch (
    one INTEGER NOT NULL,
    access INTEGER NOT NULL,
    PRIMARY KEY (one),
    CHECK (one = 1)
) STRICT;

-- Numbers handed out once: short public references.
CREATE TABLE counter (
    name TEXT NOT NULL,
    next INTEGER NOT NULL,
    PRIMARY KEY (name)
) STRICT;

-- email_key and search_key are lower case, made by the program so that both databases agree on case.
CREATE TABLE person (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    search_key TEXT NOT NULL,
    phone TEXT,
    password_hash TEXT,
    totp_secret BLOB,
    totp_last_step INTEGER,
    disabled_at INTEGER,
    created_at INTEGER NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (email_key)
) STRICT;

CREATE TABLE agency (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE team (
    id BLOB NOT NULL,
    name TEXT NOT NULL,
    agency BLOB NOT NULL REFERENCES agency,
    parent BLOB REFERENCES team DEFERRABLE,
    manager BLOB REFERENCES person,
    kind TEXT NOT NULL,
    version INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE role_grant (
    id BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person,
    role TEXT NOT NULL,
    team BLOB REFERENCES team,
    from_on INTEGER NOT NULL,
    to_on INTEGER,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE team_member (
    team BLOB NOT NULL REFERENCES team,
    person BLOB NOT NULL REFERENCES person,
    from_on INTEGER NOT NULL,
    to_on INTEGER,
    PRIMARY KEY (team, person, from_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE session (
    token_hash BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person,
    created_at INTEGER NOT NULL,
    last_seen_at INTEGER NOT NULL,
    expires_at INTEGER NOT NULL,
    reauthenticated_at INTEGER,
    second_factor INTEGER NOT NULL,
    csrf BLOB NOT NULL,
    PRIMARY KEY (token_hash)
) STRICT;

CREATE TABLE sign_in_attempt (
    id BLOB NOT NULL,
    email_hash BLOB NOT NULL,
    at INTEGER NOT NULL,
    ok INTEGER NOT NULL,
    PRIMARY KEY (id)
) STRICT;

-- From name on, everything is derived from the entries and can be rebuilt.
CREATE TABLE child (
    id BLOB NOT NULL,
    subject TEXT NOT NULL,
    reference TEXT NOT NULL,
    team BLOB REFERENCES team,
    version INTEGER NOT NULL,
    restricted INTEGER NOT NULL,
    created_at INTEGER NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    born INTEGER,
    looked_after INTEGER NOT NULL,
    leaver_category TEXT,
    legal_status TEXT,
    placement_type TEXT,
    location TEXT,
    in_care_since INTEGER,
    key_worker BLOB,
    next_change INTEGER,
    entries INTEGER NOT NULL,
    PRIMARY KEY (id),
    UNIQUE (reference),
    CHECK (subject IN ('child', 'carer', 'home'))
) STRICT, WITHOUT ROWID;

-- The large derived values, apart from child so that lists read little.
CREATE TABLE child_fold (
    child BLOB NOT NULL REFERENCES child,
    timeline BLOB NOT NULL,
    duties BLOB NOT NULL,
    projection_version INTEGER NOT NULL,
    PRIMARY KEY (child)
) STRICT;

-- What a search finds a child by.
CREATE TABLE child_term (
    child BLOB NOT NULL REFERENCES child,
    kind INTEGER NOT NULL,
    term TEXT NOT NULL,
    PRIMARY KEY (child, kind, term)
) STRICT, WITHOUT ROWID;

-- Derived from the entries.
CREATE TABLE circle_member (
    child BLOB NOT NULL REFERENCES child,
    person BLOB NOT NULL,
    role TEXT NOT NULL,
    key_worker INTEGER NOT NULL,
    from_on INTEGER NOT NULL,
    to_on INTEGER
) STRICT;

CREATE TABLE restricted_reader (
    child BLOB NOT NULL REFERENCES child,
    person BLOB NOT NULL REFERENCES person,
    from_on INTEGER NOT NULL,
    to_on INTEGER,
    granted_by BLOB,
    PRIMARY KEY (child, person, from_on)
) STRICT, WITHOUT ROWID;

CREATE TABLE break_glass (
    id BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person,
    child BLOB NOT NULL REFERENCES child,
    reason TEXT NOT NULL,
    from_at INTEGER NOT NULL,
    until_at INTEGER NOT NULL,
    reviewed_by BLOB,
    reviewed_at INTEGER,
    outcome TEXT,
    PRIMARY KEY (id)
) STRICT;

-- The chronologies. Append-only.
CREATE TABLE entry (
    seq INTEGER NOT NULL,
    id BLOB NOT NULL,
    child BLOB NOT NULL REFERENCES child,
    kind TEXT NOT NULL,
    happened_on INTEGER NOT NULL,
    happened_at INTEGER,
    recorded_at INTEGER NOT NULL,
    recorded_by BLOB,
    source TEXT,
    sensitivity TEXT NOT NULL,
    replaces BLOB,
    import_run BLOB,
    body TEXT NOT NULL,
    PRIMARY KEY (seq),
    UNIQUE (id)
) STRICT;

-- Derived from the entries, except rung and escalated_at.
CREATE TABLE duty (
    child BLOB NOT NULL REFERENCES child,
    rule TEXT NOT NULL,
    rule_version TEXT NOT NULL,
    occurrence TEXT NOT NULL,
    title TEXT NOT NULL,
    strand TEXT NOT NULL,
    state TEXT NOT NULL,
    opens_on INTEGER NOT NULL,
    due_on INTEGER NOT NULL,
    due_at INTEGER,
    closed_on INTEGER,
    days_late INTEGER,
    owner_role TEXT NOT NULL,
    owner_person BLOB,
    team BLOB,
    rung INTEGER NOT NULL,
    escalated_at INTEGER,
    stuck_step TEXT,
    PRIMARY KEY (child, rule, occurrence),
    CHECK (state IN ('open', 'met', 'excused', 'ended'))
) STRICT, WITHOUT ROWID;

CREATE TABLE guidance_use (
    rule TEXT NOT NULL,
    version TEXT NOT NULL,
    hash TEXT NOT NULL,
    layer TEXT NOT NULL,
    first_used_at INTEGER NOT NULL,
    PRIMARY KEY (rule, version)
) STRICT;

CREATE TABLE guidance_layer (
    name TEXT NOT NULL,
    files TEXT NOT NULL,
    active INTEGER NOT NULL,
    switched_on_by BLOB,
    at INTEGER NOT NULL,
    PRIMARY KEY (name)
) STRICT;

CREATE TABLE notice (
    id BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person,
    child BLOB REFERENCES child,
    kind TEXT NOT NULL,
    text TEXT NOT NULL,
    link TEXT,
    created_at INTEGER NOT NULL,
    read_at INTEGER,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE outbox (
    id BLOB NOT NULL,
    kind TEXT NOT NULL,
    payload TEXT NOT NULL,
    due_at INTEGER NOT NULL,
    attempts INTEGER NOT NULL,
    claimed_at INTEGER,
    done_at INTEGER,
    last_error TEXT,
    PRIMARY KEY (id)
) STRICT;

-- A form about no child has the nil UUID.
CREATE TABLE draft (
    person BLOB NOT NULL REFERENCES person,
    child BLOB NOT NULL,
    form TEXT NOT NULL,
    body BLOB NOT NULL,
    version INTEGER NOT NULL,
    updated_at INTEGER NOT NULL,
    PRIMARY KEY (person, child, form)
) STRICT;

CREATE TABLE idempotency (
    person BLOB NOT NULL,
    key TEXT NOT NULL,
    at INTEGER NOT NULL,
    result TEXT NOT NULL,
    PRIMARY KEY (person, key)
) STRICT;

-- One row, locked by whoever appends: the places in the log have no gaps.
CREATE TABLE audit_head (
    one INTEGER NOT NULL,
    size INTEGER NOT NULL,
    PRIMARY KEY (one),
    CHECK (one = 1)
) STRICT;

-- Who looked at, changed or exported what. Append-only.
CREATE TABLE audit (
    seq INTEGER NOT NULL,
    at INTEGER NOT NULL,
    person BLOB,
    session TEXT,
    action TEXT NOT NULL,
    child BLOB,
    purpose TEXT NOT NULL,
    allowed INTEGER NOT NULL,
    detail TEXT NOT NULL,
    leaf BLOB NOT NULL,
    PRIMARY KEY (seq)
) STRICT;

-- Append-only.
CREATE TABLE audit_checkpoint (
    size INTEGER NOT NULL,
    root BLOB NOT NULL,
    at INTEGER NOT NULL,
    signature BLOB NOT NULL,
    key_id TEXT NOT NULL,
    PRIMARY KEY (size)
) STRICT;

CREATE TABLE calendar_feed (
    token_hash BLOB NOT NULL,
    person BLOB NOT NULL REFERENCES person,
    created_at INTEGER NOT NULL,
    revoked_at INTEGER,
    last_read_at INTEGER,
    PRIMARY KEY (token_hash)
) STRICT;

CREATE TABLE import_run (
    id BLOB NOT NULL,
    started_by BLOB,
    started_at INTEGER NOT NULL,
    source_name TEXT NOT NULL,
    digest TEXT NOT NULL,
    status TEXT NOT NULL,
    counts TEXT NOT NULL,
    undone_at INTEGER,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE import_key (
    key TEXT NOT NULL,
    child BLOB NOT NULL REFERENCES child,
    PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE TABLE import_seen (
    key TEXT NOT NULL,
    digest TEXT NOT NULL,
    entry BLOB NOT NULL,
    PRIMARY KEY (key)
) STRICT, WITHOUT ROWID;

CREATE INDEX role_grant_person ON role_grant (person);
CREATE INDEX role_grant_role ON role_grant (role, team);
CREATE INDEX team_member_person ON team_member (person);
CREATE INDEX session_person ON session (person);
CREATE INDEX session_expires ON session (expires_at);
CREATE INDEX sign_in_attempt_email ON sign_in_attempt (email_hash, at);
CREATE INDEX sign_in_attempt_at ON sign_in_attempt (at);
CREATE INDEX child_sort ON child (sort_name, id);
CREATE INDEX child_team ON child (team, sort_name);
CREATE INDEX child_key_worker ON child (key_worker);
CREATE INDEX child_next_change ON child (next_change);
CREATE INDEX child_restricted ON child (id) WHERE restricted;
CREATE INDEX child_term_term ON child_term (kind, term, child);
CREATE INDEX circle_member_child ON circle_member (child);
CREATE INDEX circle_member_person ON circle_member (person, child);
CREATE INDEX restricted_reader_person ON restricted_reader (person, child);
CREATE INDEX break_glass_person ON break_glass (person, until_at);
CREATE INDEX break_glass_child ON break_glass (child);
CREATE INDEX break_glass_from ON break_glass (from_at);
CREATE INDEX entry_child ON entry (child, seq);
CREATE INDEX entry_import_run ON entry (import_run, seq) WHERE import_run IS NOT NULL;
CREATE INDEX duty_owner ON duty (owner_person, due_on) WHERE state = 'open';
CREATE INDEX duty_team ON duty (team, due_on) WHERE state = 'open';
CREATE INDEX duty_open ON duty (due_on, opens_on) WHERE state = 'open';
CREATE INDEX duty_rule ON duty (rule, state, due_on);
CREATE INDEX notice_person ON notice (person, created_at);
CREATE INDEX notice_unread ON notice (person) WHERE read_at IS NULL;
CREATE INDEX outbox_waiting ON outbox (due_at) WHERE done_at IS NULL;
CREATE INDEX draft_updated ON draft (updated_at);
CREATE INDEX idempotency_at ON idempotency (at);
CREATE INDEX audit_child ON audit (child, seq) WHERE child IS NOT NULL;
CREATE INDEX audit_person ON audit (person, seq);
CREATE INDEX calendar_feed_person ON calendar_feed (person);
CREATE INDEX import_seen_entry ON import_seen (entry);

INSERT INTO epoch (one, access) VALUES (1, 0);
INSERT INTO audit_head (one, size) VALUES (1, 0);
INSERT INTO counter (name, next) VALUES ('reference', 1);

CREATE TRIGGER entry_no_update BEFORE UPDATE ON entry BEGIN
    SELECT RAISE(ABORT, 'entry is append-only');
END;
CREATE TRIGGER entry_no_delete BEFORE DELETE ON entry BEGIN
    SELECT RAISE(ABORT, 'entry is append-only');
END;
CREATE TRIGGER audit_no_update BEFORE UPDATE ON audit BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_no_delete BEFORE DELETE ON audit BEGIN
    SELECT RAISE(ABORT, 'audit is append-only');
END;
CREATE TRIGGER audit_checkpoint_no_update BEFORE UPDATE ON audit_checkpoint BEGIN
    SELECT RAISE(ABORT, 'audit_checkpoint is append-only');
END;
CREATE TRIGGER audit_checkpoint_no_delete BEFORE DELETE ON audit_checkpoint BEGIN
    SELECT RAISE(ABORT, 'audit_checkpoint is append-only');
END;
