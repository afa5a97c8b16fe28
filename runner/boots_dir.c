// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The directory of a comparison. It may not know how boots come about, nor what
 * is measured in them.
 */
#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/file.h>
#include <unistd.h>

#include "alloc.h"
#include "boots_dir.h"
#include "boots_file.h"
#include "boots_result.h"
#include "file.h"

/* Remains of one name. */
#define MAX_SAME_NAME 1000

static int cannot(const char *what, const char *path, int error,
		  struct ktb_error *err)
{
	return ktb_message_set(err, KTB_EXIT_DEVICE, "cannot %s %s: %s", what,
			       path, strerror(error));
}

static int lock(struct ktb_boots_dir *dir, struct ktb_error *err)
{
	dir->lock_fd = open(dir->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir->lock_fd < 0)
		return cannot("open", dir->path, errno, err);
	if (!flock(dir->lock_fd, LOCK_EX | LOCK_NB))
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_DEVICE,
		"another ktbench is at work in %s: wait until it has ended",
		dir->path);
}

/* A result is a boot of the plan's: note it. */
static int note(struct ktb_boots_dir *dir, size_t side, const char *path,
		struct ktb_error *err)
{
	struct ktb_boots_result result;
	int ret;

	ret = ktb_boots_result_read(&result, path, err);
	if (!ret)
		ret = ktb_boots_result_check(&result, &dir->plan, err);
	if (!ret && ktb_boots_side(&dir->plan, result.boot) != side)
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s does not belong there: boot %zu is one of side %s",
			path, result.boot,
			ktb_boots_side_names[ktb_boots_side(&dir->plan,
							    result.boot)]);
	if (!ret && dir->is_done[result.boot - 1])
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: boot %zu is there twice: move one of them away",
			path, result.boot);
	if (!ret) {
		dir->is_done[result.boot - 1] = true;
		dir->boot_ids[result.boot - 1] =
			ktb_alloc_text("%s", result.boot_id);
	}
	ktb_boots_result_free(&result);
	return ret;
}

static int look_at_side(struct ktb_boots_dir *dir, size_t side,
			struct ktb_error *err)
{
	char *path =
		ktb_alloc_text("%s/%s", dir->path, ktb_boots_side_names[side]);
	const struct dirent *entry;
	DIR *stream = opendir(path);
	int ret = 0;
	char *one;

	if (!stream && errno != ENOENT)
		ret = cannot("read", path, errno, err);
	while (!ret && stream && (entry = readdir(stream))) {
		if (entry->d_name[0] == '.')
			continue;
		one = ktb_alloc_text("%s/%s", path, entry->d_name);
		ret = note(dir, side, one, err);
		free(one);
	}
	if (stream)
		closedir(stream);
	free(path);
	return ret;
}

int ktb_boots_dir_open(struct ktb_boots_dir *dir, const char *path,
		       struct ktb_error *err)
{
	size_t i, total;
	int ret;

	memset(dir, 0, sizeof(*dir));
	dir->lock_fd = -1;
	ret = ktb_boots_file_read(path, &dir->plan, err);
	if (ret)
		return ret;
	dir->path = realpath(path, NULL);
	if (!dir->path)
		return cannot("open", path, errno, err);
	total = ktb_boots_total(&dir->plan);
	dir->is_done = ktb_alloc_zeroed(total, sizeof(*dir->is_done));
	dir->boot_ids = ktb_alloc_zeroed(total, sizeof(*dir->boot_ids));
	ret = lock(dir, err);
	for (i = 0; !ret && i < KTB_BOOTS_NR_SIDES; i++)
		ret = look_at_side(dir, i, err);
	return ret;
}

/* Move @from into a directory, under a name that is free there. */
static int move_into(const char *directory, const char *from, char **to)
{
	const char *name = strrchr(from, '/') + 1;
	int ret = ktb_file_make_directories(directory);
	size_t i;

	*to = ktb_alloc_text("%s/%s", directory, name);
	for (i = 2; !ret && !access(*to, F_OK) && i < MAX_SAME_NAME; i++) {
		free(*to);
		*to = ktb_alloc_text("%s/%s-%zu", directory, name, i);
	}
	return ret ? ret : ktb_file_rename(from, *to);
}

static int set_aside(struct ktb_boots_dir *dir, const char *remains,
		     struct ktb_error *err)
{
	char *torn = ktb_alloc_text("%s/torn", dir->path);
	char *to;
	int ret;

	ret = move_into(torn, remains, &to);
	if (ret)
		cannot("set aside", remains, -ret, err);
	else
		ktb_message_note(
			"a boot did not come to its end: its remains are in %s",
			to);
	free(to);
	free(torn);
	return ret ? err->code : 0;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

char *ktb_boots_dir_running(struct ktb_boots_dir *dir, struct ktb_error *err)
{
	char *path = ktb_alloc_text("%s/running", dir->path);
	struct dirent **found = NULL;
	char *remains;
	int i, nr, ret;

	ret = ktb_file_make_directories(path);
	nr = ret ? 0 : scandir(path, &found, is_visible, versionsort);
	if (ret || nr < 0)
		ret = cannot("make", path, ret ? -ret : errno, err);
	for (i = 0; i < nr; i++) {
		remains = ktb_alloc_text("%s/%s", path, found[i]->d_name);
		if (!ret)
			ret = set_aside(dir, remains, err);
		free(remains);
		free(found[i]);
	}
	free(found);
	if (!ret)
		return path;
	free(path);
	return NULL;
}

static int keep(struct ktb_boots_dir *dir, const char *real, char **kept,
		struct ktb_error *err)
{
	struct ktb_boots_result result;
	char *side = NULL;
	int ret;

	ret = ktb_boots_result_read(&result, real, err);
	if (!ret)
		ret = ktb_boots_result_check(&result, &dir->plan, err);
	if (!ret && dir->is_done[result.boot - 1])
		ret = ktb_message_set(err, KTB_EXIT_USAGE,
				      "%s: boot %zu is done already", real,
				      result.boot);
	if (!ret) {
		side = ktb_alloc_text("%s/%s", dir->path,
				      ktb_boots_side_names[ktb_boots_side(
					      &dir->plan, result.boot)]);
		ret = move_into(side, real, kept);
		if (ret)
			ret = ktb_message_set(err, KTB_EXIT_DEVICE,
					      "cannot move %s to %s: %s", real,
					      *kept, strerror(-ret));
	}
	if (!ret) {
		dir->is_done[result.boot - 1] = true;
		dir->boot_ids[result.boot - 1] =
			ktb_alloc_text("%s", result.boot_id);
	}
	free(side);
	ktb_boots_result_free(&result);
	return ret;
}

int ktb_boots_dir_keep(struct ktb_boots_dir *dir, const char *result,
		       char **kept, struct ktb_error *err)
{
	char *real = realpath(result, NULL);
	int ret;

	*kept = NULL;
	if (!real)
		return ktb_message_set(err, KTB_EXIT_USAGE,
				       "cannot read the result %s: %s", result,
				       strerror(errno));
	ret = keep(dir, real, kept, err);
	free(real);
	return ret;
}

size_t ktb_boots_dir_torn(const struct ktb_boots_dir *dir, size_t boot)
{
	char *path = ktb_alloc_text("%s/torn", dir->path);
	DIR *stream = opendir(path);
	const struct dirent *entry;
	size_t nr = 0;

	while (stream && (entry = readdir(stream)))
		nr += ktb_boots_number(entry->d_name) == boot;
	if (stream)
		closedir(stream);
	free(path);
	return nr;
}

size_t ktb_boots_dir_measured(const struct ktb_boots_dir *dir,
			      const char *boot_id)
{
	size_t i;

	for (i = 0; *boot_id && i < ktb_boots_total(&dir->plan); i++)
		if (dir->boot_ids[i] && !strcmp(dir->boot_ids[i], boot_id))
			return i + 1;
	return 0;
}

void ktb_boots_dir_close(struct ktb_boots_dir *dir)
{
	size_t i;

	for (i = 0; dir->boot_ids && i < ktb_boots_total(&dir->plan); i++)
		free(dir->boot_ids[i]);
	free(dir->boot_ids);
	free(dir->is_done);
	ktb_boots_free(&dir->plan);
	free(dir->path);
	if (dir->lock_fd >= 0)
		close(dir->lock_fd);
	memset(dir, 0, sizeof(*dir));
	dir->lock_fd = -1;
}
