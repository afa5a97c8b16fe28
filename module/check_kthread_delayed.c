// SPDX-License-Identifier: GPL-2.0
/*
 * The delayed works of a kthread_worker: a timer that queues a work.
 */
#include <linux/kernel.h>

#include "shift.h"

/* Short and long, in jiffies; the longest one never comes while a check lasts. */
#define KTB_DELAYED_SHORT 3
#define KTB_DELAYED_LONG  20
#define KTB_DELAYED_NEVER (1000 * HZ)

/* Has it run for the how-manieth time? */
static bool ktb_delayed_ran(struct ktb_job *job, u32 times)
{
	return ktb_until(READ_ONCE(job->done) == times, KTB_PATIENCE);
}

static void ktb_delayed_not_early(struct ktb_trial *trial, struct ktb_job *job,
				  unsigned long from, u32 delay)
{
	long took = job->at - from;

	ktb_trial_expect(trial, took >= (long)delay,
			 "delay %u jiffies: ran after %ld", delay, took);
}

static void ktb_delayed_queue(struct ktb_trial *trial)
{
	static const u32 delays[] = { 0, 1, 2, 5, 10 };
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;
	unsigned long from;
	u32 i;

	if (!shift)
		return;
	job = &shift->jobs[0];
	for (i = 0; i < ARRAY_SIZE(delays); i++) {
		from = jiffies;
		ktb_trial_equal(trial, "kthread_queue_delayed_work()",
				kthread_queue_delayed_work(
					shift->worker, &job->dwork, delays[i]),
				true);
		ktb_delayed_ran(job, i + 1);
		if (!ktb_trial_equal(trial, "times it ran",
				     READ_ONCE(job->done), i + 1))
			break;
		ktb_delayed_not_early(trial, job, from, delays[i]);
	}
	ktb_shift_end(shift);
}

static void ktb_delayed_pending(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;

	if (!shift)
		return;
	job = &shift->jobs[0];
	kthread_queue_delayed_work(shift->worker, &job->dwork,
				   KTB_DELAYED_NEVER);
	ktb_trial_equal(
		trial,
		"kthread_queue_delayed_work() while the timer is pending",
		kthread_queue_delayed_work(shift->worker, &job->dwork, 0),
		false);
	ktb_trial_equal(trial, "kthread_queue_work() meanwhile",
			kthread_queue_work(shift->worker, &job->dwork.work),
			false);
	kthread_flush_worker(shift->worker);
	ktb_trial_equal(trial, "times it ran", job->begun, 0);
	ktb_trial_equal(trial, "its timer is pending",
			timer_pending(&job->dwork.timer), 1);
	ktb_shift_end(shift);
}

static void ktb_delayed_mod(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;
	unsigned long from;

	if (!shift)
		return;
	job = &shift->jobs[0];
	from = jiffies;
	ktb_trial_equal(trial, "kthread_mod_delayed_work() of an idle one",
			kthread_mod_delayed_work(shift->worker, &job->dwork,
						 KTB_DELAYED_SHORT),
			false);
	if (ktb_trial_expect(trial, ktb_delayed_ran(job, 1), "it ran"))
		ktb_delayed_not_early(trial, job, from, KTB_DELAYED_SHORT);
	kthread_queue_delayed_work(shift->worker, &job->dwork,
				   KTB_DELAYED_NEVER);
	from = jiffies;
	ktb_trial_equal(trial, "of a pending one, to make it sooner",
			kthread_mod_delayed_work(shift->worker, &job->dwork,
						 KTB_DELAYED_SHORT),
			true);
	if (ktb_trial_expect(trial, ktb_delayed_ran(job, 2), "it ran"))
		ktb_delayed_not_early(trial, job, from, KTB_DELAYED_SHORT);
	kthread_queue_delayed_work(shift->worker, &job->dwork,
				   KTB_DELAYED_LONG);
	from = jiffies;
	/* Unless this came so late that it had run before. */
	if (kthread_mod_delayed_work(shift->worker, &job->dwork,
				     2 * KTB_DELAYED_LONG))
		ktb_trial_say(trial, "of a pending one, to make it later: 1");
	else
		ktb_trial_expect(
			trial, READ_ONCE(job->begun) == 3,
			"of a pending one, to make it later: 0, it had run %u times",
			job->begun);
	/* Not its timer is looked at: that is done before the work is queued. */
	if (ktb_trial_expect(
		    trial,
		    ktb_until(list_empty_careful(
				      &shift->worker->delayed_work_list),
			      KTB_PATIENCE),
		    "its timer has fired")) {
		kthread_flush_worker(shift->worker);
		ktb_delayed_not_early(trial, job, from, 2 * KTB_DELAYED_LONG);
	}
	ktb_shift_end(shift);
}

/* Its delay is over, and the worker is busy: it waits in the queue. */
static void ktb_delayed_cancel_queued(struct ktb_trial *trial,
				      struct ktb_shift *shift,
				      struct ktb_job *job)
{
	kthread_queue_delayed_work(shift->worker, &job->dwork, 1);
	/* Not its timer is looked at: that is done before the work is queued. */
	ktb_until(list_empty_careful(&shift->worker->delayed_work_list),
		  KTB_PATIENCE);
	ktb_trial_equal(trial, "of one that is queued, its delay over",
			kthread_cancel_delayed_work_sync(&job->dwork), true);
	ktb_shift_release(shift);
	kthread_flush_worker(shift->worker);
	ktb_trial_equal(trial, "times it ran", job->begun, 0);
}

static void ktb_delayed_cancel(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;

	if (!shift)
		return;
	job = &shift->jobs[0];
	ktb_trial_equal(
		trial,
		"kthread_cancel_delayed_work_sync() of one that was never queued",
		kthread_cancel_delayed_work_sync(&job->dwork), false);
	kthread_queue_delayed_work(shift->worker, &job->dwork,
				   KTB_DELAYED_NEVER);
	ktb_trial_equal(trial, "of one whose timer is pending",
			kthread_cancel_delayed_work_sync(&job->dwork), true);
	ktb_trial_equal(trial, "of one that was cancelled",
			kthread_cancel_delayed_work_sync(&job->dwork), false);
	if (ktb_trial_equal(trial, "its timer is pending",
			    timer_pending(&job->dwork.timer), 0) &&
	    ktb_shift_hold(trial, shift))
		ktb_delayed_cancel_queued(trial, shift, job);
	ktb_shift_end(shift);
}

static void ktb_delayed_flush(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *late, *now;

	if (!shift)
		return;
	late = &shift->jobs[0];
	now = &shift->jobs[1];
	kthread_queue_delayed_work(shift->worker, &late->dwork,
				   KTB_DELAYED_NEVER);
	kthread_queue_work(shift->worker, &now->dwork.work);
	kthread_flush_worker(shift->worker);
	ktb_trial_equal(trial, "kthread_flush_worker(): queued work done",
			READ_ONCE(now->done), 1);
	ktb_trial_equal(trial, "work whose timer is pending done",
			READ_ONCE(late->done), 0);
	ktb_trial_equal(trial, "its timer is pending still",
			timer_pending(&late->dwork.timer), 1);
	ktb_trial_equal(trial, "kthread_cancel_delayed_work_sync() of it",
			kthread_cancel_delayed_work_sync(&late->dwork), true);
	ktb_shift_end(shift);
}

static const struct ktb_check ktb_kthread_delayed_checks[] = {
	{ "queue",
	  "kthread_queue_delayed_work() runs the work after that many jiffies, never before; at once if there are none.",
	  "kernel/kthread.c: kthread_queue_delayed_work()", ktb_delayed_queue },
	{ "pending",
	  "A delayed work whose timer is pending counts as queued: queueing it again returns false and changes nothing.",
	  "kernel/kthread.c: kthread_queue_delayed_work()",
	  ktb_delayed_pending },
	{ "mod",
	  "kthread_mod_delayed_work() gives a pending work another delay, shorter or longer, and returns true; it queues an idle one and returns false.",
	  "kernel/kthread.c: kthread_mod_delayed_work()", ktb_delayed_mod },
	{ "cancel",
	  "kthread_cancel_delayed_work_sync() returns true if the timer was pending or the work queued, and the work does not run any more.",
	  "kernel/kthread.c: kthread_cancel_delayed_work_sync()",
	  ktb_delayed_cancel },
	{ "flush",
	  "kthread_flush_worker() does not wait for a delayed work whose timer has not fired: it must be cancelled before the worker is destroyed.",
	  "kernel/kthread.c: kthread_flush_worker(), kthread_destroy_worker()",
	  ktb_delayed_flush },
};

KTB_SUBJECT_OF(kthread_delayed);
