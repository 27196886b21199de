/* See item_beside.h. */
#include "feature/item/item_beside.h"
#include "base/utf8.h"
#include "feature/competency/competency.h"
#include "feature/quiz/quiz_store.h"

/* The name as one word, so that it can be a code. */
static struct str code_of(struct ctx *cx, struct str name)
{
	struct buf b;
	bool gap = false;
	name = str_trim(name);
	buf_init(&b, cx->arena, name.n + 1);
	for (size_t i = 0; i < name.n; i++) {
		if ((unsigned char)name.p[i] <= ' ') {
			gap = true;
			continue;
		}
		if (gap)
			buf_char(&b, '-');
		gap = false;
		buf_char(&b, name.p[i]);
	}
	return buf_get(&b);
}

static enum err find_tests(struct ctx *cx, const struct item_tests *otherwise, struct item_beside *b)
{
	struct teaches t;
	struct item_competency_of_code_row c;
	bool has = false, found = false;
	b->tests = b->item.id ? (struct item_tests){ b->item.competency_id, b->item.level, b->item.bloom, b->item.source } : *otherwise;
	if (b->q->bloom.n)
		b->tests.bloom = b->q->bloom;
	if (b->q->source.n)
		b->tests.source = b->q->source;
	if (!tests_read(cx->arena, b->q->category, &t, &has)) {
		b->fate = FATE_LEFT;
		b->why = N_("Its competency cannot be read; write it as kcm:code@level.");
	}
	if (!has || b->fate == FATE_LEFT)
		return OK;
	TRY(item_sql_competency_of_code(cx, t.framework, t.code, &c, &found));
	if (!found || t.level > c.n_levels) {
		b->fate = FATE_LEFT;
		b->why = N_("There is no such competency here, or it has no such level; bring in its framework first.");
		return OK;
	}
	b->tests.competency_id = c.id;
	b->tests.level = t.level;
	return OK;
}

/* ── what the file leaves unsaid ── */

static bool same_base(struct ctx *cx, const struct question *a, const struct question *b)
{
	struct question x = *a, y = *b;
	struct quiz_text *tx, *ty;
	struct str kx, ky;
	size_t n;
	x.n_translations = y.n_translations = 0;
	quiz_store_texts(cx, &x, &kx, &tx, &n);
	quiz_store_texts(cx, &y, &ky, &ty, &n);
	/* Accepted texts of translations stand in the key, so that it is compared without them. */
	return str_eq(x.lang, y.lang) && str_eq(kx, ky) && str_eq(tx->asked, ty->asked);
}

static bool has_language(const struct question *q, struct str lang)
{
	bool has = str_eq(q->lang, lang);
	for (size_t i = 0; i < q->n_translations; i++)
		has |= str_eq(q->translations[i].lang, lang);
	return has;
}

/* A translation of `was` with its options in the order of q, which says the same. */
static struct question in_order(struct ctx *cx, const struct question *q, const struct question *was, const struct question *t)
{
	struct question r = *t;
	r.options = ARENA_ARRAY(cx->arena, struct question_option, q->n_options);
	for (size_t i = 0; i < q->n_options; i++) {
		r.options[i] = t->options[i];
		for (size_t k = 0; k < was->n_options; k++)
			if (str_eq(was->options[k].text, q->options[i].text) && (q->kind != Q_MATCHING || str_eq(was->options[k].match, q->options[i].match)))
				r.options[i] = t->options[k];
	}
	r.marks = q->marks;
	return r;
}

static void settle(struct ctx *cx, const struct question *was, struct item_beside *b)
{
	struct question q = b->settled, *all = NULL;
	size_t n = 0;
	if (q.marks == 0 && q.kind != Q_CASE)
		q.marks = was->marks;
	for (size_t i = 0; i < q.n_translations; i++) {
		*ARENA_PUSH(cx->arena, all, n) = q.translations[i];
		all[n - 1].marks = q.marks;
	}
	bool same = was->n_options == q.n_options && same_base(cx, &q, was);
	for (size_t i = 0; i < was->n_translations; i++) {
		if (has_language(&q, was->translations[i].lang))
			continue;
		if (same)
			*ARENA_PUSH(cx->arena, all, n) = in_order(cx, &q, was, &was->translations[i]);
		else
			b->why = N_("Translations that the file does not have are left out: what they translate has changed.");
	}
	q.translations = all;
	q.n_translations = n;
	b->settled = q;
}

static enum err compare(struct ctx *cx, struct item_beside *b)
{
	struct question was;
	TRY(item_question(cx, &b->item, b->item.version, &was, NULL));
	TRY(item_picture(cx, b->item.id, b->item.version, &was));
	settle(cx, &was, b);
	TRY(item_differs(cx, &b->item, &b->settled, &b->differs));
	b->tests_differ = b->tests.competency_id != b->item.competency_id || b->tests.level != b->item.level || !str_eq(b->tests.bloom, b->item.bloom) ||
			  !str_eq(b->tests.source, b->item.source);
	b->fate = b->differs || b->tests_differ ? FATE_CHANGED : FATE_SAME;
	return OK;
}

/* ── one ── */

static void leave(struct item_beside *b, const char *why)
{
	b->fate = FATE_LEFT;
	b->why = why;
}

static void check_new(struct item_beside *b)
{
	const char *wrong = quiz_store_fault(b->q);
	if (wrong)
		leave(b, wrong);
	else if (!b->settled.name.n || utf8_length(b->settled.name) > ITEM_CODE_MAX)
		leave(b, N_("Its name is its code: it must have one, of at most 80 characters."));
	else if (item_points(b->q) > ITEM_POINTS_MAX)
		leave(b, N_("An item is worth at most 100 marks."));
}

static enum err find_item(struct ctx *cx, int64_t org_id, const struct item_beside *whole, struct item_beside *b)
{
	struct item_of_code_row row;
	bool found = false;
	int64_t case_id = whole ? whole->item.id : 0;
	TRY(item_sql_of_code(cx, org_id, b->settled.name, &row, &found));
	if (!found)
		return OK;
	TRY(item_one(cx, org_id, row.id, &b->item));
	if (!str_is(b->item.kind, question_kind_name(b->q->kind)))
		leave(b, N_("There is an item of this code and another kind; give this one another code."));
	else if (str_is(b->item.status, "retired"))
		leave(b, N_("The item is retired; bring it back first."));
	else if (whole ? b->item.case_id != case_id : b->item.case_id != NONE)
		leave(b, N_("The item of this code stands in another case, or in none."));
	return OK;
}

static bool named_before(const struct item_beside *v, size_t n)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].settled.name, v[n].settled.name))
			return true;
	return false;
}

/* v[at] is filled but for its question and its case. */
static enum err judge(struct ctx *cx, int64_t org_id, struct item_beside *v, size_t at)
{
	struct item_beside *b = &v[at], *whole = b->whole == at ? NULL : &v[b->whole];
	static const struct item_tests none = { NONE, 0, { "", 0 }, { "", 0 } };
	b->fate = FATE_NEW;
	check_new(b);
	if (b->fate == FATE_LEFT)
		return OK;
	if (named_before(v, at)) {
		leave(b, N_("Another question of this file has the same code."));
		return OK;
	}
	if (whole && whole->fate == FATE_LEFT) {
		leave(b, N_("Its case does not come in."));
		return OK;
	}
	TRY(find_item(cx, org_id, whole, b));
	if (b->fate == FATE_LEFT)
		return OK;
	TRY(find_tests(cx, whole ? &whole->tests : &none, b));
	return b->item.id && b->fate != FATE_LEFT ? compare(cx, b) : OK;
}

static void name_it(struct ctx *cx, struct question *q, struct str name)
{
	q->name = name;
	for (size_t i = 0; i < q->n_translations; i++)
		q->translations[i].name = name;
	(void)cx;
}

enum err item_beside(struct ctx *cx, int64_t org_id, const struct questions *q, struct item_beside **ret, size_t *ret_n)
{
	struct item_beside *v = NULL;
	size_t n = 0;
	for (size_t i = 0; i < q->n; i++) {
		size_t whole = n;
		struct item_beside *b = ARENA_PUSH(cx->arena, v, n);
		*b = (struct item_beside){ .q = &q->v[i], .settled = q->v[i], .whole = whole };
		name_it(cx, &b->settled, code_of(cx, q->v[i].name));
		TRY(judge(cx, org_id, v, whole));
		for (size_t k = 0; k < q->v[i].n_parts; k++) {
			const struct question *part = &q->v[i].parts[k];
			struct item_beside *p = ARENA_PUSH(cx->arena, v, n);
			*p = (struct item_beside){ .q = part, .settled = *part, .whole = whole };
			if (!p->settled.lang.n)
				p->settled.lang = q->v[i].lang;
			name_it(cx, &p->settled, part->name.n ? code_of(cx, part->name) : str_fmt(cx->arena, "%.*s-%zu", STR_ARG(v[whole].settled.name), k + 1));
			TRY(judge(cx, org_id, v, n - 1));
		}
	}
	*ret = v;
	*ret_n = n;
	return OK;
}
