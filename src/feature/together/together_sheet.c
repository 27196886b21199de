/* Printed sheets; see together_sheet.h. */
#include "feature/together/together_sheet.h"

#include <ctype.h>

enum { LETTERS = 26 };

bool together_sheets_in_time(const struct ctx *cx, const struct together_session_row *s)
{
	int64_t last = clock_day_in_india(s->ends_at < cx->now ? s->ends_at : cx->now) + TOGETHER_SHEET_DAYS;
	return clock_day_in_india(cx->now) <= last;
}

enum err together_sheets_make(struct ctx *cx, const struct together_session_row *s, int64_t *ret_n)
{
	struct together_sheetless_row *r;
	struct together_last_sheet_row last;
	size_t n;
	*ret_n = 0;
	if (!together_sheets_in_time(cx, s))
		return fail(cx, ERR_CONFLICT, "", N_("Sheets are made and keyed in up to the seventh day after the session."));
	TRY(together_sql_sheetless(cx, s->id, &r, &n));
	TRY(together_sql_last_sheet(cx, s->id, &last));
	for (size_t i = 0; i < n; i++) {
		struct together_standing one;
		int64_t id;
		TRY(together_standing(cx, r[i].id, s->resource_id, &one));
		if (!one.paper_pool)
			return fail(cx, ERR_CONFLICT, "",
				    N_("No quiz of the course proves this part with questions that can stand on paper, so only the time is credited."));
		if (one.left)
			TRY(together_check_draw(cx, s->id, &one, r[i].id, "sheet", last.n + ++*ret_n, &id));
	}
	return *ret_n ? OK : fail(cx, ERR_CONFLICT, "", N_("Nobody of this session needs a sheet now."));
}

enum err together_sheet_find(struct ctx *cx, const struct together_session_row *s, int64_t check_id, struct together_check_row *ret)
{
	TRY(together_check_find(cx, check_id, ret));
	return ret->together_id == s->id && ret->n > 0 ? OK : fail(cx, ERR_NOT_FOUND, "check_id", N_("There is no such sheet."));
}

/* ── reading ── */

struct str together_letter(struct arena *a, size_t i)
{
	return str_fmt(a, "%c", (char)('A' + i % LETTERS));
}

static bool chosen(const struct strs *v, struct str id)
{
	for (size_t i = 0; i < v->n; i++)
		if (str_eq(v->v[i], id))
			return true;
	return false;
}

const char *together_sheet_read(struct arena *a, const struct quiz_shown *q, struct str typed, struct strs *ret)
{
	struct str text = str_trim(typed);
	*ret = (struct strs){ 0 };
	if (!text.n)
		return NULL;
	if (!q->n_options) {
		*ARENA_PUSH(a, ret->v, ret->n) = text;
		return NULL;
	}
	for (size_t i = 0; i < text.n; i++) {
		unsigned char c = (unsigned char)text.p[i];
		size_t k = (size_t)(toupper(c) - 'A');
		if (c == ' ' || c == ',' || c == '.' || c == ';' || c == '+')
			continue;
		if (!isalpha(c) || k >= q->n_options)
			return N_("Question {n}: this letter is not on the sheet.");
		if (!chosen(ret, q->options[k].id))
			*ARENA_PUSH(a, ret->v, ret->n) = q->options[k].id;
	}
	return q->kind != Q_MULTIPLE && ret->n > 1 ? N_("Question {n}: one letter alone; of two ticks none counts, so leave it empty.") : NULL;
}

static enum err read_line(struct ctx *cx, const struct quiz_shown *q, size_t n, struct str line, struct quiz_answers *ret)
{
	struct str typed = line, number;
	int64_t at;
	if (!str_cut(&typed, '=', &number) || !str_int(number, &at) || at < 1 || at > (int64_t)n)
		return fail(cx, ERR_INVALID, "answer", N_("Each answer is NUMBER=LETTERS."));
	struct quiz_answered *one = ARENA_PUSH(cx->arena, ret->v, ret->n);
	one->question_id = q[at - 1].question_id;
	const char *wrong = together_sheet_read(cx->arena, &q[at - 1], typed, &one->given);
	return wrong ? fail_msg(cx, ERR_INVALID, S("answer"), wrong, 1, (struct msg_arg[]){ { "n", number } }) : OK;
}

enum err together_sheet_answers(struct ctx *cx, const struct quiz_shown *q, size_t n, const struct strs *lines, struct quiz_answers *ret)
{
	enum err first = OK;
	*ret = (struct quiz_answers){ 0 };
	for (size_t i = 0; i < lines->n; i++) {
		enum err e = read_line(cx, q, n, lines->v[i], ret);
		first = first ? first : e;
	}
	return first;
}
