/* The item bank in the browser and over the API: lists, an item with its history, its picture. */
#include "feature/item/item.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "feature/item/item_words.h"
#include "feature/org/org.h"
#include "feature/quiz/quiz_store.h"
#include "item_banks_html.h"
#include "item_html.h"
#include "item_versions_html.h"
#include "items_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { TOPS_MAX = 4, ITEMS_PAGE = 50, WORDS_SHOWN = 160, ITEM_JSON_MAX = 4 << 20 };

static struct str in_words(const struct ctx *cx, struct str en, struct str hi)
{
	return cx->lang == LANG_HI && hi.n ? hi : en;
}

/* ── the banks that one writes for ── */

static const struct field bank_out[] = { FIELD(item_bank_line, id, F_ID), FIELD(item_bank_line, name, F_TEXT), FIELD(item_bank_line, n_live, F_INT),
					 FIELD(item_bank_line, n_review, F_INT), FIELD_END };

static enum err banks_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct item_banks_page *v = ARENA_NEW(cx->arena, struct item_banks_page);
	struct item_banks_row *r;
	int64_t *tops;
	size_t n_tops, n;
	(void)input;
	(void)state;
	TRY(access_tops(cx, MAY_ITEM_WRITE, &tops, &n_tops));
	for (size_t t = 0; t < n_tops && t < TOPS_MAX; t++) {
		TRY(item_sql_banks(cx, tops[t], &r, &n));
		for (size_t i = 0; i < n; i++)
			*ARENA_PUSH(cx->arena, v->banks, v->n_banks) =
				(struct item_bank_line){ r[i].id, r[i].n_live, r[i].n_review, in_words(cx, r[i].name_en, r[i].name_hi) };
	}
	ANSWER_ROWS(a, v->banks, v->n_banks);
	a->view = v;
	a->nav = NAV_PROVIDER;
	ANSWER_TITLE(cx, a, N_("Item banks"));
	return OK;
}

/* ── the list ── */

struct list_in {
	int64_t org_id, before, competency_id, level;
	struct str status, kind, words;
};
static const struct field list_in[] = {
	FIELD(list_in, org_id, F_ID, .must = true),
	FIELD(list_in, before, F_ID),
	FIELD(list_in, competency_id, F_ID),
	FIELD(list_in, level, F_INT, .max = 10),
	FIELD(list_in, status, F_CHOICE, .choices = item_statuses),
	FIELD(list_in, kind, F_CHOICE, .choices = item_kinds),
	FIELD(list_in, words, F_TEXT, .max = 100),
	FIELD_END,
};
static const struct field line_out[] = {
	FIELD(item_line, id, F_ID),	      FIELD(item_line, code, F_TEXT),	 FIELD(item_line, kind, F_TEXT),
	FIELD(item_line, status, F_TEXT),     FIELD(item_line, version, F_INT),  FIELD(item_line, live_version, F_INT),
	FIELD(item_line, competency, F_TEXT), FIELD(item_line, level, F_INT),	 FIELD(item_line, words, F_TEXT),
	FIELD(item_line, lang, F_TEXT),	      FIELD(item_line, exposure, F_INT), FIELD(item_line, changed_at, F_TIME),
	FIELD_END,
};

/* Rows are looked at one by one until a page is full: words are compared here, since they stand within JSON. */
struct gathering {
	const struct list_in *in;
	struct arena *arena;
	struct str words; /* folded; empty: any */
	struct item_line *v;
	size_t n;
	bool more;
};

static bool has_words(struct ctx *cx, const struct gathering *g, struct str text)
{
	struct str rest = g->words, word, folded = utf8_fold(cx->arena, text);
	while (str_cut(&rest, ' ', &word))
		if (word.n && str_find(folded, word) < 0)
			return false;
	return true;
}

static struct str first_words(struct arena *a, struct str text)
{
	struct str cut = utf8_prefix(text, WORDS_SHOWN);
	return cut.n < text.n ? str_fmt(a, "%.*s…", STR_ARG(cut)) : str_dup(a, text);
}

static enum err gather(struct ctx *cx, void *arg, const void *row)
{
	struct gathering *g = arg;
	const struct item_list_row *r = row;
	struct quiz_asked asked;
	TRY(quiz_load_asked(cx, r->kind, r->asked, &asked));
	if (g->words.n && !has_words(cx, g, str_fmt(cx->arena, "%.*s %.*s", STR_ARG(r->code), STR_ARG(asked.text))))
		return OK;
	if (g->n == ITEMS_PAGE) {
		g->more = true;
		return ERR_GONE; /* enough is read */
	}
	g->v[g->n++] = (struct item_line){ .id = r->id, .org_id = g->in->org_id, .version = r->version, .live_version = r->live_version, .level = r->level,
					   .changed_at = r->changed_at, .code = str_dup(g->arena, r->code), .kind = str_dup(g->arena, r->kind),
					   .kind_name = item_called(cx, item_kinds, r->kind), .status = str_dup(g->arena, r->status),
					   .words = first_words(g->arena, asked.text), .lang = str_dup(g->arena, r->lang),
					   .competency = str_dup(g->arena, in_words(cx, r->competency_en, r->competency_hi)),
					   .waits = r->live_version && r->version > r->live_version, .of_case = r->case_id != NONE };
	return OK;
}

static enum err put_exposure(struct ctx *cx, int64_t org_id, struct item_line *v, size_t n)
{
	struct item_exposure_row *r;
	size_t n_rows, at = 0;
	if (!n)
		return OK;
	TRY(item_sql_exposure(cx, org_id, v[n - 1].id, v[0].id, &r, &n_rows));
	for (size_t i = 0; i < n_rows && at < n; i++)
		if (r[i].id == v[at].id)
			v[at++].exposure = r[i].n_papers + r[i].n_given;
	return OK;
}

/* Those of a page, newest first. The arena goes back after each row, so what is kept of them has another meanwhile. */
static enum err find_lines(struct ctx *cx, const struct list_in *in, struct items_page *v, struct answer *a)
{
	struct gathering g = { .in = in, .arena = arena_new(), .words = utf8_fold(cx->arena, str_trim(in->words)) };
	g.v = ARENA_ARRAY(cx->arena, struct item_line, ITEMS_PAGE);
	enum err e = item_sql_list(cx, clock_day_in_india(cx->now), in->org_id, in->before, in->competency_id, in->level, in->status.n ? in->status : STR_NONE,
				   in->kind.n ? in->kind : STR_NONE, gather, &g);
	for (size_t i = 0; i < g.n; i++) {
		struct str *texts[] = { &g.v[i].code, &g.v[i].kind, &g.v[i].status, &g.v[i].words, &g.v[i].lang, &g.v[i].competency };
		for (size_t k = 0; k < sizeof texts / sizeof *texts; k++)
			*texts[k] = str_dup(cx->arena, *texts[k]);
	}
	arena_free(g.arena);
	if (!g.more)
		TRY(e);
	v->items = g.v;
	v->n_items = g.n;
	if (g.more)
		a->next = str_fmt(cx->arena, "%lld", (long long)g.v[g.n - 1].id);
	return put_exposure(cx, in->org_id, g.v, g.n);
}

static struct str number_or_none(struct ctx *cx, int64_t n)
{
	return n == NONE ? S("") : str_fmt(cx->arena, "%lld", (long long)n);
}

static enum err put_filter(struct ctx *cx, const struct list_in *in, struct item_filter *f)
{
	struct item_used_competencies_row *r;
	size_t n;
	*f = (struct item_filter){ .org_id = in->org_id, .competency = number_or_none(cx, in->competency_id), .level = number_or_none(cx, in->level),
				   .status = in->status, .kind = in->kind, .words = in->words };
	item_choices(cx, item_statuses, N_("any"), &f->statuses, &f->n_statuses);
	item_choices(cx, item_kinds, N_("any"), &f->kinds, &f->n_kinds);
	item_level_choices(cx, N_("any"), &f->levels, &f->n_levels);
	TRY(item_sql_used_competencies(cx, clock_day_in_india(cx->now), in->org_id, &r, &n));
	*ARENA_PUSH(cx->arena, f->competencies, f->n_competencies) = (struct item_choice){ S(""), str_of(tr(cx->lang, N_("any"))) };
	for (size_t i = 0; i < n; i++)
		*ARENA_PUSH(cx->arena, f->competencies, f->n_competencies) =
			(struct item_choice){ number_or_none(cx, r[i].competency_id), in_words(cx, r[i].name_en, r[i].name_hi) };
	return OK;
}

static enum err put_counts(struct ctx *cx, struct items_page *v)
{
	struct item_standings_row *r;
	size_t n;
	TRY(item_sql_standings(cx, v->org_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		int64_t *at = str_is(r[i].status, "draft") ? &v->n_draft : str_is(r[i].status, "review") ? &v->n_review : str_is(r[i].status, "live") ? &v->n_live : &v->n_retired;
		*at = r[i].n;
	}
	return OK;
}

/* The same list from the next item on. */
static struct str further(struct ctx *cx, const struct list_in *in, struct str next)
{
	struct buf b;
	buf_init(&b, cx->arena, 2000);
	buf_fmt(&b, "/orgs/%lld/items?before=%.*s", (long long)in->org_id, STR_ARG(next));
	if (in->competency_id != NONE)
		buf_fmt(&b, "&competency_id=%lld", (long long)in->competency_id);
	if (in->level != NONE)
		buf_fmt(&b, "&level=%lld", (long long)in->level);
	if (in->status.n)
		buf_fmt(&b, "&status=%.*s", STR_ARG(in->status));
	if (in->kind.n)
		buf_fmt(&b, "&kind=%.*s", STR_ARG(in->kind));
	if (in->words.n) {
		struct html_out o;
		html_begin(&o, cx, 1000);
		html_url_part(&o, in->words);
		buf_fmt(&b, "&words=%.*s", STR_ARG(buf_get(&o.b)));
	}
	return buf_get(&b);
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct items_page *v = ARENA_NEW(cx->arena, struct items_page);
	(void)state;
	v->org_id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(find_lines(cx, in, v, a));
	TRY(put_filter(cx, in, &v->filter));
	TRY(put_counts(cx, v));
	TRY(access_may(cx, MAY_ITEM_KEEP, SCOPE_ORG, in->org_id, &v->keeps));
	item_choices(cx, item_kinds, NULL, &v->kinds, &v->n_kinds);
	if (a->next.n)
		v->next = further(cx, in, a->next);
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Item bank"));
	return OK;
}

/* ── one item ── */

struct one_in {
	int64_t org_id, item_id, version;
	struct str lang;
};
static const struct field one_in[] = {
	FIELD(one_in, org_id, F_ID, .must = true),
	FIELD(one_in, item_id, F_ID, .must = true),
	FIELD(one_in, version, F_INT, .min = 1, .max = 1000000),
	FIELD(one_in, lang, F_TEXT, .max = 35),
	FIELD_END,
};
struct item_out {
	int64_t id, version, live_version, competency_id, level, steps, exposure, accepted;
	struct str code, kind, status, bloom, source, seen, texts, answer_key, parts;
	double points;
};
static const struct field item_out[] = {
	FIELD(item_out, id, F_ID),	       FIELD(item_out, code, F_TEXT),	      FIELD(item_out, kind, F_TEXT),   FIELD(item_out, status, F_TEXT),
	FIELD(item_out, version, F_INT),       FIELD(item_out, live_version, F_INT),  FIELD(item_out, competency_id, F_ID), FIELD(item_out, level, F_INT),
	FIELD(item_out, bloom, F_TEXT),	       FIELD(item_out, source, F_TEXT),	      FIELD(item_out, points, F_REAL), FIELD(item_out, steps, F_INT),
	FIELD(item_out, exposure, F_INT),      FIELD(item_out, accepted, F_INT),      FIELD(item_out, seen, F_TEXT),   FIELD(item_out, texts, F_JSON),
	FIELD(item_out, answer_key, F_JSON),   FIELD(item_out, parts, F_JSON),	      FIELD_END,
};

/* All that is read of a version to be shown. */
struct shown {
	struct item_one_row item;
	struct item_version_row version;
	struct item_shown_row facts;
	struct item_texts_row *texts;
	size_t n_texts, text; /* text: the one that is shown */
	struct item_standing standing;
	struct item_reviews_row *reviews;
	size_t n_reviews;
};

static size_t text_in(const struct item_texts_row *v, size_t n, struct str lang)
{
	for (size_t i = 0; i < n; i++)
		if (str_eq(v[i].lang, lang))
			return i;
	return 0;
}

static enum err read_item(struct ctx *cx, const struct one_in *in, struct shown *s)
{
	bool found = false;
	TRY(item_one(cx, in->org_id, in->item_id, &s->item));
	int64_t version = in->version == NONE ? s->item.version : in->version;
	TRY(item_sql_version(cx, in->item_id, version, &s->version, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "version", N_("There is no such version of this item."));
	TRY(item_sql_texts(cx, in->item_id, version, &s->texts, &s->n_texts));
	if (!s->n_texts)
		return ERR_INTERNAL;
	s->text = text_in(s->texts, s->n_texts, in->lang);
	TRY(item_sql_shown(cx, clock_day_in_india(cx->now), in->item_id, &s->facts, &found));
	TRY(item_standing(cx, &s->item, &s->standing));
	s->reviews = s->standing.reviews;
	s->n_reviews = s->standing.n_reviews;
	return OK;
}

static enum err put_question(struct ctx *cx, const struct shown *s, struct item_page *v)
{
	struct quiz_asked asked;
	struct question q;
	struct quiz_text text = { s->texts[s->text].lang, s->texts[s->text].asked, s->texts[s->text].feedback, true };
	TRY(quiz_load_asked(cx, s->item.kind, text.asked, &asked));
	v->question = item_preview(cx, v->org_id, v->id, v->version, &asked, text.lang, s->version.picture_type);
	v->question.marks = v->marks;
	TRY(quiz_restore(cx, s->item.kind, s->version.answer_key, &text, 1, &q));
	/* Of a translation of a short answer the accepted texts stand under its language. */
	if (q.kind == Q_SHORT && !s->texts[s->text].base) {
		struct quiz_text both[] = { { s->texts[0].lang, s->texts[0].asked, s->texts[0].feedback, true }, text };
		both[1].base = false;
		TRY(quiz_restore(cx, s->item.kind, s->version.answer_key, both, 2, &q));
		q = q.translations[0];
	}
	item_form_rows(cx, &q, &v->rows, &v->n_rows);
	v->paired = q.kind == Q_MATCHING;
	v->ordered = q.kind == Q_ORDERING;
	v->weighed = !v->paired && !v->ordered;
	v->typed = q.kind == Q_NUMERIC;
	v->areas = q.kind == Q_HOTSPOT;
	v->sample = q.sample;
	v->general = q.general_feedback;
	for (size_t i = 0; q.kind == Q_TRUEFALSE && i < v->n_rows; i++)
		v->rows[i].option = str_of(str_is(v->rows[i].option, "true") ? tr(cx->lang, N_("True")) : tr(cx->lang, N_("False")));
	return OK;
}

static void put_langs(struct ctx *cx, const struct shown *s, struct item_page *v)
{
	v->langs = ARENA_ARRAY(cx->arena, struct item_lang_view, s->n_texts);
	v->n_langs = s->n_texts;
	for (size_t i = 0; i < s->n_texts; i++)
		v->langs[i] = (struct item_lang_view){ v->org_id, v->id, s->texts[i].lang, s->texts[i].base, i == s->text };
	for (const struct choice *c = item_langs; c->value; c++) {
		bool there = false;
		for (size_t i = 0; i < s->n_texts; i++)
			there |= str_is(s->texts[i].lang, c->value);
		if (!there)
			*ARENA_PUSH(cx->arena, v->missing, v->n_missing) = (struct item_choice){ str_of(c->value), str_of(tr(cx->lang, c->label)) };
	}
}

static enum err put_enemies(struct ctx *cx, struct item_page *v)
{
	struct item_enemies_row *r;
	TRY(item_sql_enemies(cx, v->id, &r, &v->n_enemies));
	v->enemies = ARENA_ARRAY(cx->arena, struct item_enemy_view, v->n_enemies);
	for (size_t i = 0; i < v->n_enemies; i++)
		v->enemies[i] = (struct item_enemy_view){ v->org_id, v->id, r[i].other_id, r[i].code, item_called(cx, item_kinds, r[i].kind), r[i].why, r[i].status };
	return OK;
}

/* Each question of the case once, in the language shown or the one it was written in. */
static enum err put_parts(struct ctx *cx, struct item_page *v, struct str lang)
{
	struct item_part_texts_row *r;
	size_t n;
	TRY(item_sql_part_texts(cx, v->id, &r, &n));
	for (size_t i = 0, k; i < n; i = k) {
		size_t chosen = i;
		struct quiz_asked asked;
		for (k = i; k < n && r[k].id == r[i].id; k++)
			if (str_eq(r[k].lang, lang))
				chosen = k;
		TRY(quiz_load_asked(cx, r[chosen].kind, r[chosen].asked, &asked));
		struct item_part_view *p = ARENA_PUSH(cx->arena, v->parts, v->n_parts);
		*p = (struct item_part_view){ .org_id = v->org_id, .id = r[i].id, .code = r[i].code, .status = r[i].status };
		p->question = item_preview(cx, v->org_id, r[i].id, r[i].version, &asked, r[chosen].lang, r[i].picture_type);
		p->question.n = (int64_t)v->n_parts;
		p->question.marks = item_marks(cx, r[i].points);
	}
	for (size_t i = 0; i < v->n_parts; i++)
		v->parts[i].question.total = (int64_t)v->n_parts;
	return OK;
}

static void put_reviews(struct ctx *cx, const struct shown *s, struct item_page *v)
{
	for (size_t i = 0; i < s->n_reviews; i++)
		if (s->reviews[i].item_id == v->id)
			*ARENA_PUSH(cx->arena, v->reviews, v->n_reviews) =
				(struct item_review_view){ s->reviews[i].at, s->reviews[i].reviewer, s->reviews[i].note, s->reviews[i].accepted };
}

static void put_facts(struct ctx *cx, const struct shown *s, struct item_page *v)
{
	const struct item_one_row *i = &s->item;
	*v = (struct item_page){
		.id = i->id, .org_id = i->org_id, .version = s->version.version, .live_version = i->live_version, .newest = i->version, .level = i->level,
		.case_id = i->case_id, .created_at = i->created_at, .changed_at = i->changed_at, .retired_at = i->retired_at, .made_at = s->version.made_at,
		.steps = s->version.steps, .n_forms = s->facts.n_forms, .exposure = s->facts.n_papers + s->facts.n_given, .n_accepted = s->standing.n_accepted,
		.org = in_words(cx, s->facts.org_en, s->facts.org_hi), .code = i->code, .kind = i->kind, .kind_name = item_called(cx, item_kinds, i->kind),
		.status = i->status, .competency = in_words(cx, s->facts.competency_en, s->facts.competency_hi), .bloom = i->bloom,
		.bloom_name = item_called(cx, item_blooms, i->bloom), .source = i->source, .case_code = s->facts.case_code, .author = i->author,
		.writer = s->version.author, .why = s->version.why, .retired_why = i->retired_why, .marks = item_marks(cx, s->version.points),
		.seen = s->standing.seen, .waits = s->standing.waits, .refused = s->standing.refused, .mine = s->standing.mine, .said = s->standing.said,
		.is_case = str_is(i->kind, "case"), .older = s->version.version < i->version,
	};
	bool retired = str_is(i->status, "retired"), alone = i->case_id == NONE;
	v->may_change = !retired && !v->older;
	v->may_send = alone && !retired && !v->older && !s->standing.refused && s->standing.drafts;
	v->may_review = alone && !retired && !v->older && s->standing.waits && !s->standing.mine && !s->standing.said;
	item_choices(cx, item_kinds, NULL, &v->kinds, &v->n_kinds);
}

static struct str texts_json(struct ctx *cx, const struct shown *s)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, ITEM_JSON_MAX);
	jw_open(&j, '[');
	for (size_t i = 0; i < s->n_texts; i++) {
		jw_open(&j, '{');
		jw_key(&j, "lang");
		jw_str(&j, s->texts[i].lang);
		jw_key(&j, "base");
		jw_bool(&j, s->texts[i].base);
		jw_key(&j, "asked");
		jw_raw(&j, s->texts[i].asked);
		jw_key(&j, "feedback");
		jw_raw(&j, s->texts[i].feedback);
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	return b.full ? STR_NONE : buf_get(&b);
}

static struct str parts_json(struct ctx *cx, const struct item_page *v)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, ITEM_JSON_MAX);
	jw_open(&j, '[');
	for (size_t i = 0; i < v->n_parts; i++)
		jw_id(&j, v->parts[i].id);
	jw_close(&j, ']');
	return buf_get(&b);
}

static void put_row(struct ctx *cx, const struct shown *s, const struct item_page *v, struct answer *a)
{
	struct item_out *r = ARENA_NEW(cx->arena, struct item_out);
	*r = (struct item_out){
		.id = v->id, .version = v->version, .live_version = v->live_version, .competency_id = s->item.competency_id, .level = v->level, .steps = v->steps,
		.exposure = v->exposure, .accepted = v->n_accepted, .code = v->code, .kind = v->kind, .status = v->status, .bloom = v->bloom, .source = v->source,
		.seen = v->seen, .texts = texts_json(cx, s), .answer_key = s->version.answer_key, .parts = parts_json(cx, v), .points = s->version.points,
	};
	ANSWER_ROW(a, r);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct item_page *v = ARENA_NEW(cx->arena, struct item_page);
	struct shown s = { 0 };
	(void)state;
	TRY(read_item(cx, in, &s));
	put_facts(cx, &s, v);
	TRY(put_question(cx, &s, v));
	put_langs(cx, &s, v);
	put_reviews(cx, &s, v);
	TRY(put_enemies(cx, v));
	if (v->is_case)
		TRY(put_parts(cx, v, s.texts[s.text].lang));
	TRY(access_may(cx, MAY_ITEM_KEEP, SCOPE_ORG, in->org_id, &v->keeps));
	v->may_retire = v->keeps && v->case_id == NONE && !str_is(v->status, "retired");
	v->may_return = v->keeps && v->case_id == NONE && str_is(v->status, "retired");
	put_row(cx, &s, v, a);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->code;
	a->quiz = true;
	return OK;
}

/* ── its history ── */

/* What differs between a version and the one before, in words. */
static struct str difference(struct ctx *cx, const struct item_history_row *was, size_t n_was, const struct item_history_row *is, size_t n_is)
{
	struct buf b;
	buf_init(&b, cx->arena, 2000);
	if (!str_eq(was->answer_key, is->answer_key))
		buf_str(&b, str_of(tr(cx->lang, N_("what is right"))));
	if (was->points != is->points)
		buf_fmt(&b, "%s%s", b.n ? ", " : "", tr(cx->lang, N_("marks")));
	if (was->picture_bytes != is->picture_bytes)
		buf_fmt(&b, "%s%s", b.n ? ", " : "", tr(cx->lang, N_("picture")));
	for (size_t i = 0; i < n_is; i++) {
		bool same = false;
		for (size_t k = 0; k < n_was; k++)
			same |= str_eq(was[k].lang, is[i].lang) && str_eq(was[k].asked, is[i].asked) && str_eq(was[k].feedback, is[i].feedback);
		if (!same)
			buf_fmt(&b, "%s%s", b.n ? ", " : "", fmt_language(cx, is[i].lang).p);
	}
	for (size_t k = 0; k < n_was; k++) {
		bool there = false;
		for (size_t i = 0; i < n_is; i++)
			there |= str_eq(was[k].lang, is[i].lang);
		if (!there)
			buf_fmt(&b, "%s%.*s", b.n ? ", " : "",
				STR_ARG(msg_text(cx, N_("without {language}"), 1, (struct msg_arg[]){ { "language", fmt_language(cx, was[k].lang) } })));
	}
	return buf_get(&b);
}

static void put_version_reviews(struct ctx *cx, const struct item_reviews_of_row *r, size_t n, struct item_version_view *v)
{
	for (size_t i = 0; i < n; i++)
		if (r[i].version == v->version)
			*ARENA_PUSH(cx->arena, v->reviews, v->n_reviews) = (struct item_review_view){ r[i].at, r[i].reviewer, r[i].note, r[i].accepted };
}

static const struct field version_out[] = {
	FIELD(item_version_view, version, F_INT), FIELD(item_version_view, made_at, F_TIME), FIELD(item_version_view, writer, F_TEXT, .personal = true),
	FIELD(item_version_view, why, F_TEXT),	  FIELD(item_version_view, changed, F_TEXT), FIELD(item_version_view, live, F_BOOL), FIELD_END,
};

static enum err versions_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct item_versions_page *v = ARENA_NEW(cx->arena, struct item_versions_page);
	struct item_one_row item;
	struct item_history_row *r;
	struct item_reviews_of_row *reviews;
	size_t n, n_reviews;
	(void)state;
	TRY(item_one(cx, in->org_id, in->item_id, &item));
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(item_sql_history(cx, in->item_id, &r, &n));
	TRY(item_sql_reviews_of(cx, in->item_id, &reviews, &n_reviews));
	v->org_id = in->org_id;
	v->id = in->item_id;
	v->code = item.code;
	for (size_t i = 0, k, m; i < n; i = k) {
		for (k = i; k < n && r[k].version == r[i].version;)
			k++;
		for (m = k; m < n && r[m].version == r[k].version;)
			m++;
		struct item_version_view *x = ARENA_PUSH(cx->arena, v->versions, v->n_versions);
		*x = (struct item_version_view){ .org_id = in->org_id, .item_id = in->item_id, .version = r[i].version, .made_at = r[i].made_at, .writer = r[i].writer,
						 .why = r[i].why, .live = r[i].version == item.live_version };
		if (k < n)
			x->changed = difference(cx, &r[k], m - k, &r[i], k - i);
		put_version_reviews(cx, reviews, n_reviews, x);
	}
	ANSWER_ROWS(a, v->versions, v->n_versions);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Versions"));
	return OK;
}

static const struct field picture_in[] = { FIELD(one_in, org_id, F_ID, .must = true), FIELD(one_in, item_id, F_ID, .must = true),
					   FIELD(one_in, version, F_INT, .must = true, .min = 1, .max = 1000000), FIELD_END };

static enum err picture_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct item_one_row item;
	struct item_picture_row row;
	bool found = false;
	(void)state;
	TRY(item_one(cx, in->org_id, in->item_id, &item));
	TRY(item_sql_picture(cx, in->item_id, in->version, &row, &found));
	if (!found || !row.picture.n)
		return fail(cx, ERR_NOT_FOUND, "version", N_("This version has no picture."));
	a->type = str_is(row.picture_type, "image/png") ? "image/png" : "image/jpeg";
	a->bytes = row.picture;
	return OK;
}

#define ALL "/orgs/{org_id}/items"
#define ONE ALL "/{item_id}"
const struct action item_actions[] = {
	{ .name = "item.banks", .method = GET, .page = "/items", .api = "/api/v1/items", .may = MAY_ITEM_WRITE, .out = bank_out, .out_list = true,
	  .run = banks_run, .html = item_banks_view, .summary = "The item banks that one writes for." },
	{ .name = "item.page", .method = GET, .page = ALL, .api = "/api/v1" ALL, .may = MAY_ITEM_WRITE, .scope = SCOPE_ORG, .in = list_in,
	  .in_size = sizeof(struct list_in), .out = line_out, .out_list = true, .run = list_run, .html = items_view,
	  .summary = "The items of an organisation's bank, by competency, level, status, kind and words." },
	{ .name = "item.show", .method = GET, .page = ONE, .api = "/api/v1" ONE, .may = MAY_ITEM_WRITE, .scope = SCOPE_ORG, .in = one_in,
	  .in_size = sizeof(struct one_in), .out = item_out, .run = show_run, .html = item_view,
	  .summary = "An item: as a taker sees it, what is right, and how it stands with its reviewers." },
	{ .name = "item.versions", .method = GET, .page = ONE "/versions", .api = "/api/v1" ONE "/versions", .may = MAY_ITEM_WRITE, .scope = SCOPE_ORG,
	  .in = one_in, .in_size = sizeof(struct one_in), .out = version_out, .out_list = true, .run = versions_run, .html = item_versions_view,
	  .summary = "All versions of an item, what changed in each, and what reviewers said." },
	{ .name = "item.picture", .method = GET, .page = ONE "/versions/{version}/picture", .may = MAY_ITEM_WRITE, .scope = SCOPE_ORG, .in = picture_in,
	  .in_size = sizeof(struct one_in), .run = picture_run, .summary = "The picture of a version of an item." },
	ACTION_END,
};
