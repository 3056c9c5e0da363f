-- Which of the gateway's shards are served. A file has one process; the tables
-- are those of a server, so that there is one way.

-- The process that runs.
CREATE TABLE processes (
    id    TEXT    NOT NULL PRIMARY KEY,
    -- The shards it may serve; none where it may serve any.
    first INTEGER,
    last  INTEGER,
    -- How many there are in all, as far as it knows.
    total INTEGER NOT NULL,
    until TEXT    NOT NULL,
    CHECK ((first IS NULL) = (last IS NULL))
) STRICT;

-- Each shard's holder, until when, and when its guilds were last heard.
CREATE TABLE shards (
    total    INTEGER NOT NULL,
    shard    INTEGER NOT NULL CHECK (shard >= 0 AND shard < total),
    holder   TEXT,
    until    TEXT,
    -- When it was last begun to be served: Discord wants pauses in between.
    taken_at TEXT,
    heard_at TEXT,
    PRIMARY KEY (total, shard),
    CHECK ((holder IS NULL) = (until IS NULL))
) STRICT;
