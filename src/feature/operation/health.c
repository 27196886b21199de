/* Looking after the installation; see health.h. */
#include "feature/operation/health.h"
#include "base/clock.h"
#include "web/lang.h"
#include "web/tls.h"

#include <errno.h>
#include <fcntl.h>
#include <jansson.h>
#include <stdio.h>
#include <sys/stat.h>
#include <sys/statvfs.h>
#include <unistd.h>

#define GB (INT64_C(1) << 30)
#define MB (INT64_C(1) << 20)
enum { SLOW_WRITE_MS = 200, SLOW_QUESTION_MS = 100, DEAD_QUESTION_MS = 1000 };

struct looking {
	struct ctx *cx;
	struct health *v;
	size_t n;
	struct operation_jobs_row *jobs; /* the question that times the database, answered for the work as well */
	size_t n_jobs;
};

static struct str number(struct ctx *cx, int64_t v)
{
	return str_fmt(cx->arena, "%lld", (long long)v);
}

static struct str gigabytes(struct ctx *cx, int64_t bytes)
{
	return str_fmt(cx->arena, "%.1f GB", (double)bytes / (double)GB);
}

static struct health *add(struct looking *l, const char *what, const char *title)
{
	BUG_IF(l->n == HEALTH_MAX);
	struct health *h = &l->v[l->n++];
	*h = (struct health){ .what = what, .title = str_of(tr(l->cx->lang, title)) };
	return h;
}

static void say(struct looking *l, struct health *h, enum health_level level, const char *sentence, size_t n, const struct msg_arg *args)
{
	h->level = level;
	h->sentence = msg_text(l->cx, sentence, n, args);
}

static void advise(struct looking *l, struct health *h, const char *advice)
{
	h->advice = str_of(tr(l->cx->lang, advice));
}

static int64_t ms_since(int64_t began)
{
	return (clock_monotonic() - began) / 1000000;
}

/* ── the disk ── */

/* -1: it cannot be written. */
static int64_t write_ms(struct ctx *cx)
{
	static const char block[4096];
	const char *path = str_fmt(cx->arena, "%.*s/%s.part", STR_ARG(cx->app->data_dir), random_hex(cx, 6).p).p;
	int64_t began = clock_monotonic();
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	if (fd < 0)
		return -1;
	bool good = write(fd, block, sizeof block) == (ssize_t)sizeof block && fsync(fd) == 0;
	close(fd);
	unlink(path);
	return good ? ms_since(began) : -1;
}

static void look_at_disk(struct looking *l)
{
	struct ctx *cx = l->cx;
	struct health *h = add(l, "disk", N_("Disk"));
	struct statvfs st;
	if (statvfs(cx->app->data_dir.p, &st) != 0) {
		say(l, h, HEALTH_FAULT, N_("The data folder cannot be looked at."), 0, NULL);
		advise(l, h, N_("See that the folder is there and belongs to the user of the server."));
		return;
	}
	int64_t unit = (int64_t)st.f_frsize, free_bytes = (int64_t)st.f_bavail * unit, all = (int64_t)st.f_blocks * unit, ms = write_ms(cx);
	const struct msg_arg args[] = { { "free", gigabytes(cx, free_bytes) }, { "all", gigabytes(cx, all) }, { "ms", number(cx, ms) } };
	if (ms < 0) {
		say(l, h, HEALTH_FAULT, N_("The data folder cannot be written to."), 0, NULL);
		advise(l, h, N_("See that the disk is not full or read-only; until then nothing that people do is kept."));
		return;
	}
	bool low = free_bytes < 200 * MB, little = free_bytes < 2 * GB || free_bytes < all / 10;
	say(l, h, low ? HEALTH_FAULT : little || ms > SLOW_WRITE_MS ? HEALTH_WARNING : HEALTH_OK, N_("{free} of {all} are free; a write takes {ms} ms."), 3, args);
	if (low || little)
		advise(l, h, N_("Make room, or move the data folder to a larger disk."));
	else if (ms > SLOW_WRITE_MS)
		advise(l, h, N_("The disk is slow or busy: every change waits for it. Look what else writes to it."));
}

/* ── the clock and the database ── */

static enum err look_at_clock(struct looking *l)
{
	struct ctx *cx = l->cx;
	struct health *h = add(l, "clock", N_("Clock"));
	struct operation_newest_row newest;
	bool found = false;
	TRY(operation_sql_newest(cx, &newest, &found));
	if (found && newest.at > cx->now + 5 * MINUTE) {
		const struct msg_arg arg = { "n", number(cx, (newest.at - cx->now) / MINUTE) };
		say(l, h, HEALTH_FAULT, N_("The clock stands {n} minutes before the last change that was noted: it was set back."), 1, &arg);
		advise(l, h, N_("Set the clock right (NTP) before people go on."));
		return OK;
	}
	say(l, h, HEALTH_OK, N_("The clock goes forward."), 0, NULL);
	return OK;
}

static enum err look_at_database(struct looking *l)
{
	struct ctx *cx = l->cx;
	int64_t began = clock_monotonic();
	TRY(operation_sql_jobs(cx, &l->jobs, &l->n_jobs));
	int64_t ms = ms_since(began);
	const struct msg_arg arg = { "ms", number(cx, ms) };
	struct health *h = add(l, "database", N_("Database"));
	say(l, h, ms > DEAD_QUESTION_MS ? HEALTH_FAULT : ms > SLOW_QUESTION_MS ? HEALTH_WARNING : HEALTH_OK, N_("It answers in {ms} ms."), 1, &arg);
	if (h->level)
		advise(l, h, N_("Look whether the machine is overloaded or the disk slow."));
	return OK;
}

/* ── background work ── */

static enum err look_at_work(struct looking *l)
{
	struct ctx *cx = l->cx;
	struct operation_late_row late;
	int64_t failed = 0, waiting = 0;
	TRY(operation_sql_late(cx, cx->now - 10 * MINUTE, &late));
	for (size_t i = 0; i < l->n_jobs; i++) {
		failed += str_is(l->jobs[i].state, "failed") ? l->jobs[i].n : 0;
		waiting += str_is(l->jobs[i].state, "queued") ? l->jobs[i].n : 0;
	}
	const struct msg_arg args[] = { { "waiting", number(cx, waiting) }, { "failed", number(cx, failed) }, { "late", number(cx, late.n) } };
	struct health *h = add(l, "work", N_("Background work"));
	say(l, h, late.n ? HEALTH_FAULT : failed ? HEALTH_WARNING : HEALTH_OK, N_("{waiting} wait, {late} of them for more than ten minutes; {failed} failed."), 3, args);
	if (late.n)
		advise(l, h, N_("Nobody does the work: start the server or `karmayogi work`, or raise job_workers."));
	else if (failed)
		advise(l, h, N_("See on the operator's page what failed and why, and try it again."));
	return OK;
}

/* ── letters ── */

static enum err look_at_mail(struct looking *l)
{
	struct ctx *cx = l->cx;
	struct operation_letters_row r;
	TRY(operation_sql_letters(cx, cx->now - 10 * MINUTE, cx->now - 7 * DAY, &r));
	struct health *h = add(l, "mail", N_("Letters"));
	const struct msg_arg args[] = { { "waiting", number(cx, r.waiting) }, { "refused", number(cx, r.refused) } };
	bool trouble = r.waiting || r.refused;
	if (!cx->app->smtp_url.n) {
		say(l, h, HEALTH_WARNING, N_("No mail server is named: letters become files in the data folder, and nobody receives them."), 0, NULL);
		advise(l, h, N_("Name one with the setting smtp_url."));
		return OK;
	}
	say(l, h, trouble ? HEALTH_WARNING : HEALTH_OK, N_("{waiting} wait for more than ten minutes; {refused} were refused within a week."), 2, args);
	if (trouble)
		advise(l, h, N_("`karmayogi mail` says what the mail server answered; `karmayogi mail --again` tries those once more."));
	return OK;
}

/* ── TLS ── */

static void look_at_tls(struct looking *l)
{
	struct ctx *cx = l->cx;
	int64_t until;
	if (!cx->app->tls_certificate.n)
		return;
	struct health *h = add(l, "tls", N_("Certificate of TLS"));
	if (!tls_expires(cx, cx->app->tls_certificate, &until)) {
		say(l, h, HEALTH_FAULT, N_("It cannot be read."), 0, NULL);
		advise(l, h, N_("See that the file of the setting tls_certificate is there and readable."));
		return;
	}
	const struct msg_arg arg = { "n", number(cx, until > cx->now ? (until - cx->now) / DAY : 0) };
	bool over = until <= cx->now, soon = until < cx->now + 21 * DAY;
	say(l, h, over ? HEALTH_FAULT : soon ? HEALTH_WARNING : HEALTH_OK, over ? N_("It has run out: browsers refuse it.") : N_("It is good for {n} days more."), 1, &arg);
	if (soon)
		advise(l, h, N_("Renew it, put the new files in place and send the server SIGHUP."));
}

/* ── backup and keys ── */

static int64_t last_backup(struct ctx *cx)
{
	json_t *note = json_load_file(str_fmt(cx->arena, "%.*s/" BACKUP_NOTE, STR_ARG(cx->app->data_dir)).p, 0, NULL);
	const char *at = json_string_value(json_object_get(note, "made_at"));
	int64_t ms = NONE;
	if (!at || !clock_parse_rfc3339(str_of(at), &ms))
		ms = NONE;
	json_decref(note);
	return ms;
}

static void look_at_backup(struct looking *l)
{
	struct ctx *cx = l->cx;
	struct health *h = add(l, "backup", N_("Backup"));
	int64_t at = last_backup(cx);
	if (at == NONE) {
		say(l, h, HEALTH_WARNING, N_("There is no backup yet."), 0, NULL);
		advise(l, h, N_("Let `karmayogi backup FILE` run every night, to another disk."));
		return;
	}
	const struct msg_arg arg = { "n", number(cx, (cx->now - at) / HOUR) };
	bool old = cx->now - at > 26 * HOUR;
	say(l, h, old ? HEALTH_WARNING : HEALTH_OK, N_("The last backup is {n} hours old."), 1, &arg);
	if (old)
		advise(l, h, N_("Let `karmayogi backup FILE` run every night, to another disk."));
}

static void look_at_keys(struct looking *l)
{
	struct ctx *cx = l->cx;
	struct health *h = add(l, "keys", N_("Keys"));
	const char *folder = str_fmt(cx->arena, "%.*s/keys", STR_ARG(cx->app->data_dir)).p;
	struct stat st;
	if (stat(folder, &st) != 0) {
		say(l, h, HEALTH_FAULT, N_("The folder of the keys is missing: certificates cannot be signed."), 0, NULL);
		advise(l, h, N_("Restore it from a backup. A new key would make old certificates unverifiable."));
	} else if (st.st_mode & 077) {
		say(l, h, HEALTH_FAULT, N_("Others on this machine may read the keys."), 0, NULL);
		advise(l, h, N_("Take that away: chmod -R go= on the folder of the keys."));
	} else {
		say(l, h, HEALTH_OK, N_("Only the server reads them."), 0, NULL);
	}
}

enum err health_look(struct ctx *cx, struct health **ret, size_t *ret_n)
{
	struct looking l = { .cx = cx, .v = ARENA_ARRAY(cx->arena, struct health, HEALTH_MAX) };
	look_at_disk(&l);
	TRY(look_at_clock(&l));
	TRY(look_at_database(&l));
	TRY(look_at_work(&l));
	TRY(look_at_mail(&l));
	look_at_tls(&l);
	look_at_backup(&l);
	look_at_keys(&l);
	*ret = l.v;
	*ret_n = l.n;
	return OK;
}
