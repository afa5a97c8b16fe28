// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures of the exact lane as one document: made of a result, read from a file,
 * written. It may not know how they are compared.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "encoding.h"
#include "figures.h"
#include "schedule.h"
#include "shape.h"

#define WHOLE "instructions"
#define MILLI "milli-instructions"

static const struct ktb_shape document_shape[] = {
	{ "schema", KTB_SHAPE_STRING },	 { "schema_version", KTB_SHAPE_COUNT },
	{ "lane", KTB_SHAPE_STRING },	 { "lane_detail", KTB_SHAPE_STRING },
	{ "kernel", KTB_SHAPE_STRING },	 { "kernel_version", KTB_SHAPE_STRING },
	{ "cmdline", KTB_SHAPE_STRING }, { "mitigations", KTB_SHAPE_STRING },
	{ "build", KTB_SHAPE_STRING },	 { "figures", KTB_SHAPE_OBJECTS },
	{ NULL, KTB_SHAPE_STRING },
};

static const struct ktb_shape figure_shape[] = {
	{ "job", KTB_SHAPE_STRING },	{ "cell", KTB_SHAPE_STRING },
	{ "metric", KTB_SHAPE_STRING }, { "unit", KTB_SHAPE_STRING },
	{ "count", KTB_SHAPE_COUNT },	{ "min", KTB_SHAPE_VALUE },
	{ "p50", KTB_SHAPE_VALUE },	{ "mean", KTB_SHAPE_VALUE },
	{ NULL, KTB_SHAPE_STRING },
};

/* What the document says of where its figures are from, as the result says it. */
static const char *const environment_members[] = { "kernel", "kernel_version",
						   "cmdline", "mitigations" };

/* Of a sample too small for a median, or one past the buckets, the least is told. */
static int64_t median_of(const struct ktb_figures *figures)
{
	const struct ktb_estimate *p50 = &figures->at[KTB_QUANTILE_P50];

	return p50->is_supported && p50->value.kind == KTB_BOUND_BUCKET ?
		       p50->value.low :
		       figures->min;
}

/* Where periods were missed: how many, and whether the figure leaves them out. */
static json_t *tell_missed(json_t *figure, const struct ktb_summary *summary,
			   const struct ktb_metric *metric)
{
	const uint64_t missed = ktb_schedule_missed(summary);

	if (!figure || !missed)
		return figure;
	json_object_set_new(figure, "missed", json_integer((json_int_t)missed));
	if (metric->is_primary)
		json_object_set_new(
			figure, "over",
			json_string(ktb_schedule_over(summary, metric)));
	return figure;
}

static json_t *make_figure(const struct ktb_summary *summary,
			   const struct ktb_metric *metric)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);
	char cell[160];

	ktb_summary_label(summary, NULL, cell, sizeof(cell));
	return tell_missed(json_pack("{s:s, s:s, s:s, s:s, s:I, s:I, s:I, s:I}",
				     "job", summary->job, "cell", cell,
				     "metric", metric->name, "unit",
				     metric->scale == KTB_SCALE_INSTRUCTIONS ?
					     WHOLE :
					     MILLI,
				     "count", (json_int_t)figures->count, "min",
				     (json_int_t)figures->min, "p50",
				     (json_int_t)median_of(figures), "mean",
				     (json_int_t)figures->mean),
			   summary, metric);
}

static int add_figures(json_t *list, const struct ktb_summary *summary)
{
	const struct ktb_workload *workload = summary->workload;
	const struct ktb_metric *metric;
	size_t i;

	for (i = 0; i < workload->nr_metrics; i++) {
		metric = &workload->metrics[i];
		/* How late the missed ones were is in the primary one. */
		if (metric->is_distribution && !metric->is_missed &&
		    ktb_schedule_tells(summary, metric) &&
		    ktb_scale_is_instructions(metric->scale) &&
		    ktb_summary_figures(summary, metric)->count &&
		    json_array_append_new(list, make_figure(summary, metric)))
			return -1;
	}
	return 0;
}

static int judge(const struct ktb_findings *findings, struct ktb_fault *fault)
{
	const struct ktb_reader *reader = &findings->reader;
	const struct ktb_summary *summary;
	size_t i;

	if (reader->lane != KTB_LANE_EXACT)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: its lane is %s, where figures are times and one run of each says nothing; measure in the exact lane (make exact)",
			reader->dir, ktb_reader_lane_name(reader->lane));
	if (strcmp(ktb_reader_string(reader, "state"), "complete"))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s: its run is %s, and only a complete one has all figures; measure again",
			reader->dir, ktb_reader_string(reader, "state"));
	for (i = 0; i < findings->nr_summaries; i++) {
		summary = &findings->summaries[i];
		if (!summary->is_valid)
			return ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s: cell %lld of job %s is invalid (%s); measure again",
				reader->dir, (long long)summary->cell,
				summary->job, summary->reason);
	}
	return 0;
}

static json_t *make_document(const struct ktb_findings *findings)
{
	const json_t *result = findings->reader.root, *value;
	json_t *root, *list = json_array();
	size_t i;

	root = json_pack(
		"{s:s, s:i, s:s, s:s, s:s, s:o}", "schema", KTB_FIGURES_SCHEMA,
		"schema_version", KTB_FIGURES_SCHEMA_VERSION, "lane",
		ktb_reader_lane_name(findings->reader.lane), "lane_detail",
		ktb_reader_string(&findings->reader, "lane_detail"), "build",
		ktb_shape_string(json_object_get(result, "module"), "build"),
		"figures", list);
	for (i = 0; root && i < sizeof(environment_members) /
					    sizeof(environment_members[0]);
	     i++) {
		value = json_object_get(json_object_get(result, "environment"),
					environment_members[i]);
		json_object_set_new(
			root, environment_members[i],
			json_string(value ? json_string_value(value) : ""));
	}
	for (i = 0; root && i < findings->nr_summaries; i++)
		if (add_figures(list, &findings->summaries[i])) {
			json_decref(root);
			root = NULL;
		}
	return root;
}

json_t *ktb_figures_make(const struct ktb_findings *findings,
			 struct ktb_fault *fault)
{
	json_t *root;

	if (judge(findings, fault))
		return NULL;
	root = make_document(findings);
	if (!root)
		ktb_fault_memory(fault);
	return root;
}

static json_t *read_result(const char *dir, struct ktb_fault *fault)
{
	struct ktb_findings findings = { 0 };
	json_t *root = NULL;

	if (!ktb_findings_gather(&findings, dir, fault))
		root = ktb_figures_make(&findings, fault);
	ktb_findings_free(&findings);
	return root;
}

static bool is_whole(const json_t *root, char *why, size_t size)
{
	const json_t *figure;
	size_t i;

	if (!ktb_shape_check(root, document_shape, why, size))
		return false;
	if (!ktb_shape_is_schema(root, KTB_FIGURES_SCHEMA,
				 KTB_FIGURES_SCHEMA_VERSION, why, size))
		return false;
	json_array_foreach(json_object_get(root, "figures"), i, figure)
		if (!ktb_shape_check(figure, figure_shape, why, size))
			return false;
	return true;
}

static json_t *read_document(const char *path, struct ktb_fault *fault)
{
	json_error_t error;
	json_t *root = ktb_encoding_json(path, &error);
	char why[256];

	if (!root) {
		ktb_fault_set(fault, KTB_FAULT_USAGE,
			      "%s:%d: neither a result nor figures of one: %s",
			      path, error.line, error.text);
		return NULL;
	}
	if (is_whole(root, why, sizeof(why)))
		return root;
	json_decref(root);
	ktb_fault_set(fault, KTB_FAULT_USAGE,
		      "%s: not what `ktbench figures` writes: %s", path, why);
	return NULL;
}

json_t *ktb_figures_read(const char *path, struct ktb_fault *fault)
{
	struct stat status;

	if (stat(path, &status)) {
		ktb_fault_set(
			fault,
			errno == ENOENT ? KTB_FAULT_USAGE : KTB_FAULT_SYSTEM,
			"%s: %s; give a result directory, or what `ktbench figures` has written",
			path, strerror(errno));
		return NULL;
	}
	return S_ISDIR(status.st_mode) ? read_result(path, fault) :
					 read_document(path, fault);
}

int64_t ktb_figures_divisor(const json_t *figure)
{
	return strcmp(ktb_shape_string(figure, "unit"), MILLI) ? 1 : 1000;
}

void ktb_figures_print(const json_t *root, FILE *to)
{
	const json_t *figures = json_object_get(root, "figures"), *figure;
	const struct ktb_shape *row;
	size_t i;

	fputs("{\n", to);
	for (row = document_shape; strcmp(row->name, "figures"); row++) {
		fprintf(to, "\"%s\": ", row->name);
		json_dumpf(json_object_get(root, row->name), to,
			   JSON_ENCODE_ANY);
		fputs(",\n", to);
	}
	fputs("\"figures\": [\n", to);
	json_array_foreach(figures, i, figure) {
		json_dumpf(figure, to, JSON_COMPACT);
		fputs(i + 1 < json_array_size(figures) ? ",\n" : "\n", to);
	}
	fputs("]\n}\n", to);
}
