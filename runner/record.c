// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The record of a repetition. It may not know files or the layout of areas.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "environment.h"
#include "record.h"
#include "worst.h"

const struct ktb_workload *ktb_record_workload(const struct ktb_record *record)
{
	const struct ktb_cell *cell = &record->plan->cells[record->run->cell];

	return ktb_plan_job(record->plan, cell)->workload;
}

static json_t *sumsq_json(unsigned __int128 sumsq)
{
	char text[40];
	char *at = text + sizeof(text) - 1;

	*at = '\0';
	do {
		*--at = (char)('0' + (int)(sumsq % 10));
		sumsq /= 10;
	} while (sumsq);
	return json_string(at);
}

static json_t *hist_json(const struct ktb_device_hist *hist)
{
	json_t *buckets = json_array();
	uint32_t next = 0, i;

	for (i = 0; i < hist->nr_buckets; i++) {
		if (!hist->bucket[i])
			continue;
		/* Those that are passed over are one negative number. */
		if (i > next)
			json_array_append_new(
				buckets, json_integer((json_int_t)next - i));
		json_array_append_new(
			buckets, json_integer((json_int_t)hist->bucket[i]));
		next = i + 1;
	}
	return json_pack("{s:I, s:I, s:o, s:o, s:o, s:I, s:I, s:o}", "count",
			 (json_int_t)hist->count, "sum", (json_int_t)hist->sum,
			 "sumsq", sumsq_json(hist->sumsq), "min",
			 hist->count ? json_integer(hist->min) : json_null(),
			 "max",
			 hist->count ? json_integer(hist->max) : json_null(),
			 "early", (json_int_t)hist->early, "overflow",
			 (json_int_t)hist->overflow, "buckets", buckets);
}

static json_t *raw_json(const struct ktb_device_area *area)
{
	json_t *all = json_array();
	struct ktb_device_raw raw;
	uint32_t i;

	for (i = 0; i < area->nr_raw; i++) {
		raw = ktb_device_area_raw(area, i);
		json_array_append_new(
			all, json_pack("[I, I, I, I]", (json_int_t)raw.fired_ns,
				       (json_int_t)raw.value_ns,
				       (json_int_t)raw.timer,
				       (json_int_t)raw.armed_cpu));
	}
	return all;
}

static json_t *armed_json(const struct ktb_record *record,
			  const struct ktb_device_area *area)
{
	json_t *all = json_array();
	uint64_t count;
	uint32_t i;

	for (i = 0; i < area->nr_areas && i < record->nr_areas; i++) {
		count = ktb_device_area_armed(area, i);
		if (count)
			json_array_append_new(
				all, json_pack("[I, I]",
					       (json_int_t)record->areas[i].cpu,
					       (json_int_t)count));
	}
	return all;
}

static json_t *area_json(const struct ktb_record *record,
			 const struct ktb_device_area *area, json_t *worst)
{
	const struct ktb_workload *workload = ktb_record_workload(record);
	json_t *metrics = json_object();
	json_t *counters = json_object();
	const struct ktb_metric *metric;
	struct ktb_device_hist hist;
	uint32_t nr_hists = 0, nr_counters = 0;
	json_t *all;
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		if (metric->what == KTB_METRIC_WHAT_COUNTER) {
			json_object_set_new(
				counters, metric->name,
				json_integer(
					(json_int_t)ktb_device_area_counter(
						area, nr_counters++)));
			continue;
		}
		hist = ktb_device_area_hist(area, nr_hists++);
		json_object_set_new(metrics, metric->name, hist_json(&hist));
	}
	json_object_set_new(counters, "raw_dropped",
			    json_integer((json_int_t)area->raw_dropped));
	all = json_pack("{s:I, s:I, s:o, s:o, s:o, s:o}", "cpu",
			(json_int_t)area->cpu, "node", (json_int_t)area->node,
			"metrics", metrics, "counters", counters, "armed_from",
			armed_json(record, area), "worst", worst);
	if (area->nr_raw)
		json_object_set_new(all, "raw", raw_json(area));
	return all;
}

/* NULL if the job does not sweep it. */
static const char *arm_on_of(const struct ktb_record *record)
{
	return ktb_plan_arm_on(record->plan,
			       &record->plan->cells[record->run->cell]);
}

static json_t *params_json(const struct ktb_record *record)
{
	const struct ktb_workload *workload = ktb_record_workload(record);
	const char *arm_on = arm_on_of(record);
	const struct ktb_param *param;
	json_t *all = json_object();
	size_t i;

	if (arm_on)
		json_object_set_new(all, "arm_on", json_string(arm_on));

	for (i = 0; i < workload->nr_params; i++) {
		param = &workload->params[i];
		json_object_set_new(
			all, param->name,
			param->kind == KTB_PARAM_KIND_ENUM ?
				json_string(ktb_catalog_format_value(
					param, record->values[i], NULL)) :
				json_integer(record->values[i]));
	}
	return all;
}

static json_t *swept_json(const struct ktb_record *record)
{
	const struct ktb_cell *cell = &record->plan->cells[record->run->cell];
	const struct ktb_job *job = ktb_plan_job(record->plan, cell);
	json_t *all = json_array();
	size_t i;

	if (arm_on_of(record))
		json_array_append_new(all, json_string("arm_on"));

	for (i = 0; i < job->nr_params; i++)
		if (job->params[i].values.nr > 1)
			json_array_append_new(
				all,
				json_string(
					job->workload
						->params[job->params[i].index]
						.name));
	return all;
}

/* The jobs that ran beside this one. */
static json_t *with_json(const struct ktb_plan *plan,
			 const struct ktb_cell *cell)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < cell->nr_loads; i++)
		json_array_append_new(
			all,
			ktb_environment_text(
				ktb_plan_job(plan, &plan->cells[cell->loads[i]])
					->name));
	return all;
}

static json_t *cost_json(const struct ktb_record *record)
{
	const struct ktb_cost *cost = record->cost;
	uint32_t *cpus = ktb_alloc_zeroed(record->nr_areas + 1, sizeof(*cpus));
	json_t *irqs;
	size_t i;

	for (i = 0; i < record->nr_areas; i++)
		cpus[i] = record->areas[i].cpu;
	irqs = ktb_cost_irqs_json(cost, cpus, record->nr_areas);
	free(cpus);
	return json_pack("{s:I, s:I, s:I, s:I, s:o}", "elapsed_ns",
			 (json_int_t)(cost->end.at_ns - cost->begin.at_ns),
			 "reader_wakeups",
			 (json_int_t)(cost->end.wakeups - cost->begin.wakeups),
			 "reader_cpu_ns",
			 (json_int_t)(cost->end.cpu_ns - cost->begin.cpu_ns),
			 "reader_memory_bytes", (json_int_t)cost->memory_bytes,
			 "irqs", irqs);
}

json_t *ktb_record_json(const struct ktb_record *record)
{
	const struct ktb_cell *cell = &record->plan->cells[record->run->cell];
	const struct ktb_job *job = ktb_plan_job(record->plan, cell);
	const struct ktb_placement *placement =
		ktb_plan_placement(record->plan, cell);
	uint64_t begin_ns = 0, end_ns = 0;
	json_t *places = json_array();
	json_t *disturb = json_array();
	json_t *cpus = json_array();
	json_t *worst;
	size_t i;

	for (i = 0; i < placement->nr_places; i++)
		json_array_append_new(
			places,
			json_pack("{s:I, s:I}", "cpu",
				  (json_int_t)placement->places[i].cpu,
				  "arm_cpu",
				  (json_int_t)placement->places[i].arm_cpu));
	for (i = 0; i < placement->nr_disturb; i++)
		json_array_append_new(disturb,
				      json_integer(placement->disturb[i]));
	worst = ktb_worst_json(record->areas, record->nr_areas);
	for (i = 0; i < record->nr_areas; i++)
		json_array_append_new(
			cpus, area_json(record, &record->areas[i],
					json_incref(json_array_get(worst, i))));
	json_decref(worst);
	if (record->nr_areas) {
		begin_ns = record->areas[0].begin_ns;
		end_ns = record->areas[0].end_ns;
	}
	return json_pack(
		"{s:I, s:I, s:o, s:s, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:s, s:o, s:I, s:I, s:s, s:I, s:I, s:o, s:o}",
		"cell", (json_int_t)cell->index, "repetition",
		(json_int_t)record->run->repetition, "job",
		ktb_environment_text(job->name), "workload",
		job->workload->name, "params", params_json(record), "swept",
		swept_json(record), "with", with_json(record->plan, cell),
		"beside",
		cell->beside == KTB_PLAN_NONE ?
			json_null() :
			json_integer((json_int_t)cell->beside),
		"places", places, "placement",
		ktb_environment_text(job->cpus.text), "disturb", disturb,
		"state", record->state, "reason",
		ktb_environment_text(record->reason), "begin_ns",
		(json_int_t)begin_ns, "end_ns", (json_int_t)end_ns, "started",
		record->started, "memory_bytes",
		(json_int_t)record->setup->memory_bytes, "timer_bytes",
		(json_int_t)record->setup->timer_bytes, "cost",
		cost_json(record), "cpus", cpus);
}

/* What all areas have of a distribution; 0 of none. */
static uint64_t count_of(const struct ktb_record *record,
			 const struct ktb_metric *metric)
{
	uint64_t count = 0;
	uint32_t hist;
	size_t i;

	if (!metric)
		return 0;
	hist = ktb_catalog_hist(ktb_record_workload(record), metric);
	for (i = 0; i < record->nr_areas; i++)
		if (hist < record->areas[i].nr_hists)
			count += ktb_device_area_hist(&record->areas[i], hist)
					 .count;
	return count;
}

uint64_t ktb_record_samples(const struct ktb_record *record)
{
	return count_of(record,
			ktb_catalog_primary(ktb_record_workload(record)));
}

uint64_t ktb_record_missed(const struct ktb_record *record)
{
	return count_of(record,
			ktb_catalog_missed(ktb_record_workload(record)));
}

bool ktb_record_is_empty(const struct ktb_record *record)
{
	size_t i;
	uint32_t hist;

	for (i = 0; i < record->nr_areas; i++)
		for (hist = 0; hist < record->areas[i].nr_hists; hist++)
			if (ktb_device_area_hist(&record->areas[i], hist).count)
				return false;
	return true;
}
