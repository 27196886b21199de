/* Lists of a session in the browser and over the API. */
#include "attendance_list_html.h"
#include "feature/attendance/attendance_list.h"
#include "feature/attendance/attendance_view.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <stdio.h>

struct add_in {
	int64_t batch_session_id;
	struct str file, file_name;
};
static const struct field add_in[] = {
	FIELD(add_in, batch_session_id, F_ID, .must = true),
	FIELD(add_in, file, F_TEXT, .label = N_("The list"),
	      .hint = N_("CSV with a first row of names: person, there. A person is an employee number, an e-mail address or a mobile number; there is yes or "
			 "no."),
	      .must = true, .max = 4000),
	FIELD(add_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};
struct added {
	int64_t id;
};
static const struct field added_out[] = { FIELD(added, id, F_ID), FIELD_END };

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct add_in *in = input;
	struct str *text = ARENA_NEW(cx->arena, struct str);
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, ATTENDANCE_BYTES_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_INVALID, "file", N_("is larger than 512 KB"));
	*text = buf_get(&b);
	*ret_state = text;
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct add_in *in = input;
	const struct str *text = state;
	struct added *row = ARENA_NEW(cx->arena, struct added);
	struct attendance_session_row s;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(attendance_list_look(cx, &s, in->file_name.n ? in->file_name : S("attendance.csv"), *text, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/batch-sessions/%lld/attendance-lists/%lld", (long long)s.id, (long long)row->id);
	return OK;
}

struct one_in {
	int64_t batch_session_id, list_id;
};
static const struct field one_in[] = { FIELD(one_in, batch_session_id, F_ID, .must = true), FIELD(one_in, list_id, F_ID, .must = true), FIELD_END };
static const struct field one_out[] = {
	FIELD(list_item, id, F_ID),	   FIELD(list_item, name, F_TEXT), FIELD(list_item, state, F_TEXT),
	FIELD(list_item, n_rows, F_INT),   FIELD(list_item, n_new, F_INT), FIELD(list_item, n_same, F_INT),
	FIELD(list_item, n_faults, F_INT), FIELD(list_item, at, F_TIME),   FIELD_END,
};

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct attendance_list_page *v = ARENA_NEW(cx->arena, struct attendance_list_page);
	struct attendance_session_row s;
	struct attendance_list_row l;
	struct attendance_fault *faults;
	(void)state;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	TRY(attendance_list_find(cx, &s, in->list_id, &l));
	v->of = view_class(cx, &s);
	v->looked = (struct looked){
		.may_apply = str_is(l.state, "looked") && !l.n_faults && l.n_new > 0,
		.is_done = str_is(l.state, "done"),
		.path = str_fmt(cx->arena, "/batch-sessions/%lld/attendance-lists/%lld", (long long)s.id, (long long)l.id),
		.back = str_fmt(cx->arena, "/batch-sessions/%lld/attendance", (long long)s.id),
		.carried_out = str_of(
			tr(cx->lang, N_("Carried out, the people below are noted as there for the whole session; who is not in the list stays as he is."))),
		.taken_back = str_of(tr(cx->lang, N_("It can be taken back, whole, while nothing that it noted was changed since."))),
		.apply = "attendance_list.apply",
		.undo = "attendance_list.undo",
	};
	v->list = (struct list_item){ l.id, s.id, l.n_rows, l.n_new, l.n_same, l.n_faults, l.at, l.name, l.state, view_list_state(cx, l.state) };
	v->n_names = attendance_list_names(cx, l.plan, &v->names);
	v->looked.n_wrong = attendance_list_faults(cx, l.faults, &faults);
	v->looked.wrong = ARENA_ARRAY(cx->arena, struct looked_wrong, v->looked.n_wrong + 1);
	for (size_t i = 0; i < v->looked.n_wrong; i++)
		v->looked.wrong[i] = (struct looked_wrong){ faults[i].line, faults[i].sentence };
	ANSWER_ROW(a, &v->list);
	a->view = v;
	a->title = v->list.name;
	return OK;
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct attendance_session_row s;
	(void)state;
	(void)a;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	return attendance_list_apply(cx, &s, in->list_id);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct one_in *in = input;
	struct attendance_session_row s;
	(void)state;
	(void)a;
	TRY(attendance_keeper(cx, in->batch_session_id, &s));
	return attendance_list_undo(cx, &s, in->list_id);
}

#define ALL "/batch-sessions/{batch_session_id}/attendance-lists"
#define ONE ALL "/{list_id}"
const struct action attendance_list_actions[] = {
	{ .name = "attendance_list.add",
	  .method = POST,
	  .page = ALL,
	  .api = "/api/v1" ALL,
	  .may = MAY_LEARN,
	  .in = add_in,
	  .in_size = sizeof(struct add_in),
	  .out = added_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .max_body = ATTENDANCE_BYTES_MAX + (64 << 10),
	  .upload = true,
	  .form = "attendance.show",
	  .summary = "Looks at a list of who was at a session; nothing is changed yet." },
	{ .name = "attendance_list.show",
	  .method = GET,
	  .page = ONE,
	  .api = "/api/v1" ONE,
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .out = one_out,
	  .run = show_run,
	  .html = attendance_list_view,
	  .summary = "What a list would do, or has done." },
	{ .name = "attendance_list.apply",
	  .method = POST,
	  .page = ONE "/apply",
	  .api = "/api/v1" ONE "/apply",
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = apply_run,
	  .form = "attendance_list.show",
	  .then = ONE,
	  .notice = N_("The list is carried out."),
	  .summary = "Carries a list out, whole." },
	{ .name = "attendance_list.undo",
	  .method = POST,
	  .page = ONE "/undo",
	  .api = "/api/v1" ONE "/undo",
	  .may = MAY_LEARN,
	  .in = one_in,
	  .in_size = sizeof(struct one_in),
	  .run = undo_run,
	  .form = "attendance_list.show",
	  .then = ONE,
	  .notice = N_("The list is taken back."),
	  .summary = "Takes a list back that was carried out, whole." },
	ACTION_END,
};
