// SPDX-License-Identifier: GPL-2.0
/*
 * churn: what timers are mostly used for: most are cancelled or re-armed before
 * they expire.
 *
 * A thread on each place does so many operations a second, each with a timer
 * drawn at random: one that is idle is armed, one that is pending re-armed or
 * cancelled. A share of the armings is for a short time; those expire, unless
 * they are drawn again before. What a call costs is taken in the thread, how
 * late a timer is in its callback; neither may run into the other, so the
 * thread keeps interrupts off while it changes a timer, and the callbacks of
 * both kinds run with interrupts off. Bottom halves that are off would not do:
 * on PREEMPT_RT without CONFIG_PREEMPT_RT_NEEDS_BH_LOCK they keep no softirq out.
 *
 * Every arming ends as expired, cancelled or pending at the end: lost counts
 * what does not.
 */
#include <linux/irqflags.h>
#include <linux/math64.h>
#include <linux/sched.h>

#include "fleet.h"
#include "pace.h"
#include "wheel.h"

enum {
	KTB_CHURN_TIMERS,
	KTB_CHURN_API,
	KTB_CHURN_RATE,
	KTB_CHURN_REARM_PERCENT,
	KTB_CHURN_EXPIRE_PERCENT,
	KTB_CHURN_DELAY,
	KTB_CHURN_EXPIRE_AFTER,
};

enum {
	KTB_CHURN_TIMER_LIST,
	KTB_CHURN_HRTIMER,
};

enum {
	KTB_CHURN_LATENESS,
	KTB_CHURN_WHEEL_SLACK,
	KTB_CHURN_DELIVERY,
	KTB_CHURN_ARM,
	KTB_CHURN_REARM,
	KTB_CHURN_CANCEL,
};

enum {
	KTB_CHURN_OPERATIONS = KTB_NR_TIMER_COUNTERS,
	KTB_CHURN_ARMINGS,
	KTB_CHURN_REARMINGS,
	KTB_CHURN_CANCELLATIONS,
	KTB_CHURN_EXPIRED,
	KTB_CHURN_LOST,
};

/* The thread rests after this long, to show that it lives. */
#define KTB_CHURN_BEAT_NS  NSEC_PER_SEC
/* It sleeps for this long at least, and then does what is due in one go. */
#define KTB_CHURN_SLEEP_NS NSEC_PER_MSEC
/* An operation that is overdue by more is not done any more. */
#define KTB_CHURN_LATE_NS  (100 * NSEC_PER_MSEC)

#define KTB_CHURN_MODE	   HRTIMER_MODE_ABS_PINNED_HARD

static const struct ktb_param ktb_churn_params[] = {
	[KTB_CHURN_TIMERS] = {
		.name = "timers", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = KTB_MAX_TIMERS_PER_CPU, .def = 1000,
		.help = "timers on each CPU",
	},
	[KTB_CHURN_API] = {
		.name = "api", .type = KTB_PARAM_ENUM,
		.choices = "timer_list,hrtimer",
		.min = 0, .max = KTB_CHURN_HRTIMER,
		.def = KTB_CHURN_TIMER_LIST,
		.help = "the kind of timers; timer_lists have TIMER_IRQSAFE, hrtimers are hard ones, both are pinned",
	},
	[KTB_CHURN_RATE] = {
		.name = "rate", .unit = KTB_UNIT_COUNT,
		.min = 0, .max = 1000000, .def = 10000,
		.help = "operations a second on each CPU; 0: as many as it can",
	},
	[KTB_CHURN_REARM_PERCENT] = {
		.name = "rearm_percent", .min = 0, .max = 100, .def = 80,
		.help = "of the operations with a pending timer, those that re-arm it; the others cancel it",
	},
	[KTB_CHURN_EXPIRE_PERCENT] = {
		.name = "expire_percent", .min = 0, .max = 100, .def = 5,
		.help = "of the armings and re-armings, those that are for expire_after and not for delay",
	},
	[KTB_CHURN_DELAY] = {
		.name = "delay", .unit = KTB_UNIT_NS,
		.min = 100 * NSEC_PER_USEC, .max = 3600 * NSEC_PER_SEC,
		.def = 3 * NSEC_PER_SEC,
		.help = "time from arming to expiry, of a timer_list rounded up to jiffies",
	},
	[KTB_CHURN_EXPIRE_AFTER] = {
		.name = "expire_after", .unit = KTB_UNIT_NS,
		.min = 100 * NSEC_PER_USEC, .max = 3600 * NSEC_PER_SEC,
		.def = 10 * NSEC_PER_MSEC,
		.help = "the same of those that are to expire",
	},
};

static const struct ktb_metric ktb_churn_metrics[] = {
	KTB_DISTRIBUTION(
		"lateness", KTB_CONTEXT_ANY, KTB_METRIC_PRIMARY,
		"first instruction of the callback minus the expiry, of timers that do expire"),
	KTB_DISTRIBUTION(
		"wheel_slack", KTB_CONTEXT_SOFTIRQ, KTB_METRIC_PART,
		"of a timer_list, the edge of the wheel's bucket minus the expiry, by design"),
	KTB_DISTRIBUTION(
		"delivery", KTB_CONTEXT_ANY, KTB_METRIC_PART,
		"the callback minus the edge of the wheel's bucket, or an hrtimer's expiry: the jitter"),
	KTB_DISTRIBUTION("arm", KTB_CONTEXT_THREAD, KTB_METRIC_CALL,
			 "mod_timer() or hrtimer_start() of an idle timer"),
	KTB_DISTRIBUTION("rearm", KTB_CONTEXT_THREAD, KTB_METRIC_CALL,
			 "mod_timer() or hrtimer_start() of a pending timer"),
	KTB_DISTRIBUTION(
		"cancel", KTB_CONTEXT_THREAD, KTB_METRIC_CALL,
		"timer_delete() or hrtimer_try_to_cancel() of a pending timer"),
	KTB_TIMER_COUNTERS,
	KTB_COUNTER("operations", 0,
		    "armings, re-armings and cancellations due in the window"),
	KTB_COUNTER("armings", 0, "of idle timers, in the whole run"),
	KTB_COUNTER("rearmings", 0, "of pending timers, in the whole run"),
	KTB_COUNTER("cancellations", 0, "by the thread, in the whole run"),
	KTB_COUNTER("expired", 0, "callbacks in the whole run"),
	KTB_COUNTER(
		"lost", KTB_METRIC_LOSS,
		"armings that ended neither as expired, nor as cancelled, nor as pending at the end"),
};

/**
 * struct ktb_churn_timer - one timer
 * @head: what all kinds of timers have
 * @timer: the kernel's, of one kind
 * @hrtimer: or of the other
 * @due_ns: expiry, CLOCK_MONOTONIC
 */
struct ktb_churn_timer {
	struct ktb_timer head;
	union {
		struct timer_list timer;
		struct hrtimer hrtimer;
	};
	u64 due_ns;
};

/**
 * struct ktb_churn_set - the timers of one place
 * @head: what all kinds of timers have
 * @cell: of the place
 * @hr: they are hrtimers
 * @rearm_percent: of the operations with a pending timer
 * @expire_percent: of the armings and re-armings
 * @delay_ns: from arming to expiry
 * @expire_after_ns: of those that are to expire
 * @delay: the same in jiffies, rounded up
 * @expire_after: likewise
 * @period_ns: from one operation to the next; 0 if each follows the one before
 * @next_ns: what is armed from now on is armed then or later
 */
struct ktb_churn_set {
	struct ktb_set head;
	struct ktb_cell *cell;
	bool hr;
	u32 rearm_percent;
	u32 expire_percent;
	u64 delay_ns;
	u64 expire_after_ns;
	unsigned long delay;
	unsigned long expire_after;
	u64 period_ns;
	u64 next_ns;
};

static __always_inline struct ktb_churn_timer *
ktb_churn_timer(struct ktb_timer *timer)
{
	return container_of(timer, struct ktb_churn_timer, head);
}

static __always_inline struct ktb_churn_set *ktb_churn_set(struct ktb_set *set)
{
	return container_of(set, struct ktb_churn_set, head);
}

static __always_inline void ktb_churn_record(struct ktb_cell *cell,
					     const struct ktb_churn_timer *ct,
					     u64 instant, s64 slack_ns,
					     u64 now_ns)
{
	ktb_fleet_sample(cell, &ct->head, KTB_CHURN_LATENESS, instant, slack_ns,
			 ct->due_ns, now_ns);
	ktb_metric_add(&cell->hists[KTB_CHURN_DELIVERY],
		       now_ns - ct->due_ns - slack_ns);
}

static void ktb_churn_timer_fire(struct timer_list *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_churn_timer *ct = ktb_timer_container_of(ct, timer, timer);
	struct ktb_cell *cell = ktb_fleet_cell(&ct->head);
	unsigned long bucket;
	s64 slack_ns;

	if (unlikely(!cell))
		return;
	ktb_metric_count(cell, KTB_CHURN_EXPIRED);
	if (ktb_fleet_counts(cell, &ct->head, ct->due_ns)) {
		bucket = ktb_wheel_due(timer);
		slack_ns = (s64)(bucket - timer->expires) * TICK_NSEC;
		ktb_churn_record(cell, ct, bucket, slack_ns, now_ns);
		ktb_metric_add(&cell->hists[KTB_CHURN_WHEEL_SLACK], slack_ns);
	}
	ktb_fleet_goes_on(cell, &ct->head, now_ns);
}

static enum hrtimer_restart ktb_churn_hrtimer_fire(struct hrtimer *timer)
{
	u64 now_ns = ktb_clock_ns();
	struct ktb_churn_timer *ct =
		container_of(timer, struct ktb_churn_timer, hrtimer);
	struct ktb_cell *cell = ktb_fleet_cell(&ct->head);

	if (unlikely(!cell))
		return HRTIMER_NORESTART;
	ktb_metric_count(cell, KTB_CHURN_EXPIRED);
	if (ktb_fleet_counts(cell, &ct->head, ct->due_ns))
		ktb_churn_record(cell, ct, ktb_hrtimer_interrupts(timer), 0,
				 now_ns);
	ktb_fleet_goes_on(cell, &ct->head, now_ns);
	return HRTIMER_NORESTART;
}

static __always_inline bool ktb_churn_pending(const struct ktb_churn_set *set,
					      struct ktb_churn_timer *ct)
{
	return set->hr ? hrtimer_is_queued(&ct->hrtimer) :
			 timer_pending(&ct->timer);
}

/* Jiffies may stand while the clock goes on; what is armed is due after now. */
static unsigned long ktb_churn_expires(unsigned long delay, u64 now_ns)
{
	unsigned long expires = jiffies + delay;

	while (unlikely(ktb_clock_edge_ns(expires) <= now_ns))
		expires++;
	return expires;
}

/* Arm a timer, idle or pending, and count what that was. Interrupts are off. */
static void ktb_churn_start(struct ktb_churn_set *set,
			    struct ktb_churn_timer *ct, u64 delay_ns,
			    unsigned long delay, bool records)
{
	u64 now_ns = ktb_clock_ns(), from_ns, to_ns, due_ns;
	unsigned long expires = 0;
	bool pending;

	if (set->hr) {
		due_ns = now_ns + delay_ns;
	} else {
		expires = ktb_churn_expires(delay, now_ns);
		due_ns = ktb_clock_edge_ns(expires);
	}
	ktb_evidence_take(&ct->head.armed, now_ns);
	WRITE_ONCE(ct->due_ns, due_ns);
	WRITE_ONCE(ct->head.state, KTB_TIMER_ARMED);
	pending = ktb_churn_pending(set, ct);

	from_ns = ktb_clock_ns();
	if (set->hr)
		hrtimer_start(&ct->hrtimer, ns_to_ktime(due_ns),
			      KTB_CHURN_MODE);
	else
		pending = mod_timer(&ct->timer, expires);
	to_ns = ktb_clock_ns();

	ktb_metric_count(set->cell,
			 pending ? KTB_CHURN_REARMINGS : KTB_CHURN_ARMINGS);
	if (records)
		ktb_metric_add(&set->cell->hists[pending ? KTB_CHURN_REARM :
							   KTB_CHURN_ARM],
			       to_ns - from_ns);
}

/* Likewise, if it is pending. */
static void ktb_churn_cancel(struct ktb_churn_set *set,
			     struct ktb_churn_timer *ct, bool records)
{
	u64 from_ns, to_ns;
	bool pending;

	from_ns = ktb_clock_ns();
	if (set->hr)
		pending = hrtimer_try_to_cancel(&ct->hrtimer) > 0;
	else
		pending = ktb_timer_delete(&ct->timer);
	to_ns = ktb_clock_ns();

	/* Whose callback has begun, on another CPU, is left to it. */
	if (unlikely(!pending))
		return;
	WRITE_ONCE(ct->head.state, KTB_TIMER_IDLE);
	ktb_metric_count(set->cell, KTB_CHURN_CANCELLATIONS);
	if (records)
		ktb_metric_add(&set->cell->hists[KTB_CHURN_CANCEL],
			       to_ns - from_ns);
}

static bool ktb_churn_percent(struct ktb_churn_set *set, u32 percent)
{
	return ktb_random_below(&set->head.random, 100) < percent;
}

/* One operation, due at that time. */
static void ktb_churn_operate(struct ktb_churn_set *set, u64 due_ns)
{
	struct ktb_churn_timer *ct = set->head.timers;
	bool rearms = ktb_churn_percent(set, set->rearm_percent);
	bool expires = ktb_churn_percent(set, set->expire_percent);
	bool records = ktb_run_records(set->head.run, due_ns);
	unsigned long flags;

	ct += ktb_random_below(&set->head.random, set->head.nr);
	local_irq_save(flags);
	if (!ktb_run_is_home(set->head.run, set->head.arm_cpu))
		goto unlock;
	if (records)
		ktb_metric_count(set->cell, KTB_CHURN_OPERATIONS);
	if (!rearms && ktb_churn_pending(set, ct))
		ktb_churn_cancel(set, ct, records);
	else if (expires)
		ktb_churn_start(set, ct, set->expire_after_ns,
				set->expire_after, records);
	else
		ktb_churn_start(set, ct, set->delay_ns, set->delay, records);
unlock:
	local_irq_restore(flags);
}

/* What has been armed is told before what time has been reached. */
static void ktb_churn_set_next(struct ktb_churn_set *set, u64 next_ns)
{
	/* Pairs with the acquire in ktb_churn_drained(). */
	smp_store_release(&set->next_ns, next_ns);
}

/* The operation that is due next, or none if it is long overdue. */
static void ktb_churn_next(struct ktb_churn_set *set, u64 now_ns)
{
	if (!set->period_ns) {
		ktb_churn_set_next(set, now_ns);
		ktb_churn_operate(set, now_ns);
		return;
	}
	if (likely(now_ns - set->next_ns <= KTB_CHURN_LATE_NS))
		ktb_churn_operate(set, set->next_ns);
	else if (ktb_run_records(set->head.run, set->next_ns))
		ktb_metric_count(set->cell, KTB_COUNT_MISSED);
	ktb_churn_set_next(set, set->next_ns + set->period_ns);
}

static long ktb_churn_again(struct ktb_run *run, u32 place)
{
	struct ktb_churn_set *set = ktb_churn_set(ktb_fleet_set(run, place));
	u64 from_ns = ktb_clock_ns(), now_ns = from_ns;

	while (!READ_ONCE(run->stopping) &&
	       now_ns - from_ns < KTB_CHURN_BEAT_NS) {
		if (set->next_ns <= now_ns)
			ktb_churn_next(set, now_ns);
		else
			ktb_pace_sleep_until(
				max(set->next_ns, now_ns + KTB_CHURN_SLEEP_NS));
		cond_resched();
		now_ns = ktb_clock_ns();
	}
	return 1;
}

/* At first they expire evenly within the delay, as if armed at any time. */
static bool ktb_churn_arm_one(struct ktb_timer *timer)
{
	struct ktb_churn_set *set = ktb_churn_set(timer->set);
	unsigned long flags;
	bool home;

	local_irq_save(flags);
	home = ktb_run_is_home(set->head.run, set->head.arm_cpu);
	if (home)
		ktb_churn_start(
			set, ktb_churn_timer(timer),
			1 + ktb_random_below(&set->head.random, set->delay_ns),
			1 + ktb_random_below(&set->head.random, set->delay),
			false);
	local_irq_restore(flags);
	return home;
}

static void ktb_churn_arm(struct ktb_run *run, u32 place)
{
	struct ktb_set *set = ktb_fleet_set(run, place);

	ktb_fleet_arm(set);
	ktb_churn_set_next(ktb_churn_set(set), ktb_clock_ns());
}

static int ktb_churn_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 delay_ns = max(ktb_run_value(run, KTB_CHURN_DELAY),
			   ktb_run_value(run, KTB_CHURN_EXPIRE_AFTER));

	run->nr_timers = run->nr_places * ktb_run_value(run, KTB_CHURN_TIMERS);
	run->timer_bytes = sizeof(struct ktb_churn_timer);
	/* What expires has been armed by an operation. */
	run->rate_hz = ktb_run_value(run, KTB_CHURN_RATE);
	run->grace_ns =
		min_t(u64, 2 * NSEC_PER_SEC + delay_ns / 4, 60 * NSEC_PER_SEC);
	return 0;
}

static int ktb_churn_init_set(struct ktb_set *head)
{
	struct ktb_churn_set *set = ktb_churn_set(head);
	struct ktb_run *run = head->run;
	u64 rate_hz = ktb_run_value(run, KTB_CHURN_RATE);

	head->pinned = true;
	head->oneshot = true;
	set->cell = ktb_areas_cell(&run->areas, head->cpu);
	set->hr = ktb_run_value(run, KTB_CHURN_API) == KTB_CHURN_HRTIMER;
	set->rearm_percent = ktb_run_value(run, KTB_CHURN_REARM_PERCENT);
	set->expire_percent = ktb_run_value(run, KTB_CHURN_EXPIRE_PERCENT);
	set->delay_ns = ktb_run_value(run, KTB_CHURN_DELAY);
	set->expire_after_ns = ktb_run_value(run, KTB_CHURN_EXPIRE_AFTER);
	set->delay = DIV_ROUND_UP_ULL(set->delay_ns, TICK_NSEC);
	set->expire_after = DIV_ROUND_UP_ULL(set->expire_after_ns, TICK_NSEC);
	set->period_ns = rate_hz ? div64_u64(NSEC_PER_SEC, rate_hz) : 0;
	return 0;
}

static void ktb_churn_init_timer(struct ktb_timer *timer)
{
	struct ktb_churn_timer *ct = ktb_churn_timer(timer);

	if (ktb_churn_set(timer->set)->hr)
		ktb_hrtimer_setup(&ct->hrtimer, ktb_churn_hrtimer_fire,
				  CLOCK_MONOTONIC, KTB_CHURN_MODE);
	else
		timer_setup(&ct->timer, ktb_churn_timer_fire,
			    TIMER_PINNED | TIMER_IRQSAFE);
}

static bool ktb_churn_cancel_for_good(struct ktb_timer *timer)
{
	struct ktb_churn_timer *ct = ktb_churn_timer(timer);

	if (ktb_churn_set(timer->set)->hr)
		return hrtimer_cancel(&ct->hrtimer);
	return ktb_timer_shutdown_sync(&ct->timer);
}

static u64 ktb_churn_due_ns(const struct ktb_timer *timer)
{
	const struct ktb_churn_timer *ct =
		container_of(timer, const struct ktb_churn_timer, head);

	return READ_ONCE(ct->due_ns);
}

static u32 ktb_churn_unfired(const struct ktb_timer *timer)
{
	return KTB_COUNT_UNFIRED;
}

static const struct ktb_fleet_ops ktb_churn_ops = {
	.set_bytes = sizeof(struct ktb_churn_set),
	.timer_bytes = sizeof(struct ktb_churn_timer),
	.init_set = ktb_churn_init_set,
	.init_timer = ktb_churn_init_timer,
	.arm = ktb_churn_arm_one,
	.cancel = ktb_churn_cancel_for_good,
	.due_ns = ktb_churn_due_ns,
	.unfired = ktb_churn_unfired,
};

static int ktb_churn_prepare(struct ktb_run *run)
{
	return ktb_fleet_prepare(run, &ktb_churn_ops,
				 ktb_run_value(run, KTB_CHURN_TIMERS));
}

/* Nothing is armed any more for a time within the window, and all of it fired. */
static bool ktb_churn_drained(struct ktb_run *run)
{
	u64 end_ns = run->begin_ns + run->span_ns;
	struct ktb_churn_set *set;
	u32 place;

	for (place = 0; place < run->nr_places; place++) {
		set = ktb_churn_set(ktb_fleet_set(run, place));
		/* Pairs with the release in ktb_churn_set_next(). */
		if (smp_load_acquire(&set->next_ns) < end_ns)
			return false;
	}
	return ktb_fleet_drained(run);
}

static void ktb_churn_collect(struct ktb_run *run)
{
	u64 *counters;
	s64 lost;
	u32 place;

	ktb_fleet_collect(run);
	for (place = 0; place < run->nr_places; place++) {
		counters =
			ktb_churn_set(ktb_fleet_set(run, place))->cell->counters;
		lost = counters[KTB_CHURN_ARMINGS] -
		       counters[KTB_CHURN_EXPIRED] -
		       counters[KTB_CHURN_CANCELLATIONS] -
		       counters[KTB_COUNT_CANCELLED] -
		       counters[KTB_COUNT_UNFIRED];
		counters[KTB_CHURN_LOST] = abs(lost);
	}
}

const struct ktb_workload ktb_workload_churn = {
	.name = "churn",
	.help = "timers that are mostly cancelled or re-armed before they expire: throughput, cost of the calls, lateness",
	.params = ktb_churn_params,
	.nr_params = ARRAY_SIZE(ktb_churn_params),
	.metrics = ktb_churn_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_churn_metrics),
	.disturbed = KTB_COUNT_DISTURBED,
	.contracts =
		"jiffies.clock timer_list.mod_timer timer_delete.delete timer_delete.sync_waits hrtimer.start_again hrtimer_cancel.try hrtimer_cancel.waits",
	.check = ktb_churn_check,
	.prepare = ktb_churn_prepare,
	.arm = ktb_churn_arm,
	.again = ktb_churn_again,
	.drained = ktb_churn_drained,
	.quiesce = ktb_fleet_quiesce,
	.collect = ktb_churn_collect,
	.release = ktb_fleet_release,
};
