/* A staff list that anybody may send: it is read to its end or refused with a sentence; what comes out of a row is text, and days that exist;
 * and work that stops at a row and goes on there reads the same rows. */
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/people_import/staff_file.h"
#include "feature/people_import/staff_row.h"

#include <stdio.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <unistd.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

enum { ROWS_MOST = 3000 };

static void check_row(struct ctx *cx, const struct strs *cells, const struct staff_map *map)
{
	struct staff_row row;
	struct staff_fault fault = { 0 };
	if (!staff_read(cx, cells, map, &row, &fault)) {
		if (!fault.text || fault.field > STAFF_FIELDS)
			abort();
		return;
	}
	if (!utf8_valid(row.name) || !utf8_valid(row.employee_no) || !utf8_valid(row.org) || !utf8_valid(row.designation))
		abort();
	int64_t first = clock_day_of(1900, 1, 1), last = clock_day_of(2200, 1, 1);
	if ((row.from_day != NONE && (row.from_day < first || row.from_day > last)) || (row.left_day != NONE && (row.left_day < first || row.left_day > last)))
		abort();
}

/* The rows from a place on: how many cells there are altogether. */
static size_t cells_from(struct ctx *cx, struct staff_file *f, const struct staff_map *map)
{
	struct strs cells;
	bool broken = false;
	size_t n = 0;
	for (int rows = 0; rows < ROWS_MOST && staff_next(cx, f, &cells, &broken); rows++) {
		n += cells.n;
		if (!broken)
			check_row(cx, &cells, map);
	}
	return n;
}

static void read_list(struct ctx *cx, struct staff_file *f)
{
	struct strs head;
	bool broken = false;
	if (!staff_next(cx, f, &head, &broken) || broken)
		return;
	struct staff_map map = staff_guess(cx->arena, &head), again;
	if (!staff_map_parse(staff_map_text(cx->arena, &map), head.n, &again))
		abort();
	size_t at = staff_at(f), whole;
	int line = f->csv.line;
	whole = cells_from(cx, f, &map);
	staff_go(f, at, line);
	if (cells_from(cx, f, &map) != whole)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct app app = { 0 };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = INT64_C(1790000000000) };
	struct staff_file f;
	char path[40];
	int fd = memfd_create("list", MFD_CLOEXEC);
	if (fd < 0 || (n && write(fd, data, n) != (ssize_t)n))
		abort();
	snprintf(path, sizeof path, "/proc/self/fd/%d", fd);
	if (staff_open(&cx, path, &f) == OK) {
		read_list(&cx, &f);
		staff_close(&f);
	} else if (!cx.n_failures) {
		abort();
	}
	close(fd);
	arena_free(cx.arena);
	return 0;
}
