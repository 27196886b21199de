/* Helpers that templates use for what depends on the request: forms, assets, the address of this page.
 *
 * {{form "enrolment.add"}} after <form …> says which action the form is for and writes the hidden token;
 * {{input "due"}} then writes label, hint, error and the input itself from the action's field table, with what the
 * person typed when the form was refused; {{input_with "due" value}} gives a value to begin with. {{page_top .}} stands first in every <main>. */
#ifndef WEB_FORM_H
#define WEB_FORM_H
#include "web/html.h"

void html_form(struct html_out *o, const char *action);
void html_input(struct html_out *o, const char *field);
void html_input_with(struct html_out *o, const char *field, struct str value);
/* First thing in every <main>: what the last act brought about, and the list of what is wrong with a refused form. */
void html_page_top(struct html_out *o, const void *unused);
/* Address of an asset by its key, "app.css". */
void html_asset(struct html_out *o, const char *key);
/* What the person typed for this field in the refused form, or `otherwise`. Secrets are never given back. */
struct str form_old(const struct html_out *o, const char *field, struct str otherwise);
/* Translated sentence of what is wrong with the field, or absent. */
struct str form_error(const struct html_out *o, const char *field);
/* A tick for a field "name.KEY" of kind F_TEXTS, as it was left in the refused form, else `on`. */
void html_pick(struct html_out *o, struct str name, struct str text, bool on);
/* For a <textarea> of a field "name.KEY": what was typed there in the refused form, else nothing. */
void html_typed(struct html_out *o, struct str name);
/* Choices 1 to most of a field "name.KEY", as it was left in the refused form, else none. */
void html_rating(struct html_out *o, struct str name, int most);
/* A choice of a <select> whose choices the field table does not know. */
void html_option(struct html_out *o, struct str value, struct str chosen, struct str text);
/* Token against forged forms, for data attributes of scripts: data-csrf="{{csrf_token .}}". */
void html_csrf_token(struct html_out *o, const void *unused);
struct str form_csrf(const struct html_out *o);
#endif
