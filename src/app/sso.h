/* `karmayogi sso add|add-saml|list|end`: the providers through which organisations' people sign in; see feature/sso/sso.h. */
#ifndef APP_SSO_H
#define APP_SSO_H
#include "app/command.h"

int sso_add_run(struct command_line *c);
int sso_add_saml_run(struct command_line *c);
int sso_list_run(struct command_line *c);
int sso_end_run(struct command_line *c);
#endif
