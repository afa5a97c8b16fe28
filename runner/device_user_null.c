// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * user_null: the harness in user space with nothing in it. A thread on each place
 * takes the same steps as the other companions do, around a function that is
 * empty: what is left is what their figures contain. It is to user space what
 * `null` is to the module.
 *
 * Inside the intervals: `clock_pair` one clock read; `empty` one clock read, an
 * indirect call and its return; `record` one clock read and the recording of a
 * sample (histogram, row of CPUs, worst samples, raw ring); `rearm` one clock read
 * and timerfd_settime(); `record_missed` one clock read and the recording of one
 * period that was missed, where nobody looks.
 */
#include <errno.h>
#include <stdlib.h>
#include <sys/timerfd.h>
#include <unistd.h>

#include "device_user.h"

/* What is armed here is far from being due. */
#define FAR_S 3600

enum {
	BATCH,
	PERIOD,
};

enum {
	EMPTY,
	CLOCK_PAIR,
	RECORD,
	REARM,
	RECORD_MISSED,
};

enum {
	OUTSIDE,
};

static const struct ktb_param_info params[] = {
	[BATCH] = {
		.name = "batch", .unit = KTB_UNIT_COUNT,
		.min = 1, .max = 10000, .def = 100,
		.help = "samples taken each time the thread wakes up",
	},
	[PERIOD] = {
		.name = "period", .unit = KTB_UNIT_NS,
		.min = KTB_USER_NS_PER_MS, .max = KTB_USER_NS_PER_S,
		.def = 10 * KTB_USER_NS_PER_MS,
		.help = "time between batches",
	},
};

static const struct ktb_metric_info metrics[] = {
	KTB_USER_DISTRIBUTION("empty", KTB_METRIC_PRIMARY,
			      "an empty function between two clock reads"),
	KTB_USER_DISTRIBUTION("clock_pair", 0,
			      "two clock reads with nothing between them"),
	KTB_USER_DISTRIBUTION(
		"record", 0, "recording of one sample between two clock reads"),
	KTB_USER_DISTRIBUTION("rearm", 0,
			      "timerfd_settime() between two clock reads"),
	KTB_USER_DISTRIBUTION(
		"record_missed", 0,
		"recording of one missed period between two clock reads"),
	KTB_USER_COUNTER(
		"outside", 0,
		"samples taken before or after the window; not counted"),
};

static __attribute__((noinline)) void callback(void)
{
	__asm__ volatile("" ::: "memory");
}

static void (*volatile fire)(void) = callback;

static int take(struct ktb_user_place *place, int fd)
{
	const struct itimerspec far = { .it_value = { .tv_sec = FAR_S } };
	void (*empty)(void) = fire;
	struct ktb_user_sample sample = { 0 };
	struct ktb_missed missed = { .period_ns = KTB_USER_NS_PER_MS, .nr = 1 };
	struct ktb_user_place *aside = place->work;
	uint64_t at_ns[9];
	int err;

	at_ns[0] = ktb_user_now_ns();
	at_ns[1] = ktb_user_now_ns();
	empty();
	at_ns[2] = ktb_user_now_ns();
	if (!ktb_user_records(place->run, at_ns[0])) {
		ktb_user_count(place, OUTSIDE);
		return 0;
	}
	sample.value_ns = (int64_t)(at_ns[2] - at_ns[1]);
	sample.due_ns = at_ns[0];
	sample.armed_ns = at_ns[0];
	sample.fired_ns = at_ns[2];
	at_ns[3] = ktb_user_now_ns();
	ktb_user_sample(place, EMPTY, &sample);
	at_ns[4] = ktb_user_now_ns();
	at_ns[5] = ktb_user_now_ns();
	err = timerfd_settime(fd, 0, &far, NULL) ? errno : 0;
	at_ns[6] = ktb_user_now_ns();
	missed.due_ns = at_ns[0];
	at_ns[7] = ktb_user_now_ns();
	ktb_user_miss(aside, 0, &missed, at_ns[4]);
	at_ns[8] = ktb_user_now_ns();
	ktb_record_add(&place->cell.hists[CLOCK_PAIR],
		       (int64_t)(at_ns[1] - at_ns[0]));
	ktb_record_add(&place->cell.hists[RECORD],
		       (int64_t)(at_ns[4] - at_ns[3]));
	ktb_record_add(&place->cell.hists[REARM],
		       (int64_t)(at_ns[6] - at_ns[5]));
	ktb_record_add(&place->cell.hists[RECORD_MISSED],
		       (int64_t)(at_ns[8] - at_ns[7]));
	return err;
}

static int take_all(struct ktb_user_place *place, int fd)
{
	const struct ktb_user_run *run = place->run;
	const struct timespec rest =
		ktb_user_to_timespec((uint64_t)ktb_user_value(run, PERIOD));
	int64_t left;
	int err = 0;

	while (!err && !ktb_user_must_stop(run)) {
		ktb_user_set_next(place, ktb_user_now_ns());
		for (left = ktb_user_value(run, BATCH); !err && left; left--)
			err = take(place, fd);
		nanosleep(&rest, NULL);
	}
	return err;
}

static void work(struct ktb_user_place *place)
{
	const int fd = timerfd_create(CLOCK_MONOTONIC, TFD_CLOEXEC);
	int err = fd < 0 ? errno : 0;

	if (!err) {
		ktb_user_armed(place);
		err = take_all(place, fd);
		close(fd);
	}
	if (err)
		ktb_user_fail(place, err);
}

static int check(struct ktb_user_run *run, uint32_t *what, uint32_t *which)
{
	run->grace_ns =
		2 * KTB_USER_NS_PER_S + (uint64_t)ktb_user_value(run, PERIOD);
	return 0;
}

/* A place that has nothing but a distribution that nobody reads. */
static int prepare(struct ktb_user_place *place)
{
	struct ktb_user_place *aside;

	if (posix_memalign((void **)&aside, KTB_USER_LINE_BYTES,
			   sizeof(*aside)))
		return -ENOMEM;
	*aside = (struct ktb_user_place){ .run = place->run };
	place->work = aside;
	aside->cell.hists = calloc(1, sizeof(*aside->cell.hists));
	if (!aside->cell.hists)
		return -ENOMEM;
	ktb_record_reset(aside->cell.hists);
	return 0;
}

static void release(struct ktb_user_place *place)
{
	struct ktb_user_place *aside = place->work;

	if (aside)
		free(aside->cell.hists);
	free(aside);
	place->work = NULL;
}

const struct ktb_user_workload ktb_user_null = {
	.name = "user_null",
	.help = "the harness in user space with nothing in it: what measuring costs there",
	.params = params,
	.nr_params = sizeof(params) / sizeof(params[0]),
	.metrics = metrics,
	.nr_metrics = sizeof(metrics) / sizeof(metrics[0]),
	.check = check,
	.prepare = prepare,
	.work = work,
	.release = release,
};
