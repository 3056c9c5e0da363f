-- The record of incidents. Ids of Discord are 64-bit numbers; guild 0 is the
-- guild of imports and shells. Texts are compared byte by byte, so that their
-- order is the same on every server and in every file.

-- The log, the only source of truth: seq is 1, 2, 3 within (guild, number).
CREATE TABLE entries (
    guild       bigint           NOT NULL,
    number      bigint           NOT NULL CHECK (number > 0),
    seq         bigint           NOT NULL CHECK (seq > 0),
    -- A year of four digits, as in every other place where it is kept.
    happened_at timestamptz      NOT NULL CHECK (happened_at >= '0001-01-01 00:00:00+00 BC' AND happened_at < '10000-01-01 00:00:00+00'),
    recorded_at timestamptz      NOT NULL CHECK (recorded_at >= '0001-01-01 00:00:00+00 BC' AND recorded_at < '10000-01-01 00:00:00+00'),
    actor       text COLLATE "C" NOT NULL,
    kind        text COLLATE "C" NOT NULL,
    channel     bigint,
    message     bigint,
    body        text COLLATE "C" NOT NULL,
    -- Random, so that a redacted text cannot be guessed from its digest. Gone with the text.
    salt        text COLLATE "C",
    body_digest text COLLATE "C" NOT NULL,
    hash        text COLLATE "C" NOT NULL,
    -- What Discord redelivers is recognised by this key, on the first entry it
    -- brought about; once_last is the last of them.
    once        text COLLATE "C",
    once_last   bigint,
    PRIMARY KEY (guild, number, seq),
    CHECK ((channel IS NULL) = (message IS NULL)),
    CHECK ((once IS NULL) = (once_last IS NULL))
);

CREATE UNIQUE INDEX entries_once ON entries (guild, once) WHERE once IS NOT NULL;

-- Which entries lost their texts, and by which entry.
CREATE TABLE redactions (
    guild    bigint NOT NULL,
    number   bigint NOT NULL,
    seq      bigint NOT NULL,
    redactor bigint NOT NULL,
    PRIMARY KEY (guild, number, seq),
    FOREIGN KEY (guild, number, seq) REFERENCES entries (guild, number, seq),
    FOREIGN KEY (guild, number, redactor) REFERENCES entries (guild, number, seq)
);

-- One look at all rows of a statement: each has the one before it. That the
-- numbers are unique and begin with 1 is in the table itself.
CREATE FUNCTION entries_follow() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF EXISTS (
        SELECT 1 FROM fresh AS f WHERE f.seq > 1 AND (
            SELECT e.seq FROM entries AS e WHERE e.guild = f.guild AND e.number = f.number AND e.seq = f.seq - 1) IS NULL)
    THEN
        RAISE EXCEPTION 'an entry takes the next number of its log';
    END IF;
    RETURN NULL;
END $$;

CREATE TRIGGER entries_follow AFTER INSERT ON entries
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entries_follow();

CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    RAISE EXCEPTION '%', TG_ARGV[0];
END $$;

CREATE TRIGGER entries_stay BEFORE DELETE ON entries
FOR EACH ROW EXECUTE FUNCTION refuse('entries are never deleted');
CREATE TRIGGER entries_stay_whole BEFORE TRUNCATE ON entries
FOR EACH STATEMENT EXECUTE FUNCTION refuse('entries are never deleted');

-- The one exception: body and salt of an entry that a redaction names, once.
CREATE FUNCTION entries_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.salt IS NOT NULL
        OR OLD.salt IS NULL
        OR (NEW.guild, NEW.number, NEW.seq, NEW.happened_at, NEW.recorded_at, NEW.actor, NEW.kind, NEW.channel, NEW.message,
            NEW.body_digest, NEW.hash, NEW.once, NEW.once_last)
            IS DISTINCT FROM
            (OLD.guild, OLD.number, OLD.seq, OLD.happened_at, OLD.recorded_at, OLD.actor, OLD.kind, OLD.channel, OLD.message,
            OLD.body_digest, OLD.hash, OLD.once, OLD.once_last)
        OR NOT EXISTS (SELECT 1 FROM redactions AS r WHERE r.guild = OLD.guild AND r.number = OLD.number AND r.seq = OLD.seq)
    THEN
        RAISE EXCEPTION 'entries are never changed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER entries_keep BEFORE UPDATE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_keep();

CREATE FUNCTION redactions_have_cause() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NOT EXISTS (
        SELECT 1 FROM entries AS e
        WHERE e.guild = NEW.guild AND e.number = NEW.number AND e.seq = NEW.redactor AND e.kind = 'redacted' AND NEW.seq < e.seq)
    THEN
        RAISE EXCEPTION 'a redaction has an entry of its own';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER redactions_have_cause BEFORE INSERT ON redactions
FOR EACH ROW EXECUTE FUNCTION redactions_have_cause();

CREATE TRIGGER redactions_keep BEFORE UPDATE ON redactions
FOR EACH ROW EXECUTE FUNCTION refuse('redactions are never changed');
CREATE TRIGGER redactions_stay BEFORE DELETE ON redactions
FOR EACH ROW EXECUTE FUNCTION refuse('redactions are never deleted');
CREATE TRIGGER redactions_stay_whole BEFORE TRUNCATE ON redactions
FOR EACH STATEMENT EXECUTE FUNCTION refuse('redactions are never deleted');

-- Projections: each repeats the log and can be made from it again.

CREATE TABLE incidents (
    guild        bigint           NOT NULL,
    number       bigint           NOT NULL,
    -- The title in small letters, for search.
    title        text COLLATE "C" NOT NULL,
    status       text COLLATE "C" NOT NULL,
    severity     text COLLATE "C" NOT NULL,
    open         boolean          NOT NULL,
    private      boolean          NOT NULL,
    opened_at    timestamptz      NOT NULL,
    -- From the first sign of it to the last; no end while anything of it lasts.
    active_from  timestamptz      NOT NULL,
    active_until timestamptz,
    last_seq     bigint           NOT NULL,
    last_hash    text COLLATE "C" NOT NULL,
    state        text COLLATE "C" NOT NULL,
    PRIMARY KEY (guild, number)
);

-- The channels and threads that are recorded.
CREATE TABLE channels (
    channel bigint NOT NULL,
    guild   bigint NOT NULL,
    number  bigint NOT NULL,
    PRIMARY KEY (channel, guild, number)
);

CREATE INDEX channels_incident ON channels (guild, number);

-- Where the entries of a recorded message are.
CREATE TABLE messages (
    guild      bigint NOT NULL,
    number     bigint NOT NULL,
    message    bigint NOT NULL,
    channel    bigint NOT NULL,
    seq        bigint NOT NULL,
    -- The entry that holds the text as it is now.
    text_seq   bigint NOT NULL,
    edited_at  timestamptz,
    deleted_at timestamptz,
    PRIMARY KEY (guild, number, message)
);

CREATE INDEX messages_message ON messages (message);
CREATE INDEX messages_channel ON messages (channel, message);

-- Files that are not on disk yet.
CREATE TABLE attachments (
    guild      bigint           NOT NULL,
    number     bigint           NOT NULL,
    attachment bigint           NOT NULL,
    seq        bigint           NOT NULL,
    channel    bigint           NOT NULL,
    message    bigint           NOT NULL,
    file       text COLLATE "C" NOT NULL,
    due_at     timestamptz      NOT NULL,
    attempts   bigint           NOT NULL DEFAULT 0,
    PRIMARY KEY (guild, number, attachment)
);

CREATE INDEX attachments_due ON attachments (due_at);

-- What no log knows of.

-- Files on disk that perhaps no entry vouches for: those that are being written,
-- and those whose entry was redacted. Whoever looks after the files removes
-- those that no entry names, and then the row, whatever stops in between.
CREATE TABLE files_in_doubt (
    sha256 text COLLATE "C" NOT NULL PRIMARY KEY
);

-- The files that entries name; an entry that was tampered with names none.
CREATE FUNCTION named_sha256(body text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
BEGIN
    RETURN body::json->>'sha256';
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $$;

CREATE INDEX entries_files ON entries (guild, number, seq) WHERE kind = 'attachment_kept';
CREATE VIEW named_files AS
SELECT guild, number, seq, named_sha256(body) AS sha256
FROM entries WHERE kind = 'attachment_kept';

-- What has still to be said. A lane is worked through in the order of ids.
CREATE TABLE outbox (
    id          bigint           GENERATED BY DEFAULT AS IDENTITY PRIMARY KEY,
    guild       bigint           NOT NULL,
    number      bigint,
    lane        text COLLATE "C" NOT NULL,
    what        text COLLATE "C" NOT NULL,
    nonce       text COLLATE "C" NOT NULL UNIQUE,
    created_at  timestamptz      NOT NULL,
    due_at      timestamptz      NOT NULL,
    attempts    bigint           NOT NULL DEFAULT 0,
    worker      text COLLATE "C",
    lease_until timestamptz,
    error       text COLLATE "C",
    failed_at   timestamptz
);

CREATE INDEX outbox_lane ON outbox (lane, id) WHERE failed_at IS NULL;
CREATE INDEX outbox_incident ON outbox (guild, number);

-- Where Scribe's own messages are.
CREATE TABLE posts (
    guild     bigint           NOT NULL,
    number    bigint           NOT NULL,
    name      text COLLATE "C" NOT NULL,
    channel   bigint           NOT NULL,
    message   bigint           NOT NULL,
    posted_at timestamptz      NOT NULL,
    PRIMARY KEY (guild, number, name)
);

-- Up to where a channel's messages are known to be complete.
CREATE TABLE watermarks (
    channel bigint NOT NULL PRIMARY KEY,
    through bigint NOT NULL
);

-- What a guild chose, with who and when. The last version holds.
CREATE TABLE settings (
    guild    bigint           NOT NULL,
    version  bigint           NOT NULL,
    settings text COLLATE "C" NOT NULL,
    actor    text COLLATE "C" NOT NULL,
    saved_at timestamptz      NOT NULL,
    PRIMARY KEY (guild, version)
);

CREATE TRIGGER settings_keep BEFORE UPDATE ON settings
FOR EACH ROW EXECUTE FUNCTION refuse('settings are never changed, a new version is added');
CREATE TRIGGER settings_stay BEFORE DELETE ON settings
FOR EACH ROW EXECUTE FUNCTION refuse('settings are never deleted');
CREATE TRIGGER settings_stay_whole BEFORE TRUNCATE ON settings
FOR EACH STATEMENT EXECUTE FUNCTION refuse('settings are never deleted');

-- What is done once per period.
CREATE TABLE periods (
    job     text COLLATE "C" NOT NULL,
    guild   bigint           NOT NULL,
    period  text COLLATE "C" NOT NULL,
    done_at timestamptz      NOT NULL,
    PRIMARY KEY (job, guild, period)
);
