/* See week.h. */
#include "week.h"
#include "feature/learned/learned.h"

void pass(struct fixture *f, int64_t ms)
{
	f->app.fixed_now += ms;
	f->cx.now = f->app.fixed_now;
}

int64_t noon(int64_t day)
{
	return clock_day_start(S("Asia/Kolkata"), day) + 12 * HOUR;
}

const char *iso(int64_t day)
{
	struct civil c = clock_date(day);
	return base_of("%04d-%02d-%02d", c.year, c.month, c.day);
}

void follow(struct fixture *f)
{
	pass(f, 3 * SECOND);
	query_end();
	work_now(f);
}

int64_t a_campaign(struct fixture *f, int64_t person_id, int64_t org_id, const char *name, int64_t from_day, int64_t last_day, const char *more, long expected)
{
	struct client *c = client_as(f, person_id);
	char json[500];
	snprintf(json, sizeof json, "{\"name_en\":\"%s\",\"from_day\":\"%s\",\"last_day\":\"%s\",\"target_minutes\":30,%s}", name, iso(from_day), iso(last_day),
		 more);
	long status = post_json(c, base_of("/api/v1/orgs/%lld/campaigns", (long long)org_id), json);
	NEED(status == expected, "campaign: %ld %s", status, buf_get(&c->body).p);
	int64_t id = status == 200 ? json_number(c, "id") : 0;
	client_free(c);
	return id;
}

struct spent {
	int64_t person_id, thing_id, course_id, ms, at;
	const char *kind;
};

static enum err spend(struct ctx *cx, void *arg)
{
	const struct spent *s = arg;
	return learned_add(cx, &(struct learnt){ .person_id = s->person_id,
						 .kind = s->kind,
						 .thing_id = s->thing_id,
						 .course_id = s->course_id,
						 .ms = s->ms,
						 .at = s->at,
						 .spent_until = NONE });
}

void learn(struct fixture *f, int64_t person_id, const char *kind, int64_t thing_id, int64_t course_id, int64_t ms, int64_t at)
{
	pass(f, 1);
	query_end();
	in_tx(f, spend, &(struct spent){ person_id, thing_id, course_id, ms, at, kind });
}

void learn_late(struct fixture *f, int64_t person_id, int64_t resource_id, int64_t course_id, int64_t ms, int64_t late)
{
	query_end();
	pass(f, -late);
	in_tx(f, spend, &(struct spent){ person_id, resource_id, course_id, ms, f->app.fixed_now, "resource" });
	pass(f, late);
}

int64_t figure(struct fixture *f, int64_t campaign_id, int64_t org_id, const char *column)
{
	int64_t n = query_int(f, "SELECT COALESCE(sum(%s), 0) FROM campaign_figure WHERE campaign_id = %lld AND org_id = %lld AND day = 0 AND hour = 24",
			      column, (long long)campaign_id, (long long)org_id);
	query_end();
	return n;
}

int64_t mine(struct fixture *f, int64_t campaign_id, int64_t person_id, const char *key)
{
	struct client *c = client_as(f, person_id);
	NEED(get(c, "/api/v1/campaigns/%lld", (long long)campaign_id) == 200, "no campaign of one's own: %ld", c->status);
	int64_t v = json_number(c, key);
	client_free(c);
	return v;
}

long set_dates(struct fixture *f, int64_t campaign_id, int64_t person_id, int64_t org_id, int64_t from_day, int64_t last_day)
{
	struct client *c = client_as(f, person_id);
	char json[300];
	snprintf(json, sizeof json, "{\"from_day\":\"%s\",\"last_day\":\"%s\",\"reason\":\"the office was closed\"}", iso(from_day), iso(last_day));
	long status = post_json(c, base_of("/api/v1/orgs/%lld/campaigns/%lld/dates", (long long)org_id, (long long)campaign_id), json);
	client_free(c);
	query_end();
	return status;
}
