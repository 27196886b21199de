/* Runs a fuzz target over kept inputs, given as files or folders: the fuzzer's finds as a normal test, under any compiler. */
#include <dirent.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

int LLVMFuzzerTestOneInput(const uint8_t *data, size_t n);

static int replayed;

static int replay_file(const char *path)
{
	FILE *file = fopen(path, "rb");
	if (!file) {
		perror(path);
		return 1;
	}
	enum { MAX = 4 << 20 };
	uint8_t *data = malloc(MAX);
	if (!data)
		abort();
	size_t n = fread(data, 1, MAX, file);
	fclose(file);
	/* Exactly as large as the input, so that a sanitizer sees the first byte read behind it. */
	uint8_t *exact = realloc(data, n ? n : 1);
	LLVMFuzzerTestOneInput(exact, n);
	free(exact);
	replayed++;
	return 0;
}

static int replay(const char *path)
{
	struct stat st;
	DIR *dir = stat(path, &st) == 0 && S_ISDIR(st.st_mode) ? opendir(path) : NULL;
	if (!dir)
		return replay_file(path);
	int bad = 0;
	for (struct dirent *e; (e = readdir(dir));) {
		char name[4096];
		if (e->d_name[0] == '.')
			continue;
		snprintf(name, sizeof name, "%s/%s", path, e->d_name);
		bad |= replay_file(name);
	}
	closedir(dir);
	return bad;
}

int main(int argc, char **argv)
{
	int bad = argc < 2;
	for (int i = 1; i < argc; i++)
		bad |= replay(argv[i]);
	printf("%d inputs replayed\n", replayed);
	return bad || !replayed;
}
