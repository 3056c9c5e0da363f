-- Which process serves which of the gateway's shards. Times here are the
-- server's, because the clocks of machines differ.

-- The processes that run, until they are heard of no more.
CREATE TABLE processes (
    id    text COLLATE "C" NOT NULL PRIMARY KEY,
    -- The shards it may serve; none where it may serve any.
    first bigint,
    last  bigint,
    -- How many there are in all, as far as it knows.
    total bigint           NOT NULL,
    until timestamptz      NOT NULL,
    CHECK ((first IS NULL) = (last IS NULL))
);

-- Each shard's holder, until when, and when its guilds were last heard.
CREATE TABLE shards (
    total    bigint           NOT NULL,
    shard    bigint           NOT NULL CHECK (shard >= 0 AND shard < total),
    holder   text COLLATE "C",
    until    timestamptz,
    -- When somebody last began to serve it: Discord wants pauses in between.
    taken_at timestamptz,
    -- By the clock of who served it.
    heard_at timestamptz,
    PRIMARY KEY (total, shard),
    CHECK ((holder IS NULL) = (until IS NULL))
);
