/* A file for `karmayogi match` that anybody may send: it is refused with a sentence, or its answer is proved, with fill and without, and begun from the
 * other; the posts that cannot be filled are as many as stay empty with fill, and nobody leaves a stable assignment. */
#include "app/match_read.h"
#include "solve/shortage.h"
#include "solve/stable.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void must_hold(struct ctx *cx, const struct assignment_problem *p, const struct assignment *before, struct assignment *ret)
{
	if (assignment_solve(cx, p, before, ret) != OK || !assignment_check(cx->arena, p, ret, NULL))
		abort();
}

static void try_problem(struct ctx *cx, struct assignment_problem *p)
{
	struct assignment plain, full, again;
	struct shortage s;
	struct stable_problem sp;
	struct stable both;
	must_hold(cx, p, NULL, &plain);
	p->fill = true;
	must_hold(cx, p, NULL, &full);
	must_hold(cx, p, &plain, &again);
	shortage_find(cx->arena, p, &s);
	if (full.n_placed != s.n_fillable || again.total != full.total || full.n_placed < plain.n_placed)
		abort();
	stable_of_scores(cx->arena, p, &sp);
	stable_solve(cx->arena, &sp, POSTS_PROPOSE, &both);
	if (stable_blocking(cx->arena, &sp, both.post_of, NULL))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct ctx cx = { .arena = arena_new() };
	struct match_file file;
	enum err e = match_read(&cx, (struct str){ (const char *)data, n }, &file);
	if (e != OK && (!cx.n_failures || !cx.failures[0].text[0]))
		abort();
	if (e == OK)
		try_problem(&cx, &file.problem);
	arena_free(cx.arena);
	return 0;
}
