-- owner: live
-- Talk at a place: an event, a session of a batch, a charcha (kind and thing_id; who may, its owner says: see live.h). Set by a moderator; without a row: questions, no chat.
-- named: who asks is shown to all, not to moderators alone. slow: seconds between two chat messages of one person.
CREATE TABLE live_place (
	kind TEXT NOT NULL,
	thing_id ID NOT NULL,
	questions BOOL NOT NULL,
	named BOOL NOT NULL,
	chat TEXT NOT NULL CHECK (chat IN ('off', 'approved', 'open')),
	slow INT NOT NULL CHECK (slow BETWEEN 0 AND 600),
	PRIMARY KEY (kind, thing_id)
) BY KEY;
-- Its votes are the rows of live_vote. A merged one gave them to merged_id.
CREATE TABLE live_question (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL,
	thing_id ID NOT NULL,
	person_id ID NOT NULL REFERENCES person (id),
	words TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('open', 'answered', 'hidden', 'merged')),
	pinned BOOL NOT NULL,
	merged_id ID REFERENCES live_question (id),
	at TIME NOT NULL
);
CREATE INDEX live_question_of ON live_question (kind, thing_id, id);
CREATE INDEX live_question_person ON live_question (person_id);
-- One row a person and question; taken back, it stays, not cast. touched: a new id with each change, by which processes that count find what changed.
CREATE TABLE live_vote (
	question_id ID NOT NULL REFERENCES live_question (id),
	person_id ID NOT NULL REFERENCES person (id),
	cast_now BOOL NOT NULL,
	touched ID NOT NULL,
	PRIMARY KEY (question_id, person_id)
) BY KEY;
CREATE INDEX live_vote_person ON live_vote (person_id);
CREATE INDEX live_vote_touched ON live_vote (touched);
-- many: several options may be chosen. shown: all see how it stands. voters: when it was closed.
CREATE TABLE live_poll (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL,
	thing_id ID NOT NULL,
	words TEXT NOT NULL,
	many BOOL NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('draft', 'open', 'closed')),
	shown BOOL NOT NULL,
	voters INT NOT NULL,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	opened_at TIME,
	closed_at TIME
);
CREATE INDEX live_poll_of ON live_poll (kind, thing_id, id);
-- votes: when the poll was closed; until then they are counted from live_ballot.
CREATE TABLE live_option (
	poll_id ID NOT NULL REFERENCES live_poll (id),
	n INT NOT NULL CHECK (n BETWEEN 0 AND 9),
	words TEXT NOT NULL,
	votes INT NOT NULL,
	PRIMARY KEY (poll_id, n)
) BY KEY;
-- chosen: the options as a sum of powers of two. touched: as above.
CREATE TABLE live_ballot (
	poll_id ID NOT NULL REFERENCES live_poll (id),
	person_id ID NOT NULL REFERENCES person (id),
	chosen INT NOT NULL CHECK (chosen BETWEEN 1 AND 1023),
	touched ID NOT NULL,
	PRIMARY KEY (poll_id, person_id)
) BY KEY;
CREATE INDEX live_ballot_person ON live_ballot (person_id);
CREATE INDEX live_ballot_touched ON live_ballot (touched);
CREATE TABLE live_chat (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL,
	thing_id ID NOT NULL,
	person_id ID NOT NULL REFERENCES person (id),
	words TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'shown', 'hidden')),
	reports INT NOT NULL,
	at TIME NOT NULL
);
CREATE INDEX live_chat_of ON live_chat (kind, thing_id, id);
CREATE INDEX live_chat_person ON live_chat (person_id, id);
CREATE INDEX live_chat_time ON live_chat (at);
CREATE TABLE live_report (
	chat_id ID NOT NULL REFERENCES live_chat (id),
	person_id ID NOT NULL REFERENCES person (id),
	at TIME NOT NULL,
	PRIMARY KEY (chat_id, person_id)
) BY KEY;
CREATE INDEX live_report_person ON live_report (person_id);
-- Who says nothing there until then.
CREATE TABLE live_mute (
	kind TEXT NOT NULL,
	thing_id ID NOT NULL,
	person_id ID NOT NULL REFERENCES person (id),
	until_at TIME NOT NULL,
	by_id ID REFERENCES person (id),
	PRIMARY KEY (kind, thing_id, person_id)
) BY KEY;
CREATE INDEX live_mute_person ON live_mute (person_id);
-- What listeners hear, kept for an hour. kind 'person': the lines of that person are judged again.
CREATE TABLE live_message (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL,
	thing_id ID NOT NULL,
	what TEXT NOT NULL,
	moderators BOOL NOT NULL,
	data JSON NOT NULL
);
CREATE INDEX live_message_of ON live_message (kind, thing_id, id);
-- How many listen, by process. touched: a new id each time it is said; what is old was said by a process that is gone.
CREATE TABLE live_listening (
	process_id ID NOT NULL,
	kind TEXT NOT NULL,
	thing_id ID NOT NULL,
	n INT NOT NULL,
	touched ID NOT NULL,
	PRIMARY KEY (process_id, kind, thing_id)
) BY KEY;
CREATE INDEX live_listening_of ON live_listening (kind, thing_id);
