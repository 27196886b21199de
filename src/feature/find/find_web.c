/* The page of the one box, its API, and the page of answers. */
#include "feature/find/find.h"
#include "find_html.h"
#include "help_html.h"
#include "web/access.h"
#include "web/action.h"
#include "web/html.h"
#include "web/lang.h"

enum { FEW = 5, PAGE = 20, HELPS = 100 };

struct find_in {
	struct str q, kind;
	int64_t page;
};
static const struct choice find_kinds[] = {
	{ "course", N_("Courses") }, { "lesson", N_("In lessons") }, { "person", N_("People") }, { "org", N_("Organisations") }, { "help", N_("Help") }, { NULL, NULL }
};
static const struct field find_in[] = {
	FIELD(find_in, q, F_TEXT, .max = 200),
	FIELD(find_in, kind, F_CHOICE, .choices = find_kinds),
	FIELD(find_in, page, F_INT, .min = 1, .max = 500),
	FIELD_END,
};
static const struct field find_out[] = {
	FIELD(find_row, kind, F_TEXT), FIELD(find_row, id, F_ID),	     FIELD(find_row, title, F_TEXT, .personal = true), FIELD(find_row, where, F_TEXT),
	FIELD(find_row, text, F_TEXT), FIELD(find_row, address, F_TEXT), FIELD(find_row, second, F_INT),			       FIELD_END,
};

/* What one request gathers. */
struct finding_all {
	const struct find_in *in;
	struct find_page *v;
	struct find_row *rows; /* of all groups, for the API */
	size_t n_rows;
	bool next;
};

static bool wanted(const struct finding_all *f, const char *kind)
{
	return !f->in->kind.n || str_is(f->in->kind, kind);
}

static size_t most_of(const struct finding_all *f)
{
	return f->in->kind.n ? PAGE : FEW;
}

static struct str address(struct ctx *cx, const char *path, struct str q, struct str kind, int64_t page)
{
	struct html_out o = { 0 };
	buf_init(&o.b, cx->arena, 4000);
	buf_fmt(&o.b, "%s?q=", path);
	html_url_part(&o, q);
	if (kind.n)
		buf_fmt(&o.b, "&kind=%.*s&page=%lld", STR_ARG(kind), (long long)page);
	return buf_get(&o.b);
}

/* The link leads to the second of a film, or to the heading above the passage; browsers that know text fragments (W3C, "URL Fragment
 * Text Directives") go to the passage itself. */
static struct str lesson_address(struct ctx *cx, const struct find_row *r)
{
	struct html_out o = { 0 };
	if (r->second != NONE)
		return str_fmt(cx->arena, "/resources/%lld?at=%lld", (long long)r->id, (long long)r->second);
	buf_init(&o.b, cx->arena, 4000);
	buf_fmt(&o.b, "/resources/%lld", (long long)r->id);
	if (r->first.n) {
		buf_char(&o.b, '#');
		html_url_part(&o, r->anchor);
		buf_lit(&o.b, ":~:text=");
		html_url_part(&o, r->first);
	}
	return buf_get(&o.b);
}

/* all: the address of more of them, where there are. */
static void add_group(struct ctx *cx, struct finding_all *f, const struct choice *kind, const struct find_rows *r, struct str all, struct str all_text)
{
	if (!r->n)
		return;
	struct find_group *g = ARENA_PUSH(cx->arena, f->v->groups, f->v->n_groups);
	*g = (struct find_group){ str_of(kind->value), str_of(tr(cx->lang, kind->label)), r->v, r->n, all, all_text };
	for (size_t i = 0; i < r->n; i++)
		*ARENA_PUSH(cx->arena, f->rows, f->n_rows) = r->v[i];
	f->next = f->next || r->next;
}

/* ── courses and lessons ── */

static struct find_row course_row(struct ctx *cx, const struct catalogue *c, const struct hit *h)
{
	const struct catalogue_course *k = &c->v[h->at];
	return (struct find_row){ .kind = S("course"), .id = k->id, .title = str_dup(cx->arena, k->title), .where = str_dup(cx->arena, c->providers.v[k->provider]),
				  .lang = str_dup(cx->arena, c->langs.v[k->lang]), .second = NONE, .address = str_fmt(cx->arena, "/courses/%lld", (long long)k->id) };
}

static enum err put_courses(struct ctx *cx, struct catalogue *c, struct finding_all *f)
{
	struct search_found found;
	int64_t top[FIND_COURSES];
	TRY(search_courses(cx, c, f->in->q, &found));
	struct hit *h = ARENA_ARRAY(cx->arena, struct hit, found.hits.n + 1);
	for (size_t i = 0; i < found.hits.n; i++)
		h[i] = found.hits.v[i];
	f->v->corrected = found.corrected;
	size_t n = 0, most = most_of(f), skip = (size_t)(f->in->page - 1) * PAGE;
	catalogue_order(c, h, found.hits.n, skip + PAGE);
	struct find_rows r = { 0 };
	for (; n < FIND_COURSES && n < found.hits.n; n++)
		top[n] = c->v[h[n].at].id;
	for (size_t i = skip; i < found.hits.n && r.n < most; i++)
		*ARENA_PUSH(cx->arena, r.v, r.n) = course_row(cx, c, &h[i]);
	r.next = f->in->kind.n && skip + most < found.hits.n;
	if (wanted(f, "course"))
		add_group(cx, f, &find_kinds[0], &r, address(cx, "/courses", f->in->q, STR_NONE, 1),
			  str_of(tr(cx->lang, N_("All courses found, with filters"))));
	if (!wanted(f, "lesson") || f->in->page > 1)
		return OK;
	TRY(find_lessons(cx, &found, top, n, &r));
	if (!f->in->kind.n && r.n > FEW)
		r.n = FEW;
	for (size_t i = 0; i < r.n; i++)
		r.v[i].address = lesson_address(cx, &r.v[i]);
	add_group(cx, f, &find_kinds[1], &r, STR_NONE, STR_NONE);
	return OK;
}

static enum err put_learning(struct ctx *cx, struct finding_all *f)
{
	struct catalogue *c;
	if (!wanted(f, "course") && !wanted(f, "lesson"))
		return OK;
	TRY(catalogue_hold(cx, &c));
	enum err e = put_courses(cx, c, f);
	catalogue_release(cx, c);
	return e;
}

/* ── people and organisations ── */

static struct str more_of(struct ctx *cx, const struct finding_all *f, const char *kind, const struct find_rows *r)
{
	return r->next && !f->in->kind.n ? address(cx, "/search", f->in->q, str_of(kind), 1) : STR_NONE;
}

static enum err put_who(struct ctx *cx, struct finding_all *f)
{
	int64_t *tops;
	size_t n;
	struct find_rows r;
	if (!wanted(f, "person") && !wanted(f, "org"))
		return OK;
	TRY(access_tops(cx, MAY_ORG_SEE, &tops, &n));
	if (wanted(f, "person")) {
		TRY(find_people(cx, f->in->q, tops, n, f->in->page, most_of(f), &r));
		add_group(cx, f, &find_kinds[2], &r, more_of(cx, f, "person", &r), str_of(tr(cx->lang, N_("More people"))));
	}
	if (wanted(f, "org")) {
		TRY(find_orgs(cx, f->in->q, tops, n, f->in->page, most_of(f), &r));
		add_group(cx, f, &find_kinds[3], &r, more_of(cx, f, "org", &r), str_of(tr(cx->lang, N_("More organisations"))));
	}
	return OK;
}

static enum err find_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct find_in in = *(const struct find_in *)input;
	struct finding_all f = { .in = &in, .v = ARENA_NEW(cx->arena, struct find_page) };
	struct find_rows r;
	(void)state;
	in.q = str_trim(in.q);
	in.page = in.page == NONE || !in.kind.n ? 1 : in.page;
	if (in.q.n) {
		TRY(put_learning(cx, &f));
		TRY(put_who(cx, &f));
		if (wanted(&f, "help") && in.page == 1) {
			find_help(cx, in.q, most_of(&f), &r);
			add_group(cx, &f, &find_kinds[4], &r, STR_NONE, STR_NONE);
		}
	}
	f.v->query = in.q;
	f.v->empty = !in.q.n;
	f.v->alone = in.kind.n > 0;
	f.v->previous = in.page > 1 ? address(cx, "/search", in.q, in.kind, in.page - 1) : STR_NONE;
	f.v->next = in.kind.n && f.next ? address(cx, "/search", in.q, in.kind, in.page + 1) : STR_NONE;
	a->next = f.v->next.p ? str_fmt(cx->arena, "%lld", (long long)in.page + 1) : STR_NONE;
	a->view = f.v;
	ANSWER_ROWS(a, f.rows, f.n_rows);
	ANSWER_TITLE(cx, a, N_("Search"));
	return OK;
}

static enum err help_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct help_page *v = ARENA_NEW(cx->arena, struct help_page);
	struct find_rows r;
	(void)input;
	(void)state;
	find_help(cx, STR_NONE, HELPS, &r);
	v->rows = r.v;
	v->n_rows = r.n;
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Help"));
	return OK;
}

const struct action find_actions[] = {
	{ .name = "find.all", .method = GET, .page = "/search", .api = "/api/v1/search", .may = MAY_LEARN, .in = find_in, .in_size = sizeof(struct find_in), .out = find_out,
	  .out_list = true, .run = find_run, .html = find_view,
	  .summary = "Finds courses, lessons with the passage, people and organisations within scope, and help; a few of each, or pages of one kind." },
	{ .name = "find.help", .method = GET, .page = "/help", .may = MAY_ANYONE, .run = help_run, .html = help_view, .summary = "Answers to what people ask about the house." },
	ACTION_END,
};
