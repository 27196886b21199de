/* What a completion brings with it. Within the feature. */
#ifndef FEATURE_PROGRAMME_CERTIFICATE_H
#define FEATURE_PROGRAMME_CERTIFICATE_H
#include "db/db.h"

/* Keeps the completion with its signed certificate (as of courses, with "programme" and "programme_code" in place of "course" and "course_code"), adds evidence
 * of the competencies as of a course that was completed, and tells the person. Completed before: OK, nothing is done. */
_must_check_ enum err programme_certify(struct ctx *cx, int64_t programme_id, int64_t batch_id, int64_t person_id);
/* Completions and certificates of two accounts become those of one; see programme.h, programme_merge. */
_must_check_ enum err programme_certificates_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
