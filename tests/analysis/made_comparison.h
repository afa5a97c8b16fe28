/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Comparisons that are filled in by hand, for the tests of what is printed of them.
 */
#ifndef KTB_TEST_MADE_COMPARISON_H
#define KTB_TEST_MADE_COMPARISON_H

#include "analysis/compare.h"

/**
 * struct made_case - one such comparison
 * @name: on the command line
 * @what: is special about it
 * @make: fills it in; ktb_compare_free() frees it
 */
struct made_case {
	const char *name;
	const char *what;
	void (*make)(struct ktb_comparison *comparison);
};

/** made_cases - all of them, @name is NULL at the end */
extern const struct made_case made_cases[];

#endif /* KTB_TEST_MADE_COMPARISON_H */
