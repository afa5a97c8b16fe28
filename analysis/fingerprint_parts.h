/* SPDX-License-Identifier: GPL-2.0-or-later */
/* What fingerprint.c and fingerprint_cell.c have of each other. For these two alone. */
#ifndef KTB_FINGERPRINT_PARTS_H
#define KTB_FINGERPRINT_PARTS_H

#include "fingerprint.h"

/**
 * struct ktb_fingerprint_scope - what is being compared with what
 * @differences: grows
 * @expected: names of facts that are meant to differ, parted by commas, or NULL
 * @within: see struct ktb_difference
 */
struct ktb_fingerprint_scope {
	struct ktb_differences *differences;
	const char *expected;
	char within;
};

/**
 * ktb_fingerprint_add() - note a difference
 * @scope: where it was found; there the first of each name is kept
 * @name: of the fact
 * @kind: what it means, unless it is expected
 * @a: its value on one side, taken over; NULL: there was no memory
 * @b: likewise, on the other one
 *
 * Return: false when there is no memory.
 */
bool ktb_fingerprint_add(const struct ktb_fingerprint_scope *scope,
			 const char *name, enum ktb_difference_kind kind,
			 char *a, char *b);

/**
 * ktb_fingerprint_settings() - compare how cells were measured
 * @scope: where differences go
 * @a: the side whose first result that has a cell speaks for it
 * @b: the side whose results are held against that; may be the same one
 *
 * Return: false when there is no memory.
 */
bool ktb_fingerprint_settings(const struct ktb_fingerprint_scope *scope,
			      const struct ktb_side *a,
			      const struct ktb_side *b);

#endif /* KTB_FINGERPRINT_PARTS_H */
