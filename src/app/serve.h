/* `karmayogi serve`. */
#ifndef APP_SERVE_H
#define APP_SERVE_H
#include "app/command.h"
#include "web/action.h"

/* Only the background work, until SIGTERM; beside other processes that share the database. */
int work_run(struct command_line *c);
int serve_run(struct command_line *c);
/* The same with more actions (ended by name NULL), for the program that measures; NULL: none. */
int serve_with(struct command_line *c, const struct action *more);
/* Two servers on one SQLite file would each believe to be the only writer: takes the file for this process, or says
 * why not. Held until *ret_fd (-1: there is nothing to hold, PostgreSQL) is closed or the process ends. */
bool serve_lock(struct command_line *c, int *ret_fd);
#endif
