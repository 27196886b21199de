/* People and organisations that somebody may see, by name; see find.h. */
#include "base/utf8.h"
#include "feature/find/find.h"
#include "feature/names/names.h"
#include "feature/org/org.h"
#include "feature/person/person.h"

#include <stdlib.h>

#define TOPS(t) t[0], t[1], t[2], t[3], t[4], t[5], t[6], t[7], t[8], t[9], t[10], t[11], t[12], t[13], t[14], t[15]
#define KEYS(k) (k).low[0], (k).high[0], (k).low[1], (k).high[1], (k).low[2], (k).high[2], (k).low[3], (k).high[3]

static void fill(int64_t ret[FIND_TOPS_MAX], const int64_t *tops, size_t n)
{
	for (size_t i = 0; i < FIND_TOPS_MAX; i++)
		ret[i] = i < n ? tops[i] : NONE;
}

/* ── people ── */

struct found_person {
	struct find_row row;
	struct str sort_key;
	int fit;
};

static int best_first(const void *a, const void *b)
{
	const struct found_person *x = a, *y = b;
	if (x->fit != y->fit)
		return x->fit < y->fit ? 1 : -1;
	int c = str_cmp(x->sort_key, y->sort_key);
	return c ? c : (x->row.id > y->row.id) - (x->row.id < y->row.id);
}

/* The rows of the three statements have the same columns. */
#define PERSON_OF(cx, r)                                                                                                                                  \
	(struct find_row){ .kind = S("person"), .id = (r)->id, .title = (r)->name, .second = NONE,                                                          \
			   .where = str_fmt((cx)->arena, "%.*s, %.*s", STR_ARG(org_name(cx, (r)->designation_en, (r)->designation_hi)),                     \
					    STR_ARG(org_name(cx, (r)->org_en, (r)->org_hi))),                                                             \
			   .address = str_fmt((cx)->arena, "/people/%lld", (long long)(r)->id) }

/* Through the index of names where few have the rarest key or many are in scope, else through the people of the scope. */
static enum err through_keys(struct ctx *cx, const struct names_asked *k, const int64_t tops[FIND_TOPS_MAX], bool *ret)
{
	struct find_people_of_row people;
	int64_t keys;
	TRY(names_count(cx, "person", k->low[0], k->high[0], FIND_FEW_KEYS + 1, &keys));
	*ret = keys <= FIND_FEW_KEYS;
	if (*ret)
		return OK;
	TRY(find_sql_people_of(cx, TOPS(tops), FIND_FEW_PEOPLE + 1, &people));
	*ret = people.n > FIND_FEW_PEOPLE;
	return OK;
}

static enum err by_name(struct ctx *cx, struct str typed, const int64_t tops[FIND_TOPS_MAX], int64_t skip, size_t most, struct found_person **ret, size_t *ret_n)
{
	const struct names_asked k = names_asked(cx->arena, typed);
	int64_t today = person_today(cx), me = cx->actor.person_id;
	bool keys;
	if (!k.n)
		return OK;
	TRY(through_keys(cx, &k, tops, &keys));
	if (keys) {
		struct find_people_by_key_row *rows;
		TRY(find_sql_people_by_key(cx, today, KEYS(k), me, TOPS(tops), (int64_t)most + 1, skip, &rows, ret_n));
		*ret = ARENA_ARRAY(cx->arena, struct found_person, *ret_n + 1);
		for (size_t i = 0; i < *ret_n; i++)
			(*ret)[i] = (struct found_person){ PERSON_OF(cx, &rows[i]), rows[i].sort_key, names_fit(cx->arena, typed, rows[i].name) };
	} else {
		struct find_people_by_place_row *rows;
		TRY(find_sql_people_by_place(cx, TOPS(tops), me, today, KEYS(k), (int64_t)most + 1, skip, &rows, ret_n));
		*ret = ARENA_ARRAY(cx->arena, struct found_person, *ret_n + 1);
		for (size_t i = 0; i < *ret_n; i++)
			(*ret)[i] = (struct found_person){ PERSON_OF(cx, &rows[i]), rows[i].sort_key, names_fit(cx->arena, typed, rows[i].name) };
	}
	return OK;
}

static enum err by_number(struct ctx *cx, struct str typed, const int64_t tops[FIND_TOPS_MAX], struct find_rows *ret, bool *ret_found)
{
	struct find_person_called_row row;
	struct str login = person_login(cx, typed);
	TRY(find_sql_person_called(cx, person_today(cx), str_trim(typed), login.n ? login : STR_NONE, cx->actor.person_id, TOPS(tops), &row, ret_found));
	if (*ret_found)
		*ARENA_PUSH(cx->arena, ret->v, ret->n) = PERSON_OF(cx, &row);
	return OK;
}

enum err find_people(struct ctx *cx, struct str typed, const int64_t *tops, size_t n_tops, int64_t page, size_t most, struct find_rows *ret)
{
	int64_t t[FIND_TOPS_MAX];
	struct found_person *v = NULL;
	size_t n = 0;
	bool found = false;
	*ret = (struct find_rows){ 0 };
	fill(t, tops, n_tops);
	if (page == 1)
		TRY(by_number(cx, typed, t, ret, &found));
	if (found)
		return OK;
	TRY(by_name(cx, typed, t, (page - 1) * (int64_t)most, most, &v, &n));
	ret->next = n > most;
	n = n > most ? most : n;
	if (n)
		qsort(v, n, sizeof *v, best_first);
	/* Several words of one name may lead to it. */
	for (size_t i = 0; i < n; i++)
		if (!i || v[i].row.id != v[i - 1].row.id)
			*ARENA_PUSH(cx->arena, ret->v, ret->n) = v[i].row;
	return OK;
}

/* ── organisations ── */

enum err find_orgs(struct ctx *cx, struct str typed, const int64_t *tops, size_t n_tops, int64_t page, size_t most, struct find_rows *ret)
{
	const struct names_asked k = names_asked(cx->arena, typed);
	struct find_orgs_row *rows;
	int64_t t[FIND_TOPS_MAX];
	size_t n;
	*ret = (struct find_rows){ 0 };
	fill(t, tops, n_tops);
	if (!k.n || !n_tops)
		return OK;
	TRY(find_sql_orgs(cx, KEYS(k), TOPS(t), (int64_t)most + 1, (page - 1) * (int64_t)most, &rows, &n));
	ret->next = n > most;
	for (size_t i = 0; i < n && i < most; i++)
		*ARENA_PUSH(cx->arena, ret->v, ret->n) = (struct find_row){ .kind = S("org"), .id = rows[i].id, .second = NONE,
			.title = org_name(cx, rows[i].name_en, rows[i].name_hi), .where = rows[i].above_en.p ? org_name(cx, rows[i].above_en, rows[i].above_hi) : STR_NONE,
			.address = str_fmt(cx->arena, "/orgs/%lld", (long long)rows[i].id) };
	return OK;
}
