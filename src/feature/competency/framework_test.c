/* Frameworks as files: what is read comes back, in CSV and in CASE; what is wrong is named; real packages of others are taken. */
#include "feature/competency/competency.h"

#include <dirent.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>

#include <cmocka.h>

static struct arena *a;

static struct str file_text(const char *path)
{
	FILE *f = fopen(path, "rb");
	struct buf b;
	char piece[65536];
	assert_non_null(f);
	buf_init(&b, a, FRAMEWORK_BYTES_MAX);
	for (size_t n; (n = fread(piece, 1, sizeof piece, f)) > 0;)
		buf_add(&b, piece, n);
	fclose(f);
	return buf_get(&b);
}

static struct framework *read_good(struct str text, struct str code)
{
	struct findings f = { .arena = a };
	struct framework *fw = framework_read(&f, S("test"), text, code);
	for (size_t i = 0; i < f.n; i++)
		print_error("line %d: %s\n", f.v[i].line, finding_text(a, &f.v[i]).p);
	assert_int_equal(f.n, 0);
	return fw;
}

static struct str as_csv(const struct framework *fw)
{
	struct buf b;
	buf_init(&b, a, 2 * FRAMEWORK_BYTES_MAX);
	framework_write_csv(&b, fw);
	assert_false(b.full);
	return buf_get(&b);
}

static const struct entry *entry_of(const struct framework *fw, const char *code)
{
	for (size_t i = 0; i < fw->n; i++)
		if (str_is(fw->v[i].code, code))
			return &fw->v[i];
	return NULL;
}

#define KCM SOURCE_DIR "/framework/kcm.csv"

/* Figures: Capacity Building Commission, KCM as published: 13 behavioural and 22 functional competencies, 112 sub-themes, four Sankalps, four Gunas, three
 * levels. */
static void the_karmayogi_competency_model_is_complete(void **state)
{
	struct framework *fw = read_good(file_text(KCM), S(""));
	size_t n[ENTRY_KINDS] = { 0 }, behavioural = 0;
	(void)state;
	for (size_t i = 0; i < fw->n; i++) {
		n[fw->v[i].kind]++;
		behavioural += fw->v[i].kind == ENTRY_THEME && str_is(fw->v[i].area, "behavioural");
		assert_true(fw->v[i].name.hi.n > 0);
	}
	assert_int_equal(n[ENTRY_AREA], 2);
	assert_int_equal(n[ENTRY_THEME], 35);
	assert_int_equal(behavioural, 13);
	assert_int_equal(n[ENTRY_SUB_THEME], 112);
	assert_int_equal(n[ENTRY_SANKALP], 4);
	assert_int_equal(n[ENTRY_GUNA], 4);
	assert_int_equal(fw->n_levels, 3);
	assert_true(str_is(fw->levels[0].en, "Beginner") && str_is(fw->levels[2].en, "Advanced"));
	assert_int_equal(entry_of(fw, "functional.noting-and-drafting")->n_indicators, 3);
	assert_true(str_is(entry_of(fw, "functional.noting-and-drafting")->parent, "functional.office-management"));
}

static void what_is_written_is_read_again_the_same(void **state)
{
	struct framework *fw = read_good(file_text(KCM), S(""));
	struct str once = as_csv(fw), twice = as_csv(read_good(once, S("")));
	(void)state;
	assert_true(str_eq(once, twice));
}

/* English, codes, tree, indicators, levels and identifiers go through CASE; Hindi has no place there. */
static void a_package_of_case_brings_the_same_tree(void **state)
{
	struct framework *fw = read_good(file_text(KCM), S("")), *back;
	struct buf b;
	(void)state;
	buf_init(&b, a, 4 * FRAMEWORK_BYTES_MAX);
	framework_write_case(&b, fw, S("https://learn.example"), 1795000000000);
	back = read_good(buf_get(&b), S("kcm"));
	assert_int_equal(back->n, fw->n);
	assert_int_equal(back->n_levels, 3);
	assert_true(str_eq(back->identifier, fw->identifier) && str_eq(back->levels[1].en, fw->levels[1].en));
	for (size_t i = 0; i < fw->n; i++) {
		const struct entry *e = &fw->v[i], *r = entry_of(back, e->code.p ? str_c(a, e->code) : "");
		assert_non_null(r);
		assert_true(r->kind == e->kind && str_eq(r->parent, e->parent) && str_eq(r->identifier, e->identifier) && str_eq(r->name.en, e->name.en) &&
			    str_eq(r->area, e->area));
		assert_int_equal(r->n_indicators, e->n_indicators);
	}
}

static void the_same_file_is_the_same_framework_everywhere(void **state)
{
	(void)state;
	assert_true(str_is(framework_uuid(a, S("kcm"), S("functional")), framework_uuid(a, S("kcm"), S("functional")).p));
	assert_false(str_eq(framework_uuid(a, S("kcm"), S("functional")), framework_uuid(a, S("kc"), S("mfunctional"))));
	assert_true(framework_uuid_good(framework_uuid(a, S("kcm"), S(""))));
	assert_int_equal(framework_uuid(a, S("kcm"), S("")).p[14], '8'); /* the version */
	assert_false(framework_uuid_good(S("6E690EE3-7e6e-8ce7-87fe-9f77cf92ab2e")));
	assert_false(framework_uuid_good(S("6e690ee37e6e8ce787fe9f77cf92ab2e")));
}

#define HEAD "kind,code,parent,area,level,name_en,about_en,replaced_by,relates_to\n"
#define TOP HEAD "framework,x,,,2,X,,,\nlevel,,,,1,One,,,\nlevel,,,,2,Two,,,\n"

static void every_mistake_is_named_with_its_line(void **state)
{
	static const struct {
		const char *text, *says;
		int line;
	} bad[] = {
		{ "", "the first row cannot be read", 1 },
		{ "kind,colour\n", "no column “colour”", 1 },
		{ HEAD "theme,a,,,,A,,,\n", "must come first", 2 },
		{ TOP "mood,a,,,,A,,,\n", "no kind of row", 5 },
		{ TOP "theme,a,,,,A,,,\ntheme,a,,,,B,,,\n", "stands twice", 6 },
		{ TOP "theme,a b,,,,A,,,\n", "no code", 5 },
		{ TOP "theme,a,,,,,,,\n", "has no name", 5 },
		{ TOP "theme,a,nowhere,,,A,,,\n", "not in this file", 5 },
		{ TOP "sub-theme,a,,,,A,,,\n", "stands below nothing", 5 },
		{ TOP "theme,a,,,,A,,,\ntheme,b,a,,,B,,,\n", "cannot stand below “a”", 6 },
		{ TOP "theme,t,,,,T,,,\nsub-theme,a,b,,,A,,,\nsub-theme,b,a,,,B,,,\n", "stands below itself", 6 },
		{ TOP "area,a,,kind,,A,,,\n", "not called behavioural, functional or domain", 5 },
		{ TOP "theme,a,,,,A,,,\nindicator,,a,,3,,Does it.,,\n", "a level that the framework does not have", 5 },
		{ TOP "theme,a,,,,A,,,\nindicator,,a,,1,,Does it.,,\nindicator,,a,,1,,Again.,,\n", "two indicators of one level", 5 },
		{ TOP "indicator,,a,,1,,Does it.,,\n", "right behind it", 5 },
		{ TOP "theme,a,,,,A,,b,\n", "replaced by “b”", 5 },
		{ TOP "theme,a,,,,A,,a,\n", "replaced by “a”", 5 },
		{ TOP "theme,a,,,,A,,,c\n", "relates to “c”", 5 },
		{ HEAD "framework,x,,,11,X,,,\n", "no level", 2 },
		{ HEAD "framework,x,,,2,X,,,\nlevel,,,,1,One,,,\ntheme,a,,,,A,,,\n", "a level of the framework has no name", 0 },
		{ TOP, "no competency in it", 0 },
		{ TOP "theme,\"a,,,,A,,,\n", "a quote is not closed", 5 },
		{ "{\"CFDocument\":{}}", "no package of CASE", 0 },
		{ "{", "no JSON object", 1 },
		{ "{\"CFDocument\":{\"title\":\"T\"},\"CFItems\":[{\"fullStatement\":\"S\"}]}", "no identifier", 0 },
	};
	int missed = 0;
	(void)state;
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++) {
		struct findings f = { .arena = a };
		framework_read(&f, S("test"), str_of(bad[i].text), S(""));
		bool named = false;
		for (size_t k = 0; k < f.n; k++)
			named = named || (str_find(finding_text(a, &f.v[k]), str_of(bad[i].says)) >= 0 && f.v[k].line == bad[i].line);
		if (!named) {
			print_error("%zu (%s) is not named: %zu findings, first %s, line %d\n", i, bad[i].says, f.n, f.n ? finding_text(a, &f.v[0]).p : "-",
				    f.n ? f.v[0].line : 0);
			missed++;
		}
	}
	assert_int_equal(missed, 0);
}

/* A part of a circle of thousands, and thousands of levels below each other, end in a sentence and not in a crash. */
static void what_is_endless_is_refused(void **state)
{
	struct buf b;
	struct findings f = { .arena = a };
	(void)state;
	buf_init(&b, a, FRAMEWORK_BYTES_MAX);
	buf_lit(&b, TOP "theme,s0,,,,T,,,\n");
	for (int i = 1; i < 4000; i++)
		buf_fmt(&b, "sub-theme,s%d,s%d,,,T,,,\n", i, i - 1);
	framework_read(&f, S("test"), buf_get(&b), S(""));
	assert_true(f.n > 0 && str_find(finding_text(a, &f.v[0]), S("too deep")) >= 0);
}

static void texts_that_look_like_formulas_come_back_as_they_were(void **state)
{
	struct framework *fw = read_good(S(TOP "theme,a,,,,\"'=1+1\",\"-\",,\n"), S(""));
	(void)state;
	assert_true(str_is(fw->v[0].name.en, "=1+1"));
	assert_true(str_is(read_good(as_csv(fw), S(""))->v[0].name.en, "=1+1"));
	assert_true(str_is(read_good(as_csv(fw), S(""))->v[0].about.en, "-"));
}

/* Packages that another program made (OpenSALT). */
static void packages_of_others_are_taken(void **state)
{
	char folder[500], path[900];
	int taken = 0;
	(void)state;
	snprintf(folder, sizeof folder, "%s/samples/case", getenv("SHARED_DIR") ? getenv("SHARED_DIR") : SOURCE_DIR "/../shared");
	DIR *d = opendir(folder);
	if (!d)
		skip();
	for (struct dirent *e; (e = readdir(d));) {
		if (!strstr(e->d_name, ".json"))
			continue;
		snprintf(path, sizeof path, "%s/%s", folder, e->d_name);
		struct framework *fw = read_good(file_text(path), S(""));
		assert_true(fw->n > 0 && framework_code_good(fw->code));
		assert_true(str_eq(as_csv(fw), as_csv(read_good(as_csv(fw), S("")))));
		taken++;
	}
	closedir(d);
	assert_int_equal(taken, 4);
}

static void what_a_course_teaches_is_read_from_a_line(void **state)
{
	struct teaches *t;
	struct str wrong;
	size_t n;
	static const char *const bad[] = { "a", "a@", "@1", "a@0", "a@11", "a@x", ":a@1", "a@1, a@2", "a b@1", "," };
	(void)state;
	assert_true(teaches_read(a, S("functional.noting-and-drafting@2, mine:c.1@10"), &t, &n, &wrong));
	assert_int_equal(n, 2);
	assert_true(str_is(t[0].framework, "kcm") && str_is(t[0].code, "functional.noting-and-drafting") && t[0].level == 2);
	assert_true(str_is(t[1].framework, "mine") && str_is(t[1].code, "c.1") && t[1].level == 10);
	assert_true(teaches_read(a, S(""), &t, &n, &wrong) && n == 0);
	for (size_t i = 0; i < sizeof bad / sizeof *bad; i++)
		if (teaches_read(a, str_of(bad[i]), &t, &n, &wrong))
			print_error("taken: %s\n", bad[i]), assert_true(false);
}

static int begin(void **state)
{
	(void)state;
	a = arena_new();
	return 0;
}

static int end(void **state)
{
	(void)state;
	arena_free(a);
	return 0;
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(the_karmayogi_competency_model_is_complete),
		cmocka_unit_test(what_is_written_is_read_again_the_same),
		cmocka_unit_test(a_package_of_case_brings_the_same_tree),
		cmocka_unit_test(the_same_file_is_the_same_framework_everywhere),
		cmocka_unit_test(every_mistake_is_named_with_its_line),
		cmocka_unit_test(what_is_endless_is_refused),
		cmocka_unit_test(texts_that_look_like_formulas_come_back_as_they_were),
		cmocka_unit_test(packages_of_others_are_taken),
		cmocka_unit_test(what_a_course_teaches_is_read_from_a_line),
	};
	return cmocka_run_group_tests(tests, begin, end);
}
