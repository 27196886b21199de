/* The certificate of a programme again, after a change of name. */
#include "feature/programme/programme.h"
#include "web/action.h"

struct reissue {
	int64_t person_id, programme_id;
	struct str reason;
};
static const struct field reissue_in[] = {
	FIELD(reissue, person_id, F_ID, .must = true),
	FIELD(reissue, programme_id, F_ID, .must = true),
	FIELD(reissue, reason, F_TEXT, .label = N_("Reason"), .must = true, .max = 200),
	FIELD_END,
};

static enum err reissue_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct reissue *in = input;
	(void)state;
	(void)a;
	return programme_reissue(cx, in->programme_id, in->person_id, in->reason);
}

#define AGAIN "/people/{person_id}/programmes/{programme_id}/reissue"
const struct action programme_certificate_actions[] = {
	{ .name = "programme_certificate.reissue",
	  .method = POST,
	  .page = AGAIN,
	  .api = "/api/v1" AGAIN,
	  .may = MAY_CREDENTIAL_REISSUE,
	  .scope = SCOPE_PERSON,
	  .in = reissue_in,
	  .in_size = sizeof(struct reissue),
	  .run = reissue_run,
	  .then = "/people/{person_id}/learning",
	  .notice = N_("The corrected certificate is issued."),
	  .summary = "Issues the certificate of a completed programme again with the person's corrected name." },
	ACTION_END,
};
