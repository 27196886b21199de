/* What counts in a campaign; see campaign_thing.h. */
#include "feature/campaign/campaign_thing.h"
#include "feature/campaign/campaign_count.h"

/* ── courses that are listed ── */

static enum err listed(struct ctx *cx, int64_t campaign_id)
{
	struct campaign_one_row c;
	TRY(campaign_one(cx, campaign_id, &c));
	return str_is(c.counts, "listed") ? OK : fail(cx, ERR_CONFLICT, "called", N_("Here every course counts that teaches a competency."));
}

enum err campaign_course_add(struct ctx *cx, int64_t campaign_id, struct str called)
{
	struct campaign_course_called_row k;
	struct campaign_n_courses_row all;
	int64_t id = NONE;
	bool found = false;
	TRY(listed(cx, campaign_id));
	(void)str_int(called, &id);
	TRY(campaign_sql_course_called(cx, called, id, &k, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "called", N_("There is no live course of this code or number."));
	TRY(campaign_sql_n_courses(cx, campaign_id, &all));
	if (all.n >= CAMPAIGN_COURSES_MAX)
		return fail(cx, ERR_CONFLICT, "called", N_("A thousand courses are listed already."));
	TRY(campaign_sql_course_add(cx, campaign_id, k.id, NULL));
	return campaign_recount_soon(cx, campaign_id);
}

enum err campaign_course_remove(struct ctx *cx, int64_t campaign_id, int64_t course_id)
{
	int64_t changed = 0;
	TRY(listed(cx, campaign_id));
	TRY(campaign_sql_course_remove(cx, campaign_id, course_id, &changed));
	return changed ? campaign_recount_soon(cx, campaign_id) : fail(cx, ERR_NOT_FOUND, "course_id", N_("This course is not listed."));
}

/* ── which events, programmes and charchas ── */

static enum err check_kind(struct ctx *cx, bool by_competency, const char *field, struct str was, struct str *kind)
{
	if (!kind->n)
		*kind = S("none");
	if (by_competency && str_is(*kind, "all") && !str_is(was, "all"))
		return fail(cx, ERR_INVALID, field, N_("must not be all: in a campaign by competency only what names a competency counts"));
	return OK;
}

enum err campaign_kinds_check(struct ctx *cx, bool by_competency, const struct campaign_kinds *was, struct campaign_kinds *kinds)
{
	const struct campaign_kinds nothing = { S(""), S(""), S("") };
	was = was ? was : &nothing;
	TRY(check_kind(cx, by_competency, "events", was->events, &kinds->events));
	TRY(check_kind(cx, by_competency, "programmes", was->programmes, &kinds->programmes));
	return check_kind(cx, by_competency, "charchas", was->charchas, &kinds->charchas);
}

enum err campaign_kinds_set(struct ctx *cx, int64_t campaign_id, const struct campaign_kinds *in)
{
	struct campaign_one_row c;
	struct campaign_kinds is = *in;
	TRY(campaign_one(cx, campaign_id, &c));
	const struct campaign_kinds was = { c.events, c.programmes, c.charchas };
	TRY(campaign_kinds_check(cx, str_is(c.counts, "competency"), &was, &is));
	if (str_eq(is.events, was.events) && str_eq(is.programmes, was.programmes) && str_eq(is.charchas, was.charchas))
		return OK;
	TRY(campaign_sql_set_kinds(cx, is.events, is.programmes, is.charchas, campaign_id, NULL));
	return campaign_recount_soon(cx, campaign_id);
}

/* ── the list ── */

static enum err called_so(struct ctx *cx, const struct campaign_one_row *c, struct str words, bool part, struct campaign_things_called_row **ret, size_t *ret_n)
{
	int64_t id = NONE;
	words = str_lower(cx->arena, str_trim(words)); /* as lower() of SQL does it: ASCII */
	*ret_n = 0;
	if (!words.n)
		return OK;
	(void)str_int(words, &id);
	return campaign_sql_things_called(cx, c->id, c->org_id, id, words, part, CAMPAIGN_FOUND_MAX, ret, ret_n);
}

enum err campaign_things_find(struct ctx *cx, int64_t campaign_id, struct str words, struct campaign_things_called_row **ret, size_t *ret_n)
{
	struct campaign_one_row c;
	TRY(campaign_one(cx, campaign_id, &c));
	return called_so(cx, &c, words, true, ret, ret_n);
}

static enum err may_count(struct ctx *cx, const struct campaign_one_row *c, const struct campaign_things_called_row *t)
{
	struct str kind = str_is(t->kind, "event") ? c->events : str_is(t->kind, "programme") ? c->programmes : c->charchas;
	if (!str_is(kind, "listed"))
		return fail(cx, ERR_CONFLICT, "called", N_("Of its kind it is not the list that counts: say so first."));
	if (str_is(c->counts, "competency") && !t->linked)
		return fail(cx, ERR_CONFLICT, "called", N_("It names no competency, and here only what names one counts."));
	return OK;
}

enum err campaign_thing_add(struct ctx *cx, int64_t campaign_id, struct str called)
{
	struct campaign_one_row c;
	struct campaign_things_called_row *t;
	struct campaign_n_things_row all;
	size_t n;
	TRY(campaign_one(cx, campaign_id, &c));
	TRY(called_so(cx, &c, called, false, &t, &n));
	if (!n)
		return fail(cx, ERR_NOT_FOUND, "called",
			    N_("There is no event, programme or charcha of this number, code or name to which people here may come."));
	if (n > 1)
		return fail(cx, ERR_CONFLICT, "called", N_("Several are called so. Look for it by words and choose one."));
	TRY(may_count(cx, &c, t));
	if (t->listed)
		return OK;
	TRY(campaign_sql_n_things(cx, campaign_id, &all));
	if (all.n >= CAMPAIGN_THINGS_MAX)
		return fail(cx, ERR_CONFLICT, "called", N_("A thousand things are listed already."));
	TRY(campaign_sql_thing_add(cx, campaign_id, t->id, t->kind, NULL));
	return campaign_recount_soon(cx, campaign_id);
}

enum err campaign_thing_remove(struct ctx *cx, int64_t campaign_id, int64_t thing_id)
{
	int64_t changed = 0;
	TRY(campaign_sql_thing_remove(cx, campaign_id, thing_id, &changed));
	return changed ? campaign_recount_soon(cx, campaign_id) : fail(cx, ERR_NOT_FOUND, "thing_id", N_("It is not on the list."));
}
