/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The cost ledger: what measuring costs on this machine, measured before the
 * first cell, by the same means as all else. What a repetition used is cost.c's.
 */
#ifndef KTB_LEDGER_H
#define KTB_LEDGER_H

#include <jansson.h>

#include "measure.h"

/**
 * ktb_ledger_make() - measure what measuring costs
 * @measure: what all runs share; no run is going on
 *
 * The first CPU of the plan's cells that are the module's, and of those that are
 * user space's, is measured for a tenth of a second each, after a tenth of a second
 * in which the runner sleeps and interrupts are counted. What cannot be measured is
 * said, in the ledger and on stderr, and keeps nothing else from being measured.
 *
 * Return: a new object, `ledger` of results/SCHEMA.md.
 */
json_t *ktb_ledger_make(const struct ktb_measure *measure);

#endif /* KTB_LEDGER_H */
