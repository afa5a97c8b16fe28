/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Runs of the device in user space, for tests of it: a device that is opened
 * before each case, and nothing of which may be left after it.
 */
#ifndef KTB_USER_RUN_H
#define KTB_USER_RUN_H

#include <dirent.h>
#include <errno.h>
#include <sched.h>
#include <signal.h>

#include "support.h"

#include "runner/device.h"

#include "tests/abi/clock_watch.h"

#define MS 1000000LL
#define S  1000000000LL

/**
 * struct run - a workload's values, by name, and where it runs
 * @device: an open session
 * @workload: the workload
 * @values: of all its parameters
 * @place: where
 * @setup: what is asked and told
 */
struct run {
	struct ktb_device *device;
	const struct ktb_workload *workload;
	int64_t values[32];
	struct ktb_device_place place;
	struct ktb_device_setup setup;
};

static struct ktb_device *device;
static struct ktb_catalog catalog;
static int nr_threads, nr_files;

/* Entries of a directory, the one that reading it makes among them. */
static inline int count_entries(const char *path)
{
	DIR *directory = opendir(path);
	int nr = 0;

	assert_non_null(directory);
	while (readdir(directory))
		nr++;
	closedir(directory);
	return nr;
}

/* A thread that was joined may stay in /proc for a moment. */
static inline void assert_nothing_left(void)
{
	int tries = 1000;

	while (count_entries("/proc/self/task") > nr_threads && tries--)
		usleep(1000);
	assert_int_equal(count_entries("/proc/self/task"), nr_threads);
	assert_int_equal(count_entries("/proc/self/fd"), nr_files);
}

static inline struct ktb_device *open_device(void)
{
	struct ktb_device_info info;
	struct ktb_device *opened;
	int error;

	opened = ktb_device_open(&ktb_device_user_io, "", &info, &error);
	assert_non_null(opened);
	return opened;
}

static inline int setup(void **state)
{
	/* One run at a time on a machine, and this is one of its own. */
	unshare(CLONE_NEWNET);
	clock_watch_begin();
	nr_threads = count_entries("/proc/self/task");
	nr_files = count_entries("/proc/self/fd");
	device = open_device();
	assert_int_equal(ktb_device_catalog(device, &catalog), 0);
	return 0;
}

static inline int teardown(void **state)
{
	ktb_device_close(device);
	ktb_catalog_free(&catalog);
	assert_nothing_left();
	return 0;
}

static inline void set(struct run *run, const char *name, int64_t value)
{
	const struct ktb_param *param = ktb_catalog_param(run->workload, name);

	assert_non_null(param);
	run->values[param - run->workload->params] = value;
}

static inline unsigned int first_cpu(void)
{
	unsigned int cpu = 0;
	cpu_set_t cpus;

	assert_int_equal(sched_getaffinity(0, sizeof(cpus), &cpus), 0);
	while (!CPU_ISSET(cpu, &cpus))
		cpu++;
	return cpu;
}

/* A run of 200 ms with defaults. */
static inline void prepare(struct run *run, const char *workload)
{
	size_t i;

	*run = (struct run){ .device = device };
	run->workload = ktb_catalog_workload(&catalog, workload);
	assert_non_null(run->workload);
	assert_true(run->workload->is_user);
	for (i = 0; i < run->workload->nr_params; i++)
		run->values[i] = run->workload->params[i].def;
	set(run, "warmup", 20 * MS);
	set(run, "duration", 200 * MS);
	run->place.cpu = run->place.arm_cpu = first_cpu();
	run->setup = (struct ktb_device_setup){
		.workload = run->workload->index,
		.values = run->values,
		.nr_values = run->workload->nr_params,
		.places = &run->place,
		.nr_places = 1,
	};
}

static inline void start(struct run *run)
{
	assert_int_equal(ktb_device_set_up(run->device, &run->setup), 0);
	assert_int_equal(ktb_device_start(run->device, false), 0);
}

static inline void finish(struct run *run, enum ktb_ended ended,
			  struct ktb_device_area *area)
{
	struct ktb_device_end end;
	sigset_t mask;

	sigprocmask(SIG_BLOCK, NULL, &mask);
	assert_int_equal(ktb_device_wait(run->device, 60000, &mask), 1);
	assert_int_equal(ktb_device_stop(run->device, &end), 0);
	assert_int_equal(end.ended, ended);
	assert_int_equal(ktb_device_area_read(run->device, 0, area), 0);
	assert_int_equal(area->cpu, run->place.cpu);
}

/* The number of a metric among those of its kind. */
static inline uint32_t number_of(const struct run *run, const char *name)
{
	const struct ktb_metric *metric = run->workload->metrics;
	uint32_t nr[KTB_NR_METRIC_WHATS] = { 0 };

	while (strcmp(metric->name, name))
		nr[metric++->what]++;
	return nr[metric->what];
}

static inline uint64_t counter(const struct run *run,
			       const struct ktb_device_area *area,
			       const char *name)
{
	return ktb_device_area_counter(area, number_of(run, name));
}

static inline struct ktb_device_hist hist(const struct run *run,
					  const struct ktb_device_area *area,
					  const char *name)
{
	return ktb_device_area_hist(area, number_of(run, name));
}

/* The sum of each part of the primary distribution is in it, to the last ns. */
static inline void assert_parts(const struct run *run,
				const struct ktb_device_area *area)
{
	const struct ktb_metric *metric;
	int64_t sum = 0, whole = 0;
	size_t i;

	for (i = 0; i < run->workload->nr_metrics; i++) {
		metric = &run->workload->metrics[i];
		if (metric->primary)
			whole = hist(run, area, metric->name).sum;
		if (metric->part)
			sum += hist(run, area, metric->name).sum;
		/* A run that says that the clock was set is right then. */
		if (metric->loss && (strcmp(metric->name, "clock_set") ||
				     !clock_watch_was_set()))
			assert_int_equal(counter(run, area, metric->name), 0);
	}
	assert_true(whole > 0);
	assert_true(sum == whole);
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif /* KTB_USER_RUN_H */
