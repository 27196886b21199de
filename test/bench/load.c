/* load: many keep-alive connections, each with one request at a time, at full speed or at a fixed rate.
 *
 *   load PORT CONNECTIONS RATE SECONDS REQUESTS
 *   load PORT CONNECTIONS RATE SECONDS SHARE REQUESTS SHARE REQUESTS ...
 *   load -part K/N PORT ...
 *
 * REQUESTS holds whole HTTP requests, each behind a line "CLASS LENGTH\n"; they are sent in order, round and round unless
 * CLASS begins with '!' (sent once). With '+' behind that, a redirection is followed with the same cookie, and the time is that of both. RATE 0: as fast as
 * answers come. At a fixed rate the time of a request counts from when it was due, so that a stalled server cannot hide (the "coordinated omission" of G.
 * Tene). Of several files each gets its share of the requests (whole numbers; drawn by a fixed chance), and those of one file come in an order of no meaning,
 * the same each time. With -part the K-th of N parts of each file is begun with, so that one run does not send again what the one before has sent. Prints one
 * JSON object; own_us: what a request took of the processor on this side; still_percent, still_longest_ms: of their time the processors stood still meanwhile;
 * crawl_percent, crawl_longest_ms: they crawled. */
#include <arpa/inet.h>
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <pthread.h>
#include <sched.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/epoll.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <time.h>
#include <unistd.h>

enum { CLASSES = 8, SOURCES = 8, BUCKETS = 20000, MOST_PER_SECOND = 20000 };

struct request {
	const char *p;
	size_t n;
	int class;
	bool once, follow;
};
struct connection {
	int fd;
	bool busy;
	int class;
	int64_t due;
	size_t got, want; /* want: whole length once known */
	unsigned status;
	const struct request *follow; /* to be gone on with; NULL: the answer is the end */
	char head[2048];
};
struct source {
	char *all; /* the file */
	struct request *r;
	size_t n, next;
	unsigned share;
};
static struct source sources[SOURCES];
static size_t n_sources;
static unsigned all_shares;
static char class_names[CLASSES][16];
static int n_classes;
/* Histogram of times by class: 0.1 ms up to 2 s, the last bucket holds what is longer. */
static uint64_t histogram[CLASSES][BUCKETS], counts[CLASSES], statuses[6], busy_answers, broken, bytes;
static struct sockaddr_in address;
static int ep;

static int64_t now_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_MONOTONIC, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static int class_of(const char *name)
{
	for (int i = 0; i < n_classes; i++)
		if (strcmp(class_names[i], name) == 0)
			return i;
	if (n_classes == CLASSES)
		exit(2);
	snprintf(class_names[n_classes], sizeof class_names[0], "%s", name);
	return n_classes++;
}

/* Knuth's linear congruence (MMIX), of which the upper half is used; below n. */
static uint32_t chance(uint32_t n)
{
	static uint64_t seed = 1;
	seed = seed * UINT64_C(6364136223846793005) + UINT64_C(1442695040888963407);
	return (uint32_t)((seed >> 32) * n >> 32);
}

static void read_requests(const char *path, unsigned share)
{
	struct source *s = &sources[n_sources++];
	s->share = share;
	all_shares += share;
	FILE *f = fopen(path, "rb");
	if (!f || fseek(f, 0, SEEK_END) != 0) {
		perror(path);
		exit(2);
	}
	long size = ftell(f);
	rewind(f);
	char *all = malloc((size_t)size + 1), *p = all;
	if (!all || fread(all, 1, (size_t)size, f) != (size_t)size)
		exit(2);
	all[size] = 0;
	s->all = all;
	fclose(f);
	while (p < all + size) {
		/* By hand: sscanf measures the whole rest of the file each time. */
		char name[16] = "", *space = strchr(p, ' '), *line = strchr(p, '\n');
		if (!space || !line || space > line || space - p >= (ptrdiff_t)sizeof name)
			exit(2);
		memcpy(name, p, (size_t)(space - p));
		unsigned long n = strtoul(space, NULL, 10);
		if ((s->n & (s->n - 1)) == 0) /* as large again */
			s->r = realloc(s->r, 2 * (s->n + 1) * sizeof *s->r);
		if (!s->r)
			exit(2);
		bool once = name[0] == '!', follow = name[once] == '+';
		s->r[s->n++] = (struct request){ line + 1, n, class_of(name + once + follow), once, follow };
		p = line + 1 + n;
	}
}

/* R. Durstenfeld, Algorithm 235, Communications of the ACM 7 (1964). */
static void shuffle(struct source *s)
{
	for (size_t i = s->n; i > 1; i--) {
		size_t k = chance((uint32_t)i);
		struct request r = s->r[i - 1];
		s->r[i - 1] = s->r[k];
		s->r[k] = r;
	}
}

/* Forgets all but the next n, which are gone round from then on: a gigabyte of requests in memory, of which a tenth is sent, is a gigabyte whose use the system
 * looks after while it is measured. */
static void keep_next(struct source *s, size_t n)
{
	if (n >= s->n)
		return;
	size_t size = 0;
	for (size_t i = 0; i < n; i++)
		size += s->r[(s->next + i) % s->n].n;
	struct request *r = malloc(n * sizeof *r);
	char *all = malloc(size + 1), *p = all;
	if (!r || !all)
		exit(2);
	for (size_t i = 0; i < n; i++) {
		r[i] = s->r[(s->next + i) % s->n];
		memcpy(p, r[i].p, r[i].n);
		r[i].p = p;
		p += r[i].n;
	}
	*p = 0; /* follows() looks for a line in them */
	free(s->all);
	free(s->r);
	s->all = all;
	s->r = r;
	s->n = n;
	s->next = 0;
}

static void open_connection(struct connection *c)
{
	int one = 1;
	*c = (struct connection){ .fd = socket(AF_INET, SOCK_STREAM, 0) };
	if (c->fd < 0 || connect(c->fd, (struct sockaddr *)&address, sizeof address) != 0) {
		perror("connect");
		exit(2);
	}
	setsockopt(c->fd, IPPROTO_TCP, TCP_NODELAY, &one, sizeof one);
	fcntl(c->fd, F_SETFL, O_NONBLOCK);
	struct epoll_event e = { .events = EPOLLIN, .data.ptr = c };
	epoll_ctl(ep, EPOLL_CTL_ADD, c->fd, &e);
}

static bool send_next(struct connection *c, int64_t due)
{
	struct source *s = sources;
	for (uint32_t drawn = n_sources > 1 ? chance(all_shares) : 0; drawn >= s->share; s++)
		drawn -= s->share;
	const struct request *r = &s->r[s->next % s->n];
	if (s->next >= s->n && r->once)
		return false;
	s->next++;
	c->busy = true;
	c->class = r->class;
	c->due = due;
	c->got = c->want = 0;
	c->follow = r->follow ? r : NULL;
	if (send(c->fd, r->p, r->n, MSG_NOSIGNAL) != (ssize_t)r->n)
		broken++;
	return true;
}

static void finished(struct connection *c)
{
	int64_t tenths = (now_ns() - c->due) / 100000;
	histogram[c->class][tenths < BUCKETS ? tenths : BUCKETS - 1]++;
	counts[c->class]++;
	statuses[c->status / 100 < 6 ? c->status / 100 : 0]++;
	busy_answers += c->status == 503;
	c->busy = false;
}

/* Goes on to where the answer sends; the time runs on. */
static bool follows(struct connection *c)
{
	char text[2048];
	const char *cookie = c->follow ? strcasestr(c->follow->p, "\r\nCookie:") : NULL,
		   *to = cookie && c->status / 100 == 3 ? strcasestr(c->head, "\r\nLocation: ") : NULL;
	c->follow = NULL;
	if (!to)
		return false;
	to += strlen("\r\nLocation: ");
	int n = snprintf(text, sizeof text, "GET %.*s HTTP/1.1\r\nHost: localhost\r\nAccept-Encoding: gzip%.*s\r\n\r\n", (int)strcspn(to, "\r"), to,
			 (int)strcspn(cookie + 2, "\r") + 2, cookie);
	c->got = c->want = 0;
	if (send(c->fd, text, (size_t)n, MSG_NOSIGNAL) != n)
		broken++;
	return true;
}

/* True when the answer is whole. */
static bool take(struct connection *c)
{
	static char piece[65536];
	ssize_t n;
	while ((n = recv(c->fd, piece, sizeof piece, 0)) > 0) {
		if (!c->want && c->got < sizeof c->head - 1) {
			size_t room = sizeof c->head - 1 - c->got, k = (size_t)n < room ? (size_t)n : room;
			memcpy(c->head + c->got, piece, k);
			c->head[c->got + k] = 0;
		}
		c->got += (size_t)n;
		char *end = c->want ? NULL : strstr(c->head, "\r\n\r\n");
		if (end) {
			char *length = strcasestr(c->head, "content-length:");
			c->status = (unsigned)strtoul(c->head + 9, NULL, 10);
			c->want = (size_t)(end - c->head) + 4 + (length && length < end ? strtoul(length + 15, NULL, 10) : 0);
		}
		if (c->want && c->got >= c->want)
			return true;
	}
	if (n == 0) { /* closed by the server: counted, opened again */
		broken++;
		close(c->fd);
		int class = c->class;
		int64_t due = c->due;
		bool was_busy = c->busy;
		open_connection(c);
		c->class = class;
		c->due = due;
		return was_busy;
	}
	return false;
}

static double percentile(int class, double share)
{
	uint64_t left = (uint64_t)((double)counts[class] * share), seen = 0;
	for (int i = 0; i < BUCKETS; i++)
		if ((seen += histogram[class][i]) > left)
			return (i + 1) / 10.0;
	return BUCKETS / 10.0;
}

/* Looks every millisecond, not at each answer: who is woken for each takes from the server the processor that both share. Times are up to a millisecond too
 * long by it. */
static int wait_for(struct epoll_event *events, int most)
{
	int n = epoll_wait(ep, events, most, 0);
	if (n)
		return n;
	clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){ .tv_nsec = 1000000 }, NULL);
	return epoll_wait(ep, events, most, 0);
}

/* How long a processor stood still: who comes before all others and only sleeps is late when the machine itself is held up, by its host or in the kernel, and
 * by nothing that is measured here. And how long it crawled: a look that takes far more of the processor than the few microseconds it needs has met one on
 * which everything does, as on some virtual machines while the system looks which of its memory is in use. One for each processor; nothing where the system
 * does not let us come first. */
enum { PROCESSORS = 64, LOOK_NS = 5000000, LATE_NS = 10000000, CRAWL_NS = 200000 };
static struct still {
	size_t processor;
	int64_t all, longest;		       /* ns, of what came more than LATE_NS late */
	int64_t looks, crawled, crawl_longest; /* crawl_longest: ns */
} stills[PROCESSORS];
static volatile bool over;

static int64_t spent_ns(void)
{
	struct timespec t;
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &t);
	return (int64_t)t.tv_sec * 1000000000 + t.tv_nsec;
}

static void *watch(void *arg)
{
	struct still *s = arg;
	cpu_set_t one;
	CPU_ZERO(&one);
	CPU_SET(s->processor, &one);
	if (pthread_setaffinity_np(pthread_self(), sizeof one, &one) != 0 ||
	    sched_setscheduler(0, SCHED_FIFO, &(struct sched_param){ .sched_priority = 1 }) != 0)
		return NULL;
	int64_t crawl = 0; /* since when; 0: it does not */
	while (!over) {
		int64_t began = now_ns(), before = spent_ns();
		clock_nanosleep(CLOCK_MONOTONIC, 0, &(struct timespec){ .tv_nsec = LOOK_NS }, NULL);
		int64_t now = now_ns(), late = now - began - LOOK_NS;
		if (late > LATE_NS)
			s->all += late;
		if (late > s->longest)
			s->longest = late;
		s->looks++;
		bool crawls = spent_ns() - before > CRAWL_NS;
		s->crawled += crawls;
		crawl = !crawls ? 0 : crawl ? crawl : began;
		if (crawl && now - crawl > s->crawl_longest)
			s->crawl_longest = now - crawl;
	}
	return NULL;
}

static size_t watch_all(pthread_t *threads)
{
	long n = sysconf(_SC_NPROCESSORS_ONLN);
	size_t begun = 0;
	for (size_t i = 0; i < (size_t)n && i < PROCESSORS; i++) {
		stills[i].processor = i;
		begun += pthread_create(&threads[begun], NULL, watch, &stills[i]) == 0;
	}
	return begun;
}

static double own_us(void)
{
	struct rusage u;
	getrusage(RUSAGE_SELF, &u);
	return (double)(u.ru_utime.tv_sec + u.ru_stime.tv_sec) * 1e6 + (double)(u.ru_utime.tv_usec + u.ru_stime.tv_usec);
}

/* "K/N", K from 1. */
static double part_of(const char *said)
{
	char *slash;
	double k = strtod(said, &slash), n = *slash == '/' ? strtod(slash + 1, NULL) : 0;
	return n >= 1 && k >= 1 && k <= n ? (k - 1) / n : 0;
}

static void report(double seconds, double own, size_t processors)
{
	uint64_t all = 0;
	for (int i = 0; i < n_classes; i++)
		all += counts[i];
	printf("{\"seconds\":%.3f,\"requests\":%llu,\"rate\":%.1f,\"2xx\":%llu,\"3xx\":%llu,\"4xx\":%llu,\"5xx\":%llu,\"busy\":%llu,\"broken\":%llu,\"bytes\":%"
	       "llu",
	       seconds, (unsigned long long)all, (double)all / seconds, (unsigned long long)statuses[2], (unsigned long long)statuses[3],
	       (unsigned long long)statuses[4], (unsigned long long)statuses[5], (unsigned long long)busy_answers, (unsigned long long)broken,
	       (unsigned long long)bytes);
	for (int i = 0; i < n_classes; i++)
		printf(",\"%s\":{\"n\":%llu,\"p50\":%.1f,\"p95\":%.1f,\"p99\":%.1f}", class_names[i], (unsigned long long)counts[i], percentile(i, 0.5),
		       percentile(i, 0.95), percentile(i, 0.99));
	double still = 0, looks = 0, crawled = 0;
	int64_t longest = 0, crawl_longest = 0;
	for (size_t i = 0; i < processors; i++) {
		still += (double)stills[i].all / 1e6;
		longest = stills[i].longest > longest ? stills[i].longest : longest;
		looks += (double)stills[i].looks;
		crawled += (double)stills[i].crawled;
		crawl_longest = stills[i].crawl_longest > crawl_longest ? stills[i].crawl_longest : crawl_longest;
	}
	printf(",\"own_us\":%.1f,\"still_percent\":%.2f,\"still_longest_ms\":%.1f,\"crawl_percent\":%.2f,\"crawl_longest_ms\":%.1f}\n",
	       all ? own / (double)all : 0, processors ? still / (10 * seconds * (double)processors) : 0, (double)longest / 1e6,
	       looks ? 100 * crawled / looks : 0, (double)crawl_longest / 1e6);
}

int main(int argc, char **argv)
{
	double begin = 0;
	if (argc > 2 && strcmp(argv[1], "-part") == 0) {
		begin = part_of(argv[2]);
		argc -= 2;
		argv += 2;
	}
	if (argc != 6 && (argc < 7 || argc % 2 == 0 || argc > 5 + 2 * SOURCES))
		return 2;
	int n = (int)strtol(argv[2], NULL, 10);
	double rate = strtod(argv[3], NULL), seconds = strtod(argv[4], NULL);
	address = (struct sockaddr_in){ .sin_family = AF_INET,
					.sin_port = htons((uint16_t)strtol(argv[1], NULL, 10)),
					.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	if (argc == 6)
		read_requests(argv[5], 1);
	for (int i = 5; i + 1 < argc; i += 2)
		read_requests(argv[i + 1], (unsigned)strtoul(argv[i], NULL, 10));
	for (size_t k = 0; n_sources > 1 && k < n_sources; k++)
		shuffle(&sources[k]);
	for (size_t k = 0; k < n_sources; k++)
		sources[k].next = (size_t)((double)sources[k].n * begin);
	for (size_t k = 0; n_sources > 1 && k < n_sources; k++)
		keep_next(&sources[k], (size_t)(seconds * (rate > 0 ? rate : MOST_PER_SECOND) * sources[k].share / all_shares * 1.1) + 1000);
	ep = epoll_create1(0);
	struct connection *c = calloc((size_t)n, sizeof *c);
	struct epoll_event events[256];
	for (int i = 0; i < n; i++)
		open_connection(&c[i]);
	int64_t start = now_ns(), end = start + (int64_t)(seconds * 1e9);
	double own = own_us();
	pthread_t watching[PROCESSORS];
	size_t n_watching = watch_all(watching);
	uint64_t sent = 0;
	struct connection **idle = malloc((size_t)n * sizeof *idle); /* those without a request under way */
	int n_idle = 0;
	for (int i = 0; i < n; i++)
		idle[n_idle++] = &c[i];
	bool more = true;
	while (rate == 0 && more && n_idle)
		more = send_next(idle[--n_idle], now_ns());
	while (now_ns() < end) {
		/* At a fixed rate: everything that is due goes out on a free connection; without one it waits, and its time counts. */
		while (rate > 0 && more && n_idle) {
			int64_t due = start + (int64_t)((double)sent / rate * 1e9);
			if (due > now_ns())
				break;
			more = send_next(idle[--n_idle], due);
			sent++;
		}
		int m = wait_for(events, 256);
		for (int i = 0; i < m; i++) {
			struct connection *k = events[i].data.ptr;
			if (!take(k))
				continue;
			if (follows(k))
				continue;
			bytes += k->got;
			finished(k);
			if (rate == 0 && more)
				more = send_next(k, now_ns());
			if (!k->busy)
				idle[n_idle++] = k;
		}
		if (!more && n_idle == n)
			break;
	}
	double seconds_all = (double)(now_ns() - start) / 1e9;
	own = own_us() - own;
	over = true;
	for (size_t i = 0; i < n_watching; i++)
		pthread_join(watching[i], NULL);
	report(seconds_all, own, n_watching);
	return 0;
}
