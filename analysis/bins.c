// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Bins of a picture. It knows histograms and nothing of pictures.
 */
#include <math.h>
#include <string.h>

#include "bins.h"

/* Bins per power of two on a logarithmic axis. */
#define BINS_PER_OCTAVE 6

/* Linear bins that are aimed at; there are at most twice as many. */
#define BINS_LINEAR	120

/* A range wider than this factor gets a logarithmic axis. */
#define BINS_LOG_FACTOR 32

static void bins_choose_log(struct ktb_bins *bins, int64_t low, int64_t high)
{
	int64_t edge, last = -1;
	int step = 0;

	/* Zero has no logarithm, and a bin of its own. */
	if (low < 1) {
		bins->edge[bins->nr++] = 0;
		last = 0;
	}
	while (last <= high && bins->nr < KTB_BINS_MAX) {
		edge = llround(exp2((double)step++ / BINS_PER_OCTAVE));
		if (edge <= last)
			continue;
		/* The first bin is the last that begins at or below @low. */
		if (bins->nr == 1 && edge <= low)
			bins->nr = 0;
		bins->edge[bins->nr++] = edge;
		last = edge;
	}
	bins->nr--;
}

static void bins_choose_linear(struct ktb_bins *bins, int64_t low, int64_t high)
{
	uint32_t index = ktb_hist_index((uint64_t)high);
	int64_t width = 1;
	int64_t edge;

	while (width < (int64_t)(ktb_hist_high(index) - ktb_hist_low(index)) ||
	       width < (high - low) / BINS_LINEAR)
		width *= 2;
	edge = low / width * width;
	bins->edge[0] = edge;
	while (edge <= high && bins->nr < KTB_BINS_MAX) {
		edge += width;
		bins->edge[++bins->nr] = edge;
	}
}

void ktb_bins_choose(struct ktb_bins *bins, int64_t low, int64_t high)
{
	bins->nr = 0;
	bins->is_log = high / BINS_LOG_FACTOR > (low > 1 ? low : 1);
	if (bins->is_log)
		bins_choose_log(bins, low, high);
	else
		bins_choose_linear(bins, low, high);
}

void ktb_bins_count(const struct ktb_bins *bins, const struct ktb_histogram *h,
		    uint64_t *counts)
{
	size_t bin = 0;
	unsigned int i;

	memset(counts, 0, bins->nr * sizeof(*counts));
	for (i = 0; i < KTB_HIST_NR; i++) {
		if (!h->bucket[i])
			continue;
		while (bin + 1 < bins->nr &&
		       bins->edge[bin + 1] <= (int64_t)ktb_hist_low(i))
			bin++;
		counts[bin] += h->bucket[i];
	}
}
