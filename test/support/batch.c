/* See batch.h. */
#include "batch.h"

static const char *said(const char *s, const char *otherwise)
{
	return s ? s : otherwise;
}

int64_t given_programme(struct fixture *f, const struct given_programme *in)
{
	int64_t id = new_id(&f->cx);
	tamper(f,
	       "INSERT INTO programme (id, org_id, code, title, title_hi, about, audience, state, minutes, approval, may_ask, least_sessions, least_others, "
	       "made_at, "
	       "changed_at) VALUES (%lld, %lld, '%s', '%s', '%s', '', '', 'live', 600, '%s', %s, %lld, 0, 1, 1)",
	       (long long)id, (long long)in->org_id, in->code, said(in->title, in->code), said(in->title_hi, ""), said(in->approval, "none"),
	       in->invited ? "FALSE" : "TRUE", (long long)in->least_sessions);
	if (in->coordinator)
		tamper(f, "INSERT INTO programme_coordinator (programme_id, person_id) VALUES (%lld, %lld)", (long long)id, (long long)in->coordinator);
	return id;
}

int64_t given_batch(struct fixture *f, const struct given_batch *in)
{
	int64_t id = new_id(&f->cx);
	const char *where = in->latitude != 0 ? base_of("%f, %f", in->latitude, in->longitude) : "NULL, NULL";
	tamper(f,
	       "INSERT INTO batch (id, programme_id, org_id, n, name, state, seats, waiting, invite_only, ask_until, from_day, last_day, starts_at, ends_at, "
	       "latitude, longitude, place, fee_paise, made_at, changed_at, cancelled_why) VALUES (%lld, %lld, %lld, 1, '%s', 'open', %lld, %lld, FALSE, %lld, "
	       "%lld, %lld, %lld, %lld, %s, '%s', 0, 1, 1, '')",
	       (long long)id, (long long)in->programme_id, (long long)in->org_id, said(in->name, "Batch"), (long long)(in->seats ? in->seats : 30),
	       (long long)in->waiting, (long long)(in->ask_until ? in->ask_until : in->starts_at), (long long)clock_day_in_india(in->starts_at),
	       (long long)clock_day_in_india(in->ends_at), (long long)in->starts_at, (long long)in->ends_at, where, said(in->place, ""));
	return id;
}

int64_t given_session(struct fixture *f, int64_t batch_id, const char *title, int64_t starts_at, int64_t ends_at)
{
	int64_t id = new_id(&f->cx);
	tamper(f, "INSERT INTO batch_session (id, batch_id, n, title, title_hi, starts_at, ends_at, place) VALUES (%lld, %lld, 1, '%s', '', %lld, %lld, '')",
	       (long long)id, (long long)batch_id, title, (long long)starts_at, (long long)ends_at);
	return id;
}

int64_t given_seat(struct fixture *f, int64_t batch_id, int64_t person_id, int64_t org_id)
{
	int64_t id = new_id(&f->cx);
	tamper(f,
	       "INSERT INTO admission (id, batch_id, person_id, state, how, step, org_id, bed, bed_given, asked_at, changed_at) VALUES (%lld, %lld, %lld, "
	       "'admitted', "
	       "'asked', 0, %lld, FALSE, FALSE, 1, 1)",
	       (long long)id, (long long)batch_id, (long long)person_id, (long long)org_id);
	return id;
}

int64_t given_event(struct fixture *f, const struct given_event *in)
{
	int64_t id = new_id(&f->cx);
	tamper(f,
	       "INSERT INTO event (id, org_id, title, title_hi, about, about_hi, lang, state, held, link, for_all, starts_at, ends_at, n_registered, made_at, "
	       "changed_at, "
	       "cancelled_why) VALUES (%lld, %lld, '%s', '%s', '', '', 'en', '%s', '%s', '', %s, %lld, %lld, 0, 1, 1, '')",
	       (long long)id, (long long)in->org_id, in->title, said(in->title_hi, ""), said(in->state, "open"), said(in->held, "link"),
	       in->for_few ? "FALSE" : "TRUE", (long long)in->starts_at, (long long)in->ends_at);
	return id;
}

int64_t given_charcha(struct fixture *f, int64_t org_id, const char *theme, int64_t held_at)
{
	int64_t id = new_id(&f->cx);
	tamper(f,
	       "INSERT INTO charcha (id, org_id, theme, theme_hi, about, only_there, least_done, state, register_until, held_at, minutes, place, link, size, "
	       "synthesis, "
	       "made_at, changed_at) VALUES (%lld, %lld, '%s', '', '', FALSE, 100, 'open', %lld, %lld, 60, '', '', 8, '', 1, 1)",
	       (long long)id, (long long)org_id, theme, (long long)held_at, (long long)held_at);
	return id;
}
