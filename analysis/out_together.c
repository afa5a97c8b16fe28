// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Results side by side on the terminal: a line a figure of a cell, a column a
 * result.
 */
#include <string.h>

#include "out_together.h"
#include "schedule.h"
#include "shape.h"
#include "together_differ.h"
#include "together_shown.h"

/* Lines of cells of a job; the others are in report.html. */
#define TEXT_CELLS 24
/* Letters of what a line is of, at least. */
#define TEXT_LABEL 28
/* Letters of a figure with what it differs by. */
#define TEXT_FIELD 20

const char *ktb_out_together_no_verdict(enum ktb_lane lane)
{
	if (lane == KTB_LANE_EXACT)
		return "This is no verdict: differences in instructions are shown, and `ktbench compare` says which of them count.";
	return "This is no verdict: one run of each says nothing about the kernels, since boots of one kernel differ too. `ktbench compare` judges, with boots as the unit.";
}

static void text_columns(const struct ktb_together *together, FILE *to)
{
	const struct ktb_reader *reader;
	struct ktb_tally total;
	size_t i;

	for (i = 0; i < together->nr; i++) {
		reader = &together->columns[i].findings->reader;
		ktb_together_total(&together->columns[i], &total);
		fprintf(to,
			"%c  kernel %s, %s, created %s, %s, seed %lld: cells %zu, invalid repetitions %zu, samples %s, lost %s, missed %s; %s\n",
			together->columns[i].letter,
			together->columns[i].kernel,
			ktb_reader_fact(reader, "cpu_model"),
			ktb_reader_string(reader, "created"),
			ktb_reader_string(reader, "state"),
			(long long)ktb_shape_integer(reader->root, "seed"),
			total.nr_cells, total.nr_invalid,
			ktb_scale_count(total.samples).s,
			ktb_scale_count(total.lost).s,
			ktb_scale_count(total.missed).s, reader->dir);
	}
}

static void text_missed(const struct ktb_together *together, FILE *to)
{
	char sentence[512];
	size_t i;

	for (i = 0; i < together->nr; i++)
		if (*ktb_schedule_sentence(together->columns[i].findings,
					   sentence, sizeof(sentence)))
			fprintf(to, "%c: %s\n", together->columns[i].letter,
				sentence);
}

/* What went wrong with whole runs. */
static void text_states(const struct ktb_together *together, FILE *to)
{
	const struct ktb_reader *reader;
	size_t i;

	for (i = 0; i < together->nr; i++) {
		reader = &together->columns[i].findings->reader;
		if (strcmp(ktb_reader_string(reader, "state"), "complete"))
			fprintf(to, "The run of %c is %s: %s\n",
				together->columns[i].letter,
				ktb_reader_string(reader, "state"),
				ktb_reader_string(reader, "state_reason"));
		if (reader->torn_bytes)
			fprintf(to,
				"The last line of %c is cut off after %zu bytes and is left out.\n",
				together->columns[i].letter,
				reader->torn_bytes);
	}
}

static void text_differences(const struct ktb_together *together,
			     const struct ktb_differences *differences,
			     const char *indent, FILE *to)
{
	const struct ktb_differ *row;
	size_t i, column;

	for (i = 0; i < differences->nr; i++) {
		row = &differences->rows[i];
		for (column = 0; column < together->nr; column++)
			fprintf(to, "%s%-*s %c  %s\n", indent, TEXT_LABEL,
				column ? "" : row->name,
				together->columns[column].letter,
				row->values[column] ? row->values[column] :
						      "(not there)");
	}
}

static void text_opening(const struct ktb_together *together, FILE *to)
{
	enum ktb_lane lane = ktb_together_lane(together);
	struct ktb_differences differences;

	fprintf(to, "%zu results side by side, lane %s%s%s\n", together->nr,
		ktb_reader_lane_name(lane),
		*ktb_reader_lane_remark(lane) ? ": " : "",
		ktb_reader_lane_remark(lane));
	fprintf(to, "%s\n", ktb_out_together_no_verdict(lane));
	text_missed(together, to);
	text_columns(together, to);
	text_states(together, to);
	if (together->nr_machines > 1)
		fprintf(to,
			"They are of %zu machines: what differs may be the machine.\n",
			together->nr_machines);
	if (ktb_differ_environment(&differences, together) && differences.nr) {
		fputs("They differ in:\n", to);
		text_differences(together, &differences, "  ", to);
	}
	ktb_differ_free(&differences);
}

static int text_width(const struct ktb_shared *job)
{
	int width = TEXT_LABEL;
	size_t i;

	for (i = 0; i < job->nr && i < TEXT_CELLS; i++)
		if ((int)strlen(ktb_together_label(&job->rows[i])) > width)
			width = (int)strlen(ktb_together_label(&job->rows[i]));
	return width;
}

static void text_line(const struct ktb_table *table, const struct ktb_row *row,
		      const struct ktb_metric *metric,
		      enum ktb_shown_figure figure, FILE *to)
{
	struct ktb_shown told;
	char field[160];
	size_t i;

	for (i = 0; i < table->together->nr; i++) {
		ktb_shown_get(&told, table, row, metric, i, figure);
		snprintf(field, sizeof(field), "%s%s%s%s%s", told.text.s,
			 *told.change.s ? " (" : "", told.change.s,
			 *told.change.s ? ")" : "", told.is_loss ? " !" : "");
		fprintf(to, " %*s", TEXT_FIELD, field);
	}
	for (i = 0; i < table->together->nr; i++)
		if (row->at[i].bad && !row->at[i].good)
			fprintf(to, "  %c INVALID",
				table->together->columns[i].letter);
	fputc('\n', to);
}

/* A line a figure of one distribution of a cell. */
static void text_distribution(const struct ktb_table *table,
			      const struct ktb_row *row,
			      const struct ktb_metric *metric,
			      const char *label, size_t nr_figures, FILE *to)
{
	enum ktb_lane lane = ktb_together_lane(table->together);
	int width = text_width(table->job);
	size_t figure;

	for (figure = 0; figure < nr_figures; figure++) {
		if (!ktb_shown_is_for(figure, lane))
			continue;
		fprintf(to, "  %-*s %-6s", width, label,
			ktb_shown_name(figure));
		text_line(table, row, metric, figure, to);
		label = "";
	}
}

/* A cell a block; what was served stands below what was due. */
static void text_cells(const struct ktb_table *table, FILE *to)
{
	const struct ktb_shared *job = table->job;
	const char *label;
	size_t i, k;

	for (i = 0; i < job->nr && i < TEXT_CELLS; i++) {
		text_distribution(table, &job->rows[i], table->metrics[0],
				  ktb_together_label(&job->rows[i]),
				  KTB_NR_SHOWN, to);
		for (k = 1; k < table->nr; k++) {
			label = ktb_shown_label(table, &job->rows[i],
						table->metrics[k]);
			if (label && table->metrics[k]->is_served)
				text_distribution(table, &job->rows[i],
						  table->metrics[k], label,
						  KTB_SHOWN_COUNT, to);
		}
	}
}

/* A cell a block, a line a call: its median. */
static void text_calls(const struct ktb_table *table, FILE *to)
{
	const struct ktb_shared *job = table->job;
	size_t i, k;

	for (i = 0; i < job->nr && i < TEXT_CELLS; i++) {
		fprintf(to, "  %s\n", ktb_together_label(&job->rows[i]));
		for (k = 0; k < table->nr; k++) {
			fprintf(to, "    %-*s p50 ", TEXT_LABEL - 2,
				table->metrics[k]->name);
			text_line(table, &job->rows[i], table->metrics[k],
				  KTB_SHOWN_P50, to);
		}
	}
}

static void text_table(const struct ktb_together *together,
		       const struct ktb_shared *job, enum ktb_shown_set set,
		       FILE *to)
{
	const struct ktb_metric *metric;
	struct ktb_table table;
	char head[160];
	const char *unit;
	size_t i;

	if (ktb_shown_table(&table, together, job, set) && table.nr) {
		metric = table.metrics[0];
		unit = ktb_scale_label(metric->scale, table.divisor);
		snprintf(head, sizeof(head), "%.80s%s%s",
			 set == KTB_SHOWN_CALLS ? "cost of one call" :
						  metric->name,
			 *unit ? ", " : "", unit);
		fprintf(to, "  %-*s", text_width(job) + 7, head);
		for (i = 0; i < together->nr; i++)
			fprintf(to, " %*c", TEXT_FIELD,
				together->columns[i].letter);
		fputc('\n', to);
		if (set == KTB_SHOWN_CALLS)
			text_calls(&table, to);
		else
			text_cells(&table, to);
		if (job->nr > TEXT_CELLS)
			fprintf(to, "  ... %zu more cells in report.html\n",
				job->nr - TEXT_CELLS);
	}
	ktb_shown_table_free(&table);
}

static void text_job(const struct ktb_together *together,
		     const struct ktb_shared *job, FILE *to)
{
	struct ktb_differences differences;
	char text[2048];
	size_t i;

	fprintf(to, "\n%s%s: %s\n", job->first->name,
		ktb_reader_workload_remark(job->first->workload),
		job->first->question);
	for (i = 0; i < together->nr; i++)
		if (*ktb_together_absence(together, job, i, text, sizeof(text)))
			fprintf(to, "  %s\n", text);
	if (ktb_differ_settings(&differences, together, job) &&
	    differences.nr) {
		fputs("  The settings differ:\n", to);
		text_differences(together, &differences, "    ", to);
	}
	ktb_differ_free(&differences);
	for (i = 0; i < together->nr; i++)
		if (*ktb_together_schedule(together, job, i, text,
					   sizeof(text)))
			fprintf(to, "  %s\n", text);
	text_table(together, job, KTB_SHOWN_PRIMARY, to);
	text_table(together, job, KTB_SHOWN_CALLS, to);
}

void ktb_out_together_text(const struct ktb_beside *beside, FILE *to)
{
	const struct ktb_plots *plots = &beside->plots;
	size_t skipped = 0, i;

	text_opening(beside->together, to);
	for (i = 0; i < beside->together->nr_jobs; i++)
		text_job(beside->together, &beside->together->jobs[i], to);
	for (i = 0; i < plots->nr; i++)
		skipped += plots->items[i]->skipped != NULL;
	fputc('\n', to);
	if (!beside->no_plots)
		fprintf(to, "pictures: %zu drawn, %zu skipped, %zu left out\n",
			plots->nr - skipped, skipped, plots->nr_left_out);
	fprintf(to, "report: %s/report.html\n", beside->frame.reader.dir);
}
