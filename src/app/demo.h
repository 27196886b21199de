/* `karmayogi demo`. */
#ifndef APP_DEMO_H
#define APP_DEMO_H
#include "app/command.h"

int demo_run(struct command_line *c);
#endif
