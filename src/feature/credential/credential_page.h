/* Views of the public pages of certificates. */
#ifndef FEATURE_CREDENTIAL_PAGE_H
#define FEATURE_CREDENTIAL_PAGE_H
#include "base/str.h"

struct verify_page {
	bool asked, found, good, replaced, programme; /* programme: it is none of a course */
	struct str serial, name, title, provider, newer, key, reason;
	int64_t completed_at, issued_at, minutes;
};
#endif
