/* Levels of people: the passbook, what each level rests on, and saying one. */
#include "base/clock.h"
#include "feature/competency/competency.h"
#include "feature/gap/scale.h"
#include "feature/person/person.h"
#include "feature/proficiency/proficiency.h"
#include "feature/proficiency/proficiency_page.h"
#include "level_html.h"
#include "levels_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <math.h>

/* ── forms of figures ── */

static struct str tenths(struct ctx *cx, double v)
{
	return str_fmt(cx->arena, "%.1f", v);
}

void html_level_scale(struct html_out *o, const struct level_item *v)
{
	html_scale(o, &(struct scale){ v->n_levels, 0, v->known, { v->mean, v->sd }, v->held });
}

void html_level_scale_of(struct html_out *o, const struct level_page *v)
{
	html_level_scale(o, &v->level);
}

static struct level_item item_of(struct ctx *cx, const struct level *l)
{
	return (struct level_item){ .competency_id = l->competency_id,
				    .n_levels = l->n_levels,
				    .n = l->n,
				    .last_at = l->last_at,
				    .mean = l->now.mean,
				    .sd = l->now.sd,
				    .known = l->known,
				    .held = l->known ? level_said(cx, l->now) : str_of(tr(cx->lang, N_("not known yet"))) };
}

static struct str path_of(struct ctx *cx, int64_t person_id, bool own, int64_t competency_id)
{
	return own ? str_fmt(cx->arena, "/me/competencies/%lld", (long long)competency_id)
		   : str_fmt(cx->arena, "/people/%lld/competencies/%lld", (long long)person_id, (long long)competency_id);
}

static enum err called(struct ctx *cx, int64_t person_id, struct str *ret)
{
	struct proficiency_called_row r;
	bool found = false;
	TRY(proficiency_sql_called(cx, person_id, &r, &found));
	*ret = found ? r.name : S("");
	return found ? OK : ERR_NOT_FOUND;
}

/* ── all of a person ── */

static const struct field item_out[] = {
	FIELD(level_item, competency_id, F_ID),
	FIELD(level_item, code, F_TEXT),
	FIELD(level_item, name, F_TEXT),
	FIELD(level_item, area, F_TEXT),
	FIELD(level_item, known, F_BOOL),
	FIELD(level_item, mean, F_REAL),
	FIELD(level_item, sd, F_REAL),
	FIELD(level_item, n_levels, F_INT),
	FIELD(level_item, n, F_INT),
	FIELD(level_item, last_at, F_TIME),
	FIELD_END,
};

static enum err show_all(struct ctx *cx, int64_t person_id, bool own, struct answer *a)
{
	struct levels_page *v = ARENA_NEW(cx->arena, struct levels_page);
	struct proficiency_of_person_row *r;
	TRY(proficiency_sql_of_person(cx, person_today(cx), person_id, &r, &v->n_levels));
	TRY(called(cx, person_id, &v->name));
	v->person_id = person_id;
	v->own = own;
	v->levels = ARENA_ARRAY(cx->arena, struct level_item, v->n_levels);
	for (size_t i = 0; i < v->n_levels; i++) {
		struct level l = level_of(cx, r[i].competency_id, r[i].n_levels, r[i].weight, r[i].weighted, r[i].n, r[i].n_self, r[i].last_at);
		v->levels[i] = item_of(cx, &l);
		v->levels[i].name = said_in(cx, r[i].name_en, r[i].name_hi);
		v->levels[i].code = r[i].code;
		v->levels[i].area = r[i].area;
		v->levels[i].ended = r[i].until_day != NONE && r[i].until_day <= person_today(cx);
		v->levels[i].path = path_of(cx, person_id, own, r[i].competency_id);
	}
	ANSWER_ROWS(a, v->levels, v->n_levels);
	a->view = v;
	a->nav = own ? NAV_RECORD : NAV_TEAM;
	if (own)
		ANSWER_TITLE(cx, a, N_("Competency passbook"));
	else
		a->title = v->name;
	return OK;
}

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return show_all(cx, cx->actor.person_id, true, a);
}

struct person_in {
	int64_t person_id, competency_id, level;
	struct str note, kind;
};
static const struct field person_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD_END };

static enum err of_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	return show_all(cx, in->person_id, false, a);
}

/* ── one ── */

static const struct field piece_out[] = {
	FIELD(piece, id, F_ID),
	FIELD(piece, kind, F_TEXT),
	FIELD(piece, level, F_REAL),
	FIELD(piece, n, F_INT),
	FIELD(piece, at, F_TIME),
	FIELD(piece, source_id, F_ID),
	FIELD(piece, rater, F_TEXT, .personal = true),
	FIELD(piece, note, F_TEXT, .personal = true),
	FIELD(piece, counts, F_BOOL),
	FIELD(piece, withdrawn_at, F_TIME),
	FIELD_END,
};

static struct piece single(struct ctx *cx, const struct proficiency_pieces_row *r)
{
	return (struct piece){ .id = r->id,
			       .at = r->at,
			       .withdrawn_at = r->withdrawn_at,
			       .source_id = r->source_id,
			       .n = 1,
			       .level = (double)r->value / 1000,
			       .kind = r->kind,
			       .kind_name = str_of(tr(cx->lang, evidence_kinds[evidence_kind_of(r->kind)].words)),
			       .value = tenths(cx, (double)r->value / 1000),
			       .rater = r->rater,
			       .course = r->course,
			       .note = r->note,
			       .counts = r->withdrawn_at == NONE };
}

/* A mean to a tenth: no single word can be told from it. */
static struct piece group(struct ctx *cx, const struct proficiency_groups_row *r)
{
	double mean = round((double)r->sum / (double)r->n / 100) / 10;
	return (struct piece){ .id = r->round_id,
			       .at = r->at,
			       .withdrawn_at = r->withdrawn_at,
			       .source_id = NONE,
			       .n = r->n,
			       .level = mean,
			       .kind = r->kind,
			       .kind_name = str_of(tr(cx->lang, evidence_kinds[evidence_kind_of(r->kind)].words)),
			       .value = tenths(cx, mean),
			       .counts = r->withdrawn_at == NONE,
			       .group = true };
}

static enum err put_pieces(struct ctx *cx, struct level_page *v)
{
	struct proficiency_pieces_row *r;
	struct proficiency_groups_row *g;
	size_t n, n_groups, i = 0, k = 0;
	TRY(proficiency_sql_pieces(cx, v->person_id, v->competency_id, &r, &n));
	TRY(proficiency_sql_groups(cx, v->person_id, v->competency_id, EVIDENCE_GROUP, &g, &n_groups));
	v->pieces = ARENA_ARRAY(cx->arena, struct piece, n + n_groups);
	while (i < n || k < n_groups) {
		bool first = k == n_groups || (i < n && r[i].at >= g[k].at);
		v->pieces[v->n_pieces++] = first ? single(cx, &r[i++]) : group(cx, &g[k++]);
	}
	return OK;
}

/* What one more piece would do, of the kinds that are to be had, at the next whole level above. */
static void put_ifs(struct ctx *cx, struct level_page *v, const struct level *l)
{
	static const enum evidence_kind kinds[] = { EVIDENCE_course_test, EVIDENCE_supervisor, EVIDENCE_proctored_test };
	enum { N = sizeof kinds / sizeof *kinds };
	int64_t next = (int64_t)floor(l->now.mean + 1e-9) + 1;
	next = next > l->n_levels ? l->n_levels : next;
	v->ifs = ARENA_ARRAY(cx->arena, struct what_if, N);
	for (size_t i = 0; i < N; i++)
		v->ifs[v->n_ifs++] = (struct what_if){
			.kind_name = str_of(tr(cx->lang, evidence_kinds[kinds[i]].words)),
			.value = str_fmt(cx->arena, "%lld", (long long)next),
			.held = level_said(cx, estimate_with(l->weight, l->weighted, person_today(cx), l->n_levels, kinds[i], 1000 * next)),
		};
}

static enum err put_names(struct ctx *cx, struct level_page *v, int64_t framework_id)
{
	struct competency_levels_row *r;
	TRY(competency_sql_levels(cx, framework_id, &r, &v->n_names));
	v->names = ARENA_ARRAY(cx->arena, struct level_name, v->n_names);
	for (size_t i = 0; i < v->n_names; i++)
		v->names[i] = (struct level_name){ r[i].level, said_in(cx, r[i].name_en, r[i].name_hi), said_in(cx, r[i].about_en, r[i].about_hi) };
	return OK;
}

static enum err show_one(struct ctx *cx, int64_t person_id, int64_t competency_id, bool own, struct answer *a)
{
	struct level_page *v = ARENA_NEW(cx->arena, struct level_page);
	struct competency_one_row c;
	struct competency_called_row name;
	struct proficiency_in_one_row s = { 0 };
	bool found = false, named = false;
	TRY(competency_sql_one(cx, competency_id, &c, &found));
	TRY(competency_sql_called(cx, competency_id, person_today(cx), &name, &named));
	if (!found || !named)
		return fail(cx, ERR_NOT_FOUND, "competency_id", N_("There is no such competency."));
	TRY(proficiency_sql_in_one(cx, person_id, competency_id, &s, &found));
	struct level l = level_of(cx, competency_id, c.n_levels, s.weight, s.weighted, s.n, s.n_self, found ? s.last_at : NONE);
	v->person_id = person_id;
	v->competency_id = competency_id;
	v->own = own;
	v->competency = said_in(cx, name.name_en, name.name_hi);
	v->level = item_of(cx, &l);
	v->only_self = l.n > 0 && !l.known;
	TRY(called(cx, person_id, &v->name));
	TRY(put_pieces(cx, v));
	TRY(put_names(cx, v, c.framework_id));
	put_ifs(cx, v, &l);
	bool measured = str_is(c.kind, "theme") || str_is(c.kind, "sub-theme");
	v->may_say = measured && own;
	if (measured && !own)
		TRY(access_may(cx, MAY_ASSESS, SCOPE_PERSON, person_id, &v->may_say));
	if (measured && !own && !actor_is(&cx->actor, person_id))
		TRY(access_may(cx, MAY_EVIDENCE_ENTER, SCOPE_PERSON, person_id, &v->may_enter));
	ANSWER_ROWS(a, v->pieces, v->n_pieces);
	a->view = v;
	a->nav = own ? NAV_RECORD : NAV_TEAM;
	a->title = v->competency;
	return OK;
}

static const struct field mine_one_in[] = { FIELD(person_in, competency_id, F_ID, .must = true), FIELD_END };
static const struct field of_one_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD(person_in, competency_id, F_ID, .must = true), FIELD_END };

static enum err mine_one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	return show_one(cx, cx->actor.person_id, in->competency_id, true, a);
}

static enum err of_one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	return show_one(cx, in->person_id, in->competency_id, false, a);
}

/* ── saying a level ── */

#define LEVEL FIELD(person_in, level, F_INT, .label = N_("Level"), .must = true, .min = 0, .max = FRAMEWORK_LEVELS_MAX)
#define NOTE                                                                                                                                                   \
	FIELD(person_in, note, F_LONG, .label = N_("What it shows by"), .hint = N_("An example from the work; the person reads it."), .personal = true,        \
	      .max = EVIDENCE_NOTE_MAX)
static const struct field own_say_in[] = {
	FIELD(person_in, competency_id, F_ID, .must = true),
	LEVEL,
	FIELD(person_in, note, F_LONG, .label = N_("What it shows by"), .hint = N_("An example from your work."), .personal = true, .max = EVIDENCE_NOTE_MAX),
	FIELD_END,
};
static const struct field say_in[] = {
	FIELD(person_in, person_id, F_ID, .must = true), FIELD(person_in, competency_id, F_ID, .must = true), LEVEL, NOTE, FIELD_END,
};
static const struct choice entered_kinds[] = { { "assessor", N_("assessor") }, { "proctored-test", N_("proctored test") }, { NULL, NULL } };
static const struct field enter_in[] = {
	FIELD(person_in, person_id, F_ID, .must = true),
	FIELD(person_in, competency_id, F_ID, .must = true),
	FIELD(person_in, kind, F_CHOICE, .label = N_("Who or what found it"), .must = true, .choices = entered_kinds),
	LEVEL,
	FIELD(person_in, note, F_LONG, .label = N_("Where it can be looked up"), .hint = N_("Name of the assessor or test, day, number; the person reads it."), .must = true,
	      .personal = true, .max = EVIDENCE_NOTE_MAX),
	FIELD_END,
};
struct said_level {
	int64_t id;
};
static const struct field said_out[] = { FIELD(said_level, id, F_ID), FIELD_END };

static enum err say(struct ctx *cx, const struct person_in *in, int64_t person_id, enum evidence_kind kind, int64_t rater_id, struct answer *a)
{
	struct said_level *row = ARENA_NEW(cx->arena, struct said_level);
	struct evidence_add add = { .person_id = person_id,
				    .competency_id = in->competency_id,
				    .kind = kind,
				    .value = 1000 * in->level,
				    .rater_id = rater_id,
				    .source_id = NONE,
				    .note = in->note };
	ANSWER_ROW(a, row);
	return evidence_add(cx, &add, &row->id);
}

static enum err own_say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	return say(cx, input, cx->actor.person_id, EVIDENCE_self, cx->actor.person_id, a);
}

static enum err say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	if (actor_is(&cx->actor, in->person_id))
		return fail(cx, ERR_FORBIDDEN, "", N_("Nobody assesses himself as a supervisor. Say your own judgement in your passbook."));
	return say(cx, in, in->person_id, EVIDENCE_supervisor, cx->actor.person_id, a);
}

static enum err enter_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	if (actor_is(&cx->actor, in->person_id))
		return fail(cx, ERR_FORBIDDEN, "", N_("Nobody enters what was found of himself."));
	/* Two assessors are two pieces, whoever enters them. */
	return say(cx, in, in->person_id, evidence_kind_of(in->kind), NONE, a);
}

#define OWN "/me/competencies"
#define OF "/people/{person_id}/competencies"
const struct action proficiency_actions[] = {
	{ .name = "proficiency.mine",
	  .method = GET,
	  .page = OWN,
	  .api = "/api/v1" OWN,
	  .may = MAY_LEARN,
	  .out = item_out,
	  .out_list = true,
	  .run = mine_run,
	  .html = levels_view,
	  .summary = "One's competency passbook: levels with their uncertainty." },
	{ .name = "proficiency.mine_one",
	  .method = GET,
	  .page = OWN "/{competency_id}",
	  .api = "/api/v1" OWN "/{competency_id}",
	  .may = MAY_LEARN,
	  .in = mine_one_in,
	  .in_size = sizeof(struct person_in),
	  .out = piece_out,
	  .out_list = true,
	  .run = mine_one_run,
	  .html = level_view,
	  .summary = "What one's level in a competency rests on." },
	{ .name = "proficiency.say_own",
	  .method = POST,
	  .page = OWN "/{competency_id}",
	  .api = "/api/v1" OWN "/{competency_id}",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = own_say_in,
	  .in_size = sizeof(struct person_in),
	  .out = said_out,
	  .run = own_say_run,
	  .form = "proficiency.mine_one",
	  .then = OWN "/{competency_id}",
	  .notice = N_("Your judgement is noted. It counts beside evidence of another kind."),
	  .summary = "Says one's own judgement of one's level." },
	{ .name = "proficiency.of",
	  .method = GET,
	  .page = OF,
	  .api = "/api/v1" OF,
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = person_in,
	  .in_size = sizeof(struct person_in),
	  .out = item_out,
	  .out_list = true,
	  .run = of_run,
	  .html = levels_view,
	  .summary = "The levels of a person." },
	{ .name = "proficiency.of_one",
	  .method = GET,
	  .page = OF "/{competency_id}",
	  .api = "/api/v1" OF "/{competency_id}",
	  .may = MAY_PERSON_SEE,
	  .scope = SCOPE_PERSON,
	  .in = of_one_in,
	  .in_size = sizeof(struct person_in),
	  .out = piece_out,
	  .out_list = true,
	  .run = of_one_run,
	  .html = level_view,
	  .summary = "What a person's level in a competency rests on." },
	{ .name = "proficiency.say",
	  .method = POST,
	  .page = OF "/{competency_id}",
	  .api = "/api/v1" OF "/{competency_id}",
	  .may = MAY_ASSESS,
	  .scope = SCOPE_PERSON,
	  .in = say_in,
	  .in_size = sizeof(struct person_in),
	  .out = said_out,
	  .run = say_run,
	  .form = "proficiency.of_one",
	  .then = OF "/{competency_id}",
	  .notice = N_("Your assessment is noted; the person sees it."),
	  .summary = "Assesses a person's level as the supervisor." },
	{ .name = "proficiency.enter",
	  .method = POST,
	  .page = OF "/{competency_id}/evidence",
	  .api = "/api/v1" OF "/{competency_id}/evidence",
	  .may = MAY_EVIDENCE_ENTER,
	  .scope = SCOPE_PERSON,
	  .in = enter_in,
	  .in_size = sizeof(struct person_in),
	  .out = said_out,
	  .run = enter_run,
	  .form = "proficiency.of_one",
	  .then = OF "/{competency_id}",
	  .notice = N_("It is noted; the person sees it."),
	  .summary = "Enters what an assessor or a proctored test found of a person's level." },
	ACTION_END,
};
