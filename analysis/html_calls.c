// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The table of what calls cost: a row a call, a column a cell of the job, all
 * figures in one unit.
 */
#include "html.h"
#include "html_parts.h"
#include "schedule.h"
#include "shape.h"

/* Wider tables are folded. */
#define CALLS_COLUMNS 8

struct calls_table {
	const struct ktb_summary *cell;
	size_t nr;
};

static void calls_settings(const struct calls_table *table, FILE *to)
{
	const json_t *name;
	size_t i, j;

	fputs("<tr><th class=\"t\">cell", to);
	for (i = 0; i < table->nr; i++) {
		fprintf(to, "<th>%lld%s", (long long)table->cell[i].cell,
			table->cell[i].is_valid ?
				"" :
				" <b class=\"bad\">INVALID</b>");
		if (table->cell[i].beside >= 0)
			fprintf(to, "<small>beside cell %lld</small>",
				(long long)table->cell[i].beside);
	}
	fputs("</tr>\n", to);
	json_array_foreach(table->cell->swept, j, name) {
		fputs("<tr>", to);
		ktb_html_element(to, "th class=\"t\"", json_string_value(name));
		for (i = 0; i < table->nr; i++)
			ktb_html_element(
				to, "th",
				ktb_summary_setting(&table->cell[i],
						    json_string_value(name))
					.s);
		fputs("</tr>\n", to);
	}
}

static void calls_counts(const struct calls_table *table, FILE *to)
{
	const struct ktb_metric *primary = table->cell->workload->primary;
	size_t i;

	fputs("<tr><td class=\"t\">runs</td>", to);
	for (i = 0; i < table->nr; i++)
		ktb_html_count(to, table->cell[i].nr_repetitions);
	fputs("</tr>\n", to);
	if (primary) {
		fputs("<tr><td class=\"t\">n of ", to);
		ktb_html_text(to, primary->name);
		fputs("</td>", to);
		for (i = 0; i < table->nr; i++)
			ktb_html_count(to, ktb_summary_figures(&table->cell[i],
							       primary)
						   ->count);
		fputs("</tr>\n", to);
	}
	fputs("<tr><td class=\"t\">lost</td>", to);
	for (i = 0; i < table->nr; i++)
		ktb_html_loss(to, ktb_summary_lost(&table->cell[i]));
	fputs("</tr>\n<tr><td class=\"t\">missed</td>", to);
	for (i = 0; i < table->nr; i++)
		ktb_html_count(to, ktb_schedule_missed(&table->cell[i]));
	fputs("</tr>\n", to);
}

/* The median, below it the least; the rest is in the tool tip. */
static void calls_figure(const struct ktb_summary *summary,
			 const struct ktb_metric *call, FILE *to)
{
	const struct ktb_figures *figures = ktb_summary_figures(summary, call);
	const struct ktb_estimate *p50 = &figures->at[KTB_QUANTILE_P50];
	int64_t unit = ktb_scale_nano(call->scale);

	if (!figures->count) {
		fputs("<td class=\"no\">no samples</td>", to);
		return;
	}
	fprintf(to, "<td%s title=\"n %s, early %s, overflow %s",
		summary->is_valid ? "" : " class=\"invalid\"",
		ktb_scale_count(figures->count).s,
		ktb_scale_count(figures->early).s,
		ktb_scale_count(figures->overflow).s);
	if (p50->is_supported) {
		fputs(", 95 % interval ", to);
		ktb_html_text(to, ktb_summary_in(unit, &p50->low).s);
		fputs(" to ", to);
		ktb_html_text(to, ktb_summary_in(unit, &p50->high).s);
	}
	fprintf(to, ", max %s\">", ktb_scale_in(unit, figures->max).s);
	if (p50->is_supported)
		ktb_html_text(to, ktb_summary_in(unit, &p50->value).s);
	else
		fputs("<i class=\"no\">n too small</i>", to);
	fprintf(to, "<small>min %s</small></td>",
		ktb_scale_in(unit, figures->min).s);
}

static void calls_rows(const struct calls_table *table, FILE *to)
{
	const struct ktb_workload *workload = table->cell->workload;
	const struct ktb_metric *call;
	size_t i, j;

	for (j = 0; j < workload->nr_metrics; j++) {
		call = &workload->metrics[j];
		if (!call->is_distribution || !call->is_call)
			continue;
		fputs("<tr>", to);
		ktb_html_element(to, "td class=\"t\"", call->name);
		for (i = 0; i < table->nr; i++)
			calls_figure(&table->cell[i], call, to);
		fputs("</tr>\n", to);
	}
}

/* The harness with nothing in it stands below every job's own figures. */
static void calls_null_rows(const struct ktb_page *page,
			    const struct calls_table *table, FILE *to)
{
	const struct ktb_summary *null =
		ktb_findings_null(page->findings, table->cell->workload);
	const struct ktb_metric *metric;
	size_t j;

	if (!null)
		return;
	fputs("<tfoot>", to);
	for (j = 0; j < null->workload->nr_metrics; j++) {
		metric = &null->workload->metrics[j];
		if (!metric->is_distribution ||
		    !ktb_schedule_tells(null, metric))
			continue;
		fputs("<tr><td class=\"t\">null: ", to);
		ktb_html_text(to, metric->name);
		fputs("</td>", to);
		calls_figure(null, metric, to);
		if (table->nr > 1)
			fprintf(to, "<td colspan=\"%zu\"></td>", table->nr - 1);
		fputs("</tr>\n", to);
	}
	fputs("</tfoot>\n", to);
}

/* All that a table needs which is quoted without the page around it. */
static void calls_caption(const struct ktb_reader *reader, enum ktb_scale scale,
			  FILE *to)
{
	const json_t *environment =
		json_object_get(reader->root, "environment");
	const char *remark = ktb_reader_lane_remark(reader->lane);

	fprintf(to, "<caption>p50 of one call, %s; below it the least. Kernel ",
		ktb_scale_label(scale, ktb_scale_nano(scale)));
	ktb_html_text(to, ktb_shape_string(environment, "kernel"));
	fprintf(to, ", lane %s%s%s</caption>\n",
		ktb_reader_lane_name(reader->lane), *remark ? ": " : "",
		remark);
}

void ktb_html_calls(const struct ktb_page *page, const struct ktb_job *job,
		    FILE *to)
{
	const struct calls_table table = {
		&page->findings->summaries[job->first], job->nr
	};
	enum ktb_scale scale = ktb_reader_call_scale(job->workload);

	if (table.nr > CALLS_COLUMNS)
		fprintf(to, "<details><summary>All %zu columns</summary>\n",
			table.nr);
	fputs("<div class=\"wide\"><table>\n", to);
	calls_caption(&page->findings->reader, scale, to);
	calls_settings(&table, to);
	calls_counts(&table, to);
	calls_rows(&table, to);
	calls_null_rows(page, &table, to);
	fputs("</table></div>\n", to);
	if (table.nr > CALLS_COLUMNS)
		fputs("</details>\n", to);
}
