/* Papers of examinations for tests; see sitting.h. */
#include "sitting.h"
#include "feature/attempt/attempt.h"

#include <string.h>

struct sitting_of {
	int64_t person_id, exam_id, id;
	const char *given;
};

static enum err give_all(struct ctx *cx, const struct sitting_of *s, struct exam_taker t)
{
	struct attempt_give v[100] = { 0 };
	struct attempt_kept kept[100];
	struct attempt_one_row row;
	size_t n = 0;
	for (size_t i = 0; s->given[i]; i++) {
		if (s->given[i] == '-')
			continue;
		struct str *text = ARENA_NEW(cx->arena, struct str);
		*text = s->given[i] == 'T' ? S(SITTING_WORDS) : str_fmt(cx->arena, "%c", s->given[i]);
		v[n] = (struct attempt_give){ .n = (int64_t)i + 1, .seq = (int64_t)n + 1, .elapsed_ms = NONE, .spent_ms = NONE, .given = { text, 1 } };
		n++;
	}
	TRY(attempt_save(cx, t, s->id, v, n, kept, &row));
	for (size_t i = 0; i < n; i++)
		NEED(kept[i].fate == FATE_KEPT, "an answer was not kept: %s", attempt_fate_name(kept[i].fate));
	return OK;
}

static enum err sit_in_tx(struct ctx *cx, void *arg)
{
	struct sitting_of *s = arg;
	struct exam_taker t = { s->person_id, false };
	int64_t was = cx->actor.person_id;
	cx->actor.person_id = s->person_id;
	TRY(attempt_open(cx, t, s->exam_id, &s->id));
	TRY(give_all(cx, s, t));
	TRY(attempt_submit(cx, t, s->id));
	cx->actor.person_id = was;
	return OK;
}

int64_t a_paper_of(struct fixture *f, int64_t person_id, int64_t exam_id, const char *given)
{
	struct sitting_of s = { person_id, exam_id, 0, given };
	in_tx(f, sit_in_tx, &s);
	return s.id;
}

int64_t a_long_item(struct fixture *f, int64_t org_id, const char *code, int64_t competency_id, int64_t level)
{
	int64_t id = an_item(f, org_id, code, competency_id, level);
	tamper(f, "UPDATE item SET kind = 'long' WHERE id = %lld", (long long)id);
	tamper(f,
	       "UPDATE item_version SET points = 10, steps = 4, answer_key = "
	       "'{\"rubric\":[{\"name\":\"\",\"points\":6,\"about\":\"\"},{\"name\":\"\",\"points\":4,\"about\":\"\"}]}' "
	       "WHERE item_id = %lld",
	       (long long)id);
	tamper(f,
	       "UPDATE item_text SET asked = '{\"text\":\"Draft a reply to the letter.\"}', "
	       "feedback = '{\"rubric\":[{\"name\":\"Content\",\"about\":\"All that was asked\"},{\"name\":\"Style\",\"about\":\"Short and clear\"}]}' WHERE "
	       "item_id = %lld",
	       (long long)id);
	return id;
}
