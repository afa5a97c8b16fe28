// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The report of a comparison: draw, write the page and a file of each format. It
 * knows the order of things and nothing of how any of them is done.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "html_compare.h"
#include "out_compare.h"
#include "report_compare.h"
#include "told.h"
#include "whole.h"

struct report_file {
	const struct ktb_comparison *comparison;
	const struct ktb_compare_format *format;
};

static void report_write_format(const void *what, FILE *to)
{
	const struct report_file *file = what;

	file->format->write(file->comparison, to);
}

static void report_write_page(const void *what, FILE *to)
{
	ktb_html_compare(what, to);
}

static int report_write_all(const struct ktb_compare_page *page,
			    const char *dir, struct ktb_fault *fault)
{
	struct report_file file = { page->comparison, ktb_compare_formats };
	int ret;

	ret = ktb_whole_write(dir, "compare.html", report_write_page, page,
			      fault);
	for (; !ret && file.format->name; file.format++)
		ret = ktb_whole_write(dir, file.format->file,
				      report_write_format, &file, fault);
	return ret;
}

int ktb_compare_report_write(const struct ktb_comparison *comparison,
			     const char *dir,
			     const struct ktb_report_options *opt,
			     struct ktb_fault *fault)
{
	const struct ktb_report_options defaults = { 0 };
	struct ktb_versus versus = { 0 };
	struct ktb_compare_page page = { comparison, NULL };
	int ret = 0;

	if (!opt)
		opt = &defaults;
	if (mkdir(dir, 0777) && errno != EEXIST)
		return ktb_fault_set(
			fault, KTB_FAULT_SYSTEM,
			"cannot make the directory %s: %s; make its parent, or name another one",
			dir, strerror(errno));
	if (!opt->no_plots && !ktb_told_is_exact(comparison)) {
		ret = ktb_versus_draw(&versus, comparison, dir, opt->gnuplot,
				      fault);
		page.versus = &versus;
	}
	if (!ret)
		ret = report_write_all(&page, dir, fault);
	ktb_versus_free(&versus);
	return ret;
}
