-- What is written with an offer of command or a takeover is found too.

DROP VIEW searchable;

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
            WHEN 'handover_offered' THEN body->>'note'
            WHEN 'role_given' THEN body->'by'->>'note'
        END
    END AS text FROM entries
) WHERE text IS NOT NULL AND text NOT IN ('', '[redacted]');
