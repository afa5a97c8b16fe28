// SPDX-License-Identifier: GPL-2.0
/*
 * The course of a run, as its controlling thread goes through it. Sleeps and
 * looks; takes no sample.
 */
#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "course.h"

/* How often to look for a run that must end, and for the end of a drain. */
#define KTB_LOOK_JIFFIES  (HZ / 2)
#define KTB_DRAIN_JIFFIES max(HZ / 50, 1)

/**
 * ktb_course_init() - a course at its start
 * @course: of a new run
 * @nr_workers: workers that will arm
 */
void ktb_course_init(struct ktb_course *course, u32 nr_workers)
{
	init_completion(&course->gate);
	init_completion(&course->armed);
	init_waitqueue_head(&course->wait);
	atomic_set(&course->unarmed, nr_workers);
}

/**
 * ktb_course_has_armed() - told by each worker, once
 * @course: of the run
 */
void ktb_course_has_armed(struct ktb_course *course)
{
	if (atomic_dec_and_test(&course->unarmed))
		complete(&course->armed);
}

/**
 * ktb_course_stop() - the run is to end now
 * @course: of the run
 */
void ktb_course_stop(struct ktb_course *course)
{
	WRITE_ONCE(course->stop, true);
	wake_up_all(&course->wait);
}

/**
 * ktb_course_must_end() - has somebody or something ended the run?
 * @run: started
 */
bool ktb_course_must_end(struct ktb_run *run)
{
	return READ_ONCE(run->course->stop) || READ_ONCE(run->abort);
}

/**
 * ktb_course_nap() - sleep until woken, stopped or timed out
 * @timeout_jiffies: at most
 *
 * The state is set before the test, so that no stop is missed.
 */
void ktb_course_nap(long timeout_jiffies)
{
	set_current_state(TASK_INTERRUPTIBLE);
	if (!kthread_should_stop())
		schedule_timeout(timeout_jiffies);
	__set_current_state(TASK_RUNNING);
}

static void ktb_course_open_window(struct ktb_run *run, u64 begin_ns,
				   u64 span_ns)
{
	u32 i;

	/* Whoever maps an area sees that the window is known. */
	for (i = 0; i < run->areas.nr; i++)
		WRITE_ONCE(run->areas.cells[i]->area->begin_ns, begin_ns);
	WRITE_ONCE(run->begin_ns, begin_ns);
	/* Pairs with the acquire in ktb_run_records(). */
	smp_store_release(&run->span_ns, span_ns);
}

static void ktb_course_wait_armed(struct ktb_run *run)
{
	while (!wait_for_completion_timeout(&run->course->armed,
					    KTB_DRAIN_JIFFIES))
		if (ktb_course_must_end(run))
			return;
}

static void ktb_course_wait_until(struct ktb_run *run, u64 end_ns)
{
	struct ktb_course *course = run->course;
	u64 now_ns;
	long left;

	while (!ktb_course_must_end(run)) {
		now_ns = ktb_clock_ns();
		if (now_ns >= end_ns)
			return;
		left = min_t(u64, nsecs_to_jiffies(end_ns - now_ns) + 1,
			     KTB_LOOK_JIFFIES);
		wait_event_interruptible_timeout(
			course->wait, ktb_course_must_end(run), left);
	}
}

/* Everything due in the window gets its time to fire, however late it is. */
static void ktb_course_drain(struct ktb_run *run)
{
	u64 until_ns = ktb_clock_ns() + run->grace_ns;

	if (!run->workload->drained)
		return;
	while (!READ_ONCE(run->abort) && !run->workload->drained(run) &&
	       ktb_clock_ns() < until_ns)
		ktb_course_nap(KTB_DRAIN_JIFFIES);
}

/**
 * ktb_course_record() - from the open gate until all that counts has fired
 * @run: started
 */
void ktb_course_record(struct ktb_run *run)
{
	struct ktb_course *course = run->course;
	u64 begin_ns, end_ns;

	ktb_course_wait_armed(run);
	course->cut = ktb_course_must_end(run);
	if (course->cut)
		return;
	begin_ns = ktb_clock_ns() + run->values[KTB_PARAM_WARMUP];
	end_ns = begin_ns + run->values[KTB_PARAM_DURATION];
	ktb_course_open_window(run, begin_ns, end_ns - begin_ns);

	ktb_course_wait_until(run, end_ns);
	if (ktb_clock_ns() < end_ns) {
		/* Cut the window where we stand; what it holds stays good. */
		course->cut = true;
		end_ns = max(ktb_clock_ns(), begin_ns);
		smp_store_release(&run->span_ns, end_ns - begin_ns);
	}
	ktb_course_drain(run);
}
