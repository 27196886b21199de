/* An order as it stands: who has what, how much that is, whether he is fit for it, what nobody has, and its document.
 *
 * The document is JSON:
 * {"kind":"karmayogi-allocation","code","office_en","office_hi","number","subject","from","published","reason","officers":[{"name","designation_en","designation_hi",
 * "posts":[{"en","hi","holding"}],"minutes","work":[{"en","hi","role_en","role_hi","minutes"}]}]}; from: a date, published: RFC 3339, holding: a code of
 * post.h. It is kept as it was on the day of publishing; the printed order is made of it and of nothing else, and its SHA-256 stands on the first page and on
 * the public page. */
#ifndef FEATURE_ORDER_H
#define FEATURE_ORDER_H
#include "feature/allocation/allocation.h"

enum { SUGGESTED_MAX = 20, DOCUMENT_MAX = 2 << 20 };

struct order_officer {
	const struct allocation_officers_row *rows; /* one for each post of the office that he holds; one without any */
	size_t n_rows;
	const struct allocation_allotments_row *work;
	enum fit *fits; /* parallel to work; NULL until order_judge */
	size_t n_work;
	int64_t minutes;
};
struct order_missing {
	const struct allocation_missing_row *rows; /* one for each need; one without any */
	size_t n_rows;
	size_t taker; /* who could take it, a place in officers; n_officers: nobody, or not asked */
};
struct order_twice {
	const struct allocation_allotments_row *work;
	int64_t n; /* officers who share it */
};
struct order {
	struct allocation_one_row head;
	struct order_officer *officers; /* by name */
	size_t n_officers, n_allotted;
	size_t n_more, n_less;			       /* over- and under-loaded */
	const struct order_officer *stranger;	       /* one who does not work here on the first day; NULL: none */
	const struct allocation_allotments_row *ended; /* an activity that is not done any more then; NULL: none */
	struct order_twice *twice;
	size_t n_twice;
	struct order_missing *missing; /* empty until order_judge */
	size_t n_missing;
};
/* The head alone; ERR_NOT_FOUND. */
_must_check_ enum err order_head(struct ctx *cx, int64_t org_id, int64_t id, struct allocation_one_row *ret);
/* Officers and what they have, posts as on the first day. Reads. */
_must_check_ enum err order_read(struct ctx *cx, int64_t org_id, int64_t id, struct order *ret);
/* Fits of today, and what nobody has; suggest: with who could take the first SUGGESTED_MAX of it, one after another, each counted as taken with ALLOT_USUAL
 * minutes. Reads. */
_must_check_ enum err order_judge(struct ctx *cx, struct order *o, bool suggest);

/* The text of the document. Full: too long, absent. In the arena. */
struct str order_document(struct ctx *cx, const struct order *o, struct str reason);
/* SHA-256 of a document, in hexadecimal. */
struct str order_hash(struct ctx *cx, struct str document);
#endif
