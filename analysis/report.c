// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The report: gather, draw, write each format. It knows the order of things
 * and nothing of how any of them is done.
 */
#include <stdio.h>

#include "out.h"
#include "report.h"
#include "whole.h"

static void report_html(const void *page, FILE *to)
{
	ktb_out_html(page, to);
}

static void report_text(const void *page, FILE *to)
{
	ktb_out_text(page, to);
}

static int report_write_all(const struct ktb_page *page, bool quiet,
			    struct ktb_fault *fault)
{
	int ret;

	ret = ktb_whole_write(page->findings->reader.dir, "report.html",
			      report_html, page, fault);
	return ret || quiet ? ret : ktb_whole_say(report_text, page, fault);
}

static void report_tell(const struct ktb_findings *findings)
{
	const struct ktb_reader *reader = &findings->reader;

	if (reader->torn_bytes)
		ktb_fault_note("%s/%s: the last line is cut off after %zu "
			       "bytes and is left out",
			       reader->dir, reader->cells_name,
			       reader->torn_bytes);
}

int ktb_report_write(const char *dir, const struct ktb_report_options *opt)
{
	const struct ktb_report_options defaults = { 0 };
	struct ktb_findings findings = { 0 };
	struct ktb_machine machine = { 0 };
	struct ktb_fault fault = { 0 };
	struct ktb_plots plots = { 0 };
	struct ktb_page page = { &findings, &plots, &machine, false };
	int ret;

	if (!opt)
		opt = &defaults;
	page.no_plots = opt->no_plots;
	ret = ktb_findings_gather(&findings, dir, &fault);
	if (!ret) {
		report_tell(&findings);
		if (!opt->no_plots)
			ret = ktb_plots_make(&plots, &findings, opt->gnuplot,
					     &fault);
	}
	if (!ret) {
		ktb_machine_draw(&machine, &findings.reader, opt->no_plots);
		ret = report_write_all(&page, opt->quiet, &fault);
	}
	if (ret)
		ktb_fault_print(&fault);
	ktb_machine_free(&machine);
	ktb_plots_free(&plots);
	ktb_findings_free(&findings);
	return ret;
}
