/* The record of learning as spreadsheet and as data; see record.h. */
#include "feature/record/record.h"
#include "base/clock.h"
#include "base/json.h"
#include "feature/org/org.h"
#include "feature/person/person.h"
#include "text/csv.h"
#include "web/html.h"

enum { FILE_MAX = 16 << 20 };

int64_t record_percent(struct str state, int64_t resources_done, int64_t needed)
{
	if (str_is(state, "completed"))
		return 100;
	if (needed <= 0 || resources_done == NONE)
		return 0;
	return resources_done >= needed ? 100 : resources_done * 100 / needed;
}

enum err record_of(struct ctx *cx, int64_t person_id, struct record *ret)
{
	struct person_one_row p;
	bool found = false;
	TRY(person_sql_one(cx, person_today(cx), person_id, &p, &found));
	if (!found)
		return ERR_NOT_FOUND;
	*ret = (struct record){ .name = p.name, .designation = org_name(cx, p.designation_en, p.designation_hi), .org = org_name(cx, p.org_en, p.org_hi) };
	TRY(record_sql_sums(cx, person_id, &ret->sums));
	TRY(record_sql_programmes(cx, person_id, RECORD_ROWS_MAX, &ret->programmes, &ret->n_programmes));
	return record_sql_since(cx, person_id, STR_NONE, STR_NONE, NONE, RECORD_ROWS_MAX, &ret->rows, &ret->n_rows);
}

struct record_since_row record_programme(const struct record_programmes_row *p)
{
	return (struct record_since_row){ .course_id = p->programme_id,
					  .code = p->code,
					  .title = p->title,
					  .provider = p->provider,
					  .kind = S("programme"),
					  .state = S("completed"),
					  .enrolled_at = NONE,
					  .completed_at = p->at,
					  .ended_at = NONE,
					  .due_day = NONE,
					  .verified_ms = NONE,
					  .stars = NONE,
					  .serial = p->serial };
}

/* ── spreadsheet ── */

static void number(struct buf *b, int64_t v)
{
	if (v != NONE)
		buf_int(b, v);
	buf_char(b, ',');
}

static void csv_row(struct ctx *cx, struct buf *b, const struct record_since_row *r)
{
	csv_put(b, r->code);
	csv_put(b, r->title);
	csv_put(b, r->provider);
	csv_put(b, r->lang);
	csv_put(b, r->kind);
	csv_put(b, r->state);
	csv_put(b, fmt_isodate(cx, r->enrolled_at));
	csv_put(b, fmt_isodate(cx, r->completed_at));
	csv_put(b, fmt_isodate(cx, r->ended_at));
	csv_put(b, fmt_isoday(cx, r->due_day));
	number(b, record_percent(r->state, r->resources_done, r->needed));
	number(b, r->verified_ms == NONE ? NONE : r->verified_ms / MINUTE);
	number(b, r->stars);
	csv_put(b, r->serial);
	csv_end_row(b);
}

struct str record_csv(struct ctx *cx, const struct record *r)
{
	struct buf b;
	buf_init(&b, cx->arena, FILE_MAX);
	buf_lit(&b, "\xEF\xBB\xBF" "course,title,provider,language,kind,state,enrolled,completed,ended,due,percent,verified_minutes,stars,certificate\r\n");
	for (size_t i = 0; i < r->n_rows; i++)
		csv_row(cx, &b, &r->rows[i]);
	for (size_t i = 0; i < r->n_programmes; i++) {
		struct record_since_row row = record_programme(&r->programmes[i]);
		csv_row(cx, &b, &row);
	}
	return buf_get(&b);
}

/* ── data ── */

static void text(struct json_out *j, const char *key, struct str v)
{
	jw_key(j, key);
	jw_str(j, v);
}

static void time_of(struct json_out *j, const char *key, int64_t v)
{
	jw_key(j, key);
	jw_time(j, v);
}

static void whole(struct json_out *j, const char *key, int64_t v)
{
	jw_key(j, key);
	if (v == NONE)
		jw_null(j);
	else
		jw_int(j, v);
}

static void json_row(struct ctx *cx, struct json_out *j, const struct record_since_row *r)
{
	jw_open(j, '{');
	jw_key(j, "course_id");
	jw_id(j, r->course_id);
	text(j, "course", r->code);
	text(j, "title", r->title);
	text(j, "provider", r->provider);
	text(j, "language", r->lang);
	text(j, "kind", r->kind);
	text(j, "state", r->state);
	time_of(j, "enrolled_at", r->enrolled_at);
	time_of(j, "completed_at", r->completed_at);
	time_of(j, "ended_at", r->ended_at);
	time_of(j, "last_at", r->last_at);
	text(j, "due", r->due_day == NONE ? STR_NONE : fmt_isoday(cx, r->due_day));
	whole(j, "percent", record_percent(r->state, r->resources_done, r->needed));
	whole(j, "verified_ms", r->verified_ms);
	whole(j, "stars", r->stars);
	text(j, "certificate", r->serial);
	jw_close(j, '}');
}

static void json_programme(struct json_out *j, const struct record_programmes_row *r)
{
	jw_open(j, '{');
	jw_key(j, "programme_id");
	jw_id(j, r->programme_id);
	text(j, "programme", r->code);
	text(j, "title", r->title);
	text(j, "provider", r->provider);
	whole(j, "minutes", r->minutes);
	time_of(j, "completed_at", r->at);
	text(j, "certificate", r->serial);
	jw_close(j, '}');
}

struct str record_json(struct ctx *cx, const struct record *r)
{
	struct buf b;
	buf_init(&b, cx->arena, FILE_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	text(&j, "name", r->name);
	text(&j, "designation", r->designation);
	text(&j, "organisation", r->org);
	time_of(&j, "made_at", cx->now);
	whole(&j, "completed", r->sums.completed);
	whole(&j, "verified_ms", r->sums.learned_ms);
	whole(&j, "certificates", r->sums.certificates);
	jw_key(&j, "courses");
	jw_open(&j, '[');
	for (size_t i = 0; i < r->n_rows; i++)
		json_row(cx, &j, &r->rows[i]);
	jw_close(&j, ']');
	jw_key(&j, "programmes");
	jw_open(&j, '[');
	for (size_t i = 0; i < r->n_programmes; i++)
		json_programme(&j, &r->programmes[i]);
	jw_close(&j, ']');
	jw_close(&j, '}');
	return buf_get(&b);
}
