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
#include "boots.h"
#include "campaign.h"
#include "cmd_run.h"
#include "seed.h"

#define SEED_OF_ITS_OWN (-1)
#define ALIGN_OF_LANE	(-1)

static const struct ktb_option table[] = {
	{ "set", 's', KTB_OPTION_TEXTS, "JOB.KEY=VALUE",
	  offsetof(struct ktb_run_options, sets), 0, 0,
	  "change a key of a job, or of every job that has it (*.KEY=VALUE); may be repeated" },
	{ "dry-run", 'n', KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, dry_run), 0, 0,
	  "print the cells and the time they will take, and measure nothing" },
	{ "results", 'r', KTB_OPTION_DIRECTORY, "DIR",
	  offsetof(struct ktb_run_options, results), 0, 0,
	  "make the result directory there, `results` by default" },
	{ "name", 0, KTB_OPTION_TEXT, "NAME",
	  offsetof(struct ktb_run_options, name), 0, 0,
	  "end of the result directory's name, the first job file's by default" },
	{ "seed", 0, KTB_OPTION_NUMBER, "N",
	  offsetof(struct ktb_run_options, seed), 0, INT64_MAX,
	  "what every cell's randomness comes from, a random number by default" },
	{ "align", 0, KTB_OPTION_NUMBER, "SECONDS",
	  offsetof(struct ktb_run_options, align_s), 0, 3600,
	  "begin each run at a multiple of SECONDS of the clock, 0: at once; 8 in the exact lane, 0 elsewhere" },
	{ "quiet", 'q', KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, quiet), 0, 0, "print no progress" },
	{ "no-checks", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, no_checks), 0, 0,
	  "do not check first what the workloads take for granted; the result says so" },
	{ "module", 'm', KTB_OPTION_FILE, "FILE",
	  offsetof(struct ktb_run_options, module), 0, 0,
	  "load this ktbench.ko for the run and unload it after" },
	{ "device", 0, KTB_OPTION_FILE, "PATH",
	  offsetof(struct ktb_run_options, device), 0, 0,
	  "the device, /dev/ktbench by default" },
	{ "topology", 0, KTB_OPTION_FILE, "FILE",
	  offsetof(struct ktb_run_options, topology), 0, 0,
	  "plan for another machine, hwloc's XML; with --dry-run only" },
	{ "boots", 0, KTB_OPTION_NUMBER, "N",
	  offsetof(struct ktb_run_options, boots), 1, KTB_BOOTS_MAX,
	  "compare two kernels: make a plan of N boots of each, see below" },
	{ "kernels", 0, KTB_OPTION_TEXT, "A,B",
	  offsetof(struct ktb_run_options, kernels), 0, 0,
	  "with --boots: the releases of the two kernels" },
	{ "compare-dir", 0, KTB_OPTION_DIRECTORY, "DIR",
	  offsetof(struct ktb_run_options, compare_dir), 0, 0,
	  "with --boots: where the plan goes, results/DATE-TIME-compare by default" },
	{ "looks", 0, KTB_OPTION_TEXT, "N,N...",
	  offsetof(struct ktb_run_options, looks), 0, 0,
	  "with --boots: end after so many boots of each if the verdict is clear" },
	{ "plan-only", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, plan_only), 0, 0,
	  "with --boots: a plan for other machines, whose kernels are not looked for" },
	{ "continue", 0, KTB_OPTION_DIRECTORY, "DIR",
	  offsetof(struct ktb_run_options, go_on), 0, 0,
	  "measure this boot, if it is the one that the plan in DIR wants next" },
	{ "next", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, next), 0, 0,
	  "with --continue: only list the boots that are left: number, side, seed, kernel" },
	{ "adopt", 0, KTB_OPTION_DIRECTORY, "RESULT",
	  offsetof(struct ktb_run_options, adopt), 0, 0,
	  "with --continue: take in the result of a boot that was measured elsewhere" },
	{ "reboot", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, reboot), 0, 0,
	  "boot the kernel that is next, by grub-reboot" },
	{ "kexec", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, kexec), 0, 0,
	  "boot by kexec, past firmware and boot loader" },
	{ "unit", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, unit), 0, 0,
	  "with --continue: print a systemd unit that goes on after each boot" },
	{ "install-unit", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct ktb_run_options, install_unit), 0, 0,
	  "install and enable that unit; it is removed when the plan is done" },
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
	"With --boots and --kernels it measures nothing yet, but makes a plan to compare two\n"
	"installed kernels, in an order that its seed shuffles, and says which one to boot.\n"
	"`ktbench run --continue DIR` then measures one boot, and says which one is next, or\n"
	"boots it with --reboot; `--install-unit --reboot` does all of it. docs/boots.md.",
	"Ctrl-C ends the run and keeps what was measured. A repetition that lost samples\n"
	"is kept, marked invalid, and makes the exit code 6.",
	NULL,
};

static const struct ktb_run_options defaults = {
	.results = "results",
	.seed = SEED_OF_ITS_OWN,
	.align_s = ALIGN_OF_LANE,
};

/**
 * struct running - what a run has taken, to be given back
 * @call: the command line
 * @options: its options
 * @files: the job files
 * @result_path: where the result's path goes; NULL: it is printed
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
	const struct ktb_run_options *options;
	const struct ktb_run_files *files;
	char **result_path;
	struct ktb_error err;
	struct ktb_lane lane;
	bool is_loaded;
	struct ktb_source source;
	struct ktb_jobs jobs;
	struct ktb_topology topology;
	struct ktb_plan plan;
};

uint64_t ktb_run_choose_seed(const struct ktb_run_options *options)
{
	/* Without randomness the seed is 1, and the result says so. */
	return options->seed == SEED_OF_ITS_OWN ? ktb_seed_choose() :
						  (uint64_t)options->seed;
}

static int check_options(struct running *running)
{
	const struct ktb_run_options *options = running->options;
	const char *at;
	int ret;

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
	ret = ktb_lane_find(&running->lane, &running->err);
	if (options->align_s != ALIGN_OF_LANE)
		running->lane.align_s = options->align_s;
	return ret;
}

/* All that can be checked without the device. */
static int make_plan(struct running *running)
{
	const struct ktb_run_options *options = running->options;
	const struct ktb_run_files *files = running->files;
	struct ktb_error *err = &running->err;
	int ret;

	ret = ktb_source_open(&running->source,
			      ktb_device_path(options->device), err);
	if (!ret)
		ret = ktb_job_read(&running->jobs, &running->source.catalog,
				   files->paths, files->texts, files->nr,
				   options->sets.text, options->sets.nr, err);
	if (!ret)
		ret = ktb_topology_load(&running->topology, options->topology,
					err);
	if (!ret)
		ret = ktb_plan_make(&running->plan, &running->jobs,
				    &running->topology,
				    ktb_run_choose_seed(options), err);
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
	const char *path = running->files->paths[0];
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
	if (campaign.result.name && running->result_path)
		*running->result_path =
			ktb_alloc_text("%s", campaign.result.path);
	else if (campaign.result.name)
		printf("result: %s\n", campaign.result.path);
	ktb_result_close(&campaign.result);
	free(name);
	return ret;
}

static int run_all(struct running *running)
{
	const struct ktb_run_options *options = running->options;
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

int ktb_run_once(const struct ktb_call *call,
		 const struct ktb_run_options *options,
		 const struct ktb_run_files *files, char **result)
{
	struct running *running = ktb_alloc_zeroed(1, sizeof(*running));
	struct ktb_error err;
	int ret;

	if (result)
		*result = NULL;
	running->call = call;
	running->options = options;
	running->files = files;
	running->result_path = result;
	ret = run_all(running);
	ktb_source_close(&running->source);
	if (running->is_loaded && ktb_access_unload(&err)) {
		ktb_message_print(&err);
		ret = ret ? ret : err.code;
	}
	ktb_plan_free(&running->plan);
	ktb_topology_free(&running->topology);
	ktb_job_free(&running->jobs);
	free(running);
	return ret;
}

static int run(const struct ktb_call *call)
{
	const struct ktb_run_options *options = call->options;
	const struct ktb_run_files files = { .paths = call->args,
					     .nr = call->nr_args };
	int ret;

	if (ktb_run_is_boots(options)) {
		ret = ktb_run_boots(call);
	} else if (call->nr_args) {
		ret = ktb_run_once(call, options, &files, NULL);
	} else {
		ktb_message_note(
			"something is missing: usage: ktbench run [OPTION]... JOBFILE..., or ktbench run --continue DIR");
		ret = KTB_EXIT_USAGE;
	}
	free(options->sets.text);
	return ret;
}

const struct ktb_verb ktb_verb_run = {
	.name = "run",
	.summary = "Measure what job files say",
	.args = "JOBFILE...",
	.min_args = 0,
	.max_args = SIZE_MAX,
	.table = table,
	.options_size = sizeof(struct ktb_run_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
