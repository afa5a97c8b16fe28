/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a result is: one run. A copy of it, a link to it and its name said twice are the
 * same one, and would make figures look surer than they are. It knows result.json and
 * nothing of what is done with results.
 */
#ifndef KTB_SAME_H
#define KTB_SAME_H

#include "findings.h"

/**
 * ktb_same_run() - are two results of one run?
 * @one: opened
 * @other: opened
 *
 * They are if they lie in one directory, or if they have the name, the date, the seed
 * and the size of one run, were measured in one boot and with one load of the module,
 * on one machine and kernel, and began at the same nanosecond. In the exact lane runs with the same inputs are the
 * same to the last bit, so there only the directory tells.
 *
 * Return: what they are, for a sentence: "A and B ..."; NULL if they are two runs.
 */
const char *ktb_same_run(const struct ktb_reader *one,
			 const struct ktb_reader *other);

/**
 * ktb_same_is_among() - is a result one of others, and is to be left out?
 * @all: the others, gathered
 * @nr: entries there
 * @findings: gathered
 *
 * Says so on stderr: a run that counts twice makes figures look surer than they are.
 *
 * Return: true if it is.
 */
bool ktb_same_is_among(struct ktb_findings *const *all, size_t nr,
		       const struct ktb_findings *findings);

#endif /* KTB_SAME_H */
