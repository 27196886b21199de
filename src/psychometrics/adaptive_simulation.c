/* Made-up people take an adaptive test; see adaptive_simulation.h. */
#include "psychometrics/adaptive_simulation.h"
#include "psychometrics/parallel.h"
#include "psychometrics/simulate.h"

#include <math.h>

enum { PIECE = 25, PLACES_USUAL = 13 };

/* What one test came to. */
struct taken {
	double truth, theta, se;
	size_t length;
	enum adaptive_stop stop;
	bool passed, met;
};
/* Of one thread. */
struct room {
	struct adaptive_session session;
	uint32_t *given, *selected; /* how many people, for each item */
};
struct run {
	const struct adaptive_bank *bank;
	const struct adaptive_plan *plan;
	const struct adaptive_simulation_options *o;
	const double *thetas;
	size_t n; /* people: first those of the population, then those of each theta */
	struct taken *taken;
	struct room rooms[THREADS_MAX];
};

static bool content_met(const struct adaptive_session *s)
{
	const struct adaptive_plan *p = s->plan;
	double all = 0;
	for (int k = 0; k < p->parts; k++)
		all += p->share[k];
	for (int k = 0; k < p->parts; k++)
		if (fabs(p->share[k] / all * (double)s->n - (double)s->of_part[k]) >= 1 - 1e-9)
			return false;
	return true;
}

static struct taken take(struct adaptive_session *s, struct simulation *chance, double theta)
{
	enum adaptive_stop stop;
	size_t item;
	adaptive_begin(s, simulate_bits_of(chance->seed, 1));
	while ((stop = adaptive_next(s, INT64_MAX, &item)) == ADAPTIVE_GOES_ON)
		BUG_IF(!adaptive_answer(s, item, simulate_answer(chance, &s->bank->items[item], theta)));
	struct adaptive_result r = adaptive_result(s);
	return (struct taken){ theta, r.ability.theta, r.ability.se, s->n, stop, r.passed, content_met(s) };
}

static void count(const struct run *run, struct room *room, size_t person)
{
	struct adaptive_session *s = &room->session;
	for (size_t j = 0; person < run->o->people && j < s->n; j++)
		room->given[s->item[j]]++;
	for (size_t i = 0; s->selected && i < run->bank->n; i++)
		room->selected[i] += s->selected[i];
}

static void run_piece(void *at, size_t piece, int thread)
{
	struct run *run = at;
	struct room *room = &run->rooms[thread];
	for (size_t person = piece * PIECE; person < (piece + 1) * PIECE && person < run->n; person++) {
		uint64_t bits = simulate_bits_of(run->o->seed, person);
		struct simulation chance = { .seed = bits ? bits : 1 };
		double theta = simulate_normal(&chance);
		if (person >= run->o->people)
			theta = run->thetas[person / run->o->people - 1];
		if (room->session.selected)
			memset(room->session.selected, 0, run->bank->n);
		run->taken[person] = take(&room->session, &chance, theta);
		count(run, room, person);
	}
}

/* All of them; sums of whole numbers do not depend on who did what, and end up in the first room. */
static void run_all(struct arena *a, struct run *run, bool selected)
{
	int threads = run->o->threads < 1 ? 1 : run->o->threads > THREADS_MAX ? THREADS_MAX : run->o->threads;
	size_t items = run->bank->n;
	run->taken = ARENA_ARRAY(a, struct taken, run->n);
	for (int t = 0; t < threads; t++) {
		struct room *room = &run->rooms[t];
		adaptive_session_make(a, run->bank, run->plan, &room->session);
		room->given = ARENA_ARRAY(a, uint32_t, items + 1);
		room->selected = ARENA_ARRAY(a, uint32_t, items + 1);
		if (selected)
			room->session.selected = ARENA_ARRAY(a, uint8_t, items + 1);
	}
	parallel_run(threads, (run->n + PIECE - 1) / PIECE, run_piece, run);
	for (int t = 1; t < threads; t++)
		for (size_t i = 0; i < items; i++) {
			run->rooms[0].given[i] += run->rooms[t].given[i];
			run->rooms[0].selected[i] += run->rooms[t].selected[i];
		}
}

/* ── figures ── */

static void sum_up_people(const struct run *run, struct adaptive_simulation *r)
{
	double n = (double)run->o->people, squares = 0;
	r->length_min = SIZE_MAX;
	for (size_t i = 0; i < run->o->people; i++) {
		const struct taken *t = &run->taken[i];
		bool right = t->truth >= run->plan->pass;
		r->bias += t->theta - t->truth;
		r->rmse += (t->theta - t->truth) * (t->theta - t->truth);
		r->se += t->se * t->se;
		r->length_mean += (double)t->length;
		squares += (double)t->length * (double)t->length;
		r->length_min = t->length < r->length_min ? t->length : r->length_min;
		r->length_max = t->length > r->length_max ? t->length : r->length_max;
		r->stopped[t->stop]++;
		r->content_met += t->met;
		r->accuracy += run->plan->classify && t->passed == right;
		r->false_pass += run->plan->classify && t->passed && !right;
		r->false_fail += run->plan->classify && !t->passed && right;
	}
	double *sums[] = { &r->bias, &r->rmse, &r->se, &r->length_mean, &r->content_met, &r->accuracy, &r->false_pass, &r->false_fail };
	for (size_t k = 0; k < sizeof sums / sizeof *sums; k++)
		*sums[k] /= n;
	for (size_t k = 0; k < ADAPTIVE_STOPS; k++)
		r->stopped[k] /= n;
	r->rmse = sqrt(r->rmse);
	r->se = sqrt(r->se);
	r->length_sd = sqrt(fmax(squares / n - r->length_mean * r->length_mean, 0));
}

static void sum_up_items(struct arena *a, const struct run *run, struct adaptive_simulation *r)
{
	double people = (double)run->o->people, items = fmax((double)run->bank->n, 1), common = 0, all = 0;
	r->exposure = ARENA_ARRAY(a, double, run->bank->n + 1);
	for (size_t i = 0; i < run->bank->n; i++) {
		double given = run->rooms[0].given[i];
		r->exposure[i] = given / people;
		r->exposure_max = fmax(r->exposure_max, r->exposure[i]);
		r->unused += given == 0;
		all += given;
		common += given * (given - 1);
	}
	r->exposure_mean = all / people / items;
	r->unused /= items;
	if (people > 1 && r->length_mean > 0)
		r->overlap = common / (people * (people - 1)) / r->length_mean;
}

static struct adaptive_place sum_up_place(const struct run *run, size_t place)
{
	struct adaptive_place r = { .theta = run->thetas[place] };
	double n = (double)run->o->people;
	for (size_t i = 0; i < run->o->people; i++) {
		const struct taken *t = &run->taken[(place + 1) * run->o->people + i];
		r.bias += t->theta - t->truth;
		r.rmse += (t->theta - t->truth) * (t->theta - t->truth);
		r.length += (double)t->length;
		r.se += t->se;
		r.passed += t->passed;
	}
	return (struct adaptive_place){ r.theta, r.bias / n, sqrt(r.rmse / n), r.length / n, r.se / n, r.passed / n };
}

struct adaptive_simulation adaptive_simulate(struct arena *a, const struct adaptive_bank *b, const struct adaptive_plan *p,
					     const struct adaptive_simulation_options *o)
{
	double usual[PLACES_USUAL];
	struct run run = { .bank = b, .plan = p, .o = o, .thetas = o->n_thetas ? o->thetas : usual };
	struct adaptive_simulation r = { .people = o->people, .n_places = o->n_thetas ? o->n_thetas : PLACES_USUAL };
	BUG_IF(o->people < 1 || o->people > SIMULATED_PEOPLE_MAX || o->n_thetas > SIMULATED_PLACES_MAX);
	for (size_t k = 0; k < PLACES_USUAL; k++)
		usual[k] = 0.5 * (double)k - 3;
	run.n = o->people * (1 + r.n_places);
	run_all(a, &run, false);
	sum_up_people(&run, &r);
	sum_up_items(a, &run, &r);
	r.places = ARENA_ARRAY(a, struct adaptive_place, r.n_places);
	for (size_t k = 0; k < r.n_places; k++)
		r.places[k] = sum_up_place(&run, k);
	return r;
}

/* ── exposure ── */

/* One round with the k as they are: the share of people for whom each item was selected. Returns the greatest exposure. */
static double select_round(struct arena *a, struct run *run, double *ret_selected)
{
	double greatest = 0, people = (double)run->n;
	struct arena_mark mark = arena_mark(a);
	run_all(a, run, true);
	for (size_t i = 0; i < run->bank->n; i++) {
		greatest = fmax(greatest, run->rooms[0].given[i] / people);
		ret_selected[i] = run->rooms[0].selected[i] / people;
	}
	arena_back(a, mark);
	return greatest;
}

struct adaptive_exposure adaptive_exposure(struct arena *a, const struct adaptive_bank *b, const struct adaptive_plan *p, double rate,
					   const struct adaptive_simulation_options *o)
{
	struct adaptive_exposure r = { .k = ARENA_ARRAY(a, double, b->n + 1) };
	double *mean = ARENA_ARRAY(a, double, b->n + 1), *now = ARENA_ARRAY(a, double, b->n + 1);
	struct adaptive_plan plan = *p;
	struct adaptive_simulation_options round = *o;
	struct run run = { .bank = b, .plan = &plan, .o = &round, .n = o->people };
	plan.k = r.k;
	plan.method = ABILITY_EAP; /* who gets what does not hang on the result */
	for (size_t i = 0; i < b->n; i++)
		r.k[i] = 1;
	for (int n = 1; n <= EXPOSURE_ROUNDS; n++) {
		double weight = n <= EXPOSURE_FIRST ? 1 : 1.0 / (n - EXPOSURE_FIRST + 1);
		round.seed = simulate_bits_of(o->seed, (uint64_t)n);
		select_round(a, &run, now);
		for (size_t i = 0; i < b->n; i++) {
			mean[i] += weight * (now[i] - mean[i]);
			r.k[i] = mean[i] > rate ? rate / mean[i] : 1;
		}
	}
	round.seed = simulate_bits_of(o->seed, EXPOSURE_ROUNDS + 1);
	r.greatest = select_round(a, &run, now);
	r.held = r.greatest <= rate + 4 * sqrt(rate * (1 - rate) / (double)o->people);
	return r;
}
