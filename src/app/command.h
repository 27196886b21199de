/* The commands of the program: `karmayogi NAME …`. One row each; `--help` comes from the row. */
#ifndef APP_COMMAND_H
#define APP_COMMAND_H
#include "app/config.h"
#include "db/db.h"

struct command_line {
	struct ctx *cx;
	struct config config;
	int argc;      /* what is left behind the name, without settings */
	char **argv;
	struct db_pool *pool;  /* open when the row says so */
};
struct command {
	const char *name;
	const char *usage;     /* behind the name */
	const char *sentence;
	enum { NEEDS_NOTHING, NEEDS_DATABASE, NEEDS_SCHEMA } needs;
	int (*run)(struct command_line *c); /* exit code */
};
extern const struct command commands[]; /* ended by name NULL */
/* An option without a value; taken out of argv. */
bool command_flag(struct command_line *c, const char *name);
/* The value of an option; NULL: not given. */
const char *command_option(const struct command_line *c, const char *name);
/* The same, both taken out of argv. */
const char *command_take(struct command_line *c, const char *name);
/* All of a file (-: standard input) into *ret, or more than `max` bytes of it where there is more. False: it cannot be read (errno). */
bool command_read(struct command_line *c, const char *path, size_t max, struct str *ret);
/* To standard output. Exit code. */
int command_write(struct command_line *c, struct buf *b);
/* Threads for work that keeps the processor busy: as many as there are processors, 1 … 8. */
int command_threads(void);
/* Prints a sentence on standard error and returns 1. */
int command_fail(struct command_line *c, const char *fmt, ...) __attribute__((format(printf, 2, 3)));
/* The same for an enum err, with what is noted in cx. */
int command_err(struct command_line *c, enum err e);
#endif
