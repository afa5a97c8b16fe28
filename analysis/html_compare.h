/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The page of a comparison: one file, no network, no script.
 */
#ifndef KTB_HTML_COMPARE_H
#define KTB_HTML_COMPARE_H

#include "plot_compare.h"

/**
 * struct ktb_compare_page - what the page shows
 * @comparison: made
 * @versus: its pictures; NULL if none were drawn
 */
struct ktb_compare_page {
	const struct ktb_comparison *comparison;
	const struct ktb_versus *versus;
};

/**
 * ktb_html_compare() - the page
 * @page: what to show
 * @to: where to
 */
void ktb_html_compare(const struct ktb_compare_page *page, FILE *to);

/**
 * ktb_html_compare_head() - begin a table of figures with all that is said of them
 * @to: the page
 */
void ktb_html_compare_head(FILE *to);

/**
 * ktb_html_compare_row() - a figure in that table
 * @comparison: made
 * @quantity: of it
 * @to: the page
 */
void ktb_html_compare_row(const struct ktb_comparison *comparison,
			  const struct ktb_quantity *quantity, FILE *to);

/* Its sections; for html_compare.c alone. */
void ktb_html_compare_opening(const struct ktb_comparison *comparison,
			      FILE *to);
void ktb_html_compare_figures(const struct ktb_comparison *comparison,
			      FILE *to);
void ktb_html_compare_closing(const struct ktb_comparison *comparison,
			      FILE *to);

#endif /* KTB_HTML_COMPARE_H */
