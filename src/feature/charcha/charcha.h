/* Samuhik Charcha: officers of different departments brought together to think and exchange on a theme that is taken from a webinar or a course.
 *
 *   draft → open      people register themselves, or are named in a list
 *   open → drawn      groups are drawn (charcha_draw.h), looked at, drawn again with a reason or confirmed; everybody is told his group
 *   drawn → held      by itself at held_at (charcha.pass)
 *   held → closed     by the organiser; what is written can no longer change
 *
 * Who comes after the draw goes to the group that he fits best; who withdraws leaves a gap; a group of fewer than CHARCHA_LEAST is joined with another one by
 * the organiser.
 *
 * Minutes. The pad is a list of points. Each has a version, and a change says which version it is of: two people who write at once never overwrite each other,
 * the second is shown what the first wrote and decides. Every version is kept. The scribe (anybody of the group who takes it) closes the minutes; from then on
 * commitments count, and their owners are told and, CHARCHA_FOLLOW later, asked how it went, and reminded once after CHARCHA_REMIND. Nobody else is told of it.
 *
 * Who was there, honestly. Three things are known of a person and all are shown: that he says so himself (self_at); that the scribe says so of somebody else
 * (ticked_at, ticked_by); and how long the page of the group was open within the time box (on_ms: between two reports of the page at most CHARCHA_GAP counts,
 * so a page that lies open without a line counts nothing, and the person's wall time pays for it by the mark of feature/progress, so an hour here beside a film
 * is paid once). When the minutes are closed, minutes are verified once: of who is ticked the time from the beginning to the closing, marked as ticked, since
 * somebody else's word is all there is; of who is not ticked the time on the page, marked as page. What somebody says of himself alone verifies nothing. Never
 * more than the time box. Verified minutes go to learned_add("charcha"); who has half the time box or more gives evidence of the competencies discussed, once,
 * at the level laid down, as weak as a certificate is. */
#ifndef FEATURE_CHARCHA_H
#define FEATURE_CHARCHA_H
#include "base/clock.h"
#include "charcha_sql.h"
#include "feature/charcha/charcha_draw.h"
#include "feature/live/live.h"
#include "job/job.h"

enum {
	CHARCHA_LEAST = 3, /* a group of fewer is no group */
	CHARCHA_PEOPLE_LEAST = 5,
	CHARCHA_PEOPLE_MAX = DRAW_PEOPLE_MAX,
	CHARCHA_LATE_MAX = 100, /* who are placed at once in groups that are drawn */
	CHARCHA_PROMPTS_MAX = 10,
	CHARCHA_POINTS_MAX = 200, /* that a pad ever had */
	CHARCHA_COMMITMENTS_MAX = 50,
	CHARCHA_THEME_MAX = 200,
	CHARCHA_WORDS_MAX = 2000,
	CHARCHA_TEXT_MAX = 10000,
	CHARCHA_DUE_DAYS = 366,
};
#define CHARCHA_FOLLOW (30 * DAY)
#define CHARCHA_REMIND (7 * DAY)
#define CHARCHA_GAP (2 * MINUTE)

/* ── making one: charcha.c; all that changes something in a writing transaction ── */

struct charcha_rules {
	int64_t org_id;
	struct str theme, theme_hi, about;
	int64_t event_id, course_id; /* NONE */
	bool only_there;
	int64_t least_done; /* per cent of a course */
	int64_t register_until, held_at, minutes;
	struct str place, link;
	int64_t size;
	struct str prompts, prompts_hi; /* one a line, in the same order */
	struct str competencies;	/* "kcm:code@2, …"; empty: none */
};
/* ERR_INVALID with the field that is wrong. */
_must_check_ enum err charcha_add(struct ctx *cx, const struct charcha_rules *in, int64_t *ret_id);
/* Before groups are drawn. ERR_CONFLICT: they are. */
_must_check_ enum err charcha_change(struct ctx *cx, int64_t charcha_id, const struct charcha_rules *in);
/* People can register. ERR_CONFLICT: it is no draft; its dates are past; it asks nothing. */
_must_check_ enum err charcha_open(struct ctx *cx, int64_t org_id, int64_t charcha_id);
/* Nothing is written from now on; a job closes the minutes that are still open by their own rule, a few groups at a time. ERR_CONFLICT: its time has not come.
 */
_must_check_ enum err charcha_close(struct ctx *cx, int64_t org_id, int64_t charcha_id);
/* Keeps what the organiser writes of it; publish: those who took part are told and can read it. */
_must_check_ enum err charcha_synthesis(struct ctx *cx, int64_t org_id, int64_t charcha_id, struct str words, bool publish);

/* ERR_NOT_FOUND. */
_must_check_ enum err charcha_one(struct ctx *cx, int64_t charcha_id, struct charcha_one_row *ret);
/* The same, of this organisation. */
_must_check_ enum err charcha_of(struct ctx *cx, int64_t org_id, int64_t charcha_id, struct charcha_one_row *ret);
struct str charcha_theme(const struct ctx *cx, struct str theme, struct str theme_hi);
/* The end of the time box. */
int64_t charcha_ends(const struct charcha_one_row *c);

/* ── who comes ── */

/* Why somebody cannot come; CHARCHA_MAY: can. */
enum charcha_may { CHARCHA_MAY, CHARCHA_ELSEWHERE, CHARCHA_NOT_THERE, CHARCHA_NOT_OPEN, CHARCHA_LATE, CHARCHA_FULL, CHARCHA_IN };
extern const char *const charcha_may_texts[]; /* N_() */
/* named: by an administrator, who may do so after register_until as long as it has not begun. */
_must_check_ enum err charcha_may(struct ctx *cx, const struct charcha_one_row *c, int64_t person_id, bool named, enum charcha_may *ret,
				  struct charcha_standing_row *ret_standing);
/* The person is registered, and put into a group if groups are drawn. ERR_CONFLICT with the sentence of charcha_may, also when CHARCHA_PEOPLE_MAX come. */
_must_check_ enum err charcha_register(struct ctx *cx, int64_t charcha_id, int64_t person_id, bool named);
/* Room for so many more (1 to CHARCHA_PEOPLE_MAX), and the same as charcha_register without asking for it: for many at once. ERR_CONFLICT. */
_must_check_ enum err charcha_room(struct ctx *cx, int64_t charcha_id, int64_t more);
_must_check_ enum err charcha_put(struct ctx *cx, int64_t charcha_id, int64_t person_id, bool named);
/* Comes no more. ERR_CONFLICT: not registered, or it has begun. */
_must_check_ enum err charcha_withdraw(struct ctx *cx, int64_t charcha_id, int64_t person_id);
/* The actor's own words; empty: taken away. ERR_CONFLICT: not of this charcha. */
_must_check_ enum err charcha_reflect(struct ctx *cx, int64_t charcha_id, struct str words, bool shared);

/* ── groups: charcha_groups.c ── */

/* A draw of all who come, outside any writing transaction (10,000 people: 1.2 s). In the arena. ERR_CONFLICT: not open, fewer than CHARCHA_PEOPLE_LEAST come.
 */
struct charcha_drawn {
	int64_t seed, n_people, n_departments;
	struct draw_result result;
	struct str plan;
};
_must_check_ enum err charcha_draw_try(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t seed, struct charcha_drawn *ret);
/* Keeps it as a proposal; from the second on a reason is asked for. */
_must_check_ enum err charcha_draw_keep(struct ctx *cx, int64_t org_id, int64_t charcha_id, const struct charcha_drawn *d, struct str reason, int64_t *ret_id);
/* Makes the groups of the newest draw; who registered since, at most CHARCHA_LATE_MAX, goes where he fits best. Everybody is told by a job. ERR_CONFLICT:
 * not open, not the newest, or too many have registered since. */
_must_check_ enum err charcha_draw_confirm(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t draw_id);
/* The groups of a kept draw: ids of people. */
struct charcha_planned {
	int64_t *people;
	size_t n;
};
void charcha_plan_read(struct ctx *cx, struct str plan, struct charcha_planned **ret, size_t *ret_n);
/* The group where somebody fits best; NONE: all are full or closed. */
_must_check_ enum err charcha_best_group(struct ctx *cx, int64_t charcha_id, const struct charcha_standing_row *s, int64_t *ret_group_id);
/* With which group one of fewer than CHARCHA_LEAST would be joined: the smallest that has room. ERR_CONFLICT: it is large enough, or none has room. */
_must_check_ enum err charcha_join_look(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t group_id, struct charcha_groups_row *ret_from,
					struct charcha_groups_row *ret_into);
/* Joins it, its people, its points and its commitments with into_id, as looked at. ERR_CONFLICT: it would be another one by now. */
_must_check_ enum err charcha_join(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t group_id, int64_t into_id);

/* ── minutes: charcha_minutes.c; the actor is one of the group ── */

struct charcha_place {
	struct charcha_one_row charcha;
	struct charcha_group_one_row group;
	struct charcha_member_row me; /* of the actor */
	bool member, scribe;	      /* the actor is one of the group; its scribe */
	bool open;		      /* minutes can be written */
};
/* Where the actor stands. ERR_NOT_FOUND, also for who is neither one of the group nor an organiser (of the organisation of the charcha, as the caller
 * knows). */
_must_check_ enum err charcha_place(struct ctx *cx, int64_t charcha_id, int64_t group_id, bool organiser, struct charcha_place *ret);

_must_check_ enum err charcha_point_add(struct ctx *cx, int64_t charcha_id, int64_t group_id, struct str words, int64_t *ret_id);
struct charcha_point_set {
	int64_t charcha_id, group_id, point_id, version;
	struct str words;
	bool gone;  /* take it out */
	bool apart; /* not the version any more: kept as a point of its own instead of being refused */
};
/* ERR_CONFLICT "words": somebody has changed it since. */
_must_check_ enum err charcha_point_set(struct ctx *cx, const struct charcha_point_set *in);
/* The point of this group. ERR_NOT_FOUND. */
_must_check_ enum err charcha_point_of(struct ctx *cx, int64_t group_id, int64_t point_id, struct charcha_point_one_row *ret);
/* The actor leads the minutes from now on. */
_must_check_ enum err charcha_scribe(struct ctx *cx, int64_t charcha_id, int64_t group_id);
_must_check_ enum err charcha_conclude(struct ctx *cx, int64_t charcha_id, int64_t group_id, struct str words, int64_t version);
struct charcha_commit {
	int64_t charcha_id, group_id, owner_id, competency_id, due_day;
	struct str words;
};
/* ERR_INVALID "owner_id": not one of the group; "due_day": past, or too far; "competency_id": the charcha does not speak of it. */
_must_check_ enum err charcha_commit(struct ctx *cx, const struct charcha_commit *in, int64_t *ret_id);
_must_check_ enum err charcha_commit_drop(struct ctx *cx, int64_t charcha_id, int64_t group_id, int64_t commitment_id);
/* The actor says that he is there, or not after all. ERR_CONFLICT: it has not begun. */
_must_check_ enum err charcha_self(struct ctx *cx, int64_t charcha_id, int64_t group_id, bool there);
/* The scribe ticks who is there. ERR_CONFLICT: it has not begun, the actor is not the scribe, or ticks himself. */
_must_check_ enum err charcha_tick(struct ctx *cx, int64_t charcha_id, int64_t group_id, int64_t person_id, bool there);
/* The page of the group is open; asked for by it once a minute. */
_must_check_ enum err charcha_here(struct ctx *cx, int64_t charcha_id, int64_t group_id);
/* The scribe closes the minutes: presence is counted, owners are told. ERR_CONFLICT: it has not begun, or the actor is not the scribe; ERR_INVALID: no
 * conclusions. */
_must_check_ enum err charcha_group_close(struct ctx *cx, int64_t charcha_id, int64_t group_id);
/* The same without asking who: when the organiser closes all. */
_must_check_ enum err charcha_group_end(struct ctx *cx, const struct charcha_one_row *c, int64_t group_id, int64_t by_id);

/* The owner says how it went: "done", "under_way", "not". "done" and "not" are the last word. ERR_NOT_FOUND: not the owner's; ERR_CONFLICT: said already. */
_must_check_ enum err charcha_say(struct ctx *cx, int64_t commitment_id, struct str state, struct str words);

/* ── lists of people: charcha_names.c ── */

enum { CHARCHA_LIST_BYTES = 512 * 1024, CHARCHA_LIST_ROWS = 5000 };
/* Looks at CSV with a column person (employee number, e-mail address or mobile number) and keeps it. Changes nobody. ERR_INVALID "file". */
_must_check_ enum err charcha_list_look(struct ctx *cx, int64_t org_id, int64_t charcha_id, struct str name, struct str text, int64_t *ret_id);
/* Registers its people. ERR_CONFLICT: carried out already; rows are wrong; more than CHARCHA_PEOPLE_MAX would come; groups are drawn and it has more than
 * CHARCHA_LATE_MAX. */
_must_check_ enum err charcha_list_apply(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t list_id);
/* Those it registered come no more. ERR_CONFLICT: not carried out, or the charcha has begun. */
_must_check_ enum err charcha_list_undo(struct ctx *cx, int64_t org_id, int64_t charcha_id, int64_t list_id);
struct charcha_fault {
	int64_t line;
	struct str text;
};
size_t charcha_list_faults(struct ctx *cx, struct str faults, struct charcha_fault **ret);
_must_check_ enum err charcha_list_of(struct ctx *cx, int64_t charcha_id, int64_t list_id, struct charcha_list_one_row *ret);

/* Listening at the pad of a group (feature/live, kind "charcha", the group's id): its people. Whatever changes there is told as
 * "changed" without saying what: the page looks for itself. */
enum err charcha_live_may(struct ctx *cx, int64_t group_id, int64_t person_id, enum live_role *ret);
enum err charcha_live_about(struct ctx *cx, int64_t group_id, struct str *ret_title, struct str *ret_path);

/* Two accounts are one person (feature/merge). In a writing transaction. */
_must_check_ enum err charcha_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

extern const struct job_kind charcha_jobs[]; /* ended by name NULL */
#endif
