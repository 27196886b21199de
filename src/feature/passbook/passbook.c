/* What stands in a passbook, and its signed text; see passbook.h. Links: passbook_share.c. */
#include "feature/passbook/passbook.h"
#include "base/clock.h"
#include "base/json.h"
#include "feature/competency/competency.h"
#include "feature/credential/credential.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <math.h>

enum { DOCUMENT_MAX = 4 << 20, JSON_MAX = 6 << 20 };

/* ── what stands in it ── */

static int64_t reached(const struct level *l)
{
	for (int64_t level = l->n_levels; level > 0; level--)
		if (estimate_reaches(l->now, (double)level) >= MET)
			return level;
	return 0;
}

static struct str name_of(struct ctx *cx, const struct passbook_level_names_row *names, size_t n, int64_t framework_id, int64_t level)
{
	for (size_t i = 0; i < n; i++)
		if (names[i].framework_id == framework_id && names[i].level == level)
			return said_in(cx, names[i].name_en, names[i].name_hi);
	return STR_NONE;
}

static enum err put_levels(struct ctx *cx, int64_t person_id, struct passbook *p)
{
	struct proficiency_of_person_row *r;
	struct passbook_level_names_row *names;
	size_t n_names;
	TRY(proficiency_sql_of_person(cx, person_today(cx), person_id, &r, &p->n_levels));
	TRY(passbook_sql_level_names(cx, person_id, &names, &n_names));
	p->levels = ARENA_ARRAY(cx->arena, struct passbook_level, p->n_levels);
	for (size_t i = 0; i < p->n_levels; i++) {
		struct passbook_level *l = &p->levels[i];
		l->level = level_of(cx, r[i].competency_id, r[i].n_levels, r[i].weight, r[i].weighted, r[i].n, r[i].n_self, r[i].last_at);
		l->framework = r[i].framework;
		l->code = r[i].code;
		l->identifier = r[i].identifier;
		l->name = said_in(cx, r[i].name_en, r[i].name_hi);
		l->reached = l->level.known ? reached(&l->level) : NONE;
		l->reached_name = name_of(cx, names, n_names, r[i].framework_id, l->reached);
	}
	return OK;
}

/* Evidence comes in the order of competencies, levels in that of the framework. */
static enum err put_evidence(struct ctx *cx, int64_t person_id, struct passbook *p)
{
	struct passbook_evidence_row *e;
	size_t n;
	TRY(passbook_sql_evidence(cx, person_id, &e, &n));
	for (size_t i = 0; i < p->n_levels; i++) {
		struct passbook_level *l = &p->levels[i];
		size_t from = 0, to = n;
		while (from < to) {
			size_t middle = from + (to - from) / 2;
			if (e[middle].competency_id < l->level.competency_id)
				from = middle + 1;
			else
				to = middle;
		}
		l->evidence = e + from;
		while (from + l->n_evidence < n && l->evidence[l->n_evidence].competency_id == l->level.competency_id)
			l->n_evidence++;
	}
	return OK;
}

enum err passbook_of(struct ctx *cx, int64_t person_id, bool with_evidence, struct passbook *ret)
{
	struct person_one_row who;
	bool found = false;
	TRY(person_sql_one(cx, person_today(cx), person_id, &who, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such person."));
	*ret = (struct passbook){ .name = who.name, .made_at = cx->now, .with_evidence = with_evidence };
	ret->post = who.designation_en.p ? org_name(cx, who.designation_en, who.designation_hi) : STR_NONE;
	ret->org = who.org_en.p ? org_name(cx, who.org_en, who.org_hi) : STR_NONE;
	TRY(put_levels(cx, person_id, ret));
	if (!with_evidence)
		return OK;
	TRY(put_evidence(cx, person_id, ret));
	return passbook_sql_courses(cx, person_id, &ret->courses, &ret->n_courses);
}

/* ── as a document ── */

static void member(struct json_out *j, const char *key, struct str v)
{
	jw_key(j, key);
	jw_str(j, v);
}

static void put_day(struct ctx *cx, struct json_out *j, const char *key, int64_t at)
{
	struct civil d = clock_date(clock_day_in_india(at));
	member(j, key, str_fmt(cx->arena, "%04d-%02d-%02d", d.year, d.month, d.day));
}

static void put_number(struct json_out *j, const char *key, bool known, double v)
{
	jw_key(j, key);
	known ? jw_real(j, round(100 * v) / 100) : jw_null(j);
}

static void put_kinds(struct ctx *cx, struct json_out *j, const struct passbook_level *l)
{
	jw_key(j, "evidence");
	jw_open(j, '[');
	for (size_t i = 0; i < l->n_evidence; i++) {
		jw_open(j, '{');
		member(j, "kind", l->evidence[i].kind);
		jw_key(j, "n");
		jw_int(j, l->evidence[i].n);
		put_day(cx, j, "first", l->evidence[i].first_at);
		put_day(cx, j, "last", l->evidence[i].last_at);
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

static void put_level(struct ctx *cx, struct json_out *j, const struct passbook_level *l, bool with_evidence)
{
	struct estimate_band band = estimate_band(l->level.now, l->level.n_levels);
	jw_open(j, '{');
	member(j, "framework", l->framework);
	member(j, "code", l->code);
	member(j, "identifier", l->identifier);
	member(j, "name", l->name);
	jw_key(j, "levels");
	jw_int(j, l->level.n_levels);
	put_number(j, "level", l->level.known, l->level.now.mean);
	put_number(j, "from", l->level.known, band.from);
	put_number(j, "to", l->level.known, band.to);
	jw_key(j, "reached");
	l->reached == NONE ? jw_null(j) : jw_int(j, l->reached);
	member(j, "reached_name", l->reached_name);
	if (with_evidence)
		put_kinds(cx, j, l);
	jw_close(j, '}');
}

static void put_completed(struct ctx *cx, struct json_out *j, const struct passbook *p, bool programmes)
{
	jw_key(j, programmes ? "programmes" : "courses");
	jw_open(j, '[');
	for (size_t i = 0; i < p->n_courses; i++) {
		if (p->courses[i].programme != programmes)
			continue;
		jw_open(j, '{');
		member(j, "title", p->courses[i].title);
		member(j, "provider", p->courses[i].provider);
		put_day(cx, j, "completed", p->courses[i].completed_at);
		member(j, "certificate", p->courses[i].serial);
		jw_close(j, '}');
	}
	jw_close(j, ']');
}

enum err passbook_document(struct ctx *cx, const struct passbook *p, struct str *ret)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, DOCUMENT_MAX);
	jw_open(&j, '{');
	member(&j, "kind", S("karmayogi-passbook"));
	member(&j, "name", p->name);
	member(&j, "post", p->post);
	member(&j, "organisation", p->org);
	member(&j, "language", cx->lang == LANG_HI ? S("hi") : S("en"));
	jw_key(&j, "made");
	jw_time(&j, p->made_at);
	member(&j, "issuer", cx->app->base_url);
	member(&j, "key", str_hex(cx->arena, cx->app->sign_pk, sizeof cx->app->sign_pk));
	jw_key(&j, "competencies");
	jw_open(&j, '[');
	for (size_t i = 0; i < p->n_levels; i++)
		put_level(cx, &j, &p->levels[i], p->with_evidence);
	jw_close(&j, ']');
	if (p->with_evidence) {
		put_completed(cx, &j, p, false);
		put_completed(cx, &j, p, true);
	}
	jw_close(&j, '}');
	*ret = buf_get(&b);
	return b.full ? ERR_TOO_LARGE : OK;
}

enum err passbook_json(struct ctx *cx, const struct passbook *p, struct str *ret)
{
	struct str document;
	struct buf b;
	struct json_out j = { .b = &b };
	TRY(passbook_document(cx, p, &document));
	buf_init(&b, cx->arena, JSON_MAX);
	jw_open(&j, '{');
	member(&j, "document", document);
	member(&j, "signature", credential_sign(cx, document));
	jw_close(&j, '}');
	*ret = buf_get(&b);
	return b.full ? ERR_TOO_LARGE : OK;
}
