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
	return tap_done();
}
