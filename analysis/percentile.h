/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A curve of the value by percentile, the tail stretched out, and its axes; drawn
 * by plots/percentile.gp. It knows histograms and pictures, and nothing of what
 * is drawn together.
 */
#ifndef KTB_PERCENTILE_H
#define KTB_PERCENTILE_H

#include "plots.h"

/**
 * struct ktb_percentile_extent - how far the curves of a picture reach
 * @from: smallest value above 0
 * @to: largest one, at least 1
 * @most: samples of the longest curve
 * @samples: of all curves
 * @below: of these, how many are 0 or early
 * @lost: beside them
 */
struct ktb_percentile_extent {
	int64_t from;
	int64_t to;
	uint64_t most;
	uint64_t samples;
	uint64_t below;
	uint64_t lost;
};

#define KTB_PERCENTILE_EXTENT_NONE         \
	{                                  \
		.from = INT64_MAX, .to = 1 \
	}

/**
 * ktb_percentile_write() - write the points of one curve
 * @to: the .dat file
 * @h: the distribution, with two samples at least
 */
void ktb_percentile_write(FILE *to, const struct ktb_histogram *h);

/**
 * ktb_percentile_widen() - make room for one more curve
 * @extent: KTB_PERCENTILE_EXTENT_NONE, or what other curves have made of it
 * @h: the distribution
 * @lost: samples that were lost beside it
 */
void ktb_percentile_widen(struct ktb_percentile_extent *extent,
			  const struct ktb_histogram *h, uint64_t lost);

/**
 * ktb_percentile_axes() - tell the script how far the axes reach
 * @plot: begun
 * @extent: of all curves
 * @metric: what they show
 * @curves: how many there are
 */
void ktb_percentile_axes(struct ktb_plot *plot,
			 const struct ktb_percentile_extent *extent,
			 const struct ktb_metric *metric, size_t curves);

#endif /* KTB_PERCENTILE_H */
