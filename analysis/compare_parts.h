/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What compare.c and compare_exact.c have of each other. For these two alone. */
#ifndef KTB_COMPARE_PARTS_H
#define KTB_COMPARE_PARTS_H

#include "compare.h"

/**
 * ktb_compare_exact() - compare figures of the exact lane
 * @comparison: its titles are there; sides that are results are read
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE when one is no result or figures of the exact lane, or
 * results of one side are not the same; KTB_FAULT_SYSTEM.
 */
int ktb_compare_exact(struct ktb_comparison *comparison,
		      struct ktb_fault *fault);

#endif /* KTB_COMPARE_PARTS_H */
