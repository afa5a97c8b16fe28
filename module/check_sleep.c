// SPDX-License-Identifier: GPL-2.0
/*
 * Sleeping: that it is never too short, and what a wake-up does to it.
 *
 * What is counted in jiffies is compared with jiffies: on CLOCK_MONOTONIC it can
 * look short when they stood behind it at the start.
 */
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/sched.h>

#include "clock.h"
#include "compat.h"
#include "contract.h"
#include "waker.h"

/* Where a wake-up is to come: if it does not, this is the end of it. */
#define KTB_LONG_JIFFIES (10 * HZ)
#define KTB_LONG_NS	 (10ULL * NSEC_PER_SEC)
/* How often a shortest sleep is looked for. */
#define KTB_NR_SLEEPS	 30
#define KTB_TRIES	 3

static struct ktb_waker ktb_waker;

/* A timer fires when the jiffy that it was armed for is over. */
static void ktb_sleep_expect_woken(struct ktb_trial *trial, unsigned long woken)
{
	ktb_trial_expect(
		trial, time_after(woken, ktb_waker.armed),
		"it slept until the wake-up: %ld jiffies past the one that was armed for, promised is more than 0",
		(long)(woken - ktb_waker.armed));
}

/* A new jiffy, so that what follows has the whole of it. */
static unsigned long ktb_sleep_edge(void)
{
	schedule_timeout_idle(1);
	return jiffies;
}

static void ktb_sleep_msleep(struct ktb_trial *trial)
{
	static const u32 times_ms[] = { 0, 1, 2, 5, 10, 25 };
	unsigned long begin, took, asked;
	long closest = LONG_MAX;
	u32 i, early = 0;

	for (i = 0; i < ARRAY_SIZE(times_ms); i++) {
		asked = msecs_to_jiffies(times_ms[i]);
		begin = jiffies;
		msleep(times_ms[i]);
		took = jiffies - begin;
		/* None of it is not a sleep. */
		early += asked && took <= asked;
		closest = min_t(long, closest, took - asked);
	}
	ktb_trial_say(trial, "closest: %ld jiffies more than asked for",
		      closest);
	ktb_trial_equal(trial, "sleeps of 6 that were too short", early, 0);
}

/* A machine that stands still may bring all wake-ups when it is too late. */
static void ktb_sleep_say_woken(struct ktb_trial *trial, u32 times)
{
	ktb_trial_say(trial, "woken %u times", times);
	if (!times)
		ktb_trial_skip(trial, "no wake-up came while the thread slept");
}

static void ktb_sleep_msleep_woken(struct ktb_trial *trial)
{
	unsigned long begin, took, asked = 20;
	u32 try, times = 0;

	for (try = 0; try < KTB_TRIES && !times; try++) {
		ktb_waker_begin(&ktb_waker);
		begin = jiffies;
		msleep(jiffies_to_msecs(asked));
		took = jiffies - begin;
		times = ktb_waker_end(&ktb_waker);
		/* Woken in the last one, it finds none left for the wheel. */
		ktb_trial_expect(
			trial, took >= asked,
			"slept for %lu jiffies, promised is %lu or more", took,
			asked);
	}
	ktb_sleep_say_woken(trial, times);
}

/*
 * The same time by schedule_timeout(), which asks for nothing more, tells whether
 * this machine runs well enough to see one jiffy.
 */
static void ktb_sleep_msleep_tick(struct ktb_trial *trial)
{
	unsigned long begin, least = ULONG_MAX;
	unsigned long asked = msecs_to_jiffies(1);
	u32 i, exact = 0;

	/* The wheel adds one in any case: timer_wheel.level_0. */
	for (i = 0; i < KTB_NR_SLEEPS && least > asked + 1 && exact < 6; i++) {
		begin = ktb_sleep_edge();
		msleep(1);
		least = min(least, jiffies - begin);
		begin = ktb_sleep_edge();
		schedule_timeout_uninterruptible(asked);
		exact += jiffies - begin == asked + 1;
	}
	ktb_trial_say(
		trial,
		"for %lu jiffies; schedule_timeout() took just one more %u times of %u",
		asked, exact, i);
	if (least > asked + 1 && exact < 3) {
		ktb_trial_skip(
			trial,
			"this machine stands still too often to see one jiffy");
		return;
	}
	ktb_trial_between(trial, "jiffies that msleep(1) took, at best", least,
			  asked + 1, asked + 2);
	if (least == asked + 2)
		ktb_trial_changed(
			trial,
			"msleep() takes a jiffy more than asked for, beside the wheel's one: so before 6.12");
}

static void ktb_sleep_timeout(struct ktb_trial *trial)
{
	static const u32 states[] = { TASK_UNINTERRUPTIBLE, TASK_INTERRUPTIBLE,
				      TASK_IDLE };
	unsigned long begin, took;
	u32 i, asked, early = 0;
	long left, all_left = 0;

	for (i = 0; i < ARRAY_SIZE(states); i++) {
		for (asked = 0; asked < 4; asked = 2 * asked + 1) {
			begin = jiffies;
			set_current_state(states[i]);
			left = schedule_timeout(asked);
			took = jiffies - begin;
			early += took <= asked;
			all_left |= left;
		}
	}
	ktb_trial_equal(trial, "sleeps of 9 that were too short", early, 0);
	ktb_trial_equal(trial, "what they returned", all_left, 0);
}

static void ktb_sleep_timeout_woken(struct ktb_trial *trial)
{
	unsigned long begin, took;
	u32 try, times;
	long left;

	for (try = 0; try < KTB_TRIES; try++) {
		begin = jiffies;
		ktb_waker_begin(&ktb_waker);
		left = schedule_timeout_uninterruptible(KTB_LONG_JIFFIES);
		took = jiffies - begin;
		times = ktb_waker_end(&ktb_waker);
		/* Not even one, if the machine stood still before it began. */
		if (left != KTB_LONG_JIFFIES)
			break;
	}
	ktb_trial_say(trial, "woken after %lu jiffies, %u times", took, times);
	ktb_trial_between(trial, "schedule_timeout() of 10 s returned", left,
			  max(1L, KTB_LONG_JIFFIES - (long)took),
			  KTB_LONG_JIFFIES - 1);
	ktb_sleep_expect_woken(trial, begin + took);
}

/* Sleep without an end only beside a waker that works. */
static bool ktb_sleep_is_woken(struct ktb_trial *trial)
{
	ktb_waker_begin(&ktb_waker);
	if (ktb_until(READ_ONCE(ktb_waker.times), KTB_LONG_JIFFIES))
		return true;
	ktb_waker_end(&ktb_waker);
	return ktb_trial_expect(trial, false, "the timer that wakes is dead");
}

static void ktb_sleep_timeout_max(struct ktb_trial *trial)
{
	u32 before, after;
	long left;

	if (!ktb_sleep_is_woken(trial))
		return;
	before = READ_ONCE(ktb_waker.times);
	left = schedule_timeout_uninterruptible(MAX_SCHEDULE_TIMEOUT);
	after = ktb_waker_end(&ktb_waker);
	ktb_trial_expect(trial, after > before, "%u wake-ups until it ended",
			 after - before);
	ktb_trial_expect(trial, left == MAX_SCHEDULE_TIMEOUT,
			 "it returned %ld, promised is what it was given",
			 left);
}

static void ktb_sleep_timeout_running(struct ktb_trial *trial)
{
	long left = schedule_timeout(KTB_LONG_JIFFIES);

	ktb_trial_between(trial, "schedule_timeout() of 10 s returned", left, 1,
			  KTB_LONG_JIFFIES);
}

static void ktb_sleep_usleep_range(struct ktb_trial *trial)
{
	static const u32 ranges_us[][2] = {
		{ 1, 1 },     { 10, 20 },     { 50, 50 },     { 100, 200 },
		{ 500, 600 }, { 1000, 1000 }, { 2000, 4000 }, { 5000, 5500 },
	};
	s64 over_ns, closest_ns = S64_MAX;
	u32 i, early = 0;
	u64 begin_ns;

	for (i = 0; i < ARRAY_SIZE(ranges_us); i++) {
		begin_ns = ktb_clock_ns();
		usleep_range(ranges_us[i][0], ranges_us[i][1]);
		over_ns = ktb_clock_ns() - begin_ns -
			  ranges_us[i][0] * NSEC_PER_USEC;
		early += over_ns < 0;
		closest_ns = min(closest_ns, over_ns);
	}
	ktb_trial_say(trial, "closest: %lld ns more than the least asked for",
		      closest_ns);
	ktb_trial_equal(trial, "sleeps of 8 that were too short", early, 0);
}

static void ktb_sleep_usleep_range_woken(struct ktb_trial *trial)
{
	u64 begin_ns, took_ns, asked_us = jiffies_to_usecs(12);
	u32 try, times = 0;

	for (try = 0; try < KTB_TRIES && !times; try++) {
		ktb_waker_begin(&ktb_waker);
		begin_ns = ktb_clock_ns();
		usleep_range(asked_us, asked_us);
		took_ns = ktb_clock_ns() - begin_ns;
		times = ktb_waker_end(&ktb_waker);
		ktb_trial_expect(
			trial, took_ns >= asked_us * NSEC_PER_USEC,
			"slept for %llu ns, promised is %llu us or more",
			took_ns, asked_us);
	}
	ktb_sleep_say_woken(trial, times);
}

static void ktb_sleep_hrtimeout(struct ktb_trial *trial)
{
	static const u32 times_us[] = { 1, 50, 500, 1000, 3000 };
	u32 i, early = 0;
	int got = 0;
	ktime_t expires;
	u64 begin_ns, asked_ns;

	for (i = 0; i < 2 * ARRAY_SIZE(times_us); i++) {
		asked_ns = times_us[i / 2] * NSEC_PER_USEC;
		begin_ns = ktb_clock_ns();
		expires = ns_to_ktime(i % 2 ? begin_ns + asked_ns : asked_ns);
		set_current_state(i % 4 ? TASK_UNINTERRUPTIBLE :
					  TASK_INTERRUPTIBLE);
		got |= schedule_hrtimeout_range(&expires, 100000,
						i % 2 ? HRTIMER_MODE_ABS :
							HRTIMER_MODE_REL);
		early += ktb_clock_ns() - begin_ns < asked_ns;
	}
	ktb_trial_equal(trial, "sleeps of 10 that were too short", early, 0);
	ktb_trial_equal(trial, "what they returned", got, 0);
}

static void ktb_sleep_hrtimeout_woken(struct ktb_trial *trial)
{
	ktime_t expires = ns_to_ktime(KTB_LONG_NS);
	unsigned long woken;
	int got;

	ktb_waker_begin(&ktb_waker);
	set_current_state(TASK_UNINTERRUPTIBLE);
	got = schedule_hrtimeout(&expires, HRTIMER_MODE_REL);
	woken = jiffies;
	ktb_waker_end(&ktb_waker);
	ktb_trial_equal(trial, "schedule_hrtimeout() of 10 s", got, -EINTR);
	ktb_sleep_expect_woken(trial, woken);
}

static void ktb_sleep_hrtimeout_ends(struct ktb_trial *trial)
{
	ktime_t expires = 0;
	unsigned int state;
	u32 before, after;
	int got;

	set_current_state(TASK_UNINTERRUPTIBLE);
	got = schedule_hrtimeout(&expires, HRTIMER_MODE_REL);
	state = ktb_task_state(current);
	__set_current_state(TASK_RUNNING);
	ktb_trial_equal(trial, "without a time left it returns", got, 0);
	ktb_trial_equal(trial, "and the thread's state is", state,
			TASK_RUNNING);

	if (!ktb_sleep_is_woken(trial))
		return;
	before = READ_ONCE(ktb_waker.times);
	set_current_state(TASK_UNINTERRUPTIBLE);
	got = schedule_hrtimeout(NULL, HRTIMER_MODE_REL);
	after = ktb_waker_end(&ktb_waker);
	ktb_trial_expect(trial, after > before,
			 "without an end, %u wake-ups until it ended",
			 after - before);
	ktb_trial_equal(trial, "then it returns", got, -EINTR);
}

static void ktb_sleep_fsleep(struct ktb_trial *trial)
{
	static const u32 times_us[] = { 11, 100, 1000, 5000, 19999, 30000 };
	u32 i, early = 0, coarse = 0;
	unsigned long begin, took;
	u64 begin_ns, took_ns;

	for (i = 0; i < ARRAY_SIZE(times_us); i++) {
		begin = jiffies;
		begin_ns = ktb_clock_ns();
		fsleep(times_us[i]);
		took_ns = ktb_clock_ns() - begin_ns;
		took = jiffies - begin;
		if (ktb_fsleep_range_us(times_us[i]) < 0) {
			early += took <= usecs_to_jiffies(times_us[i]);
			coarse++;
		} else {
			early += took_ns < times_us[i] * NSEC_PER_USEC;
		}
	}
	ktb_trial_say(trial, "%u of 6 sleeps were msleep()", coarse);
	ktb_trial_equal(trial, "sleeps of 6 that were too short", early, 0);
}

static const struct ktb_check ktb_sleep_checks[] = {
	{ "msleep",
	  "msleep() never returns before the time asked for has passed, as jiffies count it.",
	  "kernel/time/sleep_timeout.c: msleep()", ktb_sleep_msleep },
	{ "msleep_woken",
	  "msleep() goes on sleeping when something wakes the thread, until the jiffies asked for have passed; a wake-up in the last one ends it.",
	  "kernel/time/sleep_timeout.c: msleep()", ktb_sleep_msleep_woken },
	{ "msleep_tick",
	  "msleep() adds no tick of its own to those of msecs_to_jiffies() and of the wheel.",
	  "kernel/time/sleep_timeout.c: msleep()", ktb_sleep_msleep_tick },
	{ "schedule_timeout",
	  "schedule_timeout() sleeps for more than the jiffies asked for, in any state but TASK_RUNNING, and returns 0.",
	  "kernel/time/sleep_timeout.c: schedule_timeout()",
	  ktb_sleep_timeout },
	{ "schedule_timeout_woken",
	  "schedule_timeout() ends when something wakes the thread, and returns the jiffies that are left.",
	  "kernel/time/sleep_timeout.c: schedule_timeout()",
	  ktb_sleep_timeout_woken },
	{ "schedule_timeout_max",
	  "schedule_timeout(MAX_SCHEDULE_TIMEOUT) ends by a wake-up only, and returns MAX_SCHEDULE_TIMEOUT.",
	  "kernel/time/sleep_timeout.c: schedule_timeout()",
	  ktb_sleep_timeout_max },
	{ "schedule_timeout_running",
	  "schedule_timeout() in TASK_RUNNING does not sleep: it returns with most of the time left.",
	  "kernel/time/sleep_timeout.c: schedule_timeout()",
	  ktb_sleep_timeout_running },
	{ "usleep_range",
	  "usleep_range() never returns before the lower end of its range.",
	  "kernel/time/sleep_timeout.c: usleep_range_state()",
	  ktb_sleep_usleep_range },
	{ "usleep_range_woken",
	  "usleep_range() goes on sleeping when something wakes the thread.",
	  "kernel/time/sleep_timeout.c: usleep_range_state()",
	  ktb_sleep_usleep_range_woken },
	{ "schedule_hrtimeout",
	  "schedule_hrtimeout_range() never returns before the time asked for, absolute or relative, and returns 0.",
	  "kernel/time/sleep_timeout.c: schedule_hrtimeout_range()",
	  ktb_sleep_hrtimeout },
	{ "schedule_hrtimeout_woken",
	  "schedule_hrtimeout() ends when something wakes the thread, in any state, and returns -EINTR.",
	  "kernel/time/sleep_timeout.c: schedule_hrtimeout()",
	  ktb_sleep_hrtimeout_woken },
	{ "schedule_hrtimeout_ends",
	  "schedule_hrtimeout() for no time returns 0 at once, running; without an end it returns -EINTR when woken.",
	  "kernel/time/sleep_timeout.c: schedule_hrtimeout_range_clock()",
	  ktb_sleep_hrtimeout_ends },
	{ "fsleep",
	  "fsleep() never returns before the time asked for, if that is more than 10 us and it therefore sleeps.",
	  "include/linux/delay.h: fsleep()", ktb_sleep_fsleep },
};

KTB_SUBJECT_OF(sleep);
