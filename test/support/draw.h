/* Numbers by lot that are the same on every machine, for tests and measurements: SplitMix64 (Steele, Lea & Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014). */
#ifndef TEST_DRAW_H
#define TEST_DRAW_H
#include <stddef.h>
#include <stdint.h>

struct draw {
	uint64_t state; /* any seed */
};
static inline uint64_t draw(struct draw *d)
{
	uint64_t z = (d->state += UINT64_C(0x9e3779b97f4a7c15));
	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}
/* A whole number from 0 to n - 1. */
static inline uint32_t draw_below(struct draw *d, uint32_t n)
{
	return (uint32_t)(draw(d) % n);
}
/* From 0 to below 1. */
static inline double draw_unit(struct draw *d)
{
	return (double)(draw(d) >> 11) * 0x1p-53;
}
#endif
