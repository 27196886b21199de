/* Posts of an establishment file; see est_look.h. */
#include "feature/establishment/est_look.h"

static void wrong(struct est *e, const struct est_row *row, const char *text, struct str what, struct str other, int64_t day)
{
	est_wrong(&e->faults, row->line, text, what, other, day);
}

static bool same_roles(const struct est_post *p)
{
	size_t found = 0;
	for (size_t i = 0; i < p->n_roles; i++)
		for (size_t k = 0; k < p->n_was; k++)
			found += p->roles[i] == p->was[k];
	return found == p->n_was && found == p->n_roles;
}

/* A role of a word: of the office or nearest above it, or OFFICE:CODE. */
static struct est_role *role_called(struct est *e, const struct est_office *o, struct str word)
{
	ptrdiff_t colon = str_index(word, ':');
	if (colon < 0)
		return est_role_near(e, o, word);
	const struct est_office *of = est_book_find(&e->offices, str_sub(word, 0, (size_t)colon));
	const struct est_office *at = o;
	while (at && at != of)
		at = at->parent_id == NONE ? NULL : est_book_find(&e->office_ids, est_id_key(&at->parent_id));
	struct est_role *r = at ? est_role_near(e, at, str_sub(word, (size_t)colon + 1, word.n)) : NULL;
	return r && r->org_id == of->id ? r : NULL;
}

static void take_roles(struct est *e, struct est_post *p, const struct est_office *o)
{
	struct str rest = p->row->roles, word;
	while (str_cut(&rest, ' ', &word)) {
		struct est_role *r = word.n ? role_called(e, o, word) : NULL;
		if (!word.n)
			continue;
		if (!r) {
			wrong(e, p->row, N_("there is no role “{what}” of {other} or of an organisation above it, neither here nor in this file"), word,
			      o->code, NONE);
			continue;
		}
		bool twice = false;
		for (size_t i = 0; i < p->n_roles; i++)
			twice |= p->roles[i] == r;
		if (twice)
			wrong(e, p->row, N_("the role “{what}” stands twice in the cell"), word, S(""), NONE);
		else if (p->n_roles == POST_ROLES_MAX)
			wrong(e, p->row, N_("these are too many roles: at most {what}"), str_fmt(e->arena, "%d", POST_ROLES_MAX), S(""), NONE);
		else
			*ARENA_PUSH(e->arena, p->roles, p->n_roles) = r;
	}
	if (p->n_roles && !same_roles(p))
		p->change |= EST_ROLES;
}

static void take_designation(struct est *e, struct est_post *p, struct buf *columns)
{
	const struct est_row *row = p->row;
	const struct est_designation *d = row->designation.n ? est_book_find(&e->designations, row->designation) : NULL;
	if (row->designation.n && !d)
		wrong(e, row, N_("there is no designation “{what}”"), row->designation, S(""), NONE);
	else if (d && d->twice && !str_eq(d->code, row->designation))
		wrong(e, row, N_("several designations are called “{what}”; use the code"), row->designation, S(""), NONE);
	else if (d && est_take_number(d->id, &p->designation_id))
		buf_lit(columns, " designation");
	else if (!d && p->change & EST_NEW)
		wrong(e, row, N_("the post “{what}” is new and has no designation"), p->code, S(""), NONE);
}

static void take_facts(struct est *e, struct est_post *p)
{
	const struct est_row *row = p->row;
	const struct {
		const char *name;
		bool other;
	} taken[] = {
		{ "title_en", est_take(row->name_en, &p->title_en) },
		{ "title_hi", est_take(row->name_hi, &p->title_hi) },
		{ "sanctioned", est_take_number(row->sanctioned, &p->sanctioned) },
		{ "place", est_take(row->place, &p->place) },
		{ "service", est_take(row->service, &p->service) },
		{ "least_pay_level", est_take_number(row->least_pay_level, &p->least_pay_level) },
		{ "least_years", est_take_number(row->least_years, &p->least_years) },
		{ "tenure_months", est_take_number(row->tenure_months, &p->tenure_months) },
	};
	struct buf b;
	buf_init(&b, e->arena, 400);
	take_designation(e, p, &b);
	for (size_t i = 0; i < sizeof taken / sizeof *taken; i++)
		if (taken[i].other)
			buf_fmt(&b, " %s", taken[i].name);
	if (p->change & EST_ROLES)
		buf_lit(&b, " roles");
	if (b.n && !str_is(buf_get(&b), " roles"))
		p->change |= EST_FACTS;
	if (row->until_day != NONE && row->until_day != p->until_day) {
		p->until_day = row->until_day;
		p->change |= EST_UNTIL;
		buf_lit(&b, " until");
	}
	p->columns = str_trim(buf_get(&b));
	if (!p->title_en.n)
		wrong(e, row, N_("the post “{what}” is new and has no title (title_en)"), p->code, S(""), NONE);
}

static struct est_post *new_post(struct est *e, const struct est_row *row, const struct est_office *o, struct str key)
{
	struct est_post *p = ARENA_NEW(e->arena, struct est_post);
	*p = (struct est_post){ .id = NONE,
				.org_id = o->id,
				.designation_id = NONE,
				.sanctioned = 1,
				.from_day = row->from_day,
				.until_day = NONE,
				.code = row->code,
				.title_en = S(""),
				.title_hi = S(""),
				.place = S(""),
				.service = S(""),
				.office = o->code,
				.change = EST_NEW };
	est_book_put(&e->posts, key, p);
	est_add(e, EST_POST, p);
	return p;
}

static void judge_days(struct est *e, struct est_post *p, bool ended)
{
	const struct est_row *row = p->row;
	if (ended && (row->until_day == NONE || p->change))
		wrong(e, row, N_("the post “{what}” was abolished on {day}; what has ended does not change any more"), p->code, S(""), p->until_day);
	else if (row->from_day != NONE && p->from_day != row->from_day)
		wrong(e, row, N_("the post “{what}” is there since {day}; that does not change"), p->code, S(""), p->from_day);
	else if (p->until_day != NONE && p->from_day != NONE && p->until_day <= p->from_day)
		wrong(e, row, N_("the last day of the post “{what}” lies before its first"), p->code, S(""), NONE);
	else if (p->change & EST_UNTIL && !(p->change & EST_NEW) && p->until_day < e->today)
		wrong(e, row, N_("the post “{what}” cannot have been abolished before today"), p->code, S(""), NONE);
}

static void judge(struct est *e, const struct est_row *row)
{
	struct est_office *o = est_office_of(e, row);
	if (!o)
		return;
	struct str key = est_key(e, o->id, row->code);
	struct est_post *p = est_book_find(&e->posts, key);
	if (!p)
		p = new_post(e, row, o, key);
	if (p->row) {
		wrong(e, row, N_("the post “{what}” stands in this file already, in row {other}"), row->code, str_fmt(e->arena, "%d", p->row->line), NONE);
		return;
	}
	bool ended = p->until_day != NONE && p->until_day <= e->today;
	p->row = row;
	take_roles(e, p, o);
	take_facts(e, p);
	judge_days(e, p, ended);
	e->n[EST_POST][p->change & EST_NEW ? 0 : p->change ? 1 : 3]++;
}

void est_judge_posts(struct est *e)
{
	for (size_t i = 0; i < e->n_rows; i++)
		if (e->rows[i].kind == EST_POST)
			judge(e, &e->rows[i]);
}
