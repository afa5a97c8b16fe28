// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Overrides from the command line. It changes texts only: whether a value is
 * right is checked with the job files.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "job.h"
#include "nearest.h"
#include "override.h"
#include "text.h"

#define GLOBAL "global"

static void set_text(struct ktb_section *section, const char *key,
		     const char *text, const char *where, bool is_for_all)
{
	struct ktb_setting *setting = ktb_jobfile_find(section, key);

	if (setting) {
		free(setting->text);
		free(setting->where);
		setting->text = ktb_alloc_text("%s", text);
		setting->where = ktb_alloc_text("%s", where);
	} else {
		setting = ktb_jobfile_add(section, key, text, where);
	}
	setting->is_for_all = is_for_all;
}

/* Whether a job can have the key: `*` leaves the other jobs alone. */
static bool takes_key(const struct ktb_jobfile *file,
		      const struct ktb_section *section,
		      const struct ktb_catalog *catalog, const char *key)
{
	const struct ktb_workload *workload = NULL;
	const struct ktb_setting *setting;
	size_t i;

	if (ktb_job_is_own_key(key))
		return true;
	setting = ktb_jobfile_find(section, "workload");
	for (i = 0; !setting && i < file->nr_sections; i++)
		if (!strcmp(file->sections[i].name, GLOBAL))
			setting = ktb_jobfile_find(&file->sections[i],
						   "workload");
	if (setting)
		workload = ktb_catalog_workload(catalog, setting->text);
	return workload && ktb_catalog_param(workload, key);
}

static int apply(struct ktb_jobfile *files, size_t nr_files,
		 const struct ktb_catalog *catalog, char *job, char *key,
		 const char *text, struct ktb_error *err)
{
	const bool is_every = !strcmp(job, "*");
	struct ktb_section *section;
	struct ktb_nearest nearest;
	bool is_found = false;
	char *where;
	size_t i, j;

	where = ktb_alloc_text("--set %s.%s", job, key);
	ktb_nearest_begin(&nearest, job);
	for (i = 0; i < nr_files; i++) {
		for (j = 0; j < files[i].nr_sections; j++) {
			section = &files[i].sections[j];
			if (!strcmp(section->name, GLOBAL))
				continue;
			ktb_nearest_offer(&nearest, section->name);
			if (is_every ? !takes_key(&files[i], section, catalog,
						  key) :
				       strcmp(section->name, job))
				continue;
			set_text(section, key, text, where, is_every);
			is_found = true;
		}
	}
	free(where);
	if (is_found)
		return 0;
	if (is_every)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--set *.%s: no job has a workload with a parameter '%s'",
			key, key);
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"--set %s.%s: there is no job [%s]%s; `*.%s` means every job that has it",
		job, key, job, ktb_nearest_hint(&nearest), key);
}

int ktb_override_apply(struct ktb_jobfile *files, size_t nr_files,
		       const struct ktb_catalog *catalog, char *const *sets,
		       size_t nr_sets, struct ktb_error *err)
{
	char *copy, *equals, *dot;
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < nr_sets; i++) {
		copy = ktb_alloc_text("%s", sets[i]);
		equals = strchr(copy, '=');
		if (equals)
			*equals = '\0';
		dot = strrchr(copy, '.');
		if (ktb_text_fault(sets[i], strlen(sets[i]))) {
			ret = ktb_message_set(err, KTB_EXIT_USAGE,
					      "--set number %zu has %s", i + 1,
					      ktb_text_fault(sets[i],
							     strlen(sets[i])));
		} else if (!equals || !dot || dot == copy || !dot[1]) {
			ret = ktb_message_set(
				err, KTB_EXIT_USAGE,
				"--set '%s' is not of the form JOB.KEY=VALUE",
				sets[i]);
		} else {
			*dot = '\0';
			ret = apply(files, nr_files, catalog, copy, dot + 1,
				    equals + 1, err);
		}
		free(copy);
	}
	return ret;
}
