/* Trying rules on people, and writing them; see rule.h. Reading them: rule_parse.c. */
#include "feature/group/rule.h"
#include "base/clock.h"
#include "base/json.h"

#include <stdlib.h>

const char *const condition_names[CONDITION_KINDS] = {
	[IS_ORG] = "org",
	[IS_DESIGNATION] = "designation",
	[IS_GROUP] = "group",
	[IS_SERVICE] = "service",
	[IS_FIELD] = "field",
	[IS_LEVEL] = "level",
	[IS_ROLE] = "role",
	[IS_PEOPLE] = "people",
	[IS_JOINED] = "joined",
	[IS_POST] = "post",
	[IS_COMPLETED] = "completed",
	[IS_NOT_COMPLETED] = "not_completed",
};
const struct choice rule_roles[] = {
	{ "mdo_admin", N_("administrator") }, { "author", N_("author of courses") }, { "reviewer", N_("reviewer of courses") },
	{ "publisher", N_("publisher") },     { "operator", N_("operator") },	     { NULL, NULL },
};

/* ── writing ── */

static void write_ids(struct json_out *j, const struct condition *c)
{
	jw_key(j, "ids");
	jw_open(j, '[');
	for (size_t i = 0; i < c->n_ids; i++)
		jw_id(j, c->ids[i]);
	jw_close(j, ']');
}

static void write_values(struct json_out *j, const struct condition *c)
{
	jw_key(j, "values");
	jw_open(j, '[');
	for (size_t i = 0; i < c->n_values; i++)
		jw_str(j, c->values[i]);
	for (unsigned i = 0; i < 3; i++)
		if (c->groups & 1u << i)
			jw_str(j, (struct str){ &"ABC"[i], 1 });
	for (unsigned i = 0; rule_roles[i].value; i++)
		if (c->roles & 1u << i)
			jw_str(j, str_of(rule_roles[i].value));
	jw_close(j, ']');
}

static void write_number(struct json_out *j, const char *key, int64_t v)
{
	if (v == NONE)
		return;
	jw_key(j, key);
	jw_int(j, v);
}

static void write_rest(struct json_out *j, const struct condition *c)
{
	struct civil d;
	char day[40];
	switch (c->kind) {
	case IS_ORG:
	case IS_DESIGNATION:
	case IS_PEOPLE:
		write_ids(j, c);
		if (c->kind == IS_ORG) {
			jw_key(j, "below");
			jw_bool(j, c->below);
		}
		return;
	case IS_FIELD:
		jw_key(j, "field");
		jw_id(j, c->ids[0]);
		write_values(j, c);
		return;
	case IS_GROUP:
	case IS_SERVICE:
	case IS_ROLE: write_values(j, c); return;
	case IS_LEVEL:
		write_number(j, "from", c->from);
		write_number(j, "to", c->to);
		return;
	case IS_JOINED:
		d = clock_date(c->day);
		snprintf(day, sizeof day, "%04d-%02d-%02d", d.year, d.month, d.day);
		jw_key(j, "since");
		jw_str(j, str_of(day));
		return;
	case IS_POST: write_number(j, "months", c->months); return;
	case IS_COMPLETED:
	case IS_NOT_COMPLETED:
		jw_key(j, "course");
		jw_id(j, c->ids[0]);
		return;
	case CONDITION_KINDS: break;
	}
	BUG("condition");
}

struct str rule_json(struct ctx *cx, const struct rule *r)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 1 << 20);
	jw_open(&j, '{');
	jw_key(&j, "any");
	jw_open(&j, '[');
	for (size_t i = 0; i < r->n; i++) {
		jw_open(&j, '{');
		jw_key(&j, "all");
		jw_open(&j, '[');
		for (size_t k = 0; k < r->any[i].n; k++) {
			jw_open(&j, '{');
			jw_key(&j, "is");
			jw_str(&j, str_of(condition_names[r->any[i].all[k].kind]));
			write_rest(&j, &r->any[i].all[k]);
			jw_close(&j, '}');
		}
		jw_close(&j, ']');
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	jw_close(&j, '}');
	return buf_get(&b);
}

/* ── a set of rules ── */

int64_t rule_months_before(int64_t today, int64_t months)
{
	struct civil d = clock_date(today);
	int64_t month = d.year * INT64_C(12) + d.month - 1 - months;
	int year = (int)(month / 12), m = (int)(month % 12) + 1;
	int64_t next = m == 12 ? clock_day_of(year + 1, 1, 1) : clock_day_of(year, m + 1, 1);
	int64_t day = clock_day_of(year, m, 1) + d.day - 1;
	return day < next ? day : next - 1;
}

static void want_service(struct arena *a, struct rule_set *s, struct str service)
{
	if (rule_set_service(s, service) == SIZE_MAX)
		*ARENA_PUSH(a, s->services, s->n_services) = service;
}

/* Which of the answers this is, or SIZE_MAX. */
static size_t answer_at(const struct rule_set *s, int64_t field_id, struct str value)
{
	for (size_t i = 0; i < s->n_answers; i++)
		if (s->answers[i].field_id == field_id && str_eq(s->answers[i].value, value))
			return i;
	return SIZE_MAX;
}

static void want_answer(struct arena *a, struct rule_set *s, int64_t field_id, struct str value)
{
	if (answer_at(s, field_id, value) == SIZE_MAX)
		*ARENA_PUSH(a, s->answers, s->n_answers) = (struct rule_answer){ field_id, value };
}

static void want_course(struct arena *a, struct rule_set *s, int64_t course)
{
	size_t at = 0;
	while (at < s->n_courses && s->courses[at] < course)
		at++;
	if (at < s->n_courses && s->courses[at] == course)
		return;
	(void)ARENA_PUSH(a, s->courses, s->n_courses);
	memmove(s->courses + at + 1, s->courses + at, (s->n_courses - 1 - at) * sizeof *s->courses);
	s->courses[at] = course;
}

void rule_set_add(struct arena *a, struct rule_set *s, int64_t id, int64_t org_id, bool nobody, const struct rule *r)
{
	*ARENA_PUSH(a, s->v, s->n) = (struct rule_of_set){ id, org_id, nobody, *r };
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->any[i].n; k++) {
			const struct condition *c = &r->any[i].all[k];
			s->needs_days = s->needs_days || c->kind == IS_JOINED || c->kind == IS_POST;
			s->needs_roles = s->needs_roles || c->kind == IS_ROLE;
			for (size_t m = 0; m < c->n_values; m++)
				if (c->kind == IS_FIELD)
					want_answer(a, s, c->ids[0], c->values[m]);
				else
					want_service(a, s, c->values[m]);
			if (c->kind == IS_COMPLETED || c->kind == IS_NOT_COMPLETED)
				want_course(a, s, c->ids[0]);
		}
}

size_t rule_set_service(const struct rule_set *s, struct str service)
{
	for (size_t i = 0; i < s->n_services; i++)
		if (str_eq(s->services[i], service))
			return i;
	return SIZE_MAX;
}

/* ── ids ── */

static int by_id(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return x < y ? -1 : x > y;
}

size_t ids_in_order(int64_t *v, size_t n)
{
	size_t kept = 0;
	if (n)
		qsort(v, n, sizeof *v, by_id);
	for (size_t i = 0; i < n; i++)
		if (!kept || v[kept - 1] != v[i])
			v[kept++] = v[i];
	return kept;
}

bool ids_hold(const int64_t *v, size_t n, int64_t id)
{
	return n && bsearch(&id, v, n, sizeof *v, by_id);
}

/* ── who fits ── */

static bool among(const int64_t *v, size_t n, int64_t id)
{
	for (size_t i = 0; i < n; i++)
		if (v[i] == id)
			return true;
	return false;
}

static bool in_org(const struct condition *c, const struct subject *who)
{
	if (!c->below)
		return among(c->ids, c->n_ids, who->org_id);
	for (size_t i = 0; i < who->n_above; i++)
		if (among(c->ids, c->n_ids, who->above[i]))
			return true;
	return false;
}

static bool of_service(const struct rule_set *s, const struct condition *c, const struct subject *who)
{
	for (size_t i = 0; who->service != SIZE_MAX && i < c->n_values; i++)
		if (str_eq(s->services[who->service], c->values[i]))
			return true;
	return false;
}

static bool has_said(const struct rule_set *s, const struct condition *c, int64_t person_id, rule_known_fn *known, const void *arg)
{
	for (size_t i = 0; i < c->n_values; i++)
		if (known(arg, RULE_ANSWERED, answer_at(s, c->ids[0], c->values[i]), person_id))
			return true;
	return false;
}

static bool has_completed(const struct rule_set *s, int64_t course, int64_t person_id, rule_known_fn *known, const void *arg)
{
	size_t at = 0;
	while (at < s->n_courses && s->courses[at] != course)
		at++;
	BUG_IF(at == s->n_courses);
	return known(arg, RULE_COMPLETED, at, person_id);
}

static bool holds(const struct rule_set *s, const struct condition *c, const struct subject *who, rule_known_fn *known, const void *arg)
{
	switch (c->kind) {
	case IS_ORG: return in_org(c, who);
	case IS_DESIGNATION: return among(c->ids, c->n_ids, who->designation_id);
	case IS_GROUP: return c->groups & who->group;
	case IS_SERVICE: return of_service(s, c, who);
	case IS_FIELD: return has_said(s, c, who->person_id, known, arg);
	case IS_LEVEL: return (c->from == NONE || who->level >= c->from) && (c->to == NONE || who->level <= c->to);
	case IS_ROLE: return c->roles & who->roles;
	case IS_PEOPLE: return c->ordered ? ids_hold(c->ids, c->n_ids, who->person_id) : among(c->ids, c->n_ids, who->person_id);
	case IS_JOINED: return who->joined_day >= c->day;
	case IS_POST: return who->post_day <= rule_months_before(s->today, c->months);
	case IS_COMPLETED:
	case IS_NOT_COMPLETED: return has_completed(s, c->ids[0], who->person_id, known, arg) == (c->kind == IS_COMPLETED);
	case CONDITION_KINDS: break;
	}
	BUG("condition");
}

bool rule_fits(const struct rule_set *s, size_t n, const struct subject *who, rule_known_fn *known, const void *arg)
{
	const struct rule_of_set *r = &s->v[n];
	if (r->nobody || !among(who->above, who->n_above, r->org_id))
		return false;
	for (size_t i = 0; i < r->rule.n; i++) {
		const struct rule_block *b = &r->rule.any[i];
		size_t k = 0;
		while (k < b->n && holds(s, &b->all[k], who, known, arg))
			k++;
		if (k == b->n)
			return true;
	}
	return false;
}

/* ── named people ── */

bool rule_named(struct arena *a, const struct rule *r, int64_t **ret, size_t *ret_n)
{
	size_t all = 0, n = 0;
	for (size_t i = 0; i < r->n; i++) {
		if (!rule_block_names(&r->any[i]))
			return false;
		all += r->any[i].all[0].n_ids;
	}
	int64_t *v = ARENA_ARRAY(a, int64_t, all);
	for (size_t i = 0; i < r->n; i++)
		for (size_t k = 0; k < r->any[i].all[0].n_ids; k++)
			v[n++] = r->any[i].all[0].ids[k];
	*ret = v;
	*ret_n = ids_in_order(v, n);
	return true;
}

struct rule rule_naming(struct arena *a, int64_t *ids, size_t n)
{
	struct rule r = { .n = n ? (n + RULE_VALUES_MAX - 1) / RULE_VALUES_MAX : 1 };
	struct condition *c = ARENA_ARRAY(a, struct condition, r.n);
	r.any = ARENA_ARRAY(a, struct rule_block, r.n);
	for (size_t i = 0; i < r.n; i++) {
		size_t from = i * RULE_VALUES_MAX;
		c[i] = (struct condition){ .kind = IS_PEOPLE, .ordered = true, .ids = ids + from, .from = NONE, .to = NONE, .day = NONE };
		c[i].n_ids = n - from < RULE_VALUES_MAX ? n - from : RULE_VALUES_MAX;
		r.any[i] = (struct rule_block){ &c[i], 1 };
	}
	return r;
}

/* ── where to look ── */

/* The condition of a block that names organisations, or NULL. */
static const struct condition *org_of(const struct rule_block *b)
{
	for (size_t k = 0; k < b->n; k++)
		if (b->all[k].kind == IS_ORG)
			return &b->all[k];
	return NULL;
}

void rule_roots(struct arena *a, const struct rule *r, int64_t org_id, int64_t **ret, size_t *ret_n)
{
	*ret = NULL;
	*ret_n = 0;
	for (size_t i = 0; i < r->n; i++) {
		const struct condition *c = org_of(&r->any[i]);
		const int64_t *ids = c ? c->ids : &org_id;
		for (size_t k = 0; k < (c ? c->n_ids : 1); k++)
			if (!among(*ret, *ret_n, ids[k]))
				*(int64_t *)arena_push(a, ret, ret_n, sizeof **ret) = ids[k];
	}
}
