/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Figures of the exact lane, before and after: what is the same, and by how many
 * instructions the rest differs. It knows figures.h and nothing of where the figures
 * are from or how the outcome is shown.
 */
#ifndef KTB_CHANGES_H
#define KTB_CHANGES_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <jansson.h>

#include "fault.h"

/* A small figure may differ by what would be within tolerance for one of these. */
#define KTB_CHANGES_LEAST_BASE 100

/** enum ktb_change - what became of a figure */
enum ktb_change {
	KTB_CHANGE_NONE,
	/* It differs, by no more than was tolerated. */
	KTB_CHANGE_SLIGHT,
	KTB_CHANGE_MORE,
	KTB_CHANGE_LESS,
	/* It is in the first one only. */
	KTB_CHANGE_MISSING,
	/* It is in the second one only. */
	KTB_CHANGE_NEW,
	KTB_NR_CHANGES,
};

/**
 * struct ktb_change_of - one figure
 * @before: as figures.h has it; NULL if it is new
 * @after: likewise; NULL if it is missing
 * @change: what became of it
 */
struct ktb_change_of {
	const json_t *before;
	const json_t *after;
	enum ktb_change change;
};

/**
 * struct ktb_changes - all of them
 * @before: the first document
 * @after: the second one
 * @figures: those of @before in its order, then the new ones
 * @nr: entries there
 * @counts: by enum ktb_change
 */
struct ktb_changes {
	const json_t *before;
	const json_t *after;
	struct ktb_change_of *figures;
	size_t nr;
	size_t counts[KTB_NR_CHANGES];
};

/**
 * ktb_changes_find() - compare two documents, figure by figure
 * @changes: filled in; free it in any case
 * @before: from ktb_figures_read(); must outlive them
 * @after: likewise
 * @tolerance: in percent of the first one's figure; of
 *	KTB_CHANGES_LEAST_BASE instructions where that is smaller
 * @fault: on failure, the sentence
 *
 * A figure has changed if its median differs by more than is tolerated; or if its
 * least sample does, and its median has gone the same way, a quarter as far at least.
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_changes_find(struct ktb_changes *changes, const json_t *before,
		     const json_t *after, uint32_t tolerance,
		     struct ktb_fault *fault);

/**
 * ktb_changes_check() - do the figures of both documents know of missed periods alike?
 * @before: A's document
 * @after: B's
 * @fault: on failure, the sentence
 *
 * Return: 0; KTB_FAULT_USAGE if a figure of one is over its schedule, and that of the other
 * leaves out what was missed.
 */
int ktb_changes_check(const json_t *before, const json_t *after,
		      struct ktb_fault *fault);

/** ktb_changes_free() - free what they hold; the documents stay */
void ktb_changes_free(struct ktb_changes *changes);

#endif /* KTB_CHANGES_H */
