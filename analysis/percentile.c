// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A curve of the value by percentile, the tail stretched out, and its axes. It
 * knows histograms and pictures, and nothing of what is drawn together.
 */
#include <inttypes.h>
#include <math.h>

#include "percentile.h"

#define PERCENTILE_POINTS 240

/*
 * Points at even steps of -log10(1 - q). The largest sample, whose q would be
 * 1, stands at log10(n), where one sample of n is left.
 */
void ktb_percentile_write(FILE *to, const struct ktb_histogram *h)
{
	double length = log10((double)h->count);
	uint64_t rank, last = 0;
	struct ktb_bound bound;
	double x;
	int i;

	fputs("# -log10(1-q)\tvalue\n", to);
	for (i = 0; i <= PERCENTILE_POINTS; i++) {
		x = length * i / PERCENTILE_POINTS;
		rank = i == PERCENTILE_POINTS ?
			       h->count :
			       (uint64_t)ceil((double)h->count *
					      (1 - pow(10, -x)));
		if (!rank)
			rank = 1;
		if (rank == last && i < PERCENTILE_POINTS)
			continue;
		last = rank;
		bound = ktb_quantile_bound(h, rank);
		if (bound.high > 0)
			fprintf(to, "%.5f\t%" PRId64 "\n", x, bound.high);
		else
			fprintf(to, "%.5f\t?\n", x);
	}
}

void ktb_percentile_widen(struct ktb_percentile_extent *extent,
			  const struct ktb_histogram *h, uint64_t lost)
{
	struct ktb_bound first = ktb_quantile_bound(h, h->early + 1);

	if (first.high > 0 && first.high < extent->from)
		extent->from = first.high;
	if (h->max > extent->to)
		extent->to = h->max;
	if (h->count > extent->most)
		extent->most = h->count;
	extent->samples += h->count;
	extent->below += h->early + h->bucket[0];
	extent->lost += lost;
}

/* The x axis, as far as the largest sample reaches. */
static void percentile_axis(struct ktb_plot *plot, double length)
{
	static const struct {
		double at;
		const char *label;
	} shares[] = {
		{ 0, "0 %%" },	    { 0.30103, "50 %%" }, { 1, "90 %%" },
		{ 2, "99 %%" },	    { 3, "99.9 %%" },	  { 4, "99.99 %%" },
		{ 5, "99.999 %%" }, { 6, "6 nines" },	  { 7, "7 nines" },
		{ 8, "8 nines" },   { 9, "9 nines" },
	};
	size_t i;

	fprintf(plot->settings, "length = %.5f\nshares = \"(", length);
	for (i = 0; i < sizeof(shares) / sizeof(shares[0]); i++)
		if (shares[i].at <= length)
			fprintf(plot->settings, "%s'%s' %.5f", i ? ", " : "",
				shares[i].label, shares[i].at);
	fputs(")\"\n", plot->settings);
}

void ktb_percentile_axes(struct ktb_plot *plot,
			 const struct ktb_percentile_extent *extent,
			 const struct ktb_metric *metric, size_t curves)
{
	int64_t from = extent->from < extent->to ? extent->from : extent->to;

	percentile_axis(plot, log10((double)extent->most));
	ktb_plots_set(plot, "curves", (int64_t)curves);
	ktb_plots_set_axis(plot, "ylab", metric, 0);
	ktb_plots_set_tics(plot, "tics", metric->scale, from, extent->to);
}
