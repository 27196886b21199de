/* Who sits where in rooms of rows and columns, so that people of one section sit apart. Knows no data.
 *
 * People come by section. They are dealt over the rooms in turn, so that a section is spread over all of them. In a room, first every other place is filled, as
 * on the white squares of a chessboard, then those between, each section in one go: the neighbours of a place (left, right, in front, behind) are all of the
 * other colour. So of a section of at most half of a full room, no two are neighbours, but where one goes on from the last white places to the first black
 * ones, which lie at the other end of the room. A larger section cannot be kept apart; a room that is not full leaves places free between people as long as
 * there are white ones left. */
#ifndef FEATURE_ROOM_SPREAD_H
#define FEATURE_ROOM_SPREAD_H
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { SPREAD_ROWS_MAX = 40, SPREAD_COLUMNS_MAX = 40 };
struct spread_seat {
	size_t room;	      /* of those that were given, from 0 */
	unsigned row, column; /* from 0 */
};
/* section: of each of n people, equal ones side by side. free: of each room, rows * columns flags of the places that can be had, row by row. ret: a seat for
 * each. False: there are too few places. */
bool spread_people(struct arena *a, const int64_t *section, size_t n, const bool *const *free, size_t n_rooms, unsigned rows, unsigned columns,
		   struct spread_seat *ret);
/* How many pairs of neighbours (left, right, in front, behind) in one room are of one section. */
size_t spread_touching(const int64_t *section, const struct spread_seat *seats, size_t n);
#endif
