// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Small files of the kernel. It may not know what any of them means.
 */
#include <ctype.h>
#include <errno.h>
#include <fcntl.h>
#include <glob.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "sysfs.h"

static const char *sysroot(void)
{
	const char *root = getenv("KTBENCH_SYSROOT");

	return root ? root : "";
}

char *ktb_sysfs_path(const char *path)
{
	return ktb_alloc_text("%s%s", sysroot(), path);
}

static int open_file(const char *path, int flags)
{
	char *real = ktb_sysfs_path(path);
	int fd = open(real, flags | O_CLOEXEC);

	free(real);
	return fd < 0 ? -errno : fd;
}

int ktb_sysfs_read(const char *path, char *text)
{
	size_t len = 0, begin;
	ssize_t got;
	int fd;

	text[0] = '\0';
	fd = open_file(path, O_RDONLY);
	if (fd < 0)
		return fd;
	do {
		got = read(fd, text + len, KTB_SYSFS_LEN - 1 - len);
		if (got > 0)
			len += (size_t)got;
	} while (got > 0);
	if (got < 0) {
		got = -errno;
		len = 0;
	}
	close(fd);
	while (len && isspace((unsigned char)text[len - 1]))
		len--;
	text[len] = '\0';
	for (begin = 0; isspace((unsigned char)text[begin]); begin++)
		;
	memmove(text, text + begin, len - begin + 1);
	return (int)got;
}

int ktb_sysfs_write(const char *path, const char *text)
{
	int fd = open_file(path, O_WRONLY | O_TRUNC);
	ssize_t wrote;

	if (fd < 0)
		return fd;
	wrote = write(fd, text, strlen(text));
	wrote = wrote < 0 ? -errno : 0;
	close(fd);
	return (int)wrote;
}

bool ktb_sysfs_exists(const char *path)
{
	char *real = ktb_sysfs_path(path);
	bool exists = access(real, F_OK) == 0;

	free(real);
	return exists;
}

struct ktb_sysfs_paths ktb_sysfs_glob(const char *pattern)
{
	const size_t skip = strlen(sysroot());
	struct ktb_sysfs_paths paths = { 0 };
	char *real = ktb_sysfs_path(pattern);
	glob_t found;
	size_t i;

	if (glob(real, 0, NULL, &found) == 0) {
		paths.nr = found.gl_pathc;
		paths.path = ktb_alloc_zeroed(paths.nr, sizeof(*paths.path));
		for (i = 0; i < paths.nr; i++)
			paths.path[i] =
				ktb_alloc_text("%s", found.gl_pathv[i] + skip);
		globfree(&found);
	}
	free(real);
	return paths;
}

void ktb_sysfs_paths_free(struct ktb_sysfs_paths *paths)
{
	size_t i;

	for (i = 0; i < paths->nr; i++)
		free(paths->path[i]);
	free(paths->path);
	paths->path = NULL;
	paths->nr = 0;
}
