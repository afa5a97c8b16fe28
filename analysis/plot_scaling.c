// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "scaling": lateness against the number of timers, p50, p99 and
 * the largest, with the intervals as bands. It knows jobs that sweep `timers`.
 */
#include <inttypes.h>

#include "plot_kinds.h"
#include "series.h"

static void scaling_write_bound(FILE *to, const struct ktb_bound *bound,
				bool is_supported)
{
	if (is_supported)
		fprintf(to, "\t%" PRId64, bound->high);
	else
		fputs("\t?", to);
}

static void scaling_write_estimate(FILE *to,
				   const struct ktb_estimate *estimate)
{
	bool is_supported = estimate->is_supported;

	scaling_write_bound(to, &estimate->value, is_supported);
	if (is_supported)
		fprintf(to, "\t%" PRId64, estimate->low.low);
	else
		fputs("\t?", to);
	scaling_write_bound(to, &estimate->high, is_supported);
}

static void scaling_write(FILE *to, const struct ktb_series *series,
			  const struct ktb_metric *metric)
{
	const struct ktb_figures *figures;
	int64_t timers = 0;
	size_t i;

	fprintf(to, "# %s%s%s\n", metric->name, *series->label ? ", " : "",
		series->label);
	fputs("# timers\tp50\tp50 low\tp50 high\tp99\tp99 low\tp99 high\tmax\t"
	      "n\tlost\n",
	      to);
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		if (!figures->count)
			continue;
		ktb_summary_param(series->cells[i], "timers", &timers);
		fprintf(to, "%" PRId64, timers);
		scaling_write_estimate(to, &figures->at[KTB_QUANTILE_P50]);
		scaling_write_estimate(to, &figures->at[KTB_QUANTILE_P99]);
		fprintf(to, "\t%" PRId64 "\t%" PRIu64 "\t%" PRIu64 "\n",
			figures->max, figures->count,
			ktb_summary_lost(series->cells[i]));
	}
}

/* The smallest and the largest positive value that is drawn. */
static void scaling_extent(const struct ktb_series *series,
			   const struct ktb_metric *metric, int64_t *from,
			   int64_t *to)
{
	const struct ktb_figures *figures;
	const struct ktb_estimate *p50;
	size_t i;

	*from = INT64_MAX;
	*to = 1;
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		p50 = &figures->at[KTB_QUANTILE_P50];
		if (!figures->count)
			continue;
		if (p50->is_supported && p50->low.low > 0 &&
		    p50->low.low < *from)
			*from = p50->low.low;
		if (figures->max > 0 && figures->max < *from)
			*from = figures->max;
		if (figures->max > *to)
			*to = figures->max;
	}
	if (*from > *to)
		*from = *to;
}

static int scaling_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		       const struct ktb_job *job,
		       const struct ktb_series *series)
{
	const struct ktb_metric *metric = job->workload->primary;
	uint64_t samples = 0, lost = 0;
	struct ktb_plot *plot;
	int64_t from, to;
	size_t i;

	for (i = 0; i < series->nr; i++) {
		samples += ktb_summary_figures(series->cells[i], metric)->count;
		lost += ktb_summary_lost(series->cells[i]);
	}
	scaling_extent(series, metric, &from, &to);
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
			 ktb_scale_count(samples).s, series->nr,
			 ktb_scale_count(lost).s);
	ktb_plots_set_axis(plot, "ylab", metric, 0);
	ktb_plots_set_tics(plot, "tics", metric->scale, from, to);
	ktb_plots_set(plot, "p50",
		      ktb_series_has(series, metric, KTB_QUANTILE_P50));
	ktb_plots_set(plot, "p99",
		      ktb_series_has(series, metric, KTB_QUANTILE_P99));
	scaling_write(plot->data, series, metric);
	return ktb_plots_end(plots, plot);
}

static size_t scaling_nr_drawable(const struct ktb_series *series,
				  const struct ktb_metric *metric)
{
	const struct ktb_figures *figures;
	size_t nr = 0, i;

	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		nr += figures->count && figures->max > 0;
	}
	return nr;
}

int ktb_plot_scaling(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		     const struct ktb_job *job)
{
	struct ktb_series *series;
	size_t nr, i, drawn = 0;
	int ret = 0;

	if (!job->workload->primary)
		return 0;
	nr = ktb_series_make(plots->findings, job, "timers", &series);
	for (i = 0; i < nr && !ret; i++) {
		if (scaling_nr_drawable(&series[i], job->workload->primary) < 2)
			continue;
		if (drawn++ < KTB_PLOTS_PER_JOB)
			ret = scaling_add(plots, row, job, &series[i]);
		else
			plots->nr_left_out++;
	}
	ktb_series_free(series, nr);
	return ret;
}
