// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Histograms: add, merge, mean, standard deviation, self-consistency. It knows
 * nothing of files, metrics or percentiles.
 */
#include <math.h>
#include <stdlib.h>
#include <string.h>

#include "histogram.h"

static void histogram_mark_empty(struct ktb_histogram *h)
{
	h->min = INT64_MAX;
	h->max = INT64_MIN;
}

void ktb_histogram_init(struct ktb_histogram *h)
{
	memset(h, 0, sizeof(*h));
	histogram_mark_empty(h);
}

struct ktb_histogram *ktb_histogram_new(size_t nr)
{
	struct ktb_histogram *all = calloc(nr + 1, sizeof(*all));
	size_t i;

	for (i = 0; all && i < nr; i++)
		histogram_mark_empty(&all[i]);
	return all;
}

static __uint128_t histogram_magnitude(__int128 value)
{
	return value < 0 ? 0 - (__uint128_t)value : (__uint128_t)value;
}

bool ktb_histogram_add(struct ktb_histogram *h, int64_t value, uint64_t samples)
{
	__uint128_t magnitude = histogram_magnitude(value);
	__uint128_t square = magnitude * magnitude;
	__uint128_t squares, sumsq;
	uint64_t count;
	__int128 sum;

	if (!samples)
		return true;
	if (__builtin_mul_overflow(square, (__uint128_t)samples, &squares) ||
	    __builtin_add_overflow(h->sumsq, squares, &sumsq) ||
	    __builtin_add_overflow(h->sum, (__int128)value * samples, &sum) ||
	    __builtin_add_overflow(h->count, samples, &count))
		return false;
	h->sumsq = sumsq;
	h->sum = sum;
	h->count = count;
	if (value < h->min)
		h->min = value;
	if (value > h->max)
		h->max = value;
	if (value < 0)
		h->early += samples;
	else if (ktb_hist_index(value) >= KTB_HIST_NR)
		h->overflow += samples;
	else
		h->bucket[ktb_hist_index(value)] += samples;
	return true;
}

/* Where the buckets lie that are not empty: from @first up to @end. */
static void histogram_extent(const struct ktb_histogram *h, unsigned int *first,
			     unsigned int *end)
{
	*first = h->min > 0 ? ktb_hist_index(h->min) : 0;
	*end = KTB_HIST_NR;
	if (h->max < 0)
		*end = 0;
	else if (ktb_hist_index(h->max) < KTB_HIST_NR)
		*end = ktb_hist_index(h->max) + 1;
}

bool ktb_histogram_merge(struct ktb_histogram *into,
			 const struct ktb_histogram *from)
{
	__uint128_t sumsq;
	uint64_t count;
	__int128 sum;
	unsigned int first, end, i;

	if (__builtin_add_overflow(into->sumsq, from->sumsq, &sumsq) ||
	    __builtin_add_overflow(into->sum, from->sum, &sum) ||
	    __builtin_add_overflow(into->count, from->count, &count) ||
	    count > INT64_MAX)
		return false;
	into->sumsq = sumsq;
	into->sum = sum;
	into->count = count;
	into->early += from->early;
	into->overflow += from->overflow;
	if (from->min < into->min)
		into->min = from->min;
	if (from->max > into->max)
		into->max = from->max;
	histogram_extent(from, &first, &end);
	for (i = first; i < end; i++)
		into->bucket[i] += from->bucket[i];
	return true;
}

/* The largest integer that is not above the mean. */
static __int128 histogram_floor_mean(const struct ktb_histogram *h)
{
	__int128 count = h->count;
	__int128 mean = h->sum / count;

	if (mean * count > h->sum)
		mean--;
	return mean;
}

int64_t ktb_histogram_mean(const struct ktb_histogram *h)
{
	__int128 mean = histogram_floor_mean(h);
	__int128 rest = h->sum - mean * h->count;

	return (int64_t)(2 * rest >= (__int128)h->count ? mean + 1 : mean);
}

uint64_t ktb_histogram_sd(const struct ktb_histogram *h)
{
	__uint128_t mean = (__uint128_t)histogram_floor_mean(h);
	__uint128_t around;
	long double rest, variance;

	if (h->count < 2)
		return 0;
	/*
	 * The sum of (x - m)^2 for an integer m next to the mean. Each term may
	 * wrap, the result cannot: it lies between 0 and the sum of squares,
	 * and unsigned arithmetic is exact modulo 2^128.
	 */
	around = h->sumsq - 2 * mean * (__uint128_t)h->sum +
		 mean * mean * h->count;
	rest = (long double)(h->sum - (__int128)mean * h->count);
	variance =
		((long double)around - rest * rest / h->count) / (h->count - 1);
	return variance > 0 ? (uint64_t)llroundl(sqrtl(variance)) : 0;
}

/*
 * The sum of squares lies between that of as many samples that are all the mean, and
 * that of samples that all are the one farthest from 0.
 */
static bool histogram_has_squares(const struct ktb_histogram *h)
{
	__uint128_t least = histogram_magnitude(h->min);
	__uint128_t most = histogram_magnitude(h->max);
	__uint128_t mean = histogram_magnitude(h->sum) / h->count;

	most = least > most ? least : most;
	/* What does not fit 128 bits is no bound. */
	if (!__builtin_mul_overflow(most, most, &most) &&
	    !__builtin_mul_overflow(most, (__uint128_t)h->count, &most) &&
	    h->sumsq > most)
		return false;
	return __builtin_mul_overflow(mean, mean, &mean) ||
	       __builtin_mul_overflow(mean, (__uint128_t)h->count, &mean) ||
	       h->sumsq >= mean;
}

const char *ktb_histogram_flaw(const struct ktb_histogram *h)
{
	__uint128_t counted = (__uint128_t)h->early + h->overflow;
	int first = -1, last = -1;
	int i;

	for (i = 0; i < KTB_HIST_NR; i++) {
		if (!h->bucket[i])
			continue;
		counted += h->bucket[i];
		if (first < 0)
			first = i;
		last = i;
	}
	if (counted != h->count)
		return "its buckets, early and overflow do not add up to count";
	if (!h->count)
		return h->sum || h->sumsq ? "it has a sum and no samples" :
					    NULL;
	if (h->min > h->max)
		return "min is above max";
	if (h->early ? h->min >= 0 :
		       first >= 0 && ktb_hist_index(h->min) != (__u32)first)
		return "min does not lie where the first sample is counted";
	if (h->overflow ? h->max < (int64_t)1 << KTB_HIST_MAX_BITS :
			  last >= 0 && (h->max < 0 ||
					ktb_hist_index(h->max) != (__u32)last))
		return "max does not lie where the last sample is counted";
	if (h->sum < (__int128)h->min * h->count ||
	    h->sum > (__int128)h->max * h->count)
		return "sum does not fit to count, min and max";
	if (!histogram_has_squares(h))
		return "sumsq does not fit to count, sum, min and max";
	return NULL;
}
