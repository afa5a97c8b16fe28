// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a device refused, in the user's words. It may not call the device.
 */
#include <errno.h>
#include <inttypes.h>
#include <stdio.h>
#include <string.h>

#include "allowed.h"
#include "refusal.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define ANYTHING      ((enum ktb_refused) - 1)

/*
 * The first row that fits tells the sentence: @subject says what of the setup
 * it speaks of, @what follows it, and @limit_unit says how the limit is told.
 */
static const struct row {
	int error;
	enum ktb_refused refused;
	int code;
	const char *what;
	const char *limit_unit;
} rows[] = {
	/* What no machine could do was told before the device was asked. */
	{ ERANGE, KTB_REFUSED_PARAM, KTB_EXIT_SKIPPED, "is past the limit of",
	  " on this machine, with the other values as they are" },
	{ ERANGE, KTB_REFUSED_TIMERS, KTB_EXIT_USAGE,
	  "asks for more timers on all CPUs together than the limit of",
	  " timers; lower `timers` or `background`, or measure fewer CPUs" },
	{ ERANGE, KTB_REFUSED_MEMORY, KTB_EXIT_SKIPPED,
	  "asks for more kernel memory than the limit of",
	  " bytes, half of this machine's; ask for fewer timers, threads, raw samples or CPUs" },
	{ ERANGE, KTB_REFUSED_LOAD, KTB_EXIT_USAGE,
	  "asks for more expiries on a CPU than the limit of",
	  " a second; lower the number of timers or lengthen their delay or period" },
	{ ERANGE, KTB_REFUSED_THREADS, KTB_EXIT_USAGE,
	  "asks for more kernel threads on all CPUs together than the limit of",
	  " threads; lower `threads` or `population`, or measure fewer CPUs" },
	{ ERANGE, ANYTHING, KTB_EXIT_USAGE, "is past the limit of", "" },
	{ EPERM, ANYTHING, KTB_EXIT_DEVICE,
	  "needs CAP_SYS_NICE, which this process does not have: run as root, and not in a container",
	  NULL },
	{ ENXIO, KTB_REFUSED_PARAM, KTB_EXIT_SKIPPED,
	  "names a NUMA node that this machine does not have, or that has no memory; `ktbench topology` shows them",
	  NULL },
	{ ENXIO, ANYTHING, KTB_EXIT_USAGE, "does not exist or went offline",
	  NULL },
	{ EOPNOTSUPP, KTB_REFUSED_DISTURB, KTB_EXIT_USAGE,
	  "is there for nothing: no `disturb_irqoff` says how long to disturb",
	  NULL },
	{ EOPNOTSUPP, ANYTHING, KTB_EXIT_SKIPPED,
	  "cannot be measured here: this kernel does not have it, or not together with the other values",
	  NULL },
	{ EINVAL, ANYTHING, KTB_EXIT_DEVICE,
	  "is refused by the module as not valid: the runner and the module are not of the same tree",
	  NULL },
	{ ENOMEM, ANYTHING, KTB_EXIT_DEVICE,
	  "finds no memory in the kernel: ask for fewer timers or CPUs", NULL },
	{ EBUSY, ANYTHING, KTB_EXIT_DEVICE,
	  "cannot start: another session of ktbench is running on this machine; wait until it is done",
	  NULL },
	{ EAGAIN, ANYTHING, KTB_EXIT_DEVICE,
	  "can make no thread: kernel.pid_max, kernel.threads-max, RLIMIT_NPROC or a cgroup's pids.max is reached",
	  NULL },
	{ ETIME, ANYTHING, KTB_EXIT_SKIPPED,
	  "cannot be measured here: this machine stands still too often to tell how many jiffies msleep() adds; try again while it is quieter",
	  NULL },
	{ ETIMEDOUT, ANYTHING, KTB_EXIT_DEVICE,
	  "has not ended long after its time; the kernel's log may say why",
	  NULL },
	{ EPROTO, ANYTHING, KTB_EXIT_DEVICE,
	  "left areas that this program cannot read: the runner and the module are not of the same tree",
	  NULL },
};

/* These come first for a workload of user space. */
static const struct row user_rows[] = {
	{ ERANGE, KTB_REFUSED_MEMORY, KTB_EXIT_USAGE,
	  "asks for more memory than the limit of",
	  " bytes; ask for fewer threads, raw samples or CPUs" },
	{ ERANGE, KTB_REFUSED_THREADS, KTB_EXIT_USAGE,
	  "asks for more threads on all CPUs together than can be made here, which is",
	  " threads; lower `threads`, measure fewer CPUs, or raise what leaves no more: RLIMIT_NPROC (`ulimit -u`), kernel.pid_max or kernel.threads-max" },
	{ EPERM, ANYTHING, KTB_EXIT_DEVICE,
	  "takes a permission that this process does not have: run as root, raise RLIMIT_RTPRIO (`ulimit -r`; for `nice` RLIMIT_NICE, `ulimit -e`), give its cgroup real-time time (cpu.rt_runtime_us) where there is such a limit, or leave it out",
	  NULL },
	{ EOPNOTSUPP, KTB_REFUSED_DISTURB, KTB_EXIT_USAGE,
	  "is there for nothing: user space cannot keep interrupts off; leave `disturb_cpus` out",
	  NULL },
	{ ENOMEM, ANYTHING, KTB_EXIT_DEVICE,
	  "finds no memory: ask for fewer threads, raw samples or CPUs", NULL },
};

/* The ABI refuses each disturb_* parameter when there is nobody to disturb. */
static const struct row nobody_to_disturb = {
	.code = KTB_EXIT_USAGE,
	.what = "disturbs nobody: name CPUs with `disturb_cpus`",
};

static bool disturbs_nobody(const struct ktb_workload *workload,
			    const struct ktb_device_setup *setup, int error)
{
	return error == EOPNOTSUPP && setup->refused == KTB_REFUSED_PARAM &&
	       !setup->nr_disturb &&
	       setup->refused_index < workload->nr_params &&
	       !strncmp(workload->params[setup->refused_index].name, "disturb_",
			strlen("disturb_"));
}

/* The kernel's EINVAL for a thread's CPU has two reasons; one is no absence. */
static const struct row taken_away = {
	.code = KTB_EXIT_SKIPPED,
	.what = "is online, and the cpuset of this process does not allow it: `ktbench topology` shows what it may use",
};

static bool is_taken_away(const struct ktb_workload *workload,
			  const struct ktb_device_setup *setup, int error)
{
	return workload->is_user && error == ENXIO &&
	       setup->refused == KTB_REFUSED_PLACE &&
	       setup->refused_index < setup->nr_places &&
	       ktb_allowed_is_online(setup->places[setup->refused_index].cpu);
}

static const struct row *find_in(const struct row *table, size_t nr, int error,
				 enum ktb_refused refused)
{
	size_t i;

	for (i = 0; i < nr; i++)
		if (table[i].error == error && (table[i].refused == refused ||
						table[i].refused == ANYTHING))
			return &table[i];
	return NULL;
}

static const struct row *find_row(int error, enum ktb_refused refused,
				  bool is_user)
{
	const struct row *row = NULL;

	if (is_user)
		row = find_in(user_rows, ARRAY_SIZE(user_rows), error, refused);
	return row ? row : find_in(rows, ARRAY_SIZE(rows), error, refused);
}

/* What the device speaks of. */
static void subject(const struct ktb_plan *plan, const struct ktb_cell *cell,
		    const struct ktb_device_setup *setup, char *text,
		    size_t size)
{
	const struct ktb_workload *workload =
		ktb_plan_job(plan, cell)->workload;
	const uint32_t index = setup->refused_index;
	char value[KTB_UNITS_LEN];

	if (setup->refused == KTB_REFUSED_PARAM && index < workload->nr_params)
		snprintf(text, size, "%s = %s", workload->params[index].name,
			 ktb_catalog_format_value(&workload->params[index],
						  setup->values[index], value));
	else if (setup->refused == KTB_REFUSED_PLACE &&
		 index < setup->nr_places &&
		 setup->places[index].cpu != setup->places[index].arm_cpu)
		snprintf(text, size, "CPU %u (armed on %u)",
			 setup->places[index].cpu,
			 setup->places[index].arm_cpu);
	else if (setup->refused == KTB_REFUSED_PLACE &&
		 index < setup->nr_places)
		snprintf(text, size, "CPU %u", setup->places[index].cpu);
	else if (setup->refused == KTB_REFUSED_DISTURB &&
		 index < setup->nr_disturb)
		snprintf(text, size, "CPU %u of disturb_cpus",
			 setup->disturb[index]);
	else
		snprintf(text, size, "it");
}

static const char *limit_text(const struct ktb_plan *plan,
			      const struct ktb_cell *cell,
			      const struct ktb_device_setup *setup, char *text)
{
	const struct ktb_workload *workload =
		ktb_plan_job(plan, cell)->workload;

	if (setup->refused == KTB_REFUSED_PARAM &&
	    setup->refused_index < workload->nr_params)
		return ktb_catalog_format_value(
			&workload->params[setup->refused_index], setup->limit,
			text);
	snprintf(text, KTB_UNITS_LEN, "%" PRId64, setup->limit);
	return text;
}

int ktb_refusal_explain(const struct ktb_plan *plan,
			const struct ktb_cell *cell,
			const struct ktb_device_setup *setup, int error,
			struct ktb_error *err)
{
	const struct ktb_job *job = ktb_plan_job(plan, cell);
	const struct row *row =
		find_row(error, setup->refused, job->workload->is_user);
	char who[128], swept[256], limit[KTB_UNITS_LEN];

	if (disturbs_nobody(job->workload, setup, error))
		row = &nobody_to_disturb;
	subject(plan, cell, setup, who, sizeof(who));
	if (is_taken_away(job->workload, setup, error))
		row = &taken_away;
	if (!row)
		ktb_message_set(err, KTB_EXIT_DEVICE, "%s: the device says: %s",
				who, strerror(error));
	else if (row->limit_unit)
		ktb_message_set(err, row->code, "%s %s %s%s", who, row->what,
				limit_text(plan, cell, setup, limit),
				row->limit_unit);
	else
		ktb_message_set(err, row->code, "%s %s", who, row->what);
	ktb_plan_describe(plan, cell, true, swept, sizeof(swept));
	return ktb_message_prefix(err, "%s: [%s] cell %zu%s%s%s", job->where,
				  job->name, cell->index, *swept ? " (" : "",
				  swept, *swept ? ")" : "");
}
