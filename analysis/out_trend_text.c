// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Changes over a history as lines for a person. It decides nothing.
 */
#include <string.h>

#include "out_trend.h"

static void print_opening(const struct ktb_trend_page *page, FILE *to)
{
	const struct ktb_trend *trend = page->trend;
	const struct ktb_history *history = trend->history;
	char text[512];
	size_t i;

	fprintf(to, "%zu results from %s to %s, %zu series\n", history->nr,
		history->results[0].created,
		history->results[history->nr - 1].created, trend->nr);
	for (i = 0; i < trend->nr; i++)
		if (ktb_trend_told_machine(page, i, text, sizeof(text)))
			fprintf(to, "%s\n", text);
}

static void print_change(const struct ktb_trend_ref *ref, FILE *to)
{
	const struct ktb_history_result *last = ktb_trend_told_last(ref);
	const struct ktb_history_result *first = ktb_trend_told_first(ref);
	const struct ktb_trend_change *change = ref->change;
	enum ktb_scale scale = ref->series->scale;
	char text[512];

	ktb_trend_told_name(ref->series, text, sizeof(text));
	fprintf(to,
		"\n%-7s %s  %+.2f %% (%s -> %s)  p %.3f  %zu points before, %zu from there on%s\n",
		change->row ? "triaged" :
		change->word == KTB_TREND_WORSE ?
			      "WORSE" :
			      ktb_trend_told_word(change->word),
		text, change->percent, ktb_scale_text(scale, change->before).s,
		ktb_scale_text(scale, change->after).s,
		ktb_edivisive_p(&change->found),
		change->found.at - change->found.first,
		change->found.end - change->found.at,
		change->is_new ? "" : ", not new");
	fprintf(to, "        between %s (%s) and %s (%s)\n", last->run,
		last->kernel, first->run, first->kernel);
	ktb_trend_told_others(ref, text, sizeof(text));
	if (*text)
		fprintf(to, "        differs: %s\n", text);
	if (change->row)
		fprintf(to, "        %s, line %zu: %s%s%s\n",
			ktb_trend_told_word(change->word), change->row->line,
			change->row->word, *change->row->text ? ": " : "",
			change->row->text);
	else
		fprintf(to, "        %s | %s | WORD | TEXT\n", ref->series->key,
			first->run);
}

void ktb_out_trend_text(const struct ktb_trend_page *page, FILE *to)
{
	const struct ktb_trend *trend = page->trend;
	const json_t *note;
	size_t i;

	print_opening(page, to);
	for (i = 0; i < page->nr_refs; i++)
		print_change(&page->refs[i], to);
	fputs(page->nr_refs ? "\n" : "", to);
	json_array_foreach(page->notes, i, note)
		fprintf(to, "%s\n", json_string_value(note));
	fprintf(to,
		"%zu of %zu series changed: %zu changes for the worse, %zu for the better, %zu others; %zu are triaged; %zu new for the worse and not triaged\n",
		trend->nr_changed, trend->counts[KTB_TREND_JUDGED],
		trend->nr_words[KTB_TREND_WORSE],
		trend->nr_words[KTB_TREND_BETTER],
		trend->nr_words[KTB_TREND_OTHER], trend->nr_triaged,
		trend->nr_new_worse);
}
