/* Settings: one table of keys; file `key = value`, then environment KARMAYOGI_KEY, then the command line. */
#ifndef APP_CONFIG_H
#define APP_CONFIG_H
#include "base/ctx.h"

struct config {
	struct str data;         /* folder of the database, media and keys */
	struct str database;     /* sqlite:PATH or postgresql://… */
	struct str listen;
	int64_t port;
	struct str tls_certificate, tls_key;
	int64_t workers;
	int64_t queue;
	int64_t time_limit_ms;
	int64_t api_rate;
	struct str metrics_token;
	int64_t job_workers;
	int64_t node;
	struct str base_url;
	struct str smtp_url, smtp_user, smtp_password, mail_from, sms_url, private_networks;
	int64_t smtp_timeout;
	struct str stream_listen, stream_host, stream_url, srt_ports, ffmpeg;
	int64_t rtmp_port, stream_most;
	bool stream_encode, stream_thin;
	int64_t marking_apart, appeal_days;
	int64_t listeners, live_days;
	struct str second_factor;
	bool log;
	struct str log_file;
};
struct setting {
	const char *key;
	enum { S_TEXT, S_INT, S_BOOL } kind;
	size_t offset;
	const char *otherwise;   /* default, as text */
	int64_t min, max;
	bool secret;
	const char *sentence;
};
extern const struct setting settings[]; /* ended by key NULL */

/* Defaults, then DATA/karmayogi.conf (if there), then the environment, then argv ("--key value" or "--key=value").
 * An unknown key or a bad value is refused with a sentence in *ret_message. What is no option stays in argv, counted by *argc. */
_must_check_ enum err config_read(struct ctx *cx, int *argc, char **argv, struct config *ret, struct str *ret_message);
/* The table as Markdown, for doc/config.md. */
void config_doc(struct buf *b);
#endif
