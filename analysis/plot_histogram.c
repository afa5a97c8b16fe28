// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "histogram": one curve a CPU, the number of samples on a
 * logarithmic axis, the worst case in the key. Above 16 CPUs: what all of them
 * lie between, and the worst four.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "bins.h"
#include "draw.h"
#include "plot_kinds.h"

#define HISTOGRAM_CPUS	16
#define HISTOGRAM_WORST 4

/* The good cell that holds the job's largest sample. */
static const struct ktb_summary *
histogram_choose(const struct ktb_findings *findings, const struct ktb_job *job)
{
	const struct ktb_figures *figures, *best = NULL;
	const struct ktb_summary *chosen = NULL;
	const struct ktb_summary *summary;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &findings->summaries[i];
		figures = ktb_summary_figures(summary, job->workload->primary);
		if (!summary->is_valid || !figures ||
		    figures->count == figures->early + figures->overflow)
			continue;
		if (best && figures->max <= best->max)
			continue;
		chosen = summary;
		best = figures;
	}
	return chosen;
}

static void histogram_write_curve(struct ktb_plot *plot, size_t number,
				  const struct ktb_area *area,
				  const struct ktb_histogram *h,
				  const struct ktb_bins *bins,
				  const uint64_t *counts)
{
	enum ktb_scale scale = plot->job->workload->primary->scale;
	char name[160];
	size_t i;

	fprintf(plot->data, "%s# CPU %d\n# from\tsamples\n",
		number ? "\n\n" : "", area->cpu);
	fprintf(plot->data, "%" PRId64 "\t0\n", bins->edge[0]);
	for (i = 0; i < bins->nr; i++)
		fprintf(plot->data, "%" PRId64 "\t%" PRIu64 "\n", bins->edge[i],
			counts[i]);
	fprintf(plot->data, "%" PRId64 "\t0\n", bins->edge[bins->nr]);
	snprintf(name, sizeof(name), "CPU %d: max %s, n %s", area->cpu,
		 ktb_scale_text(scale, h->max).s, ktb_scale_count(h->count).s);
	fprintf(plot->settings, "name%zu = ", number + 1);
	ktb_draw_quote(plot->settings, name);
	fputc('\n', plot->settings);
}

static void histogram_write_envelope(struct ktb_plot *plot, size_t cpus,
				     const struct ktb_bins *bins,
				     const uint64_t *counts)
{
	uint64_t low, high;
	size_t i, cpu;

	fputs("# between\n# from\tleast\tmost\n", plot->data);
	for (i = 0; i < bins->nr; i++) {
		low = UINT64_MAX;
		high = 0;
		for (cpu = 0; cpu < cpus; cpu++) {
			if (counts[cpu * bins->nr + i] < low)
				low = counts[cpu * bins->nr + i];
			if (counts[cpu * bins->nr + i] > high)
				high = counts[cpu * bins->nr + i];
		}
		fprintf(plot->data, "%" PRId64 "\t%" PRIu64 "\t%" PRIu64 "\n",
			bins->edge[i], low, high);
		fprintf(plot->data, "%" PRId64 "\t%" PRIu64 "\t%" PRIu64 "\n",
			bins->edge[i + 1], low, high);
	}
}

/* Positions of the CPUs that took samples, those with the worst ones first. */
static size_t histogram_order(const struct ktb_pool *pool, unsigned int slot,
			      size_t *order)
{
	size_t nr = 0, i, at;

	for (i = 0; i < pool->nr_areas; i++) {
		if (!pool->areas[i].hists[slot].count)
			continue;
		for (at = nr++;
		     at && pool->areas[order[at - 1]].hists[slot].max <
				   pool->areas[i].hists[slot].max;
		     at--)
			order[at] = order[at - 1];
		order[at] = i;
	}
	return nr;
}

static int histogram_by_place(const void *left, const void *right)
{
	size_t a = *(const size_t *)left;
	size_t b = *(const size_t *)right;

	return (a > b) - (a < b);
}

static bool histogram_write(struct ktb_plot *plot, const struct ktb_pool *pool,
			    const struct ktb_bins *bins)
{
	unsigned int slot = plot->job->workload->primary->slot;
	size_t *order = calloc(pool->nr_areas, sizeof(*order));
	size_t nr, i, shown, before = 0;
	const struct ktb_area *area;
	uint64_t *counts;

	nr = order ? histogram_order(pool, slot, order) : 0;
	counts = calloc(nr * bins->nr + 1, sizeof(*counts));
	if (!order || !counts) {
		free(order);
		free(counts);
		return false;
	}
	shown = nr > HISTOGRAM_CPUS ? HISTOGRAM_WORST : nr;
	if (shown == nr)
		qsort(order, nr, sizeof(*order), histogram_by_place);
	for (i = 0; i < nr; i++)
		ktb_bins_count(bins, &pool->areas[order[i]].hists[slot],
			       &counts[i * bins->nr]);
	if (shown < nr) {
		histogram_write_envelope(plot, nr, bins, counts);
		before = 1;
	}
	for (i = 0; i < shown; i++) {
		area = &pool->areas[order[i]];
		histogram_write_curve(plot, i + before, area,
				      &area->hists[slot], bins,
				      &counts[i * bins->nr]);
	}
	ktb_plots_set(plot, "first", before ? 2 : 1);
	ktb_plots_set(plot, "curves", (int64_t)(shown + before));
	ktb_plots_set(plot, "cpus", (int64_t)nr);
	free(order);
	free(counts);
	return true;
}

static void histogram_axis(struct ktb_plot *plot, const struct ktb_bins *bins)
{
	const struct ktb_metric *metric = plot->job->workload->primary;
	int64_t high = bins->edge[bins->nr];
	int64_t unit = ktb_scale_divisor(metric->scale, high);

	ktb_plots_set_axis(plot, "xlab", metric, bins->is_log ? 0 : unit);
	if (bins->is_log)
		ktb_plots_set_tics(plot, "tics", metric->scale,
				   bins->edge[0] ? bins->edge[0] : 1, high);
	ktb_plots_set(plot, "is_log", bins->is_log);
	ktb_plots_set(plot, "unit", bins->is_log ? 1 : unit);
	ktb_plots_set(plot, "begin", bins->edge[0]);
	ktb_plots_set(plot, "end", high);
}

static int histogram_add(struct ktb_plots *plots,
			 const struct ktb_plot_kind *row,
			 const struct ktb_job *job,
			 const struct ktb_summary *summary,
			 const struct ktb_pool *pool)
{
	const struct ktb_metric *metric = job->workload->primary;
	const struct ktb_histogram *h = &pool->totals[metric->slot];
	const int64_t last = ((int64_t)1 << KTB_HIST_MAX_BITS) - 1;
	struct ktb_bins bins;
	struct ktb_plot *plot;
	char counts[200];
	char title[160];

	ktb_bins_choose(&bins, h->min > 0 ? h->min : 0,
			h->max < last ? h->max : last);
	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	ktb_summary_title(summary, title, sizeof(title));
	ktb_summary_counts(summary, metric, counts, sizeof(counts));
	ktb_plots_title(plot, "%s: %s on each CPU, %s", job->name, metric->name,
			title);
	ktb_plots_remark(plot,
			 "The cell with this job's largest sample. %s; "
			 "early and overflowing samples have no place on this "
			 "axis.",
			 counts);
	plot->height = pool->nr_areas > 8 ? 560 : 420;
	histogram_axis(plot, &bins);
	if (!histogram_write(plot, pool, &bins))
		return ktb_fault_memory(plots->fault);
	return ktb_plots_end(plots, plot);
}

int ktb_plot_histogram(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		       const struct ktb_job *job)
{
	const struct ktb_summary *summary;
	struct ktb_pool pool;
	int ret;

	summary = histogram_choose(plots->findings, job);
	if (!summary)
		return 0;
	ret = ktb_plots_load(plots, summary, &pool);
	if (!ret)
		ret = histogram_add(plots, row, job, summary, &pool);
	ktb_pool_free(&pool);
	return ret;
}
