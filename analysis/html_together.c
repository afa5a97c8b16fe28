// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The page where results stand side by side: what stands there, in what they
 * differ, what it does not say.
 */
#include <string.h>

#include "html.h"
#include "html_together.h"
#include "schedule.h"
#include "shape.h"

void ktb_html_together_head(const struct ktb_together *together, FILE *to)
{
	size_t i;

	for (i = 0; i < together->nr; i++) {
		fprintf(to, "<th class=\"t\">%c<small>",
			together->columns[i].letter);
		ktb_html_text(to, together->columns[i].kernel);
		fputs("</small></th>", to);
	}
	fputs("</tr>\n", to);
}

void ktb_html_together_differences(const struct ktb_together *together,
				   const struct ktb_differences *differences,
				   FILE *to)
{
	const struct ktb_differ *row;
	size_t i, column;

	fputs("<div class=\"wide\"><table>\n<tr><th class=\"t\">what</th>", to);
	ktb_html_together_head(together, to);
	for (i = 0; i < differences->nr; i++) {
		row = &differences->rows[i];
		fputs("<tr>", to);
		ktb_html_element(to, "td class=\"t\"", row->name);
		for (column = 0; column < together->nr; column++) {
			if (row->values[column])
				ktb_html_element(to, "td class=\"t\"",
						 row->values[column]);
			else
				fputs("<td class=\"t no\">not there</td>", to);
		}
		fputs("</tr>\n", to);
	}
	fputs("</table></div>\n", to);
}

static void beside_environment(const struct ktb_together *together, FILE *to)
{
	struct ktb_differences differences;

	fputs("<h2>In what they differ</h2>\n", to);
	if (!ktb_differ_environment(&differences, together))
		fputs("<p class=\"note\">There is no memory to tell.</p>\n",
		      to);
	else if (differences.nr)
		ktb_html_together_differences(together, &differences, to);
	else
		fputs("<p>In nothing that the results tell of environment, module and job files.</p>\n",
		      to);
	ktb_differ_free(&differences);
}

/* A line a result. */
static void beside_column(const struct ktb_column *column, FILE *to)
{
	const struct ktb_reader *reader = &column->findings->reader;
	const json_t *environment =
		json_object_get(reader->root, "environment");
	const char *state = ktb_reader_string(reader, "state");
	bool is_complete = !strcmp(state, "complete");
	struct ktb_tally total;

	ktb_together_total(column, &total);
	fprintf(to, "<tr><td class=\"t\"><b>%c</b></td>", column->letter);
	ktb_html_element(to, "td class=\"t\"", column->kernel);
	fprintf(to, "<td class=\"t\">%s</td>",
		ktb_reader_lane_name(reader->lane));
	ktb_html_element(to, "td class=\"t\"",
			 ktb_shape_string(environment, "cpu_model"));
	ktb_html_element(to, "td class=\"t\"",
			 ktb_reader_string(reader, "created"));
	ktb_html_element(to,
			 is_complete ? "td class=\"t\"" : "td class=\"t bad\"",
			 state);
	ktb_html_count(to, total.nr_cells);
	ktb_html_count(to, total.nr_repetitions);
	ktb_html_loss(to, total.nr_invalid);
	ktb_html_count(to, total.samples);
	ktb_html_loss(to, total.lost);
	ktb_html_count(to, total.missed);
	fprintf(to, "<td>%lld</td>",
		(long long)ktb_shape_integer(reader->root, "seed"));
	ktb_html_element(to, "td class=\"t\"", reader->dir);
	fputs("</tr>\n", to);
}

static void beside_missed(const struct ktb_together *together, FILE *to)
{
	char sentence[512];
	size_t i;

	for (i = 0; i < together->nr; i++) {
		if (!*ktb_schedule_sentence(together->columns[i].findings,
					    sentence, sizeof(sentence)))
			continue;
		fprintf(to, "<p class=\"banner\">%c: ",
			together->columns[i].letter);
		ktb_html_text(to, sentence);
		fputs(".</p>\n", to);
	}
}

static void beside_notes(const struct ktb_together *together, FILE *to)
{
	const struct ktb_reader *reader;
	size_t i;

	if (together->nr_machines > 1)
		fprintf(to,
			"<p class=\"note\">The results are of <b>%zu machines</b>: what differs may be the machine, and pictures of different machines are no verdict on kernels.</p>\n",
			together->nr_machines);
	if (together->nr_groups < together->nr)
		fputs("<p class=\"note\">Results of one kernel on one machine stand side by side: how far they lie apart is what a difference between kernels must exceed to mean anything.</p>\n",
		      to);
	for (i = 0; i < together->nr; i++) {
		reader = &together->columns[i].findings->reader;
		if (strcmp(ktb_reader_string(reader, "state"), "complete")) {
			fprintf(to, "<p class=\"note\">The run of %c is <b>",
				together->columns[i].letter);
			ktb_html_text(to, ktb_reader_string(reader, "state"));
			fputs("</b>. ", to);
			ktb_html_text(to, ktb_reader_string(reader,
							    "state_reason"));
			fputs("</p>\n", to);
		}
		if (reader->torn_bytes)
			fprintf(to,
				"<p class=\"note\">The last line of %c is cut off after %zu bytes and is left out.</p>\n",
				together->columns[i].letter,
				reader->torn_bytes);
	}
}

static void beside_opening(const struct ktb_together *together, FILE *to)
{
	enum ktb_lane lane = ktb_together_lane(together);
	size_t i;

	fprintf(to, "<h1>%zu results side by side</h1>\n", together->nr);
	if (*ktb_reader_lane_remark(lane))
		fprintf(to, "<p class=\"banner\">Lane %s: %s.</p>\n",
			ktb_reader_lane_name(lane),
			ktb_reader_lane_remark(lane));
	ktb_html_element(to, "p class=\"banner\"",
			 ktb_out_together_no_verdict(lane));
	beside_missed(together, to);
	fputs("<div class=\"wide\"><table>\n<tr><th class=\"t\"><th class=\"t\">kernel<th class=\"t\">lane<th class=\"t\">machine<th class=\"t\">created<th class=\"t\">state<th>cells<th>runs<th>invalid<th>samples<th>lost<th>missed<th>seed<th class=\"t\">result</tr>\n",
	      to);
	for (i = 0; i < together->nr; i++)
		beside_column(&together->columns[i], to);
	fputs("</table></div>\n", to);
	beside_notes(together, to);
}

static void beside_reading(const struct ktb_beside *beside, FILE *to)
{
	bool is_exact = ktb_together_lane(beside->together) == KTB_LANE_EXACT;

	fprintf(to,
		"<h2>How to read it</h2>\n<ul>\n"
		"<li>A cell is found by job, workload and what is swept; each table has one unit, and quantiles are the upper ends of buckets at most 0.78 %% wide. Primary metrics, their parts and the cost of calls are here; all the rest, intervals too, is in the report of each result.</li>\n"
		"<li><i>not there</i>: the result has no such cell; the job's section tells why. <i>n too small</i>: the sample does not support that quantile (p50: 6 samples, p99: 368).</li>\n"
		"<li>A cell with good repetitions shows those; one that has only invalid ones shows them, marked, and they are not drawn.</li>\n"
		"%s<li>%d results can stand side by side at most.</li>\n</ul>\n",
		is_exact ?
			"<li>Below a figure: by how many instructions it differs from that of A; <i>=</i> is no difference. The bucket of a median is wider than one instruction above 255, so that <i>=</i> there means the same bucket; min and max are exact.</li>\n" :
			"",
		KTB_TOGETHER_MAX);
	if (beside->no_plots)
		fputs("<p>Pictures were not asked for.</p>\n", to);
	if (beside->plots.nr_left_out)
		fprintf(to,
			"<p class=\"note\">%zu pictures are left out: there would be too many.</p>\n",
			beside->plots.nr_left_out);
}

void ktb_out_together_html(const struct ktb_beside *beside, FILE *to)
{
	const struct ktb_together *together = beside->together;
	size_t i;

	ktb_html_begin(to, "results side by side");
	beside_opening(together, to);
	ktb_html_together_short(together, to);
	beside_environment(together, to);
	for (i = 0; i < together->nr_jobs; i++)
		ktb_html_together_job(beside, &together->jobs[i], to);
	beside_reading(beside, to);
	ktb_html_end(to);
}
