-- Full text search in what people wrote.

-- What of an entry can be searched; nothing where it has no text or has lost it.
CREATE VIEW searchable AS
SELECT guild, number, seq, text FROM (
    SELECT guild, number, seq, CASE WHEN salt IS NOT NULL AND json_valid(body) THEN
        CASE kind
            WHEN 'opened' THEN body->>'title' || coalesce(char(10) || (body->>'summary'), '')
            WHEN 'renamed' THEN body->>'to'
            WHEN 'severity_changed' THEN body->>'reason'
            WHEN 'status_changed' THEN body->>'message'
            WHEN 'updated' THEN body->>'message'
            WHEN 'noted' THEN body->>'text'
            WHEN 'action_added' THEN body->>'text'
            WHEN 'section_written' THEN body->>'text'
            WHEN 'message_posted' THEN body->>'text'
            WHEN 'message_edited' THEN body->>'text'
            WHEN 'corrected' THEN body->>'text'
        END
    END AS text FROM entries
) WHERE text IS NOT NULL AND text NOT IN ('', '[redacted]');

-- The texts of the log, by the order in which they were written down: a
-- projection. The numbers stay whatever is done to the file.
CREATE TABLE texts (
    id     INTEGER PRIMARY KEY,
    guild  INTEGER NOT NULL,
    number INTEGER NOT NULL,
    seq    INTEGER NOT NULL,
    text   TEXT    NOT NULL,
    UNIQUE (guild, number, seq)
) STRICT;

CREATE VIRTUAL TABLE texts_index USING fts5(
    text, content = 'texts', content_rowid = 'id', tokenize = 'unicode61 remove_diacritics 2'
);

-- What is taken out leaves the index at once, not at the next merge of its parts.
INSERT INTO texts_index (texts_index, rank) VALUES ('secure-delete', 1);

CREATE TRIGGER texts_enter AFTER INSERT ON texts
BEGIN
    INSERT INTO texts_index (rowid, text) VALUES (NEW.id, NEW.text);
END;

CREATE TRIGGER texts_leave AFTER DELETE ON texts
BEGIN
    INSERT INTO texts_index (texts_index, rowid, text) VALUES ('delete', OLD.id, OLD.text);
END;

CREATE TRIGGER texts_keep BEFORE UPDATE ON texts
BEGIN
    SELECT RAISE(ABORT, 'texts are written and removed, never changed');
END;

INSERT INTO texts (guild, number, seq, text) SELECT guild, number, seq, text FROM searchable ORDER BY guild, number, seq;

CREATE TRIGGER entries_searchable AFTER INSERT ON entries
BEGIN
    INSERT INTO texts (guild, number, seq, text)
    SELECT guild, number, seq, text FROM searchable WHERE guild = NEW.guild AND number = NEW.number AND seq = NEW.seq;
END;

-- The only change of an entry is that it loses its text.
CREATE TRIGGER entries_not_searchable AFTER UPDATE OF body ON entries
BEGIN
    DELETE FROM texts WHERE guild = OLD.guild AND number = OLD.number AND seq = OLD.seq;
END;
