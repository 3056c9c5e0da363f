-- Which postmortem may be overdue, so that a review finds those that are long
-- overdue too and reads no others.

-- What may ask for it: `promised` where the public was promised one, else the
-- severity; NULL where it is published or none is asked for.
ALTER TABLE incidents ADD COLUMN postmortem_asked TEXT;

-- Where a state is still to be made anew, the words that the public was told stand for it.
UPDATE incidents SET postmortem_asked = CASE
    WHEN coalesce(json_array_length(state, '$.told.postmortem') > 0, EXISTS (
        SELECT 1 FROM entries AS e
        WHERE e.guild = incidents.guild AND e.number = incidents.number AND e.kind IN ('updated', 'status_changed')
            AND e.body->>'message' LIKE '%post%mortem%'))
    THEN 'promised' ELSE severity END
WHERE status = 'resolved' AND NOT private AND EXISTS (
    SELECT 1 FROM entries AS e
    WHERE e.guild = incidents.guild AND e.number = incidents.number AND e.seq = 1
        AND NOT coalesce(e.body->>'drill', 0) AND e.body->>'source' IS NULL)
AND NOT EXISTS (
    SELECT 1 FROM entries AS e
    WHERE e.guild = incidents.guild AND e.number = incidents.number AND e.kind = 'linked' AND e.body->>'relation' = 'duplicate_of');

CREATE INDEX incidents_asked ON incidents (guild, postmortem_asked, active_until) WHERE postmortem_asked IS NOT NULL;
