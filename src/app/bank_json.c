/* Calibrated items out of JSON; see bank_json.h. */
#include "app/bank_json.h"
#include "base/utf8.h"

#include <jansson.h>
#include <math.h>

struct reading {
	struct ctx *cx;
	struct bank_file *f;
	struct named {
		struct str name;
		uint32_t item;
	} * by_name; /* in order */
};

static enum err fail_at(struct reading *r, size_t item, const char *member, const char *sentence)
{
	struct str field = str_fmt(r->cx->arena, "items[%zu]%s%s", item, *member ? "." : "", member);
	return fail_msg(r->cx, ERR_INVALID, field, sentence, 0, NULL);
}

static struct str text_of(struct arena *a, const json_t *v)
{
	return str_dup(a, (struct str){ json_string_value(v), json_string_length(v) });
}

static bool model_of(const json_t *v, enum irt_model *ret)
{
	static const char *const models[] = { [IRT_RASCH] = "rasch", [IRT_2PL] = "2pl", [IRT_3PL] = "3pl", [IRT_GRM] = "grm", [IRT_GPCM] = "gpcm" };
	for (size_t m = 0; json_is_string(v) && m < sizeof models / sizeof *models; m++)
		if (strcmp(json_string_value(v), models[m]) == 0) {
			*ret = (enum irt_model)m;
			return true;
		}
	return false;
}

int bank_part(const struct bank_file *f, struct str name)
{
	for (int k = 0; k < f->n_parts; k++)
		if (str_eq(f->parts[k], name))
			return k;
	return -1;
}

static enum err read_part(struct reading *r, size_t i, const json_t *v)
{
	struct bank_file *f = r->f;
	struct str name = S("");
	if (json_is_string(v))
		name = text_of(r->cx->arena, v);
	else if (json_is_integer(v))
		name = str_fmt(r->cx->arena, "%lld", (long long)json_integer_value(v));
	else if (v && !json_is_null(v))
		return fail_at(r, i, "part", N_("must be a text or a whole number"));
	int part = bank_part(f, name);
	if (part < 0 && f->n_parts == ADAPTIVE_PARTS_MAX)
		return fail_at(r, i, "part", N_("there are too many parts"));
	if (part < 0)
		f->parts[part = f->n_parts++] = name;
	f->items[i].part = part;
	return OK;
}

static enum err read_thresholds(struct reading *r, size_t i, const json_t *b)
{
	struct irt_item *item = &r->f->items[i].irt;
	size_t n = json_is_array(b) ? json_array_size(b) : 1;
	if (n < 1 || n > CATEGORIES_MAX - 1)
		return fail_at(r, i, "b", N_("must be a number, or a list of 1 to 9 thresholds"));
	for (size_t k = 0; k < n; k++) {
		const json_t *v = json_is_array(b) ? json_array_get(b, k) : b;
		if (!json_is_number(v))
			return fail_at(r, i, "b", N_("must be a number, or a list of 1 to 9 thresholds"));
		item->b[k] = json_number_value(v);
	}
	item->categories = (int)n + 1;
	return OK;
}

static enum err read_item(struct reading *r, size_t i, const json_t *v, const json_t *model)
{
	struct irt_item *item = &r->f->items[i].irt;
	const json_t *name = json_object_get(v, "name"), *own = json_object_get(v, "model"), *a = json_object_get(v, "a"), *c = json_object_get(v, "c");
	if (!json_is_object(v))
		return fail_at(r, i, "", N_("must be an object with name, a and b"));
	if (!json_is_string(name) || json_string_length(name) == 0)
		return fail_at(r, i, "name", N_("every item must have a name"));
	r->f->names[i] = text_of(r->cx->arena, name);
	r->by_name[i] = (struct named){ r->f->names[i], (uint32_t)i };
	if (!model_of(own ? own : model, &item->model))
		return fail_at(r, i, "model", N_("must be rasch, 2pl, 3pl, grm or gpcm"));
	if (!json_is_number(a))
		return fail_at(r, i, "a", N_("must be a number"));
	if (c && !json_is_null(c) && !json_is_number(c))
		return fail_at(r, i, "c", N_("must be a number"));
	item->a = json_number_value(a);
	item->c = item->model == IRT_3PL && c ? json_number_value(c) : 0;
	TRY(read_thresholds(r, i, json_object_get(v, "b")));
	return read_part(r, i, json_object_get(v, "part"));
}

static int by_name(const void *a, const void *b)
{
	const struct named *x = a, *y = b;
	return str_cmp(x->name, y->name);
}

static enum err read_enemies(struct reading *r, size_t i, const json_t *list)
{
	if (!list || json_is_null(list))
		return OK;
	if (!json_is_array(list))
		return fail_at(r, i, "enemies", N_("must be a list of names of items"));
	for (size_t k = 0; k < json_array_size(list); k++) {
		const json_t *v = json_array_get(list, k);
		struct named wanted = { .name = json_is_string(v) ? text_of(r->cx->arena, v) : S("") };
		const struct named *found = bsearch(&wanted, r->by_name, r->f->n, sizeof wanted, by_name);
		if (!found || found->item == i)
			return fail_at(r, i, "enemies", N_("its enemy is not another item of the bank"));
		if (r->f->n_enemies == ADAPTIVE_ENEMIES_MAX)
			return fail_at(r, i, "enemies", N_("there are too many enemies"));
		*ARENA_PUSH(r->cx->arena, r->f->enemies, r->f->n_enemies) = (struct adaptive_enemies){ (uint32_t)i, found->item };
	}
	return OK;
}

static enum err read_items(struct reading *r, const json_t *root)
{
	const json_t *items = json_object_get(root, "items"), *model = json_object_get(root, "model");
	struct arena *a = r->cx->arena;
	size_t n = json_array_size(items);
	if (!json_is_array(items))
		return fail(r->cx, ERR_INVALID, "items", N_("a list of items should stand here, as karmayogi calibrate --json prints it"));
	if (n > ADAPTIVE_ITEMS_MAX)
		return fail_msg(r->cx, ERR_INVALID, S("items"), N_("there are more than {max} items"), 1,
				(struct msg_arg[]){ { "max", str_fmt(a, "%d", ADAPTIVE_ITEMS_MAX) } });
	r->f->n = n;
	r->f->items = ARENA_ARRAY(a, struct adaptive_item, n + 1);
	r->f->names = ARENA_ARRAY(a, struct str, n + 1);
	r->by_name = ARENA_ARRAY(a, struct named, n + 1);
	for (size_t i = 0; i < n; i++)
		TRY(read_item(r, i, json_array_get(items, i), model));
	qsort(r->by_name, n, sizeof *r->by_name, by_name);
	for (size_t i = 1; i < n; i++)
		if (str_eq(r->by_name[i].name, r->by_name[i - 1].name))
			return fail_at(r, r->by_name[i].item, "name", N_("another item has the same name"));
	for (size_t i = 0; i < n; i++)
		TRY(read_enemies(r, i, json_object_get(json_array_get(items, i), "enemies")));
	return OK;
}

enum err bank_read(struct ctx *cx, struct str text, struct bank_file *ret)
{
	struct reading r = { .cx = cx, .f = ret };
	json_error_t error;
	*ret = (struct bank_file){ 0 };
	if (text.n > BANK_BYTES_MAX)
		return fail(cx, ERR_TOO_LARGE, "", N_("the file is larger than 32 MB"));
	json_t *root = json_loadb(text.p, text.n, JSON_REJECT_DUPLICATES, &error);
	if (!root)
		return fail_msg(cx, ERR_MALFORMED, str_fmt(cx->arena, "line %d", error.line), N_("this is not JSON"), 0, NULL);
	enum err e = read_items(&r, root);
	json_decref(root);
	return e;
}
