// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What measuring cost: a sentence and a folded table at each job, and the ledger
 * of the whole result.
 */
#include "burden.h"
#include "html.h"
#include "html_parts.h"
#include "shape.h"

static void ledger_text(FILE *to, struct ktb_text text)
{
	ktb_html_element(to, "td", text.s);
}

static void ledger_bytes(FILE *to, int64_t bytes)
{
	if (bytes < 0)
		fputs("<td class=\"no\">not known</td>", to);
	else
		ktb_html_figure(to, KTB_SCALE_BYTES, bytes);
}

static void ledger_row(const struct ktb_findings *findings,
		       const struct ktb_summary *summary, FILE *to)
{
	const struct ktb_burden burden = ktb_burden_of(findings, summary);

	fputs("<tr>", to);
	ktb_html_title(summary, to);
	ledger_text(to, ktb_burden_share(burden.recording_ppb));
	ledger_text(to, ktb_burden_rate(burden.irqs));
	ledger_text(to, ktb_burden_rate(burden.wakeups));
	ledger_text(to, ktb_burden_share(burden.reader_ppb));
	ledger_bytes(to, burden.kernel_bytes);
	ledger_bytes(to, burden.reader_bytes);
	fputs("</tr>\n", to);
}

void ktb_html_job_ledger(const struct ktb_page *page, const struct ktb_job *job,
			 FILE *to)
{
	const struct ktb_findings *findings = page->findings;
	char sentence[512];
	size_t i;

	if (!*ktb_burden_sentence(findings, job, sentence, sizeof(sentence)))
		return;
	fputs("<details><summary>What measuring cost: ", to);
	ktb_html_text(to, sentence);
	fputs("</summary>\n<div class=\"wide\"><table>\n"
	      "<tr><th class=\"t\">cell<th>recording, at most"
	      "<th>interrupts a second and CPU<th>the runner woke"
	      "<th>its CPU time<th>memory of the session"
	      "<th>memory of the runner</tr>\n",
	      to);
	for (i = job->first; i < job->first + job->nr; i++)
		ledger_row(findings, &findings->summaries[i], to);
	fputs("</table></div></details>\n", to);
}

static void ledger_costs(const struct ktb_reader *reader, FILE *to)
{
	const enum ktb_scale scale = reader->lane == KTB_LANE_EXACT ?
					     KTB_SCALE_MILLI_INSTRUCTIONS :
					     KTB_SCALE_PS;
	const int64_t nano = ktb_scale_nano(scale);
	const json_t *cost;
	size_t i;

	fprintf(to,
		"<table>\n<tr><th class=\"t\">what<th class=\"t\">metric"
		"<th>CPU<th>n<th>min, %s<th>mean, %s</tr>\n",
		ktb_scale_label(scale, nano), ktb_scale_label(scale, nano));
	json_array_foreach(reader->ledger.costs, i, cost) {
		fputs("<tr><td class=\"t\">", to);
		ktb_html_text(to, ktb_shape_string(cost, "what"));
		fputs("</td><td class=\"t\">", to);
		ktb_html_text(to, ktb_shape_string(cost, "metric"));
		fputs(" of ", to);
		ktb_html_text(to, ktb_shape_string(cost, "workload"));
		fprintf(to, "</td><td>%lld</td>",
			(long long)ktb_shape_integer(cost, "cpu"));
		ktb_html_count(to, (uint64_t)ktb_shape_integer(cost, "count"));
		ledger_text(to, ktb_scale_in(nano, ktb_shape_integer(
							   cost, "min_ps")));
		ledger_text(to, ktb_scale_in(nano, ktb_shape_integer(
							   cost, "mean_ps")));
		fputs("</tr>\n", to);
	}
	fputs("</table>\n", to);
}

void ktb_html_ledger(const struct ktb_page *page, FILE *to)
{
	const struct ktb_reader *reader = &page->findings->reader;

	if (!reader->ledger.costs)
		return;
	fputs("<h2>What does measuring cost here?</h2>\n<p>Measured before the "
	      "first cell, with the workloads that measure the harness and the "
	      "kernel's calls. What a job took is told there.</p>\n",
	      to);
	if (*reader->ledger.reason) {
		fputs("<p class=\"note\">", to);
		ktb_html_text(to, reader->ledger.reason);
		fputs("</p>\n", to);
	}
	ledger_costs(reader, to);
}
