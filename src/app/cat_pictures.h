/* Pictures of a simulated adaptive test; see cat_simulate.h. */
#ifndef APP_CAT_PICTURES_H
#define APP_CAT_PICTURES_H
#include "app/command.h"
#include "psychometrics/adaptive_simulation.h"

/* rate: of --exposure sympson-hetter, drawn as a level; 0: none. Exit code. */
int cat_pictures(struct command_line *c, const char *folder, const struct adaptive_simulation *r, const struct adaptive_plan *p, size_t items, double rate);
#endif
