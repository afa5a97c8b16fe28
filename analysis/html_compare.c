// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The page of a comparison: the order of its sections, and its pictures.
 */
#include "html.h"
#include "html_compare.h"
#include "html_parts.h"
#include "told.h"

/* What ktb_html_pictures() takes is the page of one result. */
static struct ktb_page compare_frame(const struct ktb_versus *versus)
{
	return (struct ktb_page){ .findings = &versus->frame,
				  .plots = &versus->plots };
}

static void compare_metric(const struct ktb_versus *versus, size_t number,
			   FILE *to)
{
	const struct ktb_quantity *quantity =
		versus->drawn[versus->metrics[number]];
	const struct ktb_page frame = compare_frame(versus);
	char name[600];

	snprintf(name, sizeof(name), "%.250s%s%.250s: %.90s", quantity->job,
		 *quantity->cell ? " " : "", quantity->cell, quantity->metric);
	ktb_html_element(to, "h3", ktb_told_clean(name, sizeof(name)).s);
	fputs("<div class=\"pair\">\n", to);
	ktb_html_pictures(&frame, &versus->frame.jobs[number], to);
	fputs("</div>\n", to);
}

static void compare_pictures(const struct ktb_versus *versus, FILE *to)
{
	const struct ktb_page frame = compare_frame(versus);
	size_t i;

	fprintf(to,
		"<h2>Noise between boots</h2>\n<p>Of the %zu gated figures that stand out the most: the largest effect "
		"against its interval first.",
		versus->nr_drawn);
	if (versus->nr_left_out)
		fprintf(to, " %zu more have no picture.", versus->nr_left_out);
	fputs("</p>\n", to);
	ktb_html_pictures(&frame, &versus->frame.jobs[versus->nr_metrics], to);
	fputs("<h2>Where in the distribution</h2>\n", to);
	for (i = 0; i < versus->nr_metrics; i++)
		compare_metric(versus, i, to);
}

static void compare_no_pictures(const struct ktb_comparison *comparison,
				FILE *to)
{
	if (ktb_told_is_exact(comparison))
		fputs("<p class=\"remark\">Where instructions are counted there is no noise, and nothing to draw.</p>\n",
		      to);
	else
		fputs("<p class=\"remark\">There are no pictures.</p>\n", to);
}

void ktb_html_compare(const struct ktb_compare_page *page, FILE *to)
{
	const struct ktb_comparison *comparison = page->comparison;

	ktb_html_begin(to, "comparison");
	fputs("<style>.pair{display:flex;flex-wrap:wrap;gap:1em}.pair figure{flex:1 1 560px;min-width:0}td.t small{white-space:normal;min-width:11em}</style>\n",
	      to);
	ktb_html_compare_opening(comparison, to);
	ktb_html_compare_figures(comparison, to);
	if (page->versus && page->versus->nr_drawn)
		compare_pictures(page->versus, to);
	else
		compare_no_pictures(comparison, to);
	ktb_html_compare_closing(comparison, to);
	ktb_html_end(to);
}
