// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The opening of a comparison's page: the verdict, what was compared, the worst five.
 */
#include <string.h>

#include "html.h"
#include "html_compare.h"
#include "told.h"

#define OPENING_WORST 5

static void opening_banner(const struct ktb_comparison *comparison, FILE *to)
{
	const enum ktb_verdict verdict = comparison->outcome.verdict;
	const struct ktb_told told = ktb_told_verdict(comparison);
	const char *word = ktb_quantity_verdict_name(verdict);

	fprintf(to,
		"<p class=\"banner\"><span style=\"font-size:1.3em\">%s %s</span><br>",
		ktb_told_glyph(verdict), word);
	/* The word is there already. */
	ktb_html_text(to, told.s + strlen(word) + 2);
	fputs(".</p>\n", to);
}

static void opening_remarks(const struct ktb_comparison *comparison, FILE *to)
{
	const char *remark = ktb_reader_lane_remark(comparison->lane);
	struct ktb_told told;
	size_t at = 0;

	while (ktb_told_remark(comparison, &at, &told)) {
		/* The lane's, that of --force, those of what was missed. */
		fprintf(to, "<p class=\"%s\">",
			(at == 1 && *remark) ||
					(at == 2 &&
					 comparison->differences.nr_refused) ||
					at == 3 || at == 4 ?
				"banner" :
				"remark");
		ktb_html_text(to, told.s);
		fputs(".</p>\n", to);
	}
}

static void opening_side(const struct ktb_comparison *comparison, size_t side,
			 FILE *to)
{
	const struct ktb_side *set = &comparison->side[side];

	fprintf(to, "<tr><td class=\"t\"><b>%c</b></td><td class=\"t\">",
		"AB"[side]);
	ktb_html_text(to, ktb_told_clean(comparison->title[side], 1900).s);
	fputs("</td><td class=\"t\">", to);
	ktb_html_text(to, comparison->kernel[side]);
	fputs("</td>", to);
	if (!ktb_told_is_exact(comparison)) {
		ktb_html_count(to, set->nr_boots);
		ktb_html_count(to, comparison->used[side]);
		ktb_html_count(to, set->nr_results);
		ktb_html_count(to, comparison->samples[side]);
		ktb_html_loss(to, comparison->lost[side]);
		ktb_html_count(to, comparison->missed[side]);
	}
	fputs("</tr>\n", to);
}

static void opening_sides(const struct ktb_comparison *comparison, FILE *to)
{
	size_t i;

	fputs("<div class=\"wide\"><table>\n<tr><th class=\"t\">side<th class=\"t\">results<th class=\"t\">kernel",
	      to);
	if (!ktb_told_is_exact(comparison))
		fputs("<th>boots<th>of them used<th>results<th>n<th>lost<th>missed",
		      to);
	fputs("</tr>\n", to);
	for (i = 0; i < 2; i++)
		opening_side(comparison, i, to);
	fputs("</table></div>\n", to);
}

void ktb_html_compare_head(FILE *to)
{
	fputs("<div class=\"wide\"><table>\n<tr><th class=\"t\">verdict<th class=\"t\">figure<th>B against A<th>A<th>B<th class=\"t\">found</tr>\n",
	      to);
}

void ktb_html_compare_row(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *quantity, FILE *to)
{
	struct ktb_told told;
	size_t at = 0;

	fprintf(to, "<tr><td class=\"t\"><b>%s %s</b></td><td class=\"t\">",
		ktb_told_glyph(quantity->verdict),
		ktb_quantity_verdict_name(quantity->verdict));
	ktb_html_text(to, ktb_told_name(quantity).s);
	fprintf(to, "</td><td>%s</td><td>%s</td>",
		ktb_told_effect(comparison, quantity).s,
		ktb_told_center(quantity, 0).s);
	fprintf(to, "<td>%s</td><td class=\"t\">",
		ktb_told_center(quantity, 1).s);
	while (ktb_told_note(comparison, quantity, &at, &told)) {
		fputs("<small>", to);
		ktb_html_text(to, told.s);
		fputs("</small>", to);
	}
	fputs("</td></tr>\n", to);
}

static void opening_worst(const struct ktb_comparison *comparison, FILE *to)
{
	const struct ktb_quantity *quantity = ktb_told_worst(comparison, 0);
	size_t i;

	fputs("<h2>The worst five</h2>\n", to);
	if (!quantity) {
		fputs("<p>No gated figure has an effect.</p>\n", to);
		return;
	}
	ktb_html_compare_head(to);
	for (i = 0; i < OPENING_WORST && quantity;
	     quantity = ktb_told_worst(comparison, ++i))
		ktb_html_compare_row(comparison, quantity, to);
	fputs("</table></div>\n", to);
}

void ktb_html_compare_opening(const struct ktb_comparison *comparison, FILE *to)
{
	fputs("<h1>Kernel ", to);
	ktb_html_text(to, comparison->kernel[1]);
	fputs(" (B) against ", to);
	ktb_html_text(to, comparison->kernel[0]);
	fputs(" (A)</h1>\n", to);
	opening_banner(comparison, to);
	opening_sides(comparison, to);
	opening_remarks(comparison, to);
	opening_worst(comparison, to);
}
