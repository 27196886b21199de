/* Failures, ids and chance; see ctx.h. */
#include "base/ctx.h"
#include "base/clock.h"

#include <errno.h>
#include <stdatomic.h>
#include <stdlib.h>
#include <sys/random.h>

enum { TIME_BITS = 41, SEQUENCE_BITS = 14, NODE_BITS = 8 };
static const int64_t epoch = INT64_C(1735689600000); /* 2025-01-01T00:00:00Z */

enum err fail(struct ctx *cx, enum err e, const char *field, const char *text)
{
	return fail_msg(cx, e, str_of(field), text, 0, NULL);
}

enum err fail_msg(struct ctx *cx, enum err e, struct str field, const char *text, size_t n, const struct msg_arg *args)
{
	if (cx->n_failures == FAILURES_MAX)
		return e;
	struct failure *f = &cx->failures[cx->n_failures++];
	*f = (struct failure){ .field = field, .text = text, .n_args = n < MSG_ARGS_MAX ? n : MSG_ARGS_MAX };
	for (size_t i = 0; i < f->n_args; i++)
		f->args[i] = args[i];
	return e;
}

/* state: milliseconds since the epoch and the sequence within them, in one word that only grows. */
struct id_source {
	_Atomic int64_t state;
	int64_t node;
};

struct id_source *id_source_new(unsigned node)
{
	struct id_source *s = calloc(1, sizeof *s);
	BUG_IF(!s || node >= 1u << NODE_BITS);
	s->node = node;
	return s;
}

void id_source_free(struct id_source *s)
{
	free(s);
}

int64_t new_id(struct ctx *cx)
{
	struct id_source *s = cx->app->ids;
	/* A clock before 2025 counts as the epoch; a clock that stepped back, or a full sequence, goes on counting from the last id. */
	int64_t since = clock_now() - epoch, now = since > 0 ? since * (1 << SEQUENCE_BITS) : 0, old = atomic_load(&s->state), next;
	do
		next = now > old ? now : old + 1;
	while (!atomic_compare_exchange_weak(&s->state, &old, next));
	int64_t ms = next >> SEQUENCE_BITS, sequence = next & ((1 << SEQUENCE_BITS) - 1);
	BUG_IF(ms >> TIME_BITS); /* the year 2094 */
	return ms << (SEQUENCE_BITS + NODE_BITS) | s->node << SEQUENCE_BITS | sequence;
}

void random_bytes(void *p, size_t n)
{
	for (size_t got = 0; got < n;) {
		ssize_t k = getrandom((char *)p + got, n - got, 0);
		if (k < 0 && errno == EINTR)
			continue;
		BUG_IF(k < 0);
		got += (size_t)k;
	}
}

struct str random_hex(struct ctx *cx, size_t n)
{
	unsigned char *raw = arena_alloc(cx->arena, n);
	random_bytes(raw, n);
	return str_hex(cx->arena, raw, n);
}
