// SPDX-License-Identifier: GPL-2.0-or-later
/* Checks of the machine, and knobs that are turned and turned back. */
#include "support.h"

#include "runner/fitness.h"
#include "runner/knobs.h"
#include "runner/lane.h"
#include "runner/sysfs.h"

#define CPU "sys/devices/system/cpu/"

static char *machine(void)
{
	char *root = test_directory();

	setenv("KTBENCH_SYSROOT", root, 1);
	test_write(root, "proc/cpuinfo", "flags\t\t: fpu vme\n");
	test_write(root, CPU "cpu0/cpufreq/scaling_governor", "powersave\n");
	test_write(root, CPU "cpu1/cpufreq/scaling_governor", "performance\n");
	test_write(root, CPU "cpu0/cpuidle/state1/latency", "2\n");
	test_write(root, CPU "cpu0/cpuidle/state1/disable", "0\n");
	test_write(root, CPU "cpu0/cpuidle/state2/latency", "133\n");
	test_write(root, CPU "cpu0/cpuidle/state2/disable", "0\n");
	test_write(root, "proc/sys/kernel/timer_migration", "1\n");
	test_write(root, "proc/sys/kernel/nmi_watchdog", "0\n");
	test_write(root, "proc/loadavg", "3.52 0.1 0.1 1/99 1234\n");
	test_write(root, "proc/77/comm", "irqbalance\n");
	test_write(root, "proc/swaps", "Filename Type\n");
	test_write(root, "sys/kernel/mm/transparent_hugepage/enabled",
		   "[always] madvise never\n");
	return root;
}

static void looks(void **state)
{
	static const struct {
		const char *check;
		enum ktb_fitness_state state;
		const char *value;
	} rows[] = {
		{ "virtual_machine", KTB_FITNESS_OK, "no" },
		{ "cpu_governor", KTB_FITNESS_UNFIT,
		  "1 of 2 files say otherwise, one of them 'powersave'" },
		{ "deep_c_states", KTB_FITNESS_WARN, "0" },
		{ "timer_migration", KTB_FITNESS_WARN, "1" },
		{ "nmi_watchdog", KTB_FITNESS_OK, "0" },
		{ "load_average", KTB_FITNESS_WARN, "3.52" },
		{ "irqbalance", KTB_FITNESS_WARN, "running" },
		{ "swap", KTB_FITNESS_OK, "none" },
		{ "huge_pages", KTB_FITNESS_WARN, "always" },
		{ "clocksource", KTB_FITNESS_UNKNOWN,
		  "this kernel does not tell" },
		{ "isolated_cpus", KTB_FITNESS_UNKNOWN,
		  "this kernel does not tell" },
	};
	const struct ktb_fitness_check *check;
	char *root = machine();
	struct ktb_fitness found;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		for (check = ktb_fitness_checks;
		     strcmp(check->name, rows[i].check); check++)
			assert_non_null(check[1].name);
		found = ktb_fitness_look(check);
		assert_int_equal(found.state, rows[i].state);
		assert_string_equal(found.value, rows[i].value);
	}
	test_remove(root);
	unsetenv("KTBENCH_SYSROOT");
}

static void assert_file(const char *path, const char *value)
{
	char text[KTB_SYSFS_LEN];

	assert_int_equal(ktb_sysfs_read(path, text), 0);
	assert_string_equal(text, value);
}

static void turns_and_turns_back(void **state)
{
	char *root = machine();
	struct ktb_error err;
	char saved[4200];

	snprintf(saved, sizeof(saved), "%s/saved", root);
	assert_int_equal(ktb_knobs_apply(saved, &err), 0);
	assert_file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
		    "performance");
	assert_file("/sys/devices/system/cpu/cpu0/cpuidle/state2/disable", "1");
	/* A shallow state disturbs nobody and is left alone. */
	assert_file("/sys/devices/system/cpu/cpu0/cpuidle/state1/disable", "0");
	assert_file("/proc/sys/kernel/timer_migration", "0");

	/* A second time would forget the originals. */
	assert_int_equal(ktb_knobs_apply(saved, &err), KTB_EXIT_USAGE);
	assert_non_null(strstr(err.text, "--restore` first"));

	assert_int_equal(ktb_knobs_restore(saved, &err), 0);
	assert_file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
		    "powersave");
	assert_file("/sys/devices/system/cpu/cpu1/cpufreq/scaling_governor",
		    "performance");
	assert_file("/sys/devices/system/cpu/cpu0/cpuidle/state2/disable", "0");
	assert_file("/proc/sys/kernel/timer_migration", "1");
	assert_int_equal(access(saved, F_OK), -1);
	assert_int_equal(ktb_knobs_restore(saved, &err), KTB_EXIT_USAGE);
	test_remove(root);
	unsetenv("KTBENCH_SYSROOT");
}

static void leaves_what_others_turned(void **state)
{
	char *root = machine();
	struct ktb_error err;
	char saved[4200];

	snprintf(saved, sizeof(saved), "%s/saved", root);
	assert_int_equal(ktb_knobs_apply(saved, &err), 0);
	test_write(root, CPU "cpu0/cpufreq/scaling_governor", "ondemand\n");
	assert_int_equal(ktb_knobs_restore(saved, &err), KTB_EXIT_WORSE);
	assert_file("/sys/devices/system/cpu/cpu0/cpufreq/scaling_governor",
		    "ondemand");
	assert_file("/proc/sys/kernel/timer_migration", "1");
	test_remove(root);
	unsetenv("KTBENCH_SYSROOT");
}

static void changes_nothing_it_cannot_put_back(void **state)
{
	char *root = machine();
	struct ktb_error err;

	assert_int_equal(ktb_knobs_apply("/nonexistent/saved", &err),
			 KTB_EXIT_DEVICE);
	assert_file("/proc/sys/kernel/timer_migration", "1");
	test_remove(root);
	unsetenv("KTBENCH_SYSROOT");
}

static void finds_the_lane(void **state)
{
	char *root = machine();
	struct ktb_error err;
	struct ktb_lane lane;

	unsetenv("KTBENCH_LANE");
	assert_int_equal(ktb_lane_find(&lane, &err), 0);
	assert_string_equal(lane.name, "metal");
	test_write(root, "proc/cpuinfo", "flags\t\t: fpu hypervisor vme\n");
	assert_int_equal(ktb_lane_find(&lane, &err), 0);
	assert_string_equal(lane.name, "vm");
	setenv("KTBENCH_LANE", "exact", 1);
	setenv("KTBENCH_LANE_DETAIL", "QEMU", 1);
	assert_int_equal(ktb_lane_find(&lane, &err), 0);
	assert_string_equal(lane.name, "exact");
	assert_string_equal(lane.detail, "QEMU");
	setenv("KTBENCH_LANE", "metall", 1);
	assert_int_equal(ktb_lane_find(&lane, &err), KTB_EXIT_USAGE);
	assert_string_equal(
		err.text,
		"KTBENCH_LANE is 'metall', not metal, vm or exact (did you mean 'metal'?)");
	unsetenv("KTBENCH_LANE");
	unsetenv("KTBENCH_LANE_DETAIL");
	test_remove(root);
	unsetenv("KTBENCH_SYSROOT");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(looks),
		cmocka_unit_test(turns_and_turns_back),
		cmocka_unit_test(leaves_what_others_turned),
		cmocka_unit_test(changes_nothing_it_cannot_put_back),
		cmocka_unit_test(finds_the_lane),
	};

	return cmocka_run_group_tests_name("knobs", tests, NULL, NULL);
}
