/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats of a report. To add one, write out_<format>.c and add its line in
 * report.c.
 */
#ifndef KTB_OUT_H
#define KTB_OUT_H

#include "findings.h"
#include "machine.h"
#include "plots.h"

/**
 * struct ktb_page - what a report shows
 * @findings: what the result says
 * @plots: its pictures
 * @machine: the machine's picture
 * @no_plots: pictures were not asked for
 */
struct ktb_page {
	const struct ktb_findings *findings;
	const struct ktb_plots *plots;
	const struct ktb_machine *machine;
	bool no_plots;
};

/**
 * ktb_out_html() - one page, no network
 * @page: what to show
 * @to: where to
 */
void ktb_out_html(const struct ktb_page *page, FILE *to);

/**
 * ktb_out_text() - a summary for the terminal
 * @page: what to show
 * @to: where to
 */
void ktb_out_text(const struct ktb_page *page, FILE *to);

#endif /* KTB_OUT_H */
