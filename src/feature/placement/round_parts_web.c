/* The posts and the officers of a round of placement, each by itself. */
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/placement/round.h"
#include "feature/placement/round_page.h"
#include "feature/placement/shortlist.h"
#include "round_officer_html.h"
#include "round_posts_html.h"
#include "web/action.h"

enum { POSTS_PAGE = 100 };

/* ── its posts ── */

struct one_in {
	int64_t org_id, round_id, page;
};
static const struct field show_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, round_id, F_ID, .must = true),
	FIELD(one_in, page, F_INT, .min = 1, .max = 100000),
	FIELD_END,
};
static const struct field post_out[] = {
	FIELD(round_post, post_id, F_ID), FIELD(round_post, title, F_TEXT),	FIELD(round_post, office, F_TEXT),
	FIELD(round_post, places, F_INT), FIELD(round_post, candidates, F_INT), FIELD_END,
};

static enum err posts_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct round_posts_page *v = ARENA_NEW(cx->arena, struct round_posts_page);
	struct round_one_row round;
	struct round_posts_of_row *r;
	int64_t page = in->page == NONE ? 1 : in->page;
	size_t n;
	(void)state;
	TRY(round_find(cx, in->org_id, in->round_id, &round));
	TRY(round_sql_posts_of(cx, round.id, POSTS_PAGE + 1, (page - 1) * POSTS_PAGE, &r, &n));
	*v = (struct round_posts_page){ .org_id = in->org_id, .round_id = round.id, .round = round.name, .n_posts = n > POSTS_PAGE ? POSTS_PAGE : n };
	TRY(org_called(cx, in->org_id, &v->org));
	v->posts = ARENA_ARRAY(cx->arena, struct round_post, v->n_posts + 1);
	for (size_t i = 0; i < v->n_posts; i++)
		v->posts[i] = (struct round_post){ .org_id = in->org_id,
						   .round_id = round.id,
						   .post_id = r[i].post_id,
						   .places = r[i].places,
						   .candidates = r[i].candidates,
						   .title = said_in(cx, r[i].title_en, r[i].title_hi),
						   .office = org_name(cx, r[i].org_en, r[i].org_hi),
						   .may_leave_out = str_is(round.state, "open") };
	if (n > POSTS_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)page + 1);
		v->next = str_fmt(cx->arena, "/orgs/%lld/placements/%lld/posts?page=%s", (long long)in->org_id, (long long)round.id, a->next.p);
	}
	ANSWER_ROWS(a, v->posts, v->n_posts);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = round.name;
	return OK;
}

struct leave_in {
	int64_t org_id, round_id, post_id, person_id;
};
static const struct field leave_in[] = {
	FIELD(leave_in, org_id, F_ID, .must = true),
	FIELD(leave_in, round_id, F_ID, .must = true),
	FIELD(leave_in, post_id, F_ID),
	FIELD(leave_in, person_id, F_ID),
	FIELD_END,
};

static enum err leave_out_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct leave_in *in = input;
	(void)state;
	if (in->post_id != NONE)
		a->then = str_fmt(cx->arena, "/orgs/%lld/placements/%lld/posts", (long long)in->org_id, (long long)in->round_id);
	return round_leave_out(cx, in->org_id, in->round_id, in->post_id, in->person_id);
}

/* ── one officer of it ── */

struct officer_in {
	int64_t org_id, round_id, person_id;
	struct str reason;
};
static const struct field officer_in[] = {
	FIELD(officer_in, org_id, F_ID, .must = true),
	FIELD(officer_in, round_id, F_ID, .must = true),
	FIELD(officer_in, person_id, F_ID, .must = true),
	FIELD_END,
};
static const struct field pair_out[] = {
	FIELD(officer_pair, post_id, F_ID),  FIELD(officer_pair, title, F_TEXT),
	FIELD(officer_pair, office, F_TEXT), FIELD(officer_pair, fit, F_TEXT),
	FIELD(officer_pair, rank, F_INT),    FIELD(officer_pair, score, F_TEXT),
	FIELD(officer_pair, lost, F_TEXT),   FIELD(officer_pair, rule, F_TEXT),
	FIELD(officer_pair, here, F_BOOL),   FIELD_END,
};

static struct officer_pair pair_of(struct ctx *cx, const struct round_one_row *round, const struct round_officer_row *who, const struct round_pairs_of_row *r)
{
	int64_t score = r->fit + (r->rank == NONE ? 0 : round->bonus * (ROUND_PREFERENCES + 1 - r->rank) / ROUND_PREFERENCES);
	bool solved = str_is(round->state, "solved"), priced = round->total != NONE && who->price != NONE && r->price != NONE && str_is(r->rule, "open");
	return (struct officer_pair){ .org_id = round->org_id,
				      .round_id = round->id,
				      .person_id = who->person_id,
				      .post_id = r->post_id,
				      .rank = r->rank,
				      .places = r->places,
				      .title = said_in(cx, r->title_en, r->title_hi),
				      .office = org_name(cx, r->org_en, r->org_hi),
				      .fit = fit_points_signed(cx, r->fit),
				      .score = fit_points_signed(cx, score),
				      /* The slack of the pair in the proof: what any placement with it falls short of the bound. */
				      .lost = priced && who->post_id != r->post_id ? fit_points_signed(cx, who->price + r->price - score - round->premium)
										   : S(""),
				      .rule = r->rule,
				      .here = who->post_id == r->post_id,
				      .fixed = str_is(r->rule, "fixed"),
				      .forbidden = str_is(r->rule, "forbidden"),
				      .may_change = solved };
}

static enum err officer_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct officer_in *in = input;
	struct round_officer_page *v = ARENA_NEW(cx->arena, struct round_officer_page);
	struct round_one_row round;
	struct round_officer_row who;
	struct round_pairs_of_row *r;
	bool found = false;
	(void)state;
	TRY(round_find(cx, in->org_id, in->round_id, &round));
	TRY(round_sql_officer(cx, round.id, in->person_id, &who, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "person_id", N_("The round has no such officer."));
	TRY(round_sql_pairs_of(cx, round.id, in->person_id, &r, &v->n_pairs));
	v->org_id = in->org_id;
	v->round_id = round.id;
	v->person_id = in->person_id;
	TRY(org_called(cx, in->org_id, &v->org));
	v->round = round.name;
	v->name = who.name;
	v->post = who.post_id == NONE ? S("") : said_in(cx, who.title_en, who.title_hi);
	v->held = str_is(who.order_state, "held");
	v->may_leave_out = str_is(round.state, "open");
	v->words = who.words;
	v->pairs = ARENA_ARRAY(cx->arena, struct officer_pair, v->n_pairs + 1);
	for (size_t i = 0; i < v->n_pairs; i++)
		v->pairs[i] = pair_of(cx, &round, &who, &r[i]);
	ANSWER_ROWS(a, v->pairs, v->n_pairs);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = who.name;
	return OK;
}

static const struct field hold_in[] = {
	FIELD(officer_in, org_id, F_ID, .must = true),
	FIELD(officer_in, round_id, F_ID, .must = true),
	FIELD(officer_in, person_id, F_ID, .must = true),
	FIELD(officer_in, reason, F_TEXT, .label = N_("Why"), .hint = N_("Empty: the order is released.")),
	FIELD_END,
};

static enum err hold_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct officer_in *in = input;
	(void)state;
	a->then = str_fmt(cx->arena, "/orgs/%lld/placements/%lld/officers/%lld", (long long)in->org_id, (long long)in->round_id, (long long)in->person_id);
	return round_hold(cx, in->org_id, in->round_id, in->person_id, in->reason);
}
#define ONE "/orgs/{org_id}/placements/{round_id}"
const struct action placement_part_actions[] = {
	{ .name = "placement.officer",
	  .method = GET,
	  .page = ONE "/officers/{person_id}",
	  .api = "/api/v1" ONE "/officers/{person_id}",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = officer_in,
	  .in_size = sizeof(struct officer_in),
	  .out = pair_out,
	  .out_list = true,
	  .run = officer_run,
	  .html = round_officer_view,
	  .summary = "The posts for which an officer of a round comes into question, and what each would cost." },
	{ .name = "placement.posts",
	  .method = GET,
	  .page = ONE "/posts",
	  .api = "/api/v1" ONE "/posts",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = show_in,
	  .in_size = sizeof(struct one_in),
	  .out = post_out,
	  .out_list = true,
	  .run = posts_run,
	  .html = round_posts_view,
	  .summary = "The posts of a round of placement." },
	{ .name = "placement.leave_out",
	  .method = POST,
	  .page = ONE "/leave-out",
	  .api = "/api/v1" ONE "/leave-out",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = leave_in,
	  .in_size = sizeof(struct leave_in),
	  .run = leave_out_run,
	  .form = "placement.show",
	  .then = ONE,
	  .notice = N_("It is left out of the round."),
	  .summary = "Leaves a post or an officer out of a round that is open." },
	{ .name = "placement.hold",
	  .method = POST,
	  .page = ONE "/hold",
	  .api = "/api/v1" ONE "/hold",
	  .may = MAY_PLACEMENT_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = hold_in,
	  .in_size = sizeof(struct officer_in),
	  .run = hold_run,
	  .form = "placement.show",
	  .then = ONE,
	  .summary = "Holds a single order back with a reason, or releases it." },
	ACTION_END,
};
