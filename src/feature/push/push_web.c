/* Devices over HTTP; the page is that of the choices about notices (feature/notice). */
#include "feature/account/device.h"
#include "feature/push/push.h"
#include "web/action.h"
#include "web/lang.h"

struct device_row {
	int64_t id, made_at;
	struct str device;
	bool here;
};
static const struct field device_out[] = {
	FIELD(device_row, id, F_ID), FIELD(device_row, device, F_TEXT), FIELD(device_row, made_at, F_TIME), FIELD(device_row, here, F_BOOL), FIELD_END,
};

static enum err list_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct push_devices_row *rows;
	size_t n;
	(void)input;
	(void)state;
	TRY(push_sql_devices(cx, cx->actor.person_id, &rows, &n));
	struct device_row *list = ARENA_ARRAY(cx->arena, struct device_row, n);
	for (size_t i = 0; i < n; i++)
		list[i] = (struct device_row){ rows[i].id, rows[i].made_at, account_device(cx, rows[i].agent), rows[i].session_id == cx->actor.session_id };
	ANSWER_ROWS(a, list, n);
	return OK;
}

/* An address at a push service is as good as a key: whoever knows it and the secret can reach the browser. */
static const struct field allow_in[] = {
	FIELD(push_allow, endpoint, F_SECRET, .label = N_("Address at the push service"), .must = true, .max = PUSH_ENDPOINT_MAX),
	FIELD(push_allow, p256dh, F_SECRET, .label = N_("Key of the browser"), .must = true, .max = PUSH_KEY_MAX),
	FIELD(push_allow, auth, F_SECRET, .label = N_("Secret of the browser"), .must = true, .max = PUSH_KEY_MAX),
	FIELD_END,
};
struct allowed {
	int64_t id;
};
static const struct field allowed_out[] = { FIELD(allowed, id, F_ID), FIELD_END };

static enum err allow_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	struct allowed *row = ARENA_NEW(cx->arena, struct allowed);
	(void)state;
	TRY(push_allow(cx, input, &row->id));
	ANSWER_ROW(a, row);
	return OK;
}

struct end_in {
	int64_t device_id;
};
static const struct field end_in[] = { FIELD(end_in, device_id, F_ID, .must = true), FIELD_END };

static enum err end_run(struct ctx *cx, const void *input, void *state, struct answer *a)
{
	const struct end_in *in = input;
	(void)state;
	(void)a;
	return push_end(cx, cx->actor.person_id, in->device_id);
}

const struct action push_actions[] = {
	{ .name = "push.list", .method = GET, .api = "/api/v1/me/push", .may = MAY_LEARN, .own = true, .out = device_out, .out_list = true, .run = list_run,
	  .summary = "Devices on which the person allows notices; `here`: allowed in this session." },
	{ .name = "push.allow", .method = POST, .api = "/api/v1/me/push", .may = MAY_LEARN, .in_person = true, .in = allow_in, .in_size = sizeof(struct push_allow),
	  .out = allowed_out, .run = allow_run, .summary = "Allows notices in a browser, by what its PushManager gave. The same address again is the same device; another person's is taken over." },
	{ .name = "push.end", .method = POST, .page = "/me/push/{device_id}/end", .api = "/api/v1/me/push/{device_id}/end", .may = MAY_LEARN, .own = true, .in = end_in,
	  .in_size = sizeof(struct end_in), .run = end_run, .then = "/me/notices", .notice = N_("Nothing is shown on that device any more."),
	  .summary = "No more notices on a device." },
	ACTION_END,
};
