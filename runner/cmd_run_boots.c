// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench run --boots`: the plan of a comparison of two kernels. It measures
 * nothing; cmd_run_continue.c does.
 */
#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "alloc.h"
#include "boots_file.h"
#include "cmd_run.h"
#include "environment.h"
#include "job.h"
#include "reboot.h"
#include "source.h"
#include "text.h"

bool ktb_run_is_boots(const struct ktb_run_options *options)
{
	return options->boots || options->kernels || options->compare_dir ||
	       options->looks || options->plan_only || options->go_on ||
	       options->next || options->adopt || options->reboot ||
	       options->kexec || options->unit || options->install_unit;
}

/* What goes with a new plan, what with one that is there. */
static int check_options(const struct ktb_call *call, struct ktb_error *err)
{
	const struct ktb_run_options *o = call->options;
	const struct {
		const char *name;
		bool is_set;
		bool with_boots;
		bool with_continue;
	} rows[] = {
		{ "boots", o->boots, true, false },
		{ "kernels", o->kernels, true, false },
		{ "compare-dir", o->compare_dir, true, false },
		{ "looks", o->looks, true, false },
		{ "plan-only", o->plan_only, true, false },
		{ "set", o->sets.nr, true, false },
		{ "module", o->module, true, false },
		{ "no-checks", o->no_checks, true, false },
		{ "align", o->align_s >= 0, false, false },
		{ "name", o->name, false, false },
		{ "dry-run", o->dry_run, false, false },
		{ "topology", o->topology, false, false },
		{ "next", o->next, false, true },
		{ "adopt", o->adopt, false, true },
		{ "unit", o->unit, false, true },
		{ "reboot", o->reboot && !o->plan_only, true, true },
		{ "install-unit", o->install_unit && !o->plan_only, true,
		  true },
	};
	const bool is_old = o->go_on;
	size_t i;

	if (!is_old && !o->kernels)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"something is missing: `ktbench run --boots N --kernels A,B JOBFILE...` makes a plan of boots, `ktbench run --continue DIR` goes on with one");
	if (is_old && call->nr_args)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--continue takes no job files: what is measured stands in the plan");
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		if (rows[i].is_set &&
		    !(is_old ? rows[i].with_continue : rows[i].with_boots))
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				is_old ?
					"--%s does not go with --continue: the plan says it, or it says nothing of a boot" :
					"--%s does not go with a new plan of boots",
				rows[i].name);
	if (!is_old && !call->nr_args)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"something is missing: say what to measure: ktbench run --boots N --kernels A,B JOBFILE...");
	if (o->plan_only && (o->reboot || o->install_unit))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--plan-only is for machines elsewhere: this one is not booted");
	return 0;
}

static int read_kernels(struct ktb_boots *plan,
			const struct ktb_run_options *options,
			struct ktb_error *err)
{
	const char *comma = strchr(options->kernels, ',');
	size_t i;
	int ret = ktb_text_refuse(options->kernels, "--kernels", err);

	if (ret)
		return ret;
	if (!comma || strchr(comma + 1, ',') || comma == options->kernels ||
	    !comma[1])
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--kernels '%s': give two kernels, parted by a comma; the same one twice shows the noise",
			options->kernels);
	plan->kernels[0] = ktb_alloc_text(
		"%.*s", (int)(comma - options->kernels), options->kernels);
	plan->kernels[1] = ktb_alloc_text("%s", comma + 1);
	for (i = 0; !ret && !options->plan_only && i < KTB_BOOTS_NR_SIDES; i++)
		ret = ktb_reboot_check_kernel(plan->kernels[i], err);
	return ret;
}

char *ktb_run_module_of(const char *module, const char *kernel)
{
	const char *at = strstr(module, "%r");

	return at ? ktb_alloc_text("%.*s%s%s", (int)(at - module), module,
				   kernel, at + strlen("%r")) :
		    ktb_alloc_text("%s", module);
}

/* Each kernel needs a module of its own, built for it. */
static int read_module(struct ktb_boots *plan,
		       const struct ktb_run_options *options,
		       struct ktb_error *err)
{
	char *cwd, *path;
	size_t i;
	int ret = 0;

	if (!options->module)
		return 0;
	if (ktb_text_refuse(options->module, "--module", err))
		return err->code;
	cwd = getcwd(NULL, 0);
	plan->module = *options->module == '/' || !cwd ?
			       ktb_alloc_text("%s", options->module) :
			       ktb_alloc_text("%s/%s", cwd, options->module);
	free(cwd);
	for (i = 0; !ret && !options->plan_only && i < KTB_BOOTS_NR_SIDES;
	     i++) {
		path = ktb_run_module_of(plan->module, plan->kernels[i]);
		if (access(path, R_OK))
			ret = ktb_message_set(
				err, KTB_EXIT_USAGE,
				"cannot read the module %s of kernel %s: %s; %%r in --module is the kernel's release, and `vm/module --headers /lib/modules/%s/build` builds one",
				path, plan->kernels[i], strerror(errno),
				plan->kernels[i]);
		free(path);
	}
	return ret;
}

/* What is wrong in a job file is told now, and not after the first boot. */
static int read_jobs(struct ktb_boots *plan, const struct ktb_call *call,
		     struct ktb_error *err)
{
	const struct ktb_run_options *options = call->options;
	struct ktb_source *source = ktb_alloc_zeroed(1, sizeof(*source));
	struct ktb_jobs jobs = { 0 };
	size_t i;
	int ret;

	ret = ktb_source_open(source, ktb_device_path(options->device), err);
	if (!ret)
		ret = ktb_job_read(&jobs, &source->catalog, call->args, NULL,
				   call->nr_args, options->sets.text,
				   options->sets.nr, err);
	for (i = 0; !ret && i < jobs.nr_files; i++) {
		plan->jobs = ktb_alloc_more(plan->jobs, plan->nr_jobs,
					    sizeof(*plan->jobs));
		plan->jobs[i].path = ktb_alloc_text("%s", jobs.files[i].path);
		plan->jobs[i].text = ktb_alloc_text("%s", jobs.files[i].text);
		plan->nr_jobs++;
	}
	for (i = 0; !ret && i < options->sets.nr; i++) {
		plan->sets = ktb_alloc_more(plan->sets, plan->nr_sets,
					    sizeof(*plan->sets));
		plan->sets[plan->nr_sets++] =
			ktb_alloc_text("%s", options->sets.text[i]);
	}
	ktb_job_free(&jobs);
	ktb_source_close(source);
	free(source);
	return ret;
}

static int make(struct ktb_boots *plan, const struct ktb_call *call,
		struct ktb_error *err)
{
	const struct ktb_run_options *options = call->options;
	char utc[32];
	int ret = 0;

	plan->created = ktb_alloc_text("%s", ktb_environment_utc(utc));
	plan->seed = ktb_run_choose_seed(options);
	plan->no_checks = options->no_checks;
	plan->boots = (size_t)options->boots;
	if (options->looks)
		ret = ktb_boots_looks(plan, options->looks, err);
	else if (!plan->boots)
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--kernels needs --boots N or --looks N,N: how many boots of each?");
	if (!ret)
		ret = read_kernels(plan, options, err);
	if (!ret)
		ret = read_module(plan, options, err);
	if (!ret)
		ret = read_jobs(plan, call, err);
	if (!ret)
		ktb_boots_order(plan);
	return ret;
}

static char *choose_dir(const struct ktb_run_options *options)
{
	time_t now = time(NULL);
	char stamp[32];
	struct tm tm;

	if (options->compare_dir)
		return ktb_alloc_text("%s", options->compare_dir);
	gmtime_r(&now, &tm);
	strftime(stamp, sizeof(stamp), "%Y%m%d-%H%M%S", &tm);
	return ktb_alloc_text("%s/%s-compare", options->results, stamp);
}

static int make_plan(const struct ktb_call *call)
{
	const struct ktb_run_options *options = call->options;
	char *dir = choose_dir(options);
	struct ktb_boots plan = { 0 };
	struct ktb_error err;
	int ret;

	ret = make(&plan, call, &err);
	if (!ret && strchr(dir, '\n'))
		ret = ktb_message_set(&err, KTB_EXIT_USAGE,
				      "--compare-dir has a line break in it");
	if (!ret)
		ret = ktb_boots_file_write(dir, &plan, &err);
	if (ret) {
		ktb_message_print(&err);
	} else {
		if (!options->quiet)
			printf("plan: %zu boots, %zu a side, A = %s, B = %s, seed %llu\n",
			       ktb_boots_total(&plan), plan.boots,
			       plan.kernels[0], plan.kernels[1],
			       (unsigned long long)plan.seed);
		if (!options->plan_only)
			ret = ktb_run_continue(call, dir, true);
		printf("comparison: %s\n", dir);
	}
	ktb_boots_free(&plan);
	free(dir);
	return ret;
}

int ktb_run_boots(const struct ktb_call *call)
{
	const struct ktb_run_options *options = call->options;
	struct ktb_error err;

	if (check_options(call, &err))
		return ktb_message_print(&err);
	return options->go_on ? ktb_run_continue(call, options->go_on, false) :
				make_plan(call);
}
