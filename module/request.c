// SPDX-License-Identifier: GPL-2.0
/*
 * Validation of a SETUP, all of it, before anything is allocated. Each check
 * that fails says what it speaks of and which one of them.
 */
#include <linux/bitmap.h>
#include <linux/cpumask.h>
#include <linux/mm.h>
#include <linux/slab.h>

#include "request.h"

/**
 * ktb_request_max_memory() - the limit of all sessions together
 *
 * Return: bytes; half of the machine's memory.
 */
u64 ktb_request_max_memory(void)
{
	return (u64)totalram_pages() << (PAGE_SHIFT - 1);
}

static int ktb_request_refuse(struct ktb_request *request, int err, u32 what,
			      u32 which, s64 limit)
{
	request->what = what;
	request->which = which;
	request->limit = limit;
	return err;
}

static int ktb_request_param(struct ktb_run *run, struct ktb_request *request,
			     u32 at, unsigned long *seen)
{
	const struct ktb_param_value *given = &request->params[at];
	const struct ktb_param *param;

	param = ktb_workload_param(run->workload, given->index);
	if (!param || given->reserved || __test_and_set_bit(given->index, seen))
		return ktb_request_refuse(request, -EINVAL, KTB_WHAT_PARAM, at,
					  0);
	if (given->value < param->min)
		return ktb_request_refuse(request, -ERANGE, KTB_WHAT_PARAM, at,
					  param->min);
	if (given->value > param->max)
		return ktb_request_refuse(request, -ERANGE, KTB_WHAT_PARAM, at,
					  param->max);
	run->values[given->index] = given->value;
	return 0;
}

static int ktb_request_params(struct ktb_run *run, struct ktb_request *request)
{
	DECLARE_BITMAP(seen, KTB_MAX_PARAMS) = {};
	u32 i, nr = ktb_workload_nr_params(run->workload);
	int err;

	BUILD_BUG_ON(KTB_NR_COMMON_PARAMS >= KTB_MAX_PARAMS);
	if (WARN_ON_ONCE(nr > KTB_MAX_PARAMS))
		return -EINVAL;
	for (i = 0; i < nr; i++)
		run->values[i] = ktb_workload_param(run->workload, i)->def;
	for (i = 0; i < request->nr_params; i++) {
		err = ktb_request_param(run, request, i, seen);
		if (err)
			return err;
	}
	return 0;
}

static bool ktb_request_is_online(u32 cpu)
{
	return cpu < nr_cpu_ids && cpu_online(cpu);
}

static int ktb_request_place(struct ktb_run *run, struct ktb_request *request,
			     u32 at, struct cpumask *seen)
{
	const struct ktb_place *place = &request->places[at];

	if (!ktb_request_is_online(place->cpu) ||
	    !ktb_request_is_online(place->arm_cpu))
		return ktb_request_refuse(request, -ENXIO, KTB_WHAT_PLACE, at,
					  0);
	if (cpumask_test_and_set_cpu(place->cpu, seen))
		return ktb_request_refuse(request, -EINVAL, KTB_WHAT_PLACE, at,
					  0);
	if (place->cpu != place->arm_cpu &&
	    !(run->workload->flags & KTB_WORKLOAD_ARM_ELSEWHERE))
		return ktb_request_refuse(request, -EOPNOTSUPP, KTB_WHAT_PLACE,
					  at, 0);
	return 0;
}

static int ktb_request_disturb(struct ktb_request *request, u32 at,
			       struct cpumask *seen)
{
	u32 cpu = request->disturb[at];

	if (!ktb_request_is_online(cpu))
		return ktb_request_refuse(request, -ENXIO, KTB_WHAT_DISTURB, at,
					  0);
	if (cpumask_test_and_set_cpu(cpu, seen))
		return ktb_request_refuse(request, -EINVAL, KTB_WHAT_DISTURB,
					  at, 0);
	return 0;
}

static int ktb_request_where(struct ktb_run *run, struct ktb_request *request)
{
	cpumask_var_t seen;
	int err = 0;
	u32 i;

	if (!zalloc_cpumask_var(&seen, GFP_KERNEL))
		return -ENOMEM;
	for (i = 0; !err && i < request->nr_places; i++)
		err = ktb_request_place(run, request, i, seen);
	cpumask_clear(seen);
	for (i = 0; !err && i < request->nr_disturb; i++)
		err = ktb_request_disturb(request, i, seen);
	free_cpumask_var(seen);
	return err;
}

/* The position in @params of the one that @index names, if it was given. */
static u32 ktb_request_position(const struct ktb_request *request, u32 index)
{
	u32 i;

	for (i = 0; i < request->nr_params; i++)
		if (request->params[i].index == index)
			return i;
	return ~0U;
}

static int ktb_request_disturbance(struct ktb_run *run,
				   struct ktb_request *request)
{
	s64 length_ns = run->values[KTB_PARAM_DISTURB_IRQOFF];
	u32 at = ktb_request_position(request, KTB_PARAM_DISTURB_IRQOFF);

	if (!length_ns != !request->nr_disturb)
		return ktb_request_refuse(request, -EOPNOTSUPP,
					  length_ns ? KTB_WHAT_PARAM :
						      KTB_WHAT_DISTURB,
					  length_ns ? at : 0, 0);
	if (length_ns > run->values[KTB_PARAM_DISTURB_PERIOD] / 2)
		return ktb_request_refuse(
			request, -ERANGE, KTB_WHAT_PARAM, at,
			run->values[KTB_PARAM_DISTURB_PERIOD] / 2);
	return 0;
}

static int ktb_request_sums(struct ktb_run *run, struct ktb_request *request)
{
	if (run->nr_timers > KTB_MAX_TIMERS)
		return ktb_request_refuse(request, -ERANGE, KTB_WHAT_TIMERS, 0,
					  KTB_MAX_TIMERS);
	if (run->nr_threads > KTB_MAX_THREADS)
		return ktb_request_refuse(request, -ERANGE, KTB_WHAT_THREADS, 0,
					  KTB_MAX_THREADS);
	if (run->rate_hz > KTB_MAX_RATE_HZ)
		return ktb_request_refuse(request, -ERANGE, KTB_WHAT_LOAD, 0,
					  KTB_MAX_RATE_HZ);
	return 0;
}

/**
 * ktb_request_check() - validate a request and fill the run from it
 * @run: zeroed
 * @request: what, which and limit are set on an error
 *
 * Return: 0, then @run owns the places and the CPUs to disturb; else an errno
 * of the ABI.
 */
int ktb_request_check(struct ktb_run *run, struct ktb_request *request)
{
	u32 which = 0;
	int err;

	run->workload = ktb_workload_get(request->workload);
	if (!run->workload)
		return -EINVAL;
	err = ktb_request_params(run, request);
	if (!err)
		err = ktb_request_where(run, request);
	if (!err)
		err = ktb_request_disturbance(run, request);
	if (err)
		return err;

	run->places = request->places;
	run->nr_places = request->nr_places;
	run->disturb = request->disturb;
	run->nr_disturb = request->nr_disturb;
	err = run->workload->check(run, &request->what, &which);
	if (err == -ERANGE)
		request->limit = run->limit;
	if (err && request->what == KTB_WHAT_PARAM)
		request->which = ktb_request_position(
			request, KTB_NR_COMMON_PARAMS + which);
	if (!err)
		err = ktb_request_sums(run, request);
	if (err)
		return err;

	request->places = NULL;
	request->disturb = NULL;
	return 0;
}

/**
 * ktb_request_cpus() - the CPUs whose areas a run needs
 * @run: checked
 * @cpus: out
 */
void ktb_request_cpus(const struct ktb_run *run, struct cpumask *cpus)
{
	u32 i;

	if (run->migrates)
		cpumask_copy(cpus, cpu_online_mask);
	for (i = 0; i < run->nr_places; i++) {
		cpumask_set_cpu(run->places[i].cpu, cpus);
		cpumask_set_cpu(run->places[i].arm_cpu, cpus);
	}
	for (i = 0; i < run->nr_disturb; i++)
		cpumask_set_cpu(run->disturb[i], cpus);
}
