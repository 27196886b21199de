/* The page of a course, the page of a resource (the player), the stored files. */
#include "course_html.h"
#include "resource_html.h"
#include "base/clock.h"
#include "feature/competency/competency.h"
#include "feature/completion/completion.h"
#include "feature/course/course.h"
#include "feature/course/player_web.h"
#include "feature/credential/credential.h"
#include "feature/enrolment/enrolment.h"
#include "feature/person/person.h"
#include "feature/progress/in_group_web.h"
#include "web/action.h"
#include "web/lang.h"

/* ── the outline, shared by both pages ── */

static struct str address_of(struct ctx *cx, int64_t id, struct str kind)
{
	return str_fmt(cx->arena, "/resources/%lld%s", (long long)id, str_is(kind, "quiz") ? "/quiz" : "");
}

struct outline {
	struct outline_module *modules;
	size_t n_modules;
	struct course_outline_row *rows;
	size_t n_rows;
	int64_t done, required, left_ms;
};

static void add_item(struct ctx *cx, struct outline *o, const struct course_outline_row *r, int64_t number, int64_t now_id)
{
	struct outline_module *m = &o->modules[o->n_modules - 1];
	bool done = r->way.p, required = r->credits_id == NONE;
	*ARENA_PUSH(cx->arena, m->items, m->n_items) = (struct outline_item){
		.id = r->id, .number = number, .ms = r->ms, .bytes = r->bytes, .pages = r->pages, .kind = r->kind, .title = r->title, .way = r->way, .done = done,
		.now = r->id == now_id, .optional = !required, .begun = r->covered_ms != NONE, .address = address_of(cx, r->id, r->kind),
	};
	m->total += required;
	m->done += required && done;
	o->required += required;
	o->done += required && done;
	if (required && !done)
		o->left_ms += r->ms - (r->covered_ms == NONE ? 0 : r->covered_ms);
}

static enum err outline_of(struct ctx *cx, int64_t course_id, struct str lang, int64_t now_id, struct outline *o)
{
	int64_t module_id = 0;
	*o = (struct outline){ 0 };
	TRY(course_sql_outline(cx, cx->actor.person_id, course_id, &o->rows, &o->n_rows));
	for (size_t i = 0; i < o->n_rows; i++) {
		if (o->rows[i].module_id != module_id) {
			module_id = o->rows[i].module_id;
			*ARENA_PUSH(cx->arena, o->modules, o->n_modules) = (struct outline_module){ .title = o->rows[i].module, .lang = lang, .first = (int64_t)i + 1 };
		}
		add_item(cx, o, &o->rows[i], (int64_t)i + 1, now_id);
	}
	return OK;
}

static int64_t percent_of(const struct outline *o)
{
	return o->required ? o->done * 100 / o->required : 0;
}

/* ── the page of a course ── */

struct course_in {
	int64_t course_id;
};
static const struct field course_in[] = { FIELD(course_in, course_id, F_ID, .must = true), FIELD_END };
static const struct field course_out[] = {
	FIELD(course_page, id, F_ID),	       FIELD(course_page, title, F_TEXT),   FIELD(course_page, summary, F_TEXT), FIELD(course_page, lang, F_TEXT),
	FIELD(course_page, provider, F_TEXT),  FIELD(course_page, ms, F_INT),	    FIELD(course_page, bytes, F_INT),	 FIELD(course_page, state, F_TEXT),
	FIELD(course_page, percent, F_INT),    FIELD(course_page, left_ms, F_INT),  FIELD(course_page, enrolled, F_INT), FIELD(course_page, completed, F_INT),
	FIELD(course_page, completed_at, F_TIME), FIELD(course_page, serial, F_TEXT), FIELD(course_page, stars_tenths, F_INT), FIELD(course_page, ratings, F_INT),
	FIELD_END,
};

static void put_facts(struct course_page *v, const struct course_one_row *c)
{
	v->id = c->id;
	v->ms = c->ms;
	v->bytes = c->bytes;
	v->title = c->title;
	v->summary = c->summary;
	v->lang = c->lang;
	v->provider = c->provider;
	v->licence = c->licence;
	v->sources = c->sources;
	v->body = (struct html){ c->body.p, c->body.n };
	v->is_live = str_is(c->state, "live");
}

static enum err put_counts(struct ctx *cx, struct course_page *v)
{
	struct course_counts_row *rows;
	size_t n;
	int64_t stars = 0;
	TRY(course_sql_counts(cx, v->id, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_is(rows[i].what, "enrolled"))
			v->enrolled = rows[i].total;
		else if (str_is(rows[i].what, "completed"))
			v->completed = rows[i].total;
		else if (str_is(rows[i].what, "stars"))
			stars = rows[i].total;
		else if (str_is(rows[i].what, "ratings"))
			v->ratings = rows[i].total;
	}
	v->stars_tenths = v->ratings ? (stars * 10 + v->ratings / 2) / v->ratings : NONE;
	return OK;
}

/* Mine: enrolment, assignment, rating, certificate in one statement, since the page runs often. */
static enum err put_mine(struct ctx *cx, struct course_page *v)
{
	struct course_mine_row m;
	int64_t today = person_today(cx);
	TRY(course_sql_mine(cx, cx->actor.person_id, today, cx->now, v->id, &m));
	v->state = m.state;
	v->completed_at = m.completed_at;
	v->serial = m.serial;
	v->my_stars = m.stars;
	v->due_day = m.due_day;
	v->due_reason = m.reason;
	v->late = m.due_day != NONE && m.due_day < today;
	v->card.kind = m.kind.p ? m.kind : m.ministry ? S("ministry") : m.role ? S("role") : m.common ? S("common") : S("self");
	v->is_active = str_is(m.state, "active");
	v->is_completed = str_is(m.state, "completed");
	v->is_ended = str_is(m.state, "ended");
	v->is_open = v->is_live && !v->is_active && !v->is_completed;
	v->is_skipped = !v->is_completed && m.skipped_at != NONE;
	v->skipped_at = m.skipped_at;
	v->can_skip = v->is_live && !v->is_completed && !v->is_skipped && m.skip_exam_id != NONE;
	v->skip_exam_id = m.skip_exam_id;
	v->n_tests = v->is_active || v->is_completed ? (size_t)m.n_tests : 0;
	return OK;
}

/* Where to go on: the first required part that is not done, from the last one visited. */
static void put_resume(struct ctx *cx, struct course_page *v, const struct outline *o)
{
	const struct course_outline_row *first = NULL;
	for (size_t i = 0; i < o->n_rows && !first; i++)
		if (!o->rows[i].way.p && o->rows[i].credits_id == NONE)
			first = &o->rows[i];
	if (!first && o->n_rows)
		first = &o->rows[0];
	if (!first)
		return;
	v->resume = address_of(cx, first->id, first->kind);
	v->resume_title = first->title;
}

static enum err put_versions(struct ctx *cx, struct course_page *v, int64_t root_id)
{
	struct course_versions_row *rows;
	size_t n;
	TRY(course_sql_versions(cx, root_id, &rows, &n));
	for (size_t i = 0; i < n; i++)
		if (rows[i].id != v->id)
			*ARENA_PUSH(cx->arena, v->versions, v->n_versions) = (struct version){ rows[i].id, rows[i].title, rows[i].lang };
	return OK;
}

static enum err put_teaches(struct ctx *cx, struct course_page *v)
{
	struct competency_of_course_row *r;
	TRY(competency_sql_of_course(cx, person_today(cx), v->id, &r, &v->n_teaches));
	v->teaches = ARENA_ARRAY(cx->arena, struct taught, v->n_teaches);
	for (size_t i = 0; i < v->n_teaches; i++)
		v->teaches[i] = (struct taught){ r[i].id, r[i].level, said_in(cx, r[i].name_en, r[i].name_hi), said_in(cx, r[i].level_en, r[i].level_hi) };
	return OK;
}

static enum err put_tests(struct ctx *cx, struct course_page *v)
{
	struct course_tests_row *r;
	TRY(course_sql_tests(cx, v->id, cx->now, &r, &v->n_tests));
	v->tests = ARENA_ARRAY(cx->arena, struct course_test, v->n_tests);
	for (size_t i = 0; i < v->n_tests; i++)
		v->tests[i] = (struct course_test){ r[i].id, r[i].minutes, r[i].title, str_is(r[i].kind, "pre"), str_is(r[i].kind, "post") };
	return OK;
}

static enum err put_words(struct ctx *cx, struct course_page *v)
{
	struct course_ratings_row *rows;
	TRY(course_sql_ratings(cx, v->id, &rows, &v->n_words));
	v->words = ARENA_ARRAY(cx->arena, struct rating_item, v->n_words);
	for (size_t i = 0; i < v->n_words; i++)
		v->words[i] = (struct rating_item){ rows[i].stars, rows[i].rated_at, rows[i].words };
	return OK;
}

static enum err course_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct course_in *in = input;
	struct course_page *v = ARENA_NEW(cx->arena, struct course_page);
	struct course_one_row c;
	struct outline o;
	bool found = false;
	(void)state;
	TRY(course_sql_one(cx, in->course_id, &c, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "course_id", N_("This course does not exist or is no longer offered."));
	put_facts(v, &c);
	TRY(put_mine(cx, v));
	TRY(put_counts(cx, v));
	TRY(outline_of(cx, in->course_id, c.lang, 0, &o));
	TRY(put_teaches(cx, v));
	TRY(put_versions(cx, v, c.translation_of_id == NONE ? c.id : c.translation_of_id));
	TRY(put_words(cx, v));
	if (v->n_tests)
		TRY(put_tests(cx, v));
	put_resume(cx, v, &o);
	v->modules = o.modules;
	v->n_modules = o.n_modules;
	v->percent = percent_of(&o);
	v->left_ms = o.left_ms;
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = c.title;
	ANSWER_ROW(a, v);
	return OK;
}

/* ── the page of a resource ── */

struct resource_in {
	int64_t resource_id, at;
};
static const struct field resource_in[] = { FIELD(resource_in, resource_id, F_ID, .must = true), FIELD(resource_in, at, F_INT, .max = 100000), FIELD_END };

static void put_neighbours(struct ctx *cx, struct resource_page *v, const struct outline *o)
{
	v->total = (int64_t)o->n_rows;
	for (size_t i = 0; i < o->n_rows; i++) {
		if (o->rows[i].id != v->id)
			continue;
		v->number = (int64_t)i + 1;
		v->way = o->rows[i].way;
		/* What only proves a part is offered on that part, not as the next step. */
		for (size_t k = i + 1; k < o->n_rows && !v->next.p; k++)
			if (o->rows[k].credits_id == NONE) {
				v->next = address_of(cx, o->rows[k].id, o->rows[k].kind);
				v->next_title = o->rows[k].title;
			}
	}
}

static enum err put_help(struct ctx *cx, struct resource_page *v)
{
	struct course_check_of_row check;
	struct progress_open_request_row request;
	struct in_group seen;
	TRY(in_group(cx, cx->actor.person_id, v->id, &seen));
	v->group_host = seen.host;
	v->group_checked = seen.checked;
	TRY(course_sql_check_of(cx, v->id, &check, &v->has_check));
	if (v->has_check) {
		v->check_id = check.id;
		v->check_title = check.title;
	}
	return progress_sql_open_request(cx, cx->actor.person_id, v->id, &request, &v->review_open);
}

static enum err resource_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct resource_in *in = input;
	struct resource_page *v = ARENA_NEW(cx->arena, struct resource_page);
	struct course_resource_row r;
	struct enrolment_one_row enrolment;
	struct outline o;
	bool found = false;
	(void)state;
	TRY(course_sql_resource(cx, in->resource_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "resource_id", N_("There is no such lesson."));
	if (r.ended_at != NONE)
		return fail(cx, ERR_GONE, "resource_id", N_("This lesson was taken out of the course. What you had done in it is kept."));
	if (str_is(r.kind, "quiz")) {
		a->then = address_of(cx, r.id, r.kind);
		return OK;
	}
	bool enrolled = false;
	TRY(enrolment_sql_one(cx, cx->actor.person_id, r.course_id, &enrolment, &enrolled));
	if (!enrolled || str_is(enrolment.state, "ended")) {
		a->then = str_fmt(cx->arena, "/courses/%lld", (long long)r.course_id);
		return OK;
	}
	TRY(player_put(cx, &r, in->at, v));
	TRY(outline_of(cx, r.course_id, r.lang, r.id, &o));
	TRY(put_help(cx, v));
	put_neighbours(cx, v, &o);
	v->modules = o.modules;
	v->n_modules = o.n_modules;
	v->course_percent = percent_of(&o);
	v->report = str_fmt(cx->arena, "/api/v1/resources/%lld/progress", (long long)r.id);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = r.title;
	a->player = true;
	return OK;
}

/* ── stored files ── */

struct media_in {
	struct str name;
};
static const struct field media_in[] = { FIELD(media_in, name, F_TEXT, .must = true, .max = 60), FIELD_END };

static enum err media_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct media_in *in = input;
	struct course_media_row m;
	bool found = false;
	(void)state;
	/* Only names that we gave, so nothing in the address leads anywhere else. */
	TRY(course_sql_media(cx, in->name, &m, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "name", N_("There is no such file."));
	a->type = str_c(cx->arena, m.type);
	a->file = course_media_path(cx, m.name);
	a->cache_for_ever = true;
	return OK;
}

/* ── what is in a course, as data ── */

static const struct field part_out[] = {
	FIELD(course_outline_row, id, F_ID),	   FIELD(course_outline_row, module, F_TEXT), FIELD(course_outline_row, kind, F_TEXT),
	FIELD(course_outline_row, title, F_TEXT),  FIELD(course_outline_row, ms, F_INT),      FIELD(course_outline_row, pages, F_INT),
	FIELD(course_outline_row, bytes, F_INT),   FIELD(course_outline_row, way, F_TEXT),    FIELD(course_outline_row, covered_ms, F_INT),
	FIELD(course_outline_row, credits_id, F_ID), FIELD_END,
};

static enum err parts_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct course_in *in = input;
	struct course_one_row c;
	struct course_outline_row *rows;
	bool found = false;
	size_t n;
	(void)state;
	TRY(course_sql_one(cx, in->course_id, &c, &found));
	if (!found)
		return ERR_NOT_FOUND;
	TRY(course_sql_outline(cx, cx->actor.person_id, in->course_id, &rows, &n));
	ANSWER_ROWS(a, rows, n);
	return OK;
}

const struct action course_actions[] = {
	{ .name = "course.show", .method = GET, .page = "/courses/{course_id}", .api = "/api/v1/courses/{course_id}", .may = MAY_LEARN, .in = course_in,
	  .in_size = sizeof(struct course_in), .out = course_out, .run = course_run, .html = course_view, .summary = "A course: what it is, what is in it, how far one is." },
	{ .name = "course.parts", .method = GET, .api = "/api/v1/courses/{course_id}/resources", .may = MAY_LEARN, .in = course_in, .in_size = sizeof(struct course_in),
	  .out = part_out, .out_list = true, .run = parts_run, .summary = "What is in a course, in order, and what one has done of it; at most 500." },
	{ .name = "course.resource", .method = GET, .page = "/resources/{resource_id}", .may = MAY_LEARN, .in = resource_in, .in_size = sizeof(struct resource_in),
	  .run = resource_run, .html = resource_view, .summary = "A lesson, video, audio or PDF with its player." },
	{ .name = "course.media", .method = GET, .page = "/media/{name}", .may = MAY_LEARN, .in = media_in, .in_size = sizeof(struct media_in), .run = media_run,
	  .summary = "A stored file; ranges are served." },
	ACTION_END,
};
