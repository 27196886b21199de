/* What counts in a campaign, for who manages it: courses on the list, which events, programmes and charchas. */
#include "base/json.h"
#include "campaign_counts_html.h"
#include "feature/campaign/campaign_said_web.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/lang.h"

enum { ON_PAGE = 50, WORDS_MAX = 200 };

struct counts_in {
	int64_t campaign_id, org_id, course_id, thing_id, before;
	struct str words, called, events, programmes, charchas;
};
#define OF_CAMPAIGN FIELD(counts_in, org_id, F_ID, .must = true), FIELD(counts_in, campaign_id, F_ID, .must = true)

/* ── the page ── */

static const struct field show_in[] = { OF_CAMPAIGN, FIELD(counts_in, words, F_TEXT, .max = WORDS_MAX), FIELD(counts_in, before, F_ID), FIELD_END };
static const struct field found_in[] = { OF_CAMPAIGN, FIELD(counts_in, words, F_TEXT, .max = WORDS_MAX), FIELD_END };
static const struct field thing_out[] = {
	FIELD(campaign_thing_line, thing_id, F_ID), FIELD(campaign_thing_line, kind, F_TEXT),	FIELD(campaign_thing_line, title, F_TEXT),
	FIELD(campaign_thing_line, at, F_TIME),	    FIELD(campaign_thing_line, counts, F_BOOL), FIELD_END,
};
static const struct field found_out[] = {
	FIELD(campaign_thing_line, thing_id, F_ID), FIELD(campaign_thing_line, kind, F_TEXT),
	FIELD(campaign_thing_line, title, F_TEXT),  FIELD(campaign_thing_line, org, F_TEXT),
	FIELD(campaign_thing_line, at, F_TIME),	    FIELD(campaign_thing_line, counts, F_BOOL),
	FIELD(campaign_thing_line, listed, F_BOOL), FIELD_END,
};

static struct campaign_thing_line line_of(struct ctx *cx, const struct campaign_for_org_row *c, struct str kind, int64_t id, bool linked)
{
	const char *name, *folder;
	struct str which;
	if (str_is(kind, "event")) {
		name = N_("event");
		folder = "events";
		which = c->events;
	} else if (str_is(kind, "programme")) {
		name = N_("programme");
		folder = "programmes";
		which = c->programmes;
	} else {
		name = N_("charcha");
		folder = "charchas";
		which = c->charchas;
	}
	return (struct campaign_thing_line){ .campaign_id = c->id,
					     .thing_id = id,
					     .at = NONE,
					     .kind = kind,
					     .kind_name = str_of(tr(cx->lang, name)),
					     .path = str_fmt(cx->arena, "/%s/%lld", folder, (long long)id),
					     .counts = str_is(which, "listed") && (linked || str_is(c->counts, "listed")) };
}

static enum err put_courses(struct ctx *cx, struct campaign_counts_page *v)
{
	struct campaign_courses_row *r;
	TRY(campaign_sql_courses(cx, v->id, &r, &v->n_courses));
	v->courses = ARENA_ARRAY(cx->arena, struct campaign_course_line, v->n_courses);
	for (size_t i = 0; i < v->n_courses; i++)
		v->courses[i] = (struct campaign_course_line){ v->id, v->org_id, r[i].id, r[i].ms, r[i].title, r[i].lang };
	return OK;
}

static enum err put_things(struct ctx *cx, const struct campaign_for_org_row *c, int64_t before, struct campaign_counts_page *v, struct str *ret_next)
{
	struct campaign_things_row *r;
	size_t n;
	TRY(campaign_sql_things(cx, v->id, before, ON_PAGE + 1, &r, &n));
	v->n_things = n > ON_PAGE ? ON_PAGE : n;
	v->things = ARENA_ARRAY(cx->arena, struct campaign_thing_line, v->n_things);
	for (size_t i = 0; i < v->n_things; i++) {
		v->things[i] = line_of(cx, c, r[i].kind, r[i].thing_id, r[i].linked != 0);
		v->things[i].org_id = v->org_id;
		v->things[i].at = r[i].at;
		v->things[i].title = org_name(cx, r[i].title, r[i].title_hi);
	}
	if (n <= ON_PAGE)
		return OK;
	*ret_next = str_fmt(cx->arena, "%lld", (long long)r[ON_PAGE - 1].thing_id);
	v->next = str_fmt(cx->arena, "/orgs/%lld/campaigns/%lld/counts?before=%s", (long long)v->org_id, (long long)v->id, ret_next->p);
	return OK;
}

static enum err put_found(struct ctx *cx, const struct campaign_for_org_row *c, struct str words, struct campaign_counts_page *v)
{
	struct campaign_things_called_row *r;
	TRY(campaign_things_find(cx, v->id, words, &r, &v->n_found));
	v->found = ARENA_ARRAY(cx->arena, struct campaign_thing_line, v->n_found);
	for (size_t i = 0; i < v->n_found; i++) {
		v->found[i] = line_of(cx, c, r[i].kind, r[i].id, r[i].linked != 0);
		v->found[i].org_id = v->org_id;
		v->found[i].at = r[i].at;
		v->found[i].title = org_name(cx, r[i].title, r[i].title_hi);
		v->found[i].org = org_name(cx, r[i].org_en, r[i].org_hi);
		v->found[i].listed = r[i].listed != 0;
	}
	v->words = words;
	v->looked = true;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct counts_in *in = input;
	struct campaign_counts_page *v = ARENA_NEW(cx->arena, struct campaign_counts_page);
	struct campaign_for_org_row c;
	(void)state;
	TRY(campaign_for(cx, in->campaign_id, in->org_id, &c));
	*v = (struct campaign_counts_page){ .id = c.id,
					    .org_id = in->org_id,
					    .name = org_name(cx, c.name_en, c.name_hi),
					    .org = org_name(cx, c.org_en, c.org_hi),
					    .events = c.events,
					    .programmes = c.programmes,
					    .charchas = c.charchas,
					    .words = S(""),
					    .said = campaign_said(cx, c.counts, &(struct campaign_kinds){ c.events, c.programmes, c.charchas }),
					    .whole = in->org_id == c.org_id,
					    .by_competency = str_is(c.counts, "competency"),
					    .courses_listed = str_is(c.counts, "listed"),
					    .any_listed = str_is(c.events, "listed") || str_is(c.programmes, "listed") || str_is(c.charchas, "listed") };
	if (v->courses_listed)
		TRY(put_courses(cx, v));
	TRY(put_things(cx, &c, in->before, v, &a->next));
	if (v->whole && in->words.n)
		TRY(put_found(cx, &c, in->words, v));
	ANSWER_ROWS(a, v->things, v->n_things);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("What counts"));
	return OK;
}

static enum err found_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct counts_in *in = input;
	struct campaign_counts_page v = { .id = in->campaign_id, .org_id = in->org_id };
	struct campaign_for_org_row c;
	(void)state;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	TRY(put_found(cx, &c, in->words, &v));
	ANSWER_ROWS(a, v.found, v.n_found);
	return OK;
}

/* ── what is changed ── */

static const struct field kinds_in[] = {
	OF_CAMPAIGN,
	FIELD(counts_in, events, F_CHOICE, .label = N_("Events that count"), .must = true, .choices = campaign_kind_choices),
	FIELD(counts_in, programmes, F_CHOICE, .label = N_("Programmes of which sessions count"), .must = true, .choices = campaign_kind_choices),
	FIELD(counts_in, charchas, F_CHOICE, .label = N_("Samuhik Charchas that count"), .must = true, .choices = campaign_kind_choices),
	FIELD_END,
};

static void put_kind(struct json_out *j, const char *key, struct str kind)
{
	jw_key(j, key);
	jw_str(j, kind);
}

static enum err kinds_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct counts_in *in = input;
	struct campaign_for_org_row c;
	struct buf b;
	(void)state;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	buf_init(&b, cx->arena, 200);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	put_kind(&j, "events", c.events);
	put_kind(&j, "programmes", c.programmes);
	put_kind(&j, "charchas", c.charchas);
	jw_close(&j, '}');
	a->before = buf_get(&b);
	return campaign_kinds_set(cx, in->campaign_id, &(struct campaign_kinds){ in->events, in->programmes, in->charchas });
}

static const struct field course_in[] = { OF_CAMPAIGN, FIELD(counts_in, called, F_TEXT, .label = N_("Code or number of a course"), .must = true, .max = 100),
					  FIELD_END };
static const struct field one_course_in[] = { OF_CAMPAIGN, FIELD(counts_in, course_id, F_ID, .must = true), FIELD_END };
static const struct field thing_in[] = { OF_CAMPAIGN,
					 FIELD(counts_in, called, F_TEXT, .label = N_("Number, code or whole name"), .must = true, .max = WORDS_MAX),
					 FIELD_END };
static const struct field one_thing_in[] = { OF_CAMPAIGN, FIELD(counts_in, thing_id, F_ID, .must = true), FIELD_END };

static enum err course_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct counts_in *in = input;
	struct campaign_for_org_row c;
	(void)state;
	(void)a;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	return campaign_course_add(cx, in->campaign_id, in->called);
}

static enum err course_remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct counts_in *in = input;
	struct campaign_for_org_row c;
	(void)state;
	(void)a;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	return campaign_course_remove(cx, in->campaign_id, in->course_id);
}

static enum err thing_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct counts_in *in = input;
	struct campaign_for_org_row c;
	(void)state;
	(void)a;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	return campaign_thing_add(cx, in->campaign_id, in->called);
}

static enum err thing_remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct counts_in *in = input;
	struct campaign_for_org_row c;
	(void)state;
	(void)a;
	TRY(campaign_own(cx, in->campaign_id, in->org_id, &c));
	return campaign_thing_remove(cx, in->campaign_id, in->thing_id);
}

#define CAMPAIGN "/orgs/{org_id}/campaigns/{campaign_id}"
#define COUNTS CAMPAIGN "/counts"
#define COURSES CAMPAIGN "/courses"
#define THINGS CAMPAIGN "/things"
#define MANAGES .may = MAY_CAMPAIGN_MANAGE, .scope = SCOPE_ORG, .in_size = sizeof(struct counts_in)
const struct action campaign_thing_actions[] = {
	{ .name = "campaign.counts",
	  .method = GET,
	  .page = COUNTS,
	  .api = "/api/v1" THINGS,
	  MANAGES,
	  .in = show_in,
	  .out = thing_out,
	  .out_list = true,
	  .run = show_run,
	  .html = campaign_counts_view,
	  .summary = "What counts in a campaign: over the API, events, programmes and charchas on its list." },
	{ .name = "campaign.kinds",
	  .method = POST,
	  .page = COUNTS,
	  .api = "/api/v1" COUNTS,
	  MANAGES,
	  .in = kinds_in,
	  .run = kinds_run,
	  .form = "campaign.counts",
	  .then = COUNTS,
	  .notice = N_("It is said what counts; people are counted anew."),
	  .summary = "Says which events, programmes and charchas count in a campaign." },
	{ .name = "campaign.found",
	  .method = GET,
	  .api = "/api/v1" THINGS "/found",
	  MANAGES,
	  .in = found_in,
	  .out = found_out,
	  .out_list = true,
	  .run = found_run,
	  .summary = "Events, programmes and charchas that could be put on the list of a campaign, by words of their names." },
	{ .name = "campaign.course_add",
	  .method = POST,
	  .page = COURSES,
	  .api = "/api/v1" COURSES,
	  MANAGES,
	  .in = course_in,
	  .run = course_add_run,
	  .form = "campaign.counts",
	  .then = COUNTS,
	  .notice = N_("The course counts."),
	  .summary = "A course counts in a campaign." },
	{ .name = "campaign.course_remove",
	  .method = POST,
	  .page = COURSES "/{course_id}/remove",
	  .api = "/api/v1" COURSES "/{course_id}/remove",
	  MANAGES,
	  .in = one_course_in,
	  .run = course_remove_run,
	  .form = "campaign.counts",
	  .then = COUNTS,
	  .notice = N_("The course counts no more."),
	  .summary = "A course counts no more in a campaign." },
	{ .name = "campaign.thing_add",
	  .method = POST,
	  .page = THINGS,
	  .api = "/api/v1" THINGS,
	  MANAGES,
	  .in = thing_in,
	  .run = thing_add_run,
	  .form = "campaign.counts",
	  .then = COUNTS,
	  .notice = N_("It counts."),
	  .summary = "Puts an event, a programme or a charcha on the list of what counts in a campaign." },
	{ .name = "campaign.thing_remove",
	  .method = POST,
	  .page = THINGS "/{thing_id}/remove",
	  .api = "/api/v1" THINGS "/{thing_id}/remove",
	  MANAGES,
	  .in = one_thing_in,
	  .run = thing_remove_run,
	  .form = "campaign.counts",
	  .then = COUNTS,
	  .notice = N_("It counts no more."),
	  .summary = "Takes something off the list of what counts in a campaign." },
	ACTION_END,
};
