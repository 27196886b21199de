/* Laying down examinations: rules, blueprint, courses that come first; see exam.h. */
#include "feature/exam/exam.h"
#include "base/utf8.h"
#include "feature/person/person.h"

#include <math.h>

/* ── rules ── */

static bool is_one_of(struct str s, const char *words)
{
	struct str rest = str_of(words), word;
	while (str_cut(&rest, ' ', &word))
		if (str_eq(s, word))
			return true;
	return false;
}

static bool code_good(struct str s)
{
	bool good = s.n && s.n <= EXAM_CODE_MAX && s.p[0] != '-' && s.p[s.n - 1] != '-';
	for (size_t i = 0; good && i < s.n; i++)
		good = (s.p[i] >= 'a' && s.p[i] <= 'z') || (s.p[i] >= '0' && s.p[i] <= '9') || s.p[i] == '-';
	return good;
}

/* BCP 47 (RFC 5646, 2.1): parts of letters and digits, at most 8 each, the first of at least two letters. */
static bool lang_good(struct str tag)
{
	struct str part;
	bool first = true, good = tag.n > 0 && tag.n <= 35 && tag.p[tag.n - 1] != '-';
	while (good && str_cut(&tag, '-', &part)) {
		good = part.n >= (first ? 2 : 1) && part.n <= 8;
		for (size_t i = 0; good && i < part.n; i++) {
			char c = part.p[i];
			good = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (!first && c >= '0' && c <= '9');
		}
		first = false;
	}
	return good;
}

size_t exam_langs(struct ctx *cx, struct str langs, struct str **ret)
{
	struct str *v = NULL, part;
	size_t n = 0;
	while (n < EXAM_LANGS_MAX && str_cut(&langs, ',', &part)) {
		part = str_trim(part);
		if (part.n)
			*ARENA_PUSH(cx->arena, v, n) = part;
	}
	*ret = v;
	return n;
}

/* Each tag once, in their order, with nothing but commas between. */
static enum err settle_langs(struct ctx *cx, struct str *langs)
{
	struct str *v;
	struct buf b;
	size_t n = exam_langs(cx, *langs, &v);
	buf_init(&b, cx->arena, EXAM_LANGS_MAX * 40);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		if (!lang_good(v[i]))
			return fail(cx, ERR_INVALID, "langs", N_("must be languages with commas between, such as en,hi"));
		while (!str_eq(v[k], v[i]))
			k++;
		if (k < i)
			continue;
		if (b.n)
			buf_char(&b, ',');
		buf_str(&b, v[i]);
	}
	if (!n)
		return fail(cx, ERR_INVALID, "langs", N_("must be languages with commas between, such as en,hi"));
	*langs = buf_get(&b);
	return OK;
}

static void put_default(int64_t *v, int64_t otherwise)
{
	if (*v == NONE)
		*v = otherwise;
}

static struct exam_rules with_defaults(const struct exam_rules *in)
{
	struct exam_rules r = *in;
	bool practice = str_is(r.kind, "practice"), yearly = str_is(r.kind, "comprehensive");
	r.code = str_trim(r.code);
	r.title = str_trim(r.title);
	r.about = r.about.p ? str_trim(r.about) : S("");
	r.mode = r.mode.n ? r.mode : S("forms");
	r.langs = r.langs.n ? r.langs : S("en,hi");
	r.feedback = r.feedback.n ? r.feedback : practice ? S("review") : S("marks");
	put_default(&r.grace_s, 60);
	put_default(&r.attempts, practice ? 20 : 1);
	put_default(&r.pass, 60);
	put_default(&r.need_share, yearly ? 50 : 0);
	put_default(&r.least, 5);
	put_default(&r.most, 30);
	if (isnan(r.target_se))
		r.target_se = 0.3;
	return r;
}

struct bound {
	const char *field;
	int64_t value, least, most;
};

static enum err check_numbers(struct ctx *cx, const struct exam_rules *r)
{
	const struct bound v[] = {
		{ "minutes", r->minutes, 1, 480 },
		{ "grace_s", r->grace_s, 0, 600 },
		{ "attempts", r->attempts, 1, 20 },
		{ "pass", r->pass, 1, 100 },
		{ "need_share", r->need_share, 0, 100 },
		{ "least", r->least, 1, EXAM_ITEMS_MAX },
		{ "most", r->most, r->least, EXAM_ITEMS_MAX },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		if (v[i].value < v[i].least || v[i].value > v[i].most)
			return fail_msg(cx, ERR_INVALID, str_of(v[i].field), N_("must be from {least} to {most}"), 2,
					(struct msg_arg[]){ { "least", str_fmt(cx->arena, "%lld", (long long)v[i].least) },
							    { "most", str_fmt(cx->arena, "%lld", (long long)v[i].most) } });
	if (!(r->target_se >= 0.1 && r->target_se <= 1))
		return fail(cx, ERR_INVALID, "target_se", N_("must be from 0.1 to 1"));
	return OK;
}

static enum err check_words(struct ctx *cx, const struct exam_rules *r)
{
	if (!code_good(r->code))
		return fail(cx, ERR_INVALID, "code", N_("must be small letters, digits and hyphens"));
	if (!r->title.n || utf8_length(r->title) > EXAM_TITLE_MAX)
		return fail(cx, ERR_INVALID, "title", N_("is needed"));
	if (!is_one_of(r->kind, "practice course pre post standalone comprehensive proctored public skip"))
		return fail(cx, ERR_INVALID, "kind", N_("must be one of the kinds of examinations"));
	if (!is_one_of(r->mode, "forms adaptive"))
		return fail(cx, ERR_INVALID, "mode", N_("must be fixed forms or adaptive"));
	if (!is_one_of(r->feedback, "none marks review"))
		return fail(cx, ERR_INVALID, "feedback", N_("must be nothing, marks or review"));
	if (r->opens_at == NONE)
		return fail(cx, ERR_INVALID, "opens_at", N_("is needed"));
	if (r->closes_at == NONE || r->closes_at <= r->opens_at)
		return fail(cx, ERR_INVALID, "closes_at", N_("must be after the opening"));
	return OK;
}

static enum err check_course(struct ctx *cx, const struct exam_rules *r)
{
	struct exam_course_live_row course;
	struct exam_quiz_of_row quiz;
	bool found = false;
	if (!is_one_of(r->kind, "course pre post skip")) {
		if (r->course_id != NONE)
			return fail(cx, ERR_INVALID, "course_id", N_("is only for the tests of a course"));
		return r->resource_id == NONE ? OK : fail(cx, ERR_INVALID, "resource_id", N_("is only for the tests of a course"));
	}
	if (r->course_id == NONE)
		return fail(cx, ERR_INVALID, "course_id", N_("is needed: whose test is it?"));
	TRY(exam_sql_course_live(cx, r->course_id, &course, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "course_id", N_("is no course that is offered"));
	if (r->resource_id == NONE)
		return str_is(r->kind, "course") ? fail(cx, ERR_INVALID, "resource_id", N_("is needed: which quiz of the course does a pass credit?")) : OK;
	if (str_is(r->kind, "pre"))
		return fail(cx, ERR_INVALID, "resource_id", N_("must be empty: a test before the course credits nothing"));
	TRY(exam_sql_quiz_of(cx, r->resource_id, r->course_id, &quiz, &found));
	return found ? OK : fail(cx, ERR_INVALID, "resource_id", N_("is no quiz of this course"));
}

static enum err check_rules(struct ctx *cx, struct exam_rules *r)
{
	TRY(check_words(cx, r));
	TRY(check_numbers(cx, r));
	TRY(settle_langs(cx, &r->langs));
	if (str_is(r->kind, "comprehensive") && (r->year < 2000 || r->year > 2200))
		return fail(cx, ERR_INVALID, "year", N_("must be the year in which the reporting year begins"));
	if (!str_is(r->kind, "comprehensive") && r->year != NONE)
		return fail(cx, ERR_INVALID, "year", N_("is only for the yearly assessment"));
	return check_course(cx, r);
}

static enum err check_code(struct ctx *cx, int64_t org_id, struct str code, int64_t except)
{
	struct exam_code_taken_row row;
	bool taken = false;
	TRY(exam_sql_code_taken(cx, org_id, code, &row, &taken));
	return taken && row.id != except ? fail(cx, ERR_CONFLICT, "code", N_("is taken by another examination of this organisation")) : OK;
}

static enum err keep(struct ctx *cx, int64_t id, const struct exam_rules *r)
{
	return exam_sql_add(cx, id, r->org_id, r->code, r->title, r->about, r->kind, r->mode, r->langs, r->minutes, r->grace_s, r->attempts, r->pass,
			    r->feedback, r->opens_at, r->closes_at, r->year, r->need_share, r->course_id, r->resource_id, r->least, r->most, r->target_se,
			    r->decide, cx->actor.person_id ? actor_hand(&cx->actor) : NONE, cx->now, NULL);
}

enum err exam_add(struct ctx *cx, const struct exam_rules *in, int64_t *ret_id)
{
	struct exam_rules r = with_defaults(in);
	int64_t id = new_id(cx);
	TRY(check_rules(cx, &r));
	TRY(check_code(cx, r.org_id, r.code, NONE));
	TRY(keep(cx, id, &r));
	*ret_id = id;
	return OK;
}

enum err exam_find(struct ctx *cx, int64_t org_id, int64_t exam_id, struct exam_one_row *ret)
{
	struct exam_one_row row;
	bool found = false;
	TRY(exam_sql_one(cx, exam_id, &row, &found));
	if (!found || row.org_id != org_id)
		return fail(cx, ERR_NOT_FOUND, "exam_id", N_("There is no such examination."));
	*ret = row;
	return OK;
}

/* ── changing ── */

/* The first field in which what has begun would be touched; NULL: none. */
static const char *touches(const struct exam_one_row *e, const struct exam_rules *r)
{
	const struct {
		const char *field;
		bool same;
	} v[] = {
		{ "code", str_eq(e->code, r->code) },
		{ "kind", str_eq(e->kind, r->kind) },
		{ "mode", str_eq(e->mode, r->mode) },
		{ "langs", str_eq(e->langs, r->langs) },
		{ "minutes", e->minutes == r->minutes },
		{ "grace_s", e->grace_s == r->grace_s },
		{ "attempts", e->attempts <= r->attempts },
		{ "pass", e->pass == r->pass },
		{ "feedback", str_eq(e->feedback, r->feedback) },
		{ "opens_at", e->opens_at == r->opens_at },
		{ "closes_at", e->closes_at <= r->closes_at },
		{ "year", e->year == r->year },
		{ "need_share", e->need_share == r->need_share },
		{ "course_id", e->course_id == r->course_id },
		{ "resource_id", e->resource_id == r->resource_id },
		{ "least", e->least == r->least },
		{ "most", e->most == r->most },
		{ "target_se", fabs(e->target_se - r->target_se) < 1e-9 },
		{ "decide", e->decide == r->decide },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		if (!v[i].same)
			return v[i].field;
	return NULL;
}

enum err exam_change(struct ctx *cx, const struct exam_rules *in)
{
	struct exam_rules r = with_defaults(in);
	struct exam_one_row e;
	TRY(exam_find(cx, in->org_id, in->exam_id, &e));
	if (str_is(e.state, "closed"))
		return fail(cx, ERR_CONFLICT, "", N_("This examination is closed; nothing of it changes any more. Copy it to hold another."));
	TRY(check_rules(cx, &r));
	TRY(check_code(cx, r.org_id, r.code, e.id));
	const char *field = str_is(e.state, "open") ? touches(&e, &r) : NULL;
	if (field)
		return fail(cx, ERR_CONFLICT, field,
			    N_("cannot be changed so any more: the examination is open. The title, a later end and more attempts can."));
	return exam_sql_set(cx, r.code, r.title, r.about, r.kind, r.mode, r.langs, r.minutes, r.grace_s, r.attempts, r.pass, r.feedback, r.opens_at,
			    r.closes_at, r.year, r.need_share, r.course_id, r.resource_id, r.least, r.most, r.target_se, r.decide, e.id, NULL);
}

/* ── blueprint, courses that come first ── */

static enum err find_draft(struct ctx *cx, int64_t org_id, int64_t exam_id)
{
	struct exam_one_row e;
	TRY(exam_find(cx, org_id, exam_id, &e));
	return str_is(e.state, "draft") ? OK
					: fail(cx, ERR_CONFLICT, "", N_("This can only be changed while the examination is a draft. Copy it to hold another."));
}

/* Whether an item could belong to both. */
static bool overlaps(const struct exam_parts_row *r, const struct exam_part *p)
{
	return r->competency_id == p->competency_id && (!r->level || !p->level || r->level == p->level) &&
	       (!r->bloom.n || !p->bloom.n || str_eq(r->bloom, p->bloom));
}

/* The number of a cell, or the next one. */
static enum err place_part(struct ctx *cx, const struct exam_part *in, int64_t *ret_n)
{
	struct exam_parts_row *r;
	int64_t last = 0, items = in->items, n = 0;
	size_t n_rows;
	TRY(exam_sql_parts(cx, in->exam_id, &r, &n_rows));
	for (size_t i = 0; i < n_rows; i++) {
		last = r[i].n;
		if (r[i].competency_id == in->competency_id && r[i].level == in->level && str_eq(r[i].bloom, in->bloom))
			n = r[i].n;
		else if (overlaps(&r[i], in))
			return fail(cx, ERR_CONFLICT, "level",
				    N_("overlaps another row of the blueprint, so that an item would belong to both. Name levels in all rows of a competency, "
				       "or in none."));
		else
			items += r[i].items;
	}
	if (!n && n_rows >= EXAM_PARTS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("A blueprint has at most 60 rows."));
	if (items > EXAM_ITEMS_MAX)
		return fail(cx, ERR_INVALID, "items", N_("would make more than 200 items together"));
	*ret_n = n ? n : last + 1;
	return OK;
}

enum err exam_part_put(struct ctx *cx, const struct exam_part *in)
{
	struct exam_part p = *in;
	struct exam_competency_row c;
	bool found = false;
	int64_t n;
	put_default(&p.level, 0);
	p.bloom = p.bloom.p ? p.bloom : S("");
	TRY(find_draft(cx, p.org_id, p.exam_id));
	TRY(exam_sql_competency(cx, p.competency_id, person_today(cx), &c, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "competency_id", N_("is no competency in force that levels are measured in"));
	if (p.level < 0 || p.level > c.n_levels)
		return fail(cx, ERR_INVALID, "level", N_("is no level of the framework"));
	if (p.bloom.n && !is_one_of(p.bloom, "remember understand apply analyse evaluate create"))
		return fail(cx, ERR_INVALID, "bloom", N_("must be one of the six"));
	if (p.items < 1 || p.items > EXAM_ITEMS_MAX)
		return fail(cx, ERR_INVALID, "items", N_("must be from 1 to 200"));
	TRY(place_part(cx, &p, &n));
	TRY(exam_sql_end_forms(cx, cx->now, p.exam_id, NULL));
	return exam_sql_put_part(cx, p.exam_id, n, p.competency_id, p.level, p.bloom, p.items, NULL);
}

enum err exam_part_drop(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t n)
{
	int64_t dropped = 0;
	TRY(find_draft(cx, org_id, exam_id));
	TRY(exam_sql_drop_part(cx, exam_id, n, &dropped));
	if (!dropped)
		return fail(cx, ERR_NOT_FOUND, "n", N_("There is no such row of the blueprint."));
	return exam_sql_end_forms(cx, cx->now, exam_id, NULL);
}

enum err exam_need_put(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t course_id)
{
	struct exam_course_live_row course;
	struct exam_needs_row *r;
	bool found = false;
	size_t n;
	TRY(find_draft(cx, org_id, exam_id));
	TRY(exam_sql_course_live(cx, course_id, &course, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "course_id", N_("is no course that is offered"));
	TRY(exam_sql_needs(cx, exam_id, &r, &n));
	if (n >= EXAM_NEEDS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("At most 60 courses can come first."));
	return exam_sql_need(cx, exam_id, course_id, NULL);
}

enum err exam_need_drop(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t course_id)
{
	TRY(find_draft(cx, org_id, exam_id));
	return exam_sql_drop_need(cx, exam_id, course_id, NULL);
}

/* ── a new draft of the same ── */

/* "rti" → "rti-2", or the next that is free. */
static enum err free_code(struct ctx *cx, int64_t org_id, struct str code, struct str *ret)
{
	struct exam_code_taken_row row;
	bool taken = true;
	struct str base = code.n > EXAM_CODE_MAX - 4 ? str_sub(code, 0, EXAM_CODE_MAX - 4) : code;
	for (int64_t n = 2; taken && n < 1000; n++) {
		*ret = str_fmt(cx->arena, "%.*s-%lld", STR_ARG(base), (long long)n);
		TRY(exam_sql_code_taken(cx, org_id, *ret, &row, &taken));
	}
	return taken ? fail(cx, ERR_CONFLICT, "", N_("There are too many copies of this examination.")) : OK;
}

static enum err copy_rows(struct ctx *cx, int64_t from_id, int64_t to_id)
{
	struct exam_parts_row *p;
	struct exam_needs_row *c;
	size_t n;
	TRY(exam_sql_parts(cx, from_id, &p, &n));
	for (size_t i = 0; i < n; i++)
		TRY(exam_sql_put_part(cx, to_id, p[i].n, p[i].competency_id, p[i].level, p[i].bloom, p[i].items, NULL));
	TRY(exam_sql_needs(cx, from_id, &c, &n));
	for (size_t i = 0; i < n; i++)
		TRY(exam_sql_need(cx, to_id, c[i].course_id, NULL));
	return OK;
}

enum err exam_copy(struct ctx *cx, int64_t org_id, int64_t exam_id, int64_t *ret_id)
{
	struct exam_one_row e;
	int64_t id = new_id(cx);
	TRY(exam_find(cx, org_id, exam_id, &e));
	struct exam_rules r = { .org_id = e.org_id,
				.title = e.title,
				.about = e.about,
				.kind = e.kind,
				.mode = e.mode,
				.langs = e.langs,
				.minutes = e.minutes,
				.grace_s = e.grace_s,
				.attempts = e.attempts,
				.pass = e.pass,
				.feedback = e.feedback,
				.opens_at = e.opens_at,
				.closes_at = e.closes_at,
				.year = e.year,
				.need_share = e.need_share,
				.course_id = e.course_id,
				.resource_id = e.resource_id,
				.least = e.least,
				.most = e.most,
				.target_se = e.target_se,
				.decide = e.decide };
	TRY(free_code(cx, org_id, e.code, &r.code));
	TRY(keep(cx, id, &r));
	TRY(copy_rows(cx, e.id, id));
	*ret_id = id;
	return OK;
}
