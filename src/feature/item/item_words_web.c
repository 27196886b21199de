/* Words of the bank's pages; see item_words.h. */
#include "feature/item/item_words.h"
#include "base/clock.h"
#include "item_sql.h"
#include "web/lang.h"

const struct choice item_kinds[] = {
	{ "single", N_("Single choice") },	 { "multiple", N_("Several right") }, { "truefalse", N_("True or false") },	  { "numeric", N_("A number") },
	{ "short", N_("A short answer") },	 { "matching", N_("To match") },      { "ordering", N_("To put in order") }, { "hotspot", N_("A place on a picture") },
	{ "judgement", N_("Situational judgement") }, { "case", N_("A case") },	      { "long", N_("A long answer") },	  { NULL, NULL },
};
const struct choice item_statuses[] = {
	{ "draft", N_("Draft") }, { "review", N_("In review") }, { "live", N_("Live") }, { "retired", N_("Retired") }, { NULL, NULL },
};
const struct choice item_blooms[] = {
	{ "", N_("not said") },	    { "remember", N_("remember") }, { "understand", N_("understand") }, { "apply", N_("apply") },
	{ "analyse", N_("analyse") }, { "evaluate", N_("evaluate") }, { "create", N_("create") },	    { NULL, NULL },
};
const struct choice item_langs[] = {
	{ "en", N_("English") }, { "hi", N_("Hindi") }, { "ta", N_("Tamil") }, { "bn", N_("Bengali") }, { "te", N_("Telugu") }, { "mr", N_("Marathi") }, { NULL, NULL },
};

struct str item_called(const struct ctx *cx, const struct choice *v, struct str value)
{
	for (; v->value; v++)
		if (str_is(value, v->value))
			return str_of(tr(cx->lang, v->label));
	return value;
}

static void add(struct ctx *cx, struct item_choice **v, size_t *n, struct str value, struct str name)
{
	*(struct item_choice *)arena_push(cx->arena, v, n, sizeof **v) = (struct item_choice){ value, name };
}

void item_choices(struct ctx *cx, const struct choice *v, const char *first, struct item_choice **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	if (first)
		add(cx, ret, ret_n, S(""), str_of(tr(cx->lang, first)));
	for (; v->value; v++)
		add(cx, ret, ret_n, str_of(v->value), str_of(tr(cx->lang, v->label)));
}

enum err item_competency_choices(struct ctx *cx, const char *first, struct item_choice **ret, size_t *ret_n)
{
	struct item_competencies_row *rows;
	size_t n;
	*ret = NULL;
	*ret_n = 0;
	add(cx, ret, ret_n, S(""), str_of(tr(cx->lang, first)));
	TRY(item_sql_competencies(cx, clock_day_in_india(cx->now), &rows, &n));
	for (size_t i = 0; i < n; i++)
		add(cx, ret, ret_n, str_fmt(cx->arena, "%lld", (long long)rows[i].id), cx->lang == LANG_HI && rows[i].name_hi.n ? rows[i].name_hi : rows[i].name_en);
	return OK;
}

void item_level_choices(struct ctx *cx, const char *first, struct item_choice **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	add(cx, ret, ret_n, S(""), str_of(tr(cx->lang, first)));
	for (int i = 1; i <= 5; i++)
		add(cx, ret, ret_n, str_fmt(cx->arena, "%d", i), str_fmt(cx->arena, "%d", i));
}

struct str item_marks(struct ctx *cx, double x)
{
	return item_number(cx, x);
}

struct quiz_question_item item_preview(struct ctx *cx, int64_t org_id, int64_t item_id, int64_t version, const struct quiz_asked *asked, struct str lang, struct str picture_type)
{
	struct quiz_shown shown;
	struct strs none = { 0 };
	quiz_show(cx->arena, asked, &none, (uint64_t)item_id, &shown);
	shown.question_id = item_id;
	struct quiz_question_item q = quiz_question_item(cx, &shown, &none);
	q.lang = lang;
	q.n = q.total = 1;
	if (picture_type.n)
		q.picture = str_fmt(cx->arena, "/orgs/%lld/items/%lld/versions/%lld/picture", (long long)org_id, (long long)item_id, (long long)version);
	return q;
}
