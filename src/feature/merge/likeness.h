/* Which accounts are likely of one person: record linkage after Fellegi and Sunter (1969), "A theory for record linkage", JASA 64.
 *
 * For each pair that agrees in one of name, e-mail before the @, or employee number (blocking), the weights of all fields are added:
 *
 *   agrees    log2(m / u)              m: chance that a field agrees in two accounts of one person (likeness.c)
 *   differs   log2((1 - m) / (1 - u))  u: chance that it agrees in accounts of two people
 *   absent    0
 *
 * u is the share of accounts with that very value (Winkler 1988, frequency-based matching): to be called Rajesh Kumar says less than to be called
 * Thangjam. Names, e-mail and numbers are taken to be no more common than one in LIKENESS_POPULATION, since a small office says nothing about how
 * rare a name is. Before anything is known about a pair, one account in LIKENESS_RARE is expected to be a second one. The likeness is the
 * probability that follows, in per mille.
 *
 * The name is compared by the sound of its words in any order and script (feature/names), the number without signs, zeros before digits and capitals. */
#ifndef FEATURE_LIKENESS_H
#define FEATURE_LIKENESS_H
#include "base/arena.h"
#include "base/str.h"

enum { LIKENESS_POPULATION = 20000, LIKENESS_RARE = 50, LIKENESS_SHOWN = 500 };
enum { LIKE_NAME = 1, LIKE_OFFICE = 2, LIKE_DESIGNATION = 4, LIKE_MAIL = 8, LIKE_NUMBER = 16 };

/* An account as it is compared: hashes of what must be equal; 0: absent. 48 bytes. */
struct likeness_one {
	int64_t id;
	uint64_t name, mail, number;
	int64_t org_id, designation_id;
};
struct str likeness_number(struct arena *a, struct str employee_no);
/* Small letters before the @; absent without one. */
struct str likeness_mail(struct arena *a, struct str email);
uint64_t likeness_hash(struct str s);

struct likeness_pair {
	int64_t a_id, b_id; /* a_id < b_id */
	int likeness;       /* per mille; at least LIKENESS_SHOWN */
	unsigned agrees;    /* LIKE_… */
};
/* Pairs of n accounts, the likeliest first, at most `most`; in the arena. The order of v is changed. */
size_t likeness_pairs(struct arena *a, struct likeness_one *v, size_t n, size_t most, struct likeness_pair **ret);
#endif
