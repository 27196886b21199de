/* People of a batch in the browser and over the API: how far each is, judging what they handed in, results of surveys. */
#include "batch_people_html.h"
#include "feature/competency/competency.h"
#include "feature/programme/batch_far.h"
#include "feature/programme/batch_may.h"
#include "feature/programme/batch_page.h"
#include "feature/programme/programme_words.h"
#include "feature/programme/work.h"
#include "survey_results_html.h"
#include "web/action.h"
#include "web/lang.h"
#include "work_one_html.h"
#include "works_html.h"

enum { WORKS_PAGE = 50 };

/* ── how far each is ── */

struct people_in {
	int64_t batch_id, after;
};
static const struct field people_in[] = { FIELD(people_in, batch_id, F_ID, .must = true), FIELD(people_in, after, F_ID), FIELD_END };
static const struct field far_out[] = {
	FIELD(far_item, person_id, F_ID),      FIELD(far_item, name, F_TEXT, .personal = true),
	FIELD(far_item, musts, F_INT),	       FIELD(far_item, musts_done, F_INT),
	FIELD(far_item, n_sessions, F_INT),    FIELD(far_item, sessions_asked, F_INT),
	FIELD(far_item, n_attended, F_INT),    FIELD(far_item, others_asked, F_INT),
	FIELD(far_item, others_done, F_INT),   FIELD(far_item, completed, F_BOOL),
	FIELD(far_item, completed_at, F_TIME), FIELD_END,
};

static struct far_item far_of(const struct batch_far *p, int64_t batch_id)
{
	return (struct far_item){ .person_id = p->person_id,
				  .batch_id = batch_id,
				  .musts = p->rule.musts,
				  .musts_done = p->rule.musts_done,
				  .sessions_asked = p->rule.sessions_asked,
				  .n_attended = p->n_attended,
				  .n_sessions = p->n_sessions,
				  .others_asked = p->rule.others_asked,
				  .others_done = p->rule.others_done,
				  .completed_at = p->completed_at,
				  .name = p->name,
				  .org = p->org,
				  .completed = p->completed_at != NONE };
}

static enum err people_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct people_in *in = input;
	struct people_page *v = ARENA_NEW(cx->arena, struct people_page);
	struct batch_n_far_completed_row done;
	struct batch_one_row b;
	struct batch_far *p;
	bool more = false;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(batch_far(cx, &b, in->after, &p, &v->n_people, &more));
	TRY(batch_sql_n_far_completed(cx, b.id, &done));
	v->batch_id = b.id;
	v->admitted = b.admitted;
	v->n_completed = done.n;
	v->programme = said_in(cx, b.title, b.title_hi);
	v->name = b.name;
	v->people = ARENA_ARRAY(cx->arena, struct far_item, v->n_people + 1);
	for (size_t i = 0; i < v->n_people; i++)
		v->people[i] = far_of(&p[i], b.id);
	if (more) {
		a->next = str_fmt(cx->arena, "%lld", (long long)p[v->n_people - 1].person_id);
		v->next = str_fmt(cx->arena, "/batches/%lld/people?after=%s", (long long)b.id, a->next.p);
	}
	ANSWER_ROWS(a, v->people, v->n_people);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("How far each is"));
	return OK;
}

/* ── what was handed in ── */

struct works_in {
	int64_t batch_id;
	struct str after; /* "0-ID" behind one that waits, "1-ID" behind one that was judged */
};
static const struct field works_in[] = { FIELD(works_in, batch_id, F_ID, .must = true), FIELD(works_in, after, F_TEXT, .max = 24), FIELD_END };

static enum err cursor_of(struct ctx *cx, struct str after, int64_t *ret_judged, int64_t *ret_id)
{
	struct str rest = after, judged = STR_NONE;
	*ret_judged = -1;
	*ret_id = 0;
	if (!after.n || (str_cut(&rest, '-', &judged) && str_int(judged, ret_judged) && str_int(rest, ret_id)))
		return OK;
	return fail(cx, ERR_INVALID, "after", N_("is no place in this list"));
}
static const struct field work_out[] = {
	FIELD(work_item, id, F_ID),
	FIELD(work_item, person_id, F_ID),
	FIELD(work_item, name, F_TEXT, .personal = true),
	FIELD(work_item, title, F_TEXT),
	FIELD(work_item, state, F_TEXT),
	FIELD(work_item, at, F_TIME),
	FIELD(work_item, file_name, F_TEXT),
	FIELD_END,
};

static enum err works_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct works_in *in = input;
	struct works_page *v = ARENA_NEW(cx->arena, struct works_page);
	struct work_to_judge_row *w;
	struct work_numbers_row numbers;
	struct batch_one_row b;
	int64_t judged, id;
	size_t n;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(cursor_of(cx, in->after, &judged, &id));
	TRY(work_sql_to_judge(cx, b.id, judged, id, WORKS_PAGE + 1, &w, &n));
	TRY(work_sql_numbers(cx, b.id, &numbers));
	v->batch_id = b.id;
	v->n_waiting = numbers.waiting;
	v->programme = said_in(cx, b.title, b.title_hi);
	v->name = b.name;
	v->n_works = n > WORKS_PAGE ? WORKS_PAGE : n;
	v->works = ARENA_ARRAY(cx->arena, struct work_item, v->n_works + 1);
	for (size_t i = 0; i < v->n_works; i++)
		v->works[i] = (struct work_item){ .id = w[i].id,
						  .batch_id = b.id,
						  .person_id = w[i].person_id,
						  .at = w[i].at,
						  .name = w[i].name,
						  .title = said_in(cx, w[i].title, w[i].title_hi),
						  .state = w[i].state,
						  .state_name = programme_word(cx, work_states, w[i].state),
						  .file_name = w[i].file_name,
						  .waits = str_is(w[i].state, "given") };
	if (n > WORKS_PAGE) {
		const struct work_to_judge_row *last = &w[WORKS_PAGE - 1];
		a->next = str_fmt(cx->arena, "%lld-%lld", (long long)last->judged, (long long)last->id);
		v->next = str_fmt(cx->arena, "/batches/%lld/work?after=%s", (long long)b.id, a->next.p);
	}
	ANSWER_ROWS(a, v->works, v->n_works);
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_TITLE(cx, a, N_("Work handed in"));
	return OK;
}

struct judge_in {
	int64_t batch_id, work_id;
	bool accept;
	struct str said;
};
static const struct field one_in[] = { FIELD(judge_in, batch_id, F_ID, .must = true), FIELD(judge_in, work_id, F_ID, .must = true), FIELD_END };
static const struct field judge_in[] = {
	FIELD(judge_in, batch_id, F_ID, .must = true),
	FIELD(judge_in, work_id, F_ID, .must = true),
	FIELD(judge_in, accept, F_BOOL, .label = N_("Accept")),
	FIELD(judge_in, said, F_LONG, .label = N_("What you say to it"), .hint = N_("Needed when you send it back."), .max = WORK_SAID_MAX),
	FIELD_END,
};
static const struct field one_out[] = {
	FIELD(work_page, id, F_ID),
	FIELD(work_page, person_id, F_ID),
	FIELD(work_page, name, F_TEXT, .personal = true),
	FIELD(work_page, title, F_TEXT),
	FIELD(work_page, words, F_LONG),
	FIELD(work_page, file_name, F_TEXT),
	FIELD(work_page, at, F_TIME),
	FIELD(work_page, state, F_TEXT),
	FIELD(work_page, said, F_LONG),
	FIELD(work_page, newest, F_BOOL),
	FIELD_END,
};

static enum err work_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct judge_in *in = input;
	struct work_page *v = ARENA_NEW(cx->arena, struct work_page);
	struct batch_one_row b;
	struct work_one_row w;
	bool found = false;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(work_sql_one(cx, in->work_id, b.id, &w, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "work_id", N_("Nothing like this was handed in."));
	*v = (struct work_page){ .id = w.id,
				 .batch_id = b.id,
				 .person_id = w.person_id,
				 .at = w.at,
				 .judged_at = w.judged_at,
				 .programme = said_in(cx, b.title, b.title_hi),
				 .batch = b.name,
				 .name = w.name,
				 .title = said_in(cx, w.title, w.title_hi),
				 .asked = w.asked,
				 .words = w.words,
				 .file_name = w.file_name,
				 .state = w.state,
				 .state_name = programme_word(cx, work_states, w.state),
				 .said = w.said,
				 .judge = w.judge.p ? w.judge : S(""),
				 .may_judge = w.newest && str_is(w.state, "given") && w.person_id != cx->actor.person_id,
				 .newest = w.newest };
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->title;
	return OK;
}

static enum err file_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct judge_in *in = input;
	struct work_file_row w = { 0 };
	struct batch_one_row b;
	bool found = false;
	(void)state;
	TRY(batch_find(cx, in->batch_id, &b));
	TRY(work_sql_file(cx, in->work_id, b.id, &w, &found));
	bool own = w.person_id == cx->actor.person_id && cx->actor.acting == ACTING_SELF;
	if (!found || !w.file.n || (!own && str_is(w.state, "draft")))
		return fail(cx, ERR_NOT_FOUND, "work_id", N_("Nothing like this was handed in."));
	if (!own)
		TRY(batch_run_by(cx, in->batch_id, &b));
	a->type = "application/pdf";
	a->bytes = w.file;
	a->filename = w.file_name;
	return OK;
}

static enum err judge_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct judge_in *in = input;
	struct batch_one_row b;
	(void)state;
	(void)a;
	TRY(batch_run_by(cx, in->batch_id, &b));
	return work_judge(cx, b.id, in->work_id, in->accept, in->said);
}

/* ── surveys ── */

struct survey_in {
	int64_t batch_id, part_id;
};
static const struct field survey_in[] = { FIELD(survey_in, batch_id, F_ID, .must = true), FIELD(survey_in, part_id, F_ID, .must = true), FIELD_END };
static const struct field survey_out[] = {
	FIELD(survey_line, text, F_TEXT), FIELD(survey_line, n, F_INT),	    FIELD(survey_line, c1, F_INT),
	FIELD(survey_line, c2, F_INT),	  FIELD(survey_line, c3, F_INT),    FIELD(survey_line, c4, F_INT),
	FIELD(survey_line, c5, F_INT),	  FIELD(survey_line, mean, F_TEXT), FIELD_END,
};

static struct survey_line line_of(struct ctx *cx, const struct survey_result *r)
{
	struct survey_line l = { .text = r->text,
				 .in_words = r->in_words,
				 .n = r->n,
				 .c1 = r->counts[0],
				 .c2 = r->counts[1],
				 .c3 = r->counts[2],
				 .c4 = r->counts[3],
				 .c5 = r->counts[4],
				 .mean = r->n && !r->in_words ? str_fmt(cx->arena, "%.1f", (double)r->sum / (double)r->n) : S(""),
				 .n_words = r->n_words };
	l.words = ARENA_ARRAY(cx->arena, struct survey_words, r->n_words + 1);
	for (size_t i = 0; i < r->n_words; i++)
		l.words[i] = (struct survey_words){ r->words[i] };
	return l;
}

static enum err survey_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct survey_in *in = input;
	struct survey_page *v = ARENA_NEW(cx->arena, struct survey_page);
	struct survey_results r;
	struct batch_one_row b;
	(void)state;
	TRY(batch_run_by(cx, in->batch_id, &b));
	TRY(survey_results(cx, b.id, in->part_id, &r));
	*v = (struct survey_page){ .batch_id = b.id,
				   .part_id = in->part_id,
				   .n_people = r.n_people,
				   .n_shown = r.n_shown,
				   .programme = said_in(cx, b.title, b.title_hi),
				   .name = b.name,
				   .title = said_in(cx, r.part.title, r.part.title_hi),
				   .shown = r.n_shown > 0,
				   .n_lines = r.n };
	v->lines = ARENA_ARRAY(cx->arena, struct survey_line, r.n + 1);
	for (size_t i = 0; i < r.n; i++)
		v->lines[i] = line_of(cx, &r.v[i]);
	ANSWER_ROWS(a, v->lines, v->n_lines);
	a->view = v;
	a->nav = NAV_LEARN;
	a->title = v->title;
	return OK;
}

#define BATCH "/batches/{batch_id}"
#define WORK BATCH "/work/{work_id}"
#define ON_WORK .may = MAY_LEARN, .in = one_in, .in_size = sizeof(struct judge_in)
const struct action batch_people_actions[] = {
	{ .name = "batch_people.list",
	  .method = GET,
	  .page = BATCH "/people",
	  .api = "/api/v1" BATCH "/people",
	  .may = MAY_LEARN,
	  .in = people_in,
	  .in_size = sizeof(struct people_in),
	  .out = far_out,
	  .out_list = true,
	  .run = people_run,
	  .html = batch_people_view,
	  .summary = "Who is admitted to a batch, and how far each is." },
	{ .name = "batch_people.works",
	  .method = GET,
	  .page = BATCH "/work",
	  .api = "/api/v1" BATCH "/work",
	  .may = MAY_LEARN,
	  .in = works_in,
	  .in_size = sizeof(struct works_in),
	  .out = work_out,
	  .out_list = true,
	  .run = works_run,
	  .html = works_view,
	  .summary = "Assignments that were handed in, those that wait to be judged first." },
	{ .name = "batch_people.work",
	  .method = GET,
	  .page = WORK,
	  .api = "/api/v1" WORK,
	  ON_WORK,
	  .out = one_out,
	  .run = work_run,
	  .html = work_one_view,
	  .summary = "One assignment that was handed in." },
	{ .name = "batch_people.file", .method = GET, .page = WORK "/file", .api = "/api/v1" WORK "/file", ON_WORK, .run = file_run, .summary = "Its PDF." },
	{ .name = "batch_people.judge",
	  .method = POST,
	  .page = WORK,
	  .api = "/api/v1" WORK,
	  .may = MAY_LEARN,
	  .in = judge_in,
	  .in_size = sizeof(struct judge_in),
	  .run = judge_run,
	  .form = "batch_people.work",
	  .then = BATCH "/work",
	  .notice = N_("Your judgement is kept, and the person is told."),
	  .summary = "Accepts an assignment, or sends it back with words." },
	{ .name = "batch_people.survey",
	  .method = GET,
	  .page = BATCH "/surveys/{part_id}",
	  .api = "/api/v1" BATCH "/surveys/{part_id}",
	  .may = MAY_LEARN,
	  .in = survey_in,
	  .in_size = sizeof(struct survey_in),
	  .out = survey_out,
	  .out_list = true,
	  .run = survey_run,
	  .html = survey_results_view,
	  .summary = "What people answered to a survey, in groups of five and more." },
	ACTION_END,
};
