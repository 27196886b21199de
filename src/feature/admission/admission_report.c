/* The report of a batch; see admission_report.h. */
#include "feature/admission/admission_report.h"
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "text/csv.h"
#include "text/xlsx.h"
#include "web/lang.h"

#include <math.h>

enum { PIECE = 200, BYTES_MAX = 48 << 20 };

/* ── where it goes ── */

struct sheet {
	struct ctx *cx;
	struct buf *csv; /* one of them */
	struct xlsx *xlsx;
};

static void put(const struct sheet *s, struct str v)
{
	if (s->csv)
		csv_put(s->csv, v.p ? v : S(""));
	else
		xlsx_text(s->xlsx, v);
}

static void put_int(const struct sheet *s, int64_t v)
{
	if (s->xlsx && v != NONE)
		xlsx_int(s->xlsx, v);
	else
		put(s, v == NONE ? S("") : str_fmt(s->cx->arena, "%lld", (long long)v));
}

/* A long number that a spreadsheet would round. */
static void put_id(const struct sheet *s, int64_t id)
{
	put(s, id == NONE ? S("") : str_fmt(s->cx->arena, "%lld", (long long)id));
}

static void put_real(const struct sheet *s, double v)
{
	if (s->xlsx && !isnan(v))
		xlsx_real(s->xlsx, v);
	else
		put(s, isnan(v) ? S("") : str_fmt(s->cx->arena, "%.2f", v));
}

/* Of India, as all days of batches. */
static struct str day_of(const struct ctx *cx, int64_t at)
{
	struct civil d = clock_date(clock_day_in_india(at));
	return str_fmt(cx->arena, "%04d-%02d-%02d", d.year, d.month, d.day);
}

static void put_day(const struct sheet *s, int64_t at)
{
	put(s, at == NONE ? S("") : day_of(s->cx, at));
}

/* A code; in words for people. */
static void put_code(const struct sheet *s, struct str code)
{
	static const struct {
		const char *code, *word;
	} words[] = {
		{ "yes", N_("yes") },
		{ "no", N_("no") },
		{ "asked", N_("asked") },
		{ "nominated", N_("nominated") },
		{ "waiting", N_("on the waiting list") },
		{ "admitted", N_("has a seat") },
		{ "refused", N_("refused") },
		{ "withdrawn", N_("withdrawn") },
		{ "removed", N_("taken out") },
		{ "given", N_("given") },
		{ "wanted", N_("wanted") },
		{ "handed_in", N_("handed in") },
		{ "returned", N_("sent back") },
		{ "service", N_("a service") },
		{ "org", N_("an organisation") },
		{ "offer", N_("offered seats") },
		{ "open", N_("open") },
		{ "ended", N_("ended") },
		{ "cancelled", N_("cancelled") },
		{ "draft", N_("draft") },
		{ "none", N_("nobody is asked") },
		{ "mdo", N_("the office") },
		{ "coordinator", N_("a coordinator") },
		{ "mdo_coordinator", N_("the office, then a coordinator") },
		{ "coordinator_mdo", N_("a coordinator, then the office") },
	};
	for (size_t i = 0; s->xlsx && i < sizeof words / sizeof *words; i++)
		if (str_is(code, words[i].code))
			code = str_of(tr(s->cx->lang, words[i].word));
	put(s, code);
}

static void put_yes(const struct sheet *s, bool yes)
{
	put_code(s, yes ? S("yes") : S("no"));
}

static void end_row(const struct sheet *s)
{
	if (s->csv)
		csv_end_row(s->csv);
	else
		xlsx_end_row(s->xlsx);
}

/* ── what is read ── */

/* Somebody's word about a request. */
struct decision {
	struct str outcome, by, words;
	int64_t at;
};
struct report {
	struct ctx *cx;
	struct sheet to;
	const struct admission_batch_row *b;
	struct admission_letter_batch_row at; /* institute and hostel */
	struct admission_report_paths_row *paths;
	struct admission_report_sessions_row *sessions;
	struct admission_report_parts_row *parts;
	size_t n_paths, n_sessions, n_parts;
	int64_t within, n_seats, n_waits; /* so many so far */
	/* of the piece, each in the order of the rows; and where the reading of it is */
	struct admission_report_steps_row *steps;
	struct admission_report_there_row *there;
	struct admission_report_done_row *done;
	size_t n_steps, n_there, n_done, at_steps, at_there, at_done;
	/* of the row */
	struct decision decisions[2];
	size_t n_decisions;
	const struct admission_report_there_row *was_there;
	const struct admission_report_done_row *has_done;
	size_t n_was_there, n_has_done;
};

static bool over(struct str state)
{
	return !state.n || str_is(state, "refused") || str_is(state, "withdrawn") || str_is(state, "removed");
}

static void add_decision(struct report *r, const struct admission_report_steps_row *s, struct str outcome)
{
	if (r->n_decisions < sizeof r->decisions / sizeof *r->decisions)
		r->decisions[r->n_decisions++] = (struct decision){ outcome, s->by_name, s->words, s->at };
}

/* Words of people about the request as it stands: a request that is made anew begins anew, and a decision that was taken back is none. */
static void follow(struct report *r, const struct admission_report_row *row, const struct admission_report_steps_row *s)
{
	bool asked = str_is(s->became, "asked"), by_self = s->by_id == row->person_id;
	if (over(s->was) && (asked || str_is(s->became, "waiting"))) {
		bool taken_back = s->was.n && !by_self && str_is(row->how, "asked");
		r->n_decisions = taken_back && r->n_decisions ? r->n_decisions - 1 : 0;
		if (!by_self && str_is(row->how, "nominated"))
			add_decision(r, s, S("nominated"));
	} else if (str_is(s->was, "asked") && s->by_id != NONE && (asked || str_is(s->became, "waiting") || str_is(s->became, "refused")))
		add_decision(r, s, str_is(s->became, "refused") ? S("no") : S("yes"));
	else if (asked && r->n_decisions)
		r->n_decisions--;
}

/* What belongs to a row, out of the piece. */
static void go_to(struct report *r, const struct admission_report_row *row)
{
	r->n_decisions = 0;
	for (; r->at_steps < r->n_steps && r->steps[r->at_steps].id == row->id; r->at_steps++)
		follow(r, row, &r->steps[r->at_steps]);
	r->was_there = r->there + r->at_there;
	for (r->n_was_there = 0; r->at_there < r->n_there && r->there[r->at_there].id == row->id; r->at_there++)
		r->n_was_there++;
	r->has_done = r->done + r->at_done;
	for (r->n_has_done = 0; r->at_done < r->n_done && r->done[r->at_done].id == row->id; r->at_done++)
		r->n_has_done++;
}

static const struct admission_report_there_row *there_at(const struct report *r, int64_t session_id)
{
	for (size_t i = 0; i < r->n_was_there; i++)
		if (r->was_there[i].session_id == session_id)
			return &r->was_there[i];
	return NULL;
}

static const struct admission_report_done_row *done_of(const struct report *r, int64_t part_id)
{
	for (size_t i = 0; i < r->n_has_done; i++)
		if (r->has_done[i].part_id == part_id)
			return &r->has_done[i];
	return NULL;
}

/* NONE: it is not done, or not one of these. */
static int64_t done_at(const struct admission_report_done_row *d)
{
	bool accepted = d && d->work_state.p && str_is(d->work_state, "accepted");
	return !d ? NONE : d->completed_at != NONE ? d->completed_at : d->passed_at != NONE ? d->passed_at : accepted ? d->work_at : NONE;
}

static bool is_done(const struct report *r, const struct admission_report_parts_row *t)
{
	const struct admission_report_there_row *v;
	if (!str_is(t->kind, "session"))
		return done_at(done_of(r, t->id)) != NONE;
	for (size_t i = 0; i < r->n_sessions; i++)
		if (r->sessions[i].part_id == t->id && (v = there_at(r, r->sessions[i].id)) && v->there)
			return true;
	return false;
}

/* ── a row, group by group ── */

struct column {
	const char *key, *name;
};

static const struct admission_report_paths_row *path_of(const struct report *r, int64_t org_id, size_t *ret_n)
{
	size_t from = 0, to = r->n_paths;
	while (from < to) {
		size_t middle = from + (to - from) / 2;
		if (r->paths[middle].org_id < org_id)
			from = middle + 1;
		else
			to = middle;
	}
	for (*ret_n = 0; from + *ret_n < r->n_paths && r->paths[from + *ret_n].org_id == org_id;)
		++*ret_n;
	return r->paths + from;
}

static bool is_within(const struct report *r, int64_t org_id)
{
	size_t n;
	const struct admission_report_paths_row *p = path_of(r, org_id, &n);
	bool within = r->within == NONE;
	for (size_t i = 0; i < n; i++)
		within |= p[i].above_id == r->within;
	return within;
}

static struct str path_text(const struct report *r, int64_t org_id)
{
	struct buf b;
	size_t n;
	const struct admission_report_paths_row *p = path_of(r, org_id, &n);
	buf_init(&b, r->cx->arena, 8192);
	for (size_t i = 0; i < n; i++) {
		struct str name = org_name(r->cx, p[i].name_en, p[i].name_hi);
		buf_fmt(&b, "%s%.*s", i ? " > " : "", STR_ARG(name));
	}
	return buf_get(&b);
}

static const struct column person_columns[] = {
	{ "user_id", N_("Number of the person") },
	{ "employee_id", N_("Employee number") },
	{ "full_name", N_("Name") },
	{ "email", N_("E-mail") },
	{ "phone_number", N_("Mobile number") },
	{ "mdo_name", N_("Organisation when it was asked") },
	{ "organisation_path", N_("Organisation with those above it") },
	{ "present_mdo", N_("Organisation today") },
	{ "designation", N_("Designation") },
	{ "group", N_("Group") },
	{ "service", N_("Service") },
	{ "pay_level", N_("Pay level") },
};

static void put_person(struct report *r, const struct admission_report_row *p)
{
	const struct sheet *to = &r->to;
	put_id(to, p->person_id);
	put(to, p->called);
	put(to, p->name);
	put(to, p->email);
	put(to, p->mobile);
	put(to, org_name(r->cx, p->org_en, p->org_hi));
	put(to, path_text(r, p->org_id));
	put(to, p->now_en.n ? org_name(r->cx, p->now_en, p->now_hi) : S(""));
	put(to, p->designation_en.n ? org_name(r->cx, p->designation_en, p->designation_hi) : S(""));
	put(to, p->cadre_group);
	put(to, p->service);
	put_int(to, p->pay_level);
}

static const struct column batch_columns[] = {
	{ "programme_code", N_("Code of the programme") },
	{ "programme_name", N_("Programme") },
	{ "programme_provider", N_("Provider") },
	{ "institute", N_("Institute") },
	{ "batch_id", N_("Number of the batch") },
	{ "batch_name", N_("Batch") },
	{ "batch_state", N_("State of the batch") },
	{ "batch_start_date", N_("Begins on") },
	{ "batch_end_date", N_("Ends on") },
	{ "enrolment_end_date", N_("Requests until") },
	{ "place", N_("Place") },
	{ "batch_size", N_("Seats") },
	{ "approval", N_("Who says yes") },
};

static void put_batch(struct report *r)
{
	const struct admission_batch_row *b = r->b;
	const struct sheet *to = &r->to;
	put(to, b->code);
	put(to, org_name(r->cx, b->title, b->title_hi));
	put(to, org_name(r->cx, b->org_en, b->org_hi));
	put(to, r->at.institute_en.n ? org_name(r->cx, r->at.institute_en, r->at.institute_hi) : S(""));
	put_id(to, b->id);
	put(to, b->name);
	put_code(to, b->state);
	put_day(to, b->starts_at);
	put_day(to, b->ends_at);
	put_day(to, b->ask_until);
	put(to, b->place.n ? b->place : r->at.institute_place);
	put_int(to, b->seats);
	put_code(to, b->approval);
}

static const struct column request_columns[] = {
	{ "status", N_("State") },
	{ "how", N_("How") },
	{ "enrolled_on", N_("Asked on") },
	{ "enrolled_by", N_("Asked or nominated by") },
	{ "first_decision", N_("First decision") },
	{ "first_decision_by", N_("First decision: by") },
	{ "first_decision_on", N_("First decision: on") },
	{ "first_decision_words", N_("First decision: reason") },
	{ "second_decision", N_("Second decision") },
	{ "second_decision_by", N_("Second decision: by") },
	{ "second_decision_on", N_("Second decision: on") },
	{ "second_decision_words", N_("Second decision: reason") },
	{ "last_action_on", N_("Last change on") },
	{ "reason", N_("Last reason") },
};

/* Words that the program itself wrote are translated. */
static struct str words_of(struct report *r, struct str words)
{
	return words.n ? str_of(tr(r->cx->lang, str_c(r->cx->arena, words))) : S("");
}

static void put_request(struct report *r, const struct admission_report_row *p)
{
	const struct sheet *to = &r->to;
	put_code(to, p->state);
	put_code(to, p->how);
	put_day(to, p->asked_at);
	put(to, p->asked_by);
	for (size_t i = 0; i < sizeof r->decisions / sizeof *r->decisions; i++) {
		struct decision d = i < r->n_decisions ? r->decisions[i] : (struct decision){ .at = NONE };
		put_code(to, d.outcome);
		put(to, d.by);
		put_day(to, d.at);
		put(to, words_of(r, d.words));
	}
	put_day(to, p->changed_at);
	put(to, words_of(r, p->why));
}

static const struct column seat_columns[] = {
	{ "quota", N_("Kept seat of") }, { "quota_name", N_("Kept for") }, { "seat_number", N_("Seat") }, { "waiting_number", N_("Place on the waiting list") },
	{ "hostel", N_("Bed") },	 { "hostel_name", N_("Hostel") },
};

static void put_seat(struct report *r, const struct admission_report_row *p)
{
	const struct sheet *to = &r->to;
	put_code(to, p->quota);
	put(to, p->quota_en.n ? org_name(r->cx, p->quota_en, p->quota_hi) : p->quota_service);
	put_int(to, str_is(p->state, "admitted") ? r->n_seats : NONE);
	put_int(to, str_is(p->state, "waiting") ? r->n_waits : NONE);
	put_code(to, !p->bed ? S("no") : p->bed_given ? S("given") : S("wanted"));
	put(to, r->at.hostel);
}

static const struct column far_columns[] = {
	{ "sessions", N_("Sessions") },
	{ "sessions_attended", N_("Sessions attended") },
	{ "attendance_percent", N_("Sessions attended, per cent") },
	{ "minutes_attended", N_("Minutes attended") },
	{ "parts_asked", N_("Parts that must be done") },
	{ "parts_done", N_("Of these done") },
	{ "courses_completed", N_("Courses completed") },
	{ "assignments_handed_in", N_("Assignments handed in") },
	{ "assignments_accepted", N_("Assignments accepted") },
	{ "tests_passed", N_("Examinations passed") },
	{ "best_test_percent", N_("Best mark of an examination, per cent") },
	{ "survey_answered", N_("Surveys answered") },
	{ "completed", N_("Programme completed") },
	{ "completed_on", N_("Completed on") },
	{ "completed_batch_id", N_("Completed in the batch") },
	{ "certificate", N_("Number of the certificate") },
};

static void put_attended(struct report *r)
{
	const struct sheet *to = &r->to;
	int64_t attended = 0, minutes = 0;
	for (size_t i = 0; i < r->n_was_there; i++) {
		attended += r->was_there[i].there;
		minutes += r->was_there[i].there ? r->was_there[i].minutes : 0;
	}
	put_int(to, (int64_t)r->n_sessions);
	put_int(to, attended);
	put_int(to, r->n_sessions ? 100 * attended / (int64_t)r->n_sessions : NONE);
	put_int(to, minutes);
}

static int64_t n_done_of(const struct report *r, const char *kind)
{
	int64_t n = 0;
	for (size_t i = 0; i < r->n_parts; i++)
		n += str_is(r->parts[i].kind, kind) && is_done(r, &r->parts[i]);
	return n;
}

static void put_far(struct report *r, const struct admission_report_row *p)
{
	const struct sheet *to = &r->to;
	int64_t asked = 0, done = 0, handed_in = 0;
	double best = NAN;
	for (size_t i = 0; i < r->n_parts; i++) {
		const struct admission_report_done_row *d = done_of(r, r->parts[i].id);
		asked += r->parts[i].must;
		done += r->parts[i].must && is_done(r, &r->parts[i]);
		handed_in += str_is(r->parts[i].kind, "assignment") && d && d->work_state.n;
		best = d && !(best >= d->score) && !isnan(d->score) ? d->score : best;
	}
	put_attended(r);
	put_int(to, asked);
	put_int(to, done);
	put_int(to, n_done_of(r, "course"));
	put_int(to, handed_in);
	put_int(to, n_done_of(r, "assignment"));
	put_int(to, n_done_of(r, "exam"));
	put_real(to, best);
	put_int(to, n_done_of(r, "survey"));
	put_yes(to, p->completed_at != NONE);
	put_day(to, p->completed_at);
	put_id(to, p->completed_batch_id);
	put(to, p->serial);
}

static void put_sessions(struct report *r)
{
	for (size_t i = 0; i < r->n_sessions; i++) {
		const struct admission_report_there_row *v = there_at(r, r->sessions[i].id);
		put_code(&r->to, !v ? S("") : v->there ? S("yes") : S("no"));
	}
}

static void put_parts(struct report *r)
{
	for (size_t i = 0; i < r->n_parts; i++) {
		const struct admission_report_done_row *d = done_of(r, r->parts[i].id);
		if (str_is(r->parts[i].kind, "session"))
			continue;
		if (done_at(d) != NONE || !d || !d->work_state.n)
			put_day(&r->to, done_at(d));
		else
			put_code(&r->to, str_is(d->work_state, "given") ? S("handed_in") : d->work_state);
		if (str_is(r->parts[i].kind, "exam"))
			put_real(&r->to, d ? d->score : NAN);
	}
}

/* ── the whole ── */

#define GROUP(columns)                                                                                                                                         \
	{                                                                                                                                                      \
		columns, sizeof columns / sizeof *columns                                                                                                      \
	}
static const struct {
	const struct column *v;
	size_t n;
} groups[] = { GROUP(person_columns), GROUP(batch_columns), GROUP(request_columns), GROUP(seat_columns), GROUP(far_columns) };

static void put_head(struct report *r, struct str key, struct str name)
{
	if (r->to.csv)
		buf_fmt(r->to.csv, "%.*s,", STR_ARG(key));
	else
		put(&r->to, name);
}

static void put_heads(struct report *r)
{
	struct ctx *cx = r->cx;
	size_t n = 0;
	for (size_t i = 0; i < sizeof groups / sizeof *groups; i++)
		for (size_t k = 0; k < groups[i].n; k++)
			put_head(r, str_of(groups[i].v[k].key), str_of(tr(cx->lang, groups[i].v[k].name)));
	for (size_t i = 0; i < r->n_sessions; i++) {
		struct str title = org_name(cx, r->sessions[i].title, r->sessions[i].title_hi), day = day_of(cx, r->sessions[i].starts_at);
		put_head(r, str_fmt(cx->arena, "session_%zu", i + 1), str_fmt(cx->arena, "%.*s, %.*s", STR_ARG(title), STR_ARG(day)));
	}
	for (size_t i = 0; i < r->n_parts; i++) {
		struct str title = org_name(cx, r->parts[i].title, r->parts[i].title_hi);
		const struct msg_arg arg = { "title", title };
		if (str_is(r->parts[i].kind, "session"))
			continue;
		put_head(r, str_fmt(cx->arena, "part_%zu", ++n), title);
		if (str_is(r->parts[i].kind, "exam"))
			put_head(r, str_fmt(cx->arena, "part_%zu_score", n), msg_text(cx, N_("{title}: mark, per cent"), 1, &arg));
	}
	end_row(&r->to);
}

static void put_row(struct report *r, const struct admission_report_row *p)
{
	r->n_seats += str_is(p->state, "admitted");
	r->n_waits += str_is(p->state, "waiting");
	go_to(r, p);
	if (!is_within(r, p->org_id))
		return;
	put_person(r, p);
	put_batch(r);
	put_request(r, p);
	put_seat(r, p);
	put_far(r, p);
	put_sessions(r);
	put_parts(r);
	end_row(&r->to);
}

static enum err read_piece(struct report *r, int64_t after_at, int64_t after, const struct admission_report_row *last)
{
	struct ctx *cx = r->cx;
	r->at_steps = r->at_there = r->at_done = 0;
	TRY(admission_sql_report_steps(cx, r->b->id, after_at, after, last->asked_at, last->id, &r->steps, &r->n_steps));
	TRY(admission_sql_report_there(cx, r->b->id, after_at, after, last->asked_at, last->id, &r->there, &r->n_there));
	return admission_sql_report_done(cx, r->b->programme_id, r->b->id, after_at, after, last->asked_at, last->id, &r->done, &r->n_done);
}

static enum err put_all(struct report *r)
{
	struct ctx *cx = r->cx;
	struct admission_report_row *rows;
	int64_t after_at = 0, after = 0;
	bool found = false;
	size_t n;
	TRY(admission_sql_letter_batch(cx, r->b->id, &r->at, &found));
	TRY(admission_sql_report_paths(cx, r->b->id, &r->paths, &r->n_paths));
	TRY(admission_sql_report_sessions(cx, r->b->id, &r->sessions, &r->n_sessions));
	TRY(admission_sql_report_parts(cx, r->b->programme_id, &r->parts, &r->n_parts));
	put_heads(r);
	do {
		TRY(admission_sql_report(cx, person_today(cx), r->b->id, after_at, after, PIECE, &rows, &n));
		if (n)
			TRY(read_piece(r, after_at, after, &rows[n - 1]));
		for (size_t i = 0; i < n; i++)
			put_row(r, &rows[i]);
		after_at = n ? rows[n - 1].asked_at : 0;
		after = n ? rows[n - 1].id : 0;
	} while (n == PIECE);
	return OK;
}

static enum err too_long(struct ctx *cx)
{
	return fail(cx, ERR_TOO_LARGE, "", N_("The list is too long."));
}

enum err admission_report_csv(struct ctx *cx, const struct admission_batch_row *b, int64_t org_id, struct str *ret)
{
	struct buf out;
	struct report r = { .cx = cx, .to = { .cx = cx, .csv = &out }, .b = b, .within = org_id };
	buf_init(&out, cx->arena, BYTES_MAX);
	buf_lit(&out, "\xEF\xBB\xBF");
	TRY(put_all(&r));
	*ret = buf_get(&out);
	return out.full ? too_long(cx) : OK;
}

enum err admission_report_xlsx(struct ctx *cx, const struct admission_batch_row *b, int64_t org_id, struct str *ret)
{
	struct xlsx x;
	struct report r = { .cx = cx, .to = { .cx = cx, .xlsx = &x }, .b = b, .within = org_id };
	xlsx_begin(&x, cx->arena, BYTES_MAX);
	xlsx_sheet(&x, admission_called(cx, b->title, b->title_hi, b->name));
	TRY(put_all(&r));
	return xlsx_end(&x, ret) ? OK : too_long(cx);
}
