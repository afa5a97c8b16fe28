// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The formats of a comparison, as a table.
 */
#include "out_compare.h"

const struct ktb_compare_format ktb_compare_formats[] = {
	{ "text", "compare.txt", "for a terminal", ktb_out_compare_text },
	{ "json", "compare.json", "everything, see results/SCHEMA.md",
	  ktb_out_compare_json },
	{ "junit", "compare.xml", "JUnit XML: a test case a gated figure",
	  ktb_out_compare_junit },
	{ "markdown", "compare.md",
	  "fits a comment on a pull request (60,000 characters)",
	  ktb_out_compare_markdown },
	{ "ktap", "compare.ktap",
	  "KTAP for LAVA and KernelCI: a line a gated figure",
	  ktb_out_compare_ktap },
	{ 0 },
};
