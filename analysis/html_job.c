// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The section of a job: its question, its table of cells, its pictures.
 */
#include <stdlib.h>

#include "html.h"
#include "html_parts.h"
#include "schedule.h"
#include "shape.h"
#include "svg.h"

/* Longer tables are folded. */
#define JOB_ROWS       24

/* Lines of a picture's data that are shown in the page. */
#define JOB_DATA_LINES 200

static const enum ktb_quantile job_quantiles[] = {
	KTB_QUANTILE_P50,
	KTB_QUANTILE_P99,
	KTB_QUANTILE_P99_9,
};

#define JOB_NR_QUANTILES (sizeof(job_quantiles) / sizeof(job_quantiles[0]))

static const char *const job_counters[] = { "migrated" };

#define JOB_NR_COUNTERS (sizeof(job_counters) / sizeof(job_counters[0]))

static void job_head(const json_t *swept, FILE *to)
{
	const json_t *name;
	size_t i;

	fputs("<tr><th>cell", to);
	json_array_foreach(swept, i, name)
		ktb_html_element(to, "th", json_string_value(name));
	fputs("<th>runs<th>n<th>lost<th>missed", to);
	for (i = 0; i < JOB_NR_COUNTERS; i++)
		fprintf(to, "<th>%s", job_counters[i]);
	fputs("<th>early<th>overflow<th>min", to);
	for (i = 0; i < JOB_NR_QUANTILES; i++)
		fprintf(to, "<th>%s", ktb_quantile_name(job_quantiles[i]));
	fputs("<th>max</tr>\n", to);
}

static void job_counts(const struct ktb_summary *summary,
		       const struct ktb_figures *figures, FILE *to)
{
	uint64_t value;
	size_t i;

	fprintf(to, "<td>%u</td>", summary->nr_repetitions);
	ktb_html_count(to, figures->count);
	ktb_html_loss(to, ktb_summary_lost(summary));
	ktb_html_count(to, ktb_schedule_missed(summary));
	for (i = 0; i < JOB_NR_COUNTERS; i++) {
		if (ktb_summary_counter(summary, job_counters[i], &value))
			ktb_html_count(to, value);
		else
			fputs("<td class=\"no\">none</td>", to);
	}
	ktb_html_count(to, figures->early);
	ktb_html_count(to, figures->overflow);
}

static void job_figures(const struct ktb_metric *metric,
			const struct ktb_figures *figures, FILE *to)
{
	size_t i;

	if (!figures->count) {
		fprintf(to, "<td class=\"no\" colspan=\"%zu\">no samples</td>",
			JOB_NR_QUANTILES + 2);
		return;
	}
	ktb_html_figure(to, metric->scale, figures->min);
	for (i = 0; i < JOB_NR_QUANTILES; i++)
		ktb_html_quantile(to, metric->scale, figures, job_quantiles[i]);
	ktb_html_figure(to, metric->scale, figures->max);
}

static void job_row(const struct ktb_summary *summary, FILE *to)
{
	const struct ktb_metric *metric = summary->workload->primary;
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);
	const json_t *name;
	size_t i;

	fprintf(to, "<tr%s><td>%lld%s",
		summary->is_valid ? "" : " class=\"invalid\"",
		(long long)summary->cell,
		summary->is_valid ? "" : " <b class=\"bad\">INVALID</b>");
	if (summary->beside >= 0)
		fprintf(to, "<small>beside cell %lld</small>",
			(long long)summary->beside);
	fputs("</td>", to);
	json_array_foreach(summary->swept, i, name)
		ktb_html_element(
			to, "td",
			ktb_summary_setting(summary, json_string_value(name)).s);
	job_counts(summary, figures, to);
	job_figures(metric, figures, to);
	fputs("</tr>\n", to);
}

/* The periods that were served, where others were not, stand below all of them. */
static void job_served_row(const struct ktb_summary *summary, FILE *to)
{
	const struct ktb_metric *served = summary->workload->served;
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, served);

	if (!served || !ktb_schedule_tells(summary, served))
		return;
	fprintf(to, "<tr class=\"served\"><td class=\"l\" colspan=\"%zu\">",
		json_array_size(summary->swept) + 1);
	ktb_html_text(to, served->title);
	fputs("</td>", to);
	job_counts(summary, figures, to);
	job_figures(served, figures, to);
	fputs("</tr>\n", to);
}

/*
 * The harness with nothing in it stands below every job's own figures: the
 * module's, or that of user space.
 */
static void job_null_rows(const struct ktb_page *page,
			  const struct ktb_job *job, size_t nr_swept, FILE *to)
{
	const struct ktb_summary *null =
		ktb_findings_null(page->findings, job->workload);
	const struct ktb_workload *workload;
	const struct ktb_figures *figures;
	size_t i;

	if (!null)
		return;
	workload = null->workload;
	fputs("<tfoot>", to);
	for (i = 0; i < workload->nr_metrics; i++) {
		if (!workload->metrics[i].is_distribution ||
		    !ktb_schedule_tells(null, &workload->metrics[i]))
			continue;
		figures = ktb_summary_figures(null, &workload->metrics[i]);
		fprintf(to, "<tr><td class=\"t\" colspan=\"%zu\">%s: ",
			nr_swept + 1, workload->name);
		ktb_html_text(to, workload->metrics[i].name);
		fputs("</td>", to);
		job_counts(null, figures, to);
		job_figures(&workload->metrics[i], figures, to);
		fputs("</tr>\n", to);
	}
	fputs("</tfoot>\n", to);
}

static void job_table(const struct ktb_page *page, const struct ktb_job *job,
		      FILE *to)
{
	const struct ktb_summary *summaries = page->findings->summaries;
	const json_t *swept = summaries[job->first].swept;
	size_t i;

	if (job->nr > JOB_ROWS)
		fprintf(to, "<details><summary>All %zu rows</summary>\n",
			job->nr);
	fputs("<div class=\"wide\"><table>\n<caption>", to);
	ktb_html_text(to, job->workload->primary->name);
	fputs(ktb_scale_is_instructions(job->workload->primary->scale) ?
		      ", instructions (= virtual ns)" :
		      "",
	      to);
	fputs("</caption>\n", to);
	job_head(swept, to);
	for (i = job->first; i < job->first + job->nr; i++) {
		job_row(&summaries[i], to);
		job_served_row(&summaries[i], to);
	}
	job_null_rows(page, job, json_array_size(swept), to);
	fputs("</table></div>\n", to);
	if (job->nr > JOB_ROWS)
		fputs("</details>\n", to);
}

static void job_reasons(const struct ktb_page *page, const struct ktb_job *job,
			FILE *to)
{
	const struct ktb_summary *summary;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &page->findings->summaries[i];
		if (!*summary->reason)
			continue;
		fprintf(to, "<p class=\"note\">Cell %lld, %s: ",
			(long long)summary->cell,
			summary->is_valid ? "interrupted" :
					    "<b class=\"bad\">INVALID</b>");
		ktb_html_text(to, summary->reason);
		fputs("</p>\n", to);
	}
}

static bool job_has_invalid(const struct ktb_page *page,
			    const struct ktb_job *job)
{
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++)
		if (!page->findings->summaries[i].is_valid)
			return true;
	return false;
}

static void job_picture(const struct ktb_page *page,
			const struct ktb_plot *plot, size_t number, FILE *to)
{
	const char *dir = page->plots->dir;
	char prefix[32];
	char *path;

	snprintf(prefix, sizeof(prefix), "p%zu", number);
	fputs("<figure>\n", to);
	if (asprintf(&path, "%s/%s.svg", dir, plot->name) < 0)
		return;
	if (plot->skipped || !ktb_svg_inline(to, path, plot->width, prefix,
					     plot->title, plot->remark)) {
		fputs("<p class=\"note\">The picture is <b>skipped</b>: ", to);
		ktb_html_text(to, plot->skipped ? plot->skipped :
						  "it cannot be read");
		fputs(".</p>\n", to);
	}
	free(path);
	fputs("<figcaption><b>", to);
	ktb_html_text(to, plot->title);
	fputs("</b> ", to);
	ktb_html_text(to, plot->remark);
	if (job_has_invalid(page, plot->job))
		fputs(" <b>Invalid repetitions are not drawn.</b>", to);
	fprintf(to,
		"</figcaption>\n<details><summary>Data of %s.svg</summary>"
		"<div class=\"wide\">\n",
		plot->name);
	if (asprintf(&path, "%s/%s.dat", dir, plot->name) >= 0) {
		ktb_html_data(to, path, JOB_DATA_LINES);
		free(path);
	}
	fputs("</div></details>\n</figure>\n", to);
}

void ktb_html_pictures(const struct ktb_page *page, const struct ktb_job *job,
		       FILE *to)
{
	size_t i;

	for (i = 0; i < page->plots->nr; i++)
		if (page->plots->items[i]->job == job)
			job_picture(page, page->plots->items[i], i + 1, to);
}

void ktb_html_job(const struct ktb_page *page, const struct ktb_job *job,
		  FILE *to)
{
	const struct ktb_findings *findings = page->findings;
	const struct ktb_summary *summary = &findings->summaries[job->first];

	fprintf(to, "<h2 id=\"job%zu\">", (size_t)(job - findings->jobs) + 1);
	ktb_html_text(to, job->question);
	fputs("</h2>\n<p class=\"job\">Job <b>", to);
	ktb_html_text(to, job->name);
	fputs("</b>, workload <b>", to);
	ktb_html_text(to, job->workload->name);
	fprintf(to, "</b>%s", ktb_reader_workload_remark(job->workload));
	if (*summary->placement) {
		fputs(", CPUs: ", to);
		ktb_html_text(to, summary->placement);
	}
	fprintf(to, " (%zu). ", summary->nr_cpus);
	ktb_html_text(to, job->workload->help);
	fputs("</p>\n", to);
	if (*job->remark)
		ktb_html_element(to, "p", job->remark);
	if (json_array_size(summary->disturb))
		fputs("<p class=\"note\">CPUs were disturbed on purpose in "
		      "this job.</p>\n",
		      to);
	if (*job->company) {
		fputs("<p class=\"note\">", to);
		ktb_html_text(to, job->company);
		fputs("</p>\n", to);
	}
	job_reasons(page, job, to);
	ktb_html_schedule_remark(summary, job->nr, to);
	if (job->workload->primary && !ktb_reader_is_of_calls(job->workload))
		job_table(page, job, to);
	if (job->workload->nr_calls)
		ktb_html_calls(page, job, to);
	ktb_html_job_ledger(page, job, to);
	ktb_html_details(page, job, to);
	ktb_html_pictures(page, job, to);
}
