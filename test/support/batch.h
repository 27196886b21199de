/* Programmes, batches, sessions, events and charchas for tests, put in as they stand: without asking those who lay them down. What is left 0 or NULL has the
 * value in brackets. All give the id. */
#ifndef TEST_BATCH_H
#define TEST_BATCH_H
#include "http_test.h"

struct given_programme {
	int64_t org_id, coordinator, least_sessions; /* [nobody] [0] */
	const char *code, *title, *title_hi;	     /* [code] [""] */
	const char *approval;			     /* ["none"] */
	bool invited;				     /* people cannot ask themselves */
};
int64_t given_programme(struct fixture *f, const struct given_programme *in);
struct given_batch {
	int64_t programme_id, org_id, seats, waiting; /* [30] */
	int64_t starts_at, ends_at, ask_until;	      /* ask_until [the beginning] */
	double latitude, longitude;		      /* [nowhere] */
	const char *name, *place;		      /* ["Batch"] [""] */
};
/* Open. */
int64_t given_batch(struct fixture *f, const struct given_batch *in);
int64_t given_session(struct fixture *f, int64_t batch_id, const char *title, int64_t starts_at, int64_t ends_at);
/* Somebody of an office has a seat. */
int64_t given_seat(struct fixture *f, int64_t batch_id, int64_t person_id, int64_t org_id);
struct given_event {
	int64_t org_id, starts_at, ends_at;
	const char *title, *title_hi, *held, *state; /* [""] ["link"] ["open"] */
	bool for_few;				     /* those of the organisation alone */
};
int64_t given_event(struct fixture *f, const struct given_event *in);
/* Open for registration until it is held, for an hour. */
int64_t given_charcha(struct fixture *f, int64_t org_id, const char *theme, int64_t held_at);
#endif
