// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench run --continue`: one boot of a plan is measured, and the next one
 * brought about or told. It may not know what is measured, nor how a machine
 * gets to another kernel.
 */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "alloc.h"
#include "boots_dir.h"
#include "boots_result.h"
#include "boots_unit.h"
#include "boots_verdict.h"
#include "cmd_run.h"
#include "reboot.h"
#include "sysfs.h"

/**
 * struct going - a plan that is gone on with
 * @call: the command line
 * @options: its options
 * @dir: the comparison's directory
 * @next: the boot that comes next; 0: the plan is done
 * @look: it is done since the verdict was clear then; 0: all boots are measured
 * @release: of the running kernel
 * @boot_id: of this boot of the machine
 * @err: the first error
 */
struct going {
	const struct ktb_call *call;
	const struct ktb_run_options *options;
	struct ktb_boots_dir dir;
	size_t next;
	size_t look;
	char release[KTB_SYSFS_LEN];
	char boot_id[KTB_SYSFS_LEN];
	struct ktb_error err;
};

static const char *kernel_of(const struct going *going, size_t boot)
{
	const struct ktb_boots *plan = &going->dir.plan;

	return plan->kernels[ktb_boots_side(plan, boot)];
}

static const char *side_of(const struct going *going, size_t boot)
{
	return ktb_boots_side_names[ktb_boots_side(&going->dir.plan, boot)];
}

/* What is next, by what is done and what the verdict is so far. */
static int find_next(struct going *going)
{
	const struct ktb_boots *plan = &going->dir.plan;
	bool is_clear;
	int ret;

	going->next = ktb_boots_next(plan, going->dir.is_done);
	going->look = ktb_boots_look(plan, going->dir.is_done);
	if (!going->look)
		return 0;
	ret = ktb_boots_verdict(plan, going->dir.path, going->look, &is_clear,
				&going->err);
	if (!ret && is_clear)
		going->next = 0;
	if (!ret)
		ktb_message_note("look at %zu boots a side: %s", going->look,
				 is_clear ? "the verdict is clear" :
					    "too noisy to tell, going on");
	return ret;
}

static int end_of_plan(struct going *going)
{
	if (going->look)
		printf("the plan is done: the verdict is clear after %zu of %zu boots a side\n",
		       going->look, going->dir.plan.boots);
	else
		printf("the plan is done: all %zu boots are measured\n",
		       ktb_boots_total(&going->dir.plan));
	printf("what came of it: ktbench compare %s\n", going->dir.path);
	return ktb_boots_unit_remove(going->dir.path, &going->err);
}

/* How to get to the next boot, for a person. */
static void tell_next(struct going *going)
{
	const char *kernel = kernel_of(going, going->next);
	struct ktb_reboot reboot;
	struct ktb_error err;
	char *text;

	printf("next: boot %zu of %zu, side %s, kernel %s\n", going->next,
	       ktb_boots_total(&going->dir.plan), side_of(going, going->next),
	       kernel);
	if (!strcmp(going->release, kernel) &&
	    !ktb_boots_dir_measured(&going->dir, going->boot_id)) {
		printf("it is running; give this command: ktbench run --continue %s\n",
		       going->dir.path);
		return;
	}
	if (ktb_reboot_find(&reboot, kernel, going->options->kexec, &err)) {
		printf("%s; then give this command: ktbench run --continue %s\n",
		       err.text, going->dir.path);
	} else {
		text = ktb_reboot_text(&reboot);
		printf("to boot it: %s; then give this command: ktbench run --continue %s\n",
		       text, going->dir.path);
		free(text);
	}
	ktb_reboot_free(&reboot);
}

static int reboot_to_next(struct going *going)
{
	const char *kernel = kernel_of(going, going->next);
	struct ktb_reboot reboot;
	char *text;
	int ret;

	ret = ktb_reboot_find(&reboot, kernel, going->options->kexec,
			      &going->err);
	if (!ret) {
		text = ktb_reboot_text(&reboot);
		printf("next: boot %zu of %zu, side %s, kernel %s: rebooting now: %s (%s)\n",
		       going->next, ktb_boots_total(&going->dir.plan),
		       side_of(going, going->next), kernel, text,
		       reboot.changes);
		free(text);
		fflush(stdout);
		sync();
		ret = ktb_reboot_go(&reboot, &going->err);
	}
	ktb_reboot_free(&reboot);
	return ret;
}

/* After a boot was measured, or could not be. */
static int on_to_next(struct going *going)
{
	int ret = find_next(going);

	if (ret)
		return ret;
	if (!going->next)
		return end_of_plan(going);
	if (going->options->reboot)
		return reboot_to_next(going);
	tell_next(going);
	return 0;
}

/* Is this boot of the machine the one that is next? */
static int check_boot(struct going *going)
{
	const char *kernel = kernel_of(going, going->next);
	const size_t measured =
		ktb_boots_dir_measured(&going->dir, going->boot_id);

	if (!*going->boot_id)
		return ktb_message_set(
			&going->err, KTB_EXIT_SKIPPED,
			"this kernel tells no boot_id, so boots cannot be told apart: mount /proc");
	if (measured) {
		tell_next(going);
		return ktb_message_set(
			&going->err, KTB_EXIT_SKIPPED,
			"this boot was measured already, as boot %zu; boot %zu needs one of its own: nothing is measured",
			measured, going->next);
	}
	if (!strcmp(going->release, kernel))
		return 0;
	tell_next(going);
	return ktb_message_set(
		&going->err, KTB_EXIT_SKIPPED,
		"boot %zu is one of kernel %s, and %s is running: nothing is measured",
		going->next, kernel, going->release);
}

/* A boot that takes the machine down each time is not tried for ever. */
static int check_torn(struct going *going)
{
	const size_t torn = ktb_boots_dir_torn(&going->dir, going->next);

	if (!going->options->reboot || torn < KTB_BOOTS_MAX_TORN)
		return 0;
	return ktb_message_set(
		&going->err, KTB_EXIT_DEVICE,
		"boot %zu was begun %zu times and never came to its end: look at %s/torn; without --reboot it is tried again",
		going->next, torn, going->dir.path);
}

/* The result goes to its side, if it is complete. */
static int keep(struct going *going, const char *path)
{
	struct ktb_boots_result result;
	char *kept = NULL;
	int ret;

	ret = ktb_boots_result_read(&result, path, &going->err);
	if (!ret && strcmp(result.state, "complete"))
		ret = ktb_message_set(
			&going->err, KTB_EXIT_DEVICE,
			"boot %zu did not come to its end: `ktbench run --continue %s` does it again, and sets what there is aside",
			going->next, going->dir.path);
	if (!ret)
		ret = ktb_boots_dir_keep(&going->dir, path, &kept, &going->err);
	if (!ret)
		printf("result: %s\n", kept);
	free(kept);
	ktb_boots_result_free(&result);
	return ret;
}

static int measure(struct going *going, const char *running, char **result)
{
	struct ktb_run_options options = *going->options;
	const struct ktb_boots *plan = &going->dir.plan;
	char *name = ktb_boots_name(going->next);
	struct ktb_run_files files = { .nr = plan->nr_jobs };
	char *module = NULL, **paths, **texts;
	size_t i;
	int ret;

	paths = ktb_alloc_zeroed(plan->nr_jobs, sizeof(*paths));
	texts = ktb_alloc_zeroed(plan->nr_jobs, sizeof(*texts));
	for (i = 0; i < plan->nr_jobs; i++) {
		paths[i] = plan->jobs[i].path;
		texts[i] = plan->jobs[i].text;
	}
	files.paths = paths;
	files.texts = texts;
	if (plan->module)
		module = ktb_run_module_of(plan->module, going->release);
	options.module = module;
	options.results = running;
	options.name = name;
	options.seed = ktb_boots_seed(plan, going->next);
	options.no_checks = plan->no_checks;
	options.sets = (struct ktb_texts){ plan->sets, plan->nr_sets };
	ret = ktb_run_once(going->call, &options, &files, result);
	free(module);
	free(texts);
	free(paths);
	free(name);
	return ret;
}

/* One boot. What is not complete stays where the next call sets it aside. */
static int measure_boot(struct going *going)
{
	char *running = ktb_boots_dir_running(&going->dir, &going->err);
	char *result = NULL;
	int ret, kept;

	if (!running)
		return going->err.code;
	ret = check_torn(going);
	if (ret) {
		free(running);
		return ret;
	}
	printf("boot %zu of %zu, side %s, kernel %s\n", going->next,
	       ktb_boots_total(&going->dir.plan), side_of(going, going->next),
	       going->release);
	fflush(stdout);
	ret = measure(going, running, &result);
	free(running);
	if (!result)
		return ret;
	kept = keep(going, result);
	free(result);
	if (kept)
		return ret ? ret : kept;
	/* It is kept: whatever else is wrong with it is told and passed on. */
	kept = on_to_next(going);
	return kept ? kept : ret;
}

static int list(struct going *going)
{
	const struct ktb_boots *plan = &going->dir.plan;
	size_t last = ktb_boots_total(plan), boot, i;
	int ret = find_next(going);

	if (ret || !going->next)
		return ret;
	/* What lies behind the next look may never come. */
	for (i = plan->looks.nr; i; i--)
		if (KTB_BOOTS_NR_SIDES * plan->looks.boots[i - 1] >=
		    going->next)
			last = KTB_BOOTS_NR_SIDES * plan->looks.boots[i - 1];
	for (boot = going->next; boot <= last; boot++)
		if (!going->dir.is_done[boot - 1])
			printf("%zu %s %u %s\n", boot, side_of(going, boot),
			       ktb_boots_seed(plan, boot),
			       kernel_of(going, boot));
	return 0;
}

static int adopt(struct going *going)
{
	char *kept;
	int ret = ktb_boots_dir_keep(&going->dir, going->options->adopt, &kept,
				     &going->err);

	if (!ret)
		printf("result: %s\n", kept);
	free(kept);
	return ret;
}

static int unit(struct going *going, bool is_installed)
{
	char *program = realpath("/proc/self/exe", NULL);
	char *text = ktb_boots_unit_text(program ? program : "ktbench",
					 going->dir.path,
					 going->options->kexec);
	int ret = 0;

	if (is_installed)
		ret = ktb_boots_unit_install(text, &going->err);
	else
		fputs(text, stdout);
	free(text);
	free(program);
	return ret;
}

/* The person is there: the first boot, or the unit's installation. */
static int begin(struct going *going)
{
	int ret = find_next(going);

	if (!ret && !going->next)
		return end_of_plan(going);
	if (!ret && going->options->install_unit)
		ret = unit(going, true);
	if (ret)
		return ret;
	if (going->options->reboot)
		return reboot_to_next(going);
	tell_next(going);
	return 0;
}

static int go_on(struct going *going)
{
	const struct ktb_run_options *options = going->options;
	int ret;

	if (options->adopt)
		return adopt(going);
	if (options->next)
		return list(going);
	if (options->unit)
		return unit(going, false);
	if (options->install_unit)
		return begin(going);
	ret = find_next(going);
	if (ret)
		return ret;
	if (!going->next)
		return end_of_plan(going);
	if (options->reboot &&
	    ktb_boots_dir_measured(&going->dir, going->boot_id))
		return reboot_to_next(going);
	ret = check_boot(going);
	return ret ? ret : measure_boot(going);
}

int ktb_run_continue(const struct ktb_call *call, const char *path, bool is_new)
{
	struct going *going = ktb_alloc_zeroed(1, sizeof(*going));
	int ret;

	going->call = call;
	going->options = call->options;
	ktb_sysfs_read("/proc/sys/kernel/osrelease", going->release);
	ktb_sysfs_read("/proc/sys/kernel/random/boot_id", going->boot_id);
	ret = ktb_boots_dir_open(&going->dir, path, &going->err);
	if (!ret)
		ret = is_new ? begin(going) : go_on(going);
	if (going->err.code)
		ktb_message_print(&going->err);
	ktb_boots_dir_close(&going->dir);
	free(going);
	return ret;
}
