// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Temporary files and directories, and a signal handler that removes them. All that the
 * handler calls is safe in one, or a system call. It knows nothing of what they hold.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <signal.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/syscall.h>
#include <sys/wait.h>
#include <unistd.h>

#include "leftover.h"

/* At once; a report has a directory and a file. */
#define LEFTOVERS 8

static struct leftover {
	volatile sig_atomic_t is_used;
	bool is_directory;
	char path[PATH_MAX];
} leftovers[LEFTOVERS];

static volatile sig_atomic_t leftover_child;

static const int leftover_signals[] = {
	SIGHUP, SIGINT, SIGQUIT, SIGTERM, SIGPIPE, SIGXCPU, SIGXFSZ,
};

#define LEFTOVER_NR_SIGNALS \
	(sizeof(leftover_signals) / sizeof(leftover_signals[0]))

/* Signals whose end of the program this file has taken over. */
static bool leftover_is_caught[LEFTOVER_NR_SIGNALS];

/* What getdents64() writes. */
struct leftover_entry {
	uint64_t inode;
	int64_t next;
	uint16_t size;
	uint8_t type;
	char name[];
};

static void leftover_empty(int fd)
{
	char block[4096] __attribute__((aligned(8)));
	const struct leftover_entry *entry;
	long got, at;

	while ((got = syscall(SYS_getdents64, fd, block, sizeof(block))) > 0)
		for (at = 0; at < got; at += entry->size) {
			entry = (const struct leftover_entry *)(block + at);
			unlinkat(fd, entry->name, 0);
		}
}

static void leftover_unlink(const struct leftover *leftover)
{
	int fd;

	if (!leftover->is_directory) {
		unlink(leftover->path);
		return;
	}
	fd = open(leftover->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd >= 0) {
		leftover_empty(fd);
		close(fd);
	}
	rmdir(leftover->path);
}

static void leftover_die(int number)
{
	const struct sigaction end = { .sa_handler = SIG_DFL };
	const pid_t child = (pid_t)leftover_child;
	sigset_t set;
	size_t i;

	if (child) {
		kill(child, SIGKILL);
		waitpid(child, NULL, 0);
	}
	for (i = 0; i < LEFTOVERS; i++)
		if (leftovers[i].is_used)
			leftover_unlink(&leftovers[i]);
	sigaction(number, &end, NULL);
	sigemptyset(&set);
	sigaddset(&set, number);
	raise(number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
}

/* No signal comes between making something and knowing it. */
static void leftover_block(sigset_t *before)
{
	sigset_t set;
	size_t i;

	sigemptyset(&set);
	for (i = 0; i < LEFTOVER_NR_SIGNALS; i++)
		sigaddset(&set, leftover_signals[i]);
	sigprocmask(SIG_BLOCK, &set, before);
}

static void leftover_unblock(const sigset_t *before)
{
	const int error = errno;

	sigprocmask(SIG_SETMASK, before, NULL);
	errno = error;
}

static bool leftover_is_any(void)
{
	size_t i;

	for (i = 0; i < LEFTOVERS; i++)
		if (leftovers[i].is_used)
			return true;
	return false;
}

static void leftover_catch(bool is_on)
{
	struct sigaction action = { .sa_handler = is_on ? leftover_die :
							  SIG_DFL };
	struct sigaction now;
	size_t i;

	sigfillset(&action.sa_mask);
	for (i = 0; i < LEFTOVER_NR_SIGNALS; i++) {
		if (is_on == leftover_is_caught[i])
			continue;
		if (is_on && (sigaction(leftover_signals[i], NULL, &now) ||
			      now.sa_handler != SIG_DFL))
			continue;
		sigaction(leftover_signals[i], &action, NULL);
		leftover_is_caught[i] = is_on;
	}
}

static int leftover_find(const char *path)
{
	int i;

	errno = ENAMETOOLONG;
	if (strlen(path) >= sizeof(leftovers[0].path))
		return KTB_LEFTOVER_NONE;
	for (i = 0; i < LEFTOVERS; i++)
		if (!leftovers[i].is_used)
			return i;
	errno = EMFILE;
	return KTB_LEFTOVER_NONE;
}

static int leftover_make(char *path, int *fd)
{
	const int at = leftover_find(path);
	sigset_t before;
	bool is_made;

	if (at == KTB_LEFTOVER_NONE)
		return at;
	leftover_block(&before);
	leftover_catch(true);
	if (fd)
		*fd = mkostemp(path, O_CLOEXEC);
	is_made = fd ? *fd >= 0 : mkdtemp(path) != NULL;
	if (is_made) {
		strcpy(leftovers[at].path, path);
		leftovers[at].is_directory = !fd;
		leftovers[at].is_used = true;
	} else if (!leftover_is_any()) {
		leftover_catch(false);
	}
	leftover_unblock(&before);
	return is_made ? at : KTB_LEFTOVER_NONE;
}

int ktb_leftover_file(char *path, int *fd)
{
	return leftover_make(path, fd);
}

int ktb_leftover_directory(char *path)
{
	return leftover_make(path, NULL);
}

static void leftover_forget(int leftover)
{
	leftovers[leftover].is_used = false;
	if (!leftover_is_any())
		leftover_catch(false);
}

int ktb_leftover_rename(int leftover, const char *path)
{
	sigset_t before;
	int ret;

	leftover_block(&before);
	ret = rename(leftovers[leftover].path, path);
	if (!ret)
		leftover_forget(leftover);
	leftover_unblock(&before);
	return ret;
}

void ktb_leftover_remove(int leftover)
{
	const int error = errno;
	sigset_t before;

	if (leftover == KTB_LEFTOVER_NONE)
		return;
	leftover_block(&before);
	leftover_unlink(&leftovers[leftover]);
	leftover_forget(leftover);
	leftover_unblock(&before);
	errno = error;
}

void ktb_leftover_child(pid_t pid)
{
	leftover_child = pid;
}
