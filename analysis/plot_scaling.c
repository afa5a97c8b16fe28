// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "scaling": lateness against the number that a job sweeps, such as
 * that of timers: p50, p99 and the largest, with the intervals as bands. Where
 * the number is a time that was asked for, a tick and the time itself are drawn
 * for comparison.
 */
#include <inttypes.h>

#include "curves.h"
#include "plot_kinds.h"
#include "shape.h"

static void scaling_write(FILE *to, const struct ktb_series *series,
			  const struct ktb_metric *metric,
			  const struct ktb_series_axis *axis)
{
	const struct ktb_figures *figures;
	int64_t value = 0;
	char names[160];
	size_t i;

	snprintf(names, sizeof(names),
		 "%s\tp50\tp50 low\tp50 high\tp99\tp99 low\tp99 high",
		 axis->param);
	ktb_curves_head(to, series, metric, names);
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		if (!figures->count)
			continue;
		ktb_summary_param(series->cells[i], axis->param, &value);
		fprintf(to, "%" PRId64, value);
		ktb_curves_interval(to, &figures->at[KTB_QUANTILE_P50]);
		ktb_curves_interval(to, &figures->at[KTB_QUANTILE_P99]);
		ktb_curves_tail(to, series->cells[i], metric);
	}
}

/* Lines to compare with, where they would be seen; 0: they would not. */
static void scaling_compare(struct ktb_plots *plots, struct ktb_plot *plot,
			    const struct ktb_series *series,
			    const struct ktb_series_axis *axis,
			    const struct ktb_curves_extent *extent)
{
	const json_t *module =
		json_object_get(plots->findings->reader.root, "module");
	enum ktb_scale scale = plot->job->workload->primary->scale;
	int64_t tick_ns = ktb_shape_integer(module, "tick_ns");
	int64_t first = 0, last = 0;
	bool is_ns = scale == KTB_SCALE_NS || scale == KTB_SCALE_INSTRUCTIONS;

	ktb_summary_param(series->cells[0], axis->param, &first);
	ktb_summary_param(series->cells[series->nr - 1], axis->param, &last);
	is_ns = is_ns && axis->is_asked;
	if (tick_ns < extent->from || tick_ns > extent->to)
		tick_ns = 0;
	ktb_plots_set(plot, "tick", is_ns ? tick_ns : 0);
	ktb_plots_set(plot, "same",
		      is_ns && first <= extent->to && last >= extent->from);
}

static int scaling_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		       const struct ktb_job *job,
		       const struct ktb_series *series)
{
	const struct ktb_series_axis *axis =
		ktb_series_axis(plots->findings, job);
	const struct ktb_metric *metric = job->workload->primary;
	struct ktb_curves_extent extent;
	struct ktb_plot *plot;

	ktb_curves_extent(series, metric, &extent);
	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	ktb_plots_title(plot, "%s: %s against the %s%s%s", job->name,
			metric->name, axis->words, *series->label ? ", " : "",
			series->label);
	ktb_plots_remark(plot,
			 "n %s in %zu cells, lost %s. Bands: 95 %% "
			 "intervals within this run. A value of 0 or below has "
			 "no place on this axis; the table has it.",
			 ktb_scale_count(extent.samples).s, series->nr,
			 ktb_scale_count(extent.lost).s);
	ktb_plots_set_axis(plot, "ylab", metric, 0);
	ktb_plots_set_tics(plot, "tics", metric->scale, extent.from, extent.to);
	ktb_plots_set_text(plot, "xlab", axis->words);
	if (!ktb_curves_numbers(plot, series, 1, axis->param))
		return ktb_fault_memory(plots->fault);
	scaling_compare(plots, plot, series, axis, &extent);
	ktb_plots_set(plot, "p50",
		      ktb_series_has(series, metric, KTB_QUANTILE_P50));
	ktb_plots_set(plot, "p99",
		      ktb_series_has(series, metric, KTB_QUANTILE_P99));
	scaling_write(plot->data, series, metric, axis);
	return ktb_plots_end(plots, plot);
}

int ktb_plot_scaling(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		     const struct ktb_job *job)
{
	const struct ktb_series_axis *axis =
		ktb_series_axis(plots->findings, job);

	/* The primary one is a call among others, which are drawn together. */
	if (!axis || ktb_reader_is_of_calls(job->workload))
		return 0;
	return ktb_curves_draw(plots, row, job, axis->param, ktb_curves_is_line,
			       scaling_add);
}
