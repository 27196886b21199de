/* Times of answers; see integrity.h. */
#include "psychometrics/distribution.h"
#include "psychometrics/integrity.h"

#include <math.h>
#include <stdlib.h>

enum { TURNS = 10 };
#define MAD_TO_SD 1.4826 /* of a normal distribution */
#define FAR 2.5
#define FAR_SQUARE 0.977563 /* mean of the least of z² and FAR² for a normal z */
#define SPREAD_LEAST 1e-6

struct pacing {
	struct arena *a;
	const struct times *t;
	double *log_time; /* people × items; NAN: none */
	double *beta, *tau, *room;
};

static int ascending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return x < y ? -1 : x > y;
}

/* Sorts v. 0 of nothing. */
static double median(double *v, size_t n)
{
	if (n == 0)
		return 0;
	qsort(v, n, sizeof *v, ascending);
	return (v[n / 2] + v[(n - 1) / 2]) / 2;
}

/* A standard deviation that a few far values do not bend: the median absolute deviation, then two steps of Huber's proposal 2 (1964, Annals of
 * Mathematical Statistics 35), in which a value counts at most FAR of it. It is nearly as sure as the usual one, which the former is not. */
static double spread(double *v, size_t n)
{
	double middle = median(v, n), sd;
	for (size_t k = 0; k < n; k++)
		v[k] = fabs(v[k] - middle);
	sd = MAD_TO_SD * median(v, n);
	for (int step = 0; step < 2; step++) {
		double sum = 0;
		for (size_t k = 0; k < n; k++) {
			double off = fmin(v[k], FAR * sd);
			sum += off * off;
		}
		sd = n > 1 ? sqrt(sum / ((double)(n - 1) * FAR_SQUARE)) : 0;
	}
	return sd;
}

/* What an item's times leave when the people's speeds are taken out (or a person's, when the items' are); into room. */
static size_t leftovers(const struct pacing *w, size_t at, bool of_item)
{
	size_t n = 0, many = of_item ? w->t->people : w->t->items;
	for (size_t k = 0; k < many; k++) {
		double x = of_item ? w->log_time[k * w->t->items + at] : w->log_time[at * w->t->items + k];
		if (!isnan(x))
			w->room[n++] = of_item ? x + w->tau[k] : w->beta[k] - x;
	}
	return n;
}

/* Medians in turn (Tukey's median polish), speeds about 0. */
static void polish(const struct pacing *w)
{
	for (int turn = 0; turn < TURNS; turn++) {
		for (size_t i = 0; i < w->t->items; i++)
			w->beta[i] = median(w->room, leftovers(w, i, true));
		for (size_t j = 0; j < w->t->people; j++)
			w->tau[j] = median(w->room, leftovers(w, j, false));
		memcpy(w->room, w->tau, w->t->people * sizeof *w->room);
		double middle = median(w->room, w->t->people);
		for (size_t j = 0; j < w->t->people; j++)
			w->tau[j] -= middle;
	}
}

static struct item_pace pace_of_item(const struct pacing *w, size_t item)
{
	size_t n = leftovers(w, item, true);
	struct item_pace r = { .median = exp(median(w->room, n)) };
	r.spread = spread(w->room, n);
	/* So that the square of a deviation over it has mean 1 although it is estimated itself: E(1 / chi-square). */
	r.spread *= n > 3 ? sqrt((double)(n - 1) / (double)(n - 3)) : 1;
	r.known = n >= SPEED_PEOPLE_LEAST && r.spread > SPREAD_LEAST;
	r.rapid = fmin(RAPID_SECONDS, RAPID_SHARE * r.median);
	return r.known ? r : (struct item_pace){ 0 };
}

static struct person_pace pace_of_person(const struct pacing *w, const struct item_pace *items, size_t person)
{
	struct person_pace r = { .speed_p = 1, .uneven_p = 1, .effort_p = 1 };
	const double *log_time = w->log_time + person * w->t->items;
	double weight = 0, *rapid = w->room;
	for (size_t i = 0; i < w->t->items; i++) {
		if (isnan(log_time[i]) || !items[i].known)
			continue;
		double precision = 1 / (items[i].spread * items[i].spread);
		r.speed += precision * (log(items[i].median) - log_time[i]);
		weight += precision;
		r.rapid += log_time[i] < log(items[i].rapid);
		rapid[r.timed++] = normal_above((log(items[i].median) - log(items[i].rapid)) / items[i].spread);
	}
	if (r.timed < SPEED_ITEMS_LEAST)
		return (struct person_pace){ .speed_p = 1, .uneven_p = 1, .effort_p = 1 };
	r.known = true;
	r.speed /= weight;
	for (size_t i = 0; i < w->t->items; i++) {
		if (isnan(log_time[i]) || !items[i].known)
			continue;
		double z = (log_time[i] - log(items[i].median) + r.speed) / items[i].spread;
		r.uneven += z * z;
	}
	r.uneven_p = chi_square_above(r.uneven, (double)r.timed - 1);
	r.effort = 1 - (double)r.rapid / (double)r.timed;
	r.effort_p = r.rapid ? at_least(w->a, rapid, r.timed, r.rapid) : 1;
	return r;
}

/* Speeds against each other. Where most are equally fast there is nothing to judge by. */
static void compare_speeds(const struct pacing *w, struct paces *p)
{
	size_t n = 0;
	for (size_t j = 0; j < w->t->people; j++)
		if (p->people[j].known)
			w->room[n++] = p->people[j].speed;
	double middle = median(w->room, n), sd = spread(w->room, n);
	p->known = n;
	for (size_t j = 0; sd > SPREAD_LEAST && j < w->t->people; j++) {
		if (!p->people[j].known)
			continue;
		p->people[j].z = (p->people[j].speed - middle) / sd;
		p->people[j].speed_p = normal_above(p->people[j].z);
	}
}

struct paces paces_of(struct arena *a, const struct times *t)
{
	struct paces p = { ARENA_ARRAY(a, struct item_pace, t->items), ARENA_ARRAY(a, struct person_pace, t->people), 0 };
	struct arena_mark mark = arena_mark(a);
	struct pacing w = { a,
			    t,
			    ARENA_ARRAY(a, double, t->people * t->items),
			    ARENA_ARRAY(a, double, t->items),
			    ARENA_ARRAY(a, double, t->people),
			    ARENA_ARRAY(a, double, t->people + t->items) };
	for (size_t k = 0; k < t->people * t->items; k++)
		w.log_time[k] = isfinite(t->seconds[k]) && t->seconds[k] > 0 ? log(t->seconds[k]) : NAN;
	polish(&w);
	for (size_t i = 0; i < t->items; i++)
		p.items[i] = pace_of_item(&w, i);
	for (size_t j = 0; j < t->people; j++)
		p.people[j] = pace_of_person(&w, p.items, j);
	compare_speeds(&w, &p);
	arena_back(a, mark);
	return p;
}
