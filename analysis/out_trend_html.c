// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Changes over a history as a page: the answer, a table of the changes, a picture
 * a series. It decides nothing.
 */
#include <inttypes.h>
#include <stdlib.h>

#include "html.h"
#include "out_trend.h"
#include "svg.h"

static void write_answer(const struct ktb_trend_page *page, FILE *to)
{
	const struct ktb_trend *trend = page->trend;
	const struct ktb_history *history = trend->history;
	char text[512];
	size_t i;

	fputs("<h1>ktbench: trend</h1>\n", to);
	for (i = 0; i < trend->nr; i++) {
		if (!ktb_trend_told_machine(page, i, text, sizeof(text)))
			continue;
		fprintf(to, "<p%s>",
			*ktb_trend_told_lane(&trend->series[i]) ?
				" class=\"banner\"" :
				"");
		ktb_html_text(to, text);
		fputs("</p>\n", to);
	}
	fputs("<p class=\"verdict\">", to);
	if (trend->nr_new_worse)
		fprintf(to,
			"%s %zu new changes for the worse, of which nothing has been said yet.",
			ktb_trend_told_glyph(KTB_TREND_WORSE),
			trend->nr_new_worse);
	else
		fputs("No new change for the worse that nobody has looked at.",
		      to);
	fprintf(to,
		"</p>\n<p>%zu results from %s to %s. %zu of %zu series that were judged have changed: "
		"%zu changes for the worse, %zu for the better, %zu others; of %zu something has been said.</p>\n",
		history->nr, history->results[0].created,
		history->results[history->nr - 1].created, trend->nr_changed,
		trend->counts[KTB_TREND_JUDGED],
		trend->nr_words[KTB_TREND_WORSE],
		trend->nr_words[KTB_TREND_BETTER],
		trend->nr_words[KTB_TREND_OTHER], trend->nr_triaged);
}

static void write_notes(const struct ktb_trend_pictures *pictures, FILE *to)
{
	const json_t *note;
	size_t i;

	json_array_foreach(pictures->page->notes, i, note)
		ktb_html_element(to, "p class=\"note\"",
				 json_string_value(note));
	if (pictures->nr_left_out)
		fprintf(to,
			"<p class=\"note\">%zu series have no picture, for a page has at most %d.</p>\n",
			pictures->nr_left_out, KTB_PLOTS_MAX);
}

static void write_result(const struct ktb_history_result *result, FILE *to)
{
	fputs("<td class=\"t\">", to);
	ktb_html_text(to, result->run);
	ktb_html_element(to, "small", result->kernel);
	fputs("</td>", to);
}

static void write_what(const struct ktb_trend_change *change, FILE *to)
{
	fprintf(to, "<td class=\"t%s\">%s&nbsp;%s",
		change->word == KTB_TREND_WORSE && !change->row ? " bad" : "",
		ktb_trend_told_glyph(change->word),
		ktb_trend_told_word(change->word));
	if (!change->is_new)
		fputs("<small>not new</small>", to);
	fputs("</td>", to);
}

static void write_said(const struct ktb_trend_ref *ref, FILE *to)
{
	const struct ktb_triage_row *row = ref->change->row;
	char text[512];

	fputs("<td class=\"t\">", to);
	if (row) {
		ktb_html_text(to, row->word);
		fputs(*row->text ? ": " : "", to);
		ktb_html_text(to, row->text);
	} else {
		fputs("not yet", to);
	}
	ktb_trend_told_others(ref, text, sizeof(text));
	if (*text)
		ktb_html_element(to, "small style=\"white-space:normal\"",
				 text);
	fputs("</td>", to);
}

static void write_change(const struct ktb_trend_ref *ref, FILE *to)
{
	const struct ktb_trend_change *change = ref->change;
	enum ktb_scale scale = ref->series->scale;
	char text[256];

	fputs("<tr>", to);
	write_what(change, to);
	ktb_trend_told_name(ref->series, text, sizeof(text));
	fputs("<td class=\"t\">", to);
	ktb_html_text(to, text);
	ktb_html_element(to, "small", ref->series->points->result->lane);
	fprintf(to, "</td><td>%+.2f&nbsp;%%</td>", change->percent);
	ktb_html_figure(to, scale, change->before);
	ktb_html_figure(to, scale, change->after);
	fprintf(to, "<td>%.3f%s</td><td>%zu</td><td>%zu</td>",
		ktb_edivisive_p(&change->found),
		change->found.block > 1 ? "<small>blocks</small>" : "",
		change->found.at - change->found.first,
		change->found.end - change->found.at);
	write_result(ktb_trend_told_last(ref), to);
	write_result(ktb_trend_told_first(ref), to);
	write_said(ref, to);
	fputs("</tr>\n", to);
}

static void write_changes(const struct ktb_trend_page *page, FILE *to)
{
	size_t i;

	fputs("<h2>Changes</h2>\n", to);
	if (!page->nr_refs) {
		fputs("<p>None.</p>\n", to);
		return;
	}
	fputs("<div class=\"wide\"><table>\n<tr><th class=\"t\">what<th class=\"t\">series"
	      "<th>by<th>median before<th>median after<th>p<th>points before<th>points after"
	      "<th class=\"t\">last before<th class=\"t\">first after"
	      "<th class=\"t\">what was said, what else differs</tr>\n",
	      to);
	for (i = 0; i < page->nr_refs; i++)
		write_change(&page->refs[i], to);
	fputs("</table></div>\n", to);
}

static void write_picture(const struct ktb_trend_pictures *pictures,
			  size_t index, FILE *to)
{
	const struct ktb_plot *plot = pictures->plots.items[index];
	char prefix[24];
	char *path;

	fputs("<figure>\n", to);
	snprintf(prefix, sizeof(prefix), "p%zu", index);
	if (asprintf(&path, "%s/%s.svg", pictures->plots.dir, plot->name) < 0)
		path = NULL;
	if (plot->skipped || !path ||
	    !ktb_svg_inline(to, path, plot->width, prefix, plot->title,
			    plot->remark)) {
		ktb_html_element(to, "p class=\"note\"", plot->title);
		ktb_html_element(to, "p class=\"note\"",
				 plot->skipped ? plot->skipped :
						 "its picture cannot be read");
	}
	free(path);
	fputs("<figcaption>", to);
	ktb_html_text(to, plot->remark);
	fputs(" Series: ", to);
	ktb_html_element(to, "code", pictures->drawn[index]->key);
	fputs("</figcaption>\n<details><summary>data</summary>\n", to);
	if (asprintf(&path, "%s/%s.dat", pictures->plots.dir, plot->name) >=
	    0) {
		ktb_html_data(to, path, KTB_PLOTS_POINTS);
		free(path);
	}
	fputs("</details></figure>\n", to);
}

void ktb_out_trend_html(const void *what, FILE *to)
{
	const struct ktb_trend_pictures *pictures = what;
	const struct ktb_trend_page *page = pictures->page;
	size_t i;

	ktb_html_begin(to, "trend");
	write_answer(page, to);
	write_changes(page, to);
	fputs("<h2>What else there is to say</h2>\n", to);
	write_notes(pictures, to);
	fputs("<h2>Series</h2>\n", to);
	if (!pictures->is_all)
		fputs("<p>Those that have changed; --all draws the others too.</p>\n",
		      to);
	for (i = 0; i < pictures->plots.nr; i++)
		write_picture(pictures, i, to);
	ktb_html_end(to);
}
