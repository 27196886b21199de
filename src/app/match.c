/* The best assignment out of a file; see match.h. */
#include "app/match.h"
#include "app/match_read.h"
#include "base/clock.h"
#include "base/json.h"
#include "solve/shortage.h"
#include "solve/stable.h"
#include "web/lang.h"

#include <errno.h>
#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

struct matching {
	struct ctx *cx;
	struct match_file file;
	struct assignment best;
	double reading, solving; /* ms */
	struct json_out out;
};

static double since(int64_t begun)
{
	return (double)((clock_monotonic() - begun) / 1000) / 1000;
}

/* All of a file or pipe into pages that are made as they are touched; one byte more than is allowed tells that there is more. */
static bool read_all(int fd, char *into, size_t max, size_t *ret_n)
{
	for (*ret_n = 0; *ret_n < max;) {
		ssize_t got = read(fd, into + *ret_n, max - *ret_n);
		if (got == 0)
			return true;
		if (got < 0 && errno != EINTR)
			return false;
		*ret_n += got > 0 ? (size_t)got : 0;
	}
	return true;
}

/* ── the answer ── */

static void put_pairs(struct matching *m, const char *key, const uint32_t *post_of)
{
	jw_key(&m->out, key);
	jw_open(&m->out, '[');
	for (size_t i = 0; i < m->best.n_officers; i++) {
		if (post_of[i] == NOBODY)
			continue;
		jw_open(&m->out, '[');
		jw_raw(&m->out, m->file.officers[i]);
		jw_raw(&m->out, m->file.posts[post_of[i]]);
		jw_close(&m->out, ']');
	}
	jw_close(&m->out, ']');
}

static void put_real(struct matching *m, const char *key, double v)
{
	jw_key(&m->out, key);
	jw_real(&m->out, v);
}

static void put_int(struct matching *m, const char *key, size_t v)
{
	jw_key(&m->out, key);
	jw_int(&m->out, (int64_t)v);
}

static void put_names(struct matching *m, const char *key, const struct str *names, const uint32_t *v, size_t n)
{
	jw_key(&m->out, key);
	jw_open(&m->out, '[');
	for (size_t i = 0; i < n; i++)
		jw_raw(&m->out, names[v[i]]);
	jw_close(&m->out, ']');
}

static void put_stable(struct matching *m)
{
	struct stable_problem p;
	struct stable s;
	struct stable_figures f;
	stable_of_scores(m->cx->arena, &m->file.problem, &p);
	stable_solve(m->cx->arena, &p, OFFICERS_PROPOSE, &s);
	stable_compare(m->cx->arena, &m->file.problem, &m->best, &s, &f);
	jw_key(&m->out, "stable");
	jw_open(&m->out, '{');
	put_pairs(m, "assignment", s.post_of);
	put_real(m, "total", f.stable_total);
	put_int(m, "placed", f.stable_placed);
	put_int(m, "optimum_placed", f.placed);
	put_int(m, "optimum_blocking_pairs", f.blocking);
	jw_close(&m->out, '}');
}

static void put_prices(struct matching *m, const char *key, const struct str *names, const int64_t *price, size_t n)
{
	jw_key(&m->out, key);
	jw_open(&m->out, '[');
	for (size_t i = 0; i < n; i++) {
		jw_open(&m->out, '[');
		jw_raw(&m->out, names[i]);
		jw_real(&m->out, (double)price[i] / m->best.per_unit);
		jw_close(&m->out, ']');
	}
	jw_close(&m->out, ']');
}

static void put_group(struct matching *m, const struct shortage_group *g)
{
	struct arena *a = m->cx->arena;
	struct msg_arg args[] = { { "posts", str_fmt(a, "%zu", g->n_posts) },
				  { "officers", str_fmt(a, "%zu", g->n_officers) },
				  { "missing", str_fmt(a, "%zu", g->n_posts - g->n_officers) } };
	const char *why = g->n_officers == 0
				  ? N_("Nobody comes into question for this post.")
				  : N_("Posts: {posts}. Officers who come into question for any of them: {officers}. Posts that must stay empty: {missing}.");
	jw_open(&m->out, '{');
	put_names(m, "posts", m->file.posts, g->posts, g->n_posts);
	put_names(m, "officers", m->file.officers, g->officers, g->n_officers);
	put_int(m, "missing", g->n_posts - g->n_officers);
	jw_key(&m->out, "why");
	jw_str(&m->out, msg_text(m->cx, why, 3, args));
	jw_close(&m->out, '}');
}

static void put_left_empty(struct matching *m, const struct shortage *s)
{
	const char *why = N_("It could be filled, but the sum of all scores is greater when it is not.");
	jw_key(&m->out, "left_empty");
	jw_open(&m->out, '[');
	for (size_t j = 0; j < m->best.n_posts; j++) {
		if (m->best.officer_of[j] != NOBODY || s->group_of[j] != NOBODY)
			continue;
		jw_open(&m->out, '{');
		jw_key(&m->out, "post");
		jw_raw(&m->out, m->file.posts[j]);
		jw_key(&m->out, "why");
		jw_str(&m->out, msg_text(m->cx, why, 0, NULL));
		jw_close(&m->out, '}');
	}
	jw_close(&m->out, ']');
}

static void put_explained(struct matching *m)
{
	struct shortage s;
	shortage_find(m->cx->arena, &m->file.problem, &s);
	put_real(m, "slack", m->best.slack);
	put_real(m, "reading_milliseconds", m->reading);
	put_real(m, "premium", (double)m->best.premium / m->best.per_unit);
	put_prices(m, "officer_prices", m->file.officers, m->best.officer_price, m->best.n_officers);
	put_prices(m, "post_prices", m->file.posts, m->best.post_price, m->best.n_posts);
	put_int(m, "can_be_filled", s.n_fillable);
	jw_key(&m->out, "cannot_be_filled");
	jw_open(&m->out, '[');
	for (size_t g = 0; g < s.n_groups; g++)
		put_group(m, &s.groups[g]);
	jw_close(&m->out, ']');
	put_left_empty(m, &s);
}

static bool put_answer(struct matching *m, bool stable, bool explain, size_t file_bytes)
{
	struct buf b;
	/* Each name stands in the answer at most four times. */
	buf_init(&b, m->cx->arena, 4096 + 4 * file_bytes + 300 * (m->best.n_officers + m->best.n_posts));
	m->out = (struct json_out){ .b = &b };
	jw_open(&m->out, '{');
	put_pairs(m, "assignment", m->best.post_of);
	put_real(m, "total", m->best.total);
	put_real(m, "dual_bound", m->best.bound);
	put_real(m, "milliseconds", m->solving);
	if (stable)
		put_stable(m);
	if (explain)
		put_explained(m);
	jw_close(&m->out, '}');
	buf_char(&b, '\n');
	struct str all = buf_get(&b);
	return !b.full && fwrite(all.p, 1, all.n, stdout) == all.n && fflush(stdout) == 0;
}

/* ── the command ── */

static int match_text(struct command_line *c, struct matching *m, struct str text, bool stable, bool explain)
{
	bool fill = m->file.problem.fill;
	int64_t begun = clock_monotonic();
	enum err e = match_read(m->cx, text, &m->file);
	m->reading = since(begun);
	begun = clock_monotonic();
	m->file.problem.fill = fill;
	if (e == OK)
		e = assignment_solve(m->cx, &m->file.problem, NULL, &m->best);
	m->solving = since(begun);
	if (e != OK)
		return command_err(c, e);
	return put_answer(m, stable, explain, text.n) ? 0 : command_fail(c, "The answer cannot be written: %s.", strerror(errno));
}

int match_run(struct command_line *c)
{
	struct matching m = { .cx = c->cx };
	bool stable = command_flag(c, "--stable"), explain = command_flag(c, "--explain");
	m.file.problem.fill = command_flag(c, "--fill");
	if (c->argc != 1 || (c->argv[0][0] == '-' && c->argv[0][1] != 0))
		return command_fail(c, "Which file? karmayogi match FILE.json [--fill] [--stable] [--explain]; - is standard input.");
	bool standard_input = strcmp(c->argv[0], "-") == 0;
	int fd = standard_input ? STDIN_FILENO : open(c->argv[0], O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return command_fail(c, "%s cannot be opened: %s.", c->argv[0], strerror(errno));
	size_t max = MATCH_BYTES_MAX + 1, n = 0;
	char *bytes = mmap(NULL, max, PROT_READ | PROT_WRITE, MAP_PRIVATE | MAP_ANONYMOUS | MAP_NORESERVE, -1, 0);
	struct stat st = { 0 };
	int code;
	if (bytes == MAP_FAILED)
		code = command_fail(c, "There is no memory for the file: %s.", strerror(errno));
	else if (fstat(fd, &st) == 0 && S_ISREG(st.st_mode) && st.st_size > (off_t)MATCH_BYTES_MAX)
		code = command_fail(c, "The file is larger than 1 GB.");
	else if (!read_all(fd, bytes, max, &n))
		code = command_fail(c, "%s cannot be read: %s.", c->argv[0], strerror(errno));
	else
		code = match_text(c, &m, (struct str){ bytes, n }, stable, explain);
	if (bytes != MAP_FAILED)
		munmap(bytes, max);
	if (!standard_input)
		close(fd);
	return code;
}
