/* SPDX-License-Identifier: GPL-2.0-or-later */
/* Changes on the terminal. It knows nothing of files. */
#ifndef KTB_OUT_CHANGES_H
#define KTB_OUT_CHANGES_H

#include <stdio.h>

#include "changes.h"

/**
 * ktb_out_changes() - say what differs, and by how many instructions
 * @changes: made
 * @to: where to; the caller looks for errors there
 *
 * Where the two are from comes first, as far as that differs; a line a figure that
 * is not the same; last, counts.
 */
void ktb_out_changes(const struct ktb_changes *changes, FILE *to);

#endif /* KTB_OUT_CHANGES_H */
