/* Names of seats; see seat.h. */
#include "feature/seat/seat.h"

struct place {
	size_t letters, row, number;
};

static bool digit(char c)
{
	return c >= '0' && c <= '9';
}

/* A to Z as 1 to 26, small ones too; 0: no letter. */
static size_t letter(char c)
{
	if (c >= 'A' && c <= 'Z')
		return (size_t)(c - 'A') + 1;
	return c >= 'a' && c <= 'z' ? (size_t)(c - 'a') + 1 : 0;
}

/* Long names wrap around; they stay the same for the same name, and that is enough. */
static struct place read(struct str seat)
{
	struct place p = { 0 };
	size_t i = 0;
	for (; i < seat.n && letter(seat.p[i]); i++, p.letters++)
		p.row = 26 * p.row + letter(seat.p[i]);
	while (i < seat.n && !digit(seat.p[i]))
		i++;
	for (; i < seat.n && digit(seat.p[i]); i++)
		p.number = 10 * p.number + (size_t)(seat.p[i] - '0');
	return p;
}

size_t seat_form(struct str seat, size_t n)
{
	struct place p = read(seat);
	return n < 2 ? 0 : ((n < 4 ? 1 : 2) * (p.row % n) + p.number % n) % n;
}

int seat_cmp(struct str a, struct str b)
{
	struct place x = read(a), y = read(b);
	if (x.letters != y.letters)
		return x.letters < y.letters ? -1 : 1;
	if (x.row != y.row)
		return x.row < y.row ? -1 : 1;
	if (x.number != y.number)
		return x.number < y.number ? -1 : 1;
	return str_cmp(a, b);
}

bool seat_place(struct str seat, unsigned *ret_row, unsigned *ret_column)
{
	struct place p = read(seat);
	if (!p.letters || p.letters > 4 || !p.number || p.number > 100000)
		return false;
	*ret_row = (unsigned)p.row - 1;
	*ret_column = (unsigned)p.number - 1;
	return true;
}

struct str seat_name(struct arena *a, unsigned row, unsigned column)
{
	char letters[8];
	size_t n = sizeof letters;
	for (unsigned r = row + 1; r && n; r = (r - 1) / 26)
		letters[--n] = (char)('A' + (r - 1) % 26);
	return str_fmt(a, "%.*s%u", (int)(sizeof letters - n), letters + n, column + 1);
}
