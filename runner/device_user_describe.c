// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What the device in user space tells of itself: the list of companions, the
 * parameters that all of them share, limits, in the structs of the ABI. It
 * knows no session.
 */
#include <errno.h>
#include <gnu/libc-version.h>
#include <stdio.h>
#include <string.h>

#include "device_user.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define LIST(_what)   &ktb_user_##_what,
static const struct ktb_user_workload *const workloads[] = { KTB_USER_WORKLOADS(
	LIST) };
#undef LIST

/* As the module's; it can keep interrupts off as well. */
static const struct ktb_param_info common_params[KTB_USER_NR_COMMON_PARAMS] = {
	[KTB_USER_DURATION] = {
		.name = "duration", .unit = KTB_UNIT_NS,
		.min = KTB_USER_NS_PER_MS, .max = KTB_MAX_DURATION_NS,
		.def = 5 * KTB_USER_NS_PER_S,
		.help = "length of the recorded window",
	},
	[KTB_USER_WARMUP] = {
		.name = "warmup", .unit = KTB_UNIT_NS,
		.min = 0, .max = KTB_MAX_DURATION_NS,
		.def = 200 * KTB_USER_NS_PER_MS,
		.help = "time under load, after all is armed, before the window",
	},
	[KTB_USER_SEED] = {
		.name = "seed", .unit = KTB_UNIT_NONE,
		.min = 0, .max = INT64_MAX, .def = 1,
		.help = "start of the random phases",
	},
	[KTB_USER_RAW_SAMPLES] = {
		.name = "raw_samples", .unit = KTB_UNIT_COUNT,
		.min = 0, .max = KTB_MAX_RAW, .def = 0,
		.help = "samples per CPU to keep one by one, from the first on",
	},
};

/**
 * ktb_user_workload() - a companion by its index
 * @index: any
 *
 * Return: NULL past the last one.
 */
const struct ktb_user_workload *ktb_user_workload(uint32_t index)
{
	return index < ARRAY_SIZE(workloads) ? workloads[index] : NULL;
}

/**
 * ktb_user_nr_params() - the parameters of a companion, common ones included
 * @workload: the companion
 */
uint32_t ktb_user_nr_params(const struct ktb_user_workload *workload)
{
	return KTB_USER_NR_COMMON_PARAMS + workload->nr_params;
}

/**
 * ktb_user_param() - a parameter by its index
 * @workload: the companion
 * @index: any
 *
 * Return: NULL past the last one.
 */
const struct ktb_param_info *
ktb_user_param(const struct ktb_user_workload *workload, uint32_t index)
{
	if (index < KTB_USER_NR_COMMON_PARAMS)
		return &common_params[index];
	index -= KTB_USER_NR_COMMON_PARAMS;
	return index < workload->nr_params ? &workload->params[index] : NULL;
}

/**
 * ktb_user_nr_kind() - the metrics of one kind
 * @workload: the companion
 * @kind: distributions or counters
 */
uint32_t ktb_user_nr_kind(const struct ktb_user_workload *workload,
			  enum ktb_metric_kind kind)
{
	uint32_t i, nr = 0;

	for (i = 0; i < workload->nr_metrics; i++)
		nr += workload->metrics[i].kind == kind;
	return nr;
}

/**
 * ktb_user_describe_device() - what this device is
 * @query: size is set; the rest is filled, with zero for what only the kernel
 *	knows
 *
 * Return: 0 or -EINVAL.
 */
int ktb_user_describe_device(struct ktb_query *query)
{
	struct timespec resolution = { 0 };

	if (query->reserved || query->reserved2)
		return -EINVAL;
	clock_getres(CLOCK_MONOTONIC, &resolution);
	*query = (struct ktb_query){
		.size = query->size,
		.abi_version = KTB_ABI_VERSION,
		.nr_workloads = ARRAY_SIZE(workloads),
		.hrtimer_resolution_ns = (__u32)ktb_user_to_ns(&resolution),
		.max_timers_per_cpu = 1,
		.max_timers = ktb_user_limits_cpus(),
		.max_cpus = ktb_user_limits_cpus(),
		.nr_worst = KTB_NR_WORST,
		.max_memory_bytes = ktb_user_limits_memory(),
		.max_duration_ns = KTB_MAX_DURATION_NS,
		.max_raw = KTB_MAX_RAW,
		.max_threads = KTB_MAX_THREADS,
	};
	snprintf(query->build, sizeof(query->build), "user space, glibc %s",
		 gnu_get_libc_version());
	return 0;
}

/**
 * ktb_user_describe_workload() - one companion, by its index
 * @info: size and index are set; the rest is filled
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int ktb_user_describe_workload(struct ktb_workload_info *info)
{
	const struct ktb_user_workload *workload =
		ktb_user_workload(info->index);

	if (info->reserved)
		return -EINVAL;
	if (!workload)
		return -ENOENT;
	info->flags = KTB_WORKLOAD_USER;
	info->nr_params = ktb_user_nr_params(workload);
	info->nr_metrics = workload->nr_metrics;
	info->nr_hists = ktb_user_nr_kind(workload, KTB_METRIC_DISTRIBUTION);
	info->nr_counters = ktb_user_nr_kind(workload, KTB_METRIC_COUNTER);
	snprintf(info->name, sizeof(info->name), "%s", workload->name);
	snprintf(info->help, sizeof(info->help), "%s", workload->help);
	return 0;
}

/**
 * ktb_user_describe_param() - one parameter, by its companion and index
 * @info: size and indices are set; the rest is filled
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int ktb_user_describe_param(struct ktb_param_info *info)
{
	const struct ktb_user_workload *workload =
		ktb_user_workload(info->workload);
	const struct ktb_param_info asked = *info;
	const struct ktb_param_info *param;

	if (!workload)
		return -EINVAL;
	param = ktb_user_param(workload, info->index);
	if (!param)
		return -ENOENT;
	*info = *param;
	info->size = asked.size;
	info->workload = asked.workload;
	info->index = asked.index;
	info->flags =
		asked.index < KTB_USER_NR_COMMON_PARAMS ? KTB_PARAM_COMMON : 0;
	return 0;
}

/**
 * ktb_user_describe_metric() - one metric, by its companion and index
 * @info: size and indices are set; the rest is filled
 *
 * Return: 0, -EINVAL or -ENOENT.
 */
int ktb_user_describe_metric(struct ktb_metric_info *info)
{
	const struct ktb_user_workload *workload =
		ktb_user_workload(info->workload);
	const struct ktb_metric_info asked = *info;

	if (!workload || info->reserved)
		return -EINVAL;
	if (info->index >= workload->nr_metrics)
		return -ENOENT;
	*info = workload->metrics[info->index];
	info->size = asked.size;
	info->workload = asked.workload;
	info->index = asked.index;
	return 0;
}
