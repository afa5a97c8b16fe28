// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "rate": how many can be made in a second against how many make
 * them: the median round, the least and the most, and what perfect scaling of
 * the first point would be. It knows jobs that sweep `creators` and have
 * `per_second`.
 */
#include <inttypes.h>

#include "curves.h"
#include "plot_kinds.h"

#define RATE_PARAM "creators"

static bool rate_find(const struct ktb_summary *summary,
		      const struct ktb_metric *metric, int64_t *p50,
		      int64_t *creators)
{
	const struct ktb_estimate *estimate =
		&ktb_summary_figures(summary, metric)->at[KTB_QUANTILE_P50];

	*p50 = estimate->value.high;
	return estimate->is_supported && *p50 > 0 &&
	       ktb_summary_param(summary, RATE_PARAM, creators) &&
	       *creators > 0;
}

/* What the first point would become; 0 if it has no median. */
static int64_t rate_perfect(const struct ktb_series *series,
			    const struct ktb_metric *metric, int64_t creators)
{
	int64_t p50, first;

	if (!rate_find(series->cells[0], metric, &p50, &first))
		return 0;
	return (int64_t)((__int128)p50 * creators / first);
}

static void rate_write(struct ktb_plot *plot, const struct ktb_series *series,
		       const struct ktb_metric *metric, size_t number)
{
	const struct ktb_figures *figures;
	int64_t creators = 0, perfect = 0;
	char name[32];
	size_t i;

	fputs(number > 1 ? "\n\n" : "", plot->data);
	ktb_curves_head(plot->data, series, metric,
			"creators\tp50\tperfect\tleast");
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		if (!figures->count)
			continue;
		ktb_summary_param(series->cells[i], RATE_PARAM, &creators);
		fprintf(plot->data, "%" PRId64, creators);
		ktb_curves_value(plot->data, &figures->at[KTB_QUANTILE_P50]);
		perfect = rate_perfect(series, metric, creators);
		if (perfect)
			fprintf(plot->data, "\t%" PRId64, perfect);
		else
			fputs("\t?", plot->data);
		fprintf(plot->data, "\t%" PRId64, figures->min);
		ktb_curves_tail(plot->data, series->cells[i], metric);
	}
	snprintf(name, sizeof(name), "name%zu", number);
	ktb_plots_set_text(plot, name, *series->label ? series->label : "p50");
	snprintf(name, sizeof(name), "p50_%zu", number);
	ktb_plots_set(plot, name,
		      ktb_series_has(series, metric, KTB_QUANTILE_P50));
	snprintf(name, sizeof(name), "perfect_%zu", number);
	ktb_plots_set(plot, name, perfect != 0);
}

/* How far the axis reaches: the rounds, and what would be perfect. */
static void rate_widen(struct ktb_curves_extent *extent,
		       const struct ktb_series *series,
		       const struct ktb_metric *metric)
{
	const struct ktb_summary *last = series->cells[series->nr - 1];
	const struct ktb_figures *figures;
	struct ktb_curves_extent own;
	int64_t creators = 0;
	size_t i;

	ktb_curves_extent(series, metric, &own);
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		if (figures->count && figures->min > 0 &&
		    figures->min < own.from)
			own.from = figures->min;
	}
	ktb_summary_param(last, RATE_PARAM, &creators);
	if (rate_perfect(series, metric, creators) > own.to)
		own.to = rate_perfect(series, metric, creators);
	if (own.from < extent->from)
		extent->from = own.from;
	if (own.to > extent->to)
		extent->to = own.to;
	extent->samples += own.samples;
	extent->lost += own.lost;
}

static int rate_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		    const struct ktb_job *job, const struct ktb_metric *metric,
		    const struct ktb_series *series, size_t nr)
{
	struct ktb_curves_extent extent = { .from = INT64_MAX, .to = 1 };
	struct ktb_plot *plot;
	char left_out[96] = "";
	size_t at, drawn = 0;

	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	while ((at = ktb_plots_pick(nr, KTB_PLOTS_CURVES, drawn)) < nr) {
		rate_widen(&extent, &series[at], metric);
		rate_write(plot, &series[at], metric, ++drawn);
	}
	if (drawn < nr)
		snprintf(left_out, sizeof(left_out),
			 " %zu of %zu curves, spread evenly.", drawn, nr);
	ktb_plots_title(plot,
			"%s: creations per second against the number of "
			"creators",
			job->name);
	ktb_plots_remark(
		plot,
		"Curves: the median round. Whiskers: from the least to "
		"the most of a round. Dashed: what the first point "
		"would become if creators were not in each other's "
		"way. Rounds %s, lost %s; a round without a creation "
		"has no place on this axis.%s",
		ktb_scale_count(extent.samples).s,
		ktb_scale_count(extent.lost).s, left_out);
	ktb_plots_set(plot, "curves", (int64_t)drawn);
	ktb_plots_set_tics(plot, "tics", metric->scale, extent.from, extent.to);
	if (!ktb_curves_numbers(plot, series, nr, RATE_PARAM))
		return ktb_fault_memory(plots->fault);
	return ktb_plots_end(plots, plot);
}

int ktb_plot_rate(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		  const struct ktb_job *job)
{
	const struct ktb_metric *metric =
		ktb_reader_metric(job->workload, "per_second");
	struct ktb_series *series, swap;
	size_t nr, i, lines = 0;
	int ret = 0;

	if (!metric || !metric->is_distribution)
		return 0;
	nr = ktb_series_make(plots->findings, job, RATE_PARAM, &series);
	for (i = 0; i < nr; i++) {
		if (!ktb_curves_is_line(&series[i], metric))
			continue;
		swap = series[lines];
		series[lines++] = series[i];
		series[i] = swap;
	}
	if (lines)
		ret = rate_add(plots, row, job, metric, series, lines);
	ktb_series_free(series, nr);
	return ret;
}
