/* `karmayogi token …`: tokens of a person from the command line; see web/token.h. */
#ifndef APP_TOKEN_H
#define APP_TOKEN_H
#include "app/command.h"

int token_create_run(struct command_line *c);
int token_list_run(struct command_line *c);
int token_end_run(struct command_line *c);
#endif
