/* What the pages of admissions have in common; see admission_show.h. */
#include "feature/admission/admission_show.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/lang.h"

enum err admission_head(struct ctx *cx, const struct admission_batch_row *b, struct admission_head *ret)
{
	struct admission_counts_row n;
	TRY(admission_sql_counts(cx, b->id, &n));
	*ret = (struct admission_head){ .id = b->id,
					.seats = b->seats,
					.waiting = b->waiting,
					.ask_until = b->ask_until,
					.starts_at = b->starts_at,
					.ends_at = b->ends_at,
					.n_asked = n.n_asked,
					.n_waiting = n.n_waiting,
					.n_admitted = n.n_admitted,
					.name = admission_called(cx, b->title, b->title_hi, b->name),
					.org = org_name(cx, b->org_en, b->org_hi),
					.place = b->place,
					.hostel = b->hostel_id != NONE };
	return OK;
}

struct str admission_state_name(const struct ctx *cx, struct str state, enum admission_side due)
{
	static const struct {
		const char *state, *text;
	} names[] = {
		{ "waiting", N_("on the waiting list") }, { "admitted", N_("has a seat") }, { "refused", N_("refused") },
		{ "withdrawn", N_("withdrawn") },	  { "removed", N_("taken out") },
	};
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (str_is(state, names[i].state))
			return str_of(tr(cx->lang, names[i].text));
	return str_of(tr(cx->lang, due == SIDE_OFFICE	     ? N_("asked, the office decides")
				   : due == SIDE_COORDINATOR ? N_("asked, the coordinator decides")
							     : N_("asked")));
}

enum err admission_steps(struct ctx *cx, int64_t admission_id, struct admission_step_line **ret, size_t *ret_n)
{
	struct admission_steps_row *r;
	TRY(admission_sql_steps(cx, admission_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct admission_step_line, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct admission_step_line){ r[i].at, admission_state_name(cx, r[i].became, SIDE_NOBODY),
							  r[i].words.n ? str_of(tr(cx->lang, str_c(cx->arena, r[i].words))) : S(""), r[i].by_name };
	return OK;
}

/* ── about some at once ── */

const struct choice admission_outcomes[] = { { "yes", N_("Yes") }, { "no", N_("No") }, { NULL, NULL } };

enum err admission_ids(struct ctx *cx, const struct strs *ticks, const char *field, int64_t **ret, size_t *ret_n)
{
	if (!ticks->n || ticks->n > ADMISSION_MANY_MAX)
		return fail(cx, ERR_INVALID, field, N_("must be 1 to 200 people"));
	*ret = ARENA_ARRAY(cx->arena, int64_t, ticks->n);
	for (size_t i = 0; i < ticks->n; i++)
		if (!str_int(str_before(ticks->v[i], '='), &(*ret)[i]))
			return fail(cx, ERR_INVALID, field, N_("holds something that is no id"));
	*ret_n = ticks->n;
	return OK;
}

enum err admission_people(struct ctx *cx, const struct strs *ticks, struct str lines, struct admission_nominate *in)
{
	int64_t *ids = ARENA_ARRAY(cx->arena, int64_t, ADMISSION_MANY_MAX + 1), *ticked;
	struct str line;
	in->n = 0;
	if (ticks->n)
		TRY(admission_ids(cx, ticks, "people", &ticked, &in->n));
	for (size_t i = 0; i < in->n; i++)
		ids[i] = ticked[i];
	while (lines.n && in->n <= ADMISSION_MANY_MAX && str_cut(&lines, '\n', &line)) {
		struct person_called_row p;
		bool found = false;
		line = str_trim(line);
		if (!line.n)
			continue;
		TRY(person_called(cx, line, &p, &found));
		if (!found)
			return fail_msg(cx, ERR_INVALID, S("people"), N_("“{who}” is nobody here (employee number, e-mail or mobile number)"), 1,
					(struct msg_arg[]){ { "who", line } });
		ids[in->n++] = p.id;
	}
	in->people = ids;
	return OK;
}

static enum err theirs(struct ctx *cx, const struct admission_many *in, int64_t id, struct admission_one_row *ret)
{
	struct admission_within_row within;
	bool found = false;
	TRY(admission_sql_one(cx, id, ret, &found));
	if (found && in->org_id != NONE)
		TRY(admission_sql_within(cx, in->org_id, id, &within, &found));
	if (found && in->org_id == NONE)
		found = ret->batch_id == in->batch_id;
	return found ? OK : fail(cx, ERR_NOT_FOUND, "ids", N_("There is no such request here."));
}

enum err admission_decide_many(struct ctx *cx, const struct admission_many *in)
{
	enum admission_side side = in->org_id == NONE ? SIDE_COORDINATOR : SIDE_OFFICE;
	struct admission_one_row a;
	int64_t *ids, *batches;
	size_t n, n_batches = 0;
	TRY(admission_ids(cx, &in->ids, "ids", &ids, &n));
	batches = ARENA_ARRAY(cx->arena, int64_t, n);
	for (size_t i = 0; i < n; i++) {
		size_t k = 0;
		TRY(theirs(cx, in, ids[i], &a));
		TRY(admission_decide(cx, &a, side, str_is(in->outcome, "yes"), in->words));
		while (k < n_batches && batches[k] != a.batch_id)
			k++;
		if (k == n_batches)
			batches[n_batches++] = a.batch_id;
	}
	for (size_t k = 0; k < n_batches; k++)
		TRY(admission_settle(cx, batches[k]));
	return OK;
}
