/* Mail server and gateway on loopback; see peer.h. */
#include "peer.h"

#include <arpa/inet.h>
#include <poll.h>
#include <pthread.h>
#include <stdlib.h>
#include <strings.h>
#include <sys/socket.h>
#include <unistd.h>

struct peer {
	int fd;
	unsigned port;
	bool http, stop;
	enum peer_mood mood;
	size_t taken, calls;
	char last[64 * 1024];
	pthread_t thread;
	pthread_mutex_t lock;
};

static bool stopping(struct peer *p)
{
	pthread_mutex_lock(&p->lock);
	bool stop = p->stop;
	pthread_mutex_unlock(&p->lock);
	return stop;
}

static enum peer_mood mood_of(struct peer *p)
{
	pthread_mutex_lock(&p->lock);
	enum peer_mood mood = p->mood;
	pthread_mutex_unlock(&p->lock);
	return mood;
}

static void say(int c, const char *line)
{
	(void)!send(c, line, strlen(line), MSG_NOSIGNAL);
}

/* A line without its end. False: gone, or the test is over. */
static bool hear_line(struct peer *p, int c, char *line, size_t n)
{
	size_t have = 0;
	while (!stopping(p)) {
		struct pollfd w = { .fd = c, .events = POLLIN };
		char one;
		if (poll(&w, 1, 50) <= 0)
			continue;
		if (read(c, &one, 1) != 1)
			return false;
		if (one == '\n') {
			line[have && line[have - 1] == '\r' ? have - 1 : have] = 0;
			return true;
		}
		if (have + 1 < n)
			line[have++] = one;
	}
	return false;
}

static void keep(struct peer *p, const char *text)
{
	pthread_mutex_lock(&p->lock);
	snprintf(p->last, sizeof p->last, "%s", text);
	p->taken++;
	pthread_mutex_unlock(&p->lock);
}

static bool starts(const char *line, const char *word)
{
	return strncasecmp(line, word, strlen(word)) == 0;
}

/* The text up to its dot. False: the connection is over. */
static bool hear_text(struct peer *p, int c, char *text, size_t n, size_t have)
{
	char line[4000];
	while (hear_line(p, c, line, sizeof line)) {
		if (strcmp(line, ".") == 0)
			return true;
		if (mood_of(p) == PEER_DROPS)
			return false;
		int more = snprintf(text + have, n - have, "%s\n", line[0] == '.' ? line + 1 : line);
		have = have + (size_t)more < n ? have + (size_t)more : n - 1;
	}
	return false;
}

static void smtp(struct peer *p, int c)
{
	static const char *const after_text[] = { [PEER_TEXT_LATER] = "451 4.3.0 later, please\r\n", [PEER_TEXT_NEVER] = "554 5.7.1 no such words here\r\n" };
	char line[4000], *text = calloc(1, sizeof p->last);
	enum peer_mood mood = mood_of(p);
	say(c, mood == PEER_BUSY ? "421 4.3.2 too much to do\r\n" : "220 peer ready\r\n");
	while (mood != PEER_BUSY && text && hear_line(p, c, line, sizeof line)) {
		if (starts(line, "EHLO")) {
			say(c, "250-peer\r\n250 8BITMIME\r\n");
		} else if (starts(line, "MAIL")) {
			say(c, mood == PEER_SENDER ? "550 5.7.1 we do not know you\r\n" : "250 ok\r\n");
		} else if (starts(line, "RCPT")) {
			snprintf(text, sizeof p->last, "%s\n", line);
			say(c, mood == PEER_RCPT_LATER	 ? "450 4.2.0 mailbox busy\r\n"
			       : mood == PEER_RCPT_NEVER ? "550 5.1.1 no such mailbox\r\n"
							 : "250 ok\r\n");
		} else if (starts(line, "DATA")) {
			say(c, "354 go on\r\n");
			if (!hear_text(p, c, text, sizeof p->last, strlen(text)))
				break;
			if (mood == PEER_TEXT_LATER || mood == PEER_TEXT_NEVER) {
				say(c, after_text[mood]);
				continue;
			}
			keep(p, text);
			say(c, "250 2.0.0 taken\r\n");
		} else if (starts(line, "QUIT")) {
			say(c, "221 bye\r\n");
			break;
		} else {
			say(c, "502 what?\r\n");
		}
	}
	free(text);
}

/* The body of a request, behind a line's end. False: it does not come. */
static bool hear_bytes(struct peer *p, int c, char *text, size_t n, size_t have, size_t body)
{
	if (have + body + 2 > n)
		return false;
	text[have++] = '\n';
	while (body && !stopping(p)) {
		struct pollfd w = { .fd = c, .events = POLLIN };
		ssize_t got = poll(&w, 1, 50) <= 0 ? 0 : read(c, text + have, body);
		if (got < 0 || (got == 0 && w.revents))
			return false;
		have += (size_t)got;
		body -= (size_t)got;
	}
	text[have] = 0;
	return body == 0;
}

static void http(struct peer *p, int c)
{
	static const char *const answers[] = { [PEER_GOOD] = "200 OK", [PEER_RCPT_NEVER] = "400 Bad Request", [PEER_GONE] = "410 Gone",
					       [PEER_ELSEWHERE] = "302 Found\r\nLocation: /elsewhere" };
	char text[32000], line[4000];
	enum peer_mood mood = mood_of(p);
	size_t have, body = 0;
	if (!hear_line(p, c, text, sizeof text))
		return;
	bool whole = starts(text, "POST");
	have = strlen(text);
	do {
		if (!hear_line(p, c, line, sizeof line))
			return;
		if (starts(line, "Content-Length:"))
			body = (size_t)strtoul(line + 15, NULL, 10);
		if (whole && have + strlen(line) + 2 < sizeof text)
			have += (size_t)snprintf(text + have, sizeof text - have, "\n%s", line);
	} while (line[0]);
	if (whole && !hear_bytes(p, c, text, sizeof text, have, body))
		return;
	if (mood == PEER_GOOD)
		keep(p, text);
	const char *status = mood < sizeof answers / sizeof *answers && answers[mood] ? answers[mood] : "503 Busy";
	snprintf(line, sizeof line, "HTTP/1.1 %s\r\nContent-Length: 5\r\nConnection: close\r\n\r\nwords", status);
	say(c, line);
}

static void *work(void *arg)
{
	struct peer *p = arg;
	while (!stopping(p)) {
		struct pollfd w = { .fd = p->fd, .events = POLLIN };
		if (poll(&w, 1, 50) <= 0)
			continue;
		int c = accept(p->fd, NULL, NULL);
		if (c < 0)
			continue;
		pthread_mutex_lock(&p->lock);
		p->calls++;
		pthread_mutex_unlock(&p->lock);
		char byte;
		if (mood_of(p) == PEER_SILENT)
			while (!stopping(p) && mood_of(p) == PEER_SILENT && recv(c, &byte, 1, MSG_DONTWAIT) != 0)
				usleep(10000);
		else
			(p->http ? http : smtp)(p, c);
		close(c);
	}
	return NULL;
}

static struct peer *start(bool over_http)
{
	struct peer *p = calloc(1, sizeof *p);
	struct sockaddr_in a = { .sin_family = AF_INET, .sin_addr.s_addr = htonl(INADDR_LOOPBACK) };
	socklen_t n = sizeof a;
	if (!p)
		abort();
	p->http = over_http;
	p->fd = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	if (bind(p->fd, (struct sockaddr *)&a, sizeof a) != 0 || listen(p->fd, 20) != 0 || getsockname(p->fd, (struct sockaddr *)&a, &n) != 0)
		abort();
	p->port = ntohs(a.sin_port);
	pthread_mutex_init(&p->lock, NULL);
	if (pthread_create(&p->thread, NULL, work, p) != 0)
		abort();
	return p;
}

struct peer *peer_smtp(void)
{
	return start(false);
}

struct peer *peer_http(void)
{
	return start(true);
}

unsigned peer_port(const struct peer *p)
{
	return p->port;
}

void peer_mood(struct peer *p, enum peer_mood mood)
{
	pthread_mutex_lock(&p->lock);
	p->mood = mood;
	pthread_mutex_unlock(&p->lock);
}

size_t peer_taken(struct peer *p)
{
	pthread_mutex_lock(&p->lock);
	size_t n = p->taken;
	pthread_mutex_unlock(&p->lock);
	return n;
}

size_t peer_calls(struct peer *p)
{
	pthread_mutex_lock(&p->lock);
	size_t n = p->calls;
	pthread_mutex_unlock(&p->lock);
	return n;
}

void peer_last(struct peer *p, char *ret, size_t n)
{
	pthread_mutex_lock(&p->lock);
	snprintf(ret, n, "%s", p->last);
	pthread_mutex_unlock(&p->lock);
}

void peer_end(struct peer *p)
{
	pthread_mutex_lock(&p->lock);
	p->stop = true;
	pthread_mutex_unlock(&p->lock);
	pthread_join(p->thread, NULL);
	close(p->fd);
	pthread_mutex_destroy(&p->lock);
	free(p);
}
