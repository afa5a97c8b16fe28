/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which lie is told; see tests/must-fail/mutants. Never part of what is shipped.
 */
#ifndef KTB_MUTANT_H
#define KTB_MUTANT_H

#include <linux/types.h>

/* Its row, from 1; 0 for the truth. */
extern int ktb_mutant;

bool ktb_mutant_first(void);

#endif /* KTB_MUTANT_H */
