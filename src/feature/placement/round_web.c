/* Rounds of placement in the browser and over the API. */
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/placement/round.h"
#include "feature/placement/round_page.h"
#include "feature/placement/shortlist.h"
#include "round_html.h"
#include "rounds_html.h"
#include "text/csv.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { ROUNDS_PAGE = 30, PLACEMENTS_PAGE = 100, CSV_ROWS = 20000, CSV_BYTES = 16 << 20 };

/* ── the rounds of an organisation ── */

struct list_in {
	int64_t org_id, before;
};
static const struct field list_in[] = { FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, before, F_ID), FIELD_END };
static const struct field item_out[] = {
	FIELD(round_item, id, F_ID),	  FIELD(round_item, name, F_TEXT),  FIELD(round_item, state, F_TEXT),	FIELD(round_item, from_day, F_DATE),
	FIELD(round_item, placed, F_INT), FIELD(round_item, total, F_TEXT), FIELD(round_item, made_at, F_TIME), FIELD_END,
};

static enum err put_groups(struct ctx *cx, int64_t org_id, struct rounds_page *v)
{
	struct round_groups_row *r;
	TRY(round_sql_groups(cx, org_id, &r, &v->n_groups));
	v->groups = ARENA_ARRAY(cx->arena, struct choose_item, v->n_groups + 1);
	for (size_t i = 0; i < v->n_groups; i++)
		v->groups[i] = (struct choose_item){ r[i].id, r[i].name };
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct rounds_page *v = ARENA_NEW(cx->arena, struct rounds_page);
	struct round_of_org_row *r;
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_groups(cx, in->org_id, v));
	TRY(round_sql_of_org(cx, in->org_id, in->before, ROUNDS_PAGE + 1, &r, &n));
	v->n_rounds = n > ROUNDS_PAGE ? ROUNDS_PAGE : n;
	v->rounds = ARENA_ARRAY(cx->arena, struct round_item, v->n_rounds + 1);
	for (size_t i = 0; i < v->n_rounds; i++)
		v->rounds[i] = (struct round_item){ .id = r[i].id,
						    .org_id = in->org_id,
						    .from_day = r[i].from_day,
						    .placed = r[i].placed,
						    .made_at = r[i].made_at,
						    .name = r[i].name,
						    .state = r[i].state,
						    .total = fit_points_signed(cx, r[i].total) };
	if (n > ROUNDS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[ROUNDS_PAGE - 1].id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/placements?before=%s", (long long)in->org_id, a->next.p);
	}
	ANSWER_ROWS(a, v->rounds, v->n_rounds);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Placements"));
	return OK;
}

static void put_option(struct html_out *o, const struct choose_item *c, struct str chosen)
{
	html_option(o, str_fmt(o->cx->arena, "%lld", (long long)c->id), chosen, c->name);
}

void html_round_groups(struct html_out *o, const struct rounds_page *v)
{
	struct str chosen = form_old(o, "group_id", S(""));
	for (size_t i = 0; i < v->n_groups; i++)
		put_option(o, &v->groups[i], chosen);
}

struct add_in {
	int64_t org_id, from_day, group_id, bonus;
	struct str name, posts_office, officers_office;
	bool fill;
};
#define BONUS_POINTS(type)                                                                                                                                     \
	FIELD(type, bonus, F_INT, .label = N_("Points for a first preference"), .hint = N_("Fit counts up to 100; a fifth preference adds a fifth."),          \
	      .max = ROUND_BONUS_MAX / 10)
static const struct field add_in[] = {
	FIELD(add_in, org_id, F_ID, .must = true),
	FIELD(add_in, name, F_TEXT, .label = N_("Name of the round"), .must = true, .max = ROUND_NAME_MAX),
	FIELD(add_in, from_day, F_DATE, .label = N_("First day on the new posts"), .must = true),
	FIELD(add_in, posts_office, F_TEXT, .label = N_("Vacant posts of the office"),
	      .hint = N_("Code or full name, with all below it; empty: the whole organisation.")),
	FIELD(add_in, officers_office, F_TEXT, .label = N_("Officers of the office"),
	      .hint = N_("Code or full name, with all below it; empty: the whole organisation.")),
	FIELD(add_in, group_id, F_ID),
	BONUS_POINTS(add_in),
	FIELD(add_in, fill, F_BOOL, .label = N_("Fill as many places as can be, even where the sum is less")),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct round_add add = { .org_id = in->org_id,
				 .name = in->name,
				 .posts_office = in->posts_office,
				 .officers_office = in->officers_office,
				 .group_id = in->group_id,
				 .from_day = in->from_day,
				 .bonus = in->bonus == NONE ? 0 : 10 * in->bonus,
				 .fill = in->fill };
	(void)state;
	TRY(round_add(cx, &add, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/placements/%lld", (long long)in->org_id, (long long)row->id);
	return OK;
}

/* ── one round ── */

struct one_in {
	int64_t org_id, round_id, page;
};
static const struct field show_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, round_id, F_ID, .must = true),
	FIELD(one_in, page, F_INT, .min = 1, .max = 100000),
	FIELD_END,
};
static const struct field one_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, round_id, F_ID, .must = true), FIELD_END };
static const struct field round_out[] = {
	FIELD(round_page, id, F_ID),
	FIELD(round_page, name, F_TEXT),
	FIELD(round_page, state, F_TEXT),
	FIELD(round_page, from_day, F_DATE),
	FIELD(round_page, n_places, F_INT),
	FIELD(round_page, n_officers, F_INT),
	FIELD(round_page, n_pairs, F_INT),
	FIELD(round_page, placed, F_INT),
	FIELD(round_page, total, F_TEXT),
	FIELD(round_page, bound, F_TEXT),
	FIELD(round_page, officer_prices, F_TEXT),
	FIELD(round_page, place_prices, F_TEXT),
	FIELD(round_page, blocking, F_INT),
	FIELD(round_page, firsts, F_INT),
	FIELD(round_page, choices, F_INT),
	FIELD(round_page, stable_total, F_TEXT),
	FIELD(round_page, stable_placed, F_INT),
	FIELD(round_page, stable_firsts, F_INT),
	FIELD(round_page, stable_choices, F_INT),
	FIELD_END,
};

static struct placement_item item_of(struct ctx *cx, const struct round_one_row *round, const struct round_placements_row *r)
{
	return (struct placement_item){ .org_id = round->org_id,
					.round_id = round->id,
					.person_id = r->person_id,
					.post_id = r->post_id,
					.rank = r->rank,
					.name = r->name,
					.now = org_name(cx, r->org_en, r->org_hi),
					.post = r->post_id == NONE ? S("") : said_in(cx, r->title_en, r->title_hi),
					.office = r->post_id == NONE ? S("") : org_name(cx, r->office_en, r->office_hi),
					.score = fit_points_signed(cx, r->score),
					.fit = fit_points_signed(cx, r->fit),
					.stable = r->stable_en.p ? said_in(cx, r->stable_en, r->stable_hi) : S(""),
					.was = r->was_en.p ? said_in(cx, r->was_en, r->was_hi) : S(""),
					.rule = r->rule,
					.order_state = r->order_state,
					.words = r->words,
					.moved = r->moved,
					.fixed = str_is(r->rule, "fixed") };
}

static enum err put_placements(struct ctx *cx, const struct round_one_row *round, int64_t page, struct round_page *v)
{
	struct round_placements_row *r;
	size_t n;
	TRY(round_sql_placements(cx, person_today(cx), round->id, PLACEMENTS_PAGE + 1, (page - 1) * PLACEMENTS_PAGE, &r, &n));
	v->n_placements = n > PLACEMENTS_PAGE ? PLACEMENTS_PAGE : n;
	v->placements = ARENA_ARRAY(cx->arena, struct placement_item, v->n_placements + 1);
	for (size_t i = 0; i < v->n_placements; i++)
		v->placements[i] = item_of(cx, round, &r[i]);
	if (n > PLACEMENTS_PAGE)
		v->next = str_fmt(cx->arena, "/orgs/%lld/placements/%lld?page=%lld", (long long)round->org_id, (long long)round->id, (long long)page + 1);
	if (page > 1)
		v->previous = str_fmt(cx->arena, "/orgs/%lld/placements/%lld?page=%lld", (long long)round->org_id, (long long)round->id, (long long)page - 1);
	return OK;
}

/* Why nobody comes into question, of officers of the round. */
static struct str why_nobody(struct ctx *cx, const struct round_shortages_row *r)
{
	const struct msg_arg v[] = { { "service", fmt_number(cx, r->not_service) },
				     { "pay", fmt_number(cx, r->not_pay_level) },
				     { "years", fmt_number(cx, r->not_years) },
				     { "tenure", fmt_number(cx, r->not_tenure) } };
	return r->candidates ? S("")
			     : msg_text(cx,
					N_("Officers of another service: {service}; below the pay level: {pay}; too few years in service: {years}; who must "
					   "stay where they are: {tenure}."),
					4, v);
}

static enum err put_shortages(struct ctx *cx, int64_t round_id, struct round_page *v)
{
	struct round_shortages_row *r;
	size_t n;
	TRY(round_sql_shortages(cx, round_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (!i || r[i].shortage != r[i - 1].shortage)
			ARENA_PUSH(cx->arena, v->shortages, v->n_shortages)->officers = r[i].shortage_officers;
		struct shortage_item *s = &v->shortages[v->n_shortages - 1];
		s->places += r[i].places;
		s->missing = s->places - s->officers;
		/* The list of posts of a group is part of what was read. */
		s->posts = s->posts ? s->posts : ARENA_ARRAY(cx->arena, struct shortage_post, n - i);
		s->posts[s->n_posts++] =
			(struct shortage_post){ said_in(cx, r[i].title_en, r[i].title_hi), org_name(cx, r[i].org_en, r[i].org_hi), why_nobody(cx, &r[i]) };
	}
	return OK;
}

static enum err put_events(struct ctx *cx, int64_t round_id, struct round_page *v)
{
	struct round_events_row *r;
	TRY(round_sql_events(cx, round_id, &r, &v->n_events));
	v->events = ARENA_ARRAY(cx->arena, struct event_item, v->n_events + 1);
	for (size_t i = 0; i < v->n_events; i++)
		v->events[i] = (struct event_item){ .at = r[i].at,
						    .moved = r[i].moved,
						    .kind = r[i].kind,
						    .person = r[i].person,
						    .post = r[i].title_en.p ? said_in(cx, r[i].title_en, r[i].title_hi) : S(""),
						    .by_name = r[i].by_name,
						    .total = fit_points_signed(cx, r[i].total),
						    .words = r[i].words };
	return OK;
}

static void put_state(struct ctx *cx, const struct round_one_row *r, struct round_page *v)
{
	v->is_open = str_is(r->state, "open");
	v->works = str_is(r->state, "scoring");
	v->is_scored = str_is(r->state, "scored");
	v->is_solved = str_is(r->state, "solved");
	v->is_proposed = str_is(r->state, "proposed");
	v->is_approved = str_is(r->state, "approved");
	v->is_ordered = str_is(r->state, "ordered");
	v->is_withdrawn = str_is(r->state, "withdrawn");
	v->has_answer = r->total != NONE && !v->is_scored && !v->works;
	v->may_decide = v->is_proposed && !actor_is(&cx->actor, r->proposed_by);
	v->may_withdraw = !v->is_ordered && !v->is_withdrawn && !(v->is_approved && r->from_day <= person_today(cx));
}

static enum err put_figures(struct ctx *cx, const struct round_one_row *r, struct round_page *v)
{
	struct round_prices_row prices;
	struct job_standing job;
	bool found = false;
	v->bonus = str_fmt(cx->arena, "%lld", (long long)(r->bonus / 10));
	if (v->works && r->job_id != NONE) {
		TRY(job_standing(cx, r->job_id, &job, &found));
		v->percent = found && job.total > 0 ? job.done * 100 / job.total : 0;
	}
	if (!v->has_answer)
		return OK;
	TRY(round_sql_prices(cx, r->id, &prices));
	v->officer_prices = fit_points_signed(cx, prices.officers);
	v->place_prices = fit_points_signed(cx, prices.places);
	v->premiums = fit_points_signed(cx, r->premium * r->placed);
	v->total = fit_points_signed(cx, r->total);
	v->bound = fit_points_signed(cx, r->bound);
	v->stable_total = fit_points_signed(cx, r->stable_total);
	v->placed = r->placed;
	v->firsts = r->firsts;
	v->choices = r->choices;
	v->blocking = r->blocking;
	v->stable_placed = r->stable_placed;
	v->stable_firsts = r->stable_firsts;
	v->stable_choices = r->stable_choices;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct round_page *v = ARENA_NEW(cx->arena, struct round_page);
	struct round_one_row r;
	struct round_sizes_row size;
	(void)state;
	TRY(round_find(cx, in->org_id, in->round_id, &r));
	TRY(round_sql_sizes(cx, r.id, &size));
	*v = (struct round_page){ .org_id = r.org_id,
				  .id = r.id,
				  .from_day = r.from_day,
				  .n_places = size.places,
				  .n_posts = size.posts,
				  .n_officers = size.officers,
				  .n_pairs = size.pairs,
				  .name = r.name,
				  .state = r.state,
				  .order_no = r.order_no,
				  .proposer = r.proposer,
				  .fill = r.fill };
	TRY(org_called(cx, in->org_id, &v->org));
	put_state(cx, &r, v);
	TRY(put_figures(cx, &r, v));
	TRY(put_placements(cx, &r, in->page == NONE ? 1 : in->page, v));
	if (v->has_answer)
		TRY(put_shortages(cx, r.id, v));
	TRY(put_events(cx, r.id, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = r.name;
	return OK;
}

static const struct field placement_out[] = {
	FIELD(placement_item, person_id, F_ID),
	FIELD(placement_item, name, F_TEXT, .personal = true),
	FIELD(placement_item, post_id, F_ID),
	FIELD(placement_item, post, F_TEXT),
	FIELD(placement_item, office, F_TEXT),
	FIELD(placement_item, fit, F_TEXT),
	FIELD(placement_item, rank, F_INT),
	FIELD(placement_item, score, F_TEXT),
	FIELD(placement_item, stable, F_TEXT),
	FIELD(placement_item, order_state, F_TEXT),
	FIELD(placement_item, words, F_TEXT, .personal = true),
	FIELD_END,
};

static enum err officers_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct round_page *v = ARENA_NEW(cx->arena, struct round_page);
	struct round_one_row r;
	int64_t page = in->page == NONE ? 1 : in->page;
	(void)state;
	TRY(round_find(cx, in->org_id, in->round_id, &r));
	TRY(put_placements(cx, &r, page, v));
	a->next = v->next.p ? str_fmt(cx->arena, "%lld", (long long)page + 1) : STR_NONE;
	ANSWER_ROWS(a, v->placements, v->n_placements);
	return OK;
}

/* ── solving ── */

struct solve_in {
	int64_t org_id, round_id, person_id, post_id, bonus;
	struct str what;
};
static const struct choice tries[] = { { "again", N_("Solve") },
				       { "fix", N_("Fix") },
				       { "forbid", N_("Forbid") },
				       { "open", N_("Open again") },
				       { "weigh", N_("Preferences weighed otherwise") },
				       { NULL, NULL } };
static const struct field solve_in[] = {
	FIELD(solve_in, org_id, F_ID, .must = true),
	FIELD(solve_in, round_id, F_ID, .must = true),
	FIELD(solve_in, what, F_CHOICE, .label = N_("What is tried"), .must = true, .choices = tries),
	FIELD(solve_in, person_id, F_ID),
	FIELD(solve_in, post_id, F_ID),
	BONUS_POINTS(solve_in),
	FIELD_END,
};

static enum err solve_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct solve_in *in = input;
	struct round_what *w = ARENA_NEW(cx->arena, struct round_what);
	struct round_answer *answer;
	*w = (struct round_what){ TRY_AGAIN, in->person_id, in->post_id, in->bonus == NONE ? 0 : 10 * in->bonus };
	for (int i = 0; tries[i].value; i++)
		if (str_is(in->what, tries[i].value))
			w->kind = (enum round_try)i;
	TRY(round_solve(cx, in->org_id, in->round_id, w, &answer));
	*ret_state = answer;
	return OK;
}

static enum err solve_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)a;
	return round_keep(cx, state);
}

/* ── from proposal to orders ── */

static enum err score_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return round_score(cx, in->org_id, in->round_id);
}

static enum err propose_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return round_propose(cx, in->org_id, in->round_id);
}

static enum err withdraw_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	(void)state;
	(void)a;
	return round_withdraw(cx, in->org_id, in->round_id);
}

struct decide_in {
	int64_t org_id, round_id;
	struct str answer, order_no, words;
};
static const struct choice answers[] = { { "approve", N_("Approve") }, { "return", N_("Return it") }, { NULL, NULL } };
static const struct field decide_in[] = {
	FIELD(decide_in, org_id, F_ID, .must = true),
	FIELD(decide_in, round_id, F_ID, .must = true),
	FIELD(decide_in, answer, F_CHOICE, .label = N_("Decision"), .must = true, .choices = answers),
	FIELD(decide_in, order_no, F_TEXT, .label = N_("Number and date of the order"), .max = 120),
	FIELD(decide_in, words, F_LONG, .label = N_("Words to who proposed it"), .hint = N_("Needed when you return it."), .max = 1000),
	FIELD_END,
};

static enum err decide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct decide_in *in = input;
	(void)state;
	(void)a;
	return round_decide(cx, in->org_id, in->round_id, str_is(in->answer, "approve"), in->order_no, in->words);
}

/* ── the file ── */

static void put_row(struct ctx *cx, struct buf *b, const struct round_placements_row *r)
{
	csv_put(b, r->employee_no);
	csv_put(b, r->name);
	csv_put(b, org_name(cx, r->org_en, r->org_hi));
	csv_put(b, r->post_id == NONE ? S("") : said_in(cx, r->title_en, r->title_hi));
	csv_put(b, r->post_id == NONE ? S("") : org_name(cx, r->office_en, r->office_hi));
	csv_put(b, fit_points_signed(cx, r->fit));
	csv_put(b, r->rank == NONE ? S("") : fmt_plain(cx, r->rank));
	csv_put(b, fit_points_signed(cx, r->score));
	csv_put(b, fit_points_signed(cx, r->price));
	csv_put(b, fit_points_signed(cx, r->post_price));
	csv_put(b, r->stable_en.p ? said_in(cx, r->stable_en, r->stable_hi) : S(""));
	csv_put(b, r->order_state);
	csv_put(b, r->words);
	csv_end_row(b);
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	static const char *const head[] = { "employee_no", "name",	    "office_now",  "post",	  "office", "fit",  "preference",
					    "score",	   "officer_price", "place_price", "stable_post", "order",  "words" };
	const struct one_in *in = input;
	struct round_one_row round;
	struct round_placements_row *r;
	struct buf b;
	size_t n;
	(void)state;
	TRY(round_find(cx, in->org_id, in->round_id, &round));
	TRY(round_sql_placements(cx, person_today(cx), round.id, CSV_ROWS, 0, &r, &n));
	buf_init(&b, cx->arena, CSV_BYTES);
	for (size_t i = 0; i < sizeof head / sizeof *head; i++)
		csv_put(&b, str_of(head[i]));
	csv_end_row(&b);
	for (size_t i = 0; i < n; i++)
		put_row(cx, &b, &r[i]);
	if (b.full)
		return ERR_TOO_LARGE;
	a->type = "text/csv; charset=utf-8";
	a->bytes = buf_get(&b);
	a->filename = S("placement.csv");
	return OK;
}

#define LIST "/orgs/{org_id}/placements"
#define ONE LIST "/{round_id}"
#define POSTS_TO(what) .method = POST, .page = ONE what, .api = "/api/v1" ONE what, .may = MAY_PLACEMENT_MANAGE, .scope = SCOPE_ORG
const struct action placement_actions[] = {
	{ .name = "placement.list",
	  .method = GET,
	  .page = LIST,
	  .api = "/api/v1" LIST,
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = rounds_view,
	  .summary = "The rounds of placement of an organisation." },
	{ .name = "placement.add",
	  .method = POST,
	  .page = LIST,
	  .api = "/api/v1" LIST,
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = add_in,
	  .in_size = sizeof(struct add_in),
	  .out = added_out,
	  .run = add_run,
	  .form = "placement.list",
	  .then = LIST,
	  .summary = "Begins a round of placement: vacant posts, and officers." },
	{ .name = "placement.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = show_in,
	  .in_size = sizeof(struct one_in),
	  .out = round_out,
	  .run = show_run,
	  .html = round_view,
	  .summary = "A round of placement: the answer with its proof, what cannot be filled, and the stable one beside it." },
	{ .name = "placement.officers",
	  .method = GET,
	  .api = "/api/v1" ONE "/officers",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = show_in,
	  .in_size = sizeof(struct one_in),
	  .out = placement_out,
	  .out_list = true,
	  .run = officers_run,
	  .summary = "The officers of a round, with where they go." },
	{ .name = "placement.csv",
	  .method = GET,
	  .page = ONE "/placement.csv",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = csv_run,
	  .summary = "A round as CSV: who goes where, with the prices that prove it." },
	{ .name = "placement.score",
	  POSTS_TO("/score"),
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = score_run,
	  .form = "placement.show",
	  .then = ONE,
	  .summary = "Closes preferences and finds who comes into question for each post." },
	{ .name = "placement.solve",
	  POSTS_TO("/solve"),
	  .in = solve_in,
	  .in_size = sizeof(struct solve_in),
	  .prepare = solve_prepare,
	  .run = solve_run,
	  .form = "placement.show",
	  .then = ONE,
	  .notice = N_("Solved, and proved. What it moved is marked."),
	  .summary = "Solves a round from the last answer, with a pair fixed, forbidden or opened, or preferences weighed otherwise." },
	{ .name = "placement.propose",
	  POSTS_TO("/propose"),
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = propose_run,
	  .form = "placement.show",
	  .then = ONE,
	  .notice = N_("It is proposed. Somebody else approves it."),
	  .summary = "Proposes the placement of a round." },
	{ .name = "placement.decide",
	  POSTS_TO("/decide"),
	  .in = decide_in,
	  .in_size = sizeof(struct decide_in),
	  .run = decide_run,
	  .form = "placement.show",
	  .then = ONE,
	  .notice = N_("It is decided."),
	  .summary = "Approves a proposed placement, or returns it; never by who proposed it." },
	{ .name = "placement.withdraw",
	  POSTS_TO("/withdraw"),
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = withdraw_run,
	  .form = "placement.show",
	  .then = ONE,
	  .notice = N_("The round is withdrawn."),
	  .summary = "Withdraws a round before its orders are out." },
	ACTION_END,
};
