/* `karmayogi serve`. */
#ifndef APP_SERVE_H
#define APP_SERVE_H
#include "app/command.h"
#include "web/action.h"

int serve_run(struct command_line *c);
/* The same with more actions (ended by name NULL), for the program that measures; NULL: none. */
int serve_with(struct command_line *c, const struct action *more);
#endif
