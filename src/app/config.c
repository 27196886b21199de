/* Settings; see config.h. */
#include "app/config.h"

#include <stdio.h>
#include <stdlib.h>

const struct setting settings[] = {
	{ "data", S_TEXT, offsetof(struct config, data), "data", 0, 0, false, "Folder of the database, the media files and the keys." },
	{ "database", S_TEXT, offsetof(struct config, database), "", 0, 0, true,
	  "sqlite:PATH or postgresql://USER@HOST/NAME. Without it: the SQLite file karmayogi.db in the data folder." },
	{ "listen", S_TEXT, offsetof(struct config, listen), "127.0.0.1", 0, 0, false,
	  "IPv4 address to listen on. TLS is spoken by a proxy in front, or by the server itself: see tls_certificate." },
	{ "port", S_INT, offsetof(struct config, port), "8080", 0, 65535, false, "Port to listen on; 0 takes any free one." },
	{ "tls_certificate", S_TEXT, offsetof(struct config, tls_certificate), "", 0, 0, false,
	  "PEM file with the certificate and its chain, for a machine without a proxy; with tls_key. Read anew at SIGHUP." },
	{ "tls_key", S_TEXT, offsetof(struct config, tls_key), "", 0, 0, false, "PEM file with the key of the certificate; only the user of the server should read it." },
	{ "workers", S_INT, offsetof(struct config, workers), "32", 1, 512, false, "Requests that are worked on at a time; each has its own connection." },
	{ "queue", S_INT, offsetof(struct config, queue), "1000", 1, 100000, false, "Requests that may wait for a worker; beyond that the answer is 503 at once." },
	{ "time_limit_ms", S_INT, offsetof(struct config, time_limit_ms), "5000", 10, 600000, false, "After this time the statements of a request are broken off." },
	{ "api_rate", S_INT, offsetof(struct config, api_rate), "600", 0, 1000000, false,
	  "Requests to the API that one token, person or unknown address may send in a minute; 0: any number." },
	{ "metrics_token", S_TEXT, offsetof(struct config, metrics_token), "", 0, 0, true,
	  "Who asks for /metrics with it as Bearer token may see them. Without it: only who asks on this machine itself, not through a proxy." },
	{ "job_workers", S_INT, offsetof(struct config, job_workers), "2", 0, 16, false,
	  "Threads of `serve` that do background work; 0 leaves it to `karmayogi work`." },
	{ "node", S_INT, offsetof(struct config, node), "0", 0, 255, false, "Number of this process among those that share a database; part of every id." },
	{ "base_url", S_TEXT, offsetof(struct config, base_url), "", 0, 0, false, "Public address without a final slash; stands on certificates. Without it: http://LISTEN:PORT, or https with tls_certificate." },
	{ "smtp_url", S_TEXT, offsetof(struct config, smtp_url), "", 0, 0, false,
	  "Mail server: smtp://HOST:PORT (STARTTLS where it is offered) or smtps://HOST:PORT. Without it letters become files in the folder mail of the data folder." },
	{ "smtp_user", S_TEXT, offsetof(struct config, smtp_user), "", 0, 0, false,
	  "Name at the mail server; with it TLS is insisted on, unless the server is on this machine. Without it: no sign-in there." },
	{ "smtp_password", S_TEXT, offsetof(struct config, smtp_password), "", 0, 0, true, "Password at the mail server." },
	{ "smtp_timeout", S_INT, offsetof(struct config, smtp_timeout), "60", 1, 600, false, "Seconds after which a mail server or gateway that says nothing is left alone for now." },
	{ "mail_from", S_TEXT, offsetof(struct config, mail_from), "Karmayogi <no-reply@localhost>", 0, 0, false, "Sender of all letters: NAME <ADDRESS>." },
	{ "sms_url", S_TEXT, offsetof(struct config, sms_url), "", 0, 0, true,
	  "Gateway of short messages: an HTTP address with {to} (number as +91…) and {text}, fetched once a message. Without it they become files, as letters do." },
	{ "private_networks", S_TEXT, offsetof(struct config, private_networks), "", 0, 0, false,
	  "Networks that are not of the public internet and to which webhooks may lead all the same, as ADDRESS/BITS with commas between: 10.1.0.0/16." },
	{ "second_factor", S_TEXT, offsetof(struct config, second_factor), "required", 0, 0, false,
	  "`required`: administrators set up a code generator before anything else. `offered`: whoever wants one may; for demonstrations." },
	{ "marking_apart", S_INT, offsetof(struct config, marking_apart), "20", 1, 100, false,
	  "Two markers of a long answer who are further apart than so many per cent of its points are followed by a third, who decides." },
	{ "appeal_days", S_INT, offsetof(struct config, appeal_days), "30", 1, 365, false, "Days after the result of an examination in which its taker may appeal." },
	{ "listeners", S_INT, offsetof(struct config, listeners), "20000", 0, 200000, false,
	  "Browsers that listen to live events at a time, a line each; those beyond ask again every few seconds. Each is an open file." },
	{ "live_days", S_INT, offsetof(struct config, live_days), "90", 1, 3650, false, "Days after which the chat of a live event is deleted." },
	{ "stream_listen", S_TEXT, offsetof(struct config, stream_listen), "", 0, 0, false,
	  "IPv4 address on which encoders of live streams are waited for: 0.0.0.0 for all of this machine. Without it there are no live streams here. One process of an installation has it." },
	{ "stream_host", S_TEXT, offsetof(struct config, stream_host), "", 0, 0, false,
	  "Name under which encoders reach that address. Without it: that of base_url." },
	{ "rtmp_port", S_INT, offsetof(struct config, rtmp_port), "1935", 0, 65535, false,
	  "Port for encoders that send by RTMP; 0: none. RTMP is not encrypted: where that matters, send by SRT." },
	{ "srt_ports", S_TEXT, offsetof(struct config, srt_ports), "9000-9015", 0, 0, false, "UDP ports for encoders that send by SRT, FIRST-LAST; each stream has one." },
	{ "stream_most", S_INT, offsetof(struct config, stream_most), "8", 1, 64, false, "Live streams that may be open at a time." },
	{ "stream_encode", S_BOOL, offsetof(struct config, stream_encode), "false", 0, 0, false,
	  "Whether all streams are encoded anew, at 720p and 2 Mbit/s, from any form of picture and sound: about one core each. Otherwise encoders must send H.264 and AAC." },
	{ "stream_thin", S_BOOL, offsetof(struct config, stream_thin), "true", 0, 0, false,
	  "Whether each stream is shown at 240p and 300 kbit/s besides, for thin lines: about a tenth of a core each." },
	{ "stream_url", S_TEXT, offsetof(struct config, stream_url), "", 0, 0, false,
	  "Address without a final slash of a CDN that fetches /hls/ from here: https://cdn.example.in. Without it viewers get streams from this server." },
	{ "ffmpeg", S_TEXT, offsetof(struct config, ffmpeg), "ffmpeg", 0, 0, false, "The program ffmpeg, for live streams: a path, or a name that is looked for in PATH." },
	{ "log", S_BOOL, offsetof(struct config, log), "true", 0, 0, false, "Whether each request is logged, one line on standard error." },
	{ "log_file", S_TEXT, offsetof(struct config, log_file), "", 0, 0, false,
	  "File to which `serve` and `work` append what they would say on standard error; opened anew at SIGHUP, after a rotation." },
	{ NULL, S_TEXT, 0, NULL, 0, 0, false, NULL },
};

static const struct setting *setting_named(struct str key)
{
	for (const struct setting *s = settings; s->key; s++)
		if (str_is(key, s->key))
			return s;
	return NULL;
}

static enum err put(struct ctx *cx, struct config *c, struct str key, struct str value, const char *from, struct str *ret_message)
{
	const struct setting *s = setting_named(key);
	if (!s) {
		*ret_message = str_fmt(cx->arena, "%s: there is no setting '%.*s'. `karmayogi config` lists them.", from, STR_ARG(key));
		return ERR_INVALID;
	}
	void *at = (char *)c + s->offset;
	int64_t n;
	if (s->kind == S_TEXT) {
		*(struct str *)at = str_dup(cx->arena, value);
	} else if (s->kind == S_BOOL) {
		if (!str_is(value, "true") && !str_is(value, "false")) {
			*ret_message = str_fmt(cx->arena, "%s: '%s' must be true or false.", from, s->key);
			return ERR_INVALID;
		}
		*(bool *)at = str_is(value, "true");
	} else if (!str_int(value, &n) || n < s->min || n > s->max) {
		*ret_message = str_fmt(cx->arena, "%s: '%s' must be a whole number from %lld to %lld.", from, s->key, (long long)s->min, (long long)s->max);
		return ERR_INVALID;
	} else {
		*(int64_t *)at = n;
	}
	return OK;
}

static struct str file_text(struct ctx *cx, const char *path)
{
	FILE *f = fopen(path, "rb");
	if (!f)
		return STR_NONE;
	struct buf b;
	char piece[4096];
	size_t n;
	buf_init(&b, cx->arena, 1 << 16);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, piece, n);
	fclose(f);
	return buf_get(&b);
}

static enum err read_file(struct ctx *cx, struct config *c, struct str *ret_message)
{
	const char *path = str_fmt(cx->arena, "%.*s/karmayogi.conf", STR_ARG(c->data)).p;
	struct str rest = file_text(cx, path), line;
	for (int number = 1; str_cut(&rest, '\n', &line); number++) {
		line = str_trim(line);
		if (!line.n || line.p[0] == '#')
			continue;
		ptrdiff_t eq = str_index(line, '=');
		const char *from = str_fmt(cx->arena, "%s:%d", path, number).p;
		if (eq < 0) {
			*ret_message = str_fmt(cx->arena, "%s: a line must be 'key = value'.", from);
			return ERR_INVALID;
		}
		TRY(put(cx, c, str_trim(str_sub(line, 0, (size_t)eq)), str_trim(str_sub(line, (size_t)eq + 1, line.n)), from, ret_message));
	}
	return OK;
}

static const char *from_environment(struct ctx *cx, const char *key)
{
	struct buf name;
	buf_init(&name, cx->arena, 100);
	buf_lit(&name, "KARMAYOGI_");
	for (const char *p = key; *p; p++)
		buf_char(&name, *p >= 'a' && *p <= 'z' ? (char)(*p - 'a' + 'A') : *p);
	return getenv(buf_get(&name).p);
}

/* Takes "--key value" and "--key=value" out of argv. */
static enum err read_arguments(struct ctx *cx, int *argc, char **argv, struct config *c, struct str *ret_message)
{
	int kept = 0;
	for (int i = 0; i < *argc; i++) {
		struct str arg = str_of(argv[i]);
		ptrdiff_t eq = str_index(arg, '=');
		struct str key = str_starts(arg, S("--")) ? str_sub(arg, 2, eq < 0 ? arg.n : (size_t)eq) : STR_NONE;
		char *dashes = key.n ? (char *)(uintptr_t)str_c(cx->arena, key) : NULL;
		for (char *p = dashes; p && *p; p++)
			if (*p == '-')
				*p = '_';
		if (!key.n || !setting_named(str_of(dashes))) {
			argv[kept++] = argv[i];
			continue;
		}
		if (eq < 0 && i + 1 == *argc) {
			*ret_message = str_fmt(cx->arena, "--%.*s needs a value.", STR_ARG(key));
			return ERR_INVALID;
		}
		TRY(put(cx, c, str_of(dashes), eq < 0 ? str_of(argv[++i]) : str_sub(arg, (size_t)eq + 1, arg.n), "command line", ret_message));
	}
	*argc = kept;
	return OK;
}

enum err config_read(struct ctx *cx, int *argc, char **argv, struct config *ret, struct str *ret_message)
{
	struct config c = { 0 }, given = { 0 };
	for (const struct setting *s = settings; s->key; s++)
		TRY(put(cx, &c, str_of(s->key), str_of(s->otherwise), "default", ret_message));
	const char *data = from_environment(cx, "data");
	if (data)
		c.data = str_of(data);
	/* The folder may come from the command line, and the file lies in the folder: so the arguments are read twice. */
	int n = *argc;
	char **copy = ARENA_ARRAY(cx->arena, char *, (size_t)n + 1);
	memcpy(copy, argv, (size_t)n * sizeof *copy);
	given = c;
	TRY(read_arguments(cx, &n, copy, &given, ret_message));
	c.data = given.data;
	TRY(read_file(cx, &c, ret_message));
	for (const struct setting *s = settings; s->key; s++) {
		const char *v = from_environment(cx, s->key);
		if (v)
			TRY(put(cx, &c, str_of(s->key), str_of(v), "environment", ret_message));
	}
	TRY(read_arguments(cx, argc, argv, &c, ret_message));
	if (!c.database.n)
		c.database = str_fmt(cx->arena, "sqlite:%.*s/karmayogi.db", STR_ARG(c.data));
	if (!c.base_url.n)
		c.base_url = str_fmt(cx->arena, "%s://%.*s:%lld", c.tls_certificate.n ? "https" : "http", STR_ARG(c.listen), (long long)c.port);
	*ret = c;
	return OK;
}

void config_doc(struct buf *b)
{
	buf_lit(b, "# Settings\n\nIn `DATA/karmayogi.conf` as `key = value`, in the environment as `KARMAYOGI_KEY`, on the command line as `--key value`;\n"
		   "the later stands before the earlier. An unknown key is refused. Made by `karmayogi config`.\n\n| key | otherwise | what it is |\n|---|---|---|\n");
	for (const struct setting *s = settings; s->key; s++)
		buf_fmt(b, "| `%s` | %s%s%s | %s |\n", s->key, s->otherwise[0] ? "`" : "", s->otherwise, s->otherwise[0] ? "`" : "", s->sentence);
}
