/* What came in: addresses, forms and JSON become named texts, named texts become a typed struct; see request.h. */
#include "web/request.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "web/upload.h"

#include <jansson.h>

static int hex_digit(char c)
{
	if (c >= '0' && c <= '9')
		return c - '0';
	if (c >= 'a' && c <= 'f')
		return c - 'a' + 10;
	if (c >= 'A' && c <= 'F')
		return c - 'A' + 10;
	return -1;
}

bool url_decode(struct arena *a, struct str s, bool form, struct str *ret)
{
	char *out = arena_alloc(a, s.n + 1);
	size_t n = 0;
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		if (c == '%') {
			int hi = i + 2 < s.n ? hex_digit(s.p[i + 1]) : -1;
			int lo = i + 2 < s.n ? hex_digit(s.p[i + 2]) : -1;
			if (hi < 0 || lo < 0)
				return false;
			out[n++] = (char)(hi * 16 + lo);
			i += 2;
		} else {
			out[n++] = form && c == '+' ? ' ' : c;
		}
	}
	struct str r = { out, n };
	if (!utf8_valid(r))
		return false;
	*ret = r;
	return true;
}

struct str url_encoded(struct ctx *cx, struct str s)
{
	struct buf b;
	buf_init(&b, cx->arena, 4 * TARGET_MAX);
	for (size_t i = 0; i < s.n; i++) {
		char c = s.p[i];
		bool plain = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || strchr("-._~/", c);
		if (plain && c)
			buf_char(&b, c);
		else
			buf_fmt(&b, "%%%02X", (unsigned char)c);
	}
	return buf_get(&b);
}

/* ── addresses ── */

/* Whether `path` fits `pattern`; values of {places} go into m. */
static bool fits(struct ctx *cx, struct str pattern, struct str path, struct match *m)
{
	m->n_values = 0;
	struct str want, got;
	for (;;) {
		bool more_want = str_cut(&pattern, '/', &want), more_got = str_cut(&path, '/', &got);
		if (!more_want || !more_got)
			return !more_want && !more_got;
		if (want.n && want.p[0] == '{') {
			struct pair *v = &m->value[m->n_values];
			BUG_IF(m->n_values == PATH_VALUES_MAX);
			if (got.n == 0 || !url_decode(cx->arena, got, false, &v->value))
				return false;
			v->name = str_sub(want, 1, want.n - 1);
			m->n_values++;
		} else if (!str_eq(want, got)) {
			return false;
		}
	}
}

struct match table_match(struct ctx *cx, const struct action_table *t, enum method method, struct str path)
{
	struct match m = { 0 }, none = { .manners = action_manners(t, path) };
	bool api = none.api = none.manners || str_starts(path, S("/api/"));
	size_t n_near;
	const uint16_t *near = action_near(t, api, path, &n_near);
	for (size_t k = 0; k < n_near; k++) {
		size_t i = near[k];
		const struct action *a = action_at(t, i);
		const char *pattern = api ? a->api : a->page;
		if (!pattern || !fits(cx, str_of(pattern), path, &m))
			continue;
		if (a->method == method) {
			m.action = a;
			m.index = i;
			m.api = api;
			m.manners = a->manners;
			return m;
		}
		none.taken[a->method] = none.method_wrong = true;
	}
	return none;
}

/* ── named texts ── */

static enum err malformed(struct ctx *cx, const char *text)
{
	return fail(cx, ERR_MALFORMED, "", text);
}

static enum err add_pair(struct ctx *cx, struct pairs *p, struct str name, struct str value)
{
	if (str_is(name, "csrf")) {
		p->csrf = value;
		return OK;
	}
	if (p->n == PAIRS_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("The form has too many fields."));
	*ARENA_PUSH(cx->arena, p->v, p->n) = (struct pair){ name, value };
	return OK;
}

static enum err add_form(struct ctx *cx, struct pairs *p, struct str text)
{
	struct str part, name, value;
	while (str_cut(&text, '&', &part)) {
		ptrdiff_t eq = str_index(part, '=');
		struct str n = eq < 0 ? part : str_sub(part, 0, (size_t)eq);
		struct str v = eq < 0 ? S("") : str_sub(part, (size_t)eq + 1, part.n);
		if (part.n == 0)
			continue;
		if (!url_decode(cx->arena, n, true, &name) || !url_decode(cx->arena, v, true, &value))
			return malformed(cx, N_("The request holds text that is not valid UTF-8. Nothing was changed."));
		TRY(add_pair(cx, p, name, value));
	}
	return OK;
}

static enum err add_json_value(struct ctx *cx, struct pairs *p, struct str name, const json_t *v)
{
	switch (json_typeof(v)) {
	case JSON_STRING:
		return add_pair(cx, p, name, str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }));
	case JSON_INTEGER:
		return add_pair(cx, p, name, str_fmt(cx->arena, "%lld", (long long)json_integer_value(v)));
	case JSON_REAL:
		return add_pair(cx, p, name, str_fmt(cx->arena, "%.15g", json_real_value(v)));
	case JSON_TRUE:
		return add_pair(cx, p, name, S("true"));
	case JSON_FALSE:
		return add_pair(cx, p, name, S("false"));
	case JSON_NULL:
		return OK;
	default:
		return fail(cx, ERR_INVALID, str_c(cx->arena, name), N_("must be a text, a number, true or false"));
	}
}

/* A structured value is handed on as JSON text to a field of kind F_JSON; a list to one of kind F_TEXTS. */
static enum err add_json_member(struct ctx *cx, const struct field *f, struct pairs *p, struct str name, const json_t *v)
{
	const json_t *item;
	size_t i;
	for (; f && f->name; f++) {
		if (!str_is(name, f->name))
			continue;
		if (f->kind == F_JSON) {
			char *text = json_dumps(v, JSON_COMPACT | JSON_ENCODE_ANY);
			struct str copy = text ? str_dup(cx->arena, str_of(text)) : STR_NONE;
			free(text);
			return add_pair(cx, p, name, copy);
		}
		if (f->kind == F_TEXTS && json_is_array(v)) {
			json_array_foreach (v, i, item)
				TRY(add_json_value(cx, p, name, item));
			return OK;
		}
	}
	return add_json_value(cx, p, name, v);
}

static enum err add_json(struct ctx *cx, const struct field *fields, struct pairs *p, struct str text)
{
	json_error_t why;
	json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &why);
	if (!root)
		return malformed(cx, N_("The body is not valid JSON. Nothing was changed."));
	enum err e = OK;
	const char *key;
	json_t *v;
	if (!json_is_object(root))
		e = malformed(cx, N_("The body must be a JSON object. Nothing was changed."));
	else
		json_object_foreach (root, key, v)
			if (e == OK)
				e = add_json_member(cx, fields, p, str_dup(cx->arena, str_of(key)), v);
	json_decref(root);
	return e;
}

/* The whole body for one field; what else there is stands in the query. */
static enum err add_whole(struct ctx *cx, const struct action *a, struct pairs *p, const struct incoming *in)
{
	json_t *root = json_loadb(in->body.n ? in->body.p : "", in->body.n, JSON_REJECT_DUPLICATES, NULL);
	bool good = json_is_object(root);
	json_decref(root);
	TRY(add_form(cx, p, in->query));
	return good ? add_pair(cx, p, str_of(a->whole), in->body) : malformed(cx, N_("The body must be a JSON object. Nothing was changed."));
}

/* A body that went into a file: a form with a file in it, or the file itself with the other fields in the query. */
static enum err add_upload(struct ctx *cx, struct pairs *p, const struct incoming *in)
{
	if (str_is(in->type, "multipart/form-data"))
		return upload_parts(cx, in->upload, in->boundary, p);
	TRY(add_form(cx, p, in->query));
	return add_pair(cx, p, S("file"), str_of(in->upload));
}

/* `file` of an upload is a path on this machine: nobody may name one. */
static enum err no_forged_file(struct ctx *cx, const struct action *a, const struct incoming *in, const struct pairs *p)
{
	if (!a->upload)
		return OK;
	for (size_t i = 0; i < p->n; i++)
		if (str_is(p->v[i].name, "file") && p->v[i].value.n && !(in->upload && str_starts(p->v[i].value, str_of(in->upload))))
			return fail(cx, ERR_INVALID, "file", N_("must be sent as a file"));
	return OK;
}

static bool is_json(const struct match *m, struct str type)
{
	return str_is(type, "application/json") || (m->manners && str_is(type, m->manners->type));
}

enum err input_pairs(struct ctx *cx, const struct match *m, const struct incoming *in, struct pairs **ret)
{
	struct pairs *p = ARENA_NEW(cx->arena, struct pairs);
	for (size_t i = 0; i < m->n_values; i++)
		TRY(add_pair(cx, p, m->value[i].name, m->value[i].value));
	size_t from_path = p->n;
	if (in->method == GET) {
		TRY(add_form(cx, p, in->query));
	} else if (in->upload) {
		TRY(add_upload(cx, p, in));
	} else if (is_json(m, in->type)) {
		TRY(m->action->whole ? add_whole(cx, m->action, p, in) : add_json(cx, m->action->in, p, in->body));
	} else if (in->body.n && (m->api || !str_is(in->type, "application/x-www-form-urlencoded"))) {
		return fail(cx, ERR_MEDIA_TYPE, "", m->api ? N_("Send the body as application/json.") : N_("Send the form as application/x-www-form-urlencoded."));
	} else {
		TRY(add_form(cx, p, in->body));
	}
	TRY(no_forged_file(cx, m->action, in, p));
	/* What the path says, nobody may say otherwise. */
	for (size_t i = from_path; i < p->n; i++)
		for (size_t k = 0; k < from_path; k++)
			if (str_eq(p->v[i].name, p->v[k].name))
				p->v[i].value = p->v[k].value;
	*ret = p;
	return OK;
}

struct str pairs_get(const struct pairs *p, struct str name)
{
	for (size_t i = p->n; i-- > 0;)
		if (str_eq(p->v[i].name, name))
			return p->v[i].value;
	return STR_NONE;
}

/* ── typed ── */

static void bad(struct ctx *cx, const struct field *f, const char *text)
{
	(void)!fail(cx, ERR_INVALID, f->name, text);
}

static void bad_number(struct ctx *cx, const struct field *f, const char *text, const char *place, int64_t n)
{
	const struct msg_arg arg = { place, str_fmt(cx->arena, "%lld", (long long)n) };
	(void)!fail_msg(cx, ERR_INVALID, str_of(f->name), text, 1, &arg);
}

static void fill_text(struct ctx *cx, const struct field *f, struct str v, struct str *out)
{
	size_t n = utf8_length(v);
	int64_t max = f->max ? f->max : f->kind == F_LONG ? 20000 : 200;
	if (f->kind == F_TEXT)
		for (size_t i = 0; i < v.n; i++)
			if ((unsigned char)v.p[i] < 0x20) {
				bad(cx, f, N_("must be one line of plain text"));
				return;
			}
	if ((int64_t)n > max)
		bad_number(cx, f, N_("must be at most {max} characters long"), "max", max);
	else if ((int64_t)n < f->min)
		bad_number(cx, f, N_("must be at least {min} characters long"), "min", f->min);
	else
		*out = v;
}

static void fill_choice(struct ctx *cx, const struct field *f, struct str v, struct str *out)
{
	for (const struct choice *c = f->choices; c && c->value; c++)
		if (str_is(v, c->value)) {
			*out = v;
			return;
		}
	bad(cx, f, N_("must be one of the choices offered"));
}

static void fill_int(struct ctx *cx, const struct field *f, struct str v, int64_t *out)
{
	int64_t n;
	if (!str_int(v, &n)) {
		bad(cx, f, f->kind == F_ID ? N_("is not a valid reference") : N_("must be a whole number"));
	} else if (n < f->min || (f->kind == F_ID && n <= 0)) {
		if (f->kind == F_ID)
			bad(cx, f, N_("is not a valid reference"));
		else
			bad_number(cx, f, N_("must be at least {min}"), "min", f->min);
	} else if (f->max && n > f->max) {
		bad_number(cx, f, N_("must be at most {max}"), "max", f->max);
	} else {
		*out = n;
	}
}

static void fill_real(struct ctx *cx, const struct field *f, struct str v, double *out)
{
	double d;
	if (!str_real(v, &d))
		bad(cx, f, N_("must be a number"));
	else if (d < (double)f->min)
		bad_number(cx, f, N_("must be at least {min}"), "min", f->min);
	else if (f->max && d > (double)f->max)
		bad_number(cx, f, N_("must be at most {max}"), "max", f->max);
	else
		*out = d;
}

static void fill_json(struct ctx *cx, const struct field *f, struct str v, struct str *out)
{
	json_t *j = json_loadb(v.p, v.n, JSON_DECODE_ANY | JSON_REJECT_DUPLICATES, NULL);
	if (!j)
		bad(cx, f, N_("must be valid JSON"));
	else if (f->max && (int64_t)utf8_length(v) > f->max)
		bad_number(cx, f, N_("must be at most {max} characters long"), "max", f->max);
	else
		*out = v;
	json_decref(j);
}

static void fill_one(struct ctx *cx, const struct field *f, struct str v, void *at)
{
	switch (f->kind) {
	case F_TEXT:
	case F_LONG:
		fill_text(cx, f, str_trim(v), at);
		break;
	case F_SECRET:
		fill_text(cx, f, v, at);
		break;
	case F_INT:
	case F_ID:
		fill_int(cx, f, str_trim(v), at);
		break;
	case F_TIME:
		if (!clock_parse_rfc3339(str_trim(v), at))
			bad(cx, f, N_("must be a time such as 2026-11-23T10:00:00+05:30"));
		break;
	case F_DATE:
		if (!clock_parse_date(str_trim(v), at))
			bad(cx, f, N_("must be a date such as 2026-11-23"));
		break;
	case F_REAL:
		fill_real(cx, f, str_trim(v), at);
		break;
	case F_BOOL:
		if (str_is(v, "true") || str_is(v, "on") || str_is(v, "1"))
			*(bool *)at = true;
		else if (v.n && !str_is(v, "false") && !str_is(v, "0"))
			bad(cx, f, N_("must be true or false"));
		break;
	case F_CHOICE:
		fill_choice(cx, f, v, at);
		break;
	case F_JSON:
		fill_json(cx, f, v, at);
		break;
	case F_TEXTS:
		BUG("F_TEXTS is filled as a list");
	}
}

/* A field "answer" takes "answer" = "x" as "x", and "answer.7" = "x" as "7=x": so a page can name inputs by what they are about. */
static bool one_of_texts(struct ctx *cx, const struct field *f, const struct pair *p, struct str *ret)
{
	size_t n = strlen(f->name);
	if (str_is(p->name, f->name)) {
		*ret = str_trim(p->value);
		return true;
	}
	if (p->name.n <= n + 1 || p->name.p[n] != '.' || !str_starts(p->name, str_of(f->name)))
		return false;
	struct str value = str_trim(p->value);
	*ret = str_fmt(cx->arena, "%.*s=%.*s", STR_ARG(str_sub(p->name, n + 1, p->name.n)), STR_ARG(value));
	return true;
}

static void fill_texts(struct ctx *cx, const struct field *f, const struct pairs *p, struct strs *out)
{
	for (size_t i = 0; i < p->n; i++) {
		struct str raw, one = STR_NONE;
		if (!one_of_texts(cx, f, &p->v[i], &raw))
			continue;
		struct field text = *f;
		text.kind = F_TEXT;
		fill_text(cx, &text, raw, &one);
		*ARENA_PUSH(cx->arena, out->v, out->n) = one;
	}
	if (f->must && !out->n)
		bad(cx, f, N_("is needed"));
}

/* What an absent value is: NONE for whole numbers, absent for texts, false. */
static void set_absent(const struct field *f, void *at)
{
	switch (f->kind) {
	case F_INT:
	case F_ID:
	case F_TIME:
	case F_DATE:
		*(int64_t *)at = NONE;
		break;
	case F_REAL:
		*(double *)at = (double)__builtin_nan("");
		break;
	default:
		break;
	}
}

enum err input_fill(struct ctx *cx, const struct action *act, const struct pairs *p, void *ret_in)
{
	size_t before = cx->n_failures;
	for (const struct field *f = act->in; f && f->name; f++) {
		void *at = (char *)ret_in + f->offset;
		if (f->kind == F_TEXTS) {
			fill_texts(cx, f, p, at);
			continue;
		}
		set_absent(f, at);
		struct str v = pairs_get(p, str_of(f->name));
		bool empty = !v.p || (f->kind != F_SECRET && str_trim(v).n == 0) || v.n == 0;
		if (!empty)
			fill_one(cx, f, v, at);
		else if (f->must)
			bad(cx, f, N_("is needed"));
	}
	return cx->n_failures == before ? OK : ERR_INVALID;
}
