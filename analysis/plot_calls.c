// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "calls": the median cost of one call against the number that a
 * job sweeps, a curve a call. Calls are drawn family by family, in as many
 * pictures as it takes to show all of them.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "curves.h"
#include "plot_kinds.h"

/* Parts of names by which a family is known. */
#define CALLS_WORDS 5

/* A call belongs to the first family that has a part of its name. */
static const struct {
	const char *name;
	const char *in_name[CALLS_WORDS];
} calls_families[] = {
	{ "hrtimer calls", { "hrtimer" } },
	{ "timer_list calls", { "timer" } },
	{ "clock calls", { "ktime", "clock", "cycles", "jiffies" } },
	{ "workqueue calls", { "work" } },
	{ "other calls", { "" } },
};

#define CALLS_FAMILIES (sizeof(calls_families) / sizeof(calls_families[0]))

/* Calls of one picture. Each has the same place, and looks, in each series. */
struct calls_group {
	const struct ktb_metric *call[KTB_PLOTS_CURVES];
	size_t nr;
	size_t family;
	size_t number;
	size_t of;
};

static size_t calls_family(const struct ktb_metric *metric)
{
	size_t i, j;

	for (i = 0; i < CALLS_FAMILIES; i++)
		for (j = 0; calls_families[i].in_name[j]; j++)
			if (strstr(metric->name, calls_families[i].in_name[j]))
				return i;
	return CALLS_FAMILIES - 1;
}

static bool calls_is_of(const struct ktb_metric *metric, size_t family)
{
	return metric->is_distribution && metric->is_call &&
	       calls_family(metric) == family;
}

/* The index'th picture of a family; false when there is none. */
static bool calls_group(struct calls_group *group,
			const struct ktb_workload *workload, size_t family,
			size_t index)
{
	size_t nr = 0, at = 0, i;

	for (i = 0; i < workload->nr_metrics; i++)
		nr += calls_is_of(&workload->metrics[i], family);
	memset(group, 0, sizeof(*group));
	group->family = family;
	group->number = index + 1;
	group->of = (nr + KTB_PLOTS_CURVES - 1) / KTB_PLOTS_CURVES;
	if (index >= group->of)
		return false;
	/* Pictures of a family have even shares of its calls. */
	for (i = 0; i < workload->nr_metrics; i++) {
		if (!calls_is_of(&workload->metrics[i], family))
			continue;
		if (at++ * group->of / nr == index)
			group->call[group->nr++] = &workload->metrics[i];
	}
	return true;
}

/* A median that has a place on the axis; 0 if there is none. */
static int64_t calls_p50(const struct ktb_summary *summary,
			 const struct ktb_metric *call)
{
	const struct ktb_estimate *p50 =
		&ktb_summary_figures(summary, call)->at[KTB_QUANTILE_P50];

	return p50->is_supported && p50->value.high > 0 ? p50->value.high : 0;
}

static void calls_widen(struct ktb_curves_extent *extent,
			const struct ktb_series *series,
			const struct ktb_metric *call)
{
	int64_t p50;
	size_t i;

	for (i = 0; i < series->nr; i++) {
		extent->samples +=
			ktb_summary_figures(series->cells[i], call)->count;
		p50 = calls_p50(series->cells[i], call);
		if (p50 && p50 < extent->from)
			extent->from = p50;
		if (p50 > extent->to)
			extent->to = p50;
	}
}

static void calls_write(struct ktb_plot *plot, const struct ktb_series *series,
			const struct ktb_series_axis *axis,
			const struct ktb_metric *call, size_t number)
{
	const struct ktb_figures *figures;
	char names[96];
	int64_t value = 0;
	size_t i;

	fputs(number > 1 ? "\n\n" : "", plot->data);
	snprintf(names, sizeof(names), "%s\tp50\tp50 low\tp50 high",
		 axis->param);
	ktb_curves_head(plot->data, series, call, names);
	for (i = 0; i < series->nr; i++) {
		figures = ktb_summary_figures(series->cells[i], call);
		if (!figures->count)
			continue;
		ktb_summary_param(series->cells[i], axis->param, &value);
		fprintf(plot->data, "%" PRId64, value);
		ktb_curves_interval(plot->data, &figures->at[KTB_QUANTILE_P50]);
		ktb_curves_tail(plot->data, series->cells[i], call);
	}
}

/* The curves that have a point; those that have none are named. */
static size_t calls_curves(struct ktb_plot *plot,
			   const struct ktb_series *series,
			   const struct ktb_series_axis *axis,
			   const struct calls_group *group,
			   struct ktb_curves_extent *extent, FILE *without)
{
	const struct ktb_metric *call;
	char name[32];
	size_t drawn = 0, i;

	for (i = 0; i < group->nr; i++) {
		call = group->call[i];
		if (!ktb_series_has(series, call, KTB_QUANTILE_P50)) {
			fprintf(without, "%s %s", ftell(without) ? "," : "",
				call->name);
			continue;
		}
		calls_widen(extent, series, call);
		calls_write(plot, series, axis, call, ++drawn);
		snprintf(name, sizeof(name), "name%zu", drawn);
		ktb_plots_set_text(plot, name, call->name);
		snprintf(name, sizeof(name), "style%zu", drawn);
		ktb_plots_set(plot, name, (int64_t)i + 1);
	}
	return drawn;
}

static void calls_describe(struct ktb_plot *plot,
			   const struct ktb_series *series,
			   const struct ktb_series_axis *axis,
			   const struct calls_group *group,
			   const struct ktb_curves_extent *extent,
			   const char *without)
{
	char part[48] = "";
	uint64_t lost = 0;
	size_t i;

	for (i = 0; i < series->nr; i++)
		lost += ktb_summary_lost(series->cells[i]);
	if (group->of > 1)
		snprintf(part, sizeof(part), " (%zu of %zu)", group->number,
			 group->of);
	ktb_plots_title(plot, "%s: cost of %s%s against the %s%s%s",
			plot->job->name, calls_families[group->family].name,
			part, axis->words, *series->label ? ", " : "",
			series->label);
	ktb_plots_remark(
		plot,
		"Curves: the median of one call, which is its share of "
		"a batch. n %s in %zu cells, lost %s; intervals, the "
		"largest and n of each call are in the data.%s%s%s",
		ktb_scale_count(extent->samples).s, series->nr,
		ktb_scale_count(lost).s,
		*without ? " Not enough samples for a median:" : "", without,
		*without ? "." : "");
}

static int calls_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		     const struct ktb_job *job, const struct ktb_series *series,
		     const struct calls_group *group)
{
	const struct ktb_series_axis *axis =
		ktb_series_axis(plots->findings, job);
	struct ktb_curves_extent extent = { .from = INT64_MAX, .to = 1 };
	enum ktb_scale scale = group->call[0]->scale;
	char *without = NULL;
	struct ktb_plot *plot;
	size_t size, drawn;
	FILE *to;

	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	to = open_memstream(&without, &size);
	if (!to)
		return ktb_fault_memory(plots->fault);
	drawn = calls_curves(plot, series, axis, group, &extent, to);
	fclose(to);
	if (without)
		calls_describe(plot, series, axis, group, &extent, without);
	free(without);
	ktb_plots_set(plot, "curves", (int64_t)drawn);
	ktb_plots_set_text(plot, "xlab", axis->words);
	ktb_plots_set_text(plot, "ylab",
			   ktb_scale_is_instructions(scale) ?
				   "p50 of one call, instructions" :
				   "p50 of one call");
	ktb_plots_set_tics(plot, "tics", scale, extent.from, extent.to);
	if (!ktb_curves_numbers(plot, series, 1, axis->param))
		return ktb_fault_memory(plots->fault);
	return ktb_plots_end(plots, plot);
}

/* Is there a curve in it, and not only points? */
static bool calls_is_drawable(const struct ktb_series *series,
			      const struct calls_group *group)
{
	size_t i, j, points;

	for (i = 0; i < group->nr; i++) {
		for (points = 0, j = 0; j < series->nr; j++)
			points += calls_p50(series->cells[j], group->call[i]) !=
				  0;
		if (points >= 2)
			return true;
	}
	return false;
}

static int calls_series(struct ktb_plots *plots,
			const struct ktb_plot_kind *row,
			const struct ktb_job *job,
			const struct ktb_series *series, bool is_shown)
{
	struct calls_group group;
	size_t family, i;
	int ret = 0;

	for (family = 0; family < CALLS_FAMILIES; family++) {
		for (i = 0; calls_group(&group, job->workload, family, i);
		     i++) {
			if (!calls_is_drawable(series, &group))
				continue;
			if (is_shown)
				ret = calls_add(plots, row, job, series,
						&group);
			else
				plots->nr_left_out++;
			if (ret)
				return ret;
		}
	}
	return 0;
}

int ktb_plot_calls(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		   const struct ktb_job *job)
{
	const struct ktb_series_axis *axis =
		ktb_series_axis(plots->findings, job);
	struct ktb_series *series;
	size_t nr, i;
	int ret = 0;

	if (!axis || !job->workload->nr_calls)
		return 0;
	nr = ktb_series_make(plots->findings, job, axis->param, &series);
	for (i = 0; i < nr && !ret; i++)
		ret = calls_series(plots, row, job, &series[i],
				   i < KTB_PLOTS_CALLS);
	ktb_series_free(series, nr);
	return ret;
}
