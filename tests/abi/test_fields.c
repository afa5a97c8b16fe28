/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Reserved fields and flags that are not zero, indices that name nothing, and
 * numbers that are no ioctl of this interface.
 */
#include <stddef.h>

#include "abi.h"

/* Sets @field of the struct that @cmd takes to @value, which nothing stands for. */
struct reserved {
	const char *name;
	unsigned long cmd;
	size_t bytes;
	size_t offset;
	size_t field_bytes;
	char value;
};

#define UNKNOWN(cmd, type, field, value)                                   \
	{                                                                  \
#cmd "." #field, KTB_IOC_##cmd, sizeof(type),              \
			offsetof(type, field), sizeof(((type *)0)->field), \
			value                                              \
	}
#define RESERVED(cmd, type, field) UNKNOWN(cmd, type, field, 1)

static const struct reserved fields[] = {
	RESERVED(QUERY, struct ktb_query, reserved),
	RESERVED(QUERY, struct ktb_query, reserved2),
	RESERVED(WORKLOAD_INFO, struct ktb_workload_info, reserved),
	RESERVED(METRIC_INFO, struct ktb_metric_info, reserved),
	RESERVED(SETUP, struct ktb_setup, reserved),
	RESERVED(SETUP, struct ktb_setup, reserved2),
	RESERVED(SETUP, struct ktb_setup, reserved3),
	UNKNOWN(START, struct ktb_start, flags, 2),
	RESERVED(STOP, struct ktb_stop, flags),
	RESERVED(STOP, struct ktb_stop, error),
	RESERVED(CHECK_INFO, struct ktb_check_info, flags),
	RESERVED(CHECK_INFO, struct ktb_check_info, reserved),
	RESERVED(CHECK, struct ktb_check_run, flags),
	RESERVED(CHECK, struct ktb_check_run, reserved),
};

union argument {
	__u32 size;
	struct ktb_query query;
	struct ktb_workload_info workload;
	struct ktb_metric_info metric;
	struct ktb_setup setup;
	struct ktb_start start;
	struct ktb_stop stop;
	struct ktb_check_info check;
	struct ktb_check_run check_run;
	char bytes[1024];
};

static struct abi_job job;

static int call_with(int fd, const struct reserved *field, int byte)
{
	union argument arg = { 0 };

	abi_job_init(&job, fd, "null", 0);
	if (field->cmd == KTB_IOC_SETUP)
		arg.setup = job.setup;
	if (field->cmd == KTB_IOC_START && abi_setup(&job))
		bail("SETUP of the null workload fails");
	arg.size = field->bytes;
	if (byte >= 0)
		arg.bytes[field->offset + byte] = field->value;
	return abi_ioctl(fd, field->cmd, &arg);
}

static void test_reserved(int fd)
{
	int last;
	size_t i;

	for (i = 0; i < ABI_NR(fields); i++) {
		last = fields[i].field_bytes - 1;
		is_errno(call_with(fd, &fields[i], 0), EINVAL,
			 "%s with its lowest byte set", fields[i].name);
		is_errno(call_with(fd, &fields[i], last), EINVAL,
			 "%s with its highest byte set", fields[i].name);
		is_errno(call_with(fd, &fields[i], -1), 0,
			 "the same call with %s zero", fields[i].name);
		abi_state(fd);
	}
	abi_job_init(&job, fd, "null", 0);
	job.params[1].reserved = 1;
	is_errno(abi_setup(&job), EINVAL, "params[1].reserved set");
}

static void test_indices(int fd)
{
	const __u32 far[] = { 0, 1, 1000, 0x7fffffff, 0xffffffff };
	struct ktb_workload_info workload;
	struct ktb_metric_info metric;
	struct ktb_param_info param;
	struct ktb_query query;
	__u32 nr;
	size_t i;

	if (abi_query(fd, &query))
		bail("QUERY fails");
	nr = query.nr_workloads;
	for (i = 0; i < ABI_NR(far); i++) {
		__u32 index = far[i] > nr ? far[i] : nr + far[i];

		is_errno(abi_workload_info(fd, index, &workload), ENOENT,
			 "WORKLOAD_INFO of index %u of %u", index, nr);
		is_errno(abi_param_info(fd, index, 0, &param), EINVAL,
			 "PARAM_INFO of workload %u of %u", index, nr);
		is_errno(abi_metric_info(fd, index, 0, &metric), EINVAL,
			 "METRIC_INFO of workload %u of %u", index, nr);
		abi_job_init(&job, fd, "null", 0);
		job.setup.workload = index;
		is_errno(abi_setup(&job), EINVAL, "SETUP of workload %u of %u",
			 index, nr);
		is_errno(abi_param_info(fd, 0, 1000 + far[i] / 2, &param),
			 ENOENT, "PARAM_INFO of index %u", 1000 + far[i] / 2);
		is_errno(abi_metric_info(fd, 0, 1000 + far[i] / 2, &metric),
			 ENOENT, "METRIC_INFO of index %u", 1000 + far[i] / 2);
	}
}

/* Nothing but the nine numbers is an ioctl, whatever their direction. */
static void test_numbers(int fd)
{
	union argument arg = { .size = sizeof(arg) };
	int others = 0, wrong = 0, nr;

	for (nr = 0x09; nr < 0x100; nr++, others++)
		if (abi_ioctl(fd, _IO(KTB_IOC_TYPE, nr), &arg) != ENOTTY)
			wrong++;
	ok(!wrong, "%d unknown numbers of this type are ENOTTY", others);
	is_errno(abi_ioctl(fd, _IO(KTB_IOC_TYPE + 1, 0), &arg), ENOTTY,
		 "a number of another type");
	is_errno(abi_ioctl(fd, _IOWR(KTB_IOC_TYPE, 0, struct ktb_query), &arg),
		 ENOTTY, "QUERY with a direction and a size");
	is_errno(abi_ioctl(fd, _IOR(KTB_IOC_TYPE, 6, struct ktb_stop), &arg),
		 ENOTTY, "STOP with a direction and a size");
	is_errno(abi_ioctl(fd, 0, NULL), ENOTTY, "ioctl 0");
}

int main(void)
{
	int fd = abi_open();

	test_reserved(fd);
	test_indices(fd);
	test_numbers(fd);
	close(fd);
	return tap_done();
}
