/* SPDX-License-Identifier: GPL-2.0 */
/*
 * How the threads of a workload are scheduled: the three parameters that say
 * it, whether they go together, and making it so. The kernel offers a module no
 * more: sched_setscheduler() is not exported.
 */
#ifndef KTB_POLICY_H
#define KTB_POLICY_H

#include <linux/capability.h>
#include <linux/sched.h>

#include "workload.h"

enum ktb_policy_kind {
	KTB_POLICY_NORMAL,
	KTB_POLICY_FIFO_LOW,
	KTB_POLICY_FIFO,
};

/* The rows of a table of parameters; @_whose ends the sentence of the first. */
#define KTB_POLICY_PARAM(_whose)                                      \
	{                                                             \
		.name = "policy", .type = KTB_PARAM_ENUM,             \
		.choices = "normal,fifo_low,fifo", .min = 0,          \
		.max = KTB_POLICY_FIFO, .def = KTB_POLICY_NORMAL,     \
		.help = "of " _whose                                  \
			": SCHED_NORMAL, SCHED_FIFO 1, SCHED_FIFO 50" \
	}

#define KTB_PRIORITY_PARAM                                                                                \
	{                                                                                                 \
		.name = "priority", .min = 0, .max = MAX_RT_PRIO - 1,                                     \
		.def = 0,                                                                                 \
		.help = "with policy fifo: its priority; 0 is what the kernel gives its own threads (50)" \
	}

#define KTB_NICE_PARAM                                                      \
	{                                                                   \
		.name = "nice", .min = MIN_NICE, .max = MAX_NICE, .def = 0, \
		.help = "with policy normal: how nice"                      \
	}

/**
 * struct ktb_policy - how a thread is scheduled
 * @kind: enum ktb_policy_kind
 * @priority: of KTB_POLICY_FIFO; 0 for the kernel's choice
 * @nice: of KTB_POLICY_NORMAL
 */
struct ktb_policy {
	u32 kind;
	s32 priority;
	s32 nice;
};

/**
 * ktb_policy_of() - what a run asks for
 * @run: the run
 * @param: index of the parameter policy; priority and nice follow it
 */
static inline struct ktb_policy ktb_policy_of(const struct ktb_run *run,
					      u32 param)
{
	return (struct ktb_policy){
		.kind = ktb_run_value(run, param),
		.priority = ktb_run_value(run, param + 1),
		.nice = ktb_run_value(run, param + 2),
	};
}

/**
 * ktb_policy_check() - may the caller have it, and do its parts go together?
 * @run: the run
 * @param: as for ktb_policy_of()
 * @which: out: on an error, the parameter that stands in the way
 *
 * Context: SETUP, in the thread of the user who asks.
 * Return: 0, -EPERM without CAP_SYS_NICE, -EOPNOTSUPP for a combination that
 * means nothing or that this kernel does not offer to modules.
 */
static inline int ktb_policy_check(const struct ktb_run *run, u32 param,
				   u32 *which)
{
	struct ktb_policy policy = ktb_policy_of(run, param);

	*which = param;
	if (policy.kind != KTB_POLICY_NORMAL && !capable(CAP_SYS_NICE))
		return -EPERM;
	*which = param + 1;
	if (policy.priority &&
	    (policy.kind != KTB_POLICY_FIFO || !KTB_SETS_FIFO_PRIORITY))
		return -EOPNOTSUPP;
	*which = param + 2;
	if (policy.nice && policy.kind != KTB_POLICY_NORMAL)
		return -EOPNOTSUPP;
	if (policy.nice < 0 && !capable(CAP_SYS_NICE))
		return -EPERM;
	return 0;
}

/**
 * ktb_policy_set() - schedule a thread this way
 * @task: a kernel thread
 * @policy: checked
 */
static inline void ktb_policy_set(struct task_struct *task,
				  const struct ktb_policy *policy)
{
	if (policy->kind == KTB_POLICY_FIFO && policy->priority)
		ktb_set_fifo_priority(task, policy->priority);
	else if (policy->kind == KTB_POLICY_FIFO)
		sched_set_fifo(task);
	else if (policy->kind == KTB_POLICY_FIFO_LOW)
		sched_set_fifo_low(task);
	else
		sched_set_normal(task, policy->nice);
}

#endif /* KTB_POLICY_H */
