/* Who has accepted what; see item.h. */
#include "feature/item/item.h"

/* An item that is reviewed: by itself, or a case and each of its questions. */
struct member {
	int64_t id, version, live_version, author_id;
	struct str status;
	bool refused, mine, said;
	int64_t n_accepted;
};

static bool says_before(const struct item_reviews_row *v, size_t i)
{
	for (size_t k = 0; k < i; k++)
		if (v[k].who == v[i].who)
			return true;
	return false;
}

static enum err look(struct ctx *cx, struct member *m)
{
	struct item_reviews_row *v;
	struct item_version_row version;
	size_t n;
	bool found = false;
	TRY(item_sql_version(cx, m->id, m->version, &version, &found));
	TRY(item_sql_reviews(cx, m->id, m->version, &v, &n));
	m->mine = found && (actor_is(&cx->actor, version.author_id) || actor_is(&cx->actor, m->author_id));
	for (size_t i = 0; i < n; i++) {
		bool by_author = v[i].who == version.author_id || v[i].who == m->author_id;
		m->said |= actor_is(&cx->actor, v[i].who) || actor_is(&cx->actor, v[i].reviewer_id);
		m->refused |= !v[i].accepted;
		m->n_accepted += v[i].accepted && !by_author && !says_before(v, i);
	}
	return OK;
}

static enum err members(struct ctx *cx, const struct item_one_row *item, struct member **ret, size_t *ret_n)
{
	struct item_parts_row *parts = NULL;
	struct member *v = NULL;
	size_t n = 0, n_parts = 0;
	if (item->n_parts)
		TRY(item_sql_parts(cx, item->id, &parts, &n_parts));
	*ARENA_PUSH(cx->arena, v, n) = (struct member){ .id = item->id, .version = item->version, .live_version = item->live_version,
							.author_id = item->author_id, .status = item->status };
	for (size_t i = 0; i < n_parts; i++)
		*ARENA_PUSH(cx->arena, v, n) = (struct member){ .id = parts[i].id, .version = parts[i].version, .live_version = parts[i].live_version,
								.author_id = parts[i].author_id, .status = parts[i].status };
	for (size_t i = 0; i < n; i++)
		if (v[i].version > v[i].live_version)
			TRY(look(cx, &v[i]));
	*ret = v;
	*ret_n = n;
	return OK;
}

static bool pending(const struct member *m)
{
	return m->version > m->live_version;
}

static struct item_standing stand(struct ctx *cx, const struct member *v, size_t n)
{
	struct item_standing s = { .n_accepted = -1, .said = true };
	struct buf b;
	bool asked = true;
	buf_init(&b, cx->arena, 4000);
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, "%s%lld", i ? " " : "", (long long)v[i].version);
		if (!pending(&v[i]))
			continue;
		asked &= str_is(v[i].status, "review") || str_is(v[i].status, "live");
		s.waits = true;
		s.refused |= v[i].refused;
		s.mine |= v[i].mine;
		s.said &= v[i].said;
		s.n_accepted = s.n_accepted < 0 || v[i].n_accepted < s.n_accepted ? v[i].n_accepted : s.n_accepted;
	}
	s.said &= s.waits;
	s.waits &= asked && !s.refused;
	s.n_accepted = s.n_accepted < 0 ? 0 : s.n_accepted;
	s.seen = buf_get(&b);
	return s;
}

enum err item_standing(struct ctx *cx, const struct item_one_row *item, struct item_standing *ret)
{
	struct member *v;
	size_t n;
	TRY(members(cx, item, &v, &n));
	*ret = stand(cx, v, n);
	return OK;
}

static enum err refuse_part(struct ctx *cx, const struct item_one_row *item)
{
	return item->case_id == NONE ? OK : fail(cx, ERR_CONFLICT, "", N_("A question of a case is sent and reviewed with its case."));
}

enum err item_send(struct ctx *cx, int64_t org_id, int64_t item_id)
{
	struct item_one_row item;
	struct member *v;
	size_t n, drafts = 0;
	TRY(item_one(cx, org_id, item_id, &item));
	TRY(refuse_part(cx, &item));
	TRY(members(cx, &item, &v, &n));
	if (str_is(item.kind, "case") && n == 1)
		return fail(cx, ERR_CONFLICT, "", N_("This case has no questions yet."));
	for (size_t i = 0; i < n; i++) {
		drafts += str_is(v[i].status, "draft");
		if (pending(&v[i]) && v[i].refused)
			return fail(cx, ERR_CONFLICT, "", N_("A reviewer asked for a change; write it first, or say in a new version why it stays."));
	}
	if (!drafts || str_is(item.status, "retired"))
		return fail(cx, ERR_CONFLICT, "", N_("Only a draft can be sent to review."));
	for (size_t i = 0; i < n; i++)
		if (str_is(v[i].status, "draft"))
			TRY(item_sql_set_status(cx, S("review"), cx->now, v[i].id, NULL));
	return OK;
}

static enum err may_review(struct ctx *cx, const struct item_review *in, const struct item_one_row *item, const struct item_standing *s)
{
	TRY(refuse_part(cx, item));
	if (!s->waits || str_is(item->status, "retired"))
		return fail(cx, ERR_CONFLICT, "", N_("Nothing of this item waits for a review."));
	if (s->mine)
		return fail(cx, ERR_FORBIDDEN, "", N_("You wrote this; two others have to accept it."));
	if (s->said)
		return fail(cx, ERR_CONFLICT, "", N_("You have said what you think of this version; another reviewer is needed."));
	if (!str_eq(in->seen, s->seen))
		return fail(cx, ERR_CONFLICT, "", N_("There is a newer version than the one you looked at; look at that first."));
	if (!in->accepted && !str_trim(in->note).n)
		return fail(cx, ERR_INVALID, "note", N_("Say what should be changed."));
	return OK;
}

static enum err note_review(struct ctx *cx, const struct item_review *in, const struct member *m)
{
	return item_sql_add_review(cx, new_id(cx), m->id, m->version, cx->actor.person_id, in->accepted, str_trim(in->note), cx->now, NULL);
}

static enum err accept(struct ctx *cx, const struct item_review *in, struct member *v, size_t n, bool *ret_live)
{
	*ret_live = true;
	for (size_t i = 0; i < n; i++) {
		if (pending(&v[i]) && !v[i].said) {
			TRY(note_review(cx, in, &v[i]));
			if (++v[i].n_accepted >= ITEM_REVIEWERS)
				TRY(item_sql_set_live(cx, v[i].version, cx->now, v[i].id, NULL));
		}
		*ret_live &= !pending(&v[i]) || v[i].n_accepted >= ITEM_REVIEWERS;
	}
	return OK;
}

/* Of a case it is said of the case, or, when that is live as it is, of the questions that are not. */
static enum err ask_for_change(struct ctx *cx, const struct item_review *in, const struct member *v, size_t n)
{
	for (size_t i = 0; i < n; i++) {
		if (pending(&v[i]) && (i == 0 || !pending(&v[0])))
			TRY(note_review(cx, in, &v[i]));
		if (pending(&v[i]) && !v[i].live_version)
			TRY(item_sql_set_status(cx, S("draft"), cx->now, v[i].id, NULL));
	}
	return OK;
}

enum err item_review(struct ctx *cx, const struct item_review *in, bool *ret_live)
{
	struct item_one_row item;
	struct member *v;
	size_t n;
	TRY(item_one(cx, in->org_id, in->item_id, &item));
	TRY(members(cx, &item, &v, &n));
	struct item_standing s = stand(cx, v, n);
	TRY(may_review(cx, in, &item, &s));
	*ret_live = false;
	return in->accepted ? accept(cx, in, v, n, ret_live) : ask_for_change(cx, in, v, n);
}
