-- When Discord was last heard, so that an absence has a beginning. One row.
CREATE TABLE heard (
    one bigint      PRIMARY KEY CHECK (one = 1),
    at  timestamptz NOT NULL
);
