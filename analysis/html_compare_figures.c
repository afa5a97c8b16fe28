// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The tables of a comparison's page: a table a gated metric, and of the rest what has
 * changed.
 */
#include <math.h>
#include <string.h>

#include "html.h"
#include "html_compare.h"
#include "told.h"

static bool figures_is_together(const struct ktb_quantity *a,
				const struct ktb_quantity *b)
{
	return !strcmp(a->job, b->job) && !strcmp(a->metric, b->metric);
}

static void figures_text(const char *text, FILE *to)
{
	ktb_html_element(to, "td", text);
}

static void figures_head(const struct ktb_comparison *comparison, FILE *to)
{
	fputs("<tr><th class=\"t\">verdict<th class=\"t\">cell<th>quantile<th>A<th>B<th>B against A",
	      to);
	if (ktb_told_is_exact(comparison))
		fputs("<th>least A<th>least B", to);
	else
		fputs("<th>shift<th>p<th>p perm.<th>sd of A, B<th>delta<th>margin<th>boots<th>lost<th>missed",
		      to);
	fputs("</tr>\n", to);
}

static void figures_percent(bool is_there, double log, FILE *to)
{
	struct ktb_text text = { "" };

	if (is_there)
		text = ktb_told_percent(ktb_effect_percent(log));
	figures_text(text.s, to);
}

static void figures_p(bool is_there, double p, FILE *to)
{
	struct ktb_text text = { "" };

	if (is_there)
		text = ktb_told_p(p);
	figures_text(text.s, to);
}

/* A deviation or a limit, which has no sign. */
static void figures_spread(const double *logs, size_t nr, FILE *to)
{
	size_t i;

	fputs("<td>", to);
	for (i = 0; i < nr; i++)
		if (isfinite(logs[i]))
			fprintf(to, "%s%.2f&nbsp;%%", i ? ", " : "",
				ktb_effect_percent(logs[i]));
	fputs("</td>", to);
}

static void figures_counts(const struct ktb_quantity *quantity, FILE *to)
{
	const uint64_t *lost = quantity->lost;

	fprintf(to, "<td>%zu, %zu<small>n %s, %s</small></td>", quantity->nr[0],
		quantity->nr[1],
		ktb_scale_count(ktb_told_samples(quantity, 0)).s,
		ktb_scale_count(ktb_told_samples(quantity, 1)).s);
	if (lost[0] || lost[1])
		fprintf(to, "<td class=\"bad\">%s, %s&nbsp;!</td>",
			ktb_scale_count(lost[0]).s, ktb_scale_count(lost[1]).s);
	else
		fputs("<td>0, 0</td>", to);
	fprintf(to, "<td>%s, %s</td>", ktb_scale_count(quantity->missed[0]).s,
		ktb_scale_count(quantity->missed[1]).s);
}

static void figures_boots(const struct ktb_quantity *quantity, FILE *to)
{
	const bool is_there = quantity->verdict != KTB_VERDICT_NONE;
	const struct ktb_effect *effect = &quantity->effect;

	figures_percent(is_there, effect->shift, to);
	figures_p(is_there, quantity->p, to);
	figures_p(is_there, effect->p_permutation, to);
	figures_spread(effect->sd, is_there ? 2 : 0, to);
	figures_spread(&quantity->delta, is_there, to);
	figures_spread(&quantity->margin, is_there, to);
	figures_counts(quantity, to);
}

static void figures_least(const struct ktb_quantity *quantity, FILE *to)
{
	size_t i;

	for (i = 0; i < 2; i++)
		if (quantity->verdict != KTB_VERDICT_NONE)
			ktb_html_figure(to, quantity->scale,
					(int64_t)quantity->least[i]);
		else
			figures_text("", to);
}

/* What no column has: why there is no verdict, boots needed, CPU, groups. */
static void figures_notes(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *quantity, FILE *to)
{
	struct ktb_told told;
	size_t at = 0;

	while (at < KTB_TOLD_SPECIAL &&
	       ktb_told_note(comparison, quantity, &at, &told) &&
	       at <= KTB_TOLD_SPECIAL) {
		fputs("<small>", to);
		ktb_html_text(to, told.s);
		fputs("</small>", to);
	}
}

static void figures_row(const struct ktb_comparison *comparison,
			const struct ktb_quantity *quantity, FILE *to)
{
	const bool is_there = quantity->verdict != KTB_VERDICT_NONE;
	char cpu[24] = "";

	if (quantity->cpu != KTB_QUANTITY_ALL_CPUS)
		snprintf(cpu, sizeof(cpu), ", CPU %d", quantity->cpu);
	fprintf(to, "<tr><td class=\"t\"><b>%s&nbsp;%s</b>",
		ktb_told_glyph(quantity->verdict),
		ktb_quantity_verdict_name(quantity->verdict));
	figures_notes(comparison, quantity, to);
	fputs("</td><td class=\"t\">", to);
	ktb_html_text(to, quantity->cell);
	fprintf(to, "</td><td>%s%s</td>", ktb_quantile_name(quantity->quantile),
		cpu);
	figures_text(is_there ? ktb_told_center(quantity, 0).s : "", to);
	figures_text(is_there ? ktb_told_center(quantity, 1).s : "", to);
	figures_text(ktb_told_effect(comparison, quantity).s, to);
	if (ktb_told_is_exact(comparison))
		figures_least(quantity, to);
	else
		figures_boots(quantity, to);
	fputs("</tr>\n", to);
}

/* All gated figures of a job's metric, from the first on. */
static void figures_table(const struct ktb_comparison *comparison, size_t first,
			  FILE *to)
{
	const struct ktb_quantity *quantity = &comparison->quantities[first];
	const char *label = ktb_scale_is_instructions(quantity->scale) ?
				    ", instructions (= virtual ns)" :
				    "";
	size_t i;

	fputs("<h3>", to);
	ktb_html_text(to, quantity->job);
	fputs(": ", to);
	ktb_html_text(to, quantity->metric);
	fprintf(to, "%s</h3>\n<div class=\"wide\"><table>\n", label);
	figures_head(comparison, to);
	for (i = first; i < comparison->nr; i++)
		if (comparison->quantities[i].is_gated &&
		    figures_is_together(quantity, &comparison->quantities[i]))
			figures_row(comparison, &comparison->quantities[i], to);
	fputs("</table></div>\n", to);
}

static bool figures_is_first(const struct ktb_comparison *comparison, size_t at)
{
	const struct ktb_quantity *quantities = comparison->quantities;
	size_t i;

	if (!quantities[at].is_gated)
		return false;
	for (i = 0; i < at; i++)
		if (quantities[i].is_gated &&
		    figures_is_together(&quantities[i], &quantities[at]))
			return false;
	return true;
}

static void figures_rest(const struct ktb_comparison *comparison, FILE *to)
{
	struct ktb_told_walk walk = { .comparison = comparison };
	const size_t left = ktb_told_left(comparison);
	const struct ktb_quantity *quantity;

	fprintf(to, "<h2>The rest</h2>\n<p>%s.</p>\n",
		ktb_told_rest(comparison).s);
	while ((quantity = ktb_told_walk_changed(&walk))) {
		if (walk.changed == 1)
			ktb_html_compare_head(to);
		ktb_html_compare_row(comparison, quantity, to);
	}
	if (walk.changed)
		fputs("</table></div>\n", to);
	if (left)
		fprintf(to, "<p>And %zu more that have changed.</p>\n", left);
}

void ktb_html_compare_figures(const struct ktb_comparison *comparison, FILE *to)
{
	size_t i;

	fputs("<h2>Gated figures</h2>\n", to);
	if (!ktb_told_gated(comparison))
		fputs("<p>There is none: the job file gates nothing that both sides have.</p>\n",
		      to);
	for (i = 0; i < comparison->nr; i++)
		if (figures_is_first(comparison, i))
			figures_table(comparison, i, to);
	figures_rest(comparison, to);
}
