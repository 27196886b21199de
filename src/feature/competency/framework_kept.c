/* Frameworks as they are kept, what a file changes in them, and carrying it out; see competency.h. */
#include "base/json.h"
#include "feature/competency/competency.h"
#include "feature/person/person.h"
#include "web/lang.h"

#include <jansson.h>
#include <stdlib.h>

struct str said_in(const struct ctx *cx, struct str en, struct str hi)
{
	return cx->lang == LANG_HI && hi.n ? hi : en;
}

/* ── indicators as they are kept: [{"level":1,"en":"…","hi":"…"}] ── */

static struct str indicators_json(struct ctx *cx, const struct entry *e)
{
	struct buf b;
	buf_init(&b, cx->arena, 1 << 20);
	struct json_out j = { .b = &b };
	jw_open(&j, '[');
	for (size_t i = 0; i < e->n_indicators; i++) {
		jw_open(&j, '{');
		jw_key(&j, "level");
		jw_int(&j, e->indicators[i].level);
		jw_key(&j, "en");
		jw_str(&j, e->indicators[i].text.en);
		jw_key(&j, "hi");
		jw_str(&j, e->indicators[i].text.hi);
		jw_close(&j, '}');
	}
	jw_close(&j, ']');
	return buf_get(&b);
}

static struct str text_of(struct ctx *cx, const json_t *o, const char *name)
{
	const json_t *v = json_object_get(o, name);
	return json_is_string(v) ? str_dup(cx->arena, (struct str){ json_string_value(v), json_string_length(v) }) : S("");
}

void indicators_read(struct ctx *cx, struct str json, struct indicator **ret, size_t *ret_n)
{
	json_t *list = json_loadb(json.p, json.n, 0, NULL);
	*ret_n = json_array_size(list);
	*ret = ARENA_ARRAY(cx->arena, struct indicator, *ret_n);
	for (size_t i = 0; i < *ret_n; i++) {
		const json_t *o = json_array_get(list, i);
		(*ret)[i] = (struct indicator){ json_integer_value(json_object_get(o, "level")), { text_of(cx, o, "en"), text_of(cx, o, "hi") } };
	}
	json_decref(list);
}

/* ── as it is kept ── */

static struct str or_empty(struct str s)
{
	return s.p ? s : S("");
}

static enum err load_levels(struct ctx *cx, struct framework_kept *k)
{
	struct competency_levels_row *r;
	size_t n;
	TRY(competency_sql_levels(cx, k->id, &r, &n));
	for (size_t i = 0; i < n && r[i].level >= 1 && r[i].level <= (int64_t)k->fw.n_levels; i++) {
		k->fw.levels[r[i].level - 1] = (struct said){ r[i].name_en, r[i].name_hi };
		k->fw.level_about[r[i].level - 1] = (struct said){ r[i].about_en, r[i].about_hi };
	}
	return OK;
}

static enum entry_kind kind_of(struct str kind)
{
	int k = 0;
	while (k < ENTRY_KINDS - 1 && !str_is(kind, entry_kinds[k]))
		k++;
	return (enum entry_kind)k;
}

static enum err load_entries(struct ctx *cx, int64_t day, bool with_ended, struct framework_kept *k)
{
	struct competency_entries_row *r;
	size_t n;
	TRY(competency_sql_entries(cx, day, k->id, &r, &n));
	k->fw.v = ARENA_ARRAY(cx->arena, struct entry, n);
	k->ids = ARENA_ARRAY(cx->arena, int64_t, n);
	k->ended = ARENA_ARRAY(cx->arena, bool, n);
	for (size_t i = 0; i < n; i++) {
		bool ended = r[i].until_day != NONE && r[i].until_day <= day;
		if (ended && !with_ended)
			continue;
		struct entry *e = &k->fw.v[k->fw.n];
		k->ids[k->fw.n] = r[i].id;
		k->ended[k->fw.n++] = ended;
		*e = (struct entry){ .kind = kind_of(r[i].kind),
				     .code = r[i].code,
				     .parent = or_empty(r[i].parent),
				     .area = r[i].area,
				     .identifier = r[i].identifier,
				     .name = { r[i].name_en, r[i].name_hi },
				     .about = { r[i].about_en, r[i].about_hi },
				     .owner = or_empty(r[i].owner),
				     .replaced_by = or_empty(r[i].replaced_by),
				     .line = (int)i + 1 };
		indicators_read(cx, r[i].indicators, &e->indicators, &e->n_indicators);
	}
	return OK;
}

static enum err load_relations(struct ctx *cx, struct framework_kept *k)
{
	struct competency_relations_row *r;
	size_t n;
	TRY(competency_sql_relations(cx, k->id, &r, &n));
	for (size_t i = 0; i < n; i++)
		for (size_t e = 0; e < k->fw.n; e++)
			if (k->ids[e] == r[i].from_id)
				*ARENA_PUSH(cx->arena, k->fw.v[e].relates_to.v, k->fw.v[e].relates_to.n) = r[i].code;
	return OK;
}

enum err framework_load(struct ctx *cx, struct str code, int64_t day, bool with_ended, struct framework_kept *ret, bool *ret_found)
{
	struct competency_framework_of_code_row f;
	TRY(competency_sql_framework_of_code(cx, code, &f, ret_found));
	if (!*ret_found)
		return OK;
	*ret = (struct framework_kept){ .id = f.id,
					.org_id = f.org_id,
					.revision = f.revision,
					.changed_at = f.changed_at,
					.fw = { .code = f.code,
						.identifier = f.identifier,
						.source = f.source,
						.owner = f.org,
						.name = { f.name_en, f.name_hi },
						.about = { f.about_en, f.about_hi },
						.n_levels = (size_t)f.n_levels } };
	TRY(load_levels(cx, ret));
	TRY(load_entries(cx, day, with_ended, ret));
	return load_relations(cx, ret);
}

/* ── what a file changes ── */

struct comparing {
	struct ctx *cx;
	struct findings *f;
	struct framework *file;
	const struct framework_kept *now; /* NULL: none */
	size_t *by_code;		  /* places of now, sorted by code */
	struct framework_diff *diff;
	struct competency_taught_counts_row *taught;
	size_t n_taught;
};

static int by_code(const void *a, const void *b, void *arg)
{
	const struct framework_kept *k = arg;
	return str_cmp(k->fw.v[*(const size_t *)a].code, k->fw.v[*(const size_t *)b].code);
}

/* SIZE_MAX: it is not there. */
static size_t place_of(const struct comparing *c, struct str code)
{
	size_t low = 0, high = c->now ? c->now->fw.n : 0, n = high;
	while (low < high) {
		size_t mid = (low + high) / 2;
		if (str_cmp(c->now->fw.v[c->by_code[mid]].code, code) < 0)
			low = mid + 1;
		else
			high = mid;
	}
	return low < n && str_eq(c->now->fw.v[c->by_code[low]].code, code) ? c->by_code[low] : SIZE_MAX;
}

static bool said_eq(struct said a, struct said b)
{
	return str_eq(a.en, b.en) && str_eq(a.hi, b.hi);
}

static bool same_indicators(const struct entry *a, const struct entry *b)
{
	bool same = a->n_indicators == b->n_indicators;
	for (size_t i = 0; same && i < a->n_indicators; i++)
		same = a->indicators[i].level == b->indicators[i].level && said_eq(a->indicators[i].text, b->indicators[i].text);
	return same;
}

static int by_text(const void *a, const void *b)
{
	return str_cmp(*(const struct str *)a, *(const struct str *)b);
}

static bool same_relations(const struct entry *a, const struct entry *b)
{
	bool same = a->relates_to.n == b->relates_to.n;
	if (a->relates_to.n)
		qsort(a->relates_to.v, a->relates_to.n, sizeof(struct str), by_text);
	for (size_t i = 0; same && i < a->relates_to.n; i++)
		same = str_eq(a->relates_to.v[i], b->relates_to.v[i]);
	return same;
}

/* "name parent", in the words that the page knows; empty: nothing differs. */
static struct str differs(struct ctx *cx, const struct entry *was, const struct entry *is)
{
	const struct {
		bool same;
		const char *word;
	} all[] = {
		{ said_eq(was->name, is->name), "name" },
		{ said_eq(was->about, is->about), "about" },
		{ same_indicators(was, is), "indicators" },
		{ str_eq(was->parent, is->parent) && was->kind == is->kind && str_eq(was->area, is->area), "place" },
		{ str_eq(was->owner, is->owner), "owner" },
		{ str_eq(was->replaced_by, is->replaced_by) && same_relations(is, was), "links" },
	};
	struct buf b;
	buf_init(&b, cx->arena, 200);
	for (size_t i = 0; i < sizeof all / sizeof *all; i++)
		if (!all[i].same)
			buf_fmt(&b, "%s%s", b.n ? " " : "", all[i].word);
	return buf_get(&b);
}

static int64_t courses_of(const struct comparing *c, int64_t id)
{
	for (size_t i = 0; i < c->n_taught; i++)
		if (c->taught[i].competency_id == id)
			return c->taught[i].n;
	return 0;
}

static void note_change(struct comparing *c, enum change_kind kind, const struct entry *e, struct str what, int64_t id)
{
	struct framework_diff *d = c->diff;
	*ARENA_PUSH(c->cx->arena, d->v, d->n_changes) =
		(struct framework_change){ kind, e->code, said_in(c->cx, e->name.en, e->name.hi), what, id, id == NONE ? 0 : courses_of(c, id) };
	d->n[kind]++;
}

static void fill_said(struct said *file, struct said kept)
{
	if (!file->hi.n && str_eq(file->en, kept.en))
		file->hi = kept.hi;
}

/* What a package of CASE has no place for. */
static void fill_unsaid(struct comparing *c)
{
	fill_said(&c->file->name, c->now->fw.name);
	fill_said(&c->file->about, c->now->fw.about);
	for (size_t i = 0; i < c->file->n_levels && i < c->now->fw.n_levels; i++) {
		fill_said(&c->file->levels[i], c->now->fw.levels[i]);
		c->file->level_about[i] = c->now->fw.level_about[i];
	}
	for (size_t i = 0; i < c->file->n; i++) {
		struct entry *e = &c->file->v[i];
		size_t at = place_of(c, e->code);
		if (at == SIZE_MAX)
			continue;
		const struct entry *was = &c->now->fw.v[at];
		fill_said(&e->name, was->name);
		fill_said(&e->about, was->about);
		e->owner = was->owner;
		for (size_t k = 0; k < e->n_indicators; k++)
			for (size_t m = 0; m < was->n_indicators; m++)
				if (was->indicators[m].level == e->indicators[k].level)
					fill_said(&e->indicators[k].text, was->indicators[m].text);
	}
}

static void compare_entries(struct comparing *c)
{
	bool *seen = ARENA_ARRAY(c->cx->arena, bool, c->now ? c->now->fw.n : 1);
	for (size_t i = 0; i < c->file->n; i++) {
		const struct entry *e = &c->file->v[i];
		size_t at = place_of(c, e->code);
		if (at == SIZE_MAX) {
			note_change(c, CHANGE_ADDED, e, S(""), NONE);
			continue;
		}
		seen[at] = true;
		const struct entry *was = &c->now->fw.v[at];
		struct str what = differs(c->cx, was, e);
		if (!str_eq(was->identifier, e->identifier))
			finding_add_what(c->f, S(""), e->line, N_("the identifier of “{what}” is another one here; an identifier never changes"), e->code);
		if (c->now->ended[at])
			note_change(c, CHANGE_RETURNED, e, S(""), c->now->ids[at]);
		else if (what.n)
			note_change(c, CHANGE_CHANGED, e, what, c->now->ids[at]);
		else
			c->diff->n_unchanged++;
	}
	for (size_t i = 0; c->now && i < c->now->fw.n; i++)
		if (!seen[i] && !c->now->ended[i])
			note_change(c, CHANGE_ENDED, &c->now->fw.v[i], S(""), c->now->ids[i]);
}

static enum err check_owners(struct comparing *c)
{
	struct competency_org_of_code_row row;
	struct str last = S("");
	bool found = true;
	for (size_t i = 0; i < c->file->n; i++) {
		const struct entry *e = &c->file->v[i];
		if (!e->owner.n || str_eq(e->owner, last))
			continue;
		TRY(competency_sql_org_of_code(c->cx, e->owner, &row, &found));
		if (!found)
			finding_add_what(c->f, S(""), e->line, N_("there is no organisation with the code “{what}”"), e->owner);
		else
			last = e->owner;
	}
	return OK;
}

static enum err check_beside(struct comparing *c, int64_t org_id)
{
	struct competency_framework_of_identifier_row other;
	bool found = false;
	if (c->now && c->now->org_id != org_id)
		finding_add_what(c->f, S(""), 0, N_("the framework “{what}” belongs to another organisation"), c->file->code);
	if (c->now && c->now->fw.n_levels != c->file->n_levels)
		finding_add(c->f, S(""), 0,
			    N_("the number of levels of a framework never changes, since levels are measured by it; make a framework with another code"), 0,
			    NULL);
	if (c->now && !str_eq(c->now->fw.identifier, c->file->identifier))
		finding_add_what(c->f, S(""), 0, N_("the identifier of “{what}” is another one here; an identifier never changes"), c->file->code);
	if (!c->now) {
		TRY(competency_sql_framework_of_identifier(c->cx, c->file->identifier, &other, &found));
		if (found)
			finding_add_what(c->f, S(""), 0, N_("this framework is here already under the code “{what}”"), other.code);
	}
	return check_owners(c);
}

enum err framework_compare(struct ctx *cx, struct findings *f, int64_t org_id, struct framework *file, const struct framework_kept *now,
			   struct framework_diff *ret)
{
	struct comparing c = { .cx = cx, .f = f, .file = file, .now = now, .diff = ret };
	*ret = (struct framework_diff){ .added = now == NULL };
	if (now) {
		c.by_code = ARENA_ARRAY(cx->arena, size_t, now->fw.n + 1);
		for (size_t i = 0; i < now->fw.n; i++)
			c.by_code[i] = i;
		qsort_r(c.by_code, now->fw.n, sizeof *c.by_code, by_code, (void *)(uintptr_t)now);
		TRY(competency_sql_taught_counts(cx, now->id, &c.taught, &c.n_taught));
		if (file->of_case)
			fill_unsaid(&c);
	}
	TRY(check_beside(&c, org_id));
	compare_entries(&c);
	return OK;
}

/* ── carrying it out ── */

struct applying {
	struct ctx *cx;
	const struct framework *file;
	const struct framework_kept *now;
	int64_t framework_id, from_day;
	int64_t *ids; /* parallel to file->v */
};

static int64_t id_in_file(const struct applying *p, struct str code, size_t before)
{
	for (size_t i = 0; i < before; i++)
		if (str_eq(p->file->v[i].code, code))
			return p->ids[i];
	return NONE;
}

static enum err owner_id(struct ctx *cx, struct str code, int64_t *ret)
{
	struct competency_org_of_code_row row;
	bool found = false;
	*ret = NONE;
	if (!code.n)
		return OK;
	TRY(competency_sql_org_of_code(cx, code, &row, &found));
	if (!found)
		return fail_msg(cx, ERR_INVALID, S("file"), N_("there is no organisation with the code “{what}”"), 1, (struct msg_arg[]){ { "what", code } });
	*ret = row.id;
	return OK;
}

static enum err put_entry(struct applying *p, size_t i)
{
	struct ctx *cx = p->cx;
	const struct entry *e = &p->file->v[i], *was = NULL;
	int64_t parent = e->parent.n ? id_in_file(p, e->parent, i) : NONE, org;
	TRY(owner_id(cx, e->owner, &org));
	for (size_t k = 0; p->now && k < p->now->fw.n && !was; k++)
		if (str_eq(p->now->fw.v[k].code, e->code)) {
			was = &p->now->fw.v[k];
			p->ids[i] = p->now->ids[k];
		}
	if (was) {
		TRY(competency_sql_change(cx, parent, str_of(entry_kinds[e->kind]), e->area, (int64_t)i, org, p->ids[i], NULL));
	} else {
		p->ids[i] = new_id(cx);
		TRY(competency_sql_add(cx, p->ids[i], p->framework_id, e->code, e->identifier, parent, str_of(entry_kinds[e->kind]), e->area, (int64_t)i, org,
				       p->from_day, NULL));
	}
	if (was && said_eq(was->name, e->name) && said_eq(was->about, e->about) && same_indicators(was, e))
		return OK;
	return competency_sql_put_text(cx, p->ids[i], p->from_day, e->name.en, e->name.hi, e->about.en, e->about.hi, indicators_json(cx, e), NULL);
}

static enum err put_links(struct applying *p)
{
	TRY(competency_sql_clear_relations(p->cx, p->framework_id, NULL));
	for (size_t i = 0; i < p->file->n; i++) {
		const struct entry *e = &p->file->v[i];
		TRY(competency_sql_set_replaced(p->cx, e->replaced_by.n ? id_in_file(p, e->replaced_by, p->file->n) : NONE, p->ids[i], NULL));
		for (size_t k = 0; k < e->relates_to.n; k++)
			TRY(competency_sql_add_relation(p->cx, p->ids[i], id_in_file(p, e->relates_to.v[k], p->file->n), NULL));
	}
	return OK;
}

static enum err end_missing(struct applying *p)
{
	for (size_t k = 0; p->now && k < p->now->fw.n; k++)
		if (!p->now->ended[k] && id_in_file(p, p->now->fw.v[k].code, p->file->n) == NONE)
			TRY(competency_sql_end(p->cx, p->from_day, p->now->ids[k], NULL));
	return OK;
}

static enum err put_framework(struct applying *p, int64_t org_id)
{
	const struct framework *fw = p->file;
	struct ctx *cx = p->cx;
	if (p->now) {
		p->framework_id = p->now->id;
		TRY(competency_sql_change_framework(cx, fw->name.en, fw->name.hi, fw->about.en, fw->about.hi, fw->source, cx->now, p->framework_id, NULL));
	} else {
		p->framework_id = new_id(cx);
		TRY(competency_sql_add_framework(cx, p->framework_id, fw->code, fw->identifier, fw->name.en, fw->name.hi, fw->about.en, fw->about.hi,
						 fw->source, org_id, (int64_t)fw->n_levels, cx->now, NULL));
	}
	for (size_t i = 0; i < fw->n_levels; i++)
		TRY(competency_sql_put_level(cx, p->framework_id, (int64_t)i + 1, fw->levels[i].en, fw->levels[i].hi, fw->level_about[i].en,
					     fw->level_about[i].hi, NULL));
	return OK;
}

static enum err carry_out(struct ctx *cx, int64_t org_id, const struct framework *file, const struct framework_kept *now, int64_t from_day, int64_t *ret_id)
{
	struct applying p = { .cx = cx, .file = file, .now = now, .from_day = from_day, .ids = ARENA_ARRAY(cx->arena, int64_t, file->n + 1) };
	TRY(put_framework(&p, org_id));
	for (size_t i = 0; i < file->n; i++)
		TRY(put_entry(&p, i));
	TRY(put_links(&p));
	TRY(end_missing(&p));
	*ret_id = p.framework_id;
	TRY(competency_sql_link_taught(cx, file->code, NULL));
	return cx->app && cx->app->competencies_changed ? cx->app->competencies_changed(cx) : OK;
}

/* ── files that are looked at, carried out, taken back ── */

static enum err refuse(struct ctx *cx, const struct findings *f)
{
	for (size_t i = 0; i < f->n && cx->n_failures < FAILURES_MAX - 1; i++) {
		struct str sentence = msg_text(cx, f->v[i].text, f->v[i].n_args, f->v[i].args);
		(void)!fail_msg(cx, ERR_INVALID, S("file"), f->v[i].line ? N_("line {line}: {sentence}") : N_("{sentence}"), 2,
				(struct msg_arg[]){ { "line", str_fmt(cx->arena, "%d", f->v[i].line) }, { "sentence", sentence } });
	}
	return ERR_INVALID;
}

struct looked {
	struct framework *file;
	struct framework_kept now;
	bool known;
	struct framework_diff diff;
};

static enum err look(struct ctx *cx, int64_t org_id, struct str name, struct str text, struct str code, int64_t day, struct looked *ret)
{
	struct findings f = { .arena = cx->arena };
	ret->file = framework_read(&f, name, text, code);
	if (f.n)
		return refuse(cx, &f);
	TRY(framework_load(cx, ret->file->code, day, true, &ret->now, &ret->known));
	TRY(framework_compare(cx, &f, org_id, ret->file, ret->known ? &ret->now : NULL, &ret->diff));
	return f.n ? refuse(cx, &f) : OK;
}

enum err framework_check(struct ctx *cx, const struct framework_add *in, int64_t *ret_import_id)
{
	struct looked l = { 0 };
	int64_t today = person_today(cx), day = in->from_day == NONE ? today : in->from_day;
	if (day < today)
		return fail(cx, ERR_INVALID, "from_day", N_("lies in the past; what held then does not change any more"));
	TRY(look(cx, in->org_id, in->file_name, in->text, in->code, day, &l));
	*ret_import_id = new_id(cx);
	return competency_sql_add_import(cx, *ret_import_id, in->org_id, l.known ? l.now.id : NONE, l.file->code, in->file_name, in->text, day,
					 l.known ? l.now.revision : 0, cx->actor.person_id ? cx->actor.person_id : NONE, cx->now, NULL);
}

static struct str as_file(struct ctx *cx, const struct framework_kept *k)
{
	struct framework in_force = k->fw;
	struct buf b;
	in_force.v = ARENA_ARRAY(cx->arena, struct entry, k->fw.n + 1);
	in_force.n = 0;
	for (size_t i = 0; i < k->fw.n; i++)
		if (!k->ended[i])
			in_force.v[in_force.n++] = k->fw.v[i];
	buf_init(&b, cx->arena, 2 * FRAMEWORK_BYTES_MAX);
	framework_write_csv(&b, &in_force);
	return in_force.n ? buf_get(&b) : STR_NONE;
}

/* What was carried out is compared with what was there before, not with what has become of it since. */
static enum err look_back(struct ctx *cx, const struct competency_import_of_row *i, struct framework_diff *ret)
{
	struct findings f = { .arena = cx->arena };
	struct framework *file = framework_read(&f, i->file_name, i->file, i->code);
	struct framework_kept was = { .org_id = i->org_id };
	if (!i->was.p)
		return framework_compare(cx, &f, i->org_id, file, NULL, ret);
	was.fw = *framework_read(&f, i->file_name, i->was, i->code);
	was.ids = ARENA_ARRAY(cx->arena, int64_t, was.fw.n);
	was.ended = ARENA_ARRAY(cx->arena, bool, was.fw.n);
	return framework_compare(cx, &f, i->org_id, file, &was, ret);
}

static enum err import_of(struct ctx *cx, int64_t org_id, int64_t import_id, struct competency_import_of_row *ret)
{
	bool found = false;
	TRY(competency_sql_import_of(cx, import_id, org_id, ret, &found));
	return found ? OK : fail(cx, ERR_NOT_FOUND, "file_id", N_("There is no such file here."));
}

enum err framework_look(struct ctx *cx, int64_t org_id, int64_t import_id, struct competency_import_of_row *ret, struct framework_diff *ret_diff, bool *ret_problem)
{
	struct looked l = { 0 };
	*ret_problem = false;
	TRY(import_of(cx, org_id, import_id, ret));
	if (!str_is(ret->state, "checked"))
		return look_back(cx, ret, ret_diff);
	int64_t today = person_today(cx);
	enum err e = look(cx, org_id, ret->file_name, ret->file, ret->code, ret->from_day > today ? ret->from_day : today, &l);
	*ret_problem = e == ERR_INVALID;
	*ret_diff = l.diff;
	return *ret_problem ? OK : e;
}

enum err framework_apply(struct ctx *cx, int64_t org_id, int64_t import_id, struct framework_diff *ret)
{
	struct competency_import_of_row i;
	struct looked l = { 0 };
	int64_t id, changed = 0;
	TRY(import_of(cx, org_id, import_id, &i));
	if (!str_is(i.state, "checked"))
		return fail(cx, ERR_CONFLICT, "", N_("This file was carried out already."));
	int64_t today = person_today(cx), day = i.from_day > today ? i.from_day : today;
	TRY(look(cx, org_id, i.file_name, i.file, i.code, day, &l));
	if ((l.known ? l.now.revision : 0) != i.revision)
		return fail(cx, ERR_CONFLICT, "",
			    N_("The framework has changed since this file was looked at. Bring the file in again and look at what it changes now."));
	TRY(carry_out(cx, org_id, l.file, l.known ? &l.now : NULL, day, &id));
	TRY(competency_sql_set_applied(cx, id, l.known ? as_file(cx, &l.now) : STR_NONE, i.revision + 1, cx->now, import_id, &changed));
	*ret = l.diff;
	return changed ? OK : ERR_INTERNAL;
}

enum err framework_undo(struct ctx *cx, int64_t org_id, int64_t import_id)
{
	struct competency_import_of_row i;
	struct findings f = { .arena = cx->arena };
	struct framework_kept now = { 0 };
	struct framework nothing;
	int64_t id, changed = 0;
	bool known = false;
	TRY(import_of(cx, org_id, import_id, &i));
	int64_t today = person_today(cx), day = i.from_day > today ? i.from_day : today;
	TRY(framework_load(cx, i.code, day, true, &now, &known));
	if (!str_is(i.state, "applied") || !known)
		return fail(cx, ERR_CONFLICT, "", N_("This file was not carried out, or is taken back already."));
	if (now.revision != i.revision)
		return fail(cx, ERR_CONFLICT, "", N_("The framework has changed since by another file. Take that one back first."));
	const struct framework *was = i.was.p ? framework_read(&f, i.file_name, i.was, i.code) : &nothing;
	if (!i.was.p) {
		nothing = now.fw;
		nothing.n = 0;
	}
	if (f.n)
		return ERR_INTERNAL;
	TRY(carry_out(cx, org_id, was, &now, day, &id));
	TRY(competency_sql_set_undone(cx, cx->now, import_id, &changed));
	return changed ? OK : ERR_INTERNAL;
}
