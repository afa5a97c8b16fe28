// SPDX-License-Identifier: GPL-2.0
/*
 * Timers of the wheel: on which CPU and in which context the callback runs. The
 * context is told by the callback's own look around, never by sleeping there.
 */
#include <linux/cpumask.h>
#include <linux/hrtimer.h>
#include <linux/jiffies.h>
#include <linux/ktime.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/smp.h>
#include <linux/timer.h>

#include "bell.h"
#include "compat.h"
#include "contract.h"

#define KTB_NR_TIMERS	  20
/* How long a deferrable timer is watched before it gets help. */
#define KTB_WATCH_JIFFIES 6
/* How often an idle CPU is looked for. */
#define KTB_NR_DEFERRED	  15

static struct ktb_bell ktb_timers[KTB_NR_TIMERS];
static struct ktb_bell *const ktb_timer = &ktb_timers[0];
static struct ktb_bell *const ktb_helper = &ktb_timers[1];

static u32 ktb_timer_cpu_flag_cpu(const struct timer_list *timer)
{
	return READ_ONCE(timer->flags) & TIMER_CPUMASK;
}

static bool ktb_timer_cpu_is_pinned(const struct timer_list *timer)
{
	return READ_ONCE(timer->flags) & TIMER_PINNED;
}

/* Arm on a CPU for the next ticks. */
static void ktb_timer_cpu_add_on(struct ktb_bell *bell, u32 cpu,
				 unsigned long delay)
{
	bell->asked = jiffies + delay;
	bell->timer.expires = bell->asked;
	add_timer_on(&bell->timer, cpu);
}

/* What is said of an interrupt's softirq, and of a thread that serves it. */
static void ktb_timer_cpu_expect_softirq(struct ktb_trial *trial,
					 const struct ktb_sight *sight)
{
	bool nested = sight->preempt_count & (SOFTIRQ_MASK | HARDIRQ_MASK);

	ktb_sight_say(trial, sight);
	ktb_trial_equal(trial, "serving a softirq", sight->in_softirq, 1);
	ktb_trial_equal(trial, "in a hard interrupt", sight->in_hardirq, 0);
	ktb_trial_equal(trial, "preempt_count says that a task is interrupted",
			nested, !IS_ENABLED(CONFIG_PREEMPT_RT));
}

static void ktb_timer_cpu_context(struct ktb_trial *trial, u32 flags,
				  bool irqs_off)
{
	u32 cpus[] = { trial->cpu, trial->other };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cpus); i++) {
		ktb_bell_make(ktb_timer, ktb_bell_look, TIMER_PINNED | flags);
		ktb_timer_cpu_add_on(ktb_timer, cpus[i], 1);
		if (ktb_bell_wait(trial, ktb_timer, 1)) {
			ktb_timer_cpu_expect_softirq(trial, &ktb_timer->sight);
			ktb_trial_equal(trial, "interrupts off",
					ktb_timer->sight.irqs_off, irqs_off);
		}
		ktb_bell_end(ktb_timer);
	}
}

static void ktb_timer_cpu_softirq(struct ktb_trial *trial)
{
	ktb_timer_cpu_context(trial, 0, false);
}

static void ktb_timer_cpu_irqsafe(struct ktb_trial *trial)
{
	ktb_timer_cpu_context(trial, TIMER_IRQSAFE, true);
}

static void ktb_timer_cpu_add_timer_on(struct ktb_trial *trial)
{
	u32 i, cpu, wrong = 0, early = 0;
	struct ktb_bell *timer;

	for (i = 0; i < KTB_NR_TIMERS; i++) {
		timer = &ktb_timers[i];
		/* Pinned: from 6.9 on it always is, and before that it may be. */
		ktb_bell_make(timer, ktb_bell_look, TIMER_PINNED);
		ktb_timer_cpu_add_on(timer, i % 2 ? trial->cpu : trial->other,
				     1 + i / 4);
	}
	for (i = 0; i < KTB_NR_TIMERS; i++) {
		timer = &ktb_timers[i];
		cpu = i % 2 ? trial->cpu : trial->other;
		ktb_bell_wait(trial, timer, 1);
		ktb_bell_end(timer);
		wrong += timer->sight.cpu != cpu;
		early += !ktb_bell_is_late(timer);
	}
	ktb_trial_say(trial, "%u timers, for CPUs %u and %u in turn",
		      KTB_NR_TIMERS, trial->other, trial->cpu);
	ktb_trial_equal(trial, "that ran on another CPU", wrong, 0);
	ktb_trial_equal(trial, "that ran early", early, 0);
}

static void ktb_timer_cpu_add_timer_on_pins(struct ktb_trial *trial)
{
	bool pinned;

	ktb_bell_make(ktb_timer, ktb_bell_look, 0);
	ktb_timer_cpu_add_on(ktb_timer, trial->other, 1);
	ktb_bell_wait(trial, ktb_timer, 1);
	ktb_bell_end(ktb_timer);
	pinned = ktb_timer_cpu_is_pinned(&ktb_timer->timer);
	ktb_trial_equal(trial, "it ran on the CPU asked for",
			ktb_timer->sight.cpu == trial->other, 1);
	ktb_trial_equal(trial, "TIMER_PINNED, which timer_setup() did not get",
			pinned, KTB_PULLS_TIMERS);
	if (!KTB_PULLS_TIMERS)
		ktb_trial_changed(
			trial,
			"before 6.9 add_timer_on() chooses the CPU of this one expiry and sets no flag");
}

static void ktb_timer_cpu_fire_stays(struct timer_list *timer)
{
	struct ktb_bell *bell = ktb_bell_of(timer);

	/* How often it ran where it should not have. */
	bell->saw += raw_smp_processor_id() != (u32)bell->at[0];
	ktb_sight_take(&bell->sight);
	if (bell->rearms) {
		bell->rearms--;
		mod_timer(timer, jiffies + 1);
	}
}

static void ktb_timer_cpu_pinned_stays(struct ktb_trial *trial)
{
	const u32 times = 20;

	ktb_bell_make(ktb_timer, ktb_timer_cpu_fire_stays, TIMER_PINNED);
	ktb_timer->at[0] = trial->other;
	ktb_timer->rearms = times - 1;
	ktb_timer_cpu_add_on(ktb_timer, trial->other, 1);
	ktb_bell_wait(trial, ktb_timer, times);
	ktb_bell_end(ktb_timer);
	ktb_trial_say(trial, "%u callbacks on CPU %u, re-armed there",
		      ktb_sight_times(&ktb_timer->sight), trial->other);
	ktb_trial_equal(trial, "callbacks on another CPU", ktb_timer->saw, 0);
}

static void ktb_timer_cpu_pinned_follows(struct ktb_trial *trial)
{
	u32 was;

	if (!ktb_trial_needs_two(trial))
		return;
	ktb_bell_make(ktb_timer, ktb_bell_look, TIMER_PINNED);
	ktb_timer_cpu_add_on(ktb_timer, trial->other, KTB_BELL_FAR);
	was = ktb_timer_cpu_flag_cpu(&ktb_timer->timer);
	ktb_trial_equal(trial, "added on the other CPU, queued there",
			was == trial->other, 1);
	mod_timer(&ktb_timer->timer, jiffies + 1);
	ktb_bell_wait(trial, ktb_timer, 1);
	ktb_bell_end(ktb_timer);
	ktb_trial_expect(trial, ktb_timer->sight.cpu == trial->cpu,
			 "queued on CPU %u, modified on CPU %u, ran on CPU %u",
			 was, trial->cpu, ktb_timer->sight.cpu);
}

/* Runs on the other CPU, which has nothing else to do: in its interrupt. */
static void ktb_timer_cpu_arm_all(void *unused)
{
	struct ktb_bell *timer;
	u32 i;

	for (i = 0; i < KTB_NR_TIMERS; i++) {
		timer = &ktb_timers[i];
		timer->asked = jiffies + 1 + i;
		mod_timer(&timer->timer, timer->asked);
		timer->at[0] = ktb_timer_cpu_flag_cpu(&timer->timer);
	}
}

/**
 * struct ktb_tally - what became of the timers that one CPU armed
 * @away_queue: were queued on another one
 * @away_fire: ran on another one
 * @parted: ran on another one than the one they were queued on
 * @early: ran early
 */
struct ktb_tally {
	u32 away_queue;
	u32 away_fire;
	u32 parted;
	u32 early;
};

static void ktb_timer_cpu_tally(struct ktb_trial *trial, u32 flags,
				struct ktb_tally *tally)
{
	struct ktb_bell *timer;
	u32 i;

	for (i = 0; i < KTB_NR_TIMERS; i++)
		ktb_bell_make(&ktb_timers[i], ktb_bell_look, flags);
	smp_call_function_single(trial->other, ktb_timer_cpu_arm_all, NULL, 1);
	for (i = 0; i < KTB_NR_TIMERS; i++) {
		timer = &ktb_timers[i];
		ktb_bell_wait(trial, timer, 1);
		ktb_bell_end(timer);
		tally->away_queue += timer->at[0] != trial->other;
		tally->away_fire += timer->sight.cpu != trial->other;
		tally->parted += timer->at[0] != timer->sight.cpu;
		tally->early += !ktb_bell_is_late(timer);
	}
	ktb_trial_say(
		trial,
		"of %u armed on CPU %u, were queued on another CPU: %u, ran on another: %u, ran elsewhere than queued: %u",
		KTB_NR_TIMERS, trial->other, tally->away_queue,
		tally->away_fire, tally->parted);
}

static void ktb_timer_cpu_pinned(struct ktb_trial *trial)
{
	struct ktb_tally tally = { 0 };

	if (!ktb_trial_needs_two(trial))
		return;
	ktb_timer_cpu_tally(trial, TIMER_PINNED, &tally);
	ktb_trial_equal(trial, "queued on another CPU", tally.away_queue, 0);
	ktb_trial_equal(trial, "ran on another CPU", tally.away_fire, 0);
}

static void ktb_timer_cpu_unpinned(struct ktb_trial *trial)
{
	struct ktb_tally tally = { 0 };

	if (!ktb_trial_needs_two(trial))
		return;
	ktb_timer_cpu_tally(trial, 0, &tally);
	ktb_trial_equal(trial, "ran early", tally.early, 0);
	if (KTB_PULLS_TIMERS) {
		ktb_trial_equal(trial, "queued on another CPU",
				tally.away_queue, 0);
		return;
	}
	ktb_trial_equal(trial, "ran elsewhere than queued", tally.parted, 0);
	ktb_trial_changed(
		trial,
		"before 6.9 it is put on a busy CPU when it is armed, and runs there");
}

/*
 * Arm it on a CPU that is idle as far as this check has to do with it. What it
 * waits for is any other cause to wake; in the end it gets one. Returns whether it
 * waited for that.
 */
static bool ktb_timer_cpu_try_deferrable(struct ktb_trial *trial, u32 cpu,
					 u32 *wrong)
{
	ktime_t watch = ns_to_ktime(KTB_WATCH_JIFFIES * TICK_NSEC);
	bool waited;

	ktb_bell_make(ktb_timer, ktb_bell_look,
		      TIMER_DEFERRABLE | TIMER_PINNED);
	ktb_bell_make(ktb_helper, ktb_bell_look, TIMER_PINNED);
	ktb_timer_cpu_add_on(ktb_timer, cpu, 2);
	/* One pinned wake-up: any other may be served by the idle CPU. */
	set_current_state(TASK_IDLE);
	schedule_hrtimeout(&watch, HRTIMER_MODE_REL_PINNED);
	waited = !ktb_sight_times(&ktb_timer->sight);
	if (waited) {
		ktb_timer_cpu_add_on(ktb_helper, cpu, 1);
		ktb_bell_wait(trial, ktb_helper, 1);
	}
	ktb_bell_wait(trial, ktb_timer, 1);
	ktb_bell_end(ktb_helper);
	ktb_bell_end(ktb_timer);
	*wrong += !ktb_bell_is_late(ktb_timer) || ktb_timer->sight.cpu != cpu;
	ktb_trial_say(trial,
		      "on CPU %u it ran %ld jiffies after the one asked for%s",
		      cpu, (long)(ktb_timer->sight.jiffy - ktb_timer->asked),
		      waited ? ", with a timer that is not deferrable" : "");
	return waited;
}

/* Any other CPU will do, if only it is idle for a while. */
static void ktb_timer_cpu_deferrable(struct ktb_trial *trial)
{
	u32 i, cpu = trial->other, wrong = 0;
	bool waited = false;

	if (!ktb_trial_needs_two(trial))
		return;
	for (i = 0; i < KTB_NR_DEFERRED && !waited; i++) {
		if (i)
			schedule_timeout_idle(HZ / 10);
		waited = ktb_timer_cpu_try_deferrable(trial, cpu, &wrong);
		do
			cpu = ktb_contract_next(cpu, cpu_online_mask);
		while (cpu == trial->cpu);
	}
	ktb_trial_equal(trial, "ran early, or on another CPU", wrong, 0);
	if (!waited)
		ktb_trial_skip(
			trial,
			"no other CPU stopped its tick while it was watched");
}

static const struct ktb_check ktb_timer_cpu_checks[] = {
	{ "softirq",
	  "A callback runs in the timer softirq with interrupts on; on PREEMPT_RT in a thread that serves it, with nothing nested in preempt_count.",
	  "kernel/time/timer.c: run_timer_softirq(), expire_timers()",
	  ktb_timer_cpu_softirq },
	{ "irqsafe",
	  "With TIMER_IRQSAFE the callback runs in the same place with interrupts off.",
	  "kernel/time/timer.c: expire_timers()", ktb_timer_cpu_irqsafe },
	{ "add_timer_on",
	  "add_timer_on() has the callback run on the CPU that it names.",
	  "kernel/time/timer.c: add_timer_on()", ktb_timer_cpu_add_timer_on },
	{ "add_timer_on_pins",
	  "add_timer_on() sets TIMER_PINNED, which stays set.",
	  "kernel/time/timer.c: add_timer_on()",
	  ktb_timer_cpu_add_timer_on_pins },
	{ "pinned_stays",
	  "A pinned timer that its own callback re-arms stays on its CPU.",
	  "kernel/time/timer.c: __mod_timer()", ktb_timer_cpu_pinned_stays },
	{ "pinned_follows",
	  "A pinned timer belongs to the CPU that arms it last: modified on another CPU, it runs there.",
	  "kernel/time/timer.c: __mod_timer()", ktb_timer_cpu_pinned_follows },
	{ "pinned",
	  "A timer that is set up with TIMER_PINNED runs on the CPU that calls mod_timer(), idle or not: what mod_timer_pinned() did until 4.8.",
	  "include/linux/timer.h: TIMER_PINNED", ktb_timer_cpu_pinned },
	{ "unpinned",
	  "A timer that is not pinned is queued on the CPU that arms it; another one may run it while that one is idle.",
	  "kernel/time/timer.c: __mod_timer(), kernel/time/timer_migration.c",
	  ktb_timer_cpu_unpinned },
	{ "deferrable",
	  "A deferrable timer is never early, does not wake an idle CPU, and fires with the next timer that does.",
	  "include/linux/timer.h: TIMER_DEFERRABLE", ktb_timer_cpu_deferrable },
};

KTB_SUBJECT_OF(timer_cpu);
