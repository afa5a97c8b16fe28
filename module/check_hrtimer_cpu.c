// SPDX-License-Identifier: GPL-2.0
/*
 * hrtimers: in which context and on which CPU the callback runs, told by its own
 * look around.
 */
#include <linux/hrtimer.h>
#include <linux/preempt.h>

#include "alarm.h"
#include "contract.h"

#define KTB_NR_FIRES 10

static struct ktb_alarm ktb_alarm;

/* Run one here and one on the other CPU; what each saw is checked by @expect. */
static void ktb_hrtimer_cpu_context(struct ktb_trial *trial,
				    enum hrtimer_mode mode,
				    void (*expect)(struct ktb_trial *trial,
						   const struct ktb_sight *))
{
	u32 cpus[] = { trial->cpu, trial->other };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(cpus); i++) {
		ktb_alarm_make(&ktb_alarm, ktb_alarm_look, mode);
		ktb_alarm_start_on(&ktb_alarm, cpus[i], 500000);
		if (ktb_alarm_wait(trial, &ktb_alarm, 1)) {
			ktb_sight_say(trial, &ktb_alarm.sight);
			expect(trial, &ktb_alarm.sight);
		}
		ktb_alarm_end(&ktb_alarm);
	}
}

static void ktb_hrtimer_cpu_expect_hard(struct ktb_trial *trial,
					const struct ktb_sight *sight)
{
	ktb_trial_equal(trial, "in a hard interrupt", sight->in_hardirq, 1);
	ktb_trial_equal(trial, "interrupts off", sight->irqs_off, 1);
}

static void ktb_hrtimer_cpu_expect_soft(struct ktb_trial *trial,
					const struct ktb_sight *sight)
{
	bool nested = sight->preempt_count & (SOFTIRQ_MASK | HARDIRQ_MASK);

	ktb_trial_equal(trial, "serving a softirq", sight->in_softirq, 1);
	ktb_trial_equal(trial, "in a hard interrupt", sight->in_hardirq, 0);
	ktb_trial_equal(trial, "interrupts off", sight->irqs_off, 0);
	ktb_trial_equal(trial, "preempt_count says that a task is interrupted",
			nested, !IS_ENABLED(CONFIG_PREEMPT_RT));
}

static void ktb_hrtimer_cpu_hard(struct ktb_trial *trial)
{
	ktb_hrtimer_cpu_context(trial, HRTIMER_MODE_REL_PINNED_HARD,
				ktb_hrtimer_cpu_expect_hard);
}

static void ktb_hrtimer_cpu_soft(struct ktb_trial *trial)
{
	ktb_hrtimer_cpu_context(trial, HRTIMER_MODE_REL_PINNED_SOFT,
				ktb_hrtimer_cpu_expect_soft);
}

static void ktb_hrtimer_cpu_plain(struct ktb_trial *trial)
{
	ktb_hrtimer_cpu_context(trial, HRTIMER_MODE_REL_PINNED,
				IS_ENABLED(CONFIG_PREEMPT_RT) ?
					ktb_hrtimer_cpu_expect_soft :
					ktb_hrtimer_cpu_expect_hard);
}

static enum hrtimer_restart ktb_hrtimer_cpu_see(struct hrtimer *timer)
{
	struct ktb_alarm *alarm = ktb_alarm_of(timer);

	/* How often it ran where it was not started. */
	alarm->saw += raw_smp_processor_id() != (u32)alarm->overruns;
	ktb_alarm_see(alarm);
	if (!alarm->restarts)
		return HRTIMER_NORESTART;
	alarm->restarts--;
	hrtimer_forward_now(timer, ns_to_ktime(alarm->interval_ns));
	return HRTIMER_RESTART;
}

static void ktb_hrtimer_cpu_expect_stays(struct ktb_trial *trial,
					 enum hrtimer_mode mode)
{
	ktb_alarm_make(&ktb_alarm, ktb_hrtimer_cpu_see, mode);
	ktb_alarm.interval_ns = 1000000;
	ktb_alarm.restarts = KTB_NR_FIRES - 1;
	ktb_alarm.overruns = trial->other;
	ktb_alarm_start_on(&ktb_alarm, trial->other, 1000000);
	ktb_alarm_wait(trial, &ktb_alarm, KTB_NR_FIRES);
	ktb_alarm_end(&ktb_alarm);
	ktb_trial_say(trial, "%s, %u callbacks, started on CPU %u:",
		      mode & HRTIMER_MODE_SOFT ? "soft" : "hard",
		      ktb_sight_times(&ktb_alarm.sight), trial->other);
	ktb_trial_equal(trial, "on another CPU", ktb_alarm.saw, 0);
}

static void ktb_hrtimer_cpu_pinned(struct ktb_trial *trial)
{
	if (!ktb_trial_needs_two(trial))
		return;
	ktb_hrtimer_cpu_expect_stays(trial, HRTIMER_MODE_REL_PINNED_HARD);
	ktb_hrtimer_cpu_expect_stays(trial, HRTIMER_MODE_REL_PINNED_SOFT);
}

static const struct ktb_check ktb_hrtimer_cpu_checks[] = {
	{ "hard",
	  "With HRTIMER_MODE_HARD the callback runs in the hard interrupt, on PREEMPT_RT too.",
	  "include/linux/hrtimer.h: HRTIMER_MODE_HARD", ktb_hrtimer_cpu_hard },
	{ "soft",
	  "With HRTIMER_MODE_SOFT the callback runs in the softirq with interrupts on; on PREEMPT_RT in a thread that serves it.",
	  "include/linux/hrtimer.h: HRTIMER_MODE_SOFT; kernel/time/hrtimer.c: hrtimer_run_softirq()",
	  ktb_hrtimer_cpu_soft },
	{ "plain",
	  "With neither the callback runs in the hard interrupt, but on PREEMPT_RT in the softirq.",
	  "kernel/time/hrtimer.c: __hrtimer_setup()", ktb_hrtimer_cpu_plain },
	{ "pinned",
	  "With HRTIMER_MODE_PINNED the callback runs on the CPU that starts the timer, and stays there when it restarts.",
	  "include/linux/hrtimer.h: HRTIMER_MODE_PINNED",
	  ktb_hrtimer_cpu_pinned },
};

KTB_SUBJECT_OF(hrtimer_cpu);
