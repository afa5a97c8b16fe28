// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Walks through directories for results. Which of them are known already is seen
 * by name, date, and size and time of its cells. It knows nothing of what a
 * history keeps of a result.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "encoding.h"
#include "history_scan.h"
#include "history_take.h"
#include "shape.h"

/* A result directory that was found. */
struct candidate {
	const char *dir;
	dev_t device;
	ino_t inode;
	int64_t cells_bytes;
	int64_t cells_mtime_ns;
};

static void mark(const struct candidate *candidate,
		 struct ktb_history_result *result)
{
	result->is_seen = true;
	result->seen_device = candidate->device;
	result->seen_inode = candidate->inode;
}

/* Of two of one name the second would pass for the first. */
static bool is_known(const struct candidate *candidate,
		     struct ktb_history_result *result)
{
	if (!result || result->cells_bytes != candidate->cells_bytes ||
	    result->cells_mtime_ns != candidate->cells_mtime_ns)
		return false;
	if (result->is_seen)
		return result->seen_device == candidate->device &&
		       result->seen_inode == candidate->inode;
	mark(candidate, result);
	return true;
}

/* A directory mostly has its run's name; else result.json is asked for it. */
static bool is_indexed(struct ktb_history *history,
		       const struct candidate *candidate)
{
	const char *slash = strrchr(candidate->dir, '/');
	json_error_t error;
	json_t *root;
	bool known;
	char *path;

	if (is_known(candidate,
		     ktb_history_find(history,
				      slash ? slash + 1 : candidate->dir,
				      NULL)))
		return true;
	if (asprintf(&path, "%s/result.json", candidate->dir) < 0)
		return false;
	root = ktb_encoding_json(path, &error);
	known = is_known(candidate,
			 ktb_history_find(history,
					  ktb_shape_string(root, "run"),
					  ktb_shape_string(root, "created")));
	json_decref(root);
	free(path);
	return known;
}

/* Why a result that can be read is left out all the same; NULL if it is not. */
static const char *reason_against(const struct ktb_history *history,
				  const struct ktb_findings *findings)
{
	const struct ktb_reader *reader = &findings->reader;
	const char *state = ktb_reader_string(reader, "state");
	const struct ktb_history_result *same;

	if (!strcmp(state, "running"))
		return "its run has not ended, or was killed; look again when it has, or take its directory away";
	if (strcmp(state, "complete") && strcmp(state, "interrupted"))
		return "its run has failed; measure again, or take its directory away";
	same = ktb_history_find(history, ktb_reader_string(reader, "run"),
				ktb_reader_string(reader, "created"));
	if (same && same->is_seen)
		return "it has the name and the date of another one that was found; take one of them away";
	return NULL;
}

/* One that is known but has changed since is replaced. */
static int take(struct ktb_history *history, const struct candidate *candidate,
		const struct ktb_findings *findings, struct ktb_fault *fault)
{
	struct ktb_history_result *result = ktb_history_find(
		history, ktb_reader_string(&findings->reader, "run"),
		ktb_reader_string(&findings->reader, "created"));

	if (result) {
		free(result->figures);
		memset(result, 0, sizeof(*result));
	} else {
		result = ktb_history_add(history);
	}
	if (!result || !ktb_history_take(history, result, findings))
		return ktb_fault_memory(fault);
	mark(candidate, result);
	result->cells_bytes = candidate->cells_bytes;
	result->cells_mtime_ns = candidate->cells_mtime_ns;
	if (findings->reader.torn_bytes)
		ktb_fault_note(
			"%s/%s: the last line is cut off after %zu bytes and is left out",
			candidate->dir, findings->reader.cells_name,
			findings->reader.torn_bytes);
	return 0;
}

static int read_result(struct ktb_history *history,
		       const struct candidate *candidate,
		       struct ktb_history_scan *scan, struct ktb_fault *fault)
{
	struct ktb_findings findings = { 0 };
	struct ktb_fault why = { 0 };
	const char *against;
	int ret = 0;

	if (ktb_findings_gather(&findings, candidate->dir, &why)) {
		ktb_fault_note("left out: %s", why.text);
		scan->refused++;
	} else {
		against = reason_against(history, &findings);
		if (against) {
			ktb_fault_note("left out: %s: %s", candidate->dir,
				       against);
			scan->refused++;
		} else {
			scan->read++;
			ret = take(history, candidate, &findings, fault);
		}
	}
	ktb_findings_free(&findings);
	return ret;
}

static int look_at(struct ktb_history *history, const char *dir,
		   struct ktb_history_scan *scan, struct ktb_fault *fault)
{
	struct candidate candidate = { .dir = dir };
	struct stat status;
	const char *name;
	bool is_twice;
	char *path;

	name = ktb_reader_cells_name(dir, &is_twice);
	if (asprintf(&path, "%s/%s", dir, name ? name : KTB_READER_CELLS) < 0)
		return ktb_fault_memory(fault);
	if (!stat(path, &status)) {
		candidate.cells_bytes = status.st_size;
		/* A stamp, not a time: `touch` sets any, also in the year 2999. */
		candidate.cells_mtime_ns =
			(int64_t)(((uint64_t)status.st_mtim.tv_sec *
					   1000000000 +
				   (uint64_t)status.st_mtim.tv_nsec) %
				  (uint64_t)KTB_SHAPE_MOST);
	}
	free(path);
	if (!stat(dir, &status)) {
		candidate.device = status.st_dev;
		candidate.inode = status.st_ino;
	}
	scan->found++;
	if (is_indexed(history, &candidate))
		return 0;
	return read_result(history, &candidate, scan, fault);
}

static bool exists(const char *dir, const char *name, bool *is_directory)
{
	struct stat status;
	char *path;
	bool is_there;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return false;
	is_there = !stat(path, &status);
	*is_directory = is_there && S_ISDIR(status.st_mode);
	free(path);
	return is_there;
}

static int no_dots(const struct dirent *entry)
{
	return *entry->d_name != '.';
}

static int walk(struct ktb_history *history, const char *dir, int depth,
		struct ktb_history_scan *scan, struct ktb_fault *fault)
{
	struct dirent **entries;
	bool is_directory;
	int nr, ret = 0, i;
	char *path;

	if (exists(dir, "result.json", &is_directory))
		return look_at(history, dir, scan, fault);
	nr = scandir(dir, &entries, no_dots, versionsort);
	if (nr < 0 && depth) {
		ktb_fault_note("left out: cannot read %s: %s", dir,
			       strerror(errno));
		return 0;
	}
	if (nr < 0)
		return ktb_fault_set(
			fault,
			errno == ENOENT || errno == ENOTDIR ? KTB_FAULT_USAGE :
							      KTB_FAULT_SYSTEM,
			"cannot read %s: %s; give a directory that has results of `ktbench run` in it",
			dir, strerror(errno));
	for (i = 0; i < nr; i++) {
		if (!ret && depth < KTB_HISTORY_SCAN_DEPTH &&
		    exists(dir, entries[i]->d_name, &is_directory) &&
		    is_directory) {
			if (asprintf(&path, "%s/%s", dir, entries[i]->d_name) <
			    0) {
				ret = ktb_fault_memory(fault);
			} else {
				ret = walk(history, path, depth + 1, scan,
					   fault);
				free(path);
			}
		}
		free(entries[i]);
	}
	free(entries);
	return ret;
}

int ktb_history_scan(struct ktb_history *history, const char *dir,
		     struct ktb_history_scan *scan, struct ktb_fault *fault)
{
	size_t length = strlen(dir);
	char *path;
	int ret;

	while (length > 1 && dir[length - 1] == '/')
		length--;
	path = strndup(dir, length);
	if (!path)
		return ktb_fault_memory(fault);
	ret = walk(history, path, 0, scan, fault);
	free(path);
	return ret;
}
