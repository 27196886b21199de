/* The passbook to take along, links to it, who opened them, and what others see by a link. */
#include "feature/account/qr_path.h"
#include "feature/credential/credential.h"
#include "feature/passbook/passbook.h"
#include "feature/passbook/passbook_page.h"
#include "feature/person/person.h"
#include "passbook_door_html.h"
#include "passbook_html.h"
#include "passbook_share_html.h"
#include "passbook_shared_html.h"
#include "web/action.h"
#include "web/lang.h"

/* ── to take along ── */

struct signed_text {
	struct str document, signature;
};
static const struct field signed_out[] = { FIELD(signed_text, document, F_TEXT, .personal = true), FIELD(signed_text, signature, F_TEXT), FIELD_END };

static enum err document_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct signed_text *row = ARENA_NEW(cx->arena, struct signed_text);
	struct passbook p;
	(void)input;
	(void)state;
	TRY(passbook_of(cx, cx->actor.person_id, true, &p));
	TRY(passbook_document(cx, &p, &row->document));
	row->signature = credential_sign(cx, row->document);
	ANSWER_ROW(a, row);
	return OK;
}

static struct str file_name(struct ctx *cx, const char *ending)
{
	return str_fmt(cx->arena, "passbook-%s.%s", fmt_isodate(cx, cx->now).p, ending);
}

static enum err json_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct passbook p;
	(void)input;
	(void)state;
	TRY(passbook_of(cx, cx->actor.person_id, true, &p));
	a->type = "application/json";
	a->filename = file_name(cx, "json");
	return passbook_json(cx, &p, &a->bytes);
}

struct share_in {
	int64_t share_id;
};
static const struct field pdf_in[] = { FIELD(share_in, share_id, F_ID), FIELD_END };
static const struct field share_id_in[] = { FIELD(share_in, share_id, F_ID, .must = true), FIELD_END };

/* With a link: what it shows, no more. */
static enum err link_of(struct ctx *cx, int64_t share_id, struct passbook_share_row *ret, struct str *ret_link)
{
	TRY(passbook_share_of(cx, share_id, ret));
	if (strcmp(passbook_state(cx, ret->until_day, ret->ended_at, ret->n_looks), "open") == 0)
		*ret_link = passbook_link(cx, share_id, ret->code_sealed);
	return ret_link->n ? OK : fail(cx, ERR_CONFLICT, "share_id", N_("This link shows nothing any more, so there is nothing to print with it."));
}

static enum err pdf_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct share_in *in = input;
	struct passbook_share_row share = { .with_evidence = true, .until_day = NONE };
	struct str link = STR_NONE;
	struct passbook p;
	(void)state;
	if (in->share_id != NONE)
		TRY(link_of(cx, in->share_id, &share, &link));
	TRY(passbook_of(cx, cx->actor.person_id, share.with_evidence, &p));
	a->type = "application/pdf";
	a->filename = file_name(cx, "pdf");
	return passbook_pdf(cx, &p, link, share.until_day, &a->bytes);
}

/* ── links ── */

static const struct field share_out[] = {
	FIELD(share_item, id, F_ID),
	FIELD(share_item, for_whom, F_TEXT, .personal = true),
	FIELD(share_item, with_evidence, F_BOOL),
	FIELD(share_item, until_day, F_DATE),
	FIELD(share_item, state, F_TEXT),
	FIELD(share_item, link, F_TEXT, .personal = true),
	FIELD(share_item, made_at, F_TIME),
	FIELD(share_item, ended_at, F_TIME),
	FIELD(share_item, n_looks, F_INT),
	FIELD(share_item, last_at, F_TIME),
	FIELD_END,
};

static struct str state_name(struct ctx *cx, const char *state)
{
	static const char *const names[][2] = { { "open", N_("can be opened") },
						{ "ended", N_("ended") },
						{ "over", N_("its last day is past") },
						{ "full", N_("opened as often as a link may be") } };
	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcmp(names[i][0], state) == 0)
			return str_of(tr(cx->lang, names[i][1]));
	BUG("a state without a name");
}

static struct share_item item_of(struct ctx *cx, const struct passbook_share_row *r)
{
	const char *state = passbook_state(cx, r->until_day, r->ended_at, r->n_looks);
	bool open = strcmp(state, "open") == 0;
	return (struct share_item){ .id = r->id,
				    .until_day = r->until_day,
				    .made_at = r->made_at,
				    .ended_at = r->ended_at,
				    .n_looks = r->n_looks,
				    .last_at = r->last_at,
				    .for_whom = r->for_whom,
				    .state = str_of(state),
				    .state_name = state_name(cx, state),
				    .link = open ? passbook_link(cx, r->id, r->code_sealed) : STR_NONE,
				    .open = open,
				    .with_evidence = r->with_evidence };
}

static enum err page_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct passbook_page *v = ARENA_NEW(cx->arena, struct passbook_page);
	struct passbook_shares_row *r;
	(void)input;
	(void)state;
	TRY(passbook_sql_shares(cx, cx->actor.person_id, person_today(cx), &r, &v->n_shares));
	v->shares = ARENA_ARRAY(cx->arena, struct share_item, v->n_shares);
	for (size_t i = 0; i < v->n_shares; i++)
		v->shares[i] = item_of(cx, &(struct passbook_share_row){ r[i].id, r[i].code_sealed, r[i].for_whom, r[i].with_evidence, r[i].until_day,
									 r[i].made_at, r[i].ended_at, r[i].n_looks, r[i].last_at });
	ANSWER_ROWS(a, v->shares, v->n_shares);
	a->view = v;
	a->nav = NAV_RECORD;
	ANSWER_TITLE(cx, a, N_("Take along and share"));
	return OK;
}

static const struct field new_in[] = {
	FIELD(passbook_share, for_whom, F_TEXT, .label = N_("For whom"),
	      .hint = N_("Who opens the link reads it, and you find the link by it: “Selection board, Posts”."), .must = true, .personal = true,
	      .max = PASSBOOK_WHOM_MAX),
	FIELD(passbook_share, until_day, F_DATE, .label = N_("Last day"), .must = true),
	FIELD(passbook_share, with_evidence, F_BOOL, .label = N_("Also what the levels rest on, and courses with certificates")),
	FIELD_END,
};
struct made_share {
	int64_t id;
};
static const struct field made_out[] = { FIELD(made_share, id, F_ID), FIELD_END };

static enum err share_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct made_share *row = ARENA_NEW(cx->arena, struct made_share);
	(void)state;
	TRY(passbook_share(cx, input, &row->id));
	ANSWER_ROW(a, row);
	a->then = str_fmt(cx->arena, "/me/passbook/shares/%lld", (long long)row->id);
	return OK;
}

static const struct field look_out[] = {
	FIELD(look_item, id, F_ID),
	FIELD(look_item, at, F_TIME),
	FIELD(look_item, viewer_id, F_ID),
	FIELD(look_item, viewer, F_TEXT, .personal = true),
	FIELD(look_item, network, F_TEXT, .personal = true),
	FIELD(look_item, browser, F_TEXT),
	FIELD_END,
};

static enum err one_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct share_in *in = input;
	struct passbook_share_page *v = ARENA_NEW(cx->arena, struct passbook_share_page);
	struct passbook_share_row share;
	struct passbook_looks_row *r;
	(void)state;
	TRY(passbook_share_of(cx, in->share_id, &share));
	TRY(passbook_sql_looks(cx, in->share_id, &r, &v->n_looks));
	v->share = item_of(cx, &share);
	if (v->share.link.n)
		v->qr = qr_path(cx, v->share.link, &v->qr_size);
	v->looks = ARENA_ARRAY(cx->arena, struct look_item, v->n_looks);
	for (size_t i = 0; i < v->n_looks; i++)
		v->looks[i] = (struct look_item){ r[i].id, r[i].at, r[i].viewer_id, r[i].viewer, r[i].network, r[i].browser };
	ANSWER_ROWS(a, v->looks, v->n_looks);
	a->view = v;
	a->nav = NAV_RECORD;
	a->title = share.for_whom;
	return OK;
}

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct share_in *in = input;
	(void)state;
	(void)a;
	return passbook_end(cx, in->share_id);
}

/* ── by a link ── */

struct code_in {
	struct str code;
};
static const struct field code_in[] = { FIELD(code_in, code, F_TEXT, .must = true, .personal = true, .max = 64), FIELD_END };

/* One sentence for all links that show nothing: what became of a link is nobody's business but its person's. */
static enum err shows_nothing(struct ctx *cx)
{
	return fail(cx, ERR_GONE, "",
		    N_("This link shows nothing. It may have been ended, its last day may be past, or a part of it is missing. Ask who gave it to you for a "
		       "new one."));
}

static enum err door_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct code_in *in = input;
	struct passbook_door_page *v = ARENA_NEW(cx->arena, struct passbook_door_page);
	struct passbook_of_code_row s;
	bool found = false;
	(void)state;
	TRY(passbook_of_code(cx, in->code, &s, &found));
	if (!found)
		return shows_nothing(cx);
	*v = (struct passbook_door_page){ in->code, s.name, s.for_whom, s.until_day, cx->actor.person_id != 0 };
	a->view = v;
	ANSWER_TITLE(cx, a, N_("Competency passbook"));
	return OK;
}

void html_shared_scale(struct html_out *o, const struct shared_level *v)
{
	html_level_scale(o, &v->item);
}

static void put_levels(struct ctx *cx, const struct passbook *p, struct passbook_shared_page *v)
{
	v->n_levels = p->n_levels;
	v->levels = ARENA_ARRAY(cx->arena, struct shared_level, v->n_levels);
	for (size_t i = 0; i < v->n_levels; i++) {
		const struct passbook_level *l = &p->levels[i];
		struct str reached = passbook_reached(cx, l);
		v->levels[i] = (struct shared_level){ .reached = reached, .rests_on = passbook_rests_on(cx, l->evidence, l->n_evidence) };
		v->levels[i].item = (struct level_item){ .n_levels = l->level.n_levels,
							 .name = l->name,
							 .held = l->level.known ? level_said(cx, l->level.now) : reached,
							 .mean = l->level.now.mean,
							 .sd = l->level.now.sd,
							 .known = l->level.known };
	}
}

static enum err put_passbook(struct ctx *cx, const struct passbook_of_code_row *s, struct answer *a)
{
	struct passbook_shared_page *v = ARENA_NEW(cx->arena, struct passbook_shared_page);
	struct passbook p;
	TRY(passbook_of(cx, s->person_id, s->with_evidence, &p));
	*v = (struct passbook_shared_page){ .name = p.name,
					    .post = p.post,
					    .org = p.org,
					    .for_whom = s->for_whom,
					    .until_day = s->until_day,
					    .made_at = p.made_at,
					    .with_evidence = p.with_evidence };
	put_levels(cx, &p, v);
	v->courses = ARENA_ARRAY(cx->arena, struct shared_course, p.n_courses + 1);
	v->programmes = ARENA_ARRAY(cx->arena, struct shared_course, p.n_courses + 1);
	for (size_t i = 0; i < p.n_courses; i++) {
		const struct passbook_courses_row *c = &p.courses[i];
		struct shared_course *to = c->programme ? &v->programmes[v->n_programmes++] : &v->courses[v->n_courses++];
		*to = (struct shared_course){ c->serial, c->title, c->provider, c->completed_at };
	}
	a->view = v;
	a->title = p.name;
	return OK;
}

/* A code that shows nothing is refused, and counted all the same. */
static enum err open_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct code_in *in = input;
	struct passbook_of_code_row s;
	bool found = false;
	(void)state;
	TRY(passbook_look(cx, in->code, &s, &found));
	if (found)
		return put_passbook(cx, &s, a);
	a->refused = shows_nothing(cx);
	return OK;
}

#define PAGE "/me/passbook"
#define SHARES PAGE "/shares"
const struct action passbook_actions[] = {
	{ .name = "passbook.page",
	  .method = GET,
	  .page = PAGE,
	  .api = "/api/v1" SHARES,
	  .may = MAY_LEARN,
	  .own = true,
	  .out = share_out,
	  .out_list = true,
	  .run = page_run,
	  .html = passbook_view,
	  .summary = "The links by which one's competency passbook is shown to others." },
	{ .name = "passbook.document",
	  .method = GET,
	  .api = "/api/v1" PAGE,
	  .may = MAY_LEARN,
	  .own = true,
	  .out = signed_out,
	  .run = document_run,
	  .summary = "One's competency passbook as a signed text; `document` is JSON in itself." },
	{ .name = "passbook.json",
	  .method = GET,
	  .page = PAGE ".json",
	  .may = MAY_LEARN,
	  .own = true,
	  .run = json_run,
	  .summary = "One's competency passbook as data, signed." },
	{ .name = "passbook.pdf",
	  .method = GET,
	  .page = PAGE ".pdf",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = pdf_in,
	  .in_size = sizeof(struct share_in),
	  .run = pdf_run,
	  .summary = "One's competency passbook to print, signed; with the code of a link if one is named." },
	{ .name = "passbook.share",
	  .method = POST,
	  .page = SHARES,
	  .api = "/api/v1" SHARES,
	  .may = MAY_LEARN,
	  .own = true,
	  .in = new_in,
	  .in_size = sizeof(struct passbook_share),
	  .out = made_out,
	  .run = share_run,
	  .form = "passbook.page",
	  .notice = N_("The link is made. Whoever has it can open your passbook until its last day, or until you end it."),
	  .summary = "Makes a link that shows one's competency passbook." },
	{ .name = "passbook.looks",
	  .method = GET,
	  .page = SHARES "/{share_id}",
	  .api = "/api/v1" SHARES "/{share_id}/looks",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = share_id_in,
	  .in_size = sizeof(struct share_in),
	  .out = look_out,
	  .out_list = true,
	  .run = one_run,
	  .html = passbook_share_view,
	  .summary = "Who opened a link to one's competency passbook." },
	{ .name = "passbook.end",
	  .method = POST,
	  .page = SHARES "/{share_id}/end",
	  .api = "/api/v1" SHARES "/{share_id}/end",
	  .may = MAY_LEARN,
	  .own = true,
	  .in = share_id_in,
	  .in_size = sizeof(struct share_in),
	  .run = end_run,
	  .then = PAGE,
	  .notice = N_("The link is ended; it shows nothing any more."),
	  .summary = "Ends a link to one's competency passbook." },
	{ .name = "passbook.door",
	  .method = GET,
	  .page = "/passbook/{code}",
	  .may = MAY_ANYONE,
	  .unlisted = true,
	  .in = code_in,
	  .in_size = sizeof(struct code_in),
	  .run = door_run,
	  .html = passbook_door_view,
	  .summary = "Whose competency passbook a link shows, and for whom; notes nothing." },
	{ .name = "passbook.open",
	  .method = POST,
	  .page = "/passbook/{code}",
	  .may = MAY_ANYONE,
	  .unlisted = true,
	  .quiet = true,
	  .in = code_in,
	  .in_size = sizeof(struct code_in),
	  .run = open_run,
	  .html = passbook_shared_view,
	  .summary = "Opens a shared competency passbook; the look is noted for its person." },
	ACTION_END,
};
