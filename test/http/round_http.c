/* Many officers on many posts: the best placement with its proof, what officers prefer, what would be if, and that nothing moves anybody before somebody else
 * has approved it. */
#include "feature/group/group.h"
#include "feature/placement/round.h"
#include "feature/post/post.h"
#include "feature/proficiency/proficiency.h"
#include "http_test.h"

static struct fixture *f;
static struct world w;
static int64_t drafting, speaking, drafter, speaker;
static int64_t second_admin;

static int64_t today(void)
{
	return clock_day_in_india(f->app.fixed_now);
}

static const char *day_text(int64_t day)
{
	struct civil c = clock_date(day);
	return base_of("%04d-%02d-%02d", c.year, c.month, c.day);
}

/* ── what is put there: each test has offices of its own ── */

static int64_t an_officer(const char *login, int64_t office, int64_t drafts, int64_t speaks)
{
	int64_t id = a_person(f, login, login, office, 0);
	if (drafts >= 0)
		a_test_result(f, id, drafting, drafts);
	if (speaks >= 0)
		a_test_result(f, id, speaking, speaks);
	return id;
}

static enum err post_fn(struct ctx *cx, void *arg)
{
	int64_t id;
	return post_set(cx, arg, &id);
}

static int64_t a_vacancy(int64_t office, const char *code, int64_t places, int64_t role, int64_t least_pay_level)
{
	struct post_set in = { .org_id = office,
			       .code = str_of(code),
			       .title_en = str_of(code),
			       .title_hi = S(""),
			       .place = S("New Delhi"),
			       .designation_id = a_designation(f, "so"),
			       .sanctioned = places,
			       .service = S(""),
			       .least_pay_level = least_pay_level,
			       .from_day = clock_day_of(2026, 1, 1),
			       .roles = &role,
			       .n_roles = 1 };
	in_tx(f, post_fn, &in);
	return query_int(f, "SELECT id FROM post WHERE org_id = %lld AND code = '%s'", (long long)office, code);
}

static int64_t begin_round(struct client *c, const char *posts, const char *officers, int64_t from_day, int bonus, bool fill)
{
	char form[400];
	snprintf(form, sizeof form, "name=Round&from_day=%s&posts_office=%s&officers_office=%s&bonus=%d%s", day_text(from_day), posts, officers, bonus,
		 fill ? "&fill=1" : "");
	assert_int_equal(get(c, "/orgs/%lld/placements", (long long)w.ministry), 200);
	assert_int_equal(post(c, base_of("/orgs/%lld/placements", (long long)w.ministry), form), 303);
	return query_int(f, "SELECT max(id) FROM placement_round");
}

static const char *at(int64_t round, const char *what)
{
	return base_of("/orgs/%lld/placements/%lld%s", (long long)w.ministry, (long long)round, what);
}

static void score(struct client *c, int64_t round)
{
	assert_int_equal(get(c, "%s", at(round, "")), 200);
	assert_int_equal(post(c, at(round, "/score"), ""), 303);
	work_now(f);
	assert_int_equal(get(c, "%s", at(round, "")), 200);
}

static long try(struct client *c, int64_t round, const char *what, int64_t person, int64_t post_id)
{
	char form[200];
	snprintf(form, sizeof form, "what=%s&person_id=%lld&post_id=%lld", what, (long long)person, (long long)post_id);
	return post(c, at(round, "/solve"), person ? form : base_of("what=%s", what));
}

static int64_t figure(int64_t round, const char *column)
{
	return query_int(f, "SELECT %s FROM placement_round WHERE id = %lld", column, (long long)round);
}

static int64_t goes_to(int64_t round, int64_t person)
{
	return query_int(f, "SELECT post_id FROM placement_officer WHERE round_id = %lld AND person_id = %lld", (long long)round, (long long)person);
}

static int64_t fit_in(int64_t round, int64_t person, int64_t post_id)
{
	return query_int(f, "SELECT fit FROM placement_pair WHERE round_id = %lld AND person_id = %lld AND post_id = %lld", (long long)round, (long long)person,
			 (long long)post_id);
}

/* ── solving ── */

static int64_t office, hand, voice, both, drafts, speaks, round_id;

static void the_placement_has_the_greatest_sum_and_its_prices_prove_it(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t best;
	(void)state;
	office = an_org(f, "solving", "Office of Solving", w.ministry);
	hand = a_vacancy(office, "hand", 1, drafter, 0);
	voice = a_vacancy(office, "voice", 1, speaker, 0);
	/* Whoever does both drafts best; but the sum is greater when he speaks. */
	both = an_officer("both", office, 2900, 2900);
	drafts = an_officer("drafts", office, 2600, 0);
	speaks = an_officer("speaks", office, 0, 1700);
	round_id = begin_round(c, "solving", "solving", today(), 0, false);
	score(c, round_id);
	assert_int_equal(try(c, round_id, "again", 0, 0), 303);
	assert_int_equal(goes_to(round_id, both), voice);
	assert_int_equal(goes_to(round_id, drafts), hand);
	assert_int_equal(goes_to(round_id, speaks), 0);
	best = fit_in(round_id, both, voice) + fit_in(round_id, drafts, hand);
	assert_int_equal(figure(round_id, "total"), best);
	assert_int_equal(figure(round_id, "bound"), best);
	assert_int_equal(query_int(f,
				   "SELECT (SELECT sum(price) FROM placement_officer WHERE round_id = %lld) + (SELECT sum(price * places) FROM placement_post "
				   "WHERE round_id = %lld)",
				   (long long)round_id, (long long)round_id),
			 best);
	/* No pair scores more than its two prices. */
	assert_int_equal(query_int(f,
				   "SELECT count(*) FROM placement_pair i JOIN placement_officer o ON o.round_id = i.round_id AND o.person_id = i.person_id "
				   "JOIN placement_post p ON "
				   "p.round_id = i.round_id AND p.post_id = i.post_id WHERE i.round_id = %lld AND o.price + p.price < i.fit",
				   (long long)round_id),
			 0);
	assert_int_equal(get(c, "%s", at(round_id, "")), 200);
	assert_true(body_has(c, "Is it the best?") && body_has(c, "Beside the stable placement"));
	assert_int_equal(get(c, "%s", at(round_id, "/placement.csv")), 200);
	assert_true(body_has(c, "officer_price") && body_has(c, "\"drafts\""));
	client_free(c);
}

/* The greatest sum over all ways to give each officer a post or none. */
static int64_t best_of(const int64_t (*scores)[3], int n, int officer, unsigned taken)
{
	if (officer == n)
		return 0;
	int64_t best = best_of(scores, n, officer + 1, taken);
	for (int k = 0; k < 3; k++) {
		int64_t with = taken & 1U << k ? 0 : scores[officer][k] + best_of(scores, n, officer + 1, taken | 1U << k);
		best = with > best ? with : best;
	}
	return best;
}

static void no_other_way_of_all_there_are_gives_more(void **state)
{
	enum { N = 5 };
	struct client *c = client_as(f, w.admin);
	int64_t all = an_org(f, "all-ways", "Office of All Ways", w.ministry), posts[3], officers[N], scores[N][3], id;
	(void)state;
	posts[0] = a_vacancy(all, "first", 1, drafter, 0);
	posts[1] = a_vacancy(all, "second", 1, speaker, 0);
	posts[2] = a_vacancy(all, "third", 1, drafter, 0);
	for (int i = 0; i < N; i++) {
		char login[20];
		snprintf(login, sizeof login, "ways-%d", i);
		officers[i] = an_officer(login, all, i * 1370 % 2900, i * 1730 % 2900);
	}
	id = begin_round(c, "all-ways", "all-ways", today(), 0, false);
	score(c, id);
	for (int i = 0; i < N; i++)
		for (int k = 0; k < 3; k++)
			scores[i][k] = fit_in(id, officers[i], posts[k]);
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	assert_int_equal(figure(id, "total"), best_of((const int64_t(*)[3])scores, N, 0, 0));
	client_free(c);
}

static void what_would_be_if_is_solved_from_the_last_answer_and_shows_what_it_moves(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t before = figure(round_id, "total");
	(void)state;
	assert_int_equal(get(c, "%s", base_of("/orgs/%lld/placements/%lld/officers/%lld", (long long)w.ministry, (long long)round_id, (long long)both)), 200);
	assert_true(body_has(c, "placed here") && body_has(c, "Costs at least"));
	assert_int_equal(try(c, round_id, "fix", both, hand), 303);
	assert_int_equal(goes_to(round_id, both), hand);
	assert_int_equal(goes_to(round_id, speaks), voice);
	assert_true(figure(round_id, "total") < before);
	assert_int_equal(get(c, "%s", at(round_id, "")), 200);
	assert_true(body_has(c, "3 officers move") && body_has(c, "before: voice") && body_has(c, "before: stays"));
	/* Two cannot be fixed where one place is, nor one on two. */
	assert_int_equal(try(c, round_id, "fix", drafts, hand), 409);
	assert_int_equal(try(c, round_id, "fix", both, voice), 409);
	assert_int_equal(try(c, round_id, "open", both, hand), 303);
	assert_int_equal(figure(round_id, "total"), before);
	assert_int_equal(try(c, round_id, "forbid", both, voice), 303);
	assert_true(goes_to(round_id, both) != voice && figure(round_id, "total") < before);
	assert_int_equal(try(c, round_id, "open", both, voice), 303);
	assert_int_equal(figure(round_id, "total"), before);
	assert_int_equal(try(c, round_id, "fix", w.other_learner, hand), 404);
	/* With the facts of now all begins anew. */
	assert_int_equal(try(c, round_id, "fix", both, hand), 303);
	score(c, round_id);
	assert_int_equal(goes_to(round_id, both), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM placement_pair WHERE round_id = %lld AND rule <> 'open'", (long long)round_id), 0);
	assert_int_equal(try(c, round_id, "again", 0, 0), 303);
	assert_int_equal(figure(round_id, "total"), before);
	client_free(c);
}

struct twice {
	enum err e;
};

static enum err twice_fn(struct ctx *cx, void *arg)
{
	struct twice *t = arg;
	struct round_what again = { TRY_AGAIN, NONE, NONE, 0 };
	struct round_answer *a, *b;
	TRY(round_solve(cx, w.ministry, round_id, &again, &a));
	TRY(round_solve(cx, w.ministry, round_id, &again, &b));
	TRY(round_keep(cx, a));
	t->e = round_keep(cx, b);
	cx->n_failures = 0;
	return OK;
}

static void an_answer_to_what_has_changed_meanwhile_is_not_kept(void **state)
{
	struct twice t = { OK };
	(void)state;
	in_tx(f, twice_fn, &t);
	assert_int_equal(t.e, ERR_CONFLICT);
}

static void what_cannot_be_filled_is_said_with_the_reason(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t few = an_org(f, "few", "Office of Few", w.ministry), id;
	(void)state;
	a_vacancy(few, "too-high", 1, drafter, 14);
	a_vacancy(few, "three-desks", 3, drafter, 0);
	an_officer("only-one", few, 2900, -1);
	an_officer("and-another", few, 1500, -1);
	id = begin_round(c, "few", "few", today(), 0, true);
	score(c, id);
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	assert_int_equal(figure(id, "placed"), 2);
	assert_int_equal(get(c, "%s", at(id, "")), 200);
	assert_true(body_has(c, "Nobody comes into question for this post.") && body_has(c, "below the pay level: 2"));
	assert_true(body_has(c, "Places: 3. Officers who come into question for any of them: 2. Places that must stay empty: 1."));
	/* Prices less what filled places add are the sum. */
	assert_int_equal(query_int(f,
				   "SELECT (SELECT sum(price) FROM placement_officer WHERE round_id = %lld) + (SELECT sum(price * places) FROM placement_post "
				   "WHERE round_id = %lld)",
				   (long long)id, (long long)id) -
				 figure(id, "premium") * figure(id, "placed"),
			 figure(id, "total"));
	client_free(c);
}

static void rounds_with_nothing_in_them_are_refused(void **state)
{
	struct client *c = client_as(f, w.admin);
	uint64_t before;
	(void)state;
	an_org(f, "empty", "Office of Nobody", w.ministry);
	assert_int_equal(get(c, "/orgs/%lld/placements", (long long)w.ministry), 200);
	before = database_hash(f, true);
	char list[100];
	snprintf(list, sizeof list, "/orgs/%lld/placements", (long long)w.ministry);
	assert_int_equal(post(c, list, base_of("name=x&from_day=%s&posts_office=empty", day_text(today()))), 422);
	assert_true(body_has(c, "has no vacant place on that day"));
	assert_int_equal(post(c, list, base_of("name=x&from_day=%s&posts_office=solving&officers_office=empty", day_text(today()))), 422);
	assert_int_equal(post(c, list, base_of("name=x&from_day=%s", day_text(today() - 1))), 422);
	assert_int_equal(post(c, list, base_of("name=x&from_day=%s&posts_office=second-office", day_text(today()))), 422);
	assert_int_equal(post(c, list, base_of("name=x&from_day=%s&group_id=4711", day_text(today()))), 422);
	assert_true(database_hash(f, true) == before);
	client_free(c);
}

static enum err group_fn(struct ctx *cx, void *arg)
{
	int64_t *v = arg; /* two people; then the group */
	struct group_add in = { .org_id = w.ministry, .name = S("Volunteers") };
	in.rule = str_fmt(cx->arena, "{\"any\":[{\"all\":[{\"is\":\"people\",\"ids\":[\"%lld\",\"%lld\"]}]}]}", (long long)v[0], (long long)v[1]);
	cx->actor.person_id = w.admin;
	return group_add(cx, &in, &v[2]);
}

static void a_round_of_a_group_has_its_members_and_nobody_else(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t grouped = an_org(f, "grouped", "Office of Groups", w.ministry), v[3] = { an_officer("volunteer", grouped, 2000, -1), w.learner, 0 }, id;
	(void)state;
	a_vacancy(grouped, "for-one", 1, drafter, 0);
	an_officer("no-volunteer", grouped, 2900, -1);
	in_tx(f, group_fn, v);
	work_now(f);
	assert_int_equal(get(c, "/orgs/%lld/placements", (long long)w.ministry), 200);
	assert_true(body_has(c, "Volunteers"));
	assert_int_equal(post(c, base_of("/orgs/%lld/placements", (long long)w.ministry),
			      base_of("name=x&from_day=%s&posts_office=grouped&group_id=%lld", day_text(today()), (long long)v[2])),
			 303);
	id = query_int(f, "SELECT max(id) FROM placement_round");
	assert_int_equal(query_int(f, "SELECT count(*) FROM placement_officer WHERE round_id = %lld", (long long)id), 2);
	assert_int_equal(query_int(f, "SELECT count(*) FROM placement_officer WHERE round_id = %lld AND person_id IN (%lld, %lld)", (long long)id,
				   (long long)v[0], (long long)v[1]),
			 2);
	client_free(c);
}

static void single_posts_and_officers_can_be_left_out_while_the_round_is_open(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t chosen = an_org(f, "chosen", "Office of Choice", w.ministry), kept = a_vacancy(chosen, "kept-in", 1, drafter, 0),
		out = a_vacancy(chosen, "left-out", 1, drafter, 0);
	int64_t stays = an_officer("stays-in", chosen, 2000, -1), goes = an_officer("goes-out", chosen, 2900, -1),
		id = begin_round(c, "chosen", "chosen", today(), 0, false);
	(void)state;
	assert_int_equal(get(c, "%s", at(id, "/posts")), 200);
	assert_true(body_has(c, "left-out") && body_has(c, "Leave out"));
	assert_int_equal(post(c, at(id, "/leave-out"), base_of("post_id=%lld", (long long)out)), 303);
	assert_int_equal(post(c, at(id, "/leave-out"), base_of("post_id=%lld", (long long)out)), 404);
	assert_int_equal(post(c, at(id, "/leave-out"), base_of("post_id=%lld", (long long)kept)), 422); /* nothing would be left */
	assert_int_equal(post(c, at(id, "/leave-out"), base_of("person_id=%lld", (long long)goes)), 303);
	score(c, id);
	assert_int_equal(post(c, at(id, "/leave-out"), base_of("person_id=%lld", (long long)stays)), 409);
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	assert_int_equal(goes_to(id, stays), kept);
	assert_int_equal(figure(id, "placed"), 1);
	client_free(c);
}

/* ── preferences ── */

static void what_officers_prefer_counts_while_the_round_is_open(void **state)
{
	struct client *c = client_as(f, w.admin), *me;
	int64_t wishes = an_org(f, "wishes", "Office of Wishes", w.ministry), north = a_vacancy(wishes, "north", 1, drafter, 0),
		south = a_vacancy(wishes, "south", 1, drafter, 0);
	int64_t one = an_officer("one-wish", wishes, 2500, -1), id = begin_round(c, "wishes", "wishes", today(), 20, false);
	(void)state;
	me = client_as(f, one);
	work_now(f);
	assert_int_equal(get(me, "/notices"), 200);
	assert_true(body_has(me, "Say which posts you prefer"));
	assert_int_equal(get(me, "/me/preferences"), 200);
	assert_true(body_has(me, "north") && body_has(me, "south") && body_has(me, "20.0"));
	char own[100];
	snprintf(own, sizeof own, "/me/preferences/%lld", (long long)id);
	assert_int_equal(post(me, own, base_of("p1=%lld&p2=%lld", (long long)south, (long long)south)), 422);
	assert_int_equal(post(me, own, base_of("p1=%lld", (long long)hand)), 422);
	assert_int_equal(post(me, own, base_of("p1=%lld&p3=%lld", (long long)south, (long long)north)), 303);
	assert_int_equal(get(me, "/api/v1/me/preferences"), 200);
	assert_true(body_has(me, "\"rank\":2"));
	struct client *other = client_as(f, w.colleague);
	assert_int_equal(get(other, "/me/preferences"), 200);
	assert_true(body_has(other, "No round is open for you"));
	assert_int_equal(post(other, own, base_of("p1=%lld", (long long)south)), 404);
	score(c, id);
	assert_int_equal(post(me, own, base_of("p1=%lld", (long long)north)), 404);
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	assert_int_equal(goes_to(id, one), south);
	assert_int_equal(figure(id, "total"), fit_in(id, one, south) + 200);
	assert_int_equal(figure(id, "firsts"), 1);
	/* Weighed at nothing, it adds nothing. */
	assert_int_equal(post(c, at(id, "/solve"), "what=weigh&bonus=0"), 303);
	assert_int_equal(figure(id, "total"), fit_in(id, one, goes_to(id, one)));
	client_free(c);
	client_free(me);
	client_free(other);
}

/* ── proposal, approval, orders ── */

static int64_t order_office, far_office, near_post, far_post, near_officer, far_officer, third_officer, old_post;

static int64_t a_proposed_round(struct client *c, int64_t from_day)
{
	int64_t id = begin_round(c, "ordering", "ordering", from_day, 0, true);
	score(c, id);
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	assert_int_equal(post(c, at(id, "/propose"), ""), 303);
	return id;
}

static void somebody_else_approves_and_before_that_nothing_happens(void **state)
{
	struct client *c = client_as(f, w.admin), *second = client_as(f, second_admin), *stranger = client_as(f, w.other_admin);
	(void)state;
	order_office = an_org(f, "ordering", "Office of Orders", w.ministry);
	far_office = an_org(f, "far-away", "Far Office", order_office);
	near_post = a_vacancy(order_office, "near-desk", 1, drafter, 0);
	far_post = a_vacancy(far_office, "far-desk", 1, speaker, 0);
	old_post = a_vacancy(order_office, "old-desk", 1, drafter, 0);
	near_officer = an_officer("near", order_office, 2900, 0);
	far_officer = an_officer("far", order_office, 0, 2900);
	third_officer = an_officer("third", order_office, 100, 100);
	a_holding(f, old_post, near_officer, today() - 200);
	int64_t id = a_proposed_round(c, today());
	assert_int_equal(goes_to(id, near_officer), near_post);
	assert_int_equal(goes_to(id, far_officer), far_post);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE person_id = %lld AND post_id = %lld", (long long)near_officer, (long long)near_post),
			 0);
	assert_int_equal(post(c, at(id, "/decide"), "answer=approve"), 403);
	assert_int_equal(get(stranger, "%s", at(id, "")), 403);
	assert_int_equal(get(second, "%s", at(id, "")), 200);
	assert_int_equal(post(second, at(id, "/decide"), "answer=return"), 422);
	assert_int_equal(post(second, at(id, "/decide"), "answer=return&words=The+far+one+has+small+children"), 303);
	assert_int_equal(get(c, "%s", at(id, "")), 200);
	assert_true(body_has(c, "small children") && body_has(c, "Propose it"));
	assert_int_equal(post(c, at(id, "/propose"), ""), 303);
	assert_int_equal(post(second, at(id, "/decide"), "answer=approve&order_no=No.+7+of+2026"), 303);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE post_id IN (%lld, %lld)", (long long)near_post, (long long)far_post), 0);
	work_now(f);
	assert_int_equal(query_int(f,
				   "SELECT count(*) FROM holding WHERE person_id = %lld AND post_id = %lld AND from_day = %lld AND order_no = 'No. 7 of 2026'",
				   (long long)near_officer, (long long)near_post, (long long)today()),
			 1);
	assert_int_equal(query_int(f, "SELECT until_day FROM holding WHERE person_id = %lld AND post_id = %lld", (long long)near_officer, (long long)old_post),
			 today());
	/* Who changes the office is posted there, and told. */
	assert_int_equal(query_int(f, "SELECT org_id FROM posting WHERE person_id = %lld AND until_day IS NULL", (long long)far_officer), far_office);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE person_id = %lld AND post_id = %lld", (long long)far_officer, (long long)far_post),
			 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM notice WHERE person_id = %lld AND kind = 'movement'", (long long)far_officer), 1);
	assert_int_equal(query_int(f, "SELECT count(*) FROM posting WHERE person_id = %lld", (long long)third_officer), 1);
	assert_int_equal(get(c, "%s", at(id, "")), 200);
	assert_true(body_has(c, "The orders are carried out."));
	assert_int_equal(post(c, at(id, "/withdraw"), ""), 409);
	assert_int_equal(check_findings(f), 0);
	client_free(c);
	client_free(second);
	client_free(stranger);
}

static void nobody_approves_the_own_placement(void **state)
{
	struct client *c = client_as(f, w.admin), *gains;
	int64_t own = an_org(f, "own-gain", "Office of Gain", w.ministry), who = an_officer("gains", own, 2900, -1), id;
	(void)state;
	a_vacancy(own, "gain", 1, drafter, 0);
	a_role(f, who, "mdo_admin", w.ministry);
	id = begin_round(c, "own-gain", "own-gain", today(), 0, false);
	score(c, id);
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	assert_int_equal(post(c, at(id, "/propose"), ""), 303);
	gains = client_as(f, who);
	assert_int_equal(get(gains, "%s", at(id, "")), 200);
	assert_int_equal(post(gains, at(id, "/decide"), "answer=approve"), 403);
	assert_int_equal(post(c, at(id, "/withdraw"), ""), 303);
	assert_int_equal(get(c, "%s", at(id, "")), 200);
	assert_true(body_has(c, "Withdrawn"));
	client_free(c);
	client_free(gains);
}

static void orders_wait_for_their_day_and_one_that_the_facts_forbid_fails_alone(void **state)
{
	struct client *c = client_as(f, w.admin), *second = client_as(f, second_admin);
	int64_t later = an_org(f, "later", "Office of Later", w.ministry), held, taken, free_post, first, other, day = today() + 10, now = f->app.fixed_now, id;
	(void)state;
	held = a_vacancy(later, "held-desk", 1, drafter, 0);
	taken = a_vacancy(later, "taken-desk", 1, speaker, 0);
	free_post = a_vacancy(later, "free-desk", 1, drafter, 0);
	an_officer("later-a", later, 2900, 0);
	an_officer("later-b", later, 0, 2900);
	an_officer("later-c", later, 2800, 0);
	id = begin_round(c, "later", "later", day, 0, true);
	score(c, id);
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	assert_int_equal(figure(id, "placed"), 3);
	first = query_int(f, "SELECT person_id FROM placement_officer WHERE round_id = %lld AND post_id = %lld", (long long)id, (long long)held);
	other = query_int(f, "SELECT person_id FROM placement_officer WHERE round_id = %lld AND post_id = %lld", (long long)id, (long long)free_post);
	assert_int_equal(post(c, at(id, "/propose"), ""), 303);
	assert_int_equal(get(second, "%s", at(id, "")), 200);
	assert_int_equal(post(second, at(id, "/decide"), "answer=approve"), 303);
	assert_int_equal(post(second, at(id, "/hold"), base_of("person_id=%lld&reason=Exam+in+that+week", (long long)first)), 303);
	work_now(f);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE post_id = %lld", (long long)free_post), 0);
	/* Somebody else comes to one of the posts meanwhile. */
	a_holding(f, taken, an_officer("came-before", later, -1, -1), today());
	f->app.fixed_now += 11 * DAY;
	work_now(f);
	assert_int_equal(query_int(f, "SELECT from_day FROM holding WHERE person_id = %lld AND post_id = %lld", (long long)other, (long long)free_post), day);
	assert_int_equal(query_int(f, "SELECT count(*) FROM holding WHERE post_id = %lld", (long long)held), 0);
	assert_int_equal(query_int(f, "SELECT count(*) FROM placement_officer WHERE round_id = %lld AND order_state = 'failed'", (long long)id), 1);
	client_free(c);
	client_free(second);
	c = client_as(f, w.admin);
	assert_int_equal(get(c, "%s", at(id, "")), 200);
	assert_true(body_has(c, "No place of the post is vacant any more.") && body_has(c, "Exam in that week"));
	f->app.fixed_now = now;
	client_free(c);
}

/* ── many ── */

enum { MANY = 2000, MANY_POSTS = 400 };

static enum err many_fn(struct ctx *cx, void *arg)
{
	int64_t many = *(int64_t *)arg, so = a_designation(f, "so"), id;
	cx->bulk = true;
	for (int i = 0; i < MANY; i++) {
		struct person_add in = { .name = str_fmt(cx->arena, "Officer %d", i),
					 .email = str_fmt(cx->arena, "many-%d@example.gov.in", i),
					 .lang = S("en") };
		TRY(person_add(cx, &in, &id));
		TRY(person_post(cx, &(struct person_post){ id, many, so, NONE, clock_day_of(2026, 1, 1) }));
		TRY(test_result(cx, id, i % 2 ? drafting : speaking, i * 37 % 3000));
	}
	for (int i = 0; i < MANY_POSTS; i++) {
		struct str code = str_fmt(cx->arena, "p%d", i);
		struct post_set in = { .org_id = many,
				       .code = code,
				       .title_en = code,
				       .title_hi = S(""),
				       .place = S("Delhi"),
				       .designation_id = so,
				       .sanctioned = 2,
				       .service = S(""),
				       .from_day = clock_day_of(2026, 1, 1),
				       .roles = i % 2 ? &drafter : &speaker,
				       .n_roles = 1 };
		TRY(post_set(cx, &in, &id));
	}
	return OK;
}

static void many_officers_are_placed_and_a_change_is_solved_again(void **state)
{
	struct client *c = client_as(f, w.admin);
	int64_t many = an_org(f, "many", "Office of Many", w.ministry), id, begun, ms;
	(void)state;
	in_tx(f, many_fn, &many);
	id = begin_round(c, "many", "many", today(), 10, false);
	begun = clock_monotonic();
	score(c, id);
	ms = (clock_monotonic() - begun) / 1000000;
	print_message("%d officers by %d posts of two places scored in %lld ms, with sanitizers\n", MANY, MANY_POSTS, (long long)ms);
	begun = clock_monotonic();
	assert_int_equal(try(c, id, "again", 0, 0), 303);
	print_message("solved, proved and kept in %lld ms\n", (long long)((clock_monotonic() - begun) / 1000000));
	assert_int_equal(figure(id, "bound"), figure(id, "total"));
	int64_t person =
		query_int(f, "SELECT person_id FROM placement_officer WHERE round_id = %lld AND post_id IS NOT NULL ORDER BY person_id LIMIT 1", (long long)id);
	begun = clock_monotonic();
	assert_int_equal(try(c, id, "forbid", person, goes_to(id, person)), 303);
	print_message("one pair forbidden: solved again in %lld ms\n", (long long)((clock_monotonic() - begun) / 1000000));
	assert_int_equal(figure(id, "bound"), figure(id, "total"));
	assert_int_equal(get(c, "%s", at(id, "?page=2")), 200);
	client_free(c);
}

static int begin(void **state)
{
	(void)state;
	f = fixture_start();
	a_world(f, &w);
	a_framework(f, "framework/kcm.csv", w.root);
	drafting = competency_named(f, "functional.noting-and-drafting");
	speaking = competency_named(f, "behavioural.communication");
	drafter = a_work_role(f, w.root, "drafting", "Put up files", drafting, 2);
	speaker = a_work_role(f, w.root, "speaking", "Speak for the office", speaking, 2);
	second_admin = a_person(f, "second-admin", "Second Admin", w.institute, 0);
	a_role(f, second_admin, "mdo_admin", w.ministry);
	return 0;
}

static int end(void **state)
{
	(void)state;
	fixture_end(f);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_placement_has_the_greatest_sum_and_its_prices_prove_it),
		cmocka_unit_test(no_other_way_of_all_there_are_gives_more),
		cmocka_unit_test(what_would_be_if_is_solved_from_the_last_answer_and_shows_what_it_moves), /* after the one before */
		cmocka_unit_test(an_answer_to_what_has_changed_meanwhile_is_not_kept),
		cmocka_unit_test(what_cannot_be_filled_is_said_with_the_reason),
		cmocka_unit_test(rounds_with_nothing_in_them_are_refused),
		cmocka_unit_test(a_round_of_a_group_has_its_members_and_nobody_else),
		cmocka_unit_test(single_posts_and_officers_can_be_left_out_while_the_round_is_open),
		cmocka_unit_test(what_officers_prefer_counts_while_the_round_is_open),
		cmocka_unit_test(somebody_else_approves_and_before_that_nothing_happens),
		cmocka_unit_test(nobody_approves_the_own_placement),
		cmocka_unit_test(orders_wait_for_their_day_and_one_that_the_facts_forbid_fails_alone),
		cmocka_unit_test(many_officers_are_placed_and_a_change_is_solved_again),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
