-- When Discord was last heard, so that an absence has a beginning. One row.
CREATE TABLE heard (
    one INTEGER PRIMARY KEY CHECK (one = 1),
    at  TEXT    NOT NULL
) STRICT;
