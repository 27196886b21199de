/* Who sits where; see spread.h. */
#include "feature/room/spread.h"

#include <stdlib.h>

/* A place of a room, in the order in which places are filled. */
struct place {
	unsigned row, column;
};
struct order {
	struct place *v;
	size_t n, taken;
};

static void add_colour(struct order *o, const bool *free, unsigned rows, unsigned columns, unsigned colour)
{
	for (unsigned r = 0; r < rows; r++)
		for (unsigned c = 0; c < columns; c++)
			if ((r + c) % 2 == colour && free[r * columns + c])
				o->v[o->n++] = (struct place){ r, c };
}

static struct order order_of(struct arena *a, const bool *free, unsigned rows, unsigned columns)
{
	struct order o = { .v = ARENA_ARRAY(a, struct place, (size_t)rows * columns) };
	add_colour(&o, free, rows, columns, 0);
	add_colour(&o, free, rows, columns, 1);
	return o;
}

/* Larger sections first: they need the white places most. */
struct group {
	size_t from, n;
};
static int by_size(const void *a, const void *b)
{
	const struct group *x = a, *y = b;
	if (x->n != y->n)
		return x->n > y->n ? -1 : 1;
	return x->from < y->from ? -1 : x->from > y->from;
}

static size_t groups_of(struct arena *a, const int64_t *section, size_t n, struct group **ret)
{
	struct group *g = *ret = ARENA_ARRAY(a, struct group, n + 1);
	size_t n_groups = 0;
	for (size_t i = 0; i < n; i++) {
		if (!i || section[i] != section[i - 1])
			g[n_groups++] = (struct group){ i, 0 };
		g[n_groups - 1].n++;
	}
	qsort(g, n_groups, sizeof *g, by_size);
	return n_groups;
}

/* The next room, from `from` on, that has a place left. */
static size_t next_room(const struct order *rooms, size_t n_rooms, size_t from)
{
	for (size_t k = 0; k < n_rooms; k++)
		if (rooms[(from + k) % n_rooms].taken < rooms[(from + k) % n_rooms].n)
			return (from + k) % n_rooms;
	return n_rooms;
}

bool spread_people(struct arena *a, const int64_t *section, size_t n, const bool *const *free, size_t n_rooms, unsigned rows, unsigned columns,
		   struct spread_seat *ret)
{
	struct order *rooms = ARENA_ARRAY(a, struct order, n_rooms + 1);
	struct group *groups;
	size_t n_groups = groups_of(a, section, n, &groups), at = 0;
	for (size_t i = 0; i < n_rooms; i++)
		rooms[i] = order_of(a, free[i], rows, columns);
	for (size_t g = 0; g < n_groups; g++)
		for (size_t i = groups[g].from; i < groups[g].from + groups[g].n; i++) {
			at = next_room(rooms, n_rooms, at);
			if (at == n_rooms)
				return false;
			struct place p = rooms[at].v[rooms[at].taken++];
			ret[i] = (struct spread_seat){ at, p.row, p.column };
			at++;
		}
	return true;
}

static bool touch(const struct spread_seat *a, const struct spread_seat *b)
{
	unsigned down = a->row > b->row ? a->row - b->row : b->row - a->row, across = a->column > b->column ? a->column - b->column : b->column - a->column;
	return a->room == b->room && down + across == 1;
}

size_t spread_touching(const int64_t *section, const struct spread_seat *seats, size_t n)
{
	size_t pairs = 0;
	for (size_t i = 0; i < n; i++)
		for (size_t k = i + 1; k < n; k++)
			pairs += section[i] == section[k] && touch(&seats[i], &seats[k]);
	return pairs;
}
