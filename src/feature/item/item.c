/* Items and their versions; see item.h. Reviews stand in item_review.c. */
#include "feature/item/item.h"
#include "base/utf8.h"
#include "feature/quiz/quiz_store.h"

#include <math.h>

int item_category(double part, int64_t steps)
{
	int c = (int)floor(part * (double)steps + 1e-9);
	return c < 0 ? 0 : c > (int)steps ? (int)steps : c;
}

static int64_t worths(const struct question *q)
{
	int64_t n = 0;
	for (size_t i = 0; i < q->n_options; i++) {
		bool again = q->options[i].weight <= 0;
		for (size_t k = 0; k < i; k++)
			again |= q->options[k].weight == q->options[i].weight;
		n += !again;
	}
	return n;
}

static int64_t number_worths(const struct question *q)
{
	int64_t n = 0;
	for (size_t i = 0; i < q->n_numbers; i++) {
		bool again = q->numbers[i].weight <= 0;
		for (size_t k = 0; k < i; k++)
			again |= q->numbers[k].weight == q->numbers[i].weight;
		n += !again;
	}
	return n;
}

static int64_t right_options(const struct question *q)
{
	int64_t n = 0;
	for (size_t i = 0; i < q->n_options; i++)
		n += q->options[i].weight > 0 && (q->kind != Q_MATCHING || q->options[i].text.n);
	return n;
}

int64_t item_steps(const struct question *q)
{
	int64_t n = 1;
	if (q->kind == Q_MULTIPLE || q->kind == Q_MATCHING)
		n = q->partial ? right_options(q) : 1;
	else if (q->kind == Q_ORDERING)
		/* From half of the pairs in order to all of them. */
		n = q->partial ? (int64_t)q->n_options - 1 : 1;
	else if (q->kind == Q_NUMERIC)
		n = number_worths(q);
	else if (q->kind == Q_LONG)
		n = ITEM_STEPS_MAX;
	else if (q->kind != Q_CASE)
		n = worths(q);
	return n < 1 ? 1 : n > ITEM_STEPS_MAX ? ITEM_STEPS_MAX : n;
}

double item_points(const struct question *q)
{
	return q->kind == Q_CASE ? 0 : q->marks > 0 ? q->marks : 1;
}

/* ── reading ── */

enum err item_one(struct ctx *cx, int64_t org_id, int64_t item_id, struct item_one_row *ret)
{
	bool found = false;
	TRY(item_sql_one(cx, item_id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "item_id", N_("There is no such item in this bank."));
}

enum err item_question(struct ctx *cx, const struct item_one_row *item, int64_t version, struct question *ret, struct item_version_row *ret_row)
{
	struct item_version_row v;
	struct item_texts_row *rows;
	struct question q;
	size_t n;
	bool found = false;
	TRY(item_sql_version(cx, item->id, version, &v, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "version", N_("There is no such version of this item."));
	TRY(item_sql_texts(cx, item->id, version, &rows, &n));
	struct quiz_text *texts = ARENA_ARRAY(cx->arena, struct quiz_text, n);
	for (size_t i = 0; i < n; i++)
		texts[i] = (struct quiz_text){ rows[i].lang, rows[i].asked, rows[i].feedback, rows[i].base };
	TRY(quiz_restore(cx, item->kind, v.answer_key, texts, n, &q));
	q.name = item->code;
	q.marks = v.points;
	q.bloom = item->bloom;
	q.source = item->source;
	for (size_t i = 0; i < q.n_translations; i++) {
		q.translations[i].name = item->code;
		q.translations[i].marks = v.points;
	}
	*ret = q;
	if (ret_row)
		*ret_row = v;
	return OK;
}

enum err item_picture(struct ctx *cx, int64_t item_id, int64_t version, struct question *q)
{
	struct item_picture_row row;
	struct question_picture p;
	bool found = false;
	TRY(item_sql_picture(cx, item_id, version, &row, &found));
	if (!found || !row.picture.n)
		return OK;
	if (question_picture_read(row.picture, &p))
		return ERR_INTERNAL;
	p.name = S("picture");
	p.alt = q->picture.alt;
	q->picture = p;
	for (size_t i = 0; i < q->n_translations; i++) {
		struct str alt = q->translations[i].picture.alt;
		q->translations[i].picture = p;
		q->translations[i].picture.alt = alt.n ? alt : p.alt;
	}
	return OK;
}

/* ── writing ── */

/* A version as it is kept. */
struct kept {
	struct str answer_key, picture, picture_type;
	struct quiz_text *texts;
	size_t n_texts;
	double points;
	int64_t steps;
};

static struct kept keep(struct ctx *cx, const struct question *q)
{
	struct kept k = { .points = item_points(q), .steps = item_steps(q) };
	quiz_store_texts(cx, q, &k.answer_key, &k.texts, &k.n_texts);
	for (size_t i = 0; i < k.n_texts; i++)
		if (!k.texts[i].lang.n)
			k.texts[i].lang = S("en");
	k.picture = q->picture.type ? q->picture.bytes : STR_NONE;
	k.picture_type = q->picture.type ? str_of(q->picture.type) : STR_NONE;
	return k;
}

static enum err write_version(struct ctx *cx, int64_t item_id, int64_t version, const struct kept *k, struct str why)
{
	TRY(item_sql_add_version(cx, item_id, version, k->answer_key, k->points, k->steps, k->picture, k->picture_type,
				 cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, why.p ? why : S(""), NULL));
	for (size_t i = 0; i < k->n_texts; i++)
		TRY(item_sql_add_text(cx, item_id, version, k->texts[i].lang, k->texts[i].base, k->texts[i].asked, k->texts[i].feedback, NULL));
	return OK;
}

static enum err check_tests(struct ctx *cx, const struct item_tests *t)
{
	if (t->level < 0)
		return fail(cx, ERR_INVALID, "level", N_("is no level of the framework"));
	if (t->level && t->competency_id == NONE)
		return fail(cx, ERR_INVALID, "level", N_("A level is that of a competency; choose one."));
	if (t->competency_id != NONE) {
		struct item_competency_row c;
		bool found = false;
		TRY(item_sql_competency(cx, t->competency_id, &c, &found));
		if (!found)
			return fail(cx, ERR_INVALID, "competency_id", N_("There is no such competency."));
		if (t->level > c.n_levels)
			return fail(cx, ERR_INVALID, "level", N_("is no level of the framework"));
	}
	if (t->bloom.n && !question_bloom_good(t->bloom))
		return fail(cx, ERR_INVALID, "bloom", N_("is none of the choices"));
	return OK;
}

static bool code_good(struct str code)
{
	for (size_t i = 0; i < code.n; i++)
		if ((unsigned char)code.p[i] <= ' ')
			return false;
	return code.n && utf8_length(code) <= ITEM_CODE_MAX;
}

static enum err check_code(struct ctx *cx, int64_t org_id, struct str code)
{
	struct item_of_code_row taken;
	bool found = false;
	if (!code_good(code))
		return fail(cx, ERR_INVALID, "code", N_("is one word of at most 80 characters"));
	TRY(item_sql_of_code(cx, org_id, code, &taken, &found));
	return found ? fail(cx, ERR_CONFLICT, "code", N_("is taken by another item of this bank")) : OK;
}

static enum err check_points(struct ctx *cx, const struct question *q)
{
	return item_points(q) <= ITEM_POINTS_MAX ? OK : fail(cx, ERR_INVALID, "marks", N_("An item is worth at most 100 marks."));
}

static enum err add_one(struct ctx *cx, const struct item_add *in, struct str code, int64_t n, int64_t *ret_id)
{
	struct kept k = keep(cx, in->q);
	const struct item_tests *t = &in->tests;
	int64_t id = new_id(cx);
	TRY(check_code(cx, in->org_id, code));
	TRY(check_points(cx, in->q));
	TRY(item_sql_add(cx, id, in->org_id, code, str_of(question_kind_name(in->q->kind)), t->competency_id, t->level, t->bloom.p ? t->bloom : S(""),
			 t->source.p ? t->source : S(""), in->case_id, n, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, NULL));
	*ret_id = id;
	return write_version(cx, id, 1, &k, in->why);
}

/* The questions of a case test what the case tests, and are named after it where they have no name. */
static enum err add_parts(struct ctx *cx, const struct item_add *in, int64_t case_id, struct str code)
{
	int64_t id;
	for (size_t i = 0; i < in->q->n_parts; i++) {
		struct item_add part = *in;
		part.q = &in->q->parts[i];
		part.case_id = case_id;
		part.tests.bloom = part.q->bloom.n ? part.q->bloom : in->tests.bloom;
		part.tests.source = part.q->source.n ? part.q->source : in->tests.source;
		struct str name = part.q->name.n ? part.q->name : str_fmt(cx->arena, "%.*s-%zu", STR_ARG(code), i + 1);
		TRY(add_one(cx, &part, name, (int64_t)i + 1, &id));
	}
	return OK;
}

/* The place of a further question of a case, which it must be possible to add to. */
static enum err next_part(struct ctx *cx, const struct item_add *in, int64_t *ret_n)
{
	struct item_one_row whole;
	struct item_parts_row *parts;
	size_t n;
	if (in->q->kind == Q_CASE)
		return fail(cx, ERR_INVALID, "kind", N_("A case cannot stand within a case"));
	TRY(item_one(cx, in->org_id, in->case_id, &whole));
	if (!str_is(whole.kind, "case") || str_is(whole.status, "retired"))
		return fail(cx, ERR_CONFLICT, "", N_("Questions can be added to a case that is in use."));
	TRY(item_sql_parts(cx, in->case_id, &parts, &n));
	if (n >= QUESTION_PARTS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("A case needs from 1 to 20 questions"));
	*ret_n = n ? parts[n - 1].n + 1 : 1;
	return OK;
}

enum err item_add(struct ctx *cx, const struct item_add *in, int64_t *ret_id)
{
	int64_t n = 0;
	struct str code = in->q->name.n ? in->q->name : str_fmt(cx->arena, "i%lld", (long long)new_id(cx));
	TRY(check_tests(cx, &in->tests));
	if (in->case_id != NONE)
		TRY(next_part(cx, in, &n));
	TRY(add_one(cx, in, code, n, ret_id));
	return add_parts(cx, in, *ret_id, code);
}

static bool same_texts(const struct kept *k, const struct item_texts_row *v, size_t n)
{
	bool same = k->n_texts == n;
	for (size_t i = 0; same && i < n; i++) {
		bool found = false;
		for (size_t t = 0; t < n; t++)
			found |= str_eq(k->texts[i].lang, v[t].lang) && k->texts[i].base == v[t].base && str_eq(k->texts[i].asked, v[t].asked) &&
				 str_eq(k->texts[i].feedback, v[t].feedback);
		same = found;
	}
	return same;
}

static enum err same_as(struct ctx *cx, const struct item_one_row *item, const struct kept *k, bool *ret)
{
	struct item_version_row v;
	struct item_picture_row picture;
	struct item_texts_row *texts;
	size_t n;
	bool found = false, has_picture = false;
	TRY(item_sql_version(cx, item->id, item->version, &v, &found));
	TRY(item_sql_picture(cx, item->id, item->version, &picture, &has_picture));
	TRY(item_sql_texts(cx, item->id, item->version, &texts, &n));
	*ret = found && has_picture && str_eq(v.answer_key, k->answer_key) && v.points == k->points && same_texts(k, texts, n) &&
	       str_eq(picture.picture, k->picture);
	return OK;
}

enum err item_differs(struct ctx *cx, const struct item_one_row *item, const struct question *q, bool *ret)
{
	struct kept k = keep(cx, q);
	bool same = false;
	TRY(same_as(cx, item, &k, &same));
	*ret = !same;
	return OK;
}

enum err item_change(struct ctx *cx, const struct item_change *in, int64_t *ret_version)
{
	struct item_one_row item;
	struct item_standing standing;
	bool same;
	TRY(item_one(cx, in->org_id, in->item_id, &item));
	if (item.version != in->version)
		return fail(cx, ERR_CONFLICT, "", N_("Somebody has written a newer version in the meantime; look at that first."));
	if (str_is(item.status, "retired"))
		return fail(cx, ERR_CONFLICT, "", N_("This item is retired; bring it back before you change it."));
	if (!str_is(item.kind, question_kind_name(in->q->kind)))
		return fail(cx, ERR_INVALID, "kind", N_("The kind of an item never changes; write a new item."));
	TRY(check_points(cx, in->q));
	struct kept k = keep(cx, in->q);
	TRY(same_as(cx, &item, &k, &same));
	TRY(item_standing(cx, &item, &standing));
	*ret_version = item.version;
	if (same && !(standing.refused && str_trim(in->why).n))
		return OK;
	*ret_version = item.version + 1;
	TRY(write_version(cx, item.id, *ret_version, &k, in->why));
	return item_sql_set_version(cx, *ret_version, item.live_version ? item.status : S("draft"), cx->now, item.id, NULL);
}

enum err item_classify(struct ctx *cx, int64_t org_id, int64_t item_id, const struct item_tests *t, bool keeper)
{
	struct item_one_row item;
	TRY(item_one(cx, org_id, item_id, &item));
	TRY(check_tests(cx, t));
	struct str bloom = t->bloom.p ? t->bloom : S(""), source = t->source.p ? t->source : S("");
	if (item.competency_id == t->competency_id && item.level == t->level && str_eq(item.bloom, bloom) && str_eq(item.source, source))
		return OK;
	if (item.live_version && !keeper)
		return fail(cx, ERR_FORBIDDEN, "competency_id", N_("What a live item tests is changed by who keeps the bank."));
	return item_sql_classify(cx, t->competency_id, t->level, bloom, source, cx->now, item_id, NULL);
}

enum err item_retire(struct ctx *cx, int64_t org_id, int64_t item_id, struct str why)
{
	struct item_one_row item;
	struct item_parts_row *parts;
	size_t n;
	TRY(item_one(cx, org_id, item_id, &item));
	why = str_trim(why);
	if (!why.n)
		return fail(cx, ERR_INVALID, "why", N_("Say why it is retired."));
	if (item.case_id != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("A question of a case is retired with its case."));
	if (str_is(item.status, "retired"))
		return fail(cx, ERR_CONFLICT, "", N_("It is retired already."));
	TRY(item_sql_parts(cx, item_id, &parts, &n));
	TRY(item_sql_set_retired(cx, cx->now, why, item_id, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(item_sql_set_retired(cx, cx->now, why, parts[i].id, NULL));
	return OK;
}

static enum err bring_back(struct ctx *cx, int64_t item_id, int64_t live_version)
{
	return item_sql_set_back(cx, live_version ? S("live") : S("draft"), cx->now, item_id, NULL);
}

enum err item_return(struct ctx *cx, int64_t org_id, int64_t item_id)
{
	struct item_one_row item;
	struct item_parts_row *parts;
	size_t n;
	TRY(item_one(cx, org_id, item_id, &item));
	if (!str_is(item.status, "retired") || item.case_id != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("It is not retired."));
	TRY(item_sql_parts(cx, item_id, &parts, &n));
	TRY(bring_back(cx, item_id, item.live_version));
	for (size_t i = 0; i < n; i++)
		TRY(bring_back(cx, parts[i].id, parts[i].live_version));
	return OK;
}

/* ── enemies ── */

enum err item_add_enemy(struct ctx *cx, int64_t org_id, int64_t item_id, struct str other_code, struct str why)
{
	struct item_one_row item;
	struct item_of_code_row other;
	bool found = false;
	TRY(item_one(cx, org_id, item_id, &item));
	TRY(item_sql_of_code(cx, org_id, str_trim(other_code), &other, &found));
	if (!found || other.id == item_id)
		return fail(cx, ERR_INVALID, "other", N_("is no other item of this bank"));
	why = str_trim(why);
	if (!why.n)
		return fail(cx, ERR_INVALID, "why", N_("Say why they are never in one paper."));
	TRY(item_sql_add_enemy(cx, item_id, other.id, why, NULL));
	return item_sql_add_enemy(cx, other.id, item_id, why, NULL);
}

enum err item_drop_enemy(struct ctx *cx, int64_t org_id, int64_t item_id, int64_t other_id)
{
	struct item_one_row item;
	int64_t n = 0;
	TRY(item_one(cx, org_id, item_id, &item));
	TRY(item_sql_drop_enemy(cx, item_id, other_id, &n));
	if (!n)
		return fail(cx, ERR_NOT_FOUND, "other_id", N_("These two may be in one paper already."));
	return item_sql_drop_enemy(cx, other_id, item_id, NULL);
}
