// SPDX-License-Identifier: GPL-2.0
/*
 * kthread_wake: from the wake-up of a thread to its first instruction.
 *
 *	due -----> callback calls wake_up_process() -----> thread runs
 *	      irq                                   thread
 *
 * A thread on each place sleeps; a waker on the arming CPU wakes it: a thread,
 * a timer_list callback (in the softirq) or a hard hrtimer's (in the
 * interrupt). One wake-up at a time: the waker hands over the times, the thread
 * takes them, records, and gives the slot back.
 */
#include <linux/irqflags.h>
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "bound.h"
#include "missed.h"
#include "pace.h"
#include "policy.h"
#include "wheel.h"
#include "workload.h"

enum {
	KTB_WAKE_SOURCE,
	KTB_WAKE_PERIOD,
	KTB_WAKE_POLICY,
	KTB_WAKE_PRIORITY,
	KTB_WAKE_NICE,
	KTB_WAKE_BUSY,
};

enum {
	KTB_WAKE_BY_THREAD,
	KTB_WAKE_BY_TIMER,
	KTB_WAKE_BY_HRTIMER,
};

enum {
	KTB_WAKE_LATENCY,
	KTB_WAKE_IRQ,
	KTB_WAKE_THREAD,
	KTB_WAKE_LATENCY_MISSED,
};

enum {
	KTB_WAKE_WAKES,
	KTB_WAKE_AWAKE,
	KTB_WAKE_OUTSIDE,
	KTB_WAKE_SPURIOUS,
	KTB_WAKE_DISTURBED,
	KTB_WAKE_MISSED,
	KTB_WAKE_WRONG_CPU,
	KTB_WAKE_UNFIRED,
};

/* The waking thread shows this often that it lives. */
#define KTB_WAKE_BEAT_NS NSEC_PER_SEC

static const struct ktb_param ktb_wake_params[] = {
	[KTB_WAKE_SOURCE] = {
		.name = "source", .type = KTB_PARAM_ENUM,
		.choices = "thread,timer,hrtimer",
		.min = 0, .max = KTB_WAKE_BY_HRTIMER,
		.def = KTB_WAKE_BY_THREAD,
		.help = "who wakes the thread: another thread, a timer_list callback, a hard hrtimer",
	},
	[KTB_WAKE_PERIOD] = {
		.name = "period", .unit = KTB_UNIT_NS,
		.min = 100 * NSEC_PER_USEC, .max = NSEC_PER_SEC,
		.def = NSEC_PER_MSEC,
		.help = "from one wake-up to the next, for a timer_list rounded up to jiffies",
	},
	[KTB_WAKE_POLICY] = KTB_POLICY_PARAM("the thread that is woken"),
	[KTB_WAKE_PRIORITY] = KTB_PRIORITY_PARAM,
	[KTB_WAKE_NICE] = KTB_NICE_PARAM,
	[KTB_WAKE_BUSY] = KTB_BUSY_PARAM,
};

static const struct ktb_metric ktb_wake_metrics[] = {
	KTB_DISTRIBUTION(
		"latency", KTB_CONTEXT_THREAD, KTB_METRIC_PRIMARY,
		"from the timer's due time, or a thread's call, to the first instruction of the thread; holds our probe on sched_switch"),
	KTB_DISTRIBUTION(
		"irq", KTB_CONTEXT_ANY, KTB_METRIC_PART,
		"from the due time to the first instruction of the timer's callback"),
	KTB_DISTRIBUTION(
		"thread", KTB_CONTEXT_THREAD, KTB_METRIC_PART,
		"from the callback, or the call, to the first instruction of the thread; by a thread of its own CPU, with that one's way to sleep"),
	KTB_MISSED_DISTRIBUTION(
		"latency_missed", KTB_CONTEXT_THREAD,
		"from a period that was missed to the first instruction of the thread when it was woken next, or ran already"),
	KTB_COUNTER("wakes", 0, "wake-ups due in the window"),
	KTB_COUNTER("awake", 0,
		    "wake-ups of a thread that had not gone to sleep yet"),
	KTB_COUNTER("outside", 0, "wake-ups due outside of the window"),
	KTB_COUNTER("spurious", 0, "wake-ups by somebody else"),
	KTB_COUNTER("disturbed", 0,
		    "stretches of interrupts off made here on purpose"),
	KTB_COUNTER(
		"missed", 0,
		"periods that passed while the callback, the waker or the thread was late"),
	KTB_COUNTER("wrong_cpu", KTB_METRIC_LOSS,
		    "wake-ups on another CPU than the thread is bound to"),
	KTB_COUNTER("unfired", KTB_METRIC_LOSS,
		    "timers due in the window that never fired"),
};

/**
 * struct ktb_wake - one place
 * @run: the run
 * @cell: that the thread writes
 * @task: the thread that is woken; a reference is held
 * @load: the thread that keeps the CPU busy, or NULL; likewise
 * @cpu: of the threads
 * @arm_cpu: of the waker
 * @slept: what the CPU had been through when the thread went to sleep
 * @schedule: of the wake-ups; the thread knows by the due times which were missed
 * @source: of wake-ups
 * @period_ns: of wake-ups
 * @period: the same in jiffies, rounded up
 * @random: stream of phases
 * @timer: if it is the source
 * @hrtimer: if it is the source
 * @next_ns: when the next wake-up is due; written by the waker
 * @due_ns: of the wake-up in progress
 * @wake_ns: of the wake-up in progress
 * @pending: a wake-up is in progress: the thread's to take, else the waker's
 */
struct ktb_wake {
	struct ktb_run *run;
	struct ktb_cell *cell;
	struct task_struct *task;
	struct task_struct *load;
	u32 cpu;
	u32 arm_cpu;
	struct ktb_evidence slept;
	struct ktb_schedule schedule;

	u32 source;
	u64 period_ns;
	unsigned long period;
	u64 random;
	struct timer_list timer ____cacheline_aligned;
	struct hrtimer hrtimer;
	u64 next_ns;

	u64 due_ns ____cacheline_aligned;
	u64 wake_ns;
	bool pending;
};

static void ktb_wake_record(struct ktb_wake *w, u64 now_ns)
{
	struct ktb_sample sample = {
		.value_ns = now_ns - w->due_ns,
		.due_ns = w->due_ns,
		.fired_ns = now_ns,
		.armed = &w->slept,
		.armed_area = ktb_areas_index(&w->run->areas, w->arm_cpu),
	};

	ktb_metric_sample(w->cell, KTB_WAKE_LATENCY, &sample);
	if (w->source != KTB_WAKE_BY_THREAD)
		ktb_metric_add(&w->cell->hists[KTB_WAKE_IRQ],
			       w->wake_ns - w->due_ns);
	ktb_metric_add(&w->cell->hists[KTB_WAKE_THREAD], now_ns - w->wake_ns);
}

/* A wake-up is a sample if it found the thread asleep and it runs at home. */
static void ktb_wake_serve(struct ktb_wake *w, u64 now_ns, bool slept)
{
	ktb_run_check_starved(w->run, w->cell, now_ns);
	if (!ktb_run_records(w->run, w->due_ns)) {
		ktb_metric_count(w->cell, KTB_WAKE_OUTSIDE);
		return;
	}
	ktb_metric_count(w->cell, KTB_WAKE_WAKES);
	if (unlikely(raw_smp_processor_id() != w->cpu))
		ktb_metric_count(w->cell, KTB_WAKE_WRONG_CPU);
	else if (unlikely(!slept || now_ns < w->wake_ns))
		ktb_metric_count(w->cell, KTB_WAKE_AWAKE);
	else
		ktb_wake_record(w, now_ns);
}

/*
 * Whether the thread has slept is told by its own count of switches: a wake-up
 * between the look at @pending and schedule() finds it awake.
 */
static int ktb_wake_thread(void *data)
{
	struct ktb_wake *w = data;
	unsigned long switches;
	u64 now_ns;

	for (;;) {
		ktb_evidence_take(&w->slept, ktb_clock_ns());
		/* The counts of one CPU say nothing of another's wake-up. */
		w->slept.cpu = w->arm_cpu;
		switches = current->nvcsw;
		set_current_state(TASK_IDLE);
		if (!READ_ONCE(w->pending)) {
			if (kthread_should_stop())
				break;
			schedule();
		}
		now_ns = ktb_clock_ns();
		__set_current_state(TASK_RUNNING);
		/* Pairs with the release in ktb_wake_up(). */
		if (smp_load_acquire(&w->pending)) {
			ktb_wake_serve(w, now_ns, current->nvcsw != switches);
			ktb_schedule_serve(&w->schedule, w->due_ns, now_ns);
			/* Pairs with the acquire in ktb_wake_up(). */
			smp_store_release(&w->pending, false);
		} else if (!kthread_should_stop()) {
			ktb_metric_count(w->cell, KTB_WAKE_SPURIOUS);
		}
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static __always_inline void ktb_wake_up(struct ktb_wake *w, u64 due_ns,
					u64 now_ns)
{
	/* Pairs with the release in ktb_wake_thread(). */
	if (unlikely(smp_load_acquire(&w->pending))) {
		ktb_run_check_starved(w->run, w->cell, now_ns);
		return;
	}
	w->due_ns = due_ns;
	w->wake_ns = now_ns;
	/* Pairs with the acquire in ktb_wake_thread(). */
	smp_store_release(&w->pending, true);
	wake_up_process(w->task);
}

/* What has been woken for is told before what is due next. */
static __always_inline void ktb_wake_set_next(struct ktb_wake *w, u64 next_ns)
{
	/* Pairs with the acquire in ktb_wake_drained(). */
	smp_store_release(&w->next_ns, next_ns);
}

static void ktb_wake_timer_fire(struct timer_list *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_wake *w = ktb_timer_container_of(w, timer, timer);
	unsigned long next = timer->expires + w->period, now;

	ktb_wake_up(w, ktb_clock_edge_ns(ktb_wheel_due(timer)), now_ns);
	if (READ_ONCE(w->run->stopping))
		return;
	now = jiffies;
	if (unlikely(time_before(next, now)))
		next += w->period *
			(1 + ktb_missed_steps(now - 1 - next, w->period));
	ktb_wake_set_next(w, ktb_clock_edge_ns(next + 1));
	mod_timer(timer, next);
}

static enum hrtimer_restart ktb_wake_hrtimer_fire(struct hrtimer *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_wake *w = container_of(timer, struct ktb_wake, hrtimer);
	u64 due_ns = w->next_ns, next_ns;

	ktb_wake_up(w, due_ns, now_ns);
	if (READ_ONCE(w->run->stopping))
		return HRTIMER_NORESTART;
	next_ns =
		ktb_schedule_skip(due_ns + w->period_ns, w->period_ns, now_ns);
	ktb_wake_set_next(w, next_ns);
	hrtimer_add_expires_ns(timer, next_ns - due_ns);
	return HRTIMER_RESTART;
}

static struct ktb_wake *ktb_wake_of(struct ktb_run *run, u32 place)
{
	struct ktb_wake *wakes = run->work;

	return &wakes[place];
}

static void ktb_wake_begin(struct ktb_wake *w, u64 first_ns)
{
	w->schedule.next_ns = first_ns;
	ktb_wake_set_next(w, first_ns);
}

static void ktb_wake_arm_timer(struct ktb_wake *w)
{
	unsigned long expires = jiffies + 1;

	expires += ktb_random_below(&w->random, w->period);
	w->timer.expires = expires;
	ktb_wake_begin(w, ktb_clock_edge_ns(expires + 1));
	add_timer_on(&w->timer, w->arm_cpu);
}

/* It stands on the CPU that starts it. */
static void ktb_wake_arm_hrtimer(struct ktb_wake *w)
{
	preempt_disable();
	if (ktb_run_is_home(w->run, w->arm_cpu))
		hrtimer_start(&w->hrtimer, ns_to_ktime(w->next_ns),
			      HRTIMER_MODE_ABS_PINNED_HARD);
	preempt_enable();
}

static void ktb_wake_arm(struct ktb_run *run, u32 place)
{
	struct ktb_wake *w = ktb_wake_of(run, place);

	ktb_bound_home(w->task, w->cpu);
	if (w->load)
		wake_up_process(w->load);
	if (w->source == KTB_WAKE_BY_TIMER) {
		ktb_wake_arm_timer(w);
		return;
	}
	ktb_wake_begin(w, ktb_clock_ns() +
				  ktb_random_below(&w->random, w->period_ns));
	if (w->source == KTB_WAKE_BY_HRTIMER)
		ktb_wake_arm_hrtimer(w);
}

static long ktb_wake_again(struct ktb_run *run, u32 place)
{
	struct ktb_wake *w = ktb_wake_of(run, place);
	u64 from_ns = ktb_clock_ns(), now_ns = from_ns;

	if (w->source != KTB_WAKE_BY_THREAD)
		return HZ;
	while (now_ns - from_ns < KTB_WAKE_BEAT_NS) {
		ktb_pace_sleep_until(w->next_ns);
		if (kthread_should_stop() || !ktb_run_is_home(run, w->arm_cpu))
			break;
		now_ns = ktb_clock_ns();
		ktb_wake_up(w, now_ns, now_ns);
		ktb_wake_set_next(w,
				  ktb_schedule_skip(w->next_ns + w->period_ns,
						    w->period_ns, now_ns));
	}
	return 1;
}

static int ktb_wake_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 period_ns = ktb_run_value(run, KTB_WAKE_PERIOD);
	int err;

	*what = KTB_WHAT_PARAM;
	err = ktb_policy_check(run, KTB_WAKE_POLICY, which);
	if (err)
		return err;
	*what = KTB_WHAT_NOTHING;
	run->nr_threads = 2 * run->nr_places;
	run->rate_hz = div64_u64(NSEC_PER_SEC, period_ns);
	run->grace_ns = 2 * NSEC_PER_SEC + period_ns;
	return 0;
}

static void ktb_wake_init(struct ktb_wake *w, struct ktb_run *run, u32 place)
{
	w->run = run;
	w->cpu = run->places[place].cpu;
	w->arm_cpu = run->places[place].arm_cpu;
	w->cell = ktb_areas_cell(&run->areas, w->cpu);
	w->source = ktb_run_value(run, KTB_WAKE_SOURCE);
	w->period_ns = ktb_run_value(run, KTB_WAKE_PERIOD);
	w->period = DIV_ROUND_UP_ULL(w->period_ns, TICK_NSEC);
	w->random = ktb_random_seed(run, place);
	w->schedule = (struct ktb_schedule){
		.run = run,
		.cell = w->cell,
		.metric = KTB_WAKE_LATENCY_MISSED,
		.counter = KTB_WAKE_MISSED,
		.times = 1,
		.period_ns = w->source == KTB_WAKE_BY_TIMER ?
				     w->period * TICK_NSEC :
				     w->period_ns,
	};
	timer_setup(&w->timer, ktb_wake_timer_fire, TIMER_PINNED);
	ktb_hrtimer_setup(&w->hrtimer, ktb_wake_hrtimer_fire, CLOCK_MONOTONIC,
			  HRTIMER_MODE_ABS_PINNED_HARD);
}

static int ktb_wake_prepare_place(struct ktb_wake *w)
{
	struct ktb_policy policy = ktb_policy_of(w->run, KTB_WAKE_POLICY);
	int err = ktb_bound_make(&w->task, w->cpu, "woken", ktb_wake_thread, w);

	if (!err && ktb_run_value(w->run, KTB_WAKE_BUSY))
		err = ktb_bound_make(&w->load, w->cpu, "busy",
				     ktb_bound_compute, w);
	if (err)
		return err;
	ktb_policy_set(w->task, &policy);
	wake_up_process(w->task);
	return 0;
}

static int ktb_wake_prepare(struct ktb_run *run)
{
	u32 place;
	int err = 0;

	run->work = kvcalloc(run->nr_places, sizeof(struct ktb_wake), KTB_GFP);
	if (!run->work)
		return -ENOMEM;
	for (place = 0; place < run->nr_places; place++)
		ktb_wake_init(ktb_wake_of(run, place), run, place);
	for (place = 0; !err && place < run->nr_places; place++)
		err = ktb_wake_prepare_place(ktb_wake_of(run, place));
	return err;
}

static bool ktb_wake_drained(struct ktb_run *run)
{
	u64 end_ns = run->begin_ns + run->span_ns;
	struct ktb_wake *w;
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		w = ktb_wake_of(run, place);
		/* Pairs with the release in ktb_wake_set_next(). */
		if (smp_load_acquire(&w->next_ns) < end_ns ||
		    READ_ONCE(w->pending) ||
		    !ktb_schedule_has_passed(&w->schedule, end_ns))
			return false;
	}
	return true;
}

static void ktb_wake_quiesce(struct ktb_run *run)
{
	struct ktb_wake *w;
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		w = ktb_wake_of(run, place);
		ktb_timer_shutdown_sync(&w->timer);
		hrtimer_cancel(&w->hrtimer);
		ktb_bound_stop(&w->load);
		ktb_bound_stop(&w->task);
	}
}

static void ktb_wake_collect(struct ktb_run *run)
{
	struct ktb_wake *w;
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		w = ktb_wake_of(run, place);
		ktb_schedule_miss(&w->schedule, w->next_ns, ktb_clock_ns());
		if (w->source != KTB_WAKE_BY_THREAD &&
		    ktb_run_records(run, w->next_ns))
			ktb_metric_count(w->cell, KTB_WAKE_UNFIRED);
	}
}

static void ktb_wake_release(struct ktb_run *run)
{
	if (run->work)
		ktb_wake_quiesce(run);
	kvfree(run->work);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_kthread_wake = {
	.name = "kthread_wake",
	.help = "from the wake-up of a kernel thread to its first instruction",
	.flags = KTB_WORKLOAD_ARM_ELSEWHERE,
	.params = ktb_wake_params,
	.nr_params = ARRAY_SIZE(ktb_wake_params),
	.metrics = ktb_wake_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_wake_metrics),
	.disturbed = KTB_WAKE_DISTURBED,
	.contracts =
		"kthread.wake_up kthread_stop.wakes kthread_place.bind kthread_policy",
	.check = ktb_wake_check,
	.prepare = ktb_wake_prepare,
	.arm = ktb_wake_arm,
	.again = ktb_wake_again,
	.drained = ktb_wake_drained,
	.quiesce = ktb_wake_quiesce,
	.collect = ktb_wake_collect,
	.release = ktb_wake_release,
};
