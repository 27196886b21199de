/* The dictionary of competencies, for everybody who is signed in. */
#include "competencies_html.h"
#include "competency_html.h"
#include "feature/competency/competency.h"
#include "feature/competency/framework_items.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"

/* ── frameworks ── */

static struct framework_item item_of(struct ctx *cx, const struct competency_frameworks_row *r)
{
	return (struct framework_item){ .id = r->id,
					.n_entries = r->n_entries,
					.n_levels = r->n_levels,
					.changed_at = r->changed_at,
					.revision = r->revision,
					.org_id = r->org_id,
					.code = r->code,
					.identifier = r->identifier,
					.name = said_in(cx, r->name_en, r->name_hi),
					.about = said_in(cx, r->about_en, r->about_hi),
					.source = r->source,
					.org = org_name(cx, r->org_en, r->org_hi) };
}

enum err framework_items(struct ctx *cx, int64_t org_id, struct framework_item **ret, size_t *ret_n)
{
	struct competency_frameworks_row *r;
	size_t n;
	TRY(competency_sql_frameworks(cx, person_today(cx), &r, &n));
	*ret = ARENA_ARRAY(cx->arena, struct framework_item, n);
	*ret_n = 0;
	for (size_t i = 0; i < n; i++)
		if (org_id == NONE ? r[i].n_entries > 0 : r[i].org_id == org_id)
			(*ret)[(*ret_n)++] = item_of(cx, &r[i]);
	return OK;
}

/* ── the dictionary ── */

struct list_in {
	struct str framework;
};
static const struct field list_in[] = { FIELD(list_in, framework, F_TEXT, .max = FRAMEWORK_CODE_MAX), FIELD_END };
static const struct field item_out[] = {
	FIELD(competency_item, id, F_ID),     FIELD(competency_item, parent_id, F_ID), FIELD(competency_item, code, F_TEXT), FIELD(competency_item, kind, F_TEXT),
	FIELD(competency_item, area, F_TEXT), FIELD(competency_item, name, F_TEXT),    FIELD(competency_item, about, F_TEXT), FIELD_END,
};

struct filling {
	struct ctx *cx;
	const struct framework_kept *k;
	struct competencies_page *v;
	struct competency_item *all;
};

static size_t place(const struct framework_kept *k, struct str code)
{
	size_t i = 0;
	while (i < k->fw.n && !str_eq(k->fw.v[i].code, code))
		i++;
	return i;
}

/* Sub-themes of sub-themes stand on the page of theirs. */
static void put_theme(struct filling *f, struct competency_area *area, size_t i)
{
	struct competency_item *t = ARENA_PUSH(f->cx->arena, area->themes, area->n_themes);
	*t = f->all[i];
	for (size_t k = 0; k < f->k->fw.n; k++)
		if (f->k->fw.v[k].kind == ENTRY_SUB_THEME && str_eq(f->k->fw.v[k].parent, f->k->fw.v[i].code))
			*ARENA_PUSH(f->cx->arena, t->below, t->n_below) = (struct competency_link){ f->k->ids[k], f->all[k].name };
}

static void put_area(struct filling *f, struct str code, struct str name, struct str about, int64_t id)
{
	struct competency_area area = { .name = name, .about = about, .id = id };
	for (size_t i = 0; i < f->k->fw.n; i++)
		if (f->k->fw.v[i].kind == ENTRY_THEME && str_eq(f->k->fw.v[i].parent, code))
			put_theme(f, &area, i);
	if (area.n_themes)
		*ARENA_PUSH(f->cx->arena, f->v->areas, f->v->n_areas) = area;
}

static void put_dictionary(struct filling *f)
{
	const struct framework *fw = &f->k->fw;
	struct ctx *cx = f->cx;
	f->all = ARENA_ARRAY(cx->arena, struct competency_item, fw->n);
	for (size_t i = 0; i < fw->n; i++) {
		const struct entry *e = &fw->v[i];
		size_t parent = e->parent.n ? place(f->k, e->parent) : fw->n;
		f->all[i] = (struct competency_item){ .id = f->k->ids[i],
						      .parent_id = parent < fw->n ? f->k->ids[parent] : NONE,
						      .code = e->code,
						      .kind = str_of(entry_kinds[e->kind]),
						      .area = e->area,
						      .name = said_in(cx, e->name.en, e->name.hi),
						      .about = said_in(cx, e->about.en, e->about.hi) };
		if (e->kind == ENTRY_SANKALP || e->kind == ENTRY_GUNA)
			*ARENA_PUSH(cx->arena, f->v->guides, f->v->n_guides) = f->all[i];
	}
	put_area(f, S(""), str_of(tr(cx->lang, N_("Competencies"))), S(""), NONE);
	for (size_t i = 0; i < fw->n; i++)
		if (fw->v[i].kind == ENTRY_AREA)
			put_area(f, fw->v[i].code, f->all[i].name, f->all[i].about, f->k->ids[i]);
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct competencies_page *v = ARENA_NEW(cx->arena, struct competencies_page);
	struct framework_kept *k = ARENA_NEW(cx->arena, struct framework_kept);
	struct filling f = { cx, k, v, NULL };
	bool found = false;
	(void)state;
	TRY(framework_items(cx, NONE, &v->frameworks, &v->n_frameworks));
	size_t shown = 0;
	while (in->framework.n && shown < v->n_frameworks && !str_eq(v->frameworks[shown].code, in->framework))
		shown++;
	if (in->framework.n && shown == v->n_frameworks)
		return fail(cx, ERR_NOT_FOUND, "framework", N_("There is no framework with this code."));
	if (v->n_frameworks) {
		v->any = true;
		v->shown = v->frameworks[shown];
		TRY(framework_load(cx, v->shown.code, person_today(cx), false, k, &found));
		put_dictionary(&f);
	}
	ANSWER_ROWS(a, f.all, k->fw.n);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Competencies"));
	return OK;
}

static const struct field framework_out[] = {
	FIELD(framework_item, id, F_ID),	   FIELD(framework_item, code, F_TEXT),	    FIELD(framework_item, identifier, F_TEXT),
	FIELD(framework_item, name, F_TEXT),	   FIELD(framework_item, about, F_TEXT),    FIELD(framework_item, source, F_TEXT),
	FIELD(framework_item, n_levels, F_INT),	   FIELD(framework_item, n_entries, F_INT), FIELD(framework_item, revision, F_INT),
	FIELD(framework_item, changed_at, F_TIME), FIELD_END,
};

static enum err frameworks_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct framework_item *v;
	size_t n;
	(void)input;
	(void)state;
	TRY(framework_items(cx, NONE, &v, &n));
	ANSWER_ROWS(a, v, n);
	return OK;
}

/* ── one ── */

struct one_in {
	int64_t competency_id;
};
static const struct field one_in[] = { FIELD(one_in, competency_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(competency_page, id, F_ID),	   FIELD(competency_page, code, F_TEXT),	   FIELD(competency_page, kind, F_TEXT),
	FIELD(competency_page, area, F_TEXT),	   FIELD(competency_page, identifier, F_TEXT),	   FIELD(competency_page, framework_code, F_TEXT),
	FIELD(competency_page, parent_id, F_ID),   FIELD(competency_page, name, F_TEXT),	   FIELD(competency_page, about, F_TEXT),
	FIELD(competency_page, from_day, F_DATE),  FIELD(competency_page, until_day, F_DATE),	   FIELD(competency_page, replaced_by_id, F_ID), FIELD_END,
};

static enum err called(struct ctx *cx, int64_t id, struct str *ret)
{
	struct competency_called_row r;
	bool found = false;
	*ret = STR_NONE;
	if (id == NONE)
		return OK;
	TRY(competency_sql_called(cx, id, person_today(cx), &r, &found));
	*ret = found ? said_in(cx, r.name_en, r.name_hi) : STR_NONE;
	return OK;
}

static enum err put_levels(struct ctx *cx, struct competency_page *v, struct str indicators)
{
	struct competency_levels_row *r;
	struct indicator *d;
	size_t n;
	TRY(competency_sql_levels(cx, v->framework_id, &r, &v->n_levels));
	indicators_read(cx, indicators, &d, &n);
	v->levels = ARENA_ARRAY(cx->arena, struct level_view, v->n_levels);
	for (size_t i = 0; i < v->n_levels; i++) {
		v->levels[i] = (struct level_view){ r[i].level, said_in(cx, r[i].name_en, r[i].name_hi), said_in(cx, r[i].about_en, r[i].about_hi), STR_NONE };
		for (size_t k = 0; k < n; k++)
			if (d[k].level == r[i].level)
				v->levels[i].indicator = said_in(cx, d[k].text.en, d[k].text.hi);
	}
	return OK;
}

static enum err put_wording(struct ctx *cx, struct competency_page *v)
{
	struct competency_texts_row *r;
	size_t n, now = 0;
	int64_t today = person_today(cx);
	TRY(competency_sql_texts(cx, v->id, &r, &n));
	while (now + 1 < n && r[now].from_day > today)
		now++;
	if (!n)
		return ERR_NOT_FOUND;
	v->name = said_in(cx, r[now].name_en, r[now].name_hi);
	v->about = said_in(cx, r[now].about_en, r[now].about_hi);
	v->versions = ARENA_ARRAY(cx->arena, struct version_view, n);
	for (size_t i = 0; i < n; i++)
		v->versions[v->n_versions++] = (struct version_view){ r[i].from_day, said_in(cx, r[i].name_en, r[i].name_hi) };
	return put_levels(cx, v, r[now].indicators);
}

static enum err put_links(struct ctx *cx, struct competency_page *v)
{
	struct competency_below_row *b;
	struct competency_related_row *r;
	TRY(competency_sql_below(cx, person_today(cx), v->id, &b, &v->n_below));
	v->below = ARENA_ARRAY(cx->arena, struct competency_link, v->n_below);
	for (size_t i = 0; i < v->n_below; i++)
		v->below[i] = (struct competency_link){ b[i].id, said_in(cx, b[i].name_en, b[i].name_hi) };
	TRY(competency_sql_related(cx, person_today(cx), v->id, &r, &v->n_related));
	v->related = ARENA_ARRAY(cx->arena, struct competency_link, v->n_related);
	for (size_t i = 0; i < v->n_related; i++)
		v->related[i] = (struct competency_link){ r[i].id, said_in(cx, r[i].name_en, r[i].name_hi) };
	TRY(called(cx, v->parent_id, &v->parent));
	return called(cx, v->replaced_by_id, &v->replaced_by);
}

static enum err put_courses(struct ctx *cx, struct competency_page *v)
{
	struct competency_taught_by_row *r;
	TRY(competency_sql_taught_by(cx, v->id, &r, &v->n_courses));
	v->courses = ARENA_ARRAY(cx->arena, struct teaching, v->n_courses);
	for (size_t i = 0; i < v->n_courses; i++) {
		bool known = r[i].level >= 1 && r[i].level <= (int64_t)v->n_levels;
		v->courses[i] = (struct teaching){ r[i].id, r[i].ms, r[i].level, r[i].title, r[i].lang, known ? v->levels[r[i].level - 1].name : S("") };
	}
	return OK;
}

static enum err one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct competency_page *v = ARENA_NEW(cx->arena, struct competency_page);
	struct competency_one_row r;
	bool found = false;
	(void)state;
	TRY(competency_sql_one(cx, in->competency_id, &r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "competency_id", N_("There is no such competency."));
	*v = (struct competency_page){ .id = r.id,
				       .framework_id = r.framework_id,
				       .from_day = r.from_day,
				       .until_day = r.until_day,
				       .parent_id = r.parent_id,
				       .replaced_by_id = r.replaced_by_id,
				       .code = r.code,
				       .kind = r.kind,
				       .area = r.area,
				       .identifier = r.identifier,
				       .framework = said_in(cx, r.framework_en, r.framework_hi),
				       .framework_code = r.framework,
				       .ended = r.until_day != NONE && r.until_day <= person_today(cx),
				       .is_measured = str_is(r.kind, "theme") || str_is(r.kind, "sub-theme") };
	TRY(put_wording(cx, v));
	TRY(put_links(cx, v));
	TRY(put_courses(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->name;
	return OK;
}

/* ── a framework as a file ── */

struct csv_in {
	struct str framework;
};
static const struct field csv_in[] = { FIELD(csv_in, framework, F_TEXT, .must = true, .max = FRAMEWORK_CODE_MAX), FIELD_END };

static enum err csv_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct csv_in *in = input;
	struct framework_kept k;
	struct buf b;
	bool found = false;
	(void)state;
	TRY(framework_load(cx, in->framework, person_today(cx), false, &k, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "framework", N_("There is no framework with this code."));
	buf_init(&b, cx->arena, 2 * FRAMEWORK_BYTES_MAX);
	framework_write_csv(&b, &k.fw);
	a->type = "text/csv; charset=utf-8";
	a->bytes = buf_get(&b);
	a->filename = str_fmt(cx->arena, "%.*s.csv", STR_ARG(k.fw.code));
	return OK;
}

const struct action competency_actions[] = {
	{ .name = "competency.list",
	  .method = GET,
	  .page = "/competencies",
	  .api = "/api/v1/competencies",
	  .may = MAY_LEARN,
	  .in = list_in,
	  .in_size = sizeof(struct list_in),
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = competencies_view,
	  .summary = "The entries of a framework of competencies that are in force; the first framework when none is named." },
	{ .name = "competency.frameworks",
	  .method = GET,
	  .api = "/api/v1/frameworks",
	  .may = MAY_LEARN,
	  .out = framework_out,
	  .out_list = true,
	  .run = frameworks_run,
	  .summary = "The frameworks of competencies." },
	{ .name = "competency.show",
	  .method = GET,
	  .page = "/competencies/{competency_id}",
	  .api = "/api/v1/competencies/{competency_id}",
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = one_run,
	  .html = competency_view,
	  .summary = "A competency: its levels and indicators, what it belongs to, and the courses that teach it." },
	{ .name = "competency.csv",
	  .method = GET,
	  .page = "/frameworks/{framework}/csv",
	  .may = MAY_LEARN,
	  .in = csv_in,
	  .in_size = sizeof(struct csv_in),
	  .run = csv_run,
	  .summary = "A framework as a CSV file, as it can be brought in again." },
	ACTION_END,
};
