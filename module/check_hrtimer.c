// SPDX-License-Identifier: GPL-2.0
/*
 * hrtimers: when they fire, what a range allows, and how a timer goes on. What is
 * early is early on CLOCK_MONOTONIC; how late one is depends on the machine, and
 * is measured, not checked.
 */
#include <linux/hrtimer.h>
#include <linux/irqflags.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/ktime.h>

#include "alarm.h"
#include "contract.h"

#define KTB_NR_ALARMS 16
/* A machine that stood still may spoil what is exact, but not each time. */
#define KTB_TRIES     10

static struct ktb_alarm ktb_alarms[KTB_NR_ALARMS];
static struct ktb_alarm *const ktb_alarm = &ktb_alarms[0];

static const u32 ktb_hrtimer_delays_ns[] = {
	0,	1,	 999,	  10000,   50000,   100000,  300000,  500000,
	700000, 1000000, 1500000, 2000000, 3000000, 5000000, 7000000, 9999999,
};

static void ktb_hrtimer_expect_once(struct ktb_trial *trial)
{
	if (!ktb_alarm_wait(trial, ktb_alarm, 1))
		return;
	ktb_trial_equal(trial, "callbacks", ktb_sight_times(&ktb_alarm->sight),
			1);
	ktb_trial_equal(trial, "early", ktb_alarm_is_early(ktb_alarm), 0);
}

static void ktb_hrtimer_never_early(struct ktb_trial *trial,
				    enum hrtimer_mode mode)
{
	u64 closest_ns = U64_MAX;
	u32 i, early = 0;
	struct ktb_alarm *alarm;

	for (i = 0; i < KTB_NR_ALARMS; i++) {
		alarm = &ktb_alarms[i];
		ktb_alarm_make(alarm, ktb_alarm_look, mode);
		ktb_alarm_start(alarm, ktb_hrtimer_delays_ns[i]);
	}
	for (i = 0; i < KTB_NR_ALARMS; i++) {
		alarm = &ktb_alarms[i];
		ktb_alarm_wait(trial, alarm, 1);
		ktb_alarm_end(alarm);
		early += ktb_alarm_is_early(alarm);
		closest_ns =
			min(closest_ns, alarm->sight.time_ns - alarm->asked_ns);
	}
	ktb_trial_say(trial, "%s, 0 to 10 ms away; closest: %llu ns after it",
		      mode & HRTIMER_MODE_REL ? "relative" : "absolute",
		      closest_ns);
	ktb_trial_equal(trial, "timers of 16 that were early", early, 0);
}

static void ktb_hrtimer_hard_never_early(struct ktb_trial *trial)
{
	ktb_hrtimer_never_early(trial, HRTIMER_MODE_ABS_HARD);
	ktb_hrtimer_never_early(trial, HRTIMER_MODE_REL_HARD);
}

static void ktb_hrtimer_soft_never_early(struct ktb_trial *trial)
{
	ktb_hrtimer_never_early(trial, HRTIMER_MODE_ABS_SOFT);
	ktb_hrtimer_never_early(trial, HRTIMER_MODE_REL_SOFT);
}

/* Notes in which interrupt it runs, where the kernel counts them. */
static enum hrtimer_restart ktb_hrtimer_fire_range(struct hrtimer *timer)
{
	ktb_alarm_of(timer)->saw = (int)ktb_hrtimer_interrupts(timer);
	return ktb_alarm_look(timer);
}

static void ktb_hrtimer_start_range(struct ktb_alarm *alarm, u64 soft_ns,
				    u64 range_ns)
{
	ktb_alarm_make(alarm, ktb_hrtimer_fire_range,
		       HRTIMER_MODE_ABS_PINNED_HARD);
	alarm->asked_ns = soft_ns;
	hrtimer_start_range_ns(&alarm->timer, ns_to_ktime(soft_ns), range_ns,
			       alarm->mode);
}

static void ktb_hrtimer_range(struct ktb_trial *trial)
{
	u64 soft_ns = ktb_clock_ns() + KTB_ALARM_FAR_NS;
	u64 range_ns = 123456789;
	struct hrtimer *timer = &ktb_alarm->timer;

	ktb_hrtimer_start_range(ktb_alarm, soft_ns, range_ns);
	ktb_trial_equal(trial, "soft expiry less the time asked for, ns",
			ktime_to_ns(hrtimer_get_softexpires(timer)) - soft_ns,
			0);
	ktb_trial_equal(trial, "hard expiry less the soft one, ns",
			ktime_to_ns(hrtimer_get_expires(timer)) -
				ktime_to_ns(hrtimer_get_softexpires(timer)),
			range_ns);
	ktb_alarm_end(ktb_alarm);

	ktb_alarm_make(ktb_alarm, ktb_alarm_look, HRTIMER_MODE_ABS_HARD);
	ktb_alarm_start(ktb_alarm, KTB_ALARM_FAR_NS);
	ktb_trial_equal(trial, "the same without a range, ns",
			ktime_to_ns(hrtimer_get_expires(timer)) -
				ktime_to_ns(hrtimer_get_softexpires(timer)),
			0);
	ktb_alarm_end(ktb_alarm);
}

/*
 * Between the two expiries any interrupt may run it, so some of them may be
 * before the hard one; but it is for that one that the CPU sets its clock.
 */
static void ktb_hrtimer_range_alone(struct ktb_trial *trial)
{
	const u64 range_ns = 500000;
	u32 i, early = 0, hard = 0;
	s64 used_ns;

	for (i = 0; i < KTB_TRIES; i++) {
		ktb_hrtimer_start_range(ktb_alarm, ktb_clock_ns() + 1000000,
					range_ns);
		ktb_alarm_wait(trial, ktb_alarm, 1);
		ktb_alarm_end(ktb_alarm);
		used_ns = ktb_alarm->sight.time_ns - ktb_alarm->asked_ns;
		early += ktb_alarm_is_early(ktb_alarm);
		hard += used_ns >= (s64)range_ns;
	}
	ktb_trial_equal(trial, "of 10, before their soft expiry", early, 0);
	ktb_trial_between(trial, "at their hard expiry or after it", hard, 1,
			  KTB_TRIES);
}

/*
 * One with a range, and one without whose time lies in it. All is to lie between
 * two ticks: a tick that is not due stands in the way of who may run later still.
 */
static void ktb_hrtimer_start_two(struct ktb_alarm *ranged,
				  struct ktb_alarm *sharp, u64 part_ns)
{
	unsigned long flags;
	u64 now_ns;

	schedule_timeout_idle(1);
	/* None fires before both are started. */
	local_irq_save(flags);
	now_ns = ktb_clock_ns();
	ktb_hrtimer_start_range(ranged, now_ns + part_ns, 2 * part_ns);
	ktb_hrtimer_start_range(sharp, now_ns + 2 * part_ns, 0);
	local_irq_restore(flags);
}

static void ktb_hrtimer_range_together(struct ktb_trial *trial)
{
	struct ktb_alarm *ranged = &ktb_alarms[0], *sharp = &ktb_alarms[1];
	const u64 part_ns = TICK_NSEC / 4;
	u32 try, early = 0, same = 0, between = 0;
	u64 hard_ns;

	for (try = 0; try < 3 * KTB_TRIES && !between; try++) {
		ktb_hrtimer_start_two(ranged, sharp, part_ns);
		ktb_alarm_wait(trial, ranged, 1);
		ktb_alarm_wait(trial, sharp, 1);
		ktb_alarm_end(ranged);
		ktb_alarm_end(sharp);
		early += ktb_alarm_is_early(ranged) + ktb_alarm_is_early(sharp);
		if (ranged->saw != sharp->saw ||
		    ranged->sight.order != sharp->sight.order + 1)
			continue;
		same++;
		hard_ns = ranged->asked_ns + 2 * part_ns;
		between += ranged->sight.time_ns < hard_ns;
	}
	ktb_trial_equal(trial, "before their soft expiry", early, 0);
	ktb_trial_expect(
		trial, same,
		"in one interrupt, the one with a range last: %u of %u, before its hard expiry: %u",
		same, try, between);
	if (!between)
		ktb_trial_skip(
			trial,
			"this machine is later than the hard expiry each time");
}

static void ktb_hrtimer_restart(struct ktb_trial *trial)
{
	const u32 times = 10;
	s64 moved_ns;

	ktb_alarm_make(ktb_alarm, ktb_alarm_again, HRTIMER_MODE_ABS_HARD);
	ktb_alarm->interval_ns = 2000000;
	ktb_alarm->restarts = times - 1;
	ktb_alarm_start(ktb_alarm, 1000000);
	ktb_alarm_wait(trial, ktb_alarm, times);
	schedule_timeout_idle(2);
	ktb_alarm_end(ktb_alarm);
	moved_ns = ktime_to_ns(hrtimer_get_expires(&ktb_alarm->timer)) -
		   ktb_alarm->asked_ns;
	ktb_trial_equal(trial, "callbacks, the last of which did not ask",
			ktb_sight_times(&ktb_alarm->sight), times);
	ktb_trial_equal(trial, "before their time", ktb_alarm->early, 0);
	ktb_trial_expect(
		trial, ktb_alarm->overruns >= times - 1,
		"hrtimer_forward_now() returned %llu in all, promised is 9 or more",
		ktb_alarm->overruns);
	ktb_trial_equal(trial, "by so many ns the expiry moved", moved_ns,
			ktb_alarm->overruns * ktb_alarm->interval_ns);
}

/* Bounded: it asks for so many more, and the expiry stays where it is. */
static enum hrtimer_restart ktb_hrtimer_fire_again(struct hrtimer *timer)
{
	struct ktb_alarm *alarm = ktb_alarm_of(timer);
	s64 expires_ns = ktime_to_ns(hrtimer_get_expires(timer));

	alarm->saw += expires_ns != (s64)alarm->asked_ns;
	ktb_alarm_see(alarm);
	return alarm->restarts-- ? HRTIMER_RESTART : HRTIMER_NORESTART;
}

static void ktb_hrtimer_restart_same(struct ktb_trial *trial)
{
	ktb_alarm_make(ktb_alarm, ktb_hrtimer_fire_again,
		       HRTIMER_MODE_ABS_HARD);
	ktb_alarm->restarts = 2;
	ktb_alarm_start(ktb_alarm, 1000000);
	ktb_alarm_wait(trial, ktb_alarm, 3);
	hrtimer_cancel(&ktb_alarm->timer);
	ktb_trial_equal(trial, "callbacks for 2 restarts",
			ktb_sight_times(&ktb_alarm->sight), 3);
	ktb_trial_equal(trial, "with another expiry than the first",
			ktb_alarm->saw, 0);
	ktb_trial_equal(trial, "early", ktb_alarm_is_early(ktb_alarm), 0);
}

static void ktb_hrtimer_one_shot(struct ktb_trial *trial)
{
	ktb_alarm_make(ktb_alarm, ktb_alarm_look, HRTIMER_MODE_REL_HARD);
	ktb_alarm_start(ktb_alarm, 500000);
	ktb_hrtimer_expect_once(trial);
	schedule_timeout_idle(2);
	ktb_trial_equal(trial, "callbacks some ticks later",
			ktb_sight_times(&ktb_alarm->sight), 1);
	ktb_trial_equal(trial, "hrtimer_active()",
			hrtimer_active(&ktb_alarm->timer), 0);
	ktb_alarm_end(ktb_alarm);
}

/* Not started: only arithmetic on a timer's expiry, of which all is known. */
static void ktb_hrtimer_forward(struct ktb_trial *trial)
{
	const u64 first_ns = 1000 * NSEC_PER_SEC, interval_ns = 10000000;
	struct hrtimer *timer = &ktb_alarm->timer;
	u64 after_ns, got, want;
	u32 i, wrong = 0, off = 0;

	ktb_alarm_make(ktb_alarm, ktb_alarm_look, HRTIMER_MODE_ABS_HARD);
	hrtimer_set_expires(timer, ns_to_ktime(first_ns));
	got = hrtimer_forward(timer, ns_to_ktime(first_ns - 1),
			      ns_to_ktime(interval_ns));
	ktb_trial_equal(trial, "overruns of a timer that has not expired", got,
			0);
	ktb_trial_equal(trial, "by so many ns that moved it",
			ktime_to_ns(hrtimer_get_expires(timer)) - first_ns, 0);
	for (i = 0; i < 100; i++) {
		after_ns = i * interval_ns / 3;
		want = i / 3 + 1;
		hrtimer_set_expires(timer, ns_to_ktime(first_ns));
		got = hrtimer_forward(timer, ns_to_ktime(first_ns + after_ns),
				      ns_to_ktime(interval_ns));
		wrong += got != want;
		off += ktime_to_ns(hrtimer_get_expires(timer)) !=
		       (s64)(first_ns + want * interval_ns);
	}
	ktb_trial_equal(trial, "of 100 overruns of 0 to 33 intervals, wrong",
			wrong, 0);
	ktb_trial_equal(trial,
			"expiries not on the first whole interval to come", off,
			0);
}

static void ktb_hrtimer_start_again(struct ktb_trial *trial)
{
	unsigned long flags;

	ktb_alarm_make(ktb_alarm, ktb_alarm_look, HRTIMER_MODE_REL_PINNED_HARD);
	ktb_alarm_start(ktb_alarm, KTB_ALARM_FAR_NS);
	ktb_alarm_start(ktb_alarm, 1000000);
	ktb_trial_say(trial, "from an hour away to 1 ms:");
	ktb_hrtimer_expect_once(trial);
	ktb_alarm_end(ktb_alarm);

	ktb_alarm_make(ktb_alarm, ktb_alarm_look, HRTIMER_MODE_REL_PINNED_HARD);
	/* It cannot fire on this CPU in between. */
	local_irq_save(flags);
	ktb_alarm_start(ktb_alarm, 1000);
	ktb_alarm_start(ktb_alarm, 20000000);
	local_irq_restore(flags);
	ktb_trial_say(trial, "from 1 us away to 20 ms:");
	ktb_hrtimer_expect_once(trial);
	ktb_alarm_end(ktb_alarm);
}

static enum hrtimer_restart ktb_hrtimer_fire_start(struct hrtimer *timer)
{
	struct ktb_alarm *alarm = ktb_alarm_of(timer);

	ktb_alarm_see(alarm);
	if (alarm->restarts) {
		alarm->restarts--;
		ktb_alarm_start(alarm, 1000000);
	}
	return HRTIMER_NORESTART;
}

static void ktb_hrtimer_start_itself(struct ktb_trial *trial)
{
	ktb_alarm_make(ktb_alarm, ktb_hrtimer_fire_start,
		       HRTIMER_MODE_REL_PINNED_HARD);
	ktb_alarm->restarts = 3;
	ktb_alarm_start(ktb_alarm, 1000000);
	ktb_alarm_wait(trial, ktb_alarm, 4);
	ktb_alarm_end(ktb_alarm);
	ktb_trial_equal(trial, "callbacks, of which 3 started it again",
			ktb_sight_times(&ktb_alarm->sight), 4);
	ktb_trial_equal(trial, "early", ktb_alarm_is_early(ktb_alarm), 0);
}

static const struct ktb_check ktb_hrtimer_checks[] = {
	{ "hard_never_early",
	  "An hrtimer that expires in the hard interrupt never runs before its time, absolute or relative.",
	  "kernel/time/hrtimer.c: __hrtimer_run_queues()",
	  ktb_hrtimer_hard_never_early },
	{ "soft_never_early",
	  "An hrtimer that expires in the softirq never runs before its time, absolute or relative.",
	  "kernel/time/hrtimer.c: hrtimer_run_softirq()",
	  ktb_hrtimer_soft_never_early },
	{ "range",
	  "hrtimer_start_range_ns() makes the time asked for the soft expiry, and that plus the range the hard one.",
	  "include/linux/hrtimer.h: hrtimer_set_expires_range_ns()",
	  ktb_hrtimer_range },
	{ "range_alone",
	  "A timer with a range never runs before its soft expiry; where nothing else happens, it runs at its hard one.",
	  "kernel/time/hrtimer.c: __hrtimer_run_queues()",
	  ktb_hrtimer_range_alone },
	{ "range_together",
	  "A timer with a range runs in the interrupt of another one that expires between its soft and its hard expiry, unless one with an earlier hard expiry is not due yet.",
	  "kernel/time/hrtimer.c: __hrtimer_run_queues()",
	  ktb_hrtimer_range_together },
	{ "one_shot",
	  "A callback that returns HRTIMER_NORESTART runs once; then the timer is not active.",
	  "kernel/time/hrtimer.c: __run_hrtimer()", ktb_hrtimer_one_shot },
	{ "restart",
	  "A callback that forwards its timer and returns HRTIMER_RESTART has a period: none is early, and the expiry stays a whole number of intervals from the first.",
	  "kernel/time/hrtimer.c: __run_hrtimer(), hrtimer_forward()",
	  ktb_hrtimer_restart },
	{ "restart_same",
	  "HRTIMER_RESTART does not forward: a callback that returns it alone runs again for the same expiry, at once.",
	  "kernel/time/hrtimer.c: __run_hrtimer()", ktb_hrtimer_restart_same },
	{ "forward",
	  "hrtimer_forward() moves the expiry by whole intervals until it is to come and returns how many; 0 if it had not come.",
	  "kernel/time/hrtimer.c: hrtimer_forward()", ktb_hrtimer_forward },
	{ "start_again",
	  "hrtimer_start() of an active timer moves it, to earlier or later; it fires at the new time only.",
	  "kernel/time/hrtimer.c: hrtimer_start_range_ns()",
	  ktb_hrtimer_start_again },
	{ "start_itself",
	  "A callback may start its own timer and return HRTIMER_NORESTART: it stays started.",
	  "kernel/time/hrtimer.c: __run_hrtimer()", ktb_hrtimer_start_itself },
};

KTB_SUBJECT_OF(hrtimer);
