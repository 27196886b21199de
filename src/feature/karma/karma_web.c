/* Karma Points in the browser and over the API: the own ledger, the board of the week, the rules. */
#include "base/clock.h"
#include "feature/karma/karma.h"
#include "feature/karma/karma_page.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "karma_board_html.h"
#include "karma_html.h"
#include "karma_rules_html.h"
#include "web/access.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { PAGE_ENTRIES = 60, CODES_A_THING = 4 };

/* ── the ledger ── */

struct mine_in {
	struct str after;
};
static const struct field mine_in[] = { FIELD(mine_in, after, F_TEXT, .max = 60), FIELD_END };
static const struct field mine_out[] = {
	FIELD(karma_item, code, F_TEXT),
	FIELD(karma_item, thing_id, F_ID),
	FIELD(karma_item, title, F_TEXT),
	FIELD(karma_item, points, F_INT),
	FIELD(karma_item, why, F_TEXT),
	FIELD(karma_item, at, F_TIME),
	FIELD_END,
};

/* "AT-THING"; anything else is the beginning. */
static void read_cursor(struct str text, int64_t *at, int64_t *thing_id)
{
	ptrdiff_t dash = text.p ? str_index(text, '-') : -1;
	if (dash < 0 || !str_int(str_sub(text, 0, (size_t)dash), at) || !str_int(str_sub(text, (size_t)dash + 1, text.n), thing_id)) {
		*at = INT64_MAX;
		*thing_id = 0;
	}
}

static struct str address_of(struct ctx *cx, enum karma_code code, int64_t id)
{
	switch (code) {
	case KARMA_course:
	case KARMA_course_test:
	case KARMA_course_plan:
	case KARMA_rating: return str_fmt(cx->arena, "/courses/%lld", (long long)id);
	case KARMA_event: return str_fmt(cx->arena, "/events/%lld", (long long)id);
	default: return STR_NONE;
	}
}

static bool belongs(const struct karma_item *to, const struct karma_ledger_row *r)
{
	return to->thing_id == r->thing_id && to->at == r->at && r->thing_id != 0;
}

/* Entries of a thing and moment together; the last thing of a full page may be cut, so the next page begins with it. */
static void put_items(struct ctx *cx, const struct karma_ledger_row *r, size_t n, struct karma_mine_page *v)
{
	bool full = n == PAGE_ENTRIES;
	v->items = ARENA_ARRAY(cx->arena, struct karma_item, n);
	for (size_t i = 0; i < n; i++) {
		enum karma_code code = karma_code_of(r[i].code);
		struct karma_item *to = v->n_items ? &v->items[v->n_items - 1] : NULL;
		if (code == KARMA_CODES)
			continue;
		if (!to || !belongs(to, &r[i])) {
			to = &v->items[v->n_items++];
			*to = (struct karma_item){ .thing_id = r[i].thing_id,
						   .at = r[i].at,
						   .title = r[i].title.p ? r[i].title : str_of(tr(cx->lang, karma_name(code))),
						   .lang = r[i].lang,
						   .code = r[i].code,
						   .why = r[i].why,
						   .href = address_of(cx, code, r[i].thing_id),
						   .parts = ARENA_ARRAY(cx->arena, struct karma_part, CODES_A_THING) };
		}
		to->points += r[i].points;
		if (to->n_parts < CODES_A_THING)
			to->parts[to->n_parts++] = (struct karma_part){ r[i].points, r[i].months, str_of(tr(cx->lang, karma_name(code))),
									str_is(r[i].why, "month"), r[i].months > 0 };
	}
	if (full && v->n_items > 1) {
		v->n_items--;
		const struct karma_item *last = &v->items[v->n_items - 1];
		v->next = str_fmt(cx->arena, "%lld-%lld", (long long)last->at, (long long)last->thing_id);
	}
}

static void put_weeks(struct ctx *cx, const struct claps *c, struct karma_mine_page *v)
{
	v->weeks = ARENA_ARRAY(cx->arena, struct karma_week, CLAP_WEEKS);
	v->n_weeks = CLAP_WEEKS;
	for (int i = 0; i < CLAP_WEEKS; i++)
		v->weeks[i] = (struct karma_week){ c->monday[i], c->week[i], c->week[i] >= CLAP_MINUTES * MINUTE, i == 0 };
	v->streak = c->streak;
	v->longest = c->longest;
	v->clap_minutes = CLAP_MINUTES;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct mine_in *in = input;
	struct karma_mine_page *v = ARENA_NEW(cx->arena, struct karma_mine_page);
	struct civil today = clock_date(person_today(cx));
	struct karma_sums_row sums;
	struct karma_ledger_row *r;
	struct claps claps;
	int64_t at, thing_id;
	size_t n;
	(void)state;
	read_cursor(in->after, &at, &thing_id);
	TRY(karma_sql_sums(cx, clock_day_start(cx->actor.zone, clock_day_of(today.year, today.month, 1)), cx->actor.person_id, &sums));
	TRY(karma_sql_ledger(cx, cx->actor.person_id, at, thing_id, PAGE_ENTRIES, &r, &n));
	TRY(karma_claps(cx, cx->actor.person_id, &claps));
	v->points = sums.points;
	v->lately = sums.lately;
	put_items(cx, r, n, v);
	put_weeks(cx, &claps, v);
	ANSWER_ROWS(a, v->items, v->n_items);
	a->next = v->next;
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Karma Points"));
	return OK;
}

static enum err settle_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	(void)a;
	return karma_settle(cx, cx->actor.person_id);
}

/* ── the board of the week ── */

struct board_in {
	bool last;
};
static const struct field board_in[] = { FIELD(board_in, last, F_BOOL, .label = N_("Last week")), FIELD_END };
static const struct field board_out[] = {
	FIELD(karma_row, rank, F_INT), FIELD(karma_row, name, F_TEXT, .personal = true), FIELD(karma_row, ms, F_INT), FIELD(karma_row, me, F_BOOL), FIELD_END,
};

static enum err put_rows(struct ctx *cx, int64_t org_id, int64_t n_board, struct karma_board_page *v)
{
	struct karma_league_row *r;
	TRY(karma_sql_league(cx, v->week, v->week + 7, org_id, n_board, &r, &v->n_rows));
	v->rows = ARENA_ARRAY(cx->arena, struct karma_row, v->n_rows);
	for (size_t i = 0; i < v->n_rows; i++) /* who learnt the same stands on the same place */
		v->rows[i] = (struct karma_row){ i && r[i].ms / MINUTE == r[i - 1].ms / MINUTE ? v->rows[i - 1].rank : (int64_t)i + 1, r[i].person_id, r[i].ms,
						 r[i].name, r[i].person_id == cx->actor.person_id };
	return OK;
}

static enum err board_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct board_in *in = input;
	struct karma_board_page *v = ARENA_NEW(cx->arena, struct karma_board_page);
	struct karma_my_league_row mine;
	struct karma_hidden_row hidden;
	(void)state;
	v->last = in->last;
	v->week = karma_monday(person_today(cx)) - (in->last ? 7 : 0);
	v->last_day = v->week + 6;
	v->other = in->last ? S("/me/karma/board") : S("/me/karma/board?last=true");
	v->least = LEAGUE_LEAST;
	TRY(karma_sql_hidden(cx, cx->actor.person_id, &hidden, &v->hidden));
	TRY(karma_sql_my_league(cx, cx->actor.person_id, v->week, &mine, &v->on));
	v->on = v->on && !v->hidden; /* who is not seen does not see */
	if (v->on) {
		v->org = org_name(cx, mine.org_en, mine.org_hi);
		TRY(put_rows(cx, mine.org_id, mine.n, v));
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Board of the week"));
	return OK;
}

struct hide_in {
	bool hidden;
};
static const struct field hide_in[] = { FIELD(hide_in, hidden, F_BOOL, .must = true, .label = N_("Not on boards")), FIELD_END };

static enum err hide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct hide_in *in = input;
	(void)state;
	(void)a;
	return karma_hide(cx, in->hidden);
}

/* ── rules ── */

static const struct field rules_out[] = {
	FIELD(karma_rule_row, code, F_TEXT),
	FIELD(karma_rule_row, name, F_TEXT),
	FIELD(karma_rule_row, points, F_INT),
	FIELD(karma_rule_row, monthly_most, F_INT),
	FIELD(karma_rule_row, less_a_month, F_INT),
	FIELD(karma_rule_row, least_share, F_INT),
	FIELD_END,
};

static enum err rules_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct karma_rules_page *v = ARENA_NEW(cx->arena, struct karma_rules_page);
	struct karma_rate rates[KARMA_CODES];
	struct karma_rules_row *r;
	size_t n;
	(void)input;
	(void)state;
	TRY(karma_rates(cx, clock_day_in_india(cx->now), rates));
	v->rules = ARENA_ARRAY(cx->arena, struct karma_rule_row, KARMA_CODES);
	for (enum karma_code c = 0; c < KARMA_CODES; c++)
		v->rules[v->n_rules++] = (struct karma_rule_row){ .points = rates[c].points,
								  .monthly_most = rates[c].monthly_most,
								  .less_a_month = rates[c].less_a_month,
								  .least_share = rates[c].least_share,
								  .code = karma_slug(c),
								  .name = str_of(tr(cx->lang, karma_name(c))) };
	TRY(karma_sql_rules(cx, &r, &n));
	v->changes = ARENA_ARRAY(cx->arena, struct karma_rule_row, n);
	for (size_t i = n; i--;) {
		enum karma_code c = karma_code_of(r[i].code);
		v->changes[v->n_changes++] = (struct karma_rule_row){ r[i].points,	 r[i].monthly_most,
								      r[i].less_a_month, r[i].least_share,
								      r[i].from_day,	 r[i].set_at,
								      r[i].code,	 c == KARMA_CODES ? r[i].code : str_of(tr(cx->lang, karma_name(c))),
								      r[i].reason,	 r[i].setter };
	}
	TRY(access_may(cx, MAY_KARMA_MANAGE, SCOPE_NONE, 0, &v->may_manage));
	ANSWER_ROWS(a, v->rules, v->n_rules);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("What Karma Points are given for"));
	return OK;
}

struct rule_in {
	struct str code, reason;
	int64_t from_day, points, monthly_most, less_a_month, least_share;
};
static const struct choice code_choices[] = {
#define RULE(code, points, monthly_most, less_a_month, least_share, text) { #code, text },
#include "feature/karma/karma_rule.def"
#undef RULE
	{ NULL, NULL }
};
static const struct field rule_in[] = {
	FIELD(rule_in, code, F_CHOICE, .label = N_("For what"), .must = true, .choices = code_choices),
	FIELD(rule_in, from_day, F_DATE, .label = N_("From which day on"), .must = true),
	FIELD(rule_in, points, F_INT, .label = N_("Points"), .must = true, .min = 0, .max = 1000),
	FIELD(rule_in, monthly_most, F_INT, .label = N_("Times a month (0: no end)"), .must = true, .min = 0, .max = 1000),
	FIELD(rule_in, less_a_month, F_INT, .label = N_("Less for each month after the due day"), .must = true, .min = 0, .max = 1000),
	FIELD(rule_in, least_share, F_INT, .label = N_("Of a course must be learnt, per cent"), .must = true, .min = 0, .max = 100),
	FIELD(rule_in, reason, F_TEXT, .label = N_("Why, and by which order"), .must = true, .max = KARMA_REASON_MAX),
	FIELD_END,
};

static enum err rule_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct rule_in *in = input;
	struct karma_rule_set set = { karma_code_of(in->code), in->from_day, { in->points, in->monthly_most, in->less_a_month, in->least_share }, in->reason };
	(void)state;
	(void)a;
	return karma_rule_set(cx, &set);
}

const struct action karma_actions[] = {
	{ .name = "karma.mine",
	  .method = GET,
	  .page = "/me/karma",
	  .api = "/api/v1/me/karma",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = mine_in,
	  .in_size = sizeof(struct mine_in),
	  .out = mine_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = karma_view,
	  .summary = "The own ledger of Karma Points: what was given for what, and why." },
	{ .name = "karma.settle",
	  .method = POST,
	  .page = "/me/karma/settle",
	  .api = "/api/v1/me/karma/settle",
	  .may = MAY_LEARN,
	  .own = true,
	  .run = settle_run,
	  .then = "/me/karma",
	  .notice = N_("All that you did was looked through. What was missing is in the ledger."),
	  .summary = "Looks through all that one did and gives points that are missing." },
	{ .name = "karma.board",
	  .method = GET,
	  .page = "/me/karma/board",
	  .api = "/api/v1/me/karma/board",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = board_in,
	  .in_size = sizeof(struct board_in),
	  .out = board_out,
	  .out_list = true,
	  .run = board_run,
	  .html = karma_board_view,
	  .summary = "The board of the week: verified learning in one's group." },
	{ .name = "karma.hide",
	  .method = POST,
	  .page = "/me/karma/hidden",
	  .api = "/api/v1/me/karma/hidden",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = hide_in,
	  .in_size = sizeof(struct hide_in),
	  .run = hide_run,
	  .form = "karma.board",
	  .then = "/me/karma/board",
	  .summary = "Not to be seen on boards, or to be seen again." },
	{ .name = "karma.rules",
	  .method = GET,
	  .page = "/karma/rules",
	  .api = "/api/v1/karma/rules",
	  .may = MAY_LEARN,
	  .out = rules_out,
	  .out_list = true,
	  .run = rules_run,
	  .html = karma_rules_view,
	  .summary = "What Karma Points are given for today, and every change of that." },
	{ .name = "karma.rule_set",
	  .method = POST,
	  .page = "/karma/rules",
	  .api = "/api/v1/karma/rules",
	  .may = MAY_KARMA_MANAGE,
	  .in = rule_in,
	  .in_size = sizeof(struct rule_in),
	  .run = rule_run,
	  .form = "karma.rules",
	  .then = "/karma/rules",
	  .notice = N_("The rule is kept."),
	  .summary = "Sets what is given for something, from a day on." },
	ACTION_END,
};
