/* What the program consists of: features in the order in which they may call each other, their actions and statements. */
#ifndef APP_FEATURES_H
#define APP_FEATURES_H
#include "job/job.h"
#include "feature/live/live_source_web.h"
#include "web/server.h"

extern const struct action *const feature_actions[];              /* ended by NULL */
extern const struct db_stmt *const *const feature_statements[];   /* ended by NULL */
extern const struct job_kind *const feature_jobs[];               /* ended by NULL */
extern const struct migration frameworks[];                       /* the same of framework/: "kcm.csv" */
extern const struct migration migrations[];                       /* ended by name NULL; made by the build from schema/ */
extern const struct asset assets[];                               /* ended by key NULL; made by the build from client/ */
extern const struct live_kind *const feature_live_kinds;          /* ended by kind NULL; stands in struct app as .live_kinds */
/* Stands in struct app as .sessions_ended. */
enum err features_sessions_ended(struct ctx *cx, int64_t person_id, int64_t session_id);
/* Stands in struct app as .person_changed: all who follow what happens to people. */
enum err features_person_changed(struct ctx *cx, int64_t person_id, int64_t course_id);
#endif
