// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * How the threads of a companion are scheduled. Whether the caller may have it
 * is told by a thread that tries: capabilities, RLIMIT_RTPRIO, RLIMIT_NICE and
 * cgroups all have a say in it.
 */
#include <errno.h>
#include <sched.h>
#include <sys/resource.h>
#include <unistd.h>

#include "device_user_engine.h"
#include "device_user_policy.h"

/* What sched_set_fifo() gives to kernel threads: MAX_RT_PRIO / 2. */
#define FIFO_PRIORITY 50

/**
 * ktb_user_policy_of() - what a run asks for
 * @run: the run
 * @param: index of the parameter policy; priority and nice follow it
 */
struct ktb_user_policy ktb_user_policy_of(const struct ktb_user_run *run,
					  uint32_t param)
{
	return (struct ktb_user_policy){
		.kind = (uint32_t)ktb_user_value(run, param),
		.priority = (int)ktb_user_value(run, param + 1),
		.nice = (int)ktb_user_value(run, param + 2),
	};
}

/**
 * ktb_user_policy_set() - schedule the calling thread this way
 * @policy: checked
 *
 * Threads that it makes inherit it.
 *
 * Return: 0 or an errno: EPERM if the caller may not.
 */
int ktb_user_policy_set(const struct ktb_user_policy *policy)
{
	struct sched_param param = { .sched_priority = 1 };

	if (policy->kind == KTB_USER_NORMAL) {
		param.sched_priority = 0;
		if (sched_setscheduler(0, SCHED_OTHER, &param))
			return errno;
		/* Less nice than before takes a permission, the same none. */
		errno = 0;
		if (getpriority(PRIO_PROCESS, 0) == policy->nice && !errno)
			return 0;
		/* EACCES is what it says to those that may not be less nice. */
		return setpriority(PRIO_PROCESS, 0, policy->nice) ? EPERM : 0;
	}
	if (policy->kind == KTB_USER_FIFO)
		param.sched_priority = policy->priority ? policy->priority :
							  FIFO_PRIORITY;
	return sched_setscheduler(0, SCHED_FIFO, &param) ? errno : 0;
}

static int try_policy(void *data)
{
	return -ktb_user_policy_set(data);
}

/**
 * ktb_user_policy_check() - may the caller have it, and do its parts go
 *	together?
 * @run: the run, with a place
 * @param: as for ktb_user_policy_of()
 * @which: out: on an error, the parameter that stands in the way
 *
 * Return: 0, -EPERM, -EOPNOTSUPP for a combination that means nothing, or that
 * no thread could be made to try it.
 */
int ktb_user_policy_check(const struct ktb_user_run *run, uint32_t param,
			  uint32_t *which)
{
	struct ktb_user_policy policy = ktb_user_policy_of(run, param);

	*which = param + 1;
	if (policy.priority && policy.kind != KTB_USER_FIFO)
		return -EOPNOTSUPP;
	*which = param + 2;
	if (policy.nice && policy.kind != KTB_USER_NORMAL)
		return -EOPNOTSUPP;
	if (policy.kind != KTB_USER_NORMAL)
		*which = param;
	return ktb_user_engine_try(run->places[0].cpu, try_policy, &policy);
}
