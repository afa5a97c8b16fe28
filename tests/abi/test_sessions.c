/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Several sessions, and several holders of one: one run at a time on a
 * machine, but for those that say that they are load for it, a run lives as long as its session, a session as long as anybody
 * holds it, and never longer.
 */
#include <signal.h>
#include <sys/wait.h>

#include "abi.h"

/* A run that does not end by itself while the test lasts. */
static void long_run(struct abi_job *job, int fd)
{
	abi_job_init(job, fd, "timer_wheel", 0);
	abi_set(job, "duration", 600 * ABI_S);
	abi_run(job);
}

static void test_two(void)
{
	struct abi_job first, second;
	int fd1 = abi_open(), fd2 = abi_open();

	long_run(&first, fd1);
	abi_job_init(&second, fd2, "null", 1);
	is_errno(abi_setup(&second), 0, "SETUP while another session runs");
	is_errno(abi_start(fd2), EBUSY, "START while another session runs");
	ok(abi_state(fd2) == KTB_STATE_READY, "it stays READY");
	ok(!abi_wait(fd1, 0), "the other runs on");
	ok(abi_state(fd1) == KTB_STATE_DONE, "STOP ends the other");
	is_errno(abi_start(fd2), 0, "START after that");
	is_errno(abi_setup(&first), 0, "SETUP of the first again");
	is_errno(abi_start(fd1), EBUSY, "its START now");
	ok(abi_wait(fd2, 30000) == POLLIN, "the second ends by itself");
	is_errno(abi_start(fd1), 0,
		 "START of the first, though nobody stopped the second");
	close(fd1);
	is_errno(abi_setup(&second), 0, "SETUP after the first was closed");
	is_errno(abi_start(fd2), 0, "START after it was closed while running");
	close(fd2);
}

static void test_dup(void)
{
	struct abi_job job, other;
	int fd = abi_open(), copy, fd2 = abi_open();

	long_run(&job, fd);
	abi_sleep_ms(500);
	copy = dup(fd);
	close(fd);
	abi_job_init(&other, fd2, "null", 1);
	if (abi_setup(&other))
		bail("SETUP fails");
	is_errno(abi_start(fd2), EBUSY,
		 "START while a copy of the closed descriptor is left");
	ok(abi_state(copy) == KTB_STATE_DONE, "the copy can STOP");
	job.fd = copy;
	ok(abi_counter(&job, "expiries") > 0, "the copy can map the areas");
	close(copy);
	close(fd2);
}

static int start_beside(int fd)
{
	struct ktb_start start = {
		.size = sizeof(start),
		.flags = KTB_START_BESIDE,
	};

	return abi_ioctl(fd, KTB_IOC_START, &start);
}

static __u64 begin_ns(const struct abi_job *job)
{
	const struct ktb_area *area = abi_map(job, 0);
	__u64 at_ns = area->begin_ns;

	abi_unmap(job, area);
	return at_ns;
}

/* Loads run beside a run and beside each other, and end when told to. */
static void test_beside(void)
{
	struct abi_job load[KTB_MAX_BESIDE + 1], job;
	int fd = abi_open(), i, wrong = 0;
	struct ktb_stop stop;

	for (i = 0; i <= KTB_MAX_BESIDE; i++) {
		abi_job_init(&load[i], abi_open(), "timer_wheel", i % 2);
		abi_set(&load[i], "duration", 600 * ABI_S);
		if (abi_setup(&load[i]))
			bail("SETUP of load %d fails", i);
		if (!i)
			ok(!begin_ns(&load[i]), "no window before START");
		if (i < KTB_MAX_BESIDE && start_beside(load[i].fd))
			wrong++;
	}
	ok(!wrong, "%d sessions start as load", KTB_MAX_BESIDE);
	is_errno(start_beside(load[KTB_MAX_BESIDE].fd), EBUSY, "one more");
	is_errno(start_beside(load[0].fd), EBUSY, "START of one that runs");
	abi_job_init(&job, fd, "null", 1);
	abi_run(&job);
	is_errno(abi_start(load[KTB_MAX_BESIDE].fd), EBUSY,
		 "START beside a run without saying so");
	ok(abi_wait(fd, 30000) == POLLIN, "a run beside them ends by itself");
	for (i = 0; i < KTB_MAX_BESIDE; i++)
		if (abi_wait(load[i].fd, 0) || !begin_ns(&load[i]))
			wrong++;
	ok(!wrong, "the loads run on, with their windows open");
	for (i = 0; i < KTB_MAX_BESIDE; i++) {
		if (abi_stop(load[i].fd, &stop) ||
		    stop.reason != KTB_REASON_STOPPED ||
		    !abi_counter(&load[i], "expiries"))
			wrong++;
		close(load[i].fd);
	}
	ok(!wrong, "STOP ends each, and each has measured");
	is_errno(start_beside(load[KTB_MAX_BESIDE].fd), 0,
		 "START as load when there is room again");
	close(load[KTB_MAX_BESIDE].fd);
	close(fd);
}

/* A child keeps the session that it inherits running; its end ends it. */
static void test_fork(void)
{
	struct abi_job job, other;
	int fd = abi_open(), fd2 = abi_open(), pipefd[2], status;
	char byte;
	pid_t pid;

	if (pipe(pipefd))
		bail("pipe: %s", strerror(errno));
	long_run(&job, fd);
	pid = fork();
	if (!pid) {
		close(pipefd[1]);
		_exit(read(pipefd[0], &byte, 1) == 0 ? 0 : 1);
	}
	close(pipefd[0]);
	close(fd);
	abi_job_init(&other, fd2, "null", 1);
	if (abi_setup(&other))
		bail("SETUP fails");
	is_errno(abi_start(fd2), EBUSY, "START while a child holds a run");
	close(pipefd[1]);
	waitpid(pid, &status, 0);
	is_errno(abi_start(fd2), 0, "START after the child is gone");
	close(fd2);
}

/* What a child starts ends with the child, as nobody else has it. */
static void test_killed(void)
{
	struct abi_job job;
	int fd, pipefd[2];
	char byte;
	pid_t pid;

	if (pipe(pipefd))
		bail("pipe: %s", strerror(errno));
	pid = fork();
	if (!pid) {
		long_run(&job, abi_open());
		if (write(pipefd[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	if (read(pipefd[0], &byte, 1) != 1)
		bail("the child has not started its run");
	fd = abi_open();
	abi_job_init(&job, fd, "null", 1);
	if (abi_setup(&job))
		bail("SETUP fails");
	is_errno(abi_start(fd), EBUSY, "START while the child runs");
	kill(pid, SIGKILL);
	waitpid(pid, NULL, 0);
	is_errno(abi_start(fd), 0, "START after the child was killed");
	close(fd);
	close(pipefd[0]);
	close(pipefd[1]);
}

static void test_open(void)
{
	int fd, error, status = -1;
	pid_t pid = fork();

	if (!pid) {
		if (setresgid(65534, 65534, 65534) ||
		    setresuid(65534, 65534, 65534))
			_exit(255);
		fd = open(KTB_DEVICE_PATH, O_RDWR);
		_exit(fd < 0 ? errno : 0);
	}
	waitpid(pid, &status, 0);
	error = WIFEXITED(status) ? WEXITSTATUS(status) : 255;
	ok(error == EPERM || error == EACCES, "open() as nobody is %s",
	   abi_errno(error));
}

int main(void)
{
	test_open();
	test_two();
	test_dup();
	test_fork();
	test_killed();
	test_beside();
	return tap_done();
}
