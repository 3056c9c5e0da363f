-- What is owed after an incident, so that reminders and lists of action items
-- look at those incidents alone, however many there were.

-- How many action items are still to be done.
ALTER TABLE incidents ADD COLUMN open_actions INTEGER NOT NULL DEFAULT 0;

-- The end of an incident whose postmortem is owed, or the last day on which an
-- action item of it is due, whichever is later.
ALTER TABLE incidents ADD COLUMN owed_at TEXT;

CREATE INDEX incidents_open ON incidents (guild, number) WHERE open;
CREATE INDEX incidents_owed ON incidents (owed_at) WHERE owed_at IS NOT NULL;
CREATE INDEX incidents_actions ON incidents (guild, number) WHERE open_actions > 0;

-- Times in a state end in Z, those of columns in +00:00.
UPDATE incidents SET
    open_actions = (SELECT count(*) FROM json_each(state, '$.actions') AS a WHERE a.value->>'done_at' IS NULL),
    owed_at = (
        SELECT max(at) FROM (
            SELECT replace(a.value->>'due', 'Z', '+00:00') AS at
            FROM json_each(state, '$.actions') AS a WHERE a.value->>'done_at' IS NULL
            UNION ALL
            SELECT replace(max(c.value->>'at'), 'Z', '+00:00')
            FROM json_each(state, '$.status.changes') AS c
            WHERE c.value->>'value' = 'resolved' AND incidents.status = 'resolved' AND NOT (state->>'drill')
                AND NOT EXISTS (SELECT 1 FROM json_each(state, '$.links') AS l WHERE l.value->>0 = 'duplicate_of')));

-- A state tells now what the public was told and when action items were given:
-- one that may lack it is made from its log when it is next read.
UPDATE incidents SET state = '{"make":"anew"}'
WHERE open OR json_array_length(state, '$.actions') > 0 OR EXISTS (
    SELECT 1 FROM entries AS e
    WHERE e.guild = incidents.guild AND e.number = incidents.number AND e.kind IN ('updated', 'status_changed')
        AND e.body->>'message' IS NOT NULL);
