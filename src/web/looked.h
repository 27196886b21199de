/* The part of a page of a list that was looked at before anything is done: carry it out, take it back, what is wrong with it. In a template {{> looked
 * looked}}. */
#ifndef WEB_LOOKED_H
#define WEB_LOOKED_H
#include "web/html.h"

struct looked_wrong {
	int64_t line; /* of the file */
	struct str sentence;
};
struct looked {
	bool may_apply, is_done;
	struct str path, back;		    /* of the list; where one goes who does it not now */
	struct str carried_out, taken_back; /* what each means, translated */
	const char *apply, *undo;	    /* actions at path/apply and path/undo */
	struct looked_wrong *wrong;
	size_t n_wrong;
};
#endif
