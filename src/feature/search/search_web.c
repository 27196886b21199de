/* The catalogue: one list with facets and counts, with or without a query. */
#include "catalogue_html.h"
#include "feature/person/person.h"
#include "feature/search/search.h"
#include "feature/search/search_page.h"
#include "web/action.h"
#include "web/lang.h"

#include <stdlib.h>

enum { PAGE_CARDS = 24 };

struct catalogue_in {
	struct str q;
	struct strs kind, lang, provider;
	int64_t page;
};
static const struct field catalogue_in[] = {
	FIELD(catalogue_in, q, F_TEXT, .max = 200),
	FIELD(catalogue_in, kind, F_TEXTS),
	FIELD(catalogue_in, lang, F_TEXTS),
	FIELD(catalogue_in, provider, F_TEXTS),
	FIELD(catalogue_in, page, F_INT, .min = 1, .max = 1000),
	FIELD_END,
};

/* A row of the API; the page's cards hold the same. */
static const struct field card_fields[] = {
	FIELD(card, id, F_ID),	       FIELD(card, title, F_TEXT),   FIELD(card, summary, F_TEXT), FIELD(card, lang, F_TEXT),	FIELD(card, provider, F_TEXT),
	FIELD(card, kind, F_CHOICE),   FIELD(card, state, F_TEXT),   FIELD(card, ms, F_INT),	   FIELD(card, bytes, F_INT),	FIELD(card, percent, F_INT),
	FIELD(card, stars_tenths, F_INT), FIELD(card, ratings, F_INT), FIELD_END,
};

static struct card card_of(const struct search_catalogue_row *r)
{
	return (struct card){
		.id = r->id,
		.ms = r->ms,
		.bytes = r->bytes,
		.percent = r->n_resources && r->resources_done != NONE ? r->resources_done * 100 / r->n_resources : 0,
		.stars_tenths = r->ratings ? (r->stars * 10 + r->ratings / 2) / r->ratings : NONE,
		.ratings = r->ratings,
		.title = r->title,
		.summary = r->summary,
		.lang = r->lang,
		.provider = r->provider,
		.kind = r->ministry ? S("ministry") : r->role ? S("role") : r->common ? S("common") : S("self"),
		.state = r->enrolment,
	};
}

/* ── choosing ── */

static bool among(const struct strs *chosen, struct str v)
{
	for (size_t i = 0; i < chosen->n; i++)
		if (str_eq(chosen->v[i], v))
			return true;
	return chosen->n == 0;
}

/* A facet counts what its own choice leaves out of account, so that the other values stay reachable. */
static bool passes(const struct catalogue_in *in, const struct card *c, int but)
{
	return (but == 0 || among(&in->kind, c->kind)) && (but == 1 || among(&in->lang, c->lang)) && (but == 2 || among(&in->provider, c->provider));
}

static struct facet *facet_of(struct ctx *cx, struct facet **list, size_t *n, struct str value)
{
	for (size_t i = 0; i < *n; i++)
		if (str_eq((*list)[i].value, value))
			return &(*list)[i];
	struct facet *f = ARENA_PUSH(cx->arena, *list, *n);
	f->value = value;
	f->label = value;
	return f;
}

static int by_count(const void *a, const void *b)
{
	const struct facet *x = a, *y = b;
	return x->n != y->n ? (x->n < y->n ? 1 : -1) : str_cmp(x->value, y->value);
}

static void label_kinds(struct ctx *cx, struct catalogue_page *v)
{
	static const struct choice kinds[] = {
		{ "common", N_("Common") }, { "role", N_("For your role") }, { "ministry", N_("Ministry plan") }, { "self", N_("Your choice") }
	};
	for (size_t k = 0; k < 4; k++)
		facet_of(cx, &v->kinds, &v->n_kinds, str_of(kinds[k].value))->label = str_of(tr(cx->lang, kinds[k].label));
}

static void count_facets(struct ctx *cx, const struct catalogue_in *in, const struct card *cards, size_t n, struct catalogue_page *v)
{
	label_kinds(cx, v);
	for (size_t i = 0; i < n; i++) {
		if (passes(in, &cards[i], 0))
			facet_of(cx, &v->kinds, &v->n_kinds, cards[i].kind)->n++;
		if (passes(in, &cards[i], 1))
			facet_of(cx, &v->langs, &v->n_langs, cards[i].lang)->n++;
		if (passes(in, &cards[i], 2))
			facet_of(cx, &v->providers, &v->n_providers, cards[i].provider)->n++;
	}
	for (size_t i = 0; i < v->n_langs; i++)
		v->langs[i].label = fmt_language(cx, v->langs[i].value);
	if (v->n_providers)
		qsort(v->providers, v->n_providers, sizeof *v->providers, by_count);
	struct {
		struct facet *list;
		size_t n;
		const struct strs *chosen;
	} all[] = { { v->kinds, v->n_kinds, &in->kind }, { v->langs, v->n_langs, &in->lang }, { v->providers, v->n_providers, &in->provider } };
	for (size_t k = 0; k < 3; k++)
		for (size_t i = 0; i < all[k].n; i++) {
			all[k].list[i].chosen = all[k].chosen->n && among(all[k].chosen, all[k].list[i].value);
			v->n_chosen += all[k].list[i].chosen;
		}
}

/* ── order ── */

static int by_id(const void *a, const void *b)
{
	const struct hit *x = a, *y = b;
	return (x->course_id > y->course_id) - (x->course_id < y->course_id);
}

static double score_of(const struct hit *hits, size_t n, int64_t id)
{
	const struct hit key = { .course_id = id }, *h = n ? bsearch(&key, hits, n, sizeof key, by_id) : NULL;
	return h ? h->score : -1;
}

struct scored {
	struct card card;
	double score;
};

static int by_score(const void *a, const void *b)
{
	const struct scored *x = a, *y = b;
	if (x->score != y->score)
		return x->score < y->score ? 1 : -1;
	int c = str_cmp(x->card.title, y->card.title);
	return c ? c : (x->card.id > y->card.id) - (x->card.id < y->card.id);
}

/* The cards that the query leaves, best first; without a query all, by title. */
static enum err cards_for(struct ctx *cx, struct str query, struct card **ret, size_t *ret_n, struct str *ret_corrected)
{
	struct search_catalogue_row *rows;
	struct search_found found;
	size_t n_rows, n = 0;
	TRY(search_courses(cx, query, &found));
	TRY(search_sql_catalogue(cx, cx->actor.person_id, person_today(cx), &rows, &n_rows));
	if (found.n)
		qsort(found.hits, found.n, sizeof *found.hits, by_id);
	*ret_corrected = found.corrected;
	struct scored *s = ARENA_ARRAY(cx->arena, struct scored, n_rows);
	for (size_t i = 0; i < n_rows; i++) {
		double score = found.n_words ? score_of(found.hits, found.n, rows[i].id) : 0;
		if (score >= 0)
			s[n++] = (struct scored){ card_of(&rows[i]), score };
	}
	if (n && found.n_words)
		qsort(s, n, sizeof *s, by_score);
	*ret = ARENA_ARRAY(cx->arena, struct card, n);
	for (size_t i = 0; i < n; i++)
		(*ret)[i] = s[i].card;
	*ret_n = n;
	return OK;
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
	add_texts(&b, "kind", &in->kind);
	add_texts(&b, "lang", &in->lang);
	add_texts(&b, "provider", &in->provider);
	return buf_get(&b);
}

static enum err catalogue_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct catalogue_in *in = input;
	struct catalogue_page *v = ARENA_NEW(cx->arena, struct catalogue_page);
	struct card *all;
	size_t n_all, kept = 0;
	(void)state;
	TRY(cards_for(cx, in->q, &all, &n_all, &v->corrected));
	count_facets(cx, in, all, n_all, v);
	for (size_t i = 0; i < n_all; i++)
		if (passes(in, &all[i], -1))
			all[kept++] = all[i];
	int64_t page = in->page == NONE ? 1 : in->page;
	size_t from = (size_t)(page - 1) * PAGE_CARDS;
	v->query = in->q;
	v->total = (int64_t)kept;
	v->cards = from < kept ? all + from : NULL;
	v->n_cards = from >= kept ? 0 : kept - from < PAGE_CARDS ? kept - from : PAGE_CARDS;
	v->previous = page > 1 ? page_address(cx, in, page - 1) : STR_NONE;
	v->next = from + PAGE_CARDS < kept ? page_address(cx, in, page + 1) : STR_NONE;
	a->next = v->next.p ? str_fmt(cx->arena, "%lld", (long long)page + 1) : STR_NONE;
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
