// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What is unfit to measure on this machine. It may not change anything.
 */
#include <string.h>

#include "environment.h"
#include "fitness.h"
#include "look.h"

static const char *const state_names[KTB_NR_FITNESS_STATES] = { "ok", "warn",
								"unfit",
								"unknown" };

const struct ktb_fitness_check ktb_fitness_checks[] = {
	{ .name = "virtual_machine",
	  .look = ktb_look_hypervisor,
	  .bad = KTB_FITNESS_UNFIT,
	  .advice =
		  "a hypervisor takes the CPU away when it likes: times are shape only; measure on bare metal" },
	{ .name = "clocksource",
	  .look = ktb_look_clocksource,
	  .path = "/sys/devices/system/clocksource/clocksource0/current_clocksource",
	  .want = "tsc",
	  .bad = KTB_FITNESS_UNFIT,
	  .advice =
		  "every sample pays for a slow clock: find in the kernel's log why the TSC was given up, or boot with tsc=reliable if it is sound" },
	{ .name = "kernel_debugging",
	  .look = ktb_look_config,
	  .bad = KTB_FITNESS_UNFIT,
	  .advice =
		  "debugging options lengthen every callback: measure a kernel without them" },
	{ .name = "lockdep",
	  .look = ktb_look_absent,
	  .path = "/proc/lockdep",
	  .bad = KTB_FITNESS_UNFIT,
	  .advice =
		  "lockdep checks every lock: measure a kernel without CONFIG_PROVE_LOCKING" },
	{ .name = "cpu_governor",
	  .look = ktb_look_files,
	  .path = "/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor",
	  .want = "performance",
	  .bad = KTB_FITNESS_UNFIT,
	  .is_set = true,
	  .advice =
		  "a CPU that changes its frequency changes every cost: set the governor to performance" },
	{ .name = "turbo_boost",
	  .look = ktb_look_files,
	  .path = "/sys/devices/system/cpu/cpufreq/boost",
	  .want = "0",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .advice =
		  "the frequency depends on heat and on the other cores: switch boost off" },
	{ .name = "turbo_pstate",
	  .look = ktb_look_files,
	  .path = "/sys/devices/system/cpu/intel_pstate/no_turbo",
	  .want = "1",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .advice =
		  "the frequency depends on heat and on the other cores: switch turbo off" },
	{ .name = "deep_c_states",
	  .look = ktb_look_files,
	  .path = "/sys/devices/system/cpu/cpu[0-9]*/cpuidle/state[0-9]*/disable",
	  .want = "1",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .concerns = ktb_look_is_deep_state,
	  .advice =
		  "waking from a deep idle state is part of the lateness: disable states that take more than 10 us to leave, unless that is what you measure" },
	{ .name = "smt",
	  .look = ktb_look_files,
	  .path = "/sys/devices/system/cpu/smt/active",
	  .want = "0",
	  .bad = KTB_FITNESS_WARN,
	  .advice =
		  "a sibling thread shares the core with the measured one: use cpus = one-per-core and keep siblings idle, or echo off > /sys/devices/system/cpu/smt/control" },
	{ .name = "isolated_cpus",
	  .look = ktb_look_not_empty,
	  .path = "/sys/devices/system/cpu/isolated",
	  .bad = KTB_FITNESS_WARN,
	  .advice =
		  "other tasks run on the measured CPUs: boot with isolcpus=LIST nohz_full=LIST and use cpus = isolated, unless you measure the machine as it is" },
	{ .name = "irqbalance",
	  .look = ktb_look_process,
	  .path = "/proc/[0-9]*/comm",
	  .want = "irqbalance",
	  .bad = KTB_FITNESS_WARN,
	  .advice =
		  "it moves interrupts during the run: systemctl stop irqbalance" },
	{ .name = "load_average",
	  .look = ktb_look_load,
	  .path = "/proc/loadavg",
	  .bad = KTB_FITNESS_WARN,
	  .advice = "other programs are running: wait until they are done" },
	{ .name = "swap",
	  .look = ktb_look_swap,
	  .path = "/proc/swaps",
	  .bad = KTB_FITNESS_WARN,
	  .advice =
		  "swapping disturbs at any time: swapoff -a for the time of the run" },
	{ .name = "cpus_allowed",
	  .look = ktb_look_allowed,
	  .path = "/proc/self/status",
	  .bad = KTB_FITNESS_WARN,
	  .advice =
		  "workloads of user space are placed on these CPUs only: leave the cgroup's cpuset or the taskset if others are meant" },
	{ .name = "timer_migration",
	  .look = ktb_look_files,
	  .path = "/proc/sys/kernel/timer_migration",
	  .want = "0",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .advice =
		  "timers that are not pinned move to busy CPUs: set it to 0, unless that is what you measure" },
	{ .name = "nmi_watchdog",
	  .look = ktb_look_files,
	  .path = "/proc/sys/kernel/nmi_watchdog",
	  .want = "0",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .advice =
		  "its interrupts cannot be masked and come during callbacks: set it to 0" },
	{ .name = "soft_watchdog",
	  .look = ktb_look_files,
	  .path = "/proc/sys/kernel/soft_watchdog",
	  .want = "0",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .advice = "it wakes every CPU every four seconds: set it to 0" },
	{ .name = "rt_throttling",
	  .look = ktb_look_files,
	  .path = "/proc/sys/kernel/sched_rt_runtime_us",
	  .want = "-1",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .advice =
		  "real-time threads are stopped for 50 ms a second when they use 95 %: set it to -1" },
	{ .name = "huge_pages",
	  .look = ktb_look_files,
	  .path = "/sys/kernel/mm/transparent_hugepage/enabled",
	  .want = "madvise",
	  .also = "never",
	  .bad = KTB_FITNESS_WARN,
	  .is_set = true,
	  .advice = "khugepaged works in the background: set it to madvise" },
	{ .name = "tracing",
	  .look = ktb_look_files,
	  .path = "/sys/kernel/tracing/current_tracer",
	  .want = "nop",
	  .bad = KTB_FITNESS_UNFIT,
	  .is_set = true,
	  .advice = "a tracer runs in every function: set it to nop" },
	{ .name = "firmware_interrupts",
	  .look = ktb_look_nowhere,
	  .bad = KTB_FITNESS_UNKNOWN,
	  .advice =
		  "no kernel can see what the firmware takes (SMI): the tracer hwlat measures it; run it once on a new machine" },
	{ .name = NULL },
};

bool ktb_fitness_is_good(const struct ktb_fitness_check *check,
			 const char *value)
{
	return !strcmp(value, check->want) ||
	       (check->also && !strcmp(value, check->also));
}

const char *ktb_fitness_state_name(enum ktb_fitness_state state)
{
	return state_names[state];
}

struct ktb_fitness ktb_fitness_look(const struct ktb_fitness_check *check)
{
	struct ktb_fitness found = { .check = check };

	check->look(check, &found);
	return found;
}

json_t *ktb_fitness_json(void)
{
	const struct ktb_fitness_check *check;
	json_t *all = json_array();
	struct ktb_fitness found;

	for (check = ktb_fitness_checks; check->name; check++) {
		found = ktb_fitness_look(check);
		json_array_append_new(
			all,
			json_pack("{s:s, s:s, s:o, s:s}", "check", check->name,
				  "state", state_names[found.state], "value",
				  ktb_environment_text(found.value), "advice",
				  found.state == KTB_FITNESS_OK ?
					  "" :
					  check->advice));
	}
	return all;
}
