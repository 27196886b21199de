/* One map of a file for all; see view.h. */
#include "db/view.h"

#include <fcntl.h>
#include <pthread.h>
#include <stddef.h>
#include <stdlib.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

static const int64_t MAP_BYTES = INT64_C(1) << 36; /* 64 GiB of addresses */

struct view_map {
	struct view_map *next;
	dev_t device;
	ino_t number;
	size_t users;
	int fd;
	unsigned char *at; /* NULL: it cannot be mapped */
};

static struct {
	pthread_mutex_t mutex;
	struct view_map *first;
} view_maps = { .mutex = PTHREAD_MUTEX_INITIALIZER };

static struct view_map *known(const struct stat *st)
{
	struct view_map *m = view_maps.first;
	while (m && (m->device != st->st_dev || m->number != st->st_ino))
		m = m->next;
	return m;
}

static struct view_map *fresh(const char *path)
{
	struct stat st;
	struct view_map *m = calloc(1, sizeof *m);
	int fd = m ? open(path, O_RDONLY | O_CLOEXEC) : -1;
	if (fd < 0 || fstat(fd, &st) != 0) {
		if (fd >= 0)
			close(fd);
		free(m);
		return NULL;
	}
	void *at = mmap(NULL, (size_t)MAP_BYTES, PROT_READ, MAP_SHARED, fd, 0);
	*m = (struct view_map){ .next = view_maps.first, .device = st.st_dev, .number = st.st_ino, .fd = fd, .at = at == MAP_FAILED ? NULL : at };
	view_maps.first = m;
	return m;
}

void view_open(struct view *v, const char *path)
{
	struct stat st;
	*v = (struct view){ 0 };
	pthread_mutex_lock(&view_maps.mutex);
	if (stat(path, &st) == 0)
		v->map = known(&st);
	if (!v->map)
		v->map = fresh(path);
	if (v->map)
		v->map->users++;
	pthread_mutex_unlock(&view_maps.mutex);
}

void view_close(struct view *v)
{
	struct view_map *m = v->map;
	pthread_mutex_lock(&view_maps.mutex);
	if (m && --m->users == 0) {
		struct view_map **at = &view_maps.first;
		while (*at != m)
			at = &(*at)->next;
		*at = m->next;
		if (m->at)
			munmap(m->at, (size_t)MAP_BYTES);
		close(m->fd);
		free(m);
	}
	pthread_mutex_unlock(&view_maps.mutex);
}

const void *view_at(struct view *v, int64_t at, int n)
{
	struct stat st;
	if (!v->map || !v->map->at)
		return NULL;
	if (at + n > v->size && fstat(v->map->fd, &st) == 0)
		v->size = st.st_size < MAP_BYTES ? st.st_size : MAP_BYTES;
	return at + n <= v->size ? v->map->at + at : NULL;
}

void view_forget(struct view *v)
{
	v->size = 0;
}
