/* Nominations and decisions by a list; see admission_list.h. */
#include "feature/admission/admission_list.h"
#include "base/json.h"
#include "base/utf8.h"
#include "feature/admission/admission_in.h"
#include "feature/live/live.h"
#include "feature/person/person.h"
#include "text/csv.h"
#include "web/access.h"
#include "web/lang.h"

#include <jansson.h>
#include <sodium.h>
#include <stdlib.h>

enum { PLAN_BYTES_MAX = 2 << 20 };

struct row {
	int64_t line, person_id;
	struct str name, what, words; /* what: nominate, yes, no */
	struct admission_no no;
	struct admission_comer comer;	/* of a nomination */
	struct admission_one_row asked; /* of a decision */
};
struct judging {
	struct admission_batch_row batch;
	int64_t org_id;
	enum admission_side side;
	bool nominates;
	struct row *rows;
	size_t n;
};

static enum err no_list(struct ctx *cx)
{
	return fail(cx, ERR_NOT_FOUND, "list_id", N_("There is no such list."));
}

/* The office by its permission, a coordinator as one; to others there is no such batch. */
static enum err begin(struct ctx *cx, int64_t batch_id, int64_t org_id, struct str kind, struct judging *j)
{
	bool may = true;
	*j = (struct judging){ .org_id = org_id, .side = org_id == NONE ? SIDE_COORDINATOR : SIDE_OFFICE, .nominates = str_is(kind, "nominate") };
	if (org_id == NONE)
		return admission_batch_of_coordinator(cx, batch_id, &j->batch);
	TRY(access_may(cx, MAY_NOMINATE, SCOPE_ORG, org_id, &may));
	if (!may)
		return fail(cx, ERR_NOT_FOUND, "batch_id", N_("There is no such batch."));
	return admission_batch(cx, batch_id, &j->batch);
}

/* ── judging ── */

static enum err judge_decision(struct ctx *cx, const struct judging *j, struct row *r)
{
	struct admission_mine_row mine;
	struct admission_within_row within;
	bool found = false, in_office = true;
	if (!str_is(r->what, "yes") && !str_is(r->what, "no"))
		r->no.text = N_("decision: must be yes or no");
	else if (str_is(r->what, "no") && !r->words.n)
		r->no.text = N_("reason: is needed with a no");
	if (r->no.text)
		return OK;
	TRY(admission_sql_mine(cx, j->batch.id, r->person_id, &mine, &found));
	if (found)
		TRY(admission_sql_one(cx, mine.id, &r->asked, &found));
	if (found && j->side == SIDE_OFFICE)
		TRY(admission_sql_within(cx, j->org_id, mine.id, &within, &in_office));
	if (!found || !in_office)
		r->no.text = N_("person: has not asked for this batch");
	else if (!str_is(mine.state, "asked") || admission_due(j->batch.approval, mine.step) != j->side)
		r->no.text = N_("person: no decision is asked of you here any more, or not yet");
	else if (str_is(r->what, "yes") && !str_is(r->asked.person_state, "active"))
		r->no.text = N_("person: has left the service");
	else if (str_is(r->what, "yes") && actor_is(&cx->actor, r->person_id))
		r->no.text = N_("person: nobody decides about the own request");
	return OK;
}

static enum err judge_nomination(struct ctx *cx, const struct judging *j, struct row *r)
{
	TRY(admission_can_come(cx, &j->batch, r->person_id, j->org_id, &r->comer, &r->no));
	if (!r->no.text && actor_is(&cx->actor, r->person_id))
		r->no.text = ADMISSION_SELF;
	return OK;
}

static enum err judge(struct ctx *cx, const struct judging *j, struct row *r)
{
	r->no = (struct admission_no){ 0 };
	return j->nominates ? judge_nomination(cx, j, r) : judge_decision(cx, j, r);
}

static int by_person(const void *a, const void *b)
{
	const struct row *x = *(struct row *const *)a, *y = *(struct row *const *)b;
	if (x->person_id != y->person_id)
		return x->person_id < y->person_id ? -1 : 1;
	return x->line < y->line ? -1 : x->line > y->line;
}

static void beside_each_other(struct ctx *cx, struct judging *j)
{
	struct row **v = ARENA_ARRAY(cx->arena, struct row *, j->n + 1);
	size_t n = 0;
	for (size_t i = 0; i < j->n; i++)
		if (!j->rows[i].no.text)
			v[n++] = &j->rows[i];
	qsort(v, n, sizeof *v, by_person);
	for (size_t i = 1; i < n; i++)
		if (v[i]->person_id == v[i - 1]->person_id)
			v[i]->no.text = N_("person: stands in the list before");
}

/* The rows beyond what the batch still takes. */
static enum err within_room(struct ctx *cx, struct judging *j)
{
	int64_t room;
	if (!j->nominates)
		return OK;
	TRY(admission_room(cx, &j->batch, &room));
	for (size_t i = 0; i < j->n; i++)
		if (!j->rows[i].no.text && room-- <= 0)
			j->rows[i].no.text = N_("person: all seats and all places to wait are asked for before this row");
	return OK;
}

static struct str digest_of(struct ctx *cx, const struct judging *j)
{
	crypto_hash_sha256_state s;
	unsigned char h[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_init(&s);
	for (size_t i = 0; i < j->n; i++) {
		const struct row *r = &j->rows[i];
		struct str before = j->nominates ? (r->comer.was.id == NONE ? S("") : r->comer.was.state) : r->asked.state;
		struct str text = str_fmt(cx->arena, "%lld %.*s %.*s %lld %lld %.*s\n", (long long)r->person_id, STR_ARG(r->what), STR_ARG(before),
					  j->nominates ? 0LL : (long long)r->asked.step, j->nominates ? (long long)r->comer.org_id : (long long)r->asked.org_id,
					  STR_ARG(r->words));
		crypto_hash_sha256_update(&s, (const unsigned char *)text.p, text.n);
	}
	crypto_hash_sha256_final(&s, h);
	return str_hex(cx->arena, h, sizeof h);
}

/* ── looking ── */

static enum err begin_csv(struct ctx *cx, const struct judging *j, struct str text, struct csv *ret)
{
	const char *const needed[] = { "person", j->nominates ? "person" : "decision" };
	bool good;
	if (text.n > ADMISSION_LIST_BYTES_MAX || !utf8_valid(text))
		return fail(cx, ERR_INVALID, "file", N_("must be CSV in UTF-8, at most 256 KB"));
	good = csv_begin(cx->arena, text, ret);
	for (size_t i = 0; good && i < sizeof needed / sizeof *needed; i++) {
		size_t k = 0;
		while (k < ret->head.n && !str_is(ret->head.v[k], needed[i]))
			k++;
		good = k < ret->head.n;
	}
	return good ? OK : fail(cx, ERR_INVALID, "file", N_("must begin with a row of names: person; to decide also decision, reason"));
}

static bool is_empty(const struct strs *fields)
{
	for (size_t i = 0; i < fields->n; i++)
		if (str_trim(fields->v[i]).n)
			return false;
	return true;
}

static enum err read_row(struct ctx *cx, const struct judging *j, const struct csv *c, const struct strs *fields, struct row *r)
{
	struct person_called_row p;
	struct str called = str_trim(csv_get(c, fields, "person")), words = str_trim(csv_get(c, fields, "reason"));
	bool found = false;
	r->what = j->nominates ? S("nominate") : str_lower(cx->arena, str_trim(csv_get(c, fields, "decision")));
	r->words = words.n ? words : S("");
	r->name = S("");
	if (called.n)
		TRY(person_called(cx, called, &p, &found));
	if (!found || r->words.n > 4 * ADMISSION_WORDS_MAX) {
		r->no.text = found ? N_("reason: is too long") : N_("person: is nobody here (employee number, e-mail or mobile number)");
		return OK;
	}
	r->person_id = p.id;
	r->name = p.name;
	return judge(cx, j, r);
}

static enum err read_rows(struct ctx *cx, struct judging *j, struct str text)
{
	struct csv c;
	struct strs fields;
	j->rows = ARENA_ARRAY(cx->arena, struct row, ADMISSION_LIST_ROWS_MAX);
	TRY(begin_csv(cx, j, text, &c));
	for (int line = c.line; csv_next(cx->arena, &c, &fields); line = c.line) {
		if (is_empty(&fields))
			continue;
		if (j->n == ADMISSION_LIST_ROWS_MAX)
			return fail(cx, ERR_INVALID, "file", N_("has more than 1,000 rows; split it"));
		j->rows[j->n] = (struct row){ .line = line };
		TRY(read_row(cx, j, &c, &fields, &j->rows[j->n]));
		j->n++;
	}
	if (c.rest.n)
		return fail_msg(cx, ERR_INVALID, S("file"), N_("cannot be read from line {line} on: a quote is not closed, or a row is too long"), 1,
				(struct msg_arg[]){ { "line", str_fmt(cx->arena, "%d", c.line) } });
	return j->n ? OK : fail(cx, ERR_INVALID, "file", N_("has no rows"));
}

static void put_good(struct json_out *o, const struct row *r)
{
	jw_open(o, '{');
	jw_key(o, "line");
	jw_int(o, r->line);
	jw_key(o, "p");
	jw_int(o, r->person_id);
	jw_key(o, "name");
	jw_str(o, r->name);
	jw_key(o, "what");
	jw_str(o, r->what);
	jw_key(o, "words");
	jw_str(o, r->words);
	jw_close(o, '}');
}

/* The text is kept in English with its value and translated when it is shown. */
static void put_fault(struct json_out *o, const struct row *r)
{
	jw_open(o, '[');
	jw_int(o, r->line);
	jw_str(o, str_of(r->no.text));
	if (r->no.n_args)
		jw_str(o, r->no.arg.value);
	jw_close(o, ']');
}

static enum err keep(struct ctx *cx, const struct judging *j, const struct admission_list_add *in, int64_t *ret_id)
{
	struct buf plan, faults;
	struct json_out p = { &plan, false }, f = { &faults, false };
	int64_t n_good = 0, n_faults = 0;
	buf_init(&plan, cx->arena, PLAN_BYTES_MAX);
	buf_init(&faults, cx->arena, PLAN_BYTES_MAX);
	jw_open(&p, '[');
	jw_open(&f, '[');
	for (size_t i = 0; i < j->n; i++) {
		const struct row *r = &j->rows[i];
		n_good += !r->no.text;
		if (!r->no.text)
			put_good(&p, r);
		else if (n_faults++ < ADMISSION_LIST_FAULTS_MAX)
			put_fault(&f, r);
	}
	jw_close(&p, ']');
	jw_close(&f, ']');
	if (plan.full || faults.full)
		return fail(cx, ERR_INVALID, "file", N_("is too large"));
	*ret_id = new_id(cx);
	return admission_sql_add_list(cx, *ret_id, in->batch_id, in->org_id, in->kind, in->name, (int64_t)j->n, n_good, n_faults, buf_get(&plan),
				      buf_get(&faults), digest_of(cx, j), actor_hand(&cx->actor), cx->now, NULL);
}

static enum err takes_it(struct ctx *cx, const struct judging *j)
{
	struct admission_no no = admission_not_open(cx, &j->batch);
	if (j->nominates && no.text)
		return fail_msg(cx, ERR_CONFLICT, S(""), no.text, no.n_args, &no.arg);
	if (!str_is(j->batch.state, "open") || cx->now >= j->batch.starts_at)
		return fail(cx, ERR_CONFLICT, "", N_("The batch has begun or is not open: lists are taken before."));
	return OK;
}

enum err admission_list_look(struct ctx *cx, const struct admission_list_add *in, int64_t *ret_id)
{
	struct judging j;
	TRY(begin(cx, in->batch_id, in->org_id, in->kind, &j));
	TRY(takes_it(cx, &j));
	TRY(read_rows(cx, &j, in->text));
	beside_each_other(cx, &j);
	TRY(within_room(cx, &j));
	return keep(cx, &j, in, ret_id);
}

enum err admission_list_find(struct ctx *cx, int64_t batch_id, int64_t id, struct admission_list_row *ret)
{
	struct judging j;
	bool found = false;
	TRY(admission_sql_list(cx, id, ret, &found));
	if (!found || ret->batch_id != batch_id)
		return no_list(cx);
	return begin(cx, batch_id, ret->org_id, ret->kind, &j);
}

/* ── carrying out ── */

static struct str text_of(struct ctx *cx, const json_t *o, const char *key)
{
	const char *s = json_string_value(json_object_get(o, key));
	return s ? str_dup(cx->arena, str_of(s)) : S("");
}

static void rows_of(struct ctx *cx, struct str plan, struct judging *j)
{
	json_t *root = json_loadb(plan.p, plan.n, 0, NULL), *o;
	size_t i;
	j->n = json_array_size(root);
	j->rows = ARENA_ARRAY(cx->arena, struct row, j->n + 1);
	json_array_foreach(root, i, o) j->rows[i] = (struct row){ .line = json_integer_value(json_object_get(o, "line")),
								  .person_id = json_integer_value(json_object_get(o, "p")),
								  .name = text_of(cx, o, "name"),
								  .what = text_of(cx, o, "what"),
								  .words = text_of(cx, o, "words") };
	json_decref(root);
}

static enum err still_good(struct ctx *cx, struct judging *j, struct str digest)
{
	bool good = true;
	for (size_t i = 0; i < j->n; i++) {
		TRY(judge(cx, j, &j->rows[i]));
		good = good && !j->rows[i].no.text;
	}
	TRY(within_room(cx, j));
	for (size_t i = 0; i < j->n; i++)
		good = good && !j->rows[i].no.text;
	return good && str_eq(digest_of(cx, j), digest)
		       ? OK
		       : fail(cx, ERR_CONFLICT, "", N_("Something has changed since this list was looked at. Nothing was changed; bring the list again."));
}

static enum err carry_out(struct ctx *cx, const struct judging *j, struct row *r)
{
	int64_t id;
	if (!j->nominates)
		return admission_decide(cx, &r->asked, j->side, str_is(r->what, "yes"), r->words);
	TRY(admission_enter(cx, &j->batch, &r->comer, j->side, j->batch.hostel_id != NONE, r->words, &id));
	r->asked.id = id;
	return admission_tell(cx, &j->batch, id, r->person_id, N_("You were nominated for “{programme}”."), S(""));
}

/* For each row the admission, where it was, and its last step. */
static enum err put_undo(struct ctx *cx, const struct judging *j, struct json_out *o)
{
	for (size_t i = 0; i < j->n; i++) {
		const struct row *r = &j->rows[i];
		struct admission_last_step_row last;
		bool found = false;
		TRY(admission_sql_last_step(cx, r->asked.id, &last, &found));
		jw_open(o, '[');
		jw_int(o, r->asked.id);
		jw_int(o, j->nominates ? 0 : r->asked.step);
		jw_int(o, found ? last.id : 0);
		jw_close(o, ']');
	}
	return OK;
}

enum err admission_list_apply(struct ctx *cx, int64_t batch_id, int64_t id)
{
	struct admission_list_row l;
	struct judging j;
	struct buf undo;
	struct json_out o = { &undo, false };
	TRY(admission_list_find(cx, batch_id, id, &l));
	TRY(begin(cx, batch_id, l.org_id, l.kind, &j));
	if (!str_is(l.state, "looked"))
		return fail(cx, ERR_CONFLICT, "", N_("This list was carried out already."));
	if (l.n_faults)
		return fail(cx, ERR_CONFLICT, "", N_("Rows of this list are wrong. Correct them and bring the list again."));
	TRY(takes_it(cx, &j));
	rows_of(cx, l.plan, &j);
	TRY(still_good(cx, &j, l.digest));
	for (size_t i = 0; i < j.n; i++)
		TRY(carry_out(cx, &j, &j.rows[i]));
	TRY(admission_settle(cx, batch_id));
	buf_init(&undo, cx->arena, PLAN_BYTES_MAX);
	jw_open(&o, '[');
	TRY(put_undo(cx, &j, &o));
	jw_close(&o, ']');
	return admission_sql_list_done(cx, buf_get(&undo), cx->now, id, NULL);
}

/* ── taking back ── */

struct undoing {
	int64_t id, step, last;
};

static size_t undo_of(struct ctx *cx, struct str undo, struct undoing **ret)
{
	json_t *root = json_loadb(undo.p, undo.n, 0, NULL), *o;
	size_t n = json_is_array(root) ? json_array_size(root) : 0, i;
	*ret = ARENA_ARRAY(cx->arena, struct undoing, n + 1);
	json_array_foreach(root, i, o)(*ret)[i] = (struct undoing){ json_integer_value(json_array_get(o, 0)), json_integer_value(json_array_get(o, 1)),
								    json_integer_value(json_array_get(o, 2)) };
	json_decref(root);
	return n;
}

/* A refusal leaves the order; who comes back into it needs room there. */
static enum err reopen(struct ctx *cx, const struct judging *j, const struct admission_one_row *a, const struct undoing *u, bool *ret_stays)
{
	int64_t room;
	TRY(admission_room(cx, &j->batch, &room));
	*ret_stays = str_is(a->state, "refused") && room <= 0;
	if (*ret_stays)
		return OK;
	TRY(admission_sql_ask_again(cx, u->step, cx->now, a->id, NULL));
	TRY(admission_note(cx, a->id, a->state, "asked", S(N_("The list was taken back.")), actor_hand(&cx->actor)));
	return admission_tell(cx, &j->batch, a->id, a->person_id, N_("The decision about your request for “{programme}” was taken back; it is open again."),
			      S(""));
}

static enum err undo_one(struct ctx *cx, const struct judging *j, const struct undoing *u, bool *ret_stays)
{
	struct admission_one_row a;
	struct admission_touched_row touched;
	bool found = false;
	TRY(admission_sql_one(cx, u->id, &a, &found));
	TRY(admission_sql_touched(cx, u->id, u->last, &touched));
	*ret_stays = !found || touched.n > 0 || str_is(a.state, "removed");
	if (*ret_stays)
		return OK;
	if (!j->nominates)
		return reopen(cx, j, &a, u, ret_stays);
	TRY(admission_out(cx, a.id, a.state, "removed", S(N_("The list was taken back.")), actor_hand(&cx->actor)));
	TRY(live_judge_again(cx, a.person_id));
	return admission_tell(cx, &j->batch, a.id, a.person_id, N_("Your nomination for “{programme}” was taken back."), S(""));
}

enum err admission_list_undo(struct ctx *cx, int64_t batch_id, int64_t id, int64_t *ret_stayed)
{
	struct admission_list_row l;
	struct judging j;
	struct undoing *u;
	TRY(admission_list_find(cx, batch_id, id, &l));
	TRY(begin(cx, batch_id, l.org_id, l.kind, &j));
	if (!str_is(l.state, "done"))
		return fail(cx, ERR_CONFLICT, "", N_("This list is not carried out."));
	if (cx->now >= j.batch.starts_at)
		return fail(cx, ERR_CONFLICT, "", N_("The batch has begun: the list is not taken back any more."));
	size_t n = undo_of(cx, l.undo, &u);
	*ret_stayed = 0;
	for (size_t i = 0; i < n; i++) {
		bool stays;
		TRY(undo_one(cx, &j, &u[i], &stays));
		*ret_stayed += stays;
	}
	TRY(admission_sql_list_undone(cx, str_fmt(cx->arena, "{\"stayed\":%lld}", (long long)*ret_stayed), cx->now, id, NULL));
	return admission_settle(cx, batch_id);
}

/* ── showing ── */

struct str admission_list_kind(const struct ctx *cx, struct str kind)
{
	return str_of(tr(cx->lang, str_is(kind, "nominate") ? N_("nominations") : N_("decisions")));
}

struct str admission_list_state(const struct ctx *cx, struct str state)
{
	return str_of(tr(cx->lang, str_is(state, "looked") ? N_("looked at") : str_is(state, "done") ? N_("carried out") : N_("taken back")));
}

enum err admission_lists_of(struct ctx *cx, int64_t batch_id, int64_t org_id, struct admission_list_item **ret, size_t *ret_n)
{
	struct admission_lists_row *r;
	TRY(admission_sql_lists(cx, batch_id, org_id, &r, ret_n));
	*ret = ARENA_ARRAY(cx->arena, struct admission_list_item, *ret_n + 1);
	for (size_t i = 0; i < *ret_n; i++)
		(*ret)[i] = (struct admission_list_item){ .id = r[i].id,
							  .batch_id = batch_id,
							  .org_id = org_id,
							  .n_rows = r[i].n_rows,
							  .n_good = r[i].n_good,
							  .n_faults = r[i].n_faults,
							  .at = r[i].at,
							  .name = r[i].name,
							  .kind = r[i].kind,
							  .kind_name = admission_list_kind(cx, r[i].kind),
							  .state = r[i].state,
							  .state_name = admission_list_state(cx, r[i].state),
							  .by_name = r[i].by_name };
	return OK;
}

static struct str what_name(const struct ctx *cx, struct str what)
{
	return str_of(tr(cx->lang, str_is(what, "yes") ? N_("Yes") : str_is(what, "no") ? N_("No") : N_("nominated")));
}

size_t admission_list_lines(struct ctx *cx, struct str plan, struct admission_list_line **ret)
{
	struct judging j;
	rows_of(cx, plan, &j);
	*ret = ARENA_ARRAY(cx->arena, struct admission_list_line, j.n + 1);
	for (size_t i = 0; i < j.n; i++)
		(*ret)[i] = (struct admission_list_line){ j.rows[i].line, j.rows[i].name, what_name(cx, j.rows[i].what), j.rows[i].words };
	return j.n;
}

size_t admission_list_faults(struct ctx *cx, struct str faults, struct looked_wrong **ret)
{
	json_t *root = json_loadb(faults.p, faults.n, 0, NULL), *o;
	size_t n = json_array_size(root), i;
	*ret = ARENA_ARRAY(cx->arena, struct looked_wrong, n + 1);
	json_array_foreach(root, i, o)
	{
		const char *text = json_string_value(json_array_get(o, 1)), *value = json_string_value(json_array_get(o, 2));
		const struct msg_arg arg = { "other", value ? str_dup(cx->arena, str_of(value)) : S("") };
		(*ret)[i] = (struct looked_wrong){ json_integer_value(json_array_get(o, 0)),
						   msg_text(cx, str_c(cx->arena, str_of(text ? text : "")), value ? 1 : 0, &arg) };
	}
	json_decref(root);
	return n;
}

int64_t admission_list_stayed(const struct admission_list_row *l)
{
	json_t *root = str_is(l->state, "undone") ? json_loadb(l->undo.p, l->undo.n, 0, NULL) : NULL;
	int64_t n = json_integer_value(json_object_get(root, "stayed"));
	json_decref(root);
	return n;
}
