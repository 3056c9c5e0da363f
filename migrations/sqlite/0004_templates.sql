-- The guilds' own templates, every version with who and when. The last of a
-- format holds; none is the one that comes with Scribe.
CREATE TABLE templates (
    guild    INTEGER NOT NULL,
    format   TEXT    NOT NULL,
    version  INTEGER NOT NULL,
    template TEXT,
    actor    TEXT    NOT NULL,
    saved_at TEXT    NOT NULL,
    PRIMARY KEY (guild, format, version)
) STRICT;

CREATE TRIGGER templates_keep BEFORE UPDATE ON templates
BEGIN
    SELECT RAISE(ABORT, 'templates are never changed, a new version is added');
END;

CREATE TRIGGER templates_stay BEFORE DELETE ON templates
BEGIN
    SELECT RAISE(ABORT, 'templates are never deleted');
END;
