/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The sections of the page. For out_html.c alone.
 */
#ifndef KTB_HTML_PARTS_H
#define KTB_HTML_PARTS_H

#include "out.h"

/**
 * ktb_html_opening() - the answer: what, where, how much of it is good
 * @page: what to show
 * @to: the page
 */
void ktb_html_opening(const struct ktb_page *page, FILE *to);

/**
 * ktb_html_short() - a line a job, over its good repetitions
 * @page: what to show
 * @to: the page
 */
void ktb_html_short(const struct ktb_page *page, FILE *to);

/**
 * ktb_html_worst() - the worst samples, with what was going on
 * @page: what to show
 * @to: the page
 */
void ktb_html_worst(const struct ktb_page *page, FILE *to);

/**
 * ktb_html_job() - one job: question, table, pictures
 * @page: what to show
 * @job: the job
 * @to: the page
 */
void ktb_html_job(const struct ktb_page *page, const struct ktb_job *job,
		  FILE *to);

/**
 * ktb_html_calls() - the table of a job whose workload has calls
 * @page: what to show
 * @job: the job
 * @to: the page
 */
void ktb_html_calls(const struct ktb_page *page, const struct ktb_job *job,
		    FILE *to);

/**
 * ktb_html_title() - the first field of a row: a cell in a few words
 * @summary: the cell
 * @to: the page
 */
void ktb_html_title(const struct ktb_summary *summary, FILE *to);

/**
 * ktb_html_details() - the long tables of a job, folded away
 * @page: what to show
 * @job: the job
 * @to: the page
 */
void ktb_html_details(const struct ktb_page *page, const struct ktb_job *job,
		      FILE *to);

/**
 * ktb_html_schedule_remark() - a note where quantiles do not know of missed periods
 * @cells: those whose quantiles are shown
 * @nr: entries there
 * @to: the page; nothing is written if all quantiles are of the schedule
 */
void ktb_html_schedule_remark(const struct ktb_summary *cells, size_t nr,
			      FILE *to);

/**
 * ktb_html_job_ledger() - what measuring a job took, its table folded away
 * @page: what to show
 * @job: the job
 * @to: the page
 */
void ktb_html_job_ledger(const struct ktb_page *page, const struct ktb_job *job,
			 FILE *to);

/**
 * ktb_html_ledger() - what measuring costs on this machine
 * @page: what to show
 * @to: the page
 */
void ktb_html_ledger(const struct ktb_page *page, FILE *to);

/**
 * ktb_html_pictures() - the pictures of a job, with their data
 * @page: what to show
 * @job: the job
 * @to: the page
 */
void ktb_html_pictures(const struct ktb_page *page, const struct ktb_job *job,
		       FILE *to);

/**
 * ktb_html_closing() - the machine, its fitness, how to do it again
 * @page: what to show
 * @to: the page
 */
void ktb_html_closing(const struct ktb_page *page, FILE *to);

/**
 * ktb_html_command() - the command that made a result, and its job files
 * @reader: the result
 * @where: to give it, a sentence
 * @to: the page
 */
void ktb_html_command(const struct ktb_reader *reader, const char *where,
		      FILE *to);

#endif /* KTB_HTML_PARTS_H */
