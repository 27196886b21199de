/* Counting; see metrics.h. */
#include "web/metrics.h"
#include "base/clock.h"

#include <dirent.h>
#include <stdatomic.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

static const int64_t bounds_us[] = { 1000, 2500, 5000, 10000, 25000, 50000, 100000, 250000, 500000, 1000000, 2500000, 5000000 };
enum { BOUNDS = sizeof bounds_us / sizeof *bounds_us, CLASSES = 6 };

struct counts {
	_Atomic int64_t by_class[CLASSES]; /* 1xx … 5xx at their first digit */
	_Atomic int64_t bucket[BOUNDS + 1];
	_Atomic int64_t sum_us;
};
struct metrics {
	size_t n;
	int64_t began; /* UTC ms */
	struct counts v[];
};

struct metrics *metrics_new(size_t n_actions)
{
	struct metrics *m = calloc(1, sizeof *m + (n_actions + 1) * sizeof *m->v);
	BUG_IF(!m);
	m->n = n_actions;
	m->began = clock_now();
	return m;
}

void metrics_free(struct metrics *m)
{
	free(m);
}

static void add(_Atomic int64_t *to, int64_t v)
{
	atomic_fetch_add_explicit(to, v, memory_order_relaxed);
}

static int64_t value(_Atomic int64_t *of)
{
	return atomic_load_explicit(of, memory_order_relaxed);
}

void metrics_note(struct metrics *m, size_t action, unsigned status, int64_t us)
{
	struct counts *c = &m->v[action < m->n ? action : m->n];
	unsigned class = status / 100, k = 0;
	while (k < BOUNDS && us > bounds_us[k])
		k++;
	add(&c->by_class[class < CLASSES ? class : 5], 1);
	add(&c->bucket[k], 1);
	add(&c->sum_us, us);
}

/* ── for the operator's page ── */

static int64_t count_of(struct counts *c)
{
	int64_t n = 0;
	for (unsigned i = 0; i < CLASSES; i++)
		n += value(&c->by_class[i]);
	return n;
}

static int64_t p95_of(struct counts *c)
{
	int64_t n = 0, seen = 0;
	for (unsigned k = 0; k <= BOUNDS; k++)
		n += value(&c->bucket[k]);
	for (unsigned k = 0; k < BOUNDS; k++)
		if ((seen += value(&c->bucket[k])) * 100 >= n * 95)
			return bounds_us[k];
	return bounds_us[BOUNDS - 1];
}

static int by_total(const void *a, const void *b)
{
	const struct metrics_action *x = a, *y = b;
	return (x->total_us < y->total_us) - (x->total_us > y->total_us);
}

size_t metrics_actions(struct metrics *m, struct arena *a, struct metrics_action **ret)
{
	size_t n = 0;
	*ret = ARENA_ARRAY(a, struct metrics_action, m->n);
	for (size_t i = 0; i < m->n; i++) {
		struct counts *c = &m->v[i];
		int64_t count = count_of(c), sum = value(&c->sum_us);
		if (count)
			(*ret)[n++] = (struct metrics_action){ i, count, value(&c->by_class[5]), sum / count, p95_of(c), sum };
	}
	if (n)
		qsort(*ret, n, sizeof **ret, by_total);
	return n;
}

/* ── for Prometheus ── */

static void head(struct buf *b, const char *name, const char *type, const char *help)
{
	buf_fmt(b, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
}

static void gauge(struct buf *b, const char *name, const char *help, long long v)
{
	head(b, name, "gauge", help);
	buf_fmt(b, "%s %lld\n", name, v);
}

static const char *name_of(const struct metrics *m, const struct action_table *t, size_t i)
{
	return i < m->n ? action_at(t, i)->name : "other";
}

static void write_requests(struct metrics *m, struct buf *b, const struct action_table *t)
{
	head(b, "karmayogi_requests_total", "counter", "Requests answered, by action and class of status.");
	for (size_t i = 0; i <= m->n; i++)
		for (unsigned k = 1; k < CLASSES; k++)
			if (value(&m->v[i].by_class[k]))
				buf_fmt(b, "karmayogi_requests_total{action=\"%s\",status=\"%uxx\"} %lld\n", name_of(m, t, i), k, (long long)value(&m->v[i].by_class[k]));
}

static void write_durations(struct metrics *m, struct buf *b, const struct action_table *t)
{
	head(b, "karmayogi_request_duration_seconds", "histogram", "From the first byte of a request to its answer.");
	for (size_t i = 0; i <= m->n; i++) {
		struct counts *c = &m->v[i];
		const char *name = name_of(m, t, i);
		int64_t n = 0;
		if (!count_of(c))
			continue;
		for (unsigned k = 0; k < BOUNDS; k++)
			buf_fmt(b, "karmayogi_request_duration_seconds_bucket{action=\"%s\",le=\"%g\"} %lld\n", name, (double)bounds_us[k] / 1e6,
				(long long)(n += value(&c->bucket[k])));
		n += value(&c->bucket[BOUNDS]);
		buf_fmt(b, "karmayogi_request_duration_seconds_bucket{action=\"%s\",le=\"+Inf\"} %lld\n", name, (long long)n);
		buf_fmt(b, "karmayogi_request_duration_seconds_sum{action=\"%s\"} %.6f\n", name, (double)value(&c->sum_us) / 1e6);
		buf_fmt(b, "karmayogi_request_duration_seconds_count{action=\"%s\"} %lld\n", name, (long long)n);
	}
}

static long long resident_bytes(void)
{
	long long pages = 0;
	FILE *f = fopen("/proc/self/statm", "r");
	if (!f)
		return 0;
	if (fscanf(f, "%*d %lld", &pages) != 1)
		pages = 0;
	fclose(f);
	return pages * sysconf(_SC_PAGESIZE);
}

static long long open_files(void)
{
	long long n = -3; /* ".", ".." and the folder itself */
	DIR *d = opendir("/proc/self/fd");
	if (!d)
		return 0;
	while (readdir(d))
		n++;
	closedir(d);
	return n;
}

void metrics_write(struct metrics *m, struct buf *b, const struct action_table *t, const struct metrics_now *now)
{
	write_requests(m, b, t);
	write_durations(m, b, t);
	gauge(b, "karmayogi_requests_under_way", "Requests that are being received, worked on or answered.", now->under_way);
	gauge(b, "karmayogi_requests_waiting", "Requests that wait for a worker.", now->waiting);
	gauge(b, "karmayogi_writes_waiting", "Changes that wait for the one writer of SQLite.", (long long)now->writes_waiting);
	head(b, "karmayogi_requests_turned_away_total", "counter", "Requests answered with 503 because too many waited.");
	buf_fmt(b, "karmayogi_requests_turned_away_total %lu\n", now->turned_away);
	gauge(b, "process_resident_memory_bytes", "Memory in use.", resident_bytes());
	gauge(b, "process_open_fds", "Open files and connections.", open_files());
	gauge(b, "process_start_time_seconds", "When the process began, in seconds since 1970.", (long long)(m->began / SECOND));
}
