/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The figures that two sides can be compared by, with a reading of each boot. It
 * knows sides and gates, and nothing of statistics.
 */
#ifndef KTB_GATHER_H
#define KTB_GATHER_H

#include "gates.h"
#include "quantity.h"
#include "side.h"

/**
 * struct ktb_gathered - figures of two sides
 * @quantities: in the order of A's plan, each cell's together, all CPUs before single
 *	ones
 * @nr: entries there
 * @samples: of the primary metrics of each side
 * @lost: on each side
 * @missed: periods, on each side
 */
struct ktb_gathered {
	struct ktb_quantity *quantities;
	size_t nr;
	uint64_t samples[2];
	uint64_t lost[2];
	uint64_t missed[2];
};

/**
 * ktb_gather() - read two sides
 * @gathered: filled in; free it in any case
 * @side: A and B
 * @used: boots of each that take part, the first ones
 * @fault: on failure, the sentence
 *
 * Median, p90 and p99 of each distribution over all CPUs of a cell, as far as samples
 * support them, and what is gated; what is gated also of each CPU by itself. What one
 * side does not have, and cells that lost samples, get a reason.
 *
 * Return: 0 or a KTB_FAULT_*.
 */
int ktb_gather(struct ktb_gathered *gathered, const struct ktb_side side[2],
	       const size_t used[2], struct ktb_fault *fault);

/** ktb_gather_free() - free what was gathered; not the struct itself */
void ktb_gather_free(struct ktb_gathered *gathered);

#endif /* KTB_GATHER_H */
