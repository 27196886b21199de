/* The pages of notices and of the choices about them. */
#include "feature/account/device.h"
#include "feature/notice/notice.h"
#include "feature/notice/notice_page.h"
#include "feature/push/push.h"
#include "choices_html.h"
#include "notices_html.h"
#include "web/action.h"
#include "web/lang.h"

enum { PAGE = 30 };

/* ── the list ── */

struct list_in {
	int64_t before;
};
static const struct field list_in[] = { FIELD(list_in, before, F_ID), FIELD_END };
static const struct field list_out[] = {
	FIELD(notice_row, id, F_ID),	       FIELD(notice_row, kind, F_TEXT),	   FIELD(notice_row, text, F_TEXT, .personal = true),
	FIELD(notice_row, path, F_TEXT),       FIELD(notice_row, made_at, F_TIME), FIELD(notice_row, read_at, F_TIME),
	FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct list_in *in = input;
	struct notice_page *v = ARENA_NEW(cx->arena, struct notice_page);
	struct notice_list_row *rows;
	size_t n;
	(void)state;
	TRY(notice_sql_list(cx, cx->actor.person_id, in->before == NONE ? INT64_MAX : in->before, PAGE + 1, &rows, &n));
	v->n_rows = n > PAGE ? PAGE : n;
	v->rows = ARENA_ARRAY(cx->arena, struct notice_row, v->n_rows + 1);
	v->newest = NONE;
	v->may_change = cx->actor.acting == ACTING_SELF;
	for (size_t i = 0; i < v->n_rows; i++) {
		const struct notice_list_row *r = &rows[i];
		v->rows[i] = (struct notice_row){ r->id, r->made_at, r->read_at, r->kind, notice_text(cx, cx->lang, r->text, r->args), r->path };
		v->unread = v->unread || r->read_at == NONE;
		v->newest = i ? v->newest : r->id;
	}
	if (n > PAGE) {
		a->next = str_fmt(cx->arena, "%lld", (long long)v->rows[PAGE - 1].id);
		v->older = str_fmt(cx->arena, "/notices?before=%lld", (long long)v->rows[PAGE - 1].id);
	}
	a->view = v;
	ANSWER_ROWS(a, v->rows, v->n_rows);
	ANSWER_TITLE(cx, a, N_("Notices"));
	return OK;
}

/* ── reading ── */

struct open_in {
	int64_t notice_id;
};
static const struct field open_in[] = { FIELD(open_in, notice_id, F_ID, .must = true), FIELD_END };

static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct open_in *in = input;
	struct notice_one_row row;
	bool found = false;
	(void)state;
	TRY(notice_sql_one(cx, in->notice_id, cx->actor.person_id, &row, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "notice_id", N_("There is no such notice."));
	a->then = row.path;
	return notice_sql_read_one(cx, cx->now, in->notice_id, cx->actor.person_id, NULL);
}

struct read_in {
	int64_t upto_id;
};
static const struct field read_in[] = { FIELD(read_in, upto_id, F_ID, .must = true), FIELD_END };

static enum err read_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct read_in *in = input;
	(void)state;
	(void)a;
	return notice_sql_read_all(cx, cx->now, cx->actor.person_id, in->upto_id, NULL);
}

/* ── choices ── */

static struct str clock_text(struct ctx *cx, int64_t minute)
{
	return str_fmt(cx->arena, "%02lld:%02lld", (long long)minute / 60, (long long)minute % 60);
}

/* "21:00"; NONE: it is no time of day. */
static int64_t minute_of(struct str s)
{
	struct str rest = s, hour;
	int64_t h, m;
	if (!str_cut(&rest, ':', &hour) || rest.n != 2 || !str_int(hour, &h) || !str_int(rest, &m) || h < 0 || h > 23 || m < 0 || m > 59)
		return NONE;
	return h * 60 + m;
}

static enum err devices_of(struct ctx *cx, struct notice_choices_page *v)
{
	struct push_devices_row *rows;
	TRY(push_sql_devices(cx, cx->actor.person_id, &rows, &v->n_devices));
	v->devices = ARENA_ARRAY(cx->arena, struct notice_device_row, v->n_devices);
	v->key = push_public_key(cx);
	for (size_t i = 0; i < v->n_devices; i++) {
		bool here = rows[i].session_id == cx->actor.session_id;
		v->devices[i] = (struct notice_device_row){ rows[i].id, rows[i].made_at, account_device(cx, rows[i].agent), here };
		v->here = v->here || here;
	}
	return OK;
}

static enum err kinds_of(struct ctx *cx, struct notice_choices_page *v)
{
	struct notice_choices_row *mails;
	struct push_choices_row *pushes;
	size_t n_mails, n_pushes;
	TRY(notice_sql_choices(cx, cx->actor.person_id, &mails, &n_mails));
	TRY(push_sql_choices(cx, cx->actor.person_id, &pushes, &n_pushes));
	v->n_rows = NOTICE_KINDS;
	v->rows = ARENA_ARRAY(cx->arena, struct notice_choice_row, NOTICE_KINDS);
	for (size_t k = 0; k < NOTICE_KINDS; k++) {
		const struct notice_kind_words *w = &notice_kinds[k];
		struct str mail = str_of(w->mail), push = str_of(w->push);
		for (size_t i = 0; i < n_mails && !w->must; i++)
			if (str_is(mails[i].kind, w->code))
				mail = mails[i].mail;
		for (size_t i = 0; i < n_pushes && !w->must; i++)
			if (str_is(pushes[i].kind, w->code))
				push = pushes[i].push;
		v->rows[k] = (struct notice_choice_row){ str_of(w->code), str_of(tr(cx->lang, w->name)), w->must, str_is(mail, "now"), str_is(mail, "digest"), str_is(mail, "no"),
							 str_is(push, "now") };
	}
	return OK;
}

static enum err choices_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct notice_choices_page *v = ARENA_NEW(cx->arena, struct notice_choices_page);
	struct notice_hours_row hours = { NONE, NONE };
	bool found = false;
	(void)input;
	(void)state;
	TRY(kinds_of(cx, v));
	TRY(devices_of(cx, v));
	TRY(notice_sql_hours(cx, cx->actor.person_id, &hours, &found));
	v->quiet_from = clock_text(cx, !found || hours.quiet_from == NONE ? NOTICE_QUIET_FROM : hours.quiet_from);
	v->quiet_until = clock_text(cx, !found || hours.quiet_until == NONE ? NOTICE_QUIET_UNTIL : hours.quiet_until);
	a->view = v;
	a->nav = NAV_ACCOUNT;
	a->push = true;
	ANSWER_TITLE(cx, a, N_("What is told how"));
	return OK;
}

struct choose_in {
	struct strs mail, push; /* "KIND=now"; of one kind twice, the later counts, so that a box that is not ticked says no */
	struct str quiet_from, quiet_until;
};
static const struct field choose_in[] = {
	FIELD(choose_in, mail, F_TEXTS, .label = N_("Letters"), .max = 60),
	FIELD(choose_in, push, F_TEXTS, .label = N_("On my devices"), .max = 60),
	FIELD(choose_in, quiet_from, F_TEXT, .label = N_("Quiet from"), .must = true, .max = 5),
	FIELD(choose_in, quiet_until, F_TEXT, .label = N_("until"), .must = true, .max = 5),
	FIELD_END,
};

/* ret_kind: one that can be chosen. */
static enum err kind_of(struct ctx *cx, const char *field, struct str pair, struct str *ret_kind, struct str *ret_way)
{
	*ret_way = pair;
	bool good = str_cut(ret_way, '=', ret_kind);
	for (size_t k = 0; good && k < NOTICE_KINDS; k++)
		if (str_is(*ret_kind, notice_kinds[k].code))
			return notice_kinds[k].must ? fail(cx, ERR_INVALID, field, N_("names a kind that is always told")) : OK;
	return fail(cx, ERR_INVALID, field, N_("names a kind that there is not"));
}

static enum err choose_mail(struct ctx *cx, struct str pair)
{
	struct str kind, way;
	TRY(kind_of(cx, "mail", pair, &kind, &way));
	if (!str_is(way, "now") && !str_is(way, "digest") && !str_is(way, "no"))
		return fail(cx, ERR_INVALID, "mail", N_("must be a kind with now, digest or no"));
	return notice_sql_choose(cx, cx->actor.person_id, kind, way, NULL);
}

static enum err choose_push(struct ctx *cx, struct str pair)
{
	struct str kind, way;
	TRY(kind_of(cx, "push", pair, &kind, &way));
	if (!str_is(way, "now") && !str_is(way, "no"))
		return fail(cx, ERR_INVALID, "push", N_("must be a kind with now or no"));
	return push_choose(cx, cx->actor.person_id, kind, way);
}

static enum err choose_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct choose_in *in = input;
	int64_t from = minute_of(in->quiet_from), until = minute_of(in->quiet_until);
	(void)state;
	(void)a;
	if (from == NONE)
		return fail(cx, ERR_INVALID, "quiet_from", N_("is not a time of day such as 21:00"));
	if (until == NONE)
		return fail(cx, ERR_INVALID, "quiet_until", N_("is not a time of day such as 21:00"));
	for (size_t i = 0; i < in->mail.n; i++)
		TRY(choose_mail(cx, in->mail.v[i]));
	for (size_t i = 0; i < in->push.n; i++)
		TRY(choose_push(cx, in->push.v[i]));
	return notice_sql_set_hours(cx, cx->actor.person_id, from, until, NULL);
}

const struct action notice_actions[] = {
	{ .name = "notice.list", .method = GET, .page = "/notices", .api = "/api/v1/notices", .may = MAY_LEARN, .in = list_in, .in_size = sizeof(struct list_in), .out = list_out,
	  .out_list = true, .own = true, .run = list_run, .html = notices_view, .summary = "What the house told the person, the newest first." },
	{ .name = "notice.open", .method = POST, .page = "/notices/{notice_id}/open", .may = MAY_LEARN, .in = open_in, .in_size = sizeof(struct open_in), .own = true, .quiet = true,
	  .run = open_run, .form = "notice.list", .then = "/notices", .summary = "Marks a notice as read and goes where it leads." },
	{ .name = "notice.read", .method = POST, .page = "/notices/read", .api = "/api/v1/notices/read", .may = MAY_LEARN, .in = read_in, .in_size = sizeof(struct read_in), .own = true,
	  .quiet = true, .run = read_run, .form = "notice.list", .then = "/notices", .summary = "Marks notices up to one as read." },
	{ .name = "notice.choices", .method = GET, .page = "/me/notices", .may = MAY_LEARN, .own = true, .run = choices_run, .html = choices_view,
	  .summary = "How the person is told of what, and the quiet hours." },
	{ .name = "notice.choose", .method = POST, .page = "/me/notices", .api = "/api/v1/me/notices", .may = MAY_LEARN, .in = choose_in, .in_size = sizeof(struct choose_in), .own = true,
	  .run = choose_run, .form = "notice.choices", .then = "/me/notices", .notice = N_("Your choice is kept."), .summary = "Changes how the person is told, and the quiet hours." },
	ACTION_END,
};
