/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report of a result directory, or of several side by side: the one entry to
 * the analysis that the command uses. It needs nothing but the directories.
 */
#ifndef KTB_REPORT_H
#define KTB_REPORT_H

#include <stdbool.h>
#include <stddef.h>

/**
 * struct ktb_report_options - how to report
 * @gnuplot: the program that draws, NULL for "gnuplot" from PATH
 * @no_plots: draw nothing; the page has tables only
 * @quiet: print no summary on stdout
 */
struct ktb_report_options {
	const char *gnuplot;
	bool no_plots;
	bool quiet;
};

/**
 * ktb_report_write() - write report.html and plots/ into a result directory
 * @dir: the directory
 * @opt: how, NULL for the defaults
 *
 * Prints a summary on stdout, and on stderr what went wrong, one sentence each.
 * A picture that cannot be drawn is named there and in the page, and is no
 * failure. report.html is replaced as a whole or not at all.
 *
 * Return: 0; 2 when @dir is not a result directory, is damaged, or is of a
 * later schema; 5 when it could not be read or the report not be written.
 */
int ktb_report_write(const char *dir, const struct ktb_report_options *opt);

/**
 * ktb_report_together() - write report.html and plots/ of results side by side
 * @dir: where to; made if it is not there, and no result itself
 * @dirs: the result directories, of one lane
 * @nr: entries there, from 2 to 12
 * @opt: how, NULL for the defaults
 *
 * As ktb_report_write(), but nothing is written into the results; and nothing at
 * all unless every one of them could be read.
 *
 * Return: as ktb_report_write(); 2 as well when lanes differ, there are too few
 * or too many results, or @dir is one.
 */
int ktb_report_together(const char *dir, char *const *dirs, size_t nr,
			const struct ktb_report_options *opt);

#endif /* KTB_REPORT_H */
