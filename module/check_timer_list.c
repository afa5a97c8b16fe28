// SPDX-License-Identifier: GPL-2.0
/*
 * Timers of the wheel: arming them, what the calls return, and how often and when
 * the callback runs.
 */
#include <linux/bitops.h>
#include <linux/irqflags.h>
#include <linux/timer.h>

#include "bell.h"
#include "contract.h"
#include "wheel.h"

#define KTB_NR_TIMERS 64
#define KTB_TRIES     3
#define KTB_PERIODS   5

static struct ktb_bell ktb_timers[KTB_NR_TIMERS];
static struct ktb_bell *const ktb_timer = &ktb_timers[0];

/* It has run, once, and not before jiffies had passed what was asked for. */
static void ktb_timer_list_expect_once(struct ktb_trial *trial)
{
	if (!ktb_bell_wait(trial, ktb_timer, 1))
		return;
	ktb_trial_equal(trial, "callbacks", ktb_sight_times(&ktb_timer->sight),
			1);
	ktb_trial_expect(
		trial, ktb_bell_is_late(ktb_timer),
		"ran %ld jiffies after the one asked for, promised is 1 or more",
		(long)(ktb_timer->sight.jiffy - ktb_timer->asked));
}

static int ktb_timer_list_arm(unsigned long delay)
{
	ktb_timer->asked = jiffies + delay;
	return mod_timer(&ktb_timer->timer, ktb_timer->asked);
}

static void ktb_timer_list_look_pending(struct timer_list *timer)
{
	ktb_bell_of(timer)->saw = timer_pending(timer);
	ktb_bell_look(timer);
}

static void ktb_timer_list_pending(struct ktb_trial *trial)
{
	struct timer_list *timer = &ktb_timer->timer;

	ktb_bell_make(ktb_timer, ktb_timer_list_look_pending, 0);
	ktb_trial_equal(trial, "timer_pending() before", timer_pending(timer),
			0);
	ktb_timer_list_arm(KTB_BELL_FAR);
	ktb_trial_equal(trial, "timer_pending() when armed",
			timer_pending(timer), 1);
	ktb_timer_list_arm(1);
	if (ktb_bell_wait(trial, ktb_timer, 1)) {
		ktb_trial_equal(trial, "timer_pending() in the callback",
				ktb_timer->saw, 0);
		ktb_trial_equal(trial, "timer_pending() after it",
				timer_pending(timer), 0);
	}
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_add(struct ktb_trial *trial)
{
	struct timer_list *timer = &ktb_timer->timer;

	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_timer->asked = jiffies + 2;
	timer->expires = ktb_timer->asked;
	add_timer(timer);
	ktb_timer_list_expect_once(trial);
	ktb_bell_end(ktb_timer);
	ktb_trial_equal(trial, "jiffies by which timer->expires has changed",
			timer->expires - ktb_timer->asked, 0);

	/* It is inactive again, so that it may be added again. */
	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_timer->asked = jiffies + KTB_BELL_FAR;
	timer->expires = ktb_timer->asked;
	add_timer(timer);
	ktb_trial_equal(trial, "timer_pending() when added again",
			timer_pending(timer), 1);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_mod_timer(struct ktb_trial *trial)
{
	struct timer_list *timer = &ktb_timer->timer;

	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_trial_equal(trial, "mod_timer() of an inactive timer",
			ktb_timer_list_arm(KTB_BELL_FAR), 0);
	ktb_trial_equal(trial, "mod_timer() of an active timer",
			ktb_timer_list_arm(2 * KTB_BELL_FAR), 1);
	ktb_trial_equal(trial, "mod_timer() for the same jiffy",
			mod_timer(timer, ktb_timer->asked), 1);
	ktb_timer_list_arm(1);
	ktb_timer_list_expect_once(trial);
	ktb_trial_equal(trial, "mod_timer() of one that has fired",
			ktb_timer_list_arm(KTB_BELL_FAR), 0);
	ktb_trial_equal(trial, "timer_pending()", timer_pending(timer), 1);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_moves(struct ktb_trial *trial)
{
	unsigned long flags;

	ktb_bell_make(ktb_timer, ktb_bell_look, TIMER_PINNED);
	ktb_timer_list_arm(KTB_BELL_FAR);
	ktb_timer_list_arm(2);
	ktb_trial_say(trial, "from an hour away to 2 jiffies:");
	ktb_timer_list_expect_once(trial);
	ktb_bell_end(ktb_timer);

	ktb_bell_make(ktb_timer, ktb_bell_look, TIMER_PINNED);
	/* It cannot fire on this CPU in between. */
	local_irq_save(flags);
	ktb_timer_list_arm(2);
	ktb_timer_list_arm(20);
	local_irq_restore(flags);
	ktb_trial_say(trial, "from 2 jiffies away to 20:");
	ktb_timer_list_expect_once(trial);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_revives(struct ktb_trial *trial)
{
	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_timer_list_arm(KTB_BELL_FAR);
	ktb_trial_equal(trial, "timer_delete()",
			ktb_timer_delete(&ktb_timer->timer), 1);
	ktb_trial_equal(trial, "mod_timer() of the deleted timer",
			ktb_timer_list_arm(1), 0);
	ktb_timer_list_expect_once(trial);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_pending_only(struct ktb_trial *trial)
{
	struct timer_list *timer = &ktb_timer->timer;

	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_trial_equal(trial, "mod_timer_pending() of an inactive timer",
			mod_timer_pending(timer, jiffies + 1), 0);
	ktb_trial_equal(trial, "timer_pending() after it", timer_pending(timer),
			0);
	ktb_bell_pause(5);
	ktb_trial_equal(trial, "callbacks 5 jiffies later",
			ktb_sight_times(&ktb_timer->sight), 0);
	ktb_timer_list_arm(KTB_BELL_FAR);
	ktb_timer->asked = jiffies + 2;
	ktb_trial_equal(trial, "mod_timer_pending() of an active timer",
			mod_timer_pending(timer, ktb_timer->asked), 1);
	ktb_timer_list_expect_once(trial);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_reduce(struct ktb_trial *trial)
{
	struct timer_list *timer = &ktb_timer->timer;
	unsigned long first;

	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_timer_list_arm(KTB_BELL_FAR);
	first = ktb_timer->asked;
	ktb_trial_equal(trial, "timer_reduce() to a later jiffy",
			timer_reduce(timer, first + KTB_BELL_FAR), 1);
	ktb_trial_equal(trial, "jiffies by which that moved it",
			timer->expires - first, 0);
	ktb_timer->asked = jiffies + 2;
	ktb_trial_equal(trial, "timer_reduce() to an earlier one",
			timer_reduce(timer, ktb_timer->asked), 1);
	ktb_timer_list_expect_once(trial);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_reduce_starts(struct ktb_trial *trial)
{
	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_timer->asked = jiffies + 2;
	ktb_trial_equal(trial, "timer_reduce() of an inactive timer",
			timer_reduce(&ktb_timer->timer, ktb_timer->asked), 0);
	ktb_timer_list_expect_once(trial);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_never_early(struct ktb_trial *trial)
{
	struct ktb_bell *timer;
	long closest = LONG_MAX;
	u32 i, early = 0;

	for (i = 0; i < KTB_NR_TIMERS; i++) {
		timer = &ktb_timers[i];
		ktb_bell_make(timer, ktb_bell_look, 0);
		timer->asked = jiffies + i;
		mod_timer(&timer->timer, timer->asked);
	}
	for (i = 0; i < KTB_NR_TIMERS; i++) {
		timer = &ktb_timers[i];
		ktb_bell_wait(trial, timer, 1);
		ktb_bell_end(timer);
		early += !ktb_bell_is_late(timer);
		closest =
			min_t(long, closest, timer->sight.jiffy - timer->asked);
	}
	ktb_trial_equal(trial, "timers of 64 that were early", early, 0);
	ktb_trial_say(trial, "closest: %ld jiffies after the one asked for",
		      closest);
}

/*
 * Armed for a jiffy that has gone by. With interrupts off it cannot run on this
 * CPU, so that running from the call itself would show. Returns for how many
 * jiffies from now it was queued.
 */
static int ktb_timer_list_try_past(struct ktb_trial *trial, unsigned long ago)
{
	unsigned long flags, armed;
	bool is_pending;
	u32 index;

	ktb_bell_make(ktb_timer, ktb_bell_look, TIMER_PINNED);
	local_irq_save(flags);
	armed = jiffies;
	mod_timer(&ktb_timer->timer, armed - ago);
	is_pending = timer_pending(&ktb_timer->timer);
	local_irq_restore(flags);
	if (!is_pending)
		ktb_trial_expect(trial, false,
				 "not pending when mod_timer() returned");
	ktb_bell_wait(trial, ktb_timer, 1);
	ktb_bell_end(ktb_timer);
	index = ktb_wheel_index(&ktb_timer->timer);
	ktb_trial_say(trial, "asked for %lu jiffies ago, ran %ld jiffies later",
		      ago, (long)(ktb_timer->sight.jiffy - armed));
	/* Six bits of a jiffy near by; another level is no such thing. */
	return ktb_wheel_level(index) ? INT_MAX :
					sign_extend32(index - armed, 5);
}

static void ktb_timer_list_past(struct ktb_trial *trial)
{
	int away, least = INT_MAX;
	u32 i;

	for (i = 0; i < KTB_TRIES; i++) {
		away = ktb_timer_list_try_past(trial, 1 + i * 100);
		least = min(least, away);
	}
	ktb_trial_expect(trial, least <= 1,
			 "queued for %d jiffies later, promised is 1 at most",
			 least);
}

static void ktb_timer_list_one_shot(struct ktb_trial *trial)
{
	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_timer_list_arm(1);
	ktb_timer_list_expect_once(trial);
	ktb_bell_pause(10);
	ktb_trial_equal(trial, "callbacks 10 jiffies later",
			ktb_sight_times(&ktb_timer->sight), 1);
	ktb_trial_equal(trial, "timer_pending()",
			timer_pending(&ktb_timer->timer), 0);
	ktb_bell_end(ktb_timer);
}

/*
 * The queue says for when it was queued; on a machine that stands still a tick
 * now and then, no period may be that short, and some were armed too late.
 */
static void ktb_timer_list_fire_period(struct timer_list *timer)
{
	struct ktb_bell *bell = ktb_bell_of(timer);
	bool again = READ_ONCE(bell->rearms);
	unsigned long next;

	ktb_bell_again(timer);
	next = bell->steady ? bell->asked + bell->sight.times * bell->step :
			      bell->sight.jiffy + bell->step;
	bell->saw += again && ktb_wheel_is_queued_for(timer, next);
}

static void ktb_timer_list_try_period(struct ktb_trial *trial,
				      unsigned long step, bool steady)
{
	ktb_bell_make(ktb_timer, ktb_timer_list_fire_period, 0);
	ktb_timer->step = step;
	ktb_timer->steady = steady;
	ktb_timer->rearms = KTB_PERIODS;
	ktb_timer_list_arm(1);
	ktb_bell_wait(trial, ktb_timer, KTB_PERIODS + 1);
	ktb_bell_end(ktb_timer);
}

static void ktb_timer_list_period(struct ktb_trial *trial)
{
	unsigned long step, least;
	u32 i;

	for (step = 1; step <= 4; step *= 2) {
		ktb_timer_list_try_period(trial, step, false);
		least = ULONG_MAX;
		for (i = 1; i <= KTB_PERIODS; i++)
			least = min(least,
				    ktb_timer->at[i] - ktb_timer->at[i - 1]);
		ktb_trial_expect(
			trial, least > step && ktb_timer->saw,
			"re-armed with jiffies + %lu: of %u queued for %lu ticks later %u, shortest period %lu",
			step, KTB_PERIODS, step + 1, ktb_timer->saw, least);
	}
}

/* The step is more than a machine in use mostly is late by. */
static void ktb_timer_list_steady(struct ktb_trial *trial)
{
	const long step = 8;
	long late, least;
	u32 i, try;

	for (try = 0, least = 0; try < KTB_TRIES; try++) {
		ktb_timer_list_try_period(trial, step, true);
		least = LONG_MAX;
		for (i = 0; i <= KTB_PERIODS; i++) {
			late = ktb_timer->at[i] - ktb_timer->asked - i * step;
			least = min(least, late);
		}
		if (ktb_timer->saw)
			break;
	}
	ktb_trial_expect(
		trial, least >= 1 && (ktb_timer->saw || least >= step),
		"re-armed with timer->expires + %ld: of %u queued for that %u, late by %ld jiffies at best, in the end by %ld",
		step, KTB_PERIODS, ktb_timer->saw, least, late);
	if (!ktb_timer->saw)
		ktb_trial_skip(
			trial,
			"this machine is later than a whole period each time");
}

static const struct ktb_check ktb_timer_list_checks[] = {
	{ "pending",
	  "timer_pending() is true from arming until the callback is about to run, and false in the callback and after it.",
	  "include/linux/timer.h: timer_pending(); kernel/time/timer.c: expire_timers()",
	  ktb_timer_list_pending },
	{ "add_timer",
	  "timer_setup() and add_timer() start a timer for timer->expires; it fires once and can be set up and added again.",
	  "kernel/time/timer.c: add_timer()", ktb_timer_list_add },
	{ "never_early",
	  "No callback runs before jiffies have passed the value asked for, so that the whole time goes by, as jiffies count it.",
	  "kernel/time/timer.c: calc_index()", ktb_timer_list_never_early },
	{ "past",
	  "A timer for a jiffy that has gone by is queued and fires at the next tick, not in the call.",
	  "kernel/time/timer.c: add_timer()", ktb_timer_list_past },
	{ "mod_timer",
	  "mod_timer() returns 0 if the timer was inactive and 1 if it was active; it is active afterwards.",
	  "kernel/time/timer.c: mod_timer()", ktb_timer_list_mod_timer },
	{ "mod_timer_moves",
	  "mod_timer() moves an active timer, to earlier or later; it fires at the new time only.",
	  "kernel/time/timer.c: mod_timer()", ktb_timer_list_moves },
	{ "mod_timer_revives",
	  "mod_timer() starts a timer that timer_delete() has stopped.",
	  "kernel/time/timer.c: mod_timer()", ktb_timer_list_revives },
	{ "mod_timer_pending",
	  "mod_timer_pending() moves an active timer and returns 1; it leaves an inactive one alone and returns 0.",
	  "kernel/time/timer.c: mod_timer_pending()",
	  ktb_timer_list_pending_only },
	{ "reduce",
	  "timer_reduce() moves an active timer to an earlier time only; it returns 1 either way.",
	  "kernel/time/timer.c: timer_reduce()", ktb_timer_list_reduce },
	{ "reduce_starts",
	  "timer_reduce() starts an inactive timer and returns 0.",
	  "kernel/time/timer.c: timer_reduce()", ktb_timer_list_reduce_starts },
	{ "one_shot",
	  "A timer fires once: without re-arming there is no period.",
	  "kernel/time/timer.c: expire_timers()", ktb_timer_list_one_shot },
	{ "period",
	  "A callback that re-arms its timer with jiffies + n has a period of n + 1 ticks.",
	  "kernel/time/timer.c: calc_index()", ktb_timer_list_period },
	{ "steady",
	  "A callback that re-arms its timer with timer->expires + n has a period of n ticks and does not drift.",
	  "kernel/time/timer.c: calc_index()", ktb_timer_list_steady },
};

KTB_SUBJECT_OF(timer_list);
