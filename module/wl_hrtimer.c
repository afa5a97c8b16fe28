// SPDX-License-Identifier: GPL-2.0
/*
 * hrtimer: high-resolution timers with and without slack.
 *
 *	asked (soft expiry) ------------> hard expiry ------------> fired
 *	                     slack_used                 past_hard
 *
 * A range timer may fire anywhere up to its hard expiry, when another
 * interrupt comes by: that is slack used, allowed by whoever set it. What lies
 * past the hard expiry is the kernel's. Their sum is the lateness.
 *
 * A periodic timer is forwarded on its absolute schedule; in relative mode it
 * is started anew from the callback, and so drifts, by request. The expiry that
 * a sample is held against is always the kernel's own.
 */
#include <linux/irqflags.h>
#include <linux/math64.h>

#include "fleet.h"
#include "missed.h"

enum {
	KTB_HR_TIMERS,
	KTB_HR_PERIOD,
	KTB_HR_SHAPE,
	KTB_HR_SLACK,
	KTB_HR_PINNED,
	KTB_HR_CONTEXT,
	KTB_HR_MODE,
	KTB_HR_CLOCK,
};

enum {
	KTB_HR_PERIODIC,
	KTB_HR_ONESHOT,
};

enum {
	KTB_HR_HARD,
	KTB_HR_SOFT,
};

enum {
	KTB_HR_ABSOLUTE,
	KTB_HR_RELATIVE,
};

enum {
	KTB_HR_MONOTONIC,
	KTB_HR_REALTIME,
	KTB_HR_BOOTTIME,
	KTB_HR_TAI,
};

enum {
	KTB_HR_LATENESS,
	KTB_HR_SLACK_USED,
	KTB_HR_PAST_HARD,
	KTB_HR_MISSED,
};

enum {
	KTB_HR_CLOCK_SET = KTB_NR_TIMER_COUNTERS,
};

/* A hard callback keeps interrupts off: this many at once is a millisecond. */
#define KTB_HR_MAX_TIMERS 10000

/**
 * struct ktb_hr_clock - a clock that hrtimers run on
 * @id: for the kernel
 * @offset: what it is ahead of CLOCK_MONOTONIC by
 */
struct ktb_hr_clock {
	clockid_t id;
	enum tk_offsets offset;
};

static const struct ktb_hr_clock ktb_hr_clocks[] = {
	[KTB_HR_MONOTONIC] = { CLOCK_MONOTONIC, TK_OFFS_MAX },
	[KTB_HR_REALTIME] = { CLOCK_REALTIME, TK_OFFS_REAL },
	[KTB_HR_BOOTTIME] = { CLOCK_BOOTTIME, TK_OFFS_BOOT },
	[KTB_HR_TAI] = { CLOCK_TAI, TK_OFFS_TAI },
};

static const struct ktb_param ktb_hr_params[] = {
	[KTB_HR_TIMERS] = {
		.name = "timers", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = KTB_HR_MAX_TIMERS, .def = 1,
		.help = "timers on each CPU",
	},
	[KTB_HR_PERIOD] = {
		.name = "period", .unit = KTB_UNIT_NS,
		.min = 10 * NSEC_PER_USEC, .max = 3600 * NSEC_PER_SEC,
		.def = NSEC_PER_MSEC,
		.help = "period, or a one-shot's time from arming to expiry",
	},
	[KTB_HR_SHAPE] = {
		.name = "shape", .type = KTB_PARAM_ENUM,
		.choices = "periodic,oneshot",
		.min = 0, .max = KTB_HR_ONESHOT, .def = KTB_HR_PERIODIC,
		.help = "re-armed in the callback, or armed anew by a thread",
	},
	[KTB_HR_SLACK] = {
		.name = "slack", .unit = KTB_UNIT_NS,
		.min = 0, .max = 3600 * NSEC_PER_SEC, .def = 0,
		.help = "range between soft and hard expiry",
	},
	[KTB_HR_PINNED] = {
		.name = "pinned", .type = KTB_PARAM_BOOL,
		.min = 0, .max = 1, .def = 1,
		.help = "HRTIMER_MODE_PINNED",
	},
	[KTB_HR_CONTEXT] = {
		.name = "context", .type = KTB_PARAM_ENUM,
		.choices = "hard,soft",
		.min = 0, .max = KTB_HR_SOFT, .def = KTB_HR_HARD,
		.help = "HRTIMER_MODE_HARD: in the interrupt, on PREEMPT_RT too; HRTIMER_MODE_SOFT: in the softirq",
	},
	[KTB_HR_MODE] = {
		.name = "mode", .type = KTB_PARAM_ENUM,
		.choices = "absolute,relative",
		.min = 0, .max = KTB_HR_RELATIVE, .def = KTB_HR_ABSOLUTE,
		.help = "HRTIMER_MODE_ABS or HRTIMER_MODE_REL",
	},
	[KTB_HR_CLOCK] = {
		.name = "clock", .type = KTB_PARAM_ENUM,
		.choices = "monotonic,realtime,boottime,tai",
		.min = 0, .max = KTB_HR_TAI, .def = KTB_HR_MONOTONIC,
		.help = "the clock that the timers run on",
	},
};

static const struct ktb_metric ktb_hr_metrics[] = {
	KTB_DISTRIBUTION(
		"lateness", KTB_CONTEXT_ANY, KTB_METRIC_PRIMARY,
		"first instruction of the callback minus the soft expiry"),
	KTB_DISTRIBUTION("slack_used", KTB_CONTEXT_ANY, KTB_METRIC_PART,
			 "the part of the lateness that lies within the slack"),
	KTB_DISTRIBUTION(
		"past_hard", KTB_CONTEXT_ANY, KTB_METRIC_PART,
		"the part that lies past the hard expiry, of samples that have one"),
	KTB_MISSED_DISTRIBUTION(
		"lateness_missed", KTB_CONTEXT_ANY,
		"first instruction of the callback that came next minus the soft expiry of a period that it missed"),
	KTB_TIMER_COUNTERS,
	KTB_COUNTER("clock_set", KTB_METRIC_LOSS,
		    "places whose clock was set or suspended during the run"),
};

/**
 * struct ktb_hr_timer - one timer
 * @head: what all kinds of timers have
 * @timer: the kernel's
 * @due_ns: soft expiry, CLOCK_MONOTONIC
 */
struct ktb_hr_timer {
	struct ktb_timer head;
	struct hrtimer timer;
	u64 due_ns;
};

/**
 * struct ktb_hr_set - the timers of one place
 * @head: what all kinds of timers have
 * @period_ns: from one expiry to the next
 * @slack_ns: from soft to hard expiry
 * @offset_ns: the clock's lead over CLOCK_MONOTONIC
 * @clock: that timers run on
 * @mode: of hrtimer_start
 * @relative: started relative to now
 */
struct ktb_hr_set {
	struct ktb_set head;
	u64 period_ns;
	u64 slack_ns;
	u64 offset_ns;
	clockid_t clock;
	enum hrtimer_mode mode;
	bool relative;
};

static __always_inline struct ktb_hr_timer *
ktb_hr_timer(struct ktb_timer *timer)
{
	return container_of(timer, struct ktb_hr_timer, head);
}

static __always_inline struct ktb_hr_set *ktb_hr_set(struct ktb_set *set)
{
	return container_of(set, struct ktb_hr_set, head);
}

/*
 * Without slack both parts follow from the lateness, but for two things that it does
 * not keep: what came early, and the least of the rest. See ktb_hr_make_parts().
 */
static __always_inline void ktb_hr_record_without_slack(struct ktb_cell *cell,
							s64 lateness_ns)
{
	struct ktb_hist_area *past = &cell->hists[KTB_HR_PAST_HARD];

	if (unlikely(lateness_ns < 0))
		ktb_metric_add(&cell->hists[KTB_HR_SLACK_USED], lateness_ns);
	else if (lateness_ns < past->min)
		past->min = lateness_ns;
}

static __always_inline void ktb_hr_record(struct ktb_cell *cell,
					  struct ktb_hr_timer *ht, u64 now_ns)
{
	s64 slack_ns = ktb_hr_set(ht->head.set)->slack_ns;
	s64 lateness_ns = now_ns - ht->due_ns;
	s64 used_ns = min(lateness_ns, slack_ns);

	ktb_fleet_sample(cell, &ht->head, KTB_HR_LATENESS,
			 ktb_hrtimer_interrupts(&ht->timer), used_ns,
			 ht->due_ns, now_ns);
	if (slack_ns) {
		ktb_metric_add(&cell->hists[KTB_HR_SLACK_USED], used_ns);
		if (lateness_ns >= slack_ns)
			ktb_metric_add(&cell->hists[KTB_HR_PAST_HARD],
				       lateness_ns - slack_ns);
	} else {
		ktb_hr_record_without_slack(cell, lateness_ns);
	}
}

/* The periods that passed before this callback came; returns when the next is due. */
static noinline u64 ktb_hr_miss(struct ktb_cell *cell,
				const struct ktb_hr_timer *ht, u64 now_ns)
{
	u64 period_ns = ktb_hr_set(ht->head.set)->period_ns;
	struct ktb_missed missed = {
		.due_ns = ht->due_ns + period_ns,
		.period_ns = period_ns,
	};

	missed.nr = 1 + ktb_missed_steps(now_ns - missed.due_ns, period_ns);
	ktb_missed_keep(ht->head.set->run, cell, KTB_HR_MISSED,
			KTB_COUNT_MISSED, &missed, now_ns, 1);
	return missed.due_ns + missed.nr * period_ns;
}

/*
 * hrtimer_forward() goes by the hard expiry and would leave a range timer that
 * fired early within its range where it is, so the schedule is moved here.
 */
static __always_inline void ktb_hr_advance(struct ktb_cell *cell,
					   struct ktb_hr_timer *ht, u64 now_ns)
{
	u64 period_ns = ktb_hr_set(ht->head.set)->period_ns;
	u64 from_ns = ht->due_ns, due_ns = from_ns + period_ns;

	if (unlikely(due_ns <= now_ns))
		due_ns = ktb_hr_miss(cell, ht, now_ns);
	WRITE_ONCE(ht->due_ns, due_ns);
	hrtimer_add_expires_ns(&ht->timer, due_ns - from_ns);
}

static __always_inline void ktb_hr_start(struct ktb_hr_timer *ht, u64 when_ns)
{
	struct ktb_hr_set *set = ktb_hr_set(ht->head.set);

	hrtimer_start_range_ns(&ht->timer, ns_to_ktime(when_ns), set->slack_ns,
			       set->mode);
}

/* Started from now: when it is due is what the kernel then says. */
static __always_inline void ktb_hr_start_relative(struct ktb_hr_timer *ht,
						  u64 after_ns)
{
	ktb_hr_start(ht, after_ns);
	WRITE_ONCE(ht->due_ns,
		   ktime_to_ns(hrtimer_get_softexpires(&ht->timer)) -
			   ktb_hr_set(ht->head.set)->offset_ns);
}

static enum hrtimer_restart ktb_hr_fire(struct hrtimer *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_hr_timer *ht =
		container_of(timer, struct ktb_hr_timer, timer);
	struct ktb_hr_set *set = ktb_hr_set(ht->head.set);
	struct ktb_cell *cell = ktb_fleet_cell(&ht->head);

	if (unlikely(!cell))
		return HRTIMER_NORESTART;
	if (ktb_fleet_counts(cell, &ht->head, ht->due_ns))
		ktb_hr_record(cell, ht, now_ns);
	if (!ktb_fleet_goes_on(cell, &ht->head, now_ns))
		return HRTIMER_NORESTART;
	if (set->relative) {
		ktb_hr_start_relative(ht, set->period_ns);
		return HRTIMER_NORESTART;
	}
	ktb_hr_advance(cell, ht, now_ns);
	return HRTIMER_RESTART;
}

/*
 * The kernel puts relative timers of CLOCK_REALTIME on CLOCK_MONOTONIC, so that
 * setting the clock does not move them (__hrtimer_init(), "POSIX magic").
 */
static u64 ktb_hr_offset_ns(u32 clock, bool relative)
{
	if (clock == KTB_HR_MONOTONIC || (clock == KTB_HR_REALTIME && relative))
		return 0;
	return ktime_to_ns(ktime_mono_to_any(0, ktb_hr_clocks[clock].offset));
}

static int ktb_hr_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 period_ns = ktb_run_value(run, KTB_HR_PERIOD);
	u64 slack_ns = ktb_run_value(run, KTB_HR_SLACK);
	u64 timers = ktb_run_value(run, KTB_HR_TIMERS);

	run->nr_timers = run->nr_places * timers;
	run->timer_bytes = sizeof(struct ktb_hr_timer);
	run->migrates = !ktb_run_value(run, KTB_HR_PINNED);
	run->rate_hz = div64_u64(timers * NSEC_PER_SEC, period_ns);
	run->grace_ns = min_t(u64, 2 * NSEC_PER_SEC + slack_ns + period_ns,
			      60 * NSEC_PER_SEC);
	return 0;
}

static int ktb_hr_init_set(struct ktb_set *head)
{
	struct ktb_hr_set *set = ktb_hr_set(head);
	struct ktb_run *run = head->run;
	u32 clock = ktb_run_value(run, KTB_HR_CLOCK);
	bool hard = ktb_run_value(run, KTB_HR_CONTEXT) == KTB_HR_HARD;

	head->pinned = ktb_run_value(run, KTB_HR_PINNED);
	head->oneshot = ktb_run_value(run, KTB_HR_SHAPE) == KTB_HR_ONESHOT;
	set->period_ns = ktb_run_value(run, KTB_HR_PERIOD);
	set->slack_ns = ktb_run_value(run, KTB_HR_SLACK);
	set->clock = ktb_hr_clocks[clock].id;
	set->relative = ktb_run_value(run, KTB_HR_MODE) == KTB_HR_RELATIVE;
	set->offset_ns = ktb_hr_offset_ns(clock, set->relative);
	set->mode = (set->relative ? HRTIMER_MODE_REL : HRTIMER_MODE_ABS) |
		    (head->pinned ? HRTIMER_MODE_PINNED : 0) |
		    (hard ? HRTIMER_MODE_HARD : HRTIMER_MODE_SOFT);
	return 0;
}

static void ktb_hr_init_timer(struct ktb_timer *timer)
{
	struct ktb_hr_set *set = ktb_hr_set(timer->set);

	ktb_hrtimer_setup(&ktb_hr_timer(timer)->timer, ktb_hr_fire, set->clock,
			  set->mode);
}

/*
 * The expiry is published before the timer can fire, which it may at once; a
 * relative one is known to the kernel alone, so it starts with interrupts off,
 * on the CPU that will take the interrupt if the timer is pinned.
 */
static bool ktb_hr_arm_one(struct ktb_timer *timer)
{
	struct ktb_hr_set *set = ktb_hr_set(timer->set);
	struct ktb_hr_timer *ht = ktb_hr_timer(timer);
	u64 after_ns = set->period_ns, now_ns;
	unsigned long flags;
	bool home;

	if (!set->head.oneshot)
		after_ns = ktb_random_below(&set->head.random, set->period_ns);

	local_irq_save(flags);
	home = ktb_run_is_home(set->head.run, set->head.arm_cpu);
	if (!home)
		goto restore;
	now_ns = ktb_clock_ns();
	ktb_evidence_take(&timer->armed, now_ns);
	WRITE_ONCE(ht->due_ns, now_ns + after_ns);
	WRITE_ONCE(timer->state, KTB_TIMER_ARMED);
	if (set->relative)
		ktb_hr_start_relative(ht, after_ns);
	else
		ktb_hr_start(ht, ht->due_ns + set->offset_ns);
restore:
	local_irq_restore(flags);
	return home;
}

static void ktb_hr_arm(struct ktb_run *run, u32 place)
{
	ktb_fleet_arm(ktb_fleet_set(run, place));
}

/* One-shots: whatever has fired is armed again, a period later at the most. */
static long ktb_hr_again(struct ktb_run *run, u32 place)
{
	struct ktb_hr_set *set = ktb_hr_set(ktb_fleet_set(run, place));

	if (!set->head.oneshot)
		return HZ;
	ktb_fleet_arm(&set->head);
	return nsecs_to_jiffies(set->period_ns + set->slack_ns) + 1;
}

static bool ktb_hr_cancel(struct ktb_timer *timer)
{
	return hrtimer_cancel(&ktb_hr_timer(timer)->timer);
}

static u64 ktb_hr_due_ns(const struct ktb_timer *timer)
{
	const struct ktb_hr_timer *ht =
		container_of(timer, const struct ktb_hr_timer, head);

	return READ_ONCE(ht->due_ns);
}

static u32 ktb_hr_unfired(const struct ktb_timer *timer)
{
	return KTB_COUNT_UNFIRED;
}

/* What ktb_hr_record_without_slack() has left out: no sample used any slack. */
static void ktb_hr_make_parts(struct ktb_cell *cell)
{
	const struct ktb_hist_area *late = &cell->hists[KTB_HR_LATENESS];
	struct ktb_hist_area *used = &cell->hists[KTB_HR_SLACK_USED];
	struct ktb_hist_area *past = &cell->hists[KTB_HR_PAST_HARD];
	u64 count = late->count - late->early;

	if (!count)
		return;
	memcpy(past->bucket, late->bucket, sizeof(past->bucket));
	past->count = count;
	past->sum = late->sum - used->sum;
	past->sumsq_lo = late->sumsq_lo - used->sumsq_lo;
	past->sumsq_hi = late->sumsq_hi - used->sumsq_hi -
			 (late->sumsq_lo < used->sumsq_lo);
	past->max = late->max;
	past->overflow = late->overflow;

	used->count += count;
	used->bucket[0] += count;
	used->min = min_t(s64, used->min, 0);
	used->max = 0;
}

/* Samples are held against an offset that was read once; was it right? */
static void ktb_hr_collect(struct ktb_run *run)
{
	u32 clock = ktb_run_value(run, KTB_HR_CLOCK);
	struct ktb_hr_set *set;
	u32 place, i;

	for (i = 0; !ktb_run_value(run, KTB_HR_SLACK) && i < run->areas.nr; i++)
		ktb_hr_make_parts(run->areas.cells[i]);
	for (place = 0; place < run->nr_places; place++) {
		set = ktb_hr_set(ktb_fleet_set(run, place));
		if (set->offset_ns != ktb_hr_offset_ns(clock, set->relative))
			ktb_metric_count(ktb_areas_cell(&run->areas,
							set->head.cpu),
					 KTB_HR_CLOCK_SET);
	}
	ktb_fleet_collect(run);
}

static const struct ktb_fleet_ops ktb_hr_ops = {
	.set_bytes = sizeof(struct ktb_hr_set),
	.timer_bytes = sizeof(struct ktb_hr_timer),
	.init_set = ktb_hr_init_set,
	.init_timer = ktb_hr_init_timer,
	.arm = ktb_hr_arm_one,
	.cancel = ktb_hr_cancel,
	.due_ns = ktb_hr_due_ns,
	.unfired = ktb_hr_unfired,
};

static int ktb_hr_prepare(struct ktb_run *run)
{
	return ktb_fleet_prepare(run, &ktb_hr_ops,
				 ktb_run_value(run, KTB_HR_TIMERS));
}

const struct ktb_workload ktb_workload_hrtimer = {
	.name = "hrtimer",
	.help = "hrtimers: lateness, the slack used, and what lies past the hard expiry",
	.params = ktb_hr_params,
	.nr_params = ARRAY_SIZE(ktb_hr_params),
	.metrics = ktb_hr_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_hr_metrics),
	.disturbed = KTB_COUNT_DISTURBED,
	.contracts =
		"hrtimer.hard_never_early hrtimer.soft_never_early hrtimer.range hrtimer.restart_same hrtimer_cpu hrtimer_cancel.waits",
	.check = ktb_hr_check,
	.prepare = ktb_hr_prepare,
	.arm = ktb_hr_arm,
	.again = ktb_hr_again,
	.drained = ktb_fleet_drained,
	.quiesce = ktb_fleet_quiesce,
	.collect = ktb_hr_collect,
	.release = ktb_fleet_release,
};
