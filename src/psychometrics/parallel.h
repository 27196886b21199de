/* Independent pieces of work by several threads.
 *
 * Which thread does which piece is chance; so each piece writes to a place of its own, and whoever needs a sum takes it afterwards in the order of the
 * pieces: results do not depend on the number of threads. */
#ifndef PSYCHOMETRICS_PARALLEL_H
#define PSYCHOMETRICS_PARALLEL_H
#include <stddef.h>

enum { THREADS_MAX = 16 };
/* Calls run(arg, piece, thread) for each piece below n; thread is below `threads` and names room that is used by one at a time.
 * threads: 1 … THREADS_MAX; where one cannot be started, the others do its work. */
void parallel_run(int threads, size_t n, void (*run)(void *arg, size_t piece, int thread), void *arg);
#endif
