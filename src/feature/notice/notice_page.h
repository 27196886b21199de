/* Views of notices and of the choices about them. */
#ifndef FEATURE_NOTICE_PAGE_H
#define FEATURE_NOTICE_PAGE_H
#include "base/field.h"

struct notice_row {
	int64_t id, made_at, read_at;
	struct str kind, text, path;
};
struct notice_page {
	struct notice_row *rows;
	size_t n_rows;
	int64_t newest;   /* id; NONE: there are none */
	struct str older; /* address; absent: none */
	bool unread, may_change;
};
struct notice_choice_row {
	struct str kind, name;
	bool must, now, digest, no, push;
};
struct notice_device_row {
	int64_t id, made_at;
	struct str device;
	bool here;
};
struct notice_choices_page {
	struct notice_choice_row *rows;
	size_t n_rows;
	struct str quiet_from, quiet_until; /* "21:00" */
	struct notice_device_row *devices;
	size_t n_devices;
	bool here;      /* one of them is this one */
	struct str key; /* of the installation, for the browser */
};
#endif
