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
 * that have passed already are counted as missed, never measured as late.
 */
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "wheel.h"
#include "workload.h"

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
	KTB_DISTRIBUTION("storm_drain", KTB_CONTEXT_SOFTIRQ, 0,
			 "from the first callback of a storm to its last"),
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

/* What a timer is doing; written by whoever arms it and by its callback. */
enum ktb_wheel_state {
	KTB_WHEEL_IDLE,
	KTB_WHEEL_ARMED,
	KTB_WHEEL_CANCELLED,
};

struct ktb_wheel_set;

/**
 * struct ktb_wheel_timer - one timer
 * @timer: the kernel's
 * @armed: the CPU's counts when it was armed
 * @asked: the expiry on the absolute schedule, jiffies
 * @set: of its place
 * @number: within its place
 * @state: enum ktb_wheel_state
 */
struct ktb_wheel_timer {
	struct timer_list timer;
	struct ktb_evidence armed;
	unsigned long asked;
	struct ktb_wheel_set *set;
	u32 number;
	u32 state;
};

/**
 * struct ktb_wheel_set - the timers of one place
 * @run: the run
 * @delay: jiffies
 * @slack: jiffies, -1 for the old default
 * @spread: jiffies
 * @shape: enum ktb_wheel_shape
 * @pinned: must fire on @cpu
 * @cpu: the place's
 * @nr: how many timers
 * @nr_background: how many that never fire
 * @random: stream of phases
 * @last: the last bucket of a one-shot round, jiffies
 * @timers: the timers
 * @background: the ones that never fire
 */
struct ktb_wheel_set {
	struct ktb_run *run;
	unsigned long delay;
	long slack;
	unsigned long spread;
	u32 shape;
	bool pinned;
	u32 cpu;
	u32 nr;
	u32 nr_background;
	u64 random;
	unsigned long last;
	struct ktb_wheel_timer *timers;
	struct timer_list *background;
};

static unsigned long ktb_wheel_rounded(const struct ktb_wheel_set *set,
				       unsigned long asked)
{
	return ktb_wheel_slacken(asked,
				 set->slack < 0 ? set->delay >> 8 : set->slack);
}

static __always_inline void ktb_wheel_count_instant(struct ktb_cell *cell,
						    unsigned long bucket)
{
	if (cell->instant == bucket)
		return;
	cell->instant = bucket;
	ktb_metric_count(cell, KTB_COUNT_INSTANTS);
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
	if (++cell->storm.fired < wt->set->nr)
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
	struct ktb_sample sample = {
		.value_ns = now_ns - due_ns,
		.due_ns = due_ns,
		.fired_ns = now_ns,
		.armed = &wt->armed,
		.timer = wt->number,
		.armed_area = wt->set->run->areas.index_of_cpu[wt->armed.cpu],
	};

	if (unlikely(!ktb_wheel_is_bucket(index, bucket))) {
		ktb_metric_count(cell, KTB_WHEEL_PAST);
		bucket = ktb_wheel_past_bucket(index, jiffies);
	}
	if (wt->armed.cpu != cell->area->cpu)
		ktb_metric_count(cell, KTB_COUNT_MIGRATED);
	ktb_metric_count(cell, KTB_WHEEL_LEVEL_0 + ktb_wheel_level(index));
	ktb_wheel_count_instant(cell, bucket);
	if (wt->set->shape == KTB_WHEEL_STORM)
		ktb_wheel_count_storm(cell, wt, now_ns);

	ktb_metric_sample(cell, KTB_WHEEL_LATENESS, &sample);
	ktb_metric_add(&cell->hists[KTB_WHEEL_SLACK_USED],
		       (s64)(rounded - wt->asked) * TICK_NSEC);
	ktb_metric_add(&cell->hists[KTB_WHEEL_WHEEL_SLACK],
		       (s64)(bucket - rounded) * TICK_NSEC);
	ktb_metric_add(&cell->hists[KTB_WHEEL_DELIVERY],
		       now_ns - ktb_clock_edge_ns(bucket));
}

/* The next period that can still be met; the ones before it were missed. */
static __always_inline void ktb_wheel_advance(struct ktb_cell *cell,
					      struct ktb_wheel_timer *wt)
{
	struct ktb_wheel_set *set = wt->set;
	unsigned long now = jiffies;

	wt->asked += set->delay;
	while (unlikely(time_before(wt->asked, now))) {
		if (ktb_run_records(set->run, ktb_clock_edge_ns(wt->asked)))
			ktb_metric_count(cell, KTB_COUNT_MISSED);
		wt->asked += set->delay;
	}
}

static void ktb_wheel_fire(struct timer_list *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_wheel_timer *wt = ktb_timer_container_of(wt, timer, timer);
	struct ktb_wheel_set *set = wt->set;
	struct ktb_run *run = set->run;
	struct ktb_cell *cell =
		ktb_areas_cell(&run->areas, raw_smp_processor_id());
	u64 due_ns = ktb_clock_edge_ns(wt->asked);

	/* A pinned timer on a CPU without an area: its own CPU went away. */
	if (unlikely(!cell)) {
		ktb_run_abort(run, KTB_REASON_HOTPLUG, set->cpu);
		WRITE_ONCE(wt->state, KTB_WHEEL_IDLE);
		return;
	}

	if (!ktb_run_records(run, due_ns)) {
		ktb_metric_count(cell, KTB_COUNT_OUTSIDE);
	} else {
		ktb_metric_count(cell, KTB_COUNT_EXPIRIES);
		if (unlikely(wt->state != KTB_WHEEL_ARMED))
			ktb_metric_count(cell, KTB_COUNT_SPURIOUS);
		else if (unlikely(set->pinned && cell->area->cpu != set->cpu))
			ktb_metric_count(cell, KTB_COUNT_WRONG_CPU);
		else
			ktb_wheel_record(cell, wt, due_ns, now_ns);
	}

	ktb_run_check_starved(run, cell, now_ns);
	if (set->shape == KTB_WHEEL_ONESHOT || READ_ONCE(run->stopping)) {
		WRITE_ONCE(wt->state, KTB_WHEEL_IDLE);
		return;
	}
	ktb_wheel_advance(cell, wt);
	ktb_evidence_take(&wt->armed, now_ns);
	mod_timer(timer, ktb_wheel_rounded(set, wt->asked));
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

static int ktb_wheel_prepare_set(struct ktb_run *run, u32 place)
{
	struct ktb_wheel_set *set = (struct ktb_wheel_set *)run->work + place;
	u32 kind = ktb_run_value(run, KTB_WHEEL_KIND);
	s64 slack_ns = ktb_run_value(run, KTB_WHEEL_SLACK);
	u32 cpu = run->places[place].cpu;
	int node = cpu_to_node(cpu);
	u32 i;

	*set = (struct ktb_wheel_set){
		.run = run,
		.delay = ktb_wheel_jiffies(ktb_run_value(run, KTB_WHEEL_DELAY)),
		.slack = slack_ns < 0 ? -1 : div_s64(slack_ns, TICK_NSEC),
		.spread = ktb_wheel_spread(run),
		.shape = ktb_run_value(run, KTB_WHEEL_SHAPE),
		.pinned = kind != KTB_WHEEL_UNPINNED,
		.cpu = cpu,
		.random = ktb_random_seed(run, place),
	};

	set->timers =
		kvzalloc_node(array_size(ktb_run_value(run, KTB_WHEEL_TIMERS),
					 sizeof(*set->timers)),
			      GFP_KERNEL, node);
	if (!set->timers)
		return -ENOMEM;
	set->nr = ktb_run_value(run, KTB_WHEEL_TIMERS);
	for (i = 0; i < set->nr; i++) {
		set->timers[i].set = set;
		set->timers[i].number = i;
		timer_setup(&set->timers[i].timer, ktb_wheel_fire,
			    ktb_wheel_flags[kind]);
		cond_resched();
	}

	if (!ktb_run_value(run, KTB_WHEEL_BACKGROUND))
		return 0;
	set->background = kvzalloc_node(
		array_size(ktb_run_value(run, KTB_WHEEL_BACKGROUND),
			   sizeof(*set->background)),
		GFP_KERNEL, node);
	if (!set->background)
		return -ENOMEM;
	set->nr_background = ktb_run_value(run, KTB_WHEEL_BACKGROUND);
	for (i = 0; i < set->nr_background; i++) {
		/* No callback would be due for days; none is ever called. */
		timer_setup(&set->background[i], ktb_wheel_fire,
			    ktb_wheel_flags[kind]);
		cond_resched();
	}
	return 0;
}

static int ktb_wheel_prepare(struct ktb_run *run)
{
	u32 place;
	int err = 0;

	run->work = kvcalloc(run->nr_places, sizeof(struct ktb_wheel_set),
			     GFP_KERNEL);
	if (!run->work)
		return -ENOMEM;
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_wheel_prepare_set(run, place);
	return err;
}

static void ktb_wheel_start(struct ktb_wheel_set *set, struct timer_list *timer)
{
	if (set->pinned)
		add_timer_on(timer, set->cpu);
	else
		add_timer(timer);
}

static void ktb_wheel_arm_one(struct ktb_wheel_set *set,
			      struct ktb_wheel_timer *wt, unsigned long base)
{
	unsigned long offset = 0;

	if (set->spread)
		offset = ktb_random_below(&set->random, set->spread);
	wt->asked = base + offset;
	wt->timer.expires = ktb_wheel_rounded(set, wt->asked);
	if (time_after(wt->timer.expires, set->last))
		set->last = wt->timer.expires;

	preempt_disable();
	ktb_evidence_take(&wt->armed, ktb_clock_ns());
	WRITE_ONCE(wt->state, KTB_WHEEL_ARMED);
	preempt_enable();
	ktb_wheel_start(set, &wt->timer);
}

/*
 * A storm must be armed whole before it is due, so its first expiry is put
 * off by what arming takes at worst; a periodic one by as little as possible.
 */
static unsigned long ktb_wheel_first(const struct ktb_wheel_set *set)
{
	switch (set->shape) {
	case KTB_WHEEL_STORM:
		return jiffies + max(set->delay, 2UL * HZ);
	case KTB_WHEEL_ONESHOT:
		return jiffies + set->delay;
	default:
		return jiffies + 1;
	}
}

static void ktb_wheel_arm_idle(struct ktb_wheel_set *set)
{
	unsigned long base = ktb_wheel_first(set);
	u32 i;

	set->last = base;
	for (i = 0; i < set->nr && !READ_ONCE(set->run->stopping); i++) {
		if (READ_ONCE(set->timers[i].state) != KTB_WHEEL_IDLE)
			continue;
		if (set->shape != KTB_WHEEL_STORM)
			base = ktb_wheel_first(set);
		ktb_wheel_arm_one(set, &set->timers[i], base);
		cond_resched();
	}
}

static void ktb_wheel_arm(struct ktb_run *run, u32 place)
{
	struct ktb_wheel_set *set = (struct ktb_wheel_set *)run->work + place;
	u32 i;

	for (i = 0; i < set->nr_background && !READ_ONCE(run->stopping); i++) {
		set->background[i].expires =
			jiffies + KTB_WHEEL_FAR_OFF +
			ktb_random_below(&set->random, KTB_WHEEL_FAR_OFF);
		ktb_wheel_start(set, &set->background[i]);
		cond_resched();
	}
	ktb_wheel_arm_idle(set);
}

/* One-shots are armed again when the last bucket of their round is over. */
static long ktb_wheel_again(struct ktb_run *run, u32 place)
{
	struct ktb_wheel_set *set = (struct ktb_wheel_set *)run->work + place;
	unsigned long over = set->last + (set->delay >> 3) + 4;

	if (set->shape != KTB_WHEEL_ONESHOT)
		return HZ;
	if (time_before(jiffies, over))
		return over - jiffies;
	ktb_wheel_arm_idle(set);
	return 1;
}

static bool ktb_wheel_is_outstanding(struct ktb_run *run,
				     struct ktb_wheel_timer *wt)
{
	return READ_ONCE(wt->state) == KTB_WHEEL_ARMED &&
	       ktb_run_records(run, ktb_clock_edge_ns(READ_ONCE(wt->asked)));
}

static bool ktb_wheel_drained(struct ktb_run *run)
{
	struct ktb_wheel_set *sets = run->work;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		for (i = 0; i < sets[place].nr; i++) {
			if (ktb_wheel_is_outstanding(run,
						     &sets[place].timers[i]))
				return false;
		}
		cond_resched();
	}
	return true;
}

static void ktb_wheel_quiesce_set(struct ktb_wheel_set *set)
{
	u32 i;

	for (i = 0; i < set->nr; i++) {
		if (ktb_timer_shutdown_sync(&set->timers[i].timer))
			set->timers[i].state = KTB_WHEEL_CANCELLED;
		cond_resched();
	}
	for (i = 0; i < set->nr_background; i++) {
		ktb_timer_shutdown_sync(&set->background[i]);
		cond_resched();
	}
}

static void ktb_wheel_quiesce(struct ktb_run *run)
{
	struct ktb_wheel_set *sets = run->work;
	u32 place;

	for (place = 0; place < run->nr_places; place++)
		ktb_wheel_quiesce_set(&sets[place]);
}

/* The queue's index stays in the timer's flags after it is taken out. */
static void ktb_wheel_collect_one(struct ktb_run *run,
				  struct ktb_wheel_timer *wt)
{
	struct ktb_cell *cell = ktb_areas_cell(&run->areas, wt->armed.cpu);
	bool deferrable = wt->timer.flags & TIMER_DEFERRABLE;
	unsigned long expires = wt->timer.expires;
	u32 index = ktb_wheel_index(&wt->timer);
	unsigned long bucket = ktb_wheel_bucket(index, expires);

	if (!ktb_run_records(run, ktb_clock_edge_ns(wt->asked)))
		ktb_metric_count(cell, KTB_COUNT_CANCELLED);
	else
		ktb_metric_count(cell, deferrable ? KTB_WHEEL_DEFERRED :
						    KTB_COUNT_UNFIRED);
	if (ktb_wheel_is_bucket(index, bucket))
		ktb_metric_add(&cell->hists[KTB_WHEEL_PENDING_SLACK],
			       (s64)(bucket - expires) * TICK_NSEC);
}

static void ktb_wheel_collect(struct ktb_run *run)
{
	struct ktb_wheel_set *sets = run->work;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		for (i = 0; i < sets[place].nr; i++) {
			if (sets[place].timers[i].state == KTB_WHEEL_CANCELLED)
				ktb_wheel_collect_one(run,
						      &sets[place].timers[i]);
		}
		cond_resched();
	}
}

static void ktb_wheel_release(struct ktb_run *run)
{
	struct ktb_wheel_set *sets = run->work;
	u32 place;

	for (place = 0; sets && place < run->nr_places; place++) {
		kvfree(sets[place].timers);
		kvfree(sets[place].background);
	}
	kvfree(sets);
	run->work = NULL;
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
	.check = ktb_wheel_check,
	.prepare = ktb_wheel_prepare,
	.arm = ktb_wheel_arm,
	.again = ktb_wheel_again,
	.drained = ktb_wheel_drained,
	.quiesce = ktb_wheel_quiesce,
	.collect = ktb_wheel_collect,
	.release = ktb_wheel_release,
};
