/* Calibration of an organisation's bank: what first answers say of its items, and parameters that forms are made with, as a proposal that somebody accepts.
 *
 * What counts: first attempts (n = 1) that are marked, of examinations that have consequences (not practice); of a person who met an item before, only the
 * first time. On a fixed paper an item that was left empty counts as wrong, unless less than half of the paper was answered: then what is empty was not
 * reached, and is missing. Of an adaptive one what was given counts. At most CALIBRATION_PAPERS papers, the newest of each form.
 *
 * An answer is a category, item_category() of its part of the points. All items are calibrated in one scale by the graded response model, of which two
 * categories are a 2PL (psychometrics/calibration.h). The highest categories that fewer than CALIBRATION_RARE people reached count as the one below them; a
 * category below them that so few gave leaves the item out. Of items with fewer than CALIBRATION_LEAST answers nothing is said but their classical figures.
 *
 * A bank of more than CALIBRATION_BLOCK items is calibrated in blocks, the most answered items first; a later block has CALIBRATION_ANCHORS items of earlier
 * ones that most of its people answered, whose parameters stay as they are. The scale: when parameters are in force for LINK_LEAST or more items of the first
 * block, it is brought to theirs (Stocking and Lord, psychometrics/link.h), else theta ~ N(0, 1) in these people and the run says that it begins a new scale.
 *
 * Figures that need whole papers (correlation with the rest, S-X², curves of options, differential functioning) are those of the form that most people had.
 * Groups: language of the attempt; gender, where the organisation or one above keeps a profile field named Gender of kind choice; service of the posting. The
 * largest group of a form is the reference; of the others those with DIF_GROUP_LEAST people are compared, at most three.
 *
 *   working → ready → accepted → undone        failed, withdrawn
 *
 * Nothing changes before a run is accepted; a run that is undone leaves each item with the parameters of the newest accepted run that has it.
 *
 * Flags (words of item_parameter.flags; what they mean and what to do is said on the card):
 *   negative    who knows more answers worse: never in force            weak      rest < 0.15 or slope < 0.4
 *   easy, hard  mean above 0.95, below 0.15                             unsure    the error of a threshold is above 0.4
 *   misfit      S-X² p, times the number of items, below 0.05           pair      Q3 more than 0.2 above the mean of all (Christensen, Makransky and
 *   option      a wrong option draws those who know more, or nobody               Horton 2017, Applied Psychological Measurement 41)
 *   dif         Mantel and Haenszel's class C, or large by likelihood ratio, each with p times the number of items compared below 0.01
 *   drift       after linking, the expected share of the points is 0.1 or more (root mean square) from that in force */
#ifndef FEATURE_CALIBRATION_H
#define FEATURE_CALIBRATION_H
#include "calibration_sql.h"
#include "db/db.h"
#include "job/job.h"
#include "psychometrics/item.h"

enum {
	CALIBRATION_PAPERS = 5000,
	CALIBRATION_LEAST = 100,
	CALIBRATION_RARE = 10,
	CALIBRATION_BLOCK = 160,
	CALIBRATION_ANCHORS = 40,
	LINK_LEAST = 5,
	OPTION_GROUPS = 4,
};

/* Begins a run; its job is queued. ERR_CONFLICT: one works or waits to be decided about. In a writing transaction, as the following. */
_must_check_ enum err calibration_begin(struct ctx *cx, int64_t org_id, int64_t *ret_id);
/* ERR_NOT_FOUND; ERR_CONFLICT: it is not ready. */
_must_check_ enum err calibration_accept(struct ctx *cx, int64_t org_id, int64_t run_id);
_must_check_ enum err calibration_withdraw(struct ctx *cx, int64_t org_id, int64_t run_id);
/* ERR_CONFLICT: it is not accepted, or was undone. */
_must_check_ enum err calibration_undo(struct ctx *cx, int64_t org_id, int64_t run_id);
_must_check_ enum err calibration_find(struct ctx *cx, int64_t org_id, int64_t run_id, struct calibration_one_row *ret);

/* Parameters as they are kept: a list of thresholds as JSON, and back. False: they are not those of an item. */
struct str calibration_list(struct arena *a, const double *v, size_t n);
bool calibration_item(int64_t categories, double a, struct str b, struct irt_item *ret);

/* item_parameter.options: of each option its id, whether it is right, and the share of people who chose it in OPTION_GROUPS groups of growing score of
 * the other items: [{"id":"a","right":true,"share":[0.4,0.6,0.8,0.9]}]. */

extern const struct job_kind calibration_jobs[];

/* ── for calibration_run.c and calibration_dif.c ── */
_must_check_ enum err calibration_run_act(struct ctx *cx, struct job *j);
_must_check_ enum err calibration_run_step(struct ctx *cx, struct job *j);
#endif
