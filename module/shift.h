/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A kthread_worker and a few works that say when, where and in which turn they
 * were called. Whatever becomes of a check, ktb_shift_end() lets them go on,
 * cancels them and waits for them before their memory goes.
 */
#ifndef KTB_SHIFT_H
#define KTB_SHIFT_H

#include <linux/atomic.h>
#include <linux/err.h>
#include <linux/jiffies.h>
#include <linux/kthread.h>

#include "compat.h"
#include "contract.h"

/* A work that others wait for takes so many jiffies. */
#define KTB_SHIFT_LONG 5

#define KTB_SHIFT_JOBS 5

/**
 * struct ktb_job - one work
 * @dwork: it; what needs no timer takes the work inside
 * @shift: it belongs to
 * @held: it does not go on before this is cleared
 * @till_cancelled: it does not go on before somebody cancels it, within
 *	KTB_PATIENCE
 * @long_jiffies: it sleeps so long, each time
 * @again: it queues itself again so often
 * @requeued: how often that returned true
 * @begun: how often it has been called
 * @done: how often it has come to its end
 * @turn: the last time: the number of the call among those of all works, from 1
 * @task: the last time: whose thread it was
 * @cpu: the last time: where
 * @at: the last time: jiffies
 */
struct ktb_job {
	struct kthread_delayed_work dwork;
	struct ktb_shift *shift;
	bool held;
	bool till_cancelled;
	u32 long_jiffies;
	u32 again;
	u32 requeued;
	u32 begun;
	u32 done;
	u32 turn;
	struct task_struct *task;
	u32 cpu;
	unsigned long at;
};

/**
 * struct ktb_shift - a worker and its works
 * @worker: bound to one CPU; NULL once it has been destroyed
 * @turns: calls of its works so far
 * @hold: the work that keeps the worker busy while others are queued
 * @jobs: those
 */
struct ktb_shift {
	struct kthread_worker *worker;
	atomic_t turns;
	struct ktb_job hold;
	struct ktb_job jobs[KTB_SHIFT_JOBS];
};

struct ktb_shift *ktb_shift_alloc(void);
void ktb_shift_release(struct ktb_shift *shift);
void ktb_shift_end(struct ktb_shift *shift);

/** ktb_shift_begin() - one with a worker on @cpu; NULL, and it fails, if not */
static inline struct ktb_shift *ktb_shift_begin(struct ktb_trial *trial,
						u32 cpu)
{
	struct ktb_shift *shift = ktb_shift_alloc();

	shift->worker = ktb_kthread_run_worker(cpu);
	if (!IS_ERR(shift->worker))
		return shift;
	ktb_trial_expect(trial, false, "no worker could be made: %ld",
			 PTR_ERR(shift->worker));
	shift->worker = NULL;
	ktb_shift_end(shift);
	return NULL;
}

/** ktb_shift_hold() - keep the worker busy until ktb_shift_release() */
static inline bool ktb_shift_hold(struct ktb_trial *trial,
				  struct ktb_shift *shift)
{
	kthread_queue_work(shift->worker, &shift->hold.dwork.work);
	return ktb_trial_expect(
		trial, ktb_until(READ_ONCE(shift->hold.begun), KTB_PATIENCE),
		"the worker is kept busy");
}

#endif /* KTB_SHIFT_H */
