/* Carrying out a checked staff list, some rows a step; see people_import.h.
 *
 * Where to go on: "rows BYTE LINE ROW" through the list, "supervisors BYTE LINE ROW" through it once more for those whose supervisor came
 * further down, "gone N" through those who are not in a complete list. The plan file has a letter (enum staff_verdict) a row. */
#include "feature/admission/admission.h"
#include "feature/group/group.h"
#include "feature/people_import/people_import.h"
#include "feature/people_import/staff_apply.h"
#include "feature/people_import/staff_file.h"
#include "feature/person/person.h"
#include "feature/post/post.h"
#include "feature/programme/programme.h"

#include <fcntl.h>
#include <stdio.h>
#include <unistd.h>

enum { ROWS_A_STEP = 400, LOOKED_AT_A_STEP = 200000, PLAN_PIECE = 4096 };
enum phase { ROWS, SUPERVISORS, GONE, END };
static const char *const phases[] = { "rows", "supervisors", "gone" };

struct place {
	enum phase phase;
	int64_t at, line, row;
};
struct apply {
	struct people_import_one_row import;
	bool all_or_nothing;
	struct place next;      /* after this step */
	struct staff_row *rows; /* of this step */
	size_t n_rows;
	int64_t *gone;
	size_t n_gone;
};

/* ── where to go on ── */

static bool read_place(struct str at, struct place *ret)
{
	struct str word;
	int64_t n[3] = { 0 };
	*ret = (struct place){ .phase = ROWS };
	if (!at.n)
		return true;
	if (!str_cut(&at, ' ', &word))
		return false;
	for (int p = ROWS; p < END; p++)
		if (str_is(word, phases[p]))
			ret->phase = (enum phase)p;
	for (int i = 0; i < 3 && str_cut(&at, ' ', &word); i++)
		if (!str_int(word, &n[i]))
			return false;
	ret->at = n[0];
	ret->line = n[1];
	ret->row = n[2];
	return true;
}

static struct str place_text(struct ctx *cx, const struct place *p)
{
	return str_fmt(cx->arena, "%s %lld %lld %lld", phases[p->phase], (long long)p->at, (long long)p->line, (long long)p->row);
}

/* ── before the step: what the files say ── */

static bool acts(char verdict)
{
	return verdict == STAFF_NEW || verdict == STAFF_CHANGED || verdict == STAFF_MOVED || verdict == STAFF_RETURNED || verdict == STAFF_GONE;
}

static bool wanted(enum phase p, char verdict, const struct staff_row *r)
{
	return p == ROWS || (verdict != STAFF_GONE && r->supervisor.n);
}

static struct staff_row kept(struct ctx *cx, const struct staff_row *r)
{
	struct arena *a = cx->arena;
	return (struct staff_row){
		.employee_no = str_dup(a, r->employee_no), .name = str_dup(a, r->name), .email = r->email.p ? str_dup(a, r->email) : STR_NONE,
		.mobile = r->mobile.p ? str_dup(a, r->mobile) : STR_NONE, .org = str_dup(a, r->org), .designation = str_dup(a, r->designation),
		.supervisor = r->supervisor.p ? str_dup(a, r->supervisor) : STR_NONE, .lang = r->lang.p ? str_dup(a, r->lang) : STR_NONE,
		.from_day = r->from_day, .left_day = r->left_day,
	};
}

/* The rows of this step out of an open list; k->next moves on. */
static enum err pick_rows(struct ctx *cx, struct apply *k, struct staff_file *f, int plan)
{
	struct staff_map map;
	struct strs cells;
	struct staff_fault fault;
	struct place *p = &k->next;
	char piece[PLAN_PIECE];
	ssize_t have = 0;
	bool broken;
	if (!staff_map_parse(k->import.columns, f->csv.head.n, &map))
		return fail(cx, ERR_INTERNAL, "", N_("The columns of this list are not what they were."));
	if (p->at)
		staff_go(f, (size_t)p->at, (int)p->line);
	k->rows = ARENA_ARRAY(cx->arena, struct staff_row, ROWS_A_STEP);
	for (int looked = 0; k->n_rows < ROWS_A_STEP && looked < LOOKED_AT_A_STEP; looked++) {
		struct arena_mark mark = arena_mark(cx->arena);
		struct staff_row r;
		int in_piece = looked % PLAN_PIECE;
		if (in_piece == 0)
			have = pread(plan, piece, sizeof piece, p->row);
		bool more = in_piece < have && staff_next(cx, f, &cells, &broken);
		if (!more) {
			arena_back(cx->arena, mark);
			*p = (struct place){ .phase = p->phase + 1 };
			return OK;
		}
		p->row++;
		p->at = (int64_t)staff_at(f);
		p->line = f->csv.line;
		char verdict = piece[in_piece];
		bool take = acts(verdict) && staff_read(cx, &cells, &map, &r, &fault) && wanted(p->phase, verdict, &r);
		if (!take) {
			arena_back(cx->arena, mark);
			continue;
		}
		k->rows[k->n_rows++] = kept(cx, &r);
	}
	return OK;
}

static enum err read_rows(struct ctx *cx, struct apply *k)
{
	struct staff_file f;
	TRY(staff_open(cx, people_import_file(cx, k->import.id, "list"), &f));
	int plan = open(people_import_file(cx, k->import.id, "plan"), O_RDONLY | O_CLOEXEC);
	enum err e = plan < 0 ? ERR_NOT_FOUND : pick_rows(cx, k, &f, plan);
	if (plan >= 0)
		close(plan);
	staff_close(&f);
	return e;
}

static enum err read_gone(struct ctx *cx, struct apply *k)
{
	int fd = open(people_import_file(cx, k->import.id, "gone"), O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return ERR_NOT_FOUND;
	k->gone = ARENA_ARRAY(cx->arena, int64_t, ROWS_A_STEP);
	ssize_t n = pread(fd, k->gone, ROWS_A_STEP * sizeof *k->gone, k->next.at * (int64_t)sizeof *k->gone);
	close(fd);
	if (n < 0)
		return ERR_UNAVAILABLE;
	k->n_gone = (size_t)n / sizeof *k->gone;
	k->next.at += (int64_t)k->n_gone;
	if (k->n_gone < ROWS_A_STEP)
		k->next.phase = END;
	return OK;
}

struct finding_import {
	struct job *j;
	struct apply *k;
};
static enum err find_import(struct ctx *cx, void *arg)
{
	struct finding_import *f = arg;
	struct str rest = f->j->input, id_text;
	int64_t id;
	bool found = false;
	if (!str_cut(&rest, ' ', &id_text) || !str_int(id_text, &id))
		return ERR_INTERNAL;
	f->k->all_or_nothing = str_is(rest, "all");
	TRY(people_import_sql_one(cx, id, &f->k->import, &found));
	return found ? OK : ERR_NOT_FOUND;
}

enum err people_apply_act(struct ctx *cx, struct job *j)
{
	struct apply *k = ARENA_NEW(cx->arena, struct apply);
	struct finding_import f = { j, k };
	TRY(db_read(cx, find_import, &f));
	j->state = k;
	if (!read_place(j->at, &k->next))
		return ERR_INTERNAL;
	if (j->cancel || k->next.phase == END)
		return OK;
	return k->next.phase == GONE ? read_gone(cx, k) : read_rows(cx, k);
}

/* ── the step ── */

struct some {
	const struct apply *k;
	struct staff_memo *memo;
	int64_t n;              /* number of the last change */
	int64_t done, late;
};

static enum err add_change(struct ctx *cx, struct some *s, int64_t person_id, const char *what, const struct staff_row *r, const struct staff_judgement *g,
			   int64_t posting_id, int64_t ended_id)
{
	bool details = g && g->new_details;
	s->n++;
	s->done++;
	return people_import_sql_add_change(cx, s->k->import.id, s->n, person_id, str_of(what), details ? g->was.name : STR_NONE, details ? g->was.email : STR_NONE,
					    details ? g->was.mobile : STR_NONE, details && r->name.n ? r->name : STR_NONE, details && r->email.n ? r->email : STR_NONE,
					    details && r->mobile.n ? r->mobile : STR_NONE, posting_id, ended_id, NONE, NULL);
}

static enum err one_row(struct ctx *cx, struct some *s, const struct staff_row *r)
{
	struct staff_judgement g;
	struct staff_done done;
	TRY(staff_judge(cx, s->memo, s->k->import.org_id, r, &g));
	if (g.verdict == STAFF_REFUSED)
		s->late++;
	TRY(staff_apply(cx, r, &g, &done));
	bool known = g.verdict == STAFF_CHANGED || g.verdict == STAFF_MOVED || g.verdict == STAFF_RETURNED;
	return done.what ? add_change(cx, s, done.person_id, done.what, r, known ? &g : NULL, done.posting_id, done.ended_id) : OK;
}

/* Second round: everybody of the list is there now. */
static enum err one_supervisor(struct ctx *cx, struct some *s, const struct staff_row *r)
{
	struct staff_judgement g;
	int64_t posting;
	bool known;
	TRY(staff_judge(cx, s->memo, s->k->import.org_id, r, &g));
	if (!g.known || !g.new_supervisor || g.verdict != STAFF_CHANGED)
		return OK;
	TRY(staff_supervise(cx, &g, &posting, &known));
	if (!known) {
		s->late++;
		return OK;
	}
	s->n++;
	s->done++;
	return people_import_sql_add_change(cx, s->k->import.id, s->n, g.was.id, S("supervisor"), STR_NONE, STR_NONE, STR_NONE, STR_NONE, STR_NONE, STR_NONE, posting,
					    NONE, posting == NONE ? g.was.supervisor_id : NONE, NULL);
}

static enum err leave(struct ctx *cx, struct some *s, int64_t person_id, int64_t last_day)
{
	int64_t ended;
	TRY(person_leave(cx, person_id, last_day, &ended));
	return add_change(cx, s, person_id, "left", NULL, NULL, NONE, ended);
}

static enum err one_gone(struct ctx *cx, struct some *s, int64_t person_id)
{
	struct person_one_row p;
	bool found = false;
	TRY(person_sql_one(cx, person_today(cx), person_id, &p, &found));
	if (!found || !str_is(p.state, "active")) {
		s->late++;
		return OK;
	}
	return leave(cx, s, person_id, person_today(cx) - 1);
}

static enum err carry_out(struct ctx *cx, struct some *s, enum phase phase)
{
	const struct apply *k = s->k;
	for (size_t i = 0; i < k->n_rows; i++) {
		struct arena_mark mark = arena_mark(cx->arena);
		TRY(phase == SUPERVISORS ? one_supervisor(cx, s, &k->rows[i]) : one_row(cx, s, &k->rows[i]));
		arena_back(cx->arena, mark);
	}
	for (size_t i = 0; i < k->n_gone; i++)
		TRY(one_gone(cx, s, k->gone[i]));
	return OK;
}

static enum err take_back(struct ctx *cx, struct job *j, int64_t import_id)
{
	int64_t job;
	j->ended = true;
	TRY(job_add(cx, &(struct job_add){ .kind = "people_import.undo", .input = str_fmt(cx->arena, "%lld", (long long)import_id), .asked_by = j->asked_by }, &job));
	return people_import_sql_begin_undo(cx, job, import_id, NULL);
}

enum err people_apply_step(struct ctx *cx, struct job *j)
{
	const struct apply *k = j->state;
	struct people_import_last_change_row last;
	struct place now;
	if (j->cancel)
		return take_back(cx, j, k->import.id);
	read_place(j->at, &now);
	TRY(people_import_sql_last_change(cx, k->import.id, &last));
	struct some s = { .k = k, .n = last.n, .memo = staff_memo_new() };
	cx->bulk = true;
	enum err e = carry_out(cx, &s, now.phase);
	cx->bulk = false;
	staff_memo_free(s.memo);
	TRY(e);
	if (s.late && k->all_or_nothing)
		return take_back(cx, j, k->import.id);
	if (s.done || s.late)
		TRY(people_import_sql_applied_some(cx, s.done, s.late, k->import.id, NULL));
	j->total = k->import.n_rows;
	j->done = k->next.phase == ROWS ? k->next.row : k->import.n_rows;
	j->ended = k->next.phase == END;
	j->at = j->ended ? STR_NONE : place_text(cx, &k->next);
	if (!j->ended)
		return OK;
	TRY(people_import_tell(cx, k->import.id, S("applied")));
	TRY(group_sweep_soon(cx));
	TRY(post_sweep_soon(cx));
	TRY(admission_sweep_soon(cx));
	TRY(programme_imported(cx, k->import.id));
	return people_import_sql_applied(cx, cx->now, k->import.id, NULL);
}
