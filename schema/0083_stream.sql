-- owner: stream
-- A live stream of an event. way: how the encoder sends, 'rtmp' or 'srt' (then port is the one that waits for it, else 0). The key is what the encoder must know: hashed, to
-- find it, and sealed, to show it again. token: the unguessable part of the addresses of its playlists. takes: how often an encoder began to send (each is a file of the
-- recording). node: which process has the stream in hand (NULL: none), seen_at: when it last said so. first_at and last_at: of the first part and of the newest one. bytes:
-- of all parts; bits: in a second, lately. trouble: a sentence for the organiser (empty: none). ended_at: when it was told to end; closed_at: when its playlist was. The
-- recording is 'none', 'making' (when closed), 'ready' or 'failed'.
CREATE TABLE stream (
	id ID PRIMARY KEY,
	event_id ID NOT NULL REFERENCES event (id),
	way TEXT NOT NULL CHECK (way IN ('rtmp', 'srt')),
	port INT NOT NULL,
	key_hash TEXT NOT NULL,
	key_sealed TEXT NOT NULL,
	token TEXT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('waiting', 'live', 'ended')),
	node INT,
	seen_at TIME,
	takes INT NOT NULL,
	first_at TIME,
	last_at TIME,
	bytes INT NOT NULL,
	bits INT NOT NULL,
	width INT NOT NULL,
	height INT NOT NULL,
	trouble TEXT NOT NULL,
	made_at TIME NOT NULL,
	ended_at TIME,
	closed_at TIME,
	recording TEXT NOT NULL CHECK (recording IN ('none', 'making', 'ready', 'failed')),
	recording_ms INT NOT NULL,
	recording_bytes INT NOT NULL,
	UNIQUE (key_hash),
	UNIQUE (token)
);
CREATE INDEX stream_event ON stream (event_id, id);
CREATE UNIQUE INDEX stream_of_event ON stream (event_id) WHERE ended_at IS NULL;
CREATE INDEX stream_open ON stream (closed_at, id);
