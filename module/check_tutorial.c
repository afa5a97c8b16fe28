// SPDX-License-Identifier: GPL-2.0
/*
 * The example of the old tutorials on kernel timers, with today's calls: two
 * timers that re-arm themselves and count down from 100, one that runs anywhere
 * and one that belongs to a CPU.
 */
#include <linux/jiffies.h>
#include <linux/smp.h>
#include <linux/timer.h>

#include "compat.h"
#include "contract.h"
#include "sight.h"

#define KTB_COUNT	      100
#define KTB_DELAY	      1
/* A hundred periods of two ticks, on a machine that others use too. */
#define KTB_TUTORIAL_PATIENCE (30 * HZ)

/**
 * struct ktb_countdown - one timer of the example
 * @timer: re-arms itself until @left is zero
 * @sight: of its callback
 * @cpu: where it belongs
 * @left: what it still has to count
 * @asked: the jiffy it was armed for
 * @early: callbacks that came before that had passed
 * @away: callbacks on another CPU
 */
struct ktb_countdown {
	struct timer_list timer;
	struct ktb_sight sight;
	u32 cpu;
	u32 left;
	unsigned long asked;
	u32 early;
	u32 away;
};

static struct ktb_countdown ktb_free;
static struct ktb_countdown ktb_pinned;

static void ktb_tutorial_count(struct timer_list *timer)
{
	struct ktb_countdown *count =
		ktb_timer_container_of(count, timer, timer);

	ktb_sight_take(&count->sight);
	count->early += !time_after(count->sight.jiffy, count->asked);
	count->away += count->sight.cpu != count->cpu;
	if (!READ_ONCE(count->left))
		return;
	/* It is read by who waits for zero. */
	smp_store_release(&count->left, count->left - 1);
	if (!count->left)
		return;
	count->asked = jiffies + KTB_DELAY;
	mod_timer(timer, count->asked);
}

static void ktb_tutorial_make(struct ktb_countdown *count, u32 cpu, u32 flags,
			      u32 left)
{
	memset(count, 0, sizeof(*count));
	count->cpu = cpu;
	count->left = left;
	timer_setup(&count->timer, ktb_tutorial_count, flags);
	count->asked = jiffies + KTB_DELAY;
}

static void ktb_tutorial_start(struct ktb_trial *trial, u32 left)
{
	ktb_tutorial_make(&ktb_free, trial->cpu, 0, left);
	mod_timer(&ktb_free.timer, ktb_free.asked);
	ktb_tutorial_make(&ktb_pinned, trial->other, TIMER_PINNED, left);
	ktb_pinned.timer.expires = ktb_pinned.asked;
	add_timer_on(&ktb_pinned.timer, trial->other);
}

static bool ktb_tutorial_is_left(const struct ktb_countdown *count, u32 left)
{
	/* Pairs with the release in ktb_tutorial_count(). */
	return smp_load_acquire(&count->left) <= left;
}

static void ktb_tutorial_stop(struct ktb_trial *trial,
			      struct ktb_countdown *count, const char *which,
			      int want)
{
	int got = ktb_timer_delete_sync(&count->timer);

	ktb_trial_say(
		trial,
		"%s: %u callbacks, %u left, %u not on CPU %u; last on CPU %u",
		which, ktb_sight_times(&count->sight), count->left, count->away,
		count->cpu, count->sight.cpu);
	ktb_trial_equal(trial, "early", count->early, 0);
	ktb_trial_equal(trial, "deleting it returned", got, want);
	ktb_trial_equal(trial, "timer_pending()", timer_pending(&count->timer),
			0);
}

static void ktb_tutorial_two_timers(struct ktb_trial *trial)
{
	bool done;

	ktb_tutorial_start(trial, KTB_COUNT);
	done = ktb_until(ktb_tutorial_is_left(&ktb_free, 0) &&
				 ktb_tutorial_is_left(&ktb_pinned, 0),
			 KTB_TUTORIAL_PATIENCE);
	ktb_tutorial_stop(trial, &ktb_free, "free", !done);
	ktb_tutorial_stop(trial, &ktb_pinned, "pinned", !done);
	ktb_trial_expect(trial, done, "both have counted down to 0: %d", done);
	ktb_trial_equal(trial, "callbacks of the free one",
			ktb_sight_times(&ktb_free.sight), KTB_COUNT);
	ktb_trial_equal(trial, "callbacks of the pinned one",
			ktb_sight_times(&ktb_pinned.sight), KTB_COUNT);
	ktb_trial_equal(trial, "of those, on another CPU", ktb_pinned.away, 0);
}

/* They count from so high that no stall lets them end by themselves. */
static void ktb_tutorial_halfway(struct ktb_trial *trial)
{
	const u32 half = U32_MAX - 10;
	u32 free, pinned;

	ktb_tutorial_start(trial, U32_MAX);
	ktb_until(ktb_tutorial_is_left(&ktb_free, half) &&
			  ktb_tutorial_is_left(&ktb_pinned, half),
		  KTB_TUTORIAL_PATIENCE);
	ktb_tutorial_stop(trial, &ktb_free, "free", 1);
	ktb_tutorial_stop(trial, &ktb_pinned, "pinned", 1);
	free = ktb_sight_times(&ktb_free.sight);
	pinned = ktb_sight_times(&ktb_pinned.sight);
	ktb_trial_expect(trial, free >= 10,
			 "callbacks of the free one: %u, of at least 10", free);
	ktb_trial_expect(trial, pinned >= 10,
			 "callbacks of the pinned one: %u, of at least 10",
			 pinned);
	schedule_timeout_idle(10);
	ktb_trial_equal(trial, "callbacks of both, 10 ticks later",
			ktb_sight_times(&ktb_free.sight) +
				ktb_sight_times(&ktb_pinned.sight),
			free + pinned);
	/* Had they not been stopped, this would be the last chance. */
	ktb_timer_delete_sync(&ktb_free.timer);
	ktb_timer_delete_sync(&ktb_pinned.timer);
}

static const struct ktb_check ktb_tutorial_checks[] = {
	{ "two_timers",
	  "Two timers that re-arm themselves with mod_timer() count down from 100; the one of add_timer_on() and TIMER_PINNED does so on its CPU.",
	  "kernel/time/timer.c: mod_timer(), add_timer_on()",
	  ktb_tutorial_two_timers },
	{ "stopped",
	  "Such a timer is stopped for good by timer_delete_sync(), in the middle of its count.",
	  "kernel/time/timer.c: timer_delete_sync()", ktb_tutorial_halfway },
};

KTB_SUBJECT_OF(tutorial);
