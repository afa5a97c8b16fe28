// SPDX-License-Identifier: GPL-2.0
/*
 * What the module tells of itself: limits, clocks, workloads, parameters and
 * metrics, in the structs of the ABI. Knows no session and no user memory.
 */
#include <linux/hrtimer.h>
#include <linux/string.h>

#include "contract.h"
#include "describe.h"
#include "evidence.h"
#include "request.h"
#include "workload.h"

/**
 * ktb_describe_module() - what this module and this kernel are
 * @q: size is set; the rest is filled
 *
 * Return: 0 or -EINVAL.
 */
int ktb_describe_module(struct ktb_query *q)
{
	if (q->reserved || q->reserved2)
		return -EINVAL;
	*q = (struct ktb_query){
		.size = q->size,
		.abi_version = KTB_ABI_VERSION,
		.nr_workloads = ktb_workload_count(),
		.hz = HZ,
		.hrtimer_resolution_ns = hrtimer_resolution,
		.tick_ns = TICK_NSEC,
		.edge_remainder_ns = ktb_clock_edge.remainder_ns,
		.max_timers_per_cpu = KTB_MAX_TIMERS_PER_CPU,
		.max_timers = KTB_MAX_TIMERS,
		.max_cpus = nr_cpu_ids,
		.nr_worst = KTB_NR_WORST,
		.max_memory_bytes = ktb_request_max_memory(),
		.max_duration_ns = KTB_MAX_DURATION_NS,
		.max_raw = KTB_MAX_RAW,
		.max_disturb_ns = KTB_MAX_DISTURB_NS,
		.max_threads = KTB_MAX_THREADS,
	};
	if (ktb_clock_edge_is_known())
		q->features |= KTB_FEATURE_EDGE;
	if (IS_ENABLED(CONFIG_PREEMPT_RT))
		q->features |= KTB_FEATURE_PREEMPT_RT;
	if (KTB_COUNTS_IRQS)
		q->features |= KTB_FEATURE_IRQ_COUNTS;
	if (ktb_evidence_has_switches())
		q->features |= KTB_FEATURE_SWITCHES;
	memcpy(q->clock_cost_ps, ktb_clock_cost_ps, sizeof(q->clock_cost_ps));
	strscpy(q->build, KTB_BUILD, sizeof(q->build));
	return 0;
}

/**
 * ktb_describe_workload() - one workload, by its index
 * @info: size and indices are set; the rest is filled
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int ktb_describe_workload(struct ktb_workload_info *info)
{
	const struct ktb_workload *wl = ktb_workload_get(info->index);

	if (info->reserved)
		return -EINVAL;
	if (!wl)
		return -ENOENT;
	info->flags = wl->flags;
	info->nr_params = ktb_workload_nr_params(wl);
	info->nr_metrics = wl->nr_metrics;
	info->nr_hists = ktb_workload_nr_kind(wl, KTB_METRIC_DISTRIBUTION);
	info->nr_counters = ktb_workload_nr_kind(wl, KTB_METRIC_COUNTER);
	strscpy(info->name, wl->name, sizeof(info->name));
	strscpy(info->help, wl->help, sizeof(info->help));
	strscpy(info->contracts, wl->contracts ?: "", sizeof(info->contracts));
	return 0;
}

/**
 * ktb_describe_param() - one parameter, by its workload and index
 * @info: size and indices are set; the rest is filled
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int ktb_describe_param(struct ktb_param_info *info)
{
	const struct ktb_workload *wl = ktb_workload_get(info->workload);
	const struct ktb_param *param;

	if (!wl)
		return -EINVAL;
	param = ktb_workload_param(wl, info->index);
	if (!param)
		return -ENOENT;
	info->type = param->type;
	info->unit = param->unit;
	info->flags = info->index < KTB_NR_COMMON_PARAMS ? KTB_PARAM_COMMON : 0;
	info->min = param->min;
	info->max = param->max;
	info->def = param->def;
	strscpy(info->name, param->name, sizeof(info->name));
	strscpy(info->choices, param->choices ?: "", sizeof(info->choices));
	strscpy(info->help, param->help, sizeof(info->help));
	return 0;
}

/**
 * ktb_describe_metric() - one metric, by its workload and index
 * @info: size and indices are set; the rest is filled
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int ktb_describe_metric(struct ktb_metric_info *info)
{
	const struct ktb_workload *wl = ktb_workload_get(info->workload);
	const struct ktb_metric *metric;

	if (!wl || info->reserved)
		return -EINVAL;
	if (info->index >= wl->nr_metrics)
		return -ENOENT;
	metric = &wl->metrics[info->index];
	info->kind = metric->kind;
	info->unit = metric->unit;
	info->context = metric->context;
	info->flags = metric->flags;
	strscpy(info->name, metric->name, sizeof(info->name));
	strscpy(info->help, metric->help, sizeof(info->help));
	return 0;
}

/**
 * ktb_describe_check() - one check of a contract, by its index
 * @info: size and index are set; the rest is filled
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int ktb_describe_check(struct ktb_check_info *info)
{
	const struct ktb_subject *subject;
	const struct ktb_check *check;

	if (info->flags || info->reserved)
		return -EINVAL;
	check = ktb_contract_get(info->index, &subject);
	if (!check)
		return -ENOENT;
	snprintf(info->name, sizeof(info->name), "%s.%s", subject->name,
		 check->name);
	strscpy(info->contract, check->contract, sizeof(info->contract));
	strscpy(info->source, check->source, sizeof(info->source));
	return 0;
}
