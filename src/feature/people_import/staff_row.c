/* Rows of a staff list; see staff_row.h. */
#include "feature/people_import/staff_row.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/person/person.h"

const struct staff_column staff_columns[STAFF_FIELDS] = {
	[STAFF_EMPLOYEE_NO] = { "employee_no", N_("Employee number"), true,
				"|employeeno|employeenumber|employeeid|employeecode|empid|empno|empcode|ehrmsid|ehrmscode|pisno|staffno|कर्मचारीसंख्या|कर्मचारीक्रमांक|कर्मचारीआईडी|" },
	[STAFF_NAME] = { "name", N_("Name"), true, "|name|fullname|employeename|nameofemployee|nameofofficer|officername|नाम|पूरानाम|कर्मचारीकानाम|अधिकारीकानाम|" },
	[STAFF_EMAIL] = { "email", N_("E-mail"), false, "|email|mail|emailid|emailaddress|officialemail|nicemail|ईमेल|" },
	[STAFF_MOBILE] = { "mobile", N_("Mobile number"), false, "|mobile|mobileno|mobilenumber|phone|phoneno|contactno|मोबाइल|मोबाइलनंबर|मोबाइलसंख्या|" },
	[STAFF_ORG] = { "organisation", N_("Organisation (code or name)"), true,
			"|organisation|organization|orgcode|organisationcode|organizationcode|office|officecode|officename|department|section|unit|mdo|संगठन|कार्यालय|विभाग|अनुभाग|" },
	[STAFF_DESIGNATION] = { "designation", N_("Designation (code or name)"), true, "|designation|designationcode|post|postheld|presentdesignation|rank|पदनाम|पद|" },
	[STAFF_SUPERVISOR] = { "supervisor", N_("Supervisor (employee number)"), false,
			       "|supervisor|supervisorid|supervisorno|supervisoremployeeno|reportingofficer|reportingofficerid|reportsto|managerid|पर्यवेक्षक|रिपोर्टिंगअधिकारी|" },
	[STAFF_FROM] = { "from", N_("In this post since"), false,
			 "|from|fromdate|since|dateofposting|postingdate|dateofjoining|doj|joiningdate|dateofjoiningpresentpost|पदस्थापनतिथि|कार्यग्रहणतिथि|" },
	[STAFF_LEFT] = { "left", N_("Left on (last day)"), false, "|left|lefton|leavingdate|dateofleaving|dateofretirement|retirementdate|relievingdate|dateofrelieving|सेवानिवृत्तितिथि|" },
	[STAFF_LANG] = { "language", N_("Language (en or hi)"), false, "|language|lang|preferredlanguage|भाषा|" },
};

/* Small letters, marks and digits only: "Employee No." and "employee_no" are one. */
static struct str bare(struct arena *a, struct str s)
{
	struct str folded = utf8_fold(a, utf8_valid(s) ? s : S("")), word;
	struct buf b;
	buf_init(&b, a, 400);
	while (utf8_word(&folded, &word))
		buf_str(&b, word);
	return buf_get(&b);
}

static bool is_called(struct arena *a, const struct staff_column *c, struct str name)
{
	struct str want = str_fmt(a, "|%.*s|", STR_ARG(name));
	return name.n && (str_eq(name, bare(a, str_of(c->name))) || str_find(str_of(c->also), want) >= 0);
}

struct staff_map staff_guess(struct arena *a, const struct strs *head)
{
	struct staff_map m;
	for (int f = 0; f < STAFF_FIELDS; f++) {
		m.at[f] = -1;
		for (size_t i = 0; i < head->n && m.at[f] < 0; i++)
			if (is_called(a, &staff_columns[f], bare(a, head->v[i])))
				m.at[f] = (int)i;
	}
	return m;
}

static int field_named(struct str name)
{
	for (int f = 0; f < STAFF_FIELDS; f++)
		if (str_is(name, staff_columns[f].name))
			return f;
	return -1;
}

bool staff_map_parse(struct str text, size_t n_columns, struct staff_map *ret)
{
	struct staff_map m;
	struct str one;
	for (int f = 0; f < STAFF_FIELDS; f++)
		m.at[f] = -1;
	while (str_cut(&text, ',', &one)) {
		ptrdiff_t eq = str_index(one, '=');
		int64_t at;
		int f = eq < 0 ? -1 : field_named(str_sub(one, 0, (size_t)eq));
		if (f < 0 || m.at[f] >= 0 || !str_int(str_sub(one, (size_t)eq + 1, one.n), &at) || at < 0 || at >= (int64_t)n_columns)
			return false;
		for (int k = 0; k < STAFF_FIELDS; k++)
			if (m.at[k] == at)
				return false;
		m.at[f] = (int)at;
	}
	*ret = m;
	return true;
}

struct str staff_map_text(struct arena *a, const struct staff_map *m)
{
	struct buf b;
	buf_init(&b, a, 1000);
	for (int f = 0; f < STAFF_FIELDS; f++)
		if (m->at[f] >= 0)
			buf_fmt(&b, "%s%s=%d", b.n ? "," : "", staff_columns[f].name, m->at[f]);
	return buf_get(&b);
}

enum staff_field staff_missing(const struct staff_map *m)
{
	for (int f = 0; f < STAFF_FIELDS; f++)
		if (staff_columns[f].must && m->at[f] < 0)
			return (enum staff_field)f;
	return STAFF_FIELDS;
}

/* ── one row ── */

static bool wrong(struct staff_fault *f, enum staff_field field, const char *text)
{
	*f = (struct staff_fault){ field, text };
	return false;
}

/* 23-11-2026 and its sisters; 2026-11-23. */
static bool any_date(struct ctx *cx, struct str s, int64_t *ret)
{
	if (clock_parse_date(s, ret))
		return true;
	if (s.n != 10 || s.p[2] != s.p[5] || !strchr("-/.", s.p[2]))
		return false;
	return clock_parse_date(str_fmt(cx->arena, "%.4s-%.2s-%.2s", s.p + 6, s.p + 3, s.p), ret);
}

static const int longest[STAFF_FIELDS] = {
	[STAFF_EMPLOYEE_NO] = 40, [STAFF_NAME] = 120, [STAFF_EMAIL] = 254, [STAFF_MOBILE] = 20, [STAFF_ORG] = 200,
	[STAFF_DESIGNATION] = 200, [STAFF_SUPERVISOR] = 40, [STAFF_FROM] = 20, [STAFF_LEFT] = 20, [STAFF_LANG] = 10,
};

/* The texts of the row by field, checked as texts. */
static bool take_texts(const struct strs *cells, const struct staff_map *m, struct str v[STAFF_FIELDS], struct staff_fault *fault)
{
	for (int f = 0; f < STAFF_FIELDS; f++) {
		enum staff_field field = (enum staff_field)f;
		v[f] = m->at[f] >= 0 && (size_t)m->at[f] < cells->n ? str_trim(cells->v[m->at[f]]) : STR_NONE;
		/* As csv_put writes what looks like a formula: a list that was exported here comes back. */
		if (v[f].n > 1 && v[f].p[0] == '\'' && strchr("=+-@", v[f].p[1]))
			v[f] = str_sub(v[f], 1, v[f].n);
		if (v[f].n == 0)
			v[f] = STR_NONE;
		if (!utf8_valid(v[f]))
			return wrong(fault, field, N_("is not text in UTF-8"));
		for (size_t i = 0; i < v[f].n; i++)
			if ((unsigned char)v[f].p[i] < 0x20)
				return wrong(fault, field, N_("must be one line of plain text"));
		if (utf8_length(v[f]) > (size_t)longest[f])
			return wrong(fault, field, N_("is too long"));
		if (!v[f].n && staff_columns[f].must)
			return wrong(fault, field, N_("is needed"));
	}
	return true;
}

bool staff_read(struct ctx *cx, const struct strs *cells, const struct staff_map *m, struct staff_row *ret, struct staff_fault *ret_fault)
{
	struct str v[STAFF_FIELDS];
	*ret_fault = (struct staff_fault){ STAFF_FIELDS, NULL };
	if (!take_texts(cells, m, v, ret_fault))
		return false;
	*ret = (struct staff_row){
		.employee_no = v[STAFF_EMPLOYEE_NO], .name = v[STAFF_NAME], .org = v[STAFF_ORG], .designation = v[STAFF_DESIGNATION],
		.supervisor = v[STAFF_SUPERVISOR], .lang = v[STAFF_LANG].n ? str_lower(cx->arena, v[STAFF_LANG]) : STR_NONE, .from_day = NONE, .left_day = NONE,
	};
	if (v[STAFF_EMAIL].n && !(ret->email = person_email(cx, v[STAFF_EMAIL])).n)
		return wrong(ret_fault, STAFF_EMAIL, N_("is not an e-mail address"));
	if (v[STAFF_MOBILE].n && !(ret->mobile = person_mobile(cx, v[STAFF_MOBILE])).n)
		return wrong(ret_fault, STAFF_MOBILE, N_("is not an Indian mobile number of ten digits"));
	if (v[STAFF_FROM].n && !any_date(cx, v[STAFF_FROM], &ret->from_day))
		return wrong(ret_fault, STAFF_FROM, N_("must be a date such as 2026-11-23"));
	if (v[STAFF_LEFT].n && !any_date(cx, v[STAFF_LEFT], &ret->left_day))
		return wrong(ret_fault, STAFF_LEFT, N_("must be a date such as 2026-11-23"));
	if (ret->lang.n && !str_is(ret->lang, "en") && !str_is(ret->lang, "hi"))
		return wrong(ret_fault, STAFF_LANG, N_("must be en or hi"));
	if (str_eq(ret->supervisor, ret->employee_no))
		return wrong(ret_fault, STAFF_SUPERVISOR, N_("cannot be the person itself"));
	if (ret->from_day != NONE && ret->left_day != NONE && ret->left_day < ret->from_day)
		return wrong(ret_fault, STAFF_LEFT, N_("lies before the first day in this post"));
	return true;
}
