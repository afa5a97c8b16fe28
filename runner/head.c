// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The head of a result. It may not know files.
 */
#include "environment.h"
#include "fitness.h"
#include "gate.h"
#include "head.h"
#include "ktb_hist.h"

static json_t *command_json(const struct ktb_head *head)
{
	json_t *all = json_array();
	int i;

	for (i = 0; i < head->argc; i++)
		json_array_append_new(all, ktb_environment_text(head->argv[i]));
	return all;
}

static json_t *jobs_json(const struct ktb_jobs *jobs)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < jobs->nr_files; i++)
		json_array_append_new(
			all,
			json_pack("{s:o, s:o}", "path",
				  ktb_environment_text(jobs->files[i].path),
				  "text",
				  ktb_environment_text(jobs->files[i].text)));
	return all;
}

static json_t *module_json(const struct ktb_device_info *info)
{
	json_t *cost;

	if (!info)
		return json_null();
	cost = json_pack("{s:I, s:I, s:I, s:I}", "monotonic",
			 (json_int_t)info->clock_cost_ps[0], "monotonic_fast",
			 (json_int_t)info->clock_cost_ps[1], "boottime",
			 (json_int_t)info->clock_cost_ps[2], "cycles",
			 (json_int_t)info->clock_cost_ps[3]);
	return json_pack(
		"{s:I, s:o, s:I, s:I, s:I, s:b, s:I, s:b, s:b, s:b, s:o}",
		"abi_version", (json_int_t)info->abi_version, "build",
		ktb_environment_text(info->build), "hz", (json_int_t)info->hz,
		"tick_ns", (json_int_t)info->tick_ns, "hrtimer_resolution_ns",
		(json_int_t)info->hrtimer_resolution_ns, "edge_known",
		info->edge_known, "edge_remainder_ns",
		(json_int_t)info->edge_remainder_ns, "preempt_rt",
		info->preempt_rt, "irq_counts", info->irq_counts, "switches",
		info->switches, "clock_cost_ps", cost);
}

/* Where the runner will have run when all jobs are done. */
static json_t *runner_cpus_json(const struct ktb_head *head)
{
	hwloc_bitmap_t busy = hwloc_bitmap_alloc();
	json_t *all = json_array();
	unsigned int cpu;
	size_t i;

	for (i = 0; i < head->plan->nr_cells; i++) {
		hwloc_bitmap_zero(busy);
		ktb_plan_used(head->plan, &head->plan->cells[i], busy);
		ktb_affinity_keep_off(head->affinity, busy, true);
	}
	hwloc_bitmap_free(busy);
	hwloc_bitmap_foreach_begin(cpu, head->affinity->used)
		json_array_append_new(all, json_integer((json_int_t)cpu));
	hwloc_bitmap_foreach_end();
	return all;
}

static json_t *cpus_json(const struct ktb_topology *topology)
{
	json_t *all = json_array();
	const struct ktb_cpu *cpu;
	size_t i;

	for (i = 0; i < topology->nr_cpus; i++) {
		cpu = &topology->cpus[i];
		json_array_append_new(
			all, json_pack("{s:I, s:i, s:i, s:i, s:i}", "cpu",
				       (json_int_t)cpu->cpu, "core", cpu->core,
				       "package", cpu->package, "l3", cpu->l3,
				       "node", cpu->node));
	}
	return all;
}

static json_t *left_out_json(const struct ktb_plan *plan)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < plan->nr_left_out; i++)
		json_array_append_new(all,
				      ktb_environment_text(plan->left_out[i]));
	return all;
}

static json_t *workloads_json(const struct ktb_jobs *jobs)
{
	json_t *all = json_object();
	size_t i;

	for (i = 0; i < jobs->nr_jobs; i++)
		json_object_set_new(
			all, jobs->jobs[i].workload->name,
			ktb_catalog_workload_json(jobs->jobs[i].workload));
	return all;
}

/* Of every histogram of the cells. */
static json_t *histogram_json(void)
{
	return json_pack("{s:s, s:i, s:i}", "layout", KTB_HIST_LAYOUT,
			 "sub_bucket_bits", KTB_HIST_SUB_BITS, "buckets",
			 KTB_HIST_NR);
}

json_t *ktb_head_json(const struct ktb_head *head)
{
	const struct ktb_plan *plan = head->plan;

	return json_pack(
		"{s:s, s:i, s:n, s:n, s:n, s:n, s:n, s:s, s:o, s:I, s:o, s:o, s:I, s:I, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o, s:o}",
		"schema", "ktbench-result", "schema_version", 2, "run",
		"created", "ended", "state", "state_reason", "lane",
		head->lane->name, "lane_detail",
		ktb_environment_text(head->lane->detail), "align_s",
		(json_int_t)head->lane->align_s, "command", command_json(head),
		"jobs", jobs_json(plan->jobs), "seed", (json_int_t)plan->seed,
		"cells_planned", (json_int_t)ktb_plan_nr_lines(plan),
		"left_out", left_out_json(plan), "module",
		module_json(head->info), "environment", ktb_environment_json(),
		"fitness", ktb_fitness_json(), "runner_cpus",
		runner_cpus_json(head), "cpus", cpus_json(head->topology),
		"workloads", workloads_json(plan->jobs), "checks",
		head->checks ? ktb_checks_json(head->checks) : json_null(),
		"ledger", head->ledger, "gates", ktb_gate_json(plan->jobs),
		"histogram", histogram_json());
}
