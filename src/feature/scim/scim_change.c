/* What a client sends becomes a row of a staff list, is judged as one and carried out as one; see scim.h. */
#include "feature/people_import/staff_apply.h"
#include "feature/person/person.h"
#include "feature/scim/patch.h"
#include "feature/scim/scim.h"

/* A change on its way: from what was sent over the row to the verdict. */
struct work {
	const struct scim_client *c;
	enum scim_verb verb;
	bool known; /* in reach; p and before are set */
	bool kept;  /* SCIM_ADD: the client keeps something of the person already */
	struct scim_found_row p;
	json_t *before, *wanted; /* resources */
	struct str cell[STAFF_FIELDS];
	struct staff_row row;
	struct staff_judgement g;
	bool active, differs;	/* wanted; from what there is, beside `active` */
	struct str external_id; /* of the client; absent: the employee number */
};

static enum err refuse(struct ctx *cx, enum err e, const char *field, const char *sentence)
{
	return fail(cx, e, field, sentence);
}

/* ── what is wanted ── */

static const json_t *at(const json_t *resource, const char *path)
{
	struct scim_path p;
	BUG_IF(!scim_path_of(&scim_user, str_of(path), &p));
	const json_t *v = json_object_get(scim_holder(resource, &scim_user, p.schema), p.attribute->name);
	return p.sub ? json_object_get(v, p.sub->name) : v;
}

#define ENTERPRISE(name) SCIM_ENTERPRISE ":" name

static struct str text_at(struct ctx *cx, const json_t *resource, const char *path)
{
	struct str s = str_trim(scim_text(at(resource, path)));
	return s.n ? str_dup(cx->arena, s) : STR_NONE;
}

/* The value of a list that counts: of the type or without one, the first choice before others. */
static struct str value_in(struct ctx *cx, const json_t *resource, const char *list, const char *type)
{
	const json_t *one, *best = NULL;
	size_t i;
	json_array_foreach (at(resource, list), i, one) {
		struct str is = scim_text(json_object_get(one, "type"));
		bool primary = json_is_true(json_object_get(one, "primary"));
		if ((!is.n || scim_same(is, type)) && (!best || (primary && !json_is_true(json_object_get(best, "primary")))))
			best = one;
	}
	struct str s = str_trim(scim_text(json_object_get(best, "value")));
	return s.n ? str_dup(cx->arena, s) : STR_NONE;
}

static bool same(struct str a, struct str b)
{
	return a.n == b.n && scim_same(a, b.n ? b.p : "");
}

/* Of two attributes for one thing: the first, but of a PATCH, which starts from what is there, the one that is new. */
static struct str counts(const struct work *w, struct str a, struct str b, struct str was)
{
	if (!a.n || !b.n)
		return a.n ? a : b;
	return w->verb == SCIM_PATCH && same(a, was) ? b : a;
}

/* Takes a wanted text into the row when it is another than before. */
static void want(struct work *w, enum staff_field f, struct str wanted, struct str was)
{
	bool changed = wanted.n && !str_eq(wanted, was);
	w->cell[f] = changed ? wanted : STR_NONE;
	w->differs = w->differs || changed;
}

static enum err want_name(struct ctx *cx, struct work *w)
{
	struct str formatted = text_at(cx, w->wanted, "name.formatted"), shown = text_at(cx, w->wanted, "displayName"),
		   name = counts(w, formatted, shown, w->p.name);
	struct str given = text_at(cx, w->wanted, "name.givenName"), family = text_at(cx, w->wanted, "name.familyName");
	/* A PATCH starts from what is there, so the name is always told; what counts is whether it is another. */
	bool told = w->verb == SCIM_PATCH ? !str_eq(name, w->p.name) : name.n;
	if (!told && given.n && family.n)
		name = str_fmt(cx->arena, "%.*s %.*s", STR_ARG(given), STR_ARG(family));
	else if (!told && (given.n || family.n))
		return refuse(cx, ERR_INVALID, "invalidValue:name",
			      N_("A name is one text here: send name.formatted or displayName, or both givenName and familyName."));
	want(w, STAFF_NAME, name, w->p.name);
	return OK;
}

static enum err want_email(struct ctx *cx, struct work *w)
{
	struct str user = text_at(cx, w->wanted, "userName"), mail = value_in(cx, w->wanted, "emails", "work");
	struct str was = text_at(cx, w->before, "userName");
	if (user.n && !person_email(cx, user).n) {
		if (!same(user, w->row.employee_no) && !same(user, was))
			return refuse(cx, ERR_INVALID, "invalidValue:userName",
				      N_("must be an e-mail address, or the employee number of somebody without one"));
		user = STR_NONE;
	}
	bool one_is_new = w->verb == SCIM_PATCH && (same(user, w->p.email) || same(mail, w->p.email));
	if (user.n && mail.n && !same(user, mail) && !one_is_new)
		return refuse(cx, ERR_INVALID, "invalidValue:emails", N_("must be the same address as userName: a person has one"));
	struct str sent = counts(w, user, mail, w->p.email), email = person_email(cx, sent);
	want(w, STAFF_EMAIL, email.n ? email : sent, w->p.email);
	return OK;
}

static enum err want_manager(struct ctx *cx, struct work *w)
{
	struct str id = text_at(cx, w->wanted, ENTERPRISE("manager.value"));
	struct scim_found_row manager;
	size_t before = cx->n_failures;
	if (!id.n || str_eq(id, text_at(cx, w->before, ENTERPRISE("manager.value"))))
		return OK;
	enum err e = scim_find(cx, w->c, id, &manager);
	cx->n_failures = e == ERR_NOT_FOUND ? before : cx->n_failures;
	if (e == ERR_NOT_FOUND || (e == OK && !manager.employee_no.n))
		return refuse(cx, ERR_INVALID, "invalidValue:manager", N_("names nobody within your reach who has an employee number"));
	w->cell[STAFF_SUPERVISOR] = manager.employee_no;
	w->differs = true;
	return e;
}

static enum err want_number(struct ctx *cx, struct work *w)
{
	struct str number = text_at(cx, w->wanted, ENTERPRISE("employeeNumber")), theirs = text_at(cx, w->wanted, "externalId");
	if (w->known && !w->p.employee_no.n)
		return refuse(cx, ERR_INVALID, "mutability:employeeNumber",
			      N_("This person has no employee number here, so nothing can be changed through SCIM."));
	if (w->known && number.n && !str_eq(number, w->p.employee_no))
		return refuse(cx, ERR_INVALID, "mutability:employeeNumber", N_("By this number the person is known here; it cannot be changed."));
	struct str is = w->known ? w->p.employee_no : number.n ? number : theirs;
	w->cell[STAFF_EMPLOYEE_NO] = w->row.employee_no = is;
	w->external_id = theirs.n ? theirs : w->p.external_id;
	if (str_eq(w->external_id, is))
		w->external_id = STR_NONE;
	if (theirs.n > 200)
		return refuse(cx, ERR_INVALID, "invalidValue:externalId", N_("is too long"));
	return OK;
}

/* What a PATCH takes away and cannot be taken away. */
static enum err check_removed(struct ctx *cx, const struct work *w)
{
	static const struct {
		const char *field, *path, *also;
	} kept[] = {
		{ "mutability:userName", "userName", "userName" },
		{ "mutability:name", "name.formatted", "displayName" },
		{ "mutability:externalId", "externalId", "externalId" },
		{ "mutability:title", "title", "title" },
		{ "mutability:emails", "emails", "emails" },
		{ "mutability:phoneNumbers", "phoneNumbers", "phoneNumbers" },
		{ "mutability:employeeNumber", ENTERPRISE("employeeNumber"), ENTERPRISE("employeeNumber") },
		{ "mutability:organization", ENTERPRISE("organization"), ENTERPRISE("department") },
		{ "mutability:manager", ENTERPRISE("manager.value"), ENTERPRISE("manager.value") },
	};
	for (size_t i = 0; i < sizeof kept / sizeof *kept; i++)
		if (at(w->before, kept[i].path) && !at(w->wanted, kept[i].path) && !at(w->wanted, kept[i].also))
			return refuse(cx, ERR_INVALID, kept[i].field, N_("can be changed, but not taken away"));
	return OK;
}

/* What is wanted as cells of a staff list. */
static enum err want_all(struct ctx *cx, struct work *w)
{
	const json_t *active = at(w->wanted, "active");
	if (w->verb == SCIM_PATCH)
		TRY(check_removed(cx, w));
	if (!w->known && !text_at(cx, w->wanted, "userName").n)
		return refuse(cx, ERR_INVALID, "invalidValue:userName", N_("is needed"));
	w->active = active ? json_is_true(active) : !w->known || str_is(w->p.state, "active");
	TRY(want_number(cx, w));
	TRY(want_name(cx, w));
	TRY(want_email(cx, w));
	TRY(want_manager(cx, w));
	struct str mobile = value_in(cx, w->wanted, "phoneNumbers", "mobile"), clean = person_mobile(cx, mobile);
	want(w, STAFF_MOBILE, clean.n ? clean : mobile, w->p.mobile);
	struct str department = text_at(cx, w->wanted, ENTERPRISE("department")), organization = text_at(cx, w->wanted, ENTERPRISE("organization"));
	want(w, STAFF_ORG, counts(w, department, organization, w->p.org_code), w->p.org_code);
	want(w, STAFF_DESIGNATION, text_at(cx, w->wanted, "title"), w->p.designation);
	/* A list says all of these of everybody. */
	const struct str is[STAFF_FIELDS] = { [STAFF_NAME] = w->p.name, [STAFF_ORG] = w->p.org_code, [STAFF_DESIGNATION] = w->p.designation_code };
	for (int f = 0; f < STAFF_FIELDS; f++)
		if (w->known && !w->cell[f].n)
			w->cell[f] = is[f];
	return OK;
}

/* ── the verdict ── */

static enum err refuse_row(struct ctx *cx, const struct staff_fault *f, bool judged)
{
	static const char *const names[STAFF_FIELDS] = {
		[STAFF_EMPLOYEE_NO] = "employeeNumber", [STAFF_NAME] = "name",	     [STAFF_EMAIL] = "userName",
		[STAFF_MOBILE] = "phoneNumbers",	[STAFF_ORG] = "department",  [STAFF_DESIGNATION] = "title",
		[STAFF_SUPERVISOR] = "manager",		[STAFF_FROM] = "department", [STAFF_LEFT] = "active",
		[STAFF_LANG] = "preferredLanguage",
	};
	bool taken = judged && (f->field == STAFF_EMPLOYEE_NO || f->field == STAFF_EMAIL || f->field == STAFF_MOBILE);
	const char *sentence =
		f->field == STAFF_FROM ? N_("The present posting began today or later; another can begin a day after it at the earliest.") : f->text;
	struct str field = str_fmt(cx->arena, "%s:%s", taken ? "uniqueness" : "invalidValue", names[f->field]);
	return fail(cx, taken ? ERR_CONFLICT : ERR_INVALID, field.p, sentence);
}

static enum err judge_at(struct ctx *cx, struct work *w, int64_t top)
{
	struct staff_memo *memo = staff_memo_new();
	enum err e = staff_judge(cx, memo, top, &w->row, &w->g);
	staff_memo_free(memo);
	return e;
}

/* By the first of the client's organisations that takes the row; none: by the one that says more than "not below me". */
static enum err judge(struct ctx *cx, struct work *w)
{
	struct staff_fault fault = { STAFF_FIELDS, NULL };
	for (size_t i = 0; i < w->c->n_tops; i++) {
		TRY(judge_at(cx, w, w->c->tops[i]));
		if (w->g.verdict != STAFF_REFUSED)
			return OK;
		if (!fault.text || fault.field == STAFF_ORG)
			fault = w->g.fault;
	}
	return refuse_row(cx, &fault, true);
}

static enum err read_row(struct ctx *cx, struct work *w)
{
	struct staff_map map;
	struct staff_fault fault;
	const struct strs cells = { w->cell, STAFF_FIELDS };
	for (int f = 0; f < STAFF_FIELDS; f++)
		map.at[f] = f;
	if (!staff_read(cx, &cells, &map, &w->row, &fault))
		return refuse_row(cx, &fault, false);
	w->row.left_day = w->active ? NONE : person_today(cx) - 1;
	return OK;
}

/* Whether the client's own id is free. */
static enum err check_external(struct ctx *cx, const struct work *w)
{
	struct scim_found_row *rows;
	size_t n;
	if (!w->external_id.n)
		return OK;
	TRY(scim_sql_found(cx, w->c->person_id, NONE, STR_NONE, STR_NONE, w->external_id, &rows, &n));
	if (n && !str_eq(rows[0].employee_no, w->row.employee_no))
		return refuse(cx, ERR_CONFLICT, "uniqueness:externalId", N_("belongs to somebody else"));
	return OK;
}

/* ── carrying out ── */

static enum err keep(struct ctx *cx, const struct work *w, int64_t person_id, struct scim_changed *ret)
{
	bool as_it_was = w->known ? str_eq(w->external_id, w->p.external_id) : !w->kept && !w->external_id.n;
	if (as_it_was)
		return OK;
	ret->began = true;
	return scim_sql_keep(cx, w->c->person_id, person_id, w->external_id, NONE, NULL);
}

static enum err carry_out(struct ctx *cx, struct work *w, struct scim_changed *ret)
{
	struct staff_done done;
	int64_t posting;
	bool known;
	ret->began = w->g.verdict != STAFF_SAME;
	TRY(staff_apply(cx, &w->row, &w->g, &done));
	ret->what = done.what;
	ret->id = done.person_id;
	if (w->g.verdict == STAFF_CHANGED && w->g.new_supervisor) {
		TRY(staff_supervise(cx, &w->g, &posting, &known));
		ret->what = "changed";
	}
	TRY(keep(cx, w, ret->id, ret));
	struct scim_found_row *rows;
	size_t n;
	TRY(scim_sql_found(cx, w->c->person_id, ret->id, STR_NONE, STR_NONE, STR_NONE, &rows, &n));
	ret->now = scim_user_of(cx, w->c->base, &rows[0]);
	return OK;
}

static enum err bring(struct ctx *cx, struct work *w, struct scim_changed *ret)
{
	TRY(want_all(cx, w));
	TRY(read_row(cx, w));
	if (w->verb == SCIM_PATCH && !w->active && str_is(w->p.state, "left") && w->differs)
		return refuse(cx, ERR_INVALID, "mutability:active", N_("This person has left; nothing changes until active is true again."));
	TRY(judge(cx, w));
	if (w->g.verdict == STAFF_SAME && !w->g.known)
		return refuse(cx, ERR_INVALID, "invalidValue:active", N_("somebody who is not known here and has left is not taken in"));
	TRY(check_external(cx, w));
	return carry_out(cx, w, ret);
}

/* ── the verbs ── */

static enum err add(struct ctx *cx, struct work *w, const json_t *sent, struct scim_changed *ret)
{
	struct scim_found_row *rows;
	size_t n;
	if (!scim_is(sent, SCIM_USER))
		return refuse(cx, ERR_INVALID, "invalidSyntax:schemas", N_("The list schemas does not name the schema of a user."));
	TRY(scim_read(cx, &scim_user, sent, &w->wanted));
	TRY(want_number(cx, w));
	TRY(scim_sql_found(cx, w->c->person_id, NONE, STR_NONE, w->cell[STAFF_EMPLOYEE_NO], STR_NONE, &rows, &n));
	if (n && rows[0].deleted_at == NONE && str_is(rows[0].state, "active")) {
		struct str id = str_fmt(cx->arena, "%lld", (long long)rows[0].id);
		struct scim_found_row here;
		size_t before = cx->n_failures;
		enum err e = scim_find(cx, w->c, id, &here);
		cx->n_failures = e == ERR_NOT_FOUND ? before : cx->n_failures;
		if (e != ERR_NOT_FOUND)
			return e ? e : refuse(cx, ERR_CONFLICT, "uniqueness:employeeNumber", N_("is known here already"));
	}
	w->kept = n && (rows[0].deleted_at != NONE || rows[0].external_id.n);
	return bring(cx, w, ret);
}

static enum err change(struct ctx *cx, struct work *w, const struct scim_change *in, struct scim_changed *ret)
{
	const char *urn = in->verb == SCIM_PUT ? SCIM_USER : SCIM_PATCH_OP;
	if (!scim_is(in->sent, urn))
		return refuse(cx, ERR_INVALID, "invalidSyntax:schemas", N_("The list schemas does not name what is sent: a user, or operations of a PATCH."));
	if (in->verb == SCIM_PUT) {
		TRY(scim_read(cx, &scim_user, in->sent, &w->wanted));
	} else {
		w->wanted = json_deep_copy(w->before);
		TRY(scim_patch(cx, &scim_user, &w->wanted, in->sent));
	}
	return bring(cx, w, ret);
}

static enum err remove_user(struct ctx *cx, struct work *w, struct scim_changed *ret)
{
	int64_t ended;
	ret->began = true;
	ret->id = w->p.id;
	if (str_is(w->p.state, "active")) {
		ret->what = "left";
		TRY(person_leave(cx, w->p.id, person_today(cx) - 1, &ended));
	}
	return scim_sql_keep(cx, w->c->person_id, w->p.id, STR_NONE, cx->now, NULL);
}

bool scim_is_version(struct str wanted, struct str version)
{
	struct str one;
	if (!wanted.p)
		return true;
	while (str_cut(&wanted, ',', &one))
		if (str_is(str_trim(one), "*") || str_eq(str_trim(one), version))
			return true;
	return false;
}

static enum err dispatch(struct ctx *cx, struct work *w, const struct scim_change *in, struct scim_changed *ret)
{
	if (in->verb == SCIM_ADD)
		return add(cx, w, in->sent, ret);
	TRY(scim_find(cx, w->c, in->id, &w->p));
	w->known = true;
	w->before = ret->before = scim_user_of(cx, w->c->base, &w->p);
	if (!scim_is_version(in->version, scim_version(w->before)))
		return ERR_PRECONDITION;
	return in->verb == SCIM_REMOVE ? remove_user(cx, w, ret) : change(cx, w, in, ret);
}

enum err scim_change(struct ctx *cx, const struct scim_client *c, const struct scim_change *in, struct scim_changed *ret)
{
	struct work w = { .c = c, .verb = in->verb };
	*ret = (struct scim_changed){ 0 };
	enum err e = dispatch(cx, &w, in, ret);
	json_decref(w.wanted);
	return e;
}
