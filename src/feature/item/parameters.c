/* Parameters of items out of JSON; see parameters.h. */
#include "feature/item/parameters.h"

#include <jansson.h>
#include <math.h>

static bool read_model(const json_t *v, enum irt_model *ret)
{
	static const char *const names[] = { [IRT_RASCH] = "rasch", [IRT_2PL] = "2pl", [IRT_3PL] = "3pl", [IRT_GRM] = "grm", [IRT_GPCM] = "gpcm" };
	for (size_t m = 0; json_is_string(v) && m < sizeof names / sizeof *names; m++)
		if (strcmp(json_string_value(v), names[m]) == 0) {
			*ret = (enum irt_model)m;
			return true;
		}
	return false;
}

static bool read_thresholds(const json_t *b, struct irt_item *ret)
{
	size_t n = json_is_array(b) ? json_array_size(b) : 1;
	if (n != (size_t)ret->categories - 1)
		return false;
	for (size_t k = 0; k < n; k++) {
		const json_t *v = json_is_array(b) ? json_array_get(b, k) : b;
		ret->b[k] = json_number_value(v);
		if (!json_is_number(v))
			return false;
	}
	return true;
}

static bool read_all(const json_t *o, struct irt_item *ret)
{
	const json_t *categories = json_object_get(o, "categories");
	struct item_form form;
	double par[PARS_MAX];
	if (!read_model(json_object_get(o, "model"), &ret->model) || !json_is_integer(categories))
		return false;
	json_int_t n = json_integer_value(categories);
	if (n < 2 || n > (irt_is_polytomous(ret->model) ? CATEGORIES_MAX : 2))
		return false;
	ret->categories = (int)n;
	ret->a = json_number_value(json_object_get(o, "a"));
	ret->c = ret->model == IRT_3PL ? json_number_value(json_object_get(o, "c")) : 0;
	if (!read_thresholds(json_object_get(o, "b"), ret) || !(ret->a > 0) || !(ret->c >= 0 && ret->c < 1))
		return false;
	if (ret->model == IRT_3PL && ret->c == 0)
		ret->model = IRT_2PL;
	form = item_form_of(ret->model, ret->categories);
	item_par_of(ret, par);
	return item_form_good(&form, par);
}

bool item_parameters_read(struct str json, struct irt_item *ret)
{
	json_t *o = json.n ? json_loadb(json.p, json.n, JSON_REJECT_DUPLICATES, NULL) : NULL;
	*ret = (struct irt_item){ 0 };
	bool good = o && read_all(o, ret);
	json_decref(o);
	return good;
}
