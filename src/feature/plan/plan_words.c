/* What a proposal says: its sentences, and the whole as JSON. */
#include "base/clock.h"
#include "base/json.h"
#include "feature/plan/plan.h"
#include "web/lang.h"

#include <math.h>

static struct str tenths(struct ctx *cx, double v)
{
	return str_fmt(cx->arena, "%.1f", v);
}

static struct str whole(struct ctx *cx, int64_t v)
{
	return str_fmt(cx->arena, "%lld", (long long)v);
}

/* ── sentences ── */

/* By whether it is a post that asks, whether the gap is closed, and whether anything is known. From what is only assumed of anybody no figure is given. */
static const char *const reasons[2][2][2] = {
	{ { N_("Brings {competency}, where nothing is known of you yet, to level {to}, towards what your activity “{activity}” requires."),
	    N_("Brings {competency} from {from} to {to}, towards what your activity “{activity}” requires.") },
	  { N_("Closes {competency}, where nothing is known of you yet, up to level {to}: required by your activity “{activity}”."),
	    N_("Closes {competency} from {from} to {to}: required by your activity “{activity}”.") } },
	{ { N_("Brings {competency}, where nothing is known of you yet, to level {to}, towards what the activity “{activity}” requires there."),
	    N_("Brings {competency} from {from} to {to}, towards what the activity “{activity}” requires there.") },
	  { N_("Closes {competency}, where nothing is known of you yet, up to level {to}: required there by the activity “{activity}”."),
	    N_("Closes {competency} from {from} to {to}: required there by the activity “{activity}”.") } },
};

struct str plan_reason(struct ctx *cx, const struct plan_proposal *p, const struct choice_raise *r)
{
	const struct gap *g = &p->gaps[r->gap];
	const struct msg_arg args[] = { { "competency", g->name }, { "to", whole(cx, r->to) }, { "from", tenths(cx, r->from) }, { "activity", g->activity } };
	if (!g->activity.n)
		return msg_text(cx,
				r->closes ? N_("Closes {competency} up to level {to}, which your work requires.")
					  : N_("Brings {competency} to level {to}, towards what your work requires."),
				2, args);
	return msg_text(cx, reasons[p->post_id != NONE][r->closes][g->known || r->from > g->held.mean], 4, args);
}

struct str plan_open(struct ctx *cx, const struct plan_proposal *p, size_t gap)
{
	const struct choice_end *e = &p->choice.ends[gap];
	const struct msg_arg args[] = { { "level", whole(cx, (int64_t)e->reachable) }, { "held", tenths(cx, e->after.mean) } };
	switch (e->open) {
	case OPEN_UNSHOWN:
		return msg_text(cx, N_("You have completed a course for it. What is missing is evidence: a test, or your supervisor's word."), 0, NULL);
	case OPEN_UNTAUGHT: return msg_text(cx, p->gaps[gap].known ? N_("No course here teaches it any further.") : N_("No course here teaches it."), 0, NULL);
	case OPEN_TOO_LOW: return msg_text(cx, N_("Courses here teach it up to level {level} only."), 1, args);
	case OPEN_NO_TIME: return msg_text(cx, N_("There is a course for it, but no room within your hours."), 0, NULL);
	case OPEN_NOT: break;
	}
	if (!p->gaps[gap].known && !e->taught)
		return msg_text(cx,
				N_("Nothing is known of you here yet; of anybody it is assumed that this level is there. A test or your supervisor's word "
				   "would show it."),
				0, NULL);
	return e->shown ? S("")
			: msg_text(cx, N_("Certificates alone would put you at {held}; you will need a test or your supervisor's word to show the level."), 2,
				   args);
}

struct str plan_proof(struct ctx *cx, const struct plan_proposal *p)
{
	const struct chosen *c = &p->choice;
	if (!p->n_gaps)
		return S("");
	if (c->proved)
		return msg_text(cx, N_("No other choice closes more within these hours, or as much at less cost."), 0, NULL);
	const struct msg_arg worth[] = { { "closed", tenths(cx, c->worth) }, { "bound", tenths(cx, ceil(c->worth_bound * 10) / 10) } };
	const struct msg_arg cost[] = { { "cost", whole(cx, c->cost) }, { "bound", whole(cx, c->cost_bound) } };
	if (c->worth_bound > c->worth + 1e-6)
		return msg_text(cx, N_("The search was stopped early: this choice closes {closed} levels, and none closes more than {bound}."), 2, worth);
	return msg_text(cx,
			N_("The search was stopped early: this choice costs {cost} minutes, language and quality counted, and none that closes as much costs "
			   "less than {bound}."),
			2, cost);
}

struct str plan_why(struct ctx *cx, const struct plan_proposal *p, const struct choice_pick *k)
{
	const struct plan_course *c = &p->courses[k->course];
	const struct msg_arg args[] = { { "name", c->asker }, { "reason", c->asked_reason } };
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	if (c->asked)
		buf_str(&b, msg_text(cx, c->asked_reason.n ? N_("Asked of you by {name}: {reason}") : N_("Asked of you by {name}."), 2, args));
	for (size_t i = 0; i < k->n_raises; i++) {
		if (b.n)
			buf_char(&b, ' ');
		buf_str(&b, plan_reason(cx, p, &k->raises[i]));
	}
	return buf_get(&b);
}

/* ── JSON ── */

struct writing {
	struct ctx *cx;
	const struct plan_proposal *p;
	struct json_out j;
};

static void put_int(struct writing *w, const char *key, int64_t v)
{
	jw_key(&w->j, key);
	jw_int(&w->j, v);
}

static void put_real(struct writing *w, const char *key, double v)
{
	jw_key(&w->j, key);
	jw_real(&w->j, rint(v * 1000) / 1000);
}

static void put_bool(struct writing *w, const char *key, bool v)
{
	jw_key(&w->j, key);
	jw_bool(&w->j, v);
}

static void put_str(struct writing *w, const char *key, struct str v)
{
	jw_key(&w->j, key);
	jw_str(&w->j, v);
}

static void put_id(struct writing *w, const char *key, int64_t v)
{
	jw_key(&w->j, key);
	jw_id(&w->j, v);
}

static void put_day(struct writing *w, const char *key, int64_t day)
{
	struct civil c = clock_date(day == NONE ? 0 : day);
	put_str(w, key, day == NONE ? STR_NONE : str_fmt(w->cx->arena, "%04d-%02d-%02d", c.year, c.month, c.day));
}

static void put_gap(struct writing *w, size_t i)
{
	static const char *const open[] = {
		[OPEN_NOT] = "no", [OPEN_UNSHOWN] = "unshown", [OPEN_UNTAUGHT] = "untaught", [OPEN_TOO_LOW] = "too-low", [OPEN_NO_TIME] = "no-time"
	};
	const struct gap *g = &w->p->gaps[i];
	const struct choice_end *e = &w->p->choice.ends[i];
	jw_open(&w->j, '{');
	put_id(w, "competency_id", g->competency_id);
	put_str(w, "code", g->code);
	put_str(w, "name", g->name);
	put_str(w, "activity", g->activity);
	put_int(w, "required", g->level);
	put_real(w, "held", g->held.mean);
	put_real(w, "sd", g->held.sd);
	put_bool(w, "known", g->known);
	put_real(w, "probability", g->probability);
	put_real(w, "missing", g->missing);
	put_real(w, "with_plan", e->reached);
	put_real(w, "reachable", e->reachable);
	put_real(w, "expected", e->after.mean);
	put_real(w, "expected_sd", e->after.sd);
	put_bool(w, "shown", e->shown);
	put_str(w, "stays_open", str_of(open[e->open]));
	put_str(w, "remark", plan_open(w->cx, w->p, i));
	jw_close(&w->j, '}');
}

static void put_raises(struct writing *w, const struct choice_pick *k)
{
	jw_key(&w->j, "reasons");
	jw_open(&w->j, '[');
	for (size_t i = 0; i < k->n_raises; i++)
		jw_str(&w->j, plan_reason(w->cx, w->p, &k->raises[i]));
	jw_close(&w->j, ']');
	jw_key(&w->j, "closes");
	jw_open(&w->j, '[');
	for (size_t i = 0; i < k->n_raises; i++) {
		jw_open(&w->j, '{');
		put_id(w, "competency_id", w->p->gaps[k->raises[i].gap].competency_id);
		put_real(w, "from", k->raises[i].from);
		put_int(w, "to", k->raises[i].to);
		put_bool(w, "whole", k->raises[i].closes);
		jw_close(&w->j, '}');
	}
	jw_close(&w->j, ']');
}

static void put_course(struct writing *w, const struct choice_pick *k)
{
	const struct plan_course *c = &w->p->courses[k->course];
	jw_open(&w->j, '{');
	put_id(w, "course_id", c->course_id);
	put_str(w, "title", c->title);
	put_str(w, "language", c->lang);
	put_int(w, "minutes", c->minutes);
	put_int(w, "penalty", c->penalty);
	put_bool(w, "asked", c->asked);
	put_day(w, "due_day", c->due_day);
	put_raises(w, k);
	jw_close(&w->j, '}');
}

static void put_figures(struct writing *w)
{
	const struct chosen *c = &w->p->choice;
	put_id(w, "person_id", w->p->person_id);
	put_id(w, "post_id", w->p->post_id);
	put_day(w, "day", w->p->day);
	put_int(w, "limit_minutes", w->p->limit);
	put_int(w, "months", w->p->months);
	put_int(w, "minutes", c->minutes);
	put_int(w, "cost", c->cost);
	put_real(w, "worth", c->worth);
	put_bool(w, "proved", c->proved);
	put_real(w, "worth_bound", c->worth_bound);
	put_int(w, "cost_bound", c->cost_bound);
	put_str(w, "proof", plan_proof(w->cx, w->p));
}

struct str plan_json(struct ctx *cx, const struct plan_proposal *p)
{
	struct buf b;
	buf_init(&b, cx->arena, 64 << 20);
	struct writing w = { cx, p, { .b = &b } };
	jw_open(&w.j, '{');
	put_figures(&w);
	jw_key(&w.j, "gaps");
	jw_open(&w.j, '[');
	for (size_t i = 0; i < p->n_gaps; i++)
		put_gap(&w, i);
	jw_close(&w.j, ']');
	jw_key(&w.j, "courses");
	jw_open(&w.j, '[');
	for (size_t i = 0; i < p->choice.n_picks; i++)
		put_course(&w, &p->choice.picks[i]);
	jw_close(&w.j, ']');
	jw_close(&w.j, '}');
	return buf_get(&b);
}
