/* The recording of an event becomes a course of one film, through the same door by which every course comes in (feature/course): a folder is written, read,
 * judged and brought in. So it is found, watched, counted, captioned and certified as any other course, and teaches the event's competencies. Its code is
 * "event-ID"; a later recording of the same event is a revision of the course.
 *
 * A film needs captions here, as everywhere: they are brought first (WebVTT), and kept until the film comes. Time at the event and time with the film both
 * count, each as what it is ("event", "resource"); what campaigns count of a film is never more than its length. */
#ifndef FEATURE_EVENT_RECORDING_H
#define FEATURE_EVENT_RECORDING_H
#include "feature/course/course.h"
#include "feature/event/event.h"

enum { EVENT_FILM_BYTES_MAX = 300 << 20, EVENT_CAPTIONS_BYTES_MAX = 1 << 20, EVENT_FILM_SECONDS_MAX = 6 * 3600 };

/* Keeps captions of an event that has ended. file: a WebVTT file; it is moved. ERR_INVALID "file": no captions; ERR_CONFLICT: not ended. No transaction is
 * needed. */
_must_check_ enum err event_captions_keep(struct ctx *cx, const struct event_one_row *e, struct str file);
bool event_captions_there(struct ctx *cx, const struct event_one_row *e);
/* Reads and judges the course that the film (MP4) becomes, and puts its files where they are served from. seconds: of the film. ERR_CONFLICT: not ended, or no
 * captions yet; ERR_INVALID: what course_read finds. Slow; before the transaction. */
_must_check_ enum err event_recording_read(struct ctx *cx, const struct event_one_row *e, struct str film, int64_t seconds, struct parcel **ret);
/* Brings it in; the event's page shows it. In a writing transaction. */
_must_check_ enum err event_recording_write(struct ctx *cx, const struct event_one_row *e, const struct parcel *p);
#endif
