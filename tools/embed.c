/* embed: files into the program, as constant tables.
 *
 *   embed migrations OUT.c FILE…      the texts of schema/, in the order of their names
 *   embed frameworks OUT.c FILE…      the same of framework/
 *   embed samples OUT.c FILE…         the same of what people download to begin with
 *   embed assets OUT.c FOLDER         what client/build.mjs made: manifest.json, files, their .gz */
#include "base/arena.h"
#include "base/str.h"

#include <jansson.h>

static struct arena *mem;

static struct str read_file(const char *path, bool must)
{
	FILE *f = fopen(path, "rb");
	struct buf b;
	char piece[65536];
	size_t n;
	if (!f) {
		if (must) {
			perror(path);
			exit(1);
		}
		return STR_NONE;
	}
	buf_init(&b, mem, 1 << 26);
	while ((n = fread(piece, 1, sizeof piece, f)) > 0)
		buf_add(&b, piece, n);
	fclose(f);
	return buf_get(&b);
}

static void bytes(FILE *f, const char *name, struct str s)
{
	fprintf(f, "static const unsigned char %s[] = {", name);
	for (size_t i = 0; i < s.n; i++)
		fprintf(f, "%s%u,", i % 32 ? "" : "\n", (unsigned char)s.p[i]);
	fprintf(f, "\n0 };\n");
}

static int by_name(const void *a, const void *b)
{
	return strcmp(*(char *const *)a, *(char *const *)b);
}

static const char *base_name(const char *path)
{
	const char *slash = strrchr(path, '/');
	return slash ? slash + 1 : path;
}

static void embed_texts(FILE *f, const char *symbol, int n, char **files)
{
	qsort(files, (size_t)n, sizeof *files, by_name);
	fprintf(f, "#include \"app/features.h\"\n");
	for (int i = 0; i < n; i++)
		bytes(f, str_fmt(mem, "m%d", i).p, read_file(files[i], true));
	fprintf(f, "const struct migration %s[] = {\n", symbol);
	for (int i = 0; i < n; i++)
		fprintf(f, "\t{ \"%s\", (const char *)m%d },\n", base_name(files[i]), i);
	fprintf(f, "\t{ NULL, NULL },\n};\n");
}

static const char *type_of(struct str name)
{
	static const struct {
		const char *ending, *type;
	} types[] = { { ".css", "text/css; charset=utf-8" }, { ".js", "text/javascript; charset=utf-8" }, { ".svg", "image/svg+xml" }, { ".woff2", "font/woff2" } };
	for (size_t i = 0; i < sizeof types / sizeof *types; i++)
		if (str_ends(name, str_of(types[i].ending)))
			return types[i].type;
	return "application/octet-stream";
}

static void embed_assets(FILE *f, const char *folder)
{
	json_t *manifest = json_load_file(str_fmt(mem, "%s/manifest.json", folder).p, 0, NULL), *v;
	const char *key;
	int n = 0;
	struct buf rows;
	buf_init(&rows, mem, 1 << 20);
	if (!manifest) {
		fprintf(stderr, "%s/manifest.json cannot be read\n", folder);
		exit(1);
	}
	fprintf(f, "#include \"app/features.h\"\n#include \"web/server.h\"\n");
	json_object_foreach (manifest, key, v) {
		const char *name = json_string_value(v);
		struct str plain = read_file(str_fmt(mem, "%s/%s", folder, name).p, true), gz = read_file(str_fmt(mem, "%s/%s.gz", folder, name).p, false);
		bytes(f, str_fmt(mem, "a%d", n).p, plain);
		if (gz.p)
			bytes(f, str_fmt(mem, "g%d", n).p, gz);
		buf_fmt(&rows, "\t{ \"%s\", \"%s\", \"%s\", a%d, %zu, %s, %zu },\n", key, name, type_of(str_of(name)), n, plain.n,
			gz.p ? str_fmt(mem, "g%d", n).p : "NULL", gz.n);
		n++;
	}
	fprintf(f, "const struct asset assets[] = {\n%s\t{ 0 },\n};\n", buf_get(&rows).p);
	json_decref(manifest);
}

int main(int argc, char **argv)
{
	mem = arena_new();
	FILE *f = argc > 3 ? fopen(argv[2], "wb") : NULL;
	if (!f) {
		fprintf(stderr, "usage: embed migrations|frameworks|samples OUT.c FILE… | embed assets OUT.c FOLDER\n");
		return 2;
	}
	fprintf(f, "/* Made by embed; do not edit. */\n");
	if (strcmp(argv[1], "migrations") == 0 || strcmp(argv[1], "frameworks") == 0 || strcmp(argv[1], "samples") == 0)
		embed_texts(f, argv[1], argc - 3, argv + 3);
	else
		embed_assets(f, argv[3]);
	arena_free(mem);
	return fclose(f) != 0;
}
