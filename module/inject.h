/* SPDX-License-Identifier: GPL-2.0 */
/*
 * Regressions made on purpose: a delay between what is measured and the look at
 * the clock, as the module's parameters say, so that it is in what is measured.
 * For tests of who is to find them. It is in a module that is built with
 * KTB_INJECT=yes (vm/module --inject) and in no other; inject_points.h says how
 * the rest of the module comes by it. Knows no workload.
 */
#ifndef KTB_INJECT_H
#define KTB_INJECT_H

#include <linux/types.h>

/* Where a delay may be put, each under the name of the workload it falls upon. */
enum ktb_inject_where {
	KTB_INJECT_hrtimer,
	KTB_INJECT_timer_wheel,
	KTB_INJECT_kthread_wake,
	KTB_INJECT_NR,
};

void ktb_inject(enum ktb_inject_where where);
void ktb_inject_init(void);
const char *ktb_inject_build(void);

#endif /* KTB_INJECT_H */
