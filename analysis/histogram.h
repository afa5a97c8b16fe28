/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A distribution as the module keeps it: log-linear buckets and exact figures
 * beside them. It knows the buckets' arithmetic and nothing of files, metrics
 * or percentiles.
 */
#ifndef KTB_HISTOGRAM_H
#define KTB_HISTOGRAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "ktb_hist.h"

/**
 * struct ktb_histogram - one distribution
 * @count: samples, early ones and overflowing ones included
 * @early: samples below zero; they are in no bucket
 * @overflow: samples past the last bucket; they are in no bucket
 * @min: smallest sample, INT64_MAX if there is none
 * @max: largest sample, INT64_MIN if there is none
 * @sum: exact sum
 * @sumsq: exact sum of squares
 * @bucket: counts, see ktb_hist.h
 */
struct ktb_histogram {
	uint64_t count;
	uint64_t early;
	uint64_t overflow;
	int64_t min;
	int64_t max;
	__int128 sum;
	unsigned __int128 sumsq;
	uint64_t bucket[KTB_HIST_NR];
};

/**
 * ktb_histogram_init() - make a histogram empty
 * @h: the histogram
 */
void ktb_histogram_init(struct ktb_histogram *h);

/**
 * ktb_histogram_new() - make histograms, all empty
 * @nr: how many; there may be none
 *
 * Pages of buckets that stay empty are not written to, so that they take no memory:
 * the samples of one CPU lie in a few of them.
 *
 * Return: to be freed; NULL when there is no memory.
 */
struct ktb_histogram *ktb_histogram_new(size_t nr);

/**
 * ktb_histogram_add() - count samples of one value
 * @h: the histogram
 * @value: ns (or the metric's own unit), any
 * @samples: how many
 *
 * Return: false when a sum would not fit; @h is then unchanged.
 */
bool ktb_histogram_add(struct ktb_histogram *h, int64_t value,
		       uint64_t samples);

/**
 * ktb_histogram_merge() - add one distribution to another, exactly
 * @into: the one that grows
 * @from: the one that is added
 *
 * Counts add, sums add, the extremes are those of both: nothing is averaged.
 *
 * Return: false when a sum would not fit; @into is then unchanged.
 */
bool ktb_histogram_merge(struct ktb_histogram *into,
			 const struct ktb_histogram *from);

/**
 * ktb_histogram_mean() - the mean, rounded to the nearest integer
 * @h: a histogram that is not empty
 *
 * Return: in the unit of the samples.
 */
int64_t ktb_histogram_mean(const struct ktb_histogram *h);

/**
 * ktb_histogram_sd() - the sample standard deviation, rounded
 * @h: a histogram that is not empty
 *
 * From the exact sums, in 128 bits, so that nothing cancels. 0 for one sample.
 *
 * Return: in the unit of the samples.
 */
uint64_t ktb_histogram_sd(const struct ktb_histogram *h);

/**
 * ktb_histogram_flaw() - what contradicts itself in a histogram
 * @h: the histogram
 *
 * Return: a few words, or NULL when the figures agree with each other.
 */
const char *ktb_histogram_flaw(const struct ktb_histogram *h);

#endif /* KTB_HISTOGRAM_H */
