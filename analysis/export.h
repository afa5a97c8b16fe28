/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Results in the formats of other programs. Each format is a file
 * export_<format>.c and a line in export_formats.h. It knows what results may
 * stand in one document, and nothing of what any format looks like.
 */
#ifndef KTB_EXPORT_H
#define KTB_EXPORT_H

#include <stdio.h>

#include "export_figures.h"
#include "export_names.h"

/* Every cell is invalid: there is nothing that may be exported. */
#define KTB_EXPORT_NOTHING 6

/** enum ktb_export_takes - which results one document may hold */
enum ktb_export_takes {
	/* One. */
	KTB_EXPORT_TAKES_ONE,
	/* Several, each of another kernel. */
	KTB_EXPORT_TAKES_KERNELS,
	/* Several of one kernel: each is a boot of it. */
	KTB_EXPORT_TAKES_BOOTS,
	/* Several, of any kernels. */
	KTB_EXPORT_TAKES_ANY,
};

/**
 * struct ktb_export - what a format writes
 * @results: gathered; all of one lane and of one machine
 * @nr_results: entries there, at least 1
 * @figures: of the good cells; empty for a format that wants none
 * @metric: JOB[/CELL]/METRIC as the user chose it, or NULL
 */
struct ktb_export {
	struct ktb_findings *results;
	size_t nr_results;
	struct ktb_export_figures figures;
	const char *metric;
};

/**
 * struct ktb_export_format - one format
 * @name: as in --format
 * @what: what reads it, a few words
 * @takes: which results one document may hold
 * @wants: the figures that it can carry; no scales: none
 * @mapping: what it makes of names; NULL: nothing
 * @shows_invalid: it tells of invalid cells itself
 * @takes_metric: it is of one metric, which --metric chooses
 * @write: writes it; returns 0 or a KTB_FAULT_*, and looks not for errors of @to
 */
struct ktb_export_format {
	const char *name;
	const char *what;
	enum ktb_export_takes takes;
	struct ktb_export_wants wants;
	ktb_export_mapping mapping;
	bool shows_invalid;
	bool takes_metric;
	int (*write)(const struct ktb_export *export, FILE *to,
		     struct ktb_fault *fault);
};

/** ktb_export_formats - all formats, NULL at the end */
extern const struct ktb_export_format *const ktb_export_formats[];

/**
 * ktb_export_write() - write results in a format
 * @format: one of ktb_export_formats
 * @dirs: result directories
 * @nr_dirs: entries there, at least 1
 * @metric: JOB[/CELL]/METRIC, or NULL
 * @to: where to; the caller looks for errors there, and throws away what stands
 *	there on failure
 * @fault: on failure, the sentence
 *
 * What is left out is told on stderr.
 *
 * Return: 0; KTB_FAULT_USAGE when a directory is no result, or the results may
 * not stand in one document; KTB_EXPORT_NOTHING; KTB_FAULT_SYSTEM.
 */
int ktb_export_write(const struct ktb_export_format *format, char *const *dirs,
		     size_t nr_dirs, const char *metric, FILE *to,
		     struct ktb_fault *fault);

/**
 * ktb_export_kernel() - the kernel that a result is of
 * @result: gathered
 *
 * Return: its release; empty if that is not known.
 */
const char *ktb_export_kernel(const struct ktb_findings *result);

#endif /* KTB_EXPORT_H */
