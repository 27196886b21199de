/* What a stranger sends: the first byte chooses form, JSON or query; the rest is the body. Whatever it holds, the typed input
 * obeys its field table, or a field is named. */
#include "base/utf8.h"
#include "web/request.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

struct all {
	struct str text, lines, choice, json;
	int64_t number, id, time, day;
	double real;
	bool flag;
	struct strs many;
};
static const struct choice choices[] = { { "a", "A" }, { "b", "B" }, { NULL, NULL } };
static const struct field fields[] = {
	FIELD(all, text, F_TEXT, .must = true, .max = 20), FIELD(all, lines, F_LONG, .max = 100), FIELD(all, choice, F_CHOICE, .choices = choices),
	FIELD(all, json, F_JSON),			    FIELD(all, number, F_INT, .min = -5, .max = 5),
	FIELD(all, id, F_ID),				    FIELD(all, time, F_TIME),
	FIELD(all, day, F_DATE),			    FIELD(all, real, F_REAL),
	FIELD(all, flag, F_BOOL),			    FIELD(all, many, F_TEXTS),
	FIELD_END,
};

static void check(const struct all *in)
{
	if (!in->text.n || utf8_length(in->text) > 20 || !utf8_valid(in->text) || !utf8_valid(in->lines))
		abort();
	if (in->number != NONE && (in->number < -5 || in->number > 5))
		abort();
	if (in->choice.p && !str_is(in->choice, "a") && !str_is(in->choice, "b"))
		abort();
	if (in->id != NONE && in->id <= 0)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	static const char *const types[] = { "application/x-www-form-urlencoded", "application/json" };
	static const struct action action = { .name = "fuzz", .method = POST, .in = fields, .in_size = sizeof(struct all) };
	struct ctx cx = { .arena = arena_new() };
	struct match m = { .action = &action };
	struct pairs *pairs;
	struct all input = { 0 };
	unsigned kind = n ? data[0] % 3 : 0;
	struct str body = { (const char *)data + (n > 0), n - (n > 0) };
	struct incoming in = { .method = kind == 2 ? GET : POST, .query = body, .body = body, .type = str_of(types[kind % 2]) };
	if (input_pairs(&cx, &m, &in, &pairs) == OK && input_fill(&cx, &action, pairs, &input) == OK)
		check(&input);
	else if (cx.n_failures == 0)
		abort(); /* refused without saying why */
	arena_free(cx.arena);
	return 0;
}
