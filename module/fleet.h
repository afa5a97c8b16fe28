/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The timers of a run: one set a place, thousands in a set. What is the same
 * for every kind of timer lives here: who may count as a sample, what becomes
 * of the others, arming what is idle, waiting, cancelling, counting the rest.
 */
#ifndef KTB_FLEET_H
#define KTB_FLEET_H

#include "workload.h"

/**
 * enum ktb_timer_state - written by whoever arms a timer and by its callback
 *
 * It hands the timer over: while it is armed it is its callback's, which may run
 * on any CPU, and in a thread; while it is idle it belongs to who arms it.
 */
enum ktb_timer_state {
	KTB_TIMER_IDLE,
	KTB_TIMER_ARMED,
	KTB_TIMER_CANCELLED,
};

struct ktb_set;

/**
 * struct ktb_timer - the head of a workload's own struct of a timer
 * @armed: the CPU's counts when it was armed
 * @set: of its place
 * @number: within its place
 * @state: enum ktb_timer_state
 */
struct ktb_timer {
	struct ktb_evidence armed;
	struct ktb_set *set;
	u32 number;
	u32 state;
};

/**
 * struct ktb_set - the head of a workload's own struct of a set
 * @run: the run
 * @cpu: the CPU that is measured
 * @arm_cpu: the CPU that arms
 * @nr: timers
 * @pinned: they must fire on @cpu
 * @oneshot: their callbacks do not re-arm
 * @random: stream of phases
 * @timers: @nr of the workload's own struct
 */
struct ktb_set {
	struct ktb_run *run;
	u32 cpu;
	u32 arm_cpu;
	u32 nr;
	bool pinned;
	bool oneshot;
	u64 random;
	void *timers;
};

/**
 * struct ktb_fleet_ops - what a kind of timer does its own way
 * @set_bytes: size of its set, which begins with struct ktb_set
 * @timer_bytes: size of its timer, which begins with struct ktb_timer
 * @init_set: fill a set's own part, pinned and oneshot; 0 or -ENOMEM
 * @init_timer: make a timer ready to be armed
 * @arm: arm an idle timer and set its state, if the caller is on the arming CPU and
 *	stays there meanwhile (ktb_run_is_home()); was it?
 * @cancel: cancel a timer for good and wait for its callback; was it pending?
 * @due_ns: when a timer is due, CLOCK_MONOTONIC; may be called while it fires
 * @collect: count what else there is to a timer that was cancelled; may be NULL
 * @quiesce_set: cancel what else a set has armed; may be NULL
 * @release_set: free what init_set has allocated; may be NULL
 * @unfired: the counter of timers due in the window that never fired
 */
struct ktb_fleet_ops {
	size_t set_bytes;
	size_t timer_bytes;
	int (*init_set)(struct ktb_set *set);
	void (*init_timer)(struct ktb_timer *timer);
	bool (*arm)(struct ktb_timer *timer);
	bool (*cancel)(struct ktb_timer *timer);
	u64 (*due_ns)(const struct ktb_timer *timer);
	void (*collect)(struct ktb_cell *cell, struct ktb_timer *timer);
	void (*quiesce_set)(struct ktb_set *set);
	void (*release_set)(struct ktb_set *set);
	u32 (*unfired)(const struct ktb_timer *timer);
};

/**
 * struct ktb_fleet - the sets of a run; what run->work points to
 * @ops: of the workload
 * @sets: one a place, @ops->set_bytes each
 */
struct ktb_fleet {
	const struct ktb_fleet_ops *ops;
	void *sets;
};

/**
 * ktb_fleet_set() - the set of a place
 * @run: prepared
 * @place: index
 */
static inline struct ktb_set *ktb_fleet_set(const struct ktb_run *run,
					    u32 place)
{
	const struct ktb_fleet *fleet = run->work;

	return fleet->sets + place * fleet->ops->set_bytes;
}

/**
 * ktb_fleet_cell() - where a callback records
 * @timer: whose callback is running
 *
 * Return: NULL on a CPU without an area, which a timer can only get to when the
 * CPU has come online since SETUP; then the run is over and the timer idle.
 */
static __always_inline struct ktb_cell *ktb_fleet_cell(struct ktb_timer *timer)
{
	struct ktb_run *run = timer->set->run;
	u32 cpu = raw_smp_processor_id();

	if (ktb_areas_has(&run->areas, cpu))
		return ktb_areas_cell(&run->areas, cpu);
	ktb_run_abort(run, KTB_REASON_HOTPLUG, cpu);
	WRITE_ONCE(timer->state, KTB_TIMER_IDLE);
	return NULL;
}

/**
 * ktb_fleet_counts() - is this expiry a sample?
 * @cell: of this CPU
 * @timer: whose callback is running
 * @due_ns: when it was due
 *
 * A sample is an expiry of the timer that was armed, once, due in the window,
 * and on its CPU if it is pinned. Everything else has a counter.
 */
static __always_inline bool ktb_fleet_counts(struct ktb_cell *cell,
					     const struct ktb_timer *timer,
					     u64 due_ns)
{
	const struct ktb_set *set = timer->set;

	if (!ktb_run_records(set->run, due_ns)) {
		ktb_metric_count(cell, KTB_COUNT_OUTSIDE);
		return false;
	}
	ktb_metric_count(cell, KTB_COUNT_EXPIRIES);
	if (unlikely(timer->state != KTB_TIMER_ARMED)) {
		ktb_metric_count(cell, KTB_COUNT_SPURIOUS);
		return false;
	}
	if (unlikely(set->pinned && cell->area->cpu != set->cpu)) {
		ktb_metric_count(cell, KTB_COUNT_WRONG_CPU);
		return false;
	}
	return true;
}

/**
 * ktb_fleet_sample() - record a sample's lateness
 * @cell: of this CPU
 * @timer: whose callback is running
 * @primary: index of the lateness
 * @instant: the same for all timers that expire in one go on this CPU
 * @allowed_ns: the part of its lateness that was allowed
 * @due_ns: when it was due
 * @now_ns: when it came
 */
static __always_inline void ktb_fleet_sample(struct ktb_cell *cell,
					     const struct ktb_timer *timer,
					     u32 primary, u64 instant,
					     s64 allowed_ns, u64 due_ns,
					     u64 now_ns)
{
	struct ktb_sample sample = {
		.value_ns = now_ns - due_ns,
		.allowed_ns = allowed_ns,
		.due_ns = due_ns,
		.fired_ns = now_ns,
		.armed = &timer->armed,
		.timer = timer->number,
		.armed_area = ktb_areas_index(&timer->set->run->areas,
					      timer->armed.cpu),
	};

	if (timer->armed.cpu != cell->area->cpu)
		ktb_metric_count(cell, KTB_COUNT_MIGRATED);
	if (cell->instant != instant) {
		cell->instant = instant;
		ktb_metric_count(cell, KTB_COUNT_INSTANTS);
	}
	ktb_metric_sample(cell, primary, &sample);
}

/**
 * ktb_fleet_goes_on() - may the callback re-arm?
 * @cell: of this CPU
 * @timer: whose callback is running; idle if it may not
 * @now_ns: when it came; the evidence starts anew from here
 */
static __always_inline bool
ktb_fleet_goes_on(struct ktb_cell *cell, struct ktb_timer *timer, u64 now_ns)
{
	struct ktb_run *run = timer->set->run;

	ktb_run_check_starved(run, cell, now_ns);
	if (timer->set->oneshot || READ_ONCE(run->stopping)) {
		/* Pairs with the acquire in ktb_fleet_arm(). */
		smp_store_release(&timer->state, KTB_TIMER_IDLE);
		return false;
	}
	ktb_evidence_take(&timer->armed, now_ns);
	return true;
}

int ktb_fleet_prepare(struct ktb_run *run, const struct ktb_fleet_ops *ops,
		      u32 nr_timers);
void ktb_fleet_arm(struct ktb_set *set);
bool ktb_fleet_drained(struct ktb_run *run);
void ktb_fleet_quiesce(struct ktb_run *run);
void ktb_fleet_collect(struct ktb_run *run);
void ktb_fleet_release(struct ktb_run *run);

#endif /* KTB_FLEET_H */
