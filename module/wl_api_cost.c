// SPDX-License-Identifier: GPL-2.0
/*
 * api_cost: what a call costs its caller.
 *
 * A thread for each place makes passes over all calls of cost_calls.h. Of each
 * it makes a batch, interrupts off, between two clock reads: a sample is the
 * time of the batch over its length, in ps, so that little of the clock is in
 * it. What a batch needs is armed before and cancelled after. Other timers stand
 * on the base all the while, so that growth shows; and all places may stand on
 * the base of the first one, so that contention does. Places do not wait for
 * each other: concurrency is that all of them run.
 */
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched.h>
#include <linux/slab.h>
#include <linux/topology.h>

#include "cost_calls.h"
#include "wheel.h"

enum {
	KTB_COST_PENDING,
	KTB_COST_BASE,
	KTB_COST_PINNED,
	KTB_COST_BATCH,
};

enum {
	KTB_COST_OWN,
	KTB_COST_FIRST,
};

enum {
	KTB_COST_PASSES,
	KTB_COST_PUT_OFF,
	KTB_COST_DISTURBED,
	KTB_COST_WRONG,
};

/* So long a thread makes passes before it rests. */
#define KTB_COST_BUSY_NS (100 * NSEC_PER_MSEC)

static const struct ktb_param ktb_cost_params[] = {
	[KTB_COST_PENDING] = {
		.name = "pending", .unit = KTB_UNIT_COUNT,
		.min = 0, .max = KTB_MAX_TIMERS_PER_CPU, .def = 0,
		.help = "timers of each kind that are pending on the base already, far off",
	},
	[KTB_COST_BASE] = {
		.name = "base", .type = KTB_PARAM_ENUM,
		.choices = "own,first",
		.min = 0, .max = KTB_COST_FIRST, .def = KTB_COST_OWN,
		.help = "timers stand on the measured CPU itself, or those of all places on the first one's",
	},
	[KTB_COST_PINNED] = {
		.name = "pinned", .type = KTB_PARAM_BOOL,
		.min = 0, .max = 1, .def = 1,
		.help = "TIMER_PINNED and HRTIMER_MODE_PINNED",
	},
	[KTB_COST_BATCH] = {
		.name = "batch", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = 1000, .def = 64,
		.help = "calls between two clock reads, interrupts off",
	},
};

static const struct ktb_metric ktb_cost_metrics[] = {
#define KTB_COST_METRIC(_name, _flags, _needs, _found, _statement, _returns, \
			_left, _help)                                        \
	[KTB_CALL_##_name] = {                                               \
		.name = #_name,                                              \
		.help = _help,                                               \
		.unit = KTB_UNIT_PS,                                         \
		.kind = KTB_METRIC_DISTRIBUTION,                             \
		.context = KTB_CONTEXT_THREAD,                               \
		.flags = KTB_METRIC_CALL | (_flags),                         \
	},
	KTB_CALLS(KTB_COST_METRIC)
#undef KTB_COST_METRIC
		KTB_COUNTER("passes", 0,
			    "passes over all calls begun in the window"),
	KTB_COUNTER(
		"put_off", 0,
		"batches of hrtimer_start_first left out, since the CPU's next event was too near"),
	KTB_COUNTER("disturbed", 0,
		    "stretches of interrupts off made here on purpose"),
	KTB_COUNTER(
		"wrong", KTB_METRIC_LOSS,
		"timers not in the state that a call must leave them in, batches that did not return what they must, pending timers that went away"),
};

/**
 * struct ktb_cost - one place
 * @run: the run
 * @cell: of the CPU that makes the calls
 * @cpu: that CPU
 * @batch: what the calls are made with
 * @pending: pairs that stand on the base all the while
 * @nr_pending: how many
 * @outstanding: timers of both kinds that were armed there, and not cancelled
 */
struct ktb_cost {
	struct ktb_run *run;
	struct ktb_cell *cell;
	u32 cpu;
	struct ktb_batch batch;
	struct ktb_pair *pending;
	u32 nr_pending;
	s64 outstanding;
} ____cacheline_aligned;

static struct ktb_cost *ktb_cost_of(struct ktb_run *run, u32 place)
{
	struct ktb_cost *costs = run->work;

	return &costs[place];
}

static u32 ktb_cost_base(const struct ktb_run *run, u32 place)
{
	if (ktb_run_value(run, KTB_COST_BASE) == KTB_COST_FIRST)
		place = 0;
	return run->places[place].cpu;
}

/* The timers that are pending all the while belong to the owner of the base. */
static u32 ktb_cost_nr_pending(const struct ktb_run *run, u32 place)
{
	if (place && ktb_run_value(run, KTB_COST_BASE) == KTB_COST_FIRST)
		return 0;
	return ktb_run_value(run, KTB_COST_PENDING);
}

static bool ktb_cost_is_local(const struct ktb_run *run, u32 place)
{
	return run->places[place].arm_cpu == ktb_cost_base(run, place);
}

static void ktb_cost_arm_pending(struct ktb_cost *cost, bool local)
{
	struct ktb_batch *b = &cost->batch;
	struct ktb_pair *p;
	u32 i;

	for (i = 0; i < cost->nr_pending && !READ_ONCE(cost->run->stopping);
	     i++) {
		p = &cost->pending[i];
		ktb_batch_stand(b, &p->timer,
				b->near + ktb_random_below(&b->random,
							   KTB_WHEEL_FAR_OFF));
		cost->outstanding++;
		if (local) {
			hrtimer_start(&p->hrtimer,
				      ns_to_ktime(ktb_batch_draw_ns(b)),
				      b->mode);
			cost->outstanding++;
		}
		cond_resched();
	}
}

/*
 * The batch's timers are made anew here, so that they are of the CPU that will
 * make the calls. An hrtimer can only be started where it is to stand.
 */
static void ktb_cost_arm(struct ktb_run *run, u32 place)
{
	struct ktb_cost *cost = ktb_cost_of(run, place);
	u32 i;

	for (i = 0; i < cost->batch.nr; i++)
		ktb_batch_init_pair(&cost->batch, &cost->batch.pairs[i]);
	ktb_batch_anchor(&cost->batch);
	ktb_cost_arm_pending(cost, ktb_cost_is_local(run, place));
}

static void ktb_cost_record(struct ktb_cost *cost, u32 index,
			    const struct ktb_evidence *armed)
{
	const struct ktb_batch *b = &cost->batch;
	struct ktb_sample sample = {
		.value_ns = div_u64((b->to_ns - b->from_ns) * 1000, b->nr),
		.due_ns = armed->at_ns,
		.fired_ns = b->to_ns,
		.armed = armed,
		.armed_area = ktb_areas_index(&cost->run->areas, cost->cpu),
	};

	if (ktb_cost_metrics[index].flags & KTB_METRIC_PRIMARY)
		ktb_metric_sample(cost->cell, index, &sample);
	else
		ktb_metric_add(&cost->cell->hists[index], sample.value_ns);
}

/* Calls, records and cancels; interrupts are off. */
static void ktb_cost_run(struct ktb_cost *cost, u32 index)
{
	const struct ktb_call *call = &ktb_calls[index];
	struct ktb_batch *b = &cost->batch;
	u64 *counters = cost->cell->counters;
	struct ktb_evidence armed;
	bool records;
	u64 sum;

	ktb_evidence_take(&armed, ktb_clock_ns());
	records = ktb_run_records(cost->run, armed.at_ns);
	if (!index)
		counters[KTB_COST_PASSES] += records;
	if (!ktb_batch_aim(b, call)) {
		counters[KTB_COST_PUT_OFF] += records;
		return;
	}
	sum = call->run(b);
	if (!ktb_batch_hit(b, call))
		counters[KTB_COST_PUT_OFF] += records;
	else if (records)
		ktb_cost_record(cost, index, &armed);
	counters[KTB_COST_WRONG] += ktb_batch_settle(b, call, sum);
}

static bool ktb_cost_can(const struct ktb_call *call, bool local)
{
	if (call->needs == KTB_NEEDS_LOCAL)
		return local;
	return call->needs != KTB_NEEDS_SHUTDOWN || KTB_SHUTS_TIMERS_DOWN;
}

static void ktb_cost_pass(struct ktb_cost *cost, bool local)
{
	unsigned long flags;
	u32 i;

	for (i = 0; i < KTB_NR_CALLS && !READ_ONCE(cost->run->stopping); i++) {
		if (!ktb_cost_can(&ktb_calls[i], local))
			continue;
		ktb_batch_prepare(&cost->batch, &ktb_calls[i]);
		local_irq_save(flags);
		if (ktb_run_is_home(cost->run, cost->cpu))
			ktb_cost_run(cost, i);
		local_irq_restore(flags);
		cond_resched();
	}
}

/*
 * Pass after pass, so that those who share a base meet there; then the thread
 * rests for a tick, so that it beats and others run.
 */
static long ktb_cost_again(struct ktb_run *run, u32 place)
{
	bool local = ktb_cost_is_local(run, place);
	u64 from_ns = ktb_clock_ns();

	do {
		ktb_cost_pass(ktb_cost_of(run, place), local);
	} while (!READ_ONCE(run->stopping) &&
		 ktb_clock_ns() - from_ns < KTB_COST_BUSY_NS);
	return 1;
}

static int ktb_cost_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 pairs = 0;
	u32 place;

	*what = KTB_WHAT_PARAM;
	*which = KTB_COST_PINNED;
	for (place = 0; place < run->nr_places; place++) {
		/* On another CPU's base only timers can stand that are pinned. */
		if (!ktb_run_value(run, KTB_COST_PINNED) &&
		    !ktb_cost_is_local(run, place))
			return -EOPNOTSUPP;
		pairs += ktb_cost_nr_pending(run, place);
		pairs += ktb_run_value(run, KTB_COST_BATCH);
	}

	*what = KTB_WHAT_NOTHING;
	run->nr_timers = 2 * pairs + KTB_NR_ANCHORS * run->nr_places;
	run->timer_bytes = DIV_ROUND_UP(sizeof(struct ktb_pair), 2);
	return 0;
}

static struct ktb_pair *ktb_cost_alloc(const struct ktb_batch *b, u32 nr,
				       u32 cpu)
{
	struct ktb_pair *pairs;
	u32 i;

	pairs = kvzalloc_node(array_size(nr, sizeof(*pairs)), KTB_GFP,
			      cpu_to_node(cpu));
	for (i = 0; pairs && i < nr; i++) {
		ktb_batch_init_pair(b, &pairs[i]);
		cond_resched();
	}
	return pairs;
}

static int ktb_cost_prepare_place(struct ktb_run *run, u32 place)
{
	struct ktb_cost *cost = ktb_cost_of(run, place);
	struct ktb_batch *b = &cost->batch;

	cost->run = run;
	cost->cpu = run->places[place].arm_cpu;
	cost->cell = ktb_areas_cell(&run->areas, cost->cpu);
	ktb_batch_init(b, ktb_cost_base(run, place),
		       ktb_run_value(run, KTB_COST_PINNED));
	b->random = ktb_random_seed(run, place);
	b->nr = ktb_run_value(run, KTB_COST_BATCH);
	b->pairs = ktb_cost_alloc(b, b->nr, cost->cpu);
	if (!b->pairs)
		return -ENOMEM;

	cost->nr_pending = ktb_cost_nr_pending(run, place);
	if (!cost->nr_pending)
		return 0;
	cost->pending = ktb_cost_alloc(b, cost->nr_pending, b->cpu);
	return cost->pending ? 0 : -ENOMEM;
}

static int ktb_cost_prepare(struct ktb_run *run)
{
	u32 place;
	int err = 0;

	run->work = kvcalloc(run->nr_places, sizeof(struct ktb_cost), KTB_GFP);
	if (!run->work)
		return -ENOMEM;
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_cost_prepare_place(run, place);
	return err;
}

static void ktb_cost_quiesce(struct ktb_run *run)
{
	struct ktb_cost *cost;
	struct ktb_pair *p;
	u32 place, i;

	for (place = 0; place < run->nr_places; place++) {
		cost = ktb_cost_of(run, place);
		ktb_batch_quiesce(&cost->batch);
		for (i = 0; i < cost->nr_pending; i++) {
			p = &cost->pending[i];
			cost->outstanding -= ktb_timer_shutdown_sync(&p->timer);
			cost->outstanding -= hrtimer_cancel(&p->hrtimer);
			cond_resched();
		}
	}
}

/* What was armed for weeks ahead and is not there any more has fired. */
static void ktb_cost_collect(struct ktb_run *run)
{
	struct ktb_cost *cost;
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		cost = ktb_cost_of(run, place);
		cost->cell->counters[KTB_COST_WRONG] += cost->outstanding;
	}
}

static void ktb_cost_release(struct ktb_run *run)
{
	struct ktb_cost *cost;
	u32 place;

	for (place = 0; run->work && place < run->nr_places; place++) {
		cost = ktb_cost_of(run, place);
		kvfree(cost->batch.pairs);
		kvfree(cost->pending);
	}
	kvfree(run->work);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_api_cost = {
	.name = "api_cost",
	.help = "what a call of the timers', the kthreads' and the clocks' interfaces costs",
	.flags = KTB_WORKLOAD_ARM_ELSEWHERE,
	.params = ktb_cost_params,
	.nr_params = ARRAY_SIZE(ktb_cost_params),
	.metrics = ktb_cost_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_cost_metrics),
	.disturbed = KTB_COST_DISTURBED,
	.contracts = "jiffies.clock timer_list.mod_timer timer_delete.delete "
		     "hrtimer_cancel.cancel kthread_stop.should_stop",
	.check = ktb_cost_check,
	.prepare = ktb_cost_prepare,
	.arm = ktb_cost_arm,
	.again = ktb_cost_again,
	.quiesce = ktb_cost_quiesce,
	.collect = ktb_cost_collect,
	.release = ktb_cost_release,
};
