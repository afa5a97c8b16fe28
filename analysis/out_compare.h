/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The formats of a comparison. To add one, write out_compare_<format>.c and add its
 * line in out_compare.c. It knows comparisons and nothing of result directories.
 */
#ifndef KTB_OUT_COMPARE_H
#define KTB_OUT_COMPARE_H

#include <stdio.h>

#include "compare.h"

/**
 * struct ktb_compare_format - one format
 * @name: on the command line
 * @file: what it is called in a directory of all formats
 * @help: one sentence without a full stop
 * @write: writes it; the caller looks for errors of @to
 */
struct ktb_compare_format {
	const char *name;
	const char *file;
	const char *help;
	void (*write)(const struct ktb_comparison *comparison, FILE *to);
};

/** ktb_compare_formats - all formats, @name is NULL at the end */
extern const struct ktb_compare_format ktb_compare_formats[];

void ktb_out_compare_text(const struct ktb_comparison *comparison, FILE *to);
void ktb_out_compare_json(const struct ktb_comparison *comparison, FILE *to);
void ktb_out_compare_junit(const struct ktb_comparison *comparison, FILE *to);
void ktb_out_compare_markdown(const struct ktb_comparison *comparison,
			      FILE *to);
void ktb_out_compare_ktap(const struct ktb_comparison *comparison, FILE *to);

#endif /* KTB_OUT_COMPARE_H */
