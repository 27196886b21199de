/* Karma Points: a ledger that its owner can read, weekly claps, boards of groups of similar size.
 *
 * Points are given in the transaction of the fact, by the rules of the day on which it was (award.h, karma_rule.def), once a fact; what is in the ledger is
 * never changed. Points cannot be spent or passed on. Whatever else gives them, they are for learning that was verified: nothing pays for skipping.
 *
 * A clap is a week (Monday to Sunday, days of the person's zone) with at least CLAP_MINUTES of verified learning; a streak is claps one after the other up to
 * the last whole week, with this week's once it is there. (The platform's rule.)
 *
 * Boards compare verified learning of a week, not points, among LEAGUE_LEAST to about LEAGUE_MOST people of one department: so nobody stands before 30,000
 * others, and an assignment more or less makes no difference. They are made once a week by a job of those who learnt within the four weeks before, but for
 * those who do not want to be seen. */
#ifndef FEATURE_KARMA_H
#define FEATURE_KARMA_H
#include "base/fact.h"
#include "feature/karma/award.h"
#include "job/job.h"
#include "karma_sql.h"

enum { CLAP_MINUTES = 60, CLAP_WEEKS = 4, LEAGUE_LEAST = 10, LEAGUE_MOST = 50, KARMA_REASON_MAX = 300 };

/* Of a code, its name for people (English, N_()) and its slug ("course_plan"). */
const char *karma_name(enum karma_code code);
struct str karma_slug(enum karma_code code);
/* KARMA_CODES: there is no such code. */
enum karma_code karma_code_of(struct str slug);

/* The rates of a day, indexed by code. */
_must_check_ enum err karma_rates(struct ctx *cx, int64_t day, struct karma_rate rates[static KARMA_CODES]);
struct karma_rule_set {
	enum karma_code code;
	int64_t from_day;
	struct karma_rate rate;
	struct str reason;
};
/* From that day on. ERR_INVALID "from_day": before today, so that nothing given is ever worth something else. In a writing transaction. */
_must_check_ enum err karma_rule_set(struct ctx *cx, const struct karma_rule_set *in);

/* Something happened to somebody (struct app, .fact_told): gives the points that are due. In the transaction of the fact. */
_must_check_ enum err karma_heard(struct ctx *cx, const struct fact *f);
/* Looks through all that somebody has done and gives what is missing, for instance after a staff list or a joined account. Again: nothing more. In a writing
 * transaction. */
_must_check_ enum err karma_settle(struct ctx *cx, int64_t person_id);

struct claps {
	int64_t week[CLAP_WEEKS];   /* verified ms of this week, the one before … */
	int64_t monday[CLAP_WEEKS]; /* their first days */
	int64_t streak, longest;    /* claps one after the other; within the last two years */
};
_must_check_ enum err karma_claps(struct ctx *cx, int64_t person_id, struct claps *ret);

/* The actor is seen on boards of the coming weeks and this one, or not. In a writing transaction. */
_must_check_ enum err karma_hide(struct ctx *cx, bool hidden);

/* Two accounts are one (feature/merge). In a writing transaction. */
_must_check_ enum err karma_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* Calls wrong() for each entry of which there is no fact. Reads. */
typedef void karma_wrong_fn(void *arg, int64_t person_id, int64_t thing_id);
_must_check_ enum err karma_check(struct ctx *cx, karma_wrong_fn *wrong, void *arg);

/* Boards of the week of that day, unless they are there. For the demonstration; else a job does it. In a writing transaction. */
_must_check_ enum err karma_leagues_now(struct ctx *cx, int64_t day);
/* The Monday of a day number. */
int64_t karma_monday(int64_t day);

extern const struct job_kind karma_jobs[]; /* ended by name NULL */
#endif
