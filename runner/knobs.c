// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Knobs, turned and turned back. It may not know what any of them does.
 */
#include <errno.h>
#include <jansson.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "file.h"
#include "fitness.h"
#include "knobs.h"
#include "sysfs.h"
#include "text.h"

/* Add a pair for each file of a check that has another value. */
static void collect(const struct ktb_fitness_check *check, json_t *pairs)
{
	struct ktb_sysfs_paths paths = ktb_sysfs_glob(check->path);
	char text[KTB_SYSFS_LEN];
	size_t i;

	for (i = 0; i < paths.nr; i++) {
		if ((check->concerns && !check->concerns(paths.path[i])) ||
		    ktb_fitness_value(paths.path[i], text) ||
		    ktb_fitness_is_good(check, text))
			continue;
		json_array_append_new(pairs,
				      json_pack("{s:s, s:s, s:s}", "path",
						paths.path[i], "orig", text,
						"new", check->want));
	}
	ktb_sysfs_paths_free(&paths);
}

static int save(const char *path, json_t *pairs, struct ktb_error *err)
{
	char *text = json_dumps(pairs, JSON_INDENT(1));
	int ret = ktb_file_replace(path, text);

	free(text);
	if (!ret)
		return 0;
	return ktb_message_set(
		err, KTB_EXIT_DEVICE,
		"cannot keep the original values in %s: %s; name another file with --state",
		path, strerror(-ret));
}

static void unpack(json_t *pair, const char **path, const char **orig,
		   const char **new)
{
	*path = *orig = *new = NULL;
	json_unpack(pair, "{s:s, s:s, s:s}", "path", path, "orig", orig, "new",
		    new);
}

int ktb_knobs_apply(const char *path, struct ktb_error *err)
{
	const struct ktb_fitness_check *check;
	const char *knob, *orig, *new;
	json_t *pairs = json_array();
	int ret, failed = 0;
	size_t i = 0;

	if (access(path, F_OK) == 0) {
		json_decref(pairs);
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s keeps the original values of an earlier --apply: `ktbench env --restore` first",
			path);
	}
	for (check = ktb_fitness_checks; check->name; check++)
		if (check->is_set)
			collect(check, pairs);
	/* The originals are safe before the first knob is turned. */
	ret = save(path, pairs, err);
	while (!ret && i < json_array_size(pairs)) {
		unpack(json_array_get(pairs, i), &knob, &orig, &new);
		ret = ktb_sysfs_write(knob, new);
		if (!ret) {
			printf("%s: %s -> %s\n", knob, orig, new);
			i++;
			continue;
		}
		ktb_message_note("%s stays %s: %s", knob, orig, strerror(-ret));
		json_array_remove(pairs, i);
		failed++;
		ret = 0;
	}
	if (!ret && failed)
		ret = save(path, pairs, err);
	if (!ret)
		printf("%zu changed; `ktbench env --restore --state %s` puts them back\n",
		       json_array_size(pairs), path);
	json_decref(pairs);
	if (!ret && failed)
		ret = ktb_message_set(err, KTB_EXIT_DEVICE,
				      "%d knobs could not be set", failed);
	return ret;
}

/* Returns 0, or 1 if the knob is not ours any more, or -errno. */
static int restore(const char *knob, const char *orig, const char *new)
{
	char now[KTB_SYSFS_LEN];
	int ret = ktb_fitness_value(knob, now);

	if (ret || !strcmp(now, orig))
		return ret;
	if (strcmp(now, new)) {
		ktb_message_note(
			"%s is %s now, which is neither %s nor %s: somebody else changed it, it stays",
			knob, now, orig, new);
		return 1;
	}
	ret = ktb_sysfs_write(knob, orig);
	if (!ret)
		printf("%s: %s -> %s\n", knob, now, orig);
	return ret;
}

int ktb_knobs_restore(const char *path, struct ktb_error *err)
{
	const char *knob, *orig, *new;
	json_error_t jerr;
	json_t *pairs = ktb_text_json(path, &jerr);
	int ret, left = 0, failed = 0;
	size_t i;

	if (!json_is_array(pairs)) {
		json_decref(pairs);
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s keeps no original values (%s): nothing is restored",
			path, pairs ? "it is not a list" : jerr.text);
	}
	for (i = json_array_size(pairs); i-- > 0;) {
		unpack(json_array_get(pairs, i), &knob, &orig, &new);
		ret = knob && orig && new ? restore(knob, orig, new) : -EINVAL;
		if (ret < 0)
			ktb_message_note("cannot restore %s: %s",
					 knob ? knob : path, strerror(-ret));
		left += ret > 0;
		failed += ret < 0;
	}
	json_decref(pairs);
	if (failed)
		return ktb_message_set(
			err, KTB_EXIT_DEVICE,
			"%d knobs could not be restored; %s is kept", failed,
			path);
	unlink(path);
	if (!left)
		return 0;
	return ktb_message_set(err, KTB_EXIT_WORSE,
			       "%d knobs were left as somebody else set them",
			       left);
}
