/* The catalogue: one list with facets and counts, with or without a query. */
#include "catalogue_html.h"
#include "feature/person/person.h"
#include "feature/search/facets.h"
#include "feature/search/search.h"
#include "feature/search/search_page.h"
#include "web/action.h"
#include "web/lang.h"

#include <stdlib.h>

enum { PAGE_CARDS = 24 };

struct catalogue_in {
	struct str q;
	struct strs kind, topic, length, lang, provider;
	int64_t page;
};
static const struct field catalogue_in[] = {
	FIELD(catalogue_in, q, F_TEXT, .max = 200),
	FIELD(catalogue_in, kind, F_TEXTS),
	FIELD(catalogue_in, topic, F_TEXTS),
	FIELD(catalogue_in, length, F_TEXTS),
	FIELD(catalogue_in, lang, F_TEXTS),
	FIELD(catalogue_in, provider, F_TEXTS),
	FIELD(catalogue_in, page, F_INT, .min = 1, .max = 10000),
	FIELD_END,
};

/* A row of the API; the page's cards hold the same. */
static const struct field card_fields[] = {
	FIELD(card, id, F_ID),	       FIELD(card, title, F_TEXT),   FIELD(card, summary, F_TEXT), FIELD(card, lang, F_TEXT),	FIELD(card, provider, F_TEXT),
	FIELD(card, kind, F_CHOICE),   FIELD(card, state, F_TEXT),   FIELD(card, ms, F_INT),	   FIELD(card, bytes, F_INT),	FIELD(card, percent, F_INT),
	FIELD(card, stars_tenths, F_INT), FIELD(card, ratings, F_INT), FIELD_END,
};

/* ── what is found ── */

struct kinds {
	const struct catalogue *c;
	enum course_kind *of; /* courses by their places; a later kind counts more */
	size_t at;
};

static enum err kind_row(struct ctx *cx, void *arg, const void *row)
{
	const struct search_kinds_row *r = row;
	struct kinds *k = arg;
	(void)cx;
	size_t at = catalogue_place(k->c, k->at, r->course_id);
	if (at == k->c->n)
		return OK;
	k->at = at;
	for (enum course_kind kind = KIND_COMMON; kind < KINDS; kind++)
		if (str_is(r->kind, course_kinds[kind]) && kind > k->of[at])
			k->of[at] = kind;
	return OK;
}

static int by_score(const void *a, const void *b)
{
	const struct found_course *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	return (x->rank > y->rank) - (x->rank < y->rank);
}

/* Puts the best `first` in order before all others, whose order stays open (Hoare's selection, 1961): of thousands one page is shown. */
static void sort_first(struct found_course *v, size_t n, size_t first)
{
	size_t left = n, want = first < n ? first : n;
	while (left > 2 * want && left > PAGE_CARDS) {
		struct found_course pivot = v[left / 2];
		size_t i = 0, k = left - 1;
		for (;; i++, k--) {
			while (by_score(&v[i], &pivot) < 0)
				i++;
			while (by_score(&v[k], &pivot) > 0)
				k--;
			if (i >= k)
				break;
			struct found_course t = v[i];
			v[i] = v[k];
			v[k] = t;
		}
		if (k + 1 < want)
			break;
		left = k + 1;
	}
	if (left)
		qsort(v, left, sizeof *v, by_score);
}

/* What the query leaves, in no order; without a query all, by title. */
static enum err found_by(struct ctx *cx, struct catalogue *c, struct str query, struct found_course **ret, size_t *ret_n, struct catalogue_page *v)
{
	struct search_found found;
	struct kinds kinds = { c, ARENA_ARRAY(cx->arena, enum course_kind, c->n + 1), 0 };
	TRY(search_courses(cx, c, query, &found));
	TRY(search_sql_kinds(cx, cx->actor.person_id, person_today(cx), kind_row, &kinds));
	size_t n = found.n_words ? found.hits.n : c->n;
	struct found_course *f = ARENA_ARRAY(cx->arena, struct found_course, n + 1);
	for (size_t i = 0; i < n; i++) {
		uint32_t at = found.n_words ? found.hits.v[i].at : c->by_title[i];
		f[i] = (struct found_course){ at, c->v[at].rank, kinds.of[at], found.n_words ? (double)found.hits.v[i].score : 0 };
	}
	v->corrected = found.corrected;
	*ret = f;
	*ret_n = n;
	return OK;
}

static struct str own(struct ctx *cx, struct str s)
{
	return str_fmt(cx->arena, "%.*s", STR_ARG(s));
}

static void card_says(struct card *k, const struct search_cards_row *r, int64_t n_resources)
{
	k->summary = r->summary;
	k->state = r->enrolment;
	k->percent = n_resources && r->resources_done != NONE ? r->resources_done * 100 / n_resources : 0;
	k->stars_tenths = r->ratings ? (r->stars * 10 + r->ratings / 2) / r->ratings : NONE;
	k->ratings = r->ratings;
}

/* The cards of a page; their texts are the request's. */
static enum err cards_of(struct ctx *cx, const struct catalogue *c, const struct found_course *f, size_t n, struct catalogue_page *v)
{
	struct search_cards_row *rows;
	int64_t id[PAGE_CARDS];
	size_t n_rows;
	for (size_t i = 0; i < PAGE_CARDS; i++)
		id[i] = i < n ? c->v[f[i].at].id : NONE;
	TRY(search_sql_cards(cx, cx->actor.person_id, id[0], id[1], id[2], id[3], id[4], id[5], id[6], id[7], id[8], id[9], id[10], id[11], id[12], id[13], id[14], id[15],
			     id[16], id[17], id[18], id[19], id[20], id[21], id[22], id[23], &rows, &n_rows));
	v->cards = ARENA_ARRAY(cx->arena, struct card, PAGE_CARDS);
	v->n_cards = n;
	for (size_t i = 0; i < n; i++) {
		const struct catalogue_course *k = &c->v[f[i].at];
		v->cards[i] = (struct card){ .id = k->id, .ms = k->ms, .bytes = k->bytes, .title = own(cx, k->title), .lang = own(cx, c->langs.v[k->lang]),
					     .provider = own(cx, c->providers.v[k->provider]), .kind = str_of(course_kinds[f[i].kind]) };
		for (size_t m = 0; m < n_rows; m++)
			if (rows[m].id == k->id)
				card_says(&v->cards[i], &rows[m], k->n_resources);
	}
	return OK;
}

static void label_facets(struct ctx *cx, struct catalogue_page *v)
{
	static const struct choice words[] = {
		{ "common", N_("Common") }, { "role", N_("For your role") }, { "ministry", N_("Ministry plan") }, { "self", N_("Your choice") },
		{ "30", N_("Under half an hour") }, { "60", N_("Half an hour to one hour") }, { "120", N_("One to two hours") }, { "more", N_("Two hours and more") },
	};
	static const struct choice groups[FACETS] = { [BY_KIND] = { "kind", N_("Kind") }, [BY_TOPIC] = { "topic", N_("Topic") }, [BY_LENGTH] = { "length", N_("Length") },
						      [BY_LANG] = { "lang", N_("Language") }, [BY_PROVIDER] = { "provider", N_("Provider") } };
	for (size_t k = 0; k < FACETS; k++) {
		struct facet_group *g = &v->groups[k];
		g->name = str_of(groups[k].value);
		g->legend = str_of(tr(cx->lang, groups[k].label));
		v->n_chosen += g->n_chosen;
		for (size_t i = 0; i < g->n_values; i++) {
			struct facet *f = &g->values[i];
			f->label = k == BY_LANG ? fmt_language(cx, f->value) : f->value;
			for (size_t w = 0; (k == BY_KIND || k == BY_LENGTH) && w < sizeof words / sizeof *words; w++)
				if (str_is(f->value, words[w].value))
					f->label = str_of(tr(cx->lang, words[w].label));
		}
	}
}

/* ── addresses ── */

static void add_texts(struct buf *b, const char *name, const struct strs *s)
{
	struct html_out o = { .b = *b };
	for (size_t i = 0; i < s->n; i++) {
		buf_fmt(&o.b, "&%s=", name);
		html_url_part(&o, s->v[i]);
	}
	*b = o.b;
}

static struct str page_address(struct ctx *cx, const struct catalogue_in *in, int64_t page)
{
	struct buf b;
	buf_init(&b, cx->arena, 8000);
	buf_fmt(&b, "/courses?page=%lld", (long long)page);
	const struct strs q = { (struct str *)(uintptr_t)&in->q, in->q.n > 0 };
	add_texts(&b, "q", &q);
	for (const struct field *f = catalogue_in; f->name; f++)
		if (f->kind == F_TEXTS)
			add_texts(&b, f->name, (const struct strs *)((const char *)in + f->offset));
	return buf_get(&b);
}

static enum err show_page(struct ctx *cx, struct catalogue *c, const struct catalogue_in *in, struct catalogue_page *v)
{
	const struct strs *const chosen[FACETS] = { [BY_KIND] = &in->kind, [BY_TOPIC] = &in->topic, [BY_LENGTH] = &in->length, [BY_LANG] = &in->lang,
						    [BY_PROVIDER] = &in->provider };
	struct found_course *f;
	size_t n;
	TRY(found_by(cx, c, in->q, &f, &n, v));
	v->groups = ARENA_ARRAY(cx->arena, struct facet_group, FACETS);
	v->n_groups = FACETS;
	n = facets_choose(cx, c, chosen, f, n, v->groups);
	label_facets(cx, v);
	int64_t page = in->page == NONE ? 1 : in->page;
	size_t from = (size_t)(page - 1) * PAGE_CARDS;
	if (in->q.n)
		sort_first(f, n, from + PAGE_CARDS);
	v->query = in->q;
	v->total = (int64_t)n;
	v->previous = page > 1 ? page_address(cx, in, page - 1) : STR_NONE;
	v->next = from + PAGE_CARDS < n ? page_address(cx, in, page + 1) : STR_NONE;
	return from < n ? cards_of(cx, c, f + from, n - from < PAGE_CARDS ? n - from : PAGE_CARDS, v) : OK;
}

static enum err catalogue_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct catalogue_in *in = input;
	struct catalogue_page *v = ARENA_NEW(cx->arena, struct catalogue_page);
	struct catalogue *c;
	(void)state;
	TRY(catalogue_hold(cx, &c));
	enum err e = show_page(cx, c, in, v);
	catalogue_release(cx, c);
	TRY(e);
	a->next = v->next.p ? str_fmt(cx->arena, "%lld", (long long)(in->page == NONE ? 1 : in->page) + 1) : STR_NONE;
	a->view = v;
	a->nav = NAV_LEARN;
	ANSWER_ROWS(a, v->cards, v->n_cards);
	ANSWER_TITLE(cx, a, N_("Courses"));
	return OK;
}

const struct action search_actions[] = {
	{ .name = "search.courses", .method = GET, .page = "/courses", .api = "/api/v1/courses", .may = MAY_LEARN, .in = catalogue_in,
	  .in_size = sizeof(struct catalogue_in), .out = card_fields, .out_list = true, .run = catalogue_run, .html = catalogue_view,
	  .summary = "The catalogue: all live courses, with query, facets and pages." },
	ACTION_END,
};
