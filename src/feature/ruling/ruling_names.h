/* Words of rulings and appeals for pages. Within the feature. */
#ifndef FEATURE_RULING_NAMES_H
#define FEATURE_RULING_NAMES_H
#include "base/field.h"
#include "web/lang.h"

static const struct choice ruling_kind_names[] = {
	{ "drop", N_("Drop it: it counts for nobody") },
	{ "full", N_("Give all its points to everybody who had it") },
	{ "rekey", N_("Mark it by another key") },
	{ NULL, NULL },
};
static const struct choice ruling_state_names[] = {
	{ "looked", N_("looked at, nothing changed") }, { "doing", N_("being carried out") }, { "done", N_("in force") },
	{ "undoing", N_("being taken back") },		{ "undone", N_("taken back") },	      { NULL, NULL },
};
static const struct choice appeal_kind_names[] = { { "recheck", N_("Recheck of the marking") }, { "appeal", N_("Appeal") }, { NULL, NULL } };
static const struct choice appeal_state_names[] = {
	{ "open", N_("waits for an answer") }, { "upheld", N_("upheld") }, { "dismissed", N_("not upheld") }, { NULL, NULL }
};
static inline struct str name_of(struct ctx *cx, const struct choice *names, struct str value)
{
	for (const struct choice *c = names; c->value; c++)
		if (str_is(value, c->value))
			return str_of(tr(cx->lang, c->label));
	return value;
}
#endif
