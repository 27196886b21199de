/* karmayogi: from the command line to a command. */
#include "app/command.h"
#include "app/features.h"
#include "base/clock.h"
#include "feature/credential/credential.h"
#include "feature/mail/mail_message.h"
#include "feature/push/push.h"
#include "feature/secret/secret.h"
#include "feature/sso/saml_xml.h"
#include "text/markdown.h"
#include "web/lang.h"
#include "web/outbound.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <errno.h>
#include <signal.h>
#include <sodium.h>
#include <sys/stat.h>

static int help(void)
{
	printf("karmayogi: learning, assessment and competencies for the civil services.\n\nUsage: karmayogi COMMAND [settings]\n\n");
	for (const struct command *k = commands; k->name; k++)
		printf("  %-16s %s\n", k->name, k->sentence);
	printf("\nkarmayogi COMMAND --help says more. Settings (for all commands) are listed by `karmayogi config`.\n");
	return 0;
}

static int help_on(const struct command *k)
{
	printf("Usage: karmayogi %s %s\n\n%s\n\nSettings that every command takes, as --key value:\n", k->name, k->usage, k->sentence);
	for (const struct setting *s = settings; s->key; s++)
		printf("  --%-14s %s\n", s->key, s->sentence);
	return 0;
}

/* A name may have two words: "import course". */
static const struct command *find(int *argc, char ***argv)
{
	for (const struct command *k = commands; k->name; k++) {
		struct str rest = str_of(k->name), word;
		int n = 0;
		bool fits = true;
		while (str_cut(&rest, ' ', &word)) {
			fits = fits && n < *argc && str_is(word, (*argv)[n]);
			n++;
		}
		if (fits) {
			*argc -= n;
			*argv += n;
			return k;
		}
	}
	return NULL;
}

/* "9000-9015" */
static bool ports_of(struct str v, int64_t *first, int64_t *last)
{
	struct str a = str_before(v, '-');
	return str_int(a, first) && a.n < v.n && str_int(str_sub(v, a.n + 1, v.n), last) && *first > 0 && *first <= *last && *last < 65536;
}

static bool stream_settings(struct command_line *c, struct str *ret_message)
{
	const struct config *g = &c->config;
	struct app *a = c->cx->app;
	a->stream_listen = g->stream_listen;
	a->stream_host = g->stream_host;
	a->stream_url = g->stream_url;
	a->stream_encode = g->stream_encode;
	a->stream_thin = g->stream_thin;
	a->stream_most = g->stream_most;
	a->rtmp_port = g->rtmp_port;
	a->ffmpeg = g->ffmpeg;
	struct in_addr at;
	/* It becomes part of a header (Content-Security-Policy), where these part. */
	bool url = !a->stream_url.n || (str_starts(a->stream_url, S("http")) && str_find(a->stream_url, S("://")) > 0 && !strpbrk(str_c(c->cx->arena, a->stream_url), " ;,'\""));
	if (a->stream_listen.n && inet_pton(AF_INET, str_c(c->cx->arena, a->stream_listen), &at) != 1)
		*ret_message = S("The setting stream_listen must be an IPv4 address of this machine, or 0.0.0.0.");
	else if (!url)
		*ret_message = S("The setting stream_url must be an address without a final slash: https://cdn.example.in.");
	else if (!ports_of(g->srt_ports, &a->srt_first, &a->srt_last))
		*ret_message = S("The setting srt_ports must be the first and the last port: 9000-9015.");
	else
		return true;
	return false;
}

/* What the floors and features read of the settings. */
static enum err settings_taken(struct command_line *c, struct str *ret_message)
{
	const struct config *g = &c->config;
	struct app *a = c->cx->app;
	struct mail_from from;
	a->smtp_url = g->smtp_url;
	a->smtp_user = g->smtp_user;
	a->smtp_password = g->smtp_password;
	a->smtp_timeout = g->smtp_timeout;
	a->marking_apart = g->marking_apart;
	a->appeal_days = g->appeal_days;
	a->live_days = g->live_days;
	a->mail_from = g->mail_from;
	a->sms_url = g->sms_url;
	a->private_networks = g->private_networks;
	a->node = g->node;
	a->tls_certificate = g->tls_certificate;
	a->second_factor_required = str_is(g->second_factor, "required");
	if (!mail_from_parse(c->cx, g->mail_from, &from))
		*ret_message = S("The setting mail_from must be an e-mail address, or NAME <ADDRESS>.");
	else if (!outbound_networks_good(g->private_networks))
		*ret_message = S("The setting private_networks must be networks as ADDRESS/BITS with commas between: 10.1.0.0/16, fd00:1::/32.");
	else if (!a->second_factor_required && !str_is(g->second_factor, "offered"))
		*ret_message = S("The setting second_factor must be required or offered.");
	else if (!stream_settings(c, ret_message))
		return ERR_INVALID;
	else
		return OK;
	return ERR_INVALID;
}

static int with_database(struct command_line *c, const struct command *k)
{
	struct ctx *cx = c->cx;
	struct str message = STR_NONE;
	const char *data = str_c(cx->arena, c->config.data);
	if (mkdir(data, 0750) != 0 && errno != EEXIST)
		return command_fail(c, "The data folder %s cannot be made: %s.", data, strerror(errno));
	if (credential_keys(cx, cx->app, &message) != OK)
		return command_fail(c, "%.*s", STR_ARG(message));
	if (secret_keys(cx, cx->app, &message) != OK || push_keys(cx, cx->app, &message) != OK || settings_taken(c, &message) != OK)
		return command_fail(c, "%.*s", STR_ARG(message));
	if (db_pool_open(cx, c->config.database.p, &c->pool, &message) != OK)
		return command_fail(c, "%.*s", STR_ARG(message));
	int code = 1;
	if (k->needs == NEEDS_SCHEMA && db_migrated(cx, c->pool, migrations, &message) != OK)
		command_fail(c, "%.*s", STR_ARG(message));
	else if (db_connect(c->pool, &cx->db) != OK)
		command_fail(c, "The database cannot be reached.");
	else
		code = k->run(c);
	db_close(cx->db);
	db_pool_close(c->pool);
	return code;
}

static int run(struct command_line *c, const struct command *k)
{
	struct str message = STR_NONE;
	for (int i = 0; i < c->argc; i++)
		if (strcmp(c->argv[i], "--help") == 0)
			return help_on(k);
	if (config_read(c->cx, &c->argc, c->argv, &c->config, &message) != OK)
		return command_fail(c, "%.*s", STR_ARG(message));
	c->cx->app->ids = id_source_new((unsigned)c->config.node);
	c->cx->app->data_dir = c->config.data;
	c->cx->app->base_url = c->config.base_url;
	int code = k->needs == NEEDS_NOTHING ? k->run(c) : with_database(c, k);
	id_source_free(c->cx->app->ids);
	return code;
}

int main(int argc, char **argv)
{
	struct app app = { 0 };
	struct ctx cx = { .arena = arena_new(), .app = &app, .now = clock_now() };
	struct command_line c = { .cx = &cx };
	int code;
	features_join(&app);
	argc--;
	argv++;
	signal(SIGPIPE, SIG_IGN);
	BUG_IF(sodium_init() < 0);
	markdown_start();
	curl_global_init(CURL_GLOBAL_ALL);
	saml_start();
	if (argc == 0 || strcmp(argv[0], "--help") == 0 || strcmp(argv[0], "help") == 0) {
		code = help();
	} else {
		const struct command *k = find(&argc, &argv);
		c.argc = argc;
		c.argv = argv;
		code = k ? run(&c, k) : command_fail(&c, "There is no command '%s'. `karmayogi --help` lists them.", argv[0]);
	}
	arena_free(cx.arena);
	return code;
}
