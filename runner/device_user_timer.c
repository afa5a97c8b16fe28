// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user_timer: how late user space is when it sleeps until a time.
 *
 *	due ----------> due + timer slack ----------> the thread runs
 *	     slack_used                    past_hard
 *	|<------------------------ lateness ------------------------>|
 *
 * A thread on each place waits for the next due time of an absolute schedule,
 * by one of three interfaces, and reads the clock first thing after it. The
 * kernel's own timer is under each of them: what is here and not in its figures
 * is the wake-up of the thread and the way back to user space.
 */
#include <errno.h>
#include <sched.h>
#include <signal.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "device_user_engine.h"
#include "device_user_policy.h"

#ifndef sigev_notify_thread_id
#define sigev_notify_thread_id _sigev_un._tid
#endif

/* Blocked like all others, and waited for. */
#define TIMER_SIGNAL SIGRTMIN

enum {
	API,
	PERIOD,
	CLOCK,
	SLACK,
	POLICY,
	PRIORITY,
	NICE,
};

enum {
	LATENESS,
	SLACK_USED,
	PAST_HARD,
	LATENESS_MISSED,
};

enum {
	WAKES,
	MISSED,
	OVERRUNS,
	WOKEN,
	OUTSIDE,
	WRONG_CPU,
	CLOCK_SET,
	UNFIRED,
};

static const struct ktb_param_info params[] = {
	[API] = {
		.name = "api", .type = KTB_PARAM_ENUM,
		.choices = "clock_nanosleep,timerfd,posix_timer",
		.min = 0, .max = 2, .def = 0,
		.help = "how to wait: clock_nanosleep() until a time, read() of a timerfd, sigwaitinfo() for a POSIX timer",
	},
	[PERIOD] = {
		.name = "period", .unit = KTB_UNIT_NS,
		.min = 100 * KTB_USER_NS_PER_US, .max = KTB_USER_NS_PER_S,
		.def = KTB_USER_NS_PER_MS,
		.help = "from one due time to the next",
	},
	[CLOCK] = {
		.name = "clock", .type = KTB_PARAM_ENUM,
		.choices = "monotonic,realtime,boottime",
		.min = 0, .max = 2, .def = 0,
		.help = "the clock that the due times are on",
	},
	[SLACK] = {
		.name = "slack", .unit = KTB_UNIT_NS,
		.min = 0, .max = KTB_USER_NS_PER_S, .def = 0,
		.help = "with clock_nanosleep and policy normal: the thread's timer slack; 0 leaves what it has (50us unless somebody changed it)",
	},
	[POLICY] = KTB_USER_POLICY_PARAM("the thread that waits"),
	[PRIORITY] = KTB_USER_PRIORITY_PARAM,
	[NICE] = KTB_USER_NICE_PARAM,
};

static const struct ktb_metric_info metrics[] = {
	KTB_USER_DISTRIBUTION(
		"lateness", KTB_METRIC_PRIMARY,
		"from the due time to the first instruction after the call that waited"),
	KTB_USER_DISTRIBUTION(
		"slack_used", KTB_METRIC_PART,
		"the part of the lateness that lies within the timer slack"),
	KTB_USER_DISTRIBUTION("past_hard", KTB_METRIC_PART,
			      "the part of the lateness past the timer slack"),
	KTB_USER_DISTRIBUTION(
		"lateness_missed", KTB_METRIC_MISSED,
		"from the due time of a period that was missed to the first instruction after the call that waited meanwhile"),
	KTB_USER_COUNTER("wakes", 0, "waits that were due in the window"),
	KTB_USER_COUNTER("missed", 0,
			 "periods that passed before the thread could wait"),
	KTB_USER_COUNTER("overruns", 0,
			 "of these, those that the interface told by itself"),
	KTB_USER_COUNTER(
		"woken", 0,
		"waits that something ended before their time; they go on"),
	KTB_USER_COUNTER("outside", 0, "waits that were due out of the window"),
	KTB_USER_COUNTER("wrong_cpu", KTB_METRIC_LOSS,
			 "waits that ended on another CPU than the thread's"),
	KTB_USER_COUNTER(
		"clock_set", KTB_METRIC_LOSS,
		"the timers' clock was set, or the machine suspended, during the run"),
	KTB_USER_COUNTER("unfired", KTB_METRIC_LOSS,
			 "waits due in the window that never ended"),
};

/**
 * struct offset - how far a clock is ahead of CLOCK_MONOTONIC
 * @low_ns: at least so much
 * @high_ns: at most so much: there is time between two reads
 */
struct offset {
	int64_t low_ns;
	int64_t high_ns;
};

/**
 * struct timer - the timer of one place
 * @place: the place
 * @api: how to wait
 * @clock: of the due times
 * @offset: of @clock when the run began
 * @period_ns: of the schedule
 * @slack_ns: that the kernel gives the thread
 * @fd: of a timerfd
 * @id: of a POSIX timer
 * @due_ns: what is waited for, on @clock
 * @now_ns: when the wait ended, on @clock
 * @before_ns: when the wait before ended, CLOCK_MONOTONIC
 * @passed: due times that have passed then, as the interface tells
 */
struct timer {
	struct ktb_user_place *place;
	const struct api *api;
	clockid_t clock;
	struct offset offset;
	uint64_t period_ns;
	int64_t slack_ns;
	int fd;
	timer_t id;
	uint64_t due_ns;
	uint64_t now_ns;
	uint64_t before_ns;
	uint64_t passed;
};

/**
 * struct api - an interface to wait with
 * @open: make what it takes; 0 or an errno
 * @arm: make it periodic from the due time on; 0 or an errno
 * @wait: wait for the due time, then read the clock; 0 or an errno
 * @close: undo @open; called only after it; may be NULL
 * @has_slack: the thread's timer slack holds for it
 * @tells_passed: @wait sets @passed
 */
struct api {
	int (*open)(struct timer *timer);
	int (*arm)(struct timer *timer);
	int (*wait)(struct timer *timer);
	void (*close)(struct timer *timer);
	bool has_slack;
	bool tells_passed;
};

static int nothing(struct timer *timer)
{
	return 0;
}

static int nanosleep_wait(struct timer *timer)
{
	const struct timespec due = ktb_user_to_timespec(timer->due_ns);
	int err = clock_nanosleep(timer->clock, TIMER_ABSTIME, &due, NULL);

	timer->now_ns = ktb_user_clock_ns(timer->clock);
	return err;
}

static struct itimerspec schedule(const struct timer *timer)
{
	return (struct itimerspec){
		.it_value = ktb_user_to_timespec(timer->due_ns),
		.it_interval = ktb_user_to_timespec(timer->period_ns),
	};
}

static int timerfd_open(struct timer *timer)
{
	timer->fd = timerfd_create(timer->clock, TFD_CLOEXEC);
	return timer->fd < 0 ? errno : 0;
}

static int timerfd_arm(struct timer *timer)
{
	const struct itimerspec spec = schedule(timer);

	return timerfd_settime(timer->fd, TFD_TIMER_ABSTIME, &spec, NULL) ?
		       errno :
		       0;
}

static int timerfd_wait(struct timer *timer)
{
	ssize_t got = read(timer->fd, &timer->passed, sizeof(timer->passed));

	timer->now_ns = ktb_user_clock_ns(timer->clock);
	return got < 0 ? errno : 0;
}

static void timerfd_close(struct timer *timer)
{
	close(timer->fd);
}

/* Told to this thread and no other. */
static int posix_open(struct timer *timer)
{
	struct sigevent event = {
		.sigev_notify = SIGEV_THREAD_ID,
		.sigev_signo = TIMER_SIGNAL,
		.sigev_value.sival_ptr = timer,
	};

	event.sigev_notify_thread_id = timer->place->tid;
	return timer_create(timer->clock, &event, &timer->id) ? errno : 0;
}

static int posix_arm(struct timer *timer)
{
	const struct itimerspec spec = schedule(timer);

	return timer_settime(timer->id, TIMER_ABSTIME, &spec, NULL) ? errno : 0;
}

static int posix_wait(struct timer *timer)
{
	siginfo_t info;
	sigset_t set;
	int got;

	sigemptyset(&set);
	sigaddset(&set, TIMER_SIGNAL);
	got = sigwaitinfo(&set, &info);
	timer->now_ns = ktb_user_clock_ns(timer->clock);
	if (got < 0)
		return errno;
	/* Somebody else's signal of this number. */
	if (info.si_code != SI_TIMER || info.si_ptr != timer)
		return EINTR;
	timer->passed = 1 + (uint64_t)info.si_overrun;
	return 0;
}

static void posix_close(struct timer *timer)
{
	timer_delete(timer->id);
}

static const struct api apis[] = {
	{ .open = nothing,
	  .arm = nothing,
	  .wait = nanosleep_wait,
	  .has_slack = true },
	{ .open = timerfd_open,
	  .arm = timerfd_arm,
	  .wait = timerfd_wait,
	  .close = timerfd_close,
	  .tells_passed = true },
	{ .open = posix_open,
	  .arm = posix_arm,
	  .wait = posix_wait,
	  .close = posix_close,
	  .tells_passed = true },
};

static const clockid_t clocks[] = {
	CLOCK_MONOTONIC,
	CLOCK_REALTIME,
	CLOCK_BOOTTIME,
};

/* Of some tries the one with the least time between its reads. */
static struct offset read_offset(clockid_t clock)
{
	struct offset best = { 0 }, offset;
	uint64_t before_ns, clock_ns, after_ns;
	int i;

	if (clock == CLOCK_MONOTONIC)
		return best;
	for (i = 0; i < 8; i++) {
		before_ns = ktb_user_now_ns();
		clock_ns = ktb_user_clock_ns(clock);
		after_ns = ktb_user_now_ns();
		offset.low_ns = (int64_t)(clock_ns - after_ns);
		offset.high_ns = (int64_t)(clock_ns - before_ns);
		if (!i ||
		    offset.high_ns - offset.low_ns < best.high_ns - best.low_ns)
			best = offset;
	}
	return best;
}

/* Two clocks that are never set keep their distance, to a rounded ns. */
static bool has_moved(const struct offset *one, const struct offset *other)
{
	return one->high_ns + 1 < other->low_ns ||
	       other->high_ns + 1 < one->low_ns;
}

static uint64_t to_monotonic(const struct timer *timer, uint64_t ns)
{
	return ns - (uint64_t)timer->offset.low_ns;
}

static void record(struct timer *timer, uint64_t due_ns)
{
	struct ktb_user_place *place = timer->place;
	struct ktb_hist_area *hists = place->cell.hists;
	const int64_t lateness_ns = (int64_t)(timer->now_ns - timer->due_ns);
	const int64_t used_ns = lateness_ns < timer->slack_ns ? lateness_ns :
								timer->slack_ns;
	const struct ktb_user_sample sample = {
		.value_ns = lateness_ns,
		.allowed_ns = used_ns,
		.due_ns = due_ns,
		.fired_ns = due_ns + (uint64_t)lateness_ns,
		.armed_ns = timer->before_ns,
	};

	ktb_user_sample(place, LATENESS, &sample);
	ktb_record_add(&hists[SLACK_USED], used_ns);
	if (lateness_ns >= timer->slack_ns)
		ktb_record_add(&hists[PAST_HARD],
			       lateness_ns - timer->slack_ns);
}

/* What passed while the thread was late is missed: it came with what was waited for. */
static void miss(struct timer *timer, uint64_t due_ns)
{
	struct ktb_missed missed = {
		.due_ns = due_ns + timer->period_ns,
		.period_ns = timer->period_ns,
		.nr = timer->passed - 1,
	};
	uint64_t nr = ktb_user_miss(timer->place, LATENESS_MISSED, &missed,
				    to_monotonic(timer, timer->now_ns));

	timer->place->cell.counters[MISSED] += nr;
	if (timer->api->tells_passed)
		timer->place->cell.counters[OVERRUNS] += nr;
}

static void serve(struct timer *timer)
{
	struct ktb_user_place *place = timer->place;
	const uint64_t due_ns = to_monotonic(timer, timer->due_ns);

	if (!timer->api->tells_passed)
		timer->passed = timer->now_ns < timer->due_ns ?
					1 :
					1 + (timer->now_ns - timer->due_ns) /
							timer->period_ns;
	if (!ktb_user_records(place->run, due_ns)) {
		ktb_user_count(place, OUTSIDE);
	} else {
		ktb_user_count(place, WAKES);
		if (sched_getcpu() != (int)place->cpu)
			ktb_user_count(place, WRONG_CPU);
		else
			record(timer, due_ns);
	}
	if (timer->passed > 1)
		miss(timer, due_ns);
	timer->before_ns = to_monotonic(timer, timer->now_ns);
	timer->due_ns += timer->passed * timer->period_ns;
	ktb_user_set_next(place, to_monotonic(timer, timer->due_ns));
}

static void check_starved(struct timer *timer)
{
	struct ktb_user_run *run = timer->place->run;
	const uint64_t beat_ns =
		__atomic_load_n(&run->heartbeat_ns, __ATOMIC_RELAXED);

	if ((int64_t)(timer->before_ns - beat_ns) > KTB_USER_STARVED_NS)
		ktb_user_abort(run, KTB_REASON_STARVED, timer->place->cpu);
}

static int wait_and_serve(struct timer *timer)
{
	struct ktb_user_run *run = timer->place->run;
	int err = 0;

	while (!err && !ktb_user_must_stop(run)) {
		err = timer->api->wait(timer);
		if (!err) {
			serve(timer);
			check_starved(timer);
		} else if (err == EINTR) {
			err = 0;
			if (!ktb_user_must_stop(run))
				ktb_user_count(timer->place, WOKEN);
		}
	}
	return err;
}

/* The kernel gives slack to sleeps of normal threads and to nothing else. */
static void set_slack(struct timer *timer)
{
	struct ktb_user_run *run = timer->place->run;
	const int64_t slack_ns = ktb_user_value(run, SLACK);

	if (slack_ns)
		prctl(PR_SET_TIMERSLACK, (unsigned long)slack_ns, 0, 0, 0);
	if (timer->api->has_slack &&
	    ktb_user_value(run, POLICY) == KTB_USER_NORMAL)
		timer->slack_ns = prctl(PR_GET_TIMERSLACK, 0, 0, 0, 0);
}

static void run_timer(struct timer *timer)
{
	struct ktb_user_place *place = timer->place;
	struct offset offset;
	int err;

	timer->offset = read_offset(timer->clock);
	timer->before_ns = ktb_user_now_ns();
	timer->due_ns = ktb_user_clock_ns(timer->clock) + timer->period_ns +
			ktb_random_below(&place->random, timer->period_ns);
	ktb_user_set_next(place, to_monotonic(timer, timer->due_ns));
	err = timer->api->arm(timer);
	if (!err) {
		ktb_user_armed(place);
		err = wait_and_serve(timer);
	}
	if (err)
		ktb_user_fail(place, err);
	if (ktb_user_records(place->run, place->next_ns))
		ktb_user_count(place, UNFIRED);
	offset = read_offset(timer->clock);
	if (has_moved(&timer->offset, &offset))
		ktb_user_count(place, CLOCK_SET);
}

/* The signal that ends a sleep is the only one that comes through. */
static void let_wake_through(void)
{
	sigset_t set;

	sigemptyset(&set);
	sigaddset(&set, KTB_USER_WAKE_SIGNAL);
	pthread_sigmask(SIG_UNBLOCK, &set, NULL);
}

static void work(struct ktb_user_place *place)
{
	const struct ktb_user_policy policy =
		ktb_user_policy_of(place->run, POLICY);
	struct timer timer = {
		.place = place,
		.api = &apis[ktb_user_value(place->run, API)],
		.clock = clocks[ktb_user_value(place->run, CLOCK)],
		.period_ns = (uint64_t)ktb_user_value(place->run, PERIOD),
	};
	int err = ktb_user_policy_set(&policy);

	let_wake_through();
	set_slack(&timer);
	if (!err)
		err = timer.api->open(&timer);
	if (err) {
		ktb_user_fail(place, err);
		return;
	}
	run_timer(&timer);
	if (timer.api->close)
		timer.api->close(&timer);
}

static int check(struct ktb_user_run *run, uint32_t *what, uint32_t *which)
{
	const struct api *api = &apis[ktb_user_value(run, API)];

	*what = KTB_WHAT_PARAM;
	*which = SLACK;
	if (ktb_user_value(run, SLACK) &&
	    (!api->has_slack || ktb_user_value(run, POLICY) != KTB_USER_NORMAL))
		return -EOPNOTSUPP;
	run->grace_ns = 2 * KTB_USER_NS_PER_S +
			(uint64_t)ktb_user_value(run, PERIOD) +
			(uint64_t)ktb_user_value(run, SLACK);
	return ktb_user_policy_check(run, POLICY, which);
}

const struct ktb_user_workload ktb_user_timer = {
	.name = "user_timer",
	.help = "how late user space is when it sleeps until a time",
	.params = params,
	.nr_params = sizeof(params) / sizeof(params[0]),
	.metrics = metrics,
	.nr_metrics = sizeof(metrics) / sizeof(metrics[0]),
	.check = check,
	.work = work,
};
