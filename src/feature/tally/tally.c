/* Counters; see tally.h. */
#include "feature/tally/tally.h"
#include "base/clock.h"

int64_t tally_month(int64_t at)
{
	struct civil c = clock_civil(S("Asia/Kolkata"), at);
	return c.year * INT64_C(100) + c.month;
}

static int64_t shard(const struct ctx *cx, int64_t person_id)
{
	if (db_one_writer(cx->db))
		return 0;
	/* The low bits of an id are a sequence number; above them stands the node, then the time. */
	return (int64_t)(((uint64_t)person_id * UINT64_C(0x9e3779b97f4a7c15)) >> 60) % TALLY_SHARDS;
}

enum err tally_add(struct ctx *cx, int64_t subject_id, const char *what, int64_t person_id, int64_t at, int64_t n)
{
	return tally_sql_add(cx, subject_id, str_of(what), shard(cx, person_id), n, tally_month(at), NULL);
}

enum err tally_add_above(struct ctx *cx, const char *what, int64_t person_id, int64_t at, int64_t n)
{
	return tally_sql_add_above(cx, str_of(what), shard(cx, person_id), n, tally_month(at), person_id, clock_day_in_india(at), NULL);
}

enum err tally_get(struct ctx *cx, int64_t subject_id, const char *what, int64_t period, int64_t *ret)
{
	struct tally_get_row row;
	TRY(tally_sql_get(cx, subject_id, str_of(what), period, &row));
	*ret = row.total;
	return OK;
}

static enum err count_fact(struct ctx *cx, void *arg, const void *row)
{
	const struct tally_facts_row *f = row;
	const int64_t sign = *(const int *)arg;
	if (str_is(f->kind, "learning_ms"))
		return tally_add_above(cx, "learning_ms", f->person_id, f->at, sign * f->ms);
	if (str_is(f->kind, "rating")) {
		TRY(tally_add(cx, f->subject_id, "stars", f->person_id, f->at, sign * f->ms));
		return tally_add(cx, f->subject_id, "ratings", f->person_id, f->at, sign);
	}
	if (str_is(f->kind, "enrolled"))
		return tally_add(cx, f->subject_id, "enrolled", f->person_id, f->at, sign);
	TRY(tally_add(cx, f->subject_id, "completed", f->person_id, f->at, sign));
	return tally_add_above(cx, "completed", f->person_id, f->at, sign);
}

static enum err count_fact_of(struct ctx *cx, void *arg, const void *row)
{
	const struct tally_facts_of_row *f = row;
	const struct tally_facts_row same = { .kind = f->kind, .person_id = f->person_id, .subject_id = f->subject_id, .at = f->at, .ms = f->ms };
	return count_fact(cx, arg, &same);
}

enum err tally_rebuild(struct ctx *cx)
{
	int sign = 1;
	TRY(tally_sql_clear(cx, NULL));
	return tally_sql_facts(cx, count_fact, &sign);
}

enum err tally_person(struct ctx *cx, int64_t person_id, int sign)
{
	return tally_sql_facts_of(cx, person_id, count_fact_of, &sign);
}

enum err tally_org_moves(struct ctx *cx, int64_t org_id, int sign)
{
	return tally_sql_move(cx, sign, org_id, NULL);
}
