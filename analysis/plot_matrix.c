// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The picture "matrix": on which CPU timers were armed, on which they fired.
 * Drawn for the cell of a job where most of them moved.
 */
#include <inttypes.h>
#include <string.h>

#include "cpus.h"
#include "pairs.h"
#include "plot_kinds.h"

static const struct ktb_summary *
matrix_choose(const struct ktb_findings *findings, const struct ktb_job *job)
{
	const struct ktb_summary *chosen = NULL;
	const struct ktb_summary *summary;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &findings->summaries[i];
		if (!summary->is_valid || !summary->armed ||
		    summary->nr_cpus < 2)
			continue;
		if (!chosen ||
		    summary->armed_elsewhere > chosen->armed_elsewhere)
			chosen = summary;
	}
	return chosen;
}

/* All CPUs that armed or fired; false when there is no memory. */
static bool matrix_cpus(struct ktb_cpus *cpus, const struct ktb_pool *pool)
{
	size_t i, j;

	for (i = 0; i < pool->nr_areas; i++) {
		if (!ktb_cpus_add(cpus, pool->areas[i].cpu))
			return false;
		for (j = 0; j < pool->areas[i].nr_armed; j++)
			if (!ktb_cpus_add(cpus, pool->areas[i].armed[j].cpu))
				return false;
	}
	return true;
}

static void matrix_write(struct ktb_plot *plot, const struct ktb_pool *pool,
			 const struct ktb_cpus *cpus)
{
	const struct ktb_area *area;
	uint64_t most = 10;
	size_t i, j;

	fputs("# armed x fired\n# armed at\tfired at\tarmed CPU\tfired CPU\t"
	      "samples\tlabel\n",
	      plot->data);
	for (i = 0; i < pool->nr_areas; i++) {
		area = &pool->areas[i];
		for (j = 0; j < area->nr_armed; j++) {
			if (area->armed[j].count > most)
				most = area->armed[j].count;
			fprintf(plot->data,
				"%zu\t%zu\t%d\t%d\t%" PRIu64 "\t%s\n",
				ktb_cpus_position(cpus, area->armed[j].cpu),
				ktb_cpus_position(cpus, area->cpu),
				area->armed[j].cpu, area->cpu,
				area->armed[j].count,
				ktb_scale_count(area->armed[j].count).s);
		}
	}
	ktb_cpus_set(plot, cpus);
	ktb_plots_set(plot, "most", (int64_t)most);
}

static int matrix_add(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		      const struct ktb_job *job,
		      const struct ktb_summary *summary,
		      const struct ktb_pool *pool)
{
	struct ktb_cpus cpus = { 0 };
	struct ktb_plot *plot;
	char counts[200];
	char title[160];

	plot = ktb_plots_begin(plots, row, job);
	if (!plot)
		return plots->fault->code;
	if (!matrix_cpus(&cpus, pool)) {
		ktb_cpus_free(&cpus);
		return ktb_fault_memory(plots->fault);
	}
	ktb_summary_title(summary, title, sizeof(title));
	ktb_summary_counts(summary, NULL, counts, sizeof(counts));
	plot->width = cpus.nr > 8 ? 720 : 480;
	plot->height = cpus.nr > 8 ? 620 : 400;
	ktb_plots_title(plot, "%s: armed and fired on which CPU, %s", job->name,
			title);
	ktb_plots_remark(
		plot,
		"The cell of this job where most timers moved: "
		"%s of %s samples fired on another CPU than the one "
		"that armed them (%s). White: none. %s.",
		ktb_scale_count(summary->armed_elsewhere).s,
		ktb_scale_count(summary->armed).s,
		ktb_scale_share(summary->armed_elsewhere, summary->armed).s,
		counts);
	matrix_write(plot, pool, &cpus);
	ktb_cpus_free(&cpus);
	return ktb_plots_end(plots, plot);
}

int ktb_plot_matrix(struct ktb_plots *plots, const struct ktb_plot_kind *row,
		    const struct ktb_job *job)
{
	const struct ktb_summary *summary;
	struct ktb_pool pool;
	int ret;

	/*
	 * The harness itself, lives of threads and calls arm nothing that
	 * could move; where each CPU arms for each, the picture "pairs" has
	 * all of them.
	 */
	if (!strcmp(job->workload->name, "null") || job->workload->nr_phases ||
	    ktb_reader_is_of_calls(job->workload) ||
	    ktb_pairs_in(plots->findings, job))
		return 0;
	summary = matrix_choose(plots->findings, job);
	if (!summary)
		return 0;
	ret = ktb_plots_load(plots, summary, &pool);
	if (!ret)
		ret = matrix_add(plots, row, job, summary, &pool);
	ktb_pool_free(&pool);
	return ret;
}
