/* Who teaches at an institute; see faculty.h. */
#include "feature/institute/faculty.h"
#include "base/utf8.h"
#include "feature/person/person.h"

static struct str trimmed(struct str s)
{
	return s.n ? str_trim(s) : S("");
}

enum err faculty_find(struct ctx *cx, int64_t org_id, int64_t faculty_id, struct institute_faculty_one_row *ret)
{
	bool found = false;
	TRY(institute_sql_faculty_one(cx, faculty_id, ret, &found));
	return found && ret->org_id == org_id ? OK : fail(cx, ERR_NOT_FOUND, "faculty_id", N_("There is no such member of the faculty."));
}

/* ── what was typed ── */

/* "en, hi" to "en hi". */
static enum err read_langs(struct ctx *cx, struct str typed, struct str *ret)
{
	struct str rest = trimmed(typed), part;
	struct buf b;
	size_t n = 0;
	buf_init(&b, cx->arena, FACULTY_LANGS_MAX * 4);
	char *blanks = (char *)arena_alloc(cx->arena, rest.n + 1);
	for (size_t i = 0; i < rest.n; i++)
		blanks[i] = rest.p[i] == ',' ? ' ' : rest.p[i];
	rest.p = blanks;
	while (str_cut(&rest, ' ', &part)) {
		bool tag = part.n == 2 || part.n == 3;
		for (size_t i = 0; i < part.n; i++)
			tag = tag && part.p[i] >= 'a' && part.p[i] <= 'z';
		if (!part.n)
			continue;
		if (!tag || ++n > FACULTY_LANGS_MAX)
			return fail(cx, ERR_INVALID, "langs", N_("must be at most twelve tags such as en, hi, ta"));
		if (b.n)
			buf_char(&b, ' ');
		buf_str(&b, part);
	}
	*ret = buf_get(&b);
	return n ? OK : fail(cx, ERR_INVALID, "langs", N_("is needed"));
}

/* Whose account it is, and the name. */
static enum err read_person(struct ctx *cx, const struct faculty_put *in, int64_t *ret_id, struct str *ret_name)
{
	struct person_called_row p;
	bool found = false;
	*ret_id = NONE;
	*ret_name = trimmed(in->name);
	if (!trimmed(in->person).n)
		return ret_name->n ? OK : fail(cx, ERR_INVALID, "name", N_("is needed for somebody from outside"));
	TRY(person_called(cx, trimmed(in->person), &p, &found));
	if (!found)
		return fail(cx, ERR_INVALID, "person", N_("is nobody here: employee number, e-mail or mobile number"));
	*ret_id = p.id;
	*ret_name = p.name;
	return OK;
}

static enum err put_competencies(struct ctx *cx, const struct faculty_put *in, int64_t faculty_id)
{
	struct institute_competency_row c;
	bool found = false;
	if (in->n_competencies > FACULTY_COMPETENCIES_MAX)
		return fail(cx, ERR_INVALID, "competencies", N_("are at most 40"));
	TRY(institute_sql_teach_clear(cx, faculty_id, NULL));
	for (size_t i = 0; i < in->n_competencies; i++) {
		TRY(institute_sql_competency(cx, in->competencies[i], &c, &found));
		if (!found)
			return fail(cx, ERR_INVALID, "competencies", N_("has one that is not there"));
		TRY(institute_sql_teach_add(cx, faculty_id, c.id, NULL));
	}
	return OK;
}

/* own_id NONE: a new one. */
static enum err only_once(struct ctx *cx, int64_t institute_id, int64_t person_id, int64_t own_id)
{
	struct institute_faculty_of_person_row r;
	bool found = false;
	if (person_id == NONE)
		return OK;
	TRY(institute_sql_faculty_of_person(cx, institute_id, person_id, &r, &found));
	return !found || r.id == own_id ? OK : fail(cx, ERR_CONFLICT, "person", N_("This person is on the list of this faculty already."));
}

/* ── acts ── */

enum err faculty_add(struct ctx *cx, const struct faculty_put *in, int64_t *ret_id)
{
	struct institute_of_org_row i;
	struct institute_faculty_count_row c;
	struct str langs, name;
	int64_t person_id;
	TRY(institute_of(cx, in->org_id, &i));
	TRY(institute_sql_faculty_count(cx, i.id, &c));
	if (c.n >= FACULTY_MAX)
		return fail(cx, ERR_CONFLICT, "", N_("The list of a faculty has at most 5,000 entries."));
	TRY(read_person(cx, in, &person_id, &name));
	TRY(only_once(cx, i.id, person_id, NONE));
	TRY(read_langs(cx, in->langs, &langs));
	*ret_id = new_id(cx);
	TRY(institute_sql_faculty_add(cx, *ret_id, i.id, person_id, name, utf8_fold(cx->arena, name), in->kind, trimmed(in->subjects), langs,
				      trimmed(in->about), NULL));
	return put_competencies(cx, in, *ret_id);
}

enum err faculty_change(struct ctx *cx, const struct faculty_put *in)
{
	struct institute_faculty_one_row f;
	struct str langs, name;
	int64_t person_id;
	TRY(faculty_find(cx, in->org_id, in->faculty_id, &f));
	TRY(read_person(cx, in, &person_id, &name));
	TRY(only_once(cx, f.institute_id, person_id, f.id));
	TRY(read_langs(cx, in->langs, &langs));
	TRY(institute_sql_faculty_change(cx, person_id, name, utf8_fold(cx->arena, name), in->kind, trimmed(in->subjects), langs, trimmed(in->about), f.id,
					 NULL));
	return put_competencies(cx, in, f.id);
}

enum err faculty_leave(struct ctx *cx, int64_t org_id, int64_t faculty_id, bool left)
{
	struct institute_faculty_one_row f;
	TRY(faculty_find(cx, org_id, faculty_id, &f));
	if (left)
		return f.left_at != NONE ? OK : institute_sql_faculty_left(cx, cx->now, f.id, NULL);
	TRY(only_once(cx, f.institute_id, f.person_id, f.id));
	return institute_sql_faculty_left(cx, NONE, f.id, NULL);
}

enum err faculty_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	return institute_sql_faculty_merge(cx, kept_id, closed_id, NULL);
}
