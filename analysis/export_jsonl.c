// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * JSON, a figure a line: the members are the columns of CSV. It may not know where
 * figures come from.
 */
#include "export_formats.h"
#include "schedule.h"

static json_t *maybe(bool is_there, int64_t value)
{
	return is_there ? json_integer(value) : json_null();
}

static json_t *line_of(const struct ktb_export_figure *figure)
{
	const struct ktb_reader *reader = &figure->result->reader;

	return json_pack(
		"{s:s, s:s, s:s, s:s, s:o, s:I, s:o, s:o, s:I, s:I, s:s, s:s, s:s, s:s, s:I, s:s}",
		"job", figure->summary->job, "cell", figure->cell, "metric",
		figure->metric->name, "quantile",
		ktb_quantile_name(figure->quantile), "cpu",
		maybe(figure->cpu >= 0, figure->cpu), "value",
		(json_int_t)figure->value, "low",
		maybe(figure->has_interval, figure->low), "high",
		maybe(figure->has_interval, figure->high), "count",
		(json_int_t)figure->count, "lost", (json_int_t)figure->lost,
		"unit", ktb_export_unit(figure->metric->scale)->own, "lane",
		ktb_reader_lane_name(reader->lane), "kernel",
		ktb_export_kernel(figure->result), "run",
		ktb_reader_string(reader, "run"), "missed",
		(json_int_t)figure->missed, "over",
		ktb_schedule_over(figure->summary, figure->metric));
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	json_t *line;
	size_t i;
	int bad;

	for (i = 0; i < export->figures.nr; i++) {
		line = line_of(&export->figures.at[i]);
		bad = !line || json_dumpf(line, to, JSON_COMPACT);
		json_decref(line);
		if (bad)
			return ktb_fault_memory(fault);
		fputc('\n', to);
	}
	return 0;
}

const struct ktb_export_format ktb_export_format_jsonl = {
	.name = "jsonl",
	.what = "jq, log pipelines (JSON, a figure a line)",
	.takes = KTB_EXPORT_TAKES_ANY,
	.wants = { .scales = KTB_EXPORT_ALL_SCALES,
		   .by_result = true,
		   .of_cpus = true },
	.write = write_document,
};
