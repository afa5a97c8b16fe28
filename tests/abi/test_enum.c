/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Enumeration: it ends with ENOENT, it counts what it shows, names can be
 * written in a job file, defaults lie in their ranges, and the workloads that
 * everything else stands on are there with their parameters.
 */
#include "abi.h"

#define MAX_NAMES 64

struct names {
	char name[MAX_NAMES][KTB_NAME_LEN];
	int nr;
};

static bool is_name(const char *name)
{
	const char *at;

	if (name[0] < 'a' || name[0] > 'z' ||
	    strnlen(name, KTB_NAME_LEN) == KTB_NAME_LEN)
		return false;
	for (at = name; *at; at++)
		if (!strchr("abcdefghijklmnopqrstuvwxyz0123456789_", *at))
			return false;
	return true;
}

/* Notes a name; false if it stood there before or is none. */
static bool note_name(struct names *names, const char *name)
{
	int i;

	if (!is_name(name) || names->nr == MAX_NAMES)
		return false;
	for (i = 0; i < names->nr; i++)
		if (!strcmp(names->name[i], name))
			return false;
	memcpy(names->name[names->nr++], name, KTB_NAME_LEN);
	return true;
}

static bool is_sentence(const char *help)
{
	return help[0] && strnlen(help, KTB_HELP_LEN) < KTB_HELP_LEN;
}

/* How many choices a comma-parted list has; 0 if one is empty. */
static __s64 nr_choices(const char *choices)
{
	__s64 nr = 1;

	if (!choices[0] || choices[0] == ',' ||
	    strnlen(choices, KTB_CHOICES_LEN) == KTB_CHOICES_LEN ||
	    choices[strlen(choices) - 1] == ',' || strstr(choices, ",,"))
		return 0;
	for (; *choices; choices++)
		nr += *choices == ',';
	return nr;
}

static const char *param_fault(const struct ktb_param_info *param)
{
	if (!is_sentence(param->help))
		return "no help";
	if (param->min > param->max)
		return "an empty range";
	if (param->def < param->min || param->def > param->max)
		return "a default out of its range";
	if (param->unit > KTB_UNIT_BYTES)
		return "an unknown unit";
	if (param->flags & ~KTB_PARAM_COMMON)
		return "unknown flags";
	switch (param->type) {
	case KTB_PARAM_INT:
		return param->choices[0] ? "choices though a number" : NULL;
	case KTB_PARAM_BOOL:
		return param->min || param->max != 1 ? "not 0 to 1" : NULL;
	case KTB_PARAM_ENUM:
		return param->min || param->max + 1 !=
					       nr_choices(param->choices) ?
			       "choices that are not its range" :
			       NULL;
	}
	return "an unknown type";
}

static void test_params(int fd, __u32 index,
			const struct ktb_workload_info *workload)
{
	struct names names = { .nr = 0 };
	struct ktb_param_info param;
	const char *fault;
	int error;
	__u32 i;

	for (i = 0; !(error = abi_param_info(fd, index, i, &param)); i++) {
		fault = note_name(&names, param.name) ? param_fault(&param) :
							"a bad name";
		if (fault)
			ok(false, "%s: parameter %u '%.31s' has %s",
			   workload->name, i, param.name, fault);
		if (param.workload != index || param.index != i)
			ok(false, "%s: parameter %u says it is another",
			   workload->name, i);
	}
	is_errno(error, ENOENT, "%s: the end of its parameters",
		 workload->name);
	ok(i == workload->nr_params, "%s has %u parameters, %u told",
	   workload->name, i, workload->nr_params);
}

static void test_metrics(int fd, __u32 index,
			 const struct ktb_workload_info *workload)
{
	__u32 i, hists = 0, counters = 0, primary = 0, faults = 0;
	struct names names = { .nr = 0 };
	struct ktb_metric_info metric;
	int error;

	for (i = 0; !(error = abi_metric_info(fd, index, i, &metric)); i++) {
		if (!note_name(&names, metric.name) ||
		    !is_sentence(metric.help) ||
		    metric.context > KTB_CONTEXT_THREAD) {
			diag("metric %u '%.31s'", i, metric.name);
			faults++;
		}
		hists += metric.kind == KTB_METRIC_DISTRIBUTION;
		counters += metric.kind == KTB_METRIC_COUNTER;
		if (!(metric.flags & KTB_METRIC_PRIMARY))
			continue;
		primary++;
		faults += metric.kind != KTB_METRIC_DISTRIBUTION ||
			  (metric.unit != KTB_UNIT_NS &&
			   metric.unit != KTB_UNIT_PS);
	}
	is_errno(error, ENOENT, "%s: the end of its metrics", workload->name);
	ok(!faults, "%s: metrics have names, help and contexts",
	   workload->name);
	ok(i == workload->nr_metrics && hists == workload->nr_hists &&
		   counters == workload->nr_counters && hists + counters == i,
	   "%s has %u distributions and %u counters, as told", workload->name,
	   hists, counters);
	ok(primary == 1, "%s has one primary distribution", workload->name);
}

/* What the runner, the suites and these tests call by name. */
static const struct {
	const char *workload;
	const char *params[16];
} expected[] = {
#if ABI_IS_MODULE
	{ "null",
	  { "duration", "warmup", "seed", "raw_samples", "disturb_irqoff",
	    "disturb_period" } },
	{ "timer_wheel",
	  { "duration", "warmup", "seed", "raw_samples", "disturb_irqoff",
	    "disturb_period", "timers", "kind", "shape", "delay", "background",
	    "slack" } },
	{ "hrtimer",
	  { "duration", "warmup", "seed", "raw_samples", "disturb_irqoff",
	    "disturb_period", "timers", "period", "slack", "pinned", "context",
	    "mode", "clock", "shape" } },
#else
	{ "user_null",
	  { "duration", "warmup", "seed", "raw_samples", "batch", "period" } },
	{ "user_timer",
	  { "duration", "warmup", "seed", "raw_samples", "api", "period",
	    "clock", "slack", "policy", "priority", "nice" } },
	{ "user_thread",
	  { "duration", "warmup", "seed", "raw_samples", "api", "threads",
	    "policy", "priority", "nice" } },
#endif
};

static void test_expected(int fd)
{
	const char *const *name;
	struct ktb_param_info param;
	__u32 workload;
	size_t i;

	for (i = 0; i < ABI_NR(expected); i++) {
		workload = abi_workload(fd, expected[i].workload);
		for (name = expected[i].params; *name; name++)
			ok(abi_find_param(fd, workload, *name, &param),
			   "%s has the parameter %s", expected[i].workload,
			   *name);
	}
}

int main(void)
{
	struct names names = { .nr = 0 };
	struct ktb_workload_info workload;
	struct ktb_query query;
	int fd = abi_open();
	int error;
	__u32 i;

	if (abi_query(fd, &query))
		bail("QUERY fails");
	for (i = 0; !(error = abi_workload_info(fd, i, &workload)); i++) {
		ok(note_name(&names, workload.name) &&
			   is_sentence(workload.help) && workload.index == i,
		   "workload %u has a name of its own and help: %.31s", i,
		   workload.name);
		test_params(fd, i, &workload);
		test_metrics(fd, i, &workload);
	}
	is_errno(error, ENOENT, "the end of the workloads");
	ok(i == query.nr_workloads, "QUERY tells %u workloads, %u are shown",
	   query.nr_workloads, i);
	test_expected(fd);
	close(fd);
	return tap_done();
}
