/* `karmayogi upgrade`: brings the data of an installation that stands still to this program's schema, or leaves everything as it was.
 *
 *   looks first   no server runs on the data (SQLite), there is room for the work, the database is not newer than the program
 *   one act       all migrations, then the figures that are derived, then the check of every promise, in one transaction
 *   or nothing    a migration that fails, or a finding, undoes all of it: the program that was there before goes on
 *
 * With --dry-run the same is done on the real data and undone at the end. --accept-findings: for findings that were there before. */
#ifndef APP_UPGRADE_H
#define APP_UPGRADE_H
#include "app/command.h"

int upgrade_run(struct command_line *c);
/* The same with given migrations; returns the exit code. */
int upgrade_with(struct command_line *c, const struct migration *m);
#endif
