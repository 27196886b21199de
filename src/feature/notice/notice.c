/* Notices; see notice.h. */
#include "feature/notice/notice.h"
#include "base/fact.h"
#include "base/json.h"
#include "feature/push/push.h"
#include "web/lang.h"

#include <jansson.h>

const struct notice_kind_words notice_kinds[NOTICE_KINDS] = {
#define NOTICE(code, name, mail, push, must) { #code, name, mail, push, must },
#include "feature/notice/notice.def"
#undef NOTICE
};

int64_t notice_quiet_end(struct str zone, int64_t at, int64_t from, int64_t until)
{
	struct civil c = clock_civil(zone, at);
	int64_t minute = c.hour * 60 + c.minute;
	from = from == NONE ? NOTICE_QUIET_FROM : from;
	until = until == NONE ? NOTICE_QUIET_UNTIL : until;
	bool quiet = from < until ? minute >= from && minute < until : from > until && (minute >= from || minute < until);
	if (!quiet)
		return at;
	int64_t begun = at - c.second * SECOND - at % SECOND;
	return begun + (until - minute + NOTICE_DAY_MINUTES) % NOTICE_DAY_MINUTES * MINUTE;
}

/* ── texts ── */

static struct str args_json(struct ctx *cx, const struct notice *n)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, 8000);
	jw_open(&j, '{');
	for (size_t i = 0; i < n->n_args; i++) {
		jw_key(&j, n->args[i].name);
		jw_str(&j, n->args[i].value);
	}
	jw_close(&j, '}');
	return buf_get(&b);
}

struct str notice_text(struct ctx *cx, enum lang lang, struct str text, struct str args)
{
	json_t *o = json_loadb(args.p, args.n, 0, NULL), *value;
	struct msg_arg v[MSG_ARGS_MAX];
	const char *name;
	size_t n = 0;
	json_object_foreach (o, name, value)
		if (n < MSG_ARGS_MAX && json_is_string(value))
			v[n++] = (struct msg_arg){ str_dup(cx->arena, str_of(name)).p, str_dup(cx->arena, str_of(json_string_value(value))) };
	struct str s = msg_fill(cx, tr(lang, str_c(cx->arena, text)), n, v);
	json_decref(o);
	return s;
}

/* ── telling ── */

static enum err send_letter(struct ctx *cx, const struct notice *n, int64_t not_before)
{
	struct mail m = { .fact = n->fact, .person_id = n->person_id, .not_before = not_before, .subject = n->subject ? n->subject : n->text, .before = n->text,
			  .link_text = n->link_text ? n->link_text : N_("See it"), .link = str_fmt(cx->arena, "%.*s%.*s", STR_ARG(cx->app->base_url), STR_ARG(n->path)),
			  .args = n->args, .n_args = n->n_args };
	return mail_person(cx, &m, n->or_short);
}

static enum err send_push(struct ctx *cx, const struct notice *n, int64_t id, enum lang lang, int64_t not_before)
{
	const struct notice_kind_words *k = &notice_kinds[n->kind];
	struct push p = { .person_id = n->person_id, .notice_id = id, .lang = lang, .path = n->path, .urgent = k->must, .not_before = not_before,
			  .title = msg_fill(cx, tr(lang, n->subject ? n->subject : k->name), n->n_args, n->args), .text = msg_fill(cx, tr(lang, n->text), n->n_args, n->args) };
	return push_add(cx, &p);
}

enum err notice_tell(struct ctx *cx, const struct notice *n)
{
	const struct notice_kind_words *k = &notice_kinds[n->kind];
	struct notice_reader_row r;
	bool found = false;
	int64_t id = new_id(cx), changed = 0;
	TRY(notice_sql_reader(cx, str_of(k->code), n->person_id, &r, &found));
	if (!found)
		return OK;
	struct str way = k->must || !r.mail.p ? str_of(k->mail) : r.mail;
	struct str push = k->must || !r.push.p ? str_of(k->push) : r.push;
	TRY(notice_sql_add(cx, id, n->person_id, str_of(k->code), n->fact, str_of(n->text), args_json(cx, n), n->path, n->kind == NOTICE_assigned ? n->thing_id : NONE,
			   cx->now, str_is(way, "digest") ? S("wait") : S("no"), &changed));
	int64_t at = k->must ? cx->now : notice_quiet_end(r.zone, cx->now, r.quiet_from, r.quiet_until), not_before = at > cx->now ? at : 0;
	if (changed && r.devices && str_is(push, "now"))
		TRY(send_push(cx, n, id, lang_of(r.lang), not_before));
	return changed && str_is(way, "now") ? send_letter(cx, n, not_before) : OK;
}

/* ── a course asked of many ── */

enum err notice_assigned_many(struct ctx *cx, int64_t assignment_id)
{
	struct str id = str_fmt(cx->arena, "%lld", (long long)assignment_id);
	return job_add(cx, &(struct job_add){ .kind = "notice.assigned", .once = id, .input = id, .asked_by = NONE }, NULL);
}

static enum err assigned_step(struct ctx *cx, struct job *j)
{
	struct notice_given_row *rows;
	int64_t id, after = 0;
	size_t n;
	if (!str_int(j->input, &id) || (j->at.n && !str_int(j->at, &after)))
		return ERR_INTERNAL;
	TRY(notice_sql_given(cx, id, after, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		TRY(notice_assigned(cx, rows[i].person_id, id, rows[i].course_id, rows[i].title, rows[i].due_day));
		after = rows[i].person_id;
	}
	j->done += (int64_t)n;
	j->at = str_fmt(cx->arena, "%lld", (long long)after);
	j->ended = n == 0 || j->cancel;
	return OK;
}

enum err notice_assigned(struct ctx *cx, int64_t person_id, int64_t assignment_id, int64_t course_id, struct str title, int64_t due_day)
{
	/* A date that reads the same in every language of the house, since the text is translated only when somebody reads it. */
	struct civil due = clock_date(due_day);
	const struct msg_arg more[] = { { "course_id", fact_id(cx, course_id) }, { "due", str_fmt(cx->arena, "%04d-%02d-%02d", due.year, due.month, due.day) } };
	TRY(fact_tell(cx, &(struct fact){ FACT_course_assigned, person_id, NONE, NONE, more, sizeof more / sizeof *more }));
	const struct msg_arg args[] = { { "course", title }, { "day", str_fmt(cx->arena, "%02d-%02d-%d", due.day, due.month, due.year) } };
	struct notice n = { .kind = NOTICE_assigned, .person_id = person_id, .fact = str_fmt(cx->arena, "assigned:%lld:%lld:%lld", (long long)person_id, (long long)course_id, (long long)due_day),
			    .text = N_("“{course}” is assigned to you, due on {day}."), .args = args, .n_args = 2, .thing_id = assignment_id,
			    .path = str_fmt(cx->arena, "/courses/%lld", (long long)course_id) };
	return notice_tell(cx, &n);
}

/* ── the letter of the day ── */

/* Not before the morning, not in quiet hours, and once on a day of the person's own. */
static bool is_due(const struct ctx *cx, const struct notice_waiting_row *r)
{
	struct civil c = clock_civil(r->zone, cx->now);
	return c.hour * 60 + c.minute >= NOTICE_DIGEST_FROM && notice_quiet_end(r->zone, cx->now, r->quiet_from, r->quiet_until) == cx->now &&
	       (r->digest_day == NONE || r->digest_day < clock_day(r->zone, cx->now));
}

static enum err send_digest(struct ctx *cx, const struct notice_waiting_row *r)
{
	enum lang lang = lang_of(r->lang);
	int64_t day = clock_day(r->zone, cx->now);
	struct notice_lines_row *rows;
	struct buf b;
	size_t n;
	buf_init(&b, cx->arena, MAIL_BODY_MAX / 8);
	TRY(notice_sql_lines(cx, r->id, &rows, &n));
	for (size_t i = 0; i < n && i < NOTICE_DIGEST_LINES; i++) {
		struct str line = notice_text(cx, lang, rows[i].text, rows[i].args);
		buf_fmt(&b, "%s• %.*s", i ? "\n" : "", STR_ARG(line));
	}
	if (n > NOTICE_DIGEST_LINES)
		buf_fmt(&b, "\n• …");
	TRY(notice_sql_told(cx, r->id, NULL));
	if (!n)
		return OK;
	const struct msg_arg arg = { "list", buf_get(&b) };
	struct mail m = { .fact = str_fmt(cx->arena, "notice.digest:%lld:%lld", (long long)r->id, (long long)day), .person_id = r->id, .subject = N_("What is new for you"),
			  .before = N_("this is new for you:\n{list}"), .link_text = N_("See all of it"),
			  .link = str_fmt(cx->arena, "%.*s/notices", STR_ARG(cx->app->base_url)),
			  .after = N_("You can choose what is told how under My account, Notices."), .args = &arg, .n_args = 1 };
	TRY(mail_person(cx, &m, false));
	return notice_sql_set_digest_day(cx, r->id, day, NULL);
}

static enum err digest_step(struct ctx *cx, struct job *j)
{
	struct notice_waiting_row *rows;
	int64_t after = 0;
	size_t n;
	if (j->at.n && !str_int(j->at, &after))
		return ERR_INTERNAL;
	TRY(notice_sql_waiting(cx, after, &rows, &n));
	for (size_t i = 0; i < n; i++) {
		if (is_due(cx, &rows[i]))
			TRY(send_digest(cx, &rows[i]));
		after = rows[i].id;
	}
	j->at = str_fmt(cx->arena, "%lld", (long long)after);
	j->ended = n == 0;
	return j->ended ? notice_sql_sweep(cx, cx->now - NOTICE_KEPT, NULL) : OK;
}

const struct job_kind notice_jobs[] = {
	{ .name = "notice.digest", .title = N_("Letters of the day"), .step = digest_step, .every = 20 * MINUTE },
	{ .name = "notice.assigned", .title = N_("Telling people what is assigned to them"), .step = assigned_step },
	{ 0 },
};
