/* The table of commands, and those that only print tables of the program; see command.h. */
#include "app/backup.h"
#include "app/calibrate.h"
#include "app/cat_simulate.h"
#include "app/command.h"
#include "app/demo.h"
#include "app/doctor.h"
#include "app/features.h"
#include "app/match.h"
#include "app/outside.h"
#include "app/plan.h"
#include "app/serve.h"
#include "app/competencies.h"
#include "app/establishment.h"
#include "app/sso.h"
#include "app/token.h"
#include "app/upgrade.h"
#include "app/work.h"

static int print(struct command_line *c, void (*write)(struct buf *))
{
	struct buf b;
	buf_init(&b, c->cx->arena, 16 << 20);
	write(&b);
	struct str s = buf_get(&b);
	return fwrite(s.p, 1, s.n, stdout) == s.n ? 0 : 1;
}

static int run_routes(struct command_line *c)
{
	return print(c, outside_routes);
}

static int run_openapi(struct command_line *c)
{
	return print(c, outside_openapi);
}

static int run_permissions(struct command_line *c)
{
	return print(c, outside_permissions);
}

static int run_schema(struct command_line *c)
{
	return print(c, outside_schema);
}

static int run_config(struct command_line *c)
{
	return print(c, config_doc);
}

const struct command commands[] = {
	{ "serve", "[--port N] [--data DIR] [--database URL]", "Brings the schema up to date and serves until SIGTERM.", NEEDS_DATABASE, serve_run },
	{ "work", "", "Does only background work until SIGTERM, beside processes that serve from the same database.", NEEDS_SCHEMA, work_run },
	{ "upgrade", "[--dry-run] [--accept-findings]", "Brings the data to this program's schema and proves them, in one act that can be undone until its end; the server stands still.",
	  NEEDS_DATABASE, upgrade_run },
	{ "migrate", "", "Brings the schema of the database up to date.", NEEDS_DATABASE, migrate_run },
	{ "demo", "[FOLDER]", "Loads the demonstration data (organisations, people, courses, a year of learning) into an empty database.", NEEDS_SCHEMA, demo_run },
	{ "import course", "FOLDER|ZIP [--dry-run] [--json]", "Imports a course written as a folder of text, whole or not at all.", NEEDS_SCHEMA, import_course_run },
	{ "import people", "FILE --org CODE [--dry-run] [--complete] [--all-or-nothing] [--columns FIELD=N,…]",
	  "Imports a staff list (CSV): checks it, carries it out; --complete: who is not in it has left.", NEEDS_SCHEMA, import_people_run },
	{ "import competencies", "FILE|kcm --org CODE [--code CODE] [--from YYYY-MM-DD] [--dry-run]",
	  "Brings in a framework of competencies (CSV or CASE 1.1), or the Karmayogi Competency Model; --dry-run: only says what changes and whom it concerns.", NEEDS_SCHEMA,
	  import_competencies_run },
	{ "export competencies", "CODE [--case]", "Prints a framework of competencies as CSV, or as a package of CASE 1.1.", NEEDS_SCHEMA, export_competencies_run },
	{ "import establishment", "FILE --org CODE [--dry-run]",
	  "Lays down roles, posts and who holds them from a file (CSV), whole or not at all; names every wrong row.", NEEDS_SCHEMA, import_establishment_run },
	{ "export establishment", "CODE", "Prints the roles, posts and holders of an organisation and below it as such a file.", NEEDS_SCHEMA, export_establishment_run },
	{ "person add", "--name NAME [--email A] [--mobile N] --org CODE --designation CODE [--role ROLE]",
	  "Adds a person with a posting from today and prints a one-time password.", NEEDS_SCHEMA, person_add_run },
	{ "token create", "--person LOGIN --name WHAT-FOR --scope SCOPE [--scope …] [--days N]",
	  "Makes a token by which a program acts for a person, and prints its secret once.", NEEDS_SCHEMA, token_create_run },
	{ "token list", "--person LOGIN", "Prints a person's tokens: id, scopes, until when, last used.", NEEDS_SCHEMA, token_list_run },
	{ "token end", "ID --person LOGIN", "Withdraws a token at once.", NEEDS_SCHEMA, token_end_run },
	{ "sso add", "--org CODE --code CODE --name NAME --issuer URL --client-id ID [--secret-file FILE] --domains A,B [--scopes TEXT] [--mfa-acr TEXT]",
	  "Names a provider (OpenID Connect) through which an organisation's people sign in; its documents are read at once.", NEEDS_SCHEMA, sso_add_run },
	{ "sso add-saml", "--org CODE --code CODE --name NAME --metadata URL|FILE --domains A,B [--mfa-acr TEXT]",
	  "Names a provider (SAML 2.0) through which an organisation's people sign in; its metadata are read at once.", NEEDS_SCHEMA, sso_add_saml_run },
	{ "sso list", "", "Prints the providers in force, and when each was last read.", NEEDS_SCHEMA, sso_list_run },
	{ "sso end", "CODE", "Ends a provider.", NEEDS_SCHEMA, sso_end_run },
	{ "backup", "FILE", "Writes everything the installation is into one file, while it serves.", NEEDS_SCHEMA, backup_run },
	{ "restore", "FILE [--replace]", "Proves a backup and puts it in place: into --data and --database, which may be another back end than before.", NEEDS_NOTHING,
	  restore_run },
	{ "person invite", "--login ADDRESS | --org CODE", "Sends a link to choose a password: to one person, or to all of an organisation who cannot sign in yet.", NEEDS_SCHEMA, person_invite_run },
	{ "person second-factor", "--login ADDRESS --off", "Takes away the second factor of a person who has lost it.", NEEDS_SCHEMA, person_factor_run },
	{ "mail", "[--again]", "Prints how the letters stand and which found no way; --again: tries those once more.", NEEDS_SCHEMA, mail_run },
	{ "verify", "FILE [--key HEX]", "Verifies a certificate (PDF or JSON) offline.", NEEDS_NOTHING, verify_run },
	{ "match", "FILE.json [--fill] [--stable] [--explain]",
	  "Assigns officers to posts so that the sum of the scores is the greatest there is, and proves it; - reads standard input.", NEEDS_NOTHING, match_run },
	{ "calibrate", "--model rasch|2pl|3pl|grm|gpcm RESPONSES.csv [--json] [--prior]",
	  "Estimates how difficult and how telling items are (item response theory) from a table of answers; needs no database.", NEEDS_NOTHING, calibrate_run },
	{ "cat-simulate",
	  "BANK.json [--people N] [--length A-B] [--se X] [--pass THETA] [--select fisher|kl] [--score eap|wle] [--exposure none|randomesque:K|sympson-hetter:R] "
	  "[--blueprint PART=N,…] [--seed N] [--threads N] [--json] [--pictures FOLDER]",
	  "Lets made-up people take an adaptive test out of calibrated items, and says how exact, how long and how fair to its items it would be; needs no database.",
	  NEEDS_NOTHING, cat_simulate_run },
	{ "plan", "--person LOGIN [--hours N [--months N]] [--hindi]",
	  "Prints as JSON what somebody should learn: the gaps of the work, and the courses that close most of them in the fewest hours, each with its reason.", NEEDS_SCHEMA, plan_run },
	{ "routes", "", "Prints every address with its action and permission.", NEEDS_NOTHING, run_routes },
	{ "openapi", "", "Prints the description of the API (OpenAPI 3.1).", NEEDS_NOTHING, run_openapi },
	{ "permissions", "", "Prints which role may do what.", NEEDS_NOTHING, run_permissions },
	{ "schema", "", "Prints which statements read and write which tables.", NEEDS_NOTHING, run_schema },
	{ "doctor", "", "Says whether the installation is well, and what to do where it is not. Exit code: 0 well, 1 to look at, 2 a fault.", NEEDS_DATABASE, doctor_run },
	{ "config", "", "Prints the settings.", NEEDS_NOTHING, run_config },
	{ "check", "", "Verifies every invariant of the data and names what it finds.", NEEDS_SCHEMA, check_run },
	{ "rebuild", "", "Recomputes all derived figures from the facts.", NEEDS_SCHEMA, rebuild_run },
	{ 0 },
};
