// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Runs another program and keeps what it says on stderr, with an end to its
 * time. It knows nothing of what the programs are for.
 */
#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "child.h"
#include "leftover.h"

/* What is kept of stderr; the rest is read and dropped, and said. */
#define CHILD_SAID_MAX 65536

static int64_t child_now_ms(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (int64_t)now.tv_sec * 1000 + now.tv_nsec / 1000000;
}

/*
 * What a program may know of the caller's environment: where programs and their
 * libraries are, and where they may write. All else changes what they do: gnuplot
 * draws on GNUTERM, lstopo shows HWLOC_XMLFILE, a locale writes commas.
 */
static const char *const child_kept[] = { "PATH", "HOME", "TMPDIR",
					  "LD_LIBRARY_PATH" };

static bool child_keeps(const char *variable)
{
	size_t i, length;

	for (i = 0; i < sizeof(child_kept) / sizeof(child_kept[0]); i++) {
		length = strlen(child_kept[i]);
		if (!strncmp(variable, child_kept[i], length) &&
		    variable[length] == '=')
			return true;
	}
	return false;
}

static char **child_environment(void)
{
	size_t nr = 0, to = 0, i;
	char **env;

	while (environ[nr])
		nr++;
	env = calloc(nr + 2, sizeof(*env));
	if (!env)
		return NULL;
	env[to++] = (char *)"LC_ALL=C";
	for (i = 0; i < nr; i++)
		if (child_keeps(environ[i]))
			env[to++] = environ[i];
	return env;
}

static int child_spawn(pid_t *pid, const char *const *argv, const char *dir,
		       int stderr_fd)
{
	posix_spawn_file_actions_t actions;
	char **env;
	int ret;

	env = child_environment();
	if (!env)
		return ENOMEM;
	posix_spawn_file_actions_init(&actions);
	posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_addopen(&actions, 1, "/dev/null", O_WRONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, stderr_fd, 2);
	posix_spawn_file_actions_addchdir_np(&actions, dir);
	ret = posix_spawnp(pid, argv[0], &actions, NULL, (char *const *)argv,
			   env);
	posix_spawn_file_actions_destroy(&actions);
	free(env);
	return ret;
}

/* Keep what comes until the end of the stream or of the time. */
static void child_listen(struct ktb_child *child, int fd, int64_t end_ms)
{
	struct pollfd ready = { .fd = fd, .events = POLLIN };
	char dropped[4096];
	size_t length = 0;
	int64_t left_ms;
	ssize_t got;

	child->said = malloc(CHILD_SAID_MAX + 1);
	for (;;) {
		left_ms = end_ms - child_now_ms();
		if (left_ms <= 0) {
			child->is_late = true;
			break;
		}
		got = poll(&ready, 1, (int)left_ms);
		if (got < 0 && errno != EINTR)
			break;
		if (got <= 0)
			continue;
		if (child->said && length < CHILD_SAID_MAX)
			got = read(fd, child->said + length,
				   CHILD_SAID_MAX - length);
		else
			got = read(fd, dropped, sizeof(dropped));
		if (got <= 0)
			break;
		if (child->said && length < CHILD_SAID_MAX)
			length += (size_t)got;
	}
	if (child->said)
		child->said[length] = '\0';
}

/* Wait for the end; a program that closed stderr may still be running. */
static void child_reap(struct ktb_child *child, pid_t pid, int64_t end_ms)
{
	const struct timespec nap = { .tv_nsec = 1000000 };
	int status;
	pid_t got;

	while (!child->is_late) {
		got = waitpid(pid, &status, WNOHANG);
		if (got == pid)
			goto ended;
		if (got < 0 && errno != EINTR) {
			child->status = errno;
			return;
		}
		if (child_now_ms() >= end_ms)
			child->is_late = true;
		else
			nanosleep(&nap, NULL);
	}
	kill(pid, SIGKILL);
	while (waitpid(pid, &status, 0) < 0)
		if (errno != EINTR)
			return;
ended:
	child->status = WIFEXITED(status) ? WEXITSTATUS(status) :
					    128 + WTERMSIG(status);
}

bool ktb_child_run(struct ktb_child *child, const char *const *argv,
		   const char *dir, int timeout_s)
{
	int64_t end_ms = child_now_ms() + (int64_t)timeout_s * 1000;
	int fds[2];
	pid_t pid;

	memset(child, 0, sizeof(*child));
	if (pipe2(fds, O_CLOEXEC)) {
		child->status = errno;
		return false;
	}
	child->status = child_spawn(&pid, argv, dir, fds[1]);
	close(fds[1]);
	if (!child->status) {
		child->is_started = true;
		ktb_leftover_child(pid);
		child_listen(child, fds[0], end_ms);
		child_reap(child, pid, end_ms);
		ktb_leftover_child(0);
	}
	close(fds[0]);
	return child->is_started && !child->is_late && !child->status;
}

void ktb_child_free(struct ktb_child *child)
{
	free(child->said);
	child->said = NULL;
}
