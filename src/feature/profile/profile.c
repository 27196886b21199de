/* Fields and what is said in them; see profile.h. */
#include "feature/profile/profile.h"
#include "base/clock.h"
#include "base/utf8.h"
#include "feature/person/person.h"

/* ── fields ── */

/* The lines of the choices, trimmed, without empty ones and doubles. */
static struct str clean_choices(struct ctx *cx, struct str typed, size_t *ret_n)
{
	struct str line, *v = NULL;
	size_t n = 0;
	struct buf b;
	buf_init(&b, cx->arena, PROFILE_CHOICES_MAX * (4 * PROFILE_VALUE_MAX + 1));
	while (str_cut(&typed, '\n', &line)) {
		bool known = false;
		line = str_trim(line);
		for (size_t i = 0; i < n; i++)
			known = known || str_eq(v[i], line);
		if (!line.n || known)
			continue;
		*ARENA_PUSH(cx->arena, v, n) = line;
	}
	for (size_t i = 0; i < n; i++) {
		if (i)
			buf_char(&b, '\n');
		buf_str(&b, v[i]);
	}
	*ret_n = b.full ? PROFILE_CHOICES_MAX + 1 : n;
	return buf_get(&b);
}

enum err profile_field_add(struct ctx *cx, const struct profile_field_add *in, int64_t *ret_id)
{
	struct str name = str_trim(in->name_en), hindi = str_trim(in->name_hi), choices = S("");
	struct profile_count_row count;
	struct profile_named_row other;
	bool found = false;
	size_t n = 0;
	if (!name.n)
		return fail(cx, ERR_INVALID, "name_en", N_("is needed"));
	if (str_is(in->kind, "choice")) {
		choices = clean_choices(cx, in->choices, &n);
		if (n < 2 || n > PROFILE_CHOICES_MAX)
			return fail(cx, ERR_INVALID, "choices", N_("must be 2 to 100 lines, one choice a line"));
	}
	TRY(profile_sql_count(cx, in->org_id, &count));
	if (count.n >= PROFILE_FIELDS_MAX)
		return fail(cx, ERR_CONFLICT, "name_en", N_("would be one field too many; end one that nobody needs first"));
	TRY(profile_sql_named(cx, in->org_id, name, &other, &found));
	if (found)
		return fail(cx, ERR_CONFLICT, "name_en", N_("is the name of another field here"));
	*ret_id = new_id(cx);
	return profile_sql_add_field(cx, *ret_id, in->org_id, name, hindi.n ? hindi : name, in->kind, choices, in->said_by, cx->actor.person_id, cx->now, NULL);
}

enum err profile_field_end(struct ctx *cx, int64_t org_id, int64_t field_id)
{
	int64_t changed = 0;
	TRY(profile_sql_end_field(cx, cx->now, field_id, org_id, &changed));
	return changed ? OK : fail(cx, ERR_NOT_FOUND, "field_id", N_("There is no such field of this organisation; it may have been ended."));
}

/* ── values ── */

static bool is_choice(struct str choices, struct str value)
{
	struct str line;
	while (str_cut(&choices, '\n', &line))
		if (str_eq(line, value))
			return true;
	return false;
}

/* Brings a value into its kept form; the sentence of what is wrong, or NULL. */
static const char *clean_value(struct ctx *cx, const struct profile_of_person_row *f, struct str *value)
{
	int64_t number;
	if (str_is(f->kind, "number")) {
		if (!str_int(*value, &number) || number == NONE)
			return N_("must be a whole number");
		*value = str_fmt(cx->arena, "%lld", (long long)number);
	} else if (str_is(f->kind, "date")) {
		if (!clock_parse_date(*value, &number))
			return N_("must be a date that exists, written 2024-01-31");
	} else if (str_is(f->kind, "choice")) {
		if (!is_choice(f->choices, *value))
			return N_("must be one of the choices");
	} else if (utf8_length(*value) > PROFILE_VALUE_MAX) {
		return N_("must be at most 200 characters");
	}
	return NULL;
}

struct saying {
	int64_t person_id;
	bool office, changed;
	const struct profile_of_person_row *fields;
	size_t n;
};

static const struct profile_of_person_row *field_of(const struct saying *s, struct str id)
{
	int64_t n;
	for (size_t i = 0; str_int(id, &n) && i < s->n; i++)
		if (s->fields[i].id == n)
			return &s->fields[i];
	return NULL;
}

static enum err write_value(struct ctx *cx, struct saying *s, const struct profile_of_person_row *f, struct str value)
{
	bool same = str_eq(f->value, value) && (value.n || !f->value.p);
	if (same && (!s->office || !value.n || f->verified_at != NONE))
		return OK;
	s->changed = true;
	TRY(profile_sql_end_value(cx, cx->now, s->person_id, f->id, NULL));
	if (!value.n)
		return OK;
	return profile_sql_add_value(cx, new_id(cx), s->person_id, f->id, value, actor_hand(&cx->actor), cx->now, s->office ? actor_hand(&cx->actor) : NONE,
				     s->office ? cx->now : NONE, NULL);
}

static enum err say_one(struct ctx *cx, struct saying *s, struct str said)
{
	struct str id = str_before(said, '='), value = id.n < said.n ? str_trim(str_sub(said, id.n + 1, said.n)) : S("");
	const struct profile_of_person_row *f = field_of(s, id);
	if (!f)
		return fail(cx, ERR_INVALID, "values", N_("names a field that is not asked of this person"));
	if (!s->office && !str_is(f->said_by, "self"))
		return fail(cx, ERR_INVALID, "values", N_("names a field that only the office fills in"));
	const char *fault = value.n ? clean_value(cx, f, &value) : NULL;
	if (fault)
		return fail(cx, ERR_INVALID, str_fmt(cx->arena, "values.%lld", (long long)f->id).p, fault);
	return cx->n_failures ? OK : write_value(cx, s, f, value);
}

enum err profile_say(struct ctx *cx, int64_t person_id, const struct strs *values, bool office)
{
	struct saying s = { .person_id = person_id, .office = office };
	struct profile_of_person_row *fields;
	enum err e = OK;
	TRY(profile_sql_of_person(cx, person_id, person_today(cx), &fields, &s.n));
	s.fields = fields;
	for (size_t i = 0; i < values->n; i++) {
		enum err one = say_one(cx, &s, values->v[i]);
		if (one != OK && one != ERR_INVALID)
			return one;
		e = e == OK ? one : e;
	}
	TRY(e);
	return s.changed ? person_tell(cx, person_id, NONE) : OK;
}

enum err profile_verify(struct ctx *cx, int64_t person_id, int64_t field_id)
{
	struct profile_value_row v;
	bool found = false;
	TRY(profile_sql_value(cx, person_id, field_id, &v, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "field_id", N_("Nothing is said there."));
	if (v.verified_at != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This is verified already."));
	return profile_sql_verify(cx, actor_hand(&cx->actor), cx->now, person_id, field_id, NULL);
}

enum err profile_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(profile_sql_end_weaker(cx, cx->now, kept_id, closed_id, NULL));
	TRY(profile_sql_end_double(cx, cx->now, closed_id, kept_id, NULL));
	return profile_sql_move_values(cx, kept_id, closed_id, NULL);
}
