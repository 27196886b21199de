/* What courses teach; see competency.h. */
#include "feature/competency/competency.h"

bool teaches_read(struct arena *a, struct str text, struct teaches **ret, size_t *ret_n, struct str *ret_wrong)
{
	struct str part;
	*ret = NULL;
	*ret_n = 0;
	while (str_cut(&text, ',', &part)) {
		struct str one = str_trim(part);
		ptrdiff_t colon = str_index(one, ':'), at = str_index(one, '@');
		struct teaches t = { .framework = colon < 0 ? S("kcm") : str_sub(one, 0, (size_t)colon) };
		t.code = at < 0 ? S("") : str_sub(one, (size_t)(colon + 1), (size_t)at);
		bool good = at > colon && framework_code_good(t.framework) && framework_code_good(t.code) &&
			    str_int(str_sub(one, (size_t)at + 1, one.n), &t.level) && t.level >= 1 && t.level <= FRAMEWORK_LEVELS_MAX;
		for (size_t i = 0; good && i < *ret_n; i++)
			good = !str_eq((*ret)[i].framework, t.framework) || !str_eq((*ret)[i].code, t.code);
		if (!good || *ret_n == TEACHES_MAX) {
			*ret_wrong = one;
			return false;
		}
		*ARENA_PUSH(a, *ret, *ret_n) = t;
	}
	return true;
}

bool tests_read(struct arena *a, struct str category, struct teaches *ret, bool *ret_has)
{
	struct str rest = category, part = S(""), wrong;
	struct teaches *v;
	size_t n;
	while (str_cut(&rest, '/', &part))
		continue;
	*ret_has = str_index(part, '@') >= 0;
	if (!*ret_has)
		return true;
	if (!teaches_read(a, part, &v, &n, &wrong) || n != 1)
		return false;
	*ret = v[0];
	return true;
}

enum err teaches_set(struct ctx *cx, int64_t course_id, const struct teaches *v, size_t n)
{
	TRY(competency_sql_clear_taught(cx, course_id, NULL));
	for (size_t i = 0; i < n; i++)
		TRY(competency_sql_add_taught(cx, course_id, v[i].framework, v[i].code, v[i].level, NULL));
	return OK;
}
