// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Validation of a SETUP of the device in user space, all of it, before anything
 * is allocated, and with the module's errors. Each check that fails says what it
 * speaks of and which one of them.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>

#include "device_user_engine.h"

static int refuse(struct ktb_setup *setup, int err, uint32_t what,
		  uint32_t which, int64_t limit)
{
	setup->err_what = what;
	setup->err_index = which;
	setup->err_limit = limit;
	return err;
}

static int check_lengths(struct ktb_setup *setup)
{
	const uint32_t most = ktb_user_limits_cpus();

	if (setup->reserved || setup->reserved2 || setup->reserved3 ||
	    setup->nr_params > KTB_USER_MAX_PARAMS)
		return -EINVAL;
	if (!setup->nr_places || setup->nr_places > most)
		setup->err_what = KTB_WHAT_PLACE;
	else if (setup->nr_disturb > most)
		setup->err_what = KTB_WHAT_DISTURB;
	else
		return 0;
	setup->err_limit = setup->nr_places ? most : 1;
	setup->err_index = (__u32)setup->err_limit;
	return -ERANGE;
}

static int take_param(struct ktb_user_run *run, struct ktb_setup *setup,
		      uint32_t at, uint64_t *seen)
{
	const struct ktb_param_value *given =
		(const struct ktb_param_value *)(uintptr_t)setup->params + at;
	const struct ktb_param_info *param;

	param = ktb_user_param(run->workload, given->index);
	if (!param || given->reserved || *seen & 1ULL << given->index)
		return refuse(setup, -EINVAL, KTB_WHAT_PARAM, at, 0);
	if (given->value < param->min)
		return refuse(setup, -ERANGE, KTB_WHAT_PARAM, at, param->min);
	if (given->value > param->max)
		return refuse(setup, -ERANGE, KTB_WHAT_PARAM, at, param->max);
	*seen |= 1ULL << given->index;
	run->values[given->index] = given->value;
	return 0;
}

static int take_params(struct ktb_user_run *run, struct ktb_setup *setup)
{
	const uint32_t nr = ktb_user_nr_params(run->workload);
	uint64_t seen = 0;
	uint32_t i;
	int err = 0;

	for (i = 0; i < nr; i++)
		run->values[i] = ktb_user_param(run->workload, i)->def;
	for (i = 0; !err && i < setup->nr_params; i++)
		err = take_param(run, setup, i, &seen);
	return err;
}

/* Whether a CPU can be used is told by a thread that tries. */
static int try_cpu(uint32_t cpu)
{
	return cpu < KTB_USER_MAX_CPU ? ktb_user_engine_try(cpu, NULL, NULL) :
					-ENXIO;
}

static int take_place(struct ktb_user_run *run, struct ktb_setup *setup,
		      uint32_t at)
{
	const struct ktb_place *given =
		(const struct ktb_place *)(uintptr_t)setup->places + at;
	uint32_t i;
	int err = try_cpu(given->cpu);

	if (!err && given->arm_cpu != given->cpu)
		err = try_cpu(given->arm_cpu);
	if (err)
		return refuse(setup, err, KTB_WHAT_PLACE, at, 0);
	for (i = 0; i < at; i++)
		if (run->places[i].cpu == given->cpu)
			return refuse(setup, -EINVAL, KTB_WHAT_PLACE, at, 0);
	if (given->cpu != given->arm_cpu)
		return refuse(setup, -EOPNOTSUPP, KTB_WHAT_PLACE, at, 0);
	run->places[at] = (struct ktb_user_place){
		.run = run,
		.cpu = given->cpu,
		.index = at,
		.random = ktb_random_place((uint64_t)run->values[KTB_USER_SEED],
					   at),
	};
	return 0;
}

static int take_places(struct ktb_user_run *run, struct ktb_setup *setup)
{
	uint32_t i;
	int err = 0;

	run->places = aligned_alloc(KTB_USER_LINE_BYTES,
				    setup->nr_places * sizeof(*run->places));
	if (!run->places)
		return -ENOMEM;
	run->nr_places = setup->nr_places;
	memset(run->places, 0, run->nr_places * sizeof(*run->places));
	for (i = 0; !err && i < run->nr_places; i++)
		err = take_place(run, setup, i);
	return err;
}

/* The position in params[] of the one that @index names, if it was given. */
static uint32_t position(const struct ktb_setup *setup, uint32_t index)
{
	const struct ktb_param_value *params =
		(const struct ktb_param_value *)(uintptr_t)setup->params;
	uint32_t i;

	for (i = 0; i < setup->nr_params; i++)
		if (params[i].index == index)
			return i;
	return ~0U;
}

static int check_sums(struct ktb_user_run *run, struct ktb_setup *setup)
{
	const uint64_t memory = ktb_user_limits_memory();
	uint64_t threads = KTB_MAX_THREADS;

	if (run->nr_threads)
		threads = ktb_user_limits_threads();
	if (run->nr_threads > threads)
		return refuse(setup, -ERANGE, KTB_WHAT_THREADS, 0,
			      (int64_t)threads);
	run->memory_bytes =
		ktb_user_areas_bytes(run) + run->nr_threads * run->thread_bytes;
	if (run->memory_bytes > memory)
		return refuse(setup, -ERANGE, KTB_WHAT_MEMORY, 0,
			      (int64_t)memory);
	return 0;
}

/**
 * ktb_user_request() - validate a SETUP and fill a run from it
 * @run: zeroed; its places are allocated, whether this fails or not
 * @setup: what is asked; err_* are set on an error
 *
 * Return: 0 or a negative errno of the ABI.
 */
int ktb_user_request(struct ktb_user_run *run, struct ktb_setup *setup)
{
	uint32_t what = KTB_WHAT_NOTHING, which = 0;
	int err;

	err = check_lengths(setup);
	if (err)
		return err;
	if ((setup->nr_params && !setup->params) || !setup->places ||
	    (setup->nr_disturb && !setup->disturb))
		return -EFAULT;
	run->workload = ktb_user_workload(setup->workload);
	if (!run->workload)
		return -EINVAL;
	err = take_params(run, setup);
	if (!err)
		err = take_places(run, setup);
	/* Interrupts cannot be kept off from here. */
	if (!err && setup->nr_disturb)
		err = refuse(setup, -EOPNOTSUPP, KTB_WHAT_DISTURB, 0, 0);
	if (err)
		return err;

	err = run->workload->check(run, &what, &which);
	if (err)
		return refuse(
			setup, err, what,
			what == KTB_WHAT_PARAM ?
				position(setup,
					 KTB_USER_NR_COMMON_PARAMS + which) :
				0,
			0);
	return check_sums(run, setup);
}
