/* Sessions, coming and going; see together.h. */
#include "feature/together/together.h"
#include "feature/attendance/attendance_code.h"
#include "feature/enrolment/enrolment.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/secret/secret.h"
#include "web/session.h"

#include <sodium.h>

/* ── sessions ── */

static struct str key_purpose(struct ctx *cx, int64_t id)
{
	return str_fmt(cx->arena, "together.door:%lld", (long long)id);
}

enum err together_intervals(struct ctx *cx, struct str json, struct intervals *ret)
{
	*ret = (struct intervals){ 0 };
	return !json.n || intervals_parse(cx->arena, json, SIZE_MAX, ret) ? OK : ERR_INTERNAL;
}

bool together_suits(struct str kind, int64_t ended_at)
{
	return !str_is(kind, "quiz") && ended_at == NONE;
}

static enum err may_open(struct ctx *cx, int64_t resource_id, struct together_resource_row *r, int64_t *ret_org)
{
	struct enrolment_one_row enrolment;
	struct person_posting_on_row posting;
	bool found = false;
	TRY(together_sql_resource(cx, resource_id, r, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "resource_id", N_("There is no such lesson."));
	if (r->ended_at != NONE)
		return fail(cx, ERR_GONE, "resource_id", N_("This lesson was taken out of the course. What you had done in it is kept."));
	if (!together_suits(r->kind, r->ended_at))
		return fail(cx, ERR_INVALID, "resource_id", N_("is a quiz; each takes it alone"));
	TRY(enrolment_need(cx, cx->actor.person_id, r->course_id, &enrolment));
	TRY(person_posting(cx, cx->actor.person_id, person_today(cx), &posting, &found));
	if (!found)
		return fail(cx, ERR_CONFLICT, "",
			    N_("You are not posted in any office today, so nobody could join. Ask your administrator to enter your posting."));
	*ret_org = posting.org_id;
	return OK;
}

enum err together_open(struct ctx *cx, int64_t resource_id, int64_t *ret_id)
{
	struct together_resource_row r;
	struct together_hosts_row open;
	unsigned char key[CODE_KEY];
	int64_t org_id;
	bool hosting = false;
	TRY(may_open(cx, resource_id, &r, &org_id));
	TRY(together_sql_hosts(cx, cx->actor.person_id, cx->now, &open, &hosting));
	if (hosting && open.resource_id != resource_id)
		return fail(cx, ERR_CONFLICT, "", N_("You host another group session that is still open. End it first; it stands under “Group sessions”."));
	*ret_id = hosting ? open.id : new_id(cx);
	if (hosting)
		return OK;
	TRY(together_sql_leave(cx, cx->now, cx->actor.person_id, NULL));
	random_bytes(key, sizeof key);
	struct str sealed = secret_seal(cx, key_purpose(cx, *ret_id), (struct str){ (const char *)key, sizeof key });
	return together_sql_add(cx, *ret_id, resource_id, r.course_id, cx->actor.person_id, org_id, sealed, cx->now, cx->now + TOGETHER_LONGEST, NULL);
}

enum err together_find(struct ctx *cx, int64_t id, struct together_session_row *ret)
{
	bool found = false;
	TRY(together_sql_session(cx, id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "together_id", N_("There is no such group session."));
}

enum err together_hosted(struct ctx *cx, int64_t id, struct together_session_row *ret)
{
	TRY(together_find(cx, id, ret));
	return ret->host_id == cx->actor.person_id ? OK : fail(cx, ERR_NOT_FOUND, "together_id", N_("There is no such group session."));
}

enum err together_need_open(struct ctx *cx, const struct together_session_row *s)
{
	return together_is_open(cx, s) ? OK : fail(cx, ERR_CONFLICT, "", N_("This group session is over."));
}

enum err together_end(struct ctx *cx, const struct together_session_row *s)
{
	TRY(together_need_open(cx, s));
	TRY(together_sql_end_presences(cx, cx->now, s->id, NULL));
	return together_sql_end(cx, cx->now, s->id, NULL);
}

static bool open_key(struct ctx *cx, int64_t id, struct str sealed, const unsigned char **ret)
{
	struct str key;
	if (!secret_open(cx, key_purpose(cx, id), sealed, &key) || key.n != CODE_KEY)
		return false;
	*ret = (const unsigned char *)key.p;
	return true;
}

enum err together_door(struct ctx *cx, const struct together_session_row *s, struct door *ret)
{
	*ret = (struct door){ .of = "together", .id = s->id, .opened_at = s->opened_at };
	return open_key(cx, s->id, s->sealed_key, &ret->key)
		       ? OK
		       : fail(cx, ERR_UNAVAILABLE, "", N_("The code of this session cannot be read any more. End it and open another."));
}

/* ── coming and going ── */

const char *together_why(enum together_fate f, bool own)
{
	static const char *const of[][2] = {
		[TOGETHER_COMES] = { "", "" },
		[TOGETHER_IS_HERE] = { N_("is here already"), N_("You are in already.") },
		[TOGETHER_NOBODY] = { N_("has no account in use"), N_("There is no such person.") },
		[TOGETHER_ELSEWHERE] = { N_("is neither posted in your office today nor supervised by you"),
					 N_("This group session is for people of the host's office, and for those whom the host supervises. You are posted "
					    "elsewhere today.") },
		[TOGETHER_IS_HOST] = { N_("is the host and is credited by the player anyway"), N_("You are the host; the player credits you anyway.") },
		[TOGETHER_HOSTS] = { N_("hosts a group session of his or her own"), N_("You host a group session yourself. End it first.") },
		[TOGETHER_CLOSED] = { N_("is not enrolled, and the course is no longer offered"),
				      N_("You are not enrolled on this course, and it is no longer offered, so nothing could be credited to you.") },
		[TOGETHER_FULL] = { N_("is one too many: a group session takes 100 people"), N_("This group session is full: it takes 100 people.") },
	};
	return of[f][own];
}

static enum together_fate fate_of(const struct ctx *cx, const struct together_session_row *s, const struct together_candidate_row *c)
{
	(void)cx;
	if (c->id == s->host_id)
		return TOGETHER_IS_HOST;
	if (!str_is(c->state, "active"))
		return TOGETHER_NOBODY;
	if (c->there_id == s->id)
		return TOGETHER_IS_HERE;
	if (c->org_id != s->org_id && c->supervisor_id != s->host_id)
		return TOGETHER_ELSEWHERE;
	if (c->hosts_id != NONE)
		return TOGETHER_HOSTS;
	bool enrolled = c->enrolment.n && !str_is(c->enrolment, "ended");
	return enrolled || str_is(s->course_state, "live") ? TOGETHER_COMES : TOGETHER_CLOSED;
}

enum err together_judge(struct ctx *cx, const struct together_session_row *s, int64_t person_id, int64_t more, struct together_guest *ret)
{
	struct together_counts_row n;
	bool found = false;
	*ret = (struct together_guest){ .fate = TOGETHER_NOBODY };
	TRY(together_sql_candidate(cx, cx->now, s->id, person_today(cx), s->course_id, person_id, &ret->of, &found));
	if (!found)
		return OK;
	ret->fate = fate_of(cx, s, &ret->of);
	ret->enrols = !ret->of.enrolment.n || str_is(ret->of.enrolment, "ended");
	ret->leaves = ret->of.there_id != NONE;
	if (ret->fate != TOGETHER_COMES)
		return OK;
	TRY(together_sql_counts(cx, cx->now, s->id, &n));
	if ((!ret->of.was_here && n.n_people + more >= TOGETHER_PEOPLE) || n.n_rows + more >= TOGETHER_ROWS)
		ret->fate = TOGETHER_FULL;
	return OK;
}

static enum err tell_ticked(struct ctx *cx, const struct together_session_row *s, int64_t person_id, int64_t act_id, bool enrols)
{
	const struct msg_arg args[] = { { "name", cx->actor.name }, { "title", s->title }, { "course", s->course } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_together,
						 .person_id = person_id,
						 .fact = str_fmt(cx->arena, "together.tick:%lld:%lld", (long long)act_id, (long long)person_id),
						 .text = enrols ? N_("{name} noted that you are in a group session of “{title}”, which enrolled you on "
								     "“{course}”. If you are not, leave it.")
								: N_("{name} noted that you are in a group session of “{title}”. If you are not, leave it."),
						 .args = args,
						 .n_args = 3,
						 .path = str_fmt(cx->arena, "/together/%lld/join", (long long)s->id),
						 .thing_id = NONE });
}

enum err together_come(struct ctx *cx, const struct together_session_row *s, int64_t person_id, const char *way, int64_t act_id, struct together_guest *ret)
{
	bool by_host = act_id != NONE;
	TRY(together_need_open(cx, s));
	TRY(together_judge(cx, s, person_id, 0, ret));
	if (ret->fate == TOGETHER_IS_HERE)
		return OK;
	if (ret->fate != TOGETHER_COMES)
		return fail(cx, ERR_CONFLICT, "", together_why(ret->fate, !by_host));
	if (ret->enrols)
		TRY(enrolment_add(cx, person_id, s->course_id));
	TRY(together_sql_leave(cx, cx->now, person_id, NULL));
	if (by_host)
		TRY(tell_ticked(cx, s, person_id, act_id, ret->enrols));
	return together_sql_come(cx, new_id(cx), s->id, person_id, cx->now, s->ends_at, str_of(way), by_host ? actor_hand(&cx->actor) : NONE, act_id,
				 ret->enrols, NULL);
}

enum err together_leave(struct ctx *cx, const struct together_session_row *s, int64_t person_id)
{
	struct together_there_row row;
	bool there = false;
	TRY(together_sql_there(cx, s->id, person_id, cx->now, &row, &there));
	if (!there)
		return fail(cx, ERR_CONFLICT, "", N_("This person is not in this group session now."));
	return together_sql_leave(cx, cx->now, person_id, NULL);
}

enum err together_tick(struct ctx *cx, const struct together_session_row *s, const int64_t *people, size_t n, int64_t *ret_act)
{
	int64_t act = new_id(cx), came = 0;
	enum together_fate refused = TOGETHER_IS_HERE;
	*ret_act = NONE;
	TRY(together_need_open(cx, s));
	if (!n)
		return fail(cx, ERR_INVALID, "person", N_("Tick somebody first."));
	if (n > TOGETHER_PEOPLE)
		return fail(cx, ERR_INVALID, "person", N_("A group session takes 100 people."));
	for (size_t i = 0; i < n; i++) {
		struct together_guest g;
		TRY(together_judge(cx, s, people[i], 0, &g));
		if (g.fate != TOGETHER_COMES) {
			refused = g.fate == TOGETHER_IS_HERE ? refused : g.fate;
			continue;
		}
		TRY(together_come(cx, s, people[i], "roster", act, &g));
		came++;
	}
	if (!came && refused != TOGETHER_IS_HERE)
		return fail(cx, ERR_CONFLICT, "",
			    refused == TOGETHER_FULL ? N_("A group session takes 100 people.") : N_("Nobody of them can come in; look at why."));
	if (!came)
		return OK;
	*ret_act = act;
	return together_sql_add_act(cx, act, s->id, came, cx->now, NULL);
}

/* Few sessions are open to one person at a time, so each is tried. */
enum err together_numbered(struct ctx *cx, struct str number, int64_t *ret_id, enum err *ret_refused)
{
	struct person_posting_on_row posting = { .org_id = NONE, .supervisor_id = NONE };
	struct together_near_row *r;
	struct str typed = str_trim(number);
	bool posted = false;
	size_t n;
	*ret_refused = OK;
	TRY(session_limit(cx, "together", str_fmt(cx->arena, "%lld", (long long)cx->actor.person_id), TOGETHER_TRIES, HOUR));
	TRY(person_posting(cx, cx->actor.person_id, person_today(cx), &posting, &posted));
	TRY(together_sql_near(cx, cx->now, cx->actor.person_id, posting.org_id, posting.supervisor_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		const unsigned char *key;
		struct str right = open_key(cx, r[i].id, r[i].sealed_key, &key) ? code_number(cx->arena, key, r[i].id) : S("");
		if (right.n && typed.n == right.n && sodium_memcmp(typed.p, right.p, right.n) == 0) {
			*ret_id = r[i].id;
			return OK;
		}
	}
	*ret_refused = fail(cx, ERR_INVALID, "number",
			    N_("is not the number of a group session of your office that is open now. It stands on the screen of the room, below the code."));
	return OK;
}
