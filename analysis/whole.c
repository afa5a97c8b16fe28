// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Writes a file beside its place first, and prints in one piece, so that errno is that
 * of what failed. It knows nothing of what is written.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "leftover.h"
#include "utf8.h"
#include "whole.h"

/* As many links as the kernel follows. */
#define WHOLE_LINKS 40

static bool whole_put(int fd, const char *text, size_t size)
{
	ssize_t put;

	while (size) {
		put = write(fd, text, size);
		if (put < 0 && errno != EINTR)
			return false;
		if (put > 0) {
			text += put;
			size -= (size_t)put;
		}
	}
	return true;
}

/* The length of a path's directory, with the slash. */
static int whole_directory(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash ? (int)(slash + 1 - path) : 0;
}

/* What a link, or a chain of them, leads to; it need not be there. NULL with errno. */
static char *whole_follow(const char *path)
{
	char target[PATH_MAX], *at = strdup(path), *next;
	ssize_t length;
	int links, made;

	for (links = 0; at; links++) {
		length = readlink(at, target, sizeof(target));
		/* EINVAL: it is no link. ENOENT: it will be made. */
		if (length < 0 && (errno == EINVAL || errno == ENOENT))
			return at;
		if (length < 0 || length == sizeof(target) ||
		    links == WHOLE_LINKS) {
			if (length >= 0)
				errno = ELOOP;
			free(at);
			return NULL;
		}
		made = asprintf(&next, "%.*s%.*s",
				*target == '/' ? 0 : whole_directory(at), at,
				(int)length, target);
		free(at);
		at = made < 0 ? NULL : next;
	}
	return at;
}

static mode_t whole_umask(void)
{
	const mode_t mask = umask(0);

	umask(mask);
	return mask;
}

/* The mode and the owner of the file that is replaced, or those of a new one. */
static bool whole_dress(int fd, const struct stat *old)
{
	if (!old)
		return !fchmod(fd, 0666 & ~whole_umask());
	if ((old->st_uid != geteuid() || old->st_gid != getegid()) &&
	    fchown(fd, old->st_uid, old->st_gid))
		return false;
	return !fchmod(fd, old->st_mode & 07777);
}

static int whole_fail(const char *path, struct ktb_fault *fault)
{
	const int error = errno;
	const char *remedy = "name a file where you may write, or copy the "
			     "directory";

	if (error == ENOSPC || error == EDQUOT || error == EFBIG)
		remedy = "make room and try again";
	return ktb_fault_set(fault, KTB_FAULT_SYSTEM, "cannot write %s: %s; %s",
			     path, strerror(error), remedy);
}

/* Into what stays where it is. */
static bool whole_put_into(const char *path, const char *text, size_t size)
{
	int fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	struct stat status;
	bool fine;

	if (fd < 0)
		return false;
	fine = whole_put(fd, text, size) && !fstat(fd, &status) &&
	       (!S_ISREG(status.st_mode) ||
		(!ftruncate(fd, (off_t)size) && !fsync(fd)));
	return !close(fd) && fine;
}

/* Beside its place first. @old is NULL for a file that is not there yet. */
static bool whole_put_beside(const char *path, const char *text, size_t size,
			     const struct stat *old)
{
	const int length = whole_directory(path);
	int leftover, fd;
	char *beside;
	bool fine;

	/* A name of its own: as long as any may be, whoever else writes. */
	if (asprintf(&beside, "%.*s.ktbench-XXXXXX", length, path) < 0)
		return false;
	leftover = ktb_leftover_file(beside, &fd);
	free(beside);
	if (leftover == KTB_LEFTOVER_NONE)
		return false;
	fine = whole_dress(fd, old) && whole_put(fd, text, size) && !fsync(fd);
	fine = !close(fd) && fine;
	if (fine && !ktb_leftover_rename(leftover, path))
		return true;
	ktb_leftover_remove(leftover);
	return false;
}

/* @path is no link. As ktb_file_replace() of the runner does it. */
static bool whole_put_there(const char *path, const char *text, size_t size)
{
	struct stat status;

	if (stat(path, &status))
		return errno == ENOENT &&
		       whole_put_beside(path, text, size, NULL);
	errno = EISDIR;
	if (S_ISDIR(status.st_mode) ||
	    faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		return false;
	/* A device, a pipe; and other names of a file would keep the old text. */
	if (!S_ISREG(status.st_mode) || status.st_nlink > 1)
		return whole_put_into(path, text, size);
	if (whole_put_beside(path, text, size, &status))
		return true;
	/* A directory that takes no file, an owner that we cannot be. */
	return (errno == EACCES || errno == EPERM || errno == EBUSY) &&
	       whole_put_into(path, text, size);
}

int ktb_whole_replace(const char *path, const char *text, size_t size,
		      struct ktb_fault *fault)
{
	char *target = whole_follow(path);
	int ret = 0;

	if (!target || !whole_put_there(target, text, size))
		ret = whole_fail(path, fault);
	free(target);
	return ret;
}

/* What a function prints; NULL when there is no memory. */
static char *whole_render(void (*write)(const void *what, FILE *to),
			  const void *what, size_t *size)
{
	char *text = NULL;
	FILE *to = open_memstream(&text, size);
	bool bad;

	if (!to)
		return NULL;
	write(what, to);
	bad = ferror(to);
	bad |= fclose(to) != 0;
	if (!bad)
		return text;
	free(text);
	return NULL;
}

int ktb_whole_write(const char *dir, const char *name,
		    void (*write)(const void *what, FILE *to), const void *what,
		    struct ktb_fault *fault)
{
	char *path = NULL, *text;
	size_t size;
	int ret;

	text = whole_render(write, what, &size);
	if (!text || asprintf(&path, "%s/%s", dir, name) < 0)
		ret = ktb_fault_memory(fault);
	else
		ret = ktb_whole_replace(path, text, size, fault);
	free(path);
	free(text);
	return ret;
}

int ktb_whole_stdout(const char *text, size_t size, struct ktb_fault *fault)
{
	if (!fflush(stdout) && whole_put(STDOUT_FILENO, text, size))
		return 0;
	return ktb_fault_set(fault, KTB_FAULT_SYSTEM,
			     "cannot write to stdout: %s", strerror(errno));
}

int ktb_whole_say(void (*write)(const void *what, FILE *to), const void *what,
		  struct ktb_fault *fault)
{
	size_t size;
	char *text = whole_render(write, what, &size);
	int ret;

	ret = text ? ktb_whole_stdout(text, ktb_utf8_clean(text, size), fault) :
		     ktb_fault_memory(fault);
	free(text);
	return ret;
}

int ktb_whole_print(void (*write)(const void *what, FILE *to), const void *what,
		    struct ktb_fault *fault)
{
	size_t size;
	char *text = whole_render(write, what, &size);
	int ret;

	ret = text ? ktb_whole_stdout(text, size, fault) :
		     ktb_fault_memory(fault);
	free(text);
	return ret;
}
