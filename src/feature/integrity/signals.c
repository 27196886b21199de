/* Signals out of papers; see signals.h. */
#include "feature/integrity/signals.h"
#include "psychometrics/fit.h"
#include "psychometrics/integrity.h"

#include <math.h>
#include <stdlib.h>

const char *const signal_kinds[SIGNAL_KINDS] = { "alike", "rapid", "speed", "uneven", "fit", "left", "copied", "devices", "late", "forged" };

static void add(struct arena *a, struct signals *r, struct signal s)
{
	if (r->n < SIGNALS_MAX)
		*ARENA_PUSH(a, r->v, r->n) = s;
}

/* ── pairs of a room ── */

struct place {
	int64_t room;
	uint32_t person;
};

static int by_room(const void *a, const void *b)
{
	const struct place *x = a, *y = b;
	if (x->room != y->room)
		return x->room < y->room ? -1 : 1;
	return x->person < y->person ? -1 : x->person > y->person;
}

static int by_chance(const void *a, const void *b)
{
	const struct similarity *x = a, *y = b;
	return x->p < y->p ? -1 : x->p > y->p;
}

/* The pairs of all rooms that have enough questions in common. Rooms are looked at one by one; of a room with more than SITTING_ROOM_MAX people, the first
 * ones. */
static size_t pairs_of(struct arena *a, const struct sitting *s, struct similarity **ret)
{
	struct choices c = { s->people, s->items, s->chosen, s->key };
	struct chances chances = s->calibrated ? chances_by_model(a, &c, s->calibrated) : chances_by_shares(a, &c);
	struct place *places = ARENA_ARRAY(a, struct place, s->people);
	uint32_t *room = ARENA_ARRAY(a, uint32_t, SITTING_ROOM_MAX);
	size_t n = 0;
	*ret = NULL;
	for (size_t i = 0; i < s->people; i++)
		places[i] = (struct place){ s->room[i], (uint32_t)i };
	qsort(places, s->people, sizeof *places, by_room);
	for (size_t from = 0, to; from < s->people; from = to) {
		for (to = from; to < s->people && places[to].room == places[from].room; to++)
			if (to - from < SITTING_ROOM_MAX)
				room[to - from] = places[to].person;
		struct similarities found = similarities_of(a, &c, &chances, room, to - from < SITTING_ROOM_MAX ? to - from : SITTING_ROOM_MAX);
		for (size_t k = 0; k < found.n; k++)
			if (found.v[k].both >= ALIKE_ITEMS)
				*ARENA_PUSH(a, *ret, n) = found.v[k];
	}
	return n;
}

static void look_at_pairs(struct arena *a, const struct sitting *s, struct signals *r)
{
	struct similarity *pairs;
	if (s->people < ALIKE_LEAST || s->people > CHANCE_PEOPLE_MAX)
		return;
	size_t n = pairs_of(a, s, &pairs);
	double threshold = n ? ALARMS / (double)n : 0;
	r->tested[SIGNAL_ALIKE] = n;
	r->expected[SIGNAL_ALIKE] = n ? ALARMS : 0;
	if (n)
		qsort(pairs, n, sizeof *pairs, by_chance);
	for (size_t i = 0; i < n && pairs[i].p < threshold; i++)
		add(a, r,
		    (struct signal){ .kind = SIGNAL_ALIKE,
				     .person = pairs[i].a,
				     .other = pairs[i].b,
				     .value = pairs[i].same,
				     .of = pairs[i].both,
				     .threshold = threshold,
				     .chance = pairs[i].p,
				     .expected = ALARMS });
}

/* ── people ── */

/* One figure of a person that is a matter of chance. */
static void look_at_person(struct arena *a, struct signals *r, enum signal_kind kind, size_t person, double value, size_t of, double p)
{
	r->tested[kind]++;
	r->expected[kind] += PEOPLE_LEVEL;
	if (p < PEOPLE_LEVEL)
		add(a, r,
		    (struct signal){
			    .kind = kind, .person = person, .other = SIZE_MAX, .value = value, .of = (int64_t)of, .threshold = PEOPLE_LEVEL, .chance = p });
}

static void look_at_times(struct arena *a, const struct sitting *s, struct signals *r)
{
	struct times t = { s->people, s->items, s->seconds };
	if (s->people < TIMED_LEAST)
		return;
	struct paces paces = paces_of(a, &t);
	for (size_t i = 0; i < s->people; i++) {
		const struct person_pace *p = &paces.people[i];
		if (!p->known)
			continue;
		look_at_person(a, r, SIGNAL_RAPID, i, (double)p->rapid, p->timed, p->effort_p);
		look_at_person(a, r, SIGNAL_SPEED, i, exp(p->speed), p->timed, p->speed_p);
		look_at_person(a, r, SIGNAL_UNEVEN, i, p->uneven, p->timed, p->uneven_p);
	}
}

/* The probability that a standard normal variable lies below z. */
static double below(double z)
{
	return 0.5 * erfc(-z / sqrt(2));
}

static void look_at_fit(struct arena *a, const struct sitting *s, struct signals *r)
{
	for (size_t i = 0; s->calibrated && i < s->people; i++) {
		struct person_fit f = person_fit_of(s->calibrated, s->items, s->scored + i * s->items, ABILITY_WLE);
		if (f.known)
			look_at_person(a, r, SIGNAL_FIT, i, f.lz_star, f.ability.answered, below(f.lz_star));
	}
}

/* ── what the device noticed ── */

static void look_at_noticed(struct arena *a, struct signals *r, enum signal_kind kind, size_t person, int64_t value, int64_t of, int64_t least)
{
	r->tested[kind]++;
	if (value >= least)
		add(a, r,
		    (struct signal){ .kind = kind,
				     .person = person,
				     .other = SIZE_MAX,
				     .value = (double)value,
				     .of = of,
				     .threshold = (double)least,
				     .chance = (double)NAN,
				     .expected = (double)NAN });
}

struct signals signals_of(struct arena *a, const struct sitting *s)
{
	struct signals r = { 0 };
	for (enum signal_kind k = SIGNAL_LEFT; k < SIGNAL_KINDS; k++)
		r.expected[k] = (double)NAN;
	look_at_pairs(a, s, &r);
	look_at_times(a, s, &r);
	look_at_fit(a, s, &r);
	for (size_t i = 0; i < r.n; i++)
		if (r.v[i].kind != SIGNAL_ALIKE)
			r.v[i].expected = r.expected[r.v[i].kind];
	for (size_t i = 0; i < s->people; i++) {
		const struct noticed *n = &s->noticed[i];
		look_at_noticed(a, &r, SIGNAL_LEFT, i, n->left, n->left_seconds, LEFT_TIMES);
		look_at_noticed(a, &r, SIGNAL_COPIED, i, n->copied, 0, 1);
		look_at_noticed(a, &r, SIGNAL_DEVICES, i, n->devices, 0, 1);
		look_at_noticed(a, &r, SIGNAL_LATE, i, n->late, 0, 1);
		look_at_noticed(a, &r, SIGNAL_FORGED, i, n->forged, 0, 1);
	}
	return r;
}
