// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench run`: job files to a result directory. Everything is checked before
 * the first cell is measured, and everything changed is put back. It may not
 * know ioctls or what is in a result.
 */
#include <ctype.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "access.h"
#include "alloc.h"
#include "campaign.h"
#include "seed.h"
#include "verbs.h"

#define SEED_OF_ITS_OWN (-1)

/**
 * struct run_options - options of `run`
 * @sets: overrides, JOB.KEY=VALUE
 * @dry_run: print the plan only
 * @results: where result directories are made
 * @name: ends the result directory's name; NULL: the first job file's
 * @seed: every cell's randomness comes from it
 * @quiet: print no progress
 * @no_checks: do not check the contracts that the workloads stand on
 * @device: path of the device; NULL: the usual one
 * @module: module to load and unload
 * @topology: XML of another machine, for @dry_run
 */
struct run_options {
	struct ktb_texts sets;
	bool dry_run;
	const char *results;
	const char *name;
	int64_t seed;
	bool quiet;
	bool no_checks;
	const char *device;
	const char *module;
	const char *topology;
};

static const struct ktb_option table[] = {
	{ "set", 's', KTB_OPTION_TEXTS, "JOB.KEY=VALUE",
	  offsetof(struct run_options, sets), 0, 0,
	  "change a key of a job, or of every job that has it (*.KEY=VALUE); may be repeated" },
	{ "dry-run", 'n', KTB_OPTION_FLAG, NULL,
	  offsetof(struct run_options, dry_run), 0, 0,
	  "print the cells and the time they will take, and measure nothing" },
	{ "results", 'r', KTB_OPTION_DIRECTORY, "DIR",
	  offsetof(struct run_options, results), 0, 0,
	  "make the result directory there, `results` by default" },
	{ "name", 0, KTB_OPTION_TEXT, "NAME",
	  offsetof(struct run_options, name), 0, 0,
	  "end of the result directory's name, the first job file's by default" },
	{ "seed", 0, KTB_OPTION_NUMBER, "N", offsetof(struct run_options, seed),
	  0, INT64_MAX,
	  "what every cell's randomness comes from, a random number by default" },
	{ "quiet", 'q', KTB_OPTION_FLAG, NULL,
	  offsetof(struct run_options, quiet), 0, 0, "print no progress" },
	{ "no-checks", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct run_options, no_checks), 0, 0,
	  "do not check first what the workloads take for granted; the result says so" },
	{ "module", 'm', KTB_OPTION_FILE, "FILE",
	  offsetof(struct run_options, module), 0, 0,
	  "load this ktbench.ko for the run and unload it after" },
	{ "device", 0, KTB_OPTION_FILE, "PATH",
	  offsetof(struct run_options, device), 0, 0,
	  "the device, /dev/ktbench by default" },
	{ "topology", 0, KTB_OPTION_FILE, "FILE",
	  offsetof(struct run_options, topology), 0, 0,
	  "plan for another machine, hwloc's XML; with --dry-run only" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Measures what the job files say and keeps it in a new directory\n"
	"DIR/DATE-TIME-NAME; its path is the last line on stdout. Job files are described\n"
	"in docs/job-files.md.",
	"Jobs of user space alone need neither the module nor root.",
	"First it checks the contracts of the kernel that the workloads stand on, as\n"
	"`ktbench check` does. A job whose contract does not hold is not measured, and the\n"
	"exit code is 1.",
	"Ctrl-C ends the run and keeps what was measured. A repetition that lost samples\n"
	"is kept, marked invalid, and makes the exit code 6.",
	NULL,
};

static const struct run_options defaults = {
	.results = "results",
	.seed = SEED_OF_ITS_OWN,
};

/**
 * struct running - what a run has taken, to be given back
 * @call: the command line
 * @options: its options
 * @err: the first error
 * @lane: where the numbers come from
 * @is_loaded: the module was loaded for this run
 * @source: device and catalogue
 * @jobs: the jobs
 * @topology: the machine
 * @plan: what runs
 */
struct running {
	const struct ktb_call *call;
	const struct run_options *options;
	struct ktb_error err;
	struct ktb_lane lane;
	bool is_loaded;
	struct ktb_source source;
	struct ktb_jobs jobs;
	struct ktb_topology topology;
	struct ktb_plan plan;
};

static uint64_t choose_seed(const struct run_options *options)
{
	/* Without randomness the seed is 1, and the result says so. */
	return options->seed == SEED_OF_ITS_OWN ? ktb_seed_choose() :
						  (uint64_t)options->seed;
}

static int check_options(struct running *running)
{
	const struct run_options *options = running->options;
	const char *at;

	if (options->topology && !options->dry_run)
		return ktb_message_set(
			&running->err, KTB_EXIT_USAGE,
			"--topology plans for another machine and needs --dry-run");
	for (at = options->name; at && *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("._-", *at))
			return ktb_message_set(
				&running->err, KTB_EXIT_USAGE,
				"--name '%s' is not a name: use letters, digits, dots, dashes and underscores",
				options->name);
	if (options->name && !*options->name)
		return ktb_message_set(&running->err, KTB_EXIT_USAGE,
				       "--name is empty");
	return ktb_lane_find(&running->lane, &running->err);
}

/* All that can be checked without the device. */
static int make_plan(struct running *running)
{
	const struct run_options *options = running->options;
	const struct ktb_call *call = running->call;
	struct ktb_error *err = &running->err;
	int ret;

	ret = ktb_source_open(&running->source,
			      ktb_device_path(options->device), err);
	if (!ret)
		ret = ktb_job_read(&running->jobs, &running->source.catalog,
				   call->args, call->nr_args,
				   options->sets.text, options->sets.nr, err);
	if (!ret)
		ret = ktb_topology_load(&running->topology, options->topology,
					err);
	if (!ret)
		ret = ktb_plan_make(&running->plan, &running->jobs,
				    &running->topology, choose_seed(options),
				    err);
	return ret;
}

static int dry_run(struct running *running)
{
	if (ktb_plan_needs_module(&running->plan))
		ktb_source_remark(&running->source);
	ktb_plan_print(&running->plan, stdout);
	return 0;
}

/* The name of the first job file, as a name of a directory. */
static char *result_name(const struct running *running)
{
	const char *path = running->call->args[0];
	const char *slash = strrchr(path, '/');
	char *name, *at;

	if (running->options->name)
		return ktb_alloc_text("%s", running->options->name);
	name = ktb_alloc_text("%s", slash ? slash + 1 : path);
	if (strrchr(name, '.') && strrchr(name, '.') != name)
		*strrchr(name, '.') = '\0';
	for (at = name; *at; at++)
		if (!isalnum((unsigned char)*at) && !strchr("._-", *at))
			*at = '-';
	return name;
}

static int campaign(struct running *running)
{
	char *name = result_name(running);
	struct ktb_campaign campaign = {
		.plan = &running->plan,
		.source = &running->source,
		.topology = &running->topology,
		.lane = &running->lane,
		.directory = running->options->results,
		.name = name,
		.is_quiet = running->options->quiet,
		.is_unchecked = running->options->no_checks,
		.argc = running->call->argc,
		.argv = running->call->argv,
	};
	int ret = ktb_campaign_run(&campaign, &running->err);

	if (running->err.code)
		ktb_message_print(&running->err);
	if (campaign.result.name)
		printf("result: %s\n", campaign.result.path);
	ktb_result_close(&campaign.result);
	free(name);
	return ret;
}

static int run_all(struct running *running)
{
	const struct run_options *options = running->options;
	int ret;

	ret = check_options(running);
	if (!ret && options->module && !options->dry_run) {
		ret = ktb_access_load(options->module, &running->err);
		running->is_loaded = !ret;
	}
	if (!ret)
		ret = make_plan(running);
	if (!ret && !options->dry_run && !running->source.device &&
	    ktb_plan_needs_module(&running->plan)) {
		running->err = running->source.no_device;
		ret = running->err.code;
	}
	if (ret)
		return ktb_message_print(&running->err);
	return options->dry_run ? dry_run(running) : campaign(running);
}

static int run(const struct ktb_call *call)
{
	struct running *running = ktb_alloc_zeroed(1, sizeof(*running));
	struct ktb_error err;
	int ret;

	running->call = call;
	running->options = call->options;
	ret = run_all(running);
	ktb_source_close(&running->source);
	if (running->is_loaded && ktb_access_unload(&err)) {
		ktb_message_print(&err);
		ret = ret ? ret : err.code;
	}
	ktb_plan_free(&running->plan);
	ktb_topology_free(&running->topology);
	ktb_job_free(&running->jobs);
	free(running->options->sets.text);
	free(running);
	return ret;
}

const struct ktb_verb ktb_verb_run = {
	.name = "run",
	.summary = "Measure what job files say",
	.args = "JOBFILE...",
	.min_args = 1,
	.max_args = SIZE_MAX,
	.table = table,
	.options_size = sizeof(struct run_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
