/* Who sits with whom: people dealt to groups so that each group is, as nearly as can be, the whole in small. Pure; the same on every machine.
 *
 * Groups. As few as keep all within the size asked for; their sizes differ by one at most. So with few people groups are smaller than asked, never less than
 *half.
 *
 * Objective. For each attribute k with its weight w_k, each group g of s_g people and each value v that N_v of all n people have:
 *
 *	sum of w_k (c_gv - s_g N_v / n)^2     c_gv: people of group g with the value v; weights: department 3, level 2, place 1
 *
 * the squared distance of each group from the shares of the whole. It is counted in whole numbers (times n^2). One draw is better than another when fewer of
 *its groups are of one department alone, and among such when the objective is smaller.
 *
 * Method. People are dealt by department, the largest first, then by level and place: this alone makes as few groups of one department as there can be (a group
 *of one department is unavoidable only where fewer people than there are groups come from all others). Then two people of different groups change places while
 * that lessens the objective and makes no further group of one department: every pair is tried again and again until none is left; in large rooms pairs are
 *tried by lot, up to DRAW_TRIES. Work is counted, never time. If groups dealt at random by the same seed and improved alike should be better, those are taken:
 *so a draw is never worse than chance. Lot: SplitMix64 (Steele, Lea & Flood 2014) over seed and person, so that whoever has people and seed draws the same. */
#ifndef FEATURE_CHARCHA_DRAW_H
#define FEATURE_CHARCHA_DRAW_H
#include "base/arena.h"

#include <stdbool.h>
#include <stdint.h>

enum { DRAW_ATTRIBUTES = 3, DRAW_TRIES = 4000000, DRAW_PEOPLE_MAX = 10000, DRAW_SIZE_LEAST = 5, DRAW_SIZE_MOST = 12 };
extern const int64_t draw_weights[DRAW_ATTRIBUTES]; /* department, level, place */

struct draw_person {
	int64_t id;		     /* each once */
	int64_t of[DRAW_ATTRIBUTES]; /* any numbers: department, level (band), place */
};
struct draw_result {
	uint32_t n_groups;
	uint32_t *group;	 /* of each person, in the order given */
	int64_t chance, reached; /* the objective times n^2: dealt at random by this seed, and as drawn */
	uint32_t n_single;	 /* groups of one department alone */
};
/* How many groups of at most size people n make. n and size > 0. */
uint32_t draw_groups(uint32_t n, uint32_t size);
/* 1 to DRAW_PEOPLE_MAX people in any order. In the arena. */
struct draw_result draw_people(struct arena *a, uint64_t seed, const struct draw_person *people, uint32_t n, uint32_t size);
/* The objective of any division into groups, and (may be NULL) how many groups are of one department alone. */
int64_t draw_objective(struct arena *a, const struct draw_person *people, uint32_t n, const uint32_t *group, uint32_t n_groups, uint32_t *ret_single);
/* Where somebody who comes late fits best: of the groups with fewer than most people, and of those the smallest ones and those larger by one, the one where the
 * objective grows least; of equal ones the first. people: those who are there, with their groups. open: groups that can be joined. n_groups: none has room. */
uint32_t draw_late(struct arena *a, const struct draw_person *people, uint32_t n, const uint32_t *group, uint32_t n_groups, const bool *open, uint32_t most,
		   const struct draw_person *late);
/* Levels of pay in bands: to 5, 6 to 9, 10 to 12, 13 and above, as 0 to 3. */
int64_t draw_band(int64_t pay_level);
#endif
