/* Making a backup; see backup.h. */
#include "app/backup.h"
#include "app/features.h"
#include "base/clock.h"
#include "base/json.h"
#include "db/copy.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

enum { DEPTH_MAX = 8, PIECE = 1 << 16 };

struct packing {
	struct command_line *c;
	struct archive *a;
	const char *part;  /* what is being written; renamed at the end */
	const char *spool; /* one part at a time, before its size is known */
	FILE *spooled;
	struct arena *arena;   /* lives as long as the packing; that of cx goes back after each row */
	struct buf sums, rows; /* members of the manifest */
	int64_t n_tables, n_rows, n_files;
	struct str trouble; /* a sentence */
};

static enum err say(struct packing *p, const char *what, const char *path)
{
	p->trouble = str_fmt(p->arena, "%s cannot be %s: %s. Nothing was kept.", path, what, strerror(errno));
	return ERR_UNAVAILABLE;
}

/* ── parts of the archive ── */

static enum err header(struct packing *p, const char *name, int64_t n)
{
	struct archive_entry *e = archive_entry_new();
	archive_entry_set_pathname(e, name);
	archive_entry_set_filetype(e, AE_IFREG);
	archive_entry_set_perm(e, 0600);
	archive_entry_set_size(e, n);
	archive_entry_set_mtime(e, p->c->cx->now / SECOND, 0);
	int r = archive_write_header(p->a, e);
	archive_entry_free(e);
	return r == ARCHIVE_OK ? OK : say(p, "written", p->part);
}

static void note_sum(struct packing *p, const char *name, crypto_hash_sha256_state *state)
{
	unsigned char h[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof h + 1];
	crypto_hash_sha256_final(state, h);
	sodium_bin2hex(hex, sizeof hex, h, sizeof h);
	struct json_out j = { .b = &p->sums, .comma = p->sums.n > 0 };
	jw_key(&j, name);
	jw_str(&j, str_of(hex));
}

/* All that the file held when it was opened. */
static enum err add_open(struct packing *p, int fd, int64_t n, const char *name, const char *path)
{
	crypto_hash_sha256_state state;
	unsigned char *piece = arena_alloc(p->c->cx->arena, PIECE);
	crypto_hash_sha256_init(&state);
	TRY(header(p, name, n));
	while (n > 0) {
		ssize_t k = read(fd, piece, n < PIECE ? (size_t)n : PIECE);
		if (k < 0 && errno == EINTR)
			continue;
		if (k == 0)
			errno = EIO;
		if (k <= 0)
			return say(p, "read", path);
		crypto_hash_sha256_update(&state, piece, (size_t)k);
		if (archive_write_data(p->a, piece, (size_t)k) != k)
			return say(p, "written", p->part);
		n -= k;
	}
	note_sum(p, name, &state);
	return OK;
}

static enum err add_file(struct packing *p, const char *path, const char *name)
{
	struct arena_mark mark = arena_mark(p->c->cx->arena);
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC | O_NOFOLLOW);
	if (fd < 0)
		return errno == ENOENT ? OK : say(p, "read", path); /* ended between two looks: it is no part of the picture */
	enum err e = fstat(fd, &st) == 0 ? add_open(p, fd, st.st_size, name, path) : say(p, "read", path);
	close(fd);
	arena_back(p->c->cx->arena, mark);
	p->n_files++;
	return e;
}

/* ── tables ── */

static enum err spool_line(struct ctx *cx, void *arg, struct str line)
{
	struct packing *p = arg;
	(void)cx;
	return fwrite(line.p, 1, line.n, p->spooled) == line.n && fputc('\n', p->spooled) != EOF ? OK : say(p, "written", p->spool);
}

static enum err add_table(struct ctx *cx, struct packing *p, const struct db_tables *t, size_t i)
{
	const char *name = str_fmt(p->arena, "tables/%s.tsv", db_table_name(t, i)).p;
	int64_t rows = 0;
	p->spooled = fopen(p->spool, "wb");
	if (!p->spooled)
		return say(p, "written", p->spool);
	enum err e = db_table_out(cx, t, i, spool_line, p, &rows);
	if (fclose(p->spooled) != 0 && e == OK)
		e = say(p, "written", p->spool);
	if (e == OK)
		e = add_file(p, p->spool, name);
	p->n_files--;
	p->n_tables++;
	p->n_rows += rows;
	struct json_out j = { .b = &p->rows, .comma = p->rows.n > 0 };
	jw_key(&j, db_table_name(t, i));
	jw_int(&j, rows);
	return e;
}

struct tables {
	struct packing *p;
	const struct db_tables *t;
};

static enum err add_tables(struct ctx *cx, void *arg)
{
	const struct tables *w = arg;
	for (size_t i = 0; i < db_tables_count(w->t); i++)
		TRY(add_table(cx, w->p, w->t, i));
	return OK;
}

/* ── files ── */

static bool ends_with(const char *name, const char *tail)
{
	return str_ends(str_of(name), str_of(tail));
}

/* The database is in the tables; the rest is of this machine or of this moment: what is half written, and what live streams hand out, which passes. */
static bool left_out(const char *name, unsigned depth)
{
	static const char *const names[] = { "karmayogi.conf", "upload", "hls", BACKUP_NOTE };
	static const char *const tails[] = { ".db", ".db-wal", ".db-shm", ".db-journal", ".lock" };
	for (size_t i = 0; depth == 0 && i < sizeof names / sizeof *names; i++)
		if (strcmp(name, names[i]) == 0)
			return true;
	for (size_t i = 0; depth == 0 && i < sizeof tails / sizeof *tails; i++)
		if (ends_with(name, tails[i]))
			return true;
	return ends_with(name, ".part") || strcmp(name, ".") == 0 || strcmp(name, "..") == 0;
}

static enum err add_folder(struct packing *p, const char *path, const char *name, unsigned depth);

static enum err add_entry(struct packing *p, const char *path, const char *name, unsigned depth)
{
	struct stat st;
	if (lstat(path, &st) != 0)
		return errno == ENOENT ? OK : say(p, "read", path);
	if (S_ISDIR(st.st_mode))
		return add_folder(p, path, name, depth);
	return S_ISREG(st.st_mode) ? add_file(p, path, name) : OK;
}

static enum err add_folder(struct packing *p, const char *path, const char *name, unsigned depth)
{
	struct dirent *d;
	enum err e = OK;
	if (depth > DEPTH_MAX)
		return errno = ELOOP, say(p, "read", path);
	DIR *dir = opendir(path);
	if (!dir)
		return errno == ENOENT ? OK : say(p, "read", path);
	while (e == OK && (d = readdir(dir)))
		if (!left_out(d->d_name, depth))
			e = add_entry(p, str_fmt(p->arena, "%s/%s", path, d->d_name).p, str_fmt(p->arena, "%s/%s", name, d->d_name).p, depth + 1);
	closedir(dir);
	return e;
}

/* ── the whole ── */

static enum err add_text(struct packing *p, const char *name, struct str s)
{
	TRY(header(p, name, (int64_t)s.n));
	return archive_write_data(p->a, s.p, s.n) == (la_ssize_t)s.n ? OK : say(p, "written", p->part);
}

static enum err add_manifest(struct packing *p, const int64_t *schema, size_t n)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, p->arena, BACKUP_MANIFEST_MAX);
	jw_open(&j, '{');
	jw_key(&j, "format");
	jw_int(&j, BACKUP_FORMAT);
	jw_key(&j, "made_at");
	jw_time(&j, p->c->cx->now);
	jw_key(&j, "base_url");
	jw_str(&j, p->c->config.base_url);
	jw_key(&j, "schema");
	jw_open(&j, '[');
	for (size_t i = 0; i < n; i++)
		jw_int(&j, schema[i]);
	jw_close(&j, ']');
	jw_key(&j, "rows");
	jw_raw(&j, str_fmt(p->arena, "{%.*s}", STR_ARG(buf_get(&p->rows))));
	jw_key(&j, "sha256");
	jw_raw(&j, str_fmt(p->arena, "{%.*s}", STR_ARG(buf_get(&p->sums))));
	jw_close(&j, '}');
	struct str s = buf_get(&b);
	if (b.full || p->sums.full || p->rows.full)
		return p->trouble = S("There are too many files for one backup. Nothing was kept."), ERR_TOO_LARGE;
	TRY(add_text(p, "manifest.json", s));
	unsigned char h[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof h + 1];
	crypto_hash_sha256(h, (const unsigned char *)s.p, s.n);
	return add_text(p, "manifest.sha256", str_of(sodium_bin2hex(hex, sizeof hex, h, sizeof h)));
}

static enum err pack(struct packing *p)
{
	struct ctx *cx = p->c->cx;
	struct tables w = { .p = p };
	struct db_tables *t = NULL;
	int64_t *schema;
	size_t n;
	TRY(db_schema(cx, &schema, &n));
	TRY(db_tables_new(cx, migrations, &t));
	w.t = t;
	enum err e = db_read(cx, add_tables, &w);
	db_tables_free(t);
	TRY(e);
	TRY(add_folder(p, str_c(p->arena, p->c->config.data), "files", 0));
	return add_manifest(p, schema, n);
}

/* On disk under its name, or not at all. */
static enum err keep(struct packing *p, int fd, const char *file)
{
	if (archive_write_close(p->a) != ARCHIVE_OK || fsync(fd) != 0)
		return say(p, "written", p->part);
	return rename(p->part, file) == 0 ? OK : say(p, "written", file);
}

static void leave_note(struct packing *p, const char *file, int64_t bytes)
{
	struct buf b;
	struct json_out j = { .b = &b };
	buf_init(&b, p->arena, 8192);
	jw_open(&j, '{');
	jw_key(&j, "made_at");
	jw_time(&j, p->c->cx->now);
	jw_key(&j, "file");
	jw_str(&j, str_of(file));
	jw_key(&j, "bytes");
	jw_int(&j, bytes);
	jw_close(&j, '}');
	struct str s = buf_get(&b);
	FILE *f = fopen(str_fmt(p->arena, "%.*s/" BACKUP_NOTE, STR_ARG(p->c->config.data)).p, "wb");
	/* Only for `doctor`: the backup itself is good without it. */
	if (f) {
		(void)!fwrite(s.p, 1, s.n, f);
		fclose(f);
	}
}

/* A backup inside the folder that it backs up would hold the one before, and that the one before. */
static bool inside(struct packing *p, const char *file)
{
	const char *slash = strrchr(file, '/'), *dir = slash ? str_fmt(p->arena, "%.*s/", (int)(slash - file), file).p : ".";
	char *there = realpath(dir, NULL), *data = realpath(str_c(p->arena, p->c->config.data), NULL);
	bool in = there && data && (strcmp(there, data) == 0 || str_starts(str_of(there), str_fmt(p->arena, "%s/", data)));
	free(there);
	free(data);
	return in;
}

static int done(struct packing *p, const char *file)
{
	struct stat st;
	int64_t bytes = stat(file, &st) == 0 ? st.st_size : 0;
	leave_note(p, file, bytes);
	printf("%s: %lld tables with %lld rows, %lld files, %lld KB. It holds the keys of this installation; keep it safe.\n", file, (long long)p->n_tables,
	       (long long)p->n_rows, (long long)p->n_files, (long long)(bytes / 1024));
	return 0;
}

int backup_run(struct command_line *c)
{
	struct packing p = { .c = c, .arena = arena_new() };
	if (c->argc != 1)
		return command_fail(c, "Where to? karmayogi backup FILE");
	const char *file = c->argv[0];
	if (inside(&p, file))
		return command_fail(c, "The backup may not lie in the data folder. Choose another place, best on another disk.");
	p.part = str_fmt(p.arena, "%s.part", file).p;
	p.spool = str_fmt(p.arena, "%s.table.part", file).p;
	buf_init(&p.sums, p.arena, BACKUP_MANIFEST_MAX);
	buf_init(&p.rows, p.arena, 1 << 20);
	mode_t before = umask(0077);
	int fd = open(p.part, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0600);
	p.a = archive_write_new();
	archive_write_set_format_pax_restricted(p.a);
	(void)archive_write_add_filter_zstd(p.a);
	enum err e = fd >= 0 && archive_write_open_fd(p.a, fd) == ARCHIVE_OK ? pack(&p) : say(&p, "written", p.part);
	if (e == OK)
		e = keep(&p, fd, file);
	archive_write_free(p.a);
	if (fd >= 0)
		close(fd);
	unlink(p.spool);
	if (e != OK)
		unlink(p.part);
	umask(before);
	int code = e == OK ? done(&p, file) : p.trouble.p ? command_fail(c, "%.*s", STR_ARG(p.trouble)) : command_err(c, e);
	arena_free(p.arena);
	return code;
}
