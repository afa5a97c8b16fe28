// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The opening of the page: what was measured, where, and how much of it is good.
 */
#include <ctype.h>
#include <string.h>

#include "html.h"
#include "html_parts.h"
#include "injected.h"
#include "schedule.h"
#include "shape.h"
#include "verdicts.h"

struct opening_sums {
	size_t cells;
	size_t repetitions;
	size_t invalid;
	size_t interrupted;
	uint64_t samples;
	uint64_t lost;
	uint64_t missed;
	uint64_t early;
	uint64_t overflow;
};

static uint64_t opening_counter(const struct ktb_tally *tally, const char *name)
{
	const struct ktb_metric *metric =
		ktb_reader_metric(tally->workload, name);

	return metric && !metric->is_distribution ?
		       tally->counters[metric->slot] :
		       0;
}

static void opening_sum(const struct ktb_findings *findings,
			struct opening_sums *sums)
{
	const struct ktb_tally *tally;
	size_t i;

	memset(sums, 0, sizeof(*sums));
	for (i = 0; i < findings->reader.nr_workloads; i++) {
		tally = &findings->tallies[i];
		sums->cells += tally->nr_cells;
		sums->repetitions += tally->nr_repetitions;
		sums->invalid += tally->nr_invalid;
		sums->interrupted += tally->nr_interrupted;
		sums->samples += tally->samples;
		sums->lost += tally->lost;
		sums->missed += tally->missed;
		sums->early += tally->early;
		sums->overflow += tally->overflow;
	}
}

static void opening_where(const struct ktb_reader *reader, FILE *to)
{
	const json_t *environment =
		json_object_get(reader->root, "environment");
	const char *model = ktb_shape_string(environment, "cpu_model");
	const char *kernel = ktb_shape_string(environment, "kernel");
	const char *host = ktb_shape_string(environment, "hostname");
	const char *detail = ktb_reader_string(reader, "lane_detail");

	fputs("<p>On ", to);
	ktb_html_element(to, "b", *model ? model : "a CPU of unknown model");
	fprintf(to, " with %zu usable CPUs",
		json_array_size(json_object_get(reader->root, "cpus")));
	if (*host) {
		fputs(" (", to);
		ktb_html_text(to, host);
		fputs(")", to);
	}
	fputs(", kernel ", to);
	ktb_html_element(to, "b", *kernel ? kernel : "unknown");
	fputs(", lane ", to);
	ktb_html_element(to, "b", ktb_reader_lane_name(reader->lane));
	if (*detail) {
		fputs(" (", to);
		ktb_html_text(to, detail);
		fputs(")", to);
	}
	fputs(", ", to);
	ktb_html_text(to, ktb_reader_string(reader, "created"));
	fputs(".</p>\n", to);
}

static void opening_answer(const struct ktb_findings *findings,
			   const struct opening_sums *sums, FILE *to)
{
	const struct ktb_reader *reader = &findings->reader;
	size_t i;

	fprintf(to, "<p>Measured <b>%zu cells</b>, %zu repetitions, of ",
		sums->cells, sums->repetitions);
	for (i = 0; i < reader->nr_workloads; i++) {
		if (i)
			fputs(i + 1 == reader->nr_workloads ? " and " : ", ",
			      to);
		ktb_html_element(to, "b", reader->workloads[i].name);
		fputs(ktb_reader_workload_remark(&reader->workloads[i]), to);
	}
	fprintf(to,
		": <b>%s samples</b>, <b>%s lost</b>, %s periods missed, "
		"%s early, %s past the last bucket.</p>\n",
		ktb_scale_count(sums->samples).s, ktb_scale_count(sums->lost).s,
		ktb_scale_count(sums->missed).s, ktb_scale_count(sums->early).s,
		ktb_scale_count(sums->overflow).s);
	if (!sums->repetitions)
		fputs("<p class=\"verdict\">&#9675; NOTHING WAS MEASURED.</p>",
		      to);
	else if (sums->invalid)
		fprintf(to,
			"<p class=\"verdict bad\">&#10007; INVALID: %zu of "
			"%zu repetitions. Their figures are shown and marked; "
			"they support no verdict.</p>\n",
			sums->invalid, sums->repetitions);
	else
		fprintf(to,
			"<p class=\"verdict\">&#10003; VALID: all %zu "
			"repetitions.</p>\n",
			sums->repetitions);
}

static void opening_notes(const struct ktb_page *page,
			  const struct opening_sums *sums, FILE *to)
{
	const struct ktb_reader *reader = &page->findings->reader;
	const char *state = ktb_reader_string(reader, "state");
	json_int_t planned = ktb_shape_integer(reader->root, "cells_planned");
	const json_t *element;
	char sentence[256];
	size_t i;

	if (strcmp(state, "complete")) {
		fputs("<p class=\"note\">The run is <b>", to);
		ktb_html_text(to, state);
		fputs("</b>. ", to);
		ktb_html_text(to, ktb_reader_string(reader, "state_reason"));
		fputs("</p>\n", to);
	}
	if ((json_int_t)reader->nr_lines < planned)
		fprintf(to,
			"<p class=\"note\">%zu of %lld planned repetitions "
			"are there.</p>\n",
			reader->nr_lines, (long long)planned);
	if (*ktb_verdicts_sentence(json_object_get(reader->root, "checks"),
				   sentence, sizeof(sentence)))
		fprintf(to, "<p class=\"note\">%c%s.</p>\n",
			toupper((unsigned char)*sentence), sentence + 1);
	json_array_foreach(json_object_get(reader->root, "left_out"), i,
			   element) {
		fputs("<p class=\"note\">Left out: ", to);
		ktb_html_text(to, json_string_value(element));
		fputs("</p>\n", to);
	}
	if (reader->torn_bytes)
		fprintf(to,
			"<p class=\"note\">The last line of %s is "
			"cut off after %zu bytes and is left out.</p>\n",
			reader->cells_name, reader->torn_bytes);
	if (sums->interrupted)
		fprintf(to,
			"<p class=\"note\">%zu repetitions were "
			"interrupted: they are shorter, their samples are "
			"good.</p>\n",
			sums->interrupted);
	if (page->plots->nr_left_out)
		fprintf(to,
			"<p class=\"note\">%zu pictures were left out, for "
			"a report has at most %d, %d of a kind in a job, "
			"those of calls for %d of its settings. Their figures "
			"are in the jobs' tables.</p>\n",
			page->plots->nr_left_out, KTB_PLOTS_MAX,
			KTB_PLOTS_PER_JOB, KTB_PLOTS_CALLS);
}

/* Every counter of losses, by name. */
static void opening_losses(const struct ktb_tally *tally, FILE *to)
{
	const struct ktb_metric *metric;
	uint64_t count;
	size_t i;

	fputs("<td class=\"t\">", to);
	for (i = 0; i < tally->workload->nr_metrics; i++) {
		metric = &tally->workload->metrics[i];
		if (metric->is_distribution || !metric->is_loss)
			continue;
		count = tally->counters[metric->slot];
		fputs(count ? " <b class=\"bad\">" : " ", to);
		ktb_html_text(to, metric->name);
		fprintf(to, "&nbsp;%s%s", ktb_scale_count(count).s,
			count ? "&nbsp;!</b>" : "");
	}
	fputs("</td>", to);
}

static void opening_tallies(const struct ktb_findings *findings, FILE *to)
{
	static const char *const counters[] = { "expiries", "migrated" };
	const struct ktb_tally *tally;
	size_t i, j;

	fputs("<h2>Counts and losses</h2>\n<div class=\"wide\"><table>\n"
	      "<tr><th class=\"t\">workload<th>cells<th>repetitions<th>invalid"
	      "<th>samples<th>lost<th>missed<th>early<th>overflow",
	      to);
	for (j = 0; j < sizeof(counters) / sizeof(counters[0]); j++)
		fprintf(to, "<th>%s", counters[j]);
	fputs("<th>raw dropped<th class=\"t\">losses by cause</tr>\n", to);
	for (i = 0; i < findings->reader.nr_workloads; i++) {
		tally = &findings->tallies[i];
		fputs("<tr><td class=\"t\">", to);
		ktb_html_text(to, tally->workload->name);
		fprintf(to, "%s</td>",
			ktb_reader_workload_remark(tally->workload));
		ktb_html_count(to, tally->nr_cells);
		ktb_html_count(to, tally->nr_repetitions);
		ktb_html_loss(to, tally->nr_invalid);
		ktb_html_count(to, tally->samples);
		ktb_html_loss(to, tally->lost);
		ktb_html_count(to, tally->missed);
		ktb_html_count(to, tally->early);
		ktb_html_count(to, tally->overflow);
		for (j = 0; j < sizeof(counters) / sizeof(counters[0]); j++)
			ktb_html_count(to, opening_counter(tally, counters[j]));
		ktb_html_count(to, tally->raw_dropped);
		opening_losses(tally, to);
		fputs("</tr>\n", to);
	}
	fputs("</table></div>\n", to);
}

void ktb_html_opening(const struct ktb_page *page, FILE *to)
{
	const struct ktb_findings *findings = page->findings;
	const struct ktb_reader *reader = &findings->reader;
	struct opening_sums sums;
	char injected[256], missed[512];

	opening_sum(findings, &sums);
	fputs("<h1>ktbench: ", to);
	ktb_html_text(to, ktb_reader_string(reader, "run"));
	fputs("</h1>\n", to);
	if (*ktb_reader_lane_remark(reader->lane))
		fprintf(to, "<p class=\"banner\">Lane %s: %s.</p>\n",
			ktb_reader_lane_name(reader->lane),
			ktb_reader_lane_remark(reader->lane));
	if (*ktb_schedule_sentence(findings, missed, sizeof(missed))) {
		fputs("<p class=\"banner\">", to);
		*missed = (char)toupper((unsigned char)*missed);
		ktb_html_text(to, missed);
		fputs(".</p>\n", to);
	}
	if (*ktb_injected_sentence(reader->root, injected, sizeof(injected))) {
		fputs("<p class=\"banner\">", to);
		*injected = (char)toupper((unsigned char)*injected);
		ktb_html_text(to, injected);
		fputs(".</p>\n", to);
	}
	opening_answer(findings, &sums, to);
	opening_where(reader, to);
	opening_notes(page, &sums, to);
	ktb_html_short(page, to);
	opening_tallies(findings, to);
}
