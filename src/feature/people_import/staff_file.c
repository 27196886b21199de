/* A staff list on disk; see staff_file.h. */
#include "feature/people_import/staff_file.h"
#include "feature/people_import/people_import.h"

#include <fcntl.h>
#include <sys/mman.h>
#include <sys/stat.h>
#include <unistd.h>

enum { BEGINNING = 1 << 16 };

static enum err map(const char *path, struct str *ret)
{
	struct stat st;
	int fd = open(path, O_RDONLY | O_CLOEXEC);
	if (fd < 0)
		return ERR_NOT_FOUND;
	if (fstat(fd, &st) != 0 || !S_ISREG(st.st_mode)) {
		close(fd);
		return ERR_NOT_FOUND;
	}
	*ret = S("");
	if (st.st_size == 0) {
		close(fd);
		return OK;
	}
	void *p = mmap(NULL, (size_t)st.st_size, PROT_READ, MAP_PRIVATE, fd, 0);
	close(fd);
	if (p == MAP_FAILED)
		return ERR_UNAVAILABLE;
	/* Read once from front to end: what is behind may go. */
	(void)madvise(p, (size_t)st.st_size, MADV_SEQUENTIAL);
	*ret = (struct str){ p, (size_t)st.st_size };
	return OK;
}

static bool is_utf16(struct str s)
{
	return str_starts(s, S("\xff\xfe")) || str_starts(s, S("\xfe\xff")) || (s.n > 3 && (s.p[0] == 0 || s.p[1] == 0));
}

enum err staff_open(struct ctx *cx, const char *path, struct staff_file *ret)
{
	struct staff_file f = { 0 };
	const char *sentence = NULL;
	TRY(map(path, &f.text));
	if (is_utf16(f.text))
		sentence = N_("This file is in UTF-16. In the spreadsheet choose “CSV UTF-8” when saving.");
	else if (f.text.n > IMPORT_BYTES_MAX)
		sentence = N_("This file is larger than 1 GB. Bring it in parts, one for each office.");
	else if (!f.text.n)
		sentence = N_("This file is empty.");
	else if (memchr(f.text.p, 0, f.text.n < BEGINNING ? f.text.n : BEGINNING))
		sentence = N_("This file is not plain text. In the spreadsheet choose “CSV UTF-8” when saving.");
	else if (!csv_begin(cx->arena, f.text, &f.csv) || !f.csv.head.n)
		sentence = N_("The first row of this file cannot be read. It must hold the names of the columns, separated by commas.");
	if (sentence) {
		staff_close(&f);
		return fail(cx, ERR_INVALID, "file", sentence);
	}
	*ret = f;
	return OK;
}

void staff_close(struct staff_file *f)
{
	if (f->text.n)
		munmap((void *)(uintptr_t)f->text.p, f->text.n);
	f->text = STR_NONE;
}

size_t staff_at(const struct staff_file *f)
{
	return f->text.n - f->csv.rest.n;
}

void staff_go(struct staff_file *f, size_t at, int line)
{
	f->csv.rest = str_sub(f->text, at, f->text.n);
	f->csv.line = line;
}

bool staff_next(struct ctx *cx, struct staff_file *f, struct strs *ret, bool *ret_broken)
{
	*ret_broken = false;
	for (;;) {
		f->row_at = staff_at(f);
		f->row_line = f->csv.line;
		if (!csv_next(cx->arena, &f->csv, ret))
			break;
		for (size_t i = 0; i < ret->n; i++)
			if (str_trim(ret->v[i]).n)
				return true;
	}
	*ret_broken = f->csv.rest.n != 0;
	return false;
}
