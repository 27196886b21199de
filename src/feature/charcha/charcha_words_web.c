/* Words and lines that the pages of charchas share; see charcha_words.h. */
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/access.h"
#include "web/lang.h"

static struct str named(const struct ctx *cx, const char *const names[][2], struct str code)
{
	for (size_t i = 0; names[i][0]; i++)
		if (str_is(code, names[i][0]))
			return str_of(tr(cx->lang, names[i][1]));
	return code;
}

struct str charcha_state_name(const struct ctx *cx, struct str state)
{
	static const char *const names[][2] = { { "draft", N_("draft") }, { "open", N_("open") },     { "drawn", N_("groups are drawn") },
						{ "held", N_("held") },	  { "closed", N_("closed") }, { NULL, NULL } };
	return named(cx, names, state);
}

struct str charcha_promise_name(const struct ctx *cx, struct str state)
{
	static const char *const names[][2] = {
		{ "open", N_("nothing said yet") }, { "done", N_("done") }, { "under_way", N_("under way") }, { "not", N_("not done") }, { NULL, NULL }
	};
	return named(cx, names, state);
}

struct str charcha_draw_state(const struct ctx *cx, struct str state)
{
	return str_of(tr(cx->lang, str_is(state, "proposed") ? N_("proposed") : str_is(state, "confirmed") ? N_("confirmed") : N_("replaced")));
}

int64_t charcha_unevenness(int64_t reached, int64_t chance)
{
	return chance > 0 ? (int64_t)((double)reached / (double)chance * 100.0 + 0.5) : 100;
}

struct charcha_group_line charcha_group_line(int64_t org_id, int64_t charcha_id, const struct charcha_groups_row *r)
{
	return (struct charcha_group_line){ .org_id = org_id,
					    .charcha_id = charcha_id,
					    .id = r->id,
					    .n = r->n,
					    .people = r->people,
					    .departments = r->departments,
					    .places = r->places,
					    .least_level = r->least_level,
					    .most_level = r->most_level,
					    .small = r->people < CHARCHA_LEAST,
					    .closed = r->closed_at != NONE,
					    .joined = r->joined_into_id != NONE };
}

enum err charcha_lines(struct ctx *cx, int64_t charcha_id, struct charcha_line **ret, size_t *ret_n)
{
	struct charcha_prompts_row *r;
	TRY(charcha_sql_prompts(cx, charcha_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct charcha_line, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i].words = org_name(cx, r[i].words, r[i].words_hi.n ? r[i].words_hi : r[i].words);
	return OK;
}

enum err charcha_skills(struct ctx *cx, int64_t charcha_id, struct charcha_skill **ret, size_t *ret_n)
{
	struct charcha_competencies_row *r;
	TRY(charcha_sql_competencies(cx, person_today(cx), charcha_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct charcha_skill, *ret_n);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct charcha_skill){ r[i].competency_id, r[i].level, r[i].name_en.p ? org_name(cx, r[i].name_en, r[i].name_hi) : r[i].code };
	return OK;
}

enum err charcha_manages(struct ctx *cx, int64_t org_id, bool *ret)
{
	return access_may(cx, MAY_CHARCHA_MANAGE, SCOPE_ORG, org_id, ret);
}
