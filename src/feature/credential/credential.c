/* Issuing and checking certificates; see credential.h. */
#include "feature/credential/credential.h"
#include "base/clock.h"
#include "base/fact.h"
#include "base/json.h"
#include "feature/notice/notice.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DOCUMENT_MAX = 4096 };

struct str credential_serial(struct ctx *cx)
{
	static const char digits[] = "0123456789ABCDEFGHJKMNPQRSTVWXYZ";
	unsigned char r[12];
	char s[15];
	size_t n = 0;
	random_bytes(r, sizeof r);
	for (size_t i = 0; i < sizeof r; i++) {
		if (i && i % 4 == 0)
			s[n++] = '-';
		s[n++] = digits[r[i] & 31];
	}
	return str_dup(cx->arena, (struct str){ s, n });
}

static void member(struct json_out *j, const char *key, struct str v)
{
	jw_key(j, key);
	jw_str(j, v);
}

static struct str document_of(struct ctx *cx, struct str serial, const struct credential_facts_row *f, int64_t completed_at)
{
	struct buf b;
	buf_init(&b, cx->arena, DOCUMENT_MAX);
	struct json_out j = { .b = &b };
	jw_open(&j, '{');
	member(&j, "kind", S("karmayogi-certificate"));
	member(&j, "serial", serial);
	member(&j, "name", f->name);
	member(&j, "course", f->title);
	member(&j, "course_code", f->code);
	member(&j, "provider", f->provider);
	jw_key(&j, "minutes");
	jw_int(&j, (f->ms + MINUTE - 1) / MINUTE);
	member(&j, "completed", clock_rfc3339(cx->arena, completed_at));
	member(&j, "issued", clock_rfc3339(cx->arena, cx->now));
	member(&j, "issuer", cx->app->base_url);
	member(&j, "key", str_hex(cx->arena, cx->app->sign_pk, sizeof cx->app->sign_pk));
	jw_close(&j, '}');
	return buf_get(&b);
}

struct str credential_sign(struct ctx *cx, struct str document)
{
	unsigned char signature[crypto_sign_BYTES];
	crypto_sign_detached(signature, NULL, (const unsigned char *)document.p, document.n, cx->app->sign_sk);
	return str_hex(cx->arena, signature, sizeof signature);
}

static enum err issue(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t completed_at, int64_t replaces_id, struct str reason, int64_t *ret_id)
{
	struct credential_facts_row f;
	TRY(credential_sql_facts(cx, course_id, person_id, &f));
	struct str serial = credential_serial(cx), document = document_of(cx, serial, &f, completed_at);
	int64_t id = new_id(cx);
	TRY(credential_sql_add(cx, id, serial, person_id, course_id, f.name, f.title, cx->now, completed_at, document, credential_sign(cx, document), replaces_id, reason, NULL));
	*ret_id = id;
	const struct msg_arg more[] = { { "course_id", fact_id(cx, course_id) }, { "credential_id", fact_id(cx, id) }, { "serial", serial },
					{ "replaces_id", fact_id(cx, replaces_id) } };
	TRY(fact_tell(cx, &(struct fact){ FACT_credential_issued, person_id, NONE, NONE, more, sizeof more / sizeof *more }));
	const struct msg_arg arg = { "course", f.title };
	struct notice n = { .kind = NOTICE_certificate, .person_id = person_id, .fact = str_fmt(cx->arena, "certificate:%lld", (long long)id),
			    .text = N_("You have completed “{course}”. Your certificate is ready."), .args = &arg, .n_args = 1, .path = S("/me/learning") };
	return notice_tell(cx, &n);
}

enum err credential_issue(struct ctx *cx, int64_t person_id, int64_t course_id, int64_t completed_at)
{
	struct credential_of_course_row old;
	bool found = false;
	int64_t id;
	TRY(credential_sql_of_course(cx, person_id, course_id, &old, &found));
	return found ? OK : issue(cx, person_id, course_id, completed_at, NONE, STR_NONE, &id);
}

enum err credential_reissue(struct ctx *cx, int64_t credential_id, struct str reason, int64_t *ret_id)
{
	struct credential_one_row old;
	struct credential_facts_row now;
	bool found = false;
	int64_t id;
	TRY(credential_sql_one(cx, credential_id, &old, &found));
	if (!found)
		return fail(cx, ERR_NOT_FOUND, "", N_("There is no such certificate."));
	if (old.replaced_by_id != NONE)
		return fail(cx, ERR_CONFLICT, "", N_("This certificate was replaced before; issue the newest one again."));
	TRY(credential_sql_facts(cx, old.course_id, old.person_id, &now));
	if (str_eq(now.name, old.name))
		return fail(cx, ERR_CONFLICT, "", N_("The name on the certificate is the person's name already."));
	TRY(issue(cx, old.person_id, old.course_id, old.completed_at, credential_id, reason, &id));
	TRY(credential_sql_replace(cx, id, credential_id, NULL));
	*ret_id = id;
	return OK;
}

bool credential_signature_good(struct str document, struct str signature_hex, const unsigned char public_key[32])
{
	unsigned char s[crypto_sign_BYTES];
	size_t n = 0;
	if (sodium_hex2bin(s, sizeof s, signature_hex.p, signature_hex.n, NULL, &n, NULL) != 0 || n != sizeof s)
		return false;
	return crypto_sign_verify_detached(s, (const unsigned char *)document.p, document.n, public_key) == 0;
}

/* ── keys ── */

static bool read_key(const char *path, unsigned char *sk, size_t n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t got = read(fd, sk, n);
	close(fd);
	return got == (ssize_t)n;
}

static bool write_key(const char *path, const unsigned char *sk, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool good = write(fd, sk, n) == (ssize_t)n && fsync(fd) == 0;
	close(fd);
	return good;
}

enum err credential_keys(struct ctx *cx, struct app *app, struct str *ret_message)
{
	const char *folder = str_fmt(cx->arena, "%.*s/keys", STR_ARG(app->data_dir)).p;
	const char *path = str_fmt(cx->arena, "%s/certificates.key", folder).p;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		*ret_message = str_fmt(cx->arena, "The folder %s cannot be made: %s.", folder, strerror(errno));
		return ERR_UNAVAILABLE;
	}
	if (access(path, F_OK) != 0) {
		crypto_sign_keypair(app->sign_pk, app->sign_sk);
		if (!write_key(path, app->sign_sk, sizeof app->sign_sk)) {
			*ret_message = str_fmt(cx->arena, "The signing key cannot be written to %s: %s.", path, strerror(errno));
			return ERR_UNAVAILABLE;
		}
		return OK;
	}
	if (!read_key(path, app->sign_sk, sizeof app->sign_sk)) {
		*ret_message = str_fmt(cx->arena, "The signing key %s cannot be read. Certificates cannot be issued without it; bring it back from the backup.", path);
		return ERR_UNAVAILABLE;
	}
	crypto_sign_ed25519_sk_to_pk(app->sign_pk, app->sign_sk);
	return OK;
}

enum err credential_merge(struct ctx *cx, int64_t kept_id, int64_t closed_id)
{
	TRY(credential_sql_move(cx, kept_id, closed_id, NULL));
	return credential_sql_one_in_force(cx, kept_id, NULL);
}
