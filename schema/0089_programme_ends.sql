-- owner: programme
-- Certificates of programmes that were replaced, kept byte for byte beside the one in force (batch_completion): issued again with a name that was changed, or of an account
-- that was joined with one that has its own. newer: the number of what replaced it, issued at newer_issued_at.
CREATE TABLE programme_certificate_old (
	serial TEXT PRIMARY KEY,
	programme_id ID NOT NULL REFERENCES programme (id),
	person_id ID NOT NULL REFERENCES person (id),
	name TEXT NOT NULL,
	title TEXT NOT NULL,
	completed_at TIME NOT NULL,
	issued_at TIME NOT NULL,
	document TEXT NOT NULL,
	signature TEXT NOT NULL,
	newer TEXT NOT NULL,
	newer_issued_at TIME NOT NULL,
	reason TEXT NOT NULL
) BY KEY;
CREATE INDEX programme_certificate_old_newer ON programme_certificate_old (newer);
CREATE INDEX programme_certificate_old_person ON programme_certificate_old (person_id, programme_id);
