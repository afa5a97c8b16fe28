// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lists the figures of results, and puts the boots of one figure together. It may
 * not know formats.
 */
#include <stdlib.h>
#include <string.h>

#include "export_figures.h"
#include "schedule.h"

/* A cell whose figures are listed. */
struct export_source {
	struct ktb_export_figures *figures;
	const struct ktb_export_wants *wants;
	const struct ktb_findings *result;
	const struct ktb_summary *summary;
	char cell[256];
};

static struct ktb_export_figure *grow(struct ktb_export_figures *figures)
{
	size_t room = figures->nr_room ? 2 * figures->nr_room : 256;
	struct ktb_export_figure *more;

	if (figures->nr < figures->nr_room)
		return &figures->at[figures->nr];
	more = reallocarray(figures->at, room, sizeof(*more));
	if (!more)
		return NULL;
	figures->at = more;
	figures->nr_room = room;
	return &figures->at[figures->nr];
}

static char *name_of(const struct export_source *source,
		     const struct ktb_metric *metric, enum ktb_quantile q)
{
	char *name;

	if (asprintf(&name, "%s/%s%s%s/%s/%s",
		     ktb_reader_lane_name(source->result->reader.lane),
		     source->summary->job, *source->cell ? "/" : "",
		     source->cell, metric->name, ktb_quantile_name(q)) < 0)
		return NULL;
	return name;
}

/* The rest of it is filled in by the caller. */
static struct ktb_export_figure *add(const struct export_source *source,
				     const struct ktb_metric *metric,
				     enum ktb_quantile q)
{
	struct ktb_export_figure *figure = grow(source->figures);

	if (!figure)
		return NULL;
	*figure = (struct ktb_export_figure){
		.name = name_of(source, metric, q),
		.cell = strdup(source->cell),
		.result = source->result,
		.summary = source->summary,
		.metric = metric,
		.quantile = q,
		.cpu = -1,
		.lost = ktb_summary_lost(source->summary),
		.missed = ktb_schedule_missed(source->summary),
		.order = source->figures->nr,
	};
	source->figures->nr++;
	return figure->name && figure->cell ? figure : NULL;
}

static bool add_of_cell(const struct export_source *source,
			const struct ktb_metric *metric, enum ktb_quantile q)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(source->summary, metric);
	const struct ktb_estimate *at = &figures->at[q];
	struct ktb_export_figure *figure;

	if (!figures->count || !at->is_supported)
		return true;
	if (at->value.kind != KTB_BOUND_BUCKET) {
		source->figures->nr_beyond++;
		return true;
	}
	figure = add(source, metric, q);
	if (!figure)
		return false;
	figure->has_interval = true;
	figure->value = at->value.high;
	figure->low = at->low.low;
	figure->high = at->high.high;
	figure->count = figures->count;
	return true;
}

static bool add_of_cpu(const struct export_source *source,
		       const struct ktb_brief *brief, enum ktb_quantile q)
{
	const bool is_p50 = q == KTB_QUANTILE_P50;
	const struct ktb_bound *bound = is_p50 ? &brief->p50 : &brief->p99;
	struct ktb_export_figure *figure;

	if (!(is_p50 ? brief->has_p50 : brief->has_p99))
		return true;
	if (bound->kind != KTB_BOUND_BUCKET) {
		source->figures->nr_beyond++;
		return true;
	}
	figure = add(source, source->summary->workload->primary, q);
	if (!figure)
		return false;
	figure->cpu = brief->cpu;
	figure->value = bound->high;
	figure->count = brief->count;
	return true;
}

static bool add_cpus(const struct export_source *source)
{
	const struct ktb_brief *brief = source->summary->briefs;
	size_t i;

	if (!source->wants->of_cpus || !source->summary->workload->primary)
		return true;
	for (i = 0; i < source->summary->nr_cpus; i++)
		if (!add_of_cpu(source, &brief[i], KTB_QUANTILE_P50) ||
		    !add_of_cpu(source, &brief[i], KTB_QUANTILE_P99))
			return false;
	return true;
}

static bool add_cell(struct export_source *source)
{
	const struct ktb_workload *workload = source->summary->workload;
	const struct ktb_metric *metric;
	unsigned int q;
	size_t i;

	ktb_summary_label(source->summary, NULL, source->cell,
			  sizeof(source->cell));
	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (!metric->is_distribution)
			continue;
		if (!(source->wants->scales &
		      KTB_EXPORT_SCALE(metric->scale))) {
			source->figures->nr_unwanted++;
			continue;
		}
		for (q = 0; q < KTB_NR_QUANTILES; q++)
			if (!add_of_cell(source, metric, q))
				return false;
	}
	return add_cpus(source);
}

bool ktb_export_figures_alike(const struct ktb_summary *a,
			      const struct ktb_summary *b)
{
	const json_t *value;
	const char *name;

	if (strcmp(a->workload->name, b->workload->name) ||
	    strcmp(a->placement, b->placement) ||
	    !json_equal(a->disturb, b->disturb) || a->nr_cpus != b->nr_cpus ||
	    json_object_size(a->params) != json_object_size(b->params))
		return false;
	json_object_foreach(a->params, name, value)
		if (strcmp(name, "seed") &&
		    !json_equal(value, json_object_get(b->params, name)))
			return false;
	return true;
}

static int by_name(const void *a, const void *b)
{
	const struct ktb_export_figure *one = a, *other = b;
	int difference = strcmp(one->name, other->name);

	if (difference)
		return difference;
	return (one->order > other->order) - (one->order < other->order);
}

/* Those of one name have one order by now, and are in the order of the boots. */
static int by_order(const void *a, const void *b)
{
	const struct ktb_export_figure *one = a, *other = b;

	if (one->order != other->order)
		return one->order > other->order ? 1 : -1;
	return (one->result > other->result) - (one->result < other->result);
}

static int judge(const struct ktb_export_figure *figure,
		 const struct ktb_export_figure *next, struct ktb_fault *fault)
{
	if (figure->result == next->result)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: cells %lld and %lld are both called %s; give their jobs different names",
			figure->result->reader.dir,
			(long long)figure->summary->cell,
			(long long)next->summary->cell, figure->name);
	if (!ktb_schedule_is_same(figure->summary, next->summary))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s and %s: periods of %s were missed, and only one of them tells how late those were; export them one by one",
			figure->result->reader.dir, next->result->reader.dir,
			figure->name);
	if (!ktb_export_figures_alike(figure->summary, next->summary))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s and %s measured %s with different settings, and are no boots of one benchmark; export them one by one",
			figure->result->reader.dir, next->result->reader.dir,
			figure->name);
	return 0;
}

static int group(struct ktb_export_figures *figures, struct ktb_fault *fault)
{
	struct ktb_export_figure *at = figures->at;
	size_t i;
	int ret;

	qsort(at, figures->nr, sizeof(*at), by_name);
	for (i = 1; i < figures->nr; i++) {
		if (strcmp(at[i - 1].name, at[i].name))
			continue;
		ret = judge(&at[i - 1], &at[i], fault);
		if (ret)
			return ret;
		at[i].order = at[i - 1].order;
	}
	qsort(at, figures->nr, sizeof(*at), by_order);
	return 0;
}

int ktb_export_figures_list(struct ktb_export_figures *figures,
			    const struct ktb_findings *results,
			    size_t nr_results,
			    const struct ktb_export_wants *wants,
			    struct ktb_fault *fault)
{
	struct export_source source = { .figures = figures, .wants = wants };
	size_t i, j;

	*figures = (struct ktb_export_figures){ 0 };
	for (i = 0; i < nr_results; i++) {
		source.result = &results[i];
		for (j = 0; j < results[i].nr_summaries; j++) {
			source.summary = &results[i].summaries[j];
			if (!source.summary->is_valid)
				figures->nr_invalid_cells++;
			else if (wants->scales && !add_cell(&source))
				return ktb_fault_memory(fault);
		}
	}
	if (wants->by_result || !figures->nr)
		return 0;
	return group(figures, fault);
}

void ktb_export_figures_free(struct ktb_export_figures *figures)
{
	size_t i;

	for (i = 0; i < figures->nr; i++) {
		free(figures->at[i].name);
		free(figures->at[i].cell);
	}
	free(figures->at);
	*figures = (struct ktb_export_figures){ 0 };
}

size_t ktb_export_figures_boots(const struct ktb_export_figures *figures,
				size_t first)
{
	const struct ktb_export_figure *at = figures->at;
	size_t end = first + 1;

	while (end < figures->nr && at[end].order == at[first].order)
		end++;
	return end - first;
}

/* How many boots are below this one; among equals the earlier ones are. */
static size_t rank_of(const struct ktb_export_figure *boots, size_t nr,
		      size_t which)
{
	size_t rank = 0;
	size_t i;

	for (i = 0; i < nr; i++)
		if (boots[i].value < boots[which].value ||
		    (i < which && boots[i].value == boots[which].value))
			rank++;
	return rank;
}

struct ktb_export_estimate
ktb_export_figures_estimate(const struct ktb_export_figure *first,
			    size_t nr_boots)
{
	struct ktb_export_estimate estimate = {
		.value = first->value,
		.low = first->low,
		.high = first->high,
		.nr_boots = nr_boots,
	};
	size_t rank;
	size_t i;

	for (i = 0; i < nr_boots; i++) {
		estimate.count += first[i].count;
		estimate.lost += first[i].lost;
		estimate.missed += first[i].missed;
	}
	/* The interval of one boot is its own. */
	for (i = 0; nr_boots > 1 && i < nr_boots; i++) {
		rank = rank_of(first, nr_boots, i);
		if (!rank)
			estimate.low = first[i].value;
		if (rank == (nr_boots - 1) / 2)
			estimate.value = first[i].value;
		if (rank == nr_boots - 1)
			estimate.high = first[i].value;
	}
	return estimate;
}
