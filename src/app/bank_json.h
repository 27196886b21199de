/* A bank of calibrated items as a file: what `karmayogi calibrate --json` prints.
 *
 * An object with items, and model for those items that do not say their own. An item has name, a, b (a number, or a list of thresholds), c (of the 3pl),
 * and may have model, part (a text or a whole number: of what content it is) and enemies (names of items that must not be in one test with it; said on one
 * side is enough). Members that are not known are passed over. Items without part are of the part "". */
#ifndef APP_BANK_JSON_H
#define APP_BANK_JSON_H
#include "base/ctx.h"
#include "psychometrics/adaptive.h"

enum { BANK_BYTES_MAX = 32 << 20 };
struct bank_file {
	struct adaptive_item *items;
	struct str *names;
	size_t n;
	struct str parts[ADAPTIVE_PARTS_MAX]; /* by the items' numbers of them */
	int n_parts;
	struct adaptive_enemies *enemies;
	size_t n_enemies;
};
/* ERR_MALFORMED or ERR_INVALID with a sentence whose field is the place. In the arena. */
enum err bank_read(struct ctx *cx, struct str text, struct bank_file *ret);
/* The number of a part; -1: there is none of this name. */
int bank_part(const struct bank_file *f, struct str name);
#endif
