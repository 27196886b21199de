/* Pages of gaps: one's own and other people's, the map of an organisation, and who is behind a figure of it. */
#include "feature/competency/competency.h"
#include "feature/gap/gap.h"
#include "feature/gap/gap_page.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "gap_map_html.h"
#include "gap_people_html.h"
#include "gaps_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { UNITS_A_PAGE = 12, PEOPLE_A_PAGE = 50, STATES = 3 };

static const char *const states[STATES] = { "unknown", "open", "met" };

void html_gap_scale(struct html_out *o, const struct gap_item *v)
{
	html_scale(o, &v->scale);
}

void html_gap_person_scale(struct html_out *o, const struct gap_person *v)
{
	html_scale(o, &v->scale);
}

static struct str percent(struct ctx *cx, double share)
{
	return fmt_percent(cx, (int64_t)(100 * share + 0.5));
}

/* ── of a person ── */

static const struct field gap_out[] = {
	FIELD(gap_item, competency_id, F_ID), FIELD(gap_item, code, F_TEXT),	 FIELD(gap_item, name, F_TEXT),	    FIELD(gap_item, area, F_TEXT),
	FIELD(gap_item, required, F_INT),     FIELD(gap_item, state, F_TEXT),	 FIELD(gap_item, known, F_BOOL),    FIELD(gap_item, mean, F_REAL),
	FIELD(gap_item, chance, F_REAL),      FIELD(gap_item, activity, F_TEXT), FIELD_END,
};

static struct gap_item item_of(struct ctx *cx, const struct gap *g, int64_t person_id, bool own)
{
	return (struct gap_item){
		.competency_id = g->competency_id,
		.required = g->level,
		.code = g->code,
		.area = g->area,
		.name = g->name,
		.state = str_of(states[g->state]),
		.activity = g->activity,
		.path = own ? str_fmt(cx->arena, "/me/competencies/%lld", (long long)g->competency_id)
			    : str_fmt(cx->arena, "/people/%lld/competencies/%lld", (long long)person_id, (long long)g->competency_id),
		.held = level_said(cx, g->held),
		.probability = percent(cx, g->probability),
		.mean = g->held.mean,
		.chance = g->probability,
		.known = g->known,
		.met = g->state == GAP_MET,
		.scale = { g->n_levels, g->level, g->known, g->held, S("") },
	};
}

static enum err show_of(struct ctx *cx, int64_t person_id, bool own, struct answer *a)
{
	struct gaps_page *v = ARENA_NEW(cx->arena, struct gaps_page);
	struct gap_called_row called = { 0 };
	struct gap *g;
	bool found = false;
	size_t n;
	TRY(gaps_of(cx, person_id, &g, &n));
	TRY(gap_sql_called(cx, person_id, &called, &found));
	v->person_id = person_id;
	v->own = own;
	v->name = called.name;
	v->gaps = ARENA_ARRAY(cx->arena, struct gap_item, n);
	for (size_t i = 0; i < n; i++) {
		v->gaps[i] = item_of(cx, &g[i], person_id, own);
		v->n_open += g[i].state == GAP_OPEN;
		v->n_unknown += g[i].state == GAP_UNKNOWN;
		v->n_met += g[i].state == GAP_MET;
	}
	/* Those that are met come last. */
	v->n_mets = (size_t)v->n_met;
	v->n_gaps = n - v->n_mets;
	v->met = v->gaps + v->n_gaps;
	ANSWER_ROWS(a, v->gaps, n);
	a->view = v;
	a->nav = own ? NAV_RECORD : NAV_TEAM;
	if (own)
		ANSWER_TITLE(cx, a, N_("What my work asks"));
	else
		a->title = v->name;
	return OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return show_of(cx, cx->actor.person_id, true, a);
}

struct person_in {
	int64_t person_id;
};
static const struct field person_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD_END };

static enum err of_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	return show_of(cx, in->person_id, false, a);
}

/* ── the map of an organisation ── */

struct map_in {
	int64_t org_id, page;
	struct str by, area;
};
static const struct choice bys[] = { { "org", N_("By office") }, { "designation", N_("By designation") }, { "service", N_("By service") }, { NULL, NULL } };
static const struct choice areas[] = { { "behavioural", N_("Behavioural") }, { "functional", N_("Functional") }, { "domain", N_("Domain") }, { NULL, NULL } };
static const struct field map_in[] = {
	FIELD(map_in, org_id, F_ID, .must = true),
	FIELD(map_in, by, F_CHOICE, .choices = bys),
	FIELD(map_in, area, F_CHOICE, .choices = areas),
	FIELD(map_in, page, F_INT, .min = 1, .max = 1000),
	FIELD_END,
};
static const struct field map_out[] = {
	FIELD(gap_figure, unit_id, F_ID), FIELD(gap_figure, unit, F_TEXT),   FIELD(gap_figure, competency_id, F_ID), FIELD(gap_figure, code, F_TEXT),
	FIELD(gap_figure, n, F_INT),	  FIELD(gap_figure, n_met, F_INT),   FIELD(gap_figure, n_unknown, F_INT),    FIELD_END,
};

struct map {
	const struct map_in *in;
	struct gap_map_page *v;
	struct gap_competencies_row *asked; /* by row of the page */
	size_t n_asked;
	struct gap_unit *units; /* all of them, of which a page shows some */
	size_t n_units;
	struct gap_figure *cells; /* by unit, then row */
};

/* 5 from five sixths on, so that the strongest colour is near to all. */
static struct str heat_of(int64_t n, int64_t n_met)
{
	static const char *const classes[] = { "h0", "h1", "h2", "h3", "h4", "h5" };
	int64_t at = n ? 6 * n_met / n : 0;
	return n ? str_of(classes[at > 5 ? 5 : at]) : S("");
}

static struct str share_of(struct ctx *cx, int64_t n, int64_t part)
{
	return n ? fmt_percent(cx, (200 * part + n) / (2 * n)) : S("–");
}

static struct str address(struct ctx *cx, const struct map_in *in, struct str by, struct str area, int64_t page)
{
	struct buf b;
	buf_init(&b, cx->arena, 200);
	buf_fmt(&b, "/orgs/%lld/gaps", (long long)in->org_id);
	const char *sep = "?";
	if (by.n && !str_is(by, "org")) {
		buf_fmt(&b, "%sby=%.*s", sep, STR_ARG(by));
		sep = "&";
	}
	if (area.n) {
		buf_fmt(&b, "%sarea=%.*s", sep, STR_ARG(area));
		sep = "&";
	}
	if (page > 1)
		buf_fmt(&b, "%spage=%lld", sep, (long long)page);
	return buf_get(&b);
}

static void put_tabs(struct ctx *cx, const struct map *m)
{
	struct str by = m->in->by.n ? m->in->by : S("org"), area = m->in->area.n ? m->in->area : S("");
	struct gap_map_page *v = m->v;
	for (const struct choice *c = bys; c->value; c++)
		v->tabs[v->n_tabs++] = (struct gap_tab){ str_of(tr(cx->lang, c->label)), address(cx, m->in, str_of(c->value), area, 1), str_is(by, c->value) };
	v->areas[v->n_areas++] = (struct gap_tab){ str_of(tr(cx->lang, N_("All areas"))), address(cx, m->in, by, S(""), 1), !area.n };
	for (const struct choice *c = areas; c->value; c++)
		v->areas[v->n_areas++] = (struct gap_tab){ str_of(tr(cx->lang, c->label)), address(cx, m->in, by, str_of(c->value), 1), str_is(area, c->value) };
}

static enum err read_asked(struct ctx *cx, struct map *m)
{
	struct gap_competencies_row *r;
	size_t n;
	TRY(gap_sql_competencies(cx, m->in->org_id, person_today(cx), &r, &n));
	m->asked = ARENA_ARRAY(cx->arena, struct gap_competencies_row, n);
	for (size_t i = 0; i < n; i++) {
		m->v->n += r[i].n;
		m->v->n_met += r[i].n_met;
		m->v->n_unknown += r[i].n_unknown;
		if (!m->in->area.n || str_eq(m->in->area, r[i].area))
			m->asked[m->n_asked++] = r[i];
	}
	return OK;
}

static size_t row_of(const struct map *m, int64_t competency_id)
{
	size_t i = 0;
	while (i < m->n_asked && m->asked[i].competency_id != competency_id)
		i++;
	return i;
}

static void add_figure(const struct map *m, size_t unit, int64_t competency_id, int64_t n, int64_t n_met, int64_t n_unknown)
{
	size_t row = row_of(m, competency_id);
	if (row == m->n_asked || unit == m->n_units)
		return;
	struct gap_figure *c = &m->cells[unit * m->n_asked + row];
	c->n += n;
	c->n_met += n_met;
	c->n_unknown += n_unknown;
}

static enum err read_offices(struct ctx *cx, struct map *m)
{
	struct gap_orgs_below_row *o;
	struct gap_by_org_row *f;
	size_t n, unit = 0;
	TRY(gap_sql_orgs_below(cx, m->in->org_id, &o, &m->n_units));
	TRY(gap_sql_by_org(cx, m->in->org_id, &f, &n));
	m->units = ARENA_ARRAY(cx->arena, struct gap_unit, m->n_units);
	m->cells = ARENA_ARRAY(cx->arena, struct gap_figure, m->n_units * m->n_asked);
	for (size_t i = 0; i < m->n_units; i++) {
		struct str full = org_name(cx, o[i].name_en, o[i].name_hi);
		m->units[i] = (struct gap_unit){ o[i].id, o[i].short_name.n ? o[i].short_name : full, full, str_fmt(cx->arena, "/orgs/%lld/gaps", (long long)o[i].id) };
	}
	/* Both come by id. */
	for (size_t i = 0; i < n; i++) {
		while (unit < m->n_units && m->units[unit].id < f[i].row_id)
			unit++;
		if (unit < m->n_units && m->units[unit].id == f[i].row_id)
			add_figure(m, unit, f[i].competency_id, f[i].n, f[i].n_met, f[i].n_unknown);
	}
	return OK;
}

/* The unit of a designation, made when it is the first of its service. */
static size_t unit_of(struct ctx *cx, struct map *m, const struct gap_designations_in_row *d, bool by_service)
{
	struct str name = by_service ? (d->service.n ? d->service : str_of(tr(cx->lang, N_("no service")))) : org_name(cx, d->name_en, d->name_hi);
	size_t i = by_service ? 0 : m->n_units;
	while (i < m->n_units && !str_eq(m->units[i].name, name))
		i++;
	if (i == m->n_units)
		m->units[m->n_units++] = (struct gap_unit){ by_service ? NONE : d->id, name, name, STR_NONE };
	return i;
}

static enum err read_designations(struct ctx *cx, struct map *m, bool by_service)
{
	struct gap_designations_in_row *d;
	struct gap_by_designation_row *f;
	size_t n_d, n, *at;
	TRY(gap_sql_designations_in(cx, m->in->org_id, &d, &n_d));
	TRY(gap_sql_by_designation(cx, m->in->org_id, &f, &n));
	m->units = ARENA_ARRAY(cx->arena, struct gap_unit, n_d);
	at = ARENA_ARRAY(cx->arena, size_t, n_d);
	for (size_t i = 0; i < n_d; i++)
		at[i] = unit_of(cx, m, &d[i], by_service);
	m->cells = ARENA_ARRAY(cx->arena, struct gap_figure, m->n_units * m->n_asked);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		while (k < n_d && d[k].id != f[i].row_id)
			k++;
		if (k < n_d)
			add_figure(m, at[k], f[i].competency_id, f[i].n, f[i].n_met, f[i].n_unknown);
	}
	return OK;
}

/* A cell leads to the people behind it where it stands for an office. */
static struct gap_cell cell_of(struct ctx *cx, const struct gap_figure *f, const struct gap_unit *u, int64_t competency_id)
{
	struct gap_cell c = { .share = share_of(cx, f->n, f->n_met), .heat = heat_of(f->n, f->n_met) };
	if (f->n && u->href.n)
		c.href = str_fmt(cx->arena, "/orgs/%lld/gaps/%lld", (long long)u->id, (long long)competency_id);
	return c;
}

static void put_rows(struct ctx *cx, struct map *m)
{
	struct gap_map_page *v = m->v;
	int64_t page = m->in->page == NONE ? 1 : m->in->page;
	size_t first = (size_t)(page - 1) * UNITS_A_PAGE, left = first < m->n_units ? m->n_units - first : 0;
	v->units = m->units + (left ? first : 0);
	v->n_units = left < UNITS_A_PAGE ? left : UNITS_A_PAGE;
	v->rows = ARENA_ARRAY(cx->arena, struct gap_row, m->n_asked);
	v->n_rows = m->n_asked;
	for (size_t i = 0; i < m->n_asked; i++) {
		const struct gap_competencies_row *c = &m->asked[i];
		struct gap_row *r = &v->rows[i];
		*r = (struct gap_row){ .competency_id = c->competency_id,
				       .name = said_in(cx, c->name_en, c->name_hi),
				       .href = str_fmt(cx->arena, "/orgs/%lld/gaps/%lld", (long long)m->in->org_id, (long long)c->competency_id),
				       .all = { .share = share_of(cx, c->n, c->n_met), .heat = heat_of(c->n, c->n_met) },
				       .cells = ARENA_ARRAY(cx->arena, struct gap_cell, v->n_units),
				       .n_cells = v->n_units };
		for (size_t k = 0; k < v->n_units; k++)
			r->cells[k] = cell_of(cx, &m->cells[(first + k) * m->n_asked + i], &v->units[k], c->competency_id);
	}
	if (page > 1)
		v->previous = address(cx, m->in, m->in->by, m->in->area, page - 1);
	if (left > UNITS_A_PAGE)
		v->next = address(cx, m->in, m->in->by, m->in->area, page + 1);
}

static void put_figures(struct map *m, struct answer *a)
{
	for (size_t i = 0; i < m->n_units * m->n_asked; i++) {
		const struct gap_unit *u = &m->units[i / m->n_asked];
		const struct gap_competencies_row *c = &m->asked[i % m->n_asked];
		m->cells[i].unit_id = u->id;
		m->cells[i].unit = u->full;
		m->cells[i].competency_id = c->competency_id;
		m->cells[i].code = c->code;
	}
	ANSWER_ROWS(a, m->cells, m->n_units * m->n_asked);
}

static enum err map_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct map_in *in = input;
	struct map m = { .in = in, .v = ARENA_NEW(cx->arena, struct gap_map_page) };
	(void)state;
	m.v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &m.v->org));
	TRY(read_asked(cx, &m));
	if (str_is(in->by, "designation") || str_is(in->by, "service"))
		TRY(read_designations(cx, &m, str_is(in->by, "service")));
	else
		TRY(read_offices(cx, &m));
	m.v->met = share_of(cx, m.v->n, m.v->n_met);
	m.v->unknown = share_of(cx, m.v->n, m.v->n_unknown);
	put_tabs(cx, &m);
	put_rows(cx, &m);
	put_figures(&m, a);
	a->view = m.v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Gaps"));
	return OK;
}

/* ── who is behind a figure ── */

struct people_in {
	int64_t org_id, competency_id, after;
	struct str show;
};
static const struct choice shows[] = { { "gaps", N_("Not met or not known") }, { "met", N_("Met") }, { NULL, NULL } };
static const struct field people_in[] = {
	FIELD(people_in, org_id, F_ID, .must = true), FIELD(people_in, competency_id, F_ID, .must = true), FIELD(people_in, show, F_CHOICE, .choices = shows),
	FIELD(people_in, after, F_ID),		      FIELD_END,
};
static const struct field people_out[] = {
	FIELD(gap_person, person_id, F_ID), FIELD(gap_person, name, F_TEXT, .personal = true), FIELD(gap_person, designation, F_TEXT), FIELD(gap_person, org, F_TEXT),
	FIELD(gap_person, required, F_INT), FIELD(gap_person, known, F_BOOL),		       FIELD(gap_person, held, F_TEXT),	       FIELD(gap_person, probability, F_TEXT),
	FIELD_END,
};

static struct gap_person person_of(struct ctx *cx, const struct gap_people_row *r)
{
	bool known = r->n > r->n_self;
	struct estimate e = estimate_of(known ? r->weight : 0, known ? r->weighted : 0, person_today(cx), r->n_levels);
	struct str held = known ? level_said(cx, e) : str_of(tr(cx->lang, N_("not known yet")));
	return (struct gap_person){ .person_id = r->person_id,
				    .required = r->level,
				    .name = r->name,
				    .org = org_name(cx, r->org_en, r->org_hi),
				    .designation = org_name(cx, r->designation_en, r->designation_hi),
				    .held = held,
				    .probability = percent(cx, estimate_reaches(e, (double)r->level)),
				    .href = str_fmt(cx->arena, "/people/%lld/gaps", (long long)r->person_id),
				    .known = known,
				    .scale = { r->n_levels, r->level, known, e, S("") } };
}

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	struct gap_people_page *v = ARENA_NEW(cx->arena, struct gap_people_page);
	struct competency_called_row name;
	struct gap_people_row *r;
	bool named = false, met = str_is(in->show, "met");
	size_t n;
	(void)state;
	v->org_id = in->org_id;
	v->competency_id = in->competency_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(competency_sql_called(cx, in->competency_id, person_today(cx), &name, &named));
	if (!named)
		return fail(cx, ERR_NOT_FOUND, "competency_id", N_("There is no such competency."));
	v->competency = said_in(cx, name.name_en, name.name_hi);
	TRY(gap_sql_people(cx, in->org_id, in->competency_id, met ? GAP_MET : GAP_OPEN, met ? GAP_MET : GAP_UNKNOWN, in->after, PEOPLE_A_PAGE + 1, &r, &n));
	v->n_people = n > PEOPLE_A_PAGE ? PEOPLE_A_PAGE : n;
	v->people = ARENA_ARRAY(cx->arena, struct gap_person, v->n_people);
	for (size_t i = 0; i < v->n_people; i++)
		v->people[i] = person_of(cx, &r[i]);
	struct str here = str_fmt(cx->arena, "/orgs/%lld/gaps/%lld", (long long)in->org_id, (long long)in->competency_id);
	v->tabs[0] = (struct gap_tab){ str_of(tr(cx->lang, shows[0].label)), here, !met };
	v->tabs[1] = (struct gap_tab){ str_of(tr(cx->lang, shows[1].label)), str_fmt(cx->arena, "%.*s?show=met", STR_ARG(here)), met };
	v->n_tabs = 2;
	if (n > PEOPLE_A_PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)r[PEOPLE_A_PAGE - 1].person_id);
		v->next = str_fmt(cx->arena, "%.*s?%safter=%.*s", STR_ARG(here), met ? "show=met&" : "", STR_ARG(a->next));
	}
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->competency;
	return OK;
}

const struct action gap_actions[] = {
	{ .name = "gap.mine",
	  .method = GET,
	  .page = "/me/gaps",
	  .api = "/api/v1/me/gaps",
	  .may = MAY_LEARN,
	  .out = gap_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = gaps_view,
	  .summary = "What one's work asks beside what one holds." },
	{ .name = "gap.of",
	  .method = GET,
	  .page = "/people/{person_id}/gaps",
	  .api = "/api/v1/people/{person_id}/gaps",
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .out = gap_out,
	  .out_list = true,
	  .run = of_run,
	  .html = gaps_view,
	  .summary = "What a person's work asks beside what he holds." },
	{ .name = "gap.map",
	  .method = GET,
	  .page = "/orgs/{org_id}/gaps",
	  .api = "/api/v1/orgs/{org_id}/gaps",
	  .may = MAY_ORG_SEE,
	  .scope = SCOPE_ORG,
	  .in = map_in,
	  .in_size = sizeof(struct map_in),
	  .out = map_out,
	  .out_list = true,
	  .run = map_run,
	  .html = gap_map_view,
	  .summary = "How far what is asked is met, by competency and office, designation or service." },
	{ .name = "gap.people",
	  .method = GET,
	  .page = "/orgs/{org_id}/gaps/{competency_id}",
	  .api = "/api/v1/orgs/{org_id}/gaps/{competency_id}",
	  .may = MAY_ORG_SEE,
	  .scope = SCOPE_ORG,
	  .in = people_in,
	  .in_size = sizeof(struct people_in),
	  .out = people_out,
	  .out_list = true,
	  .run = people_run,
	  .html = gap_people_view,
	  .summary = "Of whom a competency is asked in an organisation, and who reaches it." },
	ACTION_END,
};
