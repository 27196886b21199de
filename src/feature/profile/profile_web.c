/* Profiles and the fields of an organisation, in the browser and over the API. */
#include "base/clock.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "feature/profile/profile.h"
#include "feature/profile/profile_page.h"
#include "profile_fields_html.h"
#include "profile_html.h"
#include "web/action.h"
#include "web/form.h"
#include "web/lang.h"

static const struct choice kinds[] = {
	{ "text", N_("a line of text") }, { "number", N_("a whole number") }, { "date", N_("a date") }, { "choice", N_("one out of a list") }, { NULL, NULL },
};
static const struct choice sayers[] = { { "self", N_("the person; the office may verify it") }, { "office", N_("only the office") }, { NULL, NULL } };

/* ── a profile ── */

static struct str shown_value(struct ctx *cx, struct str kind, struct str value)
{
	int64_t day;
	return str_is(kind, "date") && clock_parse_date(value, &day) ? fmt_day(cx, day) : value;
}

static enum err put_items(struct ctx *cx, struct profile_page *v)
{
	struct profile_of_person_row *r;
	TRY(profile_sql_of_person(cx, v->person_id, person_today(cx), &r, &v->n_items));
	v->items = ARENA_ARRAY(cx->arena, struct profile_item, v->n_items);
	for (size_t i = 0; i < v->n_items; i++) {
		bool said = r[i].value.p, declared = said && r[i].verified_at == NONE, mine = !v->own || str_is(r[i].said_by, "self");
		v->items[i] = (struct profile_item){ .id = r[i].id,
						     .person_id = v->person_id,
						     .said_at = r[i].said_at,
						     .verified_at = r[i].verified_at,
						     .name = org_name(cx, r[i].name_en, r[i].name_hi),
						     .kind = r[i].kind,
						     .choices = r[i].choices,
						     .value = r[i].value,
						     .shown = shown_value(cx, r[i].kind, r[i].value),
						     .said_by = r[i].said_by,
						     .org = org_name(cx, r[i].org_en, r[i].org_hi),
						     .verifier = r[i].verifier,
						     .may_say = mine,
						     .may_verify = !v->own && declared,
						     .declared = declared };
		v->may_say = v->may_say || mine;
	}
	return OK;
}

static enum err put_head(struct ctx *cx, struct profile_page *v)
{
	struct profile_who_row w;
	bool found = false;
	TRY(profile_sql_who(cx, person_today(cx), v->person_id, &w, &found));
	if (!found)
		return ERR_NOT_FOUND;
	v->name = w.name;
	v->employee_no = w.employee_no;
	v->org_id = w.org_id;
	if (w.org_id == NONE)
		return OK;
	v->org = org_name(cx, w.org_en, w.org_hi);
	v->designation = org_name(cx, w.designation_en, w.designation_hi);
	v->service = w.service;
	v->group = w.cadre_group;
	v->pay_level = w.pay_level;
	v->from_day = w.from_day;
	return OK;
}

static enum err show(struct ctx *cx, int64_t person_id, bool own, struct answer *a)
{
	struct profile_page *v = ARENA_NEW(cx->arena, struct profile_page);
	v->person_id = person_id;
	v->own = own;
	TRY(put_head(cx, v));
	TRY(put_items(cx, v));
	ANSWER_ROWS(a, v->items, v->n_items);
	a->view = v;
	a->nav = own ? NAV_ACCOUNT : NAV_ORG;
	if (own)
		ANSWER_TITLE(cx, a, N_("My profile"));
	else
		a->title = v->name;
	return OK;
}

static const struct field item_out[] = {
	FIELD(profile_item, id, F_ID),	    FIELD(profile_item, name, F_TEXT),	    FIELD(profile_item, kind, F_TEXT),	   FIELD(profile_item, org, F_TEXT),
	FIELD(profile_item, said_by, F_TEXT), FIELD(profile_item, value, F_TEXT, .personal = true), FIELD(profile_item, said_at, F_TIME),
	FIELD(profile_item, verified_at, F_TIME), FIELD_END,
};

static enum err mine_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	(void)input;
	(void)state;
	return show(cx, cx->actor.person_id, true, a);
}

struct person_in {
	int64_t person_id, field_id;
	struct strs values;
};
static const struct field person_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD_END };
#define VALUES_FIELD FIELD(person_in, values, F_TEXTS, .label = N_("Profile"), .personal = true, .max = 4 * PROFILE_VALUE_MAX)
static const struct field say_in[] = { VALUES_FIELD, FIELD_END };
static const struct field set_in[] = { FIELD(person_in, person_id, F_ID, .must = true), VALUES_FIELD, FIELD_END };
static const struct field verify_in[] = { FIELD(person_in, person_id, F_ID, .must = true), FIELD(person_in, field_id, F_ID, .must = true), FIELD_END };

static enum err of_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	return show(cx, in->person_id, false, a);
}

static enum err say_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	(void)a;
	return profile_say(cx, cx->actor.person_id, &in->values, false);
}

/* What the office says of others counts as verified; nobody verifies himself. */
static enum err not_self(struct ctx *cx, int64_t person_id)
{
	return actor_is(&cx->actor, person_id) ? fail(cx, ERR_CONFLICT, "", N_("Nobody verifies what he says of himself. Another administrator does.")) : OK;
}

static enum err set_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	(void)a;
	TRY(not_self(cx, in->person_id));
	return profile_say(cx, in->person_id, &in->values, true);
}

static enum err verify_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct person_in *in = input;
	(void)state;
	(void)a;
	TRY(not_self(cx, in->person_id));
	return profile_verify(cx, in->person_id, in->field_id);
}

/* ── inputs ── */

static void choice_input(struct html_out *o, const struct profile_item *v, const char *name, struct str value)
{
	struct str rest = v->choices, line;
	buf_fmt(&o->b, "<select id=\"f-%s\" name=\"%s\">", name, name);
	html_option(o, S(""), value, S("–"));
	while (str_cut(&rest, '\n', &line))
		html_option(o, line, value, line);
	buf_lit(&o->b, "</select>");
}

void html_profile_input(struct html_out *o, const struct profile_item *v)
{
	const char *name = str_fmt(o->cx->arena, "values.%lld", (long long)v->id).p;
	struct str value = form_old(o, name, v->value), error = form_error(o, name);
	buf_str(&o->b, error.p ? S("<div class=\"field bad\">") : S("<div class=\"field\">"));
	buf_fmt(&o->b, "<label for=\"f-%s\">", name);
	html_text(o, v->name);
	buf_lit(&o->b, "</label>");
	if (error.p) {
		buf_fmt(&o->b, "<p class=\"error\" id=\"f-%s-error\"><span class=\"hide\">", name);
		html_text(o, str_of(tr(o->cx->lang, N_("Error:"))));
		buf_lit(&o->b, "</span> ");
		html_text(o, error);
		buf_lit(&o->b, "</p>");
	}
	if (str_is(v->kind, "choice")) {
		choice_input(o, v, name, value);
	} else {
		buf_fmt(&o->b, "<input id=\"f-%s\" name=\"%s\" type=\"%s\" maxlength=\"%d\" autocomplete=\"off\"", name, name, str_is(v->kind, "date") ? "date" : "text",
			PROFILE_VALUE_MAX);
		if (str_is(v->kind, "number"))
			buf_lit(&o->b, " inputmode=\"numeric\"");
		if (error.p)
			buf_fmt(&o->b, " aria-invalid=\"true\" aria-describedby=\"f-%s-error\"", name);
		buf_lit(&o->b, " value=\"");
		html_attr(o, value);
		buf_lit(&o->b, "\">");
	}
	buf_lit(&o->b, "</div>\n");
}

/* ── the fields of an organisation ── */

struct fields_in {
	int64_t org_id, field_id;
};
static const struct field fields_in[] = { FIELD(fields_in, org_id, F_ID, .must = true), FIELD_END };
static const struct field end_in[] = { FIELD(fields_in, org_id, F_ID, .must = true), FIELD(fields_in, field_id, F_ID, .must = true), FIELD_END };
static const struct field add_in[] = {
	FIELD(profile_field_add, org_id, F_ID, .must = true),
	FIELD(profile_field_add, name_en, F_TEXT, .label = N_("Name"), .hint = N_("For example: batch, place of posting, mother tongue."), .must = true, .max = PROFILE_NAME_MAX),
	FIELD(profile_field_add, name_hi, F_TEXT, .label = N_("Name in Hindi"), .max = PROFILE_NAME_MAX),
	FIELD(profile_field_add, kind, F_CHOICE, .label = N_("What is put in"), .must = true, .choices = kinds),
	FIELD(profile_field_add, choices, F_LONG, .label = N_("The list"), .hint = N_("Only for one out of a list: one choice a line."), .max = 20000),
	FIELD(profile_field_add, said_by, F_CHOICE, .label = N_("Who fills it in"), .must = true, .choices = sayers),
	FIELD_END,
};
static const struct field field_out[] = {
	FIELD(profile_field_item, id, F_ID),	   FIELD(profile_field_item, name_en, F_TEXT), FIELD(profile_field_item, name_hi, F_TEXT),
	FIELD(profile_field_item, kind, F_TEXT),   FIELD(profile_field_item, choices, F_TEXT), FIELD(profile_field_item, said_by, F_TEXT),
	FIELD(profile_field_item, made_at, F_TIME), FIELD_END,
};
struct made {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made, id, F_ID), FIELD_END };

static struct str kind_name(const struct ctx *cx, struct str kind)
{
	for (const struct choice *c = kinds; c->value; c++)
		if (str_is(kind, c->value))
			return str_of(tr(cx->lang, c->label));
	return kind;
}

static enum err fields_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct fields_in *in = input;
	struct profile_fields_page *v = ARENA_NEW(cx->arena, struct profile_fields_page);
	struct profile_fields_of_org_row *r;
	(void)state;
	v->id = in->org_id;
	TRY(org_called(cx, in->org_id, &v->org));
	TRY(profile_sql_fields_of_org(cx, in->org_id, &r, &v->n_fields));
	v->fields = ARENA_ARRAY(cx->arena, struct profile_field_item, v->n_fields);
	for (size_t i = 0; i < v->n_fields; i++)
		v->fields[i] = (struct profile_field_item){ .id = r[i].id, .org_id = in->org_id, .made_at = r[i].made_at, .name = org_name(cx, r[i].name_en, r[i].name_hi),
							    .name_en = r[i].name_en, .name_hi = r[i].name_hi, .kind = r[i].kind, .kind_name = kind_name(cx, r[i].kind),
							    .choices = r[i].choices, .said_by = r[i].said_by, .by_self = str_is(r[i].said_by, "self") };
	ANSWER_ROWS(a, v->fields, v->n_fields);
	a->view = v;
	a->nav = NAV_ORG;
	ANSWER_TITLE(cx, a, N_("Fields of the profile"));
	return OK;
}

static enum err add_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made *row = ARENA_NEW(cx->arena, struct made);
	(void)state;
	ANSWER_ROW(a, row);
	return profile_field_add(cx, input, &row->id);
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct fields_in *in = input;
	(void)state;
	(void)a;
	return profile_field_end(cx, in->org_id, in->field_id);
}

const struct action profile_actions[] = {
	{ .name = "profile.mine", .method = GET, .page = "/me/profile", .api = "/api/v1/me/profile", .may = MAY_LEARN, .run = mine_run, .html = profile_view, .out = item_out,
	  .out_list = true, .summary = "What one's organisations want to know, and what is said." },
	{ .name = "profile.say", .method = POST, .page = "/me/profile", .api = "/api/v1/me/profile", .may = MAY_LEARN, .own = true, .in = say_in,
	  .in_size = sizeof(struct person_in), .run = say_run, .form = "profile.mine", .then = "/me/profile", .notice = N_("Your profile is saved."),
	  .summary = "Says values of one's own profile: texts FIELD_ID=value." },
	{ .name = "profile.of", .method = GET, .page = "/people/{person_id}/profile", .api = "/api/v1/people/{person_id}/profile", .may = MAY_PEOPLE_MANAGE,
	  .scope = SCOPE_PERSON, .in = person_in, .in_size = sizeof(struct person_in), .run = of_run, .html = profile_view, .out = item_out, .out_list = true,
	  .summary = "The profile of a person." },
	{ .name = "profile.set", .method = POST, .page = "/people/{person_id}/profile", .api = "/api/v1/people/{person_id}/profile", .may = MAY_PEOPLE_MANAGE,
	  .scope = SCOPE_PERSON, .in = set_in, .in_size = sizeof(struct person_in), .run = set_run, .form = "profile.of", .then = "/people/{person_id}/profile",
	  .notice = N_("The profile is saved; what you put in counts as verified."), .summary = "Says values of a person's profile; they count as verified." },
	{ .name = "profile.verify", .method = POST, .page = "/people/{person_id}/profile/{field_id}/verify", .api = "/api/v1/people/{person_id}/profile/{field_id}/verify",
	  .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_PERSON, .in = verify_in, .in_size = sizeof(struct person_in), .run = verify_run, .then = "/people/{person_id}/profile",
	  .notice = N_("The office stands for it now."), .summary = "Verifies what a person says." },
	{ .name = "profile.fields", .method = GET, .page = "/orgs/{org_id}/fields", .api = "/api/v1/orgs/{org_id}/fields", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG,
	  .in = fields_in, .in_size = sizeof(struct fields_in), .run = fields_run, .html = profile_fields_view, .out = field_out, .out_list = true,
	  .summary = "The fields that an organisation adds to the profile of its people." },
	{ .name = "profile.add_field", .method = POST, .page = "/orgs/{org_id}/fields", .api = "/api/v1/orgs/{org_id}/fields", .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG,
	  .in = add_in, .in_size = sizeof(struct profile_field_add), .out = made_out, .run = add_run, .form = "profile.fields", .then = "/orgs/{org_id}/fields",
	  .notice = N_("The field is added; people find it in their profile."), .summary = "Adds a field; it holds for everybody posted there or below." },
	{ .name = "profile.end_field", .method = POST, .page = "/orgs/{org_id}/fields/{field_id}/end", .api = "/api/v1/orgs/{org_id}/fields/{field_id}/end",
	  .may = MAY_PEOPLE_MANAGE, .scope = SCOPE_ORG, .in = end_in, .in_size = sizeof(struct fields_in), .run = end_run, .then = "/orgs/{org_id}/fields",
	  .notice = N_("The field is asked for no more; what was said is kept."), .summary = "Ends a field; what was said is kept." },
	ACTION_END,
};
