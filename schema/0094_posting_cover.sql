-- owner: person
-- Where somebody is or was posted is asked of a million people on one morning, and the index alone answers it.
DROP INDEX posting_person;
CREATE INDEX posting_person ON posting (person_id, from_day, until_day, org_id);
