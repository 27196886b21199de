/* Campaigns in the browser and over the API: a person's own pages, and making and dating them. */
#include "feature/campaign/campaign.h"
#include "base/clock.h"
#include "campaign_dates_html.h"
#include "campaign_html.h"
#include "campaigns_html.h"
#include "feature/campaign/campaign_page.h"
#include "feature/campaign/campaign_pdf.h"
#include "feature/campaign/campaign_said_web.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"

enum { THINGS_READ = 60, COMING_READ = 15, COURSES_SHOWN = 10 };

struct campaign_in {
	int64_t campaign_id, org_id, from_day, last_day;
	struct str words, reason;
};
static const struct field id_in[] = { FIELD(campaign_in, campaign_id, F_ID, .must = true), FIELD_END };
static const struct field org_in[] = { FIELD(campaign_in, org_id, F_ID, .must = true), FIELD_END };

/* ── lists ── */

static const struct field item_out[] = {
	FIELD(campaign_item, id, F_ID),
	FIELD(campaign_item, org_id, F_ID),
	FIELD(campaign_item, name, F_TEXT),
	FIELD(campaign_item, org, F_TEXT),
	FIELD(campaign_item, from_day, F_DATE),
	FIELD(campaign_item, last_day, F_DATE),
	FIELD(campaign_item, target_minutes, F_INT),
	FIELD_END,
};

static enum err put_items(struct ctx *cx, int64_t org_id, struct campaigns_page *v)
{
	struct campaign_of_org_row *r;
	int64_t today = person_today(cx);
	TRY(campaign_sql_of_org(cx, org_id, &r, &v->n_items));
	v->items = ARENA_ARRAY(cx->arena, struct campaign_item, v->n_items);
	for (size_t i = 0; i < v->n_items; i++) {
		long long id = (long long)r[i].id;
		v->items[i] = (struct campaign_item){ .id = r[i].id,
						      .org_id = v->org_id ? v->org_id : r[i].org_id,
						      .from_day = r[i].from_day,
						      .last_day = r[i].last_day,
						      .target_minutes = r[i].target_minutes,
						      .name = org_name(cx, r[i].name_en, r[i].name_hi),
						      .org = org_name(cx, r[i].org_en, r[i].org_hi),
						      .path = v->org_id ? str_fmt(cx->arena, "/orgs/%lld/campaigns/%lld", (long long)v->org_id, id)
									: str_fmt(cx->arena, "/campaigns/%lld", id),
						      .board = str_fmt(cx->arena, "/campaigns/%lld/board", id),
						      .now = r[i].from_day <= today && today <= r[i].last_day,
						      .over = r[i].last_day < today,
						      .mine = v->org_id != 0 };
	}
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct campaigns_page *v = ARENA_NEW(cx->arena, struct campaigns_page);
	struct person_posting_on_row at;
	bool posted = false;
	(void)input;
	(void)state;
	TRY(person_posting(cx, cx->actor.person_id, person_today(cx), &at, &posted));
	if (posted)
		TRY(put_items(cx, at.org_id, v));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Campaigns of learning"));
	return OK;
}

static enum err org_list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct campaign_in *in = input;
	struct campaigns_page *v = ARENA_NEW(cx->arena, struct campaigns_page);
	(void)state;
	v->org_id = in->org_id;
	v->may_add = true;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_items(cx, in->org_id, v));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Campaigns of learning"));
	return OK;
}

/* ── making one ── */

static const struct choice rules[] = { { "competency", N_("every course that teaches a competency") },
				       { "listed", N_("courses that are listed") },
				       { NULL, NULL } };
static const struct field add_in[] = {
	FIELD(campaign_add, org_id, F_ID, .must = true),
	FIELD(campaign_add, name_en, F_TEXT, .label = N_("Name"), .hint = N_("“National Learning Week 2026”"), .must = true, .max = CAMPAIGN_NAME_MAX),
	FIELD(campaign_add, name_hi, F_TEXT, .label = N_("Name in Hindi"), .max = CAMPAIGN_NAME_MAX),
	FIELD(campaign_add, from_day, F_DATE, .label = N_("First day"), .must = true),
	FIELD(campaign_add, last_day, F_DATE, .label = N_("Last day"), .must = true),
	FIELD(campaign_add, target_minutes, F_INT, .label = N_("Target in minutes"), .hint = N_("Four hours are 240; so much it is where nothing is typed."),
	      .min = 1, .max = 60000),
	FIELD(campaign_add, counts, F_CHOICE, .label = N_("What counts"), .must = true, .choices = rules),
	FIELD(campaign_add, events, F_CHOICE, .label = N_("Events that count"), .choices = campaign_kind_choices),
	FIELD(campaign_add, programmes, F_CHOICE, .label = N_("Programmes of which sessions count"), .choices = campaign_kind_choices),
	FIELD(campaign_add, charchas, F_CHOICE, .label = N_("Samuhik Charchas that count"), .choices = campaign_kind_choices),
	FIELD_END,
};
struct made_campaign {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made_campaign, id, F_ID), FIELD_END };

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct campaign_add in = *(const struct campaign_add *)input;
	struct made_campaign *row = ARENA_NEW(cx->arena, struct made_campaign);
	(void)state;
	if (in.target_minutes == NONE)
		in.target_minutes = CAMPAIGN_TARGET;
	TRY(campaign_add(cx, &in, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/campaigns/%lld/dates", (long long)in.org_id, (long long)row->id);
	return OK;
}

/* ── a person's own ── */

static const struct field mine_out[] = {
	FIELD(campaign_mine_page, id, F_ID),
	FIELD(campaign_mine_page, name, F_TEXT),
	FIELD(campaign_mine_page, from_day, F_DATE),
	FIELD(campaign_mine_page, last_day, F_DATE),
	FIELD(campaign_mine_page, target_ms, F_INT),
	FIELD(campaign_mine_page, ms, F_INT),
	FIELD(campaign_mine_page, published_ms, F_INT),
	FIELD(campaign_mine_page, today_ms, F_INT),
	FIELD(campaign_mine_page, pledged_at, F_TIME),
	FIELD(campaign_mine_page, reached_at, F_TIME),
	FIELD(campaign_mine_page, theme, F_TEXT),
	FIELD_END,
};

/* ── what to do ── */

static struct str path_of(struct ctx *cx, struct str kind, int64_t id)
{
	const char *folder = str_is(kind, "event") ? "events" : str_is(kind, "charcha") ? "charchas" : "programmes";
	return str_fmt(cx->arena, "/%s/%lld", folder, (long long)id);
}

/* What is to come within the window and counts; courses on the list that are not begun. */
static enum err put_coming(struct ctx *cx, const struct campaign_count *n, struct campaign_mine_page *v)
{
	const struct campaign_one_row *c = &n->campaign;
	struct campaign_coming_row *r;
	struct campaign_courses_left_row *k;
	int64_t begins = clock_day_start(cx->actor.zone, v->from_day), at = cx->now > begins ? cx->now : begins;
	TRY(campaign_sql_coming(cx, cx->actor.person_id, at, clock_day_start(cx->actor.zone, v->last_day + 1), c->events, n->org_id, c->id,
				str_is(c->counts, "competency"), c->programmes, cx->now, c->charchas, COMING_READ, &r, &v->n_coming));
	v->coming = ARENA_ARRAY(cx->arena, struct campaign_coming, v->n_coming);
	for (size_t i = 0; i < v->n_coming; i++)
		v->coming[i] = (struct campaign_coming){ .starts_at = r[i].starts_at,
							 .left_ms = r[i].ends_at - (r[i].starts_at > cx->now ? r[i].starts_at : cx->now),
							 .kind = r[i].kind,
							 .path = path_of(cx, r[i].kind, r[i].id),
							 .title = org_name(cx, r[i].title, r[i].title_hi),
							 .part = org_name(cx, r[i].part, r[i].part_hi),
							 .came = r[i].came != 0,
							 .ask = str_is(r[i].kind, "programme") };
	if (str_is(c->counts, "competency"))
		return OK;
	TRY(campaign_sql_courses_left(cx, c->id, cx->actor.person_id, COURSES_SHOWN, &k, &v->n_courses));
	v->courses = ARENA_ARRAY(cx->arena, struct campaign_course_line, v->n_courses);
	for (size_t i = 0; i < v->n_courses; i++)
		v->courses[i] = (struct campaign_course_line){ .id = k[i].id, .ms = k[i].ms, .title = k[i].title, .lang = k[i].lang };
	return OK;
}

/* Meetings of today: those for which one is registered, or others as long as the day is not full. */
static void meet_today(struct ctx *cx, struct campaign_mine_page *v, bool came)
{
	int64_t tomorrow = clock_day_start(cx->actor.zone, v->today + 1);
	for (size_t i = 0; i < v->n_coming && v->coming[i].starts_at < tomorrow; i++) {
		const struct campaign_coming *m = &v->coming[i];
		if (m->ask || m->came != came || (!came && v->plan_ms >= CAMPAIGN_TODAY * MINUTE))
			continue;
		*ARENA_PUSH(cx->arena, v->things, v->n_things) = (struct campaign_thing){
			.course_id = NONE, .left_ms = m->left_ms, .starts_at = m->starts_at, .path = m->path, .title = m->title, .next = m->part
		};
		v->plan_ms += m->left_ms;
	}
}

/* Courses under way, of each its next open parts, as many as fill the minutes of a day. */
static enum err learn_today(struct ctx *cx, const struct campaign_one_row *c, struct campaign_mine_page *v)
{
	struct campaign_next_things_row *r;
	struct campaign_thing *t = NULL;
	size_t n;
	TRY(campaign_sql_next_things(cx, cx->actor.person_id, str_is(c->counts, "listed"), v->id, THINGS_READ, &r, &n));
	for (size_t i = 0; i < n && v->plan_ms < CAMPAIGN_TODAY * MINUTE; i++) {
		int64_t left = r[i].ms > r[i].covered_ms ? r[i].ms - r[i].covered_ms : 0;
		if (!left)
			continue;
		if (!t || t->course_id != r[i].course_id) {
			t = ARENA_PUSH(cx->arena, v->things, v->n_things);
			*t = (struct campaign_thing){ r[i].course_id, 0,	  NONE,	    str_fmt(cx->arena, "/resources/%lld", (long long)r[i].id),
						      r[i].course,    r[i].title, r[i].lang };
		}
		t->left_ms += left;
		v->plan_ms += left;
	}
	return OK;
}

/* What one has promised, what is under way, what one could go to: in this order. */
static enum err put_today(struct ctx *cx, const struct campaign_one_row *c, struct campaign_mine_page *v)
{
	meet_today(cx, v, true);
	TRY(learn_today(cx, c, v));
	meet_today(cx, v, false);
	return OK;
}

static enum err put_theme(struct ctx *cx, struct campaign_mine_page *v)
{
	struct campaign_themes_row *t;
	struct campaign_reflections_row *r;
	size_t n;
	TRY(campaign_sql_themes(cx, v->id, &t, &n));
	if (v->open && n) {
		const struct campaign_themes_row *of = &t[(v->today - v->from_day) % (int64_t)n];
		v->theme = org_name(cx, of->name_en, of->name_hi);
		v->theme_words = org_name(cx, of->words_en, of->words_hi);
	}
	TRY(campaign_sql_reflections(cx, v->id, cx->actor.person_id, &r, &n));
	v->words = S("");
	for (size_t i = 0; i < n; i++) {
		if (v->open && r[i].day == v->today)
			v->words = r[i].words;
		else
			*ARENA_PUSH(cx->arena, v->notes, v->n_notes) = (struct campaign_note){ r[i].day, r[i].words };
	}
	return OK;
}

static void put_shares(struct ctx *cx, const struct campaign_count *n, struct campaign_mine_page *v)
{
	v->n_shares = n->n_shares;
	v->shares = ARENA_ARRAY(cx->arena, struct campaign_share_line, n->n_shares);
	for (size_t i = 0; i < n->n_shares; i++)
		v->shares[i] = (struct campaign_share_line){ n->shares[i].ms, n->ms ? n->shares[i].ms * 100 / n->ms : 0, n->shares[i].name };
	for (size_t i = 0; i < n->n_parts; i++)
		v->today_ms += n->parts[i].day == v->today ? n->parts[i].ms : 0;
}

/* Who is posted elsewhere by now still sees what he learnt in it. */
static enum err put_mine(struct ctx *cx, int64_t campaign_id, struct campaign_mine_page *v)
{
	struct campaign_person_row p = { .pledged_at = NONE, .reached_at = NONE };
	struct campaign_one_row c;
	struct campaign_count n;
	bool found = false;
	TRY(campaign_count_of(cx, campaign_id, cx->actor.person_id, &n));
	c = n.campaign;
	TRY(campaign_sql_person(cx, campaign_id, cx->actor.person_id, &p, &found));
	if (n.org_id == NONE && !found)
		return fail(cx, ERR_NOT_FOUND, "campaign_id", N_("There is no such campaign for you: it belongs to another organisation."));
	*v = (struct campaign_mine_page){ .id = c.id,
					  .from_day = n.from_day == NONE ? c.from_day : n.from_day,
					  .last_day = n.from_day == NONE ? c.last_day : n.last_day,
					  .target_ms = c.target_minutes * MINUTE,
					  .ms = n.ms,
					  .published_ms = n.published_ms,
					  .pledged_at = p.pledged_at,
					  .reached_at = p.reached_at == NONE ? n.crossed_at : p.reached_at,
					  .today = person_today(cx),
					  .name = org_name(cx, c.name_en, c.name_hi),
					  .said = campaign_said(cx, c.counts, &(struct campaign_kinds){ c.events, c.programmes, c.charchas }),
					  .org = org_name(cx, c.org_en, c.org_hi) };
	v->open = n.org_id != NONE && v->from_day <= v->today && v->today <= v->last_day;
	v->over = v->today > v->last_day;
	v->pledged = v->pledged_at != NONE;
	v->reached = v->reached_at != NONE;
	v->may_pledge = n.org_id != NONE && !v->over;
	v->percent = v->ms >= v->target_ms ? 100 : v->ms * 100 / v->target_ms;
	put_shares(cx, &n, v);
	TRY(put_theme(cx, v));
	if (n.org_id != NONE && !v->over)
		TRY(put_coming(cx, &n, v));
	return v->open ? put_today(cx, &c, v) : OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct campaign_in *in = input;
	struct campaign_mine_page *v = ARENA_NEW(cx->arena, struct campaign_mine_page);
	(void)state;
	TRY(put_mine(cx, in->campaign_id, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->name;
	return OK;
}

static enum err pledge_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct campaign_in *in = input;
	(void)state;
	(void)a;
	return campaign_pledge(cx, in->campaign_id);
}

static const struct field reflect_in[] = {
	FIELD(campaign_in, campaign_id, F_ID, .must = true),
	FIELD(campaign_in, words, F_LONG, .label = N_("My note"), .personal = true, .max = CAMPAIGN_WORDS_MAX),
	FIELD_END,
};

static enum err reflect_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct campaign_in *in = input;
	(void)state;
	(void)a;
	return campaign_reflect(cx, in->campaign_id, in->words);
}

static enum err certificate_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct campaign_in *in = input;
	(void)state;
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "campaign-%lld.pdf", (long long)in->campaign_id);
	return campaign_certificate(cx, in->campaign_id, cx->actor.person_id, &a->bytes);
}

/* ── dates ── */

static const struct field dates_out[] = {
	FIELD(campaign_dates_line, id, F_ID),	      FIELD(campaign_dates_line, org, F_TEXT),	  FIELD(campaign_dates_line, from_day, F_DATE),
	FIELD(campaign_dates_line, last_day, F_DATE), FIELD(campaign_dates_line, reason, F_TEXT), FIELD(campaign_dates_line, setter, F_TEXT, .personal = true),
	FIELD(campaign_dates_line, set_at, F_TIME),   FIELD(campaign_dates_line, newest, F_BOOL), FIELD_END,
};
static const struct field try_in[] = {
	FIELD(campaign_in, org_id, F_ID, .must = true),
	FIELD(campaign_in, campaign_id, F_ID, .must = true),
	FIELD(campaign_in, from_day, F_DATE),
	FIELD(campaign_in, last_day, F_DATE),
	FIELD_END,
};

static enum err put_trial(struct ctx *cx, const struct campaign_in *in, struct campaign_dates_page *v)
{
	struct campaign_trial t;
	TRY(campaign_try(cx, &(struct campaign_dates){ in->campaign_id, in->org_id, in->from_day, in->last_day, STR_NONE }, &t));
	v->tried = true;
	v->n_people = t.n_people;
	v->n_fall = t.n_fall;
	v->n_keep = t.n_keep;
	v->n_falls = t.n_falls;
	v->falls = ARENA_ARRAY(cx->arena, struct campaign_fall_line, t.n_falls);
	for (size_t i = 0; i < t.n_falls; i++)
		v->falls[i] = (struct campaign_fall_line){ t.falls[i].person_id, t.falls[i].ms, t.falls[i].ms_then, t.falls[i].name, t.falls[i].reached };
	return OK;
}

static enum err put_history(struct ctx *cx, struct campaign_dates_page *v)
{
	struct campaign_history_row *r;
	TRY(campaign_sql_history(cx, v->id, &r, &v->n_lines));
	v->lines = ARENA_ARRAY(cx->arena, struct campaign_dates_line, v->n_lines);
	for (size_t i = 0; i < v->n_lines; i++)
		v->lines[i] = (struct campaign_dates_line){ r[i].id,	 r[i].from_day, r[i].last_day, r[i].set_at, org_name(cx, r[i].org_en, r[i].org_hi),
							    r[i].reason, r[i].setter,	r[i].newest };
	return OK;
}

static enum err dates_show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct campaign_in *in = input;
	struct campaign_dates_page *v = ARENA_NEW(cx->arena, struct campaign_dates_page);
	struct campaign_for_org_row c;
	(void)state;
	TRY(campaign_for(cx, in->campaign_id, in->org_id, &c));
	*v = (struct campaign_dates_page){ .id = c.id,
					   .org_id = in->org_id,
					   .from_day = c.from_day,
					   .last_day = c.last_day,
					   .name = org_name(cx, c.name_en, c.name_hi),
					   .org = org_name(cx, c.org_en, c.org_hi),
					   .whole = in->org_id == c.org_id };
	v->from = fmt_isoday(cx, in->from_day != NONE ? in->from_day : v->from_day);
	v->last = fmt_isoday(cx, in->last_day != NONE ? in->last_day : v->last_day);
	if (in->from_day != NONE && in->last_day != NONE)
		TRY(put_trial(cx, in, v));
	TRY(put_history(cx, v));
	ANSWER_ROWS(a, v->lines, v->n_lines);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	return OK;
}

static const struct field dates_in[] = {
	FIELD(campaign_in, org_id, F_ID, .must = true),
	FIELD(campaign_in, campaign_id, F_ID, .must = true),
	FIELD(campaign_in, from_day, F_DATE, .label = N_("First day"), .must = true),
	FIELD(campaign_in, last_day, F_DATE, .label = N_("Last day"), .must = true),
	FIELD(campaign_in, reason, F_TEXT, .label = N_("Reason"), .must = true, .max = 300),
	FIELD_END,
};

static enum err dates_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct campaign_in *in = input;
	(void)state;
	(void)a;
	return campaign_dates(cx, &(struct campaign_dates){ in->campaign_id, in->org_id, in->from_day, in->last_day, in->reason });
}

#define DATES "/orgs/{org_id}/campaigns/{campaign_id}/dates"
#define IN .in_size = sizeof(struct campaign_in)
const struct action campaign_actions[] = {
	{ .name = "campaign.list",
	  .method = GET,
	  .page = "/campaigns",
	  .api = "/api/v1/campaigns",
	  .may = MAY_LEARN,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = campaigns_view,
	  .summary = "Campaigns of learning that are for the person." },
	{ .name = "campaign.mine",
	  .method = GET,
	  .page = "/campaigns/{campaign_id}",
	  .api = "/api/v1/campaigns/{campaign_id}",
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .out = mine_out,
	  .run = mine_run,
	  .html = campaign_view,
	  .own = true,
	  .summary = "How the person stands in a campaign: hours to the target, what is for today, theme of the day." },
	{ .name = "campaign.pledge",
	  .method = POST,
	  .page = "/campaigns/{campaign_id}/pledge",
	  .api = "/api/v1/campaigns/{campaign_id}/pledge",
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .run = pledge_run,
	  .form = "campaign.mine",
	  .then = "/campaigns/{campaign_id}",
	  .notice = N_("Your pledge is counted."),
	  .own = true,
	  .summary = "Pledges to reach the target." },
	{ .name = "campaign.reflect",
	  .method = POST,
	  .page = "/campaigns/{campaign_id}/reflection",
	  .api = "/api/v1/campaigns/{campaign_id}/reflection",
	  .may = MAY_LEARN,
	  .in = reflect_in,
	  IN,
	  .run = reflect_run,
	  .form = "campaign.mine",
	  .then = "/campaigns/{campaign_id}",
	  .notice = N_("Kept."),
	  .own = true,
	  .quiet = true,
	  .summary = "Keeps the person's own note on the theme of today." },
	{ .name = "campaign.certificate",
	  .method = GET,
	  .page = "/campaigns/{campaign_id}/certificate",
	  .api = "/api/v1/campaigns/{campaign_id}/certificate",
	  .may = MAY_LEARN,
	  .in = id_in,
	  IN,
	  .run = certificate_run,
	  .own = true,
	  .summary = "The certificate of who has reached the target, as a PDF." },
	{ .name = "campaign.org_list",
	  .method = GET,
	  .page = "/orgs/{org_id}/campaigns",
	  .api = "/api/v1/orgs/{org_id}/campaigns",
	  .may = MAY_CAMPAIGN_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = org_in,
	  IN,
	  .out = item_out,
	  .out_list = true,
	  .run = org_list_run,
	  .html = campaigns_view,
	  .summary = "Campaigns of an organisation and of those above it." },
	{ .name = "campaign.add",
	  .method = POST,
	  .page = "/orgs/{org_id}/campaigns",
	  .api = "/api/v1/orgs/{org_id}/campaigns",
	  .may = MAY_CAMPAIGN_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = add_in,
	  .in_size = sizeof(struct campaign_add),
	  .out = made_out,
	  .run = add_run,
	  .form = "campaign.org_list",
	  .then = "/orgs/{org_id}/campaigns",
	  .notice = N_("The campaign is announced."),
	  .summary = "Makes a campaign of an organisation and all below it." },
	{ .name = "campaign.dates_show",
	  .method = GET,
	  .page = DATES,
	  .api = "/api/v1" DATES,
	  .may = MAY_CAMPAIGN_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = try_in,
	  IN,
	  .out = dates_out,
	  .out_list = true,
	  .run = dates_show_run,
	  .html = campaign_dates_view,
	  .summary = "All dates a campaign was ever given; with other dates, what they would do." },
	{ .name = "campaign.dates",
	  .method = POST,
	  .page = DATES,
	  .api = "/api/v1" DATES,
	  .may = MAY_CAMPAIGN_MANAGE,
	  .scope = SCOPE_ORG,
	  .in = dates_in,
	  IN,
	  .run = dates_run,
	  .form = "campaign.dates_show",
	  .then = DATES,
	  .notice = N_("The dates are set."),
	  .summary = "Gives a campaign other dates in an organisation and below." },
	ACTION_END,
};
