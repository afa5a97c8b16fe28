// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The device in user space: what it refuses, and that nothing is left behind,
 * however a run ends.
 */
#include <pthread.h>
#include <sys/resource.h>

#include "user_run.h"

/* What STOP and close() leave of a run in the middle of whatever it does. */
static void leaves_nothing(void **state)
{
	static const struct {
		const char *workload;
		int64_t api;
	} rows[] = { { "user_timer", 0 },
		     { "user_timer", 1 },
		     { "user_timer", 2 },
		     { "user_thread", 0 },
		     { "user_thread", 1 } };
	struct sigaction before, after;
	struct ktb_device_end end;
	struct run run;
	size_t i;

	sigaction(SIGUSR1, NULL, &before);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		prepare(&run, rows[i].workload);
		set(&run, "api", rows[i].api);
		set(&run, "duration", 600 * S);
		if (!strcmp(rows[i].workload, "user_thread"))
			set(&run, "threads", 300);
		start(&run);
		assert_true(count_entries("/proc/self/task") > nr_threads);
		usleep(30000);
		assert_int_equal(ktb_device_stop(device, &end), 0);
		assert_int_equal(end.ended, KTB_ENDED_STOPPED);
		start(&run);
		usleep(30000);
		ktb_device_close(device);
		assert_nothing_left();
		device = open_device();
	}
	sigaction(SIGUSR1, NULL, &after);
	assert_ptr_equal(before.sa_handler, after.sa_handler);
}

static void refuse(struct run *run, int error, enum ktb_refused what)
{
	const int nr = count_entries("/proc/self/fd");

	assert_int_equal(ktb_device_set_up(device, &run->setup), -error);
	assert_int_equal(run->setup.refused, what);
	assert_int_equal(count_entries("/proc/self/fd"), nr);
}

static void refuses(void **state)
{
	const uint32_t disturbed = first_cpu();
	struct ktb_device_place places[2];
	struct run run;

	prepare(&run, "user_timer");
	set(&run, "api", 1);
	set(&run, "slack", 1000);
	refuse(&run, EOPNOTSUPP, KTB_REFUSED_PARAM);
	prepare(&run, "user_timer");
	set(&run, "priority", 5);
	refuse(&run, EOPNOTSUPP, KTB_REFUSED_PARAM);
	prepare(&run, "user_timer");
	set(&run, "policy", 1);
	set(&run, "nice", 1);
	refuse(&run, EOPNOTSUPP, KTB_REFUSED_PARAM);
	prepare(&run, "user_timer");
	run.setup.disturb = &disturbed;
	run.setup.nr_disturb = 1;
	refuse(&run, EOPNOTSUPP, KTB_REFUSED_DISTURB);
	prepare(&run, "user_timer");
	run.place.cpu = run.place.arm_cpu = 1000000;
	refuse(&run, ENXIO, KTB_REFUSED_PLACE);
	prepare(&run, "user_timer");
	places[0] = places[1] = run.place;
	run.setup.places = places;
	run.setup.nr_places = 2;
	refuse(&run, EINVAL, KTB_REFUSED_PLACE);
	assert_int_equal(run.setup.refused_index, 1);
}

/* On a made-up machine that leaves few threads. */
static void refuses_threads(void **state)
{
	char *root = test_directory();
	struct run run;

	test_write(root, "proc/sys/kernel/pid_max", "1000\n");
	test_write(root, "proc/sys/kernel/threads-max", "800\n");
	test_write(root, "proc/loadavg", "0.1 0.2 0.3 1/300 4711\n");
	setenv("KTBENCH_SYSROOT", root, 1);
	prepare(&run, "user_thread");
	set(&run, "threads", 501);
	refuse(&run, ERANGE, KTB_REFUSED_THREADS);
	assert_int_equal(run.setup.limit, 500);
	set(&run, "threads", 500);
	assert_int_equal(ktb_device_set_up(device, &run.setup), 0);
	unsetenv("KTBENCH_SYSROOT");
	test_remove(root);
}

static void limit(int what, rlim_t soft, struct rlimit *before)
{
	struct rlimit now;

	getrlimit(what, before);
	now = *before;
	now.rlim_cur = soft;
	assert_int_equal(setrlimit(what, &now), 0);
}

static void assert_failed(struct run *run, int error)
{
	struct ktb_device_end end;
	sigset_t mask;

	sigprocmask(SIG_BLOCK, NULL, &mask);
	assert_int_equal(ktb_device_wait(device, 60000, &mask), 1);
	assert_int_equal(ktb_device_stop(device, &end), 0);
	assert_int_equal(end.ended, KTB_ENDED_FAILED);
	assert_int_equal(end.error, error);
	assert_int_equal(end.cpu, run->place.cpu);
}

static long pages_mapped(void)
{
	FILE *file = fopen("/proc/self/statm", "r");
	long pages = 0;

	assert_non_null(file);
	assert_int_equal(fscanf(file, "%ld", &pages), 1);
	fclose(file);
	return pages;
}

/* What cannot be made ends the run, and all that was made with it. */
static void fails_to_arm(void **state)
{
	struct rlimit before;
	struct run run;

	prepare(&run, "user_timer");
	set(&run, "api", 2);
	limit(RLIMIT_SIGPENDING, 0, &before);
	start(&run);
	assert_failed(&run, EAGAIN);
	setrlimit(RLIMIT_SIGPENDING, &before);
}

static void fails_to_make(void **state)
{
	struct rlimit before;
	struct run run;
	rlim_t mapped;

	test_bounds_memory();
	/* Stacks of 2,000 threads take 128 MB and there are 64 more to map. */
	prepare(&run, "user_thread");
	set(&run, "threads", 2000);
	set(&run, "duration", 600 * S);
	start(&run);
	assert_int_equal(ktb_device_set_up(device, &run.setup), -EBUSY);
	mapped = (rlim_t)(pages_mapped() * getpagesize());
	limit(RLIMIT_AS, mapped + 64000000, &before);
	assert_failed(&run, EAGAIN);
	setrlimit(RLIMIT_AS, &before);
}

static void *wait_for_gate(void *gate)
{
	pthread_mutex_lock(gate);
	pthread_mutex_unlock(gate);
	return NULL;
}

/* A thread that cannot be made at START leaves the session as it was. */
static void cannot_start(void **state)
{
	pthread_mutex_t gate = PTHREAD_MUTEX_INITIALIZER;
	struct ktb_device_area area;
	struct rlimit before;
	pthread_t others[8];
	struct run run;
	size_t i;

	test_bounds_memory();
	prepare(&run, "user_timer");
	assert_int_equal(ktb_device_set_up(device, &run.setup), 0);
	/* The C library keeps stacks of threads that are gone: use them up. */
	pthread_mutex_lock(&gate);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		assert_int_equal(pthread_create(&others[i], NULL, wait_for_gate,
						&gate),
				 0);
	limit(RLIMIT_AS, (rlim_t)(pages_mapped() * getpagesize()), &before);
	assert_int_equal(ktb_device_start(device, false), -EAGAIN);
	setrlimit(RLIMIT_AS, &before);
	pthread_mutex_unlock(&gate);
	for (i = 0; i < ARRAY_SIZE(others); i++)
		pthread_join(others[i], NULL);
	assert_int_equal(ktb_device_start(device, false), 0);
	finish(&run, KTB_ENDED_COMPLETE, &area);
	ktb_device_area_free(&area);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(leaves_nothing),  CASE(refuses),
		CASE(refuses_threads), CASE(fails_to_arm),
		CASE(fails_to_make),   CASE(cannot_start),
	};

	return cmocka_run_group_tests_name("device_user_ends", tests, NULL,
					   NULL);
}
