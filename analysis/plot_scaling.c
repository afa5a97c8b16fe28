// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "scaling": lateness against the number of timers, p50, p99 and
 * the largest, with the intervals as bands. It knows jobs that sweep `timers`.
 */
#include <inttypes.h>

#include "curves.h"
#include "plot_kinds.h"

static void scaling_write(FILE *to, const struct ktb_series *series,
			  const struct ktb_metric *metric)
{
	const struct ktb_figures *figures;
	int64_t timers = 0;
	size_t i;

	ktb_curves_head(to, series, metric,
			"timers\tp50\tp50 low\tp50 high\tp99\tp99 low\t"
			"p99 high\tmax\tn\tlost");
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		if (!figures->count)
			continue;
		ktb_summary_param(series->cells[i], "timers", &timers);
		fprintf(to, "%" PRId64, timers);
		ktb_curves_interval(to, &figures->at[KTB_QUANTILE_P50]);
		ktb_curves_interval(to, &figures->at[KTB_QUANTILE_P99]);
		ktb_curves_tail(to, series->cells[i], metric);
	}
}

static int scaling_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		       const struct ktb_job *job,
		       const struct ktb_series *series)
{
	const struct ktb_metric *metric = job->workload->primary;
	struct ktb_curves_extent extent;
	struct ktb_plot *plot;

	ktb_curves_extent(series, metric, &extent);
	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	ktb_plots_title(plot, "%s: %s against the number of timers%s%s",
			job->name, metric->name, *series->label ? ", " : "",
			series->label);
	ktb_plots_remark(plot,
			 "n %s in %zu cells, lost %s. Bands: 95 %% "
			 "intervals within this run. A value of 0 or below has "
			 "no place on this axis; the table has it.",
			 ktb_scale_count(extent.samples).s, series->nr,
			 ktb_scale_count(extent.lost).s);
	ktb_plots_set_axis(plot, "ylab", metric, 0);
	ktb_plots_set_tics(plot, "tics", metric->scale, extent.from, extent.to);
	ktb_plots_set(plot, "p50",
		      ktb_series_has(series, metric, KTB_QUANTILE_P50));
	ktb_plots_set(plot, "p99",
		      ktb_series_has(series, metric, KTB_QUANTILE_P99));
	scaling_write(plot->data, series, metric);
	return ktb_plots_end(plots, plot);
}

static bool scaling_is_drawable(const struct ktb_series *series,
				const struct ktb_metric *metric)
{
	const struct ktb_figures *figures;
	size_t nr = 0, i;

	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		nr += figures->count && figures->max > 0;
	}
	return nr >= 2;
}

int ktb_plot_scaling(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		     const struct ktb_job *job)
{
	return ktb_curves_draw(plots, row, job, "timers", scaling_is_drawable,
			       scaling_add);
}
