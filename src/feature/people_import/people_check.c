/* The check of a staff list: reads it whole, changes nothing, says of every row what would happen; see people_import.h. */
#include "base/clock.h"
#include "feature/people_import/people_import.h"
#include "feature/people_import/seen.h"
#include "feature/people_import/staff_file.h"
#include "feature/people_import/staff_judge.h"
#include "web/lang.h"

#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

enum { ROWS_A_READ = 1000 };
#define BEAT_EVERY (1000 * INT64_C(1000000)) /* ns */

/* A row whose supervisor was not known when it was judged. */
struct waiting {
	size_t row, at;
	int line;
};
struct check {
	struct job *j;
	struct people_import_one_row import;
	struct staff_file file;
	struct staff_map map;
	struct staff_memo *memo;
	struct seen numbers, emails, mobiles, refused_numbers;
	FILE *plan, *refused, *changes, *gone;
	struct waiting *waiting;
	size_t n_waiting, cap_waiting;
	int64_t n[128];          /* by verdict */
	int64_t n_rows, n_gone;
	int64_t beaten;
	bool broken, ended, trouble;
	const char *sentence;    /* why the list cannot be read */
	int64_t after;           /* person, while looking for those who are not in it */
};

/* ── what is written ── */

static const char *verdict_text(enum staff_verdict v)
{
	switch (v) {
	case STAFF_NEW: return N_("new");
	case STAFF_CHANGED: return N_("changed");
	case STAFF_MOVED: return N_("moved");
	case STAFF_RETURNED: return N_("back again");
	case STAFF_GONE: return N_("left");
	case STAFF_SAME: return N_("unchanged");
	case STAFF_REFUSED: return N_("refused");
	}
	BUG("verdict");
}

static void put(struct check *k, FILE *f, struct buf *b)
{
	struct str s = buf_get(b);
	k->trouble = k->trouble || b->full || fwrite(s.p, 1, s.n, f) != s.n;
}

static void write_head(struct ctx *cx, struct check *k)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	buf_lit(&b, "\xef\xbb\xbf");
	/* The reason first: it is what one looks for, on a phone too. */
	csv_put(&b, S("line"));
	csv_put(&b, S("wrong_column"));
	csv_put(&b, S("what_is_wrong"));
	for (size_t i = 0; i < k->file.csv.head.n; i++)
		csv_put(&b, k->file.csv.head.v[i]);
	csv_end_row(&b);
	put(k, k->refused, &b);
	buf_init(&b, cx->arena, 1 << 16);
	buf_lit(&b, "\xef\xbb\xbfline,employee_no,name,what,before,after\r\n");
	put(k, k->changes, &b);
}

static void write_refused(struct ctx *cx, struct check *k, const struct strs *cells, int line, const struct staff_fault *fault)
{
	struct buf b;
	buf_init(&b, cx->arena, 4 << 20);
	csv_put(&b, str_fmt(cx->arena, "%d", line));
	csv_put(&b, str_of(fault->field < STAFF_FIELDS ? staff_columns[fault->field].name : ""));
	csv_put(&b, str_of(tr(cx->lang, fault->text)));
	for (size_t i = 0; i < cells->n && i < k->file.csv.head.n; i++)
		csv_put(&b, cells->v[i]);
	csv_end_row(&b);
	put(k, k->refused, &b);
}

static void add_pair(struct buf *before, struct buf *after, const char *what, struct str was, struct str is)
{
	buf_fmt(before, "%s%s: %.*s", before->n ? "; " : "", what, STR_ARG(was));
	buf_fmt(after, "%s%s: %.*s", after->n ? "; " : "", what, STR_ARG(is));
}

static void write_change(struct ctx *cx, struct check *k, int line, const struct staff_row *r, const struct staff_judgement *g)
{
	struct buf b, before, after;
	buf_init(&b, cx->arena, 1 << 16);
	buf_init(&before, cx->arena, 1 << 14);
	buf_init(&after, cx->arena, 1 << 14);
	if (g->known && r->name.n && !str_eq(r->name, g->was.name))
		add_pair(&before, &after, "name", g->was.name, r->name);
	if (g->known && r->email.n && !str_eq(r->email, g->was.email))
		add_pair(&before, &after, "email", g->was.email, r->email);
	if (g->known && r->mobile.n && !str_eq(r->mobile, g->was.mobile))
		add_pair(&before, &after, "mobile", g->was.mobile, r->mobile);
	if (g->new_supervisor)
		add_pair(&before, &after, "supervisor", g->was.supervisor, r->supervisor);
	if (g->verdict == STAFF_NEW || g->new_place)
		buf_fmt(&after, "%s%.*s, %.*s", after.n ? "; " : "", STR_ARG(r->designation), STR_ARG(r->org));
	csv_put(&b, str_fmt(cx->arena, "%d", line));
	csv_put(&b, r->employee_no);
	csv_put(&b, r->name);
	csv_put(&b, str_of(tr(cx->lang, verdict_text(g->verdict))));
	csv_put(&b, buf_get(&before));
	csv_put(&b, buf_get(&after));
	csv_end_row(&b);
	put(k, k->changes, &b);
}

/* ── rows ── */

static bool stood_before(struct check *k, const struct staff_row *r, int line, struct staff_fault *fault)
{
	const struct { struct seen *s; struct str text; enum staff_field field; } all[] = {
		{ &k->numbers, r->employee_no, STAFF_EMPLOYEE_NO }, { &k->emails, r->email, STAFF_EMAIL }, { &k->mobiles, r->mobile, STAFF_MOBILE },
	};
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (all[i].text.n && seen_put(all[i].s, all[i].text, (uint32_t)line)) {
			*fault = (struct staff_fault){ all[i].field, N_("stands in an earlier row of this list as well") };
			return true;
		}
	return false;
}

static void wait_for_supervisor(struct check *k, size_t at, int line)
{
	if (k->n_waiting == k->cap_waiting) {
		k->cap_waiting = k->cap_waiting ? 2 * k->cap_waiting : 1024;
		k->waiting = realloc(k->waiting, k->cap_waiting * sizeof *k->waiting);
		BUG_IF(!k->waiting);
	}
	k->waiting[k->n_waiting++] = (struct waiting){ .row = (size_t)k->n_rows, .at = at, .line = line };
}

static enum err one_row(struct ctx *cx, struct check *k, const struct strs *cells)
{
	int line = k->file.row_line;
	struct staff_row r;
	struct staff_judgement g = { .verdict = STAFF_REFUSED };
	bool read = staff_read(cx, cells, &k->map, &r, &g.fault);
	if (read && !stood_before(k, &r, line, &g.fault)) {
		TRY(staff_judge(cx, k->memo, k->import.org_id, &r, &g));
		if (g.verdict != STAFF_REFUSED && g.supervisor_unknown)
			wait_for_supervisor(k, k->file.row_at, line);
	}
	if (g.verdict == STAFF_REFUSED) {
		write_refused(cx, k, cells, line, &g.fault);
		/* A number that stands twice belongs to the row before. */
		if (read && g.fault.field != STAFF_EMPLOYEE_NO)
			seen_put(&k->refused_numbers, r.employee_no, (uint32_t)line);
	} else if (g.verdict != STAFF_SAME) {
		write_change(cx, k, line, &r, &g);
	}
	k->trouble = k->trouble || fputc((int)g.verdict, k->plan) == EOF;
	k->n[(unsigned)g.verdict]++;
	k->n_rows++;
	return OK;
}

static enum err some_rows(struct ctx *cx, void *arg)
{
	struct check *k = arg;
	struct strs cells;
	for (int i = 0; i < ROWS_A_READ; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		if (k->n_rows == IMPORT_ROWS_MAX || !staff_next(cx, &k->file, &cells, &k->broken)) {
			k->ended = true;
			break;
		}
		enum err e = one_row(cx, k, &cells);
		arena_back(cx->arena, mark);
		if (e != OK)
			return e;
	}
	k->j->done = (int64_t)staff_at(&k->file);
	return OK;
}

/* A row that was judged is refused after all. */
static void refuse_late(struct ctx *cx, struct check *k, const struct waiting *w, const struct strs *cells, const struct staff_row *r)
{
	bool there = seen_has(&k->numbers, r->supervisor);
	struct staff_fault fault = { STAFF_SUPERVISOR, there ? N_("is the employee number of a row that is refused itself")
							      : N_("is the employee number of nobody, neither here nor in this list") };
	write_refused(cx, k, cells, w->line, &fault);
	int was = fseek(k->plan, (long)w->row, SEEK_SET) == 0 ? fgetc(k->plan) : EOF;
	k->trouble = k->trouble || was == EOF || fseek(k->plan, (long)w->row, SEEK_SET) != 0 || fputc(STAFF_REFUSED, k->plan) == EOF;
	if (was > 0 && was < 128)
		k->n[was]--;
	k->n[STAFF_REFUSED]++;
	seen_put(&k->refused_numbers, r->employee_no, (uint32_t)w->line);
}

/* Once more through the rows whose supervisor is not in the data yet: he must stand in the list, in a row that is not refused. Refusing one may
 * refuse others, so this is done until nothing changes. */
static void settle_waiting(struct ctx *cx, struct check *k)
{
	for (bool again = true; again;) {
		size_t kept = 0;
		again = false;
		for (size_t i = 0; i < k->n_waiting; i++) {
			struct waiting w = k->waiting[i];
			struct staff_row r;
			struct staff_fault fault;
			struct strs cells;
			bool broken;
			struct arena_mark mark = arena_mark(cx->arena);
			staff_go(&k->file, w.at, w.line);
			bool good = staff_next(cx, &k->file, &cells, &broken) && staff_read(cx, &cells, &k->map, &r, &fault);
			k->trouble = k->trouble || !good;
			if (good && (!seen_has(&k->numbers, r.supervisor) || seen_has(&k->refused_numbers, r.supervisor))) {
				refuse_late(cx, k, &w, &cells, &r);
				again = true;
			} else {
				k->waiting[kept++] = w;
			}
			arena_back(cx->arena, mark);
		}
		k->n_waiting = kept;
	}
}

/* ── who is not in a complete list ── */

static enum err some_people(struct ctx *cx, void *arg)
{
	struct check *k = arg;
	struct people_import_people_after_row *rows;
	size_t n;
	TRY(people_import_sql_people_after(cx, k->after, k->import.org_id, ROWS_A_READ, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		k->after = rows[i].id;
		if (seen_has(&k->numbers, rows[i].employee_no))
			continue;
		struct staff_row r = { .employee_no = rows[i].employee_no, .name = rows[i].name };
		write_change(cx, k, 0, &r, &(struct staff_judgement){ .verdict = STAFF_GONE });
		k->trouble = k->trouble || fwrite(&rows[i].id, sizeof rows[i].id, 1, k->gone) != 1;
		k->n_gone++;
	}
	k->ended = n < ROWS_A_READ;
	return OK;
}

/* ── the whole ── */

static FILE *made(struct ctx *cx, const struct check *k, const char *what)
{
	return fopen(people_import_file(cx, k->import.id, what), "w+");
}

static enum err open_all(struct ctx *cx, struct check *k)
{
	k->plan = made(cx, k, "plan");
	k->refused = made(cx, k, "refused.csv");
	k->changes = made(cx, k, "changes.csv");
	k->gone = made(cx, k, "gone");
	if (!k->plan || !k->refused || !k->changes || !k->gone)
		return ERR_UNAVAILABLE;
	enum err e = staff_open(cx, people_import_file(cx, k->import.id, "list"), &k->file);
	if (e != OK) {
		k->sentence = cx->n_failures ? cx->failures[0].text : N_("The file of this list is gone.");
		return OK;
	}
	if (!staff_map_parse(k->import.columns, k->file.csv.head.n, &k->map))
		k->sentence = N_("The columns of this list are not what they were.");
	return OK;
}

/* On disk before the data says that the check is done. */
static bool keep(FILE *f)
{
	if (!f)
		return false;
	bool good = fflush(f) == 0 && fsync(fileno(f)) == 0;
	return fclose(f) == 0 && good;
}

static void close_all(struct check *k)
{
	bool good = keep(k->plan);
	good = keep(k->refused) && good;
	good = keep(k->changes) && good;
	good = keep(k->gone) && good;
	k->trouble = k->trouble || !good;
	staff_close(&k->file);
	staff_memo_free(k->memo);
	seen_end(&k->numbers);
	seen_end(&k->emails);
	seen_end(&k->mobiles);
	seen_end(&k->refused_numbers);
	free(k->waiting);
	k->waiting = NULL;
}

static enum err beat(struct ctx *cx, struct check *k)
{
	if (clock_monotonic() - k->beaten < BEAT_EVERY)
		return OK;
	k->beaten = clock_monotonic();
	return job_beat(cx, k->j);
}

static enum err read_all(struct ctx *cx, struct check *k)
{
	TRY(open_all(cx, k));
	if (k->sentence)
		return OK;
	write_head(cx, k);
	k->j->total = (int64_t)k->file.text.n;
	while (!k->ended && !k->trouble) {
		TRY(db_read(cx, some_rows, k));
		TRY(beat(cx, k));
	}
	if (k->broken) {
		k->sentence = N_("From this row on the file cannot be read: a quotation mark is not closed, or a field is far too long.");
		return OK;
	}
	if (k->n_rows == IMPORT_ROWS_MAX) {
		k->sentence = N_("The list has more rows than can be taken at once. Divide it into several files.");
		return OK;
	}
	settle_waiting(cx, k);
	k->ended = !k->import.complete;
	while (!k->ended && !k->trouble) {
		struct arena_mark mark = arena_mark(cx->arena);
		TRY(db_read(cx, some_people, k));
		arena_back(cx->arena, mark);
		TRY(beat(cx, k));
	}
	return OK;
}

static enum err find_import(struct ctx *cx, void *arg)
{
	struct check *k = arg;
	int64_t id;
	bool found = false;
	if (!str_int(k->j->input, &id))
		return ERR_INTERNAL;
	TRY(people_import_sql_one(cx, id, &k->import, &found));
	/* The files are for the one who asked. */
	cx->lang = lang_of(k->import.lang);
	return found ? OK : ERR_NOT_FOUND;
}

enum err people_check_act(struct ctx *cx, struct job *j)
{
	struct check *k = ARENA_NEW(cx->arena, struct check);
	k->j = j;
	TRY(db_read(cx, find_import, k));
	j->state = k;
	if (j->cancel)
		return OK;
	k->memo = staff_memo_new();
	seen_begin(&k->numbers);
	seen_begin(&k->emails);
	seen_begin(&k->mobiles);
	seen_begin(&k->refused_numbers);
	k->beaten = clock_monotonic();
	enum err e = read_all(cx, k);
	close_all(k);
	if (e == ERR_GONE && j->cancel)
		return OK;
	if (e == OK && k->trouble)
		return fail(cx, ERR_UNAVAILABLE, "", N_("The files of the check cannot be written; the disk may be full."));
	return e;
}

enum err people_check_step(struct ctx *cx, struct job *j)
{
	const struct check *k = j->state;
	int64_t id = k->import.id;
	j->ended = true;
	if (j->cancel)
		return people_import_sql_stopped(cx, id, NULL);
	if (k->sentence)
		return people_import_sql_unreadable(cx, str_of(k->sentence), k->broken ? k->file.csv.line : 0, id, NULL);
	return people_import_sql_checked(cx, k->n_rows, k->n[STAFF_NEW], k->n[STAFF_CHANGED], k->n[STAFF_MOVED] + k->n[STAFF_RETURNED], k->n[STAFF_GONE] + k->n_gone,
					 k->n[STAFF_SAME], k->n[STAFF_REFUSED], cx->now, id, NULL);
}
