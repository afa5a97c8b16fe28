/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Every ioctl with a struct that is too short, exact, longer with a tail of
 * zeros, longer with a tail that says something, and behind pointers that
 * cannot be followed. The sizes are the header's, not the module's.
 */
#include "abi.h"

#define TAIL  64
#define GUARD 0xa5

/* The struct under test: at the end of a page that has none behind it. */
struct buffer {
	char *page;
	size_t page_bytes;
};

struct call {
	const char *name;
	unsigned long cmd;
	size_t bytes;
	/* A valid argument, so that nothing but the size can be wrong. */
	void (*fill)(int fd, void *arg);
	/* The struct is written back. */
	bool writes;
};

static struct abi_job job;

static void fill_metric(int fd, void *arg)
{
	struct ktb_metric_info *info = arg;

	info->workload = abi_workload(fd, "timer_wheel");
}

static void fill_setup(int fd, void *arg)
{
	abi_job_init(&job, fd, "null", 0);
	memcpy(arg, &job.setup, sizeof(job.setup));
}

static void fill_start(int fd, void *arg)
{
	abi_job_init(&job, fd, "null", 0);
	if (abi_setup(&job))
		bail("SETUP of the null workload fails");
}

static const struct call calls[] = {
	{ "QUERY", KTB_IOC_QUERY, sizeof(struct ktb_query), NULL, true },
	{ "WORKLOAD_INFO", KTB_IOC_WORKLOAD_INFO,
	  sizeof(struct ktb_workload_info), NULL, true },
	{ "PARAM_INFO", KTB_IOC_PARAM_INFO, sizeof(struct ktb_param_info), NULL,
	  true },
	{ "METRIC_INFO", KTB_IOC_METRIC_INFO, sizeof(struct ktb_metric_info),
	  fill_metric, true },
	{ "SETUP", KTB_IOC_SETUP, sizeof(struct ktb_setup), fill_setup, true },
	{ "START", KTB_IOC_START, sizeof(struct ktb_start), fill_start, false },
	{ "STOP", KTB_IOC_STOP, sizeof(struct ktb_stop), NULL, true },
	{ "CHECK_INFO", KTB_IOC_CHECK_INFO, sizeof(struct ktb_check_info), NULL,
	  true },
	{ "CHECK", KTB_IOC_CHECK, sizeof(struct ktb_check_run), NULL, true },
};

/* Calls with @size in the struct and @bytes of memory, on a fresh session. */
static int try_size(const struct call *call, void *arg, __u32 size)
{
	int fd = abi_open();
	int error;

	memset(arg, 0, call->bytes);
	if (call->fill)
		call->fill(fd, arg);
	memcpy(arg, &size, sizeof(size));
	error = abi_ioctl(fd, call->cmd, arg);
	close(fd);
	return error;
}

static bool is_all(const char *from, size_t bytes, char value)
{
	while (bytes--)
		if (*from++ != value)
			return false;
	return true;
}

static void test_short(const struct call *call, char *arg)
{
	const __u32 bytes = call->bytes;
	const __u32 sizes[] = { 0, 1, 4, bytes / 2, bytes - 4, bytes - 1 };
	size_t i;

	for (i = 0; i < ABI_NR(sizes); i++)
		is_errno(try_size(call, arg, sizes[i]), EINVAL,
			 "%s with size %u of %u", call->name, sizes[i], bytes);
}

static void test_exact(const struct call *call, char *arg)
{
	memset(arg + call->bytes, GUARD, TAIL);
	is_errno(try_size(call, arg, call->bytes), 0, "%s with its exact size",
		 call->name);
	ok(is_all(arg + call->bytes, TAIL, (char)GUARD),
	   "%s writes nothing behind its struct", call->name);
}

static void test_long(const struct call *call, char *arg)
{
	const __u32 size = call->bytes + TAIL;
	const size_t at[] = { 0, TAIL / 2, TAIL - 1 };
	size_t i;

	memset(arg + call->bytes, 0, TAIL);
	is_errno(try_size(call, arg, size), 0, "%s with a tail of zeros",
		 call->name);
	for (i = 0; i < ABI_NR(at); i++) {
		memset(arg + call->bytes, 0, TAIL);
		arg[call->bytes + at[i]] = 1;
		is_errno(try_size(call, arg, size), E2BIG,
			 "%s with byte %zu of its tail set", call->name, at[i]);
	}
}

/* The session of a SETUP that could not answer is not set up. */
static void test_read_only(const struct call *call, struct buffer *buffer)
{
	char *arg = buffer->page;
	__u32 size = call->bytes;
	int fd = abi_open();

	memset(arg, 0, call->bytes);
	if (call->fill)
		call->fill(fd, arg);
	memcpy(arg, &size, sizeof(size));
	mprotect(buffer->page, buffer->page_bytes, PROT_READ);
	is_errno(abi_ioctl(fd, call->cmd, arg), EFAULT,
		 "%s into memory that cannot be written", call->name);
	if (call->cmd == KTB_IOC_SETUP)
		is_errno(abi_start(fd), ENODATA, "START after that");
	mprotect(buffer->page, buffer->page_bytes, PROT_READ | PROT_WRITE);
	close(fd);
}

static void test_pointers(const struct call *call, struct buffer *buffer)
{
	char *end = buffer->page + buffer->page_bytes;
	void *const bad[] = { NULL, (void *)1, end,
			      (void *)0xffff888000000000UL,
			      (void *)0xffffffffffffff00UL };
	__u32 size = call->bytes;
	int fd = abi_open();
	char *arg;
	size_t i;

	for (i = 0; i < ABI_NR(bad); i++)
		is_errno(abi_ioctl(fd, call->cmd, bad[i]), EFAULT, "%s at %p",
			 call->name, bad[i] == end ? (void *)-1L : bad[i]);
	/* The size can be read, the last byte cannot. */
	arg = end - call->bytes + 1;
	memset(arg, 0, call->bytes - 1);
	memcpy(arg, &size, sizeof(size));
	is_errno(abi_ioctl(fd, call->cmd, arg), EFAULT,
		 "%s that ends behind the last page", call->name);
	/* The struct can be read, its tail of zeros cannot. */
	arg = end - call->bytes;
	memset(arg, 0, call->bytes);
	size = call->bytes + TAIL;
	memcpy(arg, &size, sizeof(size));
	is_errno(abi_ioctl(fd, call->cmd, arg), EFAULT,
		 "%s whose tail lies behind the last page", call->name);
	close(fd);
}

int main(void)
{
	struct buffer buffer = { .page_bytes = (size_t)getpagesize() };
	size_t i;

	buffer.page = mmap(NULL, 2 * buffer.page_bytes, PROT_READ | PROT_WRITE,
			   MAP_PRIVATE | MAP_ANONYMOUS, -1, 0);
	if (buffer.page == MAP_FAILED ||
	    munmap(buffer.page + buffer.page_bytes, buffer.page_bytes))
		bail("no memory for the test: %s", strerror(errno));
	for (i = 0; i < ABI_NR(calls); i++) {
		test_short(&calls[i], buffer.page);
		test_exact(&calls[i], buffer.page);
		test_long(&calls[i], buffer.page);
		test_pointers(&calls[i], &buffer);
		if (calls[i].writes)
			test_read_only(&calls[i], &buffer);
	}
	return tap_done();
}
