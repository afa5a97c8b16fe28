// SPDX-License-Identifier: GPL-2.0
/*
 * hrtimers: stopping them, also while the callback runs on another CPU, and what
 * they say of themselves. Callbacks are held in the softirq, so that the CPU goes
 * on taking interrupts. Cancelling from the callback itself would never end: it
 * is looked at through hrtimer_try_to_cancel(), which says why.
 */
#include <linux/hrtimer.h>
#include <linux/ktime.h>

#include "alarm.h"
#include "contract.h"

#define KTB_NR_ROUNDS 3
/* Longer than the callback is held: it must not be due again when that ends. */
#define KTB_AGAIN_NS  (60 * NSEC_PER_MSEC)

static struct ktb_alarm ktb_alarm;
static struct ktb_alarm ktb_marker;
static struct hrtimer *const ktb_timer = &ktb_alarm.timer;

/* Nothing of it can still be to come after a later timer of the same CPU. */
static void ktb_hrtimer_cancel_expect_times(struct ktb_trial *trial, u32 cpu,
					    u32 times)
{
	ktb_alarm_make(&ktb_marker, ktb_alarm_look,
		       HRTIMER_MODE_REL_PINNED_SOFT);
	ktb_alarm_start_on(&ktb_marker, cpu, KTB_AGAIN_NS + 1000000);
	ktb_alarm_wait(trial, &ktb_marker, 1);
	ktb_alarm_end(&ktb_marker);
	ktb_trial_equal(trial, "callbacks of the cancelled timer",
			ktb_sight_times(&ktb_alarm.sight), times);
}

/* Have a callback run on the other CPU, and meet it there. */
static bool
ktb_hrtimer_cancel_meet(struct ktb_trial *trial,
			enum hrtimer_restart (*fire)(struct hrtimer *),
			u64 limit_ns)
{
	ktb_alarm_make(&ktb_alarm, fire, HRTIMER_MODE_REL_PINNED_SOFT);
	ktb_alarm.hold.limit_ns = limit_ns;
	/* Without end: who comes late still meets one that restarts. */
	ktb_alarm.restarts = U32_MAX;
	ktb_alarm.interval_ns = KTB_AGAIN_NS;
	ktb_alarm_start_on(&ktb_alarm, trial->other, 1000000);
	return ktb_alarm_meet(trial, &ktb_alarm);
}

static enum hrtimer_restart
ktb_hrtimer_cancel_restart_stay(struct hrtimer *timer)
{
	struct ktb_alarm *alarm = ktb_alarm_of(timer);
	enum hrtimer_restart restart = ktb_alarm_again(timer);

	ktb_hold_stay(&alarm->hold);
	return restart;
}

/* What both return if no callback runs, and that it is gone. */
static void ktb_hrtimer_cancel_expect_idle(struct ktb_trial *trial,
					   int (*cancel)(struct hrtimer *))
{
	ktb_alarm_make(&ktb_alarm, ktb_alarm_look,
		       HRTIMER_MODE_REL_PINNED_SOFT);
	ktb_trial_equal(trial, "of one never started", cancel(ktb_timer), 0);
	ktb_alarm_start(&ktb_alarm, KTB_ALARM_FAR_NS);
	ktb_trial_equal(trial, "of an active one", cancel(ktb_timer), 1);
	ktb_trial_equal(trial, "hrtimer_active()", hrtimer_active(ktb_timer),
			0);
	ktb_trial_equal(trial, "of a cancelled one", cancel(ktb_timer), 0);

	ktb_alarm_start(&ktb_alarm, KTB_AGAIN_NS);
	/* Unless it fired before that, which a machine that stalls can do. */
	if (cancel(ktb_timer))
		ktb_hrtimer_cancel_expect_times(trial, trial->cpu, 0);
	ktb_alarm_end(&ktb_alarm);
}

static int ktb_hrtimer_cancel_call(struct hrtimer *timer)
{
	return hrtimer_cancel(timer);
}

static int ktb_hrtimer_cancel_call_try(struct hrtimer *timer)
{
	return hrtimer_try_to_cancel(timer);
}

static void ktb_hrtimer_cancel_returns(struct ktb_trial *trial)
{
	ktb_hrtimer_cancel_expect_idle(trial, ktb_hrtimer_cancel_call);
}

static void ktb_hrtimer_cancel_try_returns(struct ktb_trial *trial)
{
	ktb_hrtimer_cancel_expect_idle(trial, ktb_hrtimer_cancel_call_try);
}

static void ktb_hrtimer_cancel_try_running(struct ktb_trial *trial)
{
	if (!ktb_trial_needs_two(trial))
		return;
	if (ktb_hrtimer_cancel_meet(trial, ktb_alarm_stay, KTB_HOLD_LONG_NS)) {
		ktb_trial_equal(trial, "while the callback ran elsewhere",
				hrtimer_try_to_cancel(ktb_timer), -1);
		ktb_trial_expect(trial, !ktb_hold_has(&ktb_alarm.hold.left),
				 "it still ran when that was answered");
		ktb_hold_let_go(&ktb_alarm.hold);
		hrtimer_cancel(ktb_timer);
		ktb_trial_equal(trial, "after it",
				hrtimer_try_to_cancel(ktb_timer), 0);
	}
	ktb_alarm_end(&ktb_alarm);
}

static void ktb_hrtimer_cancel_waits(struct ktb_trial *trial)
{
	u32 i, waited = 0;

	if (!ktb_trial_needs_two(trial))
		return;
	for (i = 0; i < KTB_NR_ROUNDS; i++) {
		if (!ktb_hrtimer_cancel_meet(trial, ktb_alarm_stay,
					     KTB_HOLD_SHORT_NS))
			break;
		hrtimer_cancel(ktb_timer);
		waited += ktb_hold_has(&ktb_alarm.hold.left);
		ktb_alarm_end(&ktb_alarm);
	}
	ktb_alarm_end(&ktb_alarm);
	ktb_trial_equal(trial, "of 3 running callbacks, had ended after it",
			waited, KTB_NR_ROUNDS);
}

static void ktb_hrtimer_cancel_restarting(struct ktb_trial *trial)
{
	bool left;
	u32 times;
	int got;

	if (!ktb_trial_needs_two(trial))
		return;
	if (ktb_hrtimer_cancel_meet(trial, ktb_hrtimer_cancel_restart_stay,
				    KTB_HOLD_SHORT_NS)) {
		got = hrtimer_cancel(ktb_timer);
		times = ktb_sight_times(&ktb_alarm.sight);
		left = ktb_hold_has(&ktb_alarm.hold.left);
		ktb_trial_expect(trial, left, "the callback had ended: %d",
				 left);
		ktb_trial_equal(trial, "hrtimer_cancel()", got, 1);
		ktb_hrtimer_cancel_expect_times(trial, trial->other, times);
	}
	ktb_alarm_end(&ktb_alarm);
}

static enum hrtimer_restart ktb_hrtimer_cancel_try_itself(struct hrtimer *timer)
{
	ktb_alarm_of(timer)->saw = hrtimer_try_to_cancel(timer);
	return ktb_alarm_look(timer);
}

static void ktb_hrtimer_cancel_itself(struct ktb_trial *trial)
{
	ktb_alarm_make(&ktb_alarm, ktb_hrtimer_cancel_try_itself,
		       HRTIMER_MODE_REL_SOFT);
	ktb_alarm_start(&ktb_alarm, 500000);
	if (ktb_alarm_wait(trial, &ktb_alarm, 1))
		ktb_trial_equal(trial,
				"hrtimer_try_to_cancel() in its own callback",
				ktb_alarm.saw, -1);
	ktb_alarm_end(&ktb_alarm);
}

/* Two bits: active, and queued. */
static int ktb_hrtimer_cancel_state(struct hrtimer *timer)
{
	return (hrtimer_active(timer) ? 2 : 0) +
	       (hrtimer_is_queued(timer) ? 1 : 0);
}

static enum hrtimer_restart ktb_hrtimer_cancel_see_state(struct hrtimer *timer)
{
	ktb_alarm_of(timer)->saw = ktb_hrtimer_cancel_state(timer);
	return ktb_alarm_look(timer);
}

static void ktb_hrtimer_cancel_expect_state(struct ktb_trial *trial,
					    const char *when, int state,
					    bool active, bool queued)
{
	ktb_trial_expect(
		trial, state == 2 * active + queued,
		"%s: hrtimer_active() %d, hrtimer_is_queued() %d, promised are %d and %d",
		when, state >> 1, state & 1, active, queued);
}

static void ktb_hrtimer_cancel_states(struct ktb_trial *trial)
{
	ktb_alarm_make(&ktb_alarm, ktb_hrtimer_cancel_see_state,
		       HRTIMER_MODE_REL_SOFT);
	ktb_hrtimer_cancel_expect_state(trial, "never started",
					ktb_hrtimer_cancel_state(ktb_timer),
					false, false);
	ktb_alarm_start(&ktb_alarm, KTB_ALARM_FAR_NS);
	ktb_hrtimer_cancel_expect_state(trial, "started",
					ktb_hrtimer_cancel_state(ktb_timer),
					true, true);
	hrtimer_cancel(ktb_timer);
	ktb_hrtimer_cancel_expect_state(trial, "cancelled",
					ktb_hrtimer_cancel_state(ktb_timer),
					false, false);
	ktb_alarm_start(&ktb_alarm, 500000);
	ktb_alarm_wait(trial, &ktb_alarm, 1);
	ktb_alarm_end(&ktb_alarm);
	ktb_hrtimer_cancel_expect_state(trial, "in the callback", ktb_alarm.saw,
					true, false);
	ktb_hrtimer_cancel_expect_state(trial, "after it",
					ktb_hrtimer_cancel_state(ktb_timer),
					false, false);
}

static const struct ktb_check ktb_hrtimer_cancel_checks[] = {
	{ "cancel",
	  "hrtimer_cancel() returns 1 if the timer was queued and 0 if not; the callback does not run.",
	  "kernel/time/hrtimer.c: hrtimer_cancel()",
	  ktb_hrtimer_cancel_returns },
	{ "waits",
	  "hrtimer_cancel() returns only when a callback that runs on another CPU has ended.",
	  "kernel/time/hrtimer.c: hrtimer_cancel()", ktb_hrtimer_cancel_waits },
	{ "restarting",
	  "No callback runs after hrtimer_cancel(), even if the one that ran asked for a restart.",
	  "kernel/time/hrtimer.c: hrtimer_cancel()",
	  ktb_hrtimer_cancel_restarting },
	{ "try",
	  "hrtimer_try_to_cancel() returns 1 if it stopped an active timer, and 0 if there was nothing to stop.",
	  "kernel/time/hrtimer.c: hrtimer_try_to_cancel()",
	  ktb_hrtimer_cancel_try_returns },
	{ "try_running",
	  "hrtimer_try_to_cancel() returns -1, at once, while the callback runs on another CPU.",
	  "kernel/time/hrtimer.c: hrtimer_try_to_cancel()",
	  ktb_hrtimer_cancel_try_running },
	{ "itself",
	  "hrtimer_cancel() in the timer's own callback would never end: it tries until the callback has ended (seen as the -1 of hrtimer_try_to_cancel() there).",
	  "kernel/time/hrtimer.c: hrtimer_cancel()",
	  ktb_hrtimer_cancel_itself },
	{ "states",
	  "An hrtimer is active from its start until its callback has ended, and queued until that begins.",
	  "kernel/time/hrtimer.c: hrtimer_active()",
	  ktb_hrtimer_cancel_states },
};

KTB_SUBJECT_OF(hrtimer_cancel);
