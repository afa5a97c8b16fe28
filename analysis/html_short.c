// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The result in short: a line a job, over its good repetitions.
 */
#include "html.h"
#include "html_parts.h"
#include "schedule.h"

/* The cell where a quantile is smallest, or largest; NULL if none has it. */
static const struct ktb_bound *short_extreme(const struct ktb_findings *f,
					     const struct ktb_job *job,
					     enum ktb_quantile q, bool largest)
{
	const struct ktb_estimate *estimate;
	const struct ktb_bound *best = NULL;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		if (!f->summaries[i].is_valid || !job->workload->primary)
			continue;
		estimate = &ktb_summary_figures(&f->summaries[i],
						job->workload->primary)
				    ->at[q];
		if (!estimate->is_supported)
			continue;
		if (!best || (largest ? estimate->value.high > best->high :
					estimate->value.high < best->high))
			best = &estimate->value;
	}
	return best;
}

static void short_span(const struct ktb_findings *findings,
		       const struct ktb_job *job, enum ktb_quantile q, FILE *to)
{
	const struct ktb_bound *low = short_extreme(findings, job, q, false);
	const struct ktb_bound *high = short_extreme(findings, job, q, true);
	enum ktb_scale scale;

	if (!low || !high) {
		fputs("<td class=\"no\">n too small</td>", to);
		return;
	}
	scale = job->workload->primary->scale;
	fputs("<td>", to);
	ktb_html_text(to, ktb_summary_bound(scale, low).s);
	if (low != high) {
		fputs(" to ", to);
		ktb_html_text(to, ktb_summary_bound(scale, high).s);
	}
	fputs("</td>", to);
}

static void short_job(const struct ktb_findings *findings,
		      const struct ktb_job *job, FILE *to)
{
	const struct ktb_metric *metric = job->workload->primary;
	uint64_t n = 0, lost = 0, missed = 0, invalid = 0;
	const struct ktb_figures *figures;
	int64_t largest = INT64_MIN;
	size_t i;

	for (i = job->first; i < job->first + job->nr; i++) {
		figures = ktb_summary_figures(&findings->summaries[i], metric);
		lost += ktb_summary_lost(&findings->summaries[i]);
		missed += ktb_schedule_missed(&findings->summaries[i]);
		if (!findings->summaries[i].is_valid) {
			invalid += findings->summaries[i].nr_repetitions;
			continue;
		}
		n += figures->count;
		if (figures->count && figures->max > largest)
			largest = figures->max;
	}
	fprintf(to, "<tr><td class=\"t\"><a href=\"#job%zu\">",
		(size_t)(job - findings->jobs) + 1);
	ktb_html_text(to, job->name);
	fputs("</a></td><td class=\"t\">", to);
	ktb_html_text(to, metric->name);
	fprintf(to, "</td><td>%zu</td>", job->nr);
	ktb_html_loss(to, invalid);
	ktb_html_loss(to, lost);
	ktb_html_count(to, missed);
	ktb_html_count(to, n);
	short_span(findings, job, KTB_QUANTILE_P50, to);
	short_span(findings, job, KTB_QUANTILE_P99, to);
	if (n)
		ktb_html_figure(to, metric->scale, largest);
	else
		fputs("<td class=\"no\">no samples</td>", to);
	fputs("</tr>\n", to);
}

void ktb_html_short(const struct ktb_page *page, FILE *to)
{
	const struct ktb_findings *findings = page->findings;
	size_t i;

	fputs("<h2>In short</h2>\n<div class=\"wide\"><table>\n<tr>"
	      "<th class=\"t\">job<th class=\"t\">metric<th>cells<th>invalid "
	      "runs<th>lost<th>missed<th>n, good runs<th>p50, over the cells<th>p99, over "
	      "the cells<th>largest</tr>\n",
	      to);
	for (i = 0; i < findings->nr_jobs; i++)
		if (findings->jobs[i].workload->primary)
			short_job(findings, &findings->jobs[i], to);
	fputs("</table></div>\n", to);
	ktb_html_schedule_remark(findings->summaries, findings->nr_summaries,
				 to);
}
