/* The audit trail of an organisation and the access log of a person, as pages, files and data. */
#include "base/clock.h"
#include "feature/audit/trail.h"
#include "feature/audit/trail_page.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "text/csv.h"
#include "trail_html.h"
#include "views_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"

enum { ROWS = 50, CSV_ROWS = 20000, CSV_BYTES = 64 << 20, VIEWS = 50 };

struct trail_in {
	int64_t org_id, before, since, until;
	struct str who, action;
};
static const struct field trail_in[] = {
	FIELD(trail_in, org_id, F_ID, .must = true),
	FIELD(trail_in, before, F_ID),
	FIELD(trail_in, who, F_TEXT, .label = N_("Who"), .hint = N_("Full name or e-mail of somebody posted here today."), .max = 200),
	FIELD(trail_in, action, F_TEXT, .label = N_("What"), .hint = N_("For example people_import.apply."), .max = 80),
	FIELD(trail_in, since, F_DATE, .label = N_("From")),
	FIELD(trail_in, until, F_DATE, .label = N_("Up to and including")),
	FIELD_END,
};
static const struct field trail_out[] = {
	FIELD(trail_row, id, F_ID),	  FIELD(trail_row, at, F_TIME),	    FIELD(trail_row, who_id, F_ID),  FIELD(trail_row, who, F_TEXT, .personal = true), FIELD(trail_row, token, F_TEXT),
	FIELD(trail_row, action, F_TEXT), FIELD(trail_row, subject, F_TEXT), FIELD(trail_row, whom_id, F_ID), FIELD(trail_row, whom, F_TEXT, .personal = true),
	FIELD(trail_row, input, F_JSON),  FIELD(trail_row, before, F_JSON),  FIELD(trail_row, address, F_TEXT), FIELD(trail_row, acted_for, F_TEXT, .personal = true), FIELD(trail_row, seal_n, F_INT), FIELD_END,
};

/* Up to `most` rows, and one more where there is one. */
static enum err find_rows(struct ctx *cx, const struct trail_in *in, int64_t most, struct trail_row **ret, size_t *ret_n)
{
	struct trail_person_called_row *people;
	struct trail_page_row *rows;
	int64_t who = NONE;
	size_t n;
	if (in->who.n) {
		TRY(trail_sql_person_called(cx, person_today(cx), in->who, in->org_id, &people, &n));
		if (n != 1)
			return fail(cx, ERR_INVALID, "who", n ? N_("is the name of several people; use the e-mail") : N_("is nobody posted here today"));
		who = people[0].id;
	}
	int64_t since = in->since == NONE ? NONE : clock_day_start(cx->actor.zone, in->since);
	int64_t until = in->until == NONE ? NONE : clock_day_start(cx->actor.zone, in->until + 1);
	TRY(trail_sql_page(cx, in->org_id, in->before, in->action.n ? in->action : STR_NONE, who, NONE, since, until, most, &rows, &n));
	*ret = ARENA_ARRAY(cx->arena, struct trail_row, n);
	*ret_n = n;
	for (size_t i = 0; i < n; i++)
		(*ret)[i] = (struct trail_row){ rows[i].id, rows[i].at, rows[i].person_id, rows[i].subject_id, rows[i].seal_n, rows[i].who, rows[i].token, rows[i].whom, rows[i].subject,
						rows[i].action, rows[i].input, rows[i].was, rows[i].address, rows[i].acted_for, str_is(rows[i].subject, "person") };
	return OK;
}

static struct str query_of(struct ctx *cx, const struct trail_in *in, const char *address, int64_t before)
{
	struct buf b;
	buf_init(&b, cx->arena, 4000);
	buf_fmt(&b, "/orgs/%lld/%s?", (long long)in->org_id, address);
	if (before != NONE)
		buf_fmt(&b, "before=%lld&", (long long)before);
	const struct { const char *name; struct str v; } texts[] = { { "who", in->who }, { "action", in->action } };
	for (size_t i = 0; i < 2; i++)
		if (texts[i].v.n) {
			buf_fmt(&b, "%s=", texts[i].name);
			buf_str(&b, url_encoded(cx, texts[i].v));
			buf_char(&b, '&');
		}
	const struct { const char *name; int64_t day; } days[] = { { "since", in->since }, { "until", in->until } };
	for (size_t i = 0; i < 2; i++)
		if (days[i].day != NONE)
			buf_fmt(&b, "%s=%.*s&", days[i].name, STR_ARG(fmt_isoday(cx, days[i].day)));
	b.n--;
	return buf_get(&b);
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct trail_in *in = input;
	struct trail_page *v = ARENA_NEW(cx->arena, struct trail_page);
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(find_rows(cx, in, ROWS + 1, &v->rows, &n));
	v->n_rows = n > ROWS ? ROWS : n;
	v->csv = query_of(cx, in, "audit.csv", NONE);
	if (n > ROWS) {
		a->next = str_fmt(cx->arena, "%lld", (long long)v->rows[ROWS - 1].id);
		v->next = query_of(cx, in, "audit", v->rows[ROWS - 1].id);
	}
	ANSWER_ROWS(a, v->rows, v->n_rows);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Audit trail"));
	return OK;
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct trail_row *rows;
	struct buf b;
	size_t n;
	(void)state;
	TRY(find_rows(cx, input, CSV_ROWS, &rows, &n));
	if (n == CSV_ROWS)
		return fail(cx, ERR_TOO_LARGE, "since", N_("These are more than 20,000 rows. Choose a shorter time."));
	buf_init(&b, cx->arena, CSV_BYTES);
	buf_lit(&b, "\xEF\xBB\xBF" "id,at,who,who_id,token,action,subject,for_whom,subject_id,sent,before,address,seal,acting_for\r\n");
	for (size_t i = 0; i < n; i++) {
		const struct trail_row *r = &rows[i];
		csv_put(&b, str_fmt(cx->arena, "%lld", (long long)r->id));
		csv_put(&b, clock_rfc3339(cx->arena, r->at));
		csv_put(&b, r->who);
		csv_put(&b, r->who_id == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)r->who_id));
		csv_put(&b, r->token);
		csv_put(&b, r->action);
		csv_put(&b, r->subject);
		csv_put(&b, r->whom);
		csv_put(&b, r->whom_id == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)r->whom_id));
		csv_put(&b, r->input);
		csv_put(&b, r->before);
		csv_put(&b, r->address);
		csv_put(&b, r->seal_n == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)r->seal_n));
		csv_put(&b, r->acted_for);
		csv_end_row(&b);
	}
	a->type = "text/csv; charset=utf-8";
	a->filename = S("audit.csv");
	a->bytes = buf_get(&b);
	return OK;
}

/* ── who looked at my record ── */

struct views_in {
	int64_t before;
};
static const struct field views_in[] = { FIELD(views_in, before, F_INT), FIELD_END };
static const struct field view_out[] = {
	FIELD(view_row, day, F_DATE), FIELD(view_row, viewer_id, F_ID), FIELD(view_row, viewer, F_TEXT, .personal = true), FIELD(view_row, designation, F_TEXT),
	FIELD(view_row, action, F_TEXT), FIELD(view_row, n, F_INT), FIELD(view_row, last_at, F_TIME), FIELD_END,
};

static enum err views_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct views_in *in = input;
	struct views_page *v = ARENA_NEW(cx->arena, struct views_page);
	struct trail_views_row *rows;
	size_t n;
	(void)state;
	TRY(trail_sql_views(cx, cx->actor.person_id, in->before, VIEWS + 1, &rows, &n));
	v->n_views = n > VIEWS ? VIEWS : n;
	v->views = ARENA_ARRAY(cx->arena, struct view_row, v->n_views);
	for (size_t i = 0; i < v->n_views; i++)
		v->views[i] = (struct view_row){ rows[i].day, rows[i].n, rows[i].last_at, rows[i].viewer_id, rows[i].viewer,
						 org_name(cx, rows[i].designation_en, rows[i].designation_hi), rows[i].action };
	if (n > VIEWS) {
		a->next = str_fmt(cx->arena, "%lld", (long long)rows[VIEWS - 1].last_at);
		v->next = str_fmt(cx->arena, "/me/views?before=%.*s", STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->views, v->n_views);
	a->view = v;
	a->nav = NAV_ACCOUNT;
	ANSWER_TITLE(cx, a, N_("Who looked at my record"));
	return OK;
}

const struct action audit_actions[] = {
	{ .name = "audit.page", .method = GET, .page = "/orgs/{org_id}/audit", .api = "/api/v1/orgs/{org_id}/audit", .may = MAY_AUDIT_SEE, .scope = SCOPE_ORG, .in = trail_in,
	  .in_size = sizeof(struct trail_in), .out = trail_out, .out_list = true, .run = page_run, .html = trail_view,
	  .summary = "The audit trail of an organisation and all below it, the newest first." },
	{ .name = "audit.csv", .method = GET, .page = "/orgs/{org_id}/audit.csv", .may = MAY_AUDIT_SEE, .scope = SCOPE_ORG, .in = trail_in, .in_size = sizeof(struct trail_in),
	  .run = csv_run, .summary = "The audit trail as CSV." },
	{ .name = "audit.views", .method = GET, .page = "/me/views", .api = "/api/v1/me/views", .may = MAY_LEARN, .in = views_in, .in_size = sizeof(struct views_in), .out = view_out,
	  .out_list = true, .run = views_run, .html = views_view, .summary = "Who looked at one's own record, by day." },
	ACTION_END,
};
