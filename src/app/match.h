/* `karmayogi match FILE.json [--fill] [--stable] [--explain]`: the best assignment of officers to posts out of a file ("-": standard input), without a
 * database or a data folder. What the file holds: match_read.h; what best means, and how it is proved: solve/assignment.h.
 *
 * On standard output one object and nothing else; names as they stood in the file, officers in its order:
 *	{"assignment": [[officer, post], …], "total": …, "dual_bound": …, "milliseconds": …}
 * milliseconds: of the solving, without reading. A pair that does not score above 0 is not taken unless --fill.
 * --stable adds "stable": {"assignment", "total", "placed", "optimum_placed", "optimum_blocking_pairs"}: both sides like a pair the more the higher it
 * scores (solve/stable.h), and in so many pairs both would leave the optimum for each other.
 * --explain adds "slack" (0: exact), "reading_milliseconds", "premium", "officer_prices" and "post_prices" (each as [name, price]: the proof),
 *"cannot_be_filled" (groups of posts with all who come into question for them, fewer than posts; solve/shortage.h) and "left_empty" (other posts that stay
 *empty here). What is wrong is a sentence on standard error; then nothing stands on standard output and the exit code is 1. */
#ifndef APP_MATCH_H
#define APP_MATCH_H
#include "app/command.h"

int match_run(struct command_line *c);
#endif
