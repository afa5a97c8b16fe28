// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Reports a result directory as `ktbench report` does, and says what it took:
 *
 *	report [--gnuplot PROGRAM] [--no-plots] [--quiet] [--usage] DIR
 *
 * With --usage the last line of stderr is "usage: SECONDS s, KIB KiB": CPU time
 * of this process and of those that it ran, and the largest memory of either.
 */
#include <stdio.h>
#include <string.h>
#include <sys/resource.h>

#include "analysis/report.h"

static double report_seconds(const struct rusage *usage)
{
	return (double)usage->ru_utime.tv_sec + (double)usage->ru_stime.tv_sec +
	       ((double)usage->ru_utime.tv_usec +
		(double)usage->ru_stime.tv_usec) /
		       1e6;
}

static void report_usage(void)
{
	struct rusage self, children;

	getrusage(RUSAGE_SELF, &self);
	getrusage(RUSAGE_CHILDREN, &children);
	fprintf(stderr, "usage: %.2f s, %ld KiB\n",
		report_seconds(&self) + report_seconds(&children),
		self.ru_maxrss > children.ru_maxrss ? self.ru_maxrss :
						      children.ru_maxrss);
}

int main(int argc, char **argv)
{
	struct ktb_report_options opt = { 0 };
	const char *dir = NULL;
	int tell_usage = 0;
	int ret, i;

	for (i = 1; i < argc; i++) {
		if (!strcmp(argv[i], "--gnuplot") && i + 1 < argc)
			opt.gnuplot = argv[++i];
		else if (!strcmp(argv[i], "--no-plots"))
			opt.no_plots = true;
		else if (!strcmp(argv[i], "--quiet"))
			opt.quiet = true;
		else if (!strcmp(argv[i], "--usage"))
			tell_usage = 1;
		else
			dir = argv[i];
	}
	if (!dir) {
		fputs("report: give a result directory\n", stderr);
		return 2;
	}
	ret = ktb_report_write(dir, &opt);
	if (tell_usage)
		report_usage();
	return ret;
}
