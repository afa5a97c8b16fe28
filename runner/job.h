/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Jobs: job files checked against the catalogue. A job is a workload, values
 * for its parameters, and where to run. It knows neither the machine nor the
 * device: placement.c and plan.c take it from here.
 */
#ifndef KTB_JOB_H
#define KTB_JOB_H

#include "catalog.h"
#include "jobfile.h"
#include "values.h"

#define KTB_JOB_MAX_REPETITIONS 1000

/**
 * struct ktb_job_param - values of one parameter that a job sets
 * @index: of the parameter, in its workload
 * @values: one, or several to sweep
 */
struct ktb_job_param {
	size_t index;
	struct ktb_values values;
};

/**
 * struct ktb_gate - one quantile of one metric that a comparison judges
 * @metric: a distribution of the job's workload
 * @quantile: its name, such as "p99"
 * @delta_ppm: changes up to this are none, in millionths; 0: it follows the
 *	noise that was measured
 */
struct ktb_gate {
	const struct ktb_metric *metric;
	const char *quantile;
	int64_t delta_ppm;
};

/**
 * struct ktb_job - a job
 * @name: its section
 * @where: "FILE:LINE" of its section
 * @workload: what runs
 * @cpus: where to measure, see placement.h
 * @arm_on: where to arm: a word, or several to sweep
 * @disturb_cpus: which CPUs to disturb on purpose
 * @repetitions: of each cell
 * @with: names of jobs that run beside it, as load
 * @is_optional: what the machine or the kernel cannot do of it is left out
 * @is_load: it runs beside others only
 * @loads: indices of the jobs that @with names
 * @nr_loads: entries of @loads
 * @gate: what is judged of it; its text is NULL if the job says nothing
 * @gates: what @gate means, in its order; none of a load
 * @nr_gates: entries of @gates
 * @section: of the job file
 * @params: those that the job sets, [global] first, in the files' order
 * @nr_params: entries of @params
 */
struct ktb_job {
	char *name;
	char *where;
	const struct ktb_workload *workload;
	struct ktb_setting cpus;
	struct ktb_setting arm_on;
	struct ktb_setting disturb_cpus;
	int64_t repetitions;
	struct ktb_setting with;
	bool is_optional;
	bool is_load;
	size_t *loads;
	size_t nr_loads;
	struct ktb_setting gate;
	struct ktb_gate *gates;
	size_t nr_gates;
	const struct ktb_section *section;
	struct ktb_job_param *params;
	size_t nr_params;
};

/**
 * struct ktb_jobs - all jobs of a run
 * @files: the job files
 * @nr_files: entries of @files
 * @jobs: in the files' order
 * @nr_jobs: entries of @jobs
 */
struct ktb_jobs {
	struct ktb_jobfile *files;
	size_t nr_files;
	struct ktb_job *jobs;
	size_t nr_jobs;
};

/**
 * ktb_job_read() - read job files and check them
 * @jobs: to be filled in; ktb_job_free() frees it, after a failure too
 * @catalog: must outlive the jobs
 * @paths: job files
 * @texts: what they say; NULL: they are read
 * @nr_paths: entries of @paths
 * @sets: `JOB.KEY=VALUE`, or `*.KEY=VALUE` for every job that has the key
 * @nr_sets: entries of @sets
 * @err: says file, line, key, value, what is right
 *
 * Return: 0, KTB_EXIT_USAGE, or why the module's workloads are not known if one
 * that is not known may be among them.
 */
int ktb_job_read(struct ktb_jobs *jobs, const struct ktb_catalog *catalog,
		 char *const *paths, char *const *texts, size_t nr_paths,
		 char *const *sets, size_t nr_sets, struct ktb_error *err);

/**
 * ktb_job_check() - make jobs of job files that have been read
 * @jobs: its files are read, its jobs are filled in
 * @catalog: must outlive the jobs
 * @err: says file, line, key, value, what is right
 *
 * Return: 0, or KTB_EXIT_USAGE.
 */
int ktb_job_check(struct ktb_jobs *jobs, const struct ktb_catalog *catalog,
		  struct ktb_error *err);

/** ktb_job_is_own_key() - whether every job has a key, whatever its workload */
bool ktb_job_is_own_key(const char *name);

/** ktb_job_free() - free what jobs hold; not the struct itself */
void ktb_job_free(struct ktb_jobs *jobs);

#endif /* KTB_JOB_H */
