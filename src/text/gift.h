/* Questions as text: Moodle's GIFT format, read and written.
 *
 * A question ends at a blank line (as in Moodle), or at a line that starts with "::" when its braces are closed.
 * Beyond Moodle only one escape: "-\>" is "->" (so that any text can be written).
 * HTML is made plain while reading. Descriptions (no braces) and essays ({}) are findings: a quiz cannot mark them.
 * Weights are per cent: a single choice has exactly one option of 100; those of a multiple choice that are
 * above 0 add to 100; a short answer and a number need one answer of 100.
 * gift_parse(gift_write(q)) gives q again, but for the lines. */
#ifndef TEXT_GIFT_H
#define TEXT_GIFT_H
#include "text/finding.h"

enum {
	GIFT_QUESTIONS_MAX = 2000,
	GIFT_OPTIONS_MAX = 50,
	GIFT_NAME_MAX = 160, /* code points */
};
enum question_kind { Q_SINGLE, Q_MULTIPLE, Q_TRUEFALSE, Q_NUMERIC, Q_SHORT, Q_MATCHING };
enum question_format {
	FORMAT_MOODLE, /* nothing said: plain */
	FORMAT_PLAIN,  /* [plain], and what was [html] */
	FORMAT_MARKDOWN,
};
struct question_option {
	struct str text; /* matching: the left side; empty: `match` is one more wrong right side */
	enum question_format format;
	double weight; /* per cent, -100 to 100 */
	struct str feedback; /* plain */
	struct str match;
	int line;
};
struct question_number {
	double value, tolerance, weight;
	struct str feedback;
	int line;
};
/* Absent texts are empty. */
struct question {
	enum question_kind kind;
	struct str name, category;
	struct str text; /* the blank of a missing word is "_____" */
	enum question_format format;
	struct str general_feedback;
	/* True/false: two options, the first is "true". Short answer: the accepted texts, where "*" stands for anything. */
	struct question_option *options;
	size_t n_options;
	struct question_number *numbers; /* Q_NUMERIC only */
	size_t n_numbers;
	int line;
};
struct questions {
	struct question *v;
	size_t n;
};

/* need_names: a question without ::name:: is a finding. True: no finding was added. A faulty question is left out. */
bool gift_parse(struct findings *f, struct str file, struct str source, bool need_names, struct questions *ret);
struct str gift_write(struct arena *a, const struct question *v, size_t n);
/* Whether x lies within the tolerance; the last digit of binary arithmetic does not decide. */
bool gift_number_fits(const struct question_number *q, double x);
/* Slug for code and JSON: "single", "multiple", "truefalse", "numeric", "short", "matching". */
const char *question_kind_name(enum question_kind kind);
#endif
