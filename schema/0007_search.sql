-- owner: search
-- An inverted index in plain tables: the same words, the same ranking on both back ends.
-- resource_id 0: the course itself. weight: how much the word says about the document, times 1000.
CREATE TABLE search_word (
	word TEXT NOT NULL,
	course_id ID NOT NULL,
	resource_id ID NOT NULL,
	weight INT NOT NULL,
	PRIMARY KEY (word, course_id, resource_id)
) BY KEY;
CREATE INDEX search_word_course ON search_word (course_id);
