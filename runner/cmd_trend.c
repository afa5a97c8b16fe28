// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench trend`: what has changed over many results, and when. It only calls the
 * analysis.
 */
#include <stdint.h>
#include <stdlib.h>
#include <string.h>

#include "../analysis/trend_report.h"
#include "verbs.h"

/**
 * struct trend_options - options of `trend`
 * @index: the index; NULL: trend.jsonl in the first directory
 * @rebuild: make the index anew
 * @alpha: a number as text, NULL: .01
 * @since: newest points of which a change counts, 0: all
 * @series: pattern of series to look at
 * @triage: file of what was said of changes
 * @format: text or json
 * @output: directory for the page and its pictures
 * @all: draw all series
 * @gnuplot: the program that draws
 */
struct trend_options {
	const char *index;
	bool rebuild;
	const char *alpha;
	int64_t since;
	const char *series;
	const char *triage;
	const char *format;
	const char *output;
	bool all;
	const char *gnuplot;
};

static const struct ktb_option table[] = {
	{ "index", 'i', KTB_OPTION_FILE, "FILE",
	  offsetof(struct trend_options, index), 0, 0,
	  "the index of results, trend.jsonl in the first DIR by default" },
	{ "rebuild", 0, KTB_OPTION_FLAG, NULL,
	  offsetof(struct trend_options, rebuild), 0, 0,
	  "read all results again and make the index anew; what is in the index only is lost" },
	{ "alpha", 'a', KTB_OPTION_TEXT, "P",
	  offsetof(struct trend_options, alpha), 0, 0,
	  "largest p of a change, 0.001 to 0.5, 0.01 by default" },
	{ "since", 0, KTB_OPTION_NUMBER, "N",
	  offsetof(struct trend_options, since), 0, INT32_MAX,
	  "a change is new among the N newest points of its series, 0 for any" },
	{ "series", 's', KTB_OPTION_TEXT, "PATTERN",
	  offsetof(struct trend_options, series), 0, 0,
	  "look only at series whose key matches, with * and ?" },
	{ "triage", 't', KTB_OPTION_FILE, "FILE",
	  offsetof(struct trend_options, triage), 0, 0,
	  "what was said of changes: lines of SERIES | RUN | WORD | TEXT" },
	{ "format", 'f', KTB_OPTION_TEXT, "FORMAT",
	  offsetof(struct trend_options, format), 0, 0,
	  "what is printed: text, by default, or json" },
	{ "output", 'o', KTB_OPTION_DIRECTORY, "DIR",
	  offsetof(struct trend_options, output), 0, 0,
	  "write trend.html and plots/ there" },
	{ "all", 0, KTB_OPTION_FLAG, NULL, offsetof(struct trend_options, all),
	  0, 0, "draw series that have not changed too" },
	{ "gnuplot", 0, KTB_OPTION_FILE, "PROGRAM",
	  offsetof(struct trend_options, gnuplot), 0, 0,
	  "the program that draws, gnuplot from PATH by default" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Looks for results up to four directories below each DIR, keeps what they say in\n"
	"an index, and finds where a quantile of a cell has changed from one result on\n"
	"(E-divisive with a permutation test). A series is of one lane and one kind of\n"
	"machine. Results that the index knows are not read again; those that have been\n"
	"taken away stay in it.",
	"Below each change stands a line for the file of --triage. With its WORD, one of\n"
	"regression, improvement, expected, noise and machine, the change is known.",
	"The exit code is 1 if there is a new change for the worse that is not in that\n"
	"file.",
	NULL,
};

static const struct trend_options defaults = { 0 };

static int check(const struct trend_options *options, double *alpha,
		 struct ktb_error *err)
{
	char *end = NULL;

	if (options->format && strcmp(options->format, "text") &&
	    strcmp(options->format, "json"))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--format: '%s' is no format; say text or json",
			options->format);
	if (options->all && !options->output)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--all draws all series and needs --output DIR");
	*alpha = KTB_TREND_ALPHA;
	if (!options->alpha)
		return 0;
	*alpha = strtod(options->alpha, &end);
	if (end == options->alpha || *end ||
	    !(*alpha >= 0.001 && *alpha <= 0.5))
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"--alpha: '%s' is not from 0.001, the least that 999 permutations can tell, to 0.5",
			options->alpha);
	return 0;
}

static int run(const struct ktb_call *call)
{
	const struct trend_options *options = call->options;
	struct ktb_trend_request request = {
		.dirs = call->args,
		.nr_dirs = call->nr_args,
		.index = options->index,
		.is_rebuild = options->rebuild,
		.triage = options->triage,
		.is_json = options->format && !strcmp(options->format, "json"),
		.output = options->output,
		.is_all = options->all,
		.gnuplot = options->gnuplot,
		.options = { .since = options->since,
			     .series = options->series },
	};
	struct ktb_error err = { 0 };
	bool is_worse = false;
	int ret;

	if (check(options, &request.options.alpha, &err))
		return ktb_message_print(&err);
	ret = ktb_trend_report(&request, &is_worse);
	if (ret)
		return ret;
	return is_worse ? KTB_EXIT_WORSE : KTB_EXIT_OK;
}

const struct ktb_verb ktb_verb_trend = {
	.name = "trend",
	.summary = "Say what has changed over many results, and when",
	.args = "DIR...",
	.min_args = 1,
	.max_args = SIZE_MAX,
	.table = table,
	.options_size = sizeof(struct trend_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
