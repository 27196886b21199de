/* The minutes of a group: pad, conclusions, commitments, who was there; see charcha.h. */
#include "feature/charcha/charcha.h"
#include "feature/learned/learned.h"
#include "feature/notice/notice.h"
#include "feature/person/person.h"
#include "feature/proficiency/proficiency.h"
#include "feature/progress/progress.h"

/* ── where the actor stands ── */

static bool may_write(const struct charcha_one_row *c, const struct charcha_group_one_row *g)
{
	return (str_is(c->state, "drawn") || str_is(c->state, "held")) && g->closed_at == NONE && g->joined_into_id == NONE;
}

enum err charcha_place(struct ctx *cx, int64_t charcha_id, int64_t group_id, bool organiser, struct charcha_place *ret)
{
	bool found = false, in = false;
	*ret = (struct charcha_place){ 0 };
	TRY(charcha_one(cx, charcha_id, &ret->charcha));
	TRY(charcha_sql_group_one(cx, group_id, &ret->group, &found));
	if (!found || ret->group.charcha_id != charcha_id)
		return fail(cx, ERR_NOT_FOUND, "group_id", N_("There is no such group."));
	TRY(charcha_sql_member(cx, charcha_id, cx->actor.person_id, &ret->me, &in));
	ret->member = in && ret->me.withdrawn_at == NONE && ret->me.group_id == group_id;
	ret->scribe = ret->member && ret->group.scribe_id == cx->actor.person_id;
	ret->open = may_write(&ret->charcha, &ret->group);
	return ret->member || organiser ? OK : fail(cx, ERR_NOT_FOUND, "group_id", N_("Only the people of this group see its minutes."));
}

/* One of the group, while minutes are open. */
static enum err writing(struct ctx *cx, int64_t charcha_id, int64_t group_id, struct charcha_place *ret)
{
	TRY(charcha_place(cx, charcha_id, group_id, false, ret));
	return ret->open ? OK : fail(cx, ERR_CONFLICT, "", N_("The minutes of this group are closed."));
}

static enum err begun(struct ctx *cx, const struct charcha_place *p)
{
	return cx->now >= p->charcha.held_at ? OK : fail(cx, ERR_CONFLICT, "", N_("The charcha has not begun."));
}

/* Whoever has the page of the group open looks at it anew. */
static enum err changed_there(struct ctx *cx, int64_t group_id)
{
	return live_tell(cx, S("charcha"), group_id, "changed", S("{}"));
}

enum err charcha_live_may(struct ctx *cx, int64_t group_id, int64_t person_id, enum live_role *ret)
{
	struct charcha_group_one_row g;
	struct charcha_member_row m;
	bool found = false, in = false;
	*ret = LIVE_NONE;
	TRY(charcha_sql_group_one(cx, group_id, &g, &found));
	if (!found)
		return OK;
	TRY(charcha_sql_member(cx, g.charcha_id, person_id, &m, &in));
	*ret = in && m.withdrawn_at == NONE && m.group_id == group_id ? LIVE_GUEST : LIVE_NONE;
	return OK;
}

enum err charcha_live_about(struct ctx *cx, int64_t group_id, struct str *ret_title, struct str *ret_path)
{
	struct charcha_group_one_row g;
	struct charcha_one_row c;
	bool found = false;
	TRY(charcha_sql_group_one(cx, group_id, &g, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "group_id", N_("There is no such group."));
	TRY(charcha_one(cx, g.charcha_id, &c));
	*ret_title = charcha_theme(cx, c.theme, c.theme_hi);
	*ret_path = str_fmt(cx->arena, "/charchas/%lld/groups/%lld", (long long)c.id, (long long)g.id);
	return OK;
}

/* ── the pad ── */

static enum err add_point(struct ctx *cx, int64_t group_id, struct str words, int64_t *ret_id)
{
	struct charcha_last_point_row last;
	TRY(charcha_sql_last_point(cx, group_id, &last));
	if (last.n >= CHARCHA_POINTS_MAX)
		return fail(cx, ERR_CONFLICT, "words", N_("The pad is full: it has had two hundred points."));
	*ret_id = new_id(cx);
	TRY(charcha_sql_point_add(cx, *ret_id, group_id, last.last + 1, words, cx->actor.person_id, cx->now, NULL));
	TRY(charcha_sql_version_add(cx, *ret_id, 1, group_id, words, false, cx->actor.person_id, cx->now, NULL));
	return changed_there(cx, group_id);
}

enum err charcha_point_add(struct ctx *cx, int64_t charcha_id, int64_t group_id, struct str words, int64_t *ret_id)
{
	struct charcha_place p;
	words = str_trim(words);
	TRY(writing(cx, charcha_id, group_id, &p));
	return words.n ? add_point(cx, group_id, words, ret_id) : fail(cx, ERR_INVALID, "words", N_("must be given"));
}

enum err charcha_point_of(struct ctx *cx, int64_t group_id, int64_t point_id, struct charcha_point_one_row *ret)
{
	bool found = false;
	TRY(charcha_sql_point_one(cx, point_id, ret, &found));
	return found && ret->group_id == group_id ? OK : fail(cx, ERR_NOT_FOUND, "point_id", N_("There is no such point."));
}

enum err charcha_point_set(struct ctx *cx, const struct charcha_point_set *in)
{
	struct charcha_place p;
	struct charcha_point_one_row t;
	struct str words = str_trim(in->words);
	int64_t changed = 0, id;
	TRY(writing(cx, in->charcha_id, in->group_id, &p));
	TRY(charcha_point_of(cx, in->group_id, in->point_id, &t));
	if (!in->gone && !words.n)
		return fail(cx, ERR_INVALID, "words", N_("must be given; to take the point out, use its button"));
	if (in->gone)
		words = t.words;
	if (t.version == in->version)
		TRY(charcha_sql_point_set(cx, words, in->gone, cx->actor.person_id, cx->now, in->point_id, in->version, &changed));
	if (changed) {
		TRY(charcha_sql_version_add(cx, in->point_id, in->version + 1, in->group_id, words, in->gone, cx->actor.person_id, cx->now, NULL));
		return changed_there(cx, in->group_id);
	}
	if (in->apart && !in->gone)
		return add_point(cx, in->group_id, words, &id);
	return fail(cx, ERR_CONFLICT, "words", N_("Somebody has changed this point meanwhile. Both texts stand here; put together what is right."));
}

enum err charcha_scribe(struct ctx *cx, int64_t charcha_id, int64_t group_id)
{
	struct charcha_place p;
	TRY(writing(cx, charcha_id, group_id, &p));
	TRY(charcha_sql_set_scribe(cx, cx->actor.person_id, group_id, NULL));
	return changed_there(cx, group_id);
}

enum err charcha_conclude(struct ctx *cx, int64_t charcha_id, int64_t group_id, struct str words, int64_t version)
{
	struct charcha_place p;
	int64_t changed = 0;
	TRY(writing(cx, charcha_id, group_id, &p));
	words = str_trim(words);
	TRY(charcha_sql_set_conclusions(cx, words, group_id, version, &changed));
	if (!changed)
		return fail(cx, ERR_CONFLICT, "words",
			    N_("Somebody has changed the conclusions meanwhile. Both texts stand here; put together what is right."));
	TRY(charcha_sql_version_add(cx, group_id, version + 1, group_id, words, false, cx->actor.person_id, cx->now, NULL));
	return changed_there(cx, group_id);
}

/* ── commitments ── */

static enum err check_commitment(struct ctx *cx, const struct charcha_commit *in)
{
	struct charcha_member_row m;
	struct charcha_competencies_row *k;
	bool found = false;
	size_t n, i = 0;
	int64_t today = person_today(cx);
	TRY(charcha_sql_member(cx, in->charcha_id, in->owner_id, &m, &found));
	if (!found || m.withdrawn_at != NONE || m.group_id != in->group_id)
		return fail(cx, ERR_INVALID, "owner_id", N_("must be one of the group"));
	if (in->due_day < today || in->due_day > today + CHARCHA_DUE_DAYS)
		return fail(cx, ERR_INVALID, "due_day", N_("must be from today on, within a year"));
	if (in->competency_id == NONE)
		return OK;
	TRY(charcha_sql_competencies(cx, today, in->charcha_id, &k, &n));
	while (i < n && k[i].competency_id != in->competency_id)
		i++;
	return i < n ? OK : fail(cx, ERR_INVALID, "competency_id", N_("must be one of those discussed"));
}

enum err charcha_commit(struct ctx *cx, const struct charcha_commit *in, int64_t *ret_id)
{
	struct charcha_place p;
	struct charcha_commitments_count_row has;
	TRY(writing(cx, in->charcha_id, in->group_id, &p));
	TRY(check_commitment(cx, in));
	TRY(charcha_sql_commitments_count(cx, in->group_id, &has));
	if (has.n >= CHARCHA_COMMITMENTS_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("There are fifty commitments already. Fewer are kept better."));
	*ret_id = new_id(cx);
	TRY(charcha_sql_commitment_add(cx, *ret_id, in->charcha_id, in->group_id, in->owner_id, in->competency_id, in->words, in->due_day, cx->actor.person_id,
				       cx->now, NULL));
	return changed_there(cx, in->group_id);
}

enum err charcha_commit_drop(struct ctx *cx, int64_t charcha_id, int64_t group_id, int64_t commitment_id)
{
	struct charcha_place p;
	int64_t changed = 0;
	TRY(writing(cx, charcha_id, group_id, &p));
	TRY(charcha_sql_commitment_drop(cx, commitment_id, group_id, &changed));
	return changed ? changed_there(cx, group_id) : fail(cx, ERR_NOT_FOUND, "commitment_id", N_("There is no such commitment."));
}

enum err charcha_say(struct ctx *cx, int64_t commitment_id, struct str state, struct str words)
{
	struct charcha_commitment_one_row k;
	int64_t changed = 0;
	bool found = false;
	TRY(charcha_sql_commitment_one(cx, commitment_id, &k, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "commitment_id", N_("There is no such commitment."));
	if (k.owner_id != cx->actor.person_id)
		return fail(cx, ERR_NOT_FOUND, "commitment_id", N_("Only who took it upon himself says how it went."));
	if (k.ask_at == NONE)
		return fail(cx, ERR_CONFLICT, "", N_("The minutes are not closed yet."));
	TRY(charcha_sql_say(cx, state, words, cx->now, commitment_id, &changed));
	return changed ? OK : fail(cx, ERR_CONFLICT, "", N_("You have said how it went already."));
}

/* ── who was there ── */

enum err charcha_self(struct ctx *cx, int64_t charcha_id, int64_t group_id, bool there)
{
	struct charcha_place p;
	TRY(writing(cx, charcha_id, group_id, &p));
	TRY(begun(cx, &p));
	TRY(charcha_sql_say_there(cx, there ? cx->now : NONE, charcha_id, cx->actor.person_id, NULL));
	return changed_there(cx, group_id);
}

enum err charcha_tick(struct ctx *cx, int64_t charcha_id, int64_t group_id, int64_t person_id, bool there)
{
	struct charcha_place p;
	struct charcha_member_row m;
	bool found = false;
	TRY(writing(cx, charcha_id, group_id, &p));
	TRY(begun(cx, &p));
	if (!p.scribe)
		return fail(cx, ERR_CONFLICT, "", N_("Only the scribe says who was there. Take the pen first."));
	if (there && actor_is(&cx->actor, person_id))
		return fail(cx, ERR_CONFLICT, "", N_("That you were there, somebody else of the group has to say. Your time on this page counts by itself."));
	TRY(charcha_sql_member(cx, charcha_id, person_id, &m, &found));
	if (!found || m.withdrawn_at != NONE || m.group_id != group_id)
		return fail(cx, ERR_NOT_FOUND, "member_id", N_("is not in this group"));
	TRY(charcha_sql_tick(cx, there ? cx->now : NONE, there ? cx->actor.person_id : NONE, charcha_id, person_id, NULL));
	return changed_there(cx, group_id);
}

static enum err learn(struct ctx *cx, int64_t charcha_id, int64_t person_id, int64_t ms, int64_t at, int64_t spent_until)
{
	return learned_add(cx, &(struct learnt){ .person_id = person_id,
						 .kind = "charcha",
						 .thing_id = charcha_id,
						 .course_id = NONE,
						 .ms = ms,
						 .at = at,
						 .spent_until = spent_until });
}

enum err charcha_here(struct ctx *cx, int64_t charcha_id, int64_t group_id)
{
	struct charcha_place p;
	int64_t spent_until = NONE;
	struct intervals paid = { 0 };
	TRY(charcha_place(cx, charcha_id, group_id, false, &p));
	int64_t from = p.charcha.held_at, to = charcha_ends(&p.charcha), last = p.me.seen_at;
	if (!p.open || cx->now < from)
		return OK;
	struct interval since = { last > from ? last : from, cx->now < to ? cx->now : to };
	const struct intervals wanted = { &since, 1 };
	if (last != NONE && since.from < since.to && since.to - since.from <= CHARCHA_GAP)
		TRY(progress_pay(cx, cx->actor.person_id, since.from, 1, &wanted, &paid, &spent_until));
	/* The time is used from now on; learnt it is when the charcha closes. */
	if (spent_until != NONE)
		TRY(learn(cx, charcha_id, cx->actor.person_id, 0, cx->now, spent_until));
	return charcha_sql_seen(cx, p.me.on_ms + intervals_length(&paid), cx->now, charcha_id, cx->actor.person_id, NULL);
}

/* ── closing ── */

static enum err give_evidence(struct ctx *cx, const struct charcha_one_row *c, int64_t person_id)
{
	struct charcha_competencies_row *k;
	size_t n;
	int64_t id;
	TRY(charcha_sql_competencies(cx, person_today(cx), c->id, &k, &n));
	for (size_t i = 0; i < n; i++) {
		const struct evidence_add e = { .person_id = person_id,
						.competency_id = k[i].competency_id,
						.kind = EVIDENCE_certificate,
						.value = 1000 * k[i].level,
						.rater_id = NONE,
						.source_id = c->id,
						.note = S("Samuhik Charcha") };
		struct charcha_competency_called_row in_force;
		bool found = false;
		TRY(charcha_sql_competency_called(cx, k[i].framework, k[i].code, person_today(cx), &in_force, &found));
		if (found) /* else it has ended since */
			TRY(evidence_add(cx, &e, &id));
	}
	return OK;
}

static enum err credit(struct ctx *cx, const struct charcha_one_row *c, const struct charcha_group_people_row *m)
{
	int64_t box = c->minutes * MINUTE, ends = charcha_ends(c), until = ends < cx->now ? ends : cx->now, held = until - c->held_at;
	bool ticked = m->ticked_at != NONE && m->ticked_by != m->person_id;
	int64_t ms = ticked || m->on_ms > held ? held : m->on_ms;
	if (ms < MINUTE || m->credited_ms)
		return OK;
	TRY(charcha_sql_credit(cx, ms, ticked ? S("ticked") : S("page"), c->id, m->person_id, NULL));
	TRY(learn(cx, c->id, m->person_id, ms, until, NONE));
	return 2 * ms >= box ? give_evidence(cx, c, m->person_id) : OK;
}

static enum err tell_owner(struct ctx *cx, const struct charcha_one_row *c, const struct charcha_commitments_row *k)
{
	const struct msg_arg args[] = { { "theme", c->theme }, { "words", k->words } };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_charcha,
						 .person_id = k->owner_id,
						 .fact = str_fmt(cx->arena, "charcha.commitment:%lld", (long long)k->id),
						 .text = N_("You took upon yourself in the charcha “{theme}”: {words}"),
						 .args = args,
						 .n_args = sizeof args / sizeof *args,
						 .path = S("/charchas"),
						 .thing_id = NONE });
}

enum err charcha_group_end(struct ctx *cx, const struct charcha_one_row *c, int64_t group_id, int64_t by_id)
{
	struct charcha_group_people_row *people;
	struct charcha_commitments_row *k;
	size_t n;
	TRY(charcha_sql_close_group(cx, cx->now, by_id, group_id, NULL));
	TRY(charcha_sql_group_people(cx, group_id, &people, &n));
	for (size_t i = 0; i < n; i++)
		TRY(credit(cx, c, &people[i]));
	TRY(charcha_sql_commitments(cx, group_id, &k, &n));
	for (size_t i = 0; i < n; i++)
		TRY(tell_owner(cx, c, &k[i]));
	TRY(charcha_sql_commitments_begin(cx, cx->now + CHARCHA_FOLLOW, group_id, NULL));
	return changed_there(cx, group_id);
}

enum err charcha_group_close(struct ctx *cx, int64_t charcha_id, int64_t group_id)
{
	struct charcha_place p;
	TRY(writing(cx, charcha_id, group_id, &p));
	TRY(begun(cx, &p));
	if (!p.scribe)
		return fail(cx, ERR_CONFLICT, "", N_("Only the scribe closes the minutes. Take the pen first."));
	if (!p.group.conclusions.n)
		return fail(cx, ERR_INVALID, "", N_("What does the group conclude? Write it down first."));
	return charcha_group_end(cx, &p.charcha, group_id, cx->actor.person_id);
}
