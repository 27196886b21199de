/* Markdown of courses to safe HTML: CommonMark with tables, ~~strikethrough~~ and bare web addresses.
 *
 * Safe means: raw HTML is dropped (and a finding); links go to http, https, mailto or a relative address only;
 * images are files of the course, resolved by the caller, and need an alternative text.
 * Headings are shifted so that the highest of the text is h2. Each has an id: "s-" and its words in small letters
 * (the prefix keeps clear of the ids of the page around); links to "#words" are written "#s-words".
 *
 * Each block on the top level stands on the lesson's time line: data-at and data-len, whole milliseconds; the
 * blocks follow one another without a gap. A word takes MARKDOWN_WORD_MS in any script.
 *
 * libcmark-gfm does the parsing, with its table extension only: its other extensions change global tables while they
 * parse (so threads would disturb each other), and its autolink extension reads out of bounds in Debian 12's version.
 * What makes that parser slow (deep nesting, very wide tables, long references) is refused before it is called. */
#ifndef TEXT_MARKDOWN_H
#define TEXT_MARKDOWN_H
#include "text/finding.h"

enum {
	MARKDOWN_WORD_MS = 150, /* 400 words a minute */
	MARKDOWN_HEADINGS_MAX = 1000,
};
enum markdown_kind { MD_PARAGRAPH, MD_HEADING, MD_LIST, MD_QUOTE, MD_CODE, MD_TABLE, MD_RULE };
struct markdown_block {
	enum markdown_kind kind;
	int line;
	struct str text; /* plain */
	size_t words;
	int64_t seconds; /* of reading, rounded up */
	int64_t at_ms, len_ms;
};
struct markdown_heading {
	int level; /* as written out: 2 to 6 */
	struct str id, text;
	int line;
};
struct markdown {
	struct str html;
	struct str text; /* plain text of the whole, for search */
	struct markdown_block *blocks;
	size_t n_blocks;
	struct markdown_heading *headings;
	size_t n_headings;
	size_t words;
	int64_t total_ms; /* the time line's length */
};
struct markdown_options {
	struct str file;
	int first_line; /* of the source in its file; 0 counts as 1 */
	/* Address of an image file; false: there is no such file. NULL: no images here. */
	bool (*resolve)(void *data, struct str name, struct str *ret_url);
	void *data;
	struct str table_label; /* for a scrolling table without a heading above it; empty: "Table" */
};

/* Once in the process, before its threads start; again does no harm. */
void markdown_start(void);
/* True: no finding was added. What is safe is rendered in any case; a refused text renders as nothing. */
bool markdown_render(struct findings *f, struct str source, const struct markdown_options *o, struct markdown *ret);
#endif
