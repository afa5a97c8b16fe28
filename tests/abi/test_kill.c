/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A runner that is killed with 100,000 timers armed leaves nothing behind: the
 * module is idle and unloads at once. What the kernel says of it is vm/run's to see.
 * While a session is open it does not unload. Takes the path of ktbench.ko, to
 * load it again.
 */
#include <signal.h>
#include <sys/wait.h>

#include "kernel.h"

/* As many timers as the workload takes: 100,000 of the wheel's. */
static void start_many(const char *workload)
{
	struct abi_job job;

	abi_job_init(&job, abi_open(), workload, 0);
	abi_set(&job, "duration", 600 * ABI_S);
	abi_set(&job, "timers", abi_param(&job, "timers").max);
	abi_set(&job, !strcmp(workload, "hrtimer") ? "period" : "delay",
		10 * ABI_S);
	abi_run(&job);
}

/* A child with timers armed, which waits to be killed. */
static pid_t spawn(const char *workload)
{
	int pipefd[2];
	char byte;
	pid_t pid;

	if (pipe(pipefd))
		bail("pipe: %s", strerror(errno));
	pid = fork();
	if (!pid) {
		close(pipefd[0]);
		start_many(workload);
		/* Arming goes on after START; most of it is done by then. */
		abi_sleep_ms(1500);
		if (write(pipefd[1], "", 1) == 1)
			pause();
		_exit(1);
	}
	close(pipefd[1]);
	if (read(pipefd[0], &byte, 1) != 1)
		bail("the child could not start %s", workload);
	close(pipefd[0]);
	return pid;
}

static void test_killed(const char *workload, const char *path)
{
	pid_t pid = spawn(workload);
	__s64 begin_ns;
	int status, error;

	ok(kernel_refcount() > 0, "%s: the module is in use", workload);
	error = kernel_unload();
	ok(error == EAGAIN || error == EBUSY,
	   "%s: it does not unload while a run goes on: %s", workload,
	   abi_errno(error));
	kill(pid, SIGKILL);
	begin_ns = abi_now_ns();
	waitpid(pid, &status, 0);
	ok(WIFSIGNALED(status) && WTERMSIG(status) == SIGKILL,
	   "%s: the runner is dead %lld ms after SIGKILL", workload,
	   (long long)((abi_now_ns() - begin_ns) / ABI_MS));
	ok(!kernel_refcount(), "%s: nobody uses the module then", workload);
	is_errno(kernel_unload(), 0, "%s: unloading it at once", workload);
	ok(kernel_refcount() == -1, "%s: it is gone", workload);
	is_errno(kernel_load(path), 0, "%s: loading it again", workload);
}

/* Close instead of a kill, and a session that never ran. */
static void test_closed(const char *path)
{
	struct abi_job job;
	int fd = abi_open(), error;

	error = kernel_unload();
	ok(error == EAGAIN || error == EBUSY,
	   "it does not unload while a session is open: %s", abi_errno(error));
	abi_job_init(&job, fd, "timer_wheel", 0);
	abi_set(&job, "timers", 1000);
	abi_set(&job, "duration", 600 * ABI_S);
	abi_run(&job);
	close(fd);
	is_errno(kernel_unload(), 0, "unloading it right after close()");
	is_errno(kernel_load(path), 0, "loading it again");
}

int main(int argc, char **argv)
{
	if (argc != 2) {
		fputs("usage: test_kill /path/to/ktbench.ko\n", stderr);
		return 2;
	}
	test_killed("timer_wheel", argv[1]);
	test_killed("hrtimer", argv[1]);
	test_closed(argv[1]);
	return tap_done();
}
