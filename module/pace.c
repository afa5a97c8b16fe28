// SPDX-License-Identifier: GPL-2.0
/*
 * Waiting, and keeping a pace. All of it is done by threads between what they
 * measure, never within.
 */
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/sched.h>

#include "missed.h"
#include "pace.h"

/* A thread that keeps a pace comes back this often, to show that it lives. */
#define KTB_PACE_BEAT_NS NSEC_PER_SEC

/**
 * ktb_pace_sleep_until() - sleep until a moment, or until told to stop
 * @due_ns: CLOCK_MONOTONIC; one that is past is no sleep
 *
 * The state is set before the test, so that no stop is missed.
 *
 * Context: a kernel thread.
 */
void ktb_pace_sleep_until(u64 due_ns)
{
	ktime_t due = ns_to_ktime(due_ns);

	set_current_state(TASK_INTERRUPTIBLE);
	if (!kthread_should_stop())
		schedule_hrtimeout(&due, HRTIMER_MODE_ABS);
	__set_current_state(TASK_RUNNING);
}

/**
 * ktb_pace_init() - a pace that has not begun
 * @pace: any
 * @run: the run
 * @place: whose stream of phases to use
 * @period_ns: above zero
 */
void ktb_pace_init(struct ktb_pace *pace, struct ktb_run *run, u32 place,
		   u64 period_ns)
{
	*pace = (struct ktb_pace){
		.run = run,
		.period_ns = period_ns,
		.random = ktb_random_seed(run, place),
	};
}

/**
 * ktb_pace_begin() - the first moment is anywhere within a period from now
 * @pace: initialised
 */
void ktb_pace_begin(struct ktb_pace *pace)
{
	pace->next_ns = ktb_clock_ns() +
			ktb_random_below(&pace->random, pace->period_ns);
}

/**
 * ktb_pace_advance() - go on to the next moment that is not past yet
 * @pace: that has begun
 * @from_ns: the schedule goes on a period after this
 *
 * Nothing is done at moments that are past already.
 */
void ktb_pace_advance(struct ktb_pace *pace, u64 from_ns)
{
	u64 next_ns = ktb_schedule_skip(from_ns + pace->period_ns,
					pace->period_ns, ktb_clock_ns());

	/* Pairs with the acquire in ktb_pace_has_passed(). */
	smp_store_release(&pace->next_ns, next_ns);
}

/**
 * ktb_pace_keep() - do something at each moment, for a second or until stopped
 * @pace: that has begun
 * @once: does it, and advances the pace
 * @data: for @once
 *
 * Return: after how many jiffies to call this again; what @again of a workload
 * returns.
 */
long ktb_pace_keep(struct ktb_pace *pace, void (*once)(void *data), void *data)
{
	u64 from_ns = ktb_clock_ns();

	while (ktb_clock_ns() - from_ns < KTB_PACE_BEAT_NS) {
		ktb_pace_sleep_until(pace->next_ns);
		if (kthread_should_stop() || READ_ONCE(pace->run->stopping))
			break;
		once(data);
	}
	return 1;
}
