// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The device in user space: figures of each interface, and one run at a time.
 * Its states, ranges and areas are held against the ABI by test_user_*.c.
 */
#include <sys/socket.h>
#include <sys/un.h>
#include <sys/wait.h>

#include "user_run.h"

static void waits(void **state)
{
	struct ktb_device_area area;
	int64_t api, clock;
	struct run run;

	for (api = 0; api < 3; api++) {
		for (clock = 0; clock < 3; clock++) {
			prepare(&run, "user_timer");
			set(&run, "api", api);
			set(&run, "clock", clock);
			start(&run);
			finish(&run, KTB_ENDED_COMPLETE, &area);
			assert_parts(&run, &area);
			/* Every period of 1 ms is served or missed. */
			assert_int_equal(counter(&run, &area, "wakes") +
						 counter(&run, &area, "missed"),
					 200);
			assert_int_equal(hist(&run, &area, "lateness").count,
					 counter(&run, &area, "wakes"));
			assert_int_equal(hist(&run, &area, "lateness").early,
					 0);
			assert_int_equal(
				hist(&run, &area, "lateness_missed").count,
				counter(&run, &area, "missed"));
			assert_int_equal(counter(&run, &area, "overruns"),
					 api ? counter(&run, &area, "missed") :
					       0);
			/* 50 us of slack are what a thread has, or none. */
			assert_int_equal(
				hist(&run, &area, "slack_used").max > 0, !api);
			ktb_device_area_free(&area);
		}
	}
}

/* Stops this process three times, 60 ms each, 100 ms apart. */
static pid_t start_stopper(void)
{
	const pid_t pid = fork();
	int i;

	assert_true(pid >= 0);
	if (pid)
		return pid;
	for (i = 0; i < 3; i++) {
		usleep(100 * 1000);
		kill(getppid(), SIGSTOP);
		usleep(60 * 1000);
		kill(getppid(), SIGCONT);
	}
	_exit(0);
}

/*
 * A thread that does not run for 60 ms has missed 59 periods of 1 ms, each of them
 * a millisecond less late than the one before: what was served and what was missed
 * make the schedule, and the sum over it is what the worst waits alone tell.
 */
static void records_missed_periods(void **state)
{
	struct ktb_device_hist late, served;
	struct ktb_device_area area;
	uint32_t bucket, seen;
	struct run run;
	int64_t api;
	pid_t pid;

	for (api = 0; api < 3; api++) {
		prepare(&run, "user_timer");
		set(&run, "api", api);
		set(&run, "duration", 600 * MS);
		start(&run);
		pid = start_stopper();
		finish(&run, KTB_ENDED_COMPLETE, &area);
		assert_int_equal(waitpid(pid, NULL, 0), pid);
		late = hist(&run, &area, "lateness_missed");
		served = hist(&run, &area, "lateness");
		assert_int_equal(late.count, counter(&run, &area, "missed"));
		assert_int_equal(late.count + served.count, 600);
		assert_true(late.count >= 3 * 58);
		assert_true(late.max > 57 * MS && late.max + MS <= served.max);
		assert_true(late.min >= 0 && !late.early && !late.overflow);
		for (seen = bucket = 0; bucket < late.nr_buckets; bucket++)
			seen += late.bucket[bucket];
		assert_int_equal(seen, late.count);
		/* Three stalls of 58 to 0 ms, at the least. */
		assert_true(late.sum >= 3 * (58 * 57 / 2) * MS);
		ktb_device_area_free(&area);
	}
}

/* A nanosecond of slack in place of 50 us: the sleep ends that much earlier. */
static void gives_slack(void **state)
{
	struct ktb_device_area area;
	int64_t used[2];
	struct run run;
	int i;

	for (i = 0; i < 2; i++) {
		prepare(&run, "user_timer");
		set(&run, "slack", i ? 5 * MS : 1);
		set(&run, "period", 10 * MS);
		start(&run);
		finish(&run, KTB_ENDED_COMPLETE, &area);
		used[i] = hist(&run, &area, "slack_used").max;
		ktb_device_area_free(&area);
	}
	assert_int_equal(used[0], 1);
	assert_true(used[1] > 1 && used[1] <= 5 * MS);
}

/* Returns how many rounds there were in that time. */
static uint64_t make_threads(int64_t api, int64_t number, int64_t duration_ns)
{
	struct ktb_device_area area;
	uint64_t nr_rounds;
	struct run run;

	prepare(&run, "user_thread");
	set(&run, "api", api);
	set(&run, "threads", number);
	set(&run, "duration", duration_ns);
	start(&run);
	assert_int_equal(run.setup.nr_threads, number);
	finish(&run, KTB_ENDED_COMPLETE, &area);
	assert_parts(&run, &area);
	assert_int_equal(hist(&run, &area, "life").count,
			 counter(&run, &area, "created"));
	assert_int_equal(hist(&run, &area, "create").count,
			 counter(&run, &area, "created"));
	assert_int_equal(hist(&run, &area, "start").early, 0);
	nr_rounds = counter(&run, &area, "rounds");
	ktb_device_area_free(&area);
	return nr_rounds;
}

/* A busy machine has no whole round of 50 threads in a while; then in a longer one. */
static void makes_threads(void **state)
{
	static const int64_t numbers[] = { 1, 50 };
	int64_t api, duration_ns;
	size_t i;

	for (api = 0; api < 2; api++)
		for (i = 0; i < ARRAY_SIZE(numbers); i++) {
			duration_ns = 200 * MS;
			while (!make_threads(api, numbers[i], duration_ns)) {
				duration_ns *= 2;
				assert_true(duration_ns < 30 * S);
			}
		}
}

static void one_at_a_time(void **state)
{
	struct ktb_device *other = open_device();
	struct ktb_device_area area;
	struct run first, second;

	prepare(&first, "user_timer");
	set(&first, "duration", 600 * S);
	prepare(&second, "user_thread");
	second.device = other;
	start(&first);
	assert_int_equal(ktb_device_set_up(other, &second.setup), 0);
	assert_int_equal(ktb_device_start(other, false), -EBUSY);
	ktb_device_close(device);
	device = NULL;
	assert_int_equal(ktb_device_start(other, false), 0);
	finish(&second, KTB_ENDED_COMPLETE, &area);
	ktb_device_area_free(&area);
	ktb_device_close(other);
}

/* Another process that runs one is told by a name that it has. */
static void one_on_a_machine(void **state)
{
	struct sockaddr_un name = { .sun_family = AF_UNIX };
	int taken = socket(AF_UNIX, SOCK_DGRAM, 0);
	struct ktb_device_area area;
	struct run run;

	memcpy(name.sun_path + 1, "ktbench-user", strlen("ktbench-user"));
	assert_int_equal(bind(taken, (const struct sockaddr *)&name,
			      offsetof(struct sockaddr_un, sun_path) + 1 +
				      strlen("ktbench-user")),
			 0);
	prepare(&run, "user_timer");
	assert_int_equal(ktb_device_set_up(device, &run.setup), 0);
	assert_int_equal(ktb_device_start(device, false), -EBUSY);
	close(taken);
	assert_int_equal(ktb_device_start(device, false), 0);
	finish(&run, KTB_ENDED_COMPLETE, &area);
	ktb_device_area_free(&area);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(waits),	     CASE(records_missed_periods),
		CASE(gives_slack),   CASE(makes_threads),
		CASE(one_at_a_time), CASE(one_on_a_machine),
	};

	return cmocka_run_group_tests_name("device_user", tests, NULL, NULL);
}
