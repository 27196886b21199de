/* Tests of GIFT: each kind, each fault, the sample files of the shared folder, and writing what was read. */
#include "text/gift.h"
#include "text/question_equal.h"
#include "text/html_text.h"
#include "text/text_check.h"

#include <sys/stat.h>

struct world {
	struct arena *arena;
	struct findings f;
	struct questions q;
};

static struct world read_text(struct str source, bool need_names)
{
	struct world w = { .arena = arena_new() };
	w.f.arena = w.arena;
	gift_parse(&w.f, S("x.gift"), source, need_names, &w.q);
	return w;
}

static struct world read_one(const char *source, enum question_kind kind)
{
	struct world w = read_text(str_of(source), false);
	expect_finding(&w.f, NULL);
	assert_int_equal(w.q.n, 1);
	assert_int_equal(w.q.v[0].kind, kind);
	return w;
}

static void choices(void **state)
{
	(void)state;
	struct world w = read_one("// note\n::n\\:1:: [markdown]Who *is*?\n{\n~a#no\n// inside\n=b \\= c#yes\n####because\n}\n", Q_SINGLE);
	const struct question *q = w.q.v;
	expect_str(q->name, "n:1");
	expect_str(q->text, "Who *is*?");
	assert_int_equal(q->format, FORMAT_MARKDOWN);
	assert_int_equal(q->line, 2);
	expect_str(q->options[0].feedback, "no");
	expect_str(q->options[1].text, "b = c");
	assert_int_equal(q->options[1].line, 6);
	assert_true(q->options[1].weight == 100 && q->options[0].weight == 0);
	expect_str(q->general_feedback, "because");
	arena_free(w.arena);
	w = read_one("Which?{~%33.33333%a ~%33.33333%b ~%33.33333%c ~%-100%[html]<b>d</b>}", Q_MULTIPLE);
	expect_str(w.q.v->options[3].text, "d");
	assert_int_equal(w.q.v->options[3].format, FORMAT_PLAIN);
	assert_true(w.q.v->options[3].weight == -100);
	arena_free(w.arena);
}

static void true_and_false(void **state)
{
	(void)state;
	struct world w = read_one("Grant is dead.{FALSE#for wrong#for right####general}", Q_TRUEFALSE);
	const struct question_option *o = w.q.v->options;
	assert_true(o[0].weight == 0 && o[1].weight == 100);
	expect_str(o[0].feedback, "for wrong");
	expect_str(o[1].feedback, "for right");
	expect_str(w.q.v->general_feedback, "general");
	arena_free(w.arena);
	w = read_one("Grant is dead.{T}", Q_TRUEFALSE);
	assert_true(w.q.v->options[0].weight == 100);
	arena_free(w.arena);
}

static void numbers(void **state)
{
	(void)state;
	struct world w = read_one("Pi? {#3.141..3.142}.", Q_NUMERIC);
	expect_str(w.q.v->text, "Pi?");
	const struct question_number *x = w.q.v->numbers;
	assert_true(question_number_fits(x, 3.141) && question_number_fits(x, 3.142) && !question_number_fits(x, 3.1421) && !question_number_fits(x, 3.14));
	assert_true(x->value == 3.1415 && x->tolerance == 0.0005);
	arena_free(w.arena);
	w = read_one("Born? {#\n=1822:0#exactly\n=%50%1822:2}", Q_NUMERIC);
	x = w.q.v->numbers;
	assert_int_equal(w.q.v->n_numbers, 2);
	expect_str(x[0].feedback, "exactly");
	assert_true(x[1].weight == 50 && x[1].tolerance == 2 && x[1].line == 3);
	arena_free(w.arena);
	w = read_one("Minus? {#-1}", Q_NUMERIC);
	assert_true(w.q.v->numbers->value == -1 && w.q.v->numbers->tolerance == 0);
	arena_free(w.arena);
}

static void short_and_matching(void **state)
{
	(void)state;
	struct world w = read_one("Two plus two equals {=four =%50%4} today.", Q_SHORT);
	expect_str(w.q.v->text, "Two plus two equals _____ today.");
	assert_true(w.q.v->options[1].weight == 50);
	arena_free(w.arena);
	w = read_one("Match {=a -> b =c->d = -> e}", Q_MATCHING);
	assert_int_equal(w.q.v->n_options, 3);
	expect_str(w.q.v->options[1].text, "c");
	expect_str(w.q.v->options[1].match, "d");
	expect_str(w.q.v->options[2].text, "");
	arena_free(w.arena);
}

static void blocks_and_escapes(void **state)
{
	(void)state;
	struct world w = read_text(S("$CATEGORY: top/a\r\n\r\n::1::a\\nb \\\\ \\x{T}\r\n::2::c{F}\r\n\r\n$CATEGORY: \r\n::3::d -\\> e{T}\r\n"), true);
	expect_finding(&w.f, NULL);
	assert_int_equal(w.q.n, 3);
	expect_str(w.q.v[0].text, "a\nb \\ \\x");
	expect_str(w.q.v[1].category, "top/a");
	assert_int_equal(w.q.v[1].line, 4);
	expect_str(w.q.v[2].category, "");
	expect_str(w.q.v[2].text, "d -> e");
	arena_free(w.arena);
}

static void html_becomes_plain(void **state)
{
	(void)state;
	struct arena *a = arena_new();
	static const struct {
		const char *html, *text;
	} v[] = {
		{ "<p>One &lt;b&gt; <b>two</b></p>\n<p>three<br>four</p>", "One <b> two\n\nthree\nfour" },
		{ "a<script>alert(1)</script>b<!-- c > d -->e", "abe" },
		{ "1 < 2 & 3 &#65;&#x42;&#0;&#x110000; &bogus; <3", "1 < 2 & 3 AB\xef\xbf\xbd\xef\xbf\xbd &bogus; <3" },
		{ "<ul><li>a</li><li>b</li></ul>", "a\nb" },
		{ "<style>x", "" },
		{ "", "" },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++)
		expect_str(html_to_plain(a, str_of(v[i].html)), v[i].text);
	arena_free(a);
}

static void faults(void **state)
{
	(void)state;
	static const struct {
		const char *source, *finding;
	} v[] = {
		{ "::n::a\n\n", "1: A text without answers in braces cannot be a question of a quiz" },
		{ "::n::\na {}", "2: An essay cannot be a question of a quiz" },
		{ "::n::a\nb {\n=c\n\n=d}\n", NULL },
		{ "::n::a {=b", "1: The brace { is not closed before the next blank line" },
		{ "::n::a } b", "1: There is a } without its {; write \\} for the character" },
		{ "::n::a {=b {c} }", "1: There is a { inside the answers; write \\{ for the character" },
		{ "::n::a {=b}\nc {=d}", "2: A second brace stands in the question; leave a blank line between questions" },
		{ "a {=b}", "1: The question has no name; write ::name:: before it" },
		{ "::n a {=b}", "1: The name of the question is not closed by ::" },
		{ "::n:: {=b}", "1: The question has no text" },
		{ "::n::a {~b ~c}", "1: The question has no right answer" },
		{ "::n::a {~b}", "1: A choice needs at least two options" },
		{ "::n::a {\n=b\n=c\n~d}", "2: A single choice has one right answer; where several belong together, give each its weight: ~%50%" },
		{ "::n::a {~%50%b ~%30%c}", "1: The weights of the right options must add to 100" },
		{ "::n::a {\n=b\n~%x%c}", "3: A weight must be a number from -100 to 100 between two per cent signs, not “%x%c”" },
		{ "::n::a {~%101%b ~c}", "1: A weight must be a number from -100 to 100 between two per cent signs, not “%101%b”" },
		{ "::n::a {=b ~b}", "1: The answer “b” stands there twice" },
		{ "::n::a {=b ~}", "1: An answer is empty" },
		{ "::n::a {b}", "1: An answer must start with = or ~: “b”" },
		{ "::n::a {#x}", "1: Expected a number, number:tolerance or from..to and found “x”" },
		{ "::n::a {#5..1}", "1: Expected a number, number:tolerance or from..to and found “5..1”" },
		{ "::n::a {#5:-1}", "1: Expected a number, number:tolerance or from..to and found “5:-1”" },
		{ "::n::a {#1e9}", "1: Expected a number, number:tolerance or from..to and found “1e9”" },
		{ "::n::a {=%50%b}", "1: The question has no right answer" },
		{ "::n::a {=b -> c\n=d}", "2: A pair to match needs both sides: =left -> right" },
		{ "::n::a {=b -> c = -> d}", "1: A question to match needs at least two pairs" },
		{ "::n::a {=b}\n\n::n::c {=d}", "3: There are two questions with the name “n”" },
		{ "::a\nb::c {=d}", "1: The name of a question is one line of at most 160 characters" },
	};
	for (size_t i = 0; i < sizeof v / sizeof *v; i++) {
		struct world w = read_text(str_of(v[i].source), true);
		if (v[i].finding)
			expect_finding(&w.f, v[i].finding);
		else
			assert_int_equal(w.f.n, 2); /* both halves of a question with a blank line in its braces */
		arena_free(w.arena);
	}
}

static void too_many_answers(void **state)
{
	(void)state;
	char text[400] = "::n::a {=b";
	for (int i = 0; i < QUESTION_OPTIONS_MAX; i++)
		memcpy(text + 10 + i * 2, "~c", 2);
	text[10 + QUESTION_OPTIONS_MAX * 2] = '}';
	struct world w = read_text(str_of(text), true);
	expect_finding(&w.f, "1: A question may have at most 50 answers");
	arena_free(w.arena);
}

/* ── what is written reads as the same ── */

static void expect_same_again(struct world *w)
{
	struct questions again;
	struct findings f = { .arena = w->arena };
	struct str text = gift_write(w->arena, w->q.v, w->q.n);
	gift_parse(&f, S("again.gift"), text, false, &again);
	if (f.n || !questions_equal(&w->q, &again))
		print_error("%.*s\n", STR_ARG(text));
	expect_finding(&f, NULL);
	assert_true(questions_equal(&w->q, &again));
}

static uint32_t next_random(uint32_t *seed)
{
	*seed = *seed * 1664525u + 1013904223u;
	return *seed >> 10;
}

/* Text made of what is hard to write: control characters, what looks like a head, other scripts. */
static struct str any_text(struct arena *a, uint32_t *seed, bool may_be_empty)
{
	static const char *const parts[] = { "~", "=", "#", "####", "{", "}", ":", "::", "\\", "\\n", "\n", "->", "-\\>", "%50%", "[html]", "[moodle]", "//", "$CATEGORY:", "T", "FALSE", "a", " b", "कर्म", "<b>", "&amp;", "*", "_____", "1..2" };
	struct buf b;
	buf_init(&b, a, 4096);
	uint32_t n = next_random(seed) % 6;
	for (uint32_t i = 0; i < n; i++)
		buf_str(&b, str_of(parts[next_random(seed) % (sizeof parts / sizeof *parts)]));
	struct str s = str_trim(buf_get(&b));
	return s.n || may_be_empty ? str_dup(a, s) : S("x");
}

static double any_number(uint32_t *seed)
{
	double v = (double)(next_random(seed) % 2000000) - 1000000;
	for (uint32_t i = next_random(seed) % 8; i; i--)
		v /= 10;
	return v;
}

static void any_options(struct arena *a, uint32_t *seed, struct question *q)
{
	uint32_t n = 2 + next_random(seed) % 5;
	for (uint32_t i = 0; i < n; i++) {
		struct question_option *o = ARENA_PUSH(a, q->options, q->n_options);
		/* The number in front keeps the texts apart. */
		struct str text = any_text(a, seed, true);
		o->text = str_fmt(a, "%.*s%u", STR_ARG(text), i);
		o->format = (enum question_format)(next_random(seed) % 3);
		o->feedback = any_text(a, seed, true);
		o->match = q->kind == Q_MATCHING ? any_text(a, seed, false) : S("");
		o->weight = i == 0 || q->kind == Q_MATCHING ? 100 : q->kind == Q_MULTIPLE ? -(double)(next_random(seed) % 100) : (double)(next_random(seed) % 99);
	}
}

static struct question any_question(struct arena *a, uint32_t *seed, unsigned number)
{
	struct question q = { .kind = (enum question_kind)(next_random(seed) % 6), .category = S(""), .line = 1 };
	q.partial = q.kind == Q_MULTIPLE || q.kind == Q_MATCHING;
	q.name = next_random(seed) % 2 ? str_fmt(a, "%u: \\ %u", number, next_random(seed)) : S("");
	q.text = any_text(a, seed, false);
	q.format = (enum question_format)(next_random(seed) % 3);
	q.general_feedback = any_text(a, seed, true);
	if (next_random(seed) % 4 == 0)
		q.category = S("top/a: b");
	if (q.kind == Q_TRUEFALSE) {
		bool is_true = next_random(seed) % 2;
		*ARENA_PUSH(a, q.options, q.n_options) = (struct question_option){ .text = S("true"), .weight = is_true ? 100 : 0, .feedback = any_text(a, seed, true), .match = S("") };
		*ARENA_PUSH(a, q.options, q.n_options) = (struct question_option){ .text = S("false"), .weight = is_true ? 0 : 100, .feedback = any_text(a, seed, true), .match = S("") };
	} else if (q.kind == Q_NUMERIC) {
		for (uint32_t i = 0, n = 1 + next_random(seed) % 4; i < n; i++) {
			double tolerance = any_number(seed);
			*ARENA_PUSH(a, q.numbers, q.n_numbers) = (struct question_number){ .value = any_number(seed), .tolerance = tolerance < 0 ? -tolerance : tolerance, .weight = i ? next_random(seed) % 100 : 100, .feedback = any_text(a, seed, true) };
		}
	} else {
		any_options(a, seed, &q);
	}
	return q;
}

static void tags_belong_to_their_question(void **state)
{
	(void)state;
	struct world w = read_text(S("// [id:1] [tag:bloom:apply] [tag:source:Rules [2\\], p. 4]\n::a::So?{T}\n// [tag:bloom:create] [tag:other]\n::b::So?{F}\n\n::c::So?{T}\n"), true);
	expect_finding(&w.f, NULL);
	assert_int_equal(w.q.n, 3);
	expect_str(w.q.v[0].bloom, "apply");
	expect_str(w.q.v[0].source, "Rules [2], p. 4");
	expect_str(w.q.v[1].bloom, "create");
	assert_false(w.q.v[1].source.n || w.q.v[2].bloom.n);
	expect_same_again(&w);
	arena_free(w.arena);
	w = read_text(S("// [tag:bloom:guess]\n::a::So?{T}\n"), true);
	expect_finding(&w.f, "1: bloom must be remember, understand, apply, analyse, evaluate or create, not “guess”");
	arena_free(w.arena);
}

static void anything_written_reads_as_the_same(void **state)
{
	(void)state;
	for (uint32_t start = 1; start <= 400; start++) {
		uint32_t seed = start;
		struct world w = { .arena = arena_new() };
		for (unsigned i = 0; i < 5; i++)
			*ARENA_PUSH(w.arena, w.q.v, w.q.n) = any_question(w.arena, &seed, i);
		expect_same_again(&w);
		arena_free(w.arena);
	}
}

/* ── the samples beside the checkout ── */

static const struct sample {
	const char *name;
	size_t questions, findings;
} samples[] = {
	{ "TFTwoFeedback", 3, 0 }, { "categorySpecialCharacter", 0, 0 }, { "descriptionTitleEscapedColon", 1, 1 },
	{ "escapeAll", 1, 0 }, { "escapeEquals", 1, 0 }, { "formatExamples", 1, 0 }, { "markdown", 0, 4 }, { "mc1", 1, 0 },
	{ "mc4", 1, 0 }, { "mcHTMLComment", 1, 0 }, { "multipleAnswersFloat", 1, 0 }, { "numerical1", 10, 0 },
	{ "shortAnswer1", 2, 0 }, { "shortAnswerNotMatching", 2, 0 }, { "shortFirstEmbeddedUnderline", 2, 0 },
	{ "symbolsAll", 1, 0 }, { "tag_id_and_two_tags", 0, 1 }, { "tf1", 1, 0 }, { "tf1_markdown", 1, 0 },
	{ "totara_moodle_backslash", 0, 1 }, { "totara_moodle_match", 1, 0 }, { "totara_moodle_multichoice_multi", 1, 0 },
	{ "totara_moodle_pre_content", 0, 1 }, { "totara_moodle_shortanswer_general_feedback", 1, 0 },
	{ "totara_moodle_truefalse_true_answer1", 1, 0 }, { "type_inferred_multiline_markdown", 1, 0 },
};

/* SHARED_DIR, or the folder "shared" beside the checkout, seen from the checkout or a build folder in it. */
static const char *shared_folder(void)
{
	static const char *const places[] = { "../shared", "../../shared" };
	struct stat st;
	if (getenv("SHARED_DIR"))
		return getenv("SHARED_DIR");
	for (size_t i = 0; i < sizeof places / sizeof *places; i++)
		if (stat(places[i], &st) == 0)
			return places[i];
	print_error("set SHARED_DIR to the folder that holds samples/gift\n");
	assert_true(false);
	return NULL;
}

static struct str read_sample(struct arena *a, const char *name)
{
	struct str path = str_fmt(a, "%s/samples/gift/%s.gift", shared_folder(), name);
	FILE *file = fopen(path.p, "rb");
	if (!file)
		print_error("cannot open %s\n", path.p);
	assert_non_null(file);
	char *p = arena_alloc(a, 1 << 16);
	size_t n = fread(p, 1, 1 << 16, file);
	fclose(file);
	return (struct str){ p, n };
}

static void sample_files(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof samples / sizeof *samples; i++) {
		struct arena *a = arena_new();
		struct world w = read_text(read_sample(a, samples[i].name), false);
		if (w.q.n != samples[i].questions || w.f.n != samples[i].findings)
			print_error("%s: %zu questions, %zu findings\n", samples[i].name, w.q.n, w.f.n);
		assert_int_equal(w.q.n, samples[i].questions);
		assert_int_equal(w.f.n, samples[i].findings);
		expect_same_again(&w);
		arena_free(w.arena);
		arena_free(a);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(choices),
		cmocka_unit_test(true_and_false),
		cmocka_unit_test(numbers),
		cmocka_unit_test(short_and_matching),
		cmocka_unit_test(blocks_and_escapes),
		cmocka_unit_test(html_becomes_plain),
		cmocka_unit_test(tags_belong_to_their_question),
		cmocka_unit_test(faults),
		cmocka_unit_test(too_many_answers),
		cmocka_unit_test(anything_written_reads_as_the_same),
		cmocka_unit_test(sample_files),
	};
	return cmocka_run_group_tests_name("text/gift", tests, NULL, NULL);
}
