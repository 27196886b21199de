/* Questions: the one shape of them, whatever they were written in (GIFT, QTI, Moodle XML, CSV) and whatever asks them (a course's quiz, the item bank).
 *
 * Kinds, and what their fields hold:
 *   single      options, exactly one of weight 100; others may be worth a part of it, or less than nothing
 *   multiple    options; the weights above 0 add to 100. All or nothing (`partial` false): the right ones share 100 evenly, the wrong ones have 0
 *   truefalse   two options "true" and "false", in this order; one of them has 100
 *   numeric     `numbers`, at least one of weight 100
 *   short       options are the accepted texts, where "*" stands for anything and "\*" for an asterisk; at least one of 100
 *   matching    options are pairs: `text` the left side, `match` the right one; an empty text: `match` is one more wrong right side. At least two pairs
 *   ordering    at least two options, in their right order
 *   hotspot     a single choice of areas on the picture: `area` says where, `text` is what the area is called, so that it works without a pointer
 *   judgement   situational judgement: one choice, each option's weight 0 … 100 is what it earns, and the best has 100
 *   case        `text` is the case, `parts` are the questions about it; a part is no case
 *   long        a long answer that people mark by `rubric` (it may be empty: then by `marks` alone)
 *
 * Weights are per cent. In matching and ordering they say nothing and are 100. */
#ifndef TEXT_QUESTION_H
#define TEXT_QUESTION_H
#include "text/finding.h"

enum {
	QUESTIONS_MAX = 2000, /* of one source */
	QUESTION_OPTIONS_MAX = 50,
	QUESTION_NAME_MAX = 160, /* code points */
	QUESTION_PARTS_MAX = 20,
	QUESTION_LANGS_MAX = 24, /* translations of one question */
	QUESTION_RUBRIC_MAX = 12,
	QUESTION_AREA_POINTS_MAX = 40, /* corners of a polygon; at least 3 */
	QUESTION_WORDS_MAX = 10000,
	QUESTION_MARKS_MAX = 1000,
	QUESTION_SOURCE_MAX = 500,	   /* code points */
	QUESTION_ALT_MAX = 1000,	   /* code points */
	QUESTION_PICTURE_MAX = 200 * 1024, /* bytes */
	QUESTION_PICTURE_SIDE_MAX = 8192,  /* pixels */
};
enum question_kind { Q_SINGLE, Q_MULTIPLE, Q_TRUEFALSE, Q_NUMERIC, Q_SHORT, Q_MATCHING, Q_ORDERING, Q_HOTSPOT, Q_JUDGEMENT, Q_CASE, Q_LONG, QUESTION_KINDS_ };
enum question_format {
	FORMAT_MOODLE, /* nothing said: plain */
	FORMAT_PLAIN,  /* [plain], and what was [html] */
	FORMAT_MARKDOWN,
};
struct question_option {
	struct str text;
	enum question_format format;
	double weight;	     /* per cent, -100 to 100 */
	struct str feedback; /* plain */
	struct str match;
	/* Of a hotspot, in whole thousandths of the picture's width (x, r) and height (y): "circle x y r", "rect x1 y1 x2 y2" or
	 * "poly x y x y x y …". */
	struct str area;
	int line;
};
struct question_number {
	double value, tolerance, weight;
	struct str feedback;
	int line;
};
/* PNG or JPEG. */
struct question_picture {
	struct str name;  /* of the file, without folders */
	const char *type; /* "image/png", "image/jpeg"; NULL: there is no picture */
	struct str bytes;
	struct str alt;	       /* plain, never empty: what somebody is told who cannot see it */
	int64_t width, height; /* pixels */
};
struct question_criterion {
	struct str name;
	double points; /* what it is worth at most; above 0 */
	struct str about;
};
/* Absent texts are empty. */
struct question {
	enum question_kind kind;
	struct str name;     /* its code: which question it is, in every language */
	struct str category; /* the competency: "kcm:code@level" (tests_read of feature/competency), maybe as the last of a path "a/b/…" */
	struct str lang;     /* BCP 47: "en", "hi"; empty: not said, and for a part of a case: the case's */
	struct str text;     /* the blank of a missing word is "_____" */
	enum question_format format;
	struct str general_feedback;
	struct str bloom;  /* what is asked of the mind: remember, understand, apply, analyse, evaluate, create; empty: not said */
	struct str source; /* the rule or page that it rests on */
	struct question_picture picture;
	double marks; /* 0: not said. Of a case: the sum of its parts, when all say theirs; otherwise 0 */
	bool partial; /* multiple, matching, ordering: a part that is right earns a part; false: all or nothing (and of other kinds) */
	/* True/false: two options, the first is "true". Short answer: the accepted texts, where "*" stands for anything. */
	struct question_option *options;
	size_t n_options;
	struct question_number *numbers; /* Q_NUMERIC only */
	size_t n_numbers;
	struct question *parts; /* Q_CASE only */
	size_t n_parts;
	struct question_criterion *rubric; /* Q_LONG only; with rows, marks is the sum of their points */
	size_t n_rubric;
	int64_t words;	   /* Q_LONG: at most so many; 0: not said */
	struct str sample; /* Q_LONG: an answer that would earn all marks */
	/* The same question in other languages: same name and kind, as many options, numbers, parts and rows in the same order and worth the same.
	 * A translation has none itself. */
	struct question *translations;
	size_t n_translations;
	int line;
};
struct questions {
	struct question *v;
	size_t n;
};

/* Slug for code and JSON: "single", "multiple", "truefalse", "numeric", "short", "matching", "ordering", "hotspot", "judgement", "case", "long". */
const char *question_kind_name(enum question_kind kind);
bool question_kind_of(struct str name, enum question_kind *ret);
/* What a course's quiz asks and marks: the first six kinds. */
static inline bool question_is_for_quiz(enum question_kind kind)
{
	return kind <= Q_MATCHING;
}
bool question_bloom_good(struct str word);
/* Whether x lies within the tolerance; the last digit of binary arithmetic does not decide. */
bool question_number_fits(const struct question_number *q, double x);
/* A weight on the grid of 0.000000001 per cent: what every format here can carry there and back. */
double question_weight(double percent);

struct question_area {
	enum { AREA_CIRCLE, AREA_RECT, AREA_POLY } shape;
	int64_t v[2 * QUESTION_AREA_POINTS_MAX]; /* as in struct question_option, each 0 to 1000 */
	size_t n;
};
/* False: no area, or one of no extent. */
bool question_area_read(struct str text, struct question_area *ret);

/* Looks at the first bytes: PNG (W3C PNG, 5.2 and 11.2.2) or JPEG (ITU T.81, B.1.1.3 and B.2.2), at most QUESTION_PICTURE_MAX bytes and
 * QUESTION_PICTURE_SIDE_MAX on each side. Fills type, bytes, width and height. Returns NULL, or what is wrong (N_). */
const char *question_picture_read(struct str bytes, struct question_picture *ret);

/* Notes all in which a question, its parts and its translations are not as this header says, at their lines. True: nothing.
 * Every reader but that of GIFT, which is stricter about some of it, asks this of each question it has read. */
bool question_check(struct findings *f, struct str file, const struct question *q);
/* Makes the questions of one name in further languages translations of the first of them. What does not fit together is noted and left out. */
void questions_join(struct findings *f, struct str file, struct questions *q);
#endif
