-- owner: course
-- ms: length on the time line; bytes: what a learner's line carries. body: HTML made from the author's Markdown.
CREATE TABLE course (
	id ID PRIMARY KEY,
	code TEXT NOT NULL UNIQUE,
	title TEXT NOT NULL,
	summary TEXT NOT NULL,
	body TEXT NOT NULL,
	lang TEXT NOT NULL,
	provider TEXT NOT NULL,
	provider_id ID REFERENCES org (id),
	translation_of_id ID REFERENCES course (id),
	licence TEXT NOT NULL,
	sources TEXT NOT NULL,
	ms INT NOT NULL,
	bytes INT NOT NULL,
	n_resources INT NOT NULL,
	revision INT NOT NULL,
	state TEXT NOT NULL CHECK (state IN ('live', 'retired')),
	published_at TIME NOT NULL,
	updated_at TIME NOT NULL
);
CREATE INDEX course_list ON course (state, title, id);
CREATE TABLE course_topic (
	course_id ID NOT NULL REFERENCES course (id),
	topic TEXT NOT NULL,
	PRIMARY KEY (course_id, topic)
) BY KEY;
CREATE TABLE module (
	id ID PRIMARY KEY,
	course_id ID NOT NULL REFERENCES course (id),
	n INT NOT NULL,
	code TEXT NOT NULL,
	title TEXT NOT NULL,
	summary TEXT NOT NULL,
	ended_at TIME,
	UNIQUE (course_id, code)
);
-- A later import finds a resource again by its code (module/file), so that progress stays. credits_id: for a quiz, the resource
-- that passing it credits too. media and captions: names of stored files (see media). toc, cues: JSON arrays.
CREATE TABLE resource (
	id ID PRIMARY KEY,
	course_id ID NOT NULL REFERENCES course (id),
	module_id ID NOT NULL REFERENCES module (id),
	n INT NOT NULL,
	code TEXT NOT NULL,
	kind TEXT NOT NULL CHECK (kind IN ('lesson', 'video', 'audio', 'pdf', 'quiz')),
	title TEXT NOT NULL,
	ms INT NOT NULL,
	pages INT NOT NULL,
	bytes INT NOT NULL,
	body TEXT NOT NULL,
	plain TEXT NOT NULL,
	toc JSON NOT NULL,
	media TEXT,
	captions TEXT,
	cues JSON NOT NULL,
	credits_id ID REFERENCES resource (id),
	ended_at TIME,
	UNIQUE (course_id, code)
);
CREATE INDEX resource_order ON resource (course_id, n);
-- Files are stored once by the hash of their content, under DATA/media.
CREATE TABLE media (
	name TEXT NOT NULL,
	type TEXT NOT NULL,
	bytes INT NOT NULL,
	created_at TIME NOT NULL,
	PRIMARY KEY (name)
) BY KEY;
