/* Rows of a staff list against the data; see staff_judge.h. */
#include "feature/people_import/staff_judge.h"
#include "feature/person/person.h"

#include <stdlib.h>

/* ── places by code or name ── */

enum { MEMO = 2048, MEMO_TEXT = 232 };
struct memo_slot {
	char text[MEMO_TEXT];
	size_t n;
	int64_t id;         /* NONE: none, or not clear */
	const char *fault;
};
struct staff_memo {
	struct memo_slot org[MEMO], designation[MEMO];
};

struct staff_memo *staff_memo_new(void)
{
	struct staff_memo *m = calloc(1, sizeof *m);
	BUG_IF(!m);
	return m;
}

void staff_memo_free(struct staff_memo *m)
{
	free(m);
}

static struct memo_slot *slot_of(struct memo_slot *all, struct str s)
{
	uint32_t h = 2166136261u; /* FNV-1a */
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * 16777619u;
	return &all[h % MEMO];
}

static bool remembered(const struct memo_slot *k, struct str s)
{
	return k->n == s.n && k->n && memcmp(k->text, s.p, s.n) == 0;
}

static void remember(struct memo_slot *k, struct str s, int64_t id, const char *fault)
{
	k->n = s.n <= MEMO_TEXT ? s.n : 0;
	memcpy(k->text, s.p, k->n);
	k->id = id;
	k->fault = fault;
}

static enum err find_org(struct ctx *cx, struct staff_memo *memo, int64_t top, struct str s, int64_t *ret, const char **ret_fault)
{
	struct memo_slot *k = slot_of(memo->org, s);
	if (!remembered(k, s)) {
		struct people_import_org_coded_row coded;
		struct people_import_orgs_called_row *rows;
		size_t n;
		bool found = false;
		TRY(people_import_sql_org_coded(cx, top, s, &coded, &found));
		if (found) {
			remember(k, s, coded.id, NULL);
		} else {
			TRY(people_import_sql_orgs_called(cx, top, s, &rows, &n));
			remember(k, s, n == 1 ? rows[0].id : NONE,
				 n == 0 ? N_("names no organisation at or below yours") : n > 1 ? N_("names several organisations; use the code") : NULL);
		}
		if (!k->n) { /* too long to be remembered: too long to be a name */
			*ret = NONE;
			*ret_fault = N_("names no organisation at or below yours");
			return OK;
		}
	}
	*ret = k->id;
	*ret_fault = k->fault;
	return OK;
}

static enum err find_designation(struct ctx *cx, struct staff_memo *memo, struct str s, int64_t *ret, const char **ret_fault)
{
	struct memo_slot *k = slot_of(memo->designation, s);
	if (!remembered(k, s)) {
		struct people_import_designations_called_row *rows;
		struct person_designation_of_code_row coded;
		size_t n;
		bool found = false;
		TRY(person_sql_designation_of_code(cx, s, &coded, &found));
		if (found) {
			remember(k, s, coded.id, NULL);
		} else {
			TRY(people_import_sql_designations_called(cx, s, &rows, &n));
			remember(k, s, n == 1 ? rows[0].id : NONE, n == 0 ? N_("names no designation known here") : n > 1 ? N_("names several designations; use the code") : NULL);
		}
		if (!k->n) {
			*ret = NONE;
			*ret_fault = N_("names no designation known here");
			return OK;
		}
	}
	*ret = k->id;
	*ret_fault = k->fault;
	return OK;
}

/* ── the judgement ── */

static enum err refuse(struct staff_judgement *j, enum staff_field field, const char *text)
{
	j->verdict = STAFF_REFUSED;
	j->fault = (struct staff_fault){ field, text };
	return OK;
}

static bool differs(struct str said, struct str is)
{
	return said.n && !str_eq(said, is);
}

static enum err check_taken(struct ctx *cx, const struct staff_row *row, struct staff_judgement *j)
{
	struct people_import_email_of_row email;
	struct people_import_mobile_of_row mobile;
	bool found = false;
	if (row->email.n && (!j->known || differs(row->email, j->was.email))) {
		TRY(people_import_sql_email_of(cx, row->email, &email, &found));
		if (found && (!j->known || email.id != j->was.id))
			return refuse(j, STAFF_EMAIL, N_("belongs to somebody else"));
	}
	if (row->mobile.n && (!j->known || differs(row->mobile, j->was.mobile))) {
		TRY(people_import_sql_mobile_of(cx, row->mobile, &mobile, &found));
		if (found && (!j->known || mobile.id != j->was.id))
			return refuse(j, STAFF_MOBILE, N_("belongs to somebody else"));
	}
	return OK;
}

static enum err find_supervisor(struct ctx *cx, const struct staff_row *row, struct staff_judgement *j)
{
	struct people_import_number_of_row of;
	bool found = false;
	j->supervisor_id = j->known ? j->was.supervisor_id : NONE;
	if (!row->supervisor.n || (j->known && str_eq(row->supervisor, j->was.supervisor)))
		return OK;
	TRY(people_import_sql_number_of(cx, row->supervisor, &of, &found));
	j->new_supervisor = true;
	j->supervisor_unknown = !found;
	j->supervisor_id = found ? of.id : NONE;
	return OK;
}

/* Whether the person may be touched from here: posted at or below, or, without a posting, the last one was. */
static enum err check_place(struct ctx *cx, int64_t org_id, struct staff_judgement *j)
{
	static const char sentence[] = N_("belongs to another organisation; a transfer has to be asked for");
	if (j->was.posting_id != NONE)
		return j->was.here ? OK : refuse(j, STAFF_EMPLOYEE_NO, sentence);
	struct people_import_last_place_row last;
	bool found = false;
	TRY(people_import_sql_last_place(cx, org_id, j->was.id, &last, &found));
	if (!found)
		return OK;
	if (j->from_day < last.until_day)
		j->from_day = last.until_day;
	return last.here ? OK : refuse(j, STAFF_EMPLOYEE_NO, sentence);
}

static enum err judge_known(struct ctx *cx, int64_t org_id, const struct staff_row *row, int64_t today, struct staff_judgement *j)
{
	TRY(check_place(cx, org_id, j));
	if (j->verdict == STAFF_REFUSED)
		return OK;
	if (j->was.merged_into_id != NONE)
		return refuse(j, STAFF_EMPLOYEE_NO, N_("is of an account that was joined with another of the same person; the other number counts"));
	bool left = str_is(j->was.state, "left"), leaves = row->left_day != NONE && row->left_day < today;
	if (leaves) {
		j->verdict = left ? STAFF_SAME : STAFF_GONE;
		return OK;
	}
	j->new_details = differs(row->name, j->was.name) || differs(row->email, j->was.email) || differs(row->mobile, j->was.mobile);
	j->new_place = j->was.posting_id == NONE || j->was.at_org_id != j->org_id || j->was.designation_id != j->designation_id;
	if (j->new_place && j->was.posting_id != NONE && j->from_day <= j->was.from_day)
		return refuse(j, STAFF_FROM, N_("must be after the first day of the present posting"));
	TRY(find_supervisor(cx, row, j));
	TRY(check_taken(cx, row, j));
	if (j->verdict == STAFF_REFUSED)
		return OK;
	j->verdict = left ? STAFF_RETURNED : j->new_place ? STAFF_MOVED : j->new_details || j->new_supervisor ? STAFF_CHANGED : STAFF_SAME;
	return OK;
}

enum err staff_judge(struct ctx *cx, struct staff_memo *memo, int64_t org_id, const struct staff_row *row, struct staff_judgement *ret)
{
	struct staff_judgement *j = ret;
	int64_t today = person_today(cx);
	const char *fault;
	*j = (struct staff_judgement){ .verdict = STAFF_SAME, .supervisor_id = NONE, .from_day = row->from_day == NONE ? today : row->from_day };
	if (j->from_day > today)
		return refuse(j, STAFF_FROM, N_("lies in the future"));
	TRY(find_org(cx, memo, org_id, row->org, &j->org_id, &fault));
	if (fault)
		return refuse(j, STAFF_ORG, fault);
	TRY(find_designation(cx, memo, row->designation, &j->designation_id, &fault));
	if (fault)
		return refuse(j, STAFF_DESIGNATION, fault);
	TRY(people_import_sql_person(cx, org_id, row->employee_no, &j->was, &j->known));
	if (j->known)
		return judge_known(cx, org_id, row, today, j);
	/* Somebody who left before being known here leaves no trace. */
	if (row->left_day != NONE && row->left_day < today)
		return OK;
	TRY(find_supervisor(cx, row, j));
	TRY(check_taken(cx, row, j));
	if (j->verdict != STAFF_REFUSED)
		j->verdict = STAFF_NEW;
	return OK;
}
