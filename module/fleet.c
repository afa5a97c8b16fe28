// SPDX-License-Identifier: GPL-2.0
/*
 * What is done to all timers of a run, in threads: none of it is measured. It
 * knows no kind of timer; the workload's ops do.
 */
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "fleet.h"

static const struct ktb_fleet_ops *ktb_fleet_ops(const struct ktb_run *run)
{
	const struct ktb_fleet *fleet = run->work;

	return fleet->ops;
}

static struct ktb_timer *ktb_fleet_timer(const struct ktb_set *set, u32 number)
{
	return set->timers + number * ktb_fleet_ops(set->run)->timer_bytes;
}

static int ktb_fleet_prepare_set(struct ktb_run *run, u32 place, u32 nr_timers)
{
	const struct ktb_fleet_ops *ops = ktb_fleet_ops(run);
	struct ktb_set *set = ktb_fleet_set(run, place);
	struct ktb_timer *timer;
	int err;
	u32 i;

	set->run = run;
	set->cpu = run->places[place].cpu;
	set->arm_cpu = run->places[place].arm_cpu;
	set->random = ktb_random_seed(run, place);
	err = ops->init_set(set);
	if (err)
		return err;

	set->timers = kvzalloc_node(array_size(nr_timers, ops->timer_bytes),
				    KTB_GFP, cpu_to_node(set->cpu));
	if (!set->timers)
		return -ENOMEM;
	set->nr = nr_timers;
	for (i = 0; i < nr_timers; i++) {
		if (fatal_signal_pending(current))
			return -EINTR;
		timer = ktb_fleet_timer(set, i);
		timer->set = set;
		timer->number = i;
		ops->init_timer(timer);
		cond_resched();
	}
	return 0;
}

/**
 * ktb_fleet_prepare() - allocate the timers, on the nodes of their CPUs
 * @run: checked; ktb_fleet_release() undoes this call, failed or not
 * @ops: of the workload
 * @nr_timers: of each place
 *
 * Return: 0, -ENOMEM, or -EINTR if the caller is being killed.
 */
int ktb_fleet_prepare(struct ktb_run *run, const struct ktb_fleet_ops *ops,
		      u32 nr_timers)
{
	struct ktb_fleet *fleet = kzalloc(sizeof(*fleet), GFP_KERNEL);
	u32 place;
	int err = 0;

	if (!fleet)
		return -ENOMEM;
	run->work = fleet;
	fleet->ops = ops;
	fleet->sets = kvcalloc(run->nr_places, ops->set_bytes, KTB_GFP);
	if (!fleet->sets)
		return -ENOMEM;
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_fleet_prepare_set(run, place, nr_timers);
	return err;
}

/**
 * ktb_fleet_arm() - arm the timers of a set that are idle
 * @set: of a place, on whose arm_cpu the caller runs; once it does not any more,
 *	nothing is armed
 */
void ktb_fleet_arm(struct ktb_set *set)
{
	struct ktb_timer *timer;
	u32 i;

	for (i = 0; i < set->nr && !READ_ONCE(set->run->stopping); i++) {
		timer = ktb_fleet_timer(set, i);
		/* Pairs with the release in ktb_fleet_goes_on(). */
		if (smp_load_acquire(&timer->state) == KTB_TIMER_IDLE &&
		    !ktb_fleet_ops(set->run)->arm(timer))
			return;
		cond_resched();
	}
}

/* Apply a step to every timer of a run until it says true; did it? */
static bool ktb_fleet_any(struct ktb_run *run,
			  bool (*step)(struct ktb_run *, struct ktb_timer *))
{
	struct ktb_set *set;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		set = ktb_fleet_set(run, place);
		for (i = 0; i < set->nr; i++) {
			if (step(run, ktb_fleet_timer(set, i)))
				return true;
			cond_resched();
		}
	}
	return false;
}

static bool ktb_fleet_is_outstanding(struct ktb_run *run,
				     struct ktb_timer *timer)
{
	return READ_ONCE(timer->state) == KTB_TIMER_ARMED &&
	       ktb_run_records(run, ktb_fleet_ops(run)->due_ns(timer));
}

/**
 * ktb_fleet_drained() - has everything fired that was due in the window?
 * @run: whose window has ended
 */
bool ktb_fleet_drained(struct ktb_run *run)
{
	return !ktb_fleet_any(run, ktb_fleet_is_outstanding);
}

static bool ktb_fleet_cancel(struct ktb_run *run, struct ktb_timer *timer)
{
	if (ktb_fleet_ops(run)->cancel(timer))
		timer->state = KTB_TIMER_CANCELLED;
	return false;
}

/**
 * ktb_fleet_quiesce() - cancel everything; no callback runs after it
 * @run: stopping, so that callbacks do not re-arm
 */
void ktb_fleet_quiesce(struct ktb_run *run)
{
	const struct ktb_fleet_ops *ops = ktb_fleet_ops(run);
	u32 place;

	ktb_fleet_any(run, ktb_fleet_cancel);
	for (place = 0; ops->quiesce_set && place < run->nr_places; place++)
		ops->quiesce_set(ktb_fleet_set(run, place));
}

static bool ktb_fleet_collect_one(struct ktb_run *run, struct ktb_timer *timer)
{
	const struct ktb_fleet_ops *ops = ktb_fleet_ops(run);
	struct ktb_cell *cell;

	if (timer->state != KTB_TIMER_CANCELLED)
		return false;
	cell = ktb_areas_cell(&run->areas, timer->armed.cpu);
	if (ktb_run_records(run, ops->due_ns(timer)))
		ktb_metric_count(cell, ops->unfired(timer));
	else
		ktb_metric_count(cell, KTB_COUNT_CANCELLED);
	if (ops->collect)
		ops->collect(cell, timer);
	return false;
}

/**
 * ktb_fleet_collect() - count what was cancelled
 * @run: quiet
 */
void ktb_fleet_collect(struct ktb_run *run)
{
	ktb_fleet_any(run, ktb_fleet_collect_one);
}

/**
 * ktb_fleet_release() - undo ktb_fleet_prepare()
 * @run: quiet
 */
void ktb_fleet_release(struct ktb_run *run)
{
	struct ktb_fleet *fleet = run->work;
	u32 place;

	if (!fleet)
		return;
	for (place = 0; fleet->sets && place < run->nr_places; place++) {
		if (fleet->ops->release_set)
			fleet->ops->release_set(ktb_fleet_set(run, place));
		kvfree(ktb_fleet_set(run, place)->timers);
	}
	kvfree(fleet->sets);
	kfree(fleet);
	run->work = NULL;
}
