// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench report`: plots and report.html of result directories, each by itself or
 * all side by side. It only calls the analysis.
 */
#include <stdint.h>

#include "../analysis/report.h"
#include "verbs.h"

/**
 * struct report_options - options of `report`
 * @gnuplot: the program that draws
 * @together: where the report of all of them goes
 * @no_plots: draw nothing
 * @quiet: print no summary
 */
struct report_options {
	const char *gnuplot;
	const char *together;
	bool no_plots;
	bool quiet;
};

static const struct ktb_option table[] = {
	{ "gnuplot", 0, KTB_OPTION_FILE, "PROGRAM",
	  offsetof(struct report_options, gnuplot), 0, 0,
	  "the program that draws, gnuplot from PATH by default" },
	{ "together", 'o', KTB_OPTION_FILE, "DIR",
	  offsetof(struct report_options, together), 0, 0,
	  "put all results side by side, in one report in DIR" },
	{ "no-plots", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct report_options, no_plots), 0, 0,
	  "draw nothing, tables only" },
	{ "quiet", 'q', KTB_OPTION_FLAG, NULL,
	  offsetof(struct report_options, quiet), 0, 0, "print no summary" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Writes plots/*.svg and report.html, one file that needs no network, into each\n"
	"result directory, and prints a summary. Without gnuplot the data stays and each\n"
	"plot is named as skipped.",
	"With --together nothing is written into the results: plots/ and report.html go\n"
	"to DIR, with a column a result (kernels, mostly), 2 to 12 of one lane. It gives\n"
	"no verdict; `ktbench compare` does.",
	NULL,
};

static const struct report_options defaults = { 0 };

static int run(const struct ktb_call *call)
{
	const struct report_options *options = call->options;
	const struct ktb_report_options report = {
		.gnuplot = options->gnuplot,
		.no_plots = options->no_plots,
		.quiet = options->quiet,
	};
	int ret = KTB_EXIT_OK;
	size_t i;

	if (options->together)
		return ktb_report_together(options->together, call->args,
					   call->nr_args, &report);
	for (i = 0; !ret && i < call->nr_args; i++)
		ret = ktb_report_write(call->args[i], &report);
	return ret;
}

const struct ktb_verb ktb_verb_report = {
	.name = "report",
	.summary = "Make plots and a report of results",
	.args = "RESULT...",
	.min_args = 1,
	.max_args = SIZE_MAX,
	.table = table,
	.options_size = sizeof(struct report_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
