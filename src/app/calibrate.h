/* `karmayogi calibrate`: item parameters of a table of answers, without a database.
 *
 * --json prints one object: model; items, each with name, a, b (a number for right-or-wrong models, a list of thresholds for grm and gpcm), c (only of
 * the 3pl) and se with the same names (c null where it lies at its bound); loglik, aic, bic, reliability (empirical), converged. Every number is finite.
 * What they mean: psychometrics/calibration.h. --prior: the usual priors of that header.
 *
 * Exit code 0 and a result, or 1 and a sentence on standard error that says what to do; there is never half a result, so converged is always true. */
#ifndef APP_CALIBRATE_H
#define APP_CALIBRATE_H
#include "app/command.h"

int calibrate_run(struct command_line *c);
#endif
