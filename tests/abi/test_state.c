/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Each state of a session against each call, as a table of the errno that the
 * header promises; a session is made anew for each of its cells.
 */
#include "abi.h"

enum reach {
	REACH_OPEN,
	REACH_READY,
	REACH_RUNNING,
	REACH_STOPPED,
	REACH_COMPLETE,
	NR_REACH,
};

static const char *const reach_names[] = {
	"OPEN", "READY", "RUNNING", "DONE by STOP", "DONE by itself",
};

/* The state that STOP answers with afterwards. */
static const __u32 state_after_stop[] = {
	KTB_STATE_OPEN, KTB_STATE_READY, KTB_STATE_DONE,
	KTB_STATE_DONE, KTB_STATE_DONE,
};

static struct abi_job job;

static int call_query(int fd)
{
	struct ktb_query query;

	return abi_query(fd, &query);
}

static int call_workload_info(int fd)
{
	struct ktb_workload_info info;

	return abi_workload_info(fd, 0, &info);
}

static int call_param_info(int fd)
{
	struct ktb_param_info info;

	return abi_param_info(fd, 0, 0, &info);
}

static int call_metric_info(int fd)
{
	struct ktb_metric_info info;

	return abi_metric_info(fd, 0, 0, &info);
}

static int call_setup(int fd)
{
	return abi_setup(&job);
}

static int call_stop(int fd)
{
	struct ktb_stop stop;

	return abi_stop(fd, &stop);
}

static int call_mmap(int fd)
{
	__u64 bytes = job.setup.area_bytes;
	void *area;

	if (!bytes)
		bytes = getpagesize();
	area = mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, 0);
	if (area == MAP_FAILED)
		return errno;
	munmap(area, bytes);
	return 0;
}

/* 0 if poll() reports the end of a run, EAGAIN if it reports nothing. */
static int call_poll(int fd)
{
	short events = abi_wait(fd, 0);

	return events == POLLIN ? 0 : events ? EIO : EAGAIN;
}

#if ABI_IS_MODULE
#include "abi_check.h"

static int call_check(int fd)
{
	struct ktb_check_run run;

	return abi_check(fd, 0, &run);
}

static int call_read(int fd)
{
	char byte;

	return read(fd, &byte, 1) < 0 ? errno : 0;
}

static int call_write(int fd)
{
	return write(fd, "", 1) < 0 ? errno : 0;
}
#endif

static const struct {
	const char *name;
	int (*call)(int fd);
	/* OPEN, READY, RUNNING, DONE by STOP, DONE by itself */
	int expected[NR_REACH];
} calls[] = {
	{ "QUERY", call_query, { 0, 0, 0, 0, 0 } },
	{ "WORKLOAD_INFO", call_workload_info, { 0, 0, 0, 0, 0 } },
	{ "PARAM_INFO", call_param_info, { 0, 0, 0, 0, 0 } },
	{ "METRIC_INFO", call_metric_info, { 0, 0, 0, 0, 0 } },
	{ "SETUP", call_setup, { 0, 0, EBUSY, 0, 0 } },
	{ "START", abi_start, { ENODATA, 0, EBUSY, EALREADY, EALREADY } },
	{ "STOP", call_stop, { 0, 0, 0, 0, 0 } },
	{ "mmap", call_mmap, { ENODATA, 0, 0, 0, 0 } },
	{ "poll", call_poll, { EAGAIN, EAGAIN, EAGAIN, 0, 0 } },
#if ABI_IS_MODULE
	{ "CHECK", call_check, { 0, 0, EBUSY, 0, 0 } },
	{ "read", call_read, { EINVAL, EINVAL, EINVAL, EINVAL, EINVAL } },
	{ "write", call_write, { EINVAL, EINVAL, EINVAL, EINVAL, EINVAL } },
#endif
};

/* A session in the state asked for. */
static int reach(enum reach state)
{
	int fd = abi_open();

	abi_job_init(&job, fd, ABI_WORKLOAD, 0);
	if (state == REACH_RUNNING)
		abi_set(&job, "duration", 60 * ABI_S);
	if (state == REACH_OPEN)
		return fd;
	if (state == REACH_READY) {
		if (abi_setup(&job))
			bail("SETUP fails");
		return fd;
	}
	abi_run(&job);
	if (state == REACH_STOPPED)
		abi_state(fd);
	if (state == REACH_COMPLETE && abi_wait(fd, 30000) != POLLIN)
		bail("a run of 200 ms has not ended after 30 s");
	return fd;
}

static void test_cell(enum reach state, size_t i)
{
	int fd = reach(state);
	int error = calls[i].call(fd);
	__u32 expected = state_after_stop[state];
	struct ktb_stop stop;

	is_errno(error, calls[i].expected[state], "%s in state %s",
		 calls[i].name, reach_names[state]);
	if (!error && calls[i].call == call_setup)
		expected = KTB_STATE_READY;
	if (!error && calls[i].call == abi_start)
		expected = KTB_STATE_DONE;
	if (abi_stop(fd, &stop))
		bail("STOP fails after %s", calls[i].name);
	if (stop.state != expected)
		ok(false, "STOP after %s in state %s answers state %u, not %u",
		   calls[i].name, reach_names[state], stop.state, expected);
	close(fd);
}

/* STOP again and again changes nothing that the first one said. */
static void test_stop_again(enum reach state)
{
	struct ktb_stop first, next;
	int fd = reach(state), i;
	bool is_same = true;

	if (abi_stop(fd, &first))
		bail("STOP fails");
	for (i = 0; i < 3; i++)
		if (abi_stop(fd, &next) || memcmp(&first, &next, sizeof(next)))
			is_same = false;
	ok(is_same, "STOP is idempotent in state %s", reach_names[state]);
	close(fd);
}

static void test_reasons(void)
{
	struct ktb_stop stop;
	int fd;

	fd = reach(REACH_OPEN);
	abi_stop(fd, &stop);
	ok(stop.reason == KTB_REASON_NONE, "the reason before a run is NONE");
	close(fd);
	fd = reach(REACH_RUNNING);
	abi_stop(fd, &stop);
	ok(stop.reason == KTB_REASON_STOPPED, "a run that STOP ends says so");
	if (!abi_setup(&job))
		abi_stop(fd, &stop);
	ok(stop.reason == KTB_REASON_NONE, "SETUP forgets the last reason");
	close(fd);
	fd = reach(REACH_COMPLETE);
	abi_stop(fd, &stop);
	ok(stop.reason == KTB_REASON_COMPLETE,
	   "a run that ends by itself is COMPLETE, STOP or not");
	close(fd);
}

int main(void)
{
	enum reach state;
	size_t i;

	for (state = REACH_OPEN; state < NR_REACH; state++) {
		for (i = 0; i < ABI_NR(calls); i++)
			test_cell(state, i);
		test_stop_again(state);
	}
	test_reasons();
	return tap_done();
}
