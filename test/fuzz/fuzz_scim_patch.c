/* A PATCH that anybody may send, on the resource of the first line: it is refused with a sentence and changes nothing, or what comes out is a
 * resource that reads as itself. The same PATCH on the members of a group: these stay a list in order, each once. */
#include "feature/scim/members.h"
#include "feature/scim/patch.h"

#include <stdlib.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static json_t *object_of(struct str text)
{
	json_t *v = json_loadb(text.n ? text.p : "", text.n, JSON_REJECT_DUPLICATES, NULL);
	if (json_is_object(v))
		return v;
	json_decref(v);
	return NULL;
}

static void change(struct ctx *cx, json_t **resource, const json_t *request)
{
	json_auto_t *before = json_deep_copy(*resource);
	json_auto_t *again = NULL;
	enum err e = scim_patch(cx, &scim_user, resource, request);
	if (e != OK && (e != ERR_INVALID || !cx->n_failures || !json_equal(before, *resource)))
		abort();
	if (e != OK)
		return;
	cx->n_failures = 0;
	if (scim_read(cx, &scim_user, *resource, &again) != OK)
		abort();
}

static void change_members(struct ctx *cx, const json_t *sent, const json_t *request)
{
	static const int64_t some[] = { 7, 8, 900 };
	struct scim_members m = scim_members_of(cx->arena, some, 3);
	json_auto_t *group = NULL;
	json_auto_t *rest = NULL;
	cx->n_failures = 0;
	enum err e = scim_members_read(cx, sent, &m, &group);
	if (e == OK)
		e = scim_members_patch(cx, request, &m, &rest);
	if (e != OK && (e != ERR_INVALID || !cx->n_failures))
		abort();
	for (size_t i = 0; i < m.n; i++)
		if (m.v[i] <= (i ? m.v[i - 1] : 0))
			abort();
	if (e == OK && (!json_is_object(group) || scim_member(group, "members") || !json_is_object(rest)))
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n)
{
	struct ctx cx = { .arena = arena_new() };
	struct str rest = { (const char *)data, n }, text = STR_NONE;
	(void)!str_cut(&rest, '\n', &text);
	json_auto_t *sent = object_of(text);
	json_auto_t *request = object_of(rest);
	json_auto_t *resource = NULL;
	if (sent && request && scim_read(&cx, &scim_user, sent, &resource) == OK)
		change(&cx, &resource, request);
	if (sent && request)
		change_members(&cx, sent, request);
	arena_free(cx.arena);
	return 0;
}
