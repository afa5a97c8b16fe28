// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench run` from the command line to the result directory, on a device in
 * memory: states, exit codes, interruption, refusal, losses.
 */
#include "fake_run.h"
#include "packed.h"

static void assert_state(const char *expected, const char *reason)
{
	json_t *json = head();

	assert_string_equal(json_string_value(json_object_get(json, "state")),
			    expected);
	assert_string_equal(
		json_string_value(json_object_get(json, "state_reason")),
		reason);
	json_decref(json);
}

static json_t *cell(int number)
{
	return packed_cell(result_path(), number);
}

static void assert_cell(int number, const char *state, const char *reason)
{
	json_t *json = cell(number);

	assert_non_null(json);
	assert_string_equal(json_string_value(json_object_get(json, "state")),
			    state);
	assert_string_equal(json_string_value(json_object_get(json, "reason")),
			    reason);
	json_decref(json);
}

static void completes(void **state)
{
	json_t *json, *area, *hist;
	int64_t seeds[4];
	int i;

	assert_int_equal(run(NULL), 0);
	assert_state("complete", "");
	/* Two cells are rehearsed, then run twice each. */
	assert_int_equal(fake.setups, 6);
	assert_int_equal(fake.starts, 4);
	for (i = 0; i < 4; i++) {
		json = cell(i);
		assert_int_equal(
			json_integer_value(json_object_get(json, "cell")),
			i % 2);
		assert_int_equal(
			json_integer_value(json_object_get(json, "repetition")),
			i / 2);
		seeds[i] = json_integer_value(json_object_get(
			json_object_get(json, "params"), "seed"));
		assert_true(!i || seeds[i] != seeds[i - 1]);
		json_decref(json);
	}
	assert_true(seeds[3] == fake.last_seed);
	assert_null(cell(4));

	json = cell(1);
	assert_int_equal(json_integer_value(json_object_get(
				 json_object_get(json, "params"), "timers")),
			 10);
	assert_string_equal(json_string_value(json_object_get(
				    json_object_get(json, "params"), "kind")),
			    "pinned");
	assert_string_equal(json_string_value(json_array_get(
				    json_object_get(json, "swept"), 0)),
			    "timers");
	area = json_array_get(json_object_get(json, "cpus"), 1);
	hist = json_object_get(json_object_get(area, "metrics"), "lateness");
	assert_int_equal(json_integer_value(json_object_get(hist, "count")),
			 10);
	assert_int_equal(json_integer_value(json_object_get(hist, "max")),
			 5000);
	assert_string_equal(json_string_value(json_object_get(hist, "sumsq")),
			    "18446744073709551616");
	hist = json_object_get(hist, "buckets");
	/* A hundred empty ones, one of 9, more empty ones, one more. */
	assert_int_equal(json_array_size(hist), 4);
	assert_int_equal(json_integer_value(json_array_get(hist, 0)), -100);
	assert_int_equal(json_integer_value(json_array_get(hist, 1)), 9);
	assert_true(json_integer_value(json_array_get(hist, 2)) < 0);
	assert_int_equal(json_integer_value(json_array_get(hist, 3)), 1);
	hist = json_array_get(json_object_get(area, "worst"), 0);
	assert_int_equal(json_integer_value(json_object_get(hist, "value_ns")),
			 5000);
	assert_string_equal(json_string_value(json_object_get(hist, "comm")),
			    "0123456789abcdef");
	assert_true(json_is_true(json_object_get(hist, "idle")));
	hist = json_array_get(json_object_get(area, "armed_from"), 0);
	assert_int_equal(json_integer_value(json_array_get(hist, 0)), 1);
	json_decref(json);
	assert_non_null(strstr(said, "result: "));
}

static void says_where_at_the_end(void **state)
{
	char expected[4300];

	assert_int_equal(run("--quiet"), 0);
	snprintf(expected, sizeof(expected), "result: %s\n", result_path());
	assert_string_equal(said, expected);
}

static void marks_losses(void **state)
{
	fake.lost = 3;
	assert_int_equal(run(NULL), KTB_EXIT_INVALID);
	/* The other cells are run all the same. */
	assert_int_equal(fake.starts, 4);
	assert_state("complete", "");
	assert_cell(
		3, "invalid",
		"counter unfired of CPU 0 is 3: samples were lost (timers that never fired)");
	assert_non_null(strstr(said, "4 of 4 repetitions are invalid"));
}

static void marks_what_measured_nothing(void **state)
{
	fake.samples = 0;
	assert_int_equal(run(NULL), KTB_EXIT_INVALID);
	assert_cell(
		0, "invalid",
		"no sample falls into the recorded window: lengthen the duration");
}

static void marks_endings(void **state)
{
	static const struct {
		enum ktb_reason reason;
		const char *text;
		int error;
		__u32 cpu;
	} rows[] = {
		{ KTB_REASON_HOTPLUG, "CPU 1 went offline during the run", 0,
		  1 },
		{ KTB_REASON_HOTPLUG,
		  "CPU 99 came online during the run, whose samples may be taken on any CPU",
		  0, 99 },
		{ KTB_REASON_STARVED,
		  "the expiries left CPU 1 no time: ask for fewer timers or a longer delay",
		  0, 1 },
		{ KTB_REASON_FAILED,
		  "the kernel could not make a thread or a timer for CPU 1: Cannot allocate memory",
		  ENOMEM, 1 },
		{ KTB_REASON_FAILED,
		  "the kernel could not make a thread or a timer for CPU 1: Resource temporarily unavailable (kernel.pid_max, kernel.threads-max, a cgroup's pids.max or, in user space, RLIMIT_NPROC or RLIMIT_SIGPENDING is reached)",
		  EAGAIN, 1 },
	};
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		fake.reason = rows[i].reason;
		fake.error = rows[i].error;
		fake.ended_by = rows[i].cpu;
		assert_int_equal(run(NULL), KTB_EXIT_INVALID);
		assert_cell(0, "invalid", rows[i].text);
		teardown(NULL);
		setup(NULL);
	}
}

static void interrupted_by(int signal)
{
	char reason[128];

	fake.signal_at = 3;
	fake.signal = signal;
	assert_int_equal(run(NULL), KTB_EXIT_SIGNAL + signal);
	/* STOP came, the cut repetition is kept, nothing else was begun. */
	assert_false(fake.running);
	assert_int_equal(fake.starts, 3);
	assert_cell(1, "ok", "");
	assert_cell(2, "interrupted", "it was stopped before its time");
	assert_null(cell(3));
	snprintf(reason, sizeof(reason),
		 "Interrupted by signal %d after 3 of 4 repetitions.", signal);
	assert_state("interrupted", reason);
}

static void is_interrupted(void **state)
{
	interrupted_by(SIGINT);
}

static void is_terminated(void **state)
{
	interrupted_by(SIGTERM);
}

/* What the module refuses it refuses before anything is measured. */
static void refused(const struct ktb_setup *refuse, int error, int code,
		    const char *text)
{
	char expected[KTB_ERROR_LEN + 4300];

	fake.refuse_cell = 2;
	fake.refuse_errno = error;
	fake.refuse = *refuse;
	assert_int_equal(run(NULL), code);
	snprintf(expected, sizeof(expected),
		 "ktbench: %s/job.ini:1: [a] cell 1 (timers=10): %s\n",
		 directory, text);
	assert_string_equal(said, expected);
	assert_int_equal(fake.starts, 0);
	assert_null(result_path());
	teardown(NULL);
	setup(NULL);
}

static void explains_refusals(void **state)
{
	refused(&(struct ktb_setup){ .err_what = KTB_WHAT_PARAM,
				     .err_index = 0,
				     .err_limit = 1500000 },
		ERANGE, KTB_EXIT_SKIPPED,
		"duration = 2ms is past the limit of 1500us on this machine, with the other values as they are");
	refused(&(struct ktb_setup){ .err_what = KTB_WHAT_TIMERS,
				     .err_limit = 1000000 },
		ERANGE, KTB_EXIT_USAGE,
		"it asks for more timers on all CPUs together than the limit of 1000000 timers; lower `timers` or `background`, or measure fewer CPUs");
	refused(&(struct ktb_setup){ .err_what = KTB_WHAT_LOAD,
				     .err_limit = 500000 },
		ERANGE, KTB_EXIT_USAGE,
		"it asks for more expiries on a CPU than the limit of 500000 a second; lower the number of timers or lengthen their delay or period");
	refused(&(struct ktb_setup){ .err_what = KTB_WHAT_PLACE }, ENXIO,
		KTB_EXIT_USAGE, "CPU 0 does not exist or went offline");
	refused(&(struct ktb_setup){ .err_what = KTB_WHAT_PARAM,
				     .err_index = 3 },
		EOPNOTSUPP, KTB_EXIT_SKIPPED,
		"kind = pinned cannot be measured here: this kernel does not have it, or not together with the other values");
	refused(&(struct ktb_setup){ 0 }, ENOMEM, KTB_EXIT_DEVICE,
		"it finds no memory in the kernel: ask for fewer timers or CPUs");
	refused(&(struct ktb_setup){ 0 }, EIO, KTB_EXIT_DEVICE,
		"it: the device says: Input/output error");
}

static void fails_later(void **state)
{
	/* The rehearsal passes; the second run's SETUP does not. */
	fake.refuse_cell = 4;
	fake.refuse_errno = ENOMEM;
	assert_int_equal(run(NULL), KTB_EXIT_DEVICE);
	assert_cell(0, "ok", "");
	assert_null(cell(1));
	assert_non_null(strstr(said, "finds no memory"));
	assert_non_null(strstr(said, "result: "));
}

static void dry_run_touches_nothing(void **state)
{
	assert_int_equal(run("--dry-run"), 0);
	assert_int_equal(fake.setups, 0);
	assert_null(result_path());
	assert_non_null(strstr(said, "2 cells, 4 repetitions, about 1 s"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		CASE(completes),     CASE(says_where_at_the_end),
		CASE(marks_losses),  CASE(marks_what_measured_nothing),
		CASE(marks_endings), CASE(is_interrupted),
		CASE(is_terminated), CASE(explains_refusals),
		CASE(fails_later),   CASE(dry_run_touches_nothing),
	};

	return cmocka_run_group_tests_name("run", tests, NULL, NULL);
}
