/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Small pieces of HTML: text, figures, bounds, tables of data. It knows how
 * things look and nothing of what is told.
 */
#ifndef KTB_HTML_H
#define KTB_HTML_H

#include <stdio.h>

#include "summary.h"

/**
 * ktb_html_begin() - begin a page: its head, and its looks
 * @to: the page
 * @title: what stands behind "ktbench: " in its title, any characters
 */
void ktb_html_begin(FILE *to, const char *title);

/**
 * ktb_html_end() - end a page
 * @to: the page
 */
void ktb_html_end(FILE *to);

/**
 * ktb_html_text() - write text so that it stays text
 * @to: the page
 * @text: any bytes; what may stand in no document is '?', see ktb_utf8_length()
 *
 * XML too: nothing is written that only HTML knows.
 */
void ktb_html_text(FILE *to, const char *text);

/**
 * ktb_html_element() - write text in an element
 * @to: the page
 * @name: of the element
 * @text: any characters
 */
void ktb_html_element(FILE *to, const char *name, const char *text);

/**
 * ktb_html_count() - write a count as a table cell
 * @to: the page
 * @count: the count
 */
void ktb_html_count(FILE *to, uint64_t count);

/**
 * ktb_html_loss() - write a count that should be zero as a table cell
 * @to: the page
 * @count: the count; above zero it stands out, by more than its colour
 */
void ktb_html_loss(FILE *to, uint64_t count);

/**
 * ktb_html_figure() - write a figure as a table cell
 * @to: the page
 * @scale: what it counts
 * @value: the figure; all its digits are in the tool tip
 */
void ktb_html_figure(FILE *to, enum ktb_scale scale, int64_t value);

/**
 * ktb_html_quantile() - write a quantile as a table cell
 * @to: the page
 * @scale: what it counts
 * @figures: the distribution
 * @q: which quantile
 *
 * With its interval and, when there are several repetitions, their range; or
 * that the sample is too small.
 */
void ktb_html_quantile(FILE *to, enum ktb_scale scale,
		       const struct ktb_figures *figures, enum ktb_quantile q);

/**
 * ktb_html_data() - show a .dat file as tables
 * @to: the page
 * @path: the file: tab-separated, "# title" and "# names" above each block
 * @max: lines shown; the rest is said
 */
void ktb_html_data(FILE *to, const char *path, size_t max);

#endif /* KTB_HTML_H */
