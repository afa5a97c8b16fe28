// SPDX-License-Identifier: GPL-2.0
/*
 * What the works of a shift do, and how a shift ends.
 */
#include <linux/slab.h>

#include "shift.h"

static void ktb_job_do(struct kthread_work *work)
{
	struct ktb_job *job = container_of(work, struct ktb_job, dwork.work);

	job->at = jiffies;
	job->turn = atomic_inc_return(&job->shift->turns);
	job->task = current;
	job->cpu = raw_smp_processor_id();
	WRITE_ONCE(job->begun, job->begun + 1);
	if (job->long_jiffies)
		schedule_timeout_idle(job->long_jiffies);
	/* Pairs with the release in ktb_shift_release(). */
	ktb_until(!smp_load_acquire(&job->held), KTB_PATIENCE);
	if (READ_ONCE(job->till_cancelled))
		ktb_until(READ_ONCE(work->canceling), KTB_PATIENCE);
	if (READ_ONCE(job->again)) {
		WRITE_ONCE(job->again, job->again - 1);
		job->requeued += kthread_queue_work(job->shift->worker, work);
	}
	WRITE_ONCE(job->done, job->done + 1);
}

static void ktb_job_init(struct ktb_job *job, struct ktb_shift *shift)
{
	job->shift = shift;
	kthread_init_delayed_work(&job->dwork, ktb_job_do);
}

/** ktb_shift_alloc() - a shift without a worker; small, so never NULL */
struct ktb_shift *ktb_shift_alloc(void)
{
	struct ktb_shift *shift =
		kzalloc(sizeof(*shift), GFP_KERNEL | __GFP_NOFAIL);
	u32 i;

	ktb_job_init(&shift->hold, shift);
	shift->hold.held = true;
	for (i = 0; i < KTB_SHIFT_JOBS; i++)
		ktb_job_init(&shift->jobs[i], shift);
	return shift;
}

/** ktb_shift_release() - let the worker go on */
void ktb_shift_release(struct ktb_shift *shift)
{
	/* Pairs with the acquire in ktb_job_do(). */
	smp_store_release(&shift->hold.held, false);
}

/**
 * ktb_shift_end() - end all works, and the worker
 * @shift: its works may be queued, running or waiting for their timers
 */
void ktb_shift_end(struct ktb_shift *shift)
{
	u32 i;

	ktb_shift_release(shift);
	if (shift->worker) {
		/* A timer that runs must not meet a worker that is gone. */
		for (i = 0; i < KTB_SHIFT_JOBS; i++)
			kthread_cancel_delayed_work_sync(&shift->jobs[i].dwork);
		kthread_destroy_worker(shift->worker);
	}
	kfree(shift);
}
