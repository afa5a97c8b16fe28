// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The device in user space: it speaks the module's interface, struct by struct,
 * to a runner in the same process, which uses it by a table of calls as it uses
 * the module by system calls. It copies in, calls the session or reads a table,
 * and copies out; it decides nothing.
 *
 * The descriptor of a session is an eventfd, which poll() finds readable when
 * the run has ended.
 */
#include <errno.h>
#include <stddef.h>
#include <string.h>
#include <sys/mman.h>
#include <unistd.h>

#include "device.h"
#include "device_user_session.h"

#define MAX_SESSIONS 16

/* What the struct of each call may be at its largest. */
union arg {
	__u32 size;
	struct ktb_query query;
	struct ktb_workload_info workload;
	struct ktb_param_info param;
	struct ktb_metric_info metric;
	struct ktb_setup setup;
	struct ktb_start start;
	struct ktb_stop stop;
};

static pthread_mutex_t sessions_lock = PTHREAD_MUTEX_INITIALIZER;
static struct ktb_user_session *sessions[MAX_SESSIONS];

/* The place in the table of a descriptor's session, or of a free place. */
static struct ktb_user_session **find(int fd)
{
	size_t i;

	for (i = 0; i < MAX_SESSIONS; i++)
		if (sessions[i] ? sessions[i]->fd == fd : fd < 0)
			return &sessions[i];
	return NULL;
}

static struct ktb_user_session *session_of(int fd)
{
	struct ktb_user_session **found;

	pthread_mutex_lock(&sessions_lock);
	found = fd < 0 ? NULL : find(fd);
	pthread_mutex_unlock(&sessions_lock);
	return found ? *found : NULL;
}

static int call_query(struct ktb_user_session *session, union arg *arg)
{
	return ktb_user_describe_device(&arg->query);
}

static int call_workload(struct ktb_user_session *session, union arg *arg)
{
	return ktb_user_describe_workload(&arg->workload);
}

static int call_param(struct ktb_user_session *session, union arg *arg)
{
	return ktb_user_describe_param(&arg->param);
}

static int call_metric(struct ktb_user_session *session, union arg *arg)
{
	return ktb_user_describe_metric(&arg->metric);
}

static int call_setup(struct ktb_user_session *session, union arg *arg)
{
	return ktb_user_session_setup(session, &arg->setup);
}

static int call_start(struct ktb_user_session *session, union arg *arg)
{
	if (arg->start.flags & ~KTB_START_BESIDE)
		return -EINVAL;
	return ktb_user_session_start(session,
				      arg->start.flags & KTB_START_BESIDE);
}

static int call_stop(struct ktb_user_session *session, union arg *arg)
{
	if (arg->stop.flags || arg->stop.error)
		return -EINVAL;
	ktb_user_session_stop(session, &arg->stop);
	return 0;
}

#define CALL(_call, _type, _last)                              \
	{                                                      \
		_call, sizeof(_type),                          \
			offsetof(_type, _last) +               \
				sizeof(((_type *)NULL)->_last) \
	}

/* One call: what it does, the size of its struct today and in version 1. */
static const struct call {
	int (*call)(struct ktb_user_session *session, union arg *arg);
	size_t bytes;
	size_t least;
} calls[] = {
	[_IOC_NR(KTB_IOC_QUERY)] =
		CALL(call_query, struct ktb_query, reserved2),
	[_IOC_NR(KTB_IOC_WORKLOAD_INFO)] =
		CALL(call_workload, struct ktb_workload_info, contracts),
	[_IOC_NR(KTB_IOC_PARAM_INFO)] =
		CALL(call_param, struct ktb_param_info, help),
	[_IOC_NR(KTB_IOC_METRIC_INFO)] =
		CALL(call_metric, struct ktb_metric_info, help),
	[_IOC_NR(KTB_IOC_SETUP)] =
		CALL(call_setup, struct ktb_setup, reserved3),
	[_IOC_NR(KTB_IOC_START)] = CALL(call_start, struct ktb_start, flags),
	[_IOC_NR(KTB_IOC_STOP)] = CALL(call_stop, struct ktb_stop, error),
};

#define NR_CALLS (sizeof(calls) / sizeof(calls[0]))

/* The struct of an older caller is filled up with zeros. */
static int copy_in(const struct call *call, const void *from, union arg *arg)
{
	const unsigned char *bytes = from;
	__u32 size, i;

	if (!from)
		return -EFAULT;
	memcpy(&size, from, sizeof(size));
	if (size < call->least)
		return -EINVAL;
	if (size > (__u32)sysconf(_SC_PAGESIZE))
		return -E2BIG;
	for (i = (__u32)call->bytes; i < size; i++)
		if (bytes[i])
			return -E2BIG;
	memcpy(arg, from, size < call->bytes ? size : call->bytes);
	return 0;
}

static int do_call(const struct call *call, struct ktb_user_session *session,
		   void *user)
{
	union arg arg = { 0 };
	int err = copy_in(call, user, &arg);

	if (err)
		return err;
	err = call->call(session, &arg);
	/* An error has its details in the struct, so it is copied either way. */
	memcpy(user, &arg, arg.size < call->bytes ? arg.size : call->bytes);
	return err;
}

static int fail(int error)
{
	errno = error;
	return -1;
}

static int user_ioctl(int fd, unsigned long request, void *arg)
{
	struct ktb_user_session *session = session_of(fd);
	int err;

	if (!session)
		return fail(EBADF);
	if (_IOC_NR(request) >= NR_CALLS ||
	    request != _IO(KTB_IOC_TYPE, _IOC_NR(request)))
		return fail(ENOTTY);
	err = do_call(&calls[_IOC_NR(request)], session, arg);
	if (err && request == KTB_IOC_SETUP)
		ktb_user_session_reset(session);
	return err ? fail(-err) : 0;
}

static int user_open(const char *path)
{
	struct ktb_user_session *session = ktb_user_session_open();
	struct ktb_user_session **place;

	if (!session)
		return fail(ENOMEM);
	pthread_mutex_lock(&sessions_lock);
	place = find(-1);
	if (place)
		*place = session;
	pthread_mutex_unlock(&sessions_lock);
	if (place)
		return session->fd;
	ktb_user_session_release(session);
	return fail(EMFILE);
}

static void *user_mmap(int fd, size_t bytes, off_t offset)
{
	struct ktb_user_session *session = session_of(fd);

	if (session)
		return ktb_user_session_map(session, bytes, offset);
	errno = EBADF;
	return MAP_FAILED;
}

static int user_close(int fd)
{
	struct ktb_user_session *session = session_of(fd);

	if (!session)
		return fail(EBADF);
	pthread_mutex_lock(&sessions_lock);
	*find(fd) = NULL;
	pthread_mutex_unlock(&sessions_lock);
	ktb_user_session_release(session);
	return 0;
}

const struct ktb_device_io ktb_device_user_io = {
	.open = user_open,
	.ioctl = user_ioctl,
	.mmap = user_mmap,
	.munmap = munmap,
	.ppoll = ppoll,
	.close = user_close,
};
