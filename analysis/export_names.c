// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Looks for names that a format makes equal. It may not know formats.
 */
#include <stdlib.h>
#include <string.h>

#include "export_names.h"

/* What comes out, and what it is of: a cell of a job, or a job. */
struct export_name {
	char *shown;
	const char *job;
	char cell[256];
	int64_t number;
};

/* The names of one kind. */
struct export_names {
	struct export_name *at;
	size_t nr;
};

static bool add(struct export_names *names, ktb_export_mapping mapping,
		const struct export_name *name)
{
	struct export_name *one = &names->at[names->nr];
	size_t size;
	FILE *to;

	*one = *name;
	to = open_memstream(&one->shown, &size);
	if (!to)
		return false;
	names->nr++;
	if (!mapping) {
		fprintf(to, "%s\n%s", one->job, one->cell);
	} else {
		mapping(to, one->job);
		fputc('\n', to);
		mapping(to, one->cell);
	}
	return !fclose(to);
}

static int by_shown(const void *a, const void *b)
{
	const struct export_name *one = a, *other = b;

	return strcmp(one->shown, other->shown);
}

/* The two that are first in the order of what comes out. */
static const struct export_name *find_pair(struct export_names *names)
{
	size_t i;

	qsort(names->at, names->nr, sizeof(*names->at), by_shown);
	for (i = 1; i < names->nr; i++)
		if (names->at[i].number != names->at[i - 1].number &&
		    !strcmp(names->at[i].shown, names->at[i - 1].shown))
			return &names->at[i - 1];
	return NULL;
}

static bool list_jobs(struct export_names *names,
		      const struct ktb_findings *result,
		      ktb_export_mapping mapping)
{
	size_t i;

	for (i = 0; i < result->nr_jobs; i++)
		if (!add(names, mapping,
			 &(struct export_name){ .job = result->jobs[i].name,
						.number = (int64_t)i }))
			return false;
	return true;
}

static bool list_cells(struct export_names *names,
		       const struct ktb_findings *result,
		       ktb_export_mapping mapping)
{
	struct export_name name;
	size_t i;

	for (i = 0; i < result->nr_summaries; i++) {
		name = (struct export_name){
			.job = result->summaries[i].job,
			.number = result->summaries[i].cell,
		};
		ktb_summary_label(&result->summaries[i], NULL, name.cell,
				  sizeof(name.cell));
		if (!add(names, mapping, &name))
			return false;
	}
	return true;
}

static int tell_jobs(const struct ktb_findings *result, const char *format,
		     const struct export_name *pair, struct ktb_fault *fault)
{
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"%s: its jobs '%s' and '%s' are both %.*s in %s; give them names that differ there too, or take another format",
		result->reader.dir, pair[0].job, pair[1].job,
		(int)strcspn(pair->shown, "\n"), pair->shown, format);
}

static int tell_cells(const struct ktb_findings *result, const char *format,
		      const struct export_name *pair, struct ktb_fault *fault)
{
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"%s: its cells %lld and %lld are both '%s%s%s' in %s; give their jobs different names",
		result->reader.dir, (long long)pair[0].number,
		(long long)pair[1].number, pair->job, *pair->cell ? " " : "",
		pair->cell, format);
}

/* Names of one kind: how they are listed, and what is said of two. */
static const struct export_kind {
	bool (*list)(struct export_names *names,
		     const struct ktb_findings *result,
		     ktb_export_mapping mapping);
	int (*tell)(const struct ktb_findings *result, const char *format,
		    const struct export_name *pair, struct ktb_fault *fault);
} kinds[] = {
	{ list_jobs, tell_jobs },
	{ list_cells, tell_cells },
};

static int check(const struct export_kind *kind,
		 const struct ktb_findings *result, const char *format,
		 ktb_export_mapping mapping, struct ktb_fault *fault)
{
	struct export_names names = {
		.at = calloc(result->nr_jobs + result->nr_summaries + 1,
			     sizeof(*names.at)),
	};
	const struct export_name *pair;
	int ret = 0;

	if (!names.at || !kind->list(&names, result, mapping)) {
		ret = ktb_fault_memory(fault);
	} else {
		pair = find_pair(&names);
		if (pair)
			ret = kind->tell(result, format, pair, fault);
	}
	while (names.nr)
		free(names.at[--names.nr].shown);
	free(names.at);
	return ret;
}

int ktb_export_names_check(const struct ktb_findings *result,
			   const char *format, ktb_export_mapping mapping,
			   struct ktb_fault *fault)
{
	size_t i;
	int ret = 0;

	for (i = 0; !ret && i < sizeof(kinds) / sizeof(kinds[0]); i++)
		ret = check(&kinds[i], result, format, mapping, fault);
	return ret;
}
