// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "slack": wake-ups saved, which is 1 - instants / expiries,
 * against the lateness paid for them. It knows jobs that sweep `slack`.
 */
#include <inttypes.h>

#include "curves.h"
#include "plot_kinds.h"

static void slack_write(FILE *to, const struct ktb_series *series,
			const struct ktb_metric *metric)
{
	const struct ktb_figures *figures;
	uint64_t expiries, instants;
	size_t i;

	ktb_curves_head(to, series, metric,
			"slack\texpiries\tinstants\tp50\tp99");
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		if (!ktb_summary_counter(series->cells[i], "expiries",
					 &expiries) ||
		    !ktb_summary_counter(series->cells[i], "instants",
					 &instants) ||
		    !expiries || !figures->count)
			continue;
		fprintf(to, "%s\t%" PRIu64 "\t%" PRIu64,
			ktb_summary_setting(series->cells[i], "slack").s,
			expiries, instants);
		ktb_curves_value(to, &figures->at[KTB_QUANTILE_P50]);
		ktb_curves_value(to, &figures->at[KTB_QUANTILE_P99]);
		ktb_curves_tail(to, series->cells[i], metric);
	}
}

/* Wake-ups saved, in thousandths; false for a cell without expiries. */
static bool slack_saved(const struct ktb_summary *summary, int64_t *saved)
{
	uint64_t expiries, instants;

	if (!ktb_summary_counter(summary, "expiries", &expiries) ||
	    !ktb_summary_counter(summary, "instants", &instants) || !expiries)
		return false;
	*saved = 1000 - (int64_t)(1000 * (__uint128_t)instants / expiries);
	return true;
}

static void slack_axis(struct ktb_plot *plot, const struct ktb_series *series)
{
	int64_t low = 1000, high = 0, saved;
	size_t i;

	for (i = 0; i < series->nr; i++) {
		if (!slack_saved(series->cells[i], &saved))
			continue;
		if (saved < low)
			low = saved;
		if (saved > high)
			high = saved;
	}
	ktb_plots_set(plot, "low", low);
	ktb_plots_set(plot, "high", high);
}

static int slack_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		     const struct ktb_job *job, const struct ktb_series *series)
{
	const struct ktb_metric *metric = job->workload->primary;
	struct ktb_curves_extent extent;
	struct ktb_plot *plot;

	ktb_curves_extent(series, metric, &extent);
	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	ktb_plots_title(plot, "%s: wake-ups saved against %s paid%s%s",
			job->name, metric->name, *series->label ? ", " : "",
			series->label);
	ktb_plots_remark(
		plot,
		"Saved: 1 - instants / expiries. Each point is "
		"a cell, its label the slack. Lost %s; n, expiries and "
		"instants of each cell are in the data.",
		ktb_scale_count(extent.lost).s);
	ktb_plots_set_axis(plot, "ylab", metric, 0);
	ktb_plots_set_tics(plot, "tics", metric->scale, extent.from, extent.to);
	slack_axis(plot, series);
	ktb_plots_set(plot, "p99",
		      ktb_series_has(series, metric, KTB_QUANTILE_P99));
	slack_write(plot->data, series, metric);
	return ktb_plots_end(plots, plot);
}

/* Can anything be drawn: some cell with expiries, and samples for a median? */
static bool slack_is_drawable(const struct ktb_series *series,
			      const struct ktb_metric *metric)
{
	size_t i, nr = 0;
	int64_t saved;

	for (i = 0; i < series->nr; i++)
		if (slack_saved(series->cells[i], &saved) &&
		    ktb_summary_figures(series->cells[i], metric)
			    ->at[KTB_QUANTILE_P50]
			    .is_supported)
			nr++;
	return nr >= 2;
}

int ktb_plot_slack(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		   const struct ktb_job *job)
{
	return ktb_curves_draw(plots, row, job, "slack", slack_is_drawable,
			       slack_add);
}
