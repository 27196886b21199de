/* What all actions of SCIM share; see scim_message.h. */
#include "feature/scim/scim_message.h"
#include "feature/group/rule.h"
#include "web/audit.h"

static const char *const types[] = { "invalidFilter", "tooMany", "uniqueness", "mutability", "invalidSyntax", "invalidPath", "noTarget", "invalidValue" };

void scim_error_write(struct ctx *cx, enum err e, struct str sentence, unsigned *ret_status, struct buf *b)
{
	struct json_out j = { .b = b };
	struct str attribute = cx->n_failures ? cx->failures[0].field : STR_NONE, type = STR_NONE;
	for (size_t i = 0; i < sizeof types / sizeof *types && !type.p; i++)
		if (str_starts(attribute, str_of(types[i])))
			type = str_of(types[i]);
	if (type.p)
		attribute = str_sub(attribute, attribute.n > type.n ? type.n + 1 : type.n, attribute.n);
	else if (e == ERR_INVALID || e == ERR_MALFORMED)
		type = e == ERR_INVALID ? S("invalidValue") : S("invalidSyntax");
	*ret_status = e == ERR_INVALID ? 400 : (unsigned)err_status(e);
	jw_open(&j, '{');
	jw_key(&j, "schemas");
	jw_open(&j, '[');
	jw_str(&j, S("urn:ietf:params:scim:api:messages:2.0:Error"));
	jw_close(&j, ']');
	jw_key(&j, "status");
	jw_str(&j, str_fmt(cx->arena, "%u", *ret_status));
	if (type.p) {
		jw_key(&j, "scimType");
		jw_str(&j, type);
	}
	jw_key(&j, "detail");
	jw_str(&j, attribute.n ? str_fmt(cx->arena, "%.*s: %.*s", STR_ARG(attribute), STR_ARG(sentence)) : sentence);
	jw_close(&j, '}');
}

const struct manners scim_manners = { "/scim/", SCIM_TYPE, scim_error_write };

enum err scim_client_of(struct ctx *cx, struct scim_client *ret)
{
	int64_t *tops;
	*ret = (struct scim_client){ .person_id = cx->actor.person_id, .base = str_fmt(cx->arena, "%.*s/scim/v2", STR_ARG(cx->app->base_url)) };
	TRY(access_tops(cx, MAY_SCIM, &tops, &ret->n_tops));
	ret->tops = tops;
	return OK;
}

/* Whether one of some organisations is this one or above it. */
static enum err is_below(struct ctx *cx, int64_t org_id, const int64_t *orgs, size_t n, bool *ret)
{
	const struct scim_client c = { .tops = orgs, .n_tops = n };
	return scim_within(cx, &c, org_id, ret);
}

/* Of two lists of topmost organisations those that lie within both. */
static enum err meet(struct ctx *cx, const int64_t *a, size_t n_a, const int64_t *b, size_t n_b, int64_t **ret, size_t *ret_n)
{
	bool below;
	int64_t *v = ARENA_ARRAY(cx->arena, int64_t, n_a + n_b);
	*ret = v;
	*ret_n = 0;
	for (size_t i = 0; i < n_a; i++) {
		TRY(is_below(cx, a[i], b, n_b, &below));
		if (below)
			v[(*ret_n)++] = a[i];
	}
	for (size_t i = 0; i < n_b; i++) {
		TRY(is_below(cx, b[i], a, n_a, &below));
		if (below)
			v[(*ret_n)++] = b[i];
	}
	*ret_n = ids_in_order(v, *ret_n);
	return OK;
}

enum err scim_group_client_of(struct ctx *cx, struct scim_client *ret)
{
	struct scim_client c;
	int64_t *groups, *both;
	size_t n;
	TRY(scim_client_of(cx, &c));
	TRY(access_tops(cx, MAY_GROUP_MANAGE, &groups, &n));
	TRY(meet(cx, c.tops, c.n_tops, groups, n, &both, &n));
	if (!n)
		return fail(cx, ERR_FORBIDDEN, "", N_("For groups this needs a role by which you keep the groups of an organisation, too."));
	*ret = c;
	ret->tops = both;
	ret->n_tops = n;
	return OK;
}

enum err scim_note(struct ctx *cx, const char *action, struct str path, const struct scim_changed *done)
{
	struct buf b;
	struct json_out j = { .b = &b };
	if (!done->began)
		return OK;
	buf_init(&b, cx->arena, AUDIT_TEXT_MAX);
	jw_open(&j, '{');
	jw_key(&j, "what");
	jw_str(&j, str_of(done->what));
	jw_key(&j, "now");
	if (done->now)
		jw_raw(&j, scim_json(cx, done->now));
	else
		jw_null(&j);
	if (done->members.p) {
		jw_key(&j, "members");
		jw_raw(&j, done->members);
	}
	jw_close(&j, '}');
	return audit_note(cx, &(struct audit_note){ .action = action,
						    .path = path,
						    .scope = done->org_id ? SCOPE_ORG : SCOPE_PERSON,
						    .subject_id = done->org_id ? done->org_id : done->id,
						    .input = b.full ? S("{\"cut\":true}") : buf_get(&b),
						    .before = done->before ? scim_json(cx, done->before) : STR_NONE });
}

void scim_answer(struct ctx *cx, struct answer *a, const json_t *document)
{
	a->type = SCIM_TYPE;
	a->bytes = scim_json(cx, document);
}
