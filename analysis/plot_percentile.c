// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "percentile": what share of the samples stays below which value,
 * one curve a cell of the job, the tail stretched out.
 */
#include "draw.h"
#include "percentile.h"
#include "plot_kinds.h"

static int percentile_curve(struct ktb_plots *plots, struct ktb_plot *plot,
			    const struct ktb_summary *summary, size_t number,
			    struct ktb_percentile_extent *extent)
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
		ktb_percentile_write(plot->data, h);
		ktb_percentile_widen(extent, h, ktb_summary_lost(summary));
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

static void percentile_describe(struct ktb_plot *plot,
				const struct ktb_percentile_extent *extent,
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
	ktb_percentile_axes(plot, extent, metric, curves);
}

int ktb_plot_percentile(struct ktb_plots *plots,
			const struct ktb_plot_kind *row,
			const struct ktb_job *job)
{
	struct ktb_percentile_extent extent = KTB_PERCENTILE_EXTENT_NONE;
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
	percentile_describe(plot, &extent, cells, curves);
	return ktb_plots_end(plots, plot);
}
