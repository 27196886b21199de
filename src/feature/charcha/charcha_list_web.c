/* Lists of people to be registered for a charcha, in the browser and over the API. */
#include "charcha_list_html.h"
#include "feature/charcha/charcha.h"
#include "feature/charcha/charcha_words.h"
#include "feature/org/org.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

#include <stdio.h>

struct list_in {
	int64_t org_id, charcha_id, list_id;
	struct str file, file_name;
};
#define ONE_FIELDS FIELD(list_in, org_id, F_ID, .must = true), FIELD(list_in, charcha_id, F_ID, .must = true)
static const struct field add_in[] = {
	ONE_FIELDS,
	FIELD(list_in, file, F_TEXT, .label = N_("The list"), .hint = N_("CSV with a column person: an employee number, an e-mail address or a mobile number."),
	      .must = true, .max = 4000),
	FIELD(list_in, file_name, F_TEXT, .max = 200),
	FIELD_END,
};
static const struct field one_in[] = { ONE_FIELDS, FIELD(list_in, list_id, F_ID, .must = true), FIELD_END };

struct made_list {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made_list, id, F_ID), FIELD_END };

static enum err add_prepare(struct ctx *cx, const void *input, void **ret_state)
{
	const struct list_in *in = input;
	struct str *text = ARENA_NEW(cx->arena, struct str);
	FILE *f = fopen(str_c(cx->arena, in->file), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, CHARCHA_LIST_BYTES);
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
	const struct list_in *in = input;
	const struct str *text = state;
	struct made_list *row = ARENA_NEW(cx->arena, struct made_list);
	TRY(charcha_list_look(cx, in->org_id, in->charcha_id, in->file_name.n ? in->file_name : S("people.csv"), *text, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/orgs/%lld/charchas/%lld/lists/%lld", (long long)in->org_id, (long long)in->charcha_id, (long long)row->id);
	return OK;
}

static const struct field show_out[] = {
	FIELD(charcha_list_page, id, F_ID),
	FIELD(charcha_list_page, name, F_TEXT),
	FIELD(charcha_list_page, state, F_TEXT),
	FIELD(charcha_list_page, rows, F_INT),
	FIELD(charcha_list_page, good, F_INT),
	FIELD(charcha_list_page, faults, F_INT),
	FIELD_END,
};

static enum err show_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct charcha_list_page *v = ARENA_NEW(cx->arena, struct charcha_list_page);
	struct charcha_list_one_row l;
	struct charcha_one_row c;
	struct charcha_fault *f;
	(void)state;
	TRY(charcha_of(cx, in->org_id, in->charcha_id, &c));
	TRY(charcha_list_of(cx, in->charcha_id, in->list_id, &l));
	bool looked = str_is(l.state, "looked"), done = str_is(l.state, "done");
	*v = (struct charcha_list_page){ .org_id = in->org_id,
					 .charcha_id = c.id,
					 .id = l.id,
					 .rows = l.n_rows,
					 .good = l.n_good,
					 .faults = l.n_faults,
					 .org = org_name(cx, c.org_en, c.org_hi),
					 .theme = charcha_theme(cx, c.theme, c.theme_hi),
					 .name = l.name,
					 .state = l.state,
					 .state_name = str_of(tr(cx->lang, looked ? N_("looked at")
									   : done ? N_("carried out")
										  : N_("taken back"))),
					 .may_apply = looked && !l.n_faults,
					 .may_undo = done && cx->now < c.held_at };
	v->n_wrong = charcha_list_faults(cx, l.faults, &f);
	v->wrong = ARENA_ARRAY(cx->arena, struct charcha_wrong, v->n_wrong);
	for (size_t i = 0; i < v->n_wrong; i++)
		v->wrong[i] = (struct charcha_wrong){ f[i].line, str_of(tr(cx->lang, str_c(cx->arena, f[i].text))) };
	ANSWER_ROW(a, v);
	a->view = v;
	a->nav = NAV_ORG;
	a->title = v->name;
	return OK;
}

static enum err apply_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	(void)state;
	(void)a;
	return charcha_list_apply(cx, in->org_id, in->charcha_id, in->list_id);
}

static enum err undo_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	(void)state;
	(void)a;
	return charcha_list_undo(cx, in->org_id, in->charcha_id, in->list_id);
}

#define LISTS "/orgs/{org_id}/charchas/{charcha_id}/lists"
#define LIST LISTS "/{list_id}"
#define IN .in_size = sizeof(struct list_in)
#define MANAGES .may = MAY_CHARCHA_MANAGE, .scope = SCOPE_ORG
const struct action charcha_list_actions[] = {
	{ .name = "charcha_org.list_add",
	  .method = POST,
	  .page = LISTS,
	  .api = "/api/v1" LISTS,
	  MANAGES,
	  .in = add_in,
	  IN,
	  .out = made_out,
	  .prepare = add_prepare,
	  .run = add_run,
	  .form = "charcha_org.show",
	  .then = LISTS,
	  .upload = true,
	  .max_body = 1 << 20,
	  .summary = "Looks at a list of people to be registered; registers nobody." },
	{ .name = "charcha_org.list_show",
	  .method = GET,
	  .page = LIST,
	  .api = "/api/v1" LIST,
	  MANAGES,
	  .in = one_in,
	  IN,
	  .out = show_out,
	  .run = show_run,
	  .html = charcha_list_view,
	  .summary = "A list, what it would do, and what is wrong with it." },
	{ .name = "charcha_org.list_apply",
	  .method = POST,
	  .page = LIST "/apply",
	  .api = "/api/v1" LIST "/apply",
	  MANAGES,
	  .in = one_in,
	  IN,
	  .run = apply_run,
	  .form = "charcha_org.list_show",
	  .then = LIST,
	  .notice = N_("They are registered."),
	  .summary = "Registers the people of a list." },
	{ .name = "charcha_org.list_undo",
	  .method = POST,
	  .page = LIST "/undo",
	  .api = "/api/v1" LIST "/undo",
	  MANAGES,
	  .in = one_in,
	  IN,
	  .run = undo_run,
	  .form = "charcha_org.list_show",
	  .then = LIST,
	  .notice = N_("They are no longer registered."),
	  .summary = "Takes a list back." },
	ACTION_END,
};
