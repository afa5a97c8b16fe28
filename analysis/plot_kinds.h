/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The kinds of pictures, in the order of a job's section. To add one, add a
 * line here, a plot_<kind>.c with ktb_plot_<kind>() and a plots/<kind>.gp.
 */
#ifndef KTB_PLOT_KINDS_H
#define KTB_PLOT_KINDS_H

#include "plots.h"

#define PLOT_KINDS(X) \
	X(pairs)      \
	X(scaling)    \
	X(calls)      \
	X(rate)       \
	X(slack)      \
	X(phases)     \
	X(parts)      \
	X(histogram)  \
	X(percentile) \
	X(matrix)

#define PLOT_KIND_DECLARE(kind)                              \
	int ktb_plot_##kind(struct ktb_plots *plots,         \
			    const struct ktb_plot_kind *row, \
			    const struct ktb_job *job);
PLOT_KINDS(PLOT_KIND_DECLARE)
#undef PLOT_KIND_DECLARE

#endif /* KTB_PLOT_KINDS_H */
