// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "percentile": what share of the samples stays below which value,
 * one curve a cell of the job, the tail stretched out.
 */
#include <inttypes.h>
#include <math.h>
#include <string.h>

#include "draw.h"
#include "plot_kinds.h"

#define PERCENTILE_POINTS 240

struct percentile_extent {
	int64_t from;
	int64_t to;
	uint64_t most;
	uint64_t samples;
	uint64_t below;
	uint64_t lost;
};

/*
 * Points at even steps of -log10(1 - q). The largest sample, whose q would be
 * 1, stands at log10(n), where one sample of n is left.
 */
static void percentile_write(FILE *to, const struct ktb_histogram *h)
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

static void percentile_widen(struct percentile_extent *extent,
			     const struct ktb_histogram *h,
			     const struct ktb_summary *summary)
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
	extent->lost += ktb_summary_lost(summary);
}

static int percentile_curve(struct ktb_plots *plots, struct ktb_plot *plot,
			    const struct ktb_summary *summary, size_t number,
			    struct percentile_extent *extent)
{
	const struct ktb_metric *metric = plot->job->workload->primary;
	const struct ktb_histogram *h;
	struct ktb_pool pool;
	char title[160];
	int ret;

	ret = ktb_plots_load(plots, summary, &pool);
	if (!ret) {
		h = &pool.totals[metric->slot];
		ktb_summary_title(summary, title, sizeof(title));
		fprintf(plot->data, "%s# %s\n", number ? "\n\n" : "", title);
		percentile_write(plot->data, h);
		percentile_widen(extent, h, summary);
		fprintf(plot->settings, "name%zu = ", number + 1);
		ktb_draw_quote(plot->settings, title);
		fputc('\n', plot->settings);
	}
	ktb_pool_free(&pool);
	return ret;
}

/* The index'th good cell of a job with more than one sample. */
static const struct ktb_summary *
percentile_cell(const struct ktb_findings *findings, const struct ktb_job *job,
		size_t index)
{
	const struct ktb_summary *summary;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &findings->summaries[i];
		if (!summary->is_valid ||
		    ktb_summary_figures(summary, job->workload->primary)->count <
			    2 ||
		    ktb_summary_figures(summary, job->workload->primary)->max <=
			    0)
			continue;
		if (!index--)
			return summary;
	}
	return NULL;
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

static void percentile_describe(struct ktb_plot *plot,
				const struct percentile_extent *extent,
				size_t cells, size_t curves)
{
	const struct ktb_metric *metric = plot->job->workload->primary;

	ktb_plots_title(plot, "%s: %s by percentile", plot->job->name,
			metric->name);
	ktb_plots_remark(plot,
			 "%zu of %zu cells, spread evenly over the "
			 "sweep. n %s, lost %s. %s samples are 0 or early and "
			 "have no place on this axis. Each curve ends at its "
			 "largest sample; its last decade rests on few.",
			 curves, cells, ktb_scale_count(extent->samples).s,
			 ktb_scale_count(extent->lost).s,
			 ktb_scale_count(extent->below).s);
	percentile_axis(plot, log10((double)extent->most));
	ktb_plots_set(plot, "curves", (int64_t)curves);
	ktb_plots_set_axis(plot, "ylab", metric, 0);
	ktb_plots_set_tics(plot, "tics", metric->scale, extent->from,
			   extent->to);
}

int ktb_plot_percentile(struct ktb_plots *plots,
			const struct ktb_plot_kind *row,
			const struct ktb_job *job)
{
	struct percentile_extent extent = { .from = INT64_MAX, .to = 1 };
	size_t cells = 0, curves = 0;
	struct ktb_plot *plot;
	int ret;

	if (!job->workload->primary)
		return 0;
	while (percentile_cell(plots->findings, job, cells))
		cells++;
	if (!cells)
		return 0;
	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	while (ktb_plots_pick(cells, KTB_PLOTS_CURVES, curves) < cells) {
		ret = percentile_curve(
			plots, plot,
			percentile_cell(plots->findings, job,
					ktb_plots_pick(cells, KTB_PLOTS_CURVES,
						       curves)),
			curves, &extent);
		if (ret)
			return ret;
		curves++;
	}
	if (extent.from > extent.to)
		extent.from = extent.to;
	percentile_describe(plot, &extent, cells, curves);
	return ktb_plots_end(plots, plot);
}
