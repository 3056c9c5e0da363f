-- The documents of published postmortems, frozen. The log has what proves them.
CREATE TABLE publications (
    guild       INTEGER NOT NULL,
    number      INTEGER NOT NULL,
    version     INTEGER NOT NULL CHECK (version > 0),
    format      TEXT    NOT NULL,
    -- The last entry that it rests on.
    through     INTEGER NOT NULL,
    -- None once a text that it rests on was removed for good.
    document    TEXT,
    sha256      TEXT    NOT NULL,
    -- The entry that removed it.
    redacted_by INTEGER,
    PRIMARY KEY (guild, number, version, format),
    CHECK ((document IS NULL) = (redacted_by IS NOT NULL))
) STRICT;

-- The one exception: the document of which a text was removed for good, once.
CREATE TRIGGER publications_keep BEFORE UPDATE ON publications
WHEN NEW.document IS NOT NULL
    OR OLD.document IS NULL
    OR NEW.guild IS NOT OLD.guild
    OR NEW.number IS NOT OLD.number
    OR NEW.version IS NOT OLD.version
    OR NEW.format IS NOT OLD.format
    OR NEW.through IS NOT OLD.through
    OR NEW.sha256 IS NOT OLD.sha256
    OR NOT EXISTS (
        SELECT 1 FROM redactions AS r
        WHERE r.guild = OLD.guild AND r.number = OLD.number AND r.redactor = NEW.redacted_by AND r.seq <= OLD.through)
BEGIN
    SELECT RAISE(ABORT, 'what is published is never changed');
END;

CREATE TRIGGER publications_stay BEFORE DELETE ON publications
BEGIN
    SELECT RAISE(ABORT, 'what is published is never deleted');
END;
