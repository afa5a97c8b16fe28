/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Bins of a picture: the buckets of a histogram put together until they can be
 * seen. It knows histograms and nothing of pictures.
 *
 * Buckets double in width at each power of two, so their bare counts would show
 * steps that are not in the data. Bins are of one width, on a linear or on a
 * logarithmic axis.
 */
#ifndef KTB_BINS_H
#define KTB_BINS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "histogram.h"

/* So that a curve with two points a bin has less than 500. */
#define KTB_BINS_MAX 248

/**
 * struct ktb_bins - where bins begin
 * @is_log: they are of one width on a logarithmic axis
 * @nr: bins
 * @edge: bin i holds values from edge[i] to edge[i + 1] - 1
 */
struct ktb_bins {
	bool is_log;
	size_t nr;
	int64_t edge[KTB_BINS_MAX + 1];
};

/**
 * ktb_bins_choose() - bins for a range of values
 * @bins: filled in
 * @low: smallest value, 0 or above
 * @high: largest value that lies in a bucket, not below @low
 */
void ktb_bins_choose(struct ktb_bins *bins, int64_t low, int64_t high);

/**
 * ktb_bins_count() - count a histogram's buckets into bins
 * @bins: chosen for a range that holds all its buckets
 * @h: the histogram; its early and overflowing samples are in no bin
 * @counts: array of @bins->nr, filled in
 *
 * A bucket goes to the bin of its smallest value. Linear bins are made so that
 * no bucket lies across an edge; on a logarithmic axis a bucket is at most a
 * tenth of a bin wide once bins are wider than single values.
 */
void ktb_bins_count(const struct ktb_bins *bins, const struct ktb_histogram *h,
		    uint64_t *counts);

#endif /* KTB_BINS_H */
