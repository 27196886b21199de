/* The life of a request; see action.h for its order. */
#include "web/exchange.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/audit.h"
#include "web/form.h"
#include "web/lang.h"
#include "web/page.h"
#include "web/reply.h"
#include "error_html.h"
#include "layout_html.h"

#include <stdio.h>
#include <stdlib.h>

enum { PAGE_MAX = 4 << 20 };

/* ── answers ── */

static void add_cookie(struct exchange *x, const char *name, struct str value, int64_t seconds)
{
	bool secure = str_starts(x->cx.app->base_url, S("https://"));
	BUG_IF(x->out.n_cookies == COOKIES_MAX);
	x->out.cookies[x->out.n_cookies++] = str_fmt(x->cx.arena, "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name, STR_ARG(value),
						     (long long)seconds, secure ? "; Secure" : "");
}

static struct str initials(struct ctx *cx, struct str name)
{
	struct str rest = name, part, first = STR_NONE, last = STR_NONE;
	while (str_cut(&rest, ' ', &part))
		if (part.n) {
			if (!first.p)
				first = utf8_prefix(part, 1);
			else
				last = utf8_prefix(part, 1);
		}
	return str_fmt(cx->arena, "%.*s%.*s", STR_ARG(first), STR_ARG(last));
}

static struct str this_address(struct exchange *x)
{
	struct ctx *cx = &x->cx;
	if (x->in.method != GET)
		return S("/");
	return x->in.query.n ? str_fmt(cx->arena, "%.*s?%.*s", STR_ARG(x->in.path), STR_ARG(x->in.query)) : x->in.path;
}

static struct str notice_of(struct exchange *x)
{
	const struct action *a = x->in.cookie_notice.n ? action_named(x->actions, str_c(x->cx.arena, x->in.cookie_notice)) : NULL;
	if (!a || !a->notice)
		return STR_NONE;
	add_cookie(x, "notice", S(""), 0);
	return str_of(tr(x->cx.lang, a->notice));
}

static void frame(struct exchange *x, struct html body, struct str title)
{
	struct ctx *cx = &x->cx;
	bool hindi = cx->lang == LANG_HI;
	unsigned roles = x->session.roles;
	enum nav nav = x->answer.nav;
	struct pair q = { S("q"), x->pairs && x->in.method == GET ? pairs_get(x->pairs, S("q")) : STR_NONE };
	struct page p = {
		.title = title,
		.name = cx->actor.name,
		.initials = initials(cx, cx->actor.name),
		.lang = hindi ? S("hi") : S("en"),
		.other_lang = hindi ? S("en") : S("hi"),
		.other_lang_name = hindi ? S("English") : S("हिन्दी"),
		.other_lang_link = str_fmt(cx->arena, "/language/%s?to=%s", hindi ? "en" : "hi", url_encoded(cx, this_address(x)).p),
		.query = q.value,
		.body = body,
		.signed_in = cx->actor.person_id != 0,
		.player = x->answer.player,
		.quiz = x->answer.quiz,
		.exam = x->answer.exam,
		.passkey = x->answer.passkey,
		.pad = x->answer.pad,
		.push = x->answer.push,
		.attendance = x->answer.attendance,
		.presence = x->answer.presence,
		.live = x->answer.live,
		.errors = x->refused != OK,
		.at_home = nav == NAV_HOME,
		.at_learn = nav == NAV_LEARN,
		.at_record = nav == NAV_RECORD,
		.at_team = nav == NAV_TEAM,
		.at_org = nav == NAV_ORG,
		.at_provider = nav == NAV_PROVIDER,
		.has_team = roles & R_SUPERVISOR_ANY,
		.has_org = (roles & (R_MDO_ADMIN | R_OPERATOR)) || x->session.custom_org,
		.has_provider = (roles & (R_AUTHOR | R_REVIEWER | R_PUBLISHER | R_OPERATOR)) || x->session.custom_courses,
		.acts = cx->actor.acting == ACTING_DELEGATE,
		.helps = cx->actor.acting == ACTING_SUPPORT,
		.for_name = cx->actor.for_name,
		.acting_until = cx->actor.acting_until,
		.unread = x->session.unread,
	};
	struct html_out o;
	html_begin(&o, cx, PAGE_MAX);
	o.exchange = x;
	layout_html(&o, &p);
	x->out.type = "text/html; charset=utf-8";
	x->out.body = buf_get(&o.b);
	if (o.b.full) {
		x->out.status = 500;
		x->out.trouble = "page over its ceiling";
	}
}

static void error_page(struct exchange *x, enum err e)
{
	struct ctx *cx = &x->cx;
	struct error_page v = {
		.title = str_of(tr(cx->lang, err_title(e))),
		.sentence = reply_sentence(cx, e),
		.status = x->out.status,
		.request_id = str_fmt(cx->arena, "%016lx", (unsigned long)cx->request_id),
		.offer_sign_in = e == ERR_NOT_SIGNED_IN,
	};
	struct html_out o;
	html_begin(&o, cx, PAGE_MAX);
	o.exchange = x;
	error_html(&o, &v);
	x->answer = (struct answer){ 0 };
	x->refused = OK;
	struct str body = buf_get(&o.b);
	frame(x, (struct html){ body.p, body.n }, v.title);
}

/* Somebody who does nothing before the second factor is set up. */
static bool waits_for_factor(const struct exchange *x)
{
	const struct action *act = x->match.action;
	return x->session.must_enrol && !act->before_factor && !(permission_roles(act->may) & R_ANYONE);
}

/* RFC 9110, section 15.5.6; absent: nothing is at this address. */
static struct str allowed(struct exchange *x)
{
	struct buf b;
	buf_init(&b, x->cx.arena, 100);
	for (int m = GET; m < METHOD_COUNT_; m++)
		if (x->match.taken[m])
			buf_fmt(&b, "%s%s", b.n ? ", " : "", m == GET ? "GET, HEAD" : method_name((enum method)m));
	return b.n ? buf_get(&b) : STR_NONE;
}

static void answer_error(struct exchange *x, enum err e)
{
	x->out.status = (unsigned)err_status(e);
	x->out.allow = e == ERR_METHOD ? allowed(x) : STR_NONE;
	if (e == ERR_INTERNAL || e == ERR_UNAVAILABLE || e == ERR_BUSY)
		x->out.trouble = err_slug(e);
	if (x->match.api || str_starts(x->in.path, S("/api/"))) {
		reply_problem(x, e);
	} else if (e == ERR_NOT_SIGNED_IN) {
		x->out.status = 303;
		x->out.location = str_fmt(x->cx.arena, "/sign-in?to=%s", url_encoded(&x->cx, this_address(x)).p);
	} else if (e == ERR_FORBIDDEN && x->match.action && waits_for_factor(x)) {
		x->out.status = 303;
		x->out.location = S("/me/second-factor");
	} else {
		error_page(x, e);
	}
}

/* ── a good end ── */

static void answer_document(struct exchange *x)
{
	const struct answer *a = &x->answer;
	x->out.type = a->type;
	x->out.body = a->bytes;
	x->out.file = a->file;
	x->out.cache_for_ever = a->cache_for_ever;
	x->out.location = a->location;
	x->out.etag = a->etag;
	x->out.listen = a->listen;
	x->out.status = a->status ? a->status : x->out.status;
	if (x->out.status == 204 || reply_unchanged(x)) {
		x->out.type = NULL;
		x->out.body = S("");
	}
	if (a->filename.p)
		x->out.disposition = str_fmt(x->cx.arena, "attachment; filename=\"%.*s\"", STR_ARG(a->filename));
}

static void answer_view(struct exchange *x, const struct action *act)
{
	struct html_out o;
	x->notice = notice_of(x);
	html_begin(&o, &x->cx, PAGE_MAX);
	o.exchange = x;
	act->html(&o, x->answer.view);
	struct str body = buf_get(&o.b);
	if (act->bare) {
		x->out.type = "text/html; charset=utf-8";
		x->out.body = body;
	} else {
		frame(x, (struct html){ body.p, body.n }, x->answer.title);
	}
}

static void set_cookies(struct exchange *x)
{
	const struct answer *a = &x->answer;
	if (a->set_session.p)
		add_cookie(x, "session", a->set_session, SESSION_LIFE / SECOND);
	if (a->end_session)
		add_cookie(x, "session", S(""), 0);
	if (a->set_sign_in.p)
		add_cookie(x, "sign_in", a->set_sign_in, a->set_sign_in.n ? 10 * MINUTE / SECOND : 0);
	if (a->set_lang_now)
		add_cookie(x, "lang", a->set_lang == LANG_HI ? S("hi") : S("en"), 365 * DAY / SECOND);
}

static void answer_good(struct exchange *x)
{
	const struct action *act = x->match.action;
	x->out.status = x->refused ? (unsigned)err_status(x->refused) : 200;
	set_cookies(x);
	if (x->answer.type || x->answer.file.p || x->answer.status) {
		answer_document(x);
	} else if (x->match.api) {
		reply_answer(x);
	} else if (x->answer.then.p || (act->method != GET && act->then)) {
		x->out.status = 303;
		x->out.location = x->answer.then.p ? x->answer.then : action_address(&x->cx, act->then, act->in, x->input);
		if (act->notice)
			add_cookie(x, "notice", str_of(act->name), 60);
	} else if (act->html) {
		answer_view(x, act);
	} else {
		BUG("an action that answers nothing");
	}
}

static void end(struct exchange *x, enum err e)
{
	if (e == OK)
		answer_good(x);
	else
		answer_error(x, e);
	x->arrived(x);
}

/* ── the steps ── */

static enum err path_id(struct exchange *x, int64_t *ret)
{
	static const char *const names[] = { [SCOPE_NONE] = NULL, [SCOPE_ORG] = "org_id", [SCOPE_PERSON] = "person_id", [SCOPE_COURSE] = "course_id" };
	const char *name = names[x->match.action->scope];
	*ret = 0;
	for (size_t i = 0; name && i < x->match.n_values; i++)
		if (str_is(x->match.value[i].name, name) && (!str_int(x->match.value[i].value, ret) || *ret <= 0))
			*ret = 0;
	return OK;
}

/* A program may do less than its person. */
static enum err check_token(struct exchange *x)
{
	const struct action *act = x->match.action;
	struct ctx *cx = &x->cx;
	if (!x->token.id)
		return OK;
	if (act->in_person)
		return fail(cx, ERR_FORBIDDEN, "", N_("A token cannot do this. Sign in yourself."));
	if (!token_allows(x->token.scopes, act->may, act->method != GET))
		return fail_msg(cx, ERR_FORBIDDEN, S(""), N_("This token does not carry the scope “{scope}”."), 1,
				(struct msg_arg[]){ { "scope", token_scope_of(cx, act->may, act->method != GET) } });
	return OK;
}

/* Who acts for somebody uses that one's roles. What belongs to the person alone (account, learning, the own word) stays with the person, and who
 * is there to help changes nothing at all. */
static enum err check_acting(struct exchange *x)
{
	const struct action *act = x->match.action;
	struct ctx *cx = &x->cx;
	struct msg_arg name = { "name", cx->actor.for_name };
	unsigned roles = permission_roles(act->may);
	bool change = act->method != GET;
	if (cx->actor.acting == ACTING_SELF || act->while_acting || (roles & R_ANYONE))
		return OK;
	if (change && cx->actor.acting == ACTING_SUPPORT)
		return fail_msg(cx, ERR_FORBIDDEN, S(""), N_("You look at what {name} sees. Nothing can be changed meanwhile, and nothing was."), 1, &name);
	if (act->own || act->in_person || (change && (roles & R_LEARNER)))
		return fail_msg(cx, ERR_FORBIDDEN, S(""), N_("You act for {name}. This only {name} can do; stop acting to go on as yourself."), 1, &name);
	return OK;
}

static enum err check_access(struct exchange *x)
{
	int64_t id;
	TRY(path_id(x, &id));
	TRY(check_acting(x));
	if (waits_for_factor(x))
		return fail(&x->cx, ERR_FORBIDDEN, "", N_("Administrators of this installation need a second factor. Set it up under “My account” before anything else."));
	TRY(access_check(&x->cx, x->match.action->may, x->match.action->scope, id));
	return check_token(x);
}

static void new_input(struct exchange *x)
{
	const struct action *act = x->match.action;
	x->input = act->in ? arena_alloc(x->cx.arena, act->in_size) : NULL;
	x->answer = (struct answer){ 0 };
}

static enum err find_token(struct exchange *x)
{
	struct str secret = x->in.authorization;
	bool bearer = secret.n > 7 && str_eq(str_lower(x->cx.arena, str_sub(secret, 0, 7)), S("bearer "));
	if (bearer)
		TRY(token_find(&x->cx, str_trim(str_sub(secret, 7, secret.n)), &x->token));
	if (!x->token.id)
		return fail(&x->cx, ERR_NOT_SIGNED_IN, "", N_("This token is not in force: it has expired, was withdrawn, or is not one of ours."));
	return OK;
}

/* Who is there. The language chosen on this device stands before the one of the person. A token counts only for the API, and there before a
 * cookie: whoever sends one means it. */
static enum err find_session(struct exchange *x)
{
	enum lang chosen = x->cx.lang;
	if (x->match.api && x->in.authorization.p)
		return find_token(x);
	TRY(session_find(&x->cx, x->in.cookie_session, !x->match.api, &x->session));
	if (x->in.cookie_lang.n)
		x->cx.lang = chosen;
	return OK;
}

/* Counted once for a request, whoever it turns out to be: a wrong token counts for its address. */
static enum err check_rate(struct exchange *x)
{
	struct ctx *cx = &x->cx;
	struct str client;
	if (!x->match.api || !x->rates || x->rate.limit)
		return OK;
	if (cx->actor.token_id)
		client = str_fmt(cx->arena, "token %lld", (long long)cx->actor.token_id);
	else if (cx->actor.person_id)
		client = str_fmt(cx->arena, "person %lld", (long long)cx->actor.person_id);
	else
		client = str_fmt(cx->arena, "address %.*s", STR_ARG(cx->address));
	x->rate = rate_take(x->rates, client, cx->now);
	return x->rate.over ? fail(cx, ERR_TOO_MANY, "", N_("Too many requests in a minute. Nothing was changed; the header Retry-After says when to go on."))
			    : OK;
}

/* Who is there, and whether it may ask at all. */
static enum err admit(struct exchange *x)
{
	enum err e = find_session(x);
	enum err over = check_rate(x);
	return over ? over : e;
}

/* Everything of a GET, in one unchanging picture of the data. */
static enum err get_steps(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	const struct action *act = x->match.action;
	cx->n_failures = x->refused ? cx->n_failures : 0;
	TRY(admit(x));
	TRY(check_access(x));
	struct pairs *pairs;
	TRY(input_pairs(cx, &x->match, &x->in, &pairs));
	if (!x->refused)
		x->pairs = pairs;
	new_input(x);
	TRY(input_fill(cx, act, pairs, x->input));
	if (act->prepare)
		TRY(act->prepare(cx, x->input, &x->state));
	return act->run(cx, x->input, x->state, &x->answer);
}

static bool same_site(const struct exchange *x)
{
	const struct incoming *in = &x->in;
	if (in->fetch_site.n)
		return str_is(in->fetch_site, "same-origin") || str_is(in->fetch_site, "none");
	if (!in->origin.n)
		return true; /* not a browser, or one that says nothing; the token decides */
	ptrdiff_t at = str_find(in->origin, S("://"));
	return at >= 0 && str_eq(str_sub(in->origin, (size_t)at + 3, in->origin.n), in->host);
}

static enum err check_forgery(struct exchange *x)
{
	struct ctx *cx = &x->cx;
	if (x->token.id)
		return OK; /* no browser adds it by itself */
	if (!same_site(x))
		return fail(cx, ERR_CROSS_SITE, "", N_("This form came from another site. Nothing was changed; please open the page here and send it again."));
	if (!x->session.open)
		return OK; /* nothing to ride on; sign-in itself is held by the origin */
	struct str sent = x->match.api ? x->in.csrf_header : x->pairs->csrf;
	if (!sent.n)
		sent = x->in.csrf_header;
	if (!str_eq(sent, session_csrf(cx, x->session.cookie)))
		return fail(cx, ERR_CROSS_SITE, "", N_("This form has expired. Nothing was changed; please open the page again and repeat it."));
	return OK;
}

static enum err begin_key(struct exchange *x)
{
	const struct incoming *in = &x->in;
	const struct str asked[] = { in->path, in->query, in->type, in->upload ? S("") : in->body, in->if_match, str_of(method_name(in->method)) };
	if (!x->match.api || !in->idempotency_key.p || !x->cx.actor.person_id)
		return OK;
	TRY(idempotency_begin(&x->cx, in->idempotency_key, asked, sizeof asked / sizeof *asked, in->upload, &x->key));
	TRY(idempotency_find(&x->cx, &x->key));
	x->out.replayed = x->key.body.p != NULL;
	return OK;
}

/* Of a changing request: what is done before its transaction. */
static enum err before_steps(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	const struct action *act = x->match.action;
	cx->n_failures = 0;
	TRY(admit(x));
	TRY(check_access(x));
	TRY(input_pairs(cx, &x->match, &x->in, &x->pairs));
	TRY(check_forgery(x));
	TRY(begin_key(x));
	if (!act->prepare || x->out.replayed)
		return OK;
	new_input(x);
	TRY(input_fill(cx, act, x->pairs, x->input));
	return act->prepare(cx, x->input, &x->state);
}

/* When the session or token was last in use is noted once in a while, not with each request. */
static bool stale(const struct exchange *x)
{
	int64_t since = x->cx.now - SESSION_SEEN_EVERY;
	return x->token.id ? x->token.seen_at <= since : x->session.open && x->session.seen_at <= since;
}

static enum err touch(struct ctx *cx)
{
	return cx->actor.token_id ? token_touch(cx) : session_touch(cx);
}

/* What was sent, for the trail: secrets and files not, long texts cut. */
static struct str input_json(struct exchange *x)
{
	const struct action *act = x->match.action;
	struct ctx *cx = &x->cx;
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, cx->arena, AUDIT_TEXT_MAX);
	jw_open(&j, '{');
	for (const struct field *f = act->in; f && f->name; f++) {
		const void *at = (const char *)x->input + f->offset;
		bool text = f->kind == F_TEXT || f->kind == F_LONG || f->kind == F_JSON;
		if (f->kind == F_SECRET || (act->upload && strcmp(f->name, "file") == 0))
			continue;
		if (text) {
			jw_key(&j, f->name);
			jw_str(&j, utf8_prefix(*(const struct str *)at, 400));
		} else {
			reply_field(cx, &j, f, at);
		}
	}
	jw_close(&j, '}');
	return b.full ? S("{\"cut\":true}") : buf_get(&b);
}

static enum err note_change(struct exchange *x)
{
	const struct action *act = x->match.action;
	int64_t subject;
	TRY(path_id(x, &subject));
	return audit_note(&x->cx, &(struct audit_note){ .action = act->name,
							.path = x->in.path,
							.scope = act->scope,
							.subject_id = subject,
							.input = input_json(x),
							.before = x->answer.before });
}

/* The answer is kept with the change: who asks again gets it even when it never arrived. */
static enum err keep_answer(struct exchange *x)
{
	bool full = false;
	if (!x->key.key_hash.p || x->answer.refused)
		return OK;
	if (x->answer.type || x->answer.file.p || x->answer.status)
		return fail(&x->cx, ERR_MALFORMED, "", N_("This address takes no Idempotency-Key. Nothing was changed."));
	x->key.body = reply_json(x, &full);
	return full ? ERR_TOO_LARGE : idempotency_keep(&x->cx, &x->key);
}

static enum err change_steps(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	const struct action *act = x->match.action;
	cx->n_failures = 0;
	new_input(x);
	if (x->key.key_hash.p) {
		TRY(idempotency_find(cx, &x->key));
		x->out.replayed = x->key.body.p != NULL;
		if (x->out.replayed)
			return OK;
	}
	TRY(check_access(x));
	TRY(input_fill(cx, act, x->pairs, x->input));
	TRY(act->run(cx, x->input, x->state, &x->answer));
	if (!act->quiet)
		TRY(note_change(x));
	if (stale(x))
		TRY(touch(cx));
	return keep_answer(x);
}

/* What other servers take does not count against the time of our statements. */
static enum err outside_steps(struct exchange *x)
{
	if (!x->go_outside(x))
		return ERR_BUSY;
	enum err e = x->match.action->outside(&x->cx, x->input, x->state);
	x->come_back(x);
	db_deadline(x->cx.db, clock_monotonic() / 1000000 + x->time_limit_ms);
	return e;
}

static bool shown_in_form(enum err e)
{
	return e == ERR_INVALID || e == ERR_CONFLICT || e == ERR_TOO_MANY || e == ERR_GONE;
}

static void changed(struct db_piece *piece, enum err e)
{
	struct exchange *x = piece->arg;
	const struct action *act = x->match.action;
	if (e == OK)
		e = x->answer.refused;
	if (e != OK && act->form && !x->match.api && shown_in_form(e)) {
		x->refused = e;
		x->again = true;
		x->arrived(x);
		return;
	}
	end(x, e);
}

/* The page of the form once more, with what was typed and what was wrong. */
static void show_form(struct exchange *x)
{
	const struct action *posted = x->match.action;
	x->form_action = posted;
	x->match.action = action_named(x->actions, posted->form);
	x->in.method = GET;
	/* What the page's address carried is in hidden fields of the form; of one with a file, whose body is not kept, in the query of its address. */
	if (!x->in.upload)
		x->in.query = x->in.body;
	enum err e = db_read(&x->cx, get_steps, x);
	end(x, e);
}

/* Whose record is looked at by somebody else; 0: nobody's. */
static int64_t looked_at(struct exchange *x)
{
	int64_t id = 0;
	if (x->match.action->scope != SCOPE_PERSON || !x->cx.actor.person_id || path_id(x, &id) != OK)
		return 0;
	return id == actor_hand(&x->cx.actor) ? 0 : id;
}

/* Who looked at whose record; and, by the way, when the session was last in use. A look that cannot be noted is refused. */
static enum err note_look(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	if (stale(x))
		TRY(touch(cx));
	return audit_view(cx, looked_at(x), x->match.action->name);
}

static void look_noted(struct db_piece *piece, enum err e)
{
	struct exchange *x = piece->arg;
	if (e != OK)
		x->answer = (struct answer){ 0 };
	end(x, e);
}

/* When a session or token was last in use, for the lists of them. Nothing of an answer hangs on it, so no answer waits for it. */
struct use {
	struct db_piece piece; /* first */
	struct ctx cx;
};

static enum err note_use(struct ctx *cx, void *arg)
{
	(void)arg;
	return touch(cx);
}

static void use_noted(struct db_piece *piece, enum err e)
{
	struct use *u = (struct use *)piece;
	(void)e; /* the next request notes it */
	arena_free(u->cx.arena);
	free(u);
}

static struct use *new_use(const struct ctx *cx)
{
	struct use *u = calloc(1, sizeof *u);
	if (!u)
		BUG("out of memory");
	u->cx = (struct ctx){ .arena = arena_new(), .db = cx->db, .now = cx->now, .app = cx->app };
	u->cx.actor = (struct actor){ .session_id = cx->actor.session_id, .token_id = cx->actor.token_id };
	u->piece = (struct db_piece){ .cx = &u->cx, .run = note_use, .done = use_noted };
	return u;
}

static void run_get(struct exchange *x)
{
	enum err e = db_read(&x->cx, get_steps, x);
	if (e == OK && looked_at(x)) {
		x->piece = (struct db_piece){ .cx = &x->cx, .run = note_look, .arg = x, .done = look_noted };
		db_write_start(x->pool, &x->piece);
		return;
	}
	struct db_pool *pool = x->pool; /* x is gone after its end */
	struct use *u = e == OK && stale(x) ? new_use(&x->cx) : NULL;
	end(x, e);
	if (u)
		db_write_start(pool, &u->piece);
}

static enum lang preferred(const struct incoming *in)
{
	if (in->cookie_lang.n)
		return lang_of(in->cookie_lang);
	return str_starts(in->accept_language, S("hi")) ? LANG_HI : LANG_EN;
}

static enum err at_the_door(const struct exchange *x)
{
	if (x->target_too_long)
		return ERR_TOO_LARGE;
	if (!x->known_method)
		return ERR_METHOD;
	if (!x->match.action)
		return x->match.method_wrong ? ERR_METHOD : ERR_NOT_FOUND;
	if (x->body.full || (x->upload.may && x->upload.full))
		return ERR_TOO_LARGE;
	if (x->upload.may && x->upload.broken)
		return ERR_UNAVAILABLE;
	return x->cx.db ? OK : ERR_UNAVAILABLE;
}

/* So that the error page still has its frame: who is there. */
static enum err only_session(struct ctx *cx, void *arg)
{
	(void)cx;
	return find_session(arg);
}

static enum err upload_steps(struct ctx *cx, void *arg)
{
	(void)cx;
	TRY(admit(arg));
	return check_access(arg);
}

void exchange_may_upload(struct exchange *x)
{
	struct ctx *cx = &x->cx;
	x->upload.may = cx->db && db_read(cx, upload_steps, x) == OK;
	x->upload.broken = x->upload.may && upload_open(cx, &x->upload) != OK;
	cx->n_failures = 0;
}

void exchange_match(struct exchange *x)
{
	if (!x->target_too_long)
		x->match = table_match(&x->cx, x->actions, x->in.method, x->in.path);
}

void exchange_run(struct exchange *x)
{
	struct ctx *cx = &x->cx;
	if (x->refused) {
		show_form(x);
		return;
	}
	cx->lang = preferred(&x->in);
	cx->sign_in = x->in.cookie_sign_in;
	cx->if_match = x->in.if_match;
	cx->last_event_id = x->in.last_event_id;
	enum err e = at_the_door(x);
	if (e != OK) {
		if (cx->db && !x->match.api)
			(void)!db_read(cx, only_session, x);
		end(x, e);
		return;
	}
	if (x->in.method == GET || x->match.action->only_reads) {
		run_get(x);
		return;
	}
	e = db_read(cx, before_steps, x);
	if (e == OK && x->out.replayed) {
		end(x, OK);
		return;
	}
	if (e == OK && x->match.action->outside)
		e = outside_steps(x);
	x->piece = (struct db_piece){ .cx = cx, .run = change_steps, .arg = x, .done = changed };
	if (e == OK)
		db_write_start(x->pool, &x->piece);
	else
		changed(&x->piece, e);
}
