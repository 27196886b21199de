/* Certificates from files; see tls.h. */
#include "web/tls.h"
#include "base/clock.h"

#include <gnutls/abstract.h>
#include <gnutls/gnutls.h>
#include <gnutls/x509.h>
#include <pthread.h>
#include <stdlib.h>

enum { CHAIN_MAX = 10 };

/* Kept until the end of the process's server: a handshake may still hold one that was replaced. */
struct pair {
	gnutls_pcert_st chain[CHAIN_MAX];
	unsigned n;
	gnutls_privkey_t key;
	struct pair *before;
};
struct tls {
	char *certificate, *key;
	pthread_rwlock_t lock;
	struct pair *now;
};

static void pair_free(struct pair *p)
{
	for (unsigned i = 0; i < p->n; i++)
		gnutls_pcert_deinit(&p->chain[i]);
	gnutls_privkey_deinit(p->key);
	free(p);
}

/* The key belongs to the first certificate. */
static bool fits(struct pair *p)
{
	unsigned char a[64], b[64];
	size_t an = sizeof a, bn = sizeof b;
	gnutls_pubkey_t of_key;
	if (gnutls_pubkey_init(&of_key) != 0)
		return false;
	bool same = gnutls_pubkey_import_privkey(of_key, p->key, 0, 0) == 0 && gnutls_pubkey_get_key_id(of_key, GNUTLS_KEYID_USE_SHA256, a, &an) == 0 &&
		    gnutls_pubkey_get_key_id(p->chain[0].pubkey, GNUTLS_KEYID_USE_SHA256, b, &bn) == 0 && an == bn && memcmp(a, b, an) == 0;
	gnutls_pubkey_deinit(of_key);
	return same;
}

static int read_chain(struct pair *p, const char *path)
{
	gnutls_datum_t pem;
	unsigned n = CHAIN_MAX;
	int e = gnutls_load_file(path, &pem);
	if (e != 0)
		return e;
	e = gnutls_pcert_list_import_x509_raw(p->chain, &n, &pem, GNUTLS_X509_FMT_PEM, 0);
	p->n = e == 0 ? n : 0;
	gnutls_free(pem.data);
	return e == 0 && n == 0 ? GNUTLS_E_NO_CERTIFICATE_FOUND : e;
}

static int read_key(struct pair *p, const char *path)
{
	gnutls_datum_t pem;
	int e = gnutls_load_file(path, &pem);
	if (e != 0)
		return e;
	e = gnutls_privkey_import_x509_raw(p->key, &pem, GNUTLS_X509_FMT_PEM, NULL, 0);
	gnutls_memset(pem.data, 0, pem.size);
	gnutls_free(pem.data);
	return e;
}

static struct pair *pair_read(struct ctx *cx, const struct tls *t, struct str *ret_message)
{
	struct pair *p = calloc(1, sizeof *p);
	BUG_IF(!p || gnutls_privkey_init(&p->key) != 0);
	int e = read_chain(p, t->certificate);
	const char *path = e ? t->certificate : t->key;
	if (!e)
		e = read_key(p, t->key);
	if (e)
		*ret_message = str_fmt(cx->arena, "The file %s cannot be used for TLS: %s.", path, gnutls_strerror(e));
	else if (!fits(p))
		*ret_message = str_fmt(cx->arena, "The key %s does not belong to the certificate %s.", t->key, t->certificate);
	else
		return p;
	pair_free(p);
	return NULL;
}

struct tls *tls_new(struct ctx *cx, struct str certificate, struct str key, struct str *ret_message)
{
	struct tls *t = calloc(1, sizeof *t);
	BUG_IF(!t);
	t->certificate = strdup(str_c(cx->arena, certificate));
	t->key = strdup(str_c(cx->arena, key));
	BUG_IF(!t->certificate || !t->key);
	pthread_rwlock_init(&t->lock, NULL);
	if (tls_reload(cx, t, ret_message) == OK)
		return t;
	tls_free(t);
	return NULL;
}

enum err tls_reload(struct ctx *cx, struct tls *t, struct str *ret_message)
{
	struct pair *p = pair_read(cx, t, ret_message);
	if (!p)
		return ERR_INVALID;
	pthread_rwlock_wrlock(&t->lock);
	p->before = t->now;
	t->now = p;
	pthread_rwlock_unlock(&t->lock);
	return OK;
}

void tls_free(struct tls *t)
{
	if (!t)
		return;
	for (struct pair *p = t->now, *before; p; p = before) {
		before = p->before;
		pair_free(p);
	}
	pthread_rwlock_destroy(&t->lock);
	free(t->certificate);
	free(t->key);
	free(t);
}

/* ── what the handshake asks ── */

static struct tls *serving;

static int choose(gnutls_session_t session, const gnutls_datum_t *issuers, int n_issuers, const gnutls_pk_algorithm_t *algos, int n_algos,
		  gnutls_pcert_st **chain, unsigned *n, gnutls_privkey_t *key)
{
	(void)session;
	(void)issuers;
	(void)n_issuers;
	(void)algos;
	(void)n_algos;
	pthread_rwlock_rdlock(&serving->lock);
	*chain = serving->now->chain;
	*n = serving->now->n;
	*key = serving->now->key;
	pthread_rwlock_unlock(&serving->lock);
	return 0;
}

void *tls_callback(struct tls *t)
{
	gnutls_certificate_retrieve_function2 *f = choose;
	serving = t;
	return (void *)(uintptr_t)f;
}

bool tls_expires(struct ctx *cx, struct str certificate, int64_t *ret)
{
	gnutls_datum_t pem;
	gnutls_x509_crt_t crt;
	if (gnutls_load_file(str_c(cx->arena, certificate), &pem) != 0)
		return false;
	BUG_IF(gnutls_x509_crt_init(&crt) != 0);
	bool good = gnutls_x509_crt_import(crt, &pem, GNUTLS_X509_FMT_PEM) == 0;
	if (good)
		*ret = (int64_t)gnutls_x509_crt_get_expiration_time(crt) * SECOND;
	gnutls_x509_crt_deinit(crt);
	gnutls_free(pem.data);
	return good;
}
