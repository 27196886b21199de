/* A question as a page shows it; see quiz_page.h. */
#include "feature/quiz/quiz_page.h"
#include "web/lang.h"

struct str quiz_option_text(struct ctx *cx, enum question_kind kind, const struct quiz_choice *c)
{
	if (kind != Q_TRUEFALSE)
		return c->text;
	return str_of(str_is(c->id, "true") ? tr(cx->lang, N_("True")) : tr(cx->lang, N_("False")));
}

static bool is_in(const struct strs *list, struct str s)
{
	for (size_t i = 0; i < list->n; i++)
		if (str_eq(list->v[i], s))
			return true;
	return false;
}

/* The drawing keeps the shape of the picture: both sides are in the same unit. */
static int64_t drawing_height(const struct quiz_shown *q)
{
	return q->width > 0 ? 1000 * q->height / q->width : 1000;
}

static void put_points(struct ctx *cx, const struct question_area *area, int64_t high, struct quiz_area_item *ret)
{
	struct buf b;
	int64_t x = 0, y = 0, n = (int64_t)area->n / 2;
	buf_init(&b, cx->arena, 40 * sizeof area->v / sizeof *area->v);
	for (size_t i = 0; i + 1 < area->n; i += 2) {
		buf_fmt(&b, "%s%lld,%lld", i ? " " : "", (long long)area->v[i], (long long)(area->v[i + 1] * high / 1000));
		x += area->v[i];
		y += area->v[i + 1] * high / 1000;
	}
	ret->points = buf_get(&b);
	ret->label_x = x / n;
	ret->label_y = y / n;
}

static struct quiz_area_item area_item(struct ctx *cx, const struct quiz_shown *q, struct str text)
{
	struct question_area area;
	struct quiz_area_item v = { .shape = S("") };
	int64_t high = drawing_height(q);
	if (!question_area_read(text, &area))
		return v;
	int64_t x = area.v[0], y = area.v[1] * high / 1000;
	if (area.shape == AREA_CIRCLE) {
		v = (struct quiz_area_item){ .shape = S("circle"), .x = x, .y = y, .r = area.v[2], .label_x = x, .label_y = y };
	} else if (area.shape == AREA_RECT) {
		int64_t x2 = area.v[2], y2 = area.v[3] * high / 1000;
		v = (struct quiz_area_item){
			.shape = S("rect"), .x = x, .y = y, .width = x2 - x, .height = y2 - y, .label_x = (x + x2) / 2, .label_y = (y + y2) / 2
		};
	} else {
		v.shape = S("polygon");
		put_points(cx, &area, high, &v);
	}
	return v;
}

static void put_places(struct ctx *cx, struct quiz_option_item *o, size_t n)
{
	o->places = ARENA_ARRAY(cx->arena, struct quiz_place_item, n);
	o->n_places = n;
	for (size_t i = 0; i < n; i++)
		o->places[i] = (struct quiz_place_item){ (int64_t)i + 1, o->place == (int64_t)i + 1 };
}

static struct quiz_option_item *option_items(struct ctx *cx, const struct quiz_shown *q, const struct strs *given)
{
	struct quiz_option_item *v = ARENA_ARRAY(cx->arena, struct quiz_option_item, q->n_options);
	for (size_t i = 0; i < q->n_options; i++) {
		const struct quiz_choice *c = &q->options[i];
		v[i] = (struct quiz_option_item){ .id = c->id,
						  .text = quiz_option_text(cx, q->kind, c),
						  .feedback = c->feedback,
						  .mine = is_in(given, c->id),
						  .right = c->right,
						  .n = (int64_t)i + 1 };
		if (q->kind == Q_HOTSPOT)
			v[i].area = area_item(cx, q, c->area);
		if (q->kind == Q_ORDERING) {
			v[i].mine = false;
			v[i].place = quiz_place(given, c->id);
			put_places(cx, &v[i], q->n_options);
		}
	}
	return v;
}

static struct quiz_left_item *left_items(struct ctx *cx, const struct quiz_shown *q, const struct strs *given)
{
	struct quiz_left_item *v = ARENA_ARRAY(cx->arena, struct quiz_left_item, q->n_lefts);
	for (size_t i = 0; i < q->n_lefts; i++) {
		const struct quiz_choice *c = &q->lefts[i];
		v[i] = (struct quiz_left_item){ c->id, c->text, c->chosen_text, c->best, c->right, NULL, q->n_options };
		v[i].options = option_items(cx, q, given);
		for (size_t k = 0; k < q->n_options; k++)
			v[i].options[k].mine = is_in(given, str_fmt(cx->arena, "%.*s=%.*s", STR_ARG(c->id), STR_ARG(q->options[k].id)));
	}
	return v;
}

static int64_t words_in(struct str s)
{
	int64_t n = 0;
	bool within = false;
	for (size_t i = 0; i < s.n; i++) {
		bool space = s.p[i] == ' ' || s.p[i] == '\n' || s.p[i] == '\r' || s.p[i] == '\t';
		n += !space && !within;
		within = !space;
	}
	return n;
}

struct quiz_question_item quiz_question_item(struct ctx *cx, const struct quiz_shown *q, const struct strs *given)
{
	bool typed = q->kind == Q_NUMERIC || q->kind == Q_SHORT || q->kind == Q_LONG;
	struct quiz_question_item x = {
		.id = q->question_id,
		.n = q->n,
		.kind = q->kind,
		.text = q->text,
		.alt = q->alt,
		.width = q->width,
		.height = q->height,
		.drawing_height = drawing_height(q),
		.words = q->words,
		.revealed = q->revealed,
		.answered = given->n > 0,
		.right = q->revealed && q->part >= 1,
		.part = q->revealed && q->part > 0,
		.percent = (int64_t)(100 * q->part),
		.best = q->best,
		.feedback = q->feedback,
		.general = q->general,
		.typed = typed && given->n ? given->v[0] : S(""),
		.unmarked = q->kind == Q_LONG,
	};
	x.written = q->kind == Q_LONG ? words_in(x.typed) : 0;
	if (q->kind == Q_MATCHING) {
		x.lefts = left_items(cx, q, given);
		x.n_lefts = q->n_lefts;
	} else {
		x.options = option_items(cx, q, given);
		x.n_options = q->n_options;
	}
	return x;
}
