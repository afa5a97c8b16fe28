// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The report of a comparison: a file of each format. It knows the order of things
 * and nothing of how any of them is done.
 */
#include <errno.h>
#include <string.h>
#include <sys/stat.h>

#include "out_compare.h"
#include "report_compare.h"
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

int ktb_compare_report_write(const struct ktb_comparison *comparison,
			     const char *dir,
			     const struct ktb_report_options *opt,
			     struct ktb_fault *fault)
{
	struct report_file file = { comparison, ktb_compare_formats };
	int ret = 0;

	if (mkdir(dir, 0777) && errno != EEXIST)
		return ktb_fault_set(
			fault, KTB_FAULT_SYSTEM,
			"cannot make the directory %s: %s; make its parent, or name another one",
			dir, strerror(errno));
	for (; !ret && file.format->name; file.format++)
		ret = ktb_whole_write(dir, file.format->file,
				      report_write_format, &file, fault);
	return ret;
}
