/* Commands that work on the data; each is the `run` of a row in commands.c. */
#ifndef APP_WORK_H
#define APP_WORK_H
#include "app/command.h"

int migrate_run(struct command_line *c);
int import_course_run(struct command_line *c);
int import_people_run(struct command_line *c);
int person_add_run(struct command_line *c);
int mail_run(struct command_line *c);
int person_invite_run(struct command_line *c);
int person_factor_run(struct command_line *c);
int verify_run(struct command_line *c);
int check_run(struct command_line *c);
int rebuild_run(struct command_line *c);
#endif
