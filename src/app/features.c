/* What the program consists of. The order is the allowed direction of calls: a feature may call those before it. */
#include "app/features.h"
#include "feature/account/account.h"
#include "feature/admission/admission.h"
#include "feature/allocation/allocation.h"
#include "feature/attempt/attempt.h"
#include "feature/attendance/attendance.h"
#include "feature/audit/trail.h"
#include "feature/calibration/calibration.h"
#include "feature/campaign/campaign.h"
#include "feature/charcha/charcha.h"
#include "feature/establishment/establishment.h"
#include "feature/event/event_place.h"
#include "feature/gap/gap.h"
#include "feature/group/group.h"
#include "feature/karma/karma.h"
#include "feature/integrity/integrity.h"
#include "feature/live/live.h"
#include "feature/mail/mail.h"
#include "feature/merge/merge.h"
#include "feature/movement/movement.h"
#include "feature/notice/notice.h"
#include "feature/people_import/people_import.h"
#include "feature/post/post.h"
#include "feature/placement/round.h"
#include "feature/proficiency/proficiency.h"
#include "feature/programme/batch.h"
#include "feature/programme/programme.h"
#include "feature/push/push.h"
#include "feature/registration/registration.h"
#include "feature/room/room.h"
#include "feature/ruling/ruling.h"
#include "feature/sso/sso.h"
#include "feature/stream/stream.h"
#include "feature/tally/tally.h"
#include "feature/token/token_jobs.h"
#include "feature/webhook/webhook.h"
#include "feature/workplace/workplace.h"
#include "access_sql.h"
#include "acting_sql.h"
#include "adaptive_sql.h"
#include "admission_sql.h"
#include "allocation_sql.h"
#include "attempt_sql.h"
#include "attendance_sql.h"
#include "audit_sql.h"
#include "batch_sql.h"
#include "calendar_sql.h"
#include "campaign_sql.h"
#include "career_sql.h"
#include "charcha_sql.h"
#include "check_sql.h"
#include "competency_sql.h"
#include "completion_sql.h"
#include "course_sql.h"
#include "credential_sql.h"
#include "enrolment_sql.h"
#include "establishment_sql.h"
#include "event_sql.h"
#include "exam_sql.h"
#include "exemption_sql.h"
#include "find_sql.h"
#include "gap_sql.h"
#include "group_sql.h"
#include "home_sql.h"
#include "idempotency_sql.h"
#include "institute_sql.h"
#include "integrity_sql.h"
#include "item_sql.h"
#include "job_sql.h"
#include "karma_sql.h"
#include "learned_sql.h"
#include "operation_sql.h"
#include "movement_sql.h"
#include "names_sql.h"
#include "exam_report_sql.h"
#include "marking_sql.h"
#include "ruling_sql.h"
#include "notice_sql.h"
#include "org_sql.h"
#include "passbook_sql.h"
#include "people_import_sql.h"
#include "person_sql.h"
#include "plan_sql.h"
#include "post_page_sql.h"
#include "post_rows_sql.h"
#include "placement_sql.h"
#include "post_sql.h"
#include "proficiency_sql.h"
#include "profile_sql.h"
#include "programme_learn_sql.h"
#include "programme_sql.h"
#include "progress_sql.h"
#include "push_sql.h"
#include "quiz_sql.h"
#include "recommendation_sql.h"
#include "record_sql.h"
#include "registration_sql.h"
#include "role_sql.h"
#include "room_sql.h"
#include "round_sql.h"
#include "scim_sql.h"
#include "search_sql.h"
#include "session_sql.h"
#include "stream_sql.h"
#include "tally_sql.h"
#include "team_sql.h"
#include "together_sql.h"
#include "token_sql.h"
#include "trail_sql.h"
#include "webhook_sql.h"
#include "work_sql.h"
#include "workplace_sql.h"

#define FEATURE(name) extern const struct action name##_actions[];
#include "app/features.def"
#undef FEATURE

const struct action *const feature_actions[] = {
#define FEATURE(name) name##_actions,
#include "app/features.def"
#undef FEATURE
	NULL,
};

const struct job_kind *const feature_jobs[] = {
	gap_jobs,
	post_jobs,
	establishment_jobs,
	allocation_jobs,
	round_jobs,
	calibration_jobs,
	programme_jobs,
	batch_jobs,
	campaign_jobs,
	karma_jobs,
	admission_jobs,
	attendance_jobs,
	stream_jobs,
	live_jobs,
	charcha_jobs,
	event_jobs,
	group_jobs,
	people_import_jobs,
	movement_jobs,
	merge_jobs,
	trail_jobs,
	token_jobs,
	mail_jobs,
	push_jobs,
	notice_jobs,
	webhook_jobs,
	registration_jobs,
	account_jobs,
	sso_jobs,
	workplace_jobs,
	attempt_jobs,
	integrity_jobs,
	room_jobs,
	ruling_jobs,
	NULL,
};

const struct db_stmt *const *const feature_statements[] = {
	job_statements,
	session_statements,
	token_statements,
	idempotency_statements,
	access_statements,
	audit_statements,
	names_statements,
	org_statements,
	person_statements,
	profile_statements,
	mail_statements,
	push_statements,
	notice_statements,
	webhook_statements,
	registration_statements,
	account_statements,
	role_statements,
	acting_statements,
	sso_statements,
	tally_statements,
	competency_statements,
	course_statements,
	search_statements,
	recommendation_statements,
	enrolment_statements,
	credential_statements,
	completion_statements,
	learned_statements,
	progress_statements,
	quiz_statements,
	item_statements,
	exam_statements,
	adaptive_statements,
	exemption_statements,
	attempt_statements,
	integrity_statements,
	room_statements,
	calibration_statements,
	gap_statements,
	proficiency_statements,
	post_statements,
	post_rows_statements,
	post_page_statements,
	passbook_statements,
	establishment_statements,
	allocation_statements,
	workplace_statements,
	plan_statements,
	placement_statements,
	career_statements,
	round_statements,
	programme_statements,
	batch_statements,
	work_statements,
	programme_learn_statements,
	attendance_statements,
	together_statements,
	campaign_statements,
	karma_statements,
	institute_statements,
	calendar_statements,
	admission_statements,
	stream_statements,
	live_statements,
	charcha_statements,
	event_statements,
	group_statements,
	check_statements,
	team_statements,
	people_import_statements,
	movement_statements,
	scim_statements,
	merge_statements,
	marking_statements,
	ruling_statements,
	exam_report_statements,
	trail_statements,
	operation_statements,
	record_statements,
	home_statements,
	find_statements,
	NULL,
};

static const struct live_kind live_kinds[] = {
	{ .kind = "session", .may = live_session_may, .about = live_session_about },
	{ .kind = "charcha", .may = charcha_live_may, .about = charcha_live_about },
	{ .kind = "event", .may = event_place_may, .about = event_place_about },
	{ .kind = NULL },
};

static enum err sessions_ended(struct ctx *cx, int64_t person_id, int64_t session_id)
{
	TRY(push_sessions_ended(cx, person_id, session_id));
	return live_sessions_ended(cx, person_id, session_id);
}

enum err features_person_changed(struct ctx *cx, int64_t person_id, int64_t course_id)
{
	TRY(group_person_changed(cx, person_id, course_id));
	TRY(campaign_person_changed(cx, person_id));
	TRY(programme_person_changed(cx, person_id, course_id));
	if (course_id == NONE)
		TRY(admission_person_changed(cx, person_id));
	if (course_id != NONE)
		return proficiency_course_completed(cx, person_id, course_id);
	TRY(live_person_changed(cx, person_id));
	TRY(post_person_changed(cx, person_id));
	return allocation_person_changed(cx, person_id);
}

static enum err org_moves(struct ctx *cx, int64_t org_id, int sign)
{
	TRY(tally_org_moves(cx, org_id, sign));
	TRY(gap_org_moves(cx, org_id, sign));
	TRY(campaign_org_moves(cx, org_id, sign));
	return sign > 0 ? group_sweep_soon(cx) : OK;
}

static enum err fact_told(struct ctx *cx, const struct fact *f)
{
	TRY(webhook_heard(cx, f));
	return karma_heard(cx, f);
}

void features_join(struct app *app)
{
	app->person_changed = features_person_changed;
	app->org_moves = org_moves;
	app->fact_told = fact_told;
	app->session_follows = sso_session_follows;
	app->session_leaves = sso_session_leaves;
	app->sessions_ended = sessions_ended;
	app->exam_passed = programme_exam_passed;
	app->seats_changed = admission_settle;
	app->live_kinds = live_kinds;
	app->competencies_changed = gap_competencies_changed;
}
