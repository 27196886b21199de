/* What is done with items: sent, reviewed, retired, kept apart. */
#include "feature/item/item.h"
#include "feature/item/item_words.h"
#include "web/action.h"

struct act_in {
	int64_t org_id, item_id, other_id;
	struct str seen, note, reason, other, why;
	bool accepted;
};
#define ITEM FIELD(act_in, org_id, F_ID, .must = true), FIELD(act_in, item_id, F_ID, .must = true)
static const struct field act_in[] = { ITEM, FIELD_END };
static const struct field review_in[] = {
	ITEM,
	FIELD(act_in, seen, F_TEXT, .must = true, .max = 1000),
	FIELD(act_in, accepted, F_BOOL),
	FIELD(act_in, note, F_LONG, .label = N_("What you say of it"), .hint = N_("Needed when you ask for a change."), .max = ITEM_NOTE_MAX),
	FIELD_END,
};
static const struct field retire_in[] = { ITEM, FIELD(act_in, reason, F_TEXT, .label = N_("Why"), .must = true, .max = 500), FIELD_END };
static const struct field enemy_in[] = {
	ITEM,
	FIELD(act_in, other, F_TEXT, .label = N_("Code of the other item"), .must = true, .max = ITEM_CODE_MAX),
	FIELD(act_in, why, F_TEXT, .label = N_("Why"), .hint = N_("Such as: one gives the other away."), .must = true, .max = 500),
	FIELD_END,
};
static const struct field drop_in[] = { ITEM, FIELD(act_in, other_id, F_ID, .must = true), FIELD_END };

static enum err send_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	(void)state;
	(void)a;
	return item_send(cx, in->org_id, in->item_id);
}

struct reviewed {
	bool live;
};
static const struct field reviewed_out[] = { FIELD(reviewed, live, F_BOOL), FIELD_END };

static enum err review_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	struct reviewed *r = ARENA_NEW(cx->arena, struct reviewed);
	(void)state;
	TRY(item_review(cx, &(struct item_review){ in->org_id, in->item_id, in->seen, in->accepted, in->note }, &r->live));
	ANSWER_ROW(a, r);
	return OK;
}

static enum err retire_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	(void)state;
	(void)a;
	return item_retire(cx, in->org_id, in->item_id, in->reason);
}

static enum err return_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	(void)state;
	(void)a;
	return item_return(cx, in->org_id, in->item_id);
}

static enum err enemy_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	(void)state;
	(void)a;
	return item_add_enemy(cx, in->org_id, in->item_id, in->other, in->why);
}

static enum err drop_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct act_in *in = input;
	(void)state;
	(void)a;
	return item_drop_enemy(cx, in->org_id, in->item_id, in->other_id);
}

#define ONE "/orgs/{org_id}/items/{item_id}"
#define ACT(what) .method = POST, .page = ONE what, .api = "/api/v1" ONE what, .scope = SCOPE_ORG, .in_size = sizeof(struct act_in), .form = "item.show", .then = ONE
const struct action item_act_actions[] = {
	{ .name = "item.send", ACT("/send"), .may = MAY_ITEM_WRITE, .in = act_in, .run = send_run, .notice = N_("It waits for its reviewers."),
	  .summary = "Sends a draft, a case with all its questions, to review." },
	{ .name = "item.review", ACT("/review"), .may = MAY_ITEM_WRITE, .in = review_in, .out = reviewed_out, .run = review_run,
	  .notice = N_("Your review is noted."), .summary = "Accepts the newest version of an item, or asks for a change." },
	{ .name = "item.retire", ACT("/retire"), .may = MAY_ITEM_KEEP, .in = retire_in, .run = retire_run, .notice = N_("It is retired."),
	  .summary = "Takes an item out of use: no new form holds it." },
	{ .name = "item.return", ACT("/return"), .may = MAY_ITEM_KEEP, .in = act_in, .run = return_run, .notice = N_("It is in use again."),
	  .summary = "Brings a retired item back." },
	{ .name = "item.add_enemy", ACT("/enemies"), .may = MAY_ITEM_WRITE, .in = enemy_in, .run = enemy_run, .notice = N_("They are never in one paper."),
	  .summary = "Lays down that two items are never in one paper." },
	{ .name = "item.drop_enemy", ACT("/enemies/{other_id}/end"), .may = MAY_ITEM_WRITE, .in = drop_in, .run = drop_run,
	  .notice = N_("They may be in one paper."), .summary = "Two items may be in one paper again." },
	ACTION_END,
};
