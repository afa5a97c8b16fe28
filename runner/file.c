// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Files that are whole or not there. It may not know what stands in them.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "alloc.h"
#include "file.h"

static int write_all(int fd, const char *text, size_t len)
{
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

int ktb_file_replace(const char *path, const char *text)
{
	char *beside = ktb_alloc_text("%s.tmp", path);
	int fd, ret;

	fd = open(beside, O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
	ret = fd < 0 ? -errno : write_all(fd, text, strlen(text));
	if (!ret && fsync(fd))
		ret = -errno;
	if (fd >= 0 && close(fd) && !ret)
		ret = -errno;
	if (!ret && rename(beside, path))
		ret = -errno;
	if (ret && fd >= 0)
		unlink(beside);
	free(beside);
	return ret ? ret : sync_directory_of(path);
}

int ktb_file_append(int fd, off_t *bytes, const char *text)
{
	const size_t len = strlen(text);
	int ret = write_all(fd, text, len);

	if (!ret && fsync(fd))
		ret = -errno;
	if (!ret) {
		*bytes += (off_t)len;
		return 0;
	}
	/* What cannot be cut off has no newline, and readers leave it out. */
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
