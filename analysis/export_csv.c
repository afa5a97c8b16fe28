// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Comma-separated values (RFC 4180), a figure a line, integers in the metric's own
 * unit, the figures of single CPUs too. It may not know where figures come from.
 */
#include <inttypes.h>
#include <string.h>

#include "export_formats.h"
#include "schedule.h"

/*
 * A spreadsheet takes what begins with one of these for a formula, quoted or not.
 * Behind an apostrophe it is text; so is what began with one, that no two names
 * become one.
 */
#define FORMULA "=+-@\t\r'"

static void text(FILE *to, const char *before, const char *value)
{
	const bool is_formula = *value && strchr(FORMULA, *value);
	const bool is_quoted = strpbrk(value, ",\"\r\n");

	fprintf(to, "%s%s%s", before, is_quoted ? "\"" : "",
		is_formula ? "'" : "");
	for (; *value; value++) {
		if (*value == '"')
			fputc('"', to);
		fputc(*value, to);
	}
	if (is_quoted)
		fputc('"', to);
}

static void line(FILE *to, const struct ktb_export_figure *figure)
{
	const struct ktb_reader *reader = &figure->result->reader;

	text(to, "", figure->summary->job);
	text(to, ",", figure->cell);
	text(to, ",", figure->metric->name);
	text(to, ",", ktb_quantile_name(figure->quantile));
	fputc(',', to);
	if (figure->cpu >= 0)
		fprintf(to, "%d", figure->cpu);
	fprintf(to, ",%" PRId64 ",", figure->value);
	if (figure->has_interval)
		fprintf(to, "%" PRId64 ",%" PRId64, figure->low, figure->high);
	else
		fputc(',', to);
	fprintf(to, ",%" PRIu64 ",%" PRIu64, figure->count, figure->lost);
	text(to, ",", ktb_export_unit(figure->metric->scale)->own);
	text(to, ",", ktb_reader_lane_name(reader->lane));
	text(to, ",", ktb_export_kernel(figure->result));
	text(to, ",", ktb_reader_string(reader, "run"));
	fprintf(to, ",%" PRIu64 ",%s", figure->missed,
		ktb_schedule_over(figure->summary, figure->metric));
	fputc('\n', to);
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	size_t i;

	fputs("job,cell,metric,quantile,cpu,value,low,high,count,lost,unit,lane,kernel,run,missed,over\n",
	      to);
	for (i = 0; i < export->figures.nr; i++)
		line(to, &export->figures.at[i]);
	return 0;
}

const struct ktb_export_format ktb_export_format_csv = {
	.name = "csv",
	.what = "spreadsheets, R, pandas (comma-separated values)",
	.takes = KTB_EXPORT_TAKES_ANY,
	.wants = { .scales = KTB_EXPORT_ALL_SCALES,
		   .by_result = true,
		   .of_cpus = true },
	.write = write_document,
};
