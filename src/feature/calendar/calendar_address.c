/* Secret addresses of calendars; see calendar.h. */
#include "feature/calendar/calendar.h"
#include "feature/secret/secret.h"
#include "web/lang.h"

struct feed {
	int64_t id, made_at;
	struct str sealed;
	bool found;
};

static enum err find(struct ctx *cx, int64_t person_id, int64_t institute_id, struct feed *ret)
{
	struct calendar_of_person_row p = { .id = NONE };
	struct calendar_of_place_row i;
	*ret = (struct feed){ .id = NONE };
	if (person_id != NONE) {
		TRY(calendar_sql_of_person(cx, person_id, &p, &ret->found));
		if (ret->found)
			*ret = (struct feed){ p.id, p.made_at, p.code_sealed, true };
		return OK;
	}
	TRY(calendar_sql_of_place(cx, institute_id, &i, &ret->found));
	if (ret->found)
		*ret = (struct feed){ i.id, i.made_at, i.code_sealed, true };
	return OK;
}

static struct str purpose(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "calendar:%lld", (long long)id);
}

static struct str hash_of(struct ctx *cx, struct str code)
{
	return secret_hash(cx, "calendar", code);
}

enum err calendar_address_new(struct ctx *cx, int64_t person_id, int64_t institute_id)
{
	struct feed old;
	int64_t id = new_id(cx);
	struct str code = random_hex(cx, CALENDAR_CODE_DIGITS / 2);
	TRY(find(cx, person_id, institute_id, &old));
	if (old.found)
		TRY(calendar_sql_end(cx, cx->now, old.id, NULL));
	return calendar_sql_add(cx, id, person_id, institute_id, hash_of(cx, code), secret_seal(cx, purpose(cx, id), code), cx->now, NULL);
}

enum err calendar_address_end(struct ctx *cx, int64_t person_id, int64_t institute_id)
{
	struct feed old;
	TRY(find(cx, person_id, institute_id, &old));
	if (!old.found)
		return fail(cx, ERR_CONFLICT, "", N_("There is no address that could be ended."));
	return calendar_sql_end(cx, cx->now, old.id, NULL);
}

enum err calendar_address(struct ctx *cx, int64_t person_id, int64_t institute_id, struct str *ret, int64_t *ret_since)
{
	struct feed f;
	struct str code;
	*ret = STR_NONE;
	*ret_since = NONE;
	TRY(find(cx, person_id, institute_id, &f));
	if (!f.found)
		return OK;
	*ret_since = f.made_at;
	if (secret_open(cx, purpose(cx, f.id), f.sealed, &code))
		*ret = str_fmt(cx->arena, "%.*s/api/v1/calendars/%.*s/calendar.ics", STR_ARG(cx->app->base_url), STR_ARG(code));
	return OK;
}

enum err calendar_behind(struct ctx *cx, struct str code, struct str *ret_text)
{
	struct calendar_of_code_row f;
	struct agenda_item *v;
	struct str name;
	size_t n;
	bool found = false;
	if (code.n == CALENDAR_CODE_DIGITS)
		TRY(calendar_sql_of_code(cx, hash_of(cx, code), &f, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "code", N_("There is no calendar at this address."));
	if (f.institute_id != NONE) {
		cx->lang = LANG_EN;
		TRY(calendar_of_institute(cx, f.institute_id, &name, &v, &n));
		*ret_text = calendar_text(cx, name, str_fmt(cx->arena, "/institutes/%lld", (long long)f.institute_id), v, n);
		return OK;
	}
	cx->lang = lang_of(f.lang);
	TRY(calendar_of(cx, f.person_id, cx->now - CALENDAR_BEHIND, cx->now + CALENDAR_AHEAD, &v, &n));
	*ret_text = calendar_text(cx, str_of(tr(cx->lang, N_("Karmayogi: my calendar"))), S("/me/calendar"), v, n);
	return OK;
}

enum err calendar_merge(struct ctx *cx, int64_t closed_id)
{
	return calendar_sql_end_of_person(cx, cx->now, closed_id, NULL);
}
