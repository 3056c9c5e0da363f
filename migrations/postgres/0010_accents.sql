-- Words are found whatever their accents, as SQLite's index finds them.

-- A text without its accents: letters are taken apart, their marks left out, and the rest put together again.
CREATE FUNCTION unaccented(text text) RETURNS text LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $$
    SELECT normalize(regexp_replace(normalize(text, NFD), '[\u0300-\u036f]+', '', 'g'), NFC)
$$;

-- What is computed cannot be told to be computed in another way.
ALTER TABLE texts DROP COLUMN words;
ALTER TABLE texts ADD COLUMN words tsvector NOT NULL GENERATED ALWAYS AS
    (to_tsvector('simple', unaccented(regexp_replace(text, '[!-/:-@\[-`{-~]+', ' ', 'g')))) STORED;
CREATE INDEX texts_words ON texts USING gin (words);
