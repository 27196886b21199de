/* Items and examinations for tests; see bank.h. */
#include "bank.h"
#include "feature/exam/exam.h"

#include <math.h>
#include <string.h>

static int64_t id_of_new(struct fixture *f)
{
	return new_id(&f->cx);
}

static void put_item(struct fixture *f, int64_t id, int64_t org_id, const char *code, const char *kind, int64_t competency_id, int64_t level)
{
	char competency[32] = "NULL";
	if (competency_id)
		snprintf(competency, sizeof competency, "%lld", (long long)competency_id);
	tamper(f, "INSERT INTO item (id, org_id, code, kind, status, version, live_version, competency_id, level, bloom, source, n, created_at, changed_at) "
		  "VALUES (%lld, %lld, '%s', '%s', 'live', 1, 1, %s, %lld, '', '', 0, 1, 1)", (long long)id, (long long)org_id, code, kind, competency, (long long)level);
}

static void put_text(struct fixture *f, int64_t id, const char *lang, bool base, const char *asked)
{
	tamper(f, "INSERT INTO item_text (item_id, version, lang, base, asked, feedback) VALUES (%lld, 1, '%s', %s, '%s', '{}')", (long long)id, lang, base ? "TRUE" : "FALSE", asked);
}

static const char *choice_of(const char *text)
{
	return base_of("{\"text\":\"%s\",\"options\":[{\"id\":\"a\",\"text\":\"%s right\"},{\"id\":\"b\",\"text\":\"wrong\"},{\"id\":\"c\",\"text\":\"also wrong\"}]}", text, text);
}

int64_t an_item(struct fixture *f, int64_t org_id, const char *code, int64_t competency_id, int64_t level)
{
	int64_t id = id_of_new(f);
	put_item(f, id, org_id, code, "single", competency_id, level);
	tamper(f, "INSERT INTO item_version (item_id, version, answer_key, points, steps, made_at, why) VALUES (%lld, 1, "
		  "'{\"options\":[{\"id\":\"a\",\"weight\":100,\"feedback\":\"KEY\"},{\"id\":\"b\",\"weight\":0,\"feedback\":\"\"},{\"id\":\"c\",\"weight\":0,\"feedback\":\"\"}],\"general\":\"\"}', 1, 1, 1, '')",
	       (long long)id);
	put_text(f, id, "en", true, choice_of(code));
	return id;
}

void an_item_text(struct fixture *f, int64_t item_id, const char *lang, const char *text)
{
	put_text(f, item_id, lang, false, choice_of(text));
}

int64_t a_case(struct fixture *f, int64_t org_id, const char *code)
{
	int64_t id = id_of_new(f);
	put_item(f, id, org_id, code, "case", 0, 0);
	tamper(f, "INSERT INTO item_version (item_id, version, answer_key, points, steps, made_at, why) VALUES (%lld, 1, '{}', 0, 1, 1, '')", (long long)id);
	put_text(f, id, "en", true, base_of("{\"text\":\"What happened in %s\"}", code));
	return id;
}

void a_question_of(struct fixture *f, int64_t case_id, int64_t item_id, int64_t n)
{
	tamper(f, "UPDATE item SET case_id = %lld, n = %lld WHERE id = %lld", (long long)case_id, (long long)n, (long long)item_id);
}

void enemies(struct fixture *f, int64_t a, int64_t b)
{
	tamper(f, "INSERT INTO item_enemy (item_id, other_id, why) VALUES (%lld, %lld, '')", (long long)a, (long long)b);
	tamper(f, "INSERT INTO item_enemy (item_id, other_id, why) VALUES (%lld, %lld, '')", (long long)b, (long long)a);
}

/* ── examinations ── */

struct adding {
	struct exam_rules rules;
	int64_t id;
};

static enum err add_in_tx(struct ctx *cx, void *arg)
{
	struct adding *a = arg;
	return exam_add(cx, &a->rules, &a->id);
}

int64_t an_exam(struct fixture *f, int64_t org_id, const char *code, const char *kind)
{
	struct adding a = { .rules = { .org_id = org_id, .code = str_of(code), .title = str_of(code), .kind = str_of(kind), .minutes = 30, .grace_s = NONE, .attempts = 2,
				       .pass = NONE, .opens_at = f->cx.now, .closes_at = f->cx.now + DAY, .year = strcmp(kind, "comprehensive") == 0 ? 2026 : NONE, .need_share = NONE,
				       .course_id = NONE, .resource_id = NONE, .least = NONE, .most = NONE, .target_se = (double)NAN } };
	in_tx(f, add_in_tx, &a);
	return a.id;
}

static enum err part_in_tx(struct ctx *cx, void *arg)
{
	return exam_part_put(cx, arg);
}

void a_part(struct fixture *f, int64_t org_id, int64_t exam_id, int64_t competency_id, int64_t level, int64_t items)
{
	in_tx(f, part_in_tx, &(struct exam_part){ .org_id = org_id, .exam_id = exam_id, .competency_id = competency_id, .level = level, .items = items });
}

struct forming {
	int64_t exam_id, id;
	const int64_t *items;
	size_t n;
};

static enum err form_in_tx(struct ctx *cx, void *arg)
{
	struct forming *a = arg;
	struct exam_pick *v = ARENA_ARRAY(cx->arena, struct exam_pick, a->n);
	for (size_t i = 0; i < a->n; i++)
		v[i] = (struct exam_pick){ .item_id = a->items[i], .version = 1, .part = 1 };
	return exam_form_add(cx, &(struct exam_form_add){ .exam_id = a->exam_id, .v = v, .n = a->n, .expected = (double)NAN }, &a->id);
}

int64_t a_form(struct fixture *f, int64_t exam_id, const int64_t *items, size_t n)
{
	struct forming a = { .exam_id = exam_id, .items = items, .n = n };
	in_tx(f, form_in_tx, &a);
	return a.id;
}

static enum err open_in_tx(struct ctx *cx, void *arg)
{
	const int64_t *a = arg;
	return exam_open(cx, a[0], a[1]);
}

void open_exam(struct fixture *f, int64_t org_id, int64_t exam_id)
{
	in_tx(f, open_in_tx, (int64_t[]){ org_id, exam_id });
}

/* ── pools ── */

struct pooling {
	int64_t exam_id, form_id;
	const int64_t *items;
	size_t n, plain; /* plain: the last so many have no parameters */
};

/* Items take turns between two parts (level 2: easy, level 3: hard), evenly over two units of theta each. */
static enum err pool_in_tx(struct ctx *cx, void *arg)
{
	struct pooling *a = arg;
	struct exam_pick *v = ARENA_ARRAY(cx->arena, struct exam_pick, a->n);
	for (size_t i = 0; i < a->n; i++) {
		double b = (i % 2 ? 0 : -1.5) + 2.0 * (double)(i / 2) / (double)(a->n / 2);
		v[i] = (struct exam_pick){ .item_id = a->items[i], .version = 1, .part = 1 + (int64_t)(i % 2) };
		if (i < a->n - a->plain)
			v[i].parameters = str_fmt(cx->arena, "{\"model\":\"2pl\",\"categories\":2,\"a\":%.2f,\"b\":%.3f}", 1.0 + 0.1 * (double)(i % 7), b);
	}
	return exam_form_add(cx, &(struct exam_form_add){ .exam_id = a->exam_id, .pool = true, .v = v, .n = a->n, .expected = (double)NAN }, &a->form_id);
}

int64_t a_pool(struct fixture *f, int64_t exam_id, const int64_t *items, size_t n, size_t plain)
{
	struct pooling a = { .exam_id = exam_id, .items = items, .n = n, .plain = plain };
	in_tx(f, pool_in_tx, &a);
	return a.form_id;
}
