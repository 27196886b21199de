/* Charts of a simulation into files; see cat_simulate.h. */
#include "app/cat_pictures.h"
#include "text/chart.h"

#include <errno.h>
#include <math.h>
#include <sys/stat.h>

struct pictures {
	struct command_line *c;
	const char *folder;
	const struct adaptive_simulation *r;
	double *theta; /* of the places */
};

static int write_chart(struct pictures *p, struct chart chart)
{
	struct buf b;
	struct str path = str_fmt(p->c->cx->arena, "%s/%s.svg", p->folder, chart.id);
	chart.alone = true;
	buf_init(&b, p->c->cx->arena, 4 << 20);
	chart_svg(&b, &chart);
	struct str s = buf_get(&b);
	FILE *f = fopen(path.p, "wb");
	bool good = f && !b.full && fwrite(s.p, 1, s.n, f) == s.n;
	if (f && fclose(f) != 0)
		good = false;
	return good ? 0 : command_fail(p->c, "%s cannot be written: %s.", path.p, strerror(errno));
}

/* A figure of each place, by where it stands in the struct. */
static double *of_places(struct pictures *p, size_t offset)
{
	double *v = ARENA_ARRAY(p->c->cx->arena, double, p->r->n_places);
	for (size_t k = 0; k < p->r->n_places; k++)
		v[k] = *(const double *)((const char *)&p->r->places[k] + offset);
	return v;
}

static struct str range(struct pictures *p, const double *v)
{
	double low = INFINITY, high = -INFINITY;
	for (size_t k = 0; k < p->r->n_places; k++) {
		low = fmin(low, v[k]);
		high = fmax(high, v[k]);
	}
	return str_fmt(p->c->cx->arena, "%.3f to %.3f", low, high);
}

static int draw_error(struct pictures *p, double se)
{
	double *bias = of_places(p, offsetof(struct adaptive_place, bias)), *rmse = of_places(p, offsetof(struct adaptive_place, rmse));
	double *own = of_places(p, offsetof(struct adaptive_place, se));
	size_t n = p->r->n_places;
	struct chart_series series[] = { { .name = S("bias"), .x = p->theta, .y = bias, .n = n },
					 { .name = S("root mean squared error"), .x = p->theta, .y = rmse, .n = n },
					 { .name = S("standard error, as the test says"), .x = p->theta, .y = own, .n = n } };
	return write_chart(p, (struct chart){ .id = "error",
					      .title = S("Error of the result over theta"),
					      .x_label = S("theta"),
					      .y_label = S("error"),
					      .series = series,
					      .n_series = 3,
					      .levels = &(struct chart_level){ S("asked"), se },
					      .n_levels = se > 0,
					      .description = str_fmt(p->c->cx->arena, "Bias from %s, root mean squared error from %s.", range(p, bias).p,
								     range(p, rmse).p) });
}

static int draw_length(struct pictures *p)
{
	double *length = of_places(p, offsetof(struct adaptive_place, length));
	struct chart_series series = { .x = p->theta, .y = length, .n = p->r->n_places };
	return write_chart(p, (struct chart){ .id = "length",
					      .title = S("Length of the test over theta"),
					      .x_label = S("theta"),
					      .y_label = S("items, mean"),
					      .series = &series,
					      .n_series = 1,
					      .from_zero = true,
					      .description = str_fmt(p->c->cx->arena, "Mean number of items from %s.", range(p, length).p) });
}

static int draw_passed(struct pictures *p, double pass)
{
	double *passed = of_places(p, offsetof(struct adaptive_place, passed));
	struct chart_series series = { .x = p->theta, .y = passed, .n = p->r->n_places };
	return write_chart(
		p, (struct chart){ .id = "passed",
				   .title = S("Who passes, over theta"),
				   .x_label = S("theta"),
				   .y_label = S("share that passes"),
				   .series = &series,
				   .n_series = 1,
				   .from_zero = true,
				   .description = str_fmt(p->c->cx->arena, "Share that passes from %s; the pass level is %.2f.", range(p, passed).p, pass) });
}

static int descending(const void *a, const void *b)
{
	double x = *(const double *)a, y = *(const double *)b;
	return (x < y) - (x > y);
}

static int draw_exposure(struct pictures *p, size_t items, double rate)
{
	double *exposure = ARENA_ARRAY(p->c->cx->arena, double, items + 1);
	memcpy(exposure, p->r->exposure, items * sizeof *exposure);
	qsort(exposure, items, sizeof *exposure, descending);
	struct chart_series series = { .kind = CHART_BARS, .y = exposure, .n = items };
	return write_chart(
		p, (struct chart){ .id = "exposure",
				   .title = S("Exposure of the items"),
				   .x_label = S("items, the most exposed first"),
				   .y_label = S("share of people who get it"),
				   .series = &series,
				   .n_series = 1,
				   .levels = &(struct chart_level){ S("rate"), rate },
				   .n_levels = rate > 0,
				   .description = str_fmt(p->c->cx->arena,
							  "The most exposed of %zu items goes to %.1f %% of the people; %.1f %% of the items to nobody.", items,
							  100 * p->r->exposure_max, 100 * p->r->unused) });
}

int cat_pictures(struct command_line *c, const char *folder, const struct adaptive_simulation *r, const struct adaptive_plan *plan, size_t items, double rate)
{
	struct pictures p = { .c = c, .folder = folder, .r = r };
	if (mkdir(folder, 0777) != 0 && errno != EEXIST)
		return command_fail(c, "%s cannot be made: %s.", folder, strerror(errno));
	p.theta = of_places(&p, offsetof(struct adaptive_place, theta));
	return draw_error(&p, plan->se) || draw_length(&p) || draw_exposure(&p, items, rate) || (plan->classify && draw_passed(&p, plan->pass));
}
