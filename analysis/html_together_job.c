// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * One job where results stand side by side: what is missing, in what its
 * settings differ, its tables and pictures.
 */
#include "html.h"
#include "html_parts.h"
#include "html_together.h"
#include "together_shown.h"

/* Longer tables are folded. */
#define TOGETHER_ROWS 24

static const struct {
	const char *caption;
	bool is_folded;
} together_sets[KTB_NR_SHOWN_SETS] = {
	[KTB_SHOWN_PRIMARY] = { "", false },
	[KTB_SHOWN_PARTS] = { "parts of it", true },
	[KTB_SHOWN_CALLS] = { "cost of one call", false },
};

/* How many columns from this one on are of one kernel on one machine. */
static size_t together_group(const struct ktb_together *together, size_t first)
{
	size_t end = first + 1;

	while (end < together->nr &&
	       together->columns[end].group == together->columns[first].group)
		end++;
	return end - first;
}

/* What was served needs no column that names it: its row says what it is. */
static bool together_names_metrics(const struct ktb_table *table)
{
	return table->nr > 1 && !table->metrics[1]->is_served;
}

/* Figure over kernel over letter. */
static void together_figures(const struct ktb_table *table, FILE *to)
{
	const struct ktb_together *together = table->together;
	enum ktb_lane lane = ktb_together_lane(together);
	size_t figure, i, nr;

	fprintf(to, "<tr><th class=\"t\" rowspan=\"3\">cell%s",
		together_names_metrics(table) ?
			"<th class=\"t\" rowspan=\"3\">metric" :
			"");
	for (figure = 0; figure < KTB_NR_SHOWN; figure++)
		if (ktb_shown_is_for(figure, lane))
			fprintf(to, "<th class=\"c g\" colspan=\"%zu\">%s",
				together->nr, ktb_shown_name(figure));
	fputs("</tr>\n<tr>", to);
	for (figure = 0; figure < KTB_NR_SHOWN; figure++) {
		if (!ktb_shown_is_for(figure, lane))
			continue;
		for (i = 0; i < together->nr; i += nr) {
			nr = together_group(together, i);
			fprintf(to, "<th class=\"c%s\" colspan=\"%zu\"><small>",
				i ? "" : " g", nr);
			ktb_html_text(to, together->columns[i].kernel);
			fputs("</small>", to);
		}
	}
	fputs("</tr>\n<tr>", to);
	for (figure = 0; figure < KTB_NR_SHOWN; figure++)
		for (i = 0; ktb_shown_is_for(figure, lane) && i < together->nr;
		     i++)
			fprintf(to, "<th%s>%c", i ? "" : " class=\"g\"",
				together->columns[i].letter);
	fputs("</tr>\n", to);
}

static void together_field(const struct ktb_table *table,
			   const struct ktb_row *row,
			   const struct ktb_metric *metric, size_t column,
			   enum ktb_shown_figure figure, FILE *to)
{
	const struct ktb_place *place = &row->at[column];
	struct ktb_shown told;

	ktb_shown_get(&told, table, row, metric, column, figure);
	fprintf(to, "<td class=\"%s%s%s\">", column ? "" : "g",
		told.is_known ? "" : " no",
		place->bad && !place->good ? " invalid" : "");
	if (told.is_loss)
		fprintf(to, "<b class=\"bad\">%s&nbsp;!</b>", told.text.s);
	else
		ktb_html_text(to, told.text.s);
	if (*told.change.s)
		fprintf(to, "<small>%s</small>", told.change.s);
	fputs("</td>", to);
}

static void together_row(const struct ktb_table *table,
			 const struct ktb_row *row,
			 const struct ktb_metric *metric, FILE *to)
{
	enum ktb_lane lane = ktb_together_lane(table->together);
	const char *label = ktb_shown_label(table, row, metric);
	size_t figure, column;

	if (!label)
		return;
	fputs(metric->is_served ? "<tr class=\"served\">" : "<tr>", to);
	ktb_html_element(to, "td class=\"l\"", label);
	if (together_names_metrics(table))
		ktb_html_element(to, "td class=\"l\"", metric->title);
	for (figure = 0; figure < KTB_NR_SHOWN; figure++)
		for (column = 0; ktb_shown_is_for(figure, lane) &&
				 column < table->together->nr;
		     column++)
			together_field(table, row, metric, column, figure, to);
	fputs("</tr>\n", to);
}

static void together_caption(const struct ktb_table *table, const char *words,
			     FILE *to)
{
	const struct ktb_metric *metric = table->metrics[0];
	const char *unit = ktb_scale_label(metric->scale, table->divisor);

	fputs("<caption>", to);
	ktb_html_text(to, *words ? words : metric->name);
	if (!together_names_metrics(table) && *words) {
		fputs(", ", to);
		ktb_html_text(to, metric->name);
	}
	fprintf(to, "%s%s</caption>\n", *unit ? ", " : "", unit);
}

static void together_table(const struct ktb_together *together,
			   const struct ktb_shared *job, enum ktb_shown_set set,
			   FILE *to)
{
	struct ktb_table table;
	size_t i, k, rows;
	bool is_folded;

	if (!ktb_shown_table(&table, together, job, set))
		fputs("<p class=\"note\">There is no memory for this table.</p>\n",
		      to);
	rows = job->nr * table.nr;
	is_folded = together_sets[set].is_folded || rows > TOGETHER_ROWS;
	if (rows) {
		if (is_folded)
			fprintf(to,
				"<details><summary>%s, %zu rows</summary>\n",
				*together_sets[set].caption ?
					together_sets[set].caption :
					"All cells",
				rows);
		fputs("<div class=\"wide\"><table>\n", to);
		together_caption(&table, together_sets[set].caption, to);
		together_figures(&table, to);
		for (i = 0; i < job->nr; i++)
			for (k = 0; k < table.nr; k++)
				together_row(&table, &job->rows[i],
					     table.metrics[k], to);
		fprintf(to, "</table></div>\n%s",
			is_folded ? "</details>\n" : "");
	}
	ktb_shown_table_free(&table);
}

static void together_settings(const struct ktb_together *together,
			      const struct ktb_shared *job, FILE *to)
{
	struct ktb_differences differences;

	if (!ktb_differ_settings(&differences, together, job)) {
		fputs("<p class=\"note\">There is no memory to hold the settings against each other.</p>\n",
		      to);
	} else if (differences.nr) {
		fputs("<p class=\"note\"><b>The settings differ</b>, so that its cells are not the same question:</p>\n",
		      to);
		ktb_html_together_differences(together, &differences, to);
	}
	ktb_differ_free(&differences);
}

static void together_invalid(const struct ktb_together *together,
			     const struct ktb_shared *job, FILE *to)
{
	const struct ktb_place *place;
	size_t i, column;

	for (i = 0; i < job->nr; i++) {
		for (column = 0; column < together->nr; column++) {
			place = &job->rows[i].at[column];
			if (!place->bad)
				continue;
			fprintf(to,
				"<p class=\"note\">%c has <b class=\"bad\">INVALID</b> repetitions of ",
				together->columns[column].letter);
			ktb_html_text(to, ktb_together_label(&job->rows[i]));
			fprintf(to, " (%u%s): ", place->bad->nr_repetitions,
				place->good ? ", which are not shown" : "");
			ktb_html_text(to, place->bad->reason);
			fputs("</p>\n", to);
		}
	}
}

static void together_absences(const struct ktb_together *together,
			      const struct ktb_shared *job, FILE *to)
{
	char text[2048];
	size_t i;

	for (i = 0; i < together->nr; i++)
		if (*ktb_together_absence(together, job, i, text, sizeof(text)))
			ktb_html_element(to, "p class=\"note\"", text);
}

static void together_schedule(const struct ktb_together *together,
			      const struct ktb_shared *job, FILE *to)
{
	char text[300];
	size_t i;

	for (i = 0; i < together->nr; i++)
		if (*ktb_together_schedule(together, job, i, text,
					   sizeof(text)))
			ktb_html_element(to, "p class=\"note\"", text);
}

void ktb_html_together_job(const struct ktb_beside *beside,
			   const struct ktb_shared *job, FILE *to)
{
	const struct ktb_page page = { &beside->frame, &beside->plots, NULL,
				       beside->no_plots };
	size_t number = (size_t)(job - beside->together->jobs);
	size_t set;

	fprintf(to, "<h2 id=\"job%zu\">", number + 1);
	ktb_html_text(to, job->first->question);
	fputs("</h2>\n<p class=\"job\">Job <b>", to);
	ktb_html_text(to, job->first->name);
	fputs("</b>, workload <b>", to);
	ktb_html_text(to, job->first->workload->name);
	fprintf(to, "</b>%s. ",
		ktb_reader_workload_remark(job->first->workload));
	ktb_html_text(to, job->first->workload->help);
	fputs("</p>\n", to);
	together_absences(beside->together, job, to);
	together_settings(beside->together, job, to);
	together_schedule(beside->together, job, to);
	together_invalid(beside->together, job, to);
	for (set = 0; set < KTB_NR_SHOWN_SETS; set++)
		together_table(beside->together, job, set, to);
	ktb_html_pictures(&page, &beside->frame.jobs[number], to);
}
