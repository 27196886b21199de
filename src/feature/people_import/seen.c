/* See seen.h. */
#include "feature/people_import/seen.h"

#include <sodium.h>
#include <stdlib.h>

void seen_begin(struct seen *s)
{
	*s = (struct seen){ .cap = 1024 };
	randombytes_buf(s->key, sizeof s->key);
	s->slot = calloc(s->cap, sizeof *s->slot);
	if (!s->slot)
		abort();
}

void seen_end(struct seen *s)
{
	free(s->slot);
	s->slot = NULL;
}

static uint64_t hash_of(const struct seen *s, struct str text)
{
	uint64_t h;
	crypto_shorthash((unsigned char *)&h, (const unsigned char *)text.p, text.n, s->key);
	return h ? h : 1;
}

static struct seen_slot *find(const struct seen *s, uint64_t hash)
{
	size_t i = hash & (s->cap - 1);
	while (s->slot[i].hash && s->slot[i].hash != hash)
		i = (i + 1) & (s->cap - 1);
	return &s->slot[i];
}

static void grow(struct seen *s)
{
	struct seen bigger = *s;
	bigger.cap = s->cap * 2;
	bigger.slot = calloc(bigger.cap, sizeof *bigger.slot);
	if (!bigger.slot)
		abort();
	for (size_t i = 0; i < s->cap; i++)
		if (s->slot[i].hash)
			*find(&bigger, s->slot[i].hash) = s->slot[i];
	free(s->slot);
	*s = bigger;
}

uint32_t seen_put(struct seen *s, struct str text, uint32_t line)
{
	if (s->n * 3 >= s->cap * 2)
		grow(s);
	struct seen_slot *at = find(s, hash_of(s, text));
	if (at->hash)
		return at->line;
	*at = (struct seen_slot){ .hash = hash_of(s, text), .line = line };
	s->n++;
	return 0;
}

bool seen_has(const struct seen *s, struct str text)
{
	return find(s, hash_of(s, text))->hash != 0;
}
