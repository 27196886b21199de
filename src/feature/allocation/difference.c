/* Differences of allocations; see difference.h. */
#include "feature/allocation/difference.h"
#include "base/arena.h"
#include "base/field.h"

#include <stdlib.h>

static int by_activity(const void *pa, const void *pb)
{
	const struct allotted *a = pa, *b = pb;
	if (a->activity_id != b->activity_id)
		return a->activity_id < b->activity_id ? -1 : 1;
	return a->person_id < b->person_id ? -1 : a->person_id > b->person_id;
}

/* How many of a list, from its first on, are of the activity. */
static size_t run_of(const struct allotted *v, size_t n, int64_t activity_id)
{
	size_t k = 0;
	while (k < n && v[k].activity_id == activity_id)
		k++;
	return k;
}

static bool has(const struct allotted *v, size_t n, int64_t person_id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i].person_id == person_id)
			return true;
	return false;
}

struct list {
	struct arena *arena;
	struct difference *v;
	size_t n;
};

/* Those of a who are not in b, from *at on: the next one, or NULL. */
static const struct allotted *next_without(const struct allotted *a, size_t n_a, const struct allotted *b, size_t n_b, size_t *at)
{
	while (*at < n_a) {
		const struct allotted *one = &a[(*at)++];
		if (!has(b, n_b, one->person_id))
			return one;
	}
	return NULL;
}

static void of_activity(struct list *l, const struct allotted *was, size_t n_was, const struct allotted *is, size_t n_is)
{
	size_t i = 0, k = 0;
	for (;;) {
		const struct allotted *lost = next_without(was, n_was, is, n_is, &i), *got = next_without(is, n_is, was, n_was, &k);
		if (!lost && !got)
			break;
		*ARENA_PUSH(l->arena, l->v, l->n) = (struct difference){ .kind = !lost	? DIFFERENCE_GIVEN
										 : !got ? DIFFERENCE_TAKEN
											: DIFFERENCE_MOVED,
									 .activity_id = lost ? lost->activity_id : got->activity_id,
									 .was_id = lost ? lost->person_id : NONE,
									 .is_id = got ? got->person_id : NONE,
									 .minutes_was = lost ? lost->minutes : 0,
									 .minutes_is = got ? got->minutes : 0 };
	}
	for (i = 0; i < n_was; i++)
		for (k = 0; k < n_is; k++)
			if (was[i].person_id == is[k].person_id && was[i].minutes != is[k].minutes)
				*ARENA_PUSH(l->arena, l->v, l->n) = (struct difference){ DIFFERENCE_HOURS, was[i].activity_id, was[i].person_id,
											 was[i].person_id, was[i].minutes,     is[k].minutes };
}

size_t differences(struct arena *a, struct allotted *was, size_t n_was, struct allotted *is, size_t n_is, struct difference **ret)
{
	struct list l = { .arena = a };
	size_t i = 0, k = 0;
	if (n_was)
		qsort(was, n_was, sizeof *was, by_activity);
	if (n_is)
		qsort(is, n_is, sizeof *is, by_activity);
	while (i < n_was || k < n_is) {
		bool from_was = i < n_was && (k >= n_is || was[i].activity_id <= is[k].activity_id);
		int64_t activity_id = from_was ? was[i].activity_id : is[k].activity_id;
		size_t more_was = i < n_was ? run_of(was + i, n_was - i, activity_id) : 0, more_is = k < n_is ? run_of(is + k, n_is - k, activity_id) : 0;
		of_activity(&l, was + i, more_was, is + k, more_is);
		i += more_was;
		k += more_is;
	}
	*ret = l.v;
	return l.n;
}
