// SPDX-License-Identifier: GPL-2.0
/*
 * timer_wheel: timer_list timers, and how late they are, in parts.
 *
 *	asked ----------> rounded ----------> bucket ----------> fired
 *	       slack_used          wheel_slack         delivery
 *
 * asked: the expiry on the absolute schedule, in jiffies. rounded: what the
 * timer was armed with, after the slack parameter has moved it. bucket: when
 * the wheel will look at it, read from where the kernel queued the timer and
 * not computed from what we think it should have done. fired: the first thing
 * in the callback. Jiffies are told in ns by their edges on CLOCK_MONOTONIC.
 *
 * A periodic timer is re-armed by its own callback for asked + period; periods
 * that have passed already are missed, and have a distribution of their own.
 */
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "fleet.h"
#include "missed.h"
#include "wheel.h"

enum {
	KTB_WHEEL_TIMERS,
	KTB_WHEEL_KIND,
	KTB_WHEEL_SHAPE,
	KTB_WHEEL_DELAY,
	KTB_WHEEL_SPREAD,
	KTB_WHEEL_SLACK,
	KTB_WHEEL_BACKGROUND,
};

enum ktb_wheel_kind {
	KTB_WHEEL_PINNED,
	KTB_WHEEL_UNPINNED,
	KTB_WHEEL_DEFERRABLE,
	KTB_WHEEL_IRQSAFE,
};

enum ktb_wheel_shape {
	KTB_WHEEL_PERIODIC,
	KTB_WHEEL_ONESHOT,
	KTB_WHEEL_STORM,
};

enum {
	KTB_WHEEL_LATENESS,
	KTB_WHEEL_SLACK_USED,
	KTB_WHEEL_WHEEL_SLACK,
	KTB_WHEEL_DELIVERY,
	KTB_WHEEL_PENDING_SLACK,
	KTB_WHEEL_STORM_DRAIN,
	KTB_WHEEL_MISSED,
};

enum {
	KTB_WHEEL_DEFERRED = KTB_NR_TIMER_COUNTERS,
	KTB_WHEEL_PAST,
	KTB_WHEEL_SPLIT,
	KTB_WHEEL_LEVEL_0,
};

static const u32 ktb_wheel_flags[] = {
	[KTB_WHEEL_PINNED] = TIMER_PINNED,
	[KTB_WHEEL_UNPINNED] = 0,
	[KTB_WHEEL_DEFERRABLE] = TIMER_PINNED | TIMER_DEFERRABLE,
	[KTB_WHEEL_IRQSAFE] = TIMER_PINNED | TIMER_IRQSAFE,
};

static const struct ktb_param ktb_wheel_params[] = {
	[KTB_WHEEL_TIMERS] = {
		.name = "timers", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = KTB_MAX_TIMERS_PER_CPU, .def = 100,
		.help = "timers on each CPU",
	},
	[KTB_WHEEL_KIND] = {
		.name = "kind", .type = KTB_PARAM_ENUM,
		.choices = "pinned,unpinned,deferrable,irqsafe",
		.min = 0, .max = KTB_WHEEL_IRQSAFE, .def = KTB_WHEEL_PINNED,
		.help = "TIMER_PINNED by add_timer_on(), none, TIMER_DEFERRABLE or TIMER_IRQSAFE; the last two pinned as well",
	},
	[KTB_WHEEL_SHAPE] = {
		.name = "shape", .type = KTB_PARAM_ENUM,
		.choices = "periodic,oneshot,storm",
		.min = 0, .max = KTB_WHEEL_STORM, .def = KTB_WHEEL_PERIODIC,
		.help = "re-armed in the callback, armed anew by a thread, or all due in one jiffy over and over",
	},
	[KTB_WHEEL_DELAY] = {
		.name = "delay", .unit = KTB_UNIT_NS,
		.min = 1, .max = (s64)KTB_WHEEL_MAX_DELAY * TICK_NSEC,
		.def = 100 * NSEC_PER_MSEC,
		.help = "period, or time from arming to expiry; rounded up to jiffies",
	},
	[KTB_WHEEL_SPREAD] = {
		.name = "spread", .unit = KTB_UNIT_NS,
		.min = -1, .max = (s64)KTB_WHEEL_MAX_DELAY * TICK_NSEC,
		.def = -1,
		.help = "first expiries are drawn evenly from this span; -1: the period, an eighth of a one-shot's delay, nothing for a storm",
	},
	[KTB_WHEEL_SLACK] = {
		.name = "slack", .unit = KTB_UNIT_NS,
		.min = -1, .max = (s64)KTB_WHEEL_MAX_DELAY * TICK_NSEC,
		.def = 0,
		.help = "round the expiry up within this, as set_timer_slack() did until 4.8; -1: its default, 1/256 of the delay",
	},
	[KTB_WHEEL_BACKGROUND] = {
		.name = "background", .unit = KTB_UNIT_COUNT,
		.min = 0, .max = KTB_MAX_TIMERS, .def = 0,
		.help = "timers on each CPU that are pending far off and never fire",
	},
};

static const struct ktb_metric ktb_wheel_metrics[] = {
	KTB_DISTRIBUTION(
		"lateness", KTB_CONTEXT_SOFTIRQ, KTB_METRIC_PRIMARY,
		"first instruction of the callback minus the edge of the jiffy asked for"),
	KTB_DISTRIBUTION(
		"slack_used", KTB_CONTEXT_SOFTIRQ, KTB_METRIC_PART,
		"how far the slack parameter moved the expiry, by request"),
	KTB_DISTRIBUTION(
		"wheel_slack", KTB_CONTEXT_SOFTIRQ, KTB_METRIC_PART,
		"the edge of the wheel's bucket minus the expiry, by design"),
	KTB_DISTRIBUTION(
		"delivery", KTB_CONTEXT_SOFTIRQ, KTB_METRIC_PART,
		"the callback minus the edge of the wheel's bucket: the jitter"),
	KTB_DISTRIBUTION("pending_slack", KTB_CONTEXT_THREAD, 0,
			 "wheel slack of timers still pending at the end"),
	KTB_DISTRIBUTION(
		"storm_drain", KTB_CONTEXT_SOFTIRQ, 0,
		"from the first callback of a storm to its last, with the recording of all samples before it"),
	KTB_MISSED_DISTRIBUTION(
		"lateness_missed", KTB_CONTEXT_SOFTIRQ,
		"first instruction of the callback that came next minus the edge of a period that it missed"),
	KTB_TIMER_COUNTERS,
	KTB_COUNTER(
		"deferred", 0,
		"deferrable timers due in the window and still waiting for their CPU to wake up"),
	KTB_COUNTER("past", 0,
		    "expiries of timers that were armed for a jiffy gone by"),
	KTB_COUNTER("split", 0, "storms that did not expire in one go"),
	KTB_COUNTER("level_0", 0, "expiries from level 0 of the wheel"),
	KTB_COUNTER("level_1", 0, "expiries from level 1 of the wheel"),
	KTB_COUNTER("level_2", 0, "expiries from level 2 of the wheel"),
	KTB_COUNTER("level_3", 0, "expiries from level 3 of the wheel"),
	KTB_COUNTER("level_4", 0, "expiries from level 4 of the wheel"),
	KTB_COUNTER("level_5", 0, "expiries from level 5 of the wheel"),
	KTB_COUNTER("level_6", 0, "expiries from level 6 of the wheel"),
	KTB_COUNTER("level_7", 0, "expiries from level 7 of the wheel"),
	KTB_COUNTER("level_8", 0, "expiries from level 8 of the wheel"),
};

/**
 * struct ktb_wheel_timer - one timer
 * @head: what all kinds of timers have
 * @timer: the kernel's
 * @asked: the expiry on the absolute schedule, jiffies
 */
struct ktb_wheel_timer {
	struct ktb_timer head;
	struct timer_list timer;
	unsigned long asked;
};

/**
 * struct ktb_wheel_set - the timers of one place
 * @head: what all kinds of timers have
 * @flags: of timer_setup()
 * @shape: enum ktb_wheel_shape
 * @delay: jiffies
 * @slack: jiffies
 * @spread: jiffies
 * @base: the first expiry of a storm, jiffies
 * @last: the last expiry of a round, jiffies
 * @nr_background: timers that never fire
 * @background: those timers
 */
struct ktb_wheel_set {
	struct ktb_set head;
	u32 flags;
	u32 shape;
	unsigned long delay;
	unsigned long slack;
	unsigned long spread;
	unsigned long base;
	unsigned long last;
	u32 nr_background;
	struct timer_list *background;
};

static __always_inline struct ktb_wheel_timer *
ktb_wheel_timer(struct ktb_timer *timer)
{
	return container_of(timer, struct ktb_wheel_timer, head);
}

static __always_inline struct ktb_wheel_set *ktb_wheel_set(struct ktb_set *set)
{
	return container_of(set, struct ktb_wheel_set, head);
}

/* All timers of a storm ask for one jiffy, so that tells storms apart. */
static __always_inline void
ktb_wheel_count_storm(struct ktb_cell *cell, const struct ktb_wheel_timer *wt,
		      u64 now_ns)
{
	if (cell->storm.expiry != wt->asked || !cell->storm.fired) {
		if (cell->storm.fired)
			ktb_metric_count(cell, KTB_WHEEL_SPLIT);
		cell->storm.expiry = wt->asked;
		cell->storm.first_ns = now_ns;
		cell->storm.fired = 0;
	}
	if (++cell->storm.fired < wt->head.set->nr)
		return;
	cell->storm.fired = 0;
	ktb_metric_add(&cell->hists[KTB_WHEEL_STORM_DRAIN],
		       now_ns - cell->storm.first_ns);
}

static __always_inline void ktb_wheel_record(struct ktb_cell *cell,
					     struct ktb_wheel_timer *wt,
					     u64 due_ns, u64 now_ns)
{
	unsigned long rounded = wt->timer.expires;
	u32 index = ktb_wheel_index(&wt->timer);
	unsigned long bucket = ktb_wheel_bucket(index, rounded);
	struct ktb_wheel_set *set = ktb_wheel_set(wt->head.set);
	s64 allowed_ns;

	if (unlikely(!ktb_wheel_is_bucket(index, bucket))) {
		ktb_metric_count(cell, KTB_WHEEL_PAST);
		bucket = ktb_wheel_past_bucket(index, jiffies);
	}
	ktb_metric_count(cell, KTB_WHEEL_LEVEL_0 + ktb_wheel_level(index));
	if (set->shape == KTB_WHEEL_STORM)
		ktb_wheel_count_storm(cell, wt, now_ns);

	/* Whoever says deferrable allows any lateness. */
	allowed_ns = (s64)(bucket - wt->asked) * TICK_NSEC;
	if (set->flags & TIMER_DEFERRABLE)
		allowed_ns = now_ns - due_ns;
	ktb_fleet_sample(cell, &wt->head, KTB_WHEEL_LATENESS, bucket,
			 allowed_ns, due_ns, now_ns);
	ktb_metric_add(&cell->hists[KTB_WHEEL_SLACK_USED],
		       (s64)(rounded - wt->asked) * TICK_NSEC);
	ktb_metric_add(&cell->hists[KTB_WHEEL_WHEEL_SLACK],
		       (s64)(bucket - rounded) * TICK_NSEC);
	ktb_metric_add(&cell->hists[KTB_WHEEL_DELIVERY],
		       now_ns - ktb_clock_edge_ns(bucket));
}

/*
 * The periods from @asked on that passed before jiffy @now, while the callback that
 * came at @now_ns was late, or was there; returns the jiffy of the next.
 */
static noinline unsigned long ktb_wheel_miss(struct ktb_cell *cell,
					     const struct ktb_wheel_timer *wt,
					     unsigned long now, u64 now_ns)
{
	unsigned long delay = ktb_wheel_set(wt->head.set)->delay;
	struct ktb_missed missed = {
		.due_ns = ktb_clock_edge_ns(wt->asked),
		.period_ns = delay * TICK_NSEC,
		.nr = 1 + ktb_missed_steps(now - 1 - wt->asked, delay),
	};

	ktb_missed_keep(wt->head.set->run, cell, KTB_WHEEL_MISSED,
			KTB_COUNT_MISSED, &missed,
			max(now_ns, ktb_clock_edge_ns(now)), 1);
	return wt->asked + missed.nr * delay;
}

/* The next period that can still be met; the ones before it were missed. */
static __always_inline void
ktb_wheel_advance(struct ktb_cell *cell, struct ktb_wheel_timer *wt, u64 now_ns)
{
	unsigned long now = jiffies;

	wt->asked += ktb_wheel_set(wt->head.set)->delay;
	if (unlikely(time_before(wt->asked, now)))
		wt->asked = ktb_wheel_miss(cell, wt, now, now_ns);
}

static void ktb_wheel_fire(struct timer_list *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_wheel_timer *wt = ktb_timer_container_of(wt, timer, timer);
	u64 due_ns = ktb_clock_edge_ns(wt->asked);
	struct ktb_cell *cell = ktb_fleet_cell(&wt->head);

	if (unlikely(!cell))
		return;
	if (ktb_fleet_counts(cell, &wt->head, due_ns))
		ktb_wheel_record(cell, wt, due_ns, now_ns);
	if (!ktb_fleet_goes_on(cell, &wt->head, now_ns))
		return;
	ktb_wheel_advance(cell, wt, now_ns);
	mod_timer(timer, ktb_wheel_slacken(wt->asked,
					   ktb_wheel_set(wt->head.set)->slack));
}

static unsigned long ktb_wheel_jiffies(s64 ns)
{
	return DIV_ROUND_UP_ULL(ns, TICK_NSEC);
}

static unsigned long ktb_wheel_spread(struct ktb_run *run)
{
	s64 spread_ns = ktb_run_value(run, KTB_WHEEL_SPREAD);
	unsigned long delay =
		ktb_wheel_jiffies(ktb_run_value(run, KTB_WHEEL_DELAY));

	if (spread_ns >= 0)
		return ktb_wheel_jiffies(spread_ns);
	switch (ktb_run_value(run, KTB_WHEEL_SHAPE)) {
	case KTB_WHEEL_PERIODIC:
		return delay;
	case KTB_WHEEL_ONESHOT:
		return delay / 8;
	default:
		return 0;
	}
}

static int ktb_wheel_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 delay = ktb_wheel_jiffies(ktb_run_value(run, KTB_WHEEL_DELAY));
	u64 timers = ktb_run_value(run, KTB_WHEEL_TIMERS);
	u64 slack = max_t(s64, ktb_run_value(run, KTB_WHEEL_SLACK), 0);

	*what = KTB_WHAT_PARAM;
	if (ktb_run_value(run, KTB_WHEEL_SHAPE) == KTB_WHEEL_STORM &&
	    ktb_run_value(run, KTB_WHEEL_KIND) == KTB_WHEEL_UNPINNED) {
		/* A storm that scatters over CPUs has no one drain time. */
		*which = KTB_WHEEL_KIND;
		return -EOPNOTSUPP;
	}
	if (ktb_run_value(run, KTB_WHEEL_SHAPE) == KTB_WHEEL_STORM &&
	    ktb_wheel_spread(run)) {
		*which = KTB_WHEEL_SPREAD;
		return -EOPNOTSUPP;
	}

	*what = KTB_WHAT_NOTHING;
	run->nr_timers = run->nr_places *
			 (timers + ktb_run_value(run, KTB_WHEEL_BACKGROUND));
	run->timer_bytes = sizeof(struct ktb_wheel_timer);
	run->migrates = ktb_run_value(run, KTB_WHEEL_KIND) ==
			KTB_WHEEL_UNPINNED;
	run->rate_hz = timers * HZ / delay;
	run->grace_ns =
		min_t(u64, 2 * NSEC_PER_SEC + slack + (delay / 4) * TICK_NSEC,
		      60 * NSEC_PER_SEC);
	return 0;
}

static int ktb_wheel_init_background(struct ktb_wheel_set *set, u32 nr)
{
	u32 i;

	if (!nr)
		return 0;
	set->background =
		kvzalloc_node(array_size(nr, sizeof(*set->background)), KTB_GFP,
			      cpu_to_node(set->head.cpu));
	if (!set->background)
		return -ENOMEM;
	set->nr_background = nr;
	for (i = 0; i < nr; i++) {
		if (fatal_signal_pending(current))
			return -EINTR;
		/* Due in months; the callback is never called. */
		timer_setup(&set->background[i], ktb_wheel_fire, set->flags);
		cond_resched();
	}
	return 0;
}

static int ktb_wheel_init_set(struct ktb_set *head)
{
	struct ktb_wheel_set *set = ktb_wheel_set(head);
	struct ktb_run *run = head->run;
	s64 slack_ns = ktb_run_value(run, KTB_WHEEL_SLACK);
	u32 kind = ktb_run_value(run, KTB_WHEEL_KIND);

	set->flags = ktb_wheel_flags[kind];
	set->shape = ktb_run_value(run, KTB_WHEEL_SHAPE);
	set->delay = ktb_wheel_jiffies(ktb_run_value(run, KTB_WHEEL_DELAY));
	set->slack = slack_ns < 0 ? set->delay >> 8 :
				    div_s64(slack_ns, TICK_NSEC);
	set->spread = ktb_wheel_spread(run);
	head->pinned = kind != KTB_WHEEL_UNPINNED;
	head->oneshot = set->shape == KTB_WHEEL_ONESHOT;
	return ktb_wheel_init_background(
		set, ktb_run_value(run, KTB_WHEEL_BACKGROUND));
}

static void ktb_wheel_release_set(struct ktb_set *head)
{
	kvfree(ktb_wheel_set(head)->background);
}

static void ktb_wheel_init_timer(struct ktb_timer *timer)
{
	timer_setup(&ktb_wheel_timer(timer)->timer, ktb_wheel_fire,
		    ktb_wheel_set(timer->set)->flags);
}

static void ktb_wheel_start(struct ktb_wheel_set *set, struct timer_list *timer)
{
	if (set->head.pinned)
		add_timer_on(timer, set->head.cpu);
	else
		add_timer(timer);
}

/*
 * What arming a storm takes at worst, jiffies: 20 us a timer and a quarter of a
 * second, several times what an emulated CPU needs.
 */
static unsigned long ktb_wheel_arming(const struct ktb_wheel_set *set)
{
	return HZ / 4 + (unsigned long)set->head.nr * HZ / 50000;
}

/*
 * A storm must be armed whole before it is due, so its first expiry is put
 * off by what arming takes at worst; a periodic one by as little as possible.
 */
static unsigned long ktb_wheel_first(const struct ktb_wheel_set *set)
{
	switch (set->shape) {
	case KTB_WHEEL_STORM:
		return set->base;
	case KTB_WHEEL_ONESHOT:
		return jiffies + set->delay;
	default:
		return jiffies + 1;
	}
}

/* Of the background or not. It stands where the caller says that it does. */
static bool ktb_wheel_start_home(struct ktb_wheel_set *set,
				 struct timer_list *timer,
				 struct ktb_timer *head)
{
	bool home;

	preempt_disable();
	home = ktb_run_is_home(set->head.run, set->head.arm_cpu);
	if (home && head) {
		ktb_evidence_take(&head->armed, ktb_clock_ns());
		WRITE_ONCE(head->state, KTB_TIMER_ARMED);
	}
	if (home)
		ktb_wheel_start(set, timer);
	preempt_enable();
	return home;
}

static bool ktb_wheel_arm_one(struct ktb_timer *timer)
{
	struct ktb_wheel_set *set = ktb_wheel_set(timer->set);
	struct ktb_wheel_timer *wt = ktb_wheel_timer(timer);

	wt->asked = ktb_wheel_first(set);
	if (set->spread)
		wt->asked += ktb_random_below(&set->head.random, set->spread);
	wt->timer.expires = ktb_wheel_slacken(wt->asked, set->slack);
	if (time_after(wt->timer.expires, set->last))
		set->last = wt->timer.expires;
	return ktb_wheel_start_home(set, &wt->timer, timer);
}

static void ktb_wheel_arm(struct ktb_run *run, u32 place)
{
	struct ktb_wheel_set *set = ktb_wheel_set(ktb_fleet_set(run, place));
	struct timer_list *timer;
	u32 i;

	for (i = 0; i < set->nr_background && !READ_ONCE(run->stopping); i++) {
		timer = &set->background[i];
		timer->expires =
			jiffies + KTB_WHEEL_FAR_OFF +
			ktb_random_below(&set->head.random, KTB_WHEEL_FAR_OFF);
		if (!ktb_wheel_start_home(set, timer, NULL))
			return;
		cond_resched();
	}
	set->base = jiffies + max(set->delay, ktb_wheel_arming(set));
	set->last = jiffies;
	ktb_fleet_arm(&set->head);
}

/* One-shots are armed again when the last bucket of their round is over. */
static long ktb_wheel_again(struct ktb_run *run, u32 place)
{
	struct ktb_wheel_set *set = ktb_wheel_set(ktb_fleet_set(run, place));
	unsigned long over = set->last + (set->delay >> 3) + 4;

	if (!set->head.oneshot)
		return HZ;
	if (time_before(jiffies, over))
		return over - jiffies;
	set->last = jiffies;
	ktb_fleet_arm(&set->head);
	return 1;
}

static bool ktb_wheel_cancel(struct ktb_timer *timer)
{
	return ktb_timer_shutdown_sync(&ktb_wheel_timer(timer)->timer);
}

static void ktb_wheel_quiesce_set(struct ktb_set *head)
{
	struct ktb_wheel_set *set = ktb_wheel_set(head);
	u32 i;

	for (i = 0; i < set->nr_background; i++) {
		ktb_timer_shutdown_sync(&set->background[i]);
		cond_resched();
	}
}

static u64 ktb_wheel_due_ns(const struct ktb_timer *timer)
{
	const struct ktb_wheel_timer *wt =
		container_of(timer, const struct ktb_wheel_timer, head);

	return ktb_clock_edge_ns(READ_ONCE(wt->asked));
}

/* A deferrable timer may wait for its idle CPU for as long as it sleeps. */
static u32 ktb_wheel_unfired(const struct ktb_timer *timer)
{
	return ktb_wheel_set(timer->set)->flags & TIMER_DEFERRABLE ?
		       KTB_WHEEL_DEFERRED :
		       KTB_COUNT_UNFIRED;
}

/* The queue's index stays in the timer's flags after it is taken out. */
static void ktb_wheel_collect_one(struct ktb_cell *cell,
				  struct ktb_timer *timer)
{
	struct ktb_wheel_timer *wt = ktb_wheel_timer(timer);
	unsigned long expires = wt->timer.expires;
	u32 index = ktb_wheel_index(&wt->timer);
	unsigned long bucket = ktb_wheel_bucket(index, expires);

	if (ktb_wheel_is_bucket(index, bucket))
		ktb_metric_add(&cell->hists[KTB_WHEEL_PENDING_SLACK],
			       (s64)(bucket - expires) * TICK_NSEC);
}

static const struct ktb_fleet_ops ktb_wheel_ops = {
	.set_bytes = sizeof(struct ktb_wheel_set),
	.timer_bytes = sizeof(struct ktb_wheel_timer),
	.init_set = ktb_wheel_init_set,
	.init_timer = ktb_wheel_init_timer,
	.arm = ktb_wheel_arm_one,
	.cancel = ktb_wheel_cancel,
	.due_ns = ktb_wheel_due_ns,
	.collect = ktb_wheel_collect_one,
	.quiesce_set = ktb_wheel_quiesce_set,
	.release_set = ktb_wheel_release_set,
	.unfired = ktb_wheel_unfired,
};

static int ktb_wheel_prepare(struct ktb_run *run)
{
	return ktb_fleet_prepare(run, &ktb_wheel_ops,
				 ktb_run_value(run, KTB_WHEEL_TIMERS));
}

const struct ktb_workload ktb_workload_timer_wheel = {
	.name = "timer_wheel",
	.help = "timer_list timers: lateness by request, by design of the wheel, and by delivery",
	.flags = KTB_WORKLOAD_ARM_ELSEWHERE,
	.params = ktb_wheel_params,
	.nr_params = ARRAY_SIZE(ktb_wheel_params),
	.metrics = ktb_wheel_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_wheel_metrics),
	.disturbed = KTB_COUNT_DISTURBED,
	.contracts =
		"jiffies.clock timer_wheel timer_bucket.fires_0 timer_cpu.add_timer_on timer_cpu.irqsafe timer_delete.sync_waits",
	.check = ktb_wheel_check,
	.prepare = ktb_wheel_prepare,
	.arm = ktb_wheel_arm,
	.again = ktb_wheel_again,
	.drained = ktb_fleet_drained,
	.quiesce = ktb_fleet_quiesce,
	.collect = ktb_fleet_collect,
	.release = ktb_fleet_release,
};
