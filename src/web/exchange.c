/* The life of a request; see action.h for its order. */
#include "web/exchange.h"
#include "base/clock.h"
#include "base/json.h"
#include "base/utf8.h"
#include "web/audit.h"
#include "web/form.h"
#include "web/lang.h"
#include "web/page.h"
#include "error_html.h"
#include "layout_html.h"

#include <stdio.h>

enum { PAGE_MAX = 4 << 20, JSON_MAX = 8 << 20 };

/* ── answers ── */

static void add_cookie(struct exchange *x, const char *name, struct str value, int64_t seconds)
{
	bool secure = str_starts(x->cx.app->base_url, S("https://"));
	BUG_IF(x->out.n_cookies == COOKIES_MAX);
	x->out.cookies[x->out.n_cookies++] = str_fmt(x->cx.arena, "%s=%.*s; Path=/; Max-Age=%lld; HttpOnly; SameSite=Lax%s", name, STR_ARG(value),
						     (long long)seconds, secure ? "; Secure" : "");
}

static struct str translated(struct ctx *cx, const struct failure *f)
{
	return msg_text(cx, f->text, f->n_args, f->args);
}

static struct str first_sentence(struct ctx *cx, enum err e)
{
	static const char *const plain[ERR_COUNT_] = {
		[ERR_NOT_FOUND] = N_("There is nothing at this address. It may have been moved, or the link is incomplete."),
		[ERR_METHOD] = N_("This address does not take such a request. Nothing was changed."),
		[ERR_CONFLICT] = N_("Somebody changed the same thing in the meantime. Nothing of yours was applied; please look again and repeat it."),
		[ERR_TOO_LARGE] = N_("What was sent is larger than this address takes. Nothing was changed."),
		[ERR_INTERNAL] = N_("This was our fault and has been noted. Nothing was changed; please try again."),
		[ERR_BUSY] = N_("The answer took too long to find. Nothing was changed; please try again in a few seconds."),
		[ERR_UNAVAILABLE] = N_("The data cannot be reached or written just now. Nothing was changed; please try again in a few minutes."),
	};
	if (cx->n_failures)
		return translated(cx, &cx->failures[0]);
	return str_of(plain[e] ? tr(cx->lang, plain[e]) : "");
}

static void problem(struct exchange *x, enum err e)
{
	struct ctx *cx = &x->cx;
	struct buf b;
	buf_init(&b, cx->arena, JSON_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	jw_key(&j, "type");
	jw_str(&j, str_fmt(cx->arena, "/problems/%s", err_slug(e)));
	jw_key(&j, "title");
	jw_str(&j, str_of(tr(cx->lang, err_title(e))));
	jw_key(&j, "status");
	jw_int(&j, x->out.status);
	jw_key(&j, "detail");
	jw_str(&j, first_sentence(cx, e));
	jw_key(&j, "request_id");
	jw_str(&j, str_fmt(cx->arena, "%016lx", (unsigned long)cx->request_id));
	jw_key(&j, "errors");
	jw_open(&j, '[');
	for (size_t i = 0; i < cx->n_failures; i++) {
		if (!cx->failures[i].field.n)
			continue;
		jw_open(&j, '{');
		jw_key(&j, "field");
		jw_str(&j, cx->failures[i].field);
		jw_key(&j, "message");
		jw_str(&j, translated(cx, &cx->failures[i]));
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	jw_close(&j, '}');
	x->out.type = "application/problem+json";
	x->out.body = buf_get(&b);
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
		.passkey = x->answer.passkey,
		.errors = x->refused != OK,
		.at_home = nav == NAV_HOME,
		.at_learn = nav == NAV_LEARN,
		.at_record = nav == NAV_RECORD,
		.at_team = nav == NAV_TEAM,
		.at_org = nav == NAV_ORG,
		.at_provider = nav == NAV_PROVIDER,
		.has_team = roles & R_SUPERVISOR_ANY,
		.has_org = roles & (R_MDO_ADMIN | R_OPERATOR),
		.has_provider = roles & (R_AUTHOR | R_REVIEWER | R_PUBLISHER | R_OPERATOR),
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
		.sentence = first_sentence(cx, e),
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

static void answer_error(struct exchange *x, enum err e)
{
	x->out.status = (unsigned)err_status(e);
	if (e == ERR_INTERNAL || e == ERR_UNAVAILABLE || e == ERR_BUSY)
		x->out.trouble = err_slug(e);
	if (x->match.api || str_starts(x->in.path, S("/api/"))) {
		problem(x, e);
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

/* ── JSON of rows, from their field table ── */

static void json_field(struct ctx *cx, struct json_out *j, const struct field *f, const void *at)
{
	int64_t day;
	jw_key(j, f->name);
	switch (f->kind) {
	case F_INT:
		if (*(const int64_t *)at == NONE)
			jw_null(j);
		else
			jw_int(j, *(const int64_t *)at);
		break;
	case F_ID:
		jw_id(j, *(const int64_t *)at);
		break;
	case F_TIME:
		jw_time(j, *(const int64_t *)at);
		break;
	case F_DATE:
		day = *(const int64_t *)at;
		if (day == NONE) {
			jw_null(j);
		} else {
			struct civil d = clock_date(day);
			jw_str(j, str_fmt(cx->arena, "%04d-%02d-%02d", d.year, d.month, d.day));
		}
		break;
	case F_REAL:
		jw_real(j, *(const double *)at);
		break;
	case F_BOOL:
		jw_bool(j, *(const bool *)at);
		break;
	case F_JSON:
		if (((const struct str *)at)->n)
			jw_raw(j, *(const struct str *)at);
		else
			jw_null(j);
		break;
	case F_TEXTS:
		jw_open(j, '[');
		for (size_t i = 0; i < ((const struct strs *)at)->n; i++)
			jw_str(j, ((const struct strs *)at)->v[i]);
		jw_close(j, ']');
		break;
	case F_SECRET:
		jw_null(j);
		break;
	default:
		jw_str(j, *(const struct str *)at);
	}
}

static void json_row(struct ctx *cx, struct json_out *j, const struct field *f, const void *row)
{
	jw_open(j, '{');
	for (; f->name; f++)
		json_field(cx, j, f, (const char *)row + f->offset);
	jw_close(j, '}');
}

static void answer_json(struct exchange *x)
{
	const struct action *act = x->match.action;
	const struct answer *a = &x->answer;
	struct buf b;
	buf_init(&b, x->cx.arena, JSON_MAX);
	struct json_out j = { .b = &b };
	if (act->out_list) {
		jw_open(&j, '{');
		jw_key(&j, "items");
		jw_open(&j, '[');
		for (size_t i = 0; i < a->n_rows; i++)
			json_row(&x->cx, &j, act->out, (const char *)a->rows + i * a->row_size);
		jw_close(&j, ']');
		jw_key(&j, "next");
		jw_str(&j, a->next);
		jw_close(&j, '}');
	} else if (act->out && a->n_rows) {
		json_row(&x->cx, &j, act->out, a->rows);
	} else {
		buf_lit(&b, "{}");
	}
	x->out.type = "application/json";
	x->out.body = buf_get(&b);
	if (b.full) {
		x->out.status = 500;
		x->out.trouble = "answer over its ceiling";
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
	if (a->set_lang_now)
		add_cookie(x, "lang", a->set_lang == LANG_HI ? S("hi") : S("en"), 365 * DAY / SECOND);
}

static void answer_good(struct exchange *x)
{
	const struct action *act = x->match.action;
	x->out.status = x->refused ? (unsigned)err_status(x->refused) : 200;
	set_cookies(x);
	if (x->answer.type || x->answer.file.p) {
		answer_document(x);
	} else if (x->match.api) {
		answer_json(x);
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

static enum err check_access(struct exchange *x)
{
	int64_t id;
	TRY(path_id(x, &id));
	if (waits_for_factor(x))
		return fail(&x->cx, ERR_FORBIDDEN, "", N_("Administrators of this installation need a second factor. Set it up under “My account” before anything else."));
	return access_check(&x->cx, x->match.action->may, x->match.action->scope, id);
}

static void new_input(struct exchange *x)
{
	const struct action *act = x->match.action;
	x->input = act->in ? arena_alloc(x->cx.arena, act->in_size) : NULL;
	x->answer = (struct answer){ 0 };
}

/* Who is there. The language chosen on this device stands before the one of the person. */
static enum err find_session(struct exchange *x)
{
	enum lang chosen = x->cx.lang;
	TRY(session_find(&x->cx, x->in.cookie_session, &x->session));
	if (x->in.cookie_lang.n)
		x->cx.lang = chosen;
	return OK;
}

/* Everything of a GET, in one unchanging picture of the data. */
static enum err get_steps(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	const struct action *act = x->match.action;
	cx->n_failures = x->refused ? cx->n_failures : 0;
	TRY(find_session(x));
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

/* Of a changing request: what is done before its transaction. */
static enum err before_steps(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	const struct action *act = x->match.action;
	cx->n_failures = 0;
	TRY(find_session(x));
	TRY(check_access(x));
	TRY(input_pairs(cx, &x->match, &x->in, &x->pairs));
	TRY(check_forgery(x));
	if (!act->prepare)
		return OK;
	new_input(x);
	TRY(input_fill(cx, act, x->pairs, x->input));
	return act->prepare(cx, x->input, &x->state);
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
			json_field(cx, &j, f, at);
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
	return audit_note(&x->cx, &(struct audit_note){ .action = act->name, .path = x->in.path, .scope = act->scope, .subject_id = subject, .input = input_json(x),
							.before = x->answer.before });
}

static enum err change_steps(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	const struct action *act = x->match.action;
	cx->n_failures = 0;
	new_input(x);
	TRY(check_access(x));
	TRY(input_fill(cx, act, x->pairs, x->input));
	TRY(act->run(cx, x->input, x->state, &x->answer));
	return act->quiet ? OK : note_change(x);
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
	x->in.query = x->in.body; /* what the page's address carried is in hidden fields of the form */
	enum err e = db_read(&x->cx, get_steps, x);
	end(x, e);
}

static bool stale(const struct exchange *x)
{
	return x->session.open && x->session.seen_at <= x->cx.now - SESSION_SEEN_EVERY;
}

/* Whose record is looked at by somebody else; 0: nobody's. */
static int64_t looked_at(struct exchange *x)
{
	int64_t id = 0;
	if (x->match.action->scope != SCOPE_PERSON || !x->session.open || path_id(x, &id) != OK)
		return 0;
	return id == x->cx.actor.person_id ? 0 : id;
}

/* When the session was last in use, for the person's list of sessions; and who looked at whose record. Nothing of the answer hangs on the
 * first: its failure is no trouble of the request. A look that cannot be noted is refused. */
static enum err note_use(struct ctx *cx, void *arg)
{
	struct exchange *x = arg;
	int64_t id = looked_at(x);
	if (stale(x))
		TRY(session_touch(cx));
	return id ? audit_view(cx, id, x->match.action->name) : OK;
}

static void use_noted(struct db_piece *piece, enum err e)
{
	struct exchange *x = piece->arg;
	if (e != OK && looked_at(x)) {
		x->answer = (struct answer){ 0 };
		end(x, e);
		return;
	}
	end(x, OK);
}

static void run_get(struct exchange *x)
{
	enum err e = db_read(&x->cx, get_steps, x);
	if (e != OK || !(stale(x) || looked_at(x))) {
		end(x, e);
		return;
	}
	x->piece = (struct db_piece){ .cx = &x->cx, .run = note_use, .arg = x, .done = use_noted };
	db_write_start(x->pool, &x->piece);
}

static enum lang preferred(const struct incoming *in)
{
	if (in->cookie_lang.n)
		return str_is(in->cookie_lang, "hi") ? LANG_HI : LANG_EN;
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
	TRY(find_session(arg));
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
	if (!x->target_too_long && x->known_method)
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
	enum err e = at_the_door(x);
	if (e != OK) {
		if (cx->db && !x->match.api)
			(void)!db_read(cx, only_session, x);
		end(x, e);
		return;
	}
	if (x->in.method == GET) {
		run_get(x);
		return;
	}
	e = db_read(cx, before_steps, x);
	x->piece = (struct db_piece){ .cx = cx, .run = change_steps, .arg = x, .done = changed };
	if (e == OK)
		db_write_start(x->pool, &x->piece);
	else
		changed(&x->piece, e);
}
