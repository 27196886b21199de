/* Handing in, judging, surveys; see work.h. */
#include "feature/programme/work.h"
#include "base/json.h"
#include "base/utf8.h"
#include "feature/notice/notice.h"

#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>

enum { ANSWERS_BYTES_MAX = 1 << 17 };

static struct str words_of(struct str s)
{
	return s.p ? str_trim(s) : S("");
}

enum err work_part(struct ctx *cx, int64_t batch_id, int64_t part_id, int64_t person_id, struct work_part_row *ret)
{
	bool found = false;
	TRY(work_sql_part(cx, part_id, person_id, batch_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "part_id", N_("There is no such part for you in this batch."));
}

/* One that may be handed in now. */
static enum err open_part(struct ctx *cx, int64_t batch_id, int64_t part_id, const char *kind, struct work_part_row *ret)
{
	TRY(work_part(cx, batch_id, part_id, cx->actor.person_id, ret));
	if (!str_is(ret->kind, kind))
		return fail(cx, ERR_NOT_FOUND, "part_id", N_("There is no such part for you in this batch."));
	if (!str_is(ret->batch_state, "open"))
		return fail(cx, ERR_CONFLICT, "", N_("This batch is closed; nothing is handed in any more."));
	return ret->ended_at != NONE ? fail(cx, ERR_CONFLICT, "", N_("This is not asked any more.")) : OK;
}

/* ── assignments ── */

enum err work_file(struct ctx *cx, struct str path, struct str *ret)
{
	FILE *f = fopen(str_c(cx->arena, path), "rb");
	struct buf b;
	if (!f)
		return ERR_UNAVAILABLE;
	buf_init(&b, cx->arena, BATCH_FILE_MAX);
	bool whole = buf_read(&b, f);
	fclose(f);
	if (b.full)
		return fail(cx, ERR_TOO_LARGE, "file", N_("must be at most 5 MB"));
	*ret = buf_get(&b);
	return whole ? OK : ERR_UNAVAILABLE;
}

static enum err words_good(struct ctx *cx, const struct work_put *in)
{
	if (utf8_length(words_of(in->words)) > WORK_WORDS_MAX)
		return fail(cx, ERR_INVALID, "words", N_("must be at most 20,000 characters; hand in a PDF instead"));
	if (in->file.n > BATCH_FILE_MAX)
		return fail(cx, ERR_TOO_LARGE, "file", N_("must be at most 5 MB"));
	if (in->file.n && !str_starts(in->file, S("%PDF-")))
		return fail(cx, ERR_INVALID, "file", N_("must be a PDF"));
	return OK;
}

/* What is to be kept: the words, with the file sent now, or that of the draft. */
static enum err put_work(struct ctx *cx, const struct work_put *in)
{
	struct work_draft_row draft = { .file = STR_NONE };
	struct str words = words_of(in->words), file = in->file, name = in->file.n ? words_of(in->file_name) : S("");
	bool found = false;
	TRY(work_sql_draft(cx, in->batch_id, in->part_id, cx->actor.person_id, &draft, &found));
	if (!file.n && !in->drop_file && found && draft.file.n) {
		file = draft.file;
		name = draft.file_name;
	}
	if (!words.n && !file.n)
		return fail(cx, ERR_INVALID, "words", N_("or a PDF is needed"));
	TRY(work_sql_forget_draft(cx, in->batch_id, in->part_id, cx->actor.person_id, NULL));
	if (in->hand_in)
		TRY(work_sql_past(cx, in->batch_id, in->part_id, cx->actor.person_id, NULL));
	return work_sql_add(cx, new_id(cx), in->batch_id, in->part_id, cx->actor.person_id, in->hand_in, words,
			    file.n && !name.n ? S("work.pdf") : utf8_prefix(name, BATCH_NAME_MAX), file.n ? file : STR_NONE, cx->now,
			    in->hand_in ? S("given") : S("draft"), NULL);
}

enum err work_save(struct ctx *cx, const struct work_put *in)
{
	struct work_part_row part;
	struct work_newest_row last;
	bool found = false;
	TRY(open_part(cx, in->batch_id, in->part_id, "assignment", &part));
	TRY(words_good(cx, in));
	TRY(work_sql_newest(cx, in->batch_id, in->part_id, cx->actor.person_id, &last, &found));
	if (found && str_is(last.state, "accepted"))
		return fail(cx, ERR_CONFLICT, "", N_("What you handed in is accepted already."));
	return put_work(cx, in);
}

static enum err tell(struct ctx *cx, const struct work_one_row *w, bool accept)
{
	const struct msg_arg arg = { "title", w->title };
	return notice_tell(cx, &(struct notice){ .kind = NOTICE_programme,
						 .person_id = w->person_id,
						 .fact = str_fmt(cx->arena, "work:%lld", (long long)w->id),
						 .text = accept ? N_("What you handed in for “{title}” is accepted.")
								: N_("What you handed in for “{title}” was sent back. Read why, and hand it in again."),
						 .args = &arg,
						 .n_args = 1,
						 .path = str_fmt(cx->arena, "/batches/%lld/parts/%lld", (long long)w->batch_id, (long long)w->part_id),
						 .thing_id = NONE });
}

enum err work_judge(struct ctx *cx, int64_t batch_id, int64_t work_id, bool accept, struct str said)
{
	struct work_one_row w;
	struct str words = words_of(said);
	bool found = false;
	int64_t judged = 0;
	TRY(work_sql_one(cx, work_id, batch_id, &w, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "work_id", N_("Nothing like this was handed in."));
	if (w.person_id == cx->actor.person_id)
		return fail(cx, ERR_FORBIDDEN, "", N_("Nobody judges the own work. Ask another coordinator."));
	if (!accept && !words.n)
		return fail(cx, ERR_INVALID, "said", N_("must be given when it is sent back"));
	if (utf8_length(words) > WORK_SAID_MAX)
		return fail(cx, ERR_INVALID, "said", N_("is too long"));
	if (!w.newest)
		return fail(cx, ERR_CONFLICT, "", N_("A newer one was handed in meanwhile. Look at that."));
	TRY(work_sql_judge(cx, accept ? S("accepted") : S("returned"), words, cx->actor.person_id, cx->now, work_id, &judged));
	if (!judged)
		return fail(cx, ERR_CONFLICT, "", N_("Somebody has judged this already."));
	TRY(tell(cx, &w, accept));
	return accept ? programme_consider(cx, batch_id, w.person_id) : OK;
}

/* ── surveys ── */

/* "3=text": the text for place 3. */
static struct str answer_to(struct strs given, size_t place)
{
	for (size_t i = 0; i < given.n; i++) {
		struct str rest = given.v[i], key = STR_NONE;
		int64_t n;
		if (str_cut(&rest, '=', &key) && str_int(key, &n) && n == (int64_t)place)
			return str_trim(rest);
	}
	return S("");
}

static enum err add_answer(struct ctx *cx, const struct survey_question *q, struct str answer, struct json_out *j)
{
	int64_t n;
	if (q->in_words) {
		jw_str(j, utf8_prefix(answer, SURVEY_WORDS_MAX));
		return OK;
	}
	if (!str_int(answer, &n) || n < 1 || n > 5)
		return fail_msg(cx, ERR_INVALID, S("answer"), N_("is missing for “{question}”"), 1, (struct msg_arg[]){ { "question", q->text } });
	jw_int(j, n);
	return OK;
}

enum err survey_answer(struct ctx *cx, int64_t batch_id, int64_t part_id, struct strs given)
{
	struct work_part_row part;
	struct survey_question *q;
	struct work_newest_row before;
	struct buf b;
	struct json_out j = { .b = &b };
	bool answered = false;
	size_t n;
	TRY(open_part(cx, batch_id, part_id, "survey", &part));
	TRY(work_sql_newest(cx, batch_id, part_id, cx->actor.person_id, &before, &answered));
	if (answered)
		return fail(cx, ERR_CONFLICT, "", N_("You have answered this already. Thank you."));
	survey_questions(cx, part.words, &q, &n);
	buf_init(&b, cx->arena, ANSWERS_BYTES_MAX);
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++)
		TRY(add_answer(cx, &q[i], answer_to(given, i), &j));
	jw_close(&j, ']');
	TRY(work_sql_add(cx, new_id(cx), batch_id, part_id, cx->actor.person_id, true, buf_get(&b), S(""), STR_NONE, cx->now, S("accepted"), NULL));
	return programme_consider(cx, batch_id, cx->actor.person_id);
}

static int by_bytes(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static void count(struct ctx *cx, struct survey_result *r, const json_t *answer)
{
	if (json_is_integer(answer) && !r->in_words) {
		int64_t v = (int64_t)json_integer_value(answer);
		bool on_scale = v >= 1 && v <= 5;
		r->n += on_scale;
		r->sum += on_scale ? v : 0;
		if (on_scale)
			r->counts[v - 1]++;
	}
	if (json_is_string(answer) && r->in_words && json_string_length(answer)) {
		r->n++;
		*ARENA_PUSH(cx->arena, r->words, r->n_words) = str_dup(cx->arena, str_of(json_string_value(answer)));
	}
}

static enum err find_survey(struct ctx *cx, int64_t batch_id, int64_t part_id, struct work_any_part_row *ret)
{
	bool found = false;
	TRY(work_sql_any_part(cx, part_id, batch_id, ret, &found));
	return found && str_is(ret->kind, "survey") ? OK : fail(cx, ERR_NOT_FOUND, "part_id", N_("There is no such survey in this batch."));
}

static void put_results(struct ctx *cx, const struct work_answers_row *a, struct survey_results *r)
{
	struct survey_question *q;
	survey_questions(cx, r->part.words, &q, &r->n);
	r->v = ARENA_ARRAY(cx->arena, struct survey_result, r->n + 1);
	for (size_t i = 0; i < r->n; i++)
		r->v[i] = (struct survey_result){ .text = q[i].text, .in_words = q[i].in_words };
	for (int64_t k = 0; k < r->n_shown; k++) {
		json_t *list = json_loadb(a[k].words.p, a[k].words.n, 0, NULL);
		for (size_t i = 0; i < r->n && i < json_array_size(list); i++)
			count(cx, &r->v[i], json_array_get(list, i));
		json_decref(list);
	}
	for (size_t i = 0; i < r->n; i++)
		if (r->v[i].n_words)
			qsort(r->v[i].words, r->v[i].n_words, sizeof(struct str), by_bytes);
}

/* Of so many answers. While more can come, the last whole group is held back with what is not yet a group: what the end adds is never less than a group. */
static size_t shown_of(size_t n, bool ended)
{
	if (n < SURVEY_GROUP || ended)
		return n < SURVEY_GROUP ? 0 : n;
	return n - n % SURVEY_GROUP - SURVEY_GROUP;
}

enum err survey_results(struct ctx *cx, int64_t batch_id, int64_t part_id, struct survey_results *ret)
{
	struct work_answers_row *a;
	size_t n;
	*ret = (struct survey_results){ 0 };
	TRY(find_survey(cx, batch_id, part_id, &ret->part));
	TRY(work_sql_answers(cx, batch_id, part_id, &a, &n));
	ret->n_people = (int64_t)n;
	ret->n_shown = (int64_t)shown_of(n, str_is(ret->part.batch_state, "ended"));
	if (ret->n_shown)
		put_results(cx, a, ret);
	return OK;
}
