/* Who gets a seat; see places.h. */
#include "feature/admission/places.h"

struct standing {
	const struct places_quota *q;
	size_t n_q;
	int64_t taken[PLACES_QUOTAS_MAX];
	int64_t left, free; /* seats in all, and of those free to everybody; below 0 when seats were taken away from the batch */
};

static struct standing standing_of(int64_t seats, const struct places_quota *q, size_t n_q, const struct places_person *p, size_t n)
{
	struct standing s = { .q = q, .n_q = n_q, .left = seats, .free = seats };
	for (size_t i = 0; i < n; i++) {
		s.left -= p[i].seat != PLACES_NONE;
		if (p[i].seat >= 0)
			s.taken[p[i].seat]++;
		else
			s.free -= p[i].seat == PLACES_FREE;
	}
	for (size_t k = 0; k < n_q; k++)
		s.free -= q[k].over || s.taken[k] > q[k].seats ? s.taken[k] : q[k].seats;
	return s;
}

/* The first quota that fits and has room; PLACES_NONE: there is none. */
static int quota_for(const struct standing *s, const struct places_person *p)
{
	for (size_t i = 0; i < p->n_fits; i++) {
		int k = p->fits[i];
		if (!s->q[k].over && s->taken[k] < s->q[k].seats)
			return k;
	}
	return PLACES_NONE;
}

static void move_over(struct standing *s, struct places_person *p)
{
	int k = quota_for(s, p);
	if (k == PLACES_NONE)
		return;
	p->seat = k;
	s->taken[k]++;
	s->free++;
}

static bool seat_one(struct standing *s, struct places_person *p)
{
	int k = s->left > 0 ? quota_for(s, p) : PLACES_NONE;
	if (k == PLACES_NONE && (s->left <= 0 || s->free <= 0))
		return false;
	p->seat = k == PLACES_NONE ? PLACES_FREE : k;
	s->left--;
	if (k == PLACES_NONE)
		s->free--;
	else
		s->taken[k]++;
	return true;
}

/* Somebody on a free seat makes room for the person at `at`, who fits no quota with room. */
static void make_free(struct standing *s, struct places_person *p, size_t n)
{
	for (size_t i = 0; i < n && s->free <= 0; i++)
		if (p[i].seat == PLACES_FREE)
			move_over(s, &p[i]);
}

size_t places_settle(int64_t seats, const struct places_quota *q, size_t n_q, struct places_person *p, size_t n)
{
	struct standing s = standing_of(seats, q, n_q, p, n);
	size_t got = 0;
	bool stuck = false; /* nobody on a free seat can move over any more: quotas only fill */
	for (size_t i = 0; i < n && s.left > 0; i++) {
		if (p[i].seat != PLACES_NONE)
			continue;
		if (!stuck && s.free <= 0 && quota_for(&s, &p[i]) == PLACES_NONE) {
			make_free(&s, p, n);
			stuck = s.free <= 0;
		}
		got += seat_one(&s, &p[i]);
	}
	return got;
}
