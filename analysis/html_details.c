// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The long tables of a job, folded away: every distribution with every
 * quantile, every counter, every CPU.
 */
#include <ctype.h>

#include "html.h"
#include "html_parts.h"
#include "schedule.h"

/* Rows of the table by CPU; a longer one is of the worst cell only. */
#define DETAILS_ROWS 64

void ktb_html_title(const struct ktb_summary *summary, FILE *to)
{
	char label[160];

	ktb_summary_title(summary, label, sizeof(label));
	fprintf(to, "<td class=\"t\">%s",
		summary->is_valid ? "" : "<b class=\"bad\">INVALID</b> ");
	ktb_html_text(to, label);
	fputs("</td>", to);
}

void ktb_html_schedule_remark(const struct ktb_summary *cells, size_t nr,
			      FILE *to)
{
	char remark[256];

	if (!*ktb_schedule_remark(cells, nr, remark, sizeof(remark)))
		return;
	*remark = (char)toupper((unsigned char)*remark);
	fputs("<p class=\"note\">", to);
	ktb_html_text(to, remark);
	fputs(".</p>\n", to);
}

static void details_distribution(const struct ktb_summary *summary,
				 const struct ktb_metric *metric, FILE *to)
{
	const struct ktb_figures *figures =
		ktb_summary_figures(summary, metric);
	int q;

	fputs("<tr>", to);
	ktb_html_title(summary, to);
	fputs("<td class=\"t\">", to);
	ktb_html_text(to, metric->title);
	fputs(metric->is_part ? " (part)</td>" : "</td>", to);
	ktb_html_count(to, figures->count);
	ktb_html_loss(to, ktb_summary_lost(summary));
	ktb_html_count(to, ktb_schedule_missed(summary));
	ktb_html_count(to, figures->early);
	ktb_html_count(to, figures->overflow);
	if (!figures->count) {
		fprintf(to,
			"<td class=\"no\" colspan=\"%d\">no samples</td>"
			"</tr>\n",
			KTB_NR_QUANTILES + 4);
		return;
	}
	ktb_html_figure(to, metric->scale, figures->min);
	ktb_html_figure(to, metric->scale, figures->mean);
	ktb_html_figure(to, metric->scale, (int64_t)figures->sd);
	for (q = 0; q < KTB_NR_QUANTILES; q++)
		ktb_html_quantile(to, metric->scale, figures, q);
	ktb_html_figure(to, metric->scale, figures->max);
	fputs("</tr>\n", to);
}

/* Of what the parts are, where the whole knows of more. */
static void details_schedule(const struct ktb_page *page,
			     const struct ktb_job *job, FILE *to)
{
	const struct ktb_summary *cells =
		&page->findings->summaries[job->first];
	const struct ktb_workload *workload = job->workload;
	size_t i;

	ktb_html_schedule_remark(cells, job->nr, to);
	for (i = 0; workload->served && i < job->nr; i++)
		if (ktb_schedule_tells(&cells[i], workload->served))
			break;
	if (!workload->served || i == job->nr)
		return;
	fputs("<p class=\"remark\">Periods were missed. ", to);
	ktb_html_text(to, workload->primary->name);
	fputs(" is over the whole schedule: served and missed; its parts are of "
	      "the periods that were served.</p>",
	      to);
}

static void details_distributions(const struct ktb_page *page,
				  const struct ktb_job *job, FILE *to)
{
	const struct ktb_workload *workload = job->workload;
	const struct ktb_summary *summary;
	size_t i, j;
	int q;

	fputs("<details><summary>Every distribution, every quantile</summary>"
	      "<p class=\"remark\">Brackets: distribution-free 95 % interval "
	      "within this run. It is not the interval to compare two kernels "
	      "by: their unit is the boot. A part of the primary metric is "
	      "marked; means of parts add up, quantiles do not.</p>",
	      to);
	details_schedule(page, job, to);
	fputs("<div class=\"wide\"><table>\n<tr><th class=\"t\">cell"
	      "<th class=\"t\">metric<th>n<th>lost<th>missed<th>early"
	      "<th>overflow<th>min<th>mean<th>sd",
	      to);
	for (q = 0; q < KTB_NR_QUANTILES; q++)
		fprintf(to, "<th>%s", ktb_quantile_name(q));
	fputs("<th>max</tr>\n", to);
	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &page->findings->summaries[i];
		for (j = 0; j < workload->nr_metrics; j++)
			if (workload->metrics[j].is_distribution &&
			    ktb_schedule_tells(summary, &workload->metrics[j]))
				details_distribution(summary,
						     &workload->metrics[j], to);
	}
	fputs("</table></div></details>\n", to);
}

static void details_counters(const struct ktb_page *page,
			     const struct ktb_job *job, FILE *to)
{
	const struct ktb_workload *workload = job->workload;
	const struct ktb_summary *summary;
	const struct ktb_metric *metric;
	size_t i, j;

	fputs("<details><summary>Every counter</summary><div class=\"wide\">"
	      "<table>\n<tr><th class=\"t\">cell",
	      to);
	for (j = 0; j < workload->nr_metrics; j++)
		if (!workload->metrics[j].is_distribution)
			ktb_html_element(to, "th", workload->metrics[j].name);
	fputs("<th>raw_dropped<th>kernel memory<th>a timer</tr>\n", to);
	for (i = job->first; i < job->first + job->nr; i++) {
		summary = &page->findings->summaries[i];
		fputs("<tr>", to);
		ktb_html_title(summary, to);
		for (j = 0; j < workload->nr_metrics; j++) {
			metric = &workload->metrics[j];
			if (metric->is_distribution)
				continue;
			if (metric->is_loss)
				ktb_html_loss(to,
					      summary->counters[metric->slot]);
			else
				ktb_html_count(to,
					       summary->counters[metric->slot]);
		}
		ktb_html_count(to, summary->raw_dropped);
		ktb_html_figure(to, KTB_SCALE_BYTES, summary->memory_bytes);
		ktb_html_figure(to, KTB_SCALE_BYTES, summary->timer_bytes);
		fputs("</tr>\n", to);
	}
	fputs("</table></div></details>\n", to);
}

static void details_bound(bool is_supported, enum ktb_scale scale,
			  const struct ktb_bound *bound, FILE *to)
{
	if (is_supported)
		ktb_html_element(to, "td", ktb_summary_bound(scale, bound).s);
	else
		fputs("<td class=\"no\">n too small</td>", to);
}

static void details_cpu_rows(const struct ktb_summary *summary, FILE *to)
{
	enum ktb_scale scale = summary->workload->primary->scale;
	const struct ktb_brief *brief;
	size_t i;

	for (i = 0; i < summary->nr_cpus; i++) {
		brief = &summary->briefs[i];
		fputs("<tr>", to);
		ktb_html_title(summary, to);
		fprintf(to, "<td>%d</td><td>%d</td>", brief->cpu, brief->node);
		ktb_html_count(to, brief->count);
		ktb_html_count(to, brief->missed);
		ktb_html_count(to, brief->early);
		details_bound(brief->has_p50, scale, &brief->p50, to);
		details_bound(brief->has_p99, scale, &brief->p99, to);
		if (brief->count)
			ktb_html_figure(to, scale, brief->max);
		else
			fputs("<td class=\"no\">no samples</td>", to);
		fputs("</tr>\n", to);
	}
}

static void details_cpus(const struct ktb_page *page, const struct ktb_job *job,
			 FILE *to)
{
	const struct ktb_summary *summaries = page->findings->summaries;
	const struct ktb_summary *only = NULL;
	size_t rows = 0, i;

	for (i = job->first; i < job->first + job->nr; i++)
		rows += summaries[i].nr_cpus;
	if (rows > DETAILS_ROWS)
		only = job->has_worst ? ktb_findings_summary(page->findings,
							     &job->worst) :
					&summaries[job->first];
	fprintf(to, "<details><summary>By CPU%s</summary>",
		only ? ", the cell with the largest sample only" : "");
	ktb_html_schedule_remark(&summaries[job->first], job->nr, to);
	fputs("<div class=\"wide\"><table>\n<tr><th class=\"t\">cell<th>CPU"
	      "<th>node<th>n<th>missed<th>early<th>p50<th>p99<th>max</tr>\n",
	      to);
	for (i = job->first; i < job->first + job->nr; i++)
		if (!only || only == &summaries[i])
			details_cpu_rows(&summaries[i], to);
	fputs("</table></div></details>\n", to);
}

void ktb_html_details(const struct ktb_page *page, const struct ktb_job *job,
		      FILE *to)
{
	if (job->workload->primary)
		details_cpus(page, job, to);
	details_distributions(page, job, to);
	details_counters(page, job, to);
}
