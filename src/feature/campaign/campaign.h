/* Campaigns of learning, as the National Learning Week (Karmayogi Saptah): dates, hours to reach, what counts, a theme for each day, pledges.
 *
 * A campaign belongs to an organisation and is for all below it; the nation's stands on the root. Campaigns of one organisation do not overlap; a ministry's
 * may overlap the nation's, and what is learnt then counts in both.
 *
 * Dates. A person's window on a day is that of the nearest organisation above the posting of that day with dates of its own (campaign_window), so an extension
 * for a million people is one row. Every set of dates that ever was is kept with its reason.
 *
 * Hours are verified time (feature/learned), on days within the window: of a resource of a course that counts, never more than its published length in all,
 * partial time included; of events, sessions of programmes and charchas that count (campaign_thing.h), what those verified. In a campaign by competency only
 * what names a competency counts, whatever it is. Learning counts where the person was posted on the day, and above where that organisation stood on the day.
 * Beside it stands the count as the platform makes it: published lengths of the courses that count and were completed within the window.
 *
 * The target is reached when hours come to target_minutes. When that was is kept as a fact: dates that are shortened, what is taken off a list,
 * and postings that change take hours away, but never a target that was reached. */
#ifndef FEATURE_CAMPAIGN_H
#define FEATURE_CAMPAIGN_H
#include "campaign_sql.h"
#include "job/job.h"

enum {
	CAMPAIGN_TARGET = 240, /* minutes: four hours */
	CAMPAIGN_TODAY = 40,   /* minutes proposed for a day */
	CAMPAIGN_DAYS_MAX = 92,
	CAMPAIGN_LATE_DAYS = 30, /* so long after its last day what comes late (a joined account, a posting set right) is still counted */
	CAMPAIGN_NAME_MAX = 120,
	CAMPAIGN_WORDS_MAX = 2000,
};

struct campaign_add {
	int64_t org_id, from_day, last_day, target_minutes;
	struct str name_en, name_hi;		 /* name_hi absent: the English one */
	struct str counts;			 /* "competency", "listed" */
	struct str events, programmes, charchas; /* which count: "none" (so when absent), "all", "linked", "listed"; see campaign_thing.h */
};
/* With the four Sankalps as its themes. ERR_INVALID: "last_day" (before from_day, past, or more than CAMPAIGN_DAYS_MAX days); ERR_CONFLICT: another campaign of
 * the organisation has some of these days. In a writing transaction. */
_must_check_ enum err campaign_add(struct ctx *cx, const struct campaign_add *in, int64_t *ret_id);

struct campaign_dates {
	int64_t campaign_id, org_id, from_day, last_day;
	struct str reason;
};
/* New dates of the campaign's organisation or of one below. ERR_NOT_FOUND: no such campaign for that organisation. ERR_INVALID, ERR_CONFLICT as above. Where
 * days that are past come or go, all people are counted anew by the job. In a writing transaction; costs the same for any number of people. */
_must_check_ enum err campaign_dates(struct ctx *cx, const struct campaign_dates *in);

/* What new dates would do, without doing it: of those in the organisation (and below, as far as no nearer dates hold). */
struct campaign_fall {
	int64_t person_id, ms, ms_then;
	struct str name;
	bool reached; /* keeps the target */
};
struct campaign_trial {
	int64_t n_people, n_fall, n_keep; /* with any learning; whose hours would be less than now; of those, who have reached the target and keep it, though
					     with less than it asks */
	struct campaign_fall *falls;	  /* the first CAMPAIGN_FALLS_MAX of n_fall */
	size_t n_falls;
};
enum { CAMPAIGN_FALLS_MAX = 100 };
_must_check_ enum err campaign_try(struct ctx *cx, const struct campaign_dates *in, struct campaign_trial *ret);

/* The campaign with its own dates. ERR_NOT_FOUND. */
_must_check_ enum err campaign_one(struct ctx *cx, int64_t campaign_id, struct campaign_one_row *ret);
/* The same for an organisation, with the dates that hold there and (org_en, org_hi) its name. ERR_NOT_FOUND, also when the campaign is not for this one. */
_must_check_ enum err campaign_for(struct ctx *cx, int64_t campaign_id, int64_t org_id, struct campaign_for_org_row *ret);
/* The same, of the organisation to which it belongs: what counts and the themes are said there for all below. ERR_FORBIDDEN: it belongs to one above. */
_must_check_ enum err campaign_own(struct ctx *cx, int64_t campaign_id, int64_t org_id, struct campaign_for_org_row *ret);

/* ── a person; the actor, in a writing transaction ── */

/* ERR_CONFLICT: pledged already, or the last day of the person's window is past; ERR_NOT_FOUND: not for this person. */
_must_check_ enum err campaign_pledge(struct ctx *cx, int64_t campaign_id);
/* A note on the theme of today; empty words take it away. Nobody else is shown it. ERR_CONFLICT: today is not within the person's window. */
_must_check_ enum err campaign_reflect(struct ctx *cx, int64_t campaign_id, struct str words);

/* ── counting ── */

/* One organisation, day and hour in which something counts; published_ms: lengths of courses completed then. */
struct campaign_part {
	int64_t org_id, day, hour, ms, published_ms;
};
/* Time in one competency; code and name in the language of cx. What a course of several competencies gives is shared evenly. */
struct campaign_share {
	struct str code, name;
	int64_t ms;
};
struct campaign_count {
	struct campaign_one_row campaign;
	struct campaign_part *parts; /* by day and hour */
	size_t n_parts;
	int64_t ms, published_ms;
	int64_t crossed_at, crossed_org_id; /* when hours came to the target; NONE: they have not */
	int64_t org_id, from_day, last_day; /* posting of today and its window; NONE: not posted in this campaign */
	struct campaign_share *shares;	    /* the most first */
	size_t n_shares;
};
/* The count of a person as it is now, out of what was learnt; with shares. Reads. */
_must_check_ enum err campaign_count_of(struct ctx *cx, int64_t campaign_id, int64_t person_id, struct campaign_count *ret);
/* Somebody's posting, completion or account changed (see struct app, person_changed). In a writing transaction. */
_must_check_ enum err campaign_person_changed(struct ctx *cx, int64_t person_id);
/* An organisation is moved with all below it (see struct app, org_moves): what is learnt counts, and dates hold, above where it stood on the day; from the day
 * after the move on that is the new place. Costs the same for any number of people. In a writing transaction. */
_must_check_ enum err campaign_org_moves(struct ctx *cx, int64_t org_id, int sign);
/* Two accounts are to be one (feature/merge), before it is noted how both stand: all that they have pledged and reached is counted, and the kept account stands
 * in the campaigns of the other one, so that taking the merge back finds what it gave. In a writing transaction, as the next. */
_must_check_ enum err campaign_merge_begins(struct ctx *cx, int64_t kept_id, int64_t closed_id);
/* Two accounts are one: what the closed one has pledged and reached is the kept one's, with its time and place, where that has not done so itself. */
_must_check_ enum err campaign_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);

/* All figures anew out of what was learnt, in this transaction; for `karmayogi rebuild`. */
_must_check_ enum err campaign_rebuild(struct ctx *cx);
/* Calls wrong() for each figure that is not the sum of what is counted of people. Reads. */
typedef void campaign_wrong_fn(void *arg, int64_t campaign_id, int64_t org_id);
_must_check_ enum err campaign_check(struct ctx *cx, campaign_wrong_fn *wrong, void *arg);

extern const struct job_kind campaign_jobs[]; /* ended by name NULL */
#endif
