/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Values that are fine one by one and mean nothing together, or that this kernel
 * cannot do: EOPNOTSUPP, and SETUP names the one that stands in the way. Each
 * beside a neighbour that is taken, so that refusing everything does not pass.
 */
#include <stdio.h>
#include <sys/utsname.h>

#include "abi.h"

static struct abi_job job;

/**
 * struct row - two values together
 * @workload: whose parameters they are
 * @names: of the two
 * @choices: their values, a choice's name or a number
 * @culprit: which of the two is refused; -1 if they are fine
 */
struct row {
	const char *workload;
	const char *names[2];
	const char *choices[2];
	int culprit;
};

static const struct row rows[] = {
	{ "kthread_park", { "policy", "state" }, { "fifo", "asleep" }, -1 },
	{ "kthread_park", { "policy", "state" }, { "fifo", "running" }, 1 },
	{ "kthread_park", { "policy", "state" }, { "fifo_low", "running" }, 1 },
	{ "kthread_park", { "nice", "state" }, { "5", "running" }, -1 },
	{ "kthread_park", { "policy", "nice" }, { "fifo", "5" }, 1 },
	{ "kthread_worker",
	  { "queue", "policy" },
	  { "kthread_worker", "fifo" },
	  -1 },
	{ "kthread_worker",
	  { "queue", "policy" },
	  { "workqueue", "normal" },
	  -1 },
	{ "kthread_worker", { "queue", "policy" }, { "workqueue", "fifo" }, 1 },
	{ "kthread_worker",
	  { "queue", "policy" },
	  { "workqueue_unbound", "fifo_low" },
	  1 },
	{ "kthread_worker", { "queue", "nice" }, { "kthread_worker", "5" }, -1 },
	{ "kthread_worker",
	  { "queue", "nice" },
	  { "workqueue_highpri", "5" },
	  1 },
	{ "kthread_worker",
	  { "queue", "mode" },
	  { "workqueue_unbound", "flush" },
	  -1 },
};

static void set(const char *name, const char *choice)
{
	struct ktb_param_info info = abi_param(&job, name);

	if (info.type == KTB_PARAM_ENUM)
		abi_set_choice(&job, name, choice);
	else
		abi_set_index(&job, info.index, atoll(choice));
}

static void test_row(int fd, const struct row *row)
{
	int error;

	abi_job_init(&job, fd, row->workload, 0);
	job.setup.nr_params = 0;
	set(row->names[0], row->choices[0]);
	set(row->names[1], row->choices[1]);
	error = abi_setup(&job);
	is_errno(error, row->culprit < 0 ? 0 : EOPNOTSUPP, "%s: %s=%s, %s=%s",
		 row->workload, row->names[0], row->choices[0], row->names[1],
		 row->choices[1]);
	if (row->culprit < 0)
		return;
	ok(job.setup.err_what == KTB_WHAT_PARAM &&
		   job.setup.err_index == (__u32)row->culprit,
	   "%s: %s stands in the way (what %u, index %u)", row->workload,
	   row->names[row->culprit], job.setup.err_what, job.setup.err_index);
}

/* Workqueues in the softirq came with Linux 6.9. */
static void test_bh(int fd)
{
	int major = 0, minor = 0;
	struct utsname name;
	bool has;

	uname(&name);
	if (sscanf(name.release, "%d.%d", &major, &minor) != 2)
		bail("release %s", name.release);
	has = major > 6 || (major == 6 && minor >= 9);
	abi_job_init(&job, fd, "kthread_worker", 0);
	job.setup.nr_params = 0;
	abi_set_choice(&job, "queue", "workqueue_bh");
	is_errno(abi_setup(&job), has ? 0 : EOPNOTSUPP,
		 "kthread_worker: workqueue_bh on Linux %d.%d", major, minor);
}

int main(void)
{
	int fd = abi_open();
	size_t i;

	for (i = 0; i < ABI_NR(rows); i++)
		test_row(fd, &rows[i]);
	test_bh(fd);
	close(fd);
	return tap_done();
}
