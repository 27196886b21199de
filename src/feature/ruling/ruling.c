/* Rulings: looking, carrying out, taking back; see ruling.h. */
#include "feature/ruling/ruling.h"
#include "base/json.h"
#include "feature/attempt/attempt.h"
#include "feature/notice/notice.h"
#include "feature/quiz/quiz_store.h"

#include <math.h>

/* ── keys ── */

static void put_option(struct json_out *j, struct str id, double weight)
{
	jw_open(j, '{');
	jw_key(j, "id");
	jw_str(j, id);
	jw_key(j, "weight");
	jw_real(j, weight);
	jw_close(j, '}');
}

static bool names_option(const struct quiz_key *k, struct str id)
{
	for (size_t i = 0; i < k->n_options; i++)
		if (str_eq(k->options[i].id, id))
			return true;
	return false;
}

static bool is_among(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], s))
			return true;
	return false;
}

/* Those named share the mark when all must be chosen, else each earns it. */
static bool put_choice(struct json_out *j, const struct quiz_key *k, const struct strs *right)
{
	double each = k->kind == Q_MULTIPLE ? 100 / (double)right->n : 100;
	for (size_t i = 0; i < right->n; i++)
		if (!names_option(k, right->v[i]))
			return false;
	for (size_t i = 0; i < k->n_options; i++)
		put_option(j, k->options[i].id, is_among(right, k->options[i].id) ? each : 0);
	return true;
}

static bool put_number(struct ctx *cx, struct json_out *j, struct str text)
{
	struct str tolerance = text, value;
	double v, t = 0;
	if (!str_cut(&tolerance, ':', &value) || !quiz_number(cx->arena, value, &v) || (tolerance.n && !quiz_number(cx->arena, tolerance, &t)) || t < 0)
		return false;
	jw_open(j, '{');
	jw_key(j, "value");
	jw_real(j, v);
	jw_key(j, "tolerance");
	jw_real(j, t);
	jw_key(j, "weight");
	jw_real(j, 100);
	jw_close(j, '}');
	return true;
}

static bool put_right(struct ctx *cx, struct json_out *j, const struct quiz_key *k, const struct strs *right)
{
	if (k->kind != Q_SHORT && k->kind != Q_NUMERIC)
		return put_choice(j, k, right);
	for (size_t i = 0; i < right->n; i++) {
		if (k->kind == Q_NUMERIC && !put_number(cx, j, right->v[i]))
			return false;
		if (k->kind == Q_SHORT)
			put_option(j, right->v[i], 100);
	}
	return true;
}

static bool takes_key(enum question_kind kind)
{
	return kind == Q_SINGLE || kind == Q_MULTIPLE || kind == Q_TRUEFALSE || kind == Q_JUDGEMENT || kind == Q_HOTSPOT || kind == Q_SHORT ||
	       kind == Q_NUMERIC;
}

enum err ruling_key(struct ctx *cx, const struct ruling_item_row *item, const struct strs *right, struct str *ret)
{
	struct quiz_key k;
	struct buf b;
	TRY(quiz_load_key(cx, item->kind, item->answer_key, &k));
	if (!takes_key(k.kind))
		return fail(cx, ERR_INVALID, "right", N_("An item of this kind can be dropped or given to all, not marked by another key."));
	if (!right->n || right->n > RULING_ANSWERS_MAX)
		return fail(cx, ERR_INVALID, "right", N_("Say what is right, in at most 20 lines."));
	buf_init(&b, cx->arena, 1 << 16);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	jw_key(&j, k.kind == Q_NUMERIC ? "numbers" : "options");
	jw_open(&j, '[');
	if (!put_right(cx, &j, &k, right))
		return fail(cx, ERR_INVALID, "right", N_("Each line is the letter of an option, an accepted text, or a number as 48 or 48:0.5."));
	jw_close(&j, ']');
	if (k.whole) {
		jw_key(&j, "whole");
		jw_bool(&j, true);
	}
	jw_close(&j, '}');
	*ret = buf_get(&b);
	return OK;
}

/* ── the look ── */

struct measuring {
	const struct ruling_look *look;
	const struct ruling_item_row *item;
	struct quiz_key key;
	struct ruling_effect effect;
	struct ruling_paper *v;
	size_t n;
};

static uint64_t mix(uint64_t h, const void *p, size_t n)
{
	const unsigned char *c = p;
	for (size_t i = 0; i < n; i++)
		h = (h ^ c[i]) * UINT64_C(0x100000001b3);
	return h;
}

static bool passes(const struct exam_one_row *e, double marks, double max)
{
	return max > 0 && attempt_percent(marks, max) >= e->pass;
}

static enum err rule_paper(struct ctx *cx, const struct measuring *m, const struct ruling_papers_row *r, struct ruling_paper *p)
{
	double before = r->item_marks > 0 ? r->item_marks : 0, after = 0, most = m->item->points;
	struct strs given;
	if (str_is(m->look->kind, "rekey")) {
		if (!quiz_read_given(cx->arena, r->given, &given))
			return ERR_INTERNAL;
		after = most * quiz_mark(cx->arena, &m->key, &given).part;
	} else if (str_is(m->look->kind, "full")) {
		after = most;
	}
	*p = (struct ruling_paper){ .taker_id = r->taker_id,
				    .attempt_id = r->id,
				    .marks_before = r->marks,
				    .max_before = r->max_marks,
				    .passed_before = r->passed,
				    .marks_after = r->marks - before + after,
				    .max_after = r->max_marks - (str_is(m->look->kind, "drop") ? most : 0) };
	p->passed_after = passes(m->look->exam, p->marks_after, p->max_after);
	return OK;
}

void ruling_keep_name(struct ruling_paper *p, struct str name)
{
	size_t n = name.n < sizeof p->name ? name.n : 0;
	memcpy(p->name, name.p ? name.p : "", n);
	p->name[n] = 0;
}

static bool is_changed(const struct ruling_paper *p)
{
	return fabs(p->marks_after - p->marks_before) > 1e-9 || fabs(p->max_after - p->max_before) > 1e-9 || p->passed_after != p->passed_before;
}

static bool is_wanted(struct str which, const struct ruling_paper *p)
{
	if (str_is(which, "pass"))
		return p->passed_after && !p->passed_before;
	if (str_is(which, "fail"))
		return p->passed_before && !p->passed_after;
	return true;
}

static enum err measure_row(struct ctx *cx, void *arg, const void *row)
{
	struct measuring *m = arg;
	const struct ruling_papers_row *r = row;
	struct ruling_paper p;
	m->effect.n_attempts++;
	m->effect.digest = mix(m->effect.digest, &r->id, sizeof r->id);
	if (!str_is(r->state, "marked"))
		return OK;
	TRY(rule_paper(cx, m, r, &p));
	m->effect.digest = mix(m->effect.digest, &p.marks_before, sizeof p.marks_before);
	m->effect.digest = mix(m->effect.digest, &p.marks_after, sizeof p.marks_after);
	if (!is_changed(&p))
		return OK;
	m->effect.n_changed++;
	m->effect.n_pass += p.passed_after && !p.passed_before;
	m->effect.n_fail += p.passed_before && !p.passed_after;
	if (m->v && m->n < RULING_PAGE && p.attempt_id > m->look->after_id && is_wanted(m->look->which, &p)) {
		ruling_keep_name(&p, r->name);
		m->v[m->n++] = p;
	}
	return OK;
}

static enum err find_item(struct ctx *cx, int64_t exam_id, int64_t item_id, int64_t version, struct ruling_item_row *ret)
{
	bool found = false;
	TRY(ruling_sql_item(cx, item_id, version, exam_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "item_id", N_("No form of this examination holds this item."));
}

enum err ruling_measure(struct ctx *cx, const struct ruling_look *look, struct ruling_effect *ret, struct ruling_paper **ret_v, size_t *ret_n)
{
	struct ruling_item_row item;
	struct measuring m = { .look = look, .item = &item, .effect = { .digest = UINT64_C(0xcbf29ce484222325) } };
	TRY(find_item(cx, look->exam->id, look->item_id, look->version, &item));
	if (str_is(look->kind, "rekey"))
		TRY(quiz_load_key(cx, item.kind, look->key, &m.key));
	if (ret_v)
		m.v = ARENA_ARRAY(cx->arena, struct ruling_paper, RULING_PAGE);
	TRY(ruling_sql_papers(cx, look->exam->id, look->item_id, look->version, measure_row, &m));
	*ret = m.effect;
	if (ret_v) {
		*ret_v = m.v;
		*ret_n = m.n;
	}
	return OK;
}

/* ── rulings ── */

enum err ruling_find(struct ctx *cx, int64_t exam_id, int64_t ruling_id, struct ruling_one_row *ret)
{
	bool found = false;
	TRY(ruling_sql_one(cx, ruling_id, exam_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "ruling_id", N_("There is no such ruling here."));
}

/* One of an item, and one under way. */
static enum err stand_alone(struct ctx *cx, int64_t exam_id, int64_t item_id, int64_t version)
{
	struct ruling_in_force_row *r;
	size_t n;
	TRY(ruling_sql_in_force(cx, exam_id, &r, &n));
	for (size_t i = 0; i < n; i++) {
		if (!str_is(r[i].state, "done"))
			return fail(cx, ERR_CONFLICT, "", N_("Another ruling of this examination is under way; wait until it is done."));
		if (r[i].item_id == item_id && r[i].version == version)
			return fail(cx, ERR_CONFLICT, "", N_("A ruling about this item is in force. Take that one back first."));
	}
	return OK;
}

enum err ruling_add(struct ctx *cx, const struct ruling_add *in, struct str key, const struct ruling_effect *effect, int64_t *ret_id)
{
	if (!str_trim(in->why).n)
		return fail(cx, ERR_INVALID, "why", N_("Say why: it is kept with the ruling."));
	TRY(stand_alone(cx, in->exam_id, in->item_id, in->version));
	*ret_id = new_id(cx);
	return ruling_sql_add(cx, *ret_id, in->exam_id, in->item_id, in->version, in->kind, key, in->why, effect->n_attempts, effect->n_changed, effect->n_pass,
			      effect->n_fail, actor_hand(&cx->actor), cx->now, NULL);
}

static enum err begin(struct ctx *cx, const char *kind, int64_t id)
{
	struct str text = str_fmt(cx->arena, "%lld", (long long)id);
	return job_add(cx, &(struct job_add){ .kind = kind, .once = text, .input = text, .asked_by = cx->actor.person_id }, NULL);
}

enum err ruling_do(struct ctx *cx, const struct ruling_one_row *r, const struct ruling_effect *now, uint64_t seen)
{
	int64_t changed = 0;
	if (!str_is(r->state, "looked"))
		return fail(cx, ERR_CONFLICT, "", N_("This ruling was carried out already."));
	if (now->digest != seen)
		return fail(cx, ERR_CONFLICT, "", N_("Papers have changed since you looked. These are the figures of now: look at them, then carry it out."));
	TRY(stand_alone(cx, r->exam_id, r->item_id, r->version));
	TRY(ruling_sql_begin(cx, actor_hand(&cx->actor), cx->now, r->id, &changed));
	return changed == 1 ? begin(cx, "ruling.do", r->id) : ERR_CONFLICT;
}

enum err ruling_undo(struct ctx *cx, const struct ruling_one_row *r)
{
	struct ruling_in_force_row *all;
	int64_t changed = 0;
	size_t n;
	if (!str_is(r->state, "done"))
		return fail(cx, ERR_CONFLICT, "", N_("Only a ruling that was carried out can be taken back."));
	TRY(ruling_sql_in_force(cx, r->exam_id, &all, &n));
	for (size_t i = 0; i < n; i++)
		if (!str_is(all[i].state, "done"))
			return fail(cx, ERR_CONFLICT, "", N_("Another ruling of this examination is under way; wait until it is done."));
	TRY(ruling_sql_back(cx, actor_hand(&cx->actor), cx->now, r->id, &changed));
	return changed == 1 ? begin(cx, "ruling.undo", r->id) : ERR_CONFLICT;
}

/* ── the work ── */

static enum err tell(struct ctx *cx, const struct ruling_one_row *r, struct str title, bool back, int64_t taker_id, int64_t attempt_id)
{
	const struct msg_arg args[] = { { "exam", title } };
	return notice_tell(cx,
			   &(struct notice){ .kind = NOTICE_exam,
					     .person_id = taker_id,
					     .fact = str_fmt(cx->arena, "ruling:%lld:%s:%lld", (long long)r->id, back ? "back" : "done", (long long)attempt_id),
					     .text = N_("“{exam}”: a question was judged anew, and your marks have changed."),
					     .subject = N_("Your marks have changed"),
					     .args = args,
					     .n_args = 1,
					     .thing_id = NONE,
					     .path = str_fmt(cx->arena, "/exam-attempts/%lld", (long long)attempt_id) });
}

static bool differs(const struct ruling_next_papers_row *b, const struct ruling_paper_row *a)
{
	return b->marks < a->marks || b->marks > a->marks || b->max_marks < a->max_marks || b->max_marks > a->max_marks || b->passed != a->passed;
}

static enum err settle_paper(struct ctx *cx, const struct ruling_one_row *r, struct str title, bool back, const struct ruling_next_papers_row *p)
{
	struct ruling_paper_row now;
	TRY(attempt_settle(cx, p->taker_id, p->id));
	TRY(ruling_sql_paper(cx, p->taker_id, p->id, &now));
	if (!str_is(p->state, "marked") || !str_is(now.state, "marked") || !differs(p, &now))
		return OK;
	if (!back)
		TRY(ruling_sql_add_change(cx, r->id, p->taker_id, p->id, p->marks, p->max_marks, p->passed, now.marks, now.max_marks, now.passed, NULL));
	return tell(cx, r, title, back, p->taker_id, p->id);
}

static enum err finish(struct ctx *cx, struct job *j, const struct ruling_one_row *r, bool back)
{
	struct ruling_sums_row s;
	j->ended = true;
	if (back)
		return ruling_sql_undone(cx, r->id, NULL);
	TRY(ruling_sql_sums(cx, r->id, &s));
	return ruling_sql_done(cx, j->done, s.n_changed, s.n_pass, s.n_fail, r->id, NULL);
}

struct ruled {
	struct ruling_one_row r;
	struct ruling_exam_title_row exam;
	int64_t after;
	bool found;
};

static enum err read_job(struct ctx *cx, const struct job *j, struct ruled *ret)
{
	int64_t id;
	bool titled = false;
	*ret = (struct ruled){ 0 };
	if (!str_int(j->input, &id) || (j->at.n && !str_int(j->at, &ret->after)))
		return ERR_INTERNAL;
	TRY(ruling_sql_exam_title(cx, id, &ret->exam, &titled));
	return titled ? ruling_sql_one(cx, id, ret->exam.id, &ret->r, &ret->found) : OK;
}

static enum err step(struct ctx *cx, struct job *j, bool back)
{
	struct ruling_next_papers_row *p;
	struct ruled w;
	size_t n;
	TRY(read_job(cx, j, &w));
	j->ended = !w.found || !str_is(w.r.state, back ? "undoing" : "doing");
	if (j->ended)
		return OK;
	TRY(ruling_sql_next_papers(cx, w.r.exam_id, w.r.item_id, w.r.version, w.after, RULING_STEP, &p, &n));
	for (size_t i = 0; i < n; i++)
		TRY(settle_paper(cx, &w.r, w.exam.title, back, &p[i]));
	j->done += (int64_t)n;
	j->total = w.r.n_attempts;
	if (!n)
		return finish(cx, j, &w.r, back);
	j->at = str_fmt(cx->arena, "%lld", (long long)p[n - 1].id);
	return OK;
}

static enum err do_step(struct ctx *cx, struct job *j)
{
	return step(cx, j, false);
}

static enum err undo_step(struct ctx *cx, struct job *j)
{
	return step(cx, j, true);
}

const struct job_kind ruling_jobs[] = {
	{ .name = "ruling.do", .title = N_("Examinations: carrying out a ruling"), .step = do_step },
	{ .name = "ruling.undo", .title = N_("Examinations: taking back a ruling"), .step = undo_step },
	{ 0 },
};

enum err ruling_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(ruling_sql_merge_appeals(cx, kept_id, closed_id, NULL));
	return ruling_sql_merge_changes(cx, kept_id, closed_id, NULL);
}
