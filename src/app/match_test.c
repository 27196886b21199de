/* Tests of `karmayogi match`: what a file may hold, what is said when it is wrong, and the program itself. */
#include "app/match_read.h"
#include "base/base_check.h"

#include <fcntl.h>
#include <spawn.h>

extern char **environ;

/* ── reading ── */

static enum err read_text(struct ctx *cx, const char *text, struct match_file *f)
{
	cx->n_failures = 0;
	return match_read(cx, str_of(text), f);
}

static void names_in_any_form_and_order(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct match_file f;
	assert_int_equal(
		read_text(&cx,
			  "\xef\xbb\xbf {\"note\":[{\"a\":[1,null]},\"\\\"]\"],\n\"scores\":[[ 70e-1 ,\"\\u0905\\ud83d\\ude00\", -1.5e2],[\"7\",\"q\",0.1]],"
			  "\"posts\":[\"q\",\"अ😀\"],\"officers\":[\"7\",7.0]}\n",
			  &f),
		OK);
	assert_int_equal(f.problem.n_officers, 2);
	assert_int_equal(f.problem.n_posts, 2);
	assert_int_equal(f.problem.n_pairs, 2);
	expect_str(f.officers[0], "\"7\"");
	expect_str(f.officers[1], "7.0");
	assert_int_equal(f.problem.pairs[0].officer, 1);
	assert_int_equal(f.problem.pairs[0].post, 1);
	assert_true(f.problem.pairs[0].score == -150);
	assert_int_equal(f.problem.pairs[1].officer, 0);
	assert_int_equal(f.problem.pairs[1].post, 0);
	assert_true(f.problem.pairs[1].score == 0.1);
	/* Numbers that no double holds apart are apart. */
	assert_int_equal(
		read_text(&cx, "{\"officers\":[12345678901234567890,12345678901234567891],\"posts\":[-0,1],\"scores\":[[12345678901234567891,0,1]]}", &f), OK);
	assert_int_equal(f.problem.pairs[0].officer, 1);
	assert_int_equal(read_text(&cx, "{\"officers\":[],\"posts\":[],\"scores\":[]}", &f), OK);
	arena_free(cx.arena);
}

static void every_fault_has_its_place(void **state)
{
	(void)state;
	static const struct {
		const char *text, *field, *sentence;
	} v[] = {
		{ "", "line 1, column 1", "the file ends in the middle" },
		{ "[]", "line 1, column 1", "an object should stand here: {\"officers\": …, \"posts\": …, \"scores\": …}" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1,2", "line 1, column 45", "the file ends in the middle" },
		{ "{\"officers\":[1],\n\"posts\":[1],\n \"scores\":[[1,1,01]]}", "line 3, column 19", "this is no number of JSON" },
		{ "{\"officers\":[1] \"posts\":[1]}", "line 1, column 17", "a comma or } should stand here" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[]}]", "line 1, column 41", "nothing more should stand here" },
		{ "{\"officers\":[\"\\ud800\"]}", "line 1, column 16", "this escape stands for no character" },
		{ "{\"officers\":[\"a\nb\"]}", "line 1, column 16", "a text must not hold a line break or another control character" },
		{ "{\"officers\":[\"\xff\"]}", "", "The file is not text in UTF-8." },
		{ "{\"officers\":[1],\"posts\":[1]}", "scores", "is missing" },
		{ "{\"officers\":[1],\"officers\":[1]}", "officers", "is there twice" },
		{ "{\"officers\":[1,\"a\",1.0]}", "officers[2]", "{name} is there twice" },
		{ "{\"officers\":[1],\"posts\":[\"p\",\"\\u0070\"]}", "posts[1]", "{name} is there twice" },
		{ "{\"officers\":[true]}", "officers[0]", "a name must be a text or a number" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1,2],[2,1,2]]}", "scores[1]", "{name} is not among the officers" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,\"1\",2]]}", "scores[0]", "{name} is not among the posts" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1,\"2\"]]}", "scores[0]", "the score must be a number" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1,NaN]]}", "scores[0]", "the score must be a number" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1,1e999]]}", "scores[0]",
		  "the score {name} is beyond what is counted with: at most 1e15, above or below 0" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1]]}", "scores[0]", "must be [officer, post, score], with names that are texts or numbers" },
		{ "{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1,2,3]]}", "scores[0]",
		  "must be [officer, post, score], with names that are texts or numbers" },
		{ "{\"officers\":[1,2],\"posts\":[1],\"scores\":[[2,1,2],[1,1,2],[2,1,3],[1,1,4]]}", "scores[2]",
		  "the pair of {officer} and {post} has a score already" },
		{ "{\"scores\":[[2,1,2]],\"officers\":[1],\"posts\":[1]}", "scores[0]", "{name} is not among the officers" },
	};
	struct ctx cx = { .arena = arena_new() };
	for (size_t i = 0; i < COUNT(v); i++) {
		struct match_file f = { .problem.n_pairs = 99 };
		enum err e = read_text(&cx, v[i].text, &f);
		assert_true(e == ERR_MALFORMED || e == ERR_INVALID);
		assert_int_equal(cx.n_failures, 1);
		expect_str(cx.failures[0].field, v[i].field);
		expect_str(str_of(cx.failures[0].text), v[i].sentence);
		assert_int_equal(f.problem.n_pairs, 99);
	}
	arena_free(cx.arena);
}

static void deep_nesting_and_long_names_are_refused_shortly(void **state)
{
	(void)state;
	struct ctx cx = { .arena = arena_new() };
	struct match_file f;
	struct buf b;
	buf_init(&b, cx.arena, 1 << 20);
	buf_lit(&b, "{\"x\":");
	for (int i = 0; i < 100000; i++)
		buf_char(&b, '[');
	assert_int_equal(match_read(&cx, buf_get(&b), &f), ERR_MALFORMED);
	expect_str(str_of(cx.failures[0].text), "the values are nested too deep");
	buf_init(&b, cx.arena, 1 << 20);
	buf_lit(&b, "{\"officers\":[],\"posts\":[],\"scores\":[[\"");
	for (int i = 0; i < 100000; i++)
		buf_char(&b, 'x');
	buf_lit(&b, "\",1,1]]}");
	cx.n_failures = 0;
	assert_int_equal(match_read(&cx, buf_get(&b), &f), ERR_INVALID);
	assert_true(cx.failures[0].args[0].value.n < 300);
	arena_free(cx.arena);
}

/* ── the program ── */

struct ran {
	int code;
	char out[4096], err[4096];
};

static void slurp(const char *path, char *into, size_t n)
{
	FILE *f = fopen(path, "r");
	assert_non_null(f);
	into[fread(into, 1, n - 1, f)] = 0;
	fclose(f);
}

/* Runs `karmayogi match - OPTION OPTION` in an empty folder of its own, which must stay empty but for what is written here. */
static void run(const char *input, const char *option, const char *second, struct ran *r)
{
	char dir[] = "/tmp/karmayogi-match-XXXXXX", in[64], out[64], err[64];
	const char *program = getenv("KARMAYOGI");
	char *argv[] = { (char *)(uintptr_t)program, "match", "-", (char *)(uintptr_t)option, (char *)(uintptr_t)second, NULL };
	posix_spawn_file_actions_t files;
	pid_t pid;
	assert_non_null(program);
	assert_non_null(mkdtemp(dir));
	snprintf(in, sizeof in, "%s/in", dir);
	snprintf(out, sizeof out, "%s/out", dir);
	snprintf(err, sizeof err, "%s/err", dir);
	FILE *f = fopen(in, "w");
	assert_non_null(f);
	assert_int_equal(fwrite(input, 1, strlen(input), f), strlen(input));
	fclose(f);
	posix_spawn_file_actions_init(&files);
	posix_spawn_file_actions_addopen(&files, 0, in, O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&files, 1, out, O_WRONLY | O_CREAT, 0600);
	posix_spawn_file_actions_addopen(&files, 2, err, O_WRONLY | O_CREAT, 0600);
	posix_spawn_file_actions_addchdir_np(&files, dir);
	assert_int_equal(posix_spawn(&pid, program, &files, NULL, argv, environ), 0);
	posix_spawn_file_actions_destroy(&files);
	assert_int_equal(waitpid(pid, &r->code, 0), pid);
	r->code = WEXITSTATUS(r->code);
	slurp(out, r->out, sizeof r->out);
	slurp(err, r->err, sizeof r->err);
	unlink(in);
	unlink(out);
	unlink(err);
	assert_int_equal(rmdir(dir), 0);
}

#define FILE_OF_THREE                                                                                                                                          \
	"{\"officers\":[\"c\",7,\"a\"],\"posts\":[\"p\",\"q\",1.50],\"scores\":[[\"c\",\"p\",0.5],[\"c\",\"q\",0.4],[7,\"p\",0.4],[\"a\",1.5,-1],[7,\"q\",-3]" \
	"]}"

static void expect_begins(const char *text, const char *with)
{
	if (strncmp(text, with, strlen(with)) != 0)
		print_error("expected: %s…\n     got: %s\n", with, text);
	assert_true(strncmp(text, with, strlen(with)) == 0);
}

static void one_object_and_nothing_else(void **state)
{
	(void)state;
	struct ran r;
	run(FILE_OF_THREE, NULL, NULL, &r);
	assert_int_equal(r.code, 0);
	expect_begins(r.out, "{\"assignment\":[[\"c\",\"q\"],[7,\"p\"]],\"total\":0.8,\"dual_bound\":0.8,\"milliseconds\":");
	assert_string_equal(r.out + strlen(r.out) - 2, "}\n");
	assert_ptr_equal(strchr(r.out, '}'), r.out + strlen(r.out) - 2);
	assert_string_equal(r.err, "");
	run(FILE_OF_THREE, "--fill", NULL, &r);
	expect_begins(r.out, "{\"assignment\":[[\"c\",\"q\"],[7,\"p\"],[\"a\",1.50]],\"total\":-0.2,\"dual_bound\":-0.2,\"milliseconds\":");
}

static void stability_and_reasons(void **state)
{
	(void)state;
	struct ran r;
	run(FILE_OF_THREE, "--stable", NULL, &r);
	assert_non_null(
		strstr(r.out, "\"stable\":{\"assignment\":[[\"c\",\"p\"]],\"total\":0.5,\"placed\":1,\"optimum_placed\":2,\"optimum_blocking_pairs\":1}"));
	run(FILE_OF_THREE, "--explain", NULL, &r);
	assert_non_null(strstr(r.out, "\"slack\":0,"));
	assert_non_null(strstr(r.out, "\"left_empty\":[{\"post\":1.50,\"why\":"));
	run("{\"officers\":[1],\"posts\":[\"x\",\"y\",\"z\"],\"scores\":[[1,\"x\",2],[1,\"z\",3]]}", "--explain", "--fill", &r);
	assert_non_null(strstr(
		r.out,
		"\"can_be_filled\":1,\"cannot_be_filled\":[{\"posts\":[\"x\",\"z\"],\"officers\":[1],\"missing\":1,\"why\":\"Posts: 2. Officers who come into "
		"question for any of them: 1. Posts that must stay empty: 1.\"},{\"posts\":[\"y\"],\"officers\":[],\"missing\":1,\"why\":\"Nobody"));
}

static void what_is_wrong_stands_on_standard_error_alone(void **state)
{
	(void)state;
	struct ran r;
	run("{\"officers\":[1],\"posts\":[1],\"scores\":[[1,1,2],[3,1,2]]}", NULL, NULL, &r);
	assert_int_equal(r.code, 1);
	assert_string_equal(r.out, "");
	assert_string_equal(r.err, "scores[1]: 3 is not among the officers\n");
	run("{}", "--full", NULL, &r);
	assert_int_equal(r.code, 1);
	assert_string_equal(r.out, "");
	expect_begins(r.err, "Which file?");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_in_any_form_and_order),
		cmocka_unit_test(every_fault_has_its_place),
		cmocka_unit_test(deep_nesting_and_long_names_are_refused_shortly),
		cmocka_unit_test(one_object_and_nothing_else),
		cmocka_unit_test(stability_and_reasons),
		cmocka_unit_test(what_is_wrong_stands_on_standard_error_alone),
	};
	return cmocka_run_group_tests_name("app/match", tests, NULL, NULL);
}
