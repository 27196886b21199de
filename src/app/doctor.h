/* `karmayogi doctor`: is the installation well? See feature/operation/health.h for what it looks at.
 * Exit code 0: all is well; 1: something should be looked at; 2: a fault. */
#ifndef APP_DOCTOR_H
#define APP_DOCTOR_H
#include "app/command.h"

int doctor_run(struct command_line *c);
#endif
