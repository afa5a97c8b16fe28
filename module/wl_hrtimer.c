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
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "workload.h"

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
	KTB_TIMER_COUNTERS,
};

enum ktb_hr_state {
	KTB_HR_IDLE,
	KTB_HR_ARMED,
	KTB_HR_CANCELLED,
};

struct ktb_hr_set;

/**
 * struct ktb_hr_timer - one timer
 * @timer: the kernel's
 * @armed: the CPU's counts when it was armed
 * @due_ns: soft expiry, CLOCK_MONOTONIC
 * @set: of its place
 * @number: within its place
 * @state: enum ktb_hr_state
 */
struct ktb_hr_timer {
	struct hrtimer timer;
	struct ktb_evidence armed;
	u64 due_ns;
	struct ktb_hr_set *set;
	u32 number;
	u32 state;
};

/**
 * struct ktb_hr_set - the timers of one place
 * @run: the run
 * @period_ns: from one expiry to the next
 * @slack_ns: from soft to hard expiry
 * @offset_ns: the clock's lead over CLOCK_MONOTONIC
 * @shape: periodic or oneshot
 * @relative: started relative to now
 * @pinned: must fire on @cpu
 * @mode: of hrtimer_start
 * @cpu: the place's
 * @nr: how many timers
 * @random: stream of phases
 * @timers: the timers
 */
struct ktb_hr_set {
	struct ktb_run *run;
	u64 period_ns;
	u64 slack_ns;
	u64 offset_ns;
	u32 shape;
	bool relative;
	bool pinned;
	enum hrtimer_mode mode;
	u32 cpu;
	u32 nr;
	u64 random;
	struct ktb_hr_timer *timers;
};

/* The offset of a clock that can be set may change: the run would be wrong. */
static u64 ktb_hr_offset_ns(u32 clock)
{
	if (clock == KTB_HR_MONOTONIC)
		return 0;
	return ktime_to_ns(ktime_mono_to_any(0, ktb_hr_clocks[clock].offset));
}

static __always_inline void ktb_hr_record(struct ktb_cell *cell,
					  struct ktb_hr_timer *ht, u64 now_ns)
{
	struct ktb_hr_set *set = ht->set;
	s64 lateness_ns = now_ns - ht->due_ns;
	s64 past_hard_ns = lateness_ns - set->slack_ns;
	struct ktb_sample sample = {
		.value_ns = lateness_ns,
		.due_ns = ht->due_ns,
		.fired_ns = now_ns,
		.armed = &ht->armed,
		.timer = ht->number,
		.armed_area = set->run->areas.index_of_cpu[ht->armed.cpu],
	};

	if (ht->armed.cpu != cell->area->cpu)
		ktb_metric_count(cell, KTB_COUNT_MIGRATED);
	ktb_metric_sample(cell, KTB_HR_LATENESS, &sample);
	if (past_hard_ns >= 0) {
		ktb_metric_add(&cell->hists[KTB_HR_SLACK_USED], set->slack_ns);
		ktb_metric_add(&cell->hists[KTB_HR_PAST_HARD], past_hard_ns);
	} else {
		ktb_metric_add(&cell->hists[KTB_HR_SLACK_USED], lateness_ns);
	}
}

/*
 * hrtimer_forward() goes by the hard expiry and would leave a range timer that
 * fired early within its range where it is, so the schedule is moved here.
 */
static __always_inline void ktb_hr_advance(struct ktb_cell *cell,
					   struct ktb_hr_timer *ht, u64 now_ns)
{
	struct ktb_hr_set *set = ht->set;
	u64 from_ns = ht->due_ns;

	ht->due_ns += set->period_ns;
	while (unlikely(ht->due_ns <= now_ns)) {
		if (ktb_run_records(set->run, ht->due_ns))
			ktb_metric_count(cell, KTB_COUNT_MISSED);
		ht->due_ns += set->period_ns;
	}
	hrtimer_add_expires_ns(&ht->timer, ht->due_ns - from_ns);
}

static __always_inline void ktb_hr_take(struct ktb_cell *cell,
					struct ktb_hr_timer *ht, u64 now_ns)
{
	struct ktb_hr_set *set = ht->set;
	u32 interrupts;

	if (!ktb_run_records(set->run, ht->due_ns)) {
		ktb_metric_count(cell, KTB_COUNT_OUTSIDE);
		return;
	}
	ktb_metric_count(cell, KTB_COUNT_EXPIRIES);
	interrupts = ktb_hrtimer_interrupts(&ht->timer);
	if (cell->instant != interrupts) {
		cell->instant = interrupts;
		ktb_metric_count(cell, KTB_COUNT_INSTANTS);
	}
	if (unlikely(ht->state != KTB_HR_ARMED))
		ktb_metric_count(cell, KTB_COUNT_SPURIOUS);
	else if (unlikely(set->pinned && cell->area->cpu != set->cpu))
		ktb_metric_count(cell, KTB_COUNT_WRONG_CPU);
	else
		ktb_hr_record(cell, ht, now_ns);
}

static __always_inline void ktb_hr_start(struct ktb_hr_set *set,
					 struct ktb_hr_timer *ht, u64 when_ns)
{
	hrtimer_start_range_ns(&ht->timer, ns_to_ktime(when_ns), set->slack_ns,
			       set->mode);
}

/* When the kernel itself says that a timer is due, on CLOCK_MONOTONIC. */
static __always_inline u64 ktb_hr_due_ns(struct ktb_hr_set *set,
					 struct ktb_hr_timer *ht)
{
	return ktime_to_ns(hrtimer_get_softexpires(&ht->timer)) -
	       set->offset_ns;
}

static enum hrtimer_restart ktb_hr_fire(struct hrtimer *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_hr_timer *ht =
		container_of(timer, struct ktb_hr_timer, timer);
	struct ktb_hr_set *set = ht->set;
	struct ktb_run *run = set->run;
	struct ktb_cell *cell =
		ktb_areas_cell(&run->areas, raw_smp_processor_id());

	/* A CPU without an area: the timer's own CPU went away. */
	if (unlikely(!cell)) {
		ktb_run_abort(run, KTB_REASON_HOTPLUG, set->cpu);
		WRITE_ONCE(ht->state, KTB_HR_IDLE);
		return HRTIMER_NORESTART;
	}

	ktb_hr_take(cell, ht, now_ns);
	ktb_run_check_starved(run, cell, now_ns);
	if (set->shape == KTB_HR_ONESHOT || READ_ONCE(run->stopping)) {
		WRITE_ONCE(ht->state, KTB_HR_IDLE);
		return HRTIMER_NORESTART;
	}

	ktb_evidence_take(&ht->armed, now_ns);
	if (set->relative) {
		ktb_hr_start(set, ht, set->period_ns);
		ht->due_ns = ktb_hr_due_ns(set, ht);
		return HRTIMER_NORESTART;
	}
	ktb_hr_advance(cell, ht, now_ns);
	return HRTIMER_RESTART;
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

static int ktb_hr_prepare_set(struct ktb_run *run, u32 place)
{
	struct ktb_hr_set *set = (struct ktb_hr_set *)run->work + place;
	u32 clock = ktb_run_value(run, KTB_HR_CLOCK);
	u32 cpu = run->places[place].cpu;
	u32 i;

	*set = (struct ktb_hr_set){
		.run = run,
		.period_ns = ktb_run_value(run, KTB_HR_PERIOD),
		.slack_ns = ktb_run_value(run, KTB_HR_SLACK),
		.offset_ns = ktb_hr_offset_ns(clock),
		.shape = ktb_run_value(run, KTB_HR_SHAPE),
		.relative = ktb_run_value(run, KTB_HR_MODE) == KTB_HR_RELATIVE,
		.pinned = ktb_run_value(run, KTB_HR_PINNED),
		.cpu = cpu,
		.random = ktb_random_seed(run, place),
	};
	set->mode = (set->relative ? HRTIMER_MODE_REL : HRTIMER_MODE_ABS) |
		    (set->pinned ? HRTIMER_MODE_PINNED : 0) |
		    (ktb_run_value(run, KTB_HR_CONTEXT) == KTB_HR_HARD ?
			     HRTIMER_MODE_HARD :
			     HRTIMER_MODE_SOFT);

	set->timers =
		kvzalloc_node(array_size(ktb_run_value(run, KTB_HR_TIMERS),
					 sizeof(*set->timers)),
			      GFP_KERNEL, cpu_to_node(cpu));
	if (!set->timers)
		return -ENOMEM;
	set->nr = ktb_run_value(run, KTB_HR_TIMERS);
	for (i = 0; i < set->nr; i++) {
		set->timers[i].set = set;
		set->timers[i].number = i;
		ktb_hrtimer_setup(&set->timers[i].timer, ktb_hr_fire,
				  ktb_hr_clocks[clock].id, set->mode);
	}
	return 0;
}

static int ktb_hr_prepare(struct ktb_run *run)
{
	u32 place;
	int err = 0;

	run->work =
		kvcalloc(run->nr_places, sizeof(struct ktb_hr_set), GFP_KERNEL);
	if (!run->work)
		return -ENOMEM;
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_hr_prepare_set(run, place);
	return err;
}

/*
 * The expiry is published before the timer can fire, which it may at once; a
 * relative one is known to the kernel alone, so it starts with interrupts off,
 * on the CPU that will take the interrupt if the timer is pinned.
 */
static void ktb_hr_arm_one(struct ktb_hr_set *set, struct ktb_hr_timer *ht)
{
	u64 after_ns = set->period_ns, now_ns;
	unsigned long flags;

	if (set->shape == KTB_HR_PERIODIC)
		after_ns = ktb_random_below(&set->random, set->period_ns);

	local_irq_save(flags);
	now_ns = ktb_clock_ns();
	ktb_evidence_take(&ht->armed, now_ns);
	WRITE_ONCE(ht->due_ns, now_ns + after_ns);
	WRITE_ONCE(ht->state, KTB_HR_ARMED);
	if (set->relative) {
		ktb_hr_start(set, ht, after_ns);
		WRITE_ONCE(ht->due_ns, ktb_hr_due_ns(set, ht));
	} else {
		ktb_hr_start(set, ht, ht->due_ns + set->offset_ns);
	}
	local_irq_restore(flags);
}

static void ktb_hr_arm(struct ktb_run *run, u32 place)
{
	struct ktb_hr_set *set = (struct ktb_hr_set *)run->work + place;
	u32 i;

	for (i = 0; i < set->nr && !READ_ONCE(run->stopping); i++) {
		if (READ_ONCE(set->timers[i].state) == KTB_HR_IDLE)
			ktb_hr_arm_one(set, &set->timers[i]);
		cond_resched();
	}
}

/* One-shots: whatever has fired is armed again, a period later at the most. */
static long ktb_hr_again(struct ktb_run *run, u32 place)
{
	struct ktb_hr_set *set = (struct ktb_hr_set *)run->work + place;

	if (set->shape != KTB_HR_ONESHOT)
		return HZ;
	ktb_hr_arm(run, place);
	return nsecs_to_jiffies(set->period_ns + set->slack_ns) + 1;
}

static bool ktb_hr_drained(struct ktb_run *run)
{
	struct ktb_hr_set *sets = run->work;
	struct ktb_hr_timer *ht;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		for (i = 0; i < sets[place].nr; i++) {
			ht = &sets[place].timers[i];
			if (READ_ONCE(ht->state) == KTB_HR_ARMED &&
			    ktb_run_records(run, READ_ONCE(ht->due_ns)))
				return false;
		}
		cond_resched();
	}
	return true;
}

static void ktb_hr_quiesce(struct ktb_run *run)
{
	struct ktb_hr_set *sets = run->work;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		for (i = 0; i < sets[place].nr; i++) {
			if (hrtimer_cancel(&sets[place].timers[i].timer))
				sets[place].timers[i].state = KTB_HR_CANCELLED;
			cond_resched();
		}
	}
}

static void ktb_hr_collect(struct ktb_run *run)
{
	struct ktb_hr_set *sets = run->work;
	struct ktb_hr_timer *ht;
	struct ktb_cell *cell;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		for (i = 0; i < sets[place].nr; i++) {
			ht = &sets[place].timers[i];
			if (ht->state != KTB_HR_CANCELLED)
				continue;
			cell = ktb_areas_cell(&run->areas, ht->armed.cpu);
			ktb_metric_count(cell,
					 ktb_run_records(run, ht->due_ns) ?
						 KTB_COUNT_UNFIRED :
						 KTB_COUNT_CANCELLED);
		}
		cond_resched();
	}
}

static void ktb_hr_release(struct ktb_run *run)
{
	struct ktb_hr_set *sets = run->work;
	u32 place;

	for (place = 0; sets && place < run->nr_places; place++)
		kvfree(sets[place].timers);
	kvfree(sets);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_hrtimer = {
	.name = "hrtimer",
	.help = "hrtimers: lateness, the slack used, and what lies past the hard expiry",
	.params = ktb_hr_params,
	.nr_params = ARRAY_SIZE(ktb_hr_params),
	.metrics = ktb_hr_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_hr_metrics),
	.disturbed = KTB_COUNT_DISTURBED,
	.check = ktb_hr_check,
	.prepare = ktb_hr_prepare,
	.arm = ktb_hr_arm,
	.again = ktb_hr_again,
	.drained = ktb_hr_drained,
	.quiesce = ktb_hr_quiesce,
	.collect = ktb_hr_collect,
	.release = ktb_hr_release,
};
