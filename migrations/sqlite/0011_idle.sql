-- Since when the channel or thread of an incident that is over is quiet, so that
-- it is found when it can be put away.

-- `channel` or `thread`; NULL where there is none of Scribe's own, or it is put away.
ALTER TABLE incidents ADD COLUMN idle_place TEXT;
ALTER TABLE incidents ADD COLUMN idle_since TEXT;

UPDATE incidents SET
    idle_place = (
        SELECT e.body->>'place' FROM entries AS e
        WHERE e.guild = incidents.guild AND e.number = incidents.number AND e.kind = 'place_opened'
            AND e.body->>'since' IS NULL),
    idle_since = (
        SELECT max(e.recorded_at) FROM entries AS e
        WHERE e.guild = incidents.guild AND e.number = incidents.number)
WHERE NOT open AND EXISTS (
    SELECT 1 FROM entries AS e
    WHERE e.guild = incidents.guild AND e.number = incidents.number AND e.kind = 'place_opened'
        AND e.body->>'since' IS NULL);

CREATE INDEX incidents_idle ON incidents (guild, idle_place, idle_since) WHERE idle_place IS NOT NULL;
