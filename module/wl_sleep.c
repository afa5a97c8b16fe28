// SPDX-License-Identifier: GPL-2.0
/*
 * sleep: the ways in which kernel code sleeps for a time.
 *
 *	called   asked -------> edge of jiffies -----------------> running
 *	   or    asked -------> end of the range ----------------> running
 *	              rounding,                     delivery
 *	              slack_used
 *
 * A thread on each place sleeps over and over. The sleeps that are counted in
 * jiffies end at an edge of jiffies, which follows from the jiffy of the call
 * and the rules of the timer wheel: rounding, by design. The sleeps of hrtimers
 * may be given a range. What lies past both is the kernel's and the machine's.
 */
#include <linux/delay.h>
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "policy.h"
#include "wheel.h"
#include "workload.h"

enum {
	KTB_SLEEP_API,
	KTB_SLEEP_TIME,
	KTB_SLEEP_SLACK,
	KTB_SLEEP_PHASE,
	KTB_SLEEP_POLICY,
	KTB_SLEEP_PRIORITY,
	KTB_SLEEP_NICE,
	KTB_SLEEP_BATCH,
};

enum {
	KTB_SLEEP_MSLEEP,
	KTB_SLEEP_TIMEOUT,
	KTB_SLEEP_TIMEOUT_INTERRUPTIBLE,
	KTB_SLEEP_TIMEOUT_KILLABLE,
	KTB_SLEEP_TIMEOUT_IDLE,
	KTB_SLEEP_USLEEP_RANGE,
	KTB_SLEEP_FSLEEP,
	KTB_SLEEP_HRTIMEOUT,
	KTB_SLEEP_HRTIMEOUT_RANGE,
};

enum {
	KTB_SLEEP_RANDOM,
	KTB_SLEEP_FOLLOW,
};

enum {
	KTB_SLEEP_OVERSLEEP,
	KTB_SLEEP_ROUNDING,
	KTB_SLEEP_SLACK_USED,
	KTB_SLEEP_DELIVERY,
};

enum {
	KTB_SLEEP_SLEEPS,
	KTB_SLEEP_OUTSIDE,
	KTB_SLEEP_PUT_OFF,
	KTB_SLEEP_DISTURBED,
	KTB_SLEEP_WOKEN,
	KTB_SLEEP_WRONG_CPU,
};

/* A batch ends after this long, so that the worker shows that it lives. */
#define KTB_SLEEP_BATCH_NS NSEC_PER_SEC
/* No call is made this shortly before jiffies change. */
#define KTB_SLEEP_GUARD_NS (TICK_NSEC / 64)
/* msleep(1) is tried this often at most to see how many jiffies it sleeps, */
#define KTB_SLEEP_TRIES	   64
/* and so many of its sleeps must agree. */
#define KTB_SLEEP_AGREE	   6

static const struct ktb_param ktb_sleep_params[] = {
	[KTB_SLEEP_API] = {
		.name = "api", .type = KTB_PARAM_ENUM,
		.choices = "msleep,schedule_timeout_uninterruptible,schedule_timeout_interruptible,schedule_timeout_killable,schedule_timeout_idle,usleep_range,fsleep,schedule_hrtimeout,schedule_hrtimeout_range",
		.min = 0, .max = KTB_SLEEP_HRTIMEOUT_RANGE,
		.def = KTB_SLEEP_MSLEEP,
		.help = "the function that sleeps",
	},
	[KTB_SLEEP_TIME] = {
		.name = "time", .unit = KTB_UNIT_NS,
		.min = NSEC_PER_USEC, .max = NSEC_PER_SEC,
		.def = 10 * NSEC_PER_MSEC,
		.help = "how long to sleep: whole ms for msleep, whole us for usleep_range and fsleep (above 10), rounded up to jiffies for schedule_timeout",
	},
	[KTB_SLEEP_SLACK] = {
		.name = "slack", .unit = KTB_UNIT_NS,
		.min = 0, .max = NSEC_PER_SEC, .def = 0,
		.help = "how much longer it may take, for usleep_range (whole us) and schedule_hrtimeout_range",
	},
	[KTB_SLEEP_PHASE] = {
		.name = "phase", .type = KTB_PARAM_ENUM,
		.choices = "random,follow",
		.min = 0, .max = KTB_SLEEP_FOLLOW, .def = KTB_SLEEP_RANDOM,
		.help = "each sleep begins anywhere in a tick, or where the one before has ended",
	},
	[KTB_SLEEP_POLICY] = KTB_POLICY_PARAM("the thread"),
	[KTB_SLEEP_PRIORITY] = KTB_PRIORITY_PARAM,
	[KTB_SLEEP_NICE] = KTB_NICE_PARAM,
	[KTB_SLEEP_BATCH] = {
		.name = "batch", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = 10000, .def = 100,
		.help = "sleeps before the thread rests; it rests after a second at the latest",
	},
};

static const struct ktb_metric ktb_sleep_metrics[] = {
	KTB_DISTRIBUTION(
		"oversleep", KTB_CONTEXT_THREAD, KTB_METRIC_PRIMARY,
		"return of the call minus its begin and the time asked"),
	KTB_DISTRIBUTION(
		"rounding", KTB_CONTEXT_THREAD, KTB_METRIC_PART,
		"from the time asked to the jiffy at which the wheel wakes the thread, of sleeps in jiffies"),
	KTB_DISTRIBUTION(
		"slack_used", KTB_CONTEXT_THREAD, KTB_METRIC_PART,
		"the part that lies within the range, of sleeps with one"),
	KTB_DISTRIBUTION(
		"delivery", KTB_CONTEXT_THREAD, KTB_METRIC_PART,
		"the part past that jiffy or range: interrupt, wake-up, scheduling"),
	KTB_COUNTER("sleeps", 0, "sleeps that were to end in the window"),
	KTB_COUNTER("outside", 0,
		    "sleeps that were to end outside of the window"),
	KTB_COUNTER("put_off", 0,
		    "calls that waited for jiffies to change, as that was near"),
	KTB_COUNTER("disturbed", 0,
		    "stretches of interrupts off made here on purpose"),
	KTB_COUNTER("woken", KTB_METRIC_LOSS,
		    "sleeps that somebody ended before their time"),
	KTB_COUNTER("wrong_cpu", KTB_METRIC_LOSS,
		    "sleeps that ended on another CPU"),
};

/**
 * struct ktb_sleeper - the thread of one place
 * @sleep: calls the function; not zero if somebody woke the thread too early
 * @time_ns: asked for
 * @slack_ns: on top
 * @time_ms: the same in whole ms
 * @time_us: the same in whole us
 * @slack_us: likewise
 * @jiffies: the timeout in jiffies; zero if an hrtimer ends the sleep
 * @fine: shift of the wheel's level if its clock is a jiffy ahead
 * @coarse: shift of the wheel's level if it is not
 * @follows: begins where the sleep before has ended
 * @random: stream of phases
 * @policy: of the thread
 * @due_ns: end of the present sleep
 */
struct ktb_sleeper {
	long (*sleep)(const struct ktb_sleeper *sl);
	u64 time_ns;
	u64 slack_ns;
	u32 time_ms;
	u32 time_us;
	u32 slack_us;
	unsigned long jiffies;
	u32 fine;
	u32 coarse;
	bool follows;
	struct ktb_policy policy;
	u64 random;
	u64 due_ns;
} ____cacheline_aligned;

static long ktb_sleep_msleep(const struct ktb_sleeper *sl)
{
	msleep(sl->time_ms);
	return 0;
}

static long ktb_sleep_timeout(const struct ktb_sleeper *sl)
{
	return schedule_timeout_uninterruptible(sl->jiffies);
}

static long ktb_sleep_timeout_interruptible(const struct ktb_sleeper *sl)
{
	return schedule_timeout_interruptible(sl->jiffies);
}

static long ktb_sleep_timeout_killable(const struct ktb_sleeper *sl)
{
	return schedule_timeout_killable(sl->jiffies);
}

static long ktb_sleep_timeout_idle(const struct ktb_sleeper *sl)
{
	return schedule_timeout_idle(sl->jiffies);
}

static long ktb_sleep_usleep_range(const struct ktb_sleeper *sl)
{
	usleep_range(sl->time_us, sl->time_us + sl->slack_us);
	return 0;
}

static long ktb_sleep_fsleep(const struct ktb_sleeper *sl)
{
	fsleep(sl->time_us);
	return 0;
}

static long ktb_sleep_hrtimeout(const struct ktb_sleeper *sl)
{
	ktime_t time = ns_to_ktime(sl->time_ns);

	set_current_state(TASK_IDLE);
	return schedule_hrtimeout(&time, HRTIMER_MODE_REL);
}

static long ktb_sleep_hrtimeout_range(const struct ktb_sleeper *sl)
{
	ktime_t time = ns_to_ktime(sl->time_ns);

	set_current_state(TASK_IDLE);
	return schedule_hrtimeout_range(&time, sl->slack_ns, HRTIMER_MODE_REL);
}

/**
 * struct ktb_sleep_api - a function that sleeps
 * @sleep: calls it
 * @grain_ns: what the time must be a multiple of
 * @ranged: takes a range
 * @in_jiffies: takes jiffies, or turns its time into them
 */
struct ktb_sleep_api {
	long (*sleep)(const struct ktb_sleeper *sl);
	u32 grain_ns;
	bool ranged;
	bool in_jiffies;
};

static const struct ktb_sleep_api ktb_sleep_apis[] = {
	[KTB_SLEEP_MSLEEP] = { ktb_sleep_msleep, NSEC_PER_MSEC, false, true },
	[KTB_SLEEP_TIMEOUT] = { ktb_sleep_timeout, 1, false, true },
	[KTB_SLEEP_TIMEOUT_INTERRUPTIBLE] = { ktb_sleep_timeout_interruptible,
					      1, false, true },
	[KTB_SLEEP_TIMEOUT_KILLABLE] = { ktb_sleep_timeout_killable, 1, false,
					 true },
	[KTB_SLEEP_TIMEOUT_IDLE] = { ktb_sleep_timeout_idle, 1, false, true },
	[KTB_SLEEP_USLEEP_RANGE] = { ktb_sleep_usleep_range, NSEC_PER_USEC,
				     true, false },
	[KTB_SLEEP_FSLEEP] = { ktb_sleep_fsleep, NSEC_PER_USEC, false, false },
	[KTB_SLEEP_HRTIMEOUT] = { ktb_sleep_hrtimeout, 1, false, false },
	[KTB_SLEEP_HRTIMEOUT_RANGE] = { ktb_sleep_hrtimeout_range, 1, true,
					false },
};

/*
 * The jiffy at which the wheel wakes a thread that went to sleep in jiffy @from.
 * Whether the wheel's clock is a jiffy ahead tells the level, and is not known;
 * it matters for timeouts that lie between two levels (63, 504, ...), where the
 * coarser bucket is the right one if it had been reached at all.
 */
static __always_inline u64 ktb_sleep_end_ns(const struct ktb_sleeper *sl,
					    unsigned long from, u64 woke_ns)
{
	unsigned long expires = from + sl->jiffies;
	u64 coarse_ns =
		ktb_clock_edge_ns(((expires >> sl->coarse) + 1) << sl->coarse);

	if (likely(sl->fine == sl->coarse) || woke_ns >= coarse_ns)
		return coarse_ns;
	return ktb_clock_edge_ns(((expires >> sl->fine) + 1) << sl->fine);
}

static __always_inline void ktb_sleep_record(struct ktb_cell *cell,
					     const struct ktb_sleeper *sl,
					     struct ktb_sample *sample,
					     unsigned long from)
{
	s64 used_ns = 0, rounding_ns = 0;

	sample->value_ns = sample->fired_ns - sample->due_ns;
	if (sl->jiffies) {
		rounding_ns = ktb_sleep_end_ns(sl, from, sample->fired_ns) -
			      sample->due_ns;
		ktb_metric_add(&cell->hists[KTB_SLEEP_ROUNDING], rounding_ns);
	} else if (sl->slack_ns) {
		used_ns = min_t(s64, sample->value_ns, sl->slack_ns);
		ktb_metric_add(&cell->hists[KTB_SLEEP_SLACK_USED], used_ns);
	}
	sample->allowed_ns = rounding_ns + used_ns;
	ktb_metric_sample(cell, KTB_SLEEP_OVERSLEEP, sample);
	if (sl->jiffies || sample->value_ns >= (s64)sl->slack_ns)
		ktb_metric_add(&cell->hists[KTB_SLEEP_DELIVERY],
			       sample->value_ns - sample->allowed_ns);
}

/* Before the sleep that counts: a pause that ends anywhere in a tick. */
static void ktb_sleep_shift_phase(struct ktb_sleeper *sl)
{
	ktime_t pause = ns_to_ktime(ktb_random_below(&sl->random, TICK_NSEC));

	set_current_state(TASK_INTERRUPTIBLE);
	if (!kthread_should_stop())
		schedule_hrtimeout(&pause, HRTIMER_MODE_REL);
	__set_current_state(TASK_RUNNING);
}

/*
 * The kernel reads jiffies a little later than we do. It finds what we have
 * found if they are not about to change, nor overdue.
 */
static unsigned long ktb_sleep_begin(struct ktb_cell *cell,
				     const struct ktb_sleeper *sl, u64 *now_ns)
{
	unsigned long now = READ_ONCE(jiffies);

	*now_ns = ktb_clock_ns();
	if (!sl->jiffies ||
	    *now_ns + KTB_SLEEP_GUARD_NS < ktb_clock_edge_ns(now + 1))
		return now;
	ktb_metric_count(cell, KTB_SLEEP_PUT_OFF);
	do {
		cpu_relax();
		now = READ_ONCE(jiffies);
		*now_ns = ktb_clock_ns();
	} while (*now_ns + KTB_SLEEP_GUARD_NS >= ktb_clock_edge_ns(now + 1) &&
		 !kthread_should_stop());
	return now;
}

/* Whoever records is on the sleeper's CPU, and stays there. */
static void ktb_sleep_serve(struct ktb_run *run, struct ktb_cell *cell,
			    const struct ktb_sleeper *sl,
			    struct ktb_sample *sample, unsigned long from,
			    long early)
{
	ktb_run_check_starved(run, cell, sample->fired_ns);
	if (!ktb_run_records(run, sample->due_ns)) {
		ktb_metric_count(cell, KTB_SLEEP_OUTSIDE);
		return;
	}
	ktb_metric_count(cell, KTB_SLEEP_SLEEPS);
	if (unlikely(early))
		ktb_metric_count(cell, KTB_SLEEP_WOKEN);
	else if (unlikely(raw_smp_processor_id() != cell->area->cpu))
		ktb_metric_count(cell, KTB_SLEEP_WRONG_CPU);
	else
		ktb_sleep_record(cell, sl, sample, from);
}

static void ktb_sleep_once(struct ktb_run *run, struct ktb_cell *cell,
			   struct ktb_sleeper *sl)
{
	struct ktb_evidence armed;
	struct ktb_sample sample = {
		.armed = &armed,
		.armed_area = ktb_areas_index(&run->areas, cell->area->cpu),
	};
	unsigned long from;
	u64 begin_ns;
	long early;

	ktb_evidence_take(&armed, ktb_clock_ns());
	from = ktb_sleep_begin(cell, sl, &begin_ns);
	sample.due_ns = begin_ns + sl->time_ns;
	WRITE_ONCE(sl->due_ns, sample.due_ns);
	early = sl->sleep(sl);
	sample.fired_ns = ktb_clock_ns();

	preempt_disable();
	ktb_sleep_serve(run, cell, sl, &sample, from, early);
	preempt_enable();
}

/*
 * A real-time thread leaves a part of its CPU to the others, whatever it asks.
 */
static long ktb_sleep_rest(const struct ktb_sleeper *sl, u64 batch_ns)
{
	if (sl->policy.kind == KTB_POLICY_NORMAL)
		return 1;
	sched_set_normal(current, 0);
	return nsecs_to_jiffies(batch_ns / 8) + 1;
}

static long ktb_sleep_again(struct ktb_run *run, u32 place)
{
	struct ktb_cell *cell =
		ktb_areas_cell(&run->areas, run->places[place].cpu);
	s64 left = ktb_run_value(run, KTB_SLEEP_BATCH);
	struct ktb_sleeper *sl = run->work;
	u64 from_ns = ktb_clock_ns();

	sl += place;
	ktb_policy_set(current, &sl->policy);
	while (left-- && !kthread_should_stop() && !READ_ONCE(run->stopping) &&
	       ktb_run_is_home(run, cell->area->cpu) &&
	       ktb_clock_ns() - from_ns < KTB_SLEEP_BATCH_NS) {
		if (!sl->follows)
			ktb_sleep_shift_phase(sl);
		ktb_sleep_once(run, cell, sl);
	}
	return ktb_sleep_rest(sl, ktb_clock_ns() - from_ns);
}

static int ktb_sleep_check_time(struct ktb_run *run)
{
	const struct ktb_sleep_api *api =
		&ktb_sleep_apis[ktb_run_value(run, KTB_SLEEP_API)];
	u64 time_ns = ktb_run_value(run, KTB_SLEEP_TIME), rem;

	div64_u64_rem(time_ns, api->grain_ns, &rem);
	if (rem)
		return -EOPNOTSUPP;
	/* That short, fsleep() spins. */
	if (api->sleep == ktb_sleep_fsleep &&
	    time_ns <= KTB_FSLEEP_SPINS_US * NSEC_PER_USEC)
		return -EOPNOTSUPP;
	return 0;
}

static int ktb_sleep_check_slack(struct ktb_run *run)
{
	const struct ktb_sleep_api *api =
		&ktb_sleep_apis[ktb_run_value(run, KTB_SLEEP_API)];
	u64 slack_ns = ktb_run_value(run, KTB_SLEEP_SLACK), rem;

	div64_u64_rem(slack_ns, api->grain_ns, &rem);
	return slack_ns && (rem || !api->ranged) ? -EOPNOTSUPP : 0;
}

static int ktb_sleep_check(struct ktb_run *run, u32 *what, u32 *which)
{
	u64 time_ns = ktb_run_value(run, KTB_SLEEP_TIME);
	u64 slack_ns = ktb_run_value(run, KTB_SLEEP_SLACK);
	int err;

	*what = KTB_WHAT_PARAM;
	*which = KTB_SLEEP_TIME;
	err = ktb_sleep_check_time(run);
	if (err)
		return err;
	*which = KTB_SLEEP_SLACK;
	err = ktb_sleep_check_slack(run);
	if (err)
		return err;
	err = ktb_policy_check(run, KTB_SLEEP_POLICY, which);
	if (err)
		return err;

	*what = KTB_WHAT_NOTHING;
	run->rate_hz = div64_u64(NSEC_PER_SEC, time_ns);
	run->grace_ns = 2 * NSEC_PER_SEC + 2 * time_ns + slack_ns;
	return 0;
}

/**
 * struct ktb_sleep_look - what short sleeps have shown of a kernel
 * @exact: schedule_timeout() took as long as the wheel says, so that a machine
 *	that runs this well shows one jiffy
 * @none: msleep() took as long as that
 * @one: msleep() took one jiffy more
 */
struct ktb_sleep_look {
	u32 exact;
	u32 none;
	u32 one;
};

/* A sleep of one jiffy and the wheel's one, in a jiffy that has just begun. */
static void ktb_sleep_look(struct ktb_sleep_look *look)
{
	unsigned long asked = msecs_to_jiffies(1), from;

	schedule_timeout_idle(1);
	from = READ_ONCE(jiffies);
	msleep(1);
	from = READ_ONCE(jiffies) - from;
	look->none += from == asked + 1;
	look->one += from == asked + 2;

	schedule_timeout_idle(1);
	from = READ_ONCE(jiffies);
	schedule_timeout_uninterruptible(asked);
	look->exact += READ_ONCE(jiffies) - from == asked + 1;
}

/*
 * Some kernels add a jiffy to what msleep() is asked for, and no header tells. A
 * single sleep without it shows that this one does not; that it does is believed
 * if several have it while those of schedule_timeout() have none. What a machine
 * that stands still adds is neither.
 *
 * Return: 0 or 1, -ETIME if neither can be told, -EINTR.
 */
static int ktb_sleep_msleep_adds(void)
{
	struct ktb_sleep_look look = {};
	int i;

	for (i = 0; i < KTB_SLEEP_TRIES; i++) {
		if (fatal_signal_pending(current))
			return -EINTR;
		ktb_sleep_look(&look);
		if (look.none)
			return 0;
		if (look.one >= KTB_SLEEP_AGREE &&
		    look.exact >= KTB_SLEEP_AGREE)
			return 1;
	}
	return -ETIME;
}

static int ktb_sleep_msleep_jiffies(struct ktb_sleeper *sl, u32 time_ms)
{
	int adds = ktb_sleep_msleep_adds();

	if (adds < 0)
		return adds;
	sl->jiffies = msecs_to_jiffies(time_ms) + adds;
	return 0;
}

/* A timeout goes to the first level that reaches far enough. */
static u32 ktb_sleep_level_shift(unsigned long timeout)
{
	u32 shift = 0;

	while (timeout >= 63UL << shift)
		shift += KTB_WHEEL_LEVEL_SHIFT;
	return shift;
}

static int ktb_sleep_init(struct ktb_sleeper *sl, struct ktb_run *run)
{
	const struct ktb_sleep_api *api =
		&ktb_sleep_apis[ktb_run_value(run, KTB_SLEEP_API)];
	s64 range_us;
	int err = 0;

	sl->sleep = api->sleep;
	sl->time_ns = ktb_run_value(run, KTB_SLEEP_TIME);
	sl->time_us = div_u64(sl->time_ns, NSEC_PER_USEC);
	sl->time_ms = div_u64(sl->time_ns, NSEC_PER_MSEC);
	sl->slack_ns = ktb_run_value(run, KTB_SLEEP_SLACK);
	sl->slack_us = div_u64(sl->slack_ns, NSEC_PER_USEC);
	sl->follows = ktb_run_value(run, KTB_SLEEP_PHASE) == KTB_SLEEP_FOLLOW;
	sl->policy = ktb_policy_of(run, KTB_SLEEP_POLICY);

	if (api->sleep == ktb_sleep_msleep)
		err = ktb_sleep_msleep_jiffies(sl, sl->time_ms);
	else if (api->in_jiffies)
		sl->jiffies = DIV_ROUND_UP_ULL(sl->time_ns, TICK_NSEC);
	if (api->sleep == ktb_sleep_fsleep) {
		range_us = ktb_fsleep_range_us(sl->time_us);
		if (range_us < 0)
			err = ktb_sleep_msleep_jiffies(
				sl, DIV_ROUND_UP(sl->time_us, 1000));
		else
			sl->slack_ns = range_us * NSEC_PER_USEC;
	}
	if (sl->jiffies) {
		sl->coarse = ktb_sleep_level_shift(sl->jiffies);
		sl->fine = ktb_sleep_level_shift(sl->jiffies - 1);
	}
	return err;
}

static int ktb_sleep_prepare(struct ktb_run *run)
{
	struct ktb_sleeper *sleepers;
	u32 place;
	int err;

	sleepers = kvcalloc(run->nr_places, sizeof(*sleepers), KTB_GFP);
	if (!sleepers)
		return -ENOMEM;
	run->work = sleepers;
	err = ktb_sleep_init(&sleepers[0], run);
	if (err)
		return err;
	for (place = 1; place < run->nr_places; place++)
		sleepers[place] = sleepers[0];
	for (place = 0; place < run->nr_places; place++)
		sleepers[place].random = ktb_random_seed(run, place);
	return 0;
}

/* What was to end in the window has ended when longer sleeps have begun. */
static bool ktb_sleep_drained(struct ktb_run *run)
{
	const struct ktb_sleeper *sl = run->work;
	u64 end_ns = run->begin_ns + run->span_ns;
	u32 place;

	for (place = 0; place < run->nr_places; place++)
		if (READ_ONCE(sl[place].due_ns) < end_ns)
			return false;
	return true;
}

static void ktb_sleep_release(struct ktb_run *run)
{
	kvfree(run->work);
	run->work = NULL;
}

const struct ktb_workload ktb_workload_sleep = {
	.name = "sleep",
	.help = "how much longer than asked the kernel's sleeping functions take, and why",
	.params = ktb_sleep_params,
	.nr_params = ARRAY_SIZE(ktb_sleep_params),
	.metrics = ktb_sleep_metrics,
	.nr_metrics = ARRAY_SIZE(ktb_sleep_metrics),
	.disturbed = KTB_SLEEP_DISTURBED,
	.contracts =
		"jiffies.clock sleep.msleep sleep.schedule_timeout sleep.usleep_range sleep.schedule_hrtimeout sleep.fsleep",
	.check = ktb_sleep_check,
	.prepare = ktb_sleep_prepare,
	.again = ktb_sleep_again,
	.drained = ktb_sleep_drained,
	.release = ktb_sleep_release,
};
