// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A set of results, found, read and sorted into boots. It may not know that there is
 * another set.
 */
#include <dirent.h>
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "same.h"
#include "shape.h"
#include "side.h"

#define RESULTS_MOST 10000

static bool has_file(const char *path, const char *name)
{
	struct stat status;
	char *file;
	bool is;

	if (asprintf(&file, "%s/%s", path, name) < 0)
		return false;
	is = !stat(file, &status);
	free(file);
	return is;
}

static int is_visible(const struct dirent *entry)
{
	return entry->d_name[0] != '.';
}

static int add_path(char ***paths, size_t *nr, const char *dir,
		    const char *name)
{
	char **grown = realloc(*paths, (*nr + 1) * sizeof(*grown));

	if (!grown)
		return -1;
	*paths = grown;
	if (asprintf(&grown[*nr], "%s%s%s", dir, name ? "/" : "",
		     name ? name : "") < 0)
		return -1;
	if (name && !has_file(grown[*nr], "result.json"))
		free(grown[*nr]);
	else
		++*nr;
	return 0;
}

/* What is no result is passed over; what was one is not. */
static int check_whole(const char *dir, const char *name,
		       struct ktb_fault *fault)
{
	const char *cells;
	bool is_twice;
	char *path;
	int ret = 0;

	if (asprintf(&path, "%s/%s", dir, name) < 0)
		return ktb_fault_memory(fault);
	cells = ktb_reader_cells_name(path, &is_twice);
	if (cells && !has_file(path, "result.json"))
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: there are %s and no result.json in it: it was cut off; copy it again, or move it away",
			path, cells);
	free(path);
	return ret;
}

/* The results of a set, by name. */
static int list(const char *path, char ***paths, size_t *nr,
		struct ktb_fault *fault)
{
	struct dirent **entries;
	int found, i, ret = 0;

	if (has_file(path, "result.json"))
		return add_path(paths, nr, path, NULL) ?
			       ktb_fault_memory(fault) :
			       0;
	found = scandir(path, &entries, is_visible, versionsort);
	if (found < 0)
		return ktb_fault_set(
			fault,
			errno == ENOENT || errno == ENOTDIR ? KTB_FAULT_USAGE :
							      KTB_FAULT_SYSTEM,
			"%s: %s; give a result directory, or a directory of some",
			path, strerror(errno));
	for (i = 0; i < found; i++) {
		if (!ret && add_path(paths, nr, path, entries[i]->d_name))
			ret = ktb_fault_memory(fault);
		if (!ret)
			ret = check_whole(path, entries[i]->d_name, fault);
		free(entries[i]);
	}
	free(entries);
	if (!ret && !*nr)
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: neither a result nor a directory of results: there is no result.json in it, nor below it",
			path);
	return ret;
}

static const char *fact(const struct ktb_findings *findings, const char *name)
{
	return ktb_reader_fact(&findings->reader, name);
}

void ktb_side_key(const struct ktb_summary *summary, char *key, size_t size)
{
	int length = snprintf(key, size, "%s\n", summary->job);

	if (length > 0 && (size_t)length < size)
		ktb_summary_label(summary, NULL, key + length,
				  size - (size_t)length);
}

/* From keys to the indices of summaries. */
static json_t *index_cells(const struct ktb_findings *findings)
{
	json_t *cells = json_object(), *list;
	char key[KTB_SIDE_KEY_SIZE];
	size_t i;

	for (i = 0; cells && i < findings->nr_summaries; i++) {
		ktb_side_key(&findings->summaries[i], key, sizeof(key));
		list = json_object_get(cells, key);
		if (!list) {
			list = json_array();
			json_object_set_new(cells, key, list);
		}
		json_array_append_new(list, json_integer((json_int_t)i));
	}
	return cells;
}

static int by_age(const void *one, const void *other)
{
	const struct ktb_findings *a = *(struct ktb_findings *const *)one;
	const struct ktb_findings *b = *(struct ktb_findings *const *)other;
	int order = strcmp(ktb_reader_string(&a->reader, "created"),
			   ktb_reader_string(&b->reader, "created"));

	/* Of one second: x, x-2 ... x-10. */
	return order ? order : strverscmp(a->reader.dir, b->reader.dir);
}

/* Is a result fit to stand for a boot of the first one's kernel? */
static int examine(const struct ktb_findings *first,
		   const struct ktb_findings *findings, struct ktb_fault *fault)
{
	static const char *const same[] = { "kernel", "kernel_version" };
	const struct ktb_reader *reader = &findings->reader;
	size_t i;

	if (strcmp(ktb_reader_string(reader, "state"), "complete"))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: its run is %s, and only a complete one has all figures; measure that boot again, or move it away",
			reader->dir, ktb_reader_string(reader, "state"));
	if (reader->torn_bytes ||
	    reader->nr_lines != (size_t)json_integer_value(json_object_get(
					reader->root, "cells_planned")))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s/%s: %zu whole lines, and the run made %lld: it was cut off; copy it again, or measure that boot again",
			reader->dir, reader->cells_name, reader->nr_lines,
			(long long)json_integer_value(json_object_get(
				reader->root, "cells_planned")));
	if (reader->lane != first->reader.lane)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: its lane is %s, that of %s is %s; lanes are never mixed",
			reader->dir, ktb_reader_lane_name(reader->lane),
			first->reader.dir,
			ktb_reader_lane_name(first->reader.lane));
	for (i = 0; i < sizeof(same) / sizeof(same[0]); i++)
		if (strcmp(fact(findings, same[i]), fact(first, same[i])))
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s: its %s is '%s', that of %s is '%s'; a side is one kernel: sort them into two directories",
				reader->dir, same[i], fact(findings, same[i]),
				first->reader.dir, fact(first, same[i]));
	return 0;
}

static bool is_of_boot(const struct ktb_boot *boot,
		       const struct ktb_findings *findings)
{
	static const char *const ids[] = { "boot_id", "load_id" };
	size_t i;

	if (!*fact(findings, "boot_id"))
		return false;
	for (i = 0; i < sizeof(ids) / sizeof(ids[0]); i++)
		if (strcmp(fact(boot->findings[0], ids[i]),
			   fact(findings, ids[i])))
			return false;
	return true;
}

/* Takes over @findings, also when it fails. */
static bool add(struct ktb_side *side, struct ktb_findings *findings)
{
	struct ktb_boot *boot = NULL;
	struct ktb_findings **all;
	json_t **cells;
	size_t i;

	for (i = 0; !boot && i < side->nr_boots; i++)
		if (is_of_boot(&side->boots[i], findings))
			boot = &side->boots[i];
	if (!boot)
		boot = &side->boots[side->nr_boots++];
	all = realloc(boot->findings, (boot->nr + 1) * sizeof(*all));
	if (all)
		boot->findings = all;
	cells = realloc(boot->cells, (boot->nr + 1) * sizeof(*cells));
	if (cells)
		boot->cells = cells;
	if (!all || !cells) {
		ktb_findings_free(findings);
		free(findings);
		return false;
	}
	all[boot->nr] = findings;
	cells[boot->nr] = index_cells(findings);
	side->nr_results++;
	return cells[boot->nr++];
}

/* What does not tell its boot is one of its own. */
static bool is_of_earlier_boot(const struct ktb_side *side, size_t boot)
{
	const char *id = fact(side->boots[boot].findings[0], "boot_id");
	size_t i;

	for (i = 0; *id && i < boot; i++)
		if (!strcmp(fact(side->boots[i].findings[0], "boot_id"), id))
			return true;
	return false;
}

/* Those that were read go to the side, whatever happens. */
static int sort_into_boots(struct ktb_side *side, struct ktb_findings **all,
			   size_t nr, struct ktb_fault *fault)
{
	int ret = 0;
	size_t i;

	qsort(all, nr, sizeof(*all), by_age);
	for (i = 0; i < nr; i++)
		if (!add(side, all[i]) && !ret)
			ret = ktb_fault_memory(fault);
	for (i = 0; !ret && i < side->nr_boots; i++)
		side->nr_machine_boots += !is_of_earlier_boot(side, i);
	for (i = 0; !ret && i < nr; i++)
		ret = examine(all[0], all[i], fault);
	return ret;
}

static int read_all(struct ktb_side *side, char **paths, size_t nr,
		    struct ktb_fault *fault)
{
	struct ktb_findings **all = calloc(nr, sizeof(struct ktb_findings *));
	size_t read = 0, i;
	int ret = 0, sorted;

	side->boots = calloc(nr, sizeof(*side->boots));
	if (!all || !side->boots) {
		free(all);
		return ktb_fault_memory(fault);
	}
	for (i = 0; !ret && i < nr; i++) {
		all[read] = calloc(1, sizeof(**all));
		if (!all[read]) {
			ret = ktb_fault_memory(fault);
			break;
		}
		ret = ktb_findings_gather(all[read++], paths[i], fault);
		if (!ret && ktb_same_is_among(all, read - 1, all[read - 1])) {
			ktb_findings_free(all[--read]);
			free(all[read]);
		}
	}
	if (ret) {
		for (i = 0; i < read; i++) {
			ktb_findings_free(all[i]);
			free(all[i]);
		}
		free(all);
		return ret;
	}
	sorted = sort_into_boots(side, all, read, fault);
	free(all);
	return sorted;
}

int ktb_side_read(struct ktb_side *side, const char *path,
		  struct ktb_fault *fault)
{
	char **paths = NULL;
	size_t nr = 0, i;
	int ret;

	memset(side, 0, sizeof(*side));
	side->path = strdup(path);
	if (!side->path)
		return ktb_fault_memory(fault);
	ret = list(path, &paths, &nr, fault);
	if (!ret && nr > RESULTS_MOST)
		ret = ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: %zu results are too many to compare, %d are the most",
			path, nr, RESULTS_MOST);
	if (!ret)
		ret = read_all(side, paths, nr, fault);
	for (i = 0; i < nr; i++)
		free(paths[i]);
	free(paths);
	return ret;
}

void ktb_side_free(struct ktb_side *side)
{
	struct ktb_boot *boot;
	size_t i, k;

	for (i = 0; i < side->nr_boots; i++) {
		boot = &side->boots[i];
		for (k = 0; k < boot->nr; k++) {
			json_decref(boot->cells[k]);
			ktb_findings_free(boot->findings[k]);
			free(boot->findings[k]);
		}
		free(boot->cells);
		free(boot->findings);
	}
	free(side->boots);
	free(side->path);
	memset(side, 0, sizeof(*side));
}

const struct ktb_reader *ktb_side_first(const struct ktb_side *side)
{
	return &side->boots[0].findings[0]->reader;
}

const struct ktb_summary *ktb_side_cell(const struct ktb_side *side,
					const char *key)
{
	const struct ktb_boot *boot;
	const json_t *list;
	size_t i, k;

	for (i = 0; i < side->nr_boots; i++) {
		boot = &side->boots[i];
		for (k = 0; k < boot->nr; k++) {
			list = json_object_get(boot->cells[k], key);
			if (list)
				return &boot->findings[k]
						->summaries[json_integer_value(
							json_array_get(list,
								       0))];
		}
	}
	return NULL;
}

bool ktb_side_left_out(const struct ktb_side *side, const char *job)
{
	const json_t *list =
		json_object_get(ktb_side_first(side)->root, "left_out");
	const json_t *text;
	bool is = false;
	char *name;
	size_t i;

	/* "FILE:LINE: [JOB]: why"; a broken contract reads "[JOB] is not ...". */
	if (asprintf(&name, "[%s]: ", job) < 0)
		return false;
	json_array_foreach(list, i, text)
		is = is || strstr(json_string_value(text), name);
	free(name);
	return is;
}
