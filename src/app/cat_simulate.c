/* A simulated adaptive test from the command line; see cat_simulate.h. */
#include "app/cat_simulate.h"
#include "app/bank_json.h"
#include "app/cat_pictures.h"
#include "base/json.h"
#include "psychometrics/parallel.h"

#include <errno.h>
#include <math.h>

#define DELTA 0.3
#define ERROR_CHANCE 0.05

struct order {
	struct bank_file file;
	struct adaptive_bank bank;
	struct adaptive_plan plan;
	struct adaptive_simulation_options o;
	double rate; /* of Sympson and Hetter; 0: not asked for */
	bool json;
	const char *pictures;
};

static const char *const stops[] = { [ADAPTIVE_PRECISE] = "precise",
				     [ADAPTIVE_LONGEST] = "longest",
				     [ADAPTIVE_PASSED] = "passed",
				     [ADAPTIVE_FAILED] = "failed",
				     [ADAPTIVE_EXHAUSTED] = "exhausted" };

/* ── what is asked ── */

static bool whole(const char *text, int64_t least, int64_t most, size_t *ret)
{
	int64_t v;
	if (!str_int(str_of(text), &v) || v < least || v > most)
		return false;
	*ret = (size_t)v;
	return true;
}

static int take_length(struct command_line *c, struct order *r)
{
	const char *text = command_take(c, "--length");
	r->plan.shortest = 10;
	r->plan.longest = 30;
	if (!text)
		return 0;
	struct str first = str_before(str_of(text), '-'), last = first.n < strlen(text) ? str_of(text + first.n + 1) : first;
	if (whole(str_c(c->cx->arena, first), 0, ADAPTIVE_LENGTH_MAX, &r->plan.shortest) &&
	    whole(str_c(c->cx->arena, last), 1, ADAPTIVE_LENGTH_MAX, &r->plan.longest) && r->plan.shortest <= r->plan.longest)
		return 0;
	return command_fail(c, "How long? --length A-B, the fewest and the most items, at most %d.", ADAPTIVE_LENGTH_MAX);
}

static int take_exposure(struct command_line *c, struct order *r)
{
	const char *text = command_take(c, "--exposure");
	struct str kind = str_before(str_of(text), ':'), value = text && kind.n < strlen(text) ? str_of(text + kind.n + 1) : S("");
	if (!text || strcmp(text, "none") == 0)
		return 0;
	if (str_is(kind, "randomesque") && whole(value.p, 1, ADAPTIVE_BEST_MAX, &r->plan.best_of))
		return 0;
	if (str_is(kind, "sympson-hetter") && str_real(value, &r->rate) && r->rate > 0 && r->rate <= 1)
		return 0;
	return command_fail(c, "Which exposure? --exposure none, randomesque:K with K from 1 to %d, or sympson-hetter:R with R above 0 and at most 1.",
			    ADAPTIVE_BEST_MAX);
}

static int take_real(struct command_line *c, const char *name, double least, double most, double *ret)
{
	const char *text = command_take(c, name);
	if (!text || (str_real(str_of(text), ret) && *ret >= least && *ret <= most))
		return 0;
	return command_fail(c, "%s must be a number from %g to %g.", name, least, most);
}

static int take_whole(struct command_line *c, const char *name, int64_t least, int64_t most, size_t *ret)
{
	const char *text = command_take(c, name);
	if (!text || whole(text, least, most, ret))
		return 0;
	return command_fail(c, "%s must be a whole number from %lld to %lld.", name, (long long)least, (long long)most);
}

/* One of two words. */
static int take_word(struct command_line *c, const char *name, const char *usual, const char *other, bool *ret_other)
{
	const char *text = command_take(c, name);
	*ret_other = text && strcmp(text, other) == 0;
	if (!text || *ret_other || strcmp(text, usual) == 0)
		return 0;
	return command_fail(c, "%s must be %s or %s.", name, usual, other);
}

static int take_blueprint(struct command_line *c, struct order *r, const char *text)
{
	struct str rest = str_of(text), piece;
	r->plan.parts = text ? r->file.n_parts : 0;
	while (text && str_cut(&rest, ',', &piece)) {
		struct str name = str_before(piece, '=');
		int part = bank_part(&r->file, name);
		if (name.n == piece.n || !str_real(str_sub(piece, name.n + 1, piece.n), &r->plan.share[part < 0 ? 0 : part]))
			return command_fail(c, "Which parts? --blueprint PART=N,PART=N with a number for each.");
		if (part < 0)
			return command_fail(c, "No item of the bank is of the part \"%.*s\".", STR_ARG(name));
	}
	return 0;
}

static int take_all(struct command_line *c, struct order *r, const char **ret_blueprint)
{
	bool kl, wle;
	size_t people = 1000, seed = 1, threads = (size_t)command_threads();
	double pass = NAN;
	r->json = command_flag(c, "--json");
	r->pictures = command_take(c, "--pictures");
	*ret_blueprint = command_take(c, "--blueprint");
	if (take_length(c, r) || take_exposure(c, r) || take_whole(c, "--people", 1, SIMULATED_PEOPLE_MAX, &people) ||
	    take_whole(c, "--seed", 1, INT64_MAX, &seed) || take_whole(c, "--threads", 1, THREADS_MAX, &threads) || take_real(c, "--se", 0, 10, &r->plan.se) ||
	    take_real(c, "--pass", -ABILITY_MOST, ABILITY_MOST, &pass) || take_word(c, "--select", "fisher", "kl", &kl) ||
	    take_word(c, "--score", "eap", "wle", &wle))
		return 1;
	r->plan.choice = kl ? ADAPTIVE_KL : ADAPTIVE_FISHER;
	r->plan.method = wle ? ABILITY_WLE : ABILITY_EAP;
	if (isfinite(pass)) {
		r->plan.classify = true;
		r->plan.pass = pass;
		r->plan.delta = DELTA;
		r->plan.alpha = r->plan.beta = ERROR_CHANCE;
	}
	r->o = (struct adaptive_simulation_options){ .people = people, .seed = seed, .threads = (int)threads };
	return 0;
}

static int take_bank(struct command_line *c, struct order *r)
{
	struct str text;
	if (!command_read(c, c->argv[0], BANK_BYTES_MAX, &text))
		return command_fail(c, "%s cannot be read: %s.", c->argv[0], strerror(errno));
	enum err e = bank_read(c->cx, text, &r->file);
	if (e != OK)
		return command_err(c, e);
	if (r->file.n == 0)
		return command_fail(c, "There is no calibrated item in %s, so nobody can be tested with it.", c->argv[0]);
	e = adaptive_bank_make(c->cx, r->file.items, r->file.n, r->file.enemies, r->file.n_enemies, r->plan.choice == ADAPTIVE_KL, &r->bank);
	int64_t number;
	for (size_t i = 0; i < c->cx->n_failures; i++) /* people know items by their names */
		if (str_int(c->cx->failures[i].field, &number))
			c->cx->failures[i].field = r->file.names[number - 1];
	return e == OK ? 0 : command_err(c, e);
}

/* ── for programs ── */

static void put_real(struct json_out *j, const char *key, double v)
{
	jw_key(j, key);
	jw_real(j, v);
}

static void put_int(struct json_out *j, const char *key, size_t v)
{
	jw_key(j, key);
	jw_int(j, (int64_t)v);
}

static void put_object(struct json_out *j, const char *key)
{
	jw_key(j, key);
	jw_open(j, '{');
}

static void put_whole_test(struct json_out *j, const struct adaptive_simulation *r)
{
	put_int(j, "people", r->people);
	put_real(j, "bias", r->bias);
	put_real(j, "rmse", r->rmse);
	put_real(j, "se", r->se);
	put_object(j, "length");
	put_real(j, "mean", r->length_mean);
	put_real(j, "sd", r->length_sd);
	put_int(j, "min", r->length_min);
	put_int(j, "max", r->length_max);
	jw_close(j, '}');
	put_object(j, "stopped");
	for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
		if (stops[k])
			put_real(j, stops[k], r->stopped[k]);
	jw_close(j, '}');
	put_object(j, "exposure");
	put_real(j, "max", r->exposure_max);
	put_real(j, "mean", r->exposure_mean);
	put_real(j, "unused", r->unused);
	put_real(j, "overlap", r->overlap);
	jw_close(j, '}');
	put_real(j, "content_met", r->content_met);
}

static void put_lists(struct json_out *j, const struct order *o, const struct adaptive_simulation *r)
{
	jw_key(j, "conditional");
	jw_open(j, '[');
	for (size_t k = 0; k < r->n_places; k++) {
		const struct adaptive_place *p = &r->places[k];
		jw_open(j, '{');
		put_real(j, "theta", p->theta);
		put_real(j, "bias", p->bias);
		put_real(j, "rmse", p->rmse);
		put_real(j, "length", p->length);
		put_real(j, "se", p->se);
		jw_close(j, '}');
	}
	jw_close(j, ']');
	jw_key(j, "items");
	jw_open(j, '[');
	for (size_t i = 0; i < o->bank.n; i++) {
		jw_open(j, '{');
		jw_key(j, "name");
		jw_str(j, o->file.names[i]);
		put_real(j, "exposure", r->exposure[i]);
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void put_json(struct buf *b, const struct order *o, const struct adaptive_simulation *r)
{
	struct json_out j = { .b = b };
	jw_open(&j, '{');
	put_whole_test(&j, r);
	put_lists(&j, o, r);
	jw_key(&j, "classification");
	if (o->plan.classify) {
		jw_open(&j, '{');
		put_real(&j, "pass", o->plan.pass);
		put_real(&j, "accuracy", r->accuracy);
		put_real(&j, "false_pass", r->false_pass);
		put_real(&j, "false_fail", r->false_fail);
		jw_close(&j, '}');
	} else {
		jw_null(&j);
	}
	jw_close(&j, '}');
	buf_char(b, '\n');
}

/* ── for people ── */

static void put_table(struct buf *b, const struct order *o, const struct adaptive_simulation *r)
{
	buf_fmt(b, "%zu people, %zu items\n", r->people, o->bank.n);
	buf_fmt(b, "bias %+.3f   RMSE %.3f   standard error %.3f\n", r->bias, r->rmse, r->se);
	buf_fmt(b, "length %.1f (sd %.1f, %zu to %zu); ended:", r->length_mean, r->length_sd, r->length_min, r->length_max);
	for (size_t k = 0; k < sizeof stops / sizeof *stops; k++)
		if (stops[k] && r->stopped[k] > 0)
			buf_fmt(b, "  %s %.1f %%", stops[k], 100 * r->stopped[k]);
	buf_fmt(b, "\nexposure: greatest %.3f, mean %.3f; unused items %.1f %%; overlap of two tests %.3f\n", r->exposure_max, r->exposure_mean,
		100 * r->unused, r->overlap);
	if (o->plan.parts)
		buf_fmt(b, "blueprint met by %.1f %% of the tests\n", 100 * r->content_met);
	if (o->plan.classify)
		buf_fmt(b, "decided rightly %.1f %%; passed though below %.1f %%, failed though not below %.1f %%\n", 100 * r->accuracy, 100 * r->false_pass,
			100 * r->false_fail);
	buf_fmt(b, "\n%8s %8s %8s %8s %8s%s\n", "theta", "bias", "RMSE", "length", "se", o->plan.classify ? "   passed" : "");
	for (size_t k = 0; k < r->n_places; k++) {
		const struct adaptive_place *p = &r->places[k];
		buf_fmt(b, "%8.1f %+8.3f %8.3f %8.1f %8.3f", p->theta, p->bias, p->rmse, p->length, p->se);
		if (o->plan.classify)
			buf_fmt(b, " %8.3f", p->passed);
		buf_char(b, '\n');
	}
}

/* ── the command ── */

static void say_what_is_lacking(const struct order *o)
{
	for (int k = 0; k < o->plan.parts; k++)
		if (adaptive_lacking(&o->bank, &o->plan, k))
			fprintf(stderr, "Of the part \"%.*s\" there are %zu items too few for the blueprint; other parts fill in.\n", STR_ARG(o->file.parts[k]),
				adaptive_lacking(&o->bank, &o->plan, k));
}

int cat_simulate_run(struct command_line *c)
{
	struct order o = { 0 };
	const char *blueprint;
	struct buf b;
	if (take_all(c, &o, &blueprint))
		return 1;
	if (c->argc != 1)
		return command_fail(c, "Which bank? karmayogi cat-simulate BANK.json [options]; see karmayogi cat-simulate --help.");
	if (take_bank(c, &o) || take_blueprint(c, &o, blueprint))
		return 1;
	enum err e = adaptive_plan_check(c->cx, &o.plan);
	if (e != OK)
		return command_err(c, e);
	say_what_is_lacking(&o);
	if (o.rate > 0) {
		struct adaptive_exposure found = adaptive_exposure(c->cx->arena, &o.bank, &o.plan, o.rate, &o.o);
		o.plan.k = found.k;
		if (!found.held)
			fprintf(stderr, "No item above %.3f of the people: this bank cannot do that; %.3f is what comes of it.\n", o.rate,
				found.greatest);
	}
	struct adaptive_simulation r = adaptive_simulate(c->cx->arena, &o.bank, &o.plan, &o.o);
	if (o.pictures && cat_pictures(c, o.pictures, &r, &o.plan, o.bank.n, o.rate) != 0)
		return 1;
	buf_init(&b, c->cx->arena, 2 * BANK_BYTES_MAX);
	if (o.json)
		put_json(&b, &o, &r);
	else
		put_table(&b, &o, &r);
	return command_write(c, &b);
}
