/* SPDX-License-Identifier: GPL-2.0-or-later */
/* A comparison on the terminal. It knows nothing of files. */
#ifndef KTB_OUT_COMPARE_H
#define KTB_OUT_COMPARE_H

#include <stdio.h>

#include "compare.h"

/**
 * ktb_out_compare() - say what differs, and by how many instructions
 * @comparison: made
 * @to: where to; the caller looks for errors there
 *
 * Where the two are from comes first, as far as that differs; a line a figure that
 * is not the same; last, counts.
 */
void ktb_out_compare(const struct ktb_comparison *comparison, FILE *to);

#endif /* KTB_OUT_COMPARE_H */
