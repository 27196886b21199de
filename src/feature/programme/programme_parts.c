/* Parts of programmes: what is done, in which order; see programme.h. */
#include "base/utf8.h"
#include "feature/programme/programme.h"

enum { SESSION_LEAST = 5, SESSION_MOST = 720, DAY_MINUTES = 24 * 60 };

static struct str words_of(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

static bool is_one_of(struct str s, const char *words)
{
	struct str rest = str_of(words), word;
	while (str_cut(&rest, ' ', &word))
		if (str_eq(s, word))
			return true;
	return false;
}

/* ── surveys ── */

void survey_questions(struct ctx *cx, struct str words, struct survey_question **ret, size_t *ret_n)
{
	struct survey_question *v = NULL;
	struct str line;
	size_t n = 0;
	while (n < SURVEY_QUESTIONS_MAX && str_cut(&words, '\n', &line)) {
		line = str_trim(line);
		bool in_words = line.n && line.p[0] == '+';
		struct str text = in_words ? str_trim(str_sub(line, 1, line.n)) : line;
		if (text.n)
			*ARENA_PUSH(cx->arena, v, n) = (struct survey_question){ text, in_words };
	}
	*ret = v;
	*ret_n = n;
}

static enum err survey_good(struct ctx *cx, struct str words)
{
	struct survey_question *v;
	struct str line;
	size_t n, lines = 0;
	survey_questions(cx, words, &v, &n);
	while (str_cut(&words, '\n', &line))
		lines += str_trim(line).n > 0;
	if (!n)
		return fail(cx, ERR_INVALID, "words", N_("needs a question a line"));
	return lines > SURVEY_QUESTIONS_MAX ? fail(cx, ERR_INVALID, "words", N_("must be at most 30 questions")) : OK;
}

/* ── what a part is ── */

/* As it is kept. */
struct part {
	struct str kind, phase, title, title_hi, words;
	bool must;
	int64_t course_id, exam_id, day, start_minute, minutes;
};

static int64_t id_in(struct str called)
{
	int64_t id;
	return str_int(called, &id) ? id : NONE;
}

static enum err read_course(struct ctx *cx, const struct programme_part_put *in, struct part *t)
{
	struct programme_course_called_row c;
	struct str called = words_of(in->called);
	bool found = false;
	TRY(programme_sql_course_called(cx, called, id_in(called), &c, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "called", N_("is no course that is offered: type its code"));
	t->course_id = c.id;
	t->title = t->title.n ? t->title : c.title;
	return OK;
}

static enum err read_exam(struct ctx *cx, const struct programme_part_put *in, struct part *t)
{
	struct programme_exam_called_row e;
	struct str called = words_of(in->called);
	bool found = false;
	TRY(programme_sql_exam_called(cx, in->org_id, called, id_in(called), &e, &found));
	if (!found || str_is(e.kind, "public") || str_is(e.kind, "skip"))
		return fail(cx, ERR_INVALID, "called", N_("is no examination of this organisation or of one above it: type its code"));
	if (str_is(e.state, "closed"))
		return fail(cx, ERR_INVALID, "called", N_("is an examination that is closed"));
	t->exam_id = e.id;
	t->title = t->title.n ? t->title : e.title;
	return OK;
}

static bool two_digits(struct str s, int64_t below, int64_t *ret)
{
	return s.n >= 1 && s.n <= 2 && str_int(s, ret) && *ret >= 0 && *ret < below;
}

bool programme_minute(struct str typed, int64_t *ret)
{
	struct str rest = typed.p ? str_trim(typed) : S(""), hour = STR_NONE;
	int64_t h, m;
	if (!str_cut(&rest, ':', &hour) || !two_digits(hour, 24, &h) || rest.n != 2 || !two_digits(rest, 60, &m))
		return false;
	*ret = h * 60 + m;
	return true;
}

static enum err read_session(struct ctx *cx, const struct programme_part_put *in, struct part *t)
{
	t->day = in->day;
	t->minutes = in->minutes;
	if (!str_is(t->phase, "during"))
		return fail(cx, ERR_INVALID, "phase", N_("of a session is always during the batch"));
	if (in->day < 1 || in->day > PROGRAMME_DAYS_MAX)
		return fail(cx, ERR_INVALID, "day", N_("must be a day of the batch, counted from 1"));
	if (!programme_minute(in->time, &t->start_minute))
		return fail(cx, ERR_INVALID, "time", N_("must be a time of the day, such as 10:30"));
	if (in->minutes < SESSION_LEAST || in->minutes > SESSION_MOST)
		return fail(cx, ERR_INVALID, "minutes", N_("of a session must be from 5 to 720"));
	return t->start_minute + t->minutes > DAY_MINUTES ? fail(cx, ERR_INVALID, "minutes", N_("go beyond the end of the day")) : OK;
}

static enum err read_kind(struct ctx *cx, const struct programme_part_put *in, struct part *t)
{
	if (str_is(t->kind, "course"))
		return read_course(cx, in, t);
	if (str_is(t->kind, "exam"))
		return read_exam(cx, in, t);
	if (str_is(t->kind, "session"))
		return read_session(cx, in, t);
	if (str_is(t->kind, "survey"))
		return survey_good(cx, t->words);
	return t->words.n ? OK : fail(cx, ERR_INVALID, "words", N_("needs what is asked"));
}

static enum err read_part(struct ctx *cx, const struct programme_part_put *in, struct str kind, struct part *t)
{
	*t = (struct part){ .kind = kind,
			    .phase = in->phase,
			    .must = in->must,
			    .title = words_of(in->title),
			    .title_hi = words_of(in->title_hi),
			    .words = words_of(in->words),
			    .course_id = NONE,
			    .exam_id = NONE,
			    .day = NONE,
			    .start_minute = NONE,
			    .minutes = NONE };
	if (!is_one_of(kind, "course exam session assignment survey"))
		return fail(cx, ERR_INVALID, "kind", N_("is no kind of part"));
	if (!is_one_of(in->phase, "before during after"))
		return fail(cx, ERR_INVALID, "phase", N_("must be before, during or after"));
	if (utf8_length(t->words) > PROGRAMME_WORDS_MAX)
		return fail(cx, ERR_INVALID, "words", N_("is too long"));
	TRY(read_kind(cx, in, t));
	if (!t->title.n || utf8_length(t->title) > PROGRAMME_TITLE_MAX || utf8_length(t->title_hi) > PROGRAMME_TITLE_MAX)
		return fail(cx, ERR_INVALID, "title", N_("is needed"));
	t->title_hi = t->title_hi.n ? t->title_hi : t->title;
	return OK;
}

/* ── adding, changing ── */

struct laying {
	struct programme_one_row p;
	struct programme_parts_row *parts, *own; /* own: the one that is changed */
	size_t n;
	bool live;
};

static enum err begin(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t part_id, struct laying *ret)
{
	*ret = (struct laying){ 0 };
	TRY(programme_find(cx, org_id, programme_id, &ret->p));
	if (str_is(ret->p.state, "retired"))
		return fail(cx, ERR_CONFLICT, "", N_("This programme is retired; it does not change any more."));
	ret->live = str_is(ret->p.state, "live");
	TRY(programme_sql_parts(cx, programme_id, &ret->parts, &ret->n));
	for (size_t i = 0; i < ret->n; i++)
		if (ret->parts[i].id == part_id)
			ret->own = &ret->parts[i];
	if (part_id != NONE && (!ret->own || ret->own->ended_at != NONE))
		return fail(cx, ERR_NOT_FOUND, "part_id", N_("There is no such part."));
	return OK;
}

static enum err not_twice(struct ctx *cx, const struct laying *l, const struct part *t)
{
	for (size_t i = 0; i < l->n; i++) {
		const struct programme_parts_row *o = &l->parts[i];
		if (o == l->own || o->ended_at != NONE)
			continue;
		if ((t->course_id != NONE && o->course_id == t->course_id) || (t->exam_id != NONE && o->exam_id == t->exam_id))
			return fail(cx, ERR_INVALID, "called", N_("is a part of this programme already"));
	}
	return OK;
}

enum err programme_part_add(struct ctx *cx, const struct programme_part_put *in, int64_t *ret_id)
{
	struct laying l;
	struct part t;
	size_t n_now = 0;
	int64_t id = new_id(cx);
	TRY(begin(cx, in->org_id, in->programme_id, NONE, &l));
	TRY(read_part(cx, in, in->kind, &t));
	for (size_t i = 0; i < l.n; i++)
		n_now += l.parts[i].ended_at == NONE;
	if (n_now >= PROGRAMME_PARTS_MAX || l.n >= PROGRAMME_PARTS_EVER)
		return fail(cx, ERR_CONFLICT, "", N_("A programme has at most 60 parts, and 200 with those that were ended."));
	TRY(not_twice(cx, &l, &t));
	TRY(programme_sql_add_part(cx, id, l.p.id, l.n ? l.parts[l.n - 1].n + 1 : 1, t.kind, t.phase, t.must, t.title, t.title_hi, t.words, t.course_id,
				   t.exam_id, t.day, t.start_minute, t.minutes, NULL));
	*ret_id = id;
	return programme_sql_touch(cx, cx->now, l.p.id, NULL);
}

static bool same_questions(struct ctx *cx, struct str a, struct str b)
{
	struct survey_question *p, *q;
	size_t n, m;
	survey_questions(cx, a, &p, &n);
	survey_questions(cx, b, &q, &m);
	bool same = n == m;
	for (size_t i = 0; same && i < n; i++)
		same = p[i].in_words == q[i].in_words && str_eq(p[i].text, q[i].text);
	return same;
}

/* Answers are kept by the place of the question. */
static enum err questions_stay(struct ctx *cx, const struct laying *l, const struct part *t)
{
	struct programme_answered_row w;
	bool answered = false;
	if (!str_is(t->kind, "survey") || same_questions(cx, t->words, l->own->words))
		return OK;
	TRY(programme_sql_answered(cx, l->own->id, &w, &answered));
	return answered ? fail(cx, ERR_CONFLICT, "words", N_("stay: people have answered these questions. End this survey and add another one")) : OK;
}

enum err programme_part_change(struct ctx *cx, const struct programme_part_put *in)
{
	struct laying l;
	struct part t;
	TRY(begin(cx, in->org_id, in->programme_id, in->part_id, &l));
	TRY(read_part(cx, in, l.own->kind, &t));
	TRY(not_twice(cx, &l, &t));
	if (l.live && (t.course_id != l.own->course_id || t.exam_id != l.own->exam_id))
		return fail(cx, ERR_CONFLICT, "called", N_("stays in a live programme: end this part and add another one"));
	TRY(questions_stay(cx, &l, &t));
	TRY(programme_sql_change_part(cx, t.phase, t.must, t.title, t.title_hi, t.words, t.course_id, t.exam_id, t.day, t.start_minute, t.minutes, l.own->id,
				      NULL));
	return l.live && l.own->must && !t.must ? programme_recheck_all(cx, l.p.id) : OK;
}

/* ── order, end ── */

enum err programme_part_move(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t part_id, bool front)
{
	struct programme_parts_row *other = NULL;
	struct laying l;
	TRY(begin(cx, org_id, programme_id, part_id, &l));
	for (size_t i = 0; i < l.n; i++) {
		bool before = &l.parts[i]<l.own, after = &l.parts[i]> l.own;
		if (l.parts[i].ended_at == NONE && ((front && before) || (!front && after && !other)))
			other = &l.parts[i];
	}
	if (!other)
		return OK;
	TRY(programme_sql_number_part(cx, other->n, l.own->id, NULL));
	return programme_sql_number_part(cx, l.own->n, other->id, NULL);
}

/* Whether the rule would still ask for something without the own part. */
static bool asks_without(const struct laying *l)
{
	bool musts = false, sessions = false, others = false;
	for (size_t i = 0; i < l->n; i++) {
		const struct programme_parts_row *t = &l->parts[i];
		bool session = str_is(t->kind, "session");
		if (t == l->own || t->ended_at != NONE)
			continue;
		musts |= t->must;
		sessions |= session;
		others |= !t->must && !session;
	}
	return musts || (sessions && l->p.least_sessions) || (others && l->p.least_others);
}

enum err programme_part_end(struct ctx *cx, int64_t org_id, int64_t programme_id, int64_t part_id)
{
	struct laying l;
	TRY(begin(cx, org_id, programme_id, part_id, &l));
	if (!l.live)
		return programme_sql_drop_part(cx, part_id, NULL);
	if (!asks_without(&l))
		return fail(cx, ERR_CONFLICT, "", N_("Nothing would be left that the rule of completion asks for."));
	TRY(programme_sql_end_part(cx, cx->now, part_id, NULL));
	return programme_recheck_all(cx, l.p.id);
}
