/* The frame around every page (layout.html) and the page that says what went wrong (error.html). */
#ifndef WEB_PAGE_H
#define WEB_PAGE_H
#include "web/html.h"

struct page {
	struct str title, name, initials;
	struct str lang, other_lang, other_lang_name, other_lang_link;
	struct str query;       /* what stands in the search box */
	struct html body;
	bool signed_in, player, quiz, exam, passkey, push, attendance, errors, live, pad, presence;
	bool at_home, at_learn, at_record, at_team, at_org, at_provider;
	bool has_team, has_org, has_provider;
	bool acts, helps; /* for somebody, or to help somebody; until when */
	struct str for_name;
	int64_t acting_until;
	int64_t unread; /* notices; 100: so many or more */
};
struct error_page {
	struct str title, sentence;
	unsigned status;
	struct str request_id;
	bool offer_sign_in;
};
#endif
