/* An establishment file that anybody may send: it is read to its end, or each row that cannot be is named; what is read is text, days and numbers within their
 * bounds, and written again it is read as the same. */
#include "base/clock.h"
#include "base/ctx.h"
#include "base/utf8.h"
#include "feature/establishment/est_file.h"
#include "feature/establishment/establishment.h"
#include "feature/post/post.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must(bool holds)
{
	if (!holds)
		abort();
}

static bool day_good(int64_t day)
{
	return day == NONE || (day >= clock_day_of(1950, 1, 1) && day <= clock_day_of(2100, 1, 1));
}

static void check_row(const struct est_row *r)
{
	const struct str texts[] = { r->office, r->name_en, r->name_hi, r->competency, r->designation, r->place,
				     r->roles,	r->service, r->person,	r->holding,    r->order_no };
	for (size_t i = 0; i < sizeof texts / sizeof *texts; i++)
		must(utf8_valid(texts[i]) && utf8_length(texts[i]) <= 4000);
	must(r->kind < EST_KINDS && r->line > 1 && (r->kind != EST_POST || work_code_good(r->code)));
	if (r->kind == EST_POST || r->kind == EST_HOLDER)
		must(day_good(r->from_day) && day_good(r->until_day));
	if (r->kind == EST_POST)
		must(r->sanctioned == NONE || (r->sanctioned >= 1 && r->sanctioned <= 100000));
}

static void check_faults(const struct est_faults *f)
{
	for (size_t i = 0; i < f->n; i++)
		must(f->v[i].text && f->v[i].line >= 0);
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct arena *a = arena_new();
	struct est_faults faults = { .arena = a }, again_faults = { .arena = a };
	struct est_row *rows, *again;
	size_t n_read, n_rows, n_again;
	struct buf b;
	est_read(&faults, (struct str){ (const char *)data, n }, &rows, &n_read, &n_rows);
	must(n_read <= n_rows && n_rows <= ESTABLISHMENT_ROWS_MAX + 1 && (n_rows || faults.n));
	check_faults(&faults);
	buf_init(&b, a, 4 * ESTABLISHMENT_BYTES_MAX);
	est_write_head(&b);
	for (size_t i = 0; i < n_read; i++) {
		check_row(&rows[i]);
		est_write(&b, &rows[i]);
	}
	if (n_read) {
		est_read(&again_faults, buf_get(&b), &again, &n_again, &n_rows);
		must(!again_faults.n && n_again == n_read);
		for (size_t i = 0; i < n_read; i++)
			must(again[i].kind == rows[i].kind && str_eq(again[i].code, rows[i].code) && str_eq(again[i].person, rows[i].person));
	}
	arena_free(a);
	return 0;
}
