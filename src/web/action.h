/* An action is one row: name, addresses, permission and scope, input fields, what runs, how it is shown.
 * From the rows come routing, access, parsing, forms, JSON, openapi.json, permissions.md and the generic tests.
 *
 * Life of a request (web/action.c):
 *   match → body up to .max_body → session → permission in scope → CSRF (not GET) → input → .prepare (slow, outside) → .outside
 *   → transaction { permission in scope → input → .run → audit } → render → one log line.
 * A GET (or a POST with .only_reads) runs in a read-only transaction; anything else in a writing one, which may be repeated: .run has no outside
 * effects and leaves everything in *answer or in the arena. Rendering runs no SQL. */
#ifndef WEB_ACTION_H
#define WEB_ACTION_H
#include "base/field.h"
#include "db/db.h"
#include "web/access.h"
#include "web/html.h"

enum method { GET, POST, PUT, PATCH, DELETE, METHOD_COUNT_ };
const char *method_name(enum method m); /* "GET" */

/* The manners of a protocol that is not ours (SCIM): where its addresses stand, what it calls JSON, how it says that something is refused. */
struct manners {
	const char *prefix;         /* "/scim/": all addresses of its actions begin so, and nobody else's */
	const char *type;           /* media type of bodies, taken besides application/json, and of answers */
	/* The body of a refusal; status may be changed. sentence: translated. */
	void (*refusal)(struct ctx *cx, enum err e, struct str sentence, unsigned *status, struct buf *body);
};

/* Main navigation: the entry that is marked as current. */
enum nav { NAV_NONE, NAV_HOME, NAV_LEARN, NAV_RECORD, NAV_TEAM, NAV_ORG, NAV_PROVIDER, NAV_ACCOUNT };

struct listen_to;
/* What .run leaves for rendering. Zeroed before each run. */
struct answer {
	/* a page: any struct that the template takes */
	const void *view;
	struct str title;           /* translated, without the name of the site */
	enum nav nav;
	/* the API: a row, or rows with the cursor of the next page */
	const void *rows;           /* array of structs described by action->out */
	size_t n_rows, row_size;
	struct str next;            /* cursor; absent: no more */
	/* after a page's POST: where to go (303); absent: action->then with its {places} from the input */
	struct str then;
	/* anything else: a document (type set), or a stored file (file set; ranges are served) */
	const char *type;           /* e.g. "application/pdf" */
	struct str bytes;           /* in the arena */
	struct str file;            /* path on disk */
	struct str filename;        /* suggested name when downloaded; absent: shown in place */
	bool cache_for_ever;        /* content never changes under this address */
	unsigned status;            /* of a document; 0: 200. 204: there is none */
	const struct listen_to *listen; /* of type "text/event-stream": who asks goes on listening there, see web/listen.h; .bytes is what was missed */
	struct str etag, location;  /* of a document, as they stand in the headers; a GET of who has this tag already is answered 304 */
	bool player, quiz, exam, passkey, push, attendance, live, pad, presence; /* the page loads that script too */
	/* what was asked for is refused, but what .run wrote is kept (the count of wrong passwords): failures are noted with fail() */
	enum err refused;
	/* for the audit trail: what was there before, as JSON; absent: nothing, or not said */
	struct str before;
	/* sessions (feature/account only) */
	struct str set_session;     /* cookie value */
	bool end_session;
	struct str set_sign_in;     /* kept by the browser for a sign-in at a provider, ten minutes; empty: forgotten; absent: as it was */
	enum lang set_lang;         /* with set_lang_now */
	bool set_lang_now;
};

struct action {
	const char *name;           /* "enrolment.add" */
	enum method method;
	const char *page;           /* "/courses/{course_id}/enrolments", or NULL */
	const char *api;            /* "/api/v1/courses/{course_id}/enrolments", or NULL; of a protocol with manners: below its prefix */
	const struct manners *manners; /* NULL: our own API */
	enum permission may;
	enum scope scope;
	const struct field *in;     /* ended by FIELD_END; path values and query or body together; NULL: none */
	size_t in_size;
	const struct field *out;    /* fields of answer.rows */
	bool out_list;              /* {"items":[…],"next":…} instead of one object */
	/* slow work before the transaction (password hashing, PDF layout): reads only, on a read connection,
	 * inside a read transaction; *state is handed to run. May be NULL. */
	enum err (*prepare)(struct ctx *cx, const void *in, void **ret_state);
	/* of a changing action, after .prepare and before the transaction of .run, inside none: asks other servers and puts what they say into
	 * *state. No statements. May be NULL. */
	enum err (*outside)(struct ctx *cx, const void *in, void *state);
	enum err (*run)(struct ctx *cx, const void *in, void *state, struct answer *a);
	html_view_fn *html;         /* NAME_view of a template; NULL: no page of its own */
	const char *form;           /* name of the GET action whose page shows the form again when the input of this POST was refused;
	                             * it is run with the same path values and finds the refused input in the form (form_old, form_error). */
	const char *then;           /* "/courses/{course_id}"; needs fields of these names in .in */
	const char *notice;         /* N_() sentence shown once at the top of the page one goes to */
	const char *summary;        /* a sentence for openapi.json and --help; English */
	size_t max_body;            /* bytes; 0 = 64 KiB */
	const char *whole;          /* F_JSON field that takes the whole body; the other fields come from path and query */
	bool bare;                  /* the template writes the whole document (no layout) */
	bool quiet;                 /* not in the audit trail: high-volume streams with their own record (progress) */
	bool in_person;             /* only for somebody who is signed in himself: no token does it */
	bool own;                   /* only for the person himself: nobody who acts for him; .in_person means this, too */
	bool while_acting;          /* even so for who acts for somebody: it is about the acting or the session */
	bool before_factor;         /* also for an administrator who has yet to set up the second factor */
	bool only_reads;            /* a POST that forms of other sites send too (the answers of SAML): it changes nothing and runs as a GET does, in a
	                             * read-only transaction and without the check for forgery */
	bool unlisted;              /* its address is a secret that was handed on: search engines are told to leave it out, also when it refuses, and what a
	                             * POST of it shows sends no address along (a GET does within the site, or its form would seem to come from elsewhere) */
	bool costly;                /* .prepare takes much memory and time by design (a password): as many at once as there are cores, others wait by
	                             * themselves, so that no page waits for them */
	bool upload;                /* takes multipart/form-data: file in a temporary file, path in the F_TEXT field `file` */
};

/* Features export `const struct action enrolment_actions[]`, ended by name NULL; app/features.c lists them. */
#define ACTION_END { .name = NULL }

/* Typed conveniences for run functions. */
#define ANSWER_ROW(a, row) ((a)->rows = (row), (a)->n_rows = 1, (a)->row_size = sizeof *(row))
#define ANSWER_ROWS(a, list, n) ((a)->rows = (list), (a)->n_rows = (n), (a)->row_size = sizeof *(list))
/* Translated title. */
#define ANSWER_TITLE(cx, a, english) ((a)->title = str_of(tr((cx)->lang, (english))))

/* The table of the process: checked at start (permission named, path fields in .in, names and addresses unique, form exists). */
struct action_table;
struct action_table *action_table_new(const struct action *const *features, struct str *ret_fault);
void action_table_free(struct action_table *t);
size_t action_count(const struct action_table *t);
const struct action *action_at(const struct action_table *t, size_t i);
const struct action *action_named(const struct action_table *t, const char *name);
/* The few whose address can be this path: as many parts, and the same first word (of an API the word after its version). Numbers in the table, ascending. */
const uint16_t *action_near(const struct action_table *t, bool api, struct str path, size_t *ret_n);
/* The manners of the protocol to which a path belongs; NULL: our own. */
const struct manners *action_manners(const struct action_table *t, struct str path);

/* Fills the {places} of a pattern from the fields of an input struct: "/courses/{course_id}". */
struct str action_address(struct ctx *cx, const char *pattern, const struct field *fields, const void *in);
#endif
