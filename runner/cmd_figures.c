// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench figures`: what a result of the exact lane says of each path, as one
 * document to be kept. It only calls the analysis.
 */
#include <stdio.h>

#include "../analysis/figures.h"
#include "../analysis/whole.h"
#include "verbs.h"

static const struct ktb_option table[] = {
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Prints the least sample, the median and the mean of each metric of each cell, in\n"
	"guest instructions, a figure a line: small enough to be kept in git. `ktbench\n"
	"compare` reads it. Only the exact lane has such figures: there one run is all\n"
	"that it takes.",
	NULL,
};

static void print(const void *root, FILE *to)
{
	ktb_figures_print(root, to);
}

static int run(const struct ktb_call *call)
{
	struct ktb_fault fault = { 0 };
	json_t *root = ktb_figures_read(call->args[0], &fault);
	int ret;

	if (!root)
		return ktb_fault_print(&fault);
	ret = ktb_whole_print(print, root, &fault);
	json_decref(root);
	return ret ? ktb_fault_print(&fault) : KTB_EXIT_OK;
}

static const char defaults;

const struct ktb_verb ktb_verb_figures = {
	.name = "figures",
	.summary =
		"Print the figures of a result of the exact lane, to be kept",
	.args = "RESULT",
	.min_args = 1,
	.max_args = 1,
	.table = table,
	.options_size = sizeof(defaults),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
