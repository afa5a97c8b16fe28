// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The result directory. It may not know what is measured.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "environment.h"
#include "file.h"
#include "pack.h"
#include "result.h"

#define DUMP_FLAGS    (JSON_COMPACT | JSON_ENSURE_ASCII)
#define CELLS	      "cells.jsonl.zst"
/* Results of one second and one name. */
#define MAX_SAME_NAME 1000

int ktb_result_prepare(const char *directory, struct ktb_error *err)
{
	int ret = ktb_file_make_directories(directory);

	if (!ret && access(directory, W_OK | X_OK))
		ret = -errno;
	if (!ret)
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"cannot write results in %s: %s; name another directory with --results",
		directory, strerror(-ret));
}

static int cannot_write(const struct ktb_result *result, const char *file,
			int error, struct ktb_error *err)
{
	return ktb_message_set(
		err, KTB_EXIT_DEVICE,
		"cannot write %s/%s: %s; the %zu repetitions so far are kept and readable",
		result->path, file, strerror(-error), result->nr_cells);
}

/* A directory that nobody else has; its name says when. */
static int make_directory(struct ktb_result *result, const char *directory,
			  const char *name, struct ktb_error *err)
{
	time_t now = time(NULL);
	char stamp[32], more[16] = "";
	struct tm tm;
	int i;

	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	for (i = 2; i < MAX_SAME_NAME; i++) {
		free(result->path);
		result->path = ktb_alloc_text("%s/%s-%s%s", directory, stamp,
					      name, more);
		if (!mkdir(result->path, 0755))
			break;
		if (errno != EEXIST)
			return ktb_message_set(err, KTB_EXIT_DEVICE,
					       "cannot make %s: %s",
					       result->path, strerror(errno));
		snprintf(more, sizeof(more), "-%d", i);
	}
	if (i == MAX_SAME_NAME)
		return ktb_message_set(err, KTB_EXIT_DEVICE,
				       "%s exists, and so do %d more like it",
				       result->path, MAX_SAME_NAME);
	result->name = strrchr(result->path, '/') + 1;
	return 0;
}

static int write_head(struct ktb_result *result, struct ktb_error *err)
{
	char *path = ktb_alloc_text("%s/result.json", result->path);
	char *text =
		json_dumps(result->head, JSON_INDENT(1) | JSON_ENSURE_ASCII);
	int ret = text ? ktb_file_replace(path, text) : -ENOMEM;

	free(text);
	free(path);
	return ret ? cannot_write(result, "result.json", ret, err) : 0;
}

static int open_cells(struct ktb_result *result, struct ktb_error *err)
{
	char *path = ktb_alloc_text("%s/" CELLS, result->path);

	result->cells_fd =
		open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0644);
	free(path);
	return result->cells_fd < 0 ? cannot_write(result, CELLS, -errno, err) :
				      0;
}

static int write_topology(struct ktb_result *result, const char *xml,
			  struct ktb_error *err)
{
	char *path = ktb_alloc_text("%s/topology.xml", result->path);
	int ret = ktb_file_replace(path, xml);

	free(path);
	return ret ? cannot_write(result, "topology.xml", ret, err) : 0;
}

static void set_state(struct ktb_result *result, const char *state,
		      const char *reason, json_t *ended)
{
	json_object_set_new(result->head, "ended", ended);
	json_object_set_new(result->head, "state", json_string(state));
	json_object_set_new(result->head, "state_reason",
			    ktb_environment_text(reason));
}

int ktb_result_create(struct ktb_result *result, const char *directory,
		      const char *name, json_t *head, const char *xml,
		      struct ktb_error *err)
{
	char utc[32];
	int ret;

	*result = (struct ktb_result){ .head = head, .cells_fd = -1 };
	ret = make_directory(result, directory, name, err);
	if (ret)
		return ret;
	json_object_set_new(head, "run", ktb_environment_text(result->name));
	json_object_set_new(head, "created",
			    json_string(ktb_environment_utc(utc)));
	set_state(result, "running", "", json_null());
	ret = open_cells(result, err);
	if (!ret)
		ret = write_topology(result, xml, err);
	return ret ? ret : write_head(result, err);
}

int ktb_result_append(struct ktb_result *result, json_t *cell,
		      struct ktb_error *err)
{
	char *text = json_dumps(cell, DUMP_FLAGS);
	void *frame;
	char *line;
	size_t nr;
	int ret;

	json_decref(cell);
	if (!text)
		return cannot_write(result, CELLS, -EINVAL, err);
	line = ktb_alloc_text("%s\n", text);
	free(text);
	frame = ktb_pack(line, strlen(line), &nr);
	free(line);
	ret = frame ? ktb_file_append(result->cells_fd, &result->cells_bytes,
				      frame, nr) :
		      -ENOMEM;
	free(frame);
	if (ret)
		return cannot_write(result, CELLS, ret, err);
	result->nr_cells++;
	return 0;
}

int ktb_result_finish(struct ktb_result *result, const char *state,
		      const char *reason, struct ktb_error *err)
{
	char utc[32];

	set_state(result, state, reason, json_string(ktb_environment_utc(utc)));
	return write_head(result, err);
}

void ktb_result_close(struct ktb_result *result)
{
	if (result->cells_fd >= 0)
		close(result->cells_fd);
	json_decref(result->head);
	free(result->path);
	*result = (struct ktb_result){ .cells_fd = -1 };
}
