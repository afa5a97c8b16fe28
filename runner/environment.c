// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Facts about the machine and its kernel. It may not judge them.
 */
#include <gnu/libc-version.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "alloc.h"
#include "environment.h"
#include "lane.h"
#include "sysfs.h"
#include "verbs.h"

/* How a fact is read: from @source, into KTB_SYSFS_LEN bytes. */
typedef void (*reader)(const char *source, char *text);

static void from_file(const char *source, char *text)
{
	ktb_sysfs_read(source, text);
}

/* The first line of /proc/cpuinfo or /proc/meminfo that begins with it. */
static void from_line(const char *path, const char *name, char *text)
{
	char file[KTB_SYSFS_LEN];
	char *at = file;
	char *line;

	*text = '\0';
	ktb_sysfs_read(path, file);
	while ((line = strsep(&at, "\n"))) {
		if (strncmp(line, name, strlen(name)))
			continue;
		line = strchr(line, ':');
		if (line)
			snprintf(text, KTB_SYSFS_LEN, "%s",
				 line + 1 + strspn(line + 1, " \t"));
		return;
	}
}

static void from_cpuinfo(const char *source, char *text)
{
	from_line("/proc/cpuinfo", source, text);
}

static void from_meminfo(const char *source, char *text)
{
	char kib[KTB_SYSFS_LEN];

	from_line("/proc/meminfo", source, kib);
	if (*kib)
		snprintf(text, KTB_SYSFS_LEN, "%llu",
			 strtoull(kib, NULL, 10) * 1024);
	else
		*text = '\0';
}

static bool has_item(const char *list, const char *item)
{
	const size_t len = strlen(item);
	const char *at = list;

	while ((at = strstr(at, item))) {
		if ((at == list || at[-1] == ' ') &&
		    (at[len] == ',' || !at[len]))
			return true;
		at++;
	}
	return false;
}

/* Every different value of the files that match, parted by commas. */
static void from_each(const char *source, char *text)
{
	struct ktb_sysfs_paths paths = ktb_sysfs_glob(source);
	char value[KTB_SYSFS_LEN];
	size_t i, len = 0;

	*text = '\0';
	for (i = 0; i < paths.nr && len < KTB_SYSFS_LEN; i++)
		if (!ktb_sysfs_read(paths.path[i], value) && *value &&
		    !has_item(text, value))
			len += (size_t)snprintf(text + len, KTB_SYSFS_LEN - len,
						"%s%s", len ? ", " : "", value);
	ktb_sysfs_paths_free(&paths);
}

/* "name: value; name: value" of the files that match. */
static void from_named(const char *source, char *text)
{
	struct ktb_sysfs_paths paths = ktb_sysfs_glob(source);
	char value[KTB_SYSFS_LEN];
	size_t i, len = 0;

	*text = '\0';
	for (i = 0; i < paths.nr && len < KTB_SYSFS_LEN; i++)
		if (!ktb_sysfs_read(paths.path[i], value))
			len += (size_t)snprintf(text + len, KTB_SYSFS_LEN - len,
						"%s%s: %s", len ? "; " : "",
						strrchr(paths.path[i], '/') + 1,
						value);
	ktb_sysfs_paths_free(&paths);
}

/* The preemption model, from the kernel's version string. */
static void from_version(const char *source, char *text)
{
	static const char *const models[] = { "PREEMPT_RT", "PREEMPT_DYNAMIC",
					      "PREEMPT_LAZY", "PREEMPT" };
	char version[KTB_SYSFS_LEN];
	size_t i;

	ktb_sysfs_read(source, version);
	for (i = 0; i < sizeof(models) / sizeof(models[0]); i++) {
		if (strstr(version, models[i])) {
			snprintf(text, KTB_SYSFS_LEN, "%s", models[i]);
			return;
		}
	}
	snprintf(text, KTB_SYSFS_LEN, "%s",
		 *version ? "none or voluntary" : "");
}

static void from_hypervisor(const char *source, char *text)
{
	snprintf(text, KTB_SYSFS_LEN, "%s",
		 ktb_lane_is_hypervisor() ? "yes" : "no");
}

static void from_libc(const char *source, char *text)
{
	snprintf(text, KTB_SYSFS_LEN, "glibc %s", gnu_get_libc_version());
}

static void from_itself(const char *source, char *text)
{
	snprintf(text, KTB_SYSFS_LEN, "%s", source);
}

#define CLOCK_READS 1000

/* The smallest step of the clock that user space sees; empty if it made none. */
static void from_clock(const char *source, char *text)
{
	struct timespec before, now;
	int64_t step, least = 0;
	int i;

	clock_gettime(CLOCK_MONOTONIC, &before);
	for (i = 0; i < CLOCK_READS; i++) {
		clock_gettime(CLOCK_MONOTONIC, &now);
		step = (now.tv_sec - before.tv_sec) * 1000000000LL +
		       now.tv_nsec - before.tv_nsec;
		if (step > 0 && (!least || step < least))
			least = step;
		before = now;
	}
	*text = '\0';
	if (least)
		snprintf(text, KTB_SYSFS_LEN, "%lld", (long long)least);
}

static const struct fact {
	const char *name;
	reader read;
	const char *source;
} facts[] = {
	{ "kernel", from_file, "/proc/sys/kernel/osrelease" },
	{ "kernel_version", from_file, "/proc/sys/kernel/version" },
	{ "cmdline", from_file, "/proc/cmdline" },
	{ "hostname", from_file, "/proc/sys/kernel/hostname" },
	{ "vendor", from_file, "/sys/class/dmi/id/sys_vendor" },
	{ "product", from_file, "/sys/class/dmi/id/product_name" },
	{ "cpu_model", from_cpuinfo, "model name" },
	{ "microcode", from_cpuinfo, "microcode" },
	{ "hypervisor", from_hypervisor, "" },
	{ "memory_bytes", from_meminfo, "MemTotal" },
	{ "swap_bytes", from_meminfo, "SwapTotal" },
	{ "cpus_online", from_file, "/sys/devices/system/cpu/online" },
	{ "isolated", from_file, "/sys/devices/system/cpu/isolated" },
	{ "nohz_full", from_file, "/sys/devices/system/cpu/nohz_full" },
	{ "smt", from_file, "/sys/devices/system/cpu/smt/control" },
	{ "mitigations", from_named,
	  "/sys/devices/system/cpu/vulnerabilities/*" },
	{ "clocksource", from_file,
	  "/sys/devices/system/clocksource/clocksource0/current_clocksource" },
	{ "clocksources", from_file,
	  "/sys/devices/system/clocksource/clocksource0/available_clocksource" },
	{ "clock_step_ns", from_clock, "" },
	{ "governor", from_each,
	  "/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_governor" },
	{ "cpufreq_driver", from_each,
	  "/sys/devices/system/cpu/cpu[0-9]*/cpufreq/scaling_driver" },
	{ "cpuidle_driver", from_file,
	  "/sys/devices/system/cpu/cpuidle/current_driver" },
	{ "preempt", from_version, "/proc/sys/kernel/version" },
	{ "timer_migration", from_file, "/proc/sys/kernel/timer_migration" },
	{ "rt_runtime_us", from_file, "/proc/sys/kernel/sched_rt_runtime_us" },
	{ "nmi_watchdog", from_file, "/proc/sys/kernel/nmi_watchdog" },
	{ "huge_pages", from_file,
	  "/sys/kernel/mm/transparent_hugepage/enabled" },
	{ "tainted", from_file, "/proc/sys/kernel/tainted" },
	{ "libc", from_libc, "" },
	{ "boot_id", from_file, "/proc/sys/kernel/random/boot_id" },
	{ "load_id", from_file, "/sys/module/ktbench/parameters/load_id" },
	{ "runner_version", from_itself, KTB_VERSION },
	{ "runner_compiler", from_itself, "gcc " __VERSION__ },
};

json_t *ktb_environment_text(const char *text)
{
	json_t *string = json_string(text);
	char *copy, *at;

	if (string)
		return string;
	copy = ktb_alloc_text("%s", text);
	for (at = copy; *at; at++)
		if ((unsigned char)*at >= 0x80)
			*at = '?';
	string = json_string(copy);
	free(copy);
	return string;
}

json_t *ktb_environment_json(void)
{
	char text[KTB_SYSFS_LEN];
	json_t *all = json_object();
	size_t i;

	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++) {
		*text = '\0';
		facts[i].read(facts[i].source, text);
		json_object_set_new(all, facts[i].name,
				    ktb_environment_text(text));
	}
	return all;
}

const char *ktb_environment_utc(char *text)
{
	time_t now = time(NULL);
	struct tm tm;

	gmtime_r(&now, &tm);
	strftime(text, 32, "%Y-%m-%dT%H:%M:%SZ", &tm);
	return text;
}
