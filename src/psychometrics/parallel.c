/* Threads; see parallel.h. */
#include "psychometrics/parallel.h"

#include <pthread.h>
#include <stdatomic.h>

struct crew {
	atomic_size_t next;
	size_t n;
	void (*run)(void *arg, size_t piece, int thread);
	void *arg;
};
struct hand {
	struct crew *crew;
	int thread;
	pthread_t id;
};

static void *work(void *at)
{
	struct hand *h = at;
	for (size_t i; (i = atomic_fetch_add(&h->crew->next, 1)) < h->crew->n;)
		h->crew->run(h->crew->arg, i, h->thread);
	return NULL;
}

void parallel_run(int threads, size_t n, void (*run)(void *arg, size_t piece, int thread), void *arg)
{
	struct crew crew = { .n = n, .run = run, .arg = arg };
	struct hand hands[THREADS_MAX] = { { &crew, 0, 0 } };
	int started = 1;
	while (started < threads && started < THREADS_MAX && (size_t)started < n) {
		hands[started] = (struct hand){ .crew = &crew, .thread = started };
		if (pthread_create(&hands[started].id, NULL, work, &hands[started]) != 0)
			break;
		started++;
	}
	work(&hands[0]);
	for (int i = 1; i < started; i++)
		pthread_join(hands[i].id, NULL);
}
