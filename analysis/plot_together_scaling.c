// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A quantile against the number that a job sweeps, one line a column. Drawn as
 * calls are, each column's line by its own style.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "curves.h"
#include "plot_together.h"

/**
 * struct scaling - the series of one label, over all columns
 * @series: by column; without cells where there is none
 * @metrics: the primary one of each column
 * @axis: what it is drawn against
 * @q: what is drawn
 * @from: smallest value above 0
 * @to: largest one
 * @lines: columns with at least two points
 */
struct scaling {
	struct ktb_series series[KTB_TOGETHER_MAX];
	const struct ktb_metric *metrics[KTB_TOGETHER_MAX];
	const struct ktb_series_axis *axis;
	enum ktb_quantile q;
	int64_t from;
	int64_t to;
	size_t lines;
};

/* Its quantile, if it can be drawn. */
static const struct ktb_estimate *scaling_point(const struct scaling *scaling,
						size_t column, size_t cell)
{
	const struct ktb_estimate *estimate =
		&ktb_summary_figures(scaling->series[column].cells[cell],
				     scaling->metrics[column])
			 ->at[scaling->q];

	return estimate->is_supported && estimate->value.high > 0 ? estimate :
								    NULL;
}

static size_t scaling_points(const struct scaling *scaling, size_t column)
{
	size_t points = 0, i;

	for (i = 0; i < scaling->series[column].nr; i++)
		points += scaling_point(scaling, column, i) != NULL;
	return points;
}

static void scaling_extent(struct scaling *scaling, size_t nr)
{
	const struct ktb_estimate *point;
	size_t column, i;

	scaling->from = INT64_MAX;
	scaling->to = 1;
	scaling->lines = 0;
	for (column = 0; column < nr; column++) {
		scaling->lines += scaling_points(scaling, column) >= 2;
		for (i = 0; i < scaling->series[column].nr; i++) {
			point = scaling_point(scaling, column, i);
			if (!point)
				continue;
			if (point->value.high < scaling->from)
				scaling->from = point->value.high;
			if (point->value.high > scaling->to)
				scaling->to = point->value.high;
		}
	}
}

static void scaling_write(FILE *to, const struct scaling *scaling,
			  const struct ktb_column *at, size_t column)
{
	const struct ktb_series *series = &scaling->series[column];
	const struct ktb_metric *metric = scaling->metrics[column];
	const struct ktb_figures *figures;
	int64_t value = 0;
	size_t i;

	fprintf(to, "# %c %s, %s\n# %s\t%s\tlow\thigh\tmax\tn\tlost\tmissed\n",
		at->letter, at->kernel, metric->name, scaling->axis->param,
		ktb_quantile_name(scaling->q));
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], metric);
		if (!figures->count)
			continue;
		ktb_summary_param(series->cells[i], scaling->axis->param,
				  &value);
		fprintf(to, "%" PRId64, value);
		ktb_curves_interval(to, &figures->at[scaling->q]);
		ktb_curves_tail(to, series->cells[i], metric);
	}
}

static void scaling_clause(const void *of, size_t column, FILE *to)
{
	const struct scaling *scaling = of;
	struct ktb_curves_extent extent;

	if (!scaling->series[column].nr) {
		fputs("not there", to);
		return;
	}
	ktb_curves_extent(&scaling->series[column], scaling->metrics[column],
			  &extent);
	fprintf(to, "n %s, lost %s, missed %s in %zu cells",
		ktb_scale_count(extent.samples).s,
		ktb_scale_count(extent.lost).s,
		ktb_scale_count(extent.missed).s, scaling->series[column].nr);
}

static int scaling_describe(struct ktb_beside *beside, struct ktb_plot *plot,
			    const struct scaling *scaling, const char *label)
{
	const struct ktb_metric *metric = plot->job->workload->primary;
	char *counts =
		ktb_beside_clauses(beside->together, scaling_clause, scaling);

	if (!counts)
		return ktb_fault_memory(beside->plots.fault);
	ktb_plots_title(plot, "%s: %s of %s against the %s%s%s",
			plot->job->name, ktb_quantile_name(scaling->q),
			metric->name, scaling->axis->words, *label ? ", " : "",
			label);
	ktb_plots_remark(
		plot,
		"%s; invalid repetitions are not drawn. A value of 0 or below has no place on this axis; the table has it.",
		counts);
	free(counts);
	ktb_plots_set_axis(plot, "ylab", metric, 0);
	ktb_plots_set_tics(plot, "tics", metric->scale, scaling->from,
			   scaling->to);
	ktb_plots_set_text(plot, "xlab", scaling->axis->words);
	if (!ktb_curves_numbers(plot, scaling->series, beside->together->nr,
				scaling->axis->param))
		return ktb_fault_memory(beside->plots.fault);
	return 0;
}

static int scaling_draw(struct ktb_beside *beside, const struct ktb_shared *job,
			struct scaling *scaling, const char *label)
{
	static struct ktb_plot_kind kind = { .name = "kernels" };
	size_t column, curves = 0;
	struct ktb_plot *plot;
	int ret;

	scaling_extent(scaling, beside->together->nr);
	if (!scaling->lines)
		return 0;
	kind.script = ktb_plots_kind("calls")->script;
	plot = ktb_beside_begin(beside, &kind, job);
	if (!plot)
		return beside->plots.fault->code;
	for (column = 0; column < beside->together->nr; column++) {
		/* A curve without a point is a warning. */
		if (!scaling_points(scaling, column))
			continue;
		fputs(curves ? "\n\n" : "", plot->data);
		scaling_write(plot->data, scaling,
			      &beside->together->columns[column], column);
		ktb_beside_curve(beside, plot, ++curves, column);
	}
	ktb_plots_set(plot, "curves", (int64_t)curves);
	ret = scaling_describe(beside, plot, scaling, label);
	return ret ? ret : ktb_plots_end(&beside->plots, plot);
}

/* Takes the series of this label, of each column. */
static void scaling_pick(struct scaling *scaling, struct ktb_series *const *all,
			 const size_t *nr, const char *label)
{
	size_t column, i;

	for (column = 0; column < KTB_TOGETHER_MAX; column++) {
		scaling->series[column] = (struct ktb_series){ .nr = 0 };
		for (i = 0; i < nr[column]; i++)
			if (!strcmp(all[column][i].label, label))
				scaling->series[column] = all[column][i];
	}
}

/* Is it the first column with a series of this label? */
static bool scaling_is_new(struct ktb_series *const *all, const size_t *nr,
			   size_t column, const char *label)
{
	size_t before, i;

	for (before = 0; before < column; before++)
		for (i = 0; i < nr[before]; i++)
			if (!strcmp(all[before][i].label, label))
				return false;
	return true;
}

static int scaling_draw_all(struct ktb_beside *beside,
			    const struct ktb_shared *job,
			    struct scaling *scaling,
			    struct ktb_series *const *all, const size_t *nr)
{
	static const enum ktb_quantile quantiles[] = { KTB_QUANTILE_P50,
						       KTB_QUANTILE_P99 };
	size_t column, i, k, drawn = 0;
	const char *label;
	int ret = 0;

	for (column = 0; column < beside->together->nr; column++) {
		for (i = 0; i < nr[column]; i++) {
			label = all[column][i].label;
			if (!scaling_is_new(all, nr, column, label))
				continue;
			if (drawn++ >= KTB_PLOTS_PER_JOB) {
				beside->plots.nr_left_out++;
				continue;
			}
			scaling_pick(scaling, all, nr, label);
			for (k = 0; k < 2 && !ret; k++) {
				scaling->q = quantiles[k];
				ret = scaling_draw(beside, job, scaling, label);
			}
		}
	}
	return ret;
}

int ktb_beside_scaling(struct ktb_beside *beside, const struct ktb_shared *job)
{
	const struct ktb_together *together = beside->together;
	const struct ktb_metric *metric = job->first->workload->primary;
	struct ktb_series *all[KTB_TOGETHER_MAX] = { NULL };
	size_t nr[KTB_TOGETHER_MAX] = { 0 };
	struct scaling scaling = { .axis = NULL };
	const struct ktb_findings *findings;
	size_t i;
	int ret;

	if (ktb_reader_is_of_calls(job->first->workload))
		return 0;
	for (i = 0; i < together->nr && !scaling.axis; i++)
		if (job->in[i])
			scaling.axis = ktb_series_axis(
				together->columns[i].findings, job->in[i]);
	for (i = 0; i < together->nr && scaling.axis; i++) {
		findings = together->columns[i].findings;
		scaling.metrics[i] =
			job->in[i] ? ktb_reader_metric(job->in[i]->workload,
						       metric->name) :
				     NULL;
		if (scaling.metrics[i] && scaling.metrics[i]->is_distribution &&
		    scaling.metrics[i]->scale == metric->scale)
			nr[i] = ktb_series_make(findings, job->in[i],
						scaling.axis->param, &all[i]);
	}
	ret = scaling_draw_all(beside, job, &scaling, all, nr);
	for (i = 0; i < together->nr; i++)
		ktb_series_free(all[i], nr[i]);
	return ret;
}
