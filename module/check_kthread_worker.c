// SPDX-License-Identifier: GPL-2.0
/*
 * kthread_worker: queueing works, waiting for them, cancelling them.
 */
#include <linux/kernel.h>
#include <linux/string.h>

#include "shift.h"

static void ktb_worker_queue(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;

	if (!shift)
		return;
	job = &shift->jobs[0];
	if (ktb_shift_hold(trial, shift)) {
		ktb_trial_equal(trial, "kthread_queue_work()",
				kthread_queue_work(shift->worker,
						   &job->dwork.work),
				true);
		ktb_trial_equal(trial, "once more, before it has run",
				kthread_queue_work(shift->worker,
						   &job->dwork.work),
				false);
		ktb_shift_release(shift);
		kthread_flush_worker(shift->worker);
		ktb_trial_equal(trial, "times it ran", job->done, 1);
		ktb_trial_equal(trial, "kthread_queue_work() after that",
				kthread_queue_work(shift->worker,
						   &job->dwork.work),
				true);
		kthread_flush_worker(shift->worker);
		ktb_trial_equal(trial, "times it ran", job->done, 2);
	}
	ktb_shift_end(shift);
}

static void ktb_worker_order(struct ktb_trial *trial)
{
	/* Another order than that of their addresses. */
	static const u32 order[KTB_SHIFT_JOBS] = { 3, 0, 4, 1, 2 };
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	u32 i, wrong = 0;

	if (!shift)
		return;
	if (ktb_shift_hold(trial, shift)) {
		for (i = 0; i < KTB_SHIFT_JOBS; i++)
			kthread_queue_work(shift->worker,
					   &shift->jobs[order[i]].dwork.work);
		ktb_shift_release(shift);
		kthread_flush_worker(shift->worker);
		/* The first turn was that of the work that held the others. */
		for (i = 0; i < KTB_SHIFT_JOBS; i++)
			wrong += shift->jobs[order[i]].turn != i + 2;
		ktb_trial_equal(trial, "works that ran",
				atomic_read(&shift->turns) - 1, KTB_SHIFT_JOBS);
		ktb_trial_equal(trial, "works that ran out of turn", wrong, 0);
	}
	ktb_shift_end(shift);
}

static void ktb_worker_one_thread(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	u32 i, elsewhere = 0, other_thread = 0;
	struct task_struct *task;
	char name[TASK_COMM_LEN];

	if (!shift)
		return;
	task = shift->worker->task;
	snprintf(name, sizeof(name), "ktb_worker/%u", trial->other);
	for (i = 0; i < KTB_SHIFT_JOBS; i++) {
		kthread_queue_work(shift->worker, &shift->jobs[i].dwork.work);
		kthread_flush_worker(shift->worker);
		elsewhere += shift->jobs[i].cpu != trial->other;
		other_thread += shift->jobs[i].task != task;
	}
	ktb_trial_equal(trial, "works that ran", atomic_read(&shift->turns),
			KTB_SHIFT_JOBS);
	ktb_trial_equal(trial, "not in the thread of the worker", other_thread,
			0);
	ktb_trial_equal(trial, "not on the CPU that the worker was made for",
			elsewhere, 0);
	ktb_trial_expect(
		trial, cpumask_equal(task->cpus_ptr, cpumask_of(trial->other)),
		"the worker for CPU %u is allowed on CPUs %*pbl", trial->other,
		cpumask_pr_args(task->cpus_ptr));
	ktb_trial_expect(trial, !strcmp(name, task->comm), "its name: %s",
			 task->comm);
	ktb_shift_end(shift);
}

static void ktb_worker_requeue(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;

	if (!shift)
		return;
	job = &shift->jobs[0];
	job->again = 3;
	kthread_queue_work(shift->worker, &job->dwork.work);
	ktb_until(READ_ONCE(job->done) == 4, KTB_PATIENCE);
	ktb_trial_equal(trial, "times it ran", READ_ONCE(job->done), 4);
	ktb_trial_equal(trial,
			"times that kthread_queue_work() in it returned true",
			job->requeued, 3);
	ktb_shift_end(shift);
}

static void ktb_worker_flush_work(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *first, *second;

	if (!shift)
		return;
	first = &shift->jobs[0];
	second = &shift->jobs[1];
	first->long_jiffies = KTB_SHIFT_LONG;
	second->long_jiffies = KTB_SHIFT_LONG;
	kthread_queue_work(shift->worker, &first->dwork.work);
	kthread_queue_work(shift->worker, &second->dwork.work);
	ktb_until(READ_ONCE(first->begun), KTB_PATIENCE);
	kthread_flush_work(&first->dwork.work);
	ktb_trial_equal(
		trial,
		"it was running: done when kthread_flush_work() returned",
		READ_ONCE(first->done), 1);
	kthread_queue_work(shift->worker, &first->dwork.work);
	kthread_flush_work(&first->dwork.work);
	ktb_trial_equal(trial, "it was queued: done once more",
			READ_ONCE(first->done), 2);
	kthread_flush_work(&first->dwork.work);
	ktb_trial_equal(trial, "it was neither: done not once more",
			READ_ONCE(first->done), 2);
	ktb_shift_end(shift);
}

/* All works are queued, and each takes a while. */
static void ktb_worker_fill(struct ktb_shift *shift)
{
	u32 i;

	for (i = 0; i < KTB_SHIFT_JOBS; i++) {
		shift->jobs[i].long_jiffies = 2;
		kthread_queue_work(shift->worker, &shift->jobs[i].dwork.work);
	}
}

/* How often they have come to their end, taken together. */
static u32 ktb_worker_done(const struct ktb_shift *shift)
{
	u32 i, done = 0;

	for (i = 0; i < KTB_SHIFT_JOBS; i++)
		done += READ_ONCE(shift->jobs[i].done);
	return done;
}

static void ktb_worker_flush_worker(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);

	if (!shift)
		return;
	ktb_worker_fill(shift);
	kthread_flush_worker(shift->worker);
	ktb_trial_equal(
		trial, "works done, of 5, when kthread_flush_worker() returned",
		ktb_worker_done(shift), KTB_SHIFT_JOBS);
	ktb_shift_end(shift);
}

static void ktb_worker_cancel_queued(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;

	if (!shift)
		return;
	job = &shift->jobs[0];
	if (ktb_shift_hold(trial, shift)) {
		ktb_trial_equal(
			trial,
			"kthread_cancel_work_sync() of one that was never queued",
			kthread_cancel_work_sync(&job->dwork.work), false);
		kthread_queue_work(shift->worker, &job->dwork.work);
		ktb_trial_equal(trial, "of one that is queued",
				kthread_cancel_work_sync(&job->dwork.work),
				true);
		ktb_trial_equal(trial, "of one that was cancelled",
				kthread_cancel_work_sync(&job->dwork.work),
				false);
		ktb_shift_release(shift);
		kthread_flush_worker(shift->worker);
		ktb_trial_equal(trial, "times it ran", job->begun, 0);
	}
	ktb_shift_end(shift);
}

/* So often that it would not end in the time that a check has. */
#define KTB_WORKER_FOREVER U32_MAX

static void ktb_worker_cancel_running(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);
	struct ktb_job *job;

	if (!shift)
		return;
	job = &shift->jobs[0];
	job->till_cancelled = true;
	job->again = KTB_WORKER_FOREVER;
	kthread_queue_work(shift->worker, &job->dwork.work);
	if (!ktb_trial_expect(trial,
			      ktb_until(READ_ONCE(job->begun), KTB_PATIENCE),
			      "it runs, and will queue itself again"))
		goto out;
	ktb_trial_equal(trial, "kthread_cancel_work_sync()",
			kthread_cancel_work_sync(&job->dwork.work), false);
	if (!ktb_trial_equal(trial,
			     "calls of it that had ended when it returned",
			     READ_ONCE(job->done), 1))
		goto out;
	kthread_flush_worker(shift->worker);
	schedule_timeout_idle(2);
	ktb_trial_equal(trial, "calls of it in all", job->begun, 1);
	ktb_trial_equal(trial,
			"times that kthread_queue_work() in it returned true",
			job->requeued, 0);
out:
	WRITE_ONCE(job->again, 0);
	ktb_shift_end(shift);
}

static void ktb_worker_destroy(struct ktb_trial *trial)
{
	struct ktb_shift *shift = ktb_shift_begin(trial, trial->other);

	if (!shift)
		return;
	ktb_worker_fill(shift);
	kthread_destroy_worker(shift->worker);
	shift->worker = NULL;
	ktb_trial_equal(
		trial,
		"works done, of 5, when kthread_destroy_worker() returned",
		ktb_worker_done(shift), KTB_SHIFT_JOBS);
	ktb_shift_end(shift);
}

static const struct ktb_check ktb_kthread_worker_checks[] = {
	{ "queue",
	  "kthread_queue_work() returns true, or false if the work is queued already: then it runs once, not twice.",
	  "kernel/kthread.c: kthread_queue_work()", ktb_worker_queue },
	{ "order", "Works run in the order in which they were queued.",
	  "kernel/kthread.c: kthread_worker_fn()", ktb_worker_order },
	{ "one_thread",
	  "All works of a worker run in its own thread, and a worker that was made for a CPU runs there only.",
	  "kernel/kthread.c: kthread_worker_fn(), kthread_create_worker_on_cpu()",
	  ktb_worker_one_thread },
	{ "requeue", "A work may queue itself again while it runs.",
	  "kernel/kthread.c: kthread_worker_fn()", ktb_worker_requeue },
	{ "flush_work",
	  "kthread_flush_work() waits for the work if it is queued or runs.",
	  "kernel/kthread.c: kthread_flush_work()", ktb_worker_flush_work },
	{ "flush_worker",
	  "kthread_flush_worker() waits for all works that were queued before.",
	  "kernel/kthread.c: kthread_flush_worker()", ktb_worker_flush_worker },
	{ "cancel_queued",
	  "kthread_cancel_work_sync() returns true if the work was queued, else false, and it does not run any more.",
	  "kernel/kthread.c: kthread_cancel_work_sync()",
	  ktb_worker_cancel_queued },
	{ "cancel_running",
	  "kthread_cancel_work_sync() waits for a work that runs and returns false; the work cannot queue itself again meanwhile.",
	  "kernel/kthread.c: kthread_cancel_work_sync()",
	  ktb_worker_cancel_running },
	{ "destroy",
	  "kthread_destroy_worker() lets all works run that are queued, then ends the thread.",
	  "kernel/kthread.c: kthread_destroy_worker()", ktb_worker_destroy },
};

KTB_SUBJECT_OF(kthread_worker);
