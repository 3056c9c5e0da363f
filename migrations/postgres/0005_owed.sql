-- What is owed after an incident, so that reminders and lists of action items
-- look at those incidents alone, however many there were.

-- How many action items are still to be done.
ALTER TABLE incidents ADD COLUMN open_actions bigint NOT NULL DEFAULT 0;

-- The end of an incident whose postmortem is owed, or the last day on which an
-- action item of it is due, whichever is later.
ALTER TABLE incidents ADD COLUMN owed_at timestamptz;

CREATE INDEX incidents_open ON incidents (guild, number) WHERE open;
CREATE INDEX incidents_owed ON incidents (owed_at) WHERE owed_at IS NOT NULL;
CREATE INDEX incidents_actions ON incidents (guild, number) WHERE open_actions > 0;

UPDATE incidents SET
    open_actions = (SELECT count(*) FROM json_array_elements(state::json->'actions') AS a WHERE a->>'done_at' IS NULL),
    owed_at = (
        SELECT max(owed.at) FROM (
            SELECT (a->>'due')::timestamptz AS at
            FROM json_array_elements(state::json->'actions') AS a WHERE a->>'done_at' IS NULL
            UNION ALL
            SELECT max((c->>'at')::timestamptz)
            FROM json_array_elements(state::json->'status'->'changes') AS c
            WHERE c->>'value' = 'resolved' AND incidents.status = 'resolved' AND NOT (state::json->>'drill')::boolean
                AND NOT EXISTS (SELECT 1 FROM json_array_elements(state::json->'links') AS l WHERE l->>0 = 'duplicate_of')
        ) AS owed);

-- A state tells now what the public was told and when action items were given:
-- one that may lack it is made from its log when it is next read.
UPDATE incidents SET state = '{"make":"anew"}'
WHERE open OR json_array_length(state::json->'actions') > 0 OR EXISTS (
    SELECT 1 FROM entries AS e
    WHERE e.guild = incidents.guild AND e.number = incidents.number AND e.kind IN ('updated', 'status_changed')
        AND e.body::json->>'message' IS NOT NULL);
