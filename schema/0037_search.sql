-- owner: search
-- One row: a number that grows with every change of what the catalogue and the index hold, so that a server knows whether what it keeps of
-- them in memory is still so.
CREATE TABLE search_state (
	id INT PRIMARY KEY,
	generation INT NOT NULL
);
