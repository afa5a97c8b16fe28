// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Google Benchmark's JSON (docs/user_guide.md of google/benchmark, "JSON"), for its
 * compare.py and for github-action-benchmark's `googlecpp`. It may not know where
 * figures come from.
 *
 * A benchmark is a quantile of a metric, a repetition is a boot: compare.py's U test
 * is then one over boots. There is no CPU time; readers want the member, and get the
 * same number.
 */
#include <string.h>

#include "export_formats.h"
#include "schedule.h"
#include "shape.h"

static bool is_scaled(const struct ktb_reader *reader)
{
	const char *governor = ktb_reader_fact(reader, "governor");

	return *governor && strcmp(governor, "performance");
}

static json_t *context_of(const struct ktb_export *export)
{
	const struct ktb_reader *reader = &export->results[0].reader;
	const json_t *environment =
		json_object_get(reader->root, "environment");
	const bool is_exact = reader->lane == KTB_LANE_EXACT;

	return json_pack(
		"{s:s, s:s, s:s, s:I, s:i, s:b, s:[], s:[], s:s, s:s, s:s, s:s, s:s, s:s}",
		"date", ktb_reader_string(reader, "created"), "host_name",
		ktb_shape_string(environment, "hostname"), "executable",
		"ktbench", "num_cpus",
		(json_int_t)json_array_size(
			json_object_get(reader->root, "cpus")),
		"mhz_per_cpu", 0, "cpu_scaling_enabled", is_scaled(reader),
		"caches", "load_avg", "library_build_type", "release", "lane",
		ktb_reader_lane_name(reader->lane), "lane_detail",
		ktb_reader_string(reader, "lane_detail"), "cpu_model",
		ktb_shape_string(environment, "cpu_model"), "kernel",
		ktb_export_kernel(&export->results[0]), "ns_means",
		is_exact ? "guest instructions" : "nanoseconds");
}

static json_t *benchmark_of(const struct ktb_export_figure *figure,
			    size_t nr_boots, size_t index)
{
	const enum ktb_scale scale = figure->metric->scale;

	return json_pack(
		"{s:s, s:s, s:s, s:I, s:I, s:I, s:I, s:o, s:o, s:s, s:I, s:I, s:s, s:o, s:o, s:s}",
		"name", figure->name, "run_name", figure->name, "run_type",
		"iteration", "repetitions", (json_int_t)nr_boots,
		"repetition_index", (json_int_t)index, "threads",
		(json_int_t)figure->summary->nr_cpus, "iterations",
		(json_int_t)figure->count, "real_time",
		ktb_export_number(scale, figure->value), "cpu_time",
		ktb_export_number(scale, figure->value), "time_unit", "ns",
		"lost", (json_int_t)figure->lost, "missed",
		(json_int_t)figure->missed, "over",
		ktb_schedule_over(figure->summary, figure->metric), "low",
		ktb_export_number(scale, figure->low), "high",
		ktb_export_number(scale, figure->high), "run",
		ktb_reader_string(&figure->result->reader, "run"));
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	const struct ktb_export_figures *figures = &export->figures;
	json_t *benchmarks = json_array();
	size_t i, j, nr;
	json_t *root;
	int bad = 0;

	for (i = 0; i < figures->nr; i += nr) {
		nr = ktb_export_figures_boots(figures, i);
		for (j = 0; j < nr; j++)
			bad |= json_array_append_new(
				benchmarks,
				benchmark_of(&figures->at[i + j], nr, j));
	}
	root = json_pack("{s:o, s:o}", "context", context_of(export),
			 "benchmarks", benchmarks);
	bad |= ktb_export_dump(root, to);
	return bad ? ktb_fault_memory(fault) : 0;
}

const struct ktb_export_format ktb_export_format_google_benchmark = {
	.name = "google-benchmark",
	.what = "Google Benchmark's compare.py, github-action-benchmark (googlecpp)",
	.takes = KTB_EXPORT_TAKES_BOOTS,
	.wants = { .scales = KTB_EXPORT_TIMES },
	.write = write_document,
};
