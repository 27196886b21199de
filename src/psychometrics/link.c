/* Stocking and Lord's method; see link.h. */
#include "psychometrics/link.h"
#include "psychometrics/nodes.h"

#include <math.h>

enum { STEPS = 200 };

struct curves {
	const struct irt_item *new_items, *old_items;
	size_t n;
	struct link_points old_points, new_points;
};

struct irt_item link_item(const struct irt_item *i, double scale, double shift)
{
	struct irt_item r = *i;
	r.a = i->a / scale;
	for (int k = 0; k < i->categories - 1; k++)
		r.b[k] = scale * i->b[k] + shift;
	return r;
}

static double difference(const struct curves *c, double theta, double scale, double shift, bool on_new)
{
	double sum = 0;
	for (size_t i = 0; i < c->n; i++) {
		struct irt_item moved = on_new ? link_item(&c->old_items[i], 1 / scale, -shift / scale) : link_item(&c->new_items[i], scale, shift);
		sum += irt_expected(&moved, theta) - irt_expected(on_new ? &c->new_items[i] : &c->old_items[i], theta);
	}
	return sum;
}

/* Weighted squares of the differences at A, B; and, unless NULL, their normal equations (Gauss and Newton), with derivatives by central differences. */
static double squares(const struct curves *c, const double at[2], double *normal, double *gradient)
{
	const double h = 1e-5;
	double sum = 0;
	for (int side = 0; side < 2; side++) {
		const struct link_points *p = side ? &c->new_points : &c->old_points;
		for (size_t q = 0; q < p->n; q++) {
			double off = difference(c, p->theta[q], at[0], at[1], side), by[2];
			sum += p->weight[q] * off * off;
			if (!normal)
				continue;
			by[0] = (difference(c, p->theta[q], at[0] + h, at[1], side) - difference(c, p->theta[q], at[0] - h, at[1], side)) / (2 * h);
			by[1] = (difference(c, p->theta[q], at[0], at[1] + h, side) - difference(c, p->theta[q], at[0], at[1] - h, side)) / (2 * h);
			for (int k = 0; k < 4; k++)
				normal[k] += p->weight[q] * by[k / 2] * by[k % 2];
			gradient[0] += p->weight[q] * by[0] * off;
			gradient[1] += p->weight[q] * by[1] * off;
		}
	}
	return sum;
}

struct link link_stocking_lord(const struct irt_item *new_items, const struct irt_item *old_items, size_t n, const struct link_points *on_old,
			       const struct link_points *on_new)
{
	struct nodes nodes;
	double weight[NODES], at[2] = { 1, 0 }, damping = 1e-3, value;
	struct curves c = { new_items, old_items, n, { nodes.theta, weight, NODES }, { 0 } };
	struct link r = { 0 };
	nodes_make(&nodes);
	for (size_t q = 0; q < NODES; q++)
		weight[q] = exp(nodes.log_weight[q]);
	if (on_old)
		c.old_points = *on_old;
	if (on_new)
		c.new_points = *on_new;
	value = squares(&c, at, NULL, NULL);
	for (int step = 0; step < STEPS && damping < 1e12 && !r.known; step++) {
		double normal[4] = { 0 }, gradient[2] = { 0 };
		squares(&c, at, normal, gradient);
		double a = normal[0] * (1 + damping), d = normal[3] * (1 + damping), determinant = a * d - normal[1] * normal[2];
		if (!(determinant > 1e-300))
			break;
		double move[2] = { -(d * gradient[0] - normal[1] * gradient[1]) / determinant, -(a * gradient[1] - normal[2] * gradient[0]) / determinant };
		double next[2] = { at[0] + move[0], at[1] + move[1] }, then = next[0] > 0.01 ? squares(&c, next, NULL, NULL) : INFINITY;
		r.known = fabs(move[0]) + fabs(move[1]) < 1e-10;
		if (then > value) {
			damping *= 10;
			continue;
		}
		at[0] = next[0];
		at[1] = next[1];
		value = then;
		damping = fmax(damping / 10, 1e-12);
	}
	r.scale = at[0];
	r.shift = at[1];
	r.distance = sqrt(value);
	return r;
}
