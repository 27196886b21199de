/* courses: a catalogue of N courses with text, for measuring search, on a data folder that holds the demonstration.
 *
 *   courses DATA N REQUESTS     adds N courses of three lessons each, with words drawn as texts draw them, and writes requests of the learners that
 *                               `bench make` left in REQUESTS/home: "words" (two thousand queries), "list" (the catalogue without one)
 *
 * The words are those of the demonstration's courses and others made of them, the r-th with a probability like 1 / (r + 2.7) (Mandelbrot's form of
 * Zipf's law). Half of the queries are one word, a third two, the rest a beginning or a word with a slip. */
#include "app/features.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/course/course.h"
#include "feature/course/parcel.h"
#include "feature/search/search.h"
#include "text/markdown.h"

#include <math.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

enum { WORDS = 60000, LESSON_WORDS = 300, LESSONS = 3, QUERIES = 2000, PER_TX = 50, LINE = 2000 };

struct make {
	struct ctx *cx;
	struct db_pool *pool;
	struct str word[WORDS];
	double upto[WORDS]; /* sum of the probabilities so far */
	uint64_t seed;
	int64_t from, to;
};

static double chance(struct make *m)
{
	m->seed = m->seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (double)(m->seed >> 11) / 9007199254740992.0;
}

static struct str draw(struct make *m)
{
	double x = chance(m) * m->upto[WORDS - 1];
	size_t low = 0, high = WORDS - 1;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (m->upto[mid] < x)
			low = mid + 1;
		else
			high = mid;
	}
	return m->word[low];
}

static struct str text_of(struct make *m, size_t n)
{
	struct buf b;
	buf_init(&b, m->cx->arena, 64000);
	for (size_t i = 0; i < n; i++) {
		buf_str(&b, draw(m));
		buf_char(&b, ' ');
	}
	return buf_get(&b);
}

/* The demonstration's words in an order that tells nothing; behind them words that differ from those by an ending. */
static void learn_words(struct make *m)
{
	struct arena *a = m->cx->arena;
	struct findings found = { .arena = a };
	struct parcel *p;
	static const char *const courses[] = { "right-to-information", "general-financial-rules", "posh-2013", "leave-and-ltc" };
	size_t n = 0, base;
	double sum = 0;
	for (size_t i = 0; i < sizeof courses / sizeof *courses; i++) {
		if (course_read(m->cx, str_fmt(a, "demo/courses/%s", courses[i]).p, &found, &p) != OK || !p)
			exit(1);
		for (size_t k = 0; k < p->n_modules; k++)
			for (size_t r = 0; r < p->modules[k].n_resources; r++) {
				struct str rest = p->modules[k].resources[r].plain, word;
				while (n < WORDS / 10 && utf8_word(&rest, &word))
					m->word[n++] = word;
			}
	}
	base = n;
	for (size_t i = n; i < WORDS; i++)
		m->word[i] = str_fmt(a, "%.*s%c%c%c", STR_ARG(m->word[i % base]), (int)('a' + i % 26), (int)('a' + i / 26 % 26), (int)('a' + i / 676 % 26));
	for (size_t i = 0; i < WORDS; i++)
		m->upto[i] = sum += 1 / ((double)i + 2.7);
}

static enum err add_courses(struct ctx *cx, void *arg)
{
	struct make *m = arg;
	static const char *const langs[] = { "en", "en", "en", "hi", "ta" };
	for (int64_t n = m->from; n < m->to; n++) {
		int64_t id = new_id(cx), module = new_id(cx);
		struct str title = text_of(m, 5), summary = text_of(m, 20), provider = str_fmt(cx->arena, "Institute %d", (int)(n % 97));
		TRY(course_sql_add(cx, id, str_fmt(cx->arena, "many-%lld", (long long)n), title, summary, S(""), str_of(langs[n % 5]), provider, NONE, NONE, S(""), S("[]"),
				   (n % 200) * 60000, 100000, LESSONS, cx->now, NULL));
		TRY(course_sql_add_topic(cx, id, str_fmt(cx->arena, "Topic %d", (int)(n % 53)), NULL));
		TRY(search_clear(cx, id));
		TRY(search_add(cx, id, 0, title, SEARCH_TITLE));
		TRY(search_add(cx, id, 0, summary, SEARCH_SUMMARY));
		TRY(course_sql_put_module(cx, module, id, 1, S("m"), title, S(""), NULL));
		for (int64_t k = 0; k < LESSONS; k++) {
			int64_t resource = new_id(cx);
			struct str text = text_of(m, LESSON_WORDS);
			TRY(course_sql_put_resource(cx, resource, id, module, k, str_fmt(cx->arena, "r%lld", (long long)k), S("lesson"), text_of(m, 4), 60000, 0, 3000, S(""), text, S("[]"),
						    STR_NONE, STR_NONE, S("[]"), NONE, NULL));
			TRY(search_add(cx, id, resource, text, SEARCH_LESSON_TEXT));
		}
	}
	return OK;
}

static struct str query_of(struct make *m)
{
	struct str w = draw(m);
	double kind = chance(m);
	if (kind < 0.5)
		return w;
	if (kind < 0.83)
		return str_fmt(m->cx->arena, "%.*s+%.*s", STR_ARG(w), STR_ARG(draw(m)));
	if ((unsigned char)w.p[0] >= 0x80)
		return w;
	if (kind < 0.92 || w.n < 6)
		return str_sub(w, 0, w.n < 4 ? w.n : 4);
	return str_fmt(m->cx->arena, "%.*s%.*s", 2, w.p, (int)(w.n - 3), w.p + 3);
}

static struct str escaped(struct arena *a, struct str s)
{
	struct buf b;
	buf_init(&b, a, 4 * LINE);
	for (size_t i = 0; i < s.n; i++) {
		if ((unsigned char)s.p[i] < 0x80)
			buf_char(&b, s.p[i]);
		else
			buf_fmt(&b, "%%%02X", (unsigned char)s.p[i]);
	}
	return buf_get(&b);
}

/* Each request stands in the file as "home LENGTH", a line break, and itself. */
static void write_requests(struct make *m, const char *folder)
{
	struct arena *a = m->cx->arena;
	char line[LINE], text[LINE];
	FILE *in = fopen(str_fmt(a, "%s/home", folder).p, "rb"), *words = fopen(str_fmt(a, "%s/words", folder).p, "wb"), *list = fopen(str_fmt(a, "%s/list", folder).p, "wb");
	if (!in || !words || !list)
		exit(1);
	for (int i = 0; i < QUERIES && fgets(line, sizeof line, in); i++) {
		size_t n = strtoul(strchr(line, ' '), NULL, 10);
		if (n >= sizeof text || fread(text, 1, n, in) != n)
			exit(1);
		text[n] = 0;
		const char *rest = strchr(text + 4, ' ');
		struct str asked = str_fmt(a, "GET /courses?q=%.*s%s", STR_ARG(escaped(a, query_of(m))), rest), all = str_fmt(a, "GET /courses?page=%d%s", i % 20 + 1, rest);
		fprintf(words, "words %zu\n%s", asked.n, asked.p);
		fprintf(list, "list %zu\n%s", all.n, all.p);
	}
	fclose(in);
	fclose(words);
	fclose(list);
}

int main(int argc, char **argv)
{
	struct app app = { .ids = id_source_new(0) };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now() };
	struct make *m = calloc(1, sizeof *m);
	struct str message = STR_NONE;
	if (argc != 4 || sodium_init() < 0 || !m)
		return 2;
	int64_t n = strtoll(argv[2], NULL, 10);
	*m = (struct make){ .cx = &cx, .seed = 7 };
	markdown_start();
	if (db_pool_open(&cx, str_fmt(cx.arena, "sqlite:%s/karmayogi.db", argv[1]).p, &m->pool, &message) != OK || db_connect(m->pool, &cx.db) != OK) {
		fprintf(stderr, "%s\n", message.p ? message.p : "no connection");
		return 1;
	}
	learn_words(m);
	for (m->from = 0; m->from < n; m->from = m->to) {
		struct arena_mark mark = arena_mark(cx.arena);
		m->to = m->from + PER_TX < n ? m->from + PER_TX : n;
		cx.now = clock_now();
		if (db_write(&cx, m->pool, add_courses, m) != OK) {
			fprintf(stderr, "%s\n", cx.trouble);
			return 1;
		}
		arena_back(cx.arena, mark);
		if (m->to % 1000 == 0)
			fprintf(stderr, "  %lld courses\n", (long long)m->to);
	}
	write_requests(m, argv[3]);
	db_close(cx.db);
	db_pool_close(m->pool);
	free(m);
	return 0;
}
