-- The record of incidents. Ids of Discord are 64-bit numbers; times are UTC in
-- RFC 3339 with up to six decimals; guild 0 is the guild of imports and shells.

-- The log, the only source of truth: seq is 1, 2, 3 within (guild, number).
CREATE TABLE entries (
    guild       INTEGER NOT NULL,
    number      INTEGER NOT NULL CHECK (number > 0),
    seq         INTEGER NOT NULL CHECK (seq > 0),
    -- A year of four digits: text of other years neither sorts nor reads back.
    happened_at TEXT    NOT NULL CHECK (happened_at GLOB '[0-9][0-9][0-9][0-9]-*'),
    recorded_at TEXT    NOT NULL CHECK (recorded_at GLOB '[0-9][0-9][0-9][0-9]-*'),
    actor       TEXT    NOT NULL,
    kind        TEXT    NOT NULL,
    channel     INTEGER,
    message     INTEGER,
    body        TEXT    NOT NULL,
    -- Random, so that a redacted text cannot be guessed from its digest. Gone with the text.
    salt        TEXT,
    body_digest TEXT    NOT NULL,
    hash        TEXT    NOT NULL,
    -- What Discord redelivers is recognised by this key, on the first entry it
    -- brought about; once_last is the last of them.
    once        TEXT,
    once_last   INTEGER,
    PRIMARY KEY (guild, number, seq),
    CHECK ((channel IS NULL) = (message IS NULL)),
    CHECK ((once IS NULL) = (once_last IS NULL))
) STRICT;

CREATE UNIQUE INDEX entries_once ON entries (guild, once) WHERE once IS NOT NULL;

-- Which entries lost their texts, and by which entry.
CREATE TABLE redactions (
    guild    INTEGER NOT NULL,
    number   INTEGER NOT NULL,
    seq      INTEGER NOT NULL,
    redactor INTEGER NOT NULL,
    PRIMARY KEY (guild, number, seq),
    FOREIGN KEY (guild, number, seq) REFERENCES entries (guild, number, seq),
    FOREIGN KEY (guild, number, redactor) REFERENCES entries (guild, number, seq)
) STRICT;

CREATE TRIGGER entries_follow BEFORE INSERT ON entries
WHEN NEW.seq <> 1 + coalesce((SELECT max(seq) FROM entries WHERE guild = NEW.guild AND number = NEW.number), 0)
BEGIN
    SELECT RAISE(ABORT, 'an entry takes the next number of its log');
END;

CREATE TRIGGER entries_stay BEFORE DELETE ON entries
BEGIN
    SELECT RAISE(ABORT, 'entries are never deleted');
END;

-- The one exception: body and salt of an entry that a redaction names, once.
CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
WHEN NEW.salt IS NOT NULL
    OR OLD.salt IS NULL
    OR NEW.guild IS NOT OLD.guild
    OR NEW.number IS NOT OLD.number
    OR NEW.seq IS NOT OLD.seq
    OR NEW.happened_at IS NOT OLD.happened_at
    OR NEW.recorded_at IS NOT OLD.recorded_at
    OR NEW.actor IS NOT OLD.actor
    OR NEW.kind IS NOT OLD.kind
    OR NEW.channel IS NOT OLD.channel
    OR NEW.message IS NOT OLD.message
    OR NEW.body_digest IS NOT OLD.body_digest
    OR NEW.hash IS NOT OLD.hash
    OR NEW.once IS NOT OLD.once
    OR NEW.once_last IS NOT OLD.once_last
    OR NOT EXISTS (SELECT 1 FROM redactions AS r WHERE r.guild = OLD.guild AND r.number = OLD.number AND r.seq = OLD.seq)
BEGIN
    SELECT RAISE(ABORT, 'entries are never changed');
END;

CREATE TRIGGER redactions_have_cause BEFORE INSERT ON redactions
WHEN NOT EXISTS (
    SELECT 1 FROM entries AS e
    WHERE e.guild = NEW.guild AND e.number = NEW.number AND e.seq = NEW.redactor AND e.kind = 'redacted' AND NEW.seq < e.seq
)
BEGIN
    SELECT RAISE(ABORT, 'a redaction has an entry of its own');
END;

CREATE TRIGGER redactions_keep BEFORE UPDATE ON redactions
BEGIN
    SELECT RAISE(ABORT, 'redactions are never changed');
END;

CREATE TRIGGER redactions_stay BEFORE DELETE ON redactions
BEGIN
    SELECT RAISE(ABORT, 'redactions are never deleted');
END;

-- Projections: each repeats the log and can be made from it again.

CREATE TABLE incidents (
    guild        INTEGER NOT NULL,
    number       INTEGER NOT NULL,
    -- The title in small letters, for search: LIKE knows only the case of ASCII.
    title        TEXT    NOT NULL,
    status       TEXT    NOT NULL,
    severity     TEXT    NOT NULL,
    open         INTEGER NOT NULL,
    private      INTEGER NOT NULL,
    opened_at    TEXT    NOT NULL,
    -- From the first sign of it to the last; no end while anything of it lasts.
    active_from  TEXT    NOT NULL,
    active_until TEXT,
    last_seq     INTEGER NOT NULL,
    last_hash    TEXT    NOT NULL,
    state        TEXT    NOT NULL,
    PRIMARY KEY (guild, number)
) STRICT;

-- The channels and threads that are recorded.
CREATE TABLE channels (
    channel INTEGER NOT NULL,
    guild   INTEGER NOT NULL,
    number  INTEGER NOT NULL,
    PRIMARY KEY (channel, guild, number)
) STRICT;

CREATE INDEX channels_incident ON channels (guild, number);

-- Where the entries of a recorded message are.
CREATE TABLE messages (
    guild      INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    message    INTEGER NOT NULL,
    channel    INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    -- The entry that holds the text as it is now.
    text_seq   INTEGER NOT NULL,
    edited_at  TEXT,
    deleted_at TEXT,
    PRIMARY KEY (guild, number, message)
) STRICT;

CREATE INDEX messages_message ON messages (message);
CREATE INDEX messages_channel ON messages (channel, message);

-- Files that are not on disk yet.
CREATE TABLE attachments (
    guild      INTEGER NOT NULL,
    number     INTEGER NOT NULL,
    attachment INTEGER NOT NULL,
    seq        INTEGER NOT NULL,
    channel    INTEGER NOT NULL,
    message    INTEGER NOT NULL,
    file       TEXT    NOT NULL,
    due_at     TEXT    NOT NULL,
    attempts   INTEGER NOT NULL DEFAULT 0,
    PRIMARY KEY (guild, number, attachment)
) STRICT;

CREATE INDEX attachments_due ON attachments (due_at);

-- What no log knows of.

-- Files on disk that perhaps no entry vouches for: those that are being written,
-- and those whose entry was redacted. Whoever looks after the files removes
-- those that no entry names, and then the row, whatever stops in between.
CREATE TABLE files_in_doubt (
    sha256 TEXT NOT NULL PRIMARY KEY
) STRICT;

-- The files that entries name; an entry that was tampered with names none.
CREATE INDEX entries_files ON entries (guild, number, seq) WHERE kind = 'attachment_kept';
CREATE VIEW named_files AS
SELECT guild, number, seq, CASE WHEN json_valid(body) THEN body->>'sha256' END AS sha256
FROM entries WHERE kind = 'attachment_kept';

-- What has still to be said. A lane is worked through in the order of ids.
CREATE TABLE outbox (
    id          INTEGER PRIMARY KEY AUTOINCREMENT,
    guild       INTEGER NOT NULL,
    number      INTEGER,
    lane        TEXT    NOT NULL,
    what        TEXT    NOT NULL,
    nonce       TEXT    NOT NULL UNIQUE,
    created_at  TEXT    NOT NULL,
    due_at      TEXT    NOT NULL,
    attempts    INTEGER NOT NULL DEFAULT 0,
    worker      TEXT,
    lease_until TEXT,
    error       TEXT,
    failed_at   TEXT
) STRICT;

CREATE INDEX outbox_lane ON outbox (lane, id) WHERE failed_at IS NULL;
CREATE INDEX outbox_incident ON outbox (guild, number);

-- Where Scribe's own messages are.
CREATE TABLE posts (
    guild     INTEGER NOT NULL,
    number    INTEGER NOT NULL,
    name      TEXT    NOT NULL,
    channel   INTEGER NOT NULL,
    message   INTEGER NOT NULL,
    posted_at TEXT    NOT NULL,
    PRIMARY KEY (guild, number, name)
) STRICT;

-- Up to where a channel's messages are known to be complete.
CREATE TABLE watermarks (
    channel INTEGER NOT NULL PRIMARY KEY,
    through INTEGER NOT NULL
) STRICT;

-- What a guild chose, with who and when. The last version holds.
CREATE TABLE settings (
    guild    INTEGER NOT NULL,
    version  INTEGER NOT NULL,
    settings TEXT    NOT NULL,
    actor    TEXT    NOT NULL,
    saved_at TEXT    NOT NULL,
    PRIMARY KEY (guild, version)
) STRICT;

CREATE TRIGGER settings_keep BEFORE UPDATE ON settings
BEGIN
    SELECT RAISE(ABORT, 'settings are never changed, a new version is added');
END;

CREATE TRIGGER settings_stay BEFORE DELETE ON settings
BEGIN
    SELECT RAISE(ABORT, 'settings are never deleted');
END;

-- What is done once per period.
CREATE TABLE periods (
    job     TEXT    NOT NULL,
    guild   INTEGER NOT NULL,
    period  TEXT    NOT NULL,
    done_at TEXT    NOT NULL,
    PRIMARY KEY (job, guild, period)
) STRICT;
