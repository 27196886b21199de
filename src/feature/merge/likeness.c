/* Likeness of accounts; see likeness.h. */
#include "feature/merge/likeness.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

/* Two accounts of one person mostly bear one name; a second one is often made at a new office, under a new address. */
#define M_NAME 0.9
#define M_MAIL 0.4
#define M_NUMBER 0.3
#define M_OFFICE 0.6
#define M_DESIGNATION 0.6

struct str likeness_number(struct arena *a, struct str employee_no)
{
	char *out = arena_alloc(a, employee_no.n + 1);
	size_t n = 0;
	bool in_digits = false;
	for (size_t i = 0; i < employee_no.n; i++) {
		char c = employee_no.p[i];
		bool digit = c >= '0' && c <= '9', letter = (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c & 0x80);
		if (c == '0' && !in_digits)
			continue;
		in_digits = digit;
		if (digit || letter)
			out[n++] = c >= 'A' && c <= 'Z' ? (char)(c + 32) : c;
	}
	out[n] = '\0';
	return (struct str){ out, n };
}

struct str likeness_mail(struct arena *a, struct str email)
{
	ptrdiff_t at = str_index(email, '@');
	return at > 0 ? str_lower(a, str_sub(email, 0, (size_t)at)) : STR_NONE;
}

uint64_t likeness_hash(struct str s)
{
	uint64_t h = UINT64_C(14695981039346656037); /* FNV-1a; a collision is a pair that somebody looks at in vain */
	for (size_t i = 0; i < s.n; i++)
		h = (h ^ (unsigned char)s.p[i]) * UINT64_C(1099511628211);
	return s.n ? h | 1 : 0;
}

/* ── how common a value is ── */

/* Values in order, with how many accounts have each. */
struct common {
	uint64_t *v;
	size_t n;
};

static int by_value(const void *a, const void *b)
{
	uint64_t x = *(const uint64_t *)a, y = *(const uint64_t *)b;
	return (x > y) - (x < y);
}

static struct common common_of(struct arena *a, const struct likeness_one *v, size_t n, size_t offset)
{
	struct common c = { ARENA_ARRAY(a, uint64_t, n), n };
	for (size_t i = 0; i < n; i++)
		memcpy(&c.v[i], (const char *)&v[i] + offset, sizeof *c.v);
	qsort(c.v, n, sizeof *c.v, by_value);
	return c;
}

/* The first place whose value is not below (after: above) this one. */
static size_t bound(const struct common *c, uint64_t value, bool after)
{
	size_t low = 0, high = c->n;
	while (low < high) {
		size_t mid = low + (high - low) / 2;
		if (c->v[mid] < value || (after && c->v[mid] == value))
			low = mid + 1;
		else
			high = mid;
	}
	return low;
}

static double share(const struct common *c, uint64_t value, bool rare)
{
	double n = (double)(bound(c, value, true) - bound(c, value, false)), of = (double)c->n;
	/* Of a rare thing the pair itself says nothing; of a place it does. */
	return rare ? (n - 1) / fmax(of, LIKENESS_POPULATION) : n / of;
}

/* ── pairs ── */

struct looking {
	const struct likeness_one *v;
	size_t n;
	struct common name, mail, number, org, designation;
	struct likeness_pair *found;
	size_t n_found, cap;
	struct arena *arena;
};

static double weight(double m, double u, bool agrees)
{
	u = fmin(fmax(u, 1e-9), 0.999);
	return agrees ? log2(m / u) : log2((1 - m) / (1 - u));
}

static double field(const struct common *c, uint64_t a, uint64_t b, double m, bool rare, unsigned bit, unsigned *agrees)
{
	if (!a || !b)
		return 0;
	if (a == b)
		*agrees |= bit;
	return weight(m, a == b ? share(c, a, rare) : share(c, a, rare) * 0.5 + share(c, b, rare) * 0.5, a == b);
}

static int likeness(const struct looking *l, const struct likeness_one *a, const struct likeness_one *b, unsigned *ret_agrees)
{
	double bits = log2(2.0 / LIKENESS_RARE / ((double)l->n - 1));
	*ret_agrees = 0;
	bits += field(&l->name, a->name, b->name, M_NAME, true, LIKE_NAME, ret_agrees);
	bits += field(&l->mail, a->mail, b->mail, M_MAIL, true, LIKE_MAIL, ret_agrees);
	bits += field(&l->number, a->number, b->number, M_NUMBER, true, LIKE_NUMBER, ret_agrees);
	bits += field(&l->org, (uint64_t)a->org_id, (uint64_t)b->org_id, M_OFFICE, false, LIKE_OFFICE, ret_agrees);
	bits += field(&l->designation, (uint64_t)a->designation_id, (uint64_t)b->designation_id, M_DESIGNATION, false, LIKE_DESIGNATION, ret_agrees);
	return (int)(1000 / (1 + exp2(-bits)));
}

static void compare(struct looking *l, const struct likeness_one *a, const struct likeness_one *b)
{
	unsigned agrees;
	int found = likeness(l, a, b, &agrees);
	if (found < LIKENESS_SHOWN)
		return;
	if (l->n_found == l->cap) {
		struct likeness_pair *old = l->found;
		l->cap = l->cap ? l->cap * 2 : 256;
		l->found = ARENA_ARRAY(l->arena, struct likeness_pair, l->cap);
		if (l->n_found)
			memcpy(l->found, old, l->n_found * sizeof *old);
	}
	l->found[l->n_found++] = (struct likeness_pair){ a->id < b->id ? a->id : b->id, a->id < b->id ? b->id : a->id, found, agrees };
}

static uint64_t key_at(const struct likeness_one *o, size_t offset)
{
	uint64_t k;
	memcpy(&k, (const char *)o + offset, sizeof k);
	return k;
}

static int by_name(const void *a, const void *b)
{
	const struct likeness_one *x = a, *y = b;
	return x->name != y->name ? (x->name > y->name) - (x->name < y->name) : (x->id > y->id) - (x->id < y->id);
}
static int by_mail(const void *a, const void *b)
{
	const struct likeness_one *x = a, *y = b;
	return x->mail != y->mail ? (x->mail > y->mail) - (x->mail < y->mail) : (x->id > y->id) - (x->id < y->id);
}
static int by_number(const void *a, const void *b)
{
	const struct likeness_one *x = a, *y = b;
	return x->number != y->number ? (x->number > y->number) - (x->number < y->number) : (x->id > y->id) - (x->id < y->id);
}

/* All pairs that agree in one field. */
static void block(struct looking *l, struct likeness_one *v, size_t offset, int (*order)(const void *, const void *))
{
	qsort(v, l->n, sizeof *v, order);
	for (size_t i = 0; i < l->n; i++)
		for (size_t k = i + 1; k < l->n && key_at(&v[i], offset) && key_at(&v[k], offset) == key_at(&v[i], offset); k++)
			compare(l, &v[i], &v[k]);
}

static int likeliest(const void *a, const void *b)
{
	const struct likeness_pair *x = a, *y = b;
	if (x->likeness != y->likeness)
		return y->likeness - x->likeness;
	return x->a_id != y->a_id ? (x->a_id > y->a_id) - (x->a_id < y->a_id) : (x->b_id > y->b_id) - (x->b_id < y->b_id);
}

size_t likeness_pairs(struct arena *a, struct likeness_one *v, size_t n, size_t most, struct likeness_pair **ret)
{
	struct looking l = { .v = v, .n = n, .arena = a };
	*ret = NULL;
	if (n < 2)
		return 0;
	l.name = common_of(a, v, n, offsetof(struct likeness_one, name));
	l.mail = common_of(a, v, n, offsetof(struct likeness_one, mail));
	l.number = common_of(a, v, n, offsetof(struct likeness_one, number));
	l.org = common_of(a, v, n, offsetof(struct likeness_one, org_id));
	l.designation = common_of(a, v, n, offsetof(struct likeness_one, designation_id));
	block(&l, v, offsetof(struct likeness_one, name), by_name);
	block(&l, v, offsetof(struct likeness_one, mail), by_mail);
	block(&l, v, offsetof(struct likeness_one, number), by_number);
	if (!l.n_found)
		return 0;
	qsort(l.found, l.n_found, sizeof *l.found, likeliest);
	size_t kept = 0;
	for (size_t i = 0; i < l.n_found && kept < most; i++)
		if (!kept || l.found[i].a_id != l.found[kept - 1].a_id || l.found[i].b_id != l.found[kept - 1].b_id)
			l.found[kept++] = l.found[i];
	*ret = l.found;
	return kept;
}
