-- owner: idempotency
-- What was answered to a request with an Idempotency-Key, kept for a day in the same transaction as the change itself.
CREATE TABLE idempotency (
	person_id ID NOT NULL REFERENCES person (id),
	key_hash TEXT NOT NULL,
	request_hash TEXT NOT NULL,
	body TEXT NOT NULL,
	created_at TIME NOT NULL,
	PRIMARY KEY (person_id, key_hash)
) BY KEY;
CREATE INDEX idempotency_age ON idempotency (created_at);
