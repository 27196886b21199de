/* What an establishment file would change, by the data of this moment: everything in memory, judged as a whole. Within feature/establishment. */
#ifndef FEATURE_EST_LOOK_H
#define FEATURE_EST_LOOK_H
#include "base/ctx.h"
#include "feature/establishment/est_book.h"
#include "feature/establishment/est_file.h"
#include "feature/post/post.h"

struct est_office {
	int64_t id, parent_id;
	struct str code;
	bool below; /* the organisation of the file, or below it: may be written to */
};
struct est_competency {
	int64_t id, n_levels;
	struct str framework, code, replaced_by; /* codes; replaced_by may be absent */
	bool measured, ended;
};
struct est_designation {
	int64_t id;
	struct str code, name_en, name_hi;
	bool twice; /* more than one of this name */
};
/* Things: as they are, or (id NONE) new; row: of the file, NULL: not in it. change: which columns are other ones. */
enum est_change {
	EST_NEW = 1,
	EST_NAMES = 2,
	EST_BACK = 4,  /* in use again */
	EST_FACTS = 8, /* of a post: whatever stands in its own row */
	EST_ROLES = 16,
	EST_UNTIL = 32,
	EST_ORDER = 64,
	EST_NEEDS = 128,
};
struct est_role {
	int64_t id, org_id, until_day;
	struct str code, name_en, name_hi, office;
	const struct est_row *row;
	unsigned change;
	int64_t n_activities, last_n;
};
struct est_need {
	const struct est_competency *competency;
	int64_t level;
	const struct est_row *row; /* of the file */
};
struct est_activity {
	int64_t id, n, until_day;
	struct est_role *role;
	struct str code, name_en, name_hi;
	const struct est_row *row;
	unsigned change;
	struct est_need *was, *needs; /* needs: as the file says; nothing when it says nothing */
	size_t n_was, n_needs;
};
struct est_post {
	int64_t id, org_id, designation_id, sanctioned, least_pay_level, least_years, tenure_months, from_day, until_day;
	struct str code, title_en, title_hi, place, service, office;
	const struct est_row *row;
	unsigned change;
	struct str columns; /* names of those that change */
	struct est_role **was, **roles;
	size_t n_was, n_roles;
	struct est_holding **held;
	size_t n_held;
	bool held_in_file;
};
struct est_posting {
	int64_t org_id, from_day, until_day;
};
struct est_person {
	int64_t id;
	struct str name, called; /* called: employee number, e-mail or mobile number; of who is or was posted here */
	struct est_posting *postings;
	size_t n_postings;
	struct est_holding **held; /* substantively */
	size_t n_held;
	bool held_in_file;
};
struct est_holding {
	int64_t id, post_id, person_id, from_day, until_day;
	enum holding_kind kind;
	struct str order_no;
	struct est_post *post; /* NULL: elsewhere */
	struct est_person *person;
	const struct est_row *row;
	unsigned change;
};

/* A list of pointers in the arena of the look. */
struct est_list {
	void **v;
	size_t n;
};
struct est {
	struct ctx *cx;
	struct arena *arena; /* its own: all of this lives there */
	int64_t org_id, today;
	struct est_faults faults;
	struct est_row *rows;
	size_t n_rows, n_lines;
	bool has[EST_KINDS]; /* rows of this kind */
	struct est_book offices, office_ids, roles, role_ids, activities, activity_ids, competencies, competency_ids, designations, designation_ids, posts,
		post_ids, people, person_ids, holdings;
	struct est_list called;		/* struct est_designation * */
	struct est_list all[EST_KINDS]; /* struct est_role *, … as they were loaded or stand in the file; needs stand with activities */
	int64_t n[EST_KINDS][4];	/* new, changed, gone, same */
};

/* Reads what is there and concerns such rows; est_data.c. Reads. */
_must_check_ enum err est_load(struct est *e);
/* The person as typed; NULL: nobody. Loads who is not posted here; est_data.c. */
_must_check_ enum err est_person_called(struct est *e, struct str typed, struct est_person **ret);
/* Roles, activities and needs of the file (est_work.c), posts (est_posts.c) and holders (est_holders.c), in this order. */
void est_judge_work(struct est *e);
void est_judge_posts(struct est *e);
_must_check_ enum err est_judge_holders(struct est *e);

/* All of it; e->arena is a new arena, which the caller frees. establishment.c */
_must_check_ enum err est_look(struct ctx *cx, int64_t org_id, struct str text, struct est *ret);

/* ── small things for those files ── */

/* "12/code": what stands under an id and a code. In the arena of e. */
struct str est_key(struct est *e, int64_t id, struct str code);
void est_add(struct est *e, enum est_kind kind, void *thing);
/* The office of a row, or NULL with a fault. */
struct est_office *est_office_of(struct est *e, const struct est_row *row);
/* The role of a code that the office or the nearest one above it has; NULL. */
struct est_role *est_role_near(struct est *e, const struct est_office *office, struct str code);
/* Takes what a cell says when it says something; true when it is something else. */
bool est_take(struct str cell, struct str *kept);
bool est_take_number(int64_t cell, int64_t *kept);
/* Whether a day lies in [from, until). */
static inline bool est_on(int64_t day, int64_t from_day, int64_t until_day)
{
	return from_day <= day && (until_day == NONE || until_day > day);
}
#endif
