/* Fit of a person to a post; see post_fit.h. */
#include "feature/placement/post_fit.h"
#include "base/clock.h"

#include <math.h>

/* ── rules ── */

int64_t fit_months(int64_t from_day, int64_t day)
{
	if (from_day == NONE || from_day >= day)
		return 0;
	struct civil a = clock_date(from_day), b = clock_date(day);
	int64_t months = (b.year - a.year) * INT64_C(12) + b.month - a.month;
	return b.day < a.day ? months - 1 : months;
}

struct fit_rules fit_rules(const struct fit_post *post, const struct fit_person *person, int64_t day)
{
	struct fit_rules r = { .years = fit_months(person->first_day, day) / 12, .months = fit_months(person->held_since, day) };
	r.met[FIT_SERVICE] = !post->service.n || str_eq(post->service, person->service);
	r.met[FIT_PAY_LEVEL] = person->pay_level >= post->least_pay_level;
	r.met[FIT_YEARS] = r.years >= post->least_years;
	r.met[FIT_TENURE] = person->held_since == NONE || r.months >= person->held_tenure_months;
	r.eligible = r.met[FIT_SERVICE] && r.met[FIT_PAY_LEVEL] && r.met[FIT_YEARS] && r.met[FIT_TENURE];
	return r;
}

/* ── competencies ── */

static struct fit_sums sums_in(const struct fit_person *p, int64_t competency_id)
{
	size_t from = 0, to = p->n_sums;
	while (from < to) {
		size_t mid = (from + to) / 2;
		if (p->sums[mid].competency_id < competency_id)
			from = mid + 1;
		else
			to = mid;
	}
	return from < p->n_sums && p->sums[from].competency_id == competency_id ? p->sums[from] : (struct fit_sums){ .competency_id = competency_id };
}

struct fit_part fit_part(const struct fit_need *need, const struct fit_person *person, int64_t day)
{
	struct fit_sums s = sums_in(person, need->competency_id);
	struct fit_part p = { .held = estimate_of(s.weight, s.weighted, day, need->n_levels), .known = s.weight > 0 };
	p.probability = estimate_reaches(p.held, (double)need->level);
	p.missing = p.probability < MET;
	p.gap = p.missing ? fmax(0, (double)need->level - p.held.mean) : 0;
	return p;
}

/* One course may close several gaps; its hours are spent once. */
static bool counted_before(const struct fit_post *post, const double *probability, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (probability[k] < MET && post->needs[k].course_id == post->needs[i].course_id)
			return true;
	return false;
}

struct fit fit_of_probabilities(const struct fit_post *post, const double *probability)
{
	struct fit f = { .thousandths = 1000 };
	double sum = 0;
	for (size_t i = 0; i < post->n_needs; i++) {
		const struct fit_need *n = &post->needs[i];
		sum += probability[i];
		if (probability[i] >= MET)
			continue;
		f.n_missing++;
		if (n->course_id == NONE)
			f.n_closed_by_none++;
		else if (!counted_before(post, probability, i))
			f.ms += n->ms;
	}
	if (post->n_needs)
		f.thousandths = llround(1000 * sum / (double)post->n_needs);
	return f;
}

struct fit post_fit_of(const struct fit_post *post, const struct fit_person *person, int64_t day, struct fit_part *parts)
{
	double probability[post->n_needs + 1];
	for (size_t i = 0; i < post->n_needs; i++) {
		struct fit_part p = fit_part(&post->needs[i], person, day);
		probability[i] = p.probability;
		if (parts)
			parts[i] = p;
	}
	return fit_of_probabilities(post, probability);
}
