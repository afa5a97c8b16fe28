// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Whether two results are of one run. It knows nothing of what is done with results.
 */
#include <string.h>
#include <sys/stat.h>

#include "same.h"
#include "shape.h"

static bool is_one_directory(const char *one, const char *other)
{
	struct stat a, b;

	return !stat(one, &a) && !stat(other, &b) && a.st_dev == b.st_dev &&
	       a.st_ino == b.st_ino;
}

/* When the first repetition began, whichever that was; -1 if there is none. */
static int64_t begin_of(const struct ktb_reader *reader)
{
	int64_t begin_ns = -1;
	size_t i;

	for (i = 0; i < reader->nr_lines; i++)
		if (begin_ns < 0 || reader->lines[i].begin_ns < begin_ns)
			begin_ns = reader->lines[i].begin_ns;
	return begin_ns;
}

static bool has_same_strings(const struct ktb_reader *one,
			     const struct ktb_reader *other)
{
	static const char *const members[] = { "created", "run",
					       "lane_detail" };
	static const char *const facts[] = { "boot_id", "load_id", "hostname",
					     "kernel", "kernel_version" };
	size_t i;

	for (i = 0; i < sizeof(members) / sizeof(members[0]); i++)
		if (strcmp(ktb_reader_string(one, members[i]),
			   ktb_reader_string(other, members[i])))
			return false;
	for (i = 0; i < sizeof(facts) / sizeof(facts[0]); i++)
		if (strcmp(ktb_reader_fact(one, facts[i]),
			   ktb_reader_fact(other, facts[i])))
			return false;
	return true;
}

static bool has_same_number(const struct ktb_reader *one,
			    const struct ktb_reader *other, const char *member)
{
	return ktb_shape_integer(one->root, member) ==
	       ktb_shape_integer(other->root, member);
}

const char *ktb_same_run(const struct ktb_reader *one,
			 const struct ktb_reader *other)
{
	if (one->lane != other->lane)
		return NULL;
	if (one->lane != KTB_LANE_EXACT && has_same_strings(one, other) &&
	    has_same_number(one, other, "seed") &&
	    has_same_number(one, other, "cells_planned") &&
	    begin_of(one) == begin_of(other))
		return is_one_directory(one->dir, other->dir) ?
			       "are one directory" :
			       "are one run, copied";
	return is_one_directory(one->dir, other->dir) ? "are one directory" :
							NULL;
}

bool ktb_same_is_among(struct ktb_findings *const *all, size_t nr,
		       const struct ktb_findings *findings)
{
	const char *same;
	size_t i;

	for (i = 0; i < nr; i++) {
		same = ktb_same_run(&all[i]->reader, &findings->reader);
		if (!same)
			continue;
		ktb_fault_note("left out: %s: it and %s %s",
			       findings->reader.dir, all[i]->reader.dir, same);
		return true;
	}
	return false;
}
