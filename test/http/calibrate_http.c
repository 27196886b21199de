/* `karmayogi calibrate`: what programs and people get of a table of answers, and what is said where there is no result. No database, no data folder. */
#include "http_test.h"

#include <jansson.h>
#include <math.h>
#include <unistd.h>

/* Section 6 of the Law School Admission Test (Bock and Lieberman 1970): patterns 00000, 00001, … 11111. */
static const int lsat_6[32] = { 3, 6, 2, 11, 1, 1, 3, 4, 1, 8, 0, 16, 0, 3, 2, 15, 10, 29, 14, 81, 3, 28, 15, 80, 16, 56, 21, 173, 11, 61, 28, 298 };

/* Nothing is at these places. */
static struct fixture nowhere = { .dir = "/nonexistent/karmayogi", .url = "sqlite:/nonexistent/karmayogi.db" };
static char path[] = "/tmp/karmayogi-answers-XXXXXX";
static char said[200000];

static void write_answers(const char *text)
{
	FILE *f = fopen(path, "w");
	NEED(f && fputs(text, f) >= 0 && fclose(f) == 0, "no file of answers");
}

static int calibrate_file(const char *model, const char *option)
{
	const char *const args[] = { "calibrate", path, "--model", model, option, NULL };
	return program_run(&nowhere, said, sizeof said, args);
}

static const char *lsat_csv(void)
{
	static char text[2000];
	size_t at = (size_t)snprintf(text, sizeof text, "Item 1,Item 2,Item 3,Item 4,\"Item, the fifth\",n\r\n");
	for (unsigned p = 0; p < 32; p++)
		at += (size_t)snprintf(text + at, sizeof text - at, "%u,%u,%u,%u,%u,%d\r\n", p >> 4 & 1, p >> 3 & 1, p >> 2 & 1, p >> 1 & 1, p & 1, lsat_6[p]);
	return text;
}

static json_t *answer(const char *model, const char *option)
{
	json_error_t error;
	assert_int_equal(calibrate_file(model, option), 0);
	json_t *j = json_loads(said, 0, &error);
	if (!j)
		print_error("%s\n%s\n", error.text, said);
	assert_non_null(j);
	assert_string_equal(json_string_value(json_object_get(j, "model")), model);
	assert_true(json_is_true(json_object_get(j, "converged")));
	assert_int_equal(json_object_size(j), 7);
	return j;
}

static double number(json_t *j, const char *key)
{
	json_t *v = json_object_get(j, key);
	assert_true(json_is_real(v));
	assert_true(isfinite(json_real_value(v)));
	return json_real_value(v);
}

static void near(double got, double wanted, double within)
{
	if (fabs(got - wanted) > within)
		print_error("expected %g, got %g\n", wanted, got);
	assert_true(fabs(got - wanted) <= within);
}

/* Estimates and errors of R's ltm for these data. */
static void programs_get_the_published_estimates(void **state)
{
	(void)state;
	write_answers(lsat_csv());
	json_t *j = answer("2pl", "--json"), *items = json_object_get(j, "items"), *first = json_array_get(items, 0);
	near(number(j, "loglik"), -2466.653, 0.001);
	near(number(j, "aic"), 4953.307, 0.001);
	near(number(j, "bic"), 5002.384, 0.001);
	assert_true(number(j, "reliability") > 0.2 && number(j, "reliability") < 0.4);
	assert_int_equal(json_array_size(items), 5);
	assert_int_equal(json_object_size(first), 4);
	assert_string_equal(json_string_value(json_object_get(json_array_get(items, 4), "name")), "Item, the fifth");
	near(number(first, "a"), 0.8254, 0.001);
	near(number(first, "b"), -3.3597, 0.003);
	near(number(json_object_get(first, "se"), "a"), 0.2581, 0.001);
	near(number(json_object_get(first, "se"), "b"), 0.8669, 0.002);
	assert_int_equal(json_object_size(json_object_get(first, "se")), 2);
	json_decref(j);
	j = answer("rasch", "--json");
	near(number(j, "loglik"), -2466.938, 0.001);
	json_decref(j);
}

static void a_3pl_has_c_and_polytomous_items_have_lists(void **state)
{
	(void)state;
	write_answers(lsat_csv());
	const char *const args[] = { "calibrate", "--prior", "--json", "--model", "3pl", path, NULL };
	assert_int_equal(program_run(&nowhere, said, sizeof said, args), 0);
	json_t *j = json_loads(said, 0, NULL), *item = json_array_get(json_object_get(j, "items"), 0);
	near(number(item, "c"), 0.2, 0.05);
	assert_true(number(json_object_get(item, "se"), "c") > 0.01);
	json_decref(j);
	/* Without priors its c go to 0, where they have no error. */
	j = answer("3pl", "--json");
	item = json_array_get(json_object_get(j, "items"), 0);
	assert_true(json_is_null(json_object_get(json_object_get(item, "se"), "c")));
	json_decref(j);
	for (int m = 0; m < 2; m++) {
		j = answer(m ? "gpcm" : "grm", "--json");
		item = json_array_get(json_object_get(j, "items"), 0);
		assert_int_equal(json_array_size(json_object_get(item, "b")), 1);
		assert_int_equal(json_array_size(json_object_get(json_object_get(item, "se"), "b")), 1);
		assert_null(json_object_get(item, "c"));
		json_decref(j);
	}
}

static void people_get_a_table(void **state)
{
	(void)state;
	write_answers(lsat_csv());
	const char *const args[] = { "calibrate", "--model", "2pl", path, NULL };
	assert_int_equal(program_run(&nowhere, said, sizeof said, args), 0);
	assert_non_null(strstr(said, "2pl: 1000 people, 30 different rows, 10 parameters"));
	assert_non_null(strstr(said, "Item 2 "));
	assert_non_null(strstr(said, "0.723 (0.187)"));
	/* The first item with right and wrong the wrong way round. */
	static char turned[2000];
	size_t at = (size_t)snprintf(turned, sizeof turned, "turned;b;c;d;e;n\n");
	for (unsigned p = 0; p < 32; p++)
		at += (size_t)snprintf(turned + at, sizeof turned - at, "%d;%u;%u;%u;%u;%d\n", !(p >> 4 & 1), p >> 3 & 1, p >> 2 & 1, p >> 1 & 1, p & 1,
				       lsat_6[p]);
	write_answers(turned);
	assert_int_equal(program_run(&nowhere, said, sizeof said, args), 0);
	assert_non_null(strstr(said, "turned: people of higher ability do worse here"));
}

static void empty_cells_are_unanswered_and_empty_rows_are_told(void **state)
{
	static char text[4000];
	(void)state;
	size_t at = (size_t)snprintf(text, sizeof text, "%s", lsat_csv());
	snprintf(text + at, sizeof text - at, ",NA,,,,7\n1,,NA,0,1,5\n\n");
	write_answers(text);
	const char *const args[] = { "calibrate", "--model", "rasch", path, NULL };
	assert_int_equal(program_run(&nowhere, said, sizeof said, args), 0);
	assert_non_null(strstr(said, "7 people answered nothing and are left out"));
	assert_non_null(strstr(said, "1005 people"));
}

static void without_a_result_there_is_a_sentence_and_no_number(void **state)
{
	static const struct {
		const char *model, *text, *sentence;
	} v[] = {
		{ "2pl", "", "the row cannot be read" },
		{ "2pl", "n\n3\n", "line 1: there is no item" },
		{ "2pl", "a,b,c\n", "nobody answered anything" },
		{ "2pl", "a,,c\n1,1,1\n", "line 1: column 2 has no name" },
		{ "2pl", "a,b,a\n1,1,1\n", "two columns have the name “a”" },
		{ "2pl", "a,b,c\n1,1\n", "line 2: this row has another number of cells" },
		{ "2pl", "a,b,c\n1,1,1,1\n", "line 2: this row has another number of cells" },
		{ "2pl", "a,b,c\n1,0,1\n1,yes,0\n", "line 3: “yes” at b is no category" },
		{ "2pl", "a,b,c\n1,0,-1\n", "is no category" },
		{ "2pl", "a,b,c\n1,0,1.5\n", "is no category" },
		{ "2pl", "a,b,c\n1,0,nan\n", "is no category" },
		{ "2pl", "a,b,c\n1,0,11\n", "is no category" },
		{ "2pl", "a,b,c,n\n1,0,1,-4\n", "n must say how many" },
		{ "2pl", "a,b,c,n\n1,0,1,1e9\n", "n must say how many" },
		{ "2pl", "a,b,c,n\n1,0,1,99999999999999999999\n", "n must say how many" },
		{ "2pl", "a,b,c\n1,\"0,1\n", "the row cannot be read" },
		{ "2pl", "a,b,c\n1,\xff,1\n", "not UTF-8" },
		{ "rasch", "a,n\n1,40\n0,40\n", "at least 2 items" },
		{ "2pl", "a,b,n\n1,0,40\n0,1,40\n", "at least 3 items" },
		{ "2pl", "a,b,c,n\n1,0,,40\n0,1,,40\n", "c: nobody answered this item" },
		{ "2pl", "a,b,c,n\n1,0,1,40\n0,1,1,40\n", "c: everybody who answered this item gave the same answer" },
		{ "2pl", "a,b,c,n\n1,0,2,40\n0,1,1,40\n0,0,0,9\n", "c: this item has more than two categories" },
		{ "grm", "a,b,c,n\n1,0,2,40\n0,1,0,40\n0,0,0,9\n", "c: a category below the highest was given by nobody" },
		{ "2pl", "a,b,c\n1,0,1\n0,1,0\n1,1,0\n", "3 people are too few for 6 parameters" },
		{ "2pl", "a,b,c,n\n1,1,1,400\n0,0,0,400\n", "run away" },
		{ "grm", "a,b,c,n\n1,1,1,400\n0,0,0,400\n2,2,2,300\n", "run away" },
		{ "4pl", "a,b,c\n1,0,1\n", "Which model?" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		write_answers(v[i].text);
		int code = calibrate_file(v[i].model, "--json");
		if (code != 1 || !strstr(said, v[i].sentence))
			print_error("case %zu: exit %d, said: %s\n", i, code, said);
		assert_int_equal(code, 1);
		assert_non_null(strstr(said, v[i].sentence));
		assert_null(strstr(said, "{\"model\""));
	}
	const char *const gone[] = { "calibrate", "--model", "2pl", "/nonexistent/answers.csv", NULL }, *const none[] = { "calibrate", "--model", "2pl", NULL };
	assert_int_equal(program_run(&nowhere, said, sizeof said, gone), 1);
	assert_non_null(strstr(said, "cannot be read"));
	assert_int_equal(program_run(&nowhere, said, sizeof said, none), 1);
	assert_non_null(strstr(said, "Which file?"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_get_the_published_estimates),
		cmocka_unit_test(a_3pl_has_c_and_polytomous_items_have_lists),
		cmocka_unit_test(people_get_a_table),
		cmocka_unit_test(empty_cells_are_unanswered_and_empty_rows_are_told),
		cmocka_unit_test(without_a_result_there_is_a_sentence_and_no_number),
	};
	int fd = mkstemp(path);
	NEED(fd >= 0, "no file for answers");
	close(fd);
	int failed = cmocka_run_group_tests_name("calibrate", tests, NULL, NULL);
	unlink(path);
	return failed;
}
