/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Which CPU arms, seen from the CPU that is measured: the second half of a
 * placement.
 */
#ifndef KTB_ARMING_H
#define KTB_ARMING_H

#include "placement.h"

/**
 * ktb_arming_place() - fill in the arming CPU of each place
 * @placement: its measured CPUs are known
 * @topology: the machine
 * @where: `same`; `sibling`: another thread of the core; `same-l3`: another
 *	core below the same L3 cache; `same-node`: another core of the node, one
 *	below another L3 cache where there is one; `other-node`: another node
 * @err: on a failure
 *
 * Of the CPUs that fit, the one that arms for the fewest places is taken; of
 * those one that is not measured itself; of those the next one in the
 * machine's order.
 *
 * Return: 0; KTB_EXIT_SKIPPED if a measured CPU has no such relative;
 * KTB_EXIT_USAGE if @where is not known.
 */
int ktb_arming_place(struct ktb_placement *placement,
		     const struct ktb_topology *topology, const char *where,
		     struct ktb_error *err);

#endif /* KTB_ARMING_H */
