/* Holders of an establishment file, and what holds of posts and people on every day; see est_look.h. The rules are those of post.h. */
#include "feature/establishment/est_look.h"

#include <stdlib.h>

static void wrong(struct est *e, const struct est_row *row, const char *text, struct str what, struct str other, int64_t day)
{
	est_wrong(&e->faults, row->line, text, what, other, day);
}

static struct str number(struct est *e, int64_t n)
{
	return str_fmt(e->arena, "%lld", (long long)n);
}

/* ── each by itself ── */

static enum holding_kind kind_of(struct est *e, const struct est_row *row)
{
	enum holding_kind k = row->holding.n ? holding_kind_of(row->holding) : HOLDING_SUBSTANTIVE;
	if (k == HOLDING_KINDS)
		wrong(e, row, N_("“{what}” is no way to hold a post: substantive, additional or officiating"), row->holding, S(""), NONE);
	return k;
}

static void judge_posted(struct est *e, const struct est_holding *h)
{
	const struct est_person *p = h->person;
	int64_t day = h->from_day < e->today ? h->from_day : e->today;
	const struct est_posting *at = NULL;
	for (size_t i = 0; i < p->n_postings && !at; i++)
		if (est_on(day, p->postings[i].from_day, p->postings[i].until_day))
			at = &p->postings[i];
	if (at && at->org_id == h->post->org_id)
		return;
	const struct est_office *o = at ? est_book_find(&e->office_ids, est_id_key(&at->org_id)) : NULL;
	if (o)
		wrong(e, h->row, N_("{what} is posted in another office ({other}) on {day}"), p->name, o->code, day);
	else
		wrong(e, h->row, N_("{what} is not posted in the office of the post ({other}) on {day}"), p->name, h->post->office, day);
}

static void judge_days(struct est *e, const struct est_holding *h)
{
	const struct est_post *p = h->post;
	if (h->until_day != NONE && h->until_day <= h->from_day)
		wrong(e, h->row, N_("ends before it begins"), S(""), S(""), NONE);
	else if (p->from_day != NONE && h->from_day < p->from_day)
		wrong(e, h->row, N_("begins before the post “{what}”, which is there since {day}"), p->code, S(""), p->from_day);
	else if (p->until_day != NONE && (h->until_day == NONE || h->until_day > p->until_day))
		wrong(e, h->row, N_("lasts longer than the post “{what}”, which is abolished on {day}"), p->code, S(""), p->until_day);
}

static void change_holding(struct est *e, struct est_holding *h, const struct est_row *row)
{
	h->row = row;
	if (row->until_day != NONE && row->until_day != h->until_day) {
		if (h->until_day != NONE && h->until_day <= e->today)
			wrong(e, row, N_("this holding ended on {day}; what has ended does not change any more"), S(""), S(""), h->until_day);
		h->until_day = row->until_day;
		h->change |= EST_UNTIL;
	}
	if (est_take(row->order_no, &h->order_no))
		h->change |= EST_ORDER;
}

static struct est_post *post_of(struct est *e, const struct est_row *row)
{
	struct est_office *o = est_office_of(e, row);
	struct est_post *p = o ? est_book_find(&e->posts, est_key(e, o->id, row->post)) : NULL;
	if (o && !p)
		wrong(e, row, N_("there is no post “{what}” of {other}, neither here nor in this file"), row->post, o->code, NONE);
	return p;
}

static enum err judge(struct est *e, const struct est_row *row)
{
	struct est_post *p = post_of(e, row);
	struct est_person *who;
	enum holding_kind kind = kind_of(e, row);
	TRY(est_person_called(e, row->person, &who));
	if (!who)
		wrong(e, row, N_("there is nobody with the employee number, e-mail or mobile number “{what}”, or the person has left"), row->person, S(""),
		      NONE);
	if (!p || !who || kind == HOLDING_KINDS)
		return OK;
	/* A new post has no id yet: its place in memory stands for it. */
	struct str key = p->id != NONE ? str_fmt(e->arena, "%lld/%lld/%d/%lld", (long long)p->id, (long long)who->id, (int)kind, (long long)row->from_day)
				       : str_fmt(e->arena, "%p/%lld/%d/%lld", (void *)p, (long long)who->id, (int)kind, (long long)row->from_day);
	struct est_holding *h = est_book_find(&e->holdings, key);
	if (h && h->row) {
		wrong(e, row, N_("this stands in the file already, in row {what}"), number(e, h->row->line), S(""), NONE);
		return OK;
	}
	if (h) {
		change_holding(e, h, row);
	} else {
		h = ARENA_NEW(e->arena, struct est_holding);
		*h = (struct est_holding){ .id = NONE,
					   .post_id = p->id,
					   .person_id = who->id,
					   .from_day = row->from_day,
					   .until_day = row->until_day,
					   .kind = kind,
					   .order_no = row->order_no,
					   .post = p,
					   .person = who,
					   .row = row,
					   .change = EST_NEW };
		est_book_put(&e->holdings, key, h);
		est_add(e, EST_HOLDER, h);
		*ARENA_PUSH(e->arena, p->held, p->n_held) = h;
		if (kind == HOLDING_SUBSTANTIVE)
			*ARENA_PUSH(e->arena, who->held, who->n_held) = h;
	}
	p->held_in_file |= h->change != 0;
	who->held_in_file |= h->change != 0;
	e->n[EST_HOLDER][h->change & EST_NEW ? 0 : h->change ? 1 : 3]++;
	return OK;
}

/* ── all of a post ── */

static int64_t end_of(const struct est_holding *h)
{
	return h->until_day == NONE ? INT64_MAX : h->until_day;
}

static int line_of(const struct est_holding *h)
{
	return h->row && h->change ? h->row->line : 0;
}

/* By first day; what is there already before what comes. */
static int by_day(const void *a, const void *b)
{
	const struct est_holding *x = *(struct est_holding *const *)a, *y = *(struct est_holding *const *)b;
	if (x->from_day != y->from_day)
		return x->from_day < y->from_day ? -1 : 1;
	return line_of(x) != line_of(y) ? (line_of(x) > line_of(y)) - (line_of(x) < line_of(y)) : (x->id > y->id) - (x->id < y->id);
}

static int by_person(const void *a, const void *b)
{
	const struct est_holding *x = *(struct est_holding *const *)a, *y = *(struct est_holding *const *)b;
	return x->person_id != y->person_id ? (x->person_id > y->person_id ? 1 : -1) : by_day(a, b);
}

static int by_number(const void *a, const void *b)
{
	int64_t x = *(const int64_t *)a, y = *(const int64_t *)b;
	return (x > y) - (x < y);
}

/* Of two that overlap the one of the file is wrong, of two of the file the later row. NULL: neither is the file's doing. */
static const struct est_holding *blamed(const struct est_holding *x, const struct est_holding *y)
{
	const struct est_holding *later = line_of(x) > line_of(y) ? x : y;
	return line_of(later) ? later : NULL;
}

static void check_twice(struct est *e, struct est_post *p)
{
	if (p->n_held)
		qsort(p->held, p->n_held, sizeof *p->held, by_person);
	for (size_t i = 1; i < p->n_held; i++) {
		const struct est_holding *x = p->held[i - 1], *y = p->held[i];
		const struct est_holding *b = x->person_id == y->person_id && end_of(x) > y->from_day ? blamed(x, y) : NULL;
		if (b)
			wrong(e, b->row, N_("{what} holds the post “{other}” on {day} already"), b->person->name, p->code, y->from_day);
	}
}

/* Who of the file holds it on a day; the latest row. */
static const struct est_holding *of_the_file_on(const struct est_post *p, int64_t day)
{
	const struct est_holding *found = NULL;
	for (size_t i = 0; i < p->n_held; i++) {
		const struct est_holding *h = p->held[i];
		if (h->kind == HOLDING_SUBSTANTIVE && line_of(h) && est_on(day, h->from_day, h->until_day) && (!found || line_of(h) > line_of(found)))
			found = h;
	}
	return found;
}

/* False: said of another row than that of the holding, so that it need not be said again. */
static bool too_many(struct est *e, const struct est_post *p, const struct est_holding *h, int64_t until_day)
{
	static const char sentence[] = N_("more hold the post “{what}” substantively on {day} than the {other} it is sanctioned for");
	const struct est_holding *b = line_of(h) ? h : p->held_in_file ? of_the_file_on(p, h->from_day) : NULL;
	bool of_post = !b && p->change & EST_FACTS && until_day > e->today;
	if (b)
		wrong(e, b->row, sentence, p->code, number(e, p->sanctioned), h->from_day);
	else if (of_post)
		wrong(e, p->row, sentence, p->code, number(e, p->sanctioned), h->from_day < e->today ? e->today : h->from_day);
	return b ? b == h : !of_post;
}

static void check_strength(struct est *e, struct est_post *p)
{
	int64_t *ends = ARENA_ARRAY(e->arena, int64_t, p->n_held);
	int64_t at_once = 0;
	size_t n = 0, ended = 0;
	bool go_on = true;
	if (p->n_held)
		qsort(p->held, p->n_held, sizeof *p->held, by_day);
	for (size_t i = 0; i < p->n_held; i++)
		if (p->held[i]->kind == HOLDING_SUBSTANTIVE)
			ends[n++] = end_of(p->held[i]);
	if (n)
		qsort(ends, n, sizeof *ends, by_number);
	for (size_t i = 0; i < p->n_held && go_on; i++) {
		const struct est_holding *h = p->held[i];
		if (h->kind != HOLDING_SUBSTANTIVE)
			continue;
		for (; ended < n && ends[ended] <= h->from_day; ended++)
			at_once--;
		if (++at_once > p->sanctioned)
			go_on = too_many(e, p, h, ended < n ? ends[ended] : h->from_day);
	}
}

static void check_post(struct est *e, struct est_post *p)
{
	if (p->change & EST_UNTIL && !(p->change & EST_NEW))
		for (size_t i = 0; i < p->n_held; i++)
			if (!line_of(p->held[i]) && end_of(p->held[i]) > p->until_day) {
				wrong(e, p->row, N_("somebody holds the post “{what}” on {day} or later; it cannot be abolished before"), p->code, S(""),
				      p->until_day);
				break;
			}
	if (p->held_in_file || p->change & EST_FACTS) {
		check_twice(e, p);
		check_strength(e, p);
	}
}

/* ── all of a person ── */

static void check_person(struct est *e, struct est_person *p)
{
	const struct est_holding *last = NULL;
	if (p->n_held)
		qsort(p->held, p->n_held, sizeof *p->held, by_day);
	for (size_t i = 0; i < p->n_held; i++) {
		const struct est_holding *h = p->held[i];
		const struct est_holding *b = last && end_of(last) > h->from_day && (last->post != h->post || !h->post) ? blamed(last, h) : NULL;
		const struct est_holding *other = b == h ? last : h;
		if (b)
			wrong(e, b->row, N_("{what} holds another post (“{other}”) substantively on {day}"), p->name, other->post ? other->post->code : S("–"),
			      h->from_day);
		if (!last || end_of(h) > end_of(last))
			last = h;
	}
}

/* A new post without a first day begins today, or with its first holder. */
static void settle_first_days(struct est *e)
{
	for (size_t i = 0; i < e->all[EST_POST].n; i++) {
		struct est_post *p = e->all[EST_POST].v[i];
		bool open = p->from_day == NONE;
		if (open)
			p->from_day = e->today;
		for (size_t k = 0; open && k < p->n_held; k++)
			p->from_day = p->held[k]->from_day < p->from_day ? p->held[k]->from_day : p->from_day;
	}
}

enum err est_judge_holders(struct est *e)
{
	for (size_t i = 0; i < e->n_rows; i++)
		if (e->rows[i].kind == EST_HOLDER)
			TRY(judge(e, &e->rows[i]));
	settle_first_days(e);
	for (size_t i = 0; i < e->all[EST_HOLDER].n; i++) {
		const struct est_holding *h = e->all[EST_HOLDER].v[i];
		if (!h->row || !h->change)
			continue;
		judge_days(e, h);
		if (h->change & EST_NEW && h->kind == HOLDING_SUBSTANTIVE)
			judge_posted(e, h);
		if (h->person->held_in_file)
			check_person(e, h->person);
		h->person->held_in_file = false;
	}
	for (size_t i = 0; i < e->all[EST_POST].n; i++)
		check_post(e, e->all[EST_POST].v[i]);
	return OK;
}
