// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench compare`: what differs between two results of the exact lane, and by how
 * many instructions. It only calls the analysis.
 */
#include <stdint.h>
#include <stdio.h>

#include "../analysis/figures.h"
#include "../analysis/out_changes.h"
#include "verbs.h"

/**
 * struct compare_options - options of `compare`
 * @tolerance: in percent
 */
struct compare_options {
	int64_t tolerance;
};

static const struct ktb_option table[] = {
	{ "tolerance", 't', KTB_OPTION_NUMBER, "PERCENT",
	  offsetof(struct compare_options, tolerance), 0, 1000,
	  "a figure that differs by no more has not changed, 0 by default" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Compares two results of the exact lane, or what `ktbench figures` has written of\n"
	"them, and names each figure that differs. It has changed if its median differs by\n"
	"more than is tolerated, or if its least sample does and the median has gone the\n"
	"same way. Below 100 instructions the tolerance is that of 100.",
	"The exit code is 1 if a figure has changed, either way, or is missing.",
	NULL,
};

static const struct compare_options defaults = { 0 };

static int compare(const json_t *before, const json_t *after, int64_t tolerance,
		   struct ktb_fault *fault)
{
	struct ktb_changes changes;
	size_t changed;
	int ret;

	ret = ktb_changes_find(&changes, before, after, (uint32_t)tolerance,
			       fault);
	if (ret)
		return ret;
	ktb_out_changes(&changes, stdout);
	changed = changes.counts[KTB_CHANGE_MORE] +
		  changes.counts[KTB_CHANGE_LESS] +
		  changes.counts[KTB_CHANGE_MISSING];
	ktb_changes_free(&changes);
	ret = ktb_fault_stdout(fault);
	if (ret)
		return ret;
	return changed ? KTB_EXIT_WORSE : KTB_EXIT_OK;
}

static int run(const struct ktb_call *call)
{
	const struct compare_options *options = call->options;
	struct ktb_fault fault = { 0 };
	json_t *before, *after = NULL;
	int ret = KTB_EXIT_OK;

	before = ktb_figures_read(call->args[0], &fault);
	if (before)
		after = ktb_figures_read(call->args[1], &fault);
	if (after)
		ret = compare(before, after, options->tolerance, &fault);
	json_decref(before);
	json_decref(after);
	return fault.code ? ktb_fault_print(&fault) : ret;
}

const struct ktb_verb ktb_verb_compare = {
	.name = "compare",
	.summary =
		"Say by how many instructions two results of the exact lane differ",
	.args = "BEFORE AFTER",
	.min_args = 2,
	.max_args = 2,
	.table = table,
	.options_size = sizeof(struct compare_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
