/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What must be the same on both sides of a comparison, so that what differs is what
 * was to be compared. It knows results' environments and nothing of figures.
 */
#ifndef KTB_FINGERPRINT_H
#define KTB_FINGERPRINT_H

#include "side.h"

/** enum ktb_difference_kind - what a difference means */
enum ktb_difference_kind {
	/* It is told. */
	KTB_DIFFERENCE_TOLD,
	/* It comes with another kernel, which was to be compared. */
	KTB_DIFFERENCE_OF_KERNEL,
	/* It makes the comparison say nothing about what was to be compared. */
	KTB_DIFFERENCE_REFUSED,
};

/**
 * struct ktb_difference - a fact that differs
 * @name: of the fact: a member of the environment, "topology", "module_commit",
 *	or "JOB.PARAMETER" of a setting
 * @kind: what that means
 * @value: on side A and on side B; within a side, of its first result that has it and
 *	of another one
 * @within: 'A' or 'B' if results of that side differ; 0: A and B do
 */
struct ktb_difference {
	char *name;
	enum ktb_difference_kind kind;
	char *value[2];
	char within;
};

/**
 * struct ktb_differences - all of them
 * @items: refused ones first
 * @nr: entries there
 * @nr_refused: of these, how many are refused
 */
struct ktb_differences {
	struct ktb_difference *items;
	size_t nr;
	size_t nr_refused;
};

/**
 * ktb_fingerprint_compare() - what differs between two sides, and within each
 * @differences: filled in; free it in any case
 * @side: A and B
 * @expected: names of facts that are meant to differ, parted by commas, or NULL
 * @fault: on failure, the sentence
 *
 * Return: 0 or KTB_FAULT_SYSTEM; KTB_FAULT_USAGE if @expected has a name that is none.
 */
int ktb_fingerprint_compare(struct ktb_differences *differences,
			    const struct ktb_side side[2], const char *expected,
			    struct ktb_fault *fault);

/** ktb_fingerprint_free() - free what differences hold; not the struct itself */
void ktb_fingerprint_free(struct ktb_differences *differences);

#endif /* KTB_FINGERPRINT_H */
