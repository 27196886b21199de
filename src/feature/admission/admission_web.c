/* A batch's requests, for who coordinates it. */
#include "admission_batch_html.h"
#include "admission_clashes_html.h"
#include "admission_one_html.h"
#include "base/clock.h"
#include "feature/admission/admission_letter.h"
#include "feature/admission/admission_list.h"
#include "feature/admission/admission_show.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "web/action.h"
#include "web/lang.h"
#include "web/request.h"

struct batch_in {
	int64_t batch_id, admission_id, after, after_at;
	struct str state, outcome, words, people;
	struct strs ids;
	bool give;
};
static const struct field batch_in[] = { FIELD(batch_in, batch_id, F_ID, .must = true), FIELD_END };
static const struct field one_in[] = { FIELD(batch_in, batch_id, F_ID, .must = true), FIELD(batch_in, admission_id, F_ID, .must = true), FIELD_END };

/* ── who is there, by state ── */

static const struct choice states[] = { { "asked", N_("Asked") },
					{ "waiting", N_("Waiting list") },
					{ "admitted", N_("With a seat") },
					{ "refused", N_("Refused") },
					{ "withdrawn", N_("Withdrawn") },
					{ "removed", N_("Taken out") },
					{ NULL, NULL } };
static const struct field list_in[] = {
	FIELD(batch_in, batch_id, F_ID, .must = true),
	FIELD(batch_in, state, F_CHOICE, .label = N_("State"), .choices = states),
	FIELD(batch_in, after_at, F_INT),
	FIELD(batch_in, after, F_ID),
	FIELD_END,
};
static const struct field item_out[] = {
	FIELD(admission_item, id, F_ID),	  FIELD(admission_item, person_id, F_ID),     FIELD(admission_item, name, F_TEXT, .personal = true),
	FIELD(admission_item, org, F_TEXT),	  FIELD(admission_item, designation, F_TEXT), FIELD(admission_item, service, F_TEXT),
	FIELD(admission_item, state, F_TEXT),	  FIELD(admission_item, asked_at, F_TIME),    FIELD(admission_item, bed, F_BOOL),
	FIELD(admission_item, bed_given, F_BOOL), FIELD(admission_item, due, F_BOOL),	      FIELD_END,
};

static void put_tabs(struct ctx *cx, struct admission_batch_page *v)
{
	v->tabs = ARENA_ARRAY(cx->arena, struct admission_tab, sizeof states / sizeof *states);
	for (const struct choice *c = states; c->value; c++)
		v->tabs[v->n_tabs++] = (struct admission_tab){ str_of(c->value), str_of(tr(cx->lang, c->label)),
							       c == states	 ? v->batch.n_asked
							       : c == states + 1 ? v->batch.n_waiting
							       : c == states + 2 ? v->batch.n_admitted
										 : NONE,
							       str_is(v->state, c->value) };
}

static struct str how_name(struct ctx *cx, struct str how)
{
	return str_of(tr(cx->lang, str_is(how, "nominated") ? N_("nominated") : N_("own request")));
}

static enum err put_items(struct ctx *cx, const struct admission_batch_row *b, const struct batch_in *in, struct admission_batch_page *v, struct answer *a)
{
	struct admission_of_batch_row *r;
	size_t n;
	v->after_at = in->after_at == NONE ? 0 : in->after_at;
	v->after = in->after == NONE ? 0 : in->after;
	TRY(admission_sql_of_batch(cx, person_today(cx), b->id, v->state, v->after_at, v->after, ADMISSION_PAGE + 1, &r, &n));
	v->n_items = n > ADMISSION_PAGE ? ADMISSION_PAGE : n;
	v->items = ARENA_ARRAY(cx->arena, struct admission_item, v->n_items + 1);
	for (size_t i = 0; i < v->n_items; i++) {
		enum admission_side due = admission_due(b->approval, r[i].step);
		v->items[i] = (struct admission_item){ .id = r[i].id,
						       .batch_id = b->id,
						       .person_id = r[i].person_id,
						       .asked_at = r[i].asked_at,
						       .tick = str_fmt(cx->arena, "ids.%lld", (long long)r[i].id),
						       .name = r[i].name,
						       .called = r[i].called,
						       .org = org_name(cx, r[i].org_en, r[i].org_hi),
						       .designation = org_name(cx, r[i].designation_en, r[i].designation_hi),
						       .service = r[i].service,
						       .state = r[i].state,
						       .state_name = admission_state_name(cx, r[i].state, due),
						       .how_name = how_name(cx, r[i].how),
						       .bed = r[i].bed,
						       .bed_given = r[i].bed_given,
						       .due = str_is(r[i].state, "asked") && due == SIDE_COORDINATOR };
	}
	if (n > ADMISSION_PAGE) {
		const struct admission_of_batch_row *last = &r[ADMISSION_PAGE - 1];
		a->next = str_fmt(cx->arena, "%lld", (long long)last->id);
		v->next = str_fmt(cx->arena, "/batches/%lld/requests?state=%.*s&after_at=%lld&after=%lld", (long long)b->id, STR_ARG(v->state),
				  (long long)last->asked_at, (long long)last->id);
	}
	return OK;
}

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_batch_page *v = ARENA_NEW(cx->arena, struct admission_batch_page);
	struct admission_batch_row b;
	struct admission_n_clashes_row clashes;
	(void)state;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	TRY(admission_head(cx, &b, &v->batch));
	v->state = in->state.n ? in->state : S("asked");
	v->asked = str_is(v->state, "asked");
	v->waits = str_is(v->state, "waiting");
	v->admitted = str_is(v->state, "admitted");
	put_tabs(cx, v);
	TRY(put_items(cx, &b, in, v, a));
	TRY(admission_lists_of(cx, b.id, NONE, &v->lists, &v->n_lists));
	TRY(admission_sql_n_clashes(cx, b.id, &clashes));
	v->n_clashes = clashes.n;
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->batch.name;
	return OK;
}

static const struct field decide_in[] = {
	FIELD(batch_in, batch_id, F_ID, .must = true),
	FIELD(batch_in, ids, F_TEXTS, .label = N_("Who"), .max = 30),
	FIELD(batch_in, outcome, F_CHOICE, .label = N_("Decision"), .must = true, .choices = admission_outcomes),
	FIELD(batch_in, words, F_LONG, .label = N_("Reason"), .hint = N_("Told to who is refused."), .max = ADMISSION_WORDS_MAX),
	FIELD_END,
};

static enum err decide_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_batch_row b;
	(void)state;
	(void)a;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	return admission_decide_many(cx, &(struct admission_many){ NONE, in->batch_id, in->ids, in->outcome, in->words });
}

static const struct field nominate_in[] = {
	FIELD(batch_in, batch_id, F_ID, .must = true),
	FIELD(batch_in, people, F_LONG, .label = N_("People"), .hint = N_("Employee number, e-mail address or mobile number, one a line."), .must = true,
	      .personal = true, .max = 20000),
	FIELD_END,
};

static enum err nominate_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_nominate n = { .batch_id = in->batch_id, .org_id = NONE };
	struct admission_batch_row b;
	(void)state;
	(void)a;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	TRY(admission_people(cx, &(struct strs){ 0 }, in->people, &n));
	return admission_nominate(cx, &n);
}

/* ── one of them ── */

static enum err one_of(struct ctx *cx, const struct batch_in *in, struct admission_batch_row *b, struct admission_one_row *ret)
{
	bool found = false;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, b));
	TRY(admission_sql_one(cx, in->admission_id, ret, &found));
	return found && ret->batch_id == in->batch_id ? OK : fail(cx, ERR_NOT_FOUND, "admission_id", N_("There is no such request here."));
}

static enum err one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_one_page *v = ARENA_NEW(cx->arena, struct admission_one_page);
	struct admission_batch_row b;
	struct admission_one_row r;
	struct admission_gender_row gender;
	bool said = false;
	(void)state;
	TRY(one_of(cx, in, &b, &r));
	TRY(admission_head(cx, &b, &v->batch));
	enum admission_side due = admission_due(b.approval, r.step);
	v->item = (struct admission_item){ .id = r.id,
					   .batch_id = b.id,
					   .person_id = r.person_id,
					   .asked_at = r.asked_at,
					   .name = r.name,
					   .called = r.called,
					   .org = org_name(cx, r.org_en, r.org_hi),
					   .service = r.service,
					   .state = r.state,
					   .state_name = admission_state_name(cx, r.state, due),
					   .how_name = how_name(cx, r.how),
					   .bed = r.bed,
					   .bed_given = r.bed_given,
					   .has_left = str_is(r.person_state, "left"),
					   .waits = str_is(r.state, "waiting"),
					   .admitted = str_is(r.state, "admitted"),
					   .due = str_is(r.state, "asked") && due == SIDE_COORDINATOR };
	v->open = v->item.waits || v->item.admitted || str_is(r.state, "asked");
	v->may_first = v->item.waits && cx->now < b.starts_at;
	v->may_print = !str_is(b.state, "cancelled") && (v->item.admitted || (v->open && str_is(r.how, "nominated")));
	v->may_bed = v->item.admitted && v->batch.hostel;
	if (v->may_bed)
		TRY(admission_sql_gender(cx, r.person_id, &gender, &said));
	v->gender = said ? gender.value : S("");
	TRY(admission_steps(cx, r.id, &v->steps, &v->n_steps));
	ANSWER_ROW(a, &v->item);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = r.name;
	return OK;
}

static const struct field words_in[] = {
	FIELD(batch_in, batch_id, F_ID, .must = true),
	FIELD(batch_in, admission_id, F_ID, .must = true),
	FIELD(batch_in, words, F_LONG, .label = N_("Reason"), .hint = N_("The person reads it."), .must = true, .max = ADMISSION_WORDS_MAX),
	FIELD_END,
};

static enum err remove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_batch_row b;
	struct admission_one_row r;
	(void)state;
	(void)a;
	TRY(one_of(cx, in, &b, &r));
	return admission_remove(cx, &r, in->words);
}

static enum err first_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_batch_row b;
	struct admission_one_row r;
	(void)state;
	(void)a;
	TRY(one_of(cx, in, &b, &r));
	return admission_first(cx, &r, in->words);
}

static const struct field bed_in[] = {
	FIELD(batch_in, batch_id, F_ID, .must = true),
	FIELD(batch_in, admission_id, F_ID, .must = true),
	FIELD(batch_in, give, F_BOOL, .label = N_("Has a bed")),
	FIELD_END,
};

static enum err bed_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_batch_row b;
	struct admission_one_row r;
	(void)state;
	(void)a;
	TRY(one_of(cx, in, &b, &r));
	return admission_bed(cx, &r, in->give);
}

/* ── clashes ── */

struct clashes_in {
	int64_t batch_id;
	struct str after;
};
static const struct field clashes_in[] = { FIELD(clashes_in, batch_id, F_ID, .must = true), FIELD(clashes_in, after, F_TEXT, .max = 300), FIELD_END };

static const struct field clash_out[] = {
	FIELD(admission_clash_line, id, F_ID),
	FIELD(admission_clash_line, name, F_TEXT, .personal = true),
	FIELD(admission_clash_line, ours, F_TEXT),
	FIELD(admission_clash_line, our_start, F_TIME),
	FIELD(admission_clash_line, other, F_TEXT),
	FIELD(admission_clash_line, theirs, F_TEXT),
	FIELD(admission_clash_line, their_start, F_TIME),
	FIELD_END,
};

/* A place in the list: where our session begins, the session, the request, their session, the key of the name. */
struct clash_place {
	int64_t at, session_id, admission_id, their_id;
	struct str key;
};

/* What is no place is the beginning. */
static struct clash_place clash_place_of(struct str after)
{
	struct clash_place p = { 0 };
	int64_t *const numbers[] = { &p.at, &p.session_id, &p.admission_id, &p.their_id };
	struct str rest = after, number;
	for (size_t i = 0; i < sizeof numbers / sizeof *numbers; i++)
		if (!str_cut(&rest, ' ', &number) || !str_int(number, numbers[i]))
			return (struct clash_place){ .key = S("") };
	p.key = rest.p ? rest : S("");
	return p;
}

static enum err clashes_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct clashes_in *in = input;
	const struct clash_place p = clash_place_of(in->after);
	struct admission_clashes_page *v = ARENA_NEW(cx->arena, struct admission_clashes_page);
	struct admission_batch_row b;
	struct admission_n_clashes_row all;
	struct admission_clashes_row *r;
	size_t n;
	(void)state;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	TRY(admission_head(cx, &b, &v->batch));
	TRY(admission_sql_n_clashes(cx, b.id, &all));
	v->n = all.n;
	TRY(admission_sql_clashes(cx, b.id, p.at, p.session_id, p.key, p.admission_id, p.their_id, ADMISSION_PAGE + 1, &r, &n));
	v->n_lines = n > ADMISSION_PAGE ? ADMISSION_PAGE : n;
	v->lines = ARENA_ARRAY(cx->arena, struct admission_clash_line, v->n_lines + 1);
	for (size_t i = 0; i < v->n_lines; i++)
		v->lines[i] = (struct admission_clash_line){
			r[i].id,    b.id, r[i].our_start, r[i].starts_at, r[i].name, r[i].ours, admission_called(cx, r[i].title, r[i].title_hi, r[i].batch),
			r[i].theirs
		};
	if (n > ADMISSION_PAGE) {
		const struct admission_clashes_row *last = &r[ADMISSION_PAGE - 1];
		a->next = str_fmt(cx->arena, "%lld %lld %lld %lld %.*s", (long long)last->our_start, (long long)last->our_id, (long long)last->id,
				  (long long)last->their_id, STR_ARG(last->sort_key));
		v->next = str_fmt(cx->arena, "/batches/%lld/clashes?after=%s", (long long)b.id, url_encoded(cx, a->next).p);
	}
	ANSWER_ROWS(a, v->lines, v->n_lines);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Clashes"));
	return OK;
}

/* ── on paper ── */

static enum err letters_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_batch_row b;
	(void)state;
	TRY(admission_batch_of_coordinator(cx, in->batch_id, &b));
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "letters-%lld.pdf", (long long)b.id);
	return admission_letters(cx, b.id, &a->bytes);
}

static enum err letter_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct batch_in *in = input;
	struct admission_batch_row b;
	struct admission_one_row r;
	(void)state;
	TRY(one_of(cx, in, &b, &r));
	a->type = "application/pdf";
	a->filename = str_fmt(cx->arena, "letter-%lld.pdf", (long long)r.id);
	return admission_letter(cx, b.id, r.id, &a->bytes);
}

#define BATCH "/batches/{batch_id}"
#define REQUESTS BATCH "/requests"
#define ONE REQUESTS "/{admission_id}"
#define OF .may = MAY_LEARN, .scope = SCOPE_NONE, .in_size = sizeof(struct batch_in)
const struct action admission_actions[] = {
	{ .name = "admission.list",
	  .method = GET,
	  .page = REQUESTS,
	  .api = "/api/v1" REQUESTS,
	  OF,
	  .in = list_in,
	  .out = item_out,
	  .out_list = true,
	  .run = list_run,
	  .html = admission_batch_view,
	  .summary = "Requests for a batch in one state, in the order of asking; for its coordinators." },
	{ .name = "admission.decide",
	  .method = POST,
	  .page = BATCH "/decide",
	  .api = "/api/v1" BATCH "/decide",
	  OF,
	  .in = decide_in,
	  .run = decide_run,
	  .form = "admission.list",
	  .then = REQUESTS,
	  .notice = N_("It is decided, and people are told."),
	  .summary = "A coordinator says yes or no to some of the requests, at most 200." },
	{ .name = "admission.nominate_batch",
	  .method = POST,
	  .page = BATCH "/nominate",
	  .api = "/api/v1" BATCH "/nominate",
	  OF,
	  .in = nominate_in,
	  .run = nominate_run,
	  .form = "admission.list",
	  .then = REQUESTS,
	  .notice = N_("They are nominated, and are told."),
	  .summary = "A coordinator nominates people, at most 200, all or none." },
	{ .name = "admission.letters",
	  .method = GET,
	  .page = BATCH "/letters",
	  OF,
	  .in = batch_in,
	  .run = letters_run,
	  .summary = "The letters of everybody who has a seat, as one PDF." },
	{ .name = "admission.clashes",
	  .method = GET,
	  .page = BATCH "/clashes",
	  .api = "/api/v1" BATCH "/clashes",
	  .may = MAY_LEARN,
	  .scope = SCOPE_NONE,
	  .in = clashes_in,
	  .in_size = sizeof(struct clashes_in),
	  .out = clash_out,
	  .out_list = true,
	  .run = clashes_run,
	  .html = admission_clashes_view,
	  .summary = "Who of a batch has sessions elsewhere at the same time by now." },
	{ .name = "admission.one",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  OF,
	  .in = one_in,
	  .out = item_out,
	  .run = one_run,
	  .html = admission_one_view,
	  .summary = "One request with all that happened to it." },
	{ .name = "admission.letter",
	  .method = GET,
	  .page = ONE "/letter",
	  OF,
	  .in = one_in,
	  .run = letter_run,
	  .summary = "The letter of one person, as PDF." },
	{ .name = "admission.remove",
	  .method = POST,
	  .page = ONE "/remove",
	  .api = "/api/v1" ONE "/remove",
	  OF,
	  .in = words_in,
	  .run = remove_run,
	  .form = "admission.one",
	  .then = ONE,
	  .notice = N_("The person is taken out and told."),
	  .summary = "Takes somebody out of a batch; the seat goes to who waits." },
	{ .name = "admission.first",
	  .method = POST,
	  .page = ONE "/first",
	  .api = "/api/v1" ONE "/first",
	  OF,
	  .in = words_in,
	  .run = first_run,
	  .form = "admission.one",
	  .then = ONE,
	  .notice = N_("The person is the first of those who wait."),
	  .summary = "Puts somebody in front of all who wait, with a reason." },
	{ .name = "admission.bed",
	  .method = POST,
	  .page = ONE "/bed",
	  .api = "/api/v1" ONE "/bed",
	  OF,
	  .in = bed_in,
	  .run = bed_run,
	  .form = "admission.one",
	  .then = ONE,
	  .notice = N_("The bed is noted."),
	  .summary = "Gives a bed of the hostel, or takes it." },
	ACTION_END,
};
