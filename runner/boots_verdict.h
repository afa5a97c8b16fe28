/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Whether a plan of boots may end early: what this program's own verb `compare`
 * says at a look. It knows exit codes, and nothing of statistics.
 */
#ifndef KTB_BOOTS_VERDICT_H
#define KTB_BOOTS_VERDICT_H

#include "boots.h"

/**
 * ktb_boots_verdict() - ask at a look
 * @plan: the plan
 * @dir: the comparison's directory
 * @look: boots a side that are done
 * @is_clear: set if no more boots are needed
 * @err: on a failure
 *
 * `ktbench compare --looks LIST DIR` is run, whose output goes to stderr; it tells
 * the look by the boots that are there. It exits with 3 while it is too noisy to
 * tell; 0 and 1 are verdicts.
 *
 * Return: 0, or what it exited with: there is no verdict to be had.
 */
int ktb_boots_verdict(const struct ktb_boots *plan, const char *dir,
		      size_t look, bool *is_clear, struct ktb_error *err);

#endif /* KTB_BOOTS_VERDICT_H */
