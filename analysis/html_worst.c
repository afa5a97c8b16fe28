// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The worst samples of a run, with the evidence that lets a person find the
 * cause.
 */
#include "html.h"
#include "html_parts.h"
#include "shape.h"

static bool worst_is_known(const struct ktb_findings *findings,
			   const char *feature)
{
	const json_t *module = json_object_get(findings->reader.root, "module");

	return json_is_true(json_object_get(module, feature));
}

static void worst_evidence(const struct ktb_findings *findings,
			   const struct ktb_sample *sample, FILE *to)
{
	const struct ktb_summary *summary =
		ktb_findings_summary(findings, sample);

	if (summary->workload->is_user) {
		fputs("thread ", to);
		ktb_html_text(to, sample->comm);
		fprintf(to,
			" (pid %lld)<small>user space does not know what "
			"its CPU has been through</small>",
			(long long)sample->pid);
		return;
	}
	fputs(sample->is_idle ? "CPU was idle" : "CPU was busy", to);
	fputs(sample->is_in_thread ? ", callback in the thread " : ", ran ",
	      to);
	ktb_html_text(to, *sample->comm ? sample->comm : "unknown");
	fprintf(to, " (pid %lld)", (long long)sample->pid);
	if (sample->armed_cpu != sample->cpu) {
		fprintf(to,
			"<small>armed on CPU %d, so what came since is not "
			"known</small>",
			sample->armed_cpu);
		return;
	}
	fputs("<small>since arming: ", to);
	if (worst_is_known(findings, "irq_counts"))
		fprintf(to, "%lld interrupts, ", (long long)sample->irqs);
	fprintf(to, "%lld softirqs, ", (long long)sample->softirqs);
	if (worst_is_known(findings, "switches"))
		fprintf(to, "%lld context switches, ",
			(long long)sample->switches);
	fprintf(to, "%s stolen</small>",
		ktb_scale_text(KTB_SCALE_NS, sample->steal_ns).s);
}

static void worst_row(const struct ktb_findings *findings,
		      const struct ktb_sample *sample, FILE *to)
{
	const struct ktb_summary *summary =
		ktb_findings_summary(findings, sample);
	const struct ktb_metric *metric = summary->workload->primary;
	enum ktb_scale scale = metric ? metric->scale : KTB_SCALE_NS;
	struct ktb_text when;
	char label[160];
	bool same_clock;

	ktb_summary_title(summary, label, sizeof(label));
	same_clock = ktb_findings_when(findings, sample, &when);
	fprintf(to, "<tr%s>", sample->is_valid ? "" : " class=\"invalid\"");
	ktb_html_figure(to, scale, sample->excess);
	fprintf(to, "<td>%s", ktb_scale_text(scale, sample->value).s);
	if (sample->value != sample->excess)
		fprintf(to, "<small>%s of it allowed</small>",
			ktb_scale_text(scale, sample->value - sample->excess).s);
	fputs("<td class=\"t\">", to);
	ktb_html_text(to, summary->workload->name);
	fputs(ktb_reader_workload_remark(summary->workload), to);
	ktb_html_element(to, "small", metric ? metric->name : "");
	fputs("</td><td class=\"t\">", to);
	ktb_html_text(to, summary->job);
	ktb_html_element(to, "small", label);
	fprintf(to, "<small>cell %lld, repetition %lld%s</small></td>",
		(long long)sample->cell, (long long)sample->repetition,
		sample->is_valid ? "" : ", INVALID");
	fprintf(to, "<td>%d</td><td>%s%s", sample->cpu,
		same_clock ? "" : "in the window from ", when.s);
	if (sample->nr_alike)
		fprintf(to, "<small>%u more within 1 ms</small>",
			sample->nr_alike);
	fputs("</td><td class=\"t\">", to);
	worst_evidence(findings, sample, to);
	fputs("</td></tr>\n", to);
}

static void worst_head(FILE *to)
{
	fputs("<div class=\"wide\"><table>\n<tr><th>beyond what<br>was allowed"
	      "<th>value<th class=\"t\">workload<th class=\"t\">job, cell"
	      "<th>CPU<th>after the start<th class=\"t\">what was going on"
	      "</tr>\n",
	      to);
}

void ktb_html_worst(const struct ktb_page *page, FILE *to)
{
	const struct ktb_findings *findings = page->findings;
	size_t i;

	fputs("<h2>The five worst</h2>\n", to);
	if (!findings->nr_worst) {
		fputs("<p>No worst samples were kept.</p>\n", to);
		return;
	}
	worst_head(to);
	for (i = 0; i < findings->nr_worst; i++)
		worst_row(findings, &findings->worst[i], to);
	fputs("</table></div>\n<p class=\"remark\">Allowed is the slack "
	      "that was asked for and, for wheel timers, what the wheel adds "
	      "by design; the rest is jitter. Worst samples of one CPU within 1 ms are one "
	      "incident, told by the worst of them.</p>\n<details><summary>The worst of each job"
	      "</summary>\n",
	      to);
	worst_head(to);
	for (i = 0; i < findings->nr_jobs; i++)
		if (findings->jobs[i].has_worst)
			worst_row(findings, &findings->jobs[i].worst, to);
	fputs("</table></div></details>\n", to);
}
