/* The competency passbook leaves the platform: as a document that the person takes along, and by links that the person gives to others.
 *
 * What stands in it: the person, the posting of today, each competency with the estimate of today (feature/proficiency), what it rests on by kind, number and
 * days, and completed courses and programmes with their certificates. Notes and the names of raters are other people's words and never stand in it. Levels alone (of a
 * link that was made so): neither what they rest on nor courses.
 *
 * As JSON: {"document":"…","signature":"…"}, the signature of credential.h over the bytes of the document, so that `karmayogi verify` tells offline
 * whether it was changed. document is JSON text in itself, in the language of who made it:
 *
 *   {"kind":"karmayogi-passbook","name","post","organisation","language":"en"|"hi","made":RFC 3339,"issuer","key":hex,
 *    "competencies":[{"framework","code","identifier","name","levels":scale,"level":mean|null,"from","to","reached":whole level|null,"reached_name",
 *                     "evidence":[{"kind","n","first":day,"last":day}]}],
 *    "courses":[{"title","provider","completed":day,"certificate":serial}],"programmes":[the same]}
 *
 *   post, organisation   null: no posting today
 *   level, from, to      levels, rounded to hundredths; the level lies between from and to four times in five (estimate.h). null: not known yet, there is
 *                        nothing beside the person's own judgement
 *   reached              the highest whole level that is held with a probability of MET or more; 0: none yet, and no name
 *   evidence, courses, programmes   left out where levels alone are shown; kinds are those of evidence.def, days are Indian ones, YYYY-MM-DD
 *
 * As PDF: the same on pages of A4, with the document and its signature inside as certificates have them (credential_pdf.h).
 *
 * Shared: by a link /passbook/CODE until a day. Its page says whose passbook it is and for whom; only the button on it opens the passbook and is noted, so that
 * programs which look at links in letters are no readers. Noted are time, who was signed in, the network of the address (IPv4 /24, IPv6 /48) and the name of
 * the browser; who was signed in stands also where all looks at a person's record do (web/audit.h). A link shows nothing once it is ended, its last day is
 * past, it was opened PASSBOOK_LOOKS_MAX times (no look goes unnoted) or its person has left; all of them, and codes that never were, are answered alike. The
 * code: 128 random bits, kept as hash and sealed (feature/secret).
 * Two accounts joined: the links are those of the kept one. */
#ifndef FEATURE_PASSBOOK_H
#define FEATURE_PASSBOOK_H
#include "db/db.h"
#include "feature/proficiency/proficiency.h"
#include "passbook_sql.h"

enum { PASSBOOK_OPEN_MAX = 50, PASSBOOK_DAYS_MAX = 366, PASSBOOK_LOOKS_MAX = 1000, PASSBOOK_WHOM_MAX = 100, PASSBOOK_CODE_DIGITS = 32 };
/* Links opened, and wrong codes tried, from one network in an hour. */
enum { PASSBOOK_NETWORK = 300 };

/* ── what stands in it ── */

struct passbook_level {
	struct level level;
	struct str framework, code, identifier, name;
	int64_t reached;	 /* NONE: not known yet */
	struct str reached_name; /* absent: no level reached, or nothing known */
	struct passbook_evidence_row *evidence;
	size_t n_evidence;
};
struct passbook {
	struct str name, post, org; /* post and org may be absent */
	int64_t made_at;
	bool with_evidence;
	struct passbook_level *levels; /* as on the person's own page */
	size_t n_levels;
	struct passbook_courses_row *courses; /* and programmes */
	size_t n_courses;
};
/* Of today, in the language of cx. ERR_NOT_FOUND. Reads. */
_must_check_ enum err passbook_of(struct ctx *cx, int64_t person_id, bool with_evidence, struct passbook *ret);
/* The document as above. In the arena; ERR_TOO_LARGE. */
_must_check_ enum err passbook_document(struct ctx *cx, const struct passbook *p, struct str *ret);
/* Document and signature. */
_must_check_ enum err passbook_json(struct ctx *cx, const struct passbook *p, struct str *ret);
/* link: printed as a code to be photographed, with the last day on which it opens; absent: none. ERR_INTERNAL when it cannot be drawn. */
_must_check_ enum err passbook_pdf(struct ctx *cx, const struct passbook *p, struct str link, int64_t until_day, struct str *ret);

/* In words: "Level 2: Proficient"; "supervisor: 2, 3 Mar 2026 to 5 Nov 2026 · own judgement: 1, 4 Nov 2026", empty for nothing. */
struct str passbook_reached(struct ctx *cx, const struct passbook_level *l);
struct str passbook_rests_on(struct ctx *cx, const struct passbook_evidence_row *v, size_t n);

/* ── links ── */

struct passbook_share {
	struct str for_whom;
	int64_t until_day;
	bool with_evidence;
};
/* Of the actor. ERR_INVALID with the field; ERR_CONFLICT: so many are open already. In a writing transaction. */
_must_check_ enum err passbook_share(struct ctx *cx, const struct passbook_share *in, int64_t *ret_id);
/* A link of the actor; ERR_NOT_FOUND. */
_must_check_ enum err passbook_share_of(struct ctx *cx, int64_t share_id, struct passbook_share_row *ret);
/* At once. ERR_NOT_FOUND: no such link of the actor; ERR_CONFLICT: ended already. In a writing transaction. */
_must_check_ enum err passbook_end(struct ctx *cx, int64_t share_id);
/* "open", "ended", "over" (its last day is past), "full" (opened as often as a link may be). */
const char *passbook_state(const struct ctx *cx, int64_t until_day, int64_t ended_at, int64_t n_looks);
/* The address that one gives away; absent: it was sealed with a key that is lost. */
struct str passbook_link(struct ctx *cx, int64_t share_id, struct str code_sealed);

/* What a code shows; found false for all that shows nothing. Reads. */
_must_check_ enum err passbook_of_code(struct ctx *cx, struct str code, struct passbook_of_code_row *ret, bool *ret_found);
/* Notes a look of who asks. ERR_TOO_MANY: more than PASSBOOK_NETWORK. A code that shows nothing counts, too. In a writing transaction. */
_must_check_ enum err passbook_look(struct ctx *cx, struct str code, struct passbook_of_code_row *ret, bool *ret_found);
/* "203.0.113.0/24", "2001:db8:7::/48"; "?": no address. */
struct str passbook_network(struct ctx *cx, struct str address);

/* Two accounts are one (feature/merge). */
_must_check_ enum err passbook_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id);
#endif
