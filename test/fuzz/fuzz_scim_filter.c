/* A filter that anybody may send: it is refused with a sentence or read to its end, and what was read can be tried on any resource. The first line
 * is the filter, the rest a resource. A filter that reads is a path's filter as well, and its opposite fits where it does not. */
#include "feature/scim/filter.h"
#include "feature/scim/patch.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static void try_on(struct ctx *cx, const struct scim_filter *f, struct str text)
{
	json_auto_t *sent = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, NULL);
	json_auto_t *resource = NULL;
	if (!json_is_object(sent) || scim_read(cx, &scim_user, sent, &resource) != OK)
		return;
	struct scim_filter opposite = { .op = SCIM_NOT, .a = f };
	if (scim_filter_fits(cx->arena, f, resource) == scim_filter_fits(cx->arena, &opposite, resource))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct ctx cx = { .arena = arena_new() };
	struct str rest = { (const char *)data, n }, text = STR_NONE;
	const struct scim_filter *f;
	struct scim_target t;
	(void)!str_cut(&rest, '\n', &text);
	enum err e = scim_filter_parse(&cx, &scim_user, text, &f);
	if (e != OK && (e != ERR_INVALID || !cx.n_failures))
		abort();
	if (e == OK)
		try_on(&cx, f, rest);
	cx.n_failures = 0;
	e = scim_target_parse(&cx, &scim_user, text, &t);
	if (e != OK ? !cx.n_failures : !t.path.schema)
		abort();
	arena_free(cx.arena);
	return 0;
}
