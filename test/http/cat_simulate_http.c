/* `karmayogi cat-simulate`: what programs and people get of a planned adaptive test, its pictures, and what is said where there is no result. No database. */
#include "http_test.h"

#include <jansson.h>
#include <libxml/parser.h>
#include <math.h>
#include <unistd.h>

/* Nothing is at these places. */
static struct fixture nowhere = { .dir = "/nonexistent/karmayogi", .url = "sqlite:/nonexistent/karmayogi.db" };
static char folder[] = "/tmp/karmayogi-bank-XXXXXX";
static char bank[100], said[400000];

static void write_bank(const char *text)
{
	FILE *f = fopen(bank, "w");
	NEED(f && fputs(text, f) >= 0 && fclose(f) == 0, "no file for a bank");
}

/* 120 items of three parts; every fifth has the next as its enemy. */
static void write_items(void)
{
	static char text[40000];
	size_t at = (size_t)snprintf(text, sizeof text, "{\"model\":\"2pl\",\"items\":[");
	for (int i = 0; i < 120; i++) {
		at += (size_t)snprintf(text + at, sizeof text - at, "%s{\"name\":\"Q%d\",\"a\":%.2f,\"b\":%.3f,\"part\":\"%s\"", i ? "," : "", i,
				       0.8 + 0.1 * (i % 9), -3 + 6 * (i * 37 % 120) / 119.0, (const char *const[]){ "law", "office", "ethics" }[i % 3]);
		if (i % 5 == 0)
			at += (size_t)snprintf(text + at, sizeof text - at, ",\"enemies\":[\"Q%d\"]", i + 1);
		at += (size_t)snprintf(text + at, sizeof text - at, "}");
	}
	snprintf(text + at, sizeof text - at, "]}");
	write_bank(text);
}

enum { OPTIONS = 12 };
static int run(const char *const options[OPTIONS])
{
	const char *args[OPTIONS + 3] = { "cat-simulate", bank };
	for (int i = 0; i < OPTIONS; i++)
		args[i + 2] = options[i];
	return program_run(&nowhere, said, sizeof said, args);
}

static json_t *answer(const char *const options[OPTIONS])
{
	json_error_t error;
	if (run(options) != 0)
		print_error("%s\n", said);
	json_t *j = json_loads(said, 0, &error);
	if (!j)
		print_error("%s\n%s\n", error.text, said);
	assert_non_null(j);
	return j;
}

static double number(json_t *j, const char *key)
{
	json_t *v = json_object_get(j, key);
	if (!json_is_number(v))
		print_error("%s is no number\n", key);
	assert_true(json_is_number(v));
	assert_true(isfinite(json_number_value(v)));
	return json_number_value(v);
}

static void near(double got, double wanted, double within)
{
	if (fabs(got - wanted) > within)
		print_error("expected %g, got %g\n", wanted, got);
	assert_true(fabs(got - wanted) <= within);
}

static void programs_get_figures_that_agree(void **state)
{
	(void)state;
	write_items();
	json_t *j = answer((const char *const[OPTIONS]){ "--json", "--people", "200", "--length", "5-25", "--se", "0.35", "--score", "wle" }), *v;
	json_t *length = json_object_get(j, "length"), *exposure = json_object_get(j, "exposure"), *items = json_object_get(j, "items");
	double all = 0, sum = 0, most = 0, last = -9;
	const char *key;
	size_t i;
	assert_int_equal(json_object_size(j), 11);
	assert_int_equal(json_integer_value(json_object_get(j, "people")), 200);
	assert_true(json_is_null(json_object_get(j, "classification")));
	json_object_foreach(json_object_get(j, "stopped"), key, v) all += number(json_object_get(j, "stopped"), key);
	near(all, 1, 1e-9);
	assert_true(number(json_object_get(j, "stopped"), "precise") > 0.5);
	assert_true(number(length, "min") >= 5 && number(length, "max") <= 25 && number(length, "sd") > 0);
	assert_true(fabs(number(j, "bias")) < 0.15 && number(j, "rmse") > 0.2 && number(j, "rmse") < 0.6 && number(j, "se") > 0.2);
	assert_int_equal(json_array_size(items), 120);
	json_array_foreach(items, i, v)
	{
		sum += number(v, "exposure");
		most = fmax(most, number(v, "exposure"));
	}
	/* Every item that somebody got is in somebody's test. */
	near(sum, number(length, "mean"), 1e-6);
	near(most, number(exposure, "max"), 1e-12);
	near(sum / 120, number(exposure, "mean"), 1e-9);
	assert_true(number(exposure, "overlap") > sum / 120 && number(exposure, "overlap") < 1 && number(exposure, "unused") < 1);
	assert_int_equal(json_array_size(json_object_get(j, "conditional")), 13);
	json_array_foreach(json_object_get(j, "conditional"), i, v)
	{
		assert_int_equal(json_object_size(v), 5);
		assert_true(number(v, "theta") > last);
		last = number(v, "theta");
		assert_true(number(v, "rmse") >= fabs(number(v, "bias")) && number(v, "length") >= 5 && number(v, "se") > 0);
	}
	json_decref(j);
	j = answer((const char *const[OPTIONS]){ "--json", "--people", "200", "--pass", "-0.5", "--select", "kl" });
	v = json_object_get(j, "classification");
	near(number(v, "pass"), -0.5, 0);
	near(number(v, "accuracy") + number(v, "false_pass") + number(v, "false_fail"), 1, 1e-9);
	assert_true(number(v, "accuracy") > 0.8);
	assert_true(number(json_object_get(j, "stopped"), "passed") > 0.3 && number(json_object_get(j, "stopped"), "failed") > 0.1);
	json_decref(j);
}

static void chance_is_the_seed_and_not_the_threads(void **state)
{
	static char first[sizeof said];
	(void)state;
	write_items();
	assert_int_equal(run((const char *const[OPTIONS]){ "--json", "--people", "100", "--exposure", "randomesque:4", "--threads", "1", "--seed", "5" }), 0);
	memcpy(first, said, sizeof said);
	assert_int_equal(run((const char *const[OPTIONS]){ "--json", "--people", "100", "--exposure", "randomesque:4", "--threads", "7", "--seed", "5" }), 0);
	assert_string_equal(said, first);
	assert_int_equal(run((const char *const[OPTIONS]){ "--json", "--people", "100", "--exposure", "randomesque:4", "--threads", "1", "--seed", "6" }), 0);
	assert_string_not_equal(said, first);
}

static void what_calibrate_prints_is_a_bank(void **state)
{
	static const char answers[] = "first,second,third,n\n1,1,1,90\n1,1,0,40\n1,0,1,30\n0,1,1,30\n1,0,0,40\n0,1,0,25\n0,0,1,20\n0,0,0,60\n";
	(void)state;
	write_bank(answers);
	const char *const args[] = { "calibrate", "--model", "2pl", "--json", bank, NULL };
	assert_int_equal(program_run(&nowhere, said, sizeof said, args), 0);
	write_bank(said);
	json_t *j = answer((const char *const[OPTIONS]){ "--json", "--people", "50" });
	assert_string_equal(json_string_value(json_object_get(json_array_get(json_object_get(j, "items"), 2), "name")), "third");
	/* Three items and no more. */
	near(number(json_object_get(j, "stopped"), "exhausted"), 1, 0);
	near(number(json_object_get(j, "length"), "max"), 3, 0);
	json_decref(j);
}

static void the_blueprint_and_the_rate_are_kept_and_what_lacks_is_said(void **state)
{
	(void)state;
	write_items();
	json_t *j = answer((const char *const[OPTIONS]){ "--json", "--people", "300", "--length", "10", "--blueprint", "law=6,ethics=4", "--exposure",
							 "sympson-hetter:0.5" }),
	       *v;
	size_t i;
	near(number(j, "content_met"), 1, 0);
	assert_true(number(json_object_get(j, "exposure"), "max") < 0.62);
	json_array_foreach(json_object_get(j, "items"), i, v) if (i % 3 == 1) near(number(v, "exposure"), 0, 0); /* office is not asked for */
	json_decref(j);
	assert_int_equal(run((const char *const[OPTIONS]){ "--people", "20", "--length", "90", "--blueprint", "law=50,ethics=40" }), 0);
	assert_non_null(strstr(said, "Of the part \"law\" there are 10 items too few"));
	assert_non_null(strstr(said, "blueprint met by 0.0 %"));
	assert_int_equal(run((const char *const[OPTIONS]){ "--people", "100", "--length", "40", "--exposure", "sympson-hetter:0.1" }), 0);
	assert_non_null(strstr(said, "this bank cannot do that"));
}

static void people_get_a_table(void **state)
{
	(void)state;
	write_items();
	assert_int_equal(run((const char *const[OPTIONS]){ "--people", "100", "--length", "12", "--pass", "0" }), 0);
	assert_non_null(strstr(said, "100 people, 120 items"));
	assert_non_null(strstr(said, "decided rightly"));
	assert_non_null(strstr(said, "    -3.0"));
	assert_null(strstr(said, "nan"));
}

static void pictures_can_be_read(void **state)
{
	static const char *const names[] = { "error", "length", "exposure", "passed" };
	char pictures[200], path[300];
	(void)state;
	write_items();
	snprintf(pictures, sizeof pictures, "%s/pictures", folder);
	for (int again = 0; again < 2; again++)
		assert_int_equal(run((const char *const[OPTIONS]){ "--people", "50", "--se", "0.4", "--pass", "0", "--pictures", pictures }), 0);
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		snprintf(path, sizeof path, "%s/%s.svg", pictures, names[i]);
		xmlDoc *d = xmlReadFile(path, NULL, XML_PARSE_NONET);
		assert_non_null(d);
		xmlNode *root = xmlDocGetRootElement(d);
		assert_string_equal((const char *)root->name, "svg");
		assert_string_equal((const char *)xmlFirstElementChild(root)->name, "title");
		xmlFreeDoc(d);
		unlink(path);
	}
	rmdir(pictures);
	assert_int_equal(run((const char *const[OPTIONS]){ "--people", "50", "--pictures", "/nonexistent/pictures" }), 1);
	assert_non_null(strstr(said, "cannot be made"));
}

static void without_a_result_there_is_a_sentence(void **state)
{
	static const struct {
		const char *bank, *option, *value, *sentence;
	} v[] = {
		{ "", NULL, NULL, "this is not JSON" },
		{ "{\"items\":[", NULL, NULL, "this is not JSON" },
		{ "[]", NULL, NULL, "a list of items should stand here" },
		{ "{\"items\":{}}", NULL, NULL, "a list of items should stand here" },
		{ "{\"items\":[]}", NULL, NULL, "There is no calibrated item" },
		{ "{\"items\":[3]}", NULL, NULL, "items[0]: must be an object" },
		{ "{\"items\":[{\"a\":1}]}", NULL, NULL, "items[0].name: every item must have a name" },
		{ "{\"items\":[{\"name\":\"x\",\"a\":1,\"b\":1}]}", NULL, NULL, "items[0].model: must be rasch" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":\"1\",\"b\":1}]}", NULL, NULL, "items[0].a: must be a number" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1}]}", NULL, NULL, "items[0].b: must be a number" },
		{ "{\"model\":\"grm\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":[]}]}", NULL, NULL, "1 to 9 thresholds" },
		{ "{\"model\":\"grm\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":[1,0]}]}", NULL, NULL, "x: these parameters are not those of an item" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":[1,2]}]}", NULL, NULL, "does not fit the model" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1e300,\"b\":1}]}", NULL, NULL, "must be finite" },
		{ "{\"model\":\"3pl\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":1,\"c\":1}]}", NULL, NULL, "share of guessing" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":1},{\"name\":\"x\",\"a\":1,\"b\":1}]}", NULL, NULL, "the same name" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":1,\"enemies\":[\"y\"]}]}", NULL, NULL, "not another item" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":1,\"enemies\":[\"x\"]}]}", NULL, NULL, "not another item" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":1,\"enemies\":3}]}", NULL, NULL, "list of names" },
		{ "{\"model\":\"2pl\",\"items\":[{\"name\":\"x\",\"a\":1,\"b\":1,\"part\":[]}]}", NULL, NULL, "must be a text or a whole number" },
		{ NULL, "--people", "0", "--people must be a whole number from 1" },
		{ NULL, "--people", "many", "--people must be" },
		{ NULL, "--length", "20-10", "How long?" },
		{ NULL, "--length", "0", "How long?" },
		{ NULL, "--length", "10-1000", "How long?" },
		{ NULL, "--se", "-1", "--se must be a number" },
		{ NULL, "--se", "nan", "--se must be a number" },
		{ NULL, "--pass", "11", "--pass must be a number" },
		{ NULL, "--select", "best", "--select must be fisher or kl" },
		{ NULL, "--score", "ml", "--score must be eap or wle" },
		{ NULL, "--exposure", "randomesque", "Which exposure?" },
		{ NULL, "--exposure", "randomesque:0", "Which exposure?" },
		{ NULL, "--exposure", "sympson-hetter:1.5", "Which exposure?" },
		{ NULL, "--exposure", "sympson-hetter:", "Which exposure?" },
		{ NULL, "--blueprint", "law", "Which parts?" },
		{ NULL, "--blueprint", "law=x", "Which parts?" },
		{ NULL, "--blueprint", "tax=4", "of the part \"tax\"" },
		{ NULL, "--blueprint", "law=0", "some part must have a share" },
		{ NULL, "--blueprint", "law=-1,office=2", "must not be negative" },
		{ NULL, "--seed", "0", "--seed must be" },
		{ NULL, "--threads", "17", "--threads must be" },
		{ NULL, "--wonder", "5", "Which bank?" },
	};
	(void)state;
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		if (v[i].bank)
			write_bank(v[i].bank);
		else
			write_items();
		int code = run((const char *const[OPTIONS]){ "--json", v[i].option, v[i].value });
		if (code != 1 || !strstr(said, v[i].sentence))
			print_error("case %zu: exit %d, said: %s\n", i, code, said);
		assert_int_equal(code, 1);
		assert_non_null(strstr(said, v[i].sentence));
		assert_null(strstr(said, "{\"people\""));
	}
	const char *const gone[] = { "cat-simulate", "/nonexistent/bank.json", NULL };
	assert_int_equal(program_run(&nowhere, said, sizeof said, gone), 1);
	assert_non_null(strstr(said, "cannot be read"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(programs_get_figures_that_agree),
		cmocka_unit_test(chance_is_the_seed_and_not_the_threads),
		cmocka_unit_test(what_calibrate_prints_is_a_bank),
		cmocka_unit_test(the_blueprint_and_the_rate_are_kept_and_what_lacks_is_said),
		cmocka_unit_test(people_get_a_table),
		cmocka_unit_test(pictures_can_be_read),
		cmocka_unit_test(without_a_result_there_is_a_sentence),
	};
	NEED(mkdtemp(folder), "no folder for a bank");
	snprintf(bank, sizeof bank, "%s/bank.json", folder);
	int failed = cmocka_run_group_tests_name("cat-simulate", tests, NULL, NULL);
	unlink(bank);
	rmdir(folder);
	return failed;
}
