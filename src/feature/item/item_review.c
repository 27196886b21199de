/* Who has accepted what; see item.h. */
#include "feature/item/item.h"
#include "base/clock.h"
#include "feature/notice/notice.h"

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
		if (v[k].item_id == v[i].item_id && v[k].who == v[i].who)
			return true;
	return false;
}

static void put_reviews(struct ctx *cx, struct member *m, int64_t writer_id, const struct item_reviews_row *v, size_t n)
{
	m->mine = actor_is(&cx->actor, writer_id) || actor_is(&cx->actor, m->author_id);
	for (size_t i = 0; i < n; i++) {
		if (v[i].item_id != m->id)
			continue;
		bool by_author = v[i].who == writer_id || v[i].who == m->author_id;
		m->said |= actor_is(&cx->actor, v[i].who) || actor_is(&cx->actor, v[i].reviewer_id);
		m->refused |= !v[i].accepted;
		m->n_accepted += v[i].accepted && !by_author && !says_before(v, i);
	}
}

/* With the reviews in *s. */
static enum err members(struct ctx *cx, const struct item_one_row *item, struct item_standing *s, struct member **ret, size_t *ret_n)
{
	struct item_members_row *rows;
	*s = (struct item_standing){ 0 };
	TRY(item_sql_members(cx, item->id, &rows, ret_n));
	TRY(item_sql_reviews(cx, item->id, &s->reviews, &s->n_reviews));
	struct member *v = ARENA_ARRAY(cx->arena, struct member, *ret_n);
	for (size_t i = 0; i < *ret_n; i++) {
		v[i] = (struct member){ .id = rows[i].id, .version = rows[i].version, .live_version = rows[i].live_version, .author_id = rows[i].author_id,
					.status = rows[i].status };
		put_reviews(cx, &v[i], rows[i].writer_id, s->reviews, s->n_reviews);
	}
	*ret = v;
	return OK;
}

static bool pending(const struct member *m)
{
	return m->version > m->live_version;
}

static void stand(struct ctx *cx, const struct member *v, size_t n, struct item_standing *s)
{
	struct buf b;
	bool asked = true;
	buf_init(&b, cx->arena, 4000);
	s->n_accepted = -1;
	s->said = true;
	for (size_t i = 0; i < n; i++) {
		buf_fmt(&b, "%s%lld", i ? " " : "", (long long)v[i].version);
		s->drafts |= str_is(v[i].status, "draft");
		if (!pending(&v[i]))
			continue;
		asked &= str_is(v[i].status, "review") || str_is(v[i].status, "live");
		s->waits = true;
		s->refused |= v[i].refused;
		s->mine |= v[i].mine;
		s->said &= v[i].said;
		s->n_accepted = s->n_accepted < 0 || v[i].n_accepted < s->n_accepted ? v[i].n_accepted : s->n_accepted;
	}
	s->said &= s->waits;
	s->waits &= asked && !s->refused;
	s->n_accepted = s->n_accepted < 0 ? 0 : s->n_accepted;
	s->seen = buf_get(&b);
}

enum err item_standing(struct ctx *cx, const struct item_one_row *item, struct item_standing *ret)
{
	struct member *v;
	size_t n;
	TRY(members(cx, item, ret, &v, &n));
	stand(cx, v, n, ret);
	return OK;
}

static enum err refuse_part(struct ctx *cx, const struct item_one_row *item)
{
	return item->case_id == NONE ? OK : fail(cx, ERR_CONFLICT, "", N_("A question of a case is sent and reviewed with its case."));
}

/* Each reviewer once a day, however many items wait. */
static enum err tell_reviewers(struct ctx *cx, int64_t org_id)
{
	struct item_reviewers_row *r;
	size_t n;
	TRY(item_sql_reviewers(cx, org_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (actor_is(&cx->actor, r[i].person_id))
			continue;
		struct notice notice = { .kind = NOTICE_item,
					 .person_id = r[i].person_id,
					 .fact = str_fmt(cx->arena, "item.waits:%lld:%lld", (long long)org_id, (long long)clock_day_in_india(cx->now)),
					 .text = N_("Items of the bank wait for their reviewers."),
					 .path = str_fmt(cx->arena, "/orgs/%lld/items?status=review", (long long)org_id),
					 .thing_id = NONE };
		TRY(notice_tell(cx, &notice));
	}
	return OK;
}

/* Who wrote the item, of what became of it. */
static enum err tell_author(struct ctx *cx, const struct item_one_row *item, bool accepted, struct str seen)
{
	if (item->author_id == NONE || actor_is(&cx->actor, item->author_id))
		return OK;
	return notice_tell(cx, &(struct notice){
				       .kind = NOTICE_item,
				       .person_id = item->author_id,
				       .fact = str_fmt(cx->arena, "item.%s:%lld:%.*s", accepted ? "live" : "change", (long long)item->id, STR_ARG(seen)),
				       .text = accepted ? N_("Your item {code} is accepted and live.") : N_("A change of your item {code} is asked for."),
				       .args = (struct msg_arg[]){ { "code", item->code } },
				       .n_args = 1,
				       .path = str_fmt(cx->arena, "/orgs/%lld/items/%lld", (long long)item->org_id, (long long)item->id),
				       .thing_id = NONE });
}

enum err item_send(struct ctx *cx, int64_t org_id, int64_t item_id)
{
	struct item_one_row item;
	struct item_standing s;
	struct member *v;
	size_t n, drafts = 0;
	TRY(item_one(cx, org_id, item_id, &item));
	TRY(refuse_part(cx, &item));
	TRY(members(cx, &item, &s, &v, &n));
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
	return tell_reviewers(cx, org_id);
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
	struct str words = str_trim(in->note.p ? in->note : S(""));
	return item_sql_add_review(cx, new_id(cx), m->id, m->version, cx->actor.person_id, in->accepted, words, cx->now, NULL);
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
	struct item_standing s;
	struct member *v;
	size_t n;
	TRY(item_one(cx, in->org_id, in->item_id, &item));
	TRY(members(cx, &item, &s, &v, &n));
	stand(cx, v, n, &s);
	TRY(may_review(cx, in, &item, &s));
	*ret_live = false;
	TRY(in->accepted ? accept(cx, in, v, n, ret_live) : ask_for_change(cx, in, v, n));
	return !in->accepted || *ret_live ? tell_author(cx, &item, in->accepted, s.seen) : OK;
}
