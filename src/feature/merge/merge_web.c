/* Pages about double accounts: what was found, two side by side, joining, taking back. */
#include "duplicates_html.h"
#include "feature/merge/merge.h"
#include "feature/merge/merge_page.h"
#include "feature/names/names.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "merge_html.h"
#include "web/action.h"
#include "web/lang.h"

#include <stdio.h>

enum { PAIRS = 30 };

void html_agrees(struct html_out *o, struct str agrees)
{
	static const struct {
		const char *word, *text;
	} all[] = { { "name", N_("same name") }, { "office", N_("same office") }, { "designation", N_("same designation") }, { "e-mail", N_("same e-mail before the @") },
		    { "number", N_("same employee number but for its signs") } };
	struct str word;
	for (bool first = true; str_cut(&agrees, ' ', &word); first = false)
		for (size_t i = 0; i < sizeof all / sizeof *all; i++)
			if (str_is(word, all[i].word)) {
				if (!first)
					html_text(o, S(" · "));
				html_text(o, str_of(tr(o->cx->lang, all[i].text)));
			}
}

/* ── what was found ── */

struct page_in {
	int64_t org_id;
	struct str after; /* LIKENESS-A-B */
};
static const struct field page_in[] = { FIELD(page_in, org_id, F_ID, .must = true), FIELD(page_in, after, F_TEXT, .max = 60), FIELD_END };
static const struct field pair_out[] = {
	FIELD(duplicate_item, a_id, F_ID), FIELD(duplicate_item, b_id, F_ID), FIELD(duplicate_item, likeness, F_INT), FIELD(duplicate_item, agrees, F_TEXT),
	FIELD(duplicate_item, a_name, F_TEXT, .personal = true), FIELD(duplicate_item, b_name, F_TEXT, .personal = true),
	FIELD(duplicate_item, a_number, F_TEXT, .personal = true), FIELD(duplicate_item, b_number, F_TEXT, .personal = true), FIELD(duplicate_item, a_org, F_TEXT),
	FIELD(duplicate_item, b_org, F_TEXT), FIELD_END,
};

static enum err put_pairs(struct ctx *cx, const struct page_in *in, struct duplicates_page *v, struct answer *a)
{
	struct merge_pairs_row *r;
	struct str rest = in->after, part;
	int64_t at[3] = { NONE, NONE, NONE };
	size_t n;
	for (size_t i = 0; i < 3 && str_cut(&rest, '-', &part); i++)
		if (!str_int(part, &at[i]))
			return fail(cx, ERR_INVALID, "after", N_("is not a valid reference"));
	if (in->after.n && at[2] == NONE)
		return fail(cx, ERR_INVALID, "after", N_("is not a valid reference"));
	TRY(merge_sql_pairs(cx, in->org_id, at[0], at[1], at[2], PAIRS + 1, &r, &n));
	v->n_pairs = n > PAIRS ? PAIRS : n;
	v->pairs = ARENA_ARRAY(cx->arena, struct duplicate_item, v->n_pairs);
	for (size_t i = 0; i < v->n_pairs; i++)
		v->pairs[i] = (struct duplicate_item){ .org_id = in->org_id, .a_id = r[i].a_id, .b_id = r[i].b_id, .likeness = r[i].likeness, .agrees = r[i].agrees,
						       .a_name = r[i].a_name, .b_name = r[i].b_name, .a_number = r[i].a_number, .b_number = r[i].b_number,
						       .a_org = org_name(cx, r[i].a_org_en, r[i].a_org_hi), .b_org = org_name(cx, r[i].b_org_en, r[i].b_org_hi),
						       .a_left = str_is(r[i].a_state, "left"), .b_left = str_is(r[i].b_state, "left") };
	if (n > PAIRS) {
		const struct duplicate_item *last = &v->pairs[PAIRS - 1];
		a->next = str_fmt(cx->arena, "%lld-%lld-%lld", (long long)last->likeness, (long long)last->a_id, (long long)last->b_id);
		v->next = str_fmt(cx->arena, "/orgs/%lld/duplicates?after=%.*s", (long long)in->org_id, STR_ARG(a->next));
	}
	return OK;
}

static enum err put_merges(struct ctx *cx, struct duplicates_page *v)
{
	struct merge_done_row *r;
	TRY(merge_sql_done(cx, v->id, cx->now - MERGE_UNDO, &r, &v->n_merges));
	v->merges = ARENA_ARRAY(cx->arena, struct merge_item, v->n_merges);
	for (size_t i = 0; i < v->n_merges; i++)
		v->merges[i] = (struct merge_item){ .id = r[i].id, .org_id = v->id, .merged_at = r[i].merged_at, .kept = r[i].kept, .closed = r[i].closed,
						    .merger = r[i].merger, .undone = r[i].undone_at != NONE };
	return OK;
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct page_in *in = input;
	struct duplicates_page *v = ARENA_NEW(cx->arena, struct duplicates_page);
	struct merge_looking_row looking;
	bool found = false;
	(void)state;
	v->id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_pairs(cx, in, v, a));
	TRY(put_merges(cx, v));
	TRY(merge_sql_looking(cx, str_fmt(cx->arena, "%lld", (long long)in->org_id), &looking, &found));
	v->working = looking.working > 0;
	v->looked_at = looking.ended_at == NONE ? 0 : looking.ended_at;
	ANSWER_ROWS(a, v->pairs, v->n_pairs);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Double accounts"));
	return OK;
}

static const struct field org_in[] = { FIELD(page_in, org_id, F_ID, .must = true), FIELD_END };

static enum err look_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct page_in *in = input;
	(void)state;
	(void)a;
	return merge_look(cx, in->org_id);
}

/* ── two side by side ── */

static const struct field two_in[] = {
	FIELD(merge_join, org_id, F_ID, .must = true), FIELD(merge_join, kept_id, F_ID, .must = true), FIELD(merge_join, closed_id, F_ID, .must = true), FIELD_END,
};
static const struct field two_out[] = {
	FIELD(merge_page, kept_id, F_ID), FIELD(merge_page, closed_id, F_ID), FIELD(merge_page, both_courses, F_INT), FIELD(merge_page, both_completed, F_INT),
	FIELD(merge_page, why_not, F_TEXT), FIELD_END,
};

static enum err put_side(struct ctx *cx, const struct merge_place_row *p, struct account_side *s)
{
	struct merge_sums_row n;
	TRY(merge_sql_sums(cx, p->id, &n));
	*s = (struct account_side){
		.id = p->id, .created_at = p->created_at, .from_day = p->from_day, .until_day = p->until_day == NONE ? 0 : p->until_day,
		.seen_at = n.seen_at == NONE ? 0 : n.seen_at, .courses = n.courses, .completed = n.completed, .certificates = n.certificates, .attempts = n.attempts,
		.learned_ms = n.learned_ms, .name = p->name, .employee_no = p->employee_no, .email = p->email, .mobile = p->mobile,
		.designation = org_name(cx, p->designation_en, p->designation_hi), .org = org_name(cx, p->org_en, p->org_hi), .left = str_is(p->state, "left"),
	};
	return OK;
}

static struct str goes(struct str kept, struct str closed)
{
	return kept.n ? STR_NONE : closed;
}

/* What stands in the way is shown on the page; the sentence is not a failure of the page. */
static enum err put_judgement(struct ctx *cx, enum err e, struct merge_page *v)
{
	if (e != ERR_CONFLICT && e != ERR_FORBIDDEN)
		return e;
	v->why_not = str_of(tr(cx->lang, cx->failures[cx->n_failures - 1].text));
	cx->n_failures--;
	return OK;
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct merge_join *in = input;
	struct merge_page *v = ARENA_NEW(cx->arena, struct merge_page);
	struct merge_place_row kept, closed;
	struct merge_both_row both;
	(void)state;
	*v = (struct merge_page){ .id = in->org_id, .kept_id = in->kept_id, .closed_id = in->closed_id, .n_sides = 2 };
	TRY(put_judgement(cx, merge_may(cx, in, &kept, &closed), v));
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(put_side(cx, &kept, &v->sides[0]));
	TRY(put_side(cx, &closed, &v->sides[1]));
	TRY(merge_sql_both(cx, in->closed_id, in->kept_id, &both));
	v->names_differ = !str_eq(names_sound(cx->arena, kept.name), names_sound(cx->arena, closed.name));
	v->both_courses = both.courses;
	v->both_completed = both.completed;
	v->number_goes = goes(kept.employee_no, closed.employee_no);
	v->email_goes = goes(kept.email, closed.email);
	v->mobile_goes = goes(kept.mobile, closed.mobile);
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Two accounts of one person?"));
	return OK;
}

struct find_in {
	int64_t org_id;
	struct str kept, closed;
};
static const struct field find_in[] = {
	FIELD(find_in, org_id, F_ID, .must = true),
	FIELD(find_in, kept, F_TEXT, .label = N_("Account to be kept"), .hint = N_("Employee number, e-mail or mobile number."), .must = true, .max = 200, .personal = true),
	FIELD(find_in, closed, F_TEXT, .label = N_("Account to be closed"), .must = true, .max = 200, .personal = true),
	FIELD_END,
};

static enum err called(struct ctx *cx, int64_t org_id, struct str typed, const char *field, int64_t *ret)
{
	struct merge_called_row r;
	struct merge_place_row place;
	struct str login = person_login(cx, typed);
	bool found = false, here = false;
	TRY(merge_sql_called(cx, str_trim(typed), login.n ? login : S(""), &r, &found));
	if (found)
		TRY(merge_sql_place(cx, r.id, org_id, &place, &here));
	if (!here)
		return fail(cx, ERR_INVALID, field, N_("is nobody who is posted here or below, or was last"));
	*ret = r.id;
	return OK;
}

/* By POST, since numbers and addresses of people do not belong into addresses of pages. */
static enum err find_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct find_in *in = input;
	int64_t kept, closed;
	(void)state;
	enum err e = called(cx, in->org_id, in->kept, "kept", &kept), also = called(cx, in->org_id, in->closed, "closed", &closed);
	TRY(e);
	TRY(also);
	a->then = str_fmt(cx->arena, "/orgs/%lld/duplicates/%lld/%lld", (long long)in->org_id, (long long)kept, (long long)closed);
	return OK;
}

/* ── joining ── */

struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static enum err join_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	ANSWER_ROW(a, row);
	return merge_join(cx, input, &row->id);
}

static enum err dismiss_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)state;
	(void)a;
	return merge_dismiss(cx, input);
}

struct undo_in {
	int64_t org_id, merge_id;
};
static const struct field undo_in[] = { FIELD(undo_in, org_id, F_ID, .must = true), FIELD(undo_in, merge_id, F_ID, .must = true), FIELD_END };

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct undo_in *in = input;
	(void)state;
	(void)a;
	return merge_undo(cx, in->org_id, in->merge_id);
}

#define PAGE "/orgs/{org_id}/duplicates"
#define TWO PAGE "/{kept_id}/{closed_id}"
#define MAY .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG

const struct action merge_actions[] = {
	{ .name = "merge.page", .method = GET, .page = PAGE, .api = "/api/v1" PAGE, MAY, .in = page_in, .in_size = sizeof(struct page_in), .out = pair_out, .out_list = true,
	  .run = page_run, .html = duplicates_view, .summary = "Pairs of accounts of an organisation and below it that may be of one person, the likeliest first." },
	{ .name = "merge.look", .method = POST, .page = PAGE "/look", .api = "/api/v1" PAGE "/look", MAY, .in = org_in, .in_size = sizeof(struct page_in), .run = look_run,
	  .then = PAGE, .notice = N_("The search is under way; reload the page to see what it found."), .summary = "Looks for accounts that may be of one person." },
	{ .name = "merge.find", .method = POST, .page = PAGE "/find", MAY, .in = find_in, .in_size = sizeof(struct find_in), .run = find_run, .form = "merge.page", .then = PAGE,
	  .quiet = true, .summary = "Finds two accounts by what is known of them; changes nothing." },
	{ .name = "merge.show", .method = GET, .page = TWO, .api = "/api/v1" TWO, MAY, .in = two_in, .in_size = sizeof(struct merge_join), .out = two_out, .run = show_run,
	  .html = merge_view, .summary = "Two accounts side by side, and what joining them would do." },
	{ .name = "merge.join", .method = POST, .page = TWO "/join", .api = "/api/v1" TWO "/join", MAY, .in = two_in, .in_size = sizeof(struct merge_join), .out = made_out,
	  .run = join_run, .form = "merge.show", .then = PAGE, .notice = N_("The accounts are one now. It can be taken back for 30 days."),
	  .summary = "Joins two accounts of one person: everything becomes that of the one that is kept." },
	{ .name = "merge.dismiss", .method = POST, .page = TWO "/dismiss", .api = "/api/v1" TWO "/dismiss", MAY, .in = two_in, .in_size = sizeof(struct merge_join),
	  .run = dismiss_run, .then = PAGE, .notice = N_("Kept as two people; this pair is not shown again."), .summary = "Says that two accounts are of two people." },
	{ .name = "merge.undo", .method = POST, .page = "/orgs/{org_id}/merges/{merge_id}/undo", .api = "/api/v1/orgs/{org_id}/merges/{merge_id}/undo", MAY, .in = undo_in,
	  .in_size = sizeof(struct undo_in), .run = undo_run, .then = PAGE, .notice = N_("Taken back: these are two accounts again, each with its own."),
	  .summary = "Separates two accounts that were joined, for 30 days." },
	ACTION_END,
};
