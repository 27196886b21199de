/* What is wrong in a text that somebody brought in: file, line, a sentence for a person.
 *
 * The parsers of this floor (front matter, GIFT, Markdown, WebVTT) never fail otherwise: they take what
 * they can read and note each mistake here, so that an author sees all of them at once.
 * Nothing is imported while the list is not empty; there are no warnings.
 * After FINDINGS_MAX one last "there is more" is noted and the rest is dropped. */
#ifndef TEXT_FINDING_H
#define TEXT_FINDING_H
#include "base/ctx.h"

enum {
	FINDINGS_MAX = 500,
	TEXT_MAX = 1 << 20, /* bytes of any one source file that the parsers of this floor read */
};
struct finding {
	struct str file;
	int line;         /* from 1; 0: the file as a whole */
	const char *text; /* N_() English with {name} places */
	struct msg_arg args[MSG_ARGS_MAX];
	size_t n_args;
};
struct findings {
	struct arena *arena;
	struct finding *v;
	size_t n;
};

/* The values are copied and cut to 80 code points. */
void finding_add(struct findings *f, struct str file, int line, const char *text, size_t n, const struct msg_arg *args);
/* With one value for the place {what}. */
void finding_add_what(struct findings *f, struct str file, int line, const char *text, struct str what);
/* Notes a text that is too large, is no UTF-8 or holds NUL (with the line of the first such byte). True: fit to be parsed. */
bool finding_check_source(struct findings *f, struct str file, struct str source);
/* The English sentence with its values filled in, for the command line and tests. */
struct str finding_text(struct arena *a, const struct finding *x);
#endif
