/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The trend over result directories: the one entry that the command uses. It needs
 * nothing but the directories, or an index of them.
 */
#ifndef KTB_TREND_REPORT_H
#define KTB_TREND_REPORT_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "trend.h"

/**
 * struct ktb_trend_request - what is asked for
 * @dirs: directories with results
 * @nr_dirs: entries there, not 0
 * @index: the index; NULL for trend.jsonl in the first of @dirs
 * @is_rebuild: the index is not read, but made anew
 * @triage: file of what was said of changes, NULL for none
 * @is_json: print JSON, else text
 * @output: directory for trend.html and plots/, NULL for neither
 * @is_all: draw series that have not changed too
 * @gnuplot: the program that draws, NULL for "gnuplot" from PATH
 * @options: how changes are looked for
 */
struct ktb_trend_request {
	char *const *dirs;
	size_t nr_dirs;
	const char *index;
	bool is_rebuild;
	const char *triage;
	bool is_json;
	const char *output;
	bool is_all;
	const char *gnuplot;
	struct ktb_trend_options options;
};

/**
 * ktb_trend_report() - bring the index up to date, and tell what has changed
 * @request: what is asked for
 * @is_worse: set to whether there is a new change for the worse that nothing was
 *	said of
 *
 * Prints on stdout, and on stderr what went wrong, one sentence each. Files are
 * replaced as a whole or not at all.
 *
 * Return: 0; 2 when the index, the triage or a directory is wrong, or there is no
 * result; 5 when something could not be read or written.
 */
int ktb_trend_report(const struct ktb_trend_request *request, bool *is_worse);

#endif /* KTB_TREND_REPORT_H */
