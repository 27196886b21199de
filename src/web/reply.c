/* Answers of the API; see reply.h. */
#include "web/reply.h"
#include "base/clock.h"
#include "web/lang.h"

#include <sodium.h>

enum { JSON_MAX = 8 << 20 };

/* ── problems ── */

static struct str translated(struct ctx *cx, const struct failure *f)
{
	return msg_text(cx, f->text, f->n_args, f->args);
}

struct str reply_sentence(struct ctx *cx, enum err e)
{
	static const char *const plain[ERR_COUNT_] = {
		[ERR_NOT_FOUND] = N_("There is nothing at this address. It may have been moved, or the link is incomplete."),
		[ERR_METHOD] = N_("This address does not take such a request. Nothing was changed."),
		[ERR_CONFLICT] = N_("Somebody changed the same thing in the meantime. Nothing of yours was applied; please look again and repeat it."),
		[ERR_PRECONDITION] = N_("Somebody changed this in the meantime. Nothing of yours was applied; please look again and repeat it."),
		[ERR_TOO_LARGE] = N_("What was sent is larger than this address takes. Nothing was changed."),
		[ERR_INTERNAL] = N_("This was our fault and has been noted. Nothing was changed; please try again."),
		[ERR_BUSY] = N_("The answer took too long to find. Nothing was changed; please try again in a few seconds."),
		[ERR_UNAVAILABLE] = N_("The data cannot be reached or written just now. Nothing was changed; please try again in a few minutes."),
	};
	if (cx->n_failures)
		return translated(cx, &cx->failures[0]);
	return str_of(plain[e] ? tr(cx->lang, plain[e]) : "");
}

/* RFC 6750, section 3 */
static struct str authenticate_of(struct exchange *x, enum err e)
{
	const struct action *act = x->match.action;
	if (e == ERR_NOT_SIGNED_IN)
		return x->in.authorization.p ? S("Bearer realm=\"karmayogi\", error=\"invalid_token\"") : S("Bearer realm=\"karmayogi\"");
	if (e == ERR_FORBIDDEN && x->token.id && !act->in_person)
		return str_fmt(x->cx.arena, "Bearer realm=\"karmayogi\", error=\"insufficient_scope\", scope=\"%.*s\"",
			       STR_ARG(token_scope_of(&x->cx, act->may, act->method != GET)));
	return STR_NONE;
}

void reply_problem(struct exchange *x, enum err e)
{
	struct ctx *cx = &x->cx;
	const struct manners *manners = x->match.manners;
	struct buf b;
	buf_init(&b, cx->arena, JSON_MAX);
	x->out.type = manners ? manners->type : "application/problem+json";
	x->out.authenticate = authenticate_of(x, e);
	if (manners) {
		manners->refusal(cx, e, reply_sentence(cx, e), &x->out.status, &b);
		x->out.body = buf_get(&b);
		return;
	}
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	jw_key(&j, "type");
	jw_str(&j, str_fmt(cx->arena, "/problems/%s", err_slug(e)));
	jw_key(&j, "title");
	jw_str(&j, str_of(tr(cx->lang, err_title(e))));
	jw_key(&j, "status");
	jw_int(&j, x->out.status);
	jw_key(&j, "detail");
	jw_str(&j, reply_sentence(cx, e));
	jw_key(&j, "request_id");
	jw_str(&j, str_fmt(cx->arena, "%016lx", (unsigned long)cx->request_id));
	jw_key(&j, "errors");
	jw_open(&j, '[');
	for (size_t i = 0; i < cx->n_failures; i++) {
		if (!cx->failures[i].field.n)
			continue;
		jw_open(&j, '{');
		jw_key(&j, "field");
		jw_str(&j, cx->failures[i].field);
		jw_key(&j, "message");
		jw_str(&j, translated(cx, &cx->failures[i]));
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	jw_close(&j, '}');
	x->out.body = buf_get(&b);
}

/* ── JSON of rows, from their field table ── */

void reply_field(struct ctx *cx, struct json_out *j, const struct field *f, const void *at)
{
	int64_t day;
	jw_key(j, f->name);
	switch (f->kind) {
	case F_INT:
		if (*(const int64_t *)at == NONE)
			jw_null(j);
		else
			jw_int(j, *(const int64_t *)at);
		break;
	case F_ID: jw_id(j, *(const int64_t *)at); break;
	case F_TIME: jw_time(j, *(const int64_t *)at); break;
	case F_DATE:
		day = *(const int64_t *)at;
		if (day == NONE) {
			jw_null(j);
		} else {
			struct civil d = clock_date(day);
			jw_str(j, str_fmt(cx->arena, "%04d-%02d-%02d", d.year, d.month, d.day));
		}
		break;
	case F_REAL: jw_real(j, *(const double *)at); break;
	case F_BOOL: jw_bool(j, *(const bool *)at); break;
	case F_JSON:
		if (((const struct str *)at)->n)
			jw_raw(j, *(const struct str *)at);
		else
			jw_null(j);
		break;
	case F_TEXTS:
		jw_open(j, '[');
		for (size_t i = 0; i < ((const struct strs *)at)->n; i++)
			jw_str(j, ((const struct strs *)at)->v[i]);
		jw_close(j, ']');
		break;
	case F_SECRET: jw_null(j); break;
	default: jw_str(j, *(const struct str *)at);
	}
}

static void json_row(struct ctx *cx, struct json_out *j, const struct field *f, const void *row)
{
	jw_open(j, '{');
	for (; f->name; f++)
		reply_field(cx, j, f, (const char *)row + f->offset);
	jw_close(j, '}');
}

struct str reply_json(struct exchange *x, bool *ret_full)
{
	const struct action *act = x->match.action;
	const struct answer *a = &x->answer;
	struct buf b;
	buf_init(&b, x->cx.arena, JSON_MAX);
	struct json_out j = { .b = &b };
	if (act->out_list) {
		jw_open(&j, '{');
		jw_key(&j, "items");
		jw_open(&j, '[');
		for (size_t i = 0; i < a->n_rows; i++)
			json_row(&x->cx, &j, act->out, (const char *)a->rows + i * a->row_size);
		jw_close(&j, ']');
		jw_key(&j, "next");
		jw_str(&j, a->next);
		jw_close(&j, '}');
	} else if (act->out && a->n_rows) {
		json_row(&x->cx, &j, act->out, a->rows);
	} else {
		buf_lit(&b, "{}");
	}
	*ret_full = b.full;
	return buf_get(&b);
}

/* Weak, for the same answer may go out packed. */
static struct str etag_of(struct exchange *x, struct str body)
{
	unsigned char h[16];
	crypto_generichash(h, sizeof h, (const unsigned char *)body.p, body.n, NULL, 0);
	return str_fmt(x->cx.arena, "W/\"%s\"", str_hex(x->cx.arena, h, sizeof h).p);
}

/* RFC 9110, section 13.1.2: a list of tags, or "*". */
static bool has_it(struct str if_none_match, struct str etag)
{
	struct str part;
	while (str_cut(&if_none_match, ',', &part))
		if (str_eq(str_trim(part), etag) || str_is(str_trim(part), "*"))
			return true;
	return false;
}

bool reply_unchanged(struct exchange *x)
{
	if (x->in.method != GET || !x->out.etag.p || !x->in.if_none_match.n || !has_it(x->in.if_none_match, x->out.etag))
		return false;
	x->out.status = 304;
	return true;
}

void reply_answer(struct exchange *x)
{
	bool full = false;
	x->out.type = "application/json";
	x->out.body = x->key.body.p ? x->key.body : reply_json(x, &full);
	if (full) {
		x->out.status = 500;
		x->out.trouble = "answer over its ceiling";
		return;
	}
	if (x->in.method != GET || x->refused)
		return;
	x->out.etag = etag_of(x, x->out.body);
	if (reply_unchanged(x)) {
		x->out.body = S("");
		x->out.type = NULL;
	}
}
