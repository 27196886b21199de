/* The page of a group in the browser and over the API: pad, conclusions, commitments, who is there. */
#include "charcha_conclusions_html.h"
#include "charcha_group_html.h"
#include "charcha_history_html.h"
#include "charcha_point_html.h"
#include "feature/charcha/charcha.h"
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

enum { VERSIONS_ON_PAGE = 50 };

struct group_in {
	int64_t charcha_id, group_id, point_id, member_id, commitment_id, version, owner_id, competency_id, due_day;
	struct str words, what, before;
	bool there, apart;
};
#define GROUP_FIELDS FIELD(group_in, charcha_id, F_ID, .must = true), FIELD(group_in, group_id, F_ID, .must = true)
static const struct field group_in[] = { GROUP_FIELDS, FIELD_END };

struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

/* Where the actor stands; who manages charchas of the organisation may look. */
static enum err place_of(struct ctx *cx, int64_t charcha_id, int64_t group_id, struct charcha_place *ret)
{
	bool manages = false;
	TRY(charcha_place(cx, charcha_id, group_id, true, ret));
	if (!ret->member)
		TRY(charcha_manages(cx, ret->charcha.org_id, &manages));
	return ret->member || manages ? OK : fail(cx, ERR_NOT_FOUND, "group_id", N_("Only the people of this group see its minutes."));
}

/* ── the page ── */

static const struct field show_out[] = {
	FIELD(charcha_group_page, id, F_ID),
	FIELD(charcha_group_page, charcha_id, F_ID),
	FIELD(charcha_group_page, n, F_INT),
	FIELD(charcha_group_page, theme, F_TEXT),
	FIELD(charcha_group_page, held_at, F_TIME),
	FIELD(charcha_group_page, ends_at, F_TIME),
	FIELD(charcha_group_page, now, F_TIME),
	FIELD(charcha_group_page, version, F_INT),
	FIELD(charcha_group_page, conclusions, F_TEXT),
	FIELD(charcha_group_page, scribe, F_TEXT),
	FIELD(charcha_group_page, open, F_BOOL),
	FIELD(charcha_group_page, closed_at, F_TIME),
	FIELD(charcha_group_page, mark, F_TEXT),
	FIELD_END,
};

static enum err put_people(struct ctx *cx, const struct charcha_place *p, struct charcha_group_page *v)
{
	struct charcha_group_people_row *r;
	TRY(charcha_sql_group_people(cx, v->id, &r, &v->n_people));
	v->people = ARENA_ARRAY(cx->arena, struct charcha_who, v->n_people);
	for (size_t i = 0; i < v->n_people; i++) {
		bool me = r[i].person_id == cx->actor.person_id;
		v->people[i] = (struct charcha_who){ .charcha_id = v->charcha_id,
						     .group_id = v->id,
						     .id = r[i].person_id,
						     .on_ms = r[i].on_ms,
						     .credited_ms = r[i].credited_ms,
						     .name = r[i].name,
						     .office = org_name(cx, r[i].org_en, r[i].org_hi),
						     .ticker = r[i].ticker.p ? r[i].ticker : S("–"),
						     .credited_way = r[i].credited_way,
						     .reflection = r[i].shared ? r[i].reflection : S(""),
						     .self = r[i].self_at != NONE,
						     .ticked = r[i].ticked_at != NONE,
						     .me = me,
						     .scribe = r[i].person_id == p->group.scribe_id,
						     .may_tick = v->open && v->i_scribe && v->begun && !me,
						     .shared = r[i].shared,
						     .page = str_is(r[i].credited_way, "page") };
		v->self_said = v->self_said || (me && r[i].self_at != NONE);
	}
	return OK;
}

static enum err put_points(struct ctx *cx, struct charcha_group_page *v)
{
	struct charcha_points_row *r;
	TRY(charcha_sql_points(cx, v->id, &r, &v->n_points));
	v->points = ARENA_ARRAY(cx->arena, struct charcha_point_line, v->n_points);
	for (size_t i = 0; i < v->n_points; i++)
		v->points[i] = (struct charcha_point_line){ v->charcha_id,	 v->id,	  r[i].id,    r[i].n,
							    r[i].version,	 r[i].at, r[i].words, r[i].by_name.p ? r[i].by_name : S(""),
							    v->open && v->member };
	return OK;
}

static enum err put_promises(struct ctx *cx, struct charcha_group_page *v)
{
	struct charcha_commitments_row *r;
	TRY(charcha_sql_commitments(cx, v->id, &r, &v->n_promises));
	v->promises = ARENA_ARRAY(cx->arena, struct charcha_promise_line, v->n_promises);
	for (size_t i = 0; i < v->n_promises; i++)
		v->promises[i] = (struct charcha_promise_line){ v->charcha_id,
								v->id,
								r[i].id,
								r[i].owner_id,
								r[i].due_day,
								r[i].words,
								r[i].owner,
								r[i].state,
								r[i].ask_at == NONE ? S("") : charcha_promise_name(cx, r[i].state),
								r[i].said,
								v->open && v->member };
	return OK;
}

/* What tells a page that it is old. */
static enum err mark_of(struct ctx *cx, const struct charcha_place *p, struct str *ret)
{
	struct charcha_newest_row n;
	TRY(charcha_sql_newest(cx, p->group.id, &n));
	*ret = str_fmt(cx->arena, "%lld.%lld.%lld.%lld.%lld.%lld", (long long)n.versions, (long long)n.commitments, (long long)n.people, (long long)n.said,
		       (long long)(p->group.scribe_id == NONE ? 0 : p->group.scribe_id), (long long)(p->group.closed_at != NONE));
	return OK;
}

static enum err put_group(struct ctx *cx, const struct charcha_place *p, struct charcha_group_page *v)
{
	const struct charcha_one_row *c = &p->charcha;
	int64_t ends = charcha_ends(c);
	*v = (struct charcha_group_page){ .charcha_id = c->id,
					  .id = p->group.id,
					  .n = p->group.n,
					  .version = p->group.version,
					  .held_at = c->held_at,
					  .ends_at = ends,
					  .left = ends > cx->now ? ends - cx->now : 0,
					  .now = cx->now,
					  .closed_at = p->group.closed_at,
					  .joined_into_id = p->group.joined_into_id,
					  .theme = charcha_theme(cx, c->theme, c->theme_hi),
					  .place = c->place,
					  .link = c->link,
					  .scribe = p->group.scribe,
					  .conclusions = p->group.conclusions,
					  .open = p->open,
					  .member = p->member,
					  .i_scribe = p->scribe,
					  .begun = cx->now >= c->held_at,
					  .over = cx->now >= ends };
	TRY(mark_of(cx, p, &v->mark));
	TRY(put_people(cx, p, v));
	TRY(put_points(cx, v));
	TRY(put_promises(cx, v));
	TRY(charcha_lines(cx, c->id, &v->prompts, &v->n_prompts));
	return charcha_skills(cx, c->id, &v->skills, &v->n_skills);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	struct charcha_group_page *v = ARENA_NEW(cx->arena, struct charcha_group_page);
	struct charcha_place p;
	(void)state;
	TRY(place_of(cx, in->charcha_id, in->group_id, &p));
	TRY(put_group(cx, &p, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->pad = true;
	a->title = v->theme;
	return OK;
}

static struct str number(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "%lld", (long long)id);
}

void html_charcha_owners(struct html_out *o, const struct charcha_group_page *v)
{
	struct str chosen = form_old(o, "owner_id", number(o->cx, o->cx->actor.person_id));
	for (size_t i = 0; i < v->n_people; i++)
		html_option(o, number(o->cx, v->people[i].id), chosen, v->people[i].name);
}

void html_charcha_skills(struct html_out *o, const struct charcha_group_page *v)
{
	struct str chosen = form_old(o, "competency_id", S(""));
	html_option(o, S(""), chosen, S("–"));
	for (size_t i = 0; i < v->n_skills; i++)
		html_option(o, number(o->cx, v->skills[i].id), chosen, v->skills[i].name);
}

/* ── lists of it, for programs ── */

static const struct field point_out[] = {
	FIELD(charcha_point_line, id, F_ID),
	FIELD(charcha_point_line, n, F_INT),
	FIELD(charcha_point_line, version, F_INT),
	FIELD(charcha_point_line, words, F_TEXT),
	FIELD(charcha_point_line, by, F_TEXT, .personal = true),
	FIELD(charcha_point_line, at, F_TIME),
	FIELD_END,
};
static const struct field who_out[] = {
	FIELD(charcha_who, id, F_ID),
	FIELD(charcha_who, name, F_TEXT, .personal = true),
	FIELD(charcha_who, office, F_TEXT),
	FIELD(charcha_who, self, F_BOOL),
	FIELD(charcha_who, ticked, F_BOOL),
	FIELD(charcha_who, on_ms, F_INT),
	FIELD(charcha_who, credited_ms, F_INT),
	FIELD(charcha_who, credited_way, F_TEXT),
	FIELD_END,
};
static const struct field promise_out[] = {
	FIELD(charcha_promise_line, id, F_ID),
	FIELD(charcha_promise_line, owner_id, F_ID),
	FIELD(charcha_promise_line, owner, F_TEXT, .personal = true),
	FIELD(charcha_promise_line, words, F_TEXT),
	FIELD(charcha_promise_line, due_day, F_DATE),
	FIELD(charcha_promise_line, state, F_TEXT),
	FIELD(charcha_promise_line, said, F_TEXT),
	FIELD_END,
};

static enum err points_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	TRY(show_run(cx, input, state, a));
	const struct charcha_group_page *v = a->view;
	ANSWER_ROWS(a, v->points, v->n_points);
	return OK;
}

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	TRY(show_run(cx, input, state, a));
	const struct charcha_group_page *v = a->view;
	ANSWER_ROWS(a, v->people, v->n_people);
	return OK;
}

static enum err promises_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	TRY(show_run(cx, input, state, a));
	const struct charcha_group_page *v = a->view;
	ANSWER_ROWS(a, v->promises, v->n_promises);
	return OK;
}

struct newest {
	struct str mark;
};
static const struct field newest_out[] = { FIELD(newest, mark, F_TEXT), FIELD_END };

static enum err newest_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	struct newest *row = ARENA_NEW(cx->arena, struct newest);
	struct charcha_place p;
	(void)state;
	TRY(place_of(cx, in->charcha_id, in->group_id, &p));
	TRY(mark_of(cx, &p, &row->mark));
	ANSWER_ROW(a, row);
	return OK;
}

/* ── points ── */

static const struct field add_in[] = {
	GROUP_FIELDS,
	FIELD(group_in, words, F_LONG, .label = N_("A point"), .must = true, .max = CHARCHA_WORDS_MAX),
	FIELD_END,
};

static enum err point_add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(charcha_point_add(cx, in->charcha_id, in->group_id, in->words, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static const struct field point_in[] = { GROUP_FIELDS, FIELD(group_in, point_id, F_ID, .must = true), FIELD_END };
static const struct field one_point_out[] = {
	FIELD(charcha_point_page, id, F_ID),	  FIELD(charcha_point_page, version, F_INT),
	FIELD(charcha_point_page, words, F_TEXT), FIELD(charcha_point_page, by, F_TEXT, .personal = true),
	FIELD(charcha_point_page, at, F_TIME),	  FIELD_END,
};

static enum err point_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	struct charcha_point_page *v = ARENA_NEW(cx->arena, struct charcha_point_page);
	struct charcha_point_one_row t;
	struct charcha_place p;
	(void)state;
	TRY(place_of(cx, in->charcha_id, in->group_id, &p));
	TRY(charcha_point_of(cx, in->group_id, in->point_id, &t));
	*v = (struct charcha_point_page){ .charcha_id = p.charcha.id,
					  .group_id = p.group.id,
					  .id = t.id,
					  .n = p.group.n,
					  .version = t.version,
					  .at = t.at,
					  .theme = charcha_theme(cx, p.charcha.theme, p.charcha.theme_hi),
					  .words = t.words,
					  .by = t.by_name.p ? t.by_name : S(""),
					  .open = p.open && p.member };
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->pad = true;
	ANSWER_TITLE(cx, a, N_("A point"));
	return OK;
}

static const struct field point_set_in[] = {
	GROUP_FIELDS,
	FIELD(group_in, point_id, F_ID, .must = true),
	FIELD(group_in, version, F_INT, .label = N_("Version"), .must = true, .min = 1, .max = INT32_MAX),
	FIELD(group_in, words, F_LONG, .label = N_("Words"), .must = true, .max = CHARCHA_WORDS_MAX),
	FIELD(group_in, apart, F_BOOL, .label = N_("If somebody has changed it meanwhile, keep mine as a point of its own")),
	FIELD_END,
};
static const struct field point_remove_in[] = {
	GROUP_FIELDS,
	FIELD(group_in, point_id, F_ID, .must = true),
	FIELD(group_in, version, F_INT, .label = N_("Version"), .must = true, .min = 1, .max = INT32_MAX),
	FIELD_END,
};

static enum err point_set_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_point_set(cx, &(struct charcha_point_set){ in->charcha_id, in->group_id, in->point_id, in->version, in->words, false, in->apart });
}

static enum err point_remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_point_set(cx, &(struct charcha_point_set){ in->charcha_id, in->group_id, in->point_id, in->version, S(""), true, false });
}

/* ── conclusions ── */

static enum err conclusions_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	struct charcha_point_page *v = ARENA_NEW(cx->arena, struct charcha_point_page);
	struct charcha_place p;
	(void)state;
	TRY(place_of(cx, in->charcha_id, in->group_id, &p));
	*v = (struct charcha_point_page){ .charcha_id = p.charcha.id,
					  .group_id = p.group.id,
					  .id = p.group.id,
					  .n = p.group.n,
					  .version = p.group.version,
					  .at = NONE,
					  .theme = charcha_theme(cx, p.charcha.theme, p.charcha.theme_hi),
					  .words = p.group.conclusions,
					  .by = S(""),
					  .open = p.open && p.member };
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->pad = true;
	ANSWER_TITLE(cx, a, N_("We conclude"));
	return OK;
}

static const struct field conclude_in[] = {
	GROUP_FIELDS,
	FIELD(group_in, version, F_INT, .label = N_("Version"), .must = true, .min = 1, .max = INT32_MAX),
	FIELD(group_in, words, F_LONG, .label = N_("Conclusions"), .must = true, .max = CHARCHA_TEXT_MAX),
	FIELD_END,
};

static enum err conclude_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_conclude(cx, in->charcha_id, in->group_id, in->words, in->version);
}

/* ── commitments ── */

static const struct field commit_in[] = {
	GROUP_FIELDS,
	FIELD(group_in, what, F_TEXT, .label = N_("What"), .must = true, .max = 500),
	FIELD(group_in, owner_id, F_ID, .label = N_("Who"), .must = true),
	FIELD(group_in, due_day, F_DATE, .label = N_("Until"), .must = true),
	FIELD(group_in, competency_id, F_ID, .label = N_("Competency")),
	FIELD_END,
};

static enum err commit_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	TRY(charcha_commit(cx, &(struct charcha_commit){ in->charcha_id, in->group_id, in->owner_id, in->competency_id, in->due_day, in->what }, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

static const struct field drop_in[] = { GROUP_FIELDS, FIELD(group_in, commitment_id, F_ID, .must = true), FIELD_END };

static enum err drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_commit_drop(cx, in->charcha_id, in->group_id, in->commitment_id);
}

/* ── who is there ── */

static const struct field self_in[] = { GROUP_FIELDS, FIELD(group_in, there, F_BOOL, .label = N_("I am here")), FIELD_END };
static const struct field tick_in[] = { GROUP_FIELDS, FIELD(group_in, member_id, F_ID, .must = true), FIELD(group_in, there, F_BOOL, .label = N_("Was there")),
					FIELD_END };

static enum err self_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_self(cx, in->charcha_id, in->group_id, in->there);
}

static enum err tick_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_tick(cx, in->charcha_id, in->group_id, in->member_id, in->there);
}

static enum err here_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_here(cx, in->charcha_id, in->group_id);
}

static enum err scribe_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_scribe(cx, in->charcha_id, in->group_id);
}

static enum err close_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	(void)state;
	(void)a;
	return charcha_group_close(cx, in->charcha_id, in->group_id);
}

/* ── all that was written ── */

static const struct field history_in[] = { GROUP_FIELDS, FIELD(group_in, before, F_TEXT, .max = 60), FIELD_END };
static const struct field version_out[] = {
	FIELD(charcha_version_line, point_id, F_ID),
	FIELD(charcha_version_line, version, F_INT),
	FIELD(charcha_version_line, words, F_TEXT),
	FIELD(charcha_version_line, by, F_TEXT, .personal = true),
	FIELD(charcha_version_line, at, F_TIME),
	FIELD(charcha_version_line, gone, F_BOOL),
	FIELD_END,
};

/* "1764000000000-4711": when, and of which point. */
static enum err read_before(struct ctx *cx, struct str before, int64_t *ret_at, int64_t *ret_id)
{
	struct str rest = before, at;
	*ret_at = *ret_id = NONE;
	if (!before.n)
		return OK;
	return str_cut(&rest, '-', &at) && str_int(at, ret_at) && str_int(rest, ret_id)
		       ? OK
		       : fail(cx, ERR_INVALID, "before", N_("is not from a page like this one"));
}

static enum err history_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct group_in *in = input;
	struct charcha_history_page *v = ARENA_NEW(cx->arena, struct charcha_history_page);
	struct charcha_versions_row *r;
	struct charcha_place p;
	int64_t at, id;
	size_t n;
	(void)state;
	TRY(place_of(cx, in->charcha_id, in->group_id, &p));
	TRY(read_before(cx, in->before, &at, &id));
	TRY(charcha_sql_versions(cx, in->group_id, at, id, VERSIONS_ON_PAGE + 1, &r, &n));
	*v = (struct charcha_history_page){ .charcha_id = p.charcha.id,
					    .group_id = p.group.id,
					    .n = p.group.n,
					    .theme = charcha_theme(cx, p.charcha.theme, p.charcha.theme_hi),
					    .n_lines = n > VERSIONS_ON_PAGE ? VERSIONS_ON_PAGE : n };
	v->lines = ARENA_ARRAY(cx->arena, struct charcha_version_line, v->n_lines);
	for (size_t i = 0; i < v->n_lines; i++)
		v->lines[i] = (struct charcha_version_line){
			r[i].point_id, r[i].version, r[i].at, r[i].words, r[i].by_name.p ? r[i].by_name : S(""), r[i].gone, r[i].point_id == p.group.id
		};
	if (n > VERSIONS_ON_PAGE)
		v->next = str_fmt(cx->arena, "%lld-%lld", (long long)r[VERSIONS_ON_PAGE - 1].at, (long long)r[VERSIONS_ON_PAGE - 1].point_id);
	a->next = v->next;
	ANSWER_ROWS(a, v->lines, v->n_lines);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("All that was written"));
	return OK;
}

#define GROUP "/charchas/{charcha_id}/groups/{group_id}"
#define POINT GROUP "/points/{point_id}"
#define IN .in_size = sizeof(struct group_in)
#define LEARNS .may = MAY_LEARN, .scope = SCOPE_NONE
const struct action charcha_group_actions[] = {
	{ .name = "charcha_group.show",
	  .method = GET,
	  .page = GROUP,
	  .api = "/api/v1" GROUP,
	  LEARNS,
	  .in = group_in,
	  IN,
	  .out = show_out,
	  .run = show_run,
	  .html = charcha_group_view,
	  .summary = "A group of a charcha, for its people." },
	{ .name = "charcha_group.newest",
	  .method = GET,
	  .api = "/api/v1" GROUP "/newest",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .out = newest_out,
	  .run = newest_run,
	  .summary = "A mark that is another one when something of the group has changed." },
	{ .name = "charcha_group.points",
	  .method = GET,
	  .api = "/api/v1" GROUP "/points",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .out = point_out,
	  .out_list = true,
	  .run = points_run,
	  .summary = "The points of the pad." },
	{ .name = "charcha_group.people",
	  .method = GET,
	  .api = "/api/v1" GROUP "/people",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .out = who_out,
	  .out_list = true,
	  .run = people_run,
	  .summary = "The people of a group and what is known of who was there." },
	{ .name = "charcha_group.commitments",
	  .method = GET,
	  .api = "/api/v1" GROUP "/commitments",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .out = promise_out,
	  .out_list = true,
	  .run = promises_run,
	  .summary = "What people of a group took upon themselves." },
	{ .name = "charcha_group.point_add",
	  .method = POST,
	  .page = GROUP "/points",
	  .api = "/api/v1" GROUP "/points",
	  LEARNS,
	  .in = add_in,
	  IN,
	  .out = made_out,
	  .run = point_add_run,
	  .form = "charcha_group.show",
	  .then = GROUP,
	  .own = true,
	  .summary = "Writes a point on the pad." },
	{ .name = "charcha_group.point",
	  .method = GET,
	  .page = POINT,
	  .api = "/api/v1" POINT,
	  LEARNS,
	  .in = point_in,
	  IN,
	  .out = one_point_out,
	  .run = point_run,
	  .html = charcha_point_view,
	  .summary = "A point of the pad with its version." },
	{ .name = "charcha_group.point_set",
	  .method = POST,
	  .page = POINT,
	  .api = "/api/v1" POINT,
	  LEARNS,
	  .in = point_set_in,
	  IN,
	  .run = point_set_run,
	  .form = "charcha_group.point",
	  .then = GROUP,
	  .own = true,
	  .summary = "Changes a point; refused when it is no longer of the version named, so that nobody's words are lost." },
	{ .name = "charcha_group.point_remove",
	  .method = POST,
	  .page = POINT "/remove",
	  .api = "/api/v1" POINT "/remove",
	  LEARNS,
	  .in = point_remove_in,
	  IN,
	  .run = point_remove_run,
	  .form = "charcha_group.point",
	  .then = GROUP,
	  .own = true,
	  .summary = "Takes a point out; what it said is kept." },
	{ .name = "charcha_group.conclusions",
	  .method = GET,
	  .page = GROUP "/conclusions",
	  .api = "/api/v1" GROUP "/conclusions",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .out = one_point_out,
	  .run = conclusions_run,
	  .html = charcha_conclusions_view,
	  .summary = "What a group concludes, with its version." },
	{ .name = "charcha_group.conclude",
	  .method = POST,
	  .page = GROUP "/conclusions",
	  .api = "/api/v1" GROUP "/conclusions",
	  LEARNS,
	  .in = conclude_in,
	  IN,
	  .run = conclude_run,
	  .form = "charcha_group.conclusions",
	  .then = GROUP,
	  .own = true,
	  .summary = "Writes what the group concludes." },
	{ .name = "charcha_group.commit",
	  .method = POST,
	  .page = GROUP "/commitments",
	  .api = "/api/v1" GROUP "/commitments",
	  LEARNS,
	  .in = commit_in,
	  IN,
	  .out = made_out,
	  .run = commit_run,
	  .form = "charcha_group.show",
	  .then = GROUP,
	  .own = true,
	  .summary = "Notes what somebody of the group takes upon himself." },
	{ .name = "charcha_group.drop",
	  .method = POST,
	  .page = GROUP "/commitments/{commitment_id}/drop",
	  .api = "/api/v1" GROUP "/commitments/{commitment_id}/drop",
	  LEARNS,
	  .in = drop_in,
	  IN,
	  .run = drop_run,
	  .form = "charcha_group.show",
	  .then = GROUP,
	  .own = true,
	  .summary = "Takes a commitment out again." },
	{ .name = "charcha_group.self",
	  .method = POST,
	  .page = GROUP "/self",
	  .api = "/api/v1" GROUP "/self",
	  LEARNS,
	  .in = self_in,
	  IN,
	  .run = self_run,
	  .form = "charcha_group.show",
	  .then = GROUP,
	  .own = true,
	  .summary = "Says that one is there, or not after all." },
	{ .name = "charcha_group.tick",
	  .method = POST,
	  .page = GROUP "/ticks/{member_id}",
	  .api = "/api/v1" GROUP "/ticks/{member_id}",
	  LEARNS,
	  .in = tick_in,
	  IN,
	  .run = tick_run,
	  .form = "charcha_group.show",
	  .then = GROUP,
	  .own = true,
	  .summary = "The scribe says that somebody is there, or not." },
	{ .name = "charcha_group.here",
	  .method = POST,
	  .api = "/api/v1" GROUP "/here",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .run = here_run,
	  .own = true,
	  .quiet = true,
	  .summary = "The page of the group is open; sent once a minute." },
	{ .name = "charcha_group.scribe",
	  .method = POST,
	  .page = GROUP "/scribe",
	  .api = "/api/v1" GROUP "/scribe",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .run = scribe_run,
	  .form = "charcha_group.show",
	  .then = GROUP,
	  .notice = N_("You lead the minutes."),
	  .own = true,
	  .summary = "Takes the pen of the group." },
	{ .name = "charcha_group.close",
	  .method = POST,
	  .page = GROUP "/close",
	  .api = "/api/v1" GROUP "/close",
	  LEARNS,
	  .in = group_in,
	  IN,
	  .run = close_run,
	  .form = "charcha_group.show",
	  .then = GROUP,
	  .notice = N_("The minutes are closed."),
	  .own = true,
	  .summary = "The scribe closes the minutes." },
	{ .name = "charcha_group.history",
	  .method = GET,
	  .page = GROUP "/history",
	  .api = "/api/v1" GROUP "/history",
	  LEARNS,
	  .in = history_in,
	  IN,
	  .out = version_out,
	  .out_list = true,
	  .run = history_run,
	  .html = charcha_history_view,
	  .summary = "All that was ever written in a group." },
	ACTION_END,
};
