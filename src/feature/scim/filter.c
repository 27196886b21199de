/* Filters of SCIM: a reader by descent and a trial; see filter.h. */
#include "feature/scim/filter.h"
#include "base/clock.h"
#include "base/field.h"
#include "base/utf8.h"

struct reader {
	struct ctx *cx;
	const struct scim_kind *kind;
	const struct scim_attribute *within; /* inside its […]; NULL: outside */
	struct str rest;
	int depth;
};

static enum err bad(struct reader *r, const char *sentence)
{
	return fail(r->cx, ERR_INVALID, "invalidFilter", sentence);
}

/* ── reading ── */

static void skip(struct reader *r)
{
	while (r->rest.n && r->rest.p[0] == ' ')
		r->rest = str_sub(r->rest, 1, r->rest.n);
}

static bool take(struct reader *r, char c)
{
	skip(r);
	if (!r->rest.n || r->rest.p[0] != c)
		return false;
	r->rest = str_sub(r->rest, 1, r->rest.n);
	return true;
}

/* A name or a word: what a URN with its attribute may hold. */
static struct str word_at(struct str s)
{
	size_t n = 0;
	while (n < s.n) {
		char c = s.p[n];
		bool letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
		if (!letter && !(c >= '0' && c <= '9') && !(c && strchr("$:._-", c)))
			break;
		n++;
	}
	return str_sub(s, 0, n);
}

static struct str word(struct reader *r)
{
	skip(r);
	struct str w = word_at(r->rest);
	r->rest = str_sub(r->rest, w.n, r->rest.n);
	return w;
}

static bool take_word(struct reader *r, const char *what)
{
	skip(r);
	struct str w = word_at(r->rest);
	if (!scim_same(w, what))
		return false;
	r->rest = str_sub(r->rest, w.n, r->rest.n);
	return true;
}

static enum err find_path(struct reader *r, struct str name, struct scim_path *ret)
{
	if (r->within) {
		*ret = (struct scim_path){ .attribute = scim_attribute_of(r->within->sub, name) };
		return ret->attribute ? OK : bad(r, N_("The filter names an attribute that is not known here."));
	}
	if (!scim_path_of(r->kind, name, ret) || !ret->attribute)
		return bad(r, N_("The filter names an attribute that is not known here."));
	return OK;
}

/* The attribute whose values are compared: of a complex one its `value`. NULL: there is none. */
static const struct scim_attribute *compared(const struct scim_path *p)
{
	const struct scim_attribute *a = p->sub ? p->sub : p->attribute;
	return a->type == SCIM_COMPLEX ? scim_attribute_of(a->sub, S("value")) : a;
}

static struct str folded(struct arena *a, struct str s, bool exact)
{
	return exact ? s : utf8_fold(a, s);
}

static enum err set_text(struct reader *r, struct scim_filter *f, const struct scim_attribute *of, struct str s)
{
	f->value = SCIM_TEXT;
	f->said = str_dup(r->cx->arena, s);
	f->text = folded(r->cx->arena, f->said, of->exact);
	if (of->type == SCIM_TIME && !clock_parse_rfc3339(f->said, &f->time))
		return bad(r, N_("The filter compares a time with what is none, such as 2026-11-23T10:00:00Z."));
	if (of->type != SCIM_BOOLEAN)
		return OK;
	/* Some clients write true as a text. */
	f->value = SCIM_BOOL;
	f->flag = scim_same(s, "true");
	return f->flag || scim_same(s, "false") ? OK : bad(r, N_("The filter compares a value with one of another type."));
}

static enum err set_value(struct reader *r, struct scim_filter *f, const struct scim_attribute *of, const json_t *v)
{
	if (json_is_string(v))
		return set_text(r, f, of, (struct str){ json_string_value(v), json_string_length(v) });
	f->value = json_is_null(v) ? SCIM_NULL : SCIM_BOOL;
	f->flag = json_is_true(v);
	if (!json_is_null(v) && (!json_is_boolean(v) || of->type != SCIM_BOOLEAN))
		return bad(r, N_("The filter compares a value with one of another type."));
	return OK;
}

/* A JSON value; true, false and null also in other capitals. */
static enum err read_value(struct reader *r, struct scim_filter *f, const struct scim_attribute *of)
{
	static const char *const words[] = { "true", "false", "null" };
	json_error_t why;
	skip(r);
	json_auto_t *v = NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words && !v; i++)
		if (take_word(r, words[i]))
			v = i == 2 ? json_null() : json_boolean(i == 0);
	if (!v) {
		v = json_loadb(r->rest.n ? r->rest.p : "", r->rest.n, JSON_DECODE_ANY | JSON_DISABLE_EOF_CHECK, &why);
		if (!v || json_is_object(v) || json_is_array(v))
			return bad(r, N_("The filter does not read: after the operator a value is needed, texts in quotation marks."));
		r->rest = str_sub(r->rest, (size_t)why.position, r->rest.n);
	}
	TRY(set_value(r, f, of, v));
	if (f->op != SCIM_EQ && f->op != SCIM_NE && f->value != SCIM_TEXT)
		return bad(r, N_("True, false and null can only be compared with eq and ne."));
	return OK;
}

static enum err read_or(struct reader *r, const struct scim_filter **ret);

static enum err deeper(struct reader *r)
{
	return ++r->depth > FILTER_DEPTH ? bad(r, N_("The filter has too many brackets within each other; 20 are taken.")) : OK;
}

static enum err read_brackets(struct reader *r, char end, const struct scim_filter **ret)
{
	TRY(deeper(r));
	TRY(read_or(r, ret));
	r->depth--;
	return take(r, end) ? OK : bad(r, N_("The filter does not read: a bracket is missing."));
}

/* What stands in the […] of an attribute. */
static enum err read_within(struct reader *r, struct scim_path path, const struct scim_filter **ret)
{
	struct scim_filter *f = ARENA_NEW(r->cx->arena, struct scim_filter);
	if (r->within || path.sub || path.attribute->type != SCIM_COMPLEX)
		return bad(r, N_("Square brackets stand only behind an attribute with parts, and not within each other."));
	*f = (struct scim_filter){ .op = SCIM_HAS, .path = path };
	r->within = path.attribute;
	TRY(read_brackets(r, ']', &f->a));
	r->within = NULL;
	*ret = f;
	return OK;
}

static enum err read_comparison(struct reader *r, const struct scim_filter **ret)
{
	static const char *const ops[] = { "eq", "ne", "co", "sw", "ew", "gt", "ge", "lt", "le", "pr" };
	struct scim_filter *f = ARENA_NEW(r->cx->arena, struct scim_filter);
	struct str name = word(r), op;
	if (!name.n)
		return bad(r, N_("The filter does not read: an attribute is needed."));
	TRY(find_path(r, name, &f->path));
	if (take(r, '['))
		return read_within(r, f->path, ret);
	op = word(r);
	size_t i = 0;
	while (i < sizeof ops / sizeof *ops && !scim_same(op, ops[i]))
		i++;
	if (i == sizeof ops / sizeof *ops)
		return bad(r, N_("The filter has no operator where one is needed: eq, ne, co, sw, ew, gt, ge, lt, le or pr."));
	f->op = (enum scim_op)i;
	*ret = f;
	if (f->op == SCIM_PR)
		return OK;
	const struct scim_attribute *of = compared(&f->path);
	return of ? read_value(r, f, of) : bad(r, N_("This attribute has parts; compare one of them, such as name.formatted."));
}

static enum err read_term(struct reader *r, const struct scim_filter **ret)
{
	struct str before = r->rest;
	if (take_word(r, "not")) {
		if (take(r, '(')) {
			struct scim_filter *f = ARENA_NEW(r->cx->arena, struct scim_filter);
			f->op = SCIM_NOT;
			*ret = f;
			return read_brackets(r, ')', &f->a);
		}
		r->rest = before;
	}
	return take(r, '(') ? read_brackets(r, ')', ret) : read_comparison(r, ret);
}

static struct scim_filter *joined(struct reader *r, enum scim_op op, const struct scim_filter *a)
{
	struct scim_filter *f = ARENA_NEW(r->cx->arena, struct scim_filter);
	*f = (struct scim_filter){ .op = op, .a = a };
	return f;
}

static enum err read_and(struct reader *r, const struct scim_filter **ret)
{
	TRY(read_term(r, ret));
	while (take_word(r, "and")) {
		struct scim_filter *f = joined(r, SCIM_AND, *ret);
		TRY(read_term(r, &f->b));
		*ret = f;
	}
	return OK;
}

static enum err read_or(struct reader *r, const struct scim_filter **ret)
{
	TRY(read_and(r, ret));
	while (take_word(r, "or")) {
		struct scim_filter *f = joined(r, SCIM_OR, *ret);
		TRY(read_and(r, &f->b));
		*ret = f;
	}
	return OK;
}

enum err scim_filter_parse(struct ctx *cx, const struct scim_kind *kind, struct str text, const struct scim_filter **ret)
{
	struct reader r = { .cx = cx, .kind = kind, .rest = text };
	const struct scim_filter *f;
	if (text.n > FILTER_BYTES)
		return bad(&r, N_("The filter is too long; 4096 bytes are taken."));
	TRY(read_or(&r, &f));
	skip(&r);
	if (r.rest.n)
		return bad(&r, N_("The filter does not read: there is something behind its end."));
	*ret = f;
	return OK;
}

enum err scim_target_parse(struct ctx *cx, const struct scim_kind *kind, struct str text, struct scim_target *ret)
{
	struct reader r = { .cx = cx, .kind = kind, .rest = text };
	struct scim_target t = { 0 };
	if (text.n > FILTER_BYTES)
		return fail(cx, ERR_INVALID, "invalidPath", N_("The path is too long; 4096 bytes are taken."));
	struct str name = word(&r);
	bool known = scim_path_of(kind, name, &t.path);
	if (known && t.path.attribute && take(&r, '[')) {
		const struct scim_filter *has;
		TRY(read_within(&r, t.path, &has));
		t.where = has->a;
		if (r.rest.n && r.rest.p[0] == '.') {
			r.rest = str_sub(r.rest, 1, r.rest.n);
			t.path.sub = scim_attribute_of(t.path.attribute->sub, word(&r));
			known = t.path.sub != NULL;
		}
	}
	if (!known || r.rest.n)
		return fail(cx, ERR_INVALID, "invalidPath", N_("The path names an attribute that is not known here."));
	*ret = t;
	return OK;
}

/* ── trying ── */

struct str scim_text(const json_t *v)
{
	return json_is_string(v) ? (struct str){ json_string_value(v), json_string_length(v) } : STR_NONE;
}

json_t *scim_holder(const json_t *resource, const struct scim_kind *kind, const struct scim_schema *schema)
{
	return schema && schema == kind->extension ? json_object_get(resource, schema->urn) : (json_t *)(uintptr_t)resource;
}

static bool ordered(enum scim_op op, int by)
{
	return op == SCIM_GT ? by > 0 : op == SCIM_GE ? by >= 0 : op == SCIM_LT ? by < 0 : by <= 0;
}

static bool text_fits(const struct scim_filter *f, struct str v)
{
	switch (f->op) {
	case SCIM_EQ:
	case SCIM_NE: return str_eq(v, f->text);
	case SCIM_CO: return str_find(v, f->text) >= 0;
	case SCIM_SW: return str_starts(v, f->text);
	case SCIM_EW: return str_ends(v, f->text);
	default: return ordered(f->op, str_cmp(v, f->text));
	}
}

static bool time_fits(const struct scim_filter *f, struct str v)
{
	int64_t t;
	if (!clock_parse_rfc3339(v, &t))
		return false;
	if (f->op == SCIM_EQ || f->op == SCIM_NE)
		return t == f->time;
	return ordered(f->op, (t > f->time) - (t < f->time));
}

/* One value; of `ne`: whether it is equal. */
static bool value_fits(struct arena *a, const struct scim_filter *f, const struct scim_attribute *of, const json_t *v)
{
	struct str s = scim_text(v);
	if (f->op == SCIM_PR)
		return json_is_boolean(v) || s.n;
	if (f->value == SCIM_BOOL)
		return json_is_boolean(v) && json_is_true(v) == f->flag;
	if (!s.p || f->value != SCIM_TEXT)
		return false;
	bool by_time = of->type == SCIM_TIME && f->op != SCIM_CO && f->op != SCIM_SW && f->op != SCIM_EW;
	return by_time ? time_fits(f, s) : text_fits(f, folded(a, s, of->exact));
}

static bool element_fits(struct arena *a, const struct scim_filter *f, const json_t *v)
{
	const struct scim_attribute *of = f->path.sub ? f->path.sub : f->path.attribute;
	if (f->path.sub)
		v = json_object_get(v, f->path.sub->name);
	if (of->type == SCIM_COMPLEX && f->op == SCIM_PR)
		return json_object_size(v) > 0;
	if (of->type == SCIM_COMPLEX) {
		of = compared(&f->path);
		v = json_object_get(v, of->name);
	}
	return v && value_fits(a, f, of, v);
}

static bool any_fits(struct arena *a, const struct scim_filter *f, const json_t *v)
{
	const json_t *item;
	size_t i;
	if (!json_is_array(v))
		return f->op == SCIM_HAS ? v && scim_filter_fits(a, f->a, v) : element_fits(a, f, v);
	json_array_foreach (v, i, item)
		if (f->op == SCIM_HAS ? scim_filter_fits(a, f->a, item) : element_fits(a, f, item))
			return true;
	return false;
}

static bool comparison_fits(struct arena *a, const struct scim_filter *f, const json_t *resource)
{
	/* Attributes of an extension stand in an object of its name; the others directly in the resource. */
	const json_t *extension = f->path.schema ? json_object_get(resource, f->path.schema->urn) : NULL;
	const json_t *v = json_object_get(extension ? extension : resource, f->path.attribute->name);
	if (f->value == SCIM_NULL && (f->op == SCIM_EQ || f->op == SCIM_NE)) {
		struct scim_filter present = { .op = SCIM_PR, .path = f->path };
		return any_fits(a, &present, v) == (f->op == SCIM_NE);
	}
	return any_fits(a, f, v) != (f->op == SCIM_NE);
}

bool scim_filter_fits(struct arena *a, const struct scim_filter *f, const json_t *resource)
{
	switch (f->op) {
	case SCIM_AND: return scim_filter_fits(a, f->a, resource) && scim_filter_fits(a, f->b, resource);
	case SCIM_OR: return scim_filter_fits(a, f->a, resource) || scim_filter_fits(a, f->b, resource);
	case SCIM_NOT: return !scim_filter_fits(a, f->a, resource);
	default: return comparison_fits(a, f, resource);
	}
}
