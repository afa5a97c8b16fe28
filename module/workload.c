// SPDX-License-Identifier: GPL-2.0
/* The list of workloads, and the parameters that all of them share. */
#include <linux/kernel.h>

#include "workload.h"

#define KTB_WORKLOAD(name) &ktb_workload_##name,
static const struct ktb_workload *const ktb_workloads[] = { KTB_WORKLOADS };
#undef KTB_WORKLOAD

static const struct ktb_param ktb_common_params[KTB_NR_COMMON_PARAMS] = {
	[KTB_PARAM_DURATION] = {
		.name = "duration", .unit = KTB_UNIT_NS,
		.min = NSEC_PER_MSEC, .max = KTB_MAX_DURATION_NS,
		.def = 5 * NSEC_PER_SEC,
		.help = "length of the recorded window",
	},
	[KTB_PARAM_WARMUP] = {
		.name = "warmup", .unit = KTB_UNIT_NS,
		.min = 0, .max = KTB_MAX_DURATION_NS,
		.def = 200 * NSEC_PER_MSEC,
		.help = "time under load, after all is armed, before the window",
	},
	[KTB_PARAM_SEED] = {
		.name = "seed", .unit = KTB_UNIT_NONE,
		.min = 0, .max = S64_MAX, .def = 1,
		.help = "start of the random phases",
	},
	[KTB_PARAM_RAW_SAMPLES] = {
		.name = "raw_samples", .unit = KTB_UNIT_COUNT,
		.min = 0, .max = KTB_MAX_RAW, .def = 0,
		.help = "samples per CPU to keep one by one, from the first on",
	},
	[KTB_PARAM_DISTURB_IRQOFF] = {
		.name = "disturb_irqoff", .unit = KTB_UNIT_NS,
		.min = 0, .max = KTB_MAX_DISTURB_NS, .def = 0,
		.help = "keep interrupts off this long, over and over, on disturb_cpus",
	},
	[KTB_PARAM_DISTURB_PERIOD] = {
		.name = "disturb_period", .unit = KTB_UNIT_NS,
		.min = NSEC_PER_MSEC, .max = 3600 * NSEC_PER_SEC,
		.def = NSEC_PER_SEC,
		.help = "from the start of one disturbance to the next",
	},
};

/** ktb_workload_count() - how many workloads there are */
u32 ktb_workload_count(void)
{
	return ARRAY_SIZE(ktb_workloads);
}

/**
 * ktb_workload_get() - a workload by its index
 * @index: any
 *
 * Return: NULL past the last one.
 */
const struct ktb_workload *ktb_workload_get(u32 index)
{
	return index < ARRAY_SIZE(ktb_workloads) ? ktb_workloads[index] : NULL;
}

/**
 * ktb_workload_nr_params() - the parameters of a workload, common ones included
 * @wl: the workload
 */
u32 ktb_workload_nr_params(const struct ktb_workload *wl)
{
	return KTB_NR_COMMON_PARAMS + wl->nr_params;
}

/**
 * ktb_workload_param() - a parameter by its index
 * @wl: the workload
 * @index: any
 *
 * Return: NULL past the last one.
 */
const struct ktb_param *ktb_workload_param(const struct ktb_workload *wl,
					   u32 index)
{
	if (index < KTB_NR_COMMON_PARAMS)
		return &ktb_common_params[index];
	index -= KTB_NR_COMMON_PARAMS;
	return index < wl->nr_params ? &wl->params[index] : NULL;
}

/**
 * ktb_workload_nr_kind() - the metrics of one kind
 * @wl: the workload
 * @kind: distributions or counters
 */
u32 ktb_workload_nr_kind(const struct ktb_workload *wl,
			 enum ktb_metric_kind kind)
{
	u32 i, nr = 0;

	for (i = 0; i < wl->nr_metrics; i++)
		nr += wl->metrics[i].kind == kind;
	return nr;
}

/**
 * ktb_random_seed() - the stream of a place
 * @run: the run, whose seed it comes from
 * @place: index of the place
 */
u64 ktb_random_seed(const struct ktb_run *run, u32 place)
{
	return ktb_random_place(run->values[KTB_PARAM_SEED], place);
}
