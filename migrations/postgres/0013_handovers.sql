-- What is written with an offer of command or a takeover is found too.

CREATE OR REPLACE FUNCTION searchable_text(kind text, body text) RETURNS text LANGUAGE plpgsql IMMUTABLE STRICT AS $$
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
        WHEN 'handover_offered' THEN fact->>'note'
        WHEN 'role_given' THEN fact->'by'->>'note'
    END;
EXCEPTION WHEN data_exception THEN
    RETURN NULL;
END $$;
