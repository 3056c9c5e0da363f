-- What a review of some days looks at, so that it reads those days and not all.

-- Whether every review looks at it, whenever it began: something of it goes on
-- or is to be done, or it went on for more than five weeks.
ALTER TABLE incidents ADD COLUMN lasting INTEGER NOT NULL DEFAULT 0;

UPDATE incidents SET lasting = active_until IS NULL
    OR active_until > strftime('%Y-%m-%dT%H:%M:%S', active_from, '+35 days') || '+00:00'
    OR open_actions > 0;

CREATE INDEX incidents_active ON incidents (guild, active_from);
CREATE INDEX incidents_lasting ON incidents (guild, active_from) WHERE lasting;

-- What the public was told, however much was said besides.
CREATE INDEX entries_told ON entries (guild, number, seq)
WHERE kind IN ('status_changed', 'updated', 'corrected', 'redacted');
