-- owner: mail
-- Letters by e-mail and short messages, kept in the transaction of the fact that causes them until the mail server has taken them.
-- fact names what the letter is about: there is one letter for a fact, ever. body is sealed with the key of the installation, since it may
-- hold a one-time link or code, and is emptied when the letter has left. expires_at: of no use after this time.
-- words: what the server said when it refused, or why the letter waits.
CREATE TABLE mail (
	id ID PRIMARY KEY,
	fact TEXT NOT NULL UNIQUE,
	channel TEXT NOT NULL CHECK (channel IN ('mail', 'sms')),
	person_id ID REFERENCES person (id),
	recipient TEXT NOT NULL,
	recipient_name TEXT NOT NULL,
	lang TEXT NOT NULL CHECK (lang IN ('en', 'hi')),
	priority INT NOT NULL,
	subject TEXT NOT NULL,
	body TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'sent', 'refused', 'late')),
	tries INT NOT NULL,
	next_at TIME NOT NULL,
	expires_at TIME,
	created_at TIME NOT NULL,
	ended_at TIME,
	words TEXT
);
CREATE INDEX mail_waiting ON mail (channel, priority, next_at, id) WHERE state = 'waiting';
CREATE INDEX mail_age ON mail (created_at);
CREATE INDEX mail_person ON mail (person_id, id);
