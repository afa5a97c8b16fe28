// SPDX-License-Identifier: GPL-2.0
/*
 * Threads of a workload's own: made for one CPU, held by a reference until they
 * are stopped, and never gone before that.
 */
#include <linux/cpumask.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/topology.h>

#include "bound.h"

/**
 * ktb_bound_make() - a thread that is bound to a CPU and has not been woken yet
 * @made: out: the thread, with a reference; ktb_bound_stop() undoes this call
 * @cpu: online
 * @what: it is called ktb_<what>/<cpu>
 * @body: does not return before kthread_should_stop()
 * @data: for @body
 *
 * Return: 0, -EINTR if the caller was killed, else -ENOMEM; then @made is as
 * it was.
 */
int ktb_bound_make(struct task_struct **made, u32 cpu, const char *what,
		   int (*body)(void *data), void *data)
{
	struct task_struct *task;

	task = kthread_create_on_node(body, data, cpu_to_node(cpu), "ktb_%s/%u",
				      what, cpu);
	if (IS_ERR(task))
		return PTR_ERR(task) == -EINTR ? -EINTR : -ENOMEM;
	kthread_bind(task, cpu);
	get_task_struct(task);
	*made = task;
	return 0;
}

/**
 * ktb_bound_home() - bind a thread to its CPU once more
 * @task: from ktb_bound_make(), or another one that is bound to one CPU
 * @cpu: the same CPU; online
 *
 * A CPU that went since the thread was made, and came back, has set it free.
 */
void ktb_bound_home(struct task_struct *task, u32 cpu)
{
	set_cpus_allowed_ptr(task, cpumask_of(cpu));
}

/**
 * ktb_bound_stop() - stop a thread, wait until it has ended, and let go of it
 * @made: from ktb_bound_make(), or a pointer to NULL; NULL after it
 */
void ktb_bound_stop(struct task_struct **made)
{
	if (!*made)
		return;
	kthread_stop(*made);
	put_task_struct(*made);
	*made = NULL;
}

/**
 * ktb_bound_compute() - the body of a thread that keeps its CPU busy
 * @data: not looked at
 *
 * Lets others run whenever they want to, so that nothing starves behind it.
 *
 * Return: 0.
 */
int ktb_bound_compute(void *data)
{
	while (!kthread_should_stop()) {
		cpu_relax();
		cond_resched();
	}
	return 0;
}
