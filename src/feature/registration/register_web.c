/* The public pages: registering oneself. */
#include "feature/account/account_let_in.h"
#include "feature/org/org.h"
#include "feature/registration/registration.h"
#include "feature/registration/registration_page.h"
#include "register_codes_html.h"
#include "register_html.h"
#include "register_waits_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

/* ── asking ── */

static const struct field link_in[] = { FIELD(registration_ask, code, F_TEXT, .must = true, .max = 64), FIELD_END };

static enum err put_form(struct ctx *cx, struct register_page *v, struct answer *a)
{
	struct registration_designations_row *r;
	v->with_mobile = cx->app->sms_url.n > 0;
	TRY(registration_sql_designations(cx, &r, &v->n_designations));
	v->designations = ARENA_ARRAY(cx->arena, struct register_choice, v->n_designations);
	for (size_t i = 0; i < v->n_designations; i++)
		v->designations[i] = (struct register_choice){ r[i].id, org_name(cx, r[i].name_en, r[i].name_hi) };
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Register"));
	return OK;
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return put_form(cx, ARENA_NEW(cx->arena, struct register_page), a);
}

static enum err link_page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct registration_ask *in = input;
	struct register_page *v = ARENA_NEW(cx->arena, struct register_page);
	struct registration_way_of_code_row w;
	bool found = false;
	(void)state;
	TRY(way_of_code(cx, in->code, &w, &found));
	v->code = in->code;
	v->by_link = true;
	v->over = !found;
	v->org = found ? org_name(cx, w.name_en, w.name_hi) : S("");
	return put_form(cx, v, a);
}

#define ASK_FIELDS                                                                                                                                         \
	FIELD(registration_ask, name, F_TEXT, .label = N_("Name"), .hint = N_("As it is to stand on certificates, in any script."), .must = true, .personal = true, .max = 200, \
	      .autocomplete = "name"),                                                                                                                     \
		FIELD(registration_ask, email, F_TEXT, .label = N_("Official e-mail address"), .must = true, .personal = true, .max = 254, .autocomplete = "email"), \
		FIELD(registration_ask, mobile, F_TEXT, .label = N_("Mobile number"), .personal = true, .max = 20, .autocomplete = "tel"),                 \
		FIELD(registration_ask, employee_no, F_TEXT, .label = N_("Employee number"), .personal = true, .max = 40),                                 \
		FIELD(registration_ask, designation, F_TEXT, .label = N_("Designation"), .must = true, .max = 20)

static const struct field ask_in[] = { ASK_FIELDS, FIELD_END };
static const struct field ask_link_in[] = { ASK_FIELDS, FIELD(registration_ask, code, F_TEXT, .must = true, .max = 64), FIELD_END };

static void put_codes(struct ctx *cx, struct str handle, struct answer *a)
{
	struct register_codes_page *v = ARENA_NEW(cx->arena, struct register_codes_page);
	v->handle = handle;
	v->with_mobile = cx->app->sms_url.n > 0;
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Prove your contacts"));
}

static enum err ask_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct str handle;
	(void)state;
	TRY(registration_ask(cx, input, &handle));
	put_codes(cx, handle, a);
	return OK;
}

void html_register_designations(struct html_out *o, const struct register_page *v)
{
	struct str chosen = form_old(o, "designation", S(""));
	html_option(o, S(""), chosen, S(""));
	for (size_t i = 0; i < v->n_designations; i++)
		html_option(o, str_fmt(o->cx->arena, "%lld", (long long)v->designations[i].id), chosen, v->designations[i].name);
}

/* ── proving ── */

struct prove_in {
	struct str handle, email_code, mobile_code;
};
static const struct field codes_in[] = { FIELD(prove_in, handle, F_SECRET, .max = 64), FIELD_END };
static const struct field prove_in[] = {
	FIELD(prove_in, handle, F_SECRET, .must = true, .max = 64),
	FIELD(prove_in, email_code, F_SECRET, .label = N_("Code from the e-mail"), .must = true, .max = 20, .autocomplete = "one-time-code"),
	FIELD(prove_in, mobile_code, F_SECRET, .label = N_("Code from the short message"), .max = 20, .autocomplete = "one-time-code"),
	FIELD_END,
};

static enum err codes_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct prove_in *in = input;
	(void)state;
	put_codes(cx, in->handle, a);
	return OK;
}

static enum err prove_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct prove_in *in = input;
	int64_t person;
	bool good;
	(void)state;
	TRY(registration_prove(cx, in->handle, in->email_code, in->mobile_code.n ? in->mobile_code : S(""), &good, &person));
	if (!good) {
		(void)!fail(cx, ERR_INVALID, "email_code", N_("does not fit, or one of the codes has run out; after five wrong tries register once more"));
		a->refused = ERR_INVALID;
		return OK;
	}
	a->then = S("/register/waits");
	return person == NONE ? OK : account_let_in(cx, person, S("/"), a);
}

void html_register_handle(struct html_out *o, const struct register_codes_page *v)
{
	buf_lit(&o->b, "<input type=\"hidden\" name=\"handle\" value=\"");
	html_attr(o, form_old(o, "handle", v->handle));
	buf_lit(&o->b, "\">");
}

static enum err waits_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	a->view = ARENA_NEW(cx->arena, struct register_waits_page);
	ANSWER_TITLE(cx, a, N_("Your registration waits"));
	return OK;
}

const struct action register_actions[] = {
	{ .name = "register.page", .method = GET, .page = "/register", .may = MAY_ANYONE, .run = page_run, .html = register_view,
	  .summary = "The page to register oneself by an official e-mail address." },
	{ .name = "register.ask", .method = POST, .page = "/register", .may = MAY_ANYONE, .in = ask_in, .in_size = sizeof(struct registration_ask), .run = ask_run,
	  .html = register_codes_view, .form = "register.page", .summary = "Registers; codes go to the contacts. Does not say whether they are known." },
	{ .name = "register.codes", .method = GET, .page = "/register/codes", .may = MAY_ANYONE, .in = codes_in, .in_size = sizeof(struct prove_in), .run = codes_run,
	  .html = register_codes_view, .summary = "The page to enter the codes." },
	{ .name = "register.prove", .method = POST, .page = "/register/codes", .may = MAY_ANYONE, .in = prove_in, .in_size = sizeof(struct prove_in), .run = prove_run,
	  .form = "register.codes", .then = "/", .summary = "Proves the contacts; lets in at once, or waits for a yes." },
	{ .name = "register.waits", .method = GET, .page = "/register/waits", .may = MAY_ANYONE, .run = waits_run, .html = register_waits_view,
	  .summary = "What happens next." },
	{ .name = "register.link_page", .method = GET, .page = "/register/by/{code}", .may = MAY_ANYONE, .in = link_in, .in_size = sizeof(struct registration_ask),
	  .run = link_page_run, .html = register_view, .summary = "The page to register oneself by a link of an organisation." },
	{ .name = "register.ask_link", .method = POST, .page = "/register/by/{code}", .may = MAY_ANYONE, .in = ask_link_in, .in_size = sizeof(struct registration_ask),
	  .run = ask_run, .html = register_codes_view, .form = "register.link_page", .summary = "Registers by a link; as register.ask." },
	ACTION_END,
};
