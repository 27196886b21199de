/* Lists of nominations and decisions in the browser and over the API. */
#include "admission_list_html.h"
#include "feature/admission/admission_list.h"
#include "feature/admission/admission_show.h"
#include "web/action.h"
#include "web/lang.h"

#include <stdio.h>

struct list_in {
	int64_t batch_id, org_id, list_id;
	struct str kind, file, file_name;
};
struct added_list {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added_list, id, F_ID), FIELD_END };
static const struct choice kinds[] = { { "nominate", N_("It nominates people") }, { "decide", N_("It decides about requests") }, { NULL, NULL } };
static const struct field add_in[] = {
	FIELD(list_in, batch_id, F_ID, .must = true),
	FIELD(list_in, kind, F_CHOICE, .label = N_("What the list does"), .must = true, .choices = kinds),
	FIELD(list_in, file, F_TEXT, .label = N_("The list"), .hint = N_("CSV with a first row of names."), .must = true, .max = 4000),
	FIELD(list_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};
static const struct field office_in[] = {
	FIELD(list_in, org_id, F_ID, .must = true),
	FIELD(list_in, batch_id, F_ID, .must = true),
	FIELD(list_in, kind, F_CHOICE, .label = N_("What the list does"), .must = true, .choices = kinds),
	FIELD(list_in, file, F_TEXT, .label = N_("The list"), .hint = N_("CSV with a first row of names."), .must = true, .max = 4000),
	FIELD(list_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};
static const struct field one_in[] = { FIELD(list_in, batch_id, F_ID, .must = true), FIELD(list_in, list_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(admission_list_item, id, F_ID),	     FIELD(admission_list_item, kind, F_TEXT),	FIELD(admission_list_item, name, F_TEXT),
	FIELD(admission_list_item, state, F_TEXT),   FIELD(admission_list_item, n_rows, F_INT), FIELD(admission_list_item, n_good, F_INT),
	FIELD(admission_list_item, n_faults, F_INT), FIELD(admission_list_item, at, F_TIME),	FIELD_END,
};

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct list_in *in = input;
	struct str *text = ARENA_NEW(cx->arena, struct str);
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, ADMISSION_LIST_BYTES_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("must be CSV in UTF-8, at most 256 KB"));
	*text = buf_get(&b);
	*ret_state = text;
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err add(struct ctx *cx, const struct list_in *in, int64_t org_id, const struct str *text, struct answer *a)
{
	struct added_list *row = ARENA_NEW(cx->arena, struct added_list);
	TRY(admission_list_look(cx, &(struct admission_list_add){ in->batch_id, org_id, in->kind, in->file_name.n ? in->file_name : S("list.csv"), *text },
				&row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/batches/%lld/lists/%lld", (long long)in->batch_id, (long long)row->id);
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	return add(cx, input, NONE, state, a);
}

static enum err add_office_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	return add(cx, in, in->org_id, state, a);
}

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct admission_list_page *v = ARENA_NEW(cx->arena, struct admission_list_page);
	struct admission_batch_row b;
	struct admission_list_row l;
	(void)state;
	TRY(admission_list_find(cx, in->batch_id, in->list_id, &l));
	TRY(admission_batch(cx, in->batch_id, &b));
	TRY(admission_head(cx, &b, &v->batch));
	v->list = (struct admission_list_item){ .id = l.id,
						.batch_id = b.id,
						.org_id = l.org_id,
						.n_rows = l.n_rows,
						.n_good = l.n_good,
						.n_faults = l.n_faults,
						.at = l.at,
						.name = l.name,
						.kind = l.kind,
						.kind_name = admission_list_kind(cx, l.kind),
						.state = l.state,
						.state_name = admission_list_state(cx, l.state) };
	v->n_stayed = admission_list_stayed(&l);
	v->back = l.org_id == NONE ? str_fmt(cx->arena, "/batches/%lld/requests", (long long)b.id)
				   : str_fmt(cx->arena, "/orgs/%lld/batches/%lld/nominate", (long long)l.org_id, (long long)b.id);
	v->n_lines = admission_list_lines(cx, l.plan, &v->lines);
	v->looked = (struct looked){
		.may_apply = str_is(l.state, "looked") && !l.n_faults,
		.is_done = str_is(l.state, "done"),
		.path = str_fmt(cx->arena, "/batches/%lld/lists/%lld", (long long)b.id, (long long)l.id),
		.back = v->back,
		.carried_out = str_of(tr(cx->lang, N_("Carried out, exactly these rows are done, in this order, or none."))),
		.taken_back = str_of(tr(cx->lang, N_("It can be taken back until the batch begins; what people have changed since stays as it is."))),
		.apply = "admission_list.apply",
		.undo = "admission_list.undo",
	};
	v->looked.n_wrong = admission_list_faults(cx, l.faults, &v->looked.wrong);
	ANSWER_ROW(a, &v->list);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = l.name;
	return OK;
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	(void)state;
	(void)a;
	return admission_list_apply(cx, in->batch_id, in->list_id);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	int64_t stayed;
	(void)state;
	(void)a;
	return admission_list_undo(cx, in->batch_id, in->list_id, &stayed);
}

#define LISTS "/batches/{batch_id}/lists"
#define ONE LISTS "/{list_id}"
#define OF .may = MAY_LEARN, .scope = SCOPE_NONE, .in_size = sizeof(struct list_in)
const struct action admission_list_actions[] = {
	{ .name = "admission_list.add",
	  .method = POST,
	  .page = LISTS,
	  .api = "/api/v1" LISTS,
	  OF,
	  .in = add_in,
	  .out = added_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .form = "admission.list",
	  .then = LISTS,
	  .upload = true,
	  .max_body = ADMISSION_LIST_BYTES_MAX + (64 << 10),
	  .summary = "A coordinator brings a list of nominations or decisions (CSV); nothing is changed yet." },
	{ .name = "admission_list.add_office",
	  .method = POST,
	  .page = "/orgs/{org_id}/batches/{batch_id}/lists",
	  .api = "/api/v1/orgs/{org_id}/batches/{batch_id}/lists",
	  .may = MAY_NOMINATE,
	  .scope = SCOPE_ORG,
	  .in = office_in,
	  .in_size = sizeof(struct list_in),
	  .out = added_out,
	  .prepare = add_prepare,
	  .run = add_office_run,
	  .form = "admission.search",
	  .then = "/orgs/{org_id}/batches/{batch_id}/lists",
	  .upload = true,
	  .max_body = ADMISSION_LIST_BYTES_MAX + (64 << 10),
	  .summary = "An office brings a list of nominations or decisions (CSV); nothing is changed yet." },
	{ .name = "admission_list.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  OF,
	  .in = one_in,
	  .out = one_out,
	  .run = show_run,
	  .html = admission_list_view,
	  .summary = "A list: what it does and what is wrong with it." },
	{ .name = "admission_list.apply",
	  .method = POST,
	  .page = ONE "/apply",
	  .api = "/api/v1" ONE "/apply",
	  OF,
	  .in = one_in,
	  .run = apply_run,
	  .form = "admission_list.show",
	  .then = ONE,
	  .notice = N_("The list is carried out."),
	  .summary = "Carries out a list without faults, if it still means what it meant." },
	{ .name = "admission_list.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  OF,
	  .in = one_in,
	  .run = undo_run,
	  .form = "admission_list.show",
	  .then = ONE,
	  .notice = N_("The list is taken back."),
	  .summary = "Takes back a list that was carried out; what people changed since stays." },
	ACTION_END,
};
