-- Full text search in what people wrote.

-- What of an entry can be searched; nothing where it has no text.
CREATE FUNCTION searchable_text(kind text, body text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
DECLARE
    fact json;
BEGIN
    fact := body::json;
    RETURN CASE kind
        WHEN 'opened' THEN fact->>'title' || coalesce(chr(10) || (fact->>'summary'), '')
        WHEN 'renamed' THEN fact->>'to'
        WHEN 'severity_changed' THEN fact->>'reason'
        WHEN 'status_changed' THEN fact->>'message'
        WHEN 'updated' THEN fact->>'message'
        WHEN 'noted' THEN fact->>'text'
        WHEN 'action_added' THEN fact->>'text'
        WHEN 'section_written' THEN fact->>'text'
        WHEN 'message_posted' THEN fact->>'text'
        WHEN 'message_edited' THEN fact->>'text'
        WHEN 'corrected' THEN fact->>'text'
    END;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $$;

CREATE VIEW searchable AS
SELECT guild, number, seq, text FROM (
    SELECT guild, number, seq, CASE WHEN salt IS NOT NULL THEN searchable_text(kind, body) END AS text FROM entries
) AS e WHERE text IS NOT NULL AND text NOT IN ('', '[redacted]');

-- The texts of the log, by the order in which they were written down: a
-- projection. Words are what stands between punctuation, so that parts of addresses are found too.
CREATE TABLE texts (
    id     bigint           GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
    guild  bigint           NOT NULL,
    number bigint           NOT NULL,
    seq    bigint           NOT NULL,
    text   text COLLATE "C" NOT NULL,
    words  tsvector         NOT NULL GENERATED ALWAYS AS
        (to_tsvector('simple', regexp_replace(text, '[!-/:-@\[-`{-~]+', ' ', 'g'))) STORED,
    UNIQUE (guild, number, seq)
);

CREATE INDEX texts_words ON texts USING gin (words);

CREATE TRIGGER texts_keep BEFORE UPDATE ON texts
FOR EACH ROW EXECUTE FUNCTION refuse('texts are written and removed, never changed');

INSERT INTO texts (guild, number, seq, text) SELECT guild, number, seq, text FROM searchable ORDER BY guild, number, seq;

CREATE FUNCTION entries_searchable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    INSERT INTO texts (guild, number, seq, text)
    SELECT s.guild, s.number, s.seq, s.text FROM fresh AS f
    JOIN searchable AS s ON s.guild = f.guild AND s.number = f.number AND s.seq = f.seq
    ORDER BY f.recorded_at, f.guild, f.number, f.seq;
    RETURN NULL;
END $$;

CREATE TRIGGER entries_searchable AFTER INSERT ON entries
REFERENCING NEW TABLE AS fresh FOR EACH STATEMENT EXECUTE FUNCTION entries_searchable();

-- The only change of an entry is that it loses its text.
CREATE FUNCTION entries_not_searchable() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    DELETE FROM texts WHERE guild = OLD.guild AND number = OLD.number AND seq = OLD.seq;
    RETURN NULL;
END $$;

CREATE TRIGGER entries_not_searchable AFTER UPDATE ON entries
FOR EACH ROW EXECUTE FUNCTION entries_not_searchable();
