/* What has just happened in the domain, told to whoever listens (struct app), in the transaction in which it happens.
 *
 * Features tell; they do not know who listens. What a staff list does to people one by one is not told (cx->bulk): the list is, as a whole. */
#ifndef BASE_FACT_H
#define BASE_FACT_H
#include "base/ctx.h"
#include "base/field.h"

enum fact_kind {
#define FACT(code, name, text) FACT_##code,
#include "base/fact.def"
#undef FACT
	FACT_KINDS
};
struct fact {
	enum fact_kind kind;
	int64_t person_id;   /* whom it is about; NONE: nobody alone */
	int64_t org_id;      /* where it happens; NONE: where the person is posted */
	int64_t from_org_id; /* where the person was before, when that matters; NONE: it does not */
	const struct msg_arg *more; /* what else is told: names ending in _id are ids, all are texts */
	size_t n_more;
};
static inline enum err fact_tell(struct ctx *cx, const struct fact *f)
{
	return cx->app && cx->app->fact_told && !cx->bulk ? cx->app->fact_told(cx, f) : OK;
}
/* An id as it is told. In the arena. */
static inline struct str fact_id(struct ctx *cx, int64_t id)
{
	return id == NONE ? STR_NONE : str_fmt(cx->arena, "%lld", (long long)id);
}
#endif
