-- owner: webhook
-- Addresses outside that are told of what happens to the people of an organisation and below it. secret, old_secret: sealed (feature/secret); the
-- old one signs, too, until old_until. fails: rounds in a row in which nothing was taken, since failing_since; resume_at: not before it the next.
CREATE TABLE webhook (
	id ID PRIMARY KEY,
	org_id ID NOT NULL REFERENCES org (id),
	address TEXT NOT NULL,
	secret TEXT NOT NULL,
	old_secret TEXT,
	old_until TIME,
	made_by ID REFERENCES person (id),
	made_at TIME NOT NULL,
	ended_at TIME,
	paused_at TIME,
	paused_why TEXT CHECK (paused_why IN ('asked', 'failing', 'gone')),
	fails INT NOT NULL,
	failing_since TIME,
	resume_at TIME NOT NULL,
	turn_at TIME NOT NULL
);
CREATE INDEX webhook_org ON webhook (org_id, id) WHERE ended_at IS NULL;
-- What it is told of; the rows go when it ends.
CREATE TABLE webhook_kind (
	kind TEXT NOT NULL,
	webhook_id ID NOT NULL REFERENCES webhook (id),
	PRIMARY KEY (kind, webhook_id)
) BY KEY;
-- A fact that somebody outside is told of, as it was at that moment.
CREATE TABLE webhook_event (
	id ID PRIMARY KEY,
	kind TEXT NOT NULL,
	body JSON NOT NULL,
	made_at TIME NOT NULL
);
CREATE INDEX webhook_event_age ON webhook_event (made_at, id);
-- One telling. status: of the last answer over HTTP; absent: there was none, and words say why.
CREATE TABLE webhook_delivery (
	webhook_id ID NOT NULL REFERENCES webhook (id),
	event_id ID NOT NULL REFERENCES webhook_event (id),
	state TEXT NOT NULL CHECK (state IN ('waiting', 'taken', 'failed')),
	tries INT NOT NULL,
	due_at TIME NOT NULL,
	tried_at TIME,
	took INT,
	status INT,
	words TEXT,
	PRIMARY KEY (webhook_id, event_id)
) BY KEY;
CREATE INDEX webhook_delivery_due ON webhook_delivery (webhook_id, due_at, event_id) WHERE state = 'waiting';
CREATE INDEX webhook_delivery_event ON webhook_delivery (event_id);
