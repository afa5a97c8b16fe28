// SPDX-License-Identifier: GPL-2.0
/*
 * The wheel that timers are queued on: how coarse each level is, and how late by
 * design a timer therefore is. Most levels would take seconds to weeks to fire:
 * timers are queued, and taken out again; where they were is in their flags.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/timer.h>

#include "bell.h"
#include "compat.h"
#include "contract.h"
#include "wheel.h"

#define KTB_TRIES	   3
#define KTB_LAST_LEVEL	   (KTB_WHEEL_LEVELS - 1)
#define KTB_SAMPLES	   500
/* The clock of the wheel may stand a little beside jiffies: keep off the edges. */
#define KTB_EDGE_JIFFIES   8
/* 8/63, in hundredths of a percent, rounded down. */
#define KTB_WORST_SHARE	   1269
#define KTB_COMMENTS_SHARE 1250

static struct ktb_bell ktb_queued;
static struct timer_list *const ktb_timer = &ktb_queued.timer;

/*
 * Queue a timer and take it out again. Returns how late by design it would have
 * been; 0 if it was on another level, or in no bucket that rounding up gives.
 */
static unsigned long ktb_timer_wheel_queue(u32 level, unsigned long asked)
{
	u32 index;

	mod_timer(ktb_timer, asked);
	index = ktb_wheel_index(ktb_timer);
	ktb_timer_delete(ktb_timer);
	if (ktb_wheel_level(index) != level ||
	    !ktb_wheel_is_queued_for(ktb_timer, asked))
		return 0;
	return ktb_wheel_bucket(index, asked) - asked;
}

/* Queue timers all over what the level is for; how many were not on it? */
static u32 ktb_timer_wheel_sample(struct ktb_trial *trial, u32 level)
{
	unsigned long first = ktb_wheel_begin(level) + KTB_EDGE_JIFFIES;
	unsigned long end = ktb_wheel_begin(level + 1) - KTB_EDGE_JIFFIES;
	unsigned long step = (end - first) / KTB_SAMPLES | 1;
	unsigned long late, delay, least = ULONG_MAX, most = 0;
	u32 elsewhere = 0;

	for (delay = first; delay < end; delay += step) {
		late = ktb_timer_wheel_queue(level, jiffies + delay);
		if (!late) {
			elsewhere++;
			continue;
		}
		least = min(least, late);
		most = max(most, late);
	}
	ktb_trial_say(
		trial,
		"level %u, %lu to %lu jiffies away: late by design by %lu to %lu jiffies",
		level, first, end - 1, least, most);
	return elsewhere;
}

static void ktb_timer_wheel_level(struct ktb_trial *trial, u32 level)
{
	u32 try, elsewhere = 1;

	ktb_bell_make(&ktb_queued, ktb_bell_look, TIMER_PINNED);
	for (try = 0; try < KTB_TRIES && elsewhere; try++) {
		/* The wake-up comes from a wheel that is not behind. */
		schedule_timeout_idle(1);
		elsewhere = ktb_timer_wheel_sample(trial, level);
	}
	ktb_bell_end(&ktb_queued);
	ktb_trial_equal(trial, "on another level, or not rounded up to it",
			elsewhere, 0);
}

static void ktb_timer_wheel_level_0(struct ktb_trial *trial)
{
	ktb_timer_wheel_level(trial, 0);
}

static void ktb_timer_wheel_level_1(struct ktb_trial *trial)
{
	ktb_timer_wheel_level(trial, 1);
}

static void ktb_timer_wheel_level_2(struct ktb_trial *trial)
{
	ktb_timer_wheel_level(trial, 2);
}

static void ktb_timer_wheel_levels_above(struct ktb_trial *trial)
{
	u32 level;

	for (level = 3; level <= KTB_LAST_LEVEL; level++)
		ktb_timer_wheel_level(trial, level);
}

/*
 * The first whole granule that is far enough away for the level is rounded up by
 * another whole one: nothing on that level is relatively later. Returns that, in
 * hundredths of a percent; zero if it was not queued as it should have been.
 */
static u32 ktb_timer_wheel_share(u32 level, unsigned long *delay)
{
	unsigned long now = jiffies;
	unsigned long late, asked;

	asked = round_up(now + ktb_wheel_begin(level),
			 ktb_wheel_granule(level));
	late = ktb_timer_wheel_queue(level, asked);
	*delay = asked - now;
	/* A share of something else, if time went on meanwhile. */
	return jiffies == now ? div64_ul((u64)late * 10000, *delay) : 0;
}

/*
 * Level 1 is at its worst in one jiffy of 8 and level 2 for 8 in 64: look at both
 * of them for as long as that.
 */
static u32 ktb_timer_wheel_worst_share(void)
{
	unsigned long delay, end = jiffies + 200;
	u32 worst = 0;

	while (worst <= KTB_COMMENTS_SHARE && time_before(jiffies, end)) {
		worst = max(worst, ktb_timer_wheel_share(1, &delay));
		worst = max(worst, ktb_timer_wheel_share(2, &delay));
		cond_resched();
	}
	return worst;
}

static void ktb_timer_wheel_bound(struct ktb_trial *trial)
{
	unsigned long delay;
	u32 level, try, share, worst;

	ktb_bell_make(&ktb_queued, ktb_bell_look, TIMER_PINNED);
	worst = ktb_timer_wheel_worst_share();
	for (level = 1; level <= KTB_LAST_LEVEL; level++) {
		share = ktb_timer_wheel_share(level, &delay);
		/* The wheel's clock may be a jiffy ahead, all of this jiffy. */
		for (try = 0; !share && try < 10 * KTB_TRIES; try++) {
			schedule_timeout_idle(1);
			share = ktb_timer_wheel_share(level, &delay);
		}
		worst = max(worst, share);
		ktb_trial_expect(
			trial, share,
			"level %u: late by %lu of %lu jiffies, %u.%02u %%",
			level, ktb_wheel_granule(level), delay, share / 100,
			share % 100);
	}
	ktb_bell_end(&ktb_queued);
	ktb_trial_expect(
		trial, worst > KTB_COMMENTS_SHARE && worst <= KTB_WORST_SHARE,
		"at most %u.%02u %%, promised is more than 12.50 %% and no more than 12.69 %%",
		worst / 100, worst % 100);
}

static void ktb_timer_wheel_cut_off(struct ktb_trial *trial)
{
	unsigned long granule = ktb_wheel_granule(KTB_LAST_LEVEL);
	unsigned long asked = jiffies + 73 * granule;
	unsigned long last, away;
	u32 index;

	ktb_bell_make(&ktb_queued, ktb_bell_look, TIMER_PINNED);
	mod_timer(ktb_timer, asked);
	last = jiffies + 62 * granule;
	index = ktb_wheel_index(ktb_timer);
	away = ktb_wheel_bucket(index, last) - jiffies;
	ktb_bell_end(&ktb_queued);
	ktb_trial_equal(trial, "level", ktb_wheel_level(index), KTB_LAST_LEVEL);
	ktb_trial_expect(
		trial, ktb_wheel_is_queued_for(ktb_timer, last),
		"asked for %lu jiffies away, promised is the last bucket, %lu away",
		73 * granule, away);
	ktb_trial_equal(trial, "queued for the jiffy asked for",
			ktb_wheel_is_queued_for(ktb_timer, asked), 0);
}

static const struct ktb_check ktb_timer_wheel_checks[] = {
	{ "level_0",
	  "Timers up to 62 jiffies away have a granule of one jiffy and fire 1 jiffy after the one asked for.",
	  "kernel/time/timer.c: calc_wheel_index(), LVL_START()",
	  ktb_timer_wheel_level_0 },
	{ "level_1",
	  "Timers 63 to 503 jiffies away have a granule of 8 jiffies and are 1 to 8 jiffies late by design.",
	  "kernel/time/timer.c: calc_wheel_index(), LVL_START()",
	  ktb_timer_wheel_level_1 },
	{ "level_2",
	  "Timers 504 to 4031 jiffies away have a granule of 64 jiffies and are 1 to 64 jiffies late by design.",
	  "kernel/time/timer.c: calc_wheel_index(), LVL_START()",
	  ktb_timer_wheel_level_2 },
	{ "levels_above",
	  "Each further level is 8 times as coarse and reaches 8 times as far, up to the last one.",
	  "kernel/time/timer.c: calc_wheel_index(), LVL_START()",
	  ktb_timer_wheel_levels_above },
	{ "bound",
	  "Above level 0 a timer is late by design by up to 8/63 of the time asked for: 12.7 %, and not by the 12.5 % that comments tell.",
	  "kernel/time/timer.c: LVL_START(); kernel/time/sleep_timeout.c: msleep()",
	  ktb_timer_wheel_bound },
	{ "cut_off",
	  "A timer farther away than the last level reaches is cut off there, and would fire early.",
	  "kernel/time/timer.c: calc_wheel_index()", ktb_timer_wheel_cut_off },
};

KTB_SUBJECT_OF(timer_wheel);
