/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sections of the page where results stand side by side. For
 * html_together*.c alone.
 */
#ifndef KTB_HTML_TOGETHER_H
#define KTB_HTML_TOGETHER_H

#include "out_together.h"
#include "together_differ.h"

/**
 * ktb_html_together_short() - a line a job: its medians, a column a result
 * @together: gathered
 * @to: the page
 */
void ktb_html_together_short(const struct ktb_together *together, FILE *to);

/**
 * ktb_html_together_job() - one job: what is missing, tables, pictures
 * @beside: what to show
 * @job: the job
 * @to: the page
 */
void ktb_html_together_job(const struct ktb_beside *beside,
			   const struct ktb_shared *job, FILE *to);

/**
 * ktb_html_together_head() - the head of a table with a field a column
 * @together: gathered
 * @to: the page
 *
 * Writes the fields of one line: letter and kernel.
 */
void ktb_html_together_head(const struct ktb_together *together, FILE *to);

/**
 * ktb_html_together_differences() - a table of what differs
 * @together: gathered
 * @differences: what does
 * @to: the page
 */
void ktb_html_together_differences(const struct ktb_together *together,
				   const struct ktb_differences *differences,
				   FILE *to);

#endif /* KTB_HTML_TOGETHER_H */
