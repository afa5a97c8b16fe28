// SPDX-License-Identifier: GPL-2.0
/*
 * kthread_worker: how soon queued work runs, by a kthread_worker or by one of
 * the kernel's workqueues.
 *
 *	queued, or due -----> first instruction of the function
 *	              latency
 *
 * The worker on the arming CPU queues some works for a place, once a period: a
 * round. Each work's function records, on the CPU that it runs on, and gives its
 * slot back. What the queueing calls took is recorded before the next round, so
 * as not to be in the way of the works of this one.
 */
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "bound.h"
#include "missed.h"
#include "pace.h"
#include "policy.h"
#include "queue.h"
#include "wheel.h"
#include "workload.h"

enum {
	KTB_WORKER_QUEUE,
	KTB_WORKER_MODE,
	KTB_WORKER_DELAY,
	KTB_WORKER_PERIOD,
	KTB_WORKER_ITEMS,
	KTB_WORKER_POLICY,
	KTB_WORKER_PRIORITY,
	KTB_WORKER_NICE,
	KTB_WORKER_BUSY,
};

enum {
	KTB_WORKER_NOW,
	KTB_WORKER_DELAYED,
	KTB_WORKER_FLUSHED,
};

enum {
	KTB_WORKER_LATENCY,
	KTB_WORKER_QUEUE_CALL,
	KTB_WORKER_FLUSH,
	KTB_WORKER_WHEEL_SLACK,
	KTB_WORKER_LATENCY_MISSED,
};

enum {
	KTB_WORKER_WORKS,
	KTB_WORKER_ELSEWHERE,
	KTB_WORKER_OUTSIDE,
	KTB_WORKER_CANCELLED,
	KTB_WORKER_MISSED,
	KTB_WORKER_DISTURBED,
	KTB_WORKER_WRONG_CPU,
	KTB_WORKER_UNRUN,
};

static const struct ktb_param ktb_worker_params[] = {
	[KTB_WORKER_QUEUE] = {
		.name = "queue", .type = KTB_PARAM_ENUM,
		.choices = KTB_QUEUE_CHOICES,
		.min = 0, .max = KTB_QUEUE_BH, .def = KTB_QUEUE_KTHREAD,
		.help = "who runs the work: a thread of its own, or a workqueue: bound, WQ_UNBOUND, WQ_HIGHPRI, WQ_BH",
	},
	[KTB_WORKER_MODE] = {
		.name = "mode", .type = KTB_PARAM_ENUM,
		.choices = "queue,delayed,flush",
		.min = 0, .max = KTB_WORKER_FLUSHED, .def = KTB_WORKER_NOW,
		.help = "queue it, queue it as delayed work, or queue it and flush it",
	},
	[KTB_WORKER_DELAY] = {
		.name = "delay", .unit = KTB_UNIT_NS,
		.min = 1, .max = NSEC_PER_SEC, .def = 10 * NSEC_PER_MSEC,
		.help = "of delayed work, rounded up to jiffies",
	},
	[KTB_WORKER_PERIOD] = {
		.name = "period", .unit = KTB_UNIT_NS,
		.min = 100 * NSEC_PER_USEC, .max = NSEC_PER_SEC,
		.def = NSEC_PER_MSEC,
		.help = "from one round of works to the next; of delayed work, from where it was due",
	},
	[KTB_WORKER_ITEMS] = {
		.name = "items", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = 1000, .def = 1,
		.help = "works that are queued in one go",
	},
	[KTB_WORKER_POLICY] = KTB_POLICY_PARAM("the thread of a kthread_worker"),
	[KTB_WORKER_PRIORITY] = KTB_PRIORITY_PARAM,
	[KTB_WORKER_NICE] = KTB_NICE_PARAM,
	[KTB_WORKER_BUSY] = KTB_BUSY_PARAM,
};

static const struct ktb_metric ktb_worker_metrics[] = {
	KTB_DISTRIBUTION(
		"latency", KTB_CONTEXT_ANY, KTB_METRIC_PRIMARY,
		"from the queueing call, or the delayed work's due time, to the first instruction of its function; queued on its own CPU, with the caller's way to sleep"),
	KTB_DISTRIBUTION("queue_call", KTB_CONTEXT_THREAD, KTB_METRIC_CALL,
			 "what the queueing call took its caller"),
	KTB_DISTRIBUTION(
		"flush", KTB_CONTEXT_THREAD, 0,
		"from the queueing call of the last work to the return of its flush"),
	KTB_DISTRIBUTION(
		"wheel_slack", KTB_CONTEXT_ANY, 0,
		"of delayed work, the edge of the wheel's bucket minus the expiry, by design; not in the latency"),
	KTB_MISSED_DISTRIBUTION(
		"latency_missed", KTB_CONTEXT_THREAD,
		"of each work of a round that was missed: from then to the end of the round that was in progress, or came next"),
	KTB_COUNTER("works", 0, "works queued, or due, in the window"),
	KTB_COUNTER("elsewhere", 0,
		    "unbound works that another CPU ran than the one asked for"),
	KTB_COUNTER("outside", 0,
		    "works queued, or due, outside of the window"),
	KTB_COUNTER("cancelled", 0,
		    "works that were due after the window and pending then"),
	KTB_COUNTER(
		"missed", 0,
		"works of periods that passed while those before were not all done"),
	KTB_COUNTER("disturbed", 0,
		    "stretches of interrupts off made here on purpose"),
	KTB_COUNTER("wrong_cpu", KTB_METRIC_LOSS,
		    "works on another CPU than they are bound to"),
	KTB_COUNTER("unrun", KTB_METRIC_LOSS,
		    "works queued, or due, in the window that never ran"),
};

struct ktb_worker;

/**
 * struct ktb_worker_item - one work
 * @worker: its place
 * @number: within its place
 * @queued_ns: just before the queueing call
 * @ran_ns: the first instruction of its function
 * @call_ns: what that took
 * @pending: queued and not run: its function's, else the queueing worker's
 * @work: the kernel's
 */
struct ktb_worker_item {
	struct ktb_worker *worker;
	u32 number;
	u64 queued_ns;
	u64 ran_ns;
	u64 call_ns;
	bool pending;
	struct ktb_work work;
} ____cacheline_aligned;

/**
 * struct ktb_worker - one place
 * @run: the run
 * @queue: who runs the works, and where
 * @load: the thread that keeps that CPU busy, or NULL
 * @arm_cpu: where the works are queued
 * @mode: how they are queued
 * @delay: of delayed work, jiffies
 * @nr: works
 * @items: the works
 * @armed: what the queueing CPU had been through when the round began
 * @pace: of rounds
 * @schedule: of rounds; the queueing worker knows by their begin which were missed
 * @flush_ns: what the flush of this round took, if there was one
 * @queued: a round has been queued whose calls are not recorded yet
 */
struct ktb_worker {
	struct ktb_run *run;
	struct ktb_queue queue;
	struct task_struct *load;
	u32 arm_cpu;
	u32 mode;
	unsigned long delay;
	u32 nr;
	struct ktb_worker_item *items;
	struct ktb_evidence armed;

	struct ktb_pace pace ____cacheline_aligned;
	struct ktb_schedule schedule;
	u64 flush_ns;
	bool queued;
} ____cacheline_aligned;

static struct ktb_worker *ktb_worker_of(struct ktb_run *run, u32 place)
{
	struct ktb_worker *workers = run->work;

	return &workers[place];
}

static __always_inline const struct timer_list *
ktb_worker_timer(const struct ktb_worker_item *item)
{
	return ktb_queue_timer(&item->worker->queue, &item->work);
}

/* Of delayed work, when the wheel was to run its timer. */
static __always_inline u64 ktb_worker_due_ns(const struct ktb_worker_item *item)
{
	if (item->worker->mode != KTB_WORKER_DELAYED)
		return item->queued_ns;
	return ktb_clock_edge_ns(ktb_wheel_due(ktb_worker_timer(item)));
}

static __always_inline void
ktb_worker_record(struct ktb_cell *cell, const struct ktb_worker_item *item,
		  u64 due_ns, u64 now_ns)
{
	const struct ktb_worker *w = item->worker;
	struct ktb_sample sample = {
		.value_ns = now_ns - due_ns,
		.due_ns = due_ns,
		.fired_ns = now_ns,
		.armed = &w->armed,
		.timer = item->number,
		.armed_area = ktb_areas_index(&w->run->areas, w->arm_cpu),
	};

	ktb_metric_sample(cell, KTB_WORKER_LATENCY, &sample);
	if (w->mode == KTB_WORKER_DELAYED)
		ktb_metric_add(
			&cell->hists[KTB_WORKER_WHEEL_SLACK],
			due_ns - ktb_clock_edge_ns(
					 ktb_worker_timer(item)->expires));
	if (cell->area->cpu != w->queue.cpu)
		ktb_metric_count(cell, KTB_WORKER_ELSEWHERE);
}

/* A work is a sample wherever it may run. */
static __always_inline void ktb_worker_serve(struct ktb_cell *cell,
					     const struct ktb_worker_item *item,
					     u64 now_ns)
{
	const struct ktb_worker *w = item->worker;
	u64 due_ns = ktb_worker_due_ns(item);

	ktb_run_check_starved(w->run, cell, now_ns);
	if (!ktb_run_records(w->run, due_ns)) {
		ktb_metric_count(cell, KTB_WORKER_OUTSIDE);
		return;
	}
	ktb_metric_count(cell, KTB_WORKER_WORKS);
	if (unlikely(cell->area->cpu != w->queue.cpu &&
		     w->queue.kind != KTB_QUEUE_UNBOUND))
		ktb_metric_count(cell, KTB_WORKER_WRONG_CPU);
	else
		ktb_worker_record(cell, item, due_ns, now_ns);
}

/*
 * Unbound works may preempt each other and move: with preemption off there is
 * one writer at a time, and the samples of a CPU come in order. A CPU without
 * an area has come online during the run, or the one that the work is bound to is
 * about to go: either ends it.
 */
static __always_inline void ktb_worker_do(struct ktb_worker_item *item)
{
	const struct ktb_queue *queue = &item->worker->queue;
	struct ktb_run *run = item->worker->run;
	u64 now_ns;
	u32 cpu;

	preempt_disable();
	now_ns = ktb_clock_ns();
	cpu = smp_processor_id();
	if (ktb_areas_has(&run->areas, cpu))
		ktb_worker_serve(ktb_areas_cell(&run->areas, cpu), item,
				 now_ns);
	else
		ktb_run_abort(run, KTB_REASON_HOTPLUG,
			      queue->kind == KTB_QUEUE_UNBOUND ? cpu :
								 queue->cpu);
	preempt_enable();
	item->ran_ns = now_ns;
	/* Pairs with the acquire in ktb_worker_is_done(). */
	smp_store_release(&item->pending, false);
}

static void ktb_worker_kthread_work(struct kthread_work *work)
{
	ktb_worker_do(
		container_of(work, struct ktb_worker_item, work.kthread.work));
}

static void ktb_worker_system_work(struct work_struct *work)
{
	ktb_worker_do(
		container_of(work, struct ktb_worker_item, work.system.work));
}

static bool ktb_worker_is_done(const struct ktb_worker *w)
{
	u32 i;

	for (i = 0; i < w->nr; i++)
		/* Pairs with the release in ktb_worker_do(). */
		if (smp_load_acquire(&w->items[i].pending))
			return false;
	return true;
}

/* Two places may queue from the same CPU, so preemption must be off. */
static void ktb_worker_add_call(struct ktb_worker *w, u32 metric, u64 due_ns,
				u64 value_ns)
{
	struct ktb_cell *cell = ktb_areas_cell(&w->run->areas, w->arm_cpu);

	if (!ktb_run_records(w->run, due_ns))
		return;
	preempt_disable();
	ktb_metric_add(&cell->hists[metric], value_ns);
	preempt_enable();
}

/* When the last work of a round came; now, if one never has. */
static u64 ktb_worker_came_ns(const struct ktb_worker *w)
{
	u64 came_ns = 0;
	u32 i;

	if (!ktb_worker_is_done(w))
		return ktb_clock_ns();
	for (i = 0; i < w->nr; i++)
		came_ns = max(came_ns, w->items[i].ran_ns);
	return came_ns;
}

/* A round has come. The schedule of delayed works goes on from where it was due. */
static void ktb_worker_serve_round(struct ktb_worker *w)
{
	ktb_schedule_serve(&w->schedule, w->items[0].queued_ns,
			   ktb_worker_came_ns(w));
	if (w->mode == KTB_WORKER_DELAYED)
		/* Pairs with the acquire in ktb_schedule_has_passed(). */
		smp_store_release(&w->schedule.next_ns,
				  ktb_worker_due_ns(&w->items[w->nr - 1]) +
					  w->pace.period_ns);
}

/* What the calls of the last round took, into the cell of the CPU that called. */
static void ktb_worker_settle(struct ktb_worker *w)
{
	struct ktb_worker_item *item = w->items;
	u32 i;

	if (!w->queued)
		return;
	w->queued = false;
	ktb_worker_serve_round(w);
	for (i = 0; i < w->nr; i++) {
		item = &w->items[i];
		ktb_worker_add_call(w, KTB_WORKER_QUEUE_CALL,
				    ktb_worker_due_ns(item), item->call_ns);
	}
	if (w->mode == KTB_WORKER_FLUSHED)
		ktb_worker_add_call(w, KTB_WORKER_FLUSH, item->queued_ns,
				    w->flush_ns);
}

static void ktb_worker_round(struct ktb_worker *w)
{
	struct ktb_worker_item *item = w->items;
	u32 i;

	ktb_evidence_take(&w->armed, ktb_clock_ns());
	for (i = 0; i < w->nr; i++) {
		item = &w->items[i];
		WRITE_ONCE(item->pending, true);
		item->queued_ns = ktb_clock_ns();
		if (w->mode == KTB_WORKER_DELAYED)
			ktb_queue_delayed_work(&w->queue, &item->work,
					       w->delay);
		else
			ktb_queue_work(&w->queue, &item->work);
		item->call_ns = ktb_clock_ns() - item->queued_ns;
	}
	if (w->mode == KTB_WORKER_FLUSHED) {
		ktb_queue_flush(&w->queue, &item->work);
		w->flush_ns = ktb_clock_ns() - item->queued_ns;
	}
	w->queued = true;
}

/* One period: a round, unless the one before is not done yet. */
static void ktb_worker_once(void *data)
{
	struct ktb_worker *w = data;
	u64 from_ns = w->pace.next_ns;

	if (!ktb_run_is_home(w->run, w->arm_cpu))
		return;
	if (likely(ktb_worker_is_done(w))) {
		ktb_worker_settle(w);
		ktb_worker_round(w);
		if (w->mode == KTB_WORKER_DELAYED)
			from_ns = ktb_worker_due_ns(&w->items[w->nr - 1]);
	}
	ktb_pace_advance(&w->pace, from_ns);
}

static void ktb_worker_arm(struct ktb_run *run, u32 place)
{
	struct ktb_worker *w = ktb_worker_of(run, place);

	if (w->queue.kthread)
		ktb_bound_home(w->queue.kthread->task, w->queue.cpu);
	if (w->load)
		wake_up_process(w->load);
	ktb_pace_begin(&w->pace);
	w->schedule.next_ns = w->pace.next_ns;
}

static long ktb_worker_again(struct ktb_run *run, u32 place)
{
	struct ktb_worker *w = ktb_worker_of(run, place);

	return ktb_pace_keep(&w->pace, ktb_worker_once, w);
}

/* A workqueue's threads are not ours to schedule. */
static int ktb_worker_check_policy(struct ktb_run *run, u32 *which)
{
	struct ktb_policy policy = ktb_policy_of(run, KTB_WORKER_POLICY);
	int err = ktb_policy_check(run, KTB_WORKER_POLICY, which);

	if (err || ktb_run_value(run, KTB_WORKER_QUEUE) == KTB_QUEUE_KTHREAD)
		return err;
	*which = policy.nice ? KTB_WORKER_NICE : KTB_WORKER_POLICY;
	return policy.nice || policy.kind ? -EOPNOTSUPP : 0;
}

static int ktb_worker_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 period_ns = ktb_run_value(run, KTB_WORKER_PERIOD);
	u64 items = ktb_run_value(run, KTB_WORKER_ITEMS);
	u32 queue = ktb_run_value(run, KTB_WORKER_QUEUE);
	u64 delay_ns = 0;
	int err;

	*what = KTB_WHAT_PARAM;
	*which = KTB_WORKER_QUEUE;
	if (!ktb_queue_exists(queue))
		return -EOPNOTSUPP;
	err = ktb_worker_check_policy(run, which);
	if (err)
		return err;

	*what = KTB_WHAT_NOTHING;
	if (ktb_run_value(run, KTB_WORKER_MODE) == KTB_WORKER_DELAYED)
		delay_ns = ktb_run_value(run, KTB_WORKER_DELAY);
	run->nr_timers = run->nr_places * items;
	run->timer_bytes = sizeof(struct ktb_worker_item);
	run->nr_threads =
		run->nr_places * ((queue == KTB_QUEUE_KTHREAD) +
				  ktb_run_value(run, KTB_WORKER_BUSY));
	run->migrates = queue == KTB_QUEUE_UNBOUND;
	run->rate_hz = div64_u64(items * NSEC_PER_SEC, period_ns + delay_ns);
	run->grace_ns = 2 * NSEC_PER_SEC + period_ns + 2 * delay_ns;
	return 0;
}

static int ktb_worker_init_items(struct ktb_worker *w)
{
	struct ktb_worker_item *item;
	u32 i;

	w->items = kvzalloc_node(array_size(w->nr, sizeof(*w->items)), KTB_GFP,
				 cpu_to_node(w->queue.cpu));
	if (!w->items)
		return -ENOMEM;
	for (i = 0; i < w->nr; i++) {
		item = &w->items[i];
		item->worker = w;
		item->number = i;
		ktb_queue_init_work(&w->queue, &item->work,
				    ktb_worker_kthread_work,
				    ktb_worker_system_work);
	}
	return 0;
}

static int ktb_worker_prepare_place(struct ktb_run *run, u32 place)
{
	struct ktb_queue *first = place ? &ktb_worker_of(run, 0)->queue : NULL;
	struct ktb_policy policy = ktb_policy_of(run, KTB_WORKER_POLICY);
	struct ktb_worker *w = ktb_worker_of(run, place);
	int err;

	w->run = run;
	w->arm_cpu = run->places[place].arm_cpu;
	w->mode = ktb_run_value(run, KTB_WORKER_MODE);
	w->delay = DIV_ROUND_UP_ULL(ktb_run_value(run, KTB_WORKER_DELAY),
				    TICK_NSEC);
	w->nr = ktb_run_value(run, KTB_WORKER_ITEMS);
	ktb_pace_init(&w->pace, run, place,
		      ktb_run_value(run, KTB_WORKER_PERIOD));

	w->schedule = (struct ktb_schedule){
		.run = run,
		.cell = ktb_areas_cell(&run->areas, run->places[place].cpu),
		.metric = KTB_WORKER_LATENCY_MISSED,
		.counter = KTB_WORKER_MISSED,
		.times = w->nr,
		.period_ns = w->pace.period_ns,
	};

	err = ktb_queue_make(&w->queue, ktb_run_value(run, KTB_WORKER_QUEUE),
			     run->places[place].cpu, first);
	if (err)
		return err;
	if (w->queue.kthread)
		ktb_policy_set(w->queue.kthread->task, &policy);
	err = ktb_worker_init_items(w);
	if (!err && ktb_run_value(run, KTB_WORKER_BUSY))
		err = ktb_bound_make(&w->load, w->queue.cpu, "busy",
				     ktb_bound_compute, NULL);
	return err;
}

static int ktb_worker_prepare(struct ktb_run *run)
{
	u32 place;
	int err = 0;

	run->work =
		kvcalloc(run->nr_places, sizeof(struct ktb_worker), KTB_GFP);
	if (!run->work)
		return -ENOMEM;
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_worker_prepare_place(run, place);
	return err;
}

/* Done when all that was queued, or due, in the window has run. */
static bool ktb_worker_has_drained(struct ktb_worker *w)
{
	u64 end_ns = w->run->begin_ns + w->run->span_ns;
	struct ktb_worker_item *item;
	u32 i;

	if (!ktb_pace_has_passed(&w->pace, end_ns) ||
	    !ktb_schedule_has_passed(&w->schedule, end_ns))
		return false;
	for (i = 0; i < w->nr; i++) {
		item = &w->items[i];
		if (READ_ONCE(item->pending) &&
		    ktb_run_records(w->run, ktb_worker_due_ns(item)))
			return false;
	}
	return true;
}

static bool ktb_worker_drained(struct ktb_run *run)
{
	u32 place;

	for (place = 0; place < run->nr_places; place++)
		if (!ktb_worker_has_drained(ktb_worker_of(run, place)))
			return false;
	return true;
}

/* A queue that has gone has left no work behind. */
static void ktb_worker_quiesce_place(struct ktb_worker *w)
{
	bool made = w->queue.kthread || w->queue.system;
	u32 i;

	ktb_bound_stop(&w->load);
	for (i = 0; made && w->items && i < w->nr; i++) {
		ktb_queue_cancel(&w->queue, &w->items[i].work);
		cond_resched();
	}
	ktb_queue_unmake(&w->queue);
}

/* The first place goes last: a workqueue is its own. */
static void ktb_worker_quiesce(struct ktb_run *run)
{
	u32 place = run->nr_places;

	while (place--)
		ktb_worker_quiesce_place(ktb_worker_of(run, place));
}

/* A work that was cancelled has not given its slot back. */
static void ktb_worker_collect_one(struct ktb_cell *cell,
				   const struct ktb_worker_item *item)
{
	if (!item->pending)
		return;
	if (ktb_run_records(item->worker->run, ktb_worker_due_ns(item)))
		ktb_metric_count(cell, KTB_WORKER_UNRUN);
	else
		ktb_metric_count(cell, KTB_WORKER_CANCELLED);
}

static void ktb_worker_collect(struct ktb_run *run)
{
	struct ktb_cell *cell;
	struct ktb_worker *w;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		w = ktb_worker_of(run, place);
		cell = ktb_areas_cell(&run->areas, w->queue.cpu);
		ktb_worker_settle(w);
		ktb_schedule_miss(&w->schedule, w->pace.next_ns,
				  ktb_clock_ns());
		for (i = 0; i < w->nr; i++)
			ktb_worker_collect_one(cell, &w->items[i]);
	}
}

static void ktb_worker_release(struct ktb_run *run)
{
	u32 place;

	if (run->work) {
		ktb_worker_quiesce(run);
		for (place = 0; place < run->nr_places; place++)
			kvfree(ktb_worker_of(run, place)->items);
	}
	kvfree(run->work);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_kthread_worker = {
	.name = "kthread_worker",
	.help = "from queueing a work to its first instruction, by a kthread_worker or a workqueue",
	.flags = KTB_WORKLOAD_ARM_ELSEWHERE,
	.params = ktb_worker_params,
	.nr_params = ARRAY_SIZE(ktb_worker_params),
	.metrics = ktb_worker_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_worker_metrics),
	.disturbed = KTB_WORKER_DISTURBED,
	.contracts =
		"kthread_worker.queue kthread_worker.order kthread_worker.one_thread "
		"kthread_worker.flush_worker kthread_worker.destroy kthread_policy",
	.check = ktb_worker_check,
	.prepare = ktb_worker_prepare,
	.arm = ktb_worker_arm,
	.again = ktb_worker_again,
	.drained = ktb_worker_drained,
	.quiesce = ktb_worker_quiesce,
	.collect = ktb_worker_collect,
	.release = ktb_worker_release,
};
