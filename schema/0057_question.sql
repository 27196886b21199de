-- owner: quiz
-- Which competency a question tests, and at which level, as its author writes it in the category.
CREATE TABLE question_competency (
	question_id ID PRIMARY KEY REFERENCES question (id),
	framework TEXT NOT NULL,
	code TEXT NOT NULL,
	level INT NOT NULL
);
CREATE INDEX question_competency_of ON question_competency (framework, code);
