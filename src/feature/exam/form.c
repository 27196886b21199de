/* Forms in memory; see form.h. */
#include "feature/exam/form.h"
#include "feature/exam/exam.h"

#include <pthread.h>
#include <stdatomic.h>
#include <stdlib.h>

struct kept {
	struct exam_form form;
	struct arena *arena;
	atomic_uint holders; /* the place is one while it is in the list */
	size_t bytes;
	struct kept *next; /* under the lock of the place */
};
struct form_place {
	pthread_mutex_t lock;
	struct kept *first; /* the one asked for last */
	size_t bytes;
	struct arena *arena;
};

/* ── reading ── */

static size_t text_bytes(const struct exam_content_row *r)
{
	return r->asked.n + r->feedback.n + r->answer_key.n + r->parameters.n;
}

/* Memory of what is read is that of the form; what JSON is read into is about as much again. */
static enum err read_item(struct ctx *cx, const struct exam_content_row *r, const struct form_case *of, struct form_item *ret)
{
	struct arena *a = cx->arena;
	*ret = (struct form_item){ .n = r->n,
				   .item_id = r->item_id,
				   .version = r->version,
				   .part = r->part,
				   .competency_id = r->competency_id,
				   .level = r->level == NONE ? 0 : r->level,
				   .kind = str_dup(a, r->kind),
				   .code = str_dup(a, r->code),
				   .points = r->points,
				   .steps = r->steps,
				   .lang = str_dup(a, r->lang),
				   .asked_json = str_dup(a, r->asked),
				   .key_json = str_dup(a, r->answer_key),
				   .feedback_json = str_dup(a, r->feedback),
				   .parameters = r->parameters.p ? str_dup(a, r->parameters) : STR_NONE,
				   .pictured = r->pictured,
				   .of = of };
	TRY(quiz_load_asked(cx, ret->kind, ret->asked_json, &ret->asked));
	TRY(quiz_load_key(cx, ret->kind, ret->key_json, &ret->key));
	return quiz_load_feedback(cx, ret->feedback_json, &ret->key);
}

static enum err read_case(struct ctx *cx, const struct exam_content_row *r, struct form_case *ret)
{
	struct quiz_asked asked;
	TRY(quiz_load_asked(cx, r->kind, r->asked, &asked));
	*ret = (struct form_case){ .n = r->n,
				   .item_id = r->item_id,
				   .version = r->version,
				   .lang = str_dup(cx->arena, r->lang),
				   .text = asked.text,
				   .alt = asked.alt,
				   .pictured = r->pictured };
	return OK;
}

static enum err read_all(struct ctx *cx, const struct exam_content_row *r, size_t n, struct str lang, struct kept *k)
{
	struct form_item *v = ARENA_ARRAY(cx->arena, struct form_item, n);
	struct form_case *of = NULL;
	k->form.v = v;
	k->bytes = sizeof *k + n * sizeof *v;
	for (size_t i = 0; i < n; i++) {
		k->bytes += 2 * text_bytes(&r[i]);
		k->form.mixed = k->form.mixed || !str_eq(r[i].lang, lang);
		if (str_is(r[i].kind, "case")) {
			of = ARENA_NEW(cx->arena, struct form_case);
			TRY(read_case(cx, &r[i], of));
			continue;
		}
		if (!of || of->item_id != r[i].case_id)
			of = NULL;
		TRY(read_item(cx, &r[i], of, &v[k->form.n]));
		k->form.points += r[i].points;
		k->form.n++;
	}
	return OK;
}

static void let_go(void *held)
{
	struct kept *k = held;
	if (atomic_fetch_sub(&k->holders, 1) == 1)
		arena_free(k->arena);
}

static enum err make(struct ctx *cx, int64_t form_id, struct str lang, struct kept **ret)
{
	struct exam_content_row *r;
	size_t n;
	TRY(exam_sql_content(cx, lang, form_id, &r, &n));
	if (!n)
		return fail(cx, ERR_NOT_FOUND, "form_id", N_("There is no such form."));
	struct arena *own = arena_new(), *theirs = cx->arena;
	struct kept *k = ARENA_NEW(own, struct kept);
	k->arena = own;
	k->form.id = form_id;
	k->form.lang = str_dup(own, lang);
	atomic_init(&k->holders, 1);
	cx->arena = own;
	enum err e = read_all(cx, r, n, lang, k);
	cx->arena = theirs;
	if (e == OK)
		*ret = k;
	else
		arena_free(own);
	return e;
}

/* ── keeping ── */

struct form_place *form_place_new(void)
{
	struct arena *a = arena_new();
	struct form_place *p = ARENA_NEW(a, struct form_place);
	p->arena = a;
	pthread_mutex_init(&p->lock, NULL);
	return p;
}

void form_place_free(struct form_place *p)
{
	if (!p)
		return;
	while (p->first) {
		struct kept *k = p->first;
		p->first = k->next;
		let_go(k);
	}
	pthread_mutex_destroy(&p->lock);
	arena_free(p->arena);
}

/* Under the lock: the one of this form and language, now the first of the list. */
static struct kept *bring_forward(struct form_place *p, int64_t form_id, struct str lang)
{
	struct kept **at = &p->first;
	while (*at && ((*at)->form.id != form_id || !str_eq((*at)->form.lang, lang)))
		at = &(*at)->next;
	struct kept *k = *at;
	if (k) {
		*at = k->next;
		k->next = p->first;
		p->first = k;
	}
	return k;
}

static struct kept *take_kept(struct form_place *p, int64_t form_id, struct str lang)
{
	pthread_mutex_lock(&p->lock);
	struct kept *k = bring_forward(p, form_id, lang);
	if (k)
		atomic_fetch_add(&k->holders, 1);
	pthread_mutex_unlock(&p->lock);
	return k;
}

/* Under the lock: the last of the list go, the first stays whatever its size. */
static void make_room(struct form_place *p)
{
	while (p->bytes > FORM_KEEP_MAX && p->first->next) {
		struct kept **at = &p->first->next;
		while ((*at)->next)
			at = &(*at)->next;
		struct kept *k = *at;
		*at = NULL;
		p->bytes -= k->bytes;
		let_go(k);
	}
}

/* Another thread may have read the same meanwhile: then this one serves its own request alone. */
static void offer(struct form_place *p, struct kept *k)
{
	pthread_mutex_lock(&p->lock);
	if (!bring_forward(p, k->form.id, k->form.lang)) {
		atomic_fetch_add(&k->holders, 1);
		k->next = p->first;
		p->first = k;
		p->bytes += k->bytes;
		make_room(p);
	}
	pthread_mutex_unlock(&p->lock);
}

enum err exam_form_load(struct ctx *cx, int64_t form_id, struct str lang, const struct exam_form **ret)
{
	struct form_place *p = cx->app ? cx->app->forms : NULL;
	struct kept *k = p ? take_kept(p, form_id, lang) : NULL;
	if (!k) {
		TRY(make(cx, form_id, lang, &k));
		if (p)
			offer(p, k);
	}
	arena_later(cx->arena, let_go, k);
	*ret = &k->form;
	return OK;
}

const struct form_item *exam_form_item(const struct exam_form *f, int64_t n)
{
	size_t low = 0, high = f->n;
	while (low < high) {
		size_t middle = (low + high) / 2;
		if (f->v[middle].n < n)
			low = middle + 1;
		else
			high = middle;
	}
	return low < f->n && f->v[low].n == n ? &f->v[low] : NULL;
}
