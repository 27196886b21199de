/* Seats of a room: how they are called, in which order they stand, and which form lies on which, so that neighbours have different ones.
 *
 * A seat is a row in letters and a number in it ("B-7", "b7", "AB12"), or a number alone. This knows no data: attempts and rooms both ask it. */
#ifndef FEATURE_SEAT_H
#define FEATURE_SEAT_H
#include "base/arena.h"
#include "base/str.h"

enum { SEAT_TEXT_MAX = 12 };

/* Which of n forms (from 0) belongs to a seat: (k row + number) mod n. k is 1 for up to three forms, so that neighbours on the left, on the right, in front and
 * behind differ; 2 from four on, so that the four across the corners do, too. n < 2: 0. */
size_t seat_form(struct str seat, size_t n);
/* Before (< 0), the same place (0), behind: by row, then by number; A9 before A10, Z9 before AA1. What is no such name stands by its bytes. */
int seat_cmp(struct str a, struct str b);
/* The place of a name that seat_name could have given, both from 0; also "a-1". False: it is another name. */
bool seat_place(struct str seat, unsigned *ret_row, unsigned *ret_column);
/* The name of a place, both from 0: "A1", "AA12". In the arena. */
struct str seat_name(struct arena *a, unsigned row, unsigned column);
#endif
