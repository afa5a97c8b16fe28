// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Prints a made comparison in a format, for the tests:
 *
 *	formats CASE FORMAT
 *	formats CASE --output DIR	the page and all formats, without pictures
 *	formats --cases | --formats	what there is
 */
#include <stdio.h>
#include <string.h>

#include "analysis/out_compare.h"
#include "analysis/report_compare.h"
#include "tests/analysis/made_comparison.h"

static int print_names(const char *what)
{
	size_t i;

	if (!strcmp(what, "--cases"))
		for (i = 0; made_cases[i].name; i++)
			puts(made_cases[i].name);
	else
		for (i = 0; ktb_compare_formats[i].name; i++)
			puts(ktb_compare_formats[i].name);
	return 0;
}

static int write_report(const struct ktb_comparison *comparison,
			const char *dir)
{
	const struct ktb_report_options options = { .no_plots = true };
	struct ktb_fault fault = { 0 };

	if (!ktb_compare_report_write(comparison, dir, &options, &fault))
		return 0;
	return ktb_fault_print(&fault);
}

static int print_format(const struct ktb_comparison *comparison,
			const char *name)
{
	const struct ktb_compare_format *format = ktb_compare_formats;

	while (format->name && strcmp(format->name, name))
		format++;
	if (!format->name)
		return 2;
	format->write(comparison, stdout);
	return fflush(stdout) || ferror(stdout) ? 5 : 0;
}

int main(int argc, char **argv)
{
	const struct made_case *made = made_cases;
	struct ktb_comparison comparison;
	int ret;

	if (argc == 2)
		return print_names(argv[1]);
	while (argc > 2 && made->name && strcmp(made->name, argv[1]))
		made++;
	if (argc < 3 || !made->name)
		return 2;
	made->make(&comparison);
	ret = argc == 4 ? write_report(&comparison, argv[3]) :
			  print_format(&comparison, argv[2]);
	ktb_compare_free(&comparison);
	return ret;
}
