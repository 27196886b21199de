/* Sealed texts and keyed hashes; see secret.h. */
#include "feature/secret/secret.h"

#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <sys/stat.h>
#include <unistd.h>

enum { NONCE = crypto_aead_xchacha20poly1305_ietf_NPUBBYTES, TAG = crypto_aead_xchacha20poly1305_ietf_ABYTES };

static bool read_key(const char *path, unsigned char *key, size_t n)
{
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return false;
	ssize_t got = read(fd, key, n);
	close(fd);
	return got == (ssize_t)n;
}

/* Never over a key that another process has made meanwhile. */
static bool write_key(const char *path, const unsigned char *key, size_t n)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return false;
	bool good = write(fd, key, n) == (ssize_t)n && fsync(fd) == 0;
	return close(fd) == 0 && good;
}

enum err secret_keep(struct ctx *cx, const struct app *app, const char *name, unsigned char *key, size_t n, const char *lost, struct str *ret_message)
{
	const char *folder = str_fmt(cx->arena, "%.*s/keys", STR_ARG(app->data_dir)).p;
	const char *path = str_fmt(cx->arena, "%s/%s", folder, name).p;
	if (mkdir(folder, 0700) != 0 && errno != EEXIST) {
		*ret_message = str_fmt(cx->arena, "The folder %s cannot be made: %s.", folder, strerror(errno));
		return ERR_UNAVAILABLE;
	}
	if (access(path, F_OK) != 0) {
		if (write_key(path, key, n))
			return OK;
		if (errno != EEXIST) {
			*ret_message = str_fmt(cx->arena, "The key %s cannot be written: %s.", path, strerror(errno));
			return ERR_UNAVAILABLE;
		}
	}
	if (read_key(path, key, n))
		return OK;
	*ret_message = str_fmt(cx->arena, "The key %s cannot be read. %s Bring it back from the backup.", path, lost);
	return ERR_UNAVAILABLE;
}

enum err secret_keys(struct ctx *cx, struct app *app, struct str *ret_message)
{
	random_bytes(app->secret_key, sizeof app->secret_key);
	return secret_keep(cx, app, "secrets.key", app->secret_key, sizeof app->secret_key, "Without it nobody's second factor fits.", ret_message);
}

struct str secret_seal(struct ctx *cx, struct str purpose, struct str plain)
{
	unsigned char *out = arena_alloc(cx->arena, NONCE + plain.n + TAG);
	random_bytes(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL, (const unsigned char *)plain.p, plain.n, (const unsigned char *)purpose.p, purpose.n,
						   NULL, out, cx->app->secret_key);
	return str_hex(cx->arena, out, NONCE + plain.n + TAG);
}

bool secret_open(struct ctx *cx, struct str purpose, struct str sealed, struct str *ret_plain)
{
	unsigned char *in = arena_alloc(cx->arena, sealed.n / 2 + 1);
	size_t n = 0;
	if (sealed.n % 2 || sodium_hex2bin(in, sealed.n / 2, sealed.p, sealed.n, NULL, &n, NULL) != 0 || n < NONCE + TAG)
		return false;
	char *plain = arena_alloc(cx->arena, n - NONCE - TAG + 1);
	if (crypto_aead_xchacha20poly1305_ietf_decrypt((unsigned char *)plain, NULL, NULL, in + NONCE, n - NONCE, (const unsigned char *)purpose.p, purpose.n,
						       in, cx->app->secret_key) != 0)
		return false;
	*ret_plain = (struct str){ plain, n - NONCE - TAG };
	return true;
}

struct str secret_hash(struct ctx *cx, const char *purpose, struct str text)
{
	unsigned char h[SECRET_HASH / 2];
	crypto_generichash_state s;
	crypto_generichash_init(&s, cx->app->secret_key, sizeof cx->app->secret_key, sizeof h);
	crypto_generichash_update(&s, (const unsigned char *)purpose, strlen(purpose) + 1);
	crypto_generichash_update(&s, (const unsigned char *)text.p, text.n);
	crypto_generichash_final(&s, h, sizeof h);
	return str_hex(cx->arena, h, sizeof h);
}

bool secret_same(struct str a, struct str b)
{
	return a.n == b.n && a.n && sodium_memcmp(a.p, b.p, a.n) == 0;
}
