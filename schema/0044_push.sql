-- owner: push
-- Browsers on which somebody allows notices (RFC 8030). endpoint_hash: of its address at the push service, which stands for one person at a time;
-- sealed: that address, the key and the secret of the browser (feature/secret). session_id: in which it was allowed; the device goes when somebody
-- ends that session. fails: answers in a row that were none, since failing_since; resume_at: nothing is told before.
CREATE TABLE push_device (
	id ID PRIMARY KEY,
	person_id ID NOT NULL REFERENCES person (id),
	endpoint_hash TEXT NOT NULL UNIQUE,
	sealed TEXT NOT NULL,
	session_id ID NOT NULL,
	agent TEXT NOT NULL,
	made_at TIME NOT NULL,
	fails INT NOT NULL,
	failing_since TIME,
	resume_at TIME NOT NULL
);
CREATE INDEX push_device_person ON push_device (person_id, id);
-- A notice on its way to a device; the row goes when the push service has taken it, or when it is of no use any more.
CREATE TABLE push (
	device_id ID NOT NULL REFERENCES push_device (id),
	notice_id ID NOT NULL,
	payload JSON NOT NULL,
	urgent BOOL NOT NULL,
	due_at TIME NOT NULL,
	expires_at TIME NOT NULL,
	PRIMARY KEY (device_id, notice_id)
) BY KEY;
CREATE INDEX push_due ON push (due_at, device_id, notice_id);
-- Whether a kind of notices comes on somebody's devices; absent: as notice.def says.
CREATE TABLE push_choice (
	person_id ID NOT NULL REFERENCES person (id),
	kind TEXT NOT NULL,
	push TEXT NOT NULL CHECK (push IN ('now', 'no')),
	PRIMARY KEY (person_id, kind)
) BY KEY;
