/* Calibration from the command line; see calibrate.h. */
#include "app/calibrate.h"
#include "app/responses_csv.h"
#include "base/json.h"
#include "psychometrics/calibration.h"

#include <errno.h>

enum { NAME_WIDTH = 20 };

static const char *const models[] = { [IRT_RASCH] = "rasch", [IRT_2PL] = "2pl", [IRT_3PL] = "3pl", [IRT_GRM] = "grm", [IRT_GPCM] = "gpcm" };

/* ── for programs ── */

static void put_b(struct json_out *j, const struct irt_item *i, const double *b)
{
	jw_key(j, "b");
	if (!irt_is_polytomous(i->model)) {
		jw_real(j, b[0]);
		return;
	}
	jw_open(j, '[');
	for (int k = 0; k < i->categories - 1; k++)
		jw_real(j, b[k]);
	jw_close(j, ']');
}

static void put_item(struct json_out *j, const struct calibration *k, size_t i, struct str name)
{
	const struct irt_item *item = &k->items[i];
	jw_open(j, '{');
	jw_key(j, "name");
	jw_str(j, name);
	jw_key(j, "a");
	jw_real(j, item->a);
	put_b(j, item, item->b);
	if (item->model == IRT_3PL) {
		jw_key(j, "c");
		jw_real(j, item->c);
	}
	jw_key(j, "se");
	jw_open(j, '{');
	jw_key(j, "a");
	jw_real(j, k->se[i].a);
	put_b(j, item, k->se[i].b);
	if (item->model == IRT_3PL) {
		jw_key(j, "c");
		if (k->c_at_bound[i])
			jw_null(j);
		else
			jw_real(j, k->se[i].c);
	}
	jw_close(j, '}');
	jw_close(j, '}');
}

static void put_json(struct buf *b, const struct calibration *k, const struct str *names, const char *model)
{
	struct json_out j = { .b = b };
	jw_open(&j, '{');
	jw_key(&j, "model");
	jw_str(&j, str_of(model));
	jw_key(&j, "items");
	jw_open(&j, '[');
	for (size_t i = 0; i < k->n_items; i++)
		put_item(&j, k, i, names[i]);
	jw_close(&j, ']');
	jw_key(&j, "loglik");
	jw_real(&j, k->loglik);
	jw_key(&j, "aic");
	jw_real(&j, k->aic);
	jw_key(&j, "bic");
	jw_real(&j, k->bic);
	jw_key(&j, "reliability");
	jw_real(&j, k->reliability);
	jw_key(&j, "converged");
	jw_bool(&j, true);
	jw_close(&j, '}');
	buf_char(b, '\n');
}

/* ── for people ── */

static void put_name(struct buf *b, struct str name)
{
	size_t width = 0;
	for (size_t i = 0; i < name.n; i++)
		width += ((unsigned char)name.p[i] & 0xc0) != 0x80;
	buf_str(b, name);
	do
		buf_char(b, ' ');
	while (++width < NAME_WIDTH);
}

static void put_line(struct buf *b, const struct calibration *k, size_t i, struct str name)
{
	const struct irt_item *item = &k->items[i];
	put_name(b, name);
	buf_fmt(b, "%8.3f (%.3f)", item->a, k->se[i].a);
	for (int m = 0; m < item->categories - 1; m++)
		buf_fmt(b, "  %8.3f (%.3f)", item->b[m], k->se[i].b[m]);
	if (item->model == IRT_3PL && k->c_at_bound[i])
		buf_fmt(b, "  %8.3f (at its bound)", item->c);
	else if (item->model == IRT_3PL)
		buf_fmt(b, "  %8.3f (%.3f)", item->c, k->se[i].c);
	buf_lit(b, "\n");
}

static void put_table(struct buf *b, const struct calibration *k, const struct str *names, const char *model, bool prior)
{
	buf_fmt(b, "%s%s: %.0f people, %zu different rows, %zu parameters\n", model, prior ? " with priors" : "", k->people, k->patterns, k->parameters);
	buf_fmt(b, "log-likelihood %.3f   AIC %.3f   BIC %.3f   reliability %.3f\n\n", k->loglik, k->aic, k->bic, k->reliability);
	put_name(b, S("item"));
	buf_str(b, irt_is_polytomous(k->items[0].model) ? S("a (standard error)  thresholds b") : S("a (standard error)  b"));
	buf_str(b, k->items[0].model == IRT_3PL ? S("  c\n") : S("\n"));
	for (size_t i = 0; i < k->n_items; i++)
		put_line(b, k, i, names[i]);
	for (size_t i = 0; i < k->n_items; i++)
		if (k->items[i].a < 0)
			buf_fmt(b, "\n%.*s: people of higher ability do worse here. Is its key right, or its scale the wrong way round?\n", STR_ARG(names[i]));
}

/* ── the command ── */

int calibrate_run(struct command_line *c)
{
	const char *model = command_take(c, "--model");
	bool json = command_flag(c, "--json"), prior = command_flag(c, "--prior");
	struct responses_table table;
	struct calibration k;
	struct str text;
	struct buf b;
	size_t m = 0;
	while (model && m < sizeof models / sizeof *models && strcmp(models[m], model) != 0)
		m++;
	if (!model || m == sizeof models / sizeof *models)
		return command_fail(c, "Which model? karmayogi calibrate --model rasch|2pl|3pl|grm|gpcm RESPONSES.csv [--json] [--prior]");
	if (c->argc != 1)
		return command_fail(c, "Which file? karmayogi calibrate --model %s RESPONSES.csv [--json] [--prior]", model);
	if (!command_read(c, c->argv[0], RESPONSES_BYTES_MAX, &text))
		return command_fail(c, "%s cannot be read: %s.", c->argv[0], strerror(errno));
	enum err e = responses_read(c->cx, text, &table);
	if (e != OK)
		return command_err(c, e);
	struct calibration_options o = {
		.model = (enum irt_model)m, .prior = prior ? &irt_prior_usual : NULL, .names = table.names, .threads = command_threads()
	};
	e = calibrate(c->cx, &table.r, &o, &k);
	if (e != OK)
		return command_err(c, e);
	if (table.without > 0)
		fprintf(stderr, "%.0f people answered nothing and are left out.\n", table.without);
	buf_init(&b, c->cx->arena, 4 << 20);
	if (json)
		put_json(&b, &k, table.names, model);
	else
		put_table(&b, &k, table.names, model, prior);
	return command_write(c, &b);
}
