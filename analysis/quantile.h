/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Quantiles of a histogram, with the bounds that the buckets leave and a
 * distribution-free interval. It knows nothing of metrics, files or pictures.
 *
 * The interval holds for samples that are independent: it speaks of this run
 * and nothing else. Two kernels are compared boot by boot, never by it.
 */
#ifndef KTB_QUANTILE_H
#define KTB_QUANTILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "histogram.h"

/** enum ktb_quantile - the quantiles that are told, in ascending order */
enum ktb_quantile {
	KTB_QUANTILE_P50,
	KTB_QUANTILE_P90,
	KTB_QUANTILE_P99,
	KTB_QUANTILE_P99_9,
	KTB_QUANTILE_P99_99,
	KTB_QUANTILE_P99_999,
	KTB_NR_QUANTILES,
};

/** enum ktb_bound_kind - where an order statistic lies */
enum ktb_bound_kind {
	KTB_BOUND_BUCKET,
	KTB_BOUND_EARLY,
	KTB_BOUND_OVERFLOW,
};

/**
 * struct ktb_bound - what a histogram knows of one order statistic
 * @kind: in a bucket, among the early samples, or past the last bucket
 * @low: it is not below this; the exact minimum is taken into account
 * @high: it is not above this; the exact maximum is taken into account
 */
struct ktb_bound {
	enum ktb_bound_kind kind;
	int64_t low;
	int64_t high;
};

/**
 * struct ktb_rank - the order statistics that estimate one quantile
 * @is_supported: the sample is large enough for a finite 95 % interval
 * @rank: the quantile itself, 1 is the smallest sample
 * @low: lower end of the interval
 * @high: upper end of the interval
 */
struct ktb_rank {
	bool is_supported;
	uint64_t rank;
	uint64_t low;
	uint64_t high;
};

/**
 * struct ktb_ranks - all quantiles of a sample of one size
 * @samples: the size
 * @at: by enum ktb_quantile
 */
struct ktb_ranks {
	uint64_t samples;
	struct ktb_rank at[KTB_NR_QUANTILES];
};

/**
 * struct ktb_estimate - a quantile and its 95 % interval
 * @is_supported: false: the sample is too small, do not print it
 * @value: the quantile
 * @low: lower end of the interval
 * @high: upper end of the interval
 */
struct ktb_estimate {
	bool is_supported;
	struct ktb_bound value;
	struct ktb_bound low;
	struct ktb_bound high;
};

/**
 * ktb_quantile_name() - how a quantile is called
 * @q: which
 *
 * Return: "p99.9" and the like.
 */
const char *ktb_quantile_name(enum ktb_quantile q);

/**
 * ktb_quantile_ppm() - a quantile as a number
 * @q: which
 *
 * Return: parts per million, 999000 for p99.9.
 */
uint32_t ktb_quantile_ppm(enum ktb_quantile q);

/**
 * ktb_quantile_min_samples() - the smallest sample that supports a quantile
 * @q: which
 *
 * From 1 - q^n >= 0.975: fewer samples leave the upper end of a two-sided 95 %
 * interval open.
 *
 * Return: samples.
 */
uint64_t ktb_quantile_min_samples(enum ktb_quantile q);

/**
 * ktb_quantile_rank() - the order statistic that is a quantile
 * @samples: size of the sample, not 0
 * @ppm: the quantile in parts per million
 *
 * Return: ceil(samples * ppm / 1e6), at least 1.
 */
uint64_t ktb_quantile_rank(uint64_t samples, uint32_t ppm);

/**
 * ktb_quantile_ranks() - the order statistics for a sample of some size
 * @ranks: filled in
 * @samples: size of the sample
 *
 * The interval's ends are the closest order statistics for which the binomial
 * distribution leaves at most 2.5 % on each side (Conover, Practical
 * Nonparametric Statistics, 3rd ed., section 3.2).
 */
void ktb_quantile_ranks(struct ktb_ranks *ranks, uint64_t samples);

/**
 * ktb_quantile_bound() - find an order statistic in a histogram
 * @h: the histogram
 * @rank: 1 to @h->count
 *
 * Return: what is known of it.
 */
struct ktb_bound ktb_quantile_bound(const struct ktb_histogram *h,
				    uint64_t rank);

/**
 * ktb_quantile_estimate() - all quantiles of a histogram
 * @h: the histogram
 * @ranks: of @h->count samples
 * @estimate: array of KTB_NR_QUANTILES, filled in
 */
void ktb_quantile_estimate(const struct ktb_histogram *h,
			   const struct ktb_ranks *ranks,
			   struct ktb_estimate *estimate);

#endif /* KTB_QUANTILE_H */
