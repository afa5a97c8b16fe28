// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Opens a result directory: result.json and its checks. It knows
 * results/SCHEMA.md and nothing of statistics; the workloads are
 * workloads.c's, the lines of the cells lines.c's.
 */
#include <errno.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "encoding.h"
#include "ktb_hist.h"
#include "lines.h"
#include "reader.h"
#include "shape.h"
#include "workloads.h"

static const struct ktb_shape reader_result_shape[] = {
	{ "run", KTB_SHAPE_STRING },
	{ "created", KTB_SHAPE_STRING },
	{ "ended", KTB_SHAPE_STRING_OR_NULL },
	{ "state", KTB_SHAPE_STRING },
	{ "state_reason", KTB_SHAPE_STRING },
	{ "lane", KTB_SHAPE_STRING },
	{ "lane_detail", KTB_SHAPE_STRING },
	{ "command", KTB_SHAPE_STRINGS },
	{ "jobs", KTB_SHAPE_OBJECTS },
	{ "seed", KTB_SHAPE_INTEGER },
	{ "cells_planned", KTB_SHAPE_COUNT },
	{ "module", KTB_SHAPE_OBJECT_OR_NULL },
	{ "environment", KTB_SHAPE_OBJECT },
	{ "fitness", KTB_SHAPE_OBJECTS },
	{ "runner_cpus", KTB_SHAPE_CPUS },
	{ "cpus", KTB_SHAPE_OBJECTS },
	{ "workloads", KTB_SHAPE_OBJECT },
	{ "left_out", KTB_SHAPE_STRINGS },
	{ "ledger", KTB_SHAPE_MAYBE_OBJECT },
	{ "gates", KTB_SHAPE_MAYBE_OBJECTS },
	{ "histogram", KTB_SHAPE_MAYBE_OBJECT },
	{ NULL, 0 },
};

static const struct ktb_shape reader_cpu_shape[] = {
	{ "cpu", KTB_SHAPE_CPU },	{ "core", KTB_SHAPE_PLACE },
	{ "package", KTB_SHAPE_PLACE }, { "l3", KTB_SHAPE_PLACE },
	{ "node", KTB_SHAPE_PLACE },	{ NULL, 0 },
};

static const struct ktb_shape reader_fitness_shape[] = {
	{ "check", KTB_SHAPE_STRING },
	{ "state", KTB_SHAPE_STRING },
	{ "value", KTB_SHAPE_STRING },
	{ "advice", KTB_SHAPE_STRING },
	{ NULL, 0 },
};

static const struct ktb_shape reader_job_shape[] = {
	{ "path", KTB_SHAPE_STRING },
	{ "text", KTB_SHAPE_STRING },
	{ NULL, 0 },
};

static const struct ktb_shape reader_gate_shape[] = {
	{ "job", KTB_SHAPE_STRING },
	{ "metric", KTB_SHAPE_STRING },
	{ "quantile", KTB_SHAPE_STRING },
	{ "delta_ppm", KTB_SHAPE_INTEGER_OR_NULL },
	{ NULL, 0 },
};

static const struct ktb_shape reader_histogram_shape[] = {
	{ "layout", KTB_SHAPE_STRING },
	{ "sub_bucket_bits", KTB_SHAPE_COUNT },
	{ "buckets", KTB_SHAPE_COUNT },
	{ NULL, 0 },
};

static const struct {
	const char *name;
	const char *remark;
} reader_lanes[KTB_NR_LANES] = {
	[KTB_LANE_METAL] = { "metal", "" },
	[KTB_LANE_VM] = { "vm", "times are shape only, never figures" },
	[KTB_LANE_EXACT] = { "exact", "times are instructions of the guest "
				      "(= virtual ns), never time" },
};

const char *ktb_reader_fact(const struct ktb_reader *reader, const char *name)
{
	return ktb_shape_string(json_object_get(reader->root, "environment"),
				name);
}

const char *ktb_reader_lane_name(enum ktb_lane lane)
{
	return reader_lanes[lane].name;
}

const char *ktb_reader_lane_remark(enum ktb_lane lane)
{
	return reader_lanes[lane].remark;
}

const char *ktb_reader_string(const struct ktb_reader *reader, const char *name)
{
	return ktb_shape_string(reader->root, name);
}

static int reader_damaged(const struct ktb_reader *reader, const char *why,
			  struct ktb_fault *fault)
{
	return ktb_fault_set(fault, KTB_FAULT_USAGE,
			     "%s/result.json is not a whole ktbench result: "
			     "%s; give a directory that `ktbench run` made",
			     reader->dir, why);
}

static int reader_check_objects(const struct ktb_reader *reader,
				const char *member,
				const struct ktb_shape *rows,
				struct ktb_fault *fault)
{
	const json_t *array = json_object_get(reader->root, member);
	const json_t *element;
	char why[160];
	char text[256];
	size_t i;

	json_array_foreach(array, i, element) {
		if (ktb_shape_check(element, rows, why, sizeof(why)))
			continue;
		snprintf(text, sizeof(text), "%s[%zu]: %s", member, i, why);
		return reader_damaged(reader, text, fault);
	}
	return 0;
}

/* Refuses what is foreign or too new before it looks at anything else. */
static int reader_check_schema(const struct ktb_reader *reader,
			       struct ktb_fault *fault)
{
	const char *schema = ktb_shape_string(reader->root, "schema");
	const json_t *version = json_object_get(reader->root, "schema_version");

	if (strcmp(schema, KTB_READER_SCHEMA))
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s/result.json is not a ktbench result: its schema is "
			"\"%.64s\", not \"%s\"; give a directory that `ktbench "
			"run` made",
			reader->dir, schema, KTB_READER_SCHEMA);
	if (!json_is_integer(version) || json_integer_value(version) < 1)
		return reader_damaged(
			reader,
			"member \"schema_version\" is not a number "
			"from 1 up",
			fault);
	if (json_integer_value(version) > KTB_READER_SCHEMA_VERSION)
		return ktb_fault_set(
			fault, KTB_FAULT_USAGE,
			"%s/result.json has schema_version %lld and this "
			"ktbench reads up to %d; report it with the ktbench "
			"that made it, or with a newer one",
			reader->dir, (long long)json_integer_value(version),
			KTB_READER_SCHEMA_VERSION);
	return 0;
}

/* An index of another layout would be taken for another time. */
static int reader_check_layout(const struct ktb_reader *reader,
			       struct ktb_fault *fault)
{
	const json_t *histogram = json_object_get(reader->root, "histogram");
	json_int_t sub_bits, buckets;
	const char *layout;
	char text[200];
	char why[160];

	if (!histogram || json_is_null(histogram))
		return 0;
	if (!ktb_shape_check(histogram, reader_histogram_shape, why,
			     sizeof(why))) {
		snprintf(text, sizeof(text), "histogram: %s", why);
		return reader_damaged(reader, text, fault);
	}
	layout = ktb_shape_string(histogram, "layout");
	sub_bits = ktb_shape_integer(histogram, "sub_bucket_bits");
	buckets = ktb_shape_integer(histogram, "buckets");
	if (!strcmp(layout, KTB_HIST_LAYOUT) && sub_bits == KTB_HIST_SUB_BITS &&
	    buckets == KTB_HIST_NR)
		return 0;
	return ktb_fault_set(
		fault, KTB_FAULT_USAGE,
		"%s/result.json has histograms of another layout (%.64s, %lld "
		"sub-bucket bits, %lld buckets) than this ktbench reads (%s, "
		"%d sub-bucket bits, %d buckets); report it with the ktbench "
		"that made it, or run the job again",
		reader->dir, layout, (long long)sub_bits, (long long)buckets,
		KTB_HIST_LAYOUT, KTB_HIST_SUB_BITS, KTB_HIST_NR);
}

static int reader_check_result(struct ktb_reader *reader,
			       struct ktb_fault *fault)
{
	char why[320];
	int ret;

	ret = reader_check_schema(reader, fault);
	if (ret)
		return ret;
	if (!ktb_shape_check(reader->root, reader_result_shape, why,
			     sizeof(why)))
		return reader_damaged(reader, why, fault);
	for (reader->lane = 0; reader->lane < KTB_NR_LANES; reader->lane++)
		if (!strcmp(reader_lanes[reader->lane].name,
			    ktb_reader_string(reader, "lane")))
			break;
	if (reader->lane == KTB_NR_LANES)
		return reader_damaged(
			reader, "lane is not one of metal, vm, exact", fault);
	ret = reader_check_layout(reader, fault);
	if (!ret)
		ret = reader_check_objects(reader, "cpus", reader_cpu_shape,
					   fault);
	if (!ret)
		ret = reader_check_objects(reader, "gates", reader_gate_shape,
					   fault);
	if (!ret)
		ret = reader_check_objects(reader, "fitness",
					   reader_fitness_shape, fault);
	if (!ret)
		ret = reader_check_objects(reader, "jobs", reader_job_shape,
					   fault);
	if (!ret && !ktb_ledger_read(&reader->ledger,
				     json_object_get(reader->root, "ledger"),
				     why, sizeof(why)))
		ret = reader_damaged(reader, why, fault);
	if (!ret && !ktb_workloads_read(reader, why, sizeof(why)))
		ret = reader_damaged(reader, why, fault);
	return ret;
}

static int reader_read_result(struct ktb_reader *reader,
			      struct ktb_fault *fault)
{
	json_error_t error;
	struct stat st;
	char *path;
	int ret = 0;

	if (stat(reader->dir, &st))
		return ktb_fault_set(fault, KTB_FAULT_USAGE,
				     "cannot report %s: %s; give a directory "
				     "that `ktbench run` made",
				     reader->dir, strerror(errno));
	if (asprintf(&path, "%s/result.json", reader->dir) < 0)
		return ktb_fault_memory(fault);
	if (!S_ISDIR(st.st_mode) || access(path, F_OK))
		ret = ktb_fault_set(fault, KTB_FAULT_USAGE,
				    "%s is not a result directory: there is no "
				    "result.json in it; give a directory that "
				    "`ktbench run` made",
				    reader->dir);
	else if (access(path, R_OK))
		ret = ktb_fault_set(fault, KTB_FAULT_SYSTEM,
				    "cannot read %s: %s; read it as its owner",
				    path, strerror(errno));
	if (!ret) {
		reader->root = ktb_encoding_json(path, &error);
		if (!reader->root)
			ret = ktb_fault_set(
				fault, KTB_FAULT_USAGE,
				"%s is damaged at line %d: %s; run the job "
				"again, or give another result directory",
				path, error.line, error.text);
	}
	free(path);
	return ret;
}

int ktb_reader_open(struct ktb_reader *reader, const char *dir,
		    struct ktb_fault *fault)
{
	size_t length = strlen(dir);
	int ret;

	memset(reader, 0, sizeof(*reader));
	while (length > 1 && dir[length - 1] == '/')
		length--;
	reader->dir = strndup(dir, length);
	if (!reader->dir)
		return ktb_fault_memory(fault);
	ret = reader_read_result(reader, fault);
	if (!ret)
		ret = reader_check_result(reader, fault);
	if (!ret)
		ret = ktb_lines_index(reader, fault);
	return ret;
}

void ktb_reader_close(struct ktb_reader *reader)
{
	size_t i;

	for (i = 0; i < reader->nr_workloads; i++)
		ktb_workloads_free(&reader->workloads[i]);
	free(reader->workloads);
	free(reader->lines);
	free(reader->dir);
	ktb_unpack_close(reader->cells);
	json_decref(reader->root);
	memset(reader, 0, sizeof(*reader));
}
