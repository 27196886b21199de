/* Reports of files, as the database keeps them; see item_import.h. */
#include "base/json.h"
#include "feature/item/item_import.h"

#include <jansson.h>

enum { REPORT_MAX = 4 << 20 };
static const char *const fates[] = { [FATE_NEW] = "new", [FATE_CHANGED] = "changed", [FATE_SAME] = "same", [FATE_LEFT] = "left" };

static void write_line(struct json_out *j, const struct item_change_line *l)
{
	jw_open(j, '{');
	jw_key(j, "id");
	jw_id(j, l->item_id);
	jw_key(j, "code");
	jw_str(j, l->code);
	jw_key(j, "kind");
	jw_str(j, l->kind);
	jw_key(j, "fate");
	jw_str(j, str_of(fates[l->fate]));
	jw_key(j, "why");
	jw_str(j, str_of(l->why));
	jw_close(j, '}');
}

static void write_fault(struct json_out *j, const struct item_fault *f)
{
	jw_open(j, '{');
	jw_key(j, "file");
	jw_str(j, f->file.p ? f->file : S(""));
	jw_key(j, "line");
	jw_int(j, f->line);
	jw_key(j, "text");
	jw_str(j, str_of(f->text));
	jw_key(j, "args");
	jw_open(j, '{');
	for (size_t i = 0; i < f->n_args; i++) {
		jw_key(j, f->args[i].name);
		jw_str(j, f->args[i].value);
	}
	jw_close(j, '}');
	jw_close(j, '}');
}

struct str item_report_write(struct ctx *cx, const struct item_report *r)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, REPORT_MAX);
	jw_open(&j, '{');
	jw_key(&j, "lang");
	jw_str(&j, r->lang);
	jw_key(&j, "lines");
	jw_open(&j, '[');
	for (size_t i = 0; i < r->n_lines; i++)
		write_line(&j, &r->lines[i]);
	jw_close(&j, ']');
	jw_key(&j, "faults");
	jw_open(&j, '[');
	for (size_t i = 0; i < r->n_faults; i++)
		write_fault(&j, &r->faults[i]);
	jw_close(&j, ']');
	jw_close(&j, '}');
	/* At most QUESTIONS_MAX questions with their parts, and FINDINGS_MAX faults of short values. */
	return b.full ? S("{}") : buf_get(&b);
}

static struct str text_in(struct ctx *cx, const json_t *o, const char *key)
{
	const json_t *v = json_object_get(o, key);
	return json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

static void read_line(struct ctx *cx, const json_t *o, struct item_report *r)
{
	struct item_change_line *l = ARENA_PUSH(cx->arena, r->lines, r->n_lines);
	struct str fate = text_in(cx, o, "fate"), why = text_in(cx, o, "why");
	*l = (struct item_change_line){ .item_id = NONE, .code = text_in(cx, o, "code"), .kind = text_in(cx, o, "kind"), .fate = FATE_LEFT };
	(void)str_int(text_in(cx, o, "id"), &l->item_id);
	for (int k = FATE_NEW; k <= FATE_LEFT; k++)
		if (str_is(fate, fates[k]))
			l->fate = (enum item_fate)k;
	l->why = why.n ? why.p : NULL;
	r->n[l->fate]++;
}

static void read_fault(struct ctx *cx, json_t *o, struct item_report *r)
{
	struct item_fault *f = ARENA_PUSH(cx->arena, r->faults, r->n_faults);
	const char *name;
	json_t *value;
	*f = (struct item_fault){ .file = text_in(cx, o, "file"), .line = json_integer_value(json_object_get(o, "line")), .text = text_in(cx, o, "text").p };
	json_object_foreach (json_object_get(o, "args"), name, value)
		if (f->n_args < MSG_ARGS_MAX)
			f->args[f->n_args++] = (struct msg_arg){ str_c(cx->arena, str_of(name)), str_dup(cx->arena, str_of(json_string_value(value))) };
}

enum err item_report_read(struct ctx *cx, struct str json, struct item_report *ret)
{
	struct item_report r = { 0 };
	json_t *root = json_loadb(json.p, json.n, 0, NULL), *o;
	size_t i;
	if (!json_is_object(root)) {
		json_decref(root);
		return ERR_INTERNAL;
	}
	r.lang = text_in(cx, root, "lang");
	json_array_foreach (json_object_get(root, "lines"), i, o)
		read_line(cx, o, &r);
	json_array_foreach (json_object_get(root, "faults"), i, o)
		read_fault(cx, o, &r);
	json_decref(root);
	*ret = r;
	return OK;
}
