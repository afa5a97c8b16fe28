// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * `ktbench export`: results in the formats of other programs. It only calls the
 * analysis.
 */
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "../analysis/export.h"
#include "../analysis/whole.h"
#include "file.h"
#include "nearest.h"
#include "verbs.h"

/**
 * struct export_options - options of `export`
 * @format: name of the format
 * @metric: which metric, of a format that is of one
 * @output: where to; NULL is stdout
 */
struct export_options {
	const char *format;
	const char *metric;
	const char *output;
};

static const struct ktb_option table[] = {
	{ "format", 'f', KTB_OPTION_TEXT, "NAME",
	  offsetof(struct export_options, format), 0, 0,
	  "which format, see below" },
	{ "metric", 'm', KTB_OPTION_TEXT, "JOB[/CELL]/METRIC",
	  offsetof(struct export_options, metric), 0, 0,
	  "hgrm: of which metric" },
	{ "output", 'o', KTB_OPTION_FILE, "FILE",
	  offsetof(struct export_options, output), 0, 0,
	  "write to FILE instead of stdout: all of it or nothing" },
	{ NULL, 0, KTB_OPTION_FLAG, NULL, 0, 0, 0, NULL },
};

static const char *const details[] = {
	"Writes results in the format of another program:\n"
	"  google-benchmark   Google Benchmark's compare.py, github-action-benchmark\n"
	"  smaller-is-better  github-action-benchmark (customSmallerIsBetter)\n"
	"  bmf                Bencher\n"
	"  openmetrics        Prometheus, by node_exporter's textfile collector\n"
	"  hgrm               HdrHistogram's plotter; one metric, --metric says which\n"
	"  ktap               LAVA, KernelCI\n"
	"  junit              Jenkins, GitLab\n"
	"  csv, jsonl         anything else: a figure a line",
	"Several results are boots of one kernel on one machine, where the format has a\n"
	"place for them. Results of two lanes or two machines are never put together.",
	"Quantiles that the samples do not support are not there, nor are the figures of\n"
	"invalid cells; how many of those there were is told on stderr.",
	NULL,
};

static const struct export_options defaults = { 0 };

static const struct ktb_export_format *find(const char *name)
{
	const struct ktb_export_format *const *format = ktb_export_formats;
	struct ktb_nearest nearest;

	ktb_nearest_begin(&nearest, name);
	for (; *format; format++) {
		if (!strcmp((*format)->name, name))
			return *format;
		ktb_nearest_offer(&nearest, (*format)->name);
	}
	ktb_message_note(
		"--format: there is no format '%s'%s; `ktbench export --help` shows all",
		name, ktb_nearest_hint(&nearest));
	return NULL;
}

static int replace(const char *path, const char *text)
{
	const int ret = ktb_file_output(path, text);

	if (!ret)
		return KTB_EXIT_OK;
	ktb_message_note(
		"cannot write %s: %s; make room, or name a file where you may write",
		path, strerror(-ret));
	return KTB_EXIT_DEVICE;
}

static int run(const struct ktb_call *call)
{
	const struct export_options *options = call->options;
	const struct ktb_export_format *format;
	struct ktb_fault fault = { 0 };
	char *text = NULL;
	size_t size;
	FILE *to;
	int ret;

	if (!options->format) {
		ktb_message_note(
			"--format is missing; `ktbench export --help` shows all formats");
		return KTB_EXIT_USAGE;
	}
	format = find(options->format);
	if (!format)
		return KTB_EXIT_USAGE;
	to = open_memstream(&text, &size);
	ret = to ? ktb_export_write(format, call->args, call->nr_args,
				    options->metric, to, &fault) :
		   ktb_fault_memory(&fault);
	if (to && fclose(to) && !ret)
		ret = ktb_fault_memory(&fault);
	if (ret)
		ktb_fault_print(&fault);
	else if (options->output)
		ret = replace(options->output, text);
	else if (ktb_whole_stdout(text, size, &fault))
		ret = ktb_fault_print(&fault);
	free(text);
	return ret;
}

const struct ktb_verb ktb_verb_export = {
	.name = "export",
	.summary = "Write results in the format of another program",
	.args = "RESULT...",
	.min_args = 1,
	.max_args = SIZE_MAX,
	.table = table,
	.options_size = sizeof(struct export_options),
	.defaults = &defaults,
	.details = details,
	.run = run,
};
