/* The work of rounds: who comes into question for each post, and the orders of their day; see round.h. */
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/placement/pool.h"
#include "feature/placement/round.h"
#include "feature/post/post.h"
#include "web/lang.h"

enum { SCORE_POSTS = 100, ORDERS_A_STEP = 25, TOLD_A_STEP = 50 };

static enum err round_of_job(struct ctx *cx, const struct job *j, struct round_by_id_row *ret)
{
	int64_t id;
	bool found = false;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	TRY(round_sql_by_id(cx, id, ret, &found));
	return found ? OK : ERR_NOT_FOUND;
}

/* ── telling ── */

static enum err tell_of_round(struct ctx *cx, const struct round_by_id_row *r, int64_t person_id)
{
	const struct msg_arg args[] = { { "round", r->name } };
	struct notice n = { .kind = NOTICE_movement,
			    .person_id = person_id,
			    .fact = str_fmt(cx->arena, "placement.open:%lld:%lld", (long long)r->id, (long long)person_id),
			    .text = N_("You take part in a round of placement, {round}. Say which posts you prefer."),
			    .args = args,
			    .n_args = 1,
			    .path = S("/me/preferences"),
			    .thing_id = NONE };
	return notice_tell(cx, &n);
}

enum err round_tell_step(struct ctx *cx, struct job *j)
{
	struct round_by_id_row r;
	struct round_next_officers_row *v;
	int64_t after = 0;
	size_t n;
	if (j->at.n && !str_int(j->at, &after))
		return ERR_INTERNAL;
	TRY(round_of_job(cx, j, &r));
	j->ended = !str_is(r.state, "open");
	if (j->ended)
		return OK;
	TRY(round_sql_next_officers(cx, r.id, after, TOLD_A_STEP, &v, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_of_round(cx, &r, v[i].person_id));
	j->done += (int64_t)n;
	j->ended = n < TOLD_A_STEP;
	j->at = n ? str_fmt(cx->arena, "%lld", (long long)v[n - 1].person_id) : j->at;
	return OK;
}

/* ── scores ── */

struct found_pair {
	int64_t person_id, fit;
};
struct scored_post {
	int64_t post_id;
	struct ranking r;
	struct found_pair *pairs;
};
struct scored {
	struct scored_post *v;
	size_t n;
	bool last;
};

struct scoring {
	const struct job *j;
	struct round_by_id_row round;
	int64_t after;
	struct pool_post *posts;
	int64_t *places;
	struct scored *out;
};

static enum err read_posts(struct ctx *cx, struct scoring *s)
{
	struct round_next_posts_row *r;
	TRY(round_sql_next_posts(cx, s->round.id, s->after, SCORE_POSTS, &r, &s->out->n));
	s->out->last = s->out->n < SCORE_POSTS;
	s->posts = ARENA_ARRAY(cx->arena, struct pool_post, s->out->n + 1);
	s->places = ARENA_ARRAY(cx->arena, int64_t, s->out->n + 1);
	for (size_t i = 0; i < s->out->n; i++) {
		s->places[i] = r[i].places;
		s->posts[i] =
			(struct pool_post){ .id = r[i].post_id,
					    .asks = { .service = r[i].service, .least_pay_level = r[i].least_pay_level, .least_years = r[i].least_years } };
	}
	for (size_t i = 0; i < s->out->n; i += POOL_POSTS)
		TRY(pool_needs(cx, s->posts + i, s->out->n - i < POOL_POSTS ? s->out->n - i : POOL_POSTS));
	return OK;
}

static void rank_posts(struct ctx *cx, struct scoring *s, struct pool *pool)
{
	s->out->v = ARENA_ARRAY(cx->arena, struct scored_post, s->out->n + 1);
	for (size_t i = 0; i < s->out->n; i++) {
		struct scored_post *p = &s->out->v[i];
		size_t most = s->places[i] > SHORTLIST / 2 ? 2 * (size_t)s->places[i] : SHORTLIST;
		p->post_id = s->posts[i].id;
		pool_rank(cx, pool, &s->posts[i], most, 0, &p->r);
		p->pairs = ARENA_ARRAY(cx->arena, struct found_pair, p->r.n + 1);
		for (size_t k = 0; k < p->r.n; k++)
			p->pairs[k] = (struct found_pair){ pool->people[p->r.best[k].person].id, p->r.best[k].fit.thousandths };
	}
}

static enum err read_and_rank(struct ctx *cx, void *arg)
{
	struct scoring *s = arg;
	struct pool pool;
	*s->out = (struct scored){ 0 };
	TRY(round_of_job(cx, s->j, &s->round));
	if (!str_is(s->round.state, "scoring"))
		return OK;
	TRY(read_posts(cx, s));
	if (!s->out->n)
		return OK;
	TRY(pool_of_round(cx, s->round.id, s->round.from_day, s->posts, s->out->n, &pool));
	rank_posts(cx, s, &pool);
	pool_end(&pool);
	return OK;
}

enum err round_score_act(struct ctx *cx, struct job *j)
{
	struct scoring s = { .j = j, .out = ARENA_NEW(cx->arena, struct scored) };
	if (j->at.n && !str_int(j->at, &s.after))
		return ERR_INTERNAL;
	j->state = s.out;
	return db_read(cx, read_and_rank, &s);
}

static enum err keep_post(struct ctx *cx, int64_t round_id, const struct scored_post *p)
{
	const size_t *no = p->r.n_not;
	for (size_t k = 0; k < p->r.n; k++)
		TRY(round_sql_put_pair(cx, round_id, p->post_id, p->pairs[k].person_id, p->pairs[k].fit, NULL));
	return round_sql_put_counts(cx, (int64_t)p->r.n_eligible, (int64_t)no[FIT_SERVICE], (int64_t)no[FIT_PAY_LEVEL], (int64_t)no[FIT_YEARS],
				    (int64_t)no[FIT_TENURE], round_id, p->post_id, NULL);
}

static enum err begin_anew(struct ctx *cx, int64_t round_id)
{
	TRY(round_sql_clear_pairs(cx, round_id, NULL));
	TRY(round_sql_clear_placed(cx, round_id, NULL));
	return round_sql_clear_figures(cx, round_id, NULL);
}

enum err round_score_step(struct ctx *cx, struct job *j)
{
	const struct scored *s = j->state;
	struct round_by_id_row r;
	struct round_sizes_row size;
	TRY(round_of_job(cx, j, &r));
	j->ended = s->n == 0 || s->last || !str_is(r.state, "scoring");
	if (!str_is(r.state, "scoring"))
		return OK;
	if (!j->at.n)
		TRY(begin_anew(cx, r.id));
	for (size_t i = 0; i < s->n; i++)
		TRY(keep_post(cx, r.id, &s->v[i]));
	TRY(round_sql_sizes(cx, r.id, &size));
	j->total = size.posts;
	j->done += (int64_t)s->n;
	if (s->n)
		j->at = str_fmt(cx->arena, "%lld", (long long)s->v[s->n - 1].post_id);
	return j->ended ? round_sql_set_state(cx, S("scored"), r.id, S("scoring"), NULL) : OK;
}

/* ── orders ── */

/* Why the facts do not allow it, as it would be said in English; absent: they do. */
static struct str refusal(struct ctx *cx)
{
	const struct failure *f = cx->n_failures ? &cx->failures[0] : NULL;
	struct str words = f ? msg_fill(cx, f->text, f->n_args, f->args) : S("The facts of the day do not allow it.");
	cx->n_failures = 0;
	return words;
}

static bool of_the_facts(enum err e)
{
	return e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_NOT_FOUND;
}

static bool is_move(const struct round_due_row *d)
{
	return d->org_id != d->now_org_id || d->designation_id != d->now_designation_id;
}

static enum err move(struct ctx *cx, const struct round_by_id_row *r, const struct round_due_row *d)
{
	struct person_post to = { d->person_id, d->org_id, d->designation_id, d->org_id == d->now_org_id ? d->supervisor_id : NONE, r->from_day };
	return is_move(d) ? person_post(cx, &to) : OK;
}

static enum err leave(struct ctx *cx, const struct round_by_id_row *r, const struct round_due_row *d)
{
	struct round_held_row h;
	bool holds = false;
	TRY(round_sql_held(cx, d->person_id, r->from_day, &h, &holds));
	return holds ? holding_end(cx, h.post_id, h.id, r->from_day) : OK;
}

/* Looked at before anything is done, so that an order is carried out wholly or not at all. */
static enum err possible(struct ctx *cx, const struct round_by_id_row *r, const struct round_due_row *d)
{
	struct round_vacancy_row v;
	struct round_in_the_way_row w;
	bool found = false;
	if (d->posting_id == NONE || !str_is(d->state, "active"))
		return fail(cx, ERR_CONFLICT, "", N_("The officer is posted nowhere any more."));
	if (is_move(d) && d->posted_since >= r->from_day)
		return fail(cx, ERR_CONFLICT, "", N_("The officer was posted anew meanwhile, from this day or later."));
	TRY(round_sql_vacancy(cx, r->from_day, d->post_id, &v));
	if (v.vacant <= 0)
		return fail(cx, ERR_CONFLICT, "", N_("No place of the post is vacant any more."));
	TRY(round_sql_in_the_way(cx, d->person_id, r->from_day, d->post_id, &w, &found));
	return found ? fail(cx, ERR_CONFLICT, "", N_("The officer holds this post already, or another one from a later day on.")) : OK;
}

static enum err carry_out(struct ctx *cx, const struct round_by_id_row *r, const struct round_due_row *d)
{
	int64_t holding;
	TRY(possible(cx, r, d));
	TRY(leave(cx, r, d));
	TRY(move(cx, r, d));
	return holding_begin(cx, &(struct holding_begin){ d->post_id, d->person_id, HOLDING_SUBSTANTIVE, r->from_day, NONE, r->order_no }, &holding);
}

static enum err tell(struct ctx *cx, const struct round_by_id_row *r, const struct round_due_row *d)
{
	struct civil day = clock_date(r->from_day);
	const struct msg_arg args[] = { { "post", d->title_en }, { "day", str_fmt(cx->arena, "%04d-%02d-%02d", day.year, day.month, day.day) } };
	struct notice n = { .kind = NOTICE_movement,
			    .person_id = d->person_id,
			    .fact = str_fmt(cx->arena, "placement.ordered:%lld:%lld", (long long)r->id, (long long)d->person_id),
			    .text = N_("You are placed on the post {post} from {day} on."),
			    .args = args,
			    .n_args = 2,
			    .path = S("/me/work"),
			    .thing_id = NONE };
	return notice_tell(cx, &n);
}

static enum err order_one(struct ctx *cx, const struct round_by_id_row *r, const struct round_due_row *d)
{
	enum err e = carry_out(cx, r, d);
	if (of_the_facts(e))
		return round_sql_set_order(cx, S("failed"), refusal(cx), r->id, d->person_id, NULL);
	TRY(e);
	TRY(round_sql_set_order(cx, S("ordered"), S(""), r->id, d->person_id, NULL));
	return tell(cx, r, d);
}

enum err round_order_step(struct ctx *cx, struct job *j)
{
	struct round_by_id_row r;
	struct round_due_row *d;
	size_t n;
	TRY(round_of_job(cx, j, &r));
	j->ended = !str_is(r.state, "approved");
	if (j->ended)
		return OK;
	TRY(round_sql_due(cx, r.from_day, r.id, ORDERS_A_STEP, &d, &n));
	for (size_t i = 0; i < n; i++)
		TRY(order_one(cx, &r, &d[i]));
	j->done += (int64_t)n;
	j->ended = n < ORDERS_A_STEP;
	return j->ended ? round_sql_set_state(cx, S("ordered"), r.id, S("approved"), NULL) : OK;
}
