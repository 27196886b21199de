/* The catalogue: one list with facets and counts, with or without a query. */
#include "catalogue_html.h"
#include "feature/person/person.h"
#include "feature/search/facets.h"
#include "feature/search/search.h"
#include "feature/search/search_page.h"
#include "web/action.h"
#include "web/lang.h"

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
	enum course_kind *of; /* courses by their places */
	size_t at;
};

static enum err kind_row(struct ctx *cx, void *arg, const void *row)
{
	const struct search_kinds_row *r = row;
	struct kinds *k = arg;
	(void)cx;
	if (!catalogue_find(k->c, &k->at, r->course_id))
		return OK;
	enum course_kind *of = &k->of[k->at];
	for (enum course_kind kind = KIND_COMMON; kind < KIND_SELF; kind++)
		if (str_is(r->kind, course_kinds[kind]) && (*of == KIND_SELF || kind > *of))
			*of = kind;
	return OK;
}

static enum err kinds_of(struct ctx *cx, const struct catalogue *c, enum course_kind **ret)
{
	struct kinds k = { c, ARENA_ARRAY(cx->arena, enum course_kind, c->n + 1), 0 };
	for (size_t i = 0; i < c->n; i++)
		k.of[i] = KIND_SELF;
	*ret = k.of;
	return search_sql_kinds(cx, cx->actor.person_id, person_today(cx), kind_row, &k);
}

/* What the query leaves, in no order; without a query all, by title. */
static enum err found_by(struct ctx *cx, struct catalogue *c, struct str query, struct hit **ret, size_t *ret_n, struct catalogue_page *v)
{
	struct search_found found;
	TRY(search_courses(cx, c, query, &found));
	*ret_n = found.n_words ? found.hits.n : c->n;
	*ret = ARENA_ARRAY(cx->arena, struct hit, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = found.n_words ? found.hits.v[i] : (struct hit){ c->by_title[i], 0 };
	v->corrected = found.corrected;
	return OK;
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
static enum err cards_of(struct ctx *cx, const struct catalogue *c, const enum course_kind *kinds, const struct hit *f, size_t n, struct catalogue_page *v)
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
		v->cards[i] = (struct card){ .id = k->id, .ms = k->ms, .bytes = k->bytes, .title = str_dup(cx->arena, k->title), .lang = str_dup(cx->arena, c->langs.v[k->lang]),
					     .provider = str_dup(cx->arena, c->providers.v[k->provider]), .kind = str_of(course_kinds[kinds[f[i].at]]) };
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
			f->lang = k == BY_LANG ? f->value : STR_NONE;
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
	enum course_kind *kinds;
	struct hit *f;
	size_t n;
	TRY(found_by(cx, c, in->q, &f, &n, v));
	TRY(kinds_of(cx, c, &kinds));
	v->groups = ARENA_ARRAY(cx->arena, struct facet_group, FACETS);
	v->n_groups = FACETS;
	n = facets_choose(cx, c, kinds, chosen, f, n, v->groups);
	label_facets(cx, v);
	int64_t page = in->page == NONE ? 1 : in->page;
	size_t from = (size_t)(page - 1) * PAGE_CARDS;
	if (in->q.n)
		catalogue_order(c, f, n, from + PAGE_CARDS);
	v->query = in->q;
	v->total = (int64_t)n;
	v->previous = page > 1 ? page_address(cx, in, page - 1) : STR_NONE;
	v->next = from + PAGE_CARDS < n ? page_address(cx, in, page + 1) : STR_NONE;
	return from < n ? cards_of(cx, c, kinds, f + from, n - from < PAGE_CARDS ? n - from : PAGE_CARDS, v) : OK;
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
