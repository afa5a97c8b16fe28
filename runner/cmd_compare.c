// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench compare`: two kernels, from results of several boots each; or two results
 * of the exact lane. It only reads options and calls the analysis.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "../analysis/out_compare.h"
#include "../analysis/report_compare.h"
#include "../analysis/whole.h"
#include "alloc.h"
#include "boots_file.h"
#include "looks.h"
#include "nearest.h"
#include "verbs.h"

/**
 * struct compare_options - options of `compare`
 * @format: what is printed
 * @output: directory for the page and all formats, or NULL
 * @looks: boots a side at which is looked, parted by commas, or NULL
 * @expected: facts that are meant to differ, or NULL
 * @is_forced: go on in spite of what differs
 * @is_both_ways: what has improved is to be looked at as well
 * @tolerance: of the exact lane, in percent
 * @seed: of permutations that are drawn
 * @gnuplot: the program that draws
 * @no_plots: draw nothing
 * @quiet: print nothing
 */
struct compare_options {
	const char *format;
	const char *output;
	const char *looks;
	const char *expected;
	bool is_forced;
	bool is_both_ways;
	int64_t tolerance;
	int64_t seed;
	const char *gnuplot;
	bool no_plots;
	bool quiet;
};

static const struct ktb_option table[] = {
	{ "format", 'f', KTB_OPTION_TEXT, "NAME",
	  offsetof(struct compare_options, format), 0, 0,
	  "print text (the default), json, junit, markdown or ktap" },
	{ "output", 'o', KTB_OPTION_DIRECTORY, "DIR",
	  offsetof(struct compare_options, output), 0, 0,
	  "write compare.html, its pictures and a file of each format there" },
	{ "looks", 0, KTB_OPTION_TEXT, "N,...",
	  offsetof(struct compare_options, looks), 0, 0,
	  "judge at so many boots a side, and pay for each look; as DIR's plan says by default, or all boots once" },
	{ "expect", 'e', KTB_OPTION_TEXT, "NAME,...",
	  offsetof(struct compare_options, expected), 0, 0,
	  "facts or settings that are meant to differ besides the kernel" },
	{ "force", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct compare_options, is_forced), 0, 0,
	  "compare in spite of what differs; each output says so" },
	{ "both-ways", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct compare_options, is_both_ways), 0, 0,
	  "the exit code is 1 also if something has improved, as for a reference that is kept" },
	{ "tolerance", 't', KTB_OPTION_NUMBER, "PERCENT",
	  offsetof(struct compare_options, tolerance), 0, 1000,
	  "exact lane: a figure that differs by no more has not changed, 0 by default" },
	{ "seed", 0, KTB_OPTION_NUMBER, "N",
	  offsetof(struct compare_options, seed), 0, INT64_MAX,
	  "of the permutations that are drawn, 1 by default" },
	{ "gnuplot", 0, KTB_OPTION_FILE, "PROGRAM",
	  offsetof(struct compare_options, gnuplot), 0, 0,
	  "the program that draws, gnuplot from PATH by default" },
	{ "no-plots", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct compare_options, no_plots), 0, 0,
	  "draw nothing, tables only" },
	{ "quiet", 'q', KTB_OPTION_FLAG, NULL,
	  offsetof(struct compare_options, quiet), 0, 0, "print nothing" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"A and B are result directories, or directories of several: each boot counts once,\n"
	"so it takes several boots a side. With one word, DIR, they are DIR/A and DIR/B, as\n"
	"`ktbench run --boots` makes them.",
	"Each gated figure (`gate` in the job file) gets one verdict: regressed, improved,\n"
	"unchanged, or too noisy, and then how many boots it takes. docs/compare.md tells how.\n"
	"What must not differ but for the kernel is refused, unless --expect names it.",
	"In the exact lane A and B may also be what `ktbench figures` has written. There\n"
	"equality is the test: a figure has changed if its median differs by more than is\n"
	"tolerated, or if its least sample does and the median follows, a quarter as far. Below\n"
	"100 instructions the tolerance is that of 100.",
	"The exit code is 1 if a gated figure has regressed, 3 if one is too noisy, 6 if one\n"
	"has no verdict because samples were lost or B does not have it.",
	NULL,
};

static const struct compare_options defaults = {
	.format = "text",
	.seed = 1,
};

static const struct ktb_compare_format *find_format(const char *name,
						    struct ktb_fault *fault)
{
	const struct ktb_compare_format *format;
	struct ktb_nearest nearest;

	ktb_nearest_begin(&nearest, name);
	for (format = ktb_compare_formats; format->name; format++) {
		if (!strcmp(format->name, name))
			return format;
		ktb_nearest_offer(&nearest, format->name);
	}
	ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"--format '%s' is none%s; `ktbench compare --help` shows all",
		name, ktb_nearest_hint(&nearest));
	return NULL;
}

/* Those of the plan in @dir, if there is one: it may not be looked at more often. */
static int plan_looks(const char *dir, struct ktb_looks *looks,
		      struct ktb_error *err)
{
	char *path = ktb_alloc_text("%s/" KTB_BOOTS_FILE, dir);
	struct ktb_boots plan = { 0 };
	int ret = 0;

	if (!access(path, F_OK))
		ret = ktb_boots_file_read(dir, &plan, err);
	*looks = plan.looks;
	ktb_boots_free(&plan);
	free(path);
	return ret;
}

/* @dir: of both sides, or NULL. */
static int find_looks(const char *text, const char *dir,
		      struct ktb_compare_options *compare,
		      struct ktb_fault *fault)
{
	struct ktb_looks looks = { 0 };
	struct ktb_error err = { 0 };
	int ret = 0;

	_Static_assert(KTB_LOOKS_MAX <= KTB_COMPARE_LOOKS_MAX, "all fit");
	if (text)
		ret = ktb_looks_read(&looks, text, &err);
	else if (dir)
		ret = plan_looks(dir, &looks, &err);
	memcpy(compare->looks, looks.boots, looks.nr * sizeof(looks.boots[0]));
	compare->nr_looks = looks.nr;
	return ret ? ktb_fault_set(fault, ret, "%s", err.text) : 0;
}

/* What is printed: of what, in which format. */
struct compare_said {
	const struct ktb_comparison *comparison;
	const struct ktb_compare_format *format;
};

static void tell_format(const void *what, FILE *to)
{
	const struct compare_said *said = what;

	said->format->write(said->comparison, to);
}

/* What was asked for goes to stdout, all of it to the directory. */
static int tell(const struct ktb_comparison *comparison,
		const struct ktb_compare_format *format,
		const struct compare_options *options, struct ktb_fault *fault)
{
	const struct ktb_report_options report = {
		.gnuplot = options->gnuplot,
		.no_plots = options->no_plots,
	};
	const struct compare_said said = { comparison, format };
	int ret = 0;

	if (options->output)
		ret = ktb_compare_report_write(comparison, options->output,
					       &report, fault);
	return ret || options->quiet ?
		       ret :
		       ktb_whole_print(tell_format, &said, fault);
}

static int compare(const char *const paths[2], const char *dir,
		   const struct compare_options *options,
		   struct ktb_fault *fault)
{
	struct ktb_compare_options how = {
		.alpha = KTB_JUDGE_ALPHA,
		.seed = (uint64_t)options->seed,
		.expected = options->expected,
		.is_forced = options->is_forced,
		.is_both_ways = options->is_both_ways,
		.tolerance = (unsigned int)options->tolerance,
	};
	const struct ktb_compare_format *format;
	struct ktb_comparison comparison;
	int ret;

	format = find_format(options->format, fault);
	ret = format ? find_looks(options->looks, dir, &how, fault) :
		       fault->code;
	if (ret)
		return ret;
	ret = ktb_compare(&comparison, paths, &how, fault);
	if (!ret)
		ret = tell(&comparison, format, options, fault);
	if (!ret)
		ret = ktb_compare_status(&comparison);
	ktb_compare_free(&comparison);
	return ret;
}

static int run(const struct ktb_call *call)
{
	const bool is_one = call->nr_args == 1;
	char *a = ktb_alloc_text("%s%s", call->args[0], is_one ? "/A" : "");
	char *b = ktb_alloc_text("%s%s", call->args[is_one ? 0 : 1],
				 is_one ? "/B" : "");
	const char *const paths[2] = { a, b };
	struct ktb_fault fault = { 0 };
	int ret;

	ret = compare(paths, is_one ? call->args[0] : NULL, call->options,
		      &fault);
	free(a);
	free(b);
	return fault.code ? ktb_fault_print(&fault) : ret;
}

const struct ktb_verb ktb_verb_compare = {
	.name = "compare",
	.summary =
		"Say whether a kernel got worse, from results of several boots",
	.args = "A B | DIR",
	.min_args = 1,
	.max_args = 2,
	.table = table,
	.options_size = sizeof(struct compare_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
