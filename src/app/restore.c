/* Restoring a backup; see backup.h. */
#include "app/backup.h"
#include "app/features.h"
#include "base/clock.h"
#include "db/copy.h"

#include <archive.h>
#include <archive_entry.h>
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <ftw.h>
#include <jansson.h>
#include <sodium.h>
#include <stdio.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

enum { PIECE = 1 << 16, MIGRATIONS_MAX = 1000 };

struct part {
	const char *name;
	char sum[65];
};
struct unpacking {
	struct command_line *c;
	struct arena *arena;
	const char *file, *stage; /* the backup; the folder beside DATA that is filled */
	bool replace;
	struct part *parts;
	size_t n_parts;
	struct str manifest, manifest_sum;
	json_t *told;				   /* the manifest */
	struct migration then[MIGRATIONS_MAX + 1]; /* that the data of the backup stand on */
	int64_t n_rows;
	struct str trouble;
};

static enum err refuse(struct unpacking *u, struct str sentence)
{
	u->trouble = sentence;
	return ERR_INVALID;
}

static enum err damaged(struct unpacking *u, const char *what)
{
	return refuse(u, str_fmt(u->arena, "%s is no whole backup: %s. Nothing was changed.", u->file, what));
}

static enum err no_place(struct unpacking *u, const char *path)
{
	return refuse(u, str_fmt(u->arena, "%s cannot be written: %s. Nothing was changed.", path, strerror(errno)));
}

/* ── reading the archive ── */

/* Relative, of plain parts, and of a kind that a backup has. */
static bool good_name(struct str name)
{
	struct str rest = name, part;
	if (!str_is(name, "manifest.json") && !str_is(name, "manifest.sha256") && !str_starts(name, S("tables/")) && !str_starts(name, S("files/")))
		return false;
	while (str_cut(&rest, '/', &part))
		if (!part.n || str_is(part, ".") || str_is(part, ".."))
			return false;
	return name.n < 1000;
}

typedef enum err each_fn(struct unpacking *u, struct archive *a, const char *name, int64_t size);

static enum err walk(struct unpacking *u, each_fn *each)
{
	struct archive *a = archive_read_new();
	struct archive_entry *entry;
	enum err e = OK;
	int r = ARCHIVE_OK;
	archive_read_support_filter_zstd(a);
	archive_read_support_format_tar(a);
	if (archive_read_open_filename(a, u->file, PIECE) != ARCHIVE_OK)
		e = access(u->file, R_OK) == 0 ? damaged(u, "it is no archive of ours")
					       : refuse(u, str_fmt(u->arena, "%s cannot be read: %s.", u->file, strerror(errno)));
	while (e == OK && (r = archive_read_next_header(a, &entry)) == ARCHIVE_OK) {
		const char *name = archive_entry_pathname(entry);
		if (!name || archive_entry_filetype(entry) != AE_IFREG || archive_entry_hardlink(entry) || !good_name(str_of(name)))
			e = damaged(u, "it holds what a backup never holds");
		else
			e = each(u, a, str_dup(u->arena, str_of(name)).p, archive_entry_size(entry));
	}
	if (e == OK && r != ARCHIVE_EOF)
		e = damaged(u, "it is cut or altered");
	archive_read_free(a);
	return e;
}

static bool is_manifest(const char *name)
{
	return strncmp(name, "manifest.", 9) == 0;
}

static enum err read_manifest(struct unpacking *u, struct archive *a, int64_t size, struct str *ret)
{
	if (size > BACKUP_MANIFEST_MAX)
		return damaged(u, "its list is too long");
	char *p = arena_alloc(u->arena, (size_t)size + 1);
	if (archive_read_data(a, p, (size_t)size) != size)
		return damaged(u, "its list is cut");
	p[size] = '\0';
	*ret = (struct str){ p, (size_t)size };
	return OK;
}

static enum err sum_part(struct unpacking *u, struct archive *a, const char *name, int64_t size)
{
	unsigned char piece[PIECE], h[crypto_hash_sha256_BYTES];
	crypto_hash_sha256_state state;
	la_ssize_t n;
	if (is_manifest(name))
		return read_manifest(u, a, size, strcmp(name, "manifest.json") == 0 ? &u->manifest : &u->manifest_sum);
	crypto_hash_sha256_init(&state);
	while ((n = archive_read_data(a, piece, sizeof piece)) > 0)
		crypto_hash_sha256_update(&state, piece, (size_t)n);
	if (n < 0)
		return damaged(u, "it is cut or altered");
	struct part *part = ARENA_PUSH(u->arena, u->parts, u->n_parts);
	part->name = name;
	crypto_hash_sha256_final(&state, h);
	sodium_bin2hex(part->sum, sizeof part->sum, h, sizeof h);
	return OK;
}

/* ── proof ── */

static enum err check_sums(struct unpacking *u)
{
	json_t *sums = json_object_get(u->told, "sha256");
	if (!json_is_object(sums) || json_object_size(sums) != u->n_parts)
		return damaged(u, "parts are missing or added");
	for (size_t i = 0; i < u->n_parts; i++) {
		const char *sum = json_string_value(json_object_get(sums, u->parts[i].name));
		if (!sum || strcmp(sum, u->parts[i].sum) != 0)
			return damaged(u, str_fmt(u->arena, "the part %s is altered", u->parts[i].name).p);
	}
	return OK;
}

/* Its migrations, as this program knows them. */
static enum err check_schema(struct unpacking *u)
{
	json_t *schema = json_object_get(u->told, "schema"), *number;
	size_t i, n = 0, known = 0;
	for (const struct migration *m = migrations; m->name; m++)
		json_array_foreach(schema, i, number) if (json_integer_value(number) == db_migration_number(m) && n < MIGRATIONS_MAX)
		{
			u->then[n++] = *m;
			known++;
		}
	if (!json_is_array(schema) || !json_array_size(schema))
		return damaged(u, "it does not say which schema it has");
	if (known != json_array_size(schema))
		return refuse(u, str_fmt(u->arena, "%s was made by a newer program than this one. Nothing was changed; install that program first.", u->file));
	return OK;
}

static enum err prove(struct unpacking *u)
{
	TRY(walk(u, sum_part));
	unsigned char h[crypto_hash_sha256_BYTES];
	char hex[2 * sizeof h + 1];
	if (!u->manifest.p || !u->manifest_sum.p)
		return damaged(u, "it is cut, or no backup at all");
	crypto_hash_sha256(h, (const unsigned char *)u->manifest.p, u->manifest.n);
	if (!str_is(u->manifest_sum, sodium_bin2hex(hex, sizeof hex, h, sizeof h)))
		return damaged(u, "its list is altered");
	u->told = json_loadb(u->manifest.p, u->manifest.n, JSON_REJECT_DUPLICATES, NULL);
	if (!u->told || json_integer_value(json_object_get(u->told, "format")) != BACKUP_FORMAT)
		return damaged(u, "its list cannot be read, or it has another format");
	TRY(check_sums(u));
	return check_schema(u);
}

/* ── the folder beside ── */

static bool make_folders(char *path)
{
	for (char *slash = path; (slash = strchr(slash + 1, '/'));) {
		*slash = '\0';
		bool made = mkdir(path, 0700) == 0 || errno == EEXIST;
		*slash = '/';
		if (!made)
			return false;
	}
	return true;
}

/* files/media/x -> STAGE/media/x; tables/x -> STAGE/.tables/x */
static enum err unpack_part(struct unpacking *u, struct archive *a, const char *name, int64_t size)
{
	struct str s = str_of(name);
	bool table = str_starts(s, S("tables/"));
	(void)size;
	if (is_manifest(name))
		return OK;
	struct str path = str_fmt(u->arena, "%s/%s%s", u->stage, table ? ".tables/" : "", name + (table ? 7 : 6));
	if (!make_folders((char *)(uintptr_t)path.p))
		return no_place(u, path.p);
	int fd = open(path.p, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return no_place(u, path.p);
	int r = archive_read_data_into_fd(a, fd);
	int synced = fsync(fd);
	if (close(fd) != 0 || synced != 0 || r != ARCHIVE_OK)
		return no_place(u, path.p);
	return OK;
}

static int remove_one(const char *path, const struct stat *st, int flag, struct FTW *w)
{
	(void)st;
	(void)flag;
	(void)w;
	return remove(path);
}

static void remove_folder(const char *path)
{
	nftw(path, remove_one, 20, FTW_DEPTH | FTW_PHYS);
}

/* ── the tables ── */

struct loading {
	struct unpacking *u;
	struct db_tables *t;
	FILE *f;
	char *line;
	size_t cap;
};

static enum err next_line(struct ctx *cx, void *arg, struct str *ret)
{
	struct loading *l = arg;
	ssize_t n = getline(&l->line, &l->cap, l->f);
	(void)cx;
	*ret = STR_NONE;
	if (n < 0)
		return ferror(l->f) ? ERR_UNAVAILABLE : OK;
	*ret = (struct str){ l->line, (size_t)n - (n > 0 && l->line[n - 1] == '\n') };
	return OK;
}

static enum err load_table(struct ctx *cx, struct loading *l, const char *name, int64_t told)
{
	struct unpacking *u = l->u;
	ptrdiff_t i = db_table_named(l->t, str_of(name));
	int64_t rows = 0;
	if (i < 0)
		return damaged(u, str_fmt(u->arena, "there is no table %s", name).p);
	l->f = fopen(str_fmt(u->arena, "%s/.tables/%s.tsv", u->stage, name).p, "rb");
	if (!l->f)
		return damaged(u, str_fmt(u->arena, "the table %s is missing", name).p);
	enum err e = db_table_in(cx, l->t, (size_t)i, next_line, l, &rows);
	fclose(l->f);
	TRY(e);
	u->n_rows += rows;
	return rows == told ? OK : damaged(u, str_fmt(u->arena, "the table %s does not have the rows it should have", name).p);
}

static enum err load_tables(struct ctx *cx, void *arg)
{
	struct loading *l = arg;
	json_t *rows = json_object_get(l->u->told, "rows");
	l->u->n_rows = 0;
	TRY(db_load_begin(cx));
	for (size_t i = 0; i < db_tables_count(l->t); i++) {
		const char *name = db_table_name(l->t, i);
		json_t *told = json_object_get(rows, name);
		TRY(load_table(cx, l, name, json_integer_value(told)));
	}
	return db_load_end(cx);
}

static enum err drop_tables(struct ctx *cx, void *arg)
{
	return db_tables_drop(cx, arg);
}

/* The schema as it was, the rows, and then whatever has been added to the schema since. */
static enum err fill(struct unpacking *u, struct db_pool *pool)
{
	struct ctx *cx = u->c->cx;
	struct loading l = { .u = u };
	struct str message = STR_NONE;
	unsigned applied;
	if (db_migrate(cx, pool, u->then, &applied, &message) != OK)
		return refuse(u, message);
	TRY(db_tables_new(cx, u->then, &l.t));
	enum err e = db_write(cx, pool, load_tables, &l);
	if (e == OK && db_migrate(cx, pool, migrations, &applied, &message) != OK)
		e = refuse(u, message);
	if (e != OK)
		(void)!db_write(cx, pool, drop_tables, l.t); /* empty again, so that one may try again */
	db_tables_free(l.t);
	free(l.line);
	return e;
}

static enum err load(struct unpacking *u, const char *url)
{
	struct ctx *cx = u->c->cx;
	struct db_pool *pool = NULL;
	struct str message = STR_NONE;
	int64_t *have;
	size_t n;
	if (db_pool_open(cx, url, &pool, &message) != OK)
		return refuse(u, message);
	enum err e = db_connect(pool, &cx->db);
	if (e == OK)
		e = db_schema(cx, &have, &n);
	if (e == OK && n)
		e = refuse(u, S("That database holds data already. Restore into a new, empty one. Nothing was changed."));
	if (e == OK)
		e = fill(u, pool);
	db_close(cx->db);
	cx->db = NULL;
	db_pool_close(pool);
	return e;
}

/* ── putting in place ── */

/* What is in DATA beside settings? */
static bool holds_data(const char *data)
{
	DIR *dir = opendir(data);
	struct dirent *d;
	bool something = false;
	while (dir && (d = readdir(dir)))
		something = something || (strcmp(d->d_name, ".") != 0 && strcmp(d->d_name, "..") != 0 && strcmp(d->d_name, "karmayogi.conf") != 0);
	if (dir)
		closedir(dir);
	return something;
}

static bool served(struct unpacking *u, const char *db)
{
	int fd = open(str_fmt(u->arena, "%s.lock", db).p, O_RDWR | O_CLOEXEC);
	bool held = fd >= 0 && flock(fd, LOCK_EX | LOCK_NB) != 0;
	if (fd >= 0)
		close(fd);
	return held;
}

/* "DATA/x.db" -> "STAGE/x.db"; absent when the database lies elsewhere. */
static struct str staged(struct unpacking *u, struct str path)
{
	struct str folder = str_fmt(u->arena, "%.*s/", STR_ARG(u->c->config.data));
	struct str rest = str_starts(path, folder) ? str_sub(path, folder.n, path.n) : S("/");
	return str_index(rest, '/') >= 0 ? STR_NONE : str_fmt(u->arena, "%s/%.*s", u->stage, STR_ARG(rest));
}

static enum err swap(struct unpacking *u, const char *data)
{
	const char *conf = str_fmt(u->arena, "%s/karmayogi.conf", data).p, *kept = str_fmt(u->arena, "%s/karmayogi.conf", u->stage).p;
	struct civil t = clock_civil(S("UTC"), u->c->cx->now);
	const char *aside = str_fmt(u->arena, "%s.before-%04d%02d%02d-%02d%02d%02d", data, t.year, t.month, t.day, t.hour, t.minute, t.second).p;
	/* A second name of the settings, not a move: whatever follows, the old folder stays whole. */
	if (access(conf, R_OK) == 0 && link(conf, kept) != 0)
		return no_place(u, kept);
	bool there = access(data, F_OK) == 0;
	if (there && rename(data, aside) != 0)
		return no_place(u, aside);
	if (rename(u->stage, data) != 0) {
		enum err e = no_place(u, data);
		if (there)
			(void)!rename(aside, data);
		return e;
	}
	if (there && !holds_data(aside))
		remove_folder(aside);
	else if (there)
		printf("What was there before is kept in %s.\n", aside);
	return OK;
}

static enum err into_sqlite(struct unpacking *u, struct str path)
{
	struct str db = staged(u, path);
	if (!db.p && access(path.p, F_OK) == 0)
		return refuse(u, str_fmt(u->arena, "%.*s holds data already. Restore into a new file. Nothing was changed.", STR_ARG(path)));
	enum err e = load(u, str_fmt(u->arena, "sqlite:%.*s", STR_ARG(db.p ? db : path)).p);
	static const char *const tails[] = { "", "-wal", "-shm" };
	for (size_t i = 0; e != OK && !db.p && i < 3; i++)
		unlink(str_fmt(u->arena, "%.*s%s", STR_ARG(path), tails[i]).p);
	return e;
}

static enum err restore(struct unpacking *u)
{
	const char *data = str_c(u->arena, u->c->config.data);
	struct str url = u->c->config.database;
	bool sqlite = str_starts(url, S("sqlite:"));
	struct str path = sqlite ? str_sub(url, 7, url.n) : STR_NONE;
	TRY(prove(u));
	if (sqlite && served(u, str_c(u->arena, path)))
		return refuse(u, S("A server is running on this data. Stop it first. Nothing was changed."));
	if (holds_data(data) && !u->replace)
		return refuse(u, str_fmt(u->arena, "%s holds data already. With --replace it is put aside, not deleted. Nothing was changed.", data));
	if (mkdir(u->stage, 0700) != 0)
		return errno == EEXIST ? refuse(u, str_fmt(u->arena, "%s is there from a restore that was broken off. Take it away and begin again.", u->stage))
				       : no_place(u, u->stage);
	enum err e = walk(u, unpack_part);
	if (e == OK)
		e = sqlite ? into_sqlite(u, path) : load(u, str_c(u->arena, url));
	if (e == OK) {
		remove_folder(str_fmt(u->arena, "%s/.tables", u->stage).p);
		e = swap(u, data);
	}
	if (e != OK)
		remove_folder(u->stage);
	return e;
}

int restore_run(struct command_line *c)
{
	struct unpacking u = { .c = c, .arena = arena_new(), .replace = command_flag(c, "--replace") };
	if (c->argc != 1)
		return command_fail(c, "Which backup? karmayogi restore FILE --data DIR [--database URL] [--replace]");
	u.file = c->argv[0];
	struct str data = c->config.data;
	while (data.n > 1 && data.p[data.n - 1] == '/')
		data.n--;
	c->config.data = str_dup(u.arena, data);
	u.stage = str_fmt(u.arena, "%.*s.restoring", STR_ARG(data)).p;
	enum err e = restore(&u);
	if (e == OK)
		printf("Restored from %s, made %s: %lld rows, %zu parts. Start the server; `karmayogi check` proves the data.\n", u.file,
		       json_string_value(json_object_get(u.told, "made_at")), (long long)u.n_rows, u.n_parts);
	int code = e == OK ? 0 : u.trouble.p ? command_fail(c, "%.*s", STR_ARG(u.trouble)) : command_err(c, e);
	json_decref(u.told);
	arena_free(u.arena);
	return code;
}
