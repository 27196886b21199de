/* Rounds of workplace assessment: planning, beginning, taking back, answering; see workplace.h. */
#include "feature/workplace/workplace.h"
#include "feature/person/person.h"

/* ── planning ── */

static enum err check_days(struct ctx *cx, const struct workplace_plan *in)
{
	int64_t today = person_today(cx);
	if (in->opens_day < today || in->opens_day > today + WORKPLACE_AHEAD)
		return fail(cx, ERR_INVALID, "opens_day", N_("must be today or a day of the next 400 days"));
	if (in->closes_day < in->opens_day || in->closes_day >= in->opens_day + WORKPLACE_DAYS)
		return fail(cx, ERR_INVALID, "closes_day", N_("must be at most 90 days after the first day, and not before it"));
	return OK;
}

static enum err find_designation(struct ctx *cx, struct str called, int64_t *ret)
{
	struct person_designation_called_row *r;
	size_t n;
	*ret = NONE;
	if (!called.n)
		return OK;
	TRY(person_sql_designation_called(cx, called, &r, &n));
	if (!n)
		return fail(cx, ERR_INVALID, "designation", N_("is no designation that is known here"));
	*ret = r[0].id;
	return OK;
}

/* One code of the list. */
static enum err choose(struct ctx *cx, int64_t round_id, struct str text)
{
	struct workplace_competency_called_row c;
	struct str rest = text, framework = S("kcm");
	bool found = false;
	if (memchr(text.p, ':', text.n))
		str_cut(&rest, ':', &framework);
	TRY(workplace_sql_competency_called(cx, framework, rest, person_today(cx), &c, &found));
	if (!found)
		return fail_msg(cx, ERR_INVALID, S("competencies"), N_("“{code}” is no competency in force that levels are measured in"), 1,
				(struct msg_arg[]){ { "code", text } });
	return workplace_sql_choose(cx, round_id, c.id, NULL);
}

static enum err choose_all(struct ctx *cx, int64_t round_id, struct str list, int64_t most)
{
	struct str part;
	int64_t n = 0;
	while (list.n) {
		part = str_before(list, ',');
		list = part.n < list.n ? (struct str){ list.p + part.n + 1, list.n - part.n - 1 } : S("");
		part = str_trim(part);
		if (!part.n)
			continue;
		if (++n > most)
			return fail_msg(cx, ERR_INVALID, S("competencies"), N_("may be at most {most}, as many as a person is asked about"), 1,
					(struct msg_arg[]){ { "most", str_fmt(cx->arena, "%lld", (long long)most) } });
		TRY(choose(cx, round_id, part));
	}
	return OK;
}

static enum err queue(struct ctx *cx, const char *kind, int64_t round_id, int64_t *ret_job)
{
	struct str id = str_fmt(cx->arena, "%lld", (long long)round_id);
	return job_add(cx, &(struct job_add){ .kind = kind, .once = id, .input = id, .asked_by = cx->actor.person_id ? cx->actor.person_id : NONE }, ret_job);
}

enum err workplace_plan(struct ctx *cx, const struct workplace_plan *in, int64_t *ret_id)
{
	int64_t most = in->most == NONE ? WORKPLACE_ASKED : in->most, id = new_id(cx), designation, job, seed;
	struct str name = str_trim(in->name);
	if (!name.n)
		return fail(cx, ERR_INVALID, "name", N_("is needed"));
	TRY(check_days(cx, in));
	TRY(find_designation(cx, str_trim(in->designation), &designation));
	random_bytes(&seed, sizeof seed);
	seed &= (INT64_C(1) << 53) - 1;
	TRY(workplace_sql_add(cx, id, in->org_id, name, in->opens_day, in->closes_day, designation, most, seed,
			      cx->actor.person_id ? actor_hand(&cx->actor) : NONE, cx->now, NULL));
	TRY(choose_all(cx, id, in->competencies, most));
	TRY(queue(cx, "workplace.look", id, &job));
	*ret_id = id;
	return workplace_sql_set_state(cx, S("looking"), job, id, S("looking"), NULL);
}

enum err workplace_find(struct ctx *cx, int64_t org_id, int64_t round_id, struct workplace_one_row *ret)
{
	bool found = false;
	TRY(workplace_sql_one(cx, round_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "round_id", N_("There is no such round."));
}

/* ── beginning, taking back ── */

static enum err past(struct ctx *cx)
{
	return fail(cx, ERR_CONFLICT, "", N_("This round has gone on in the meantime. Nothing was changed; please look at its page again."));
}

enum err workplace_begin(struct ctx *cx, int64_t org_id, int64_t round_id)
{
	struct workplace_one_row r;
	int64_t job;
	TRY(workplace_find(cx, org_id, round_id, &r));
	if (!str_is(r.state, "planned"))
		return past(cx);
	if (r.closes_day < person_today(cx))
		return fail(cx, ERR_CONFLICT, "", N_("The last day of this round is over. Plan a new one."));
	TRY(queue(cx, "workplace.make", round_id, &job));
	return workplace_sql_set_state(cx, S("making"), job, round_id, S("planned"), NULL);
}

enum err workplace_undo(struct ctx *cx, int64_t org_id, int64_t round_id)
{
	struct workplace_one_row r;
	struct workplace_answered_row first;
	int64_t job;
	bool answered = false;
	TRY(workplace_find(cx, org_id, round_id, &r));
	if (!str_is(r.state, "planned") && !str_is(r.state, "open"))
		return past(cx);
	TRY(workplace_sql_answered(cx, round_id, &first, &answered));
	if (answered)
		return fail(cx, ERR_CONFLICT, "", N_("Somebody has answered already. A round with answers is not taken back; it closes after its last day."));
	TRY(queue(cx, "workplace.undo", round_id, &job));
	return workplace_sql_set_state(cx, S("undoing"), job, round_id, r.state, NULL);
}

/* ── what is asked ── */

static void ask_also(int64_t competency_id, int64_t most, int64_t *ret, size_t *ret_n)
{
	for (size_t i = 0; i < *ret_n; i++)
		if (ret[i] == competency_id)
			return;
	if ((int64_t)*ret_n < most && *ret_n < WORKPLACE_ASKED)
		ret[(*ret_n)++] = competency_id;
}

enum err competencies_of(struct ctx *cx, const struct workplace_one_row *round, int64_t person_id, int64_t *ret, size_t *ret_n)
{
	struct workplace_chosen_row *chosen;
	struct workplace_held_row *held;
	size_t n;
	*ret_n = 0;
	TRY(workplace_sql_chosen(cx, round->id, person_today(cx), &chosen, &n));
	for (size_t i = 0; i < n; i++)
		ask_also(chosen[i].competency_id, round->most, ret, ret_n);
	if ((int64_t)*ret_n >= round->most)
		return OK;
	TRY(workplace_sql_held(cx, person_id, person_today(cx), &held, &n));
	for (size_t i = 0; i < n; i++)
		ask_also(held[i].competency_id, round->most, ret, ret_n);
	return OK;
}

/* ── answering ── */

bool workplace_is_open(struct str state, int64_t opens_day, int64_t closes_day, int64_t today)
{
	return str_is(state, "open") && opens_day <= today && today <= closes_day;
}

/* "COMPETENCY=LEVEL" against the questions of the form. */
static enum err read_answer(struct ctx *cx, struct str text, const struct workplace_questions_row *q, size_t n, size_t *ret_at, int64_t *ret_value)
{
	struct str rest = text, word;
	int64_t id, level;
	size_t i = 0;
	if (!str_cut(&rest, '=', &word) || !str_int(word, &id))
		return fail(cx, ERR_INVALID, "say", N_("must name a competency and a level"));
	while (i < n && q[i].id != id)
		i++;
	if (i == n)
		return fail(cx, ERR_INVALID, "say", N_("names a competency that this form does not ask about"));
	*ret_at = i;
	*ret_value = NONE;
	if (str_is(rest, "none"))
		return OK;
	if (!str_int(rest, &level) || level < 0 || level > q[i].n_levels)
		return fail(cx, ERR_INVALID, "say", N_("must be a level of the framework, or that you cannot say"));
	*ret_value = 1000 * level;
	return OK;
}

enum err workplace_say(struct ctx *cx, int64_t form_id, const struct strs *say, bool *ret_complete)
{
	struct workplace_form_row form;
	struct workplace_questions_row *q;
	bool found = false;
	size_t n, at;
	int64_t value;
	TRY(workplace_sql_form(cx, form_id, cx->actor.person_id, &form, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "form_id", N_("You have no such form."));
	if (!workplace_is_open(form.state, form.opens_day, form.closes_day, person_today(cx)))
		return fail(cx, ERR_CONFLICT, "", N_("This round is not open today, so nothing was changed."));
	TRY(workplace_sql_questions(cx, person_today(cx), form_id, &q, &n));
	for (size_t i = 0; i < say->n; i++) {
		TRY(read_answer(cx, say->v[i], q, n, &at, &value));
		q[at].at = cx->now;
		TRY(workplace_sql_answer(cx, form_id, q[at].id, value, cx->now, NULL));
	}
	*ret_complete = true;
	for (size_t i = 0; i < n; i++)
		*ret_complete = *ret_complete && q[i].at != NONE;
	return say->n ? workplace_sql_set_said(cx, cx->now, *ret_complete, form_id, NULL) : OK;
}
