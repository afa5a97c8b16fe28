// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Jobs: what the settings of job files mean, by the catalogue. It has no list
 * of parameters of its own, and may not know the machine or the device.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "gate.h"
#include "job.h"
#include "loads.h"
#include "nearest.h"
#include "override.h"

#define GLOBAL "global"

/* What a job file may say besides the parameters of a workload. */
struct own_key {
	const char *name;
	int (*take)(struct ktb_job *job, const struct ktb_setting *setting,
		    struct ktb_error *err);
};

static int take_nothing(struct ktb_job *job, const struct ktb_setting *setting,
			struct ktb_error *err)
{
	return 0;
}

static int take_cpus(struct ktb_job *job, const struct ktb_setting *setting,
		     struct ktb_error *err)
{
	job->cpus = *setting;
	return 0;
}

static int take_arm_on(struct ktb_job *job, const struct ktb_setting *setting,
		       struct ktb_error *err)
{
	job->arm_on = *setting;
	return 0;
}

static int take_disturb(struct ktb_job *job, const struct ktb_setting *setting,
			struct ktb_error *err)
{
	job->disturb_cpus = *setting;
	return 0;
}

static int take_repetitions(struct ktb_job *job,
			    const struct ktb_setting *setting,
			    struct ktb_error *err)
{
	static const struct ktb_param repetitions = {
		.kind = KTB_PARAM_KIND_INT,
		.unit = KTB_UNIT_KIND_COUNT,
		.min = 1,
		.max = KTB_JOB_MAX_REPETITIONS,
	};

	return ktb_catalog_parse_value(&repetitions, setting->text,
				       &job->repetitions, err);
}

static int take_with(struct ktb_job *job, const struct ktb_setting *setting,
		     struct ktb_error *err)
{
	job->with = *setting;
	return 0;
}

static int take_optional(struct ktb_job *job, const struct ktb_setting *setting,
			 struct ktb_error *err)
{
	static const struct ktb_param optional = {
		.kind = KTB_PARAM_KIND_BOOL,
		.max = 1,
	};
	int64_t value = 0;
	int ret;

	ret = ktb_catalog_parse_value(&optional, setting->text, &value, err);
	job->is_optional = value;
	return ret;
}

static int take_gate(struct ktb_job *job, const struct ktb_setting *setting,
		     struct ktb_error *err)
{
	job->gate = *setting;
	return 0;
}

static const struct own_key own_keys[] = {
	{ "workload", take_nothing },	     { "cpus", take_cpus },
	{ "arm_on", take_arm_on },	     { "disturb_cpus", take_disturb },
	{ "repetitions", take_repetitions }, { "with", take_with },
	{ "optional", take_optional },	     { "gate", take_gate },
};

#define NR_OWN_KEYS (sizeof(own_keys) / sizeof(own_keys[0]))

static const struct own_key *find_own_key(const char *name)
{
	size_t i;

	for (i = 0; i < NR_OWN_KEYS; i++)
		if (!strcmp(own_keys[i].name, name))
			return &own_keys[i];
	return NULL;
}

bool ktb_job_is_own_key(const char *name)
{
	return find_own_key(name);
}

static const struct ktb_section *find_global(const struct ktb_jobfile *file)
{
	size_t i;

	for (i = 0; i < file->nr_sections; i++)
		if (!strcmp(file->sections[i].name, GLOBAL))
			return &file->sections[i];
	return NULL;
}

static int unknown_workload(const struct ktb_catalog *catalog,
			    const struct ktb_setting *setting,
			    struct ktb_error *err)
{
	struct ktb_nearest nearest;
	size_t i;

	/* It may be the module's: that there is none is to be mended first. */
	if (catalog->absent) {
		*err = *catalog->absent;
		return err->code;
	}
	ktb_nearest_begin(&nearest, setting->text);
	for (i = 0; i < catalog->nr_workloads; i++)
		ktb_nearest_offer(&nearest, catalog->workloads[i].name);
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"%s: there is no workload '%s'%s; `ktbench list` shows all",
		setting->where, setting->text, ktb_nearest_hint(&nearest));
}

static int find_workload(struct ktb_job *job, const struct ktb_catalog *catalog,
			 const struct ktb_section *global,
			 const struct ktb_section *section,
			 struct ktb_error *err)
{
	const struct ktb_setting *setting;

	setting = ktb_jobfile_find(section, "workload");
	if (!setting && global)
		setting = ktb_jobfile_find(global, "workload");
	if (!setting)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: job [%s] names no workload; add `workload = NAME` (`ktbench list` shows all)",
			section->where, section->name);
	job->workload = ktb_catalog_workload(catalog, setting->text);
	return job->workload ? 0 : unknown_workload(catalog, setting, err);
}

static int unknown_key(const struct ktb_job *job,
		       const struct ktb_setting *setting, struct ktb_error *err)
{
	struct ktb_nearest nearest;
	size_t i;

	ktb_nearest_begin(&nearest, setting->key);
	for (i = 0; i < NR_OWN_KEYS; i++)
		ktb_nearest_offer(&nearest, own_keys[i].name);
	for (i = 0; i < job->workload->nr_params; i++)
		ktb_nearest_offer(&nearest, job->workload->params[i].name);
	return ktb_message_set(
		err, KTB_EXIT_USAGE,
		"%s: [%s]: workload %s has no parameter '%s'%s; `ktbench list %s` shows all",
		setting->where, job->name, job->workload->name, setting->key,
		ktb_nearest_hint(&nearest), job->workload->name);
}

static int take_param(struct ktb_job *job, const struct ktb_param *param,
		      const struct ktb_setting *setting, struct ktb_error *err)
{
	struct ktb_job_param *entry;

	job->params = ktb_alloc_more(job->params, job->nr_params,
				     sizeof(*job->params));
	entry = &job->params[job->nr_params++];
	entry->index = (size_t)(param - job->workload->params);
	return ktb_values_parse(&entry->values, param, setting->text, err);
}

static int take_setting(struct ktb_job *job, const struct ktb_setting *setting,
			bool is_global, struct ktb_error *err)
{
	const struct own_key *own = find_own_key(setting->key);
	const struct ktb_param *param;
	int ret;

	param = ktb_catalog_param(job->workload, setting->key);
	if (own)
		ret = own->take(job, setting, err);
	else if (param)
		ret = take_param(job, param, setting, err);
	else
		return is_global ? 0 : unknown_key(job, setting, err);
	if (ret)
		ktb_message_prefix(err, "%s: [%s] %s", setting->where,
				   is_global ? GLOBAL : job->name,
				   setting->key);
	return ret;
}

static int make_job(struct ktb_job *job, const struct ktb_catalog *catalog,
		    const struct ktb_section *global,
		    const struct ktb_section *section, struct ktb_error *err)
{
	size_t i;
	int ret;

	*job = (struct ktb_job){
		.name = section->name,
		.where = section->where,
		.cpus = { .key = "cpus", .text = "one-per-core" },
		.arm_on = { .key = "arm_on", .text = "same" },
		.disturb_cpus = { .key = "disturb_cpus", .text = "none" },
		.repetitions = 1,
		.with = { .key = "with", .text = "" },
		.gate = { .key = "gate" },
		.section = section,
	};
	job->cpus.where = job->where;
	job->arm_on.where = job->where;
	job->disturb_cpus.where = job->where;
	job->with.where = job->where;
	job->gate.where = job->where;
	ret = find_workload(job, catalog, global, section, err);
	for (i = 0; !ret && global && i < global->nr_settings; i++)
		if (!ktb_jobfile_find(section, global->settings[i].key))
			ret = take_setting(job, &global->settings[i], true,
					   err);
	for (i = 0; !ret && i < section->nr_settings; i++)
		ret = take_setting(job, &section->settings[i], false, err);
	return ret;
}

/* A setting of [global] that no job takes would be dropped in silence. */
static int check_global(const struct ktb_section *global,
			const struct ktb_job *jobs, size_t nr_jobs,
			struct ktb_error *err)
{
	const struct ktb_setting *setting;
	struct ktb_nearest nearest;
	bool is_taken;
	size_t i, j, k;

	for (i = 0; i < global->nr_settings; i++) {
		setting = &global->settings[i];
		is_taken = find_own_key(setting->key);
		ktb_nearest_begin(&nearest, setting->key);
		for (j = 0; j < nr_jobs; j++) {
			if (ktb_catalog_param(jobs[j].workload, setting->key))
				is_taken = true;
			for (k = 0; k < jobs[j].workload->nr_params; k++)
				ktb_nearest_offer(
					&nearest,
					jobs[j].workload->params[k].name);
		}
		for (j = 0; j < NR_OWN_KEYS; j++)
			ktb_nearest_offer(&nearest, own_keys[j].name);
		if (!is_taken)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"%s: [global]: no job of this file has a workload with a parameter '%s'%s",
				setting->where, setting->key,
				ktb_nearest_hint(&nearest));
	}
	return 0;
}

static int check_name(const struct ktb_jobs *jobs,
		      const struct ktb_section *section, struct ktb_error *err)
{
	size_t i;

	for (i = 0; i < jobs->nr_jobs; i++)
		if (!strcmp(jobs->jobs[i].name, section->name))
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"%s: a job [%s] is already at %s; the jobs of a run need names of their own",
				section->where, section->name,
				jobs->jobs[i].where);
	return 0;
}

static int check_file(struct ktb_jobs *jobs, const struct ktb_jobfile *file,
		      const struct ktb_catalog *catalog, struct ktb_error *err)
{
	const struct ktb_section *global = find_global(file);
	const size_t first = jobs->nr_jobs;
	const struct ktb_section *section;
	size_t i;
	int ret;

	for (i = 0; i < file->nr_sections; i++) {
		section = &file->sections[i];
		if (section == global)
			continue;
		ret = check_name(jobs, section, err);
		if (ret)
			return ret;
		jobs->jobs = ktb_alloc_more(jobs->jobs, jobs->nr_jobs,
					    sizeof(*jobs->jobs));
		ret = make_job(&jobs->jobs[jobs->nr_jobs++], catalog, global,
			       section, err);
		if (ret)
			return ret;
	}
	if (jobs->nr_jobs == first)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: there is no job in it; add a section [NAME] with `workload = ...`",
			file->path);
	return global ? check_global(global, jobs->jobs + first,
				     jobs->nr_jobs - first, err) :
			0;
}

int ktb_job_check(struct ktb_jobs *jobs, const struct ktb_catalog *catalog,
		  struct ktb_error *err)
{
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < jobs->nr_files; i++)
		ret = check_file(jobs, &jobs->files[i], catalog, err);
	if (!ret)
		ret = ktb_loads_resolve(jobs, err);
	return ret ? ret : ktb_gate_resolve(jobs, err);
}

int ktb_job_read(struct ktb_jobs *jobs, const struct ktb_catalog *catalog,
		 char *const *paths, char *const *texts, size_t nr_paths,
		 char *const *sets, size_t nr_sets, struct ktb_error *err)
{
	struct ktb_jobfile *file;
	int ret = 0;

	*jobs = (struct ktb_jobs){
		.files = ktb_alloc_zeroed(nr_paths, sizeof(*jobs->files)),
	};
	while (!ret && jobs->nr_files < nr_paths) {
		file = &jobs->files[jobs->nr_files];
		ret = texts ? ktb_jobfile_parse(file, paths[jobs->nr_files],
						texts[jobs->nr_files], err) :
			      ktb_jobfile_read(file, paths[jobs->nr_files],
					       err);
		jobs->nr_files++;
	}
	if (!ret)
		ret = ktb_override_apply(jobs->files, jobs->nr_files, catalog,
					 sets, nr_sets, err);
	return ret ? ret : ktb_job_check(jobs, catalog, err);
}

void ktb_job_free(struct ktb_jobs *jobs)
{
	size_t i, j;

	for (i = 0; i < jobs->nr_jobs; i++) {
		for (j = 0; j < jobs->jobs[i].nr_params; j++)
			free(jobs->jobs[i].params[j].values.value);
		free(jobs->jobs[i].params);
		free(jobs->jobs[i].loads);
		free(jobs->jobs[i].gates);
	}
	free(jobs->jobs);
	for (i = 0; i < jobs->nr_files; i++)
		ktb_jobfile_free(&jobs->files[i]);
	free(jobs->files);
	memset(jobs, 0, sizeof(*jobs));
}
