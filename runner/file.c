// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files that are whole or not there. It may not know what stands in them.
 */
#include <errno.h>
#include <fcntl.h>
#include <limits.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "file.h"

/* As many as the kernel follows. */
#define MAX_LINKS  40
/* Files of this process that an earlier one of the same number left. */
#define MAX_BESIDE 100

static int write_all(int fd, const void *data, size_t len)
{
	const char *text = data;
	ssize_t wrote;

	while (len) {
		wrote = write(fd, text, len);
		if (wrote < 0 && errno != EINTR)
			return -errno;
		if (wrote > 0) {
			text += wrote;
			len -= (size_t)wrote;
		}
	}
	return 0;
}

/* So that a rename or a new name survives a crash. */
static int sync_directory_of(const char *path)
{
	char *directory = ktb_alloc_text("%s", path);
	char *slash = strrchr(directory, '/');
	int fd, ret = 0;

	if (slash)
		slash[slash == directory] = '\0';
	fd = open(slash ? directory : ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	free(directory);
	if (fd < 0)
		return -errno;
	/* Some file systems cannot sync a directory and say EINVAL. */
	if (fsync(fd) && errno != EINVAL)
		ret = -errno;
	close(fd);
	return ret;
}

/* The file that a name leads to at last, through symbolic links; it need not exist. */
static char *target_of(const char *path)
{
	char *real = realpath(path, NULL), *at, *slash, *next;
	char link[PATH_MAX];
	ssize_t len;
	int i;

	if (real)
		return real;
	at = ktb_alloc_text("%s", path);
	for (i = 0; i < MAX_LINKS; i++) {
		len = readlink(at, link, sizeof(link) - 1);
		if (len < 0)
			return at;
		link[len] = '\0';
		slash = *link == '/' ? NULL : strrchr(at, '/');
		next = slash ? ktb_alloc_text("%.*s/%s", (int)(slash - at), at,
					      link) :
			       ktb_alloc_text("%s", link);
		free(at);
		at = next;
	}
	return at;
}

/* Whether it is what the output or the errors go to: /dev/stdout >FILE. */
static int stream_of(const struct stat *status)
{
	struct stat own;
	int fd;

	for (fd = STDOUT_FILENO; fd <= STDERR_FILENO; fd++)
		if (!fstat(fd, &own) && own.st_dev == status->st_dev &&
		    own.st_ino == status->st_ino)
			return fd;
	return -1;
}

/* /dev/fd/3 3>FILE: who opened the file waits for it to be written. */
static bool is_descriptor(const char *path)
{
	return !strncmp(path, "/dev/fd/", strlen("/dev/fd/")) ||
	       !strncmp(path, "/proc/", strlen("/proc/"));
}

/* Bytes into what stays where it is: a device, a pipe, a stream of ours. */
static int write_into(const char *path, const struct stat *status,
		      const char *text)
{
	const int stream = stream_of(status);
	int fd, ret;

	if (stream >= 0) {
		fflush(stdout);
		return write_all(stream, text, strlen(text));
	}
	fd = open(path, O_WRONLY | O_NOCTTY | O_CLOEXEC);
	ret = fd < 0 ? -errno : write_all(fd, text, strlen(text));
	if (!ret && S_ISREG(status->st_mode) &&
	    (ftruncate(fd, (off_t)strlen(text)) || fsync(fd)))
		ret = -errno;
	if (fd >= 0 && close(fd) && !ret)
		ret = -errno;
	return ret;
}

/* A new file beside another, of a name that nobody else has; its descriptor. */
static int open_beside(const char *path, mode_t mode, char **beside)
{
	const char *slash = strrchr(path, '/');
	const int directory = slash ? (int)(slash + 1 - path) : 0;
	int fd, i;

	for (i = 0; i < MAX_BESIDE; i++) {
		*beside = ktb_alloc_text("%.*s.%s.%ld-%d.new", directory, path,
					 path + directory, (long)getpid(), i);
		fd = open(*beside, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC,
			  mode);
		if (fd >= 0)
			return fd;
		free(*beside);
		*beside = NULL;
		if (errno != EEXIST)
			break;
	}
	return -errno;
}

/* Mode and owner of the file that is replaced, or it cannot be replaced. */
static int take_after(int fd, const struct stat *old)
{
	struct stat own;

	if (fstat(fd, &own))
		return -errno;
	if ((own.st_uid != old->st_uid || own.st_gid != old->st_gid) &&
	    fchown(fd, old->st_uid, old->st_gid))
		return -errno;
	return fchmod(fd, old->st_mode & ALLPERMS) ? -errno : 0;
}

/* @old is NULL for a file that is not there yet. */
static int replace_file(const char *path, const struct stat *old, mode_t mode,
			const char *text, bool *is_impossible)
{
	char *beside;
	int fd = open_beside(path, mode, &beside);
	int ret = fd < 0 ? fd : 0;

	if (!ret && old)
		ret = take_after(fd, old);
	/* A directory that takes no file, an owner that we cannot be. */
	*is_impossible = old && (ret == -EACCES || ret == -EPERM);
	if (!ret)
		ret = write_all(fd, text, strlen(text));
	if (!ret && fsync(fd))
		ret = -errno;
	if (fd >= 0 && close(fd) && !ret)
		ret = -errno;
	if (!ret && rename(beside, path)) {
		ret = -errno;
		/* Another file is mounted there. */
		*is_impossible = old && ret == -EBUSY;
	}
	if (ret && beside)
		unlink(beside);
	free(beside);
	return ret ? ret : sync_directory_of(path);
}

static int put(const char *path, mode_t mode, const char *text)
{
	bool is_impossible = false;
	struct stat status;
	char *target;
	int ret;

	if (stat(path, &status)) {
		if (errno != ENOENT)
			return -errno;
		target = target_of(path);
		ret = replace_file(target, NULL, mode, text, &is_impossible);
		free(target);
		return ret;
	}
	if (S_ISDIR(status.st_mode))
		return -EISDIR;
	if (!S_ISREG(status.st_mode) || stream_of(&status) >= 0 ||
	    is_descriptor(path))
		return write_into(path, &status, text);
	if (faccessat(AT_FDCWD, path, W_OK, AT_EACCESS))
		return -errno;
	/* Its other names would keep the old text. */
	if (status.st_nlink > 1)
		return write_into(path, &status, text);
	target = target_of(path);
	ret = replace_file(target, &status, mode, text, &is_impossible);
	if (is_impossible)
		ret = write_into(target, &status, text);
	free(target);
	return ret;
}

int ktb_file_replace(const char *path, const char *text)
{
	return put(path, 0644, text);
}

int ktb_file_output(const char *path, const char *text)
{
	return put(path, 0666, text);
}

int ktb_file_append(int fd, off_t *bytes, const void *data, size_t nr)
{
	int ret = write_all(fd, data, nr);

	if (!ret && fsync(fd))
		ret = -errno;
	if (!ret) {
		*bytes += (off_t)nr;
		return 0;
	}
	/* What cannot be cut off is no whole frame, and readers leave it out. */
	if (!ftruncate(fd, *bytes))
		lseek(fd, *bytes, SEEK_SET);
	return ret;
}

int ktb_file_rename(const char *from, const char *to)
{
	int ret = rename(from, to) ? -errno : sync_directory_of(to);

	return ret ? ret : sync_directory_of(from);
}

int ktb_file_make_directories(const char *path)
{
	char *copy = ktb_alloc_text("%s", path);
	char *slash = copy;
	struct stat st;
	int ret = 0;

	while (!ret && (slash = strchr(slash + 1, '/'))) {
		*slash = '\0';
		if (mkdir(copy, 0755) && errno != EEXIST)
			ret = -errno;
		*slash = '/';
	}
	if (!ret && mkdir(copy, 0755) && errno != EEXIST)
		ret = -errno;
	if (!ret && !stat(copy, &st) && !S_ISDIR(st.st_mode))
		ret = -ENOTDIR;
	free(copy);
	return ret;
}
