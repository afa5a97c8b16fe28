/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Threads of a workload's own, each bound to a CPU. Knows nothing of what they
 * do.
 */
#ifndef KTB_BOUND_H
#define KTB_BOUND_H

#include <linux/types.h>

struct task_struct;

/* The row of a table of parameters: does ktb_bound_compute() run beside? */
#define KTB_BUSY_PARAM                                                           \
	{                                                                        \
		.name = "busy", .type = KTB_PARAM_BOOL, .min = 0, .max = 1,      \
		.def = 0,                                                        \
		.help = "a SCHED_NORMAL thread computes on the CPU all the time" \
	}

int ktb_bound_make(struct task_struct **made, u32 cpu, const char *what,
		   int (*body)(void *data), void *data);
void ktb_bound_home(struct task_struct *task, u32 cpu);
void ktb_bound_stop(struct task_struct **made);
int ktb_bound_compute(void *data);

#endif /* KTB_BOUND_H */
