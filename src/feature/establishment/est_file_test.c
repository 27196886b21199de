/* Rows of establishment files: what is read, what is refused with its row, and that what is written comes back. */
#include "feature/establishment/est_file.h"
#include "feature/establishment/establishment.h"

#include <stdlib.h>

static struct arena *mem;

static struct est_faults read_text(struct str text, struct est_row **rows, size_t *n)
{
	struct est_faults f = { .arena = mem };
	size_t n_rows;
	est_read(&f, text, rows, n, &n_rows);
	return f;
}

static const struct est_fault *fault_of(const struct est_faults *f, int line)
{
	for (size_t i = 0; i < f->n; i++)
		if (f->v[i].line == line)
			return &f->v[i];
	return NULL;
}

static void columns_stand_in_any_order(void **state)
{
	struct est_row *rows;
	size_t n;
	(void)state;
	struct est_faults f = read_text(S("until;person;kind;post;from;order_no\n2026-12-31;E1;holder;p-1;2026-01-01;'=A/1\n;;;;;\n"), &rows, &n);
	assert_int_equal(f.n, 0);
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].kind, EST_HOLDER);
	assert_int_equal(rows[0].line, 2);
	assert_true(str_is(rows[0].person, "E1") && str_is(rows[0].post, "p-1") && str_is(rows[0].order_no, "=A/1"));
	assert_int_equal(rows[0].from_day, clock_day_of(2026, 1, 1));
	assert_int_equal(rows[0].until_day, clock_day_of(2026, 12, 31));
	assert_true(rows[0].office.p && !rows[0].office.n);
}

static void columns_that_are_not_known_or_stand_twice_are_refused(void **state)
{
	struct est_row *rows;
	size_t n;
	(void)state;
	struct est_faults f = read_text(S("kind,code,salary,code\nrole,a,5,a\n"), &rows, &n);
	assert_int_equal(f.n, 2);
	assert_true(str_is(f.v[0].what, "salary") && str_is(f.v[1].what, "code"));
	f = read_text(S("code,name_en\na,b\n"), &rows, &n);
	assert_true(f.n == 1 && str_is(f.v[0].what, "kind"));
}

static void every_wrong_cell_names_its_row_and_column(void **state)
{
	struct est_row *rows;
	size_t n;
	(void)state;
	struct est_faults f = read_text(S("kind,code,name_en,role,activity,competency,level,post,person,from,sanctioned\n"
					  "seat,a,,,,,,,,,\n"		    /* 2: no kind */
					  "role,a b,A,,,,,,,,\n"	    /* 3: no code */
					  "role,ok,A,,,,,,,,5\n"	    /* 4: not a column of roles */
					  "need,,,r,a,kcm:x,two,,,,\n"	    /* 5: no number */
					  "holder,,,,,,,p,E1,2026-02-30,\n" /* 6: no such day */
					  "holder,,,,,,,p,,2026-02-01,\n"   /* 7: nobody */
					  "post,p,,,,,,,,,100001\n"	    /* 8: more than there can be */
					  "role,good,A,,,,,,,,\n"),
					&rows, &n);
	assert_int_equal(f.n, 7);
	for (int line = 2; line <= 8; line++)
		assert_non_null(fault_of(&f, line));
	assert_true(str_is(fault_of(&f, 5)->other, "level") && str_is(fault_of(&f, 7)->other, "person"));
	/* What is right in it is read none the less, so that the other rows are judged beside it. */
	assert_int_equal(n, 1);
	assert_int_equal(rows[0].line, 9);
}

static void a_file_of_too_many_rows_is_refused(void **state)
{
	struct est_row *rows;
	struct buf b;
	size_t n;
	(void)state;
	buf_init(&b, mem, 4 << 20);
	buf_lit(&b, "kind,code,name_en\n");
	for (int i = 0; i <= ESTABLISHMENT_ROWS_MAX; i++)
		buf_fmt(&b, "role,r%d,R\n", i);
	struct est_faults f = read_text(buf_get(&b), &rows, &n);
	assert_int_equal(f.n, 1);
	assert_int_equal(f.v[0].line, ESTABLISHMENT_ROWS_MAX + 2);
	f = read_text(S("kind,code\nrole,\"a\n"), &rows, &n);
	assert_true(f.n == 1 && f.v[0].line == 2);
	f = read_text(S("kind,code\n"), &rows, &n);
	assert_int_equal(f.n, 1);
}

static void what_is_written_comes_back(void **state)
{
	struct est_row *rows, *again;
	struct buf b;
	size_t n, m;
	(void)state;
	struct est_faults f = read_text(establishment_sample(), &rows, &n);
	assert_int_equal(f.n, 0);
	assert_int_equal(n, 9);
	buf_init(&b, mem, 1 << 20);
	est_write_head(&b);
	for (size_t i = 0; i < n; i++)
		est_write(&b, &rows[i]);
	f = read_text(buf_get(&b), &again, &m);
	assert_int_equal(f.n, 0);
	assert_int_equal(m, n);
	for (size_t i = 0; i < n; i++) {
		assert_int_equal(again[i].kind, rows[i].kind);
		assert_true(str_eq(again[i].code, rows[i].code) && str_eq(again[i].name_en, rows[i].name_en) && str_eq(again[i].name_hi, rows[i].name_hi));
		assert_true(str_eq(again[i].order_no, rows[i].order_no) && str_eq(again[i].roles, rows[i].roles) &&
			    str_eq(again[i].competency, rows[i].competency));
		assert_true(again[i].from_day == rows[i].from_day && again[i].until_day == rows[i].until_day && again[i].sanctioned == rows[i].sanctioned);
	}
}

static int begin(void **state)
{
	(void)state;
	mem = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(mem);
	return 0;
}

#define T(f) cmocka_unit_test(f)
int main(void)
{
	const struct CMUnitTest tests[] = {
		T(columns_stand_in_any_order),
		T(columns_that_are_not_known_or_stand_twice_are_refused),
		T(every_wrong_cell_names_its_row_and_column),
		T(a_file_of_too_many_rows_is_refused),
		T(what_is_written_comes_back),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
