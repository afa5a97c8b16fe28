// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "pairs": the median of the primary metric on one CPU when another
 * one wakes or arms, for all pairs that a job has measured.
 */
#include <inttypes.h>

#include "cpus.h"
#include "curves.h"
#include "pairs.h"
#include "plot_kinds.h"

/* Figures fit into so many columns. */
#define PAIRS_LABELS 10

struct pairs_axes {
	struct ktb_cpus cpus;
	size_t nr_known;
	int64_t from;
	int64_t to;
};

/* A median that is neither early nor past the last bucket. */
static bool pairs_is_known(const struct ktb_pair *pair)
{
	return pair->brief->has_p50 &&
	       pair->brief->p50.kind == KTB_BOUND_BUCKET;
}

static bool pairs_axes(struct pairs_axes *axes, const struct ktb_pairs *pairs)
{
	int64_t p50;
	size_t i;

	for (i = 0; i < pairs->nr; i++) {
		if (!ktb_cpus_add(&axes->cpus, pairs->at[i].cpu) ||
		    !ktb_cpus_add(&axes->cpus, pairs->at[i].arm_cpu))
			return false;
		if (!pairs_is_known(&pairs->at[i]))
			continue;
		p50 = pairs->at[i].brief->p50.high;
		axes->nr_known++;
		if (p50 < axes->from)
			axes->from = p50;
		if (p50 > axes->to)
			axes->to = p50;
	}
	return true;
}

static void pairs_write(struct ktb_plot *plot, const struct ktb_pairs *pairs,
			const struct pairs_axes *axes)
{
	enum ktb_scale scale = plot->job->workload->primary->scale;
	const struct ktb_pair *pair;
	size_t i;

	fputs("# p50 by pair\n# from at\ton at\tfrom CPU\ton CPU\tp50\tlabel\t"
	      "max\tn\n",
	      plot->data);
	for (i = 0; i < pairs->nr; i++) {
		pair = &pairs->at[i];
		if (i && pair->cpu != pair[-1].cpu)
			fputc('\n', plot->data);
		fprintf(plot->data, "%zu\t%zu\t%d\t%d",
			ktb_cpus_position(&axes->cpus, pair->arm_cpu),
			ktb_cpus_position(&axes->cpus, pair->cpu),
			pair->arm_cpu, pair->cpu);
		if (pairs_is_known(pair))
			fprintf(plot->data, "\t%" PRId64 "\t%s",
				pair->brief->p50.high,
				ktb_summary_bound(scale, &pair->brief->p50).s);
		else
			fputs("\t?\t?", plot->data);
		fprintf(plot->data, "\t%" PRId64 "\t%" PRIu64 "\n",
			pair->brief->max, pair->brief->count);
	}
}

static void pairs_settings(struct ktb_plot *plot, const struct pairs_axes *axes)
{
	const struct ktb_metric *metric = plot->job->workload->primary;
	/* A colour for each figure also where the largest is far away. */
	bool is_log = axes->from > 0 && axes->to / 10 >= axes->from;
	int64_t unit = is_log ? 1 : ktb_scale_divisor(metric->scale, axes->to);

	plot->width = axes->cpus.nr > 4 ? 820 : 600;
	plot->height = axes->cpus.nr > 4 ? 660 : 440;
	ktb_cpus_set(plot, &axes->cpus);
	ktb_plots_set_axis(plot, "zlab", metric, is_log ? 0 : unit);
	if (is_log)
		ktb_plots_set_tics(plot, "tics", metric->scale, axes->from,
				   axes->to);
	ktb_plots_set(plot, "is_log", is_log);
	ktb_plots_set(plot, "unit", unit);
	ktb_plots_set(plot, "from", axes->from);
	ktb_plots_set(plot, "to", axes->to);
	ktb_plots_set(plot, "labelled", axes->cpus.nr <= PAIRS_LABELS);
}

static int pairs_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		     const struct ktb_job *job, const struct ktb_series *series,
		     const struct ktb_pairs *pairs,
		     const struct pairs_axes *axes)
{
	const char *name = job->workload->primary->name;
	struct ktb_plot *plot;
	char again[96] = "";

	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	if (pairs->nr_again)
		snprintf(again, sizeof(again),
			 " %zu pairs were measured again; those with more "
			 "samples are shown.",
			 pairs->nr_again);
	ktb_plots_title(plot, "%s: p50 of %s from CPU to CPU%s%s", job->name,
			name, *series->label ? ", " : "", series->label);
	ktb_plots_remark(plot,
			 "Each square: the median of %s on one CPU (row) when "
			 "another one wakes or arms (column); on the diagonal "
			 "it does so itself. Hatched: no figure. %zu pairs in "
			 "%zu cells, n %s, lost %s; n and largest of each are "
			 "in the data.%s",
			 name, pairs->nr, series->nr,
			 ktb_scale_count(pairs->samples).s,
			 ktb_scale_count(pairs->lost).s, again);
	pairs_settings(plot, axes);
	pairs_write(plot, pairs, axes);
	return ktb_plots_end(plots, plot);
}

/* A picture of one series, if it is a matrix; @drawn counts them. */
static int pairs_series(struct ktb_plots *plots,
			const struct ktb_plot_kind *row,
			const struct ktb_job *job,
			const struct ktb_series *series, size_t *drawn)
{
	struct pairs_axes axes = { .from = INT64_MAX };
	struct ktb_pairs pairs;
	int ret = 0;

	if (!ktb_pairs_make(&pairs, series) || !pairs_axes(&axes, &pairs))
		ret = ktb_fault_memory(plots->fault);
	else if (!ktb_pairs_is_matrix(&pairs) || axes.nr_known < 2)
		ret = 0;
	else if ((*drawn)++ < KTB_PLOTS_PER_JOB)
		ret = pairs_add(plots, row, job, series, &pairs, &axes);
	else
		plots->nr_left_out++;
	ktb_cpus_free(&axes.cpus);
	ktb_pairs_free(&pairs);
	return ret;
}

int ktb_plot_pairs(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		   const struct ktb_job *job)
{
	struct ktb_series *series;
	size_t nr, i, drawn = 0;
	int ret = 0;

	if (!job->workload->primary)
		return 0;
	nr = ktb_series_make(plots->findings, job, KTB_PAIRS_PARAM, &series);
	for (i = 0; i < nr && !ret; i++)
		ret = pairs_series(plots, row, job, &series[i], &drawn);
	ktb_series_free(series, nr);
	return ret;
}
