/* What an attempt has earned, and what follows from it; see attempt.h. */
#include "feature/attempt/attempt.h"
#include "feature/attempt/adaptive_paper.h"
#include "feature/completion/completion.h"
#include "feature/enrolment/enrolment.h"
#include "feature/exemption/exemption.h"
#include "feature/exam/exam.h"
#include "feature/exam/form.h"
#include "feature/item/item.h"
#include "feature/item/parameters.h"
#include "feature/proficiency/proficiency.h"
#include "psychometrics/ability.h"

#include <math.h>
#include <stdlib.h>

/* One question of the paper and what became of it. */
struct marked {
	const struct form_item *item;
	struct str given;
	bool asked;		       /* false: of a pool, and this taker did not answer it */
	bool answered, dropped, waits; /* dropped: it does not count; waits: for people who mark it */
	double part;		       /* 0 to 1 */
	double by_people;	       /* marks; NaN: none yet */
};
struct settling {
	struct attempt_one_row row;
	const struct exam_form *form;
	struct marked *v; /* as form->v */
	double marks, max;
	bool waits, passed;
	const struct adaptive_pool *pool; /* NULL: a fixed form */
	struct adaptive_stand stand;
	bool enough; /* an adaptive one has as many answers as the rules ask for */
};

/* ── reading ── */

static struct marked *marked_at(struct settling *s, int64_t n)
{
	for (size_t i = 0; i < s->form->n; i++)
		if (s->form->v[i].n == n)
			return &s->v[i];
	return NULL;
}

static enum err read_answers(struct ctx *cx, struct settling *s)
{
	struct attempt_answers_row *answers;
	struct attempt_final_marks_row *marks;
	size_t n;
	TRY(attempt_sql_answers(cx, s->row.taker_id, s->row.id, &answers, &n));
	for (size_t i = 0; i < n; i++) {
		struct marked *m = marked_at(s, answers[i].n);
		if (m) {
			m->asked |= answers[i].seq > 0;
			m->given = answers[i].given;
			m->answered = answers[i].given.n > 0;
		}
	}
	TRY(attempt_sql_final_marks(cx, s->row.taker_id, s->row.id, &marks, &n));
	for (size_t i = 0; i < n; i++) {
		struct marked *m = marked_at(s, marks[i].n);
		if (m)
			m->by_people = marks[i].marks;
	}
	return OK;
}

/* ── marking ── */

static enum err by_key(struct ctx *cx, struct marked *m, const struct quiz_key *key)
{
	struct strs given;
	if (!quiz_read_given(cx->arena, m->given, &given))
		return ERR_INTERNAL;
	m->part = quiz_mark(cx->arena, key, &given).part;
	return OK;
}

static enum err by_machine_or_people(struct ctx *cx, struct marked *m)
{
	if (quiz_machine_marks(m->item->key.kind))
		return by_key(cx, m, &m->item->key);
	m->waits = m->answered && isnan(m->by_people);
	m->part = m->answered && !m->waits && m->item->points > 0 ? m->by_people / m->item->points : 0;
	return OK;
}

/* The last ruling about an item holds. */
static enum err rule(struct ctx *cx, struct settling *s, const struct attempt_rulings_row *r)
{
	struct quiz_key key;
	for (size_t i = 0; i < s->form->n; i++) {
		struct marked *m = &s->v[i];
		if (m->item->item_id != r->item_id || m->item->version != r->version || !m->asked)
			continue;
		m->dropped = str_is(r->kind, "drop");
		if (!str_is(r->kind, "rekey")) {
			m->waits = false;
			m->part = 1;
			continue;
		}
		TRY(quiz_load_key(cx, m->item->kind, r->answer_key, &key));
		TRY(by_key(cx, m, &key));
	}
	return OK;
}

static enum err mark_all(struct ctx *cx, struct settling *s)
{
	struct attempt_rulings_row *rulings;
	size_t n;
	for (size_t i = 0; i < s->form->n; i++)
		TRY(by_machine_or_people(cx, &s->v[i]));
	TRY(attempt_sql_rulings(cx, s->row.exam_id, &rulings, &n));
	for (size_t i = 0; i < n; i++)
		TRY(rule(cx, s, &rulings[i]));
	return OK;
}

static enum err sum_up(struct ctx *cx, struct settling *s)
{
	for (size_t i = 0; i < s->form->n; i++) {
		const struct marked *m = &s->v[i];
		double marks = m->dropped ? 0 : m->part * m->item->points;
		if (m->answered)
			TRY(attempt_sql_mark(cx, m->waits ? nan("") : marks, s->row.taker_id, s->row.id, m->item->n, NULL));
		s->waits |= m->waits;
		s->marks += marks;
		s->max += m->dropped ? 0 : m->item->points;
	}
	return OK;
}

/* An adaptive one has the marks that its theta lets expect; too few answers let expect less. */
static enum err sum_up_adaptive(struct ctx *cx, struct settling *s)
{
	struct adaptive_given *v = ARENA_ARRAY(cx->arena, struct adaptive_given, s->form->n);
	size_t n = 0;
	for (size_t i = 0; i < s->form->n; i++)
		if (!s->v[i].dropped)
			v[n++] = (struct adaptive_given){ s->v[i].item->n, s->v[i].part };
	TRY(adaptive_paper_stand(cx, &s->row, v, n, &s->pool, &s->stand));
	s->enough = (int64_t)n >= s->row.least || s->stand.stop == ADAPTIVE_EXHAUSTED;
	s->max = ADAPTIVE_MARKS;
	s->marks = ADAPTIVE_MARKS * s->stand.share * (s->enough ? 1 : (double)n / (double)s->row.least);
	s->passed = s->stand.passed && s->enough;
	return OK;
}

int64_t attempt_percent(double marks, double max)
{
	/* A sum of thirds may fall short of the whole by the last binary digit. */
	return max > 0 ? (int64_t)floor(100 * marks / max + 1e-6) : 0;
}

/* ── ability ── */

/* Of a form of which every item that counts is calibrated; what was left out is wrong, as in the marks. */
static struct ability ability(struct ctx *cx, const struct settling *s)
{
	struct irt_item *items = ARENA_ARRAY(cx->arena, struct irt_item, s->form->n);
	int8_t *x = ARENA_ARRAY(cx->arena, int8_t, s->form->n);
	size_t n = 0;
	for (size_t i = 0; i < s->form->n; i++) {
		const struct marked *m = &s->v[i];
		if (m->dropped)
			continue;
		if (m->waits || !item_parameters_read(m->item->parameters, &items[n]))
			return (struct ability){ .known = false };
		int category = item_category(m->part, m->item->steps);
		x[n] = (int8_t)(category < items[n].categories ? category : items[n].categories - 1);
		n++;
	}
	return n ? ability_of(items, n, x, ABILITY_EAP) : (struct ability){ .known = false };
}

/* ── by competency ── */

static bool counts_for(const struct marked *m, int64_t competency_id, int64_t level)
{
	return m->item->competency_id == competency_id && !m->dropped && (level == NONE || m->item->level == level);
}

static void add_up(const struct settling *s, int64_t competency_id, int64_t level, double *ret_marks, double *ret_max, int64_t *ret_items)
{
	*ret_marks = *ret_max = 0;
	*ret_items = 0;
	for (size_t i = 0; i < s->form->n; i++) {
		const struct marked *m = &s->v[i];
		if (!counts_for(m, competency_id, level))
			continue;
		*ret_marks += m->part * m->item->points;
		*ret_max += m->item->points;
		++*ret_items;
	}
}

/* The least level above `after` that was asked; 0: none. */
static int64_t next_level(const struct settling *s, int64_t competency_id, int64_t after)
{
	int64_t next = 0;
	for (size_t i = 0; i < s->form->n; i++) {
		int64_t level = s->v[i].item->level;
		if (counts_for(&s->v[i], competency_id, NONE) && level > after && (!next || level < next))
			next = level;
	}
	return next;
}

static int64_t value_of(const struct settling *s, int64_t competency_id)
{
	if (s->pool)
		return s->enough ? adaptive_value(s->pool, competency_id, s->stand.theta) : SAYS_NOTHING;
	int64_t level = next_level(s, competency_id, 0), items;
	if (!level)
		return SAYS_NOTHING;
	int64_t value = 1000 * (level - 1);
	for (double marks, max; level; level = next_level(s, competency_id, level)) {
		add_up(s, competency_id, level, &marks, &max, &items);
		if (attempt_percent(marks, max) < s->row.pass)
			return value;
		value = 1000 * level;
	}
	return value;
}

static bool is_first(const struct settling *s, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (s->v[k].item->competency_id == s->v[i].item->competency_id && !s->v[k].dropped)
			return false;
	return s->v[i].item->competency_id != NONE && !s->v[i].dropped;
}

/* ── evidence and credit ── */

/* NULL: none of this examination. */
static enum err evidence_kind(struct ctx *cx, const struct settling *s, bool *ret_any, enum evidence_kind *ret)
{
	struct str kind = s->row.kind;
	struct attempt_seated_row seat;
	bool seated = false;
	*ret_any = !str_is(kind, "practice") && !str_is(kind, "pre");
	if (str_is(kind, "proctored") || str_is(kind, "comprehensive"))
		TRY(attempt_sql_seated(cx, s->row.exam_id, s->row.taker_id, &seat, &seated));
	*ret = seated ? EVIDENCE_proctored_test : EVIDENCE_course_test;
	return OK;
}

/* What the best attempt shows, as of the day on which it was handed in: so that marking anew, or taking a ruling back, gives the same piece whenever it is done. */
static enum err add_evidence(struct ctx *cx, const struct settling *s, enum evidence_kind kind, int64_t competency_id)
{
	struct attempt_evidence_row held;
	struct attempt_best_row best;
	bool found = false, shown = false;
	int64_t id;
	TRY(attempt_sql_best(cx, s->row.taker_id, competency_id, s->row.exam_id, &best, &shown));
	if (!shown)
		return OK;
	TRY(attempt_sql_evidence(cx, s->row.taker_id, competency_id, s->row.exam_id, str_of(evidence_kinds[kind].code), &held, &found));
	if (found && held.value == best.value && held.at == best.at)
		return OK;
	size_t failures = cx->n_failures;
	enum err e = evidence_add(cx,
				  &(struct evidence_add){ .person_id = s->row.taker_id,
							  .competency_id = competency_id,
							  .kind = kind,
							  .value = best.value,
							  .rater_id = NONE,
							  .source_id = s->row.exam_id,
							  .note = s->row.title,
							  .at = best.at },
				  &id);
	if (e != ERR_NOT_FOUND)
		return e;
	cx->n_failures = failures; /* the competency is in force no more: the paper counts all the same */
	return OK;
}

static enum err credit(struct ctx *cx, const struct settling *s)
{
	struct enrolment_one_row enrolment;
	struct completion done;
	bool found = false;
	if (s->row.resource_id == NONE || !(str_is(s->row.kind, "course") || str_is(s->row.kind, "post")))
		return OK;
	TRY(enrolment_sql_one(cx, s->row.taker_id, s->row.course_id, &enrolment, &found));
	if (!found || str_is(enrolment.state, "ended"))
		return OK;
	return completion_credit(cx, s->row.taker_id, s->row.resource_id, "quiz", &done);
}

/* Of a person; a guest's result is the guest's alone. */
static enum err follow(struct ctx *cx, const struct settling *s)
{
	struct attempt_results_row *r;
	enum evidence_kind kind;
	bool any = false;
	size_t n;
	TRY(evidence_kind(cx, s, &any, &kind));
	if (any)
		TRY(attempt_sql_results(cx, s->row.taker_id, s->row.id, &r, &n));
	for (size_t i = 0; any && i < n; i++)
		TRY(add_evidence(cx, s, kind, r[i].competency_id));
	TRY(exemption_consider(cx, s->row.taker_id, s->row.id));
	if (!s->passed)
		return OK;
	TRY(credit(cx, s));
	return cx->app->exam_passed ? cx->app->exam_passed(cx, s->row.taker_id, s->row.exam_id) : OK;
}

/* ── all of it ── */

static enum err keep_results(struct ctx *cx, const struct settling *s)
{
	double marks, max;
	int64_t items;
	TRY(attempt_sql_forget_results(cx, s->row.taker_id, s->row.id, NULL));
	for (size_t i = 0; !s->waits && i < s->form->n; i++) {
		int64_t competency_id = s->v[i].item->competency_id;
		if (!is_first(s, i))
			continue;
		add_up(s, competency_id, NONE, &marks, &max, &items);
		TRY(attempt_sql_add_result(cx, s->row.taker_id, s->row.id, competency_id, items, marks, max, value_of(s, competency_id), NULL));
	}
	return OK;
}

static enum err keep_sum(struct ctx *cx, const struct settling *s)
{
	struct ability b = s->pool ? (struct ability){ .theta = s->stand.theta, .se = s->stand.se, .known = true } : ability(cx, s);
	return attempt_sql_result(cx, s->waits ? S("submitted") : S("marked"), s->waits ? nan("") : s->marks, s->max, s->passed, b.known ? b.theta : nan(""),
				  b.known ? b.se : nan(""), s->row.taker_id, s->row.id, NULL);
}

enum err attempt_settle(struct ctx *cx, int64_t taker_id, int64_t attempt_id)
{
	struct settling s = { 0 };
	struct attempt_is_guest_row guest;
	bool is_guest = false;
	TRY(attempt_find(cx, taker_id, attempt_id, &s.row));
	if (str_is(s.row.state, "open"))
		return OK;
	TRY(exam_form_load(cx, s.row.form_id, s.row.lang, &s.form));
	s.v = ARENA_ARRAY(cx->arena, struct marked, s.form->n);
	for (size_t i = 0; i < s.form->n; i++)
		s.v[i] = (struct marked){ .item = &s.form->v[i], .by_people = nan(""), .asked = !s.row.pool };
	TRY(read_answers(cx, &s));
	for (size_t i = 0; i < s.form->n; i++)
		s.v[i].dropped = !s.v[i].asked;
	TRY(mark_all(cx, &s));
	TRY(sum_up(cx, &s));
	s.passed = !s.waits && attempt_percent(s.marks, s.max) >= s.row.pass && s.max > 0;
	if (s.row.pool)
		TRY(sum_up_adaptive(cx, &s));
	TRY(keep_results(cx, &s));
	TRY(keep_sum(cx, &s));
	TRY(attempt_sql_is_guest(cx, taker_id, &guest, &is_guest));
	return s.waits || is_guest ? OK : follow(cx, &s);
}
