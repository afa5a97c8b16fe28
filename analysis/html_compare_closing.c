// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The end of a comparison's page: the environments and how they differ, how to do it
 * again, how to read it.
 */
#include <string.h>

#include "html.h"
#include "html_compare.h"
#include "html_parts.h"
#include "shape.h"
#include "told.h"

/* The result that speaks for a side; NULL where figures were read, not results. */
static const struct ktb_reader *
closing_first(const struct ktb_comparison *comparison, size_t side)
{
	const struct ktb_side *set = &comparison->side[side];

	return set->nr_boots && set->boots[0].nr ? ktb_side_first(set) : NULL;
}

static void closing_cell(const char *text, FILE *to)
{
	fputs("<td class=\"t\">", to);
	ktb_html_text(to, *text ? text : "nothing");
	fputs("</td>", to);
}

static void closing_values(const struct ktb_difference *one, FILE *to)
{
	if (!one->within) {
		closing_cell(one->value[0], to);
		closing_cell(one->value[1], to);
		return;
	}
	fprintf(to, "<td class=\"t\" colspan=\"2\">within %c one result has ",
		one->within);
	ktb_html_text(to, *one->value[0] ? one->value[0] : "nothing");
	fputs(", another ", to);
	ktb_html_text(to, *one->value[1] ? one->value[1] : "nothing");
	fputs("</td>", to);
}

static void closing_differences(const struct ktb_comparison *comparison,
				FILE *to)
{
	const struct ktb_differences *differences = &comparison->differences;
	const struct ktb_difference *one;
	size_t i;

	fputs("<h2>What differs between the environments</h2>\n", to);
	if (!differences->nr) {
		fputs("<p>Nothing that is known of them.</p>\n", to);
		return;
	}
	fputs("<table>\n<tr><th class=\"t\">fact<th class=\"t\">means<th class=\"t\">A<th class=\"t\">B</tr>\n",
	      to);
	for (i = 0; i < differences->nr; i++) {
		one = &differences->items[i];
		fputs("<tr>", to);
		closing_cell(one->name, to);
		fprintf(to, "<td class=\"t%s\">%s</td>",
			one->kind == KTB_DIFFERENCE_REFUSED ? " bad" : "",
			ktb_told_kind(one->kind));
		closing_values(one, to);
		fputs("</tr>\n", to);
	}
	fputs("</table>\n", to);
}

static void closing_environment(const struct ktb_comparison *comparison,
				size_t side, FILE *to)
{
	const struct ktb_reader *reader = closing_first(comparison, side);
	const char *name;
	json_t *value;

	if (!reader)
		return;
	fprintf(to,
		"<details><summary>The environment of %c</summary><table>\n",
		"AB"[side]);
	json_object_foreach(json_object_get(reader->root, "environment"), name,
			    value) {
		fputs("<tr>", to);
		closing_cell(name, to);
		closing_cell(json_string_value(value), to);
		fputs("</tr>\n", to);
	}
	fputs("</table></details>\n", to);
}

static void closing_results(const struct ktb_side *side, FILE *to)
{
	const struct ktb_reader *reader;
	size_t i, k;

	fputs("<details><summary>All results, boot by boot</summary><table>\n<tr><th>boot<th class=\"t\">made<th class=\"t\">result</tr>\n",
	      to);
	for (i = 0; i < side->nr_boots; i++)
		for (k = 0; k < side->boots[i].nr; k++) {
			reader = &side->boots[i].findings[k]->reader;
			fprintf(to, "<tr><td>%zu</td>", i + 1);
			closing_cell(ktb_reader_string(reader, "created"), to);
			closing_cell(ktb_told_clean(reader->dir, 1900).s, to);
			fputs("</tr>\n", to);
		}
	fputs("</table></details>\n", to);
}

static void closing_again(const struct ktb_comparison *comparison, FILE *to)
{
	const struct ktb_reader *reader;
	size_t i;

	fputs("<h2>How to do it again</h2>\n", to);
	for (i = 0; i < 2; i++) {
		reader = closing_first(comparison, i);
		fprintf(to, "<h3>%c, kernel ", "AB"[i]);
		ktb_html_text(to, comparison->kernel[i]);
		fputs("</h3>\n", to);
		if (!reader) {
			fputs("<p>Figures were read, and no result that knows its command.</p>\n",
			      to);
			continue;
		}
		fputs("<p>The first of its results was made by</p>\n", to);
		ktb_html_command(
			reader,
			comparison->lane == KTB_LANE_METAL ?
				"On the same machine, with this kernel." :
				"Inside a virtual machine with this kernel; vm/run boots one.",
			to);
		closing_results(&comparison->side[i], to);
	}
}

static void closing_reading(const struct ktb_comparison *comparison, FILE *to)
{
	fputs("<h2>How to read this</h2>\n<ul>\n", to);
	if (ktb_told_is_exact(comparison)) {
		fputs("<li>The exact lane counts instructions of a guest, and the same inputs give the same count: what differs has changed. "
		      "A is the median of side A, B that of side B; least is the smallest sample.</li>\n"
		      "<li>More instructions are <i>regressed</i>, fewer <i>improved</i>.</li>\n</ul>\n",
		      to);
		return;
	}
	fputs("<li>The unit is the boot: each boot gives one reading of a figure, one quantile of all its samples. A and B are geometric means of readings.</li>\n"
	      "<li><i>B against A</i> is how much more B is, with an interval (Welch's, on logarithms) that is adjusted for the number of figures.</li>\n"
	      "<li><b>▲ regressed</b>: the interval is above 0 and the effect more than delta. <b>▼ improved</b> is its mirror. <b>= unchanged</b>: the whole interval "
	      "is less than the margin away from 0. <b>~ too noisy</b>: none of these; it says how many boots it takes. <b>? no verdict</b>: samples were lost, or a side does not have it.</li>\n"
	      "<li>delta and margin are the job file's, or follow the noise between the boots of the quieter side. <i>shift</i> is Hodges and Lehmann's, <i>p perm.</i> that of a permutation test; "
	      "they should agree with the effect and its p, and if they do not, look at the dots.</li>\n"
	      "<li>Only gated figures decide. Of the rest at most 1 in 100 that are flagged is a false alarm (Benjamini-Hochberg), but many are asked.</li>\n</ul>\n",
	      to);
}

void ktb_html_compare_closing(const struct ktb_comparison *comparison, FILE *to)
{
	size_t i;

	closing_differences(comparison, to);
	for (i = 0; i < 2; i++)
		closing_environment(comparison, i, to);
	closing_again(comparison, to);
	closing_reading(comparison, to);
}
