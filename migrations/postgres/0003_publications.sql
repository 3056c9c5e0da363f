-- The documents of published postmortems, frozen. The log has what proves them.
CREATE TABLE publications (
    guild       bigint           NOT NULL,
    number      bigint           NOT NULL,
    version     bigint           NOT NULL CHECK (version > 0),
    format      text COLLATE "C" NOT NULL,
    -- The last entry that it rests on.
    through     bigint           NOT NULL,
    -- None once a text that it rests on was removed for good.
    document    text COLLATE "C",
    sha256      text COLLATE "C" NOT NULL,
    -- The entry that removed it.
    redacted_by bigint,
    PRIMARY KEY (guild, number, version, format),
    CHECK ((document IS NULL) = (redacted_by IS NOT NULL))
);

-- The one exception: the document of which a text was removed for good, once.
CREATE FUNCTION publications_keep() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.document IS NOT NULL
        OR OLD.document IS NULL
        OR (NEW.guild, NEW.number, NEW.version, NEW.format, NEW.through, NEW.sha256)
            IS DISTINCT FROM
            (OLD.guild, OLD.number, OLD.version, OLD.format, OLD.through, OLD.sha256)
        OR NOT EXISTS (
            SELECT 1 FROM redactions AS r
            WHERE r.guild = OLD.guild AND r.number = OLD.number AND r.redactor = NEW.redacted_by AND r.seq <= OLD.through)
    THEN
        RAISE EXCEPTION 'what is published is never changed';
    END IF;
    RETURN NEW;
END $$;

CREATE TRIGGER publications_keep BEFORE UPDATE ON publications
FOR EACH ROW EXECUTE FUNCTION publications_keep();
CREATE TRIGGER publications_stay BEFORE DELETE ON publications
FOR EACH ROW EXECUTE FUNCTION refuse('what is published is never deleted');
CREATE TRIGGER publications_stay_whole BEFORE TRUNCATE ON publications
FOR EACH STATEMENT EXECUTE FUNCTION refuse('what is published is never deleted');
