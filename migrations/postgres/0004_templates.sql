-- The guilds' own templates, every version with who and when. The last of a
-- format holds; none is the one that comes with Scribe.
CREATE TABLE templates (
    guild    bigint           NOT NULL,
    format   text COLLATE "C" NOT NULL,
    version  bigint           NOT NULL,
    template text COLLATE "C",
    actor    text COLLATE "C" NOT NULL,
    saved_at timestamptz      NOT NULL,
    PRIMARY KEY (guild, format, version)
);

CREATE TRIGGER templates_keep BEFORE UPDATE ON templates
FOR EACH ROW EXECUTE FUNCTION refuse('templates are never changed, a new version is added');
CREATE TRIGGER templates_stay BEFORE DELETE ON templates
FOR EACH ROW EXECUTE FUNCTION refuse('templates are never deleted');
CREATE TRIGGER templates_stay_whole BEFORE TRUNCATE ON templates
FOR EACH STATEMENT EXECUTE FUNCTION refuse('templates are never deleted');
