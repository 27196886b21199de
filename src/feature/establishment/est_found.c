/* Errors and changes as pages of CSV; see est_found.h. */
#include "feature/establishment/est_found.h"
#include "feature/establishment/establishment.h"
#include "text/csv.h"

#include <sodium.h>
#include <stdlib.h>

enum { PAGE_BYTES = 1 << 20 };

struct paging {
	struct ctx *cx;
	struct buf b;
	size_t n; /* rows of the page */
	struct strs *to;
	crypto_hash_sha256_state sum;
};

static void begin(struct paging *p, struct ctx *cx, struct strs *to)
{
	*p = (struct paging){ .cx = cx, .to = to };
	crypto_hash_sha256_init(&p->sum);
	buf_init(&p->b, cx->arena, PAGE_BYTES);
}

static void end_page(struct paging *p)
{
	if (!p->n)
		return;
	struct str text = buf_get(&p->b);
	crypto_hash_sha256_update(&p->sum, (const unsigned char *)text.p, text.n);
	*ARENA_PUSH(p->cx->arena, p->to->v, p->to->n) = text;
	buf_init(&p->b, p->cx->arena, PAGE_BYTES);
	p->n = 0;
}

static void end_row(struct paging *p)
{
	csv_end_row(&p->b);
	if (++p->n == ESTABLISHMENT_PAGE)
		end_page(p);
}

static void put_int(struct paging *p, int64_t v)
{
	if (v == NONE)
		csv_put(&p->b, S(""));
	else
		buf_fmt(&p->b, "\"%lld\",", (long long)v);
}

/* ── errors ── */

static int by_line(const void *a, const void *b)
{
	const struct est_fault *x = a, *y = b;
	return x->line != y->line ? (x->line > y->line) - (x->line < y->line) : strcmp(x->text, y->text);
}

static void put_errors(struct est *e, struct est_found *f)
{
	struct paging p;
	begin(&p, e->cx, &f->errors);
	if (e->faults.n)
		qsort(e->faults.v, e->faults.n, sizeof *e->faults.v, by_line);
	for (size_t i = 0; i < e->faults.n; i++) {
		const struct est_fault *x = &e->faults.v[i];
		put_int(&p, x->line);
		csv_put(&p.b, str_of(x->text));
		csv_put(&p.b, x->what);
		csv_put(&p.b, x->other);
		put_int(&p, x->day);
		end_row(&p);
	}
	end_page(&p);
}

/* ── changes ── */

static void put_change(struct paging *p, enum est_kind kind, unsigned change, int line, struct str what, struct str columns)
{
	csv_put(&p->b, str_of(est_kinds[kind]));
	csv_put(&p->b, change & EST_NEW ? S("new") : S("changed"));
	put_int(p, line);
	csv_put(&p->b, what);
	csv_put(&p->b, change & EST_NEW ? S("") : columns);
	end_row(p);
}

static struct str named(struct paging *p, struct str office, struct str code, struct str more)
{
	return str_fmt(p->cx->arena, "%.*s/%.*s%s%.*s", STR_ARG(office), STR_ARG(code), more.n ? " " : "", STR_ARG(more));
}

static struct str columns_of(unsigned change)
{
	return change & EST_BACK ? (change & EST_NAMES ? S("name until") : S("until")) : S("name");
}

static void put_need(struct paging *p, const struct est_activity *a, const struct est_need *n, const char *change)
{
	struct str competency = str_fmt(p->cx->arena, "%.*s: %.*s:%.*s@%lld", STR_ARG(a->code), STR_ARG(n->competency->framework), STR_ARG(n->competency->code),
					(long long)n->level);
	csv_put(&p->b, S("need"));
	csv_put(&p->b, str_of(change));
	put_int(p, n->row ? n->row->line : NONE);
	csv_put(&p->b, named(p, a->role->office, a->role->code, competency));
	csv_put(&p->b, strcmp(change, "changed") == 0 ? S("level") : S(""));
	end_row(p);
}

static void put_needs(struct paging *p, const struct est_activity *a)
{
	for (size_t i = 0; i < a->n_needs; i++) {
		const char *change = "new";
		for (size_t k = 0; k < a->n_was; k++)
			if (a->was[k].competency == a->needs[i].competency)
				change = a->was[k].level == a->needs[i].level ? NULL : "changed";
		if (change)
			put_need(p, a, &a->needs[i], change);
	}
	for (size_t k = 0; k < a->n_was; k++) {
		bool stays = !a->n_needs;
		for (size_t i = 0; i < a->n_needs; i++)
			stays |= a->was[k].competency == a->needs[i].competency;
		if (!stays)
			put_need(p, a, &a->was[k], "gone");
	}
}

static void put_changes(struct est *e, struct est_found *f)
{
	unsigned char h[crypto_hash_sha256_BYTES];
	struct paging p;
	begin(&p, e->cx, &f->changes);
	for (size_t i = 0; i < e->all[EST_ROLE].n; i++) {
		const struct est_role *r = e->all[EST_ROLE].v[i];
		if (r->change)
			put_change(&p, EST_ROLE, r->change, r->row->line, named(&p, r->office, r->code, S("")), columns_of(r->change));
	}
	for (size_t i = 0; i < e->all[EST_ACTIVITY].n; i++) {
		const struct est_activity *a = e->all[EST_ACTIVITY].v[i];
		if (a->change & ~(unsigned)EST_NEEDS)
			put_change(&p, EST_ACTIVITY, a->change, a->row->line, named(&p, a->role->office, a->role->code, a->code), columns_of(a->change));
		if (a->change & EST_NEEDS)
			put_needs(&p, a);
	}
	for (size_t i = 0; i < e->all[EST_POST].n; i++) {
		const struct est_post *x = e->all[EST_POST].v[i];
		if (x->change)
			put_change(&p, EST_POST, x->change, x->row->line, named(&p, x->office, x->code, S("")), x->columns);
	}
	for (size_t i = 0; i < e->all[EST_HOLDER].n; i++) {
		const struct est_holding *x = e->all[EST_HOLDER].v[i];
		if (x->change)
			put_change(&p, EST_HOLDER, x->change, x->row->line, named(&p, x->post->office, x->post->code, x->person->name),
				   x->change & EST_UNTIL ? (x->change & EST_ORDER ? S("until order_no") : S("until")) : S("order_no"));
	}
	end_page(&p);
	crypto_hash_sha256_final(&p.sum, h);
	f->digest = str_hex(e->cx->arena, h, sizeof h);
}

void est_found(struct est *e, struct est_found *ret)
{
	*ret = (struct est_found){ .n_rows = e->n_lines, .n_errors = e->faults.n };
	put_errors(e, ret);
	if (e->faults.n)
		return;
	memcpy(ret->n, e->n, sizeof ret->n);
	put_changes(e, ret);
}
