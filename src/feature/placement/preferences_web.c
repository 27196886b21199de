/* What officers prefer in open rounds of placement. */
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/placement/round.h"
#include "feature/placement/round_page.h"
#include "feature/placement/shortlist.h"
#include "preferences_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

struct item {
	int64_t round_id, rank, post_id;
};
static const struct field item_out[] = { FIELD(item, round_id, F_ID), FIELD(item, rank, F_INT), FIELD(item, post_id, F_ID), FIELD_END };

static enum err put_posts(struct ctx *cx, struct preferences_page *v)
{
	struct round_post_choices_row *r;
	size_t n;
	TRY(round_sql_post_choices(cx, cx->actor.person_id, &r, &n));
	for (size_t k = 0; k < v->n_rounds; k++) {
		struct preference_round *round = &v->rounds[k];
		for (size_t i = 0; i < n; i++)
			if (r[i].round_id == round->id)
				*ARENA_PUSH(cx->arena, round->posts, round->n_posts) =
					(struct choose_item){ r[i].post_id, str_fmt(cx->arena, "%.*s – %.*s", STR_ARG(org_name(cx, r[i].org_en, r[i].org_hi)),
										    STR_ARG(said_in(cx, r[i].title_en, r[i].title_hi))) };
	}
	return OK;
}

static enum err put_said(struct ctx *cx, struct preferences_page *v, struct answer *a)
{
	struct round_preferences_row *r;
	struct item *items;
	size_t n;
	TRY(round_sql_preferences(cx, cx->actor.person_id, &r, &n));
	items = ARENA_ARRAY(cx->arena, struct item, n + 1);
	for (size_t i = 0; i < n; i++) {
		items[i] = (struct item){ r[i].round_id, r[i].rank, r[i].post_id };
		for (size_t k = 0; k < v->n_rounds; k++)
			if (v->rounds[k].id == r[i].round_id)
				v->rounds[k].places[r[i].rank - 1].chosen = r[i].post_id;
	}
	ANSWER_ROWS(a, items, n);
	return OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct preferences_page *v = ARENA_NEW(cx->arena, struct preferences_page);
	struct round_open_for_row *r;
	(void)input;
	(void)state;
	TRY(round_sql_open_for(cx, cx->actor.person_id, &r, &v->n_rounds));
	v->rounds = ARENA_ARRAY(cx->arena, struct preference_round, v->n_rounds + 1);
	for (size_t i = 0; i < v->n_rounds; i++) {
		struct preference_round *round = &v->rounds[i];
		*round = (struct preference_round){ .id = r[i].id,
						    .from_day = r[i].from_day,
						    .name = r[i].name,
						    .org = org_name(cx, r[i].org_en, r[i].org_hi),
						    .bonus = fit_points(cx, r[i].bonus),
						    .n_places = ROUND_PREFERENCES };
		for (int64_t k = 0; k < ROUND_PREFERENCES; k++)
			round->places[k] = (struct preference_place){ k + 1, 0, round };
	}
	TRY(put_posts(cx, v));
	TRY(put_said(cx, v, a));
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("Posts I prefer"));
	return OK;
}

void html_preference_options(struct html_out *o, const struct preference_place *p)
{
	struct arena *a = o->cx->arena;
	struct str chosen = p->chosen ? str_fmt(a, "%lld", (long long)p->chosen) : S("");
	for (size_t i = 0; i < p->round->n_posts; i++)
		html_option(o, str_fmt(a, "%lld", (long long)p->round->posts[i].id), chosen, p->round->posts[i].name);
}

struct say_in {
	int64_t round_id, p1, p2, p3, p4, p5;
};
#define PREFERENCE(member, text) FIELD(say_in, member, F_ID, .label = text)
static const struct field say_in[] = {
	FIELD(say_in, round_id, F_ID, .must = true),
	PREFERENCE(p1, N_("First preference")),
	PREFERENCE(p2, N_("Second preference")),
	PREFERENCE(p3, N_("Third preference")),
	PREFERENCE(p4, N_("Fourth preference")),
	PREFERENCE(p5, N_("Fifth preference")),
	FIELD_END,
};

static enum err say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct say_in *in = input;
	const int64_t all[] = { in->p1, in->p2, in->p3, in->p4, in->p5 };
	int64_t said[ROUND_PREFERENCES];
	size_t n = 0;
	(void)state;
	(void)a;
	for (size_t i = 0; i < ROUND_PREFERENCES; i++)
		if (all[i] != NONE)
			said[n++] = all[i]; /* a place left empty is passed over */
	return round_prefer(cx, in->round_id, said, n);
}

const struct action preferences_actions[] = {
	{ .name = "preferences.mine",
	  .method = GET,
	  .page = "/me/preferences",
	  .api = "/api/v1/me/preferences",
	  .may = MAY_LEARN,
	  .out = item_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = preferences_view,
	  .summary = "What one prefers in open rounds of placement." },
	{ .name = "preferences.say",
	  .method = POST,
	  .page = "/me/preferences/{round_id}",
	  .api = "/api/v1/me/preferences/{round_id}",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = say_in,
	  .in_size = sizeof(struct say_in),
	  .run = say_run,
	  .form = "preferences.mine",
	  .then = "/me/preferences",
	  .notice = N_("Your preferences are kept."),
	  .summary = "Says up to five posts that one prefers in a round, most of all first." },
	ACTION_END,
};
