-- owner: search
-- The vocabulary of the index: every word once, as it stands in search_word. sound: what it sounds like in any script (word.h); absent: nothing
-- to liken it by. Made from search_word; a word that no course holds any more does no harm.
CREATE TABLE search_term (
	word TEXT NOT NULL,
	sound TEXT,
	PRIMARY KEY (word)
) BY KEY;
CREATE INDEX search_term_sound ON search_term (sound, word);
-- A word with one letter left out leads to it.
CREATE TABLE search_typo (
	form TEXT NOT NULL,
	word TEXT NOT NULL,
	PRIMARY KEY (form, word)
) BY KEY;
