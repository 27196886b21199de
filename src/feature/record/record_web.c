/* My learning: the page, the same of another person, the list of the API and the downloads. */
#include "base/clock.h"
#include "feature/enrolment/enrolment.h"
#include "feature/person/person.h"
#include "feature/record/record.h"
#include "feature/record/record_page.h"
#include "record_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { PAGE_ROWS = 50, LIST_MOST = 200, PROGRAMMES_MOST = 200 };

static const struct choice states[] = { { "active", N_("In progress") }, { "completed", N_("Completed") }, { "ended", N_("Ended") }, { NULL, NULL } };
static const struct choice kinds[] = {
	{ "common", N_("Common") }, { "role", N_("For your role") }, { "ministry", N_("Ministry plan") }, { "self", N_("Your choice") }, { NULL, NULL }
};

struct record_in {
	int64_t person_id; /* of record.person only */
	struct str state, kind;
	int64_t page;
};
static const struct field show_in[] = {
	FIELD(record_in, state, F_CHOICE, .label = N_("State"), .choices = states),
	FIELD(record_in, kind, F_CHOICE, .label = N_("Kind"), .choices = kinds),
	FIELD(record_in, page, F_INT, .label = N_("Page"), .min = 1, .max = 1000),
	FIELD_END,
};
static const struct field person_in[] = {
	FIELD(record_in, person_id, F_ID, .must = true),
	FIELD(record_in, state, F_CHOICE, .label = N_("State"), .choices = states),
	FIELD(record_in, kind, F_CHOICE, .label = N_("Kind"), .choices = kinds),
	FIELD(record_in, page, F_INT, .label = N_("Page"), .min = 1, .max = 1000),
	FIELD_END,
};

/* ── the page ── */

static struct str address(struct ctx *cx, struct str base, struct str state, struct str kind, int64_t page)
{
	struct buf b;
	char sep = '?';
	buf_init(&b, cx->arena, 1000);
	buf_str(&b, base);
	if (state.n) {
		buf_fmt(&b, "%cstate=%.*s", sep, STR_ARG(state));
		sep = '&';
	}
	if (kind.n) {
		buf_fmt(&b, "%ckind=%.*s", sep, STR_ARG(kind));
		sep = '&';
	}
	if (page > 1)
		buf_fmt(&b, "%cpage=%lld", sep, (long long)page);
	return buf_get(&b);
}

static void make_filters(struct ctx *cx, const struct record_in *in, const struct record_sums_row *s, struct record_page *v)
{
	const int64_t n[] = { s->active, s->completed, s->ended };
	struct record_tab *all = ARENA_PUSH(cx->arena, v->tabs, v->n_tabs);
	*all = (struct record_tab){ str_of(tr(cx->lang, N_("All"))), address(cx, v->base, STR_NONE, in->kind, 1), s->active + s->completed + s->ended, !in->state.n };
	for (size_t i = 0; states[i].value; i++) {
		struct str value = str_of(states[i].value);
		struct record_tab *t = ARENA_PUSH(cx->arena, v->tabs, v->n_tabs);
		*t = (struct record_tab){ str_of(tr(cx->lang, states[i].label)), address(cx, v->base, value, in->kind, 1), n[i], str_eq(in->state, value) };
	}
	for (size_t i = 0; kinds[i].value; i++) {
		struct record_kind *k = ARENA_PUSH(cx->arena, v->kinds, v->n_kinds);
		*k = (struct record_kind){ str_of(kinds[i].value), str_of(tr(cx->lang, kinds[i].label)), str_is(in->kind, kinds[i].value) };
	}
	v->state = in->state;
	v->filtered = in->state.n || in->kind.n;
}

static struct record_item item_of(const struct record_list_row *r, int64_t today)
{
	return (struct record_item){
		.course_id = r->course_id,
		.ms = r->ms,
		.bytes = r->bytes,
		.percent = record_percent(r->state, r->resources_done, r->needed),
		.enrolled_at = r->enrolled_at,
		.ended_at = r->ended_at,
		.completed_at = r->completed_at,
		.stars = r->stars,
		.title = r->title,
		.lang = r->lang,
		.provider = r->provider,
		.kind = r->kind,
		.state = r->state,
		.serial = r->serial,
		.due = due_of(r->due_day, today),
	};
}

/* One row more than is shown tells whether there is a next page. */
static enum err make_items(struct ctx *cx, int64_t person_id, const struct record_in *in, struct record_page *v)
{
	struct record_list_row *r;
	int64_t page = in->page == NONE ? 1 : in->page;
	size_t n;
	TRY(record_sql_list(cx, person_id, in->state, in->kind, PAGE_ROWS + 1, (page - 1) * PAGE_ROWS, &r, &n));
	v->n_items = n > PAGE_ROWS ? PAGE_ROWS : n;
	v->items = ARENA_ARRAY(cx->arena, struct record_item, v->n_items);
	for (size_t i = 0; i < v->n_items; i++)
		v->items[i] = item_of(&r[i], person_today(cx));
	v->previous = page > 1 ? address(cx, v->base, in->state, in->kind, page - 1) : STR_NONE;
	v->next = n > PAGE_ROWS ? address(cx, v->base, in->state, in->kind, page + 1) : STR_NONE;
	return OK;
}

static enum err put_programmes(struct ctx *cx, int64_t person_id, struct record_page *v)
{
	struct record_programmes_row *r;
	TRY(record_sql_programmes(cx, person_id, PROGRAMMES_MOST, &r, &v->n_programmes));
	v->programmes = ARENA_ARRAY(cx->arena, struct record_programme_item, v->n_programmes + 1);
	for (size_t i = 0; i < v->n_programmes; i++)
		v->programmes[i] = (struct record_programme_item){ r[i].at, r[i].title, r[i].provider, r[i].serial };
	return OK;
}

static enum err make_page(struct ctx *cx, int64_t person_id, const struct record_in *in, struct record_page *v, struct answer *a)
{
	struct record_sums_row sums;
	TRY(record_sql_sums(cx, person_id, &sums));
	v->person_id = person_id;
	v->active = sums.active;
	v->completed = sums.completed;
	v->certificates = sums.certificates;
	v->learned_ms = sums.learned_ms;
	v->shown_ms = sums.shown_minutes * MINUTE;
	make_filters(cx, in, &sums, v);
	TRY(make_items(cx, person_id, in, v));
	if (!v->previous.n)
		TRY(put_programmes(cx, person_id, v));
	a->view = v;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct record_page *v = ARENA_NEW(cx->arena, struct record_page);
	(void)state;
	v->mine = true;
	v->base = S("/me/learning");
	v->name = cx->actor.name;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("My learning"));
	return make_page(cx, cx->actor.person_id, input, v, a);
}

static enum err person_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct record_in *in = input;
	struct record_page *v = ARENA_NEW(cx->arena, struct record_page);
	struct person_one_row p;
	bool found = false;
	(void)state;
	TRY(person_sql_one(cx, person_today(cx), in->person_id, &p, &found));
	if (!found)
		return ERR_NOT_FOUND;
	v->base = str_fmt(cx->arena, "/people/%lld/learning", (long long)in->person_id);
	v->name = p.name;
	const struct msg_arg arg = { "name", p.name };
	a->title = msg_text(cx, N_("Learning of {name}"), 1, &arg);
	a->nav = in->person_id == cx->actor.person_id ? NAV_RECORD : p.supervisor_id == cx->actor.person_id ? NAV_TEAM : NAV_ORG;
	return make_page(cx, in->person_id, in, v, a);
}

/* ── the API ── */

struct list_in {
	int64_t person_id;
	struct str state, kind;
	int64_t after, limit;
};
static const struct field person_list_in[] = {
	FIELD(list_in, person_id, F_ID, .must = true),
	FIELD(list_in, state, F_CHOICE, .label = N_("State"), .choices = states),
	FIELD(list_in, kind, F_CHOICE, .label = N_("Kind"), .choices = kinds),
	FIELD(list_in, after, F_ID, .label = N_("Cursor")),
	FIELD(list_in, limit, F_INT, .label = N_("At most"), .min = 1, .max = LIST_MOST),
	FIELD_END,
};
static const struct field list_in[] = {
	FIELD(list_in, state, F_CHOICE, .label = N_("State"), .choices = states),
	FIELD(list_in, kind, F_CHOICE, .label = N_("Kind"), .choices = kinds),
	FIELD(list_in, after, F_ID, .label = N_("Cursor")),
	FIELD(list_in, limit, F_INT, .label = N_("At most"), .min = 1, .max = LIST_MOST),
	FIELD_END,
};

/* As the generated table, but with the day as a date. */
static const struct field list_out[] = {
	FIELD(record_since_row, course_id, F_ID),	FIELD(record_since_row, code, F_TEXT),		FIELD(record_since_row, title, F_TEXT),
	FIELD(record_since_row, lang, F_TEXT),		FIELD(record_since_row, provider, F_TEXT),	FIELD(record_since_row, ms, F_INT),
	FIELD(record_since_row, kind, F_TEXT),		FIELD(record_since_row, state, F_TEXT),		FIELD(record_since_row, enrolled_at, F_TIME),
	FIELD(record_since_row, ended_at, F_TIME),	FIELD(record_since_row, completed_at, F_TIME),	FIELD(record_since_row, last_at, F_TIME),
	FIELD(record_since_row, resources_done, F_INT), FIELD(record_since_row, needed, F_INT),		FIELD(record_since_row, verified_ms, F_INT),
	FIELD(record_since_row, serial, F_TEXT),	FIELD(record_since_row, stars, F_INT),		FIELD(record_since_row, due_day, F_DATE),
	FIELD_END,
};

static enum err list_of(struct ctx *cx, int64_t person_id, const struct list_in *in, struct answer *a)
{
	struct record_since_row *r;
	size_t n, most = in->limit == NONE ? PAGE_ROWS : (size_t)in->limit;
	TRY(record_sql_since(cx, person_id, in->state, in->kind, in->after, (int64_t)most + 1, &r, &n));
	if (n > most) {
		n = most;
		a->next = str_fmt(cx->arena, "%lld", (long long)r[n - 1].course_id);
	}
	ANSWER_ROWS(a, r, n);
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return list_of(cx, cx->actor.person_id, input, a);
}

static enum err person_list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	(void)state;
	return list_of(cx, in->person_id, in, a);
}

/* ── downloads ── */

static struct str file_name(struct ctx *cx, const char *ending)
{
	return str_fmt(cx->arena, "learning-%s.%s", fmt_isodate(cx, cx->now).p, ending);
}

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct record r;
	(void)input;
	(void)state;
	TRY(record_of(cx, cx->actor.person_id, &r));
	a->type = "text/csv; charset=utf-8";
	a->bytes = record_csv(cx, &r);
	a->filename = file_name(cx, "csv");
	return OK;
}

static enum err json_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct record r;
	(void)input;
	(void)state;
	TRY(record_of(cx, cx->actor.person_id, &r));
	a->type = "application/json";
	a->bytes = record_json(cx, &r);
	a->filename = file_name(cx, "json");
	return OK;
}

static enum err pdf_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct record r;
	(void)input;
	(void)state;
	TRY(record_of(cx, cx->actor.person_id, &r));
	TRY(record_pdf(cx, &r, &a->bytes));
	a->type = "application/pdf";
	a->filename = file_name(cx, "pdf");
	return OK;
}

const struct action record_actions[] = {
	{ .name = "record.show", .method = GET, .page = "/me/learning", .may = MAY_LEARN, .in = show_in, .in_size = sizeof(struct record_in), .run = show_run,
	  .html = record_view, .summary = "All courses of the person: under way, completed, ended." },
	{ .name = "record.person", .method = GET, .page = "/people/{person_id}/learning", .may = MAY_PERSON_SEE, .scope = SCOPE_PERSON, .in = person_in,
	  .in_size = sizeof(struct record_in), .run = person_run, .html = record_view, .summary = "All courses of another person." },
	{ .name = "record.enrolments", .method = GET, .api = "/api/v1/me/enrolments", .may = MAY_LEARN, .in = list_in, .in_size = sizeof(struct list_in),
	  .out = list_out, .out_list = true, .run = list_run, .summary = "The person's own enrolments, by course, with a cursor." },
	{ .name = "record.person_enrolments", .method = GET, .api = "/api/v1/people/{person_id}/enrolments", .may = MAY_PERSON_SEE, .scope = SCOPE_PERSON,
	  .in = person_list_in, .in_size = sizeof(struct list_in), .out = list_out, .out_list = true, .run = person_list_run,
	  .summary = "Another person's enrolments, by course, with a cursor." },
	{ .name = "record.csv", .method = GET, .page = "/me/learning.csv", .may = MAY_LEARN, .run = csv_run, .summary = "All of one's learning as a spreadsheet." },
	{ .name = "record.json", .method = GET, .page = "/me/learning.json", .may = MAY_LEARN, .run = json_run, .summary = "All of one's learning as data." },
	{ .name = "record.pdf", .method = GET, .page = "/me/learning.pdf", .may = MAY_LEARN, .run = pdf_run, .summary = "All of one's learning as a printed transcript." },
	ACTION_END,
};
