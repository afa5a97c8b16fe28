/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * In what results that stand side by side differ before anything is measured:
 * machine, kernel, settings. Only what differs. It knows nothing of formats.
 */
#ifndef KTB_TOGETHER_DIFFER_H
#define KTB_TOGETHER_DIFFER_H

#include "together.h"

/**
 * struct ktb_differ - a member that is not the same everywhere
 * @name: of the member
 * @values: by column; NULL: that result does not say, or has no such cell
 */
struct ktb_differ {
	char *name;
	char *values[KTB_TOGETHER_MAX];
};

/**
 * struct ktb_differences - all of them
 * @rows: in the order of the first column
 * @nr: entries there
 */
struct ktb_differences {
	struct ktb_differ *rows;
	size_t nr;
};

/**
 * ktb_differ_environment() - in what the environments differ
 * @differences: filled in; free it in any case
 * @together: gathered
 *
 * Environment, module, machine, seed and job files. What the module has
 * measured of itself is a figure and is not among them.
 *
 * Return: false when there is no memory.
 */
bool ktb_differ_environment(struct ktb_differences *differences,
			    const struct ktb_together *together);

/**
 * ktb_differ_settings() - in what the cells of a job differ that look the same
 * @differences: filled in; free it in any case
 * @together: gathered
 * @job: the job
 *
 * Parameters that are not swept, placement and number of CPUs, each as it is in
 * the first row where it differs.
 *
 * Return: false when there is no memory.
 */
bool ktb_differ_settings(struct ktb_differences *differences,
			 const struct ktb_together *together,
			 const struct ktb_shared *job);

/**
 * ktb_differ_free() - free what was filled in
 * @differences: filled in, or tried to
 */
void ktb_differ_free(struct ktb_differences *differences);

#endif /* KTB_TOGETHER_DIFFER_H */
