/* `karmayogi import establishment`, `export establishment`; see feature/establishment/establishment.h. */
#ifndef APP_ESTABLISHMENT_H
#define APP_ESTABLISHMENT_H
#include "app/command.h"

int import_establishment_run(struct command_line *c);
int export_establishment_run(struct command_line *c);
#endif
