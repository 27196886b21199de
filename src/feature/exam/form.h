/* What a form holds, for taking it and for marking it.
 *
 * A form is never changed, so the process keeps each in memory by form and language once it was read: opening ten thousand papers reads each form
 * once. Up to FORM_KEEP_MAX bytes are kept; then those that were asked for longest ago are let go.
 *
 * It holds keys: what goes out to a taker is made of `asked` alone. */
#ifndef FEATURE_EXAM_FORM_H
#define FEATURE_EXAM_FORM_H
#include "base/ctx.h"
#include "feature/quiz/quiz_store.h"

enum { FORM_KEEP_MAX = 192 << 20 };

/* Of a text: the language it is in, which is another than the one asked for where it has not been put into that. */
struct form_case {
	int64_t n, item_id, version; /* n: of its row in the form */
	struct str lang, text;	     /* Markdown */
	struct str alt;		     /* what its picture shows */
	bool pictured;
};
struct form_item {
	int64_t n; /* place in the form: that of exam_answer.n; cases take places too, so numbers are left out */
	int64_t item_id, version;
	int64_t part;							  /* of the blueprint; 0: none */
	int64_t competency_id;						  /* of the part; NONE */
	int64_t level;							  /* of the part; 0: any, or no part */
	struct str kind, code;						  /* "single" … */
	double points;							  /* of the whole mark */
	int64_t steps;							  /* see item_category() */
	struct str lang, asked_json, key_json, feedback_json, parameters; /* parameters: absent, or JSON */
	struct quiz_asked asked;					  /* the same, read */
	struct quiz_key key;						  /* with the words of feedback */
	bool pictured;
	const struct form_case *of; /* the case it belongs to; NULL */
};
struct exam_form {
	int64_t id;
	struct str lang;
	double points;		   /* of all */
	bool mixed;		   /* some texts are in another language than the one asked for */
	const struct form_item *v; /* the questions, in the order of the form */
	size_t n;
};

/* The form in a language ("hi"). It lives as long as what is made in the arena of cx at that time. ERR_NOT_FOUND. Runs in any transaction; kept: without a
 * statement. */
_must_check_ enum err exam_form_load(struct ctx *cx, int64_t form_id, struct str lang, const struct exam_form **ret);
/* The question at a place; NULL: none. */
const struct form_item *exam_form_item(const struct exam_form *f, int64_t n);

/* Where a process keeps forms; made once (struct app), thread-safe. */
struct form_place *form_place_new(void);
/* NULL is allowed. Forms that somebody still has live on with their arenas. */
void form_place_free(struct form_place *p);
#endif
