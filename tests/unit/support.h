/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the runner's unit tests share: cmocka, a small catalogue, and texts as
 * files. Each test that includes it is a program of its own.
 */
#ifndef KTB_TEST_SUPPORT_H
#define KTB_TEST_SUPPORT_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <cmocka.h>

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "runner/catalog.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

static char *test_kinds[] = { "pinned", "unpinned", "deferrable" };

/* What every workload has; the module's own list is longer. */
/* clang-format off */
#define TEST_COMMON_PARAMS						\
	{ .name = "duration", .help = "window", .common = true,		\
	  .unit = KTB_UNIT_KIND_NS,					\
	  .min = 1000000, .max = 86400000000000, .def = 5000000000 },	\
	{ .name = "warmup", .help = "before it", .common = true,	\
	  .unit = KTB_UNIT_KIND_NS,					\
	  .min = 0, .max = 86400000000000, .def = 200000000 },		\
	{ .name = "seed", .help = "phases", .common = true,		\
	  .min = 0, .max = INT64_MAX, .def = 1 }
/* clang-format on */

static struct ktb_param test_null_params[] = {
	TEST_COMMON_PARAMS,
};

static struct ktb_param test_wheel_params[] = {
	TEST_COMMON_PARAMS,
	{ .name = "timers",
	  .help = "on each CPU",
	  .unit = KTB_UNIT_KIND_COUNT,
	  .min = 1,
	  .max = 100000,
	  .def = 100 },
	{ .name = "kind",
	  .help = "of timer",
	  .kind = KTB_PARAM_KIND_ENUM,
	  .max = 2,
	  .choices = test_kinds,
	  .nr_choices = 3 },
	{ .name = "slack",
	  .help = "allowed",
	  .unit = KTB_UNIT_KIND_NS,
	  .min = -1,
	  .max = 1000000000 },
	{ .name = "quiet",
	  .help = "or not",
	  .kind = KTB_PARAM_KIND_BOOL,
	  .max = 1 },
	{ .name = "memory",
	  .help = "to use",
	  .unit = KTB_UNIT_KIND_BYTES,
	  .min = 0,
	  .max = 1 << 20 },
};

static struct ktb_metric test_metrics[] = {
	{ .name = "lateness",
	  .help = "late",
	  .unit = KTB_UNIT_KIND_NS,
	  .where = KTB_METRIC_WHERE_SOFTIRQ,
	  .primary = true },
	{ .name = "expiries",
	  .help = "callbacks",
	  .what = KTB_METRIC_WHAT_COUNTER,
	  .unit = KTB_UNIT_KIND_COUNT },
	{ .name = "unfired",
	  .help = "never fired",
	  .what = KTB_METRIC_WHAT_COUNTER,
	  .unit = KTB_UNIT_KIND_COUNT,
	  .loss = true },
};

static struct ktb_workload test_workloads[] = {
	{ .name = "null",
	  .help = "nothing",
	  .params = test_null_params,
	  .nr_params = ARRAY_SIZE(test_null_params),
	  .metrics = test_metrics,
	  .nr_metrics = ARRAY_SIZE(test_metrics) },
	{ .name = "timer_wheel",
	  .help = "timers",
	  .arm_elsewhere = true,
	  .params = test_wheel_params,
	  .nr_params = ARRAY_SIZE(test_wheel_params),
	  .metrics = test_metrics,
	  .nr_metrics = ARRAY_SIZE(test_metrics) },
};

static const struct ktb_catalog test_catalog __attribute__((unused)) = {
	.source = "the test",
	.workloads = test_workloads,
	.nr_workloads = ARRAY_SIZE(test_workloads),
};

/* A directory of its own below $TMPDIR; the caller removes it. */
static inline char *test_directory(void)
{
	const char *tmp = getenv("TMPDIR");
	char *path;

	if (asprintf(&path, "%s/ktbench-unit.XXXXXX", tmp ? tmp : "/tmp") < 0 ||
	    !mkdtemp(path))
		abort();
	return path;
}

static inline void test_remove(char *path)
{
	char command[4200];

	snprintf(command, sizeof(command), "rm -rf '%s'", path);
	assert_int_equal(system(command), 0);
	free(path);
}

/* Write a file below a directory, making the directories between. */
static inline void test_write(const char *directory, const char *name,
			      const char *text)
{
	char path[4200], command[4300];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", directory, name);
	snprintf(command, sizeof(command), "mkdir -p \"$(dirname '%s')\"",
		 path);
	assert_int_equal(system(command), 0);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

#if defined(__has_feature)
#if __has_feature(address_sanitizer)
#define __SANITIZE_ADDRESS__ 1
#endif
#endif

/* The case bounds the address space, of which AddressSanitizer takes it all. */
static inline void test_bounds_memory(void)
{
#ifdef __SANITIZE_ADDRESS__
	print_message("# AddressSanitizer cannot run in little memory\n");
	skip();
#endif
}

#endif /* KTB_TEST_SUPPORT_H */
