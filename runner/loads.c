// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The key `with`: names of jobs become loads of a job. A load has no cells of its
 * own and ends when the other does, so what it may say is less.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "loads.h"
#include "nearest.h"
#include "text.h"

/* The module runs this many beside another. */
#define LOADS_MAX 8

/* Keys that mean nothing for a load; [global] and `*` may set them for the others. */
static const struct {
	const char *key;
	const char *why;
} not_of_loads[] = {
	{ "duration", "lasts as long as that" },
	{ "repetitions", "lasts as long as that" },
	{ "optional", "lasts as long as that" },
	{ "gate", "is not judged by itself" },
};

static int find_load(const struct ktb_jobs *jobs, const struct ktb_job *job,
		     const char *name, size_t *load, struct ktb_error *err)
{
	struct ktb_nearest nearest;
	size_t i;

	ktb_nearest_begin(&nearest, name);
	for (i = 0; i < jobs->nr_jobs; i++) {
		if (&jobs->jobs[i] == job)
			continue;
		if (!strcmp(jobs->jobs[i].name, name)) {
			*load = i;
			return 0;
		}
		ktb_nearest_offer(&nearest, jobs->jobs[i].name);
	}
	return ktb_message_set(err, KTB_EXIT_USAGE,
			       "%s: [%s] with: there is no other job '%s'%s",
			       job->with.where, job->name, name,
			       ktb_nearest_hint(&nearest));
}

static int add_load(struct ktb_jobs *jobs, struct ktb_job *job,
		    const char *name, struct ktb_error *err)
{
	size_t load = 0, i;
	int ret;

	ret = find_load(jobs, job, name, &load, err);
	if (ret)
		return ret;
	for (i = 0; i < job->nr_loads; i++)
		if (job->loads[i] == load)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"%s: [%s] with: '%s' is given twice",
				job->with.where, job->name, name);
	if (job->nr_loads == LOADS_MAX)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: [%s] with: more than %d jobs; name fewer",
			job->with.where, job->name, LOADS_MAX);
	job->loads =
		ktb_alloc_more(job->loads, job->nr_loads, sizeof(*job->loads));
	job->loads[job->nr_loads++] = load;
	jobs->jobs[load].is_load = true;
	return 0;
}

static int resolve(struct ktb_jobs *jobs, struct ktb_job *job,
		   struct ktb_error *err)
{
	char *words = ktb_alloc_text("%s", job->with.text);
	char *rest = words, *word;
	int ret = 0;

	while (!ret && *words && (word = strsep(&rest, ","))) {
		ret = add_load(jobs, job, ktb_text_trim(word), err);
	}
	free(words);
	return ret;
}

/* Where a job says a key: in its section, or [global] does. */
static const char *where_of(const struct ktb_job *job, const char *key)
{
	const struct ktb_setting *setting = ktb_jobfile_find(job->section, key);

	return setting ? setting->where : job->where;
}

static int check_load(const struct ktb_job *job, struct ktb_error *err)
{
	const struct ktb_job_param *param;
	const struct ktb_setting *setting;
	const char *name;
	size_t i;

	for (i = 0; i < sizeof(not_of_loads) / sizeof(not_of_loads[0]); i++) {
		setting = ktb_jobfile_find(job->section, not_of_loads[i].key);
		if (setting && !setting->is_for_all)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"%s: [%s] %s: the job is load beside another and %s; leave %s out",
				setting->where, job->name, setting->key,
				not_of_loads[i].why, setting->key);
	}
	if (*job->with.text)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: [%s] with: the job is load itself; name both jobs in the one that they are load for",
			job->with.where, job->name);
	if (strchr(job->arm_on.text, ',') || !strcmp(job->arm_on.text, "every"))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: [%s] arm_on: the job is load beside another, which takes one value",
			job->arm_on.where, job->name);
	for (param = job->params; param < job->params + job->nr_params;
	     param++) {
		if (param->values.nr < 2)
			continue;
		name = job->workload->params[param->index].name;
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: [%s] %s: the job is load beside another, which takes one value; make a job of each",
			where_of(job, name), job->name, name);
	}
	return 0;
}

int ktb_loads_resolve(struct ktb_jobs *jobs, struct ktb_error *err)
{
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < jobs->nr_jobs; i++)
		ret = resolve(jobs, &jobs->jobs[i], err);
	for (i = 0; !ret && i < jobs->nr_jobs; i++)
		if (jobs->jobs[i].is_load)
			ret = check_load(&jobs->jobs[i], err);
	return ret;
}
