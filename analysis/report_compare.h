/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The report of a comparison as a directory: the page, its pictures, and a file of
 * each format. It knows the order of things and nothing of how any of them is done.
 */
#ifndef KTB_REPORT_COMPARE_H
#define KTB_REPORT_COMPARE_H

#include "compare.h"
#include "report.h"

/**
 * ktb_compare_report_write() - write compare.html, plots/ and all formats' files
 * @comparison: made
 * @dir: where to; made if it is not there, its parent must be
 * @opt: how, NULL for the defaults; @quiet changes nothing, stdout is the caller's
 * @fault: on failure, the sentence
 *
 * Each file is replaced as a whole or not at all. A picture that cannot be drawn is
 * named on stderr and in the page, and is no failure. The exact lane has no pictures.
 *
 * Return: 0 or KTB_FAULT_SYSTEM; KTB_FAULT_USAGE when results that were compared
 * cannot be read any more.
 */
int ktb_compare_report_write(const struct ktb_comparison *comparison,
			     const char *dir,
			     const struct ktb_report_options *opt,
			     struct ktb_fault *fault);

#endif /* KTB_REPORT_COMPARE_H */
