// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The results side by side in short: a line a job, its medians over the cells; in
 * the exact lane how many of them differ from the first column.
 */
#include "html.h"
#include "html_together.h"
#include "together_shown.h"

/**
 * struct short_span - the medians of one column
 * @low: the smallest
 * @high: the largest
 * @nr: cells with a median
 * @more: of these, how many are above that of the first column
 * @less: below it
 * @same: equal to it
 */
struct short_span {
	int64_t low;
	int64_t high;
	size_t nr;
	size_t more;
	size_t less;
	size_t same;
};

static void short_widen(struct short_span *span, const struct ktb_shown *told)
{
	if (!told->is_known)
		return;
	if (!span->nr || told->value < span->low)
		span->low = told->value;
	if (!span->nr || told->value > span->high)
		span->high = told->value;
	span->nr++;
	span->more += *told->change.s == '+';
	span->less += *told->change.s == '-';
	span->same += *told->change.s == '=';
}

static void short_field(const struct ktb_table *table, size_t column, FILE *to)
{
	struct short_span span = { .nr = 0 };
	struct ktb_shown told;
	size_t i, k;

	for (i = 0; i < table->job->nr; i++) {
		if (!table->job->rows[i].at[column].good)
			continue;
		for (k = 0; k < table->nr; k++) {
			if (table->metrics[k]->is_served)
				continue;
			ktb_shown_get(&told, table, &table->job->rows[i],
				      table->metrics[k], column, KTB_SHOWN_P50);
			short_widen(&span, &told);
		}
	}
	if (!span.nr) {
		fprintf(to, "<td class=\"no\">%s</td>",
			table->job->in[column] ? "no median" : "not there");
		return;
	}
	fprintf(to, "<td>%s", ktb_scale_in(table->divisor, span.low).s);
	if (span.high != span.low)
		fprintf(to, " to %s",
			ktb_scale_in(table->divisor, span.high).s);
	if (span.more || span.less || span.same)
		fprintf(to, "<small>%zu more, %zu less, %zu =</small>",
			span.more, span.less, span.same);
	fputs("</td>", to);
}

static void short_line(const struct ktb_together *together,
		       const struct ktb_shared *job, enum ktb_shown_set set,
		       FILE *to)
{
	struct ktb_table table;
	const char *unit;
	size_t i;

	if (ktb_shown_table(&table, together, job, set) && table.nr) {
		unit = ktb_scale_label(table.metrics[0]->scale, table.divisor);
		fprintf(to, "<tr><td class=\"t\"><a href=\"#job%zu\">",
			(size_t)(job - together->jobs) + 1);
		ktb_html_text(to, job->first->name);
		fputs("</a></td><td class=\"t\">", to);
		ktb_html_text(to, set == KTB_SHOWN_CALLS ?
					  "all calls" :
					  table.metrics[0]->name);
		fprintf(to, "%s%s</td><td>%zu</td>", *unit ? ", " : "", unit,
			job->nr);
		for (i = 0; i < together->nr; i++)
			short_field(&table, i, to);
		fputs("</tr>\n", to);
	}
	ktb_shown_table_free(&table);
}

void ktb_html_together_short(const struct ktb_together *together, FILE *to)
{
	size_t i;

	fputs("<h2>In short</h2>\n<div class=\"wide\"><table>\n<caption>p50, from the smallest to the largest of the cells that have good repetitions</caption>\n<tr><th class=\"t\">job</th><th class=\"t\">metric</th><th>cells</th>",
	      to);
	ktb_html_together_head(together, to);
	for (i = 0; i < together->nr_jobs; i++) {
		short_line(together, &together->jobs[i], KTB_SHOWN_PRIMARY, to);
		short_line(together, &together->jobs[i], KTB_SHOWN_CALLS, to);
	}
	fputs("</table></div>\n", to);
}
