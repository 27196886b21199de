/* Who is asked about whom; see raters.h. */
#include "feature/workplace/raters.h"

#include <stdlib.h>

const char *const rater_kinds[RATER_KINDS] = { "self", "supervisor", "subordinate", "peer" };

/* A ring: people of one team, or of one organisation and group, by lot. */
struct place {
	uint64_t lot;
	size_t at;    /* on the list */
	int64_t ring; /* supervisor or organisation */
	char group;
};
struct rings {
	struct place *v; /* ring by ring */
	size_t n;
	size_t *of;	   /* of each on the list: its place in v; n: in no ring */
	size_t *from, *to; /* of each place: its ring, from there up to, not including */
};
struct drawing {
	struct arena *arena;
	int64_t seed;
	const struct roll *people;
	size_t n;
	struct rings teams, offices;
	int64_t *ids; /* of whoever can be asked: the list and the supervisors */
	size_t n_ids;
	unsigned char *forms; /* of each of ids */
	struct draw_of *ret;
	size_t *by_lot; /* the list in the order in which forms go out */
	size_t *next;	/* how far each has looked around its ring */
};

static uint64_t lot(int64_t seed, int64_t person)
{
	uint64_t z = (uint64_t)seed + UINT64_C(0x9e3779b97f4a7c15) * (uint64_t)person;
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

static int by_place(const void *x, const void *y)
{
	const struct place *a = x, *b = y;
	if (a->ring != b->ring)
		return a->ring < b->ring ? -1 : 1;
	if (a->group != b->group)
		return a->group < b->group ? -1 : 1;
	if (a->lot != b->lot)
		return a->lot < b->lot ? -1 : 1;
	return (a->at > b->at) - (a->at < b->at);
}

static int by_id(const void *x, const void *y)
{
	const int64_t *a = x, *b = y;
	return (*a > *b) - (*a < *b);
}

static bool same_ring(const struct place *a, const struct place *b)
{
	return a->ring == b->ring && a->group == b->group;
}

static void mark_bounds(struct arena *a, struct rings *r)
{
	r->from = ARENA_ARRAY(a, size_t, r->n);
	r->to = ARENA_ARRAY(a, size_t, r->n);
	for (size_t i = 0; i < r->n; i++)
		r->from[i] = i && same_ring(&r->v[i], &r->v[i - 1]) ? r->from[i - 1] : i;
	for (size_t i = r->n; i-- > 0;)
		r->to[i] = i + 1 < r->n && same_ring(&r->v[i], &r->v[i + 1]) ? r->to[i + 1] : i + 1;
}

static struct rings rings_of(const struct drawing *d, bool teams)
{
	struct rings r = { .v = ARENA_ARRAY(d->arena, struct place, d->n), .of = ARENA_ARRAY(d->arena, size_t, d->n) };
	for (size_t i = 0; i < d->n; i++) {
		const struct roll *p = &d->people[i];
		r.of[i] = d->n;
		if (!teams || p->supervisor_id != NONE)
			r.v[r.n++] = (struct place){ lot(d->seed, p->person_id), i, teams ? p->supervisor_id : p->org_id, teams ? 0 : p->group };
	}
	if (r.n)
		qsort(r.v, r.n, sizeof *r.v, by_place);
	for (size_t i = 0; i < r.n; i++)
		r.of[r.v[i].at] = i;
	mark_bounds(d->arena, &r);
	return r;
}

/* ── giving a form ── */

static bool has(const struct draw_of *o, int64_t rater_id)
{
	for (size_t i = 0; i < o->n; i++)
		if (o->v[i].rater_id == rater_id)
			return true;
	return false;
}

static bool give(struct drawing *d, size_t ratee, int64_t rater_id, enum rater_kind kind)
{
	struct draw_of *o = &d->ret[ratee];
	const int64_t *id = bsearch(&rater_id, d->ids, d->n_ids, sizeof *d->ids, by_id);
	unsigned char *forms = &d->forms[id - d->ids];
	if (*forms >= WORKPLACE_FORMS || has(o, rater_id))
		return false;
	++*forms;
	o->v[o->n++] = (struct drawn){ rater_id, kind };
	o->n_of[kind]++;
	return true;
}

static void give_own(struct drawing *d)
{
	for (size_t i = 0; i < d->n; i++)
		if (d->people[i].assessed)
			give(d, i, d->people[i].person_id, RATER_self);
}

static void give_supervisors(struct drawing *d)
{
	for (size_t k = 0; k < d->n; k++) {
		size_t i = d->by_lot[k];
		if (d->people[i].assessed && d->people[i].supervisor_id != NONE)
			give(d, i, d->people[i].supervisor_id, RATER_supervisor);
	}
}

/* Where the team of somebody begins among the teams; n: there is none. */
static size_t team_of(const struct drawing *d, int64_t person_id)
{
	size_t low = 0, high = d->teams.n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (d->teams.v[mid].ring < person_id)
			low = mid + 1;
		else
			high = mid;
	}
	return low < d->teams.n && d->teams.v[low].ring == person_id ? low : d->teams.n;
}

static void give_subordinates(struct drawing *d)
{
	for (size_t k = 0; k < d->n; k++) {
		size_t i = d->by_lot[k], from = team_of(d, d->people[i].person_id);
		if (!d->people[i].assessed || from == d->teams.n)
			continue;
		for (size_t at = from, looked = 0; at < d->teams.n && d->teams.v[at].ring == d->people[i].person_id && looked < WORKPLACE_LOOKED;
		     at++, looked++)
			if (d->ret[i].n_of[RATER_subordinate] < WORKPLACE_SUBORDINATES)
				give(d, i, d->people[d->teams.v[at].at].person_id, RATER_subordinate);
	}
}

/* The next of the ring who has room; false: once around, or far enough. */
static bool give_next(struct drawing *d, const struct rings *r, size_t i, bool office)
{
	if (r->of[i] == d->n)
		return false;
	size_t from = r->from[r->of[i]], to = r->to[r->of[i]];
	while (d->next[i] + 1 < to - from && d->next[i] < WORKPLACE_LOOKED) {
		size_t at = from + (r->of[i] - from + ++d->next[i]) % (to - from);
		const struct roll *p = &d->people[r->v[at].at], *me = &d->people[i];
		bool above = p->person_id == me->supervisor_id, below = p->supervisor_id == me->person_id;
		if (!(office && (above || below)) && give(d, i, p->person_id, RATER_peer))
			return true;
	}
	return false;
}

/* One each by turns, so that when room is short everybody has equally many. */
static void give_peers(struct drawing *d, bool office)
{
	bool *fills = ARENA_ARRAY(d->arena, bool, d->n);
	for (size_t i = 0; i < d->n; i++) {
		fills[i] = d->people[i].assessed && (!office || d->ret[i].n_of[RATER_peer] < WORKPLACE_GROUP);
		d->next[i] = 0;
	}
	for (int turn = 0; turn < WORKPLACE_PEERS; turn++)
		for (size_t k = 0; k < d->n; k++) {
			size_t i = d->by_lot[k];
			if (fills[i] && d->ret[i].n_of[RATER_peer] < WORKPLACE_PEERS)
				fills[i] = give_next(d, office ? &d->offices : &d->teams, i, office);
		}
}

/* ── all together ── */

static void list_ids(struct drawing *d)
{
	int64_t *all = ARENA_ARRAY(d->arena, int64_t, 2 * d->n);
	size_t n = 0;
	for (size_t i = 0; i < d->n; i++) {
		all[n++] = d->people[i].person_id;
		if (d->people[i].supervisor_id != NONE)
			all[n++] = d->people[i].supervisor_id;
	}
	qsort(all, n, sizeof *all, by_id);
	for (size_t i = 0; i < n; i++)
		if (!i || all[i] != all[i - 1])
			all[d->n_ids++] = all[i];
	d->ids = all;
	d->forms = ARENA_ARRAY(d->arena, unsigned char, d->n_ids);
}

static void order_by_lot(struct drawing *d)
{
	struct place *v = ARENA_ARRAY(d->arena, struct place, d->n);
	d->by_lot = ARENA_ARRAY(d->arena, size_t, d->n);
	for (size_t i = 0; i < d->n; i++)
		v[i] = (struct place){ .lot = lot(~d->seed, d->people[i].person_id), .at = i };
	qsort(v, d->n, sizeof *v, by_place);
	for (size_t i = 0; i < d->n; i++)
		d->by_lot[i] = v[i].at;
}

struct draw_of *raters_draw(struct arena *a, int64_t seed, const struct roll *people, size_t n)
{
	struct drawing d = { .arena = a, .seed = seed, .people = people, .n = n, .ret = ARENA_ARRAY(a, struct draw_of, n), .next = ARENA_ARRAY(a, size_t, n) };
	if (!n)
		return d.ret;
	list_ids(&d);
	order_by_lot(&d);
	d.teams = rings_of(&d, true);
	d.offices = rings_of(&d, false);
	give_own(&d);
	give_supervisors(&d);
	give_subordinates(&d);
	give_peers(&d, false);
	give_peers(&d, true);
	return d.ret;
}
