// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The samples of one cell in one boot, put together from the boot's results. It may
 * not know where the results were found.
 */
#include <stdlib.h>
#include <string.h>

#include "schedule.h"
#include "side.h"

static bool merge(struct ktb_histogram *into, const struct ktb_histogram *from,
		  size_t nr)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (!ktb_histogram_merge(&into[i], &from[i]))
			return false;
	return true;
}

/* A CPU that is new, before that at @at; its histograms are taken over. */
static bool insert(struct ktb_cell_data *data, size_t at, struct ktb_area *area)
{
	struct ktb_cell_cpu *cpus;

	cpus = reallocarray(data->cpus, data->nr_cpus + 1, sizeof(*cpus));
	if (!cpus)
		return false;
	data->cpus = cpus;
	memmove(&cpus[at + 1], &cpus[at],
		(data->nr_cpus++ - at) * sizeof(*cpus));
	cpus[at] = (struct ktb_cell_cpu){ area->cpu, area->hists };
	area->hists = NULL;
	return true;
}

/* Both have their CPUs in ascending order. */
static int take_pool(struct ktb_cell_data *data, struct ktb_pool *pool,
		     const struct ktb_reader *reader, struct ktb_fault *fault)
{
	const size_t nr = data->workload->nr_hists;
	bool fits = merge(data->hists, pool->totals, nr);
	struct ktb_area *area;
	size_t at = 0, i;

	for (i = 0; fits && i < pool->nr_areas; i++) {
		area = &pool->areas[i];
		while (at < data->nr_cpus && data->cpus[at].cpu < area->cpu)
			at++;
		if (at < data->nr_cpus && data->cpus[at].cpu == area->cpu)
			fits = merge(data->cpus[at].hists, area->hists, nr);
		else if (!insert(data, at, area))
			return ktb_fault_memory(fault);
	}
	if (fits)
		return 0;
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"%s: the samples of its boot's results add up to more than a histogram can hold; one of them is damaged, give another one",
		reader->dir);
}

static bool begin(struct ktb_cell_data *data, const struct ktb_summary *summary)
{
	data->workload = summary->workload;
	data->is_load = summary->beside >= 0;
	data->hists = ktb_histogram_new(data->workload->nr_hists);
	return data->hists;
}

/* Slots are those of the first result's workload. */
static int take(struct ktb_cell_data *data, const struct ktb_findings *findings,
		const struct ktb_summary *summary, struct ktb_fault *fault)
{
	const struct ktb_reader *reader = &findings->reader;
	struct ktb_pool pool = { 0 };
	int ret;

	if (!data->workload && !begin(data, summary))
		return ktb_fault_memory(fault);
	data->lost += ktb_summary_lost(summary);
	data->missed += ktb_schedule_missed(summary);
	data->is_of_served |= ktb_schedule_is_of_served(summary);
	if (!summary->is_valid || summary->nr_interrupted)
		data->is_valid = false;
	if (!summary->is_valid)
		return 0;
	if (strcmp(summary->workload->name, data->workload->name) ||
	    summary->workload->nr_hists != data->workload->nr_hists)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: job %s has another workload, or other metrics, than in the boot's first result; measure them with one module",
			reader->dir, summary->job);
	ret = ktb_pool_load(&pool, reader, summary->first_line,
			    summary->nr_lines, fault);
	ktb_unpack_rest(reader->cells);
	if (!ret)
		ret = take_pool(data, &pool, reader, fault);
	ktb_pool_free(&pool);
	return ret;
}

int ktb_side_load(const struct ktb_side *side, size_t boot, const char *key,
		  struct ktb_cell_data *data, struct ktb_fault *fault)
{
	const struct ktb_boot *of = &side->boots[boot];
	const json_t *index;
	size_t i, k;
	int ret = 0;

	*data = (struct ktb_cell_data){ .is_valid = true };
	for (i = 0; i < of->nr; i++)
		json_array_foreach(json_object_get(of->cells[i], key), k, index)
			if (!ret)
				ret = take(data, of->findings[i],
					   &of->findings[i]->summaries
						    [json_integer_value(index)],
					   fault);
	return ret;
}

void ktb_side_unload(struct ktb_cell_data *data)
{
	size_t i;

	for (i = 0; i < data->nr_cpus; i++)
		free(data->cpus[i].hists);
	free(data->cpus);
	free(data->hists);
	memset(data, 0, sizeof(*data));
}
