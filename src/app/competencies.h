/* `karmayogi import competencies`, `export competencies`; see feature/competency/competency.h. */
#ifndef APP_COMPETENCIES_H
#define APP_COMPETENCIES_H
#include "app/command.h"

int import_competencies_run(struct command_line *c);
int export_competencies_run(struct command_line *c);
/* The text of a framework that the program carries ("kcm"), or absent. */
struct str framework_built_in(struct str code);
#endif
