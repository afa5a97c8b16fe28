// SPDX-License-Identifier: GPL-2.0
/*
 * kthread_park: what it takes to park a thread, and to let it go on.
 *
 *	kthread_park() -----> seen -----> returned, kthread_unpark() -----> runs
 *	              notice      settle                             unpark
 *
 * A thread on each place sleeps or spins, and looks whether it is to park. The
 * worker on the arming CPU parks it and lets it go on again, once a period: one
 * cycle. The worker hands over its times; the thread, once it runs again,
 * records the cycle and gives the slot back.
 */
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "bound.h"
#include "missed.h"
#include "pace.h"
#include "policy.h"
#include "workload.h"

enum {
	KTB_PARK_STATE,
	KTB_PARK_PERIOD,
	KTB_PARK_POLICY,
	KTB_PARK_PRIORITY,
	KTB_PARK_NICE,
	KTB_PARK_BUSY,
};

enum {
	KTB_PARK_ASLEEP,
	KTB_PARK_RUNNING,
};

enum {
	KTB_PARK_CYCLE,
	KTB_PARK_NOTICE,
	KTB_PARK_SETTLE,
	KTB_PARK_UNPARK,
	KTB_PARK_PARK,
	KTB_PARK_UNPARK_CALL,
	KTB_PARK_CYCLE_MISSED,
};

enum {
	KTB_PARK_CYCLES,
	KTB_PARK_AWAKE,
	KTB_PARK_OUTSIDE,
	KTB_PARK_MISSED,
	KTB_PARK_DISTURBED,
	KTB_PARK_WRONG_CPU,
	KTB_PARK_UNFINISHED,
};

static const struct ktb_param ktb_park_params[] = {
	[KTB_PARK_STATE] = {
		.name = "state", .type = KTB_PARAM_ENUM,
		.choices = "asleep,running",
		.min = 0, .max = KTB_PARK_RUNNING, .def = KTB_PARK_ASLEEP,
		.help = "what the thread does when it is to park: sleep, or spin and look",
	},
	[KTB_PARK_PERIOD] = {
		.name = "period", .unit = KTB_UNIT_NS,
		.min = 100 * NSEC_PER_USEC, .max = NSEC_PER_SEC,
		.def = NSEC_PER_MSEC,
		.help = "from one call of kthread_park() to the next",
	},
	[KTB_PARK_POLICY] = KTB_POLICY_PARAM("the thread that parks"),
	[KTB_PARK_PRIORITY] = KTB_PRIORITY_PARAM,
	[KTB_PARK_NICE] = KTB_NICE_PARAM,
	[KTB_PARK_BUSY] = KTB_BUSY_PARAM,
};

static const struct ktb_metric ktb_park_metrics[] = {
	KTB_DISTRIBUTION(
		"cycle", KTB_CONTEXT_THREAD, KTB_METRIC_PRIMARY,
		"from kthread_park() to its return, and from kthread_unpark() until the thread runs; holds our probe on sched_switch"),
	KTB_DISTRIBUTION(
		"notice", KTB_CONTEXT_THREAD,
		KTB_METRIC_PART | KTB_METRIC_PHASE,
		"from kthread_park() until the thread has seen that it is to park"),
	KTB_DISTRIBUTION(
		"settle", KTB_CONTEXT_THREAD,
		KTB_METRIC_PART | KTB_METRIC_PHASE,
		"from there until kthread_park() has returned: the thread is off its CPU"),
	KTB_DISTRIBUTION(
		"unpark", KTB_CONTEXT_THREAD,
		KTB_METRIC_PART | KTB_METRIC_PHASE,
		"from kthread_unpark() to the first instruction of the thread"),
	KTB_DISTRIBUTION("park", KTB_CONTEXT_THREAD, 0,
			 "what kthread_park() took, notice and settle together"),
	KTB_DISTRIBUTION("unpark_call", KTB_CONTEXT_THREAD, KTB_METRIC_CALL,
			 "what kthread_unpark() took its caller"),
	KTB_MISSED_DISTRIBUTION(
		"cycle_missed", KTB_CONTEXT_THREAD,
		"from a period that was missed to the end of the cycle that was in progress, or came next"),
	KTB_COUNTER("cycles", 0, "cycles that began in the window"),
	KTB_COUNTER("awake", 0,
		    "cycles of a thread that had not gone to sleep yet"),
	KTB_COUNTER("outside", 0, "cycles that began outside of the window"),
	KTB_COUNTER("missed", 0,
		    "periods that passed while a cycle was in progress"),
	KTB_COUNTER("disturbed", 0,
		    "stretches of interrupts off made here on purpose"),
	KTB_COUNTER(
		"wrong_cpu", KTB_METRIC_LOSS,
		"cycles that ended on another CPU than the thread is bound to"),
	KTB_COUNTER("unfinished", KTB_METRIC_LOSS,
		    "cycles that began in the window and never ended"),
};

/**
 * struct ktb_park - one place
 * @run: the run
 * @cell: that the thread writes
 * @task: the thread that parks; a reference is held
 * @load: the thread that keeps the CPU busy, or NULL; likewise
 * @cpu: of the threads
 * @arm_cpu: of the worker
 * @spins: the thread does not sleep while it waits
 * @owed: the last cycle counts, and its kthread_unpark() is not recorded yet
 * @seen_ns: when the thread has seen that it is to park
 * @schedule: of the cycles; the thread knows by their begin which were missed
 * @pace: of the worker
 * @refused: counted by the worker: kthread_park() has failed
 * @asked: what the worker's CPU had been through when it was about to park
 * @park_ns: just before kthread_park()
 * @parked_ns: just after it
 * @unpark_ns: just before kthread_unpark()
 * @call_ns: what that took
 * @last_call_ns: what it took in the cycle before
 * @pending: the times are the thread's to take, else the worker's to write
 */
struct ktb_park {
	struct ktb_run *run;
	struct ktb_cell *cell;
	struct task_struct *task;
	struct task_struct *load;
	u32 cpu;
	u32 arm_cpu;
	bool spins;
	bool owed;
	u64 seen_ns;
	struct ktb_schedule schedule;

	struct ktb_pace pace ____cacheline_aligned;
	u64 refused;

	struct ktb_evidence asked ____cacheline_aligned;
	u64 park_ns;
	u64 parked_ns;
	u64 unpark_ns;
	u64 call_ns;
	u64 last_call_ns;
	bool pending;
};

static void ktb_park_record(struct ktb_park *pk, u64 now_ns)
{
	struct ktb_hist_area *hists = pk->cell->hists;
	u64 park_ns = pk->parked_ns - pk->park_ns;
	u64 unpark_ns = now_ns - pk->unpark_ns;
	struct ktb_sample sample = {
		.value_ns = park_ns + unpark_ns,
		.due_ns = pk->park_ns,
		.fired_ns = now_ns,
		.armed = &pk->asked,
		.armed_area = ktb_areas_index(&pk->run->areas, pk->arm_cpu),
	};

	ktb_metric_sample(pk->cell, KTB_PARK_CYCLE, &sample);
	ktb_metric_add(&hists[KTB_PARK_NOTICE], pk->seen_ns - pk->park_ns);
	ktb_metric_add(&hists[KTB_PARK_SETTLE], pk->parked_ns - pk->seen_ns);
	ktb_metric_add(&hists[KTB_PARK_UNPARK], unpark_ns);
	ktb_metric_add(&hists[KTB_PARK_PARK], park_ns);
}

/*
 * A cycle is a sample if it found the thread as it should and left it at home.
 * What kthread_unpark() took is known a cycle later: it may not have returned.
 */
static void ktb_park_serve(struct ktb_park *pk, u64 now_ns, bool ready)
{
	ktb_run_check_starved(pk->run, pk->cell, now_ns);
	if (pk->owed)
		ktb_metric_add(&pk->cell->hists[KTB_PARK_UNPARK_CALL],
			       pk->last_call_ns);
	pk->owed = false;
	if (!ktb_run_records(pk->run, pk->park_ns)) {
		ktb_metric_count(pk->cell, KTB_PARK_OUTSIDE);
		return;
	}
	ktb_metric_count(pk->cell, KTB_PARK_CYCLES);
	if (unlikely(raw_smp_processor_id() != pk->cpu)) {
		ktb_metric_count(pk->cell, KTB_PARK_WRONG_CPU);
	} else if (unlikely(!ready)) {
		ktb_metric_count(pk->cell, KTB_PARK_AWAKE);
	} else {
		ktb_park_record(pk, now_ns);
		pk->owed = true;
	}
}

static bool ktb_park_is_over(void)
{
	return kthread_should_park() || kthread_should_stop();
}

/* The state is set before the test, so that no wake-up is missed. */
static void ktb_park_sleep(void)
{
	for (;;) {
		set_current_state(TASK_IDLE);
		if (ktb_park_is_over())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
}

static void ktb_park_spin(void)
{
	while (!ktb_park_is_over()) {
		cpu_relax();
		cond_resched();
	}
}

/*
 * Whether the thread has slept is told by its own count of switches: parked
 * again right after a cycle, it is still awake.
 */
static int ktb_park_thread(void *data)
{
	struct ktb_park *pk = data;
	unsigned long switches;
	bool ready;
	u64 now_ns;

	/* Pairs with the acquire in ktb_park_once(). */
	smp_store_release(&pk->pending, false);
	while (!kthread_should_stop()) {
		switches = current->nvcsw;
		if (pk->spins)
			ktb_park_spin();
		else
			ktb_park_sleep();
		if (!kthread_should_park())
			continue;
		pk->seen_ns = ktb_clock_ns();
		ready = pk->spins || current->nvcsw != switches;
		kthread_parkme();
		now_ns = ktb_clock_ns();
		/* Pairs with the release in ktb_park_cycle(). */
		if (!smp_load_acquire(&pk->pending))
			continue;
		ktb_park_serve(pk, now_ns, ready);
		ktb_schedule_serve(&pk->schedule, pk->park_ns, now_ns);
		/* Pairs with the acquire in ktb_park_once(). */
		smp_store_release(&pk->pending, false);
	}
	return 0;
}

static void ktb_park_cycle(struct ktb_park *pk)
{
	u64 from_ns;
	int err;

	pk->last_call_ns = pk->call_ns;
	ktb_evidence_take(&pk->asked, ktb_clock_ns());
	pk->park_ns = ktb_clock_ns();
	err = kthread_park(pk->task);
	pk->parked_ns = ktb_clock_ns();
	if (unlikely(err)) {
		pk->refused += ktb_run_records(pk->run, pk->park_ns);
		return;
	}

	from_ns = ktb_clock_ns();
	pk->unpark_ns = from_ns;
	/* Pairs with the acquire in ktb_park_thread(). */
	smp_store_release(&pk->pending, true);
	kthread_unpark(pk->task);
	pk->call_ns = ktb_clock_ns() - from_ns;
}

/* One period: a cycle, unless the thread has not taken the one before. */
static void ktb_park_once(void *data)
{
	struct ktb_park *pk = data;

	if (!ktb_run_is_home(pk->run, pk->arm_cpu))
		return;
	/* Pairs with the release in ktb_park_thread(). */
	if (likely(!smp_load_acquire(&pk->pending)))
		ktb_park_cycle(pk);
	ktb_pace_advance(&pk->pace, pk->pace.next_ns);
}

static struct ktb_park *ktb_park_of(struct ktb_run *run, u32 place)
{
	struct ktb_park *parks = run->work;

	return &parks[place];
}

static void ktb_park_arm(struct ktb_run *run, u32 place)
{
	struct ktb_park *pk = ktb_park_of(run, place);

	ktb_bound_home(pk->task, pk->cpu);
	ktb_pace_begin(&pk->pace);
	pk->schedule.next_ns = pk->pace.next_ns;
	if (pk->load)
		wake_up_process(pk->load);
	wake_up_process(pk->task);
}

static long ktb_park_again(struct ktb_run *run, u32 place)
{
	struct ktb_park *pk = ktb_park_of(run, place);

	return ktb_pace_keep(&pk->pace, ktb_park_once, pk);
}

static int ktb_park_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 period_ns = ktb_run_value(run, KTB_PARK_PERIOD);
	int err;

	*what = KTB_WHAT_PARAM;
	err = ktb_policy_check(run, KTB_PARK_POLICY, which);
	if (err)
		return err;
	/* A real-time thread that spins lets nobody park it. */
	*which = KTB_PARK_STATE;
	if (ktb_run_value(run, KTB_PARK_STATE) == KTB_PARK_RUNNING &&
	    ktb_run_value(run, KTB_PARK_POLICY) != KTB_POLICY_NORMAL)
		return -EOPNOTSUPP;

	*what = KTB_WHAT_NOTHING;
	run->nr_threads =
		run->nr_places * (1 + ktb_run_value(run, KTB_PARK_BUSY));
	run->rate_hz = div64_u64(NSEC_PER_SEC, period_ns);
	run->grace_ns = 2 * NSEC_PER_SEC + period_ns;
	return 0;
}

static int ktb_park_prepare_place(struct ktb_run *run, u32 place)
{
	struct ktb_policy policy = ktb_policy_of(run, KTB_PARK_POLICY);
	struct ktb_park *pk = ktb_park_of(run, place);
	int err;

	pk->run = run;
	pk->cpu = run->places[place].cpu;
	pk->arm_cpu = run->places[place].arm_cpu;
	pk->cell = ktb_areas_cell(&run->areas, pk->cpu);
	pk->spins = ktb_run_value(run, KTB_PARK_STATE) == KTB_PARK_RUNNING;
	ktb_pace_init(&pk->pace, run, place,
		      ktb_run_value(run, KTB_PARK_PERIOD));

	pk->schedule = (struct ktb_schedule){
		.run = run,
		.cell = pk->cell,
		.metric = KTB_PARK_CYCLE_MISSED,
		.counter = KTB_PARK_MISSED,
		.times = 1,
		.period_ns = pk->pace.period_ns,
	};

	/* Parked before its first instruction, the thread would not know of it. */
	pk->pending = true;
	err = ktb_bound_make(&pk->task, pk->cpu, "parked", ktb_park_thread, pk);
	if (!err && ktb_run_value(run, KTB_PARK_BUSY))
		err = ktb_bound_make(&pk->load, pk->cpu, "busy",
				     ktb_bound_compute, NULL);
	if (err)
		return err;
	ktb_policy_set(pk->task, &policy);
	/* One that spins must not do so before the run. */
	if (!pk->spins)
		wake_up_process(pk->task);
	return 0;
}

static int ktb_park_prepare(struct ktb_run *run)
{
	u32 place;
	int err = 0;

	run->work = kvcalloc(run->nr_places, sizeof(struct ktb_park), KTB_GFP);
	if (!run->work)
		return -ENOMEM;
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_park_prepare_place(run, place);
	return err;
}

static bool ktb_park_drained(struct ktb_run *run)
{
	u64 end_ns = run->begin_ns + run->span_ns;
	struct ktb_park *pk;
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		pk = ktb_park_of(run, place);
		if (!ktb_pace_has_passed(&pk->pace, end_ns) ||
		    READ_ONCE(pk->pending) ||
		    !ktb_schedule_has_passed(&pk->schedule, end_ns))
			return false;
	}
	return true;
}

/* The worker has gone, and has left no thread parked. */
static void ktb_park_quiesce(struct ktb_run *run)
{
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		ktb_bound_stop(&ktb_park_of(run, place)->load);
		ktb_bound_stop(&ktb_park_of(run, place)->task);
	}
}

static void ktb_park_collect(struct ktb_run *run)
{
	struct ktb_park *pk;
	u64 *counters;
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		pk = ktb_park_of(run, place);
		counters = pk->cell->counters;
		ktb_schedule_miss(&pk->schedule, pk->pace.next_ns,
				  ktb_clock_ns());
		counters[KTB_PARK_UNFINISHED] += pk->refused;
		if (pk->pending)
			counters[KTB_PARK_UNFINISHED] +=
				ktb_run_records(run, pk->park_ns);
		if (pk->owed)
			ktb_metric_add(&pk->cell->hists[KTB_PARK_UNPARK_CALL],
				       pk->call_ns);
	}
}

static void ktb_park_release(struct ktb_run *run)
{
	if (run->work)
		ktb_park_quiesce(run);
	kvfree(run->work);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_kthread_park = {
	.name = "kthread_park",
	.help = "what it takes to park a kernel thread, and to let it go on",
	.flags = KTB_WORKLOAD_ARM_ELSEWHERE,
	.params = ktb_park_params,
	.nr_params = ARRAY_SIZE(ktb_park_params),
	.metrics = ktb_park_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_park_metrics),
	.disturbed = KTB_PARK_DISTURBED,
	.contracts =
		"kthread_park.parks kthread_park.only_unpark_wakes kthread_park.stays kthread_park.stop "
		"kthread_place.bind kthread_policy",
	.check = ktb_park_check,
	.prepare = ktb_park_prepare,
	.arm = ktb_park_arm,
	.again = ktb_park_again,
	.drained = ktb_park_drained,
	.quiesce = ktb_park_quiesce,
	.collect = ktb_park_collect,
	.release = ktb_park_release,
};
