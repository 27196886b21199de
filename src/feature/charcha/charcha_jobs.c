/* Work behind charchas: groups and syntheses are told, minutes closed, charchas begin, owners of commitments are asked how it went. See charcha.h. */
#include "feature/charcha/charcha.h"
#include "feature/notice/notice.h"

enum { AT_ONCE = 50, GROUPS_AT_ONCE = 5 };

/* ── telling all who take part ── */

static enum err tell(struct ctx *cx, int64_t person_id, const char *text, const char *fact, int64_t charcha_id, int64_t also, struct str theme, struct str n)
{
	const struct msg_arg args[] = { { "theme", theme }, { "n", n } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_charcha,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "%s:%lld:%lld", fact, (long long)charcha_id, (long long)also),
						 .text = text,
						 .args = args,
						 .n_args = sizeof args / sizeof *args,
						 .path = str_fmt(cx->arena, "/charchas/%lld", (long long)charcha_id),
						 .thing_id = NONE });
}

static enum err tell_all(struct ctx *cx, struct job *j, const char *text, const char *fact, bool groups)
{
	struct charcha_one_row c;
	struct charcha_taking_part_row *r;
	int64_t id, after = 0;
	size_t n;
	if (!str_int(j->input, &id) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(charcha_one(cx, id, &c));
	TRY(charcha_sql_taking_part(cx, id, after, AT_ONCE, &r, &n));
	for (size_t i = 0; i < n; i++)
		if (!groups || r[i].group_id != NONE)
			TRY(tell(cx, r[i].person_id, text, fact, id, groups ? r[i].group_id : 0, c.theme, str_fmt(cx->arena, "%lld", (long long)r[i].group_n)));
	j->done += (int64_t)n;
	if (n)
		j->at = str_fmt(cx->arena, "%lld", (long long)r[n - 1].person_id);
	j->ended = n < AT_ONCE;
	return OK;
}

static enum err tell_step(struct ctx *cx, struct job *j)
{
	return tell_all(cx, j, N_("You are in group {n} of the charcha “{theme}”."), "charcha.group", true);
}

static enum err synthesis_step(struct ctx *cx, struct job *j)
{
	return tell_all(cx, j, N_("What came of the charcha “{theme}” is written down."), "charcha.synthesis", false);
}

/* ── closing ── */

/* The charcha is closed already: what is still open of it can no longer change. */
static enum err close_step(struct ctx *cx, struct job *j)
{
	struct charcha_one_row c;
	struct charcha_to_close_row *g;
	int64_t id;
	size_t n;
	if (!str_int(j->input, &id))
		return ERR_INTERNAL;
	TRY(charcha_one(cx, id, &c));
	TRY(charcha_sql_to_close(cx, id, GROUPS_AT_ONCE, &g, &n));
	for (size_t i = 0; i < n; i++)
		TRY(charcha_group_end(cx, &c, g[i].id, j->asked_by));
	j->done += (int64_t)n;
	j->ended = n < GROUPS_AT_ONCE;
	return OK;
}

/* ── what comes with time ── */

static enum err begin_due(struct ctx *cx)
{
	struct charcha_to_begin_row *r;
	size_t n;
	TRY(charcha_sql_to_begin(cx, cx->now, &r, &n));
	for (size_t i = 0; i < n; i++)
		TRY(charcha_sql_set_state(cx, S("held"), cx->now, NONE, r[i].id, S("drawn"), NULL));
	return OK;
}

static enum err ask(struct ctx *cx, int64_t id, int64_t owner_id, struct str words, struct str theme, const char *fact)
{
	const struct msg_arg args[] = { { "theme", theme }, { "words", words } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_charcha,
						 .person_id = owner_id,
						 .fact = str_fmt(cx->arena, "%s:%lld", fact, (long long)id),
						 .text = N_("How did it go? In the charcha “{theme}” you took upon yourself: {words}"),
						 .args = args,
						 .n_args = sizeof args / sizeof *args,
						 .path = S("/charchas"),
						 .thing_id = NONE });
}

/* Who has spoken by himself meanwhile is neither asked nor reminded. */
static enum err ask_due(struct ctx *cx, bool *ret_any)
{
	struct charcha_to_ask_row *a;
	struct charcha_to_remind_row *r;
	size_t n_asked, n;
	TRY(charcha_sql_to_ask(cx, cx->now, AT_ONCE, &a, &n_asked));
	for (size_t i = 0; i < n_asked; i++) {
		bool silent = str_is(a[i].state, "open");
		if (silent)
			TRY(ask(cx, a[i].id, a[i].owner_id, a[i].words, a[i].theme, "charcha.ask"));
		TRY(charcha_sql_asked(cx, cx->now, silent ? NONE : cx->now, a[i].id, NULL));
	}
	TRY(charcha_sql_to_remind(cx, cx->now - CHARCHA_REMIND, AT_ONCE, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (str_is(r[i].state, "open"))
			TRY(ask(cx, r[i].id, r[i].owner_id, r[i].words, r[i].theme, "charcha.remind"));
		TRY(charcha_sql_asked(cx, r[i].asked_at, cx->now, r[i].id, NULL));
	}
	*ret_any = n_asked || n;
	return OK;
}

static enum err pass_step(struct ctx *cx, struct job *j)
{
	bool any = false;
	TRY(begin_due(cx));
	TRY(ask_due(cx, &any));
	j->ended = !any;
	return OK;
}

const struct job_kind charcha_jobs[] = {
	{ .name = "charcha.pass", .title = N_("Charchas begin, and what was taken upon is asked after"), .step = pass_step, .every = 5 * MINUTE },
	{ .name = "charcha.tell", .title = N_("Telling people their group of a charcha"), .step = tell_step },
	{ .name = "charcha.close", .title = N_("Closing the minutes of a charcha"), .step = close_step },
	{ .name = "charcha.synthesis", .title = N_("Telling people what came of a charcha"), .step = synthesis_step },
	{ .name = NULL },
};
