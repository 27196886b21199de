/* `karmayogi cat-simulate`: what an adaptive test out of a bank of calibrated items would do, without a database.
 *
 * The bank: app/bank_json.h. How a test goes and what the figures mean: psychometrics/adaptive.h and adaptive_simulation.h. The options:
 *
 *   --people N      of the population, and as many at each theta of -3, -2.5 … 3 (1,000)
 *   --length A-B    fewest and most items (10-30); one number: always so many
 *   --se X          ends at this standard error (not)
 *   --pass THETA    decides pass or fail, with delta 0.3 and chances of 0.05 for either error there (not)
 *   --select        fisher (usual) or kl
 *   --score         eap (usual) or wle: how the result is estimated
 *   --exposure      none (usual), randomesque:K, or sympson-hetter:R, whose k are found first with the same number of people
 *   --blueprint     PART=N,…: numbers or shares of parts as the bank names them; parts that are not named are not given
 *   --seed, --threads   of chance (1), and how many work (as many as there are processors); threads change nothing but the time
 *
 * --json prints one object: people; bias, rmse, se; length {mean, sd, min, max}; stopped {precise, longest, passed, failed, exhausted}, shares; exposure {max,
 * mean, unused, overlap}; content_met; conditional, for each theta: theta, bias, rmse, length, se; items: name, exposure; classification: {pass, accuracy,
 * false_pass, false_fail} or null. Every number is finite.
 *
 * --pictures writes error.svg (bias and RMSE over theta), length.svg, exposure.svg (items in order of it) and with --pass passed.svg into the folder, which
 * is made when it is not there.
 *
 * Exit code 0 and a result, or 1 and a sentence on standard error. What the bank lacks for the blueprint, or a rate that it cannot hold, is said there
 * too, and the simulation shows what comes of it. */
#ifndef APP_CAT_SIMULATE_H
#define APP_CAT_SIMULATE_H
#include "app/command.h"

int cat_simulate_run(struct command_line *c);
#endif
