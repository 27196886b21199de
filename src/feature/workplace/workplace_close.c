/* Closing a round: how strict raters are, what counts, what is shown; see workplace.h.
 *
 * Where to go on: "raters PLACE" through the raters, "people PERSON" through those who are assessed. Nothing is answered any more, so that the estimate, made
 * anew outside each step that needs it, is the same each time. */
#include "feature/person/person.h"
#include "feature/proficiency/proficiency.h"
#include "feature/workplace/strictness.h"
#include "feature/workplace/workplace.h"

#include <math.h>
#include <stdlib.h>

enum { RATERS_A_STEP = 10000, SAID_MAX = 200 };
/* Bands of strictness, in thousandths of a level on a scale of three. */
enum { BAND_LITTLE = 150, BAND_MUCH = 400 };

/* ── all that was said ── */

enum { PARTS = 6 }; /* three kinds of raters, three groups of those assessed */
static const struct {
	const char *part, *code;
} parts[PARTS] = { { "kind", "supervisor" }, { "kind", "peer" }, { "kind", "subordinate" }, { "group", "A" }, { "group", "B" }, { "group", "C" } };

struct figure {
	int64_t n_forms, n_complete, n_raters, n_corrected, n_people, n_ratings, said, counted, band[5], last_person;
};
struct said {
	int64_t rater_id, ratee_id, value;
	unsigned parts; /* bits */
};
struct closing {
	int64_t round_id, at;
	bool people; /* the second part of the way */
	struct strict_rater *raters;
	size_t n, total, n_corrected;
	int64_t sd_rater, sd_cell, sd_error;
	struct figure figures[PARTS];
};
struct reading {
	struct arena *arena; /* that of cx goes back after each row */
	struct rating *ratings;
	struct said *said;
	size_t n, cap;
	int64_t round_id;
	struct figure *figures;
};

static unsigned parts_of(struct str kind, struct str group)
{
	unsigned bits = 0;
	for (unsigned i = 0; i < PARTS; i++)
		if (str_is(i < 3 ? kind : group, parts[i].code))
			bits |= 1u << i;
	return bits;
}

static void make_room(struct reading *r)
{
	if (r->n < r->cap)
		return;
	struct rating *ratings = r->ratings;
	struct said *said = r->said;
	r->cap = r->cap ? 2 * r->cap : 4096;
	r->ratings = ARENA_ARRAY(r->arena, struct rating, r->cap);
	r->said = ARENA_ARRAY(r->arena, struct said, r->cap);
	if (!r->n)
		return;
	memcpy(r->ratings, ratings, r->n * sizeof *ratings);
	memcpy(r->said, said, r->n * sizeof *said);
}

static enum rating_kind rating_kind_of(struct str kind)
{
	return str_is(kind, "supervisor") ? RATING_supervisor : str_is(kind, "peer") ? RATING_peer : RATING_subordinate;
}

static enum err read_rating(struct ctx *cx, void *arg, const void *row)
{
	const struct workplace_ratings_row *w = row;
	struct reading *r = arg;
	int64_t value = strictness_scaled(w->value, w->n_levels);
	(void)cx;
	make_room(r);
	r->ratings[r->n] = (struct rating){ w->rater_id, w->ratee_id, w->competency_id, rating_kind_of(w->kind), value };
	r->said[r->n++] = (struct said){ w->rater_id, w->ratee_id, value, parts_of(w->kind, w->cadre_group) };
	return OK;
}

static enum err read_form(struct ctx *cx, void *arg, const void *row)
{
	const struct workplace_asked_of_row *w = row;
	struct figure *f = arg;
	unsigned bits = parts_of(w->kind, w->cadre_group);
	(void)cx;
	for (unsigned i = 0; i < PARTS; i++)
		if (bits >> i & 1 && !str_is(w->kind, "self")) {
			f[i].n_forms++;
			f[i].n_complete += w->complete;
		}
	return OK;
}

/* ── figures of fairness ── */

static void add_rater(struct figure *f, const struct strict_rater *r)
{
	f->n_raters++;
	f->n_corrected += r->enough;
	if (!r->enough)
		return;
	int band = r->strictness >= BAND_MUCH ? 0 : r->strictness >= BAND_LITTLE ? 1 : 2;
	if (r->strictness <= -BAND_LITTLE)
		band = r->strictness <= -BAND_MUCH ? 4 : 3;
	f->band[band]++;
}

/* What was said stands by person, so that people are counted as they change. */
static void sum_up(struct arena *a, const struct reading *r, const struct strictness *s, struct figure *f)
{
	unsigned *of_rater = ARENA_ARRAY(a, unsigned, s->n);
	for (size_t i = 0; i < r->n; i++) {
		const struct said *k = &r->said[i];
		const struct strict_rater *rater = strictness_find(s, k->rater_id);
		of_rater[rater - s->v] |= k->parts;
		for (unsigned p = 0; p < PARTS; p++) {
			if (!(k->parts >> p & 1))
				continue;
			f[p].n_ratings++;
			f[p].said += k->value;
			f[p].counted += strictness_removed(k->value, rater->strictness, 3);
			f[p].n_people += f[p].last_person != k->ratee_id;
			f[p].last_person = k->ratee_id;
		}
	}
	for (size_t i = 0; i < s->n; i++)
		for (unsigned p = 0; p < PARTS; p++)
			if (of_rater[i] >> p & 1)
				add_rater(&f[p], &s->v[i]);
}

static enum err read_all(struct ctx *cx, void *arg)
{
	struct reading *r = arg;
	r->n = 0;
	TRY(workplace_sql_asked_of(cx, r->round_id, read_form, r->figures));
	return workplace_sql_ratings(cx, r->round_id, read_rating, r);
}

static void estimate(struct ctx *cx, struct closing *c, struct reading *r)
{
	struct strictness s = strictness_estimate(r->arena, r->ratings, r->n);
	size_t from = (size_t)c->at < s.n ? (size_t)c->at : s.n;
	c->total = s.n;
	c->n_corrected = s.n_corrected;
	c->n = s.n - from < RATERS_A_STEP ? s.n - from : RATERS_A_STEP;
	c->raters = ARENA_ARRAY(cx->arena, struct strict_rater, c->n);
	if (c->n)
		memcpy(c->raters, s.v + from, c->n * sizeof *s.v);
	c->sd_rater = llround(s.sd_rater);
	c->sd_cell = llround(s.sd_cell);
	c->sd_error = llround(s.sd_error);
	sum_up(r->arena, r, &s, c->figures);
}

/* Of a large round this takes seconds, so the lease is renewed in the middle of it. */
static enum err read_and_estimate(struct ctx *cx, struct job *j, struct closing *c)
{
	struct reading r = { .arena = arena_new(), .round_id = c->round_id, .figures = c->figures };
	enum err e = db_read(cx, read_all, &r);
	if (e == OK)
		e = job_beat(cx, j);
	if (e == OK)
		estimate(cx, c, &r);
	arena_free(r.arena);
	return e;
}

static bool read_at(const struct job *j, struct closing *c)
{
	struct str at = j->at, word;
	if (!str_int(j->input, &c->round_id))
		return false;
	if (!at.n)
		return true;
	c->people = str_cut(&at, ' ', &word) && str_is(word, "people");
	return str_int(at, &c->at);
}

enum err workplace_close_act(struct ctx *cx, struct job *j)
{
	struct closing *c = ARENA_NEW(cx->arena, struct closing);
	j->state = c;
	if (!read_at(j, c))
		return ERR_INTERNAL;
	return c->people ? OK : read_and_estimate(cx, j, c);
}

/* ── the raters ── */

static enum err put_figures(struct ctx *cx, const struct closing *c)
{
	for (unsigned i = 0; i < PARTS; i++) {
		const struct figure *f = &c->figures[i];
		TRY(workplace_sql_add_figure(cx, c->round_id, str_of(parts[i].part), str_of(parts[i].code), f->n_forms, f->n_complete, f->n_raters,
					     f->n_corrected, f->n_people, f->n_ratings, f->said, f->counted, f->band[0], f->band[1], f->band[2], f->band[3],
					     f->band[4], NULL));
	}
	return workplace_sql_set_model(cx, (int64_t)c->total, (int64_t)c->n_corrected, c->sd_rater, c->sd_cell, c->sd_error, c->round_id, NULL);
}

static enum err put_raters(struct ctx *cx, struct job *j, const struct closing *c)
{
	for (size_t i = 0; i < c->n; i++)
		TRY(workplace_sql_add_rater(cx, c->round_id, c->raters[i].rater_id, c->raters[i].n, c->raters[i].enough, c->raters[i].strictness, NULL));
	int64_t next = c->at + (int64_t)c->n;
	bool all = next >= (int64_t)c->total;
	j->at = all ? S("people 0") : str_fmt(cx->arena, "raters %lld", (long long)next);
	return all ? put_figures(cx, c) : OK;
}

/* ── the people ── */

typedef struct workplace_said_of_row said_row;

/* Answers about one competency, by kind. */
struct group {
	const said_row *v[SAID_MAX];
	size_t n;
};

static int64_t counted(const said_row *r)
{
	return strictness_removed(r->value, r->strictness, r->n_levels);
}

static enum err put_result(struct ctx *cx, int64_t round_id, int64_t person_id, const char *kind, const struct group *g)
{
	int64_t said = 0, sum = 0;
	for (size_t i = 0; i < g->n; i++) {
		said += g->v[i]->value;
		sum += counted(g->v[i]);
	}
	return workplace_sql_add_result(cx, person_id, round_id, g->v[0]->competency_id, str_of(kind), (int64_t)g->n, said, sum, NULL);
}

/* known: with the rater, since it is no secret who he is. */
static enum err put_evidence(struct ctx *cx, int64_t round_id, int64_t person_id, enum evidence_kind kind, bool known, const struct group *g)
{
	int64_t id;
	for (size_t i = 0; i < g->n; i++) {
		const said_row *r = g->v[i];
		struct evidence_add add = { .person_id = person_id,
					    .competency_id = r->competency_id,
					    .kind = kind,
					    .value = counted(r),
					    .rater_id = known ? r->rater_id : NONE,
					    .source_id = NONE,
					    .note = S(""),
					    .round_id = round_id,
					    .said = r->value };
		TRY(evidence_add(cx, &add, &id));
	}
	return OK;
}

struct person {
	int64_t round_id, person_id, evidence_of;
};

static enum err put_group(struct ctx *cx, const struct person *p, const char *name, enum evidence_kind kind, const struct group *g)
{
	if (!g->n)
		return OK;
	TRY(put_result(cx, p->round_id, p->person_id, name, g));
	return put_evidence(cx, p->round_id, p->evidence_of, kind, kind == EVIDENCE_self || kind == EVIDENCE_supervisor, g);
}

/* Never both a group and a larger one that holds it, nor two weights in one: from neither could a part be told by subtraction. */
static enum err put_colleagues(struct ctx *cx, const struct person *p, const struct group *peers, const struct group *below)
{
	struct group both = *peers;
	for (size_t i = 0; i < below->n && both.n < SAID_MAX; i++)
		both.v[both.n++] = below->v[i];
	bool peers_alone = peers->n == 0 || peers->n >= WORKPLACE_GROUP, below_alone = below->n == 0 || below->n >= WORKPLACE_GROUP;
	if (peers_alone && below_alone) {
		TRY(put_group(cx, p, "peer", EVIDENCE_peer, peers));
		return put_group(cx, p, "subordinate", EVIDENCE_subordinate, below);
	}
	if (both.n >= WORKPLACE_GROUP)
		return put_group(cx, p, "colleague", EVIDENCE_peer, &both);
	return workplace_sql_add_result(cx, p->person_id, p->round_id, both.v[0]->competency_id, S("dropped"), 0, 0, 0, NULL);
}

static enum err put_competency(struct ctx *cx, const struct person *p, const said_row *rows, size_t n)
{
	struct group *of = ARENA_ARRAY(cx->arena, struct group, RATER_KINDS);
	for (size_t i = 0; i < n; i++)
		for (int k = 0; k < RATER_KINDS; k++)
			if (str_is(rows[i].kind, rater_kinds[k]))
				of[k].v[of[k].n++] = &rows[i];
	TRY(put_group(cx, p, "self", EVIDENCE_self, &of[RATER_self]));
	TRY(put_group(cx, p, "supervisor", EVIDENCE_supervisor, &of[RATER_supervisor]));
	return put_colleagues(cx, p, &of[RATER_peer], &of[RATER_subordinate]);
}

static enum err put_person(struct ctx *cx, const struct person *p)
{
	said_row *rows;
	size_t n, to;
	TRY(workplace_sql_said_of(cx, p->round_id, p->person_id, person_today(cx), &rows, &n));
	for (size_t from = 0; from < n; from = to) {
		for (to = from + 1; to < n && rows[to].competency_id == rows[from].competency_id;)
			to++;
		TRY(put_competency(cx, p, rows + from, to - from));
	}
	return OK;
}

static enum err put_people(struct ctx *cx, struct job *j, const struct closing *c)
{
	struct workplace_assessed_row *rows;
	size_t n;
	TRY(workplace_sql_assessed(cx, c->round_id, c->at, &rows, &n));
	for (size_t i = 0; i < n; i++)
		TRY(put_person(cx, &(struct person){ c->round_id, rows[i].person_id, rows[i].evidence_of }));
	j->done += (int64_t)n;
	j->ended = n == 0;
	if (j->ended)
		return workplace_sql_closed(cx, cx->now, c->round_id, NULL);
	j->at = str_fmt(cx->arena, "people %lld", (long long)rows[n - 1].person_id);
	return OK;
}

enum err workplace_close_step(struct ctx *cx, struct job *j)
{
	const struct closing *c = j->state;
	struct workplace_one_row round;
	bool found = false;
	TRY(workplace_sql_one(cx, c->round_id, &round, &found));
	j->ended = !found || !str_is(round.state, "closing");
	if (j->ended)
		return OK;
	j->total = round.n_people;
	return c->people ? put_people(cx, j, c) : put_raters(cx, j, c);
}
