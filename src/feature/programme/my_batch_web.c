/* A learner's own batch: everything of it in one journey; handing in, answering, what is handed out. */
#include "feature/competency/competency.h"
#include "feature/org/org.h"
#include "feature/programme/batch_may.h"
#include "feature/programme/learn_page.h"
#include "feature/programme/programme_words.h"
#include "feature/programme/work.h"
#include "my_batch_html.h"
#include "my_part_html.h"
#include "programme_learn_sql.h"
#include "web/action.h"
#include "web/lang.h"

#include <math.h>

enum { ANSWER_MAX = SURVEY_WORDS_MAX + 10 };

static enum err admitted_to(struct ctx *cx, int64_t batch_id, struct batch_one_row *ret)
{
	struct programme_learn_admitted_row mine;
	bool found = false;
	TRY(programme_learn_sql_admitted(cx, batch_id, cx->actor.person_id, &mine, &found));
	return found ? batch_find(cx, batch_id, ret) : fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch to which you are admitted."));
}

/* ── the journey ── */

struct one_in {
	int64_t batch_id;
};
static const struct field one_in[] = { FIELD(one_in, batch_id, F_ID, .must = true), FIELD_END };
static const struct field batch_out[] = {
	FIELD(my_batch_page, id, F_ID),
	FIELD(my_batch_page, programme_id, F_ID),
	FIELD(my_batch_page, programme, F_TEXT),
	FIELD(my_batch_page, name, F_TEXT),
	FIELD(my_batch_page, state, F_TEXT),
	FIELD(my_batch_page, starts_at, F_TIME),
	FIELD(my_batch_page, ends_at, F_TIME),
	FIELD(my_batch_page, place, F_TEXT),
	FIELD(my_batch_page, geo, F_TEXT),
	FIELD(my_batch_page, musts, F_INT),
	FIELD(my_batch_page, musts_done, F_INT),
	FIELD(my_batch_page, n_sessions, F_INT),
	FIELD(my_batch_page, sessions_asked, F_INT),
	FIELD(my_batch_page, n_attended, F_INT),
	FIELD(my_batch_page, others_asked, F_INT),
	FIELD(my_batch_page, others_done, F_INT),
	FIELD(my_batch_page, completed, F_BOOL),
	FIELD(my_batch_page, completed_at, F_TIME),
	FIELD(my_batch_page, serial, F_TEXT),
	FIELD(my_batch_page, why, F_TEXT),
	FIELD_END,
};
static const struct field part_out[] = {
	FIELD(my_part_item, id, F_ID),		FIELD(my_part_item, kind, F_TEXT),    FIELD(my_part_item, phase, F_TEXT),
	FIELD(my_part_item, title, F_TEXT),	FIELD(my_part_item, must, F_BOOL),    FIELD(my_part_item, done, F_BOOL),
	FIELD(my_part_item, says, F_TEXT),	FIELD(my_part_item, done_at, F_TIME), FIELD(my_part_item, path, F_TEXT),
	FIELD(my_part_item, course_id, F_ID),	FIELD(my_part_item, exam_id, F_ID),   FIELD(my_part_item, session_id, F_ID),
	FIELD(my_part_item, starts_at, F_TIME), FIELD(my_part_item, ends_at, F_TIME), FIELD_END,
};

/* Of a session that has begun: what is noted of one's attendance. */
static struct str attendance_path(struct ctx *cx, int64_t session_id, int64_t starts_at)
{
	return session_id == NONE || starts_at > cx->now ? S("") : str_fmt(cx->arena, "/me/attendance/%lld", (long long)session_id);
}

static struct str path_of(struct ctx *cx, int64_t batch_id, const struct part_stand *p)
{
	if (str_is(p->kind, "course"))
		return str_fmt(cx->arena, "/courses/%lld", (long long)p->course_id);
	if (str_is(p->kind, "exam"))
		return str_fmt(cx->arena, "/exams/%lld", (long long)p->exam_id);
	if (str_is(p->kind, "session"))
		return attendance_path(cx, p->session_id, p->starts_at);
	return str_fmt(cx->arena, "/batches/%lld/parts/%lld", (long long)batch_id, (long long)p->id);
}

static const char *short_state(enum part_state state)
{
	static const char *const names[PART_STATES] = {
		[PART_DONE] = N_("done"),	   [PART_OPEN] = N_("to do"),	 [PART_TO_COME] = N_("to come"),   [PART_WAITS] = N_("handed in"),
		[PART_RETURNED] = N_("sent back"), [PART_MISSED] = N_("missed"), [PART_LEFT_OUT] = N_("not asked")
	};
	return names[state];
}

static struct my_part_item part_of(struct ctx *cx, int64_t batch_id, const struct part_stand *p)
{
	return (struct my_part_item){ .id = p->id,
				      .batch_id = batch_id,
				      .course_id = p->course_id,
				      .exam_id = p->exam_id,
				      .session_id = p->session_id,
				      .starts_at = p->starts_at,
				      .ends_at = p->ends_at,
				      .done_at = p->done_at,
				      .kind = p->kind,
				      .kind_name = programme_word(cx, programme_kinds, p->kind),
				      .phase = p->phase,
				      .title = said_in(cx, p->title, p->title_hi),
				      .state = str_of(tr(cx->lang, short_state(p->state))),
				      .says = str_of(tr(cx->lang, part_state_says(p->kind, p->state))),
				      .path = path_of(cx, batch_id, p),
				      .lang = S(""),
				      .must = p->must,
				      .done = p->state == PART_DONE,
				      .tells = p->state == PART_WAITS || p->state == PART_RETURNED || p->state == PART_MISSED,
				      .late = p->state == PART_MISSED || p->state == PART_RETURNED };
}

static enum err put_phases(struct ctx *cx, const struct programme_progress *g, struct my_batch_page *v)
{
	struct programme_learn_course_langs_row *langs;
	size_t n_langs;
	TRY(programme_learn_sql_course_langs(cx, g->programme_id, &langs, &n_langs));
	for (const struct choice *phase = programme_headings; phase->value; phase++) {
		struct my_phase *p = &v->phases[v->n_phases];
		*p = (struct my_phase){ .name = str_of(tr(cx->lang, phase->label)), .parts = ARENA_ARRAY(cx->arena, struct my_part_item, g->n_parts + 1) };
		for (size_t i = 0; i < g->n_parts; i++)
			if (str_is(g->parts[i].phase, phase->value))
				p->parts[p->n_parts++] = part_of(cx, v->id, &g->parts[i]);
		for (size_t i = 0; i < p->n_parts; i++)
			for (size_t k = 0; k < n_langs; k++)
				if (langs[k].id == p->parts[i].id)
					p->parts[i].lang = langs[k].lang;
		v->n_phases += p->n_parts > 0;
	}
	return OK;
}

static struct my_session_item session_of(struct ctx *cx, const struct batch_sessions_row *s)
{
	return (struct my_session_item){ .id = s->id,
					 .starts_at = s->starts_at,
					 .ends_at = s->ends_at,
					 .title = said_in(cx, s->title, s->title_hi),
					 .time = str_fmt(cx->arena, "%s–%s", programme_clock_of(cx, s->starts_at).p, programme_clock_of(cx, s->ends_at).p),
					 .room = s->room.p ? s->room : S(""),
					 .access = s->access.p ? s->access : S(""),
					 .place = s->place,
					 .path = s->cancelled_at == NONE ? attendance_path(cx, s->id, s->starts_at) : S(""),
					 .cancelled = s->cancelled_at != NONE,
					 .link = material_link_good(s->place) };
}

/* A session that a part shows stands there; the others are listed by themselves. */
static bool goes_to_part(struct my_batch_page *v, const struct my_session_item *s)
{
	for (size_t i = 0; i < v->n_phases; i++)
		for (size_t k = 0; k < v->phases[i].n_parts; k++)
			if (v->phases[i].parts[k].session_id == s->id) {
				v->phases[i].parts[k].session = *s;
				v->phases[i].parts[k].is_session = true;
				return true;
			}
	return false;
}

static enum err put_sessions(struct ctx *cx, struct my_batch_page *v)
{
	struct programme_session_stands_row *mine;
	struct batch_sessions_row *s;
	size_t n, n_mine;
	TRY(batch_sql_sessions(cx, v->id, &s, &n));
	TRY(programme_sql_session_stands(cx, cx->actor.person_id, v->id, &mine, &n_mine));
	v->sessions = ARENA_ARRAY(cx->arena, struct my_session_item, n + 1);
	for (size_t i = 0; i < n; i++) {
		struct my_session_item one = session_of(cx, &s[i]);
		for (size_t k = 0; k < n_mine; k++)
			one.attended |= mine[k].id == one.id && mine[k].attended;
		if (!goes_to_part(v, &one))
			v->sessions[v->n_others++] = one;
	}
	return OK;
}

static enum err put_around(struct ctx *cx, struct my_batch_page *v)
{
	struct batch_faculty_row *f;
	struct batch_materials_row *m;
	TRY(batch_sql_faculty(cx, v->id, &f, &v->n_faculty));
	v->faculty = ARENA_ARRAY(cx->arena, struct faculty_item, v->n_faculty + 1);
	for (size_t i = 0; i < v->n_faculty; i++)
		v->faculty[i] = (struct faculty_item){ .id = f[i].id, .batch_id = v->id, .name = f[i].name, .subjects = f[i].subjects };
	TRY(batch_sql_materials(cx, v->id, &m, &v->n_materials));
	v->materials = ARENA_ARRAY(cx->arena, struct material_item, v->n_materials + 1);
	for (size_t i = 0; i < v->n_materials; i++)
		v->materials[i] = (struct material_item){ m[i].id, v->id, m[i].at, m[i].title, m[i].link, m[i].file_name, false };
	return OK;
}

static int64_t at_most(int64_t v, int64_t most)
{
	return v < most ? v : most;
}

static void put_progress(struct my_batch_page *v, const struct programme_progress *g)
{
	const struct rule_verdict *r = &g->rule;
	int64_t asked = r->musts + r->sessions_asked + r->others_asked;
	int64_t done = r->musts_done + at_most(g->n_attended, r->sessions_asked) + at_most(r->others_done, r->others_asked);
	v->musts = r->musts;
	v->musts_done = r->musts_done;
	v->sessions_asked = r->sessions_asked;
	v->n_sessions = g->n_sessions;
	v->n_attended = g->n_attended;
	v->others_asked = r->others_asked;
	v->others_done = r->others_done;
	v->asks_sessions = r->sessions_asked > 0;
	v->asks_others = r->others_asked > 0;
	v->completed = g->completed;
	v->completed_at = g->completed_at;
	v->serial = g->serial;
	v->percent = g->completed ? 100 : asked ? 100 * done / asked : 0;
}

static void put_facts(struct ctx *cx, struct my_batch_page *v, const struct batch_one_row *b)
{
	double latitude = isnan(b->latitude) ? b->institute_latitude : b->latitude, longitude = isnan(b->latitude) ? b->institute_longitude : b->longitude;
	*v = (struct my_batch_page){ .id = b->id,
				     .programme_id = b->programme_id,
				     .starts_at = b->starts_at,
				     .ends_at = b->ends_at,
				     .programme = said_in(cx, b->title, b->title_hi),
				     .name = b->name,
				     .state = b->state,
				     .state_name = programme_word(cx, batch_states, b->state),
				     .why = b->cancelled_why,
				     .place = b->place.n ? b->place : b->institute_place,
				     .institute = b->institute_en.n ? org_name(cx, b->institute_en, b->institute_hi) : S(""),
				     .geo = programme_geo(cx, latitude, longitude),
				     .map = programme_map(cx, latitude, longitude),
				     .cancelled = str_is(b->state, "cancelled"),
				     .ended = str_is(b->state, "ended"),
				     .open = str_is(b->state, "open") };
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct my_batch_page *v = ARENA_NEW(cx->arena, struct my_batch_page);
	struct programme_progress g;
	struct batch_one_row b;
	(void)state;
	TRY(admitted_to(cx, in->batch_id, &b));
	put_facts(cx, v, &b);
	TRY(programme_progress(cx, b.id, cx->actor.person_id, &g));
	put_progress(v, &g);
	TRY(put_phases(cx, &g, v));
	TRY(put_sessions(cx, v));
	TRY(put_around(cx, v));
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_RECORD;
	a->title = v->programme;
	return OK;
}

static enum err parts_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct programme_progress g;
	struct batch_one_row b;
	(void)state;
	TRY(admitted_to(cx, in->batch_id, &b));
	TRY(programme_progress(cx, b.id, cx->actor.person_id, &g));
	struct my_part_item *v = ARENA_ARRAY(cx->arena, struct my_part_item, g.n_parts + 1);
	for (size_t i = 0; i < g.n_parts; i++)
		v[i] = part_of(cx, b.id, &g.parts[i]);
	ANSWER_ROWS(a, v, g.n_parts);
	return OK;
}

/* ── an assignment, a survey ── */

struct part_in {
	int64_t batch_id, part_id;
};
static const struct field part_in[] = { FIELD(part_in, batch_id, F_ID, .must = true), FIELD(part_in, part_id, F_ID, .must = true), FIELD_END };
static const struct field one_part_out[] = {
	FIELD(my_part_page, id, F_ID),		 FIELD(my_part_page, title, F_TEXT),	 FIELD(my_part_page, asked, F_LONG),
	FIELD(my_part_page, words, F_LONG),	 FIELD(my_part_page, file_name, F_TEXT), FIELD(my_part_page, given_words, F_LONG),
	FIELD(my_part_page, given_file, F_TEXT), FIELD(my_part_page, given_at, F_TIME),	 FIELD(my_part_page, state, F_TEXT),
	FIELD(my_part_page, said, F_LONG),	 FIELD(my_part_page, answered, F_BOOL),	 FIELD_END,
};

static void put_questions(struct ctx *cx, struct str words, struct my_part_page *v)
{
	struct survey_question *q;
	survey_questions(cx, words, &q, &v->n_questions);
	v->questions = ARENA_ARRAY(cx->arena, struct question_item, v->n_questions + 1);
	for (size_t i = 0; i < v->n_questions; i++)
		v->questions[i] = (struct question_item){ (int64_t)i, q[i].text, str_fmt(cx->arena, "answer.%zu", i), q[i].in_words };
}

static void put_given(struct ctx *cx, const struct work_newest_row *w, struct my_part_page *v)
{
	v->given = true;
	v->work_id = w->id;
	v->given_at = w->at;
	v->given_words = v->assignment ? w->words : S("");
	v->given_file = w->file_name;
	v->state = w->state;
	v->state_name = programme_word(cx, work_states, w->state);
	v->said = w->said;
	v->answered = !v->assignment;
}

static enum err part_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct part_in *in = input;
	struct my_part_page *v = ARENA_NEW(cx->arena, struct my_part_page);
	struct work_newest_row given;
	struct work_draft_row draft;
	struct work_part_row part;
	struct batch_one_row b;
	bool is_given = false;
	(void)state;
	TRY(admitted_to(cx, in->batch_id, &b));
	TRY(work_part(cx, b.id, in->part_id, cx->actor.person_id, &part));
	*v = (struct my_part_page){ .batch_id = b.id,
				    .id = part.id,
				    .work_id = NONE,
				    .given_at = NONE,
				    .draft_id = NONE,
				    .programme = said_in(cx, b.title, b.title_hi),
				    .title = said_in(cx, part.title, part.title_hi),
				    .asked = part.words,
				    .words = S(""),
				    .assignment = str_is(part.kind, "assignment") };
	if (!v->assignment)
		put_questions(cx, part.words, v);
	TRY(work_sql_newest(cx, b.id, part.id, cx->actor.person_id, &given, &is_given));
	if (is_given)
		put_given(cx, &given, v);
	v->may_hand_in = str_is(b.state, "open") && part.ended_at == NONE && !str_is(v->state.p ? v->state : S(""), "accepted");
	TRY(work_sql_draft(cx, b.id, part.id, cx->actor.person_id, &draft, &v->has_draft));
	if (v->has_draft) {
		v->draft_id = draft.id;
		v->draft_at = draft.at;
		v->words = draft.words;
		v->file_name = draft.file_name;
	}
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_RECORD;
	a->title = v->title;
	return OK;
}

struct work_in {
	int64_t batch_id, part_id;
	struct str words, file, file_name;
	bool hand_in, drop_file;
};
static const struct field work_in[] = {
	FIELD(work_in, batch_id, F_ID, .must = true),
	FIELD(work_in, part_id, F_ID, .must = true),
	FIELD(work_in, words, F_LONG, .label = N_("Your text"), .max = WORK_WORDS_MAX),
	FIELD(work_in, file, F_TEXT, .label = N_("A PDF"), .hint = N_("At most 5 MB."), .max = 4000),
	FIELD(work_in, file_name, F_TEXT, .max = 250),
	FIELD(work_in, hand_in, F_BOOL, .label = N_("Hand in")),
	FIELD(work_in, drop_file, F_BOOL, .label = N_("Without the file of the draft")),
	FIELD_END,
};

static enum err work_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct work_in *in = input;
	struct str *bytes = ARENA_NEW(cx->arena, struct str);
	*bytes = STR_NONE;
	*ret_state = bytes;
	return in->file.n ? work_file(cx, in->file, bytes) : OK;
}

static enum err work_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct work_in *in = input;
	const struct str *bytes = state;
	(void)a;
	return work_save(cx, &(struct work_put){ in->batch_id, in->part_id, in->words, in->file_name, *bytes, in->drop_file, in->hand_in });
}

struct answer_in {
	int64_t batch_id, part_id;
	struct strs answer;
};
static const struct field answer_in[] = {
	FIELD(answer_in, batch_id, F_ID, .must = true),
	FIELD(answer_in, part_id, F_ID, .must = true),
	FIELD(answer_in, answer, F_TEXTS, .label = N_("Answers"), .max = ANSWER_MAX),
	FIELD_END,
};

static enum err answer_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct answer_in *in = input;
	(void)state;
	(void)a;
	return survey_answer(cx, in->batch_id, in->part_id, in->answer);
}

/* ── what is handed out ── */

struct material_in {
	int64_t batch_id, material_id;
};
static const struct field material_in[] = { FIELD(material_in, batch_id, F_ID, .must = true), FIELD(material_in, material_id, F_ID, .must = true), FIELD_END };

static enum err material_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct material_in *in = input;
	struct programme_learn_admitted_row mine;
	struct batch_material_row m;
	struct batch_one_row b;
	bool admitted = false, found = false;
	(void)state;
	TRY(programme_learn_sql_admitted(cx, in->batch_id, cx->actor.person_id, &mine, &admitted));
	if (!admitted)
		TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(batch_sql_material(cx, in->material_id, in->batch_id, &m, &found));
	if (!found || !m.file.n)
		return fail(cx, ERR_NOT_FOUND, "material_id", N_("There is no such material."));
	a->type = material_type(m.file_name);
	a->bytes = m.file;
	a->filename = m.file_name;
	return OK;
}

#define ONE "/batches/{batch_id}"
#define PART ONE "/parts/{part_id}"
const struct action my_batch_actions[] = {
	{ .name = "my_batch.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = batch_out,
	  .run = show_run,
	  .html = my_batch_view,
	  .own = true,
	  .summary = "A batch for one who is admitted: what is done, what is missing, where and when." },
	{ .name = "my_batch.parts",
	  .method = GET,
	  .api = "/api/v1" ONE "/parts",
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = part_out,
	  .out_list = true,
	  .run = parts_run,
	  .own = true,
	  .summary = "Each part of a batch, whether it is done, and if not, what is missing." },
	{ .name = "my_batch.part",
	  .method = GET,
	  .page = PART,
	  .api = "/api/v1" PART,
	  .may = MAY_LEARN,
	  .in = part_in,
	  .in_size = sizeof(struct part_in),
	  .out = one_part_out,
	  .run = part_run,
	  .html = my_part_view,
	  .own = true,
	  .summary = "An assignment with what was handed in, or a survey." },
	{ .name = "my_batch.work",
	  .method = POST,
	  .page = PART "/work",
	  .api = "/api/v1" PART "/work",
	  .may = MAY_LEARN,
	  .in = work_in,
	  .in_size = sizeof(struct work_in),
	  .prepare = work_prepare,
	  .run = work_run,
	  .form = "my_batch.part",
	  .then = PART,
	  .notice = N_("It is kept."),
	  .max_body = BATCH_FILE_MAX + (256 << 10),
	  .upload = true,
	  .own = true,
	  .summary = "Keeps a draft of an assignment, or hands it in: words, a PDF, or both." },
	{ .name = "my_batch.answer",
	  .method = POST,
	  .page = PART "/answers",
	  .api = "/api/v1" PART "/answers",
	  .may = MAY_LEARN,
	  .in = answer_in,
	  .in_size = sizeof(struct answer_in),
	  .run = answer_run,
	  .form = "my_batch.part",
	  .then = ONE,
	  .notice = N_("Thank you for your answers."),
	  .own = true,
	  .quiet = true,
	  .summary = "Answers a survey, once." },
	{ .name = "my_batch.material",
	  .method = GET,
	  .page = ONE "/materials/{material_id}",
	  .api = "/api/v1" ONE "/materials/{material_id}",
	  .may = MAY_LEARN,
	  .in = material_in,
	  .in_size = sizeof(struct material_in),
	  .run = material_run,
	  .summary = "A file that is handed out." },
	ACTION_END,
};
