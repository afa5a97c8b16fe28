// SPDX-License-Identifier: GPL-2.0
/*
 * Timers of the wheel: stopping them, also while the callback runs on another
 * CPU. Deleting synchronously from the callback itself would never end: it is
 * looked at through timer_delete_sync_try(), which says why.
 */
#include <linux/jiffies.h>
#include <linux/timer.h>

#include "bell.h"
#include "compat.h"
#include "contract.h"

#define KTB_NR_ROUNDS 3
/*
 * Longer than the callback is held: one that is due again when it ends runs on
 * and on before anyone else gets hold of its timer.
 */
#define KTB_AGAIN     msecs_to_jiffies(60)

static struct ktb_bell ktb_deleted;
static struct ktb_bell ktb_marker;
static struct timer_list *const ktb_timer = &ktb_deleted.timer;

/* Nothing of it can still be to come after a later timer of the same CPU. */
static void ktb_timer_delete_expect_times(struct ktb_trial *trial, u32 cpu,
					  u32 times)
{
	ktb_bell_make(&ktb_marker, ktb_bell_look, TIMER_PINNED);
	ktb_marker.timer.expires = jiffies + KTB_AGAIN + 2;
	add_timer_on(&ktb_marker.timer, cpu);
	ktb_bell_wait(trial, &ktb_marker, 1);
	ktb_bell_end(&ktb_marker);
	ktb_trial_equal(trial, "callbacks of the deleted timer",
			ktb_sight_times(&ktb_deleted.sight), times);
}

/* Have a callback run on the other CPU, and meet it there. */
static bool ktb_timer_delete_meet(struct ktb_trial *trial,
				  void (*fire)(struct timer_list *),
				  u64 limit_ns)
{
	ktb_bell_make(&ktb_deleted, fire, TIMER_PINNED);
	ktb_deleted.hold.limit_ns = limit_ns;
	ktb_timer->expires = jiffies + 1;
	add_timer_on(ktb_timer, trial->other);
	return ktb_bell_meet(trial, &ktb_deleted);
}

/* Re-arms itself first, for soon or for far off, and then stays. */
static void ktb_timer_delete_rearm_stay(struct timer_list *timer)
{
	mod_timer(timer, jiffies + KTB_AGAIN);
	ktb_bell_stay(timer);
}

static void ktb_timer_delete_rearm_far_stay(struct timer_list *timer)
{
	mod_timer(timer, jiffies + KTB_BELL_FAR);
	ktb_bell_stay(timer);
}

static void ktb_timer_delete_try_itself(struct timer_list *timer)
{
	ktb_bell_of(timer)->saw = ktb_timer_delete_sync_try(timer);
	ktb_bell_look(timer);
}

/* What all three of them return if no callback runs, and that it is gone. */
static void ktb_timer_delete_expect_idle(struct ktb_trial *trial,
					 const char *name,
					 int (*delete)(struct timer_list *))
{
	ktb_bell_make(&ktb_deleted, ktb_bell_look, TIMER_PINNED);
	ktb_trial_say(trial, "%s", name);
	ktb_trial_equal(trial, "of one never armed", delete (ktb_timer), 0);
	mod_timer(ktb_timer, jiffies + KTB_BELL_FAR);
	ktb_trial_equal(trial, "of a pending one", delete (ktb_timer), 1);
	ktb_trial_equal(trial, "timer_pending()", timer_pending(ktb_timer), 0);
	ktb_trial_equal(trial, "of a deleted one", delete (ktb_timer), 0);

	mod_timer(ktb_timer, jiffies + 2);
	/* Unless it fired before that, which a machine that stalls can do. */
	if (delete (ktb_timer))
		ktb_timer_delete_expect_times(trial, trial->cpu, 0);
	ktb_bell_end(&ktb_deleted);
}

static int ktb_timer_delete_call(struct timer_list *timer)
{
	return ktb_timer_delete(timer);
}

static int ktb_timer_delete_call_sync(struct timer_list *timer)
{
	return ktb_timer_delete_sync(timer);
}

static int ktb_timer_delete_call_try(struct timer_list *timer)
{
	return ktb_timer_delete_sync_try(timer);
}

static void ktb_timer_delete_returns(struct ktb_trial *trial)
{
	ktb_timer_delete_expect_idle(trial, "timer_delete()",
				     ktb_timer_delete_call);
}

static void ktb_timer_delete_sync_returns(struct ktb_trial *trial)
{
	ktb_timer_delete_expect_idle(trial, "timer_delete_sync()",
				     ktb_timer_delete_call_sync);
}

static void ktb_timer_delete_try_returns(struct ktb_trial *trial)
{
	ktb_timer_delete_expect_idle(trial, "timer_delete_sync_try()",
				     ktb_timer_delete_call_try);
}

static void ktb_timer_delete_leaves(struct ktb_trial *trial)
{
	int got;

	if (!ktb_trial_needs_two(trial))
		return;
	if (ktb_timer_delete_meet(trial, ktb_bell_stay, KTB_HOLD_LONG_NS)) {
		got = ktb_timer_delete(ktb_timer);
		ktb_trial_expect(trial, !ktb_hold_has(&ktb_deleted.hold.left),
				 "the callback on CPU %u still ran after it",
				 trial->other);
		ktb_trial_equal(trial, "timer_delete() meanwhile", got, 0);
	}
	ktb_bell_end(&ktb_deleted);

	if (ktb_timer_delete_meet(trial, ktb_timer_delete_rearm_far_stay,
				  KTB_HOLD_LONG_NS))
		ktb_trial_equal(trial, "of one that had re-armed itself",
				ktb_timer_delete(ktb_timer), 1);
	ktb_bell_end(&ktb_deleted);
}

static void ktb_timer_delete_try_running(struct ktb_trial *trial)
{
	const bool *left = &ktb_deleted.hold.left;

	if (!ktb_trial_needs_two(trial))
		return;
	if (ktb_timer_delete_meet(trial, ktb_bell_stay, KTB_HOLD_LONG_NS)) {
		ktb_trial_equal(trial, "while the callback ran elsewhere",
				ktb_timer_delete_sync_try(ktb_timer), -1);
		ktb_trial_expect(trial, !ktb_hold_has(left),
				 "it still ran when that was answered");
		ktb_hold_let_go(&ktb_deleted.hold);
		ktb_timer_delete_sync(ktb_timer);
		ktb_trial_equal(trial, "after it",
				ktb_timer_delete_sync_try(ktb_timer), 0);
	}
	ktb_bell_end(&ktb_deleted);
}

static void ktb_timer_delete_try_rearmed(struct ktb_trial *trial)
{
	int got = -1;

	if (!ktb_trial_needs_two(trial))
		return;
	if (ktb_timer_delete_meet(trial, ktb_timer_delete_rearm_far_stay,
				  KTB_HOLD_LONG_NS)) {
		ktb_trial_equal(trial, "while it ran and had re-armed itself",
				ktb_timer_delete_sync_try(ktb_timer), -1);
		ktb_trial_equal(trial, "timer_pending() after that",
				timer_pending(ktb_timer), 1);
		ktb_hold_let_go(&ktb_deleted.hold);
		ktb_until((got = ktb_timer_delete_sync_try(ktb_timer)) >= 0,
			  ktb_trial_patience(trial));
		ktb_trial_equal(trial, "when it ran no more", got, 1);
	}
	ktb_bell_end(&ktb_deleted);
}

static void ktb_timer_delete_itself(struct ktb_trial *trial)
{
	ktb_bell_make(&ktb_deleted, ktb_timer_delete_try_itself, 0);
	mod_timer(ktb_timer, jiffies + 1);
	if (ktb_bell_wait(trial, &ktb_deleted, 1))
		ktb_trial_equal(trial,
				"timer_delete_sync_try() in its own callback",
				ktb_deleted.saw, -1);
	ktb_bell_end(&ktb_deleted);
}

static void ktb_timer_delete_waits(struct ktb_trial *trial)
{
	u32 i, ended = 0, waited = 0;
	bool left;
	int got = 0;

	if (!ktb_trial_needs_two(trial))
		return;
	for (i = 0; i < KTB_NR_ROUNDS; i++) {
		if (!ktb_timer_delete_meet(trial, ktb_bell_stay,
					   KTB_HOLD_SHORT_NS))
			break;
		left = ktb_hold_has(&ktb_deleted.hold.left);
		got |= ktb_timer_delete_sync(ktb_timer);
		ended += ktb_hold_has(&ktb_deleted.hold.left);
		waited += !left;
		ktb_bell_end(&ktb_deleted);
	}
	ktb_bell_end(&ktb_deleted);
	ktb_trial_equal(trial, "of 3 callbacks, had ended after it", ended,
			KTB_NR_ROUNDS);
	ktb_trial_say(trial, "of 3, still ran when it was called: %u", waited);
	ktb_trial_equal(trial, "timer_delete_sync(), of a timer not pending",
			got, 0);
	if (!waited)
		ktb_trial_skip(trial,
			       "each callback had left before it was deleted");
}

static void ktb_timer_delete_rearming(struct ktb_trial *trial)
{
	bool left;
	u32 times;
	int got;

	if (!ktb_trial_needs_two(trial))
		return;
	if (ktb_timer_delete_meet(trial, ktb_timer_delete_rearm_stay,
				  KTB_HOLD_SHORT_NS)) {
		got = ktb_timer_delete_sync(ktb_timer);
		times = ktb_sight_times(&ktb_deleted.sight);
		left = ktb_hold_has(&ktb_deleted.hold.left);
		ktb_trial_expect(trial, left, "the callback had ended: %d",
				 left);
		ktb_trial_equal(trial, "timer_delete_sync()", got, 1);
		ktb_timer_delete_expect_times(trial, trial->other, times);
	}
	ktb_bell_end(&ktb_deleted);
}

/* All ways to arm it again; each is ignored in silence. */
static void ktb_timer_delete_expect_shut(struct ktb_trial *trial)
{
	ktb_trial_equal(trial, "mod_timer()", mod_timer(ktb_timer, jiffies + 1),
			0);
	ktb_trial_equal(trial, "timer_pending()", timer_pending(ktb_timer), 0);
	ktb_trial_equal(trial, "timer_reduce()",
			timer_reduce(ktb_timer, jiffies + 1), 0);
	if (!timer_pending(ktb_timer)) {
		ktb_timer->expires = jiffies + 1;
		add_timer(ktb_timer);
	}
	ktb_trial_equal(trial, "timer_pending() after add_timer()",
			timer_pending(ktb_timer), 0);
	ktb_timer_delete_expect_times(trial, trial->cpu, 0);
}

static void ktb_timer_delete_shutdown(struct ktb_trial *trial)
{
	if (!KTB_SHUTS_TIMERS_DOWN) {
		ktb_trial_skip(trial,
			       "timer_shutdown_sync() is there from 6.2 on");
		return;
	}
	ktb_bell_make(&ktb_deleted, ktb_bell_look, TIMER_PINNED);
	mod_timer(ktb_timer, jiffies + KTB_BELL_FAR);
	ktb_trial_equal(trial, "timer_shutdown_sync() of a pending timer",
			ktb_timer_shutdown_sync(ktb_timer), 1);
	ktb_trial_equal(trial, "of one that was shut down",
			ktb_timer_shutdown_sync(ktb_timer), 0);
	ktb_timer_delete_expect_shut(trial);

	/* Set up again, it is like new. */
	ktb_bell_make(&ktb_deleted, ktb_bell_look, 0);
	mod_timer(ktb_timer, jiffies + 1);
	ktb_bell_wait(trial, &ktb_deleted, 1);
	ktb_bell_end(&ktb_deleted);
}

static void ktb_timer_delete_shutdown_waits(struct ktb_trial *trial)
{
	bool left;
	u32 times;

	if (!KTB_SHUTS_TIMERS_DOWN) {
		ktb_trial_skip(trial,
			       "timer_shutdown_sync() is there from 6.2 on");
		return;
	}
	if (!ktb_trial_needs_two(trial))
		return;
	if (ktb_timer_delete_meet(trial, ktb_timer_delete_rearm_stay,
				  KTB_HOLD_SHORT_NS)) {
		ktb_timer_shutdown_sync(ktb_timer);
		times = ktb_sight_times(&ktb_deleted.sight);
		left = ktb_hold_has(&ktb_deleted.hold.left);
		ktb_trial_expect(trial, left, "the callback had ended: %d",
				 left);
		ktb_trial_equal(trial, "mod_timer() after it",
				mod_timer(ktb_timer, jiffies + 1), 0);
		ktb_timer_delete_expect_times(trial, trial->other, times);
	}
	ktb_bell_end(&ktb_deleted);
}

static const struct ktb_check ktb_timer_delete_checks[] = {
	{ "delete",
	  "timer_delete() (was del_timer()) returns 1 if the timer was pending and 0 if not; the callback does not run.",
	  "kernel/time/timer.c: timer_delete()", ktb_timer_delete_returns },
	{ "delete_leaves_running",
	  "timer_delete() does not wait for a callback that runs on another CPU, nor count it: pending or not is all it returns.",
	  "kernel/time/timer.c: timer_delete()", ktb_timer_delete_leaves },
	{ "sync",
	  "timer_delete_sync() (was del_timer_sync()) returns 1 if the timer was pending and 0 if not.",
	  "kernel/time/timer.c: timer_delete_sync()",
	  ktb_timer_delete_sync_returns },
	{ "sync_waits",
	  "timer_delete_sync() returns only when a callback that runs on another CPU has ended.",
	  "kernel/time/timer.c: timer_delete_sync()", ktb_timer_delete_waits },
	{ "sync_rearming",
	  "No callback runs after timer_delete_sync(), even if the one that ran had re-armed its timer.",
	  "kernel/time/timer.c: timer_delete_sync()",
	  ktb_timer_delete_rearming },
	{ "try",
	  "timer_delete_sync_try() (was try_to_del_timer_sync()) returns 1 if it stopped a pending timer, and 0 if there was nothing to stop.",
	  "kernel/time/timer.c: timer_delete_sync_try()",
	  ktb_timer_delete_try_returns },
	{ "try_running",
	  "timer_delete_sync_try() returns -1, at once, while the callback runs on another CPU.",
	  "kernel/time/timer.c: timer_delete_sync_try()",
	  ktb_timer_delete_try_running },
	{ "try_rearmed",
	  "timer_delete_sync_try() returns -1 and leaves the timer pending if its callback runs and has re-armed it.",
	  "kernel/time/timer.c: timer_delete_sync_try()",
	  ktb_timer_delete_try_rearmed },
	{ "itself",
	  "timer_delete_sync() in the timer's own callback would never end: it tries until the callback has ended (seen as the -1 of timer_delete_sync_try() there).",
	  "kernel/time/timer.c: timer_delete_sync()", ktb_timer_delete_itself },
	{ "shutdown",
	  "After timer_shutdown_sync() the timer cannot be armed again: all attempts are ignored, and mod_timer() returns 0.",
	  "kernel/time/timer.c: timer_shutdown_sync()",
	  ktb_timer_delete_shutdown },
	{ "shutdown_waits",
	  "timer_shutdown_sync() waits for a callback that runs, and undoes it if that one has re-armed its timer.",
	  "kernel/time/timer.c: timer_shutdown_sync()",
	  ktb_timer_delete_shutdown_waits },
};

KTB_SUBJECT_OF(timer_delete);
