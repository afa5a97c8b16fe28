// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * OpenMetrics 1.0, in the part that Prometheus' text format shares with it: for the
 * textfile collector of node_exporter. It may not know where figures come from.
 *
 * A metric's quantiles are a summary with exact count and sum; their intervals are
 * gauges. All is in base units.
 */
#include <string.h>

#include "export_cases.h"
#include "export_formats.h"
#include "schedule.h"

/* One scale of each family; ps are told as ns are. */
static const enum ktb_scale families[] = {
	KTB_SCALE_NS,	 KTB_SCALE_INSTRUCTIONS, KTB_SCALE_BYTES,
	KTB_SCALE_COUNT, KTB_SCALE_NONE,
};

/* What a family tells of each quantile. */
enum part { PART_VALUE, PART_LOW, PART_HIGH, NR_PARTS };

static const struct export_part {
	const char *word;
	const char *type;
	const char *label;
	const char *help;
} parts[NR_PARTS] = {
	{ "", "summary", "quantile",
	  "Quantiles of a metric of ktbench, over all CPUs of a cell." },
	{ "_low", "gauge", "of",
	  "Lower end of the 95 % interval of a quantile, in this run." },
	{ "_high", "gauge", "of",
	  "Upper end of the 95 % interval of a quantile, in this run." },
};

/* Named ktbench[_FAMILY][_PART][_UNIT]; a family that is a unit is named once. */
static struct ktb_text name_of(const struct ktb_export_unit *unit,
			       enum part part)
{
	const bool is_unit = !strcmp(unit->family, unit->base);
	struct ktb_text name;

	snprintf(name.s, sizeof(name.s), "ktbench%s%s%s%s%s",
		 is_unit ? "" : "_", is_unit ? "" : unit->family,
		 parts[part].word, *unit->base ? "_" : "", unit->base);
	return name;
}

static void head(FILE *to, const char *name, const char *type, const char *unit,
		 const char *help)
{
	fprintf(to, "# HELP %s %s\n# TYPE %s %s\n", name, help, name, type);
	if (*unit)
		fprintf(to, "# UNIT %s %s\n", name, unit);
}

static void label(FILE *to, const char *before, const char *name,
		  const char *value)
{
	fprintf(to, "%s%s=\"", before, name);
	for (; *value; value++) {
		if (*value == '\n')
			fputs("\\n", to);
		else if (*value == '"' || *value == '\\')
			fprintf(to, "\\%c", *value);
		else
			fputc(*value, to);
	}
	fputc('"', to);
}

static void origin(FILE *to, const struct ktb_findings *result)
{
	label(to, ",", "lane", ktb_reader_lane_name(result->reader.lane));
	label(to, ",", "kernel", ktb_export_kernel(result));
}

static void labels(FILE *to, const struct ktb_export_figure *figure)
{
	label(to, "{", "job", figure->summary->job);
	label(to, ",", "cell", figure->cell);
	label(to, ",", "metric", figure->metric->name);
	origin(to, figure->result);
}

static int64_t part_of(const struct ktb_export_figure *figure, enum part part)
{
	return part == PART_LOW	 ? figure->low :
	       part == PART_HIGH ? figure->high :
				   figure->value;
}

/* A quantile as the label is written: 0.999. */
static struct ktb_text fraction(enum ktb_quantile q)
{
	struct ktb_text text = ktb_export_decimal(ktb_quantile_ppm(q), 6);
	size_t length = strlen(text.s);

	while (text.s[length - 1] == '0')
		text.s[--length] = '\0';
	return text;
}

static void sample(FILE *to, const char *name,
		   const struct ktb_export_figure *figure, enum part part)
{
	fputs(name, to);
	labels(to, figure);
	label(to, ",", parts[part].label, fraction(figure->quantile).s);
	fprintf(to, "} %s\n",
		ktb_export_decimal(
			part_of(figure, part),
			ktb_export_unit(figure->metric->scale)->base_digits)
			.s);
}

static void totals(FILE *to, const char *name,
		   const struct ktb_export_figure *figure)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(figure->summary, figure->metric);
	const struct ktb_export_unit *unit =
		ktb_export_unit(figure->metric->scale);

	fprintf(to, "%s_sum", name);
	labels(to, figure);
	fprintf(to, "} %s\n%s_count",
		ktb_export_decimal(figures->sum, unit->base_digits).s, name);
	labels(to, figure);
	fprintf(to, "} %llu\n", (unsigned long long)figures->count);
}

static bool is_last(const struct ktb_export_figures *figures, size_t at)
{
	const struct ktb_export_figure *one = &figures->at[at];

	return at + 1 == figures->nr || one[1].summary != one->summary ||
	       one[1].metric != one->metric;
}

static void family(const struct ktb_export_figures *figures,
		   const struct ktb_export_unit *unit, enum part part, FILE *to)
{
	const struct ktb_text name = name_of(unit, part);
	const struct ktb_export_figure *figure;
	bool is_first = true;
	size_t i;

	for (i = 0; i < figures->nr; i++) {
		figure = &figures->at[i];
		if (strcmp(ktb_export_unit(figure->metric->scale)->family,
			   unit->family))
			continue;
		if (is_first)
			head(to, name.s, parts[part].type, unit->base,
			     parts[part].help);
		is_first = false;
		sample(to, name.s, figure, part);
		if (part == PART_VALUE && is_last(figures, i))
			totals(to, name.s, figure);
	}
}

static uint64_t is_over_schedule(const struct ktb_export_case *one)
{
	return !one->good || !ktb_schedule_is_of_served(one->good);
}

static uint64_t is_valid(const struct ktb_export_case *one)
{
	return one->outcome != KTB_EXPORT_INVALID;
}

/* What is told of each cell, valid or not. */
static const struct export_gauge {
	const char *name;
	const char *help;
	uint64_t (*value)(const struct ktb_export_case *one);
} gauges[] = {
	{ "ktbench_cell_valid",
	  "1 if no repetition of the cell is invalid; figures are of the others.",
	  is_valid },
	{ "ktbench_cell_lost_samples",
	  "Samples that the cell lost; above 0 it is invalid.",
	  ktb_export_cases_lost },
	{ "ktbench_cell_missed_periods",
	  "Periods that the cell missed; its quantiles are over these too.",
	  ktb_export_cases_missed },
	{ "ktbench_cell_over_schedule",
	  "0 if the quantiles leave missed periods out, since nothing tells how late those were.",
	  is_over_schedule },
};

static void gauge(const struct export_gauge *row, FILE *to,
		  const struct ktb_findings *result,
		  const struct ktb_export_cases *cases)
{
	const struct ktb_export_case *one = cases->at;

	for (; one < cases->at + cases->nr; one++) {
		if (!one->good && !one->bad)
			continue;
		fputs(row->name, to);
		label(to, "{", "job", one->job);
		label(to, ",", "cell", one->cell);
		origin(to, result);
		fprintf(to, "} %llu\n", (unsigned long long)row->value(one));
	}
}

static bool write_gauges(const struct ktb_export *export, FILE *to)
{
	const struct export_gauge *row = gauges;
	struct ktb_export_cases cases;
	bool fine = true;
	size_t i;

	for (; row < gauges + sizeof(gauges) / sizeof(*gauges); row++) {
		head(to, row->name, "gauge", "", row->help);
		for (i = 0; fine && i < export->nr_results; i++) {
			fine = ktb_export_cases_list(&cases,
						     &export->results[i]);
			if (fine)
				gauge(row, to, &export->results[i], &cases);
			ktb_export_cases_free(&cases);
		}
	}
	return fine;
}

static void write_info(const struct ktb_export *export, FILE *to)
{
	const struct ktb_findings *result = export->results;

	head(to, "ktbench_run_info", "gauge", "",
	     "The run that the figures are of; always 1.");
	for (; result < export->results + export->nr_results; result++) {
		fputs("ktbench_run_info", to);
		label(to, "{", "run",
		      ktb_reader_string(&result->reader, "run"));
		label(to, ",", "created",
		      ktb_reader_string(&result->reader, "created"));
		label(to, ",", "state",
		      ktb_reader_string(&result->reader, "state"));
		label(to, ",", "lane_detail",
		      ktb_reader_string(&result->reader, "lane_detail"));
		origin(to, result);
		fputs("} 1\n", to);
	}
}

static int write_document(const struct ktb_export *export, FILE *to,
			  struct ktb_fault *fault)
{
	enum part part;
	size_t i;

	for (i = 0; i < sizeof(families) / sizeof(families[0]); i++)
		for (part = 0; part < NR_PARTS; part++)
			family(&export->figures, ktb_export_unit(families[i]),
			       part, to);
	if (!write_gauges(export, to))
		return ktb_fault_memory(fault);
	write_info(export, to);
	fputs("# EOF\n", to);
	return 0;
}

const struct ktb_export_format ktb_export_format_openmetrics = {
	.name = "openmetrics",
	.what = "Prometheus: node_exporter's textfile collector (OpenMetrics)",
	.takes = KTB_EXPORT_TAKES_KERNELS,
	.wants = { .scales = KTB_EXPORT_ALL_SCALES, .by_result = true },
	.write = write_document,
};
