// SPDX-License-Identifier: GPL-2.0
/*
 * The buckets of the wheel that timers are queued in: that they fire in the jiffy
 * of their bucket, and what fires together with what, and in which order.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/timer.h>

#include "bell.h"
#include "compat.h"
#include "contract.h"
#include "wheel.h"

#define KTB_NR_TIMERS 32
/* A machine that stood still may spoil what is exact, but not each time. */
#define KTB_TRIES     3

static struct ktb_bell ktb_timers[KTB_NR_TIMERS];

/* Arm one that is inactive; returns where it was queued. */
static u32 ktb_timer_bucket_queue(struct ktb_bell *timer, unsigned long asked)
{
	timer->asked = asked;
	mod_timer(&timer->timer, asked);
	return ktb_wheel_index(&timer->timer);
}

static bool ktb_timer_bucket_is_right(const struct ktb_bell *timer)
{
	return ktb_wheel_is_queued_for(&timer->timer, timer->asked);
}

static unsigned long ktb_timer_bucket_of(const struct ktb_bell *timer)
{
	return ktb_wheel_bucket(ktb_wheel_index(&timer->timer), timer->asked);
}

/**
 * struct ktb_fired - how timers of one level fired
 * @unfit: were on another level, or in no bucket that rounding up gives
 * @before: fired before the jiffy of their bucket
 * @exact: fired in it
 */
struct ktb_fired {
	u32 unfit;
	u32 before;
	u32 exact;
};

static void ktb_timer_bucket_arm(u32 level, u32 step, struct ktb_fired *fired)
{
	unsigned long delay = ktb_wheel_begin(level) + 2;
	struct ktb_bell *timer;
	u32 i, index;

	fired->unfit = 0;
	for (i = 0; i < KTB_NR_TIMERS; i++, delay += step) {
		timer = &ktb_timers[i];
		ktb_bell_make(timer, ktb_bell_look, TIMER_PINNED);
		index = ktb_timer_bucket_queue(timer, jiffies + delay);
		fired->unfit += ktb_wheel_level(index) != level ||
				!ktb_timer_bucket_is_right(timer);
	}
}

static void ktb_timer_bucket_fires(struct ktb_trial *trial, u32 level, u32 step)
{
	struct ktb_fired fired = { .unfit = 1 };
	struct ktb_bell *timer;
	unsigned long bucket;
	u32 i, try;

	for (try = 0; try < KTB_TRIES && (fired.unfit || !fired.exact); try++) {
		ktb_timer_bucket_arm(level, step, &fired);
		for (i = 0; i < KTB_NR_TIMERS; i++) {
			timer = &ktb_timers[i];
			ktb_bell_wait(trial, timer, 1);
			ktb_bell_end(timer);
			bucket = ktb_timer_bucket_of(timer);
			fired.before += time_before(timer->sight.jiffy, bucket);
			fired.exact += timer->sight.jiffy == bucket;
		}
	}
	ktb_trial_equal(trial, "on another level, or not rounded up to it",
			fired.unfit, 0);
	ktb_trial_equal(trial, "fired before the jiffy of their bucket",
			fired.before, 0);
	ktb_trial_say(trial, "fired in it: %u of %u", fired.exact,
		      try * KTB_NR_TIMERS);
	if (!fired.exact)
		ktb_trial_skip(
			trial,
			"this machine stands still too often to see one jiffy");
}

static void ktb_timer_bucket_fires_0(struct ktb_trial *trial)
{
	ktb_timer_bucket_fires(trial, 0, 1);
}

static void ktb_timer_bucket_fires_1(struct ktb_trial *trial)
{
	ktb_timer_bucket_fires(trial, 1, 2);
}

/* Arm as many for the same jiffy; returns whether they share one bucket. */
static bool ktb_timer_bucket_arm_same(u32 nr, unsigned long asked, u32 step)
{
	u32 i, index, first = 0, other = 0;

	for (i = 0; i < nr; i++) {
		ktb_bell_make(&ktb_timers[i], ktb_bell_look, TIMER_PINNED);
		index = ktb_timer_bucket_queue(&ktb_timers[i],
					       asked + i * step);
		first = i ? first : index;
		other += index != first ||
			 !ktb_timer_bucket_is_right(&ktb_timers[i]);
	}
	return !other;
}

static void ktb_timer_bucket_end(struct ktb_trial *trial, u32 nr)
{
	u32 i;

	for (i = 0; i < nr; i++)
		ktb_bell_wait(trial, &ktb_timers[i], 1);
	for (i = 0; i < nr; i++)
		ktb_bell_end(&ktb_timers[i]);
}

static void ktb_timer_bucket_order(struct ktb_trial *trial)
{
	const u32 nr = 16;
	u32 i, try, wrong = 0;
	bool same = false;

	for (try = 0; try < KTB_TRIES && !same; try++) {
		same = ktb_timer_bucket_arm_same(nr, jiffies + 5, 0);
		ktb_timer_bucket_end(trial, nr);
	}
	ktb_trial_expect(trial, same, "%u timers shared a bucket: %d", nr,
			 same);
	for (i = 1; i < nr; i++)
		wrong += ktb_timers[i].sight.order >=
			 ktb_timers[i - 1].sight.order;
	ktb_trial_say(
		trial, "places of the first and of the last armed: %u, %u",
		ktb_timers[0].sight.order - ktb_timers[nr - 1].sight.order + 1,
		1);
	ktb_trial_equal(trial, "that ran after the one armed before them",
			wrong, 0);
}

/* What set_timer_slack() was for: a granule's timers in one go. */
static void ktb_timer_bucket_batches(struct ktb_trial *trial)
{
	const u32 nr = 8;
	unsigned long asked, first, last = 1;
	bool same = false;
	u32 try;

	for (try = 0, first = 0; try < KTB_TRIES && (!same || first != last);
	     try++) {
		asked = round_up(jiffies + ktb_wheel_begin(1) + 2, nr);
		same = ktb_timer_bucket_arm_same(nr, asked, 1);
		ktb_timer_bucket_end(trial, nr);
		/* The last one armed is the first one to fire. */
		first = ktb_timers[nr - 1].sight.jiffy;
		last = ktb_timers[0].sight.jiffy;
	}
	ktb_trial_expect(
		trial, same,
		"%u timers, a jiffy apart, were queued in one bucket: %d", nr,
		same);
	ktb_trial_equal(trial, "jiffies between the first and the last to run",
			last - first, 0);
	ktb_trial_equal(trial, "callbacks from the first to the last",
			ktb_timers[0].sight.order -
				ktb_timers[nr - 1].sight.order + 1,
			nr);
}

/* One on level 1, and when that is near, one on level 0 for the same jiffy. */
static bool ktb_timer_bucket_try_levels(struct ktb_trial *trial)
{
	struct ktb_bell *low = &ktb_timers[0], *high = &ktb_timers[1];
	unsigned long bucket;
	bool meet;

	ktb_bell_make(low, ktb_bell_look, TIMER_PINNED);
	ktb_bell_make(high, ktb_bell_look, TIMER_PINNED);
	ktb_timer_bucket_queue(high, jiffies + ktb_wheel_begin(1) + 2);
	bucket = ktb_timer_bucket_of(high);
	ktb_until(time_after(jiffies, bucket - 40), ktb_trial_patience(trial));
	ktb_timer_bucket_queue(low, bucket - 1);
	meet = ktb_wheel_level(ktb_wheel_index(&high->timer)) == 1 &&
	       ktb_wheel_level(ktb_wheel_index(&low->timer)) == 0 &&
	       ktb_timer_bucket_is_right(high) &&
	       ktb_timer_bucket_is_right(low) &&
	       ktb_timer_bucket_of(low) == bucket;
	ktb_timer_bucket_end(trial, 2);
	return meet;
}

static void ktb_timer_bucket_levels_order(struct ktb_trial *trial)
{
	bool meet = false;
	u32 try;

	for (try = 0; try < KTB_TRIES && !meet; try++)
		meet = ktb_timer_bucket_try_levels(trial);
	ktb_trial_expect(trial, meet,
			 "timers of levels 0 and 1 were due in one jiffy: %d",
			 meet);
	ktb_trial_equal(trial, "the one of level 1, armed before, ran before",
			ktb_timers[1].sight.order < ktb_timers[0].sight.order,
			1);
}

static const struct ktb_check ktb_timer_bucket_checks[] = {
	{ "fires_0",
	  "A timer of level 0 fires in the jiffy of the bucket that it was queued in, never before.",
	  "kernel/time/timer.c: collect_expired_timers()",
	  ktb_timer_bucket_fires_0 },
	{ "fires_1",
	  "A timer of level 1 fires in the jiffy of the bucket that it was queued in, never before.",
	  "kernel/time/timer.c: collect_expired_timers()",
	  ktb_timer_bucket_fires_1 },
	{ "order", "Timers of one bucket fire in reverse order of arming.",
	  "kernel/time/timer.c: enqueue_timer()", ktb_timer_bucket_order },
	{ "levels_order",
	  "Of timers due in one jiffy, those of the higher level fire first.",
	  "kernel/time/timer.c: __run_timers()",
	  ktb_timer_bucket_levels_order },
	{ "batches",
	  "Timers asked for within one granule fire together: what set_timer_slack() was for until 4.8.",
	  "kernel/time/timer.c: calc_index()", ktb_timer_bucket_batches },
};

KTB_SUBJECT_OF(timer_bucket);
