/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A callback that is held while it runs, so that others meet it there. It is
 * let go by a flag; a limit lets it go in any case.
 */
#ifndef KTB_HOLD_H
#define KTB_HOLD_H

#include <linux/compiler.h>
#include <linux/processor.h>
#include <linux/types.h>

#include "clock.h"
#include "contract.h"

/* For who lets go by the flag: far more than that takes, far less than harms. */
#define KTB_HOLD_LONG_NS  (5 * NSEC_PER_SEC)
/* For who cannot, since it waits for the callback: seen to be waited for. */
#define KTB_HOLD_SHORT_NS (20 * NSEC_PER_MSEC)

/**
 * struct ktb_hold - one held callback
 * @limit_ns: for how long at most
 * @entered: it is held, or was
 * @let_go: it may leave
 * @left: it has left: the last thing that the callback does
 */
struct ktb_hold {
	u64 limit_ns;
	bool entered;
	bool let_go;
	bool left;
};

/** ktb_hold_stay() - be held; called by the callback, as its last act */
static inline void ktb_hold_stay(struct ktb_hold *hold)
{
	u64 end_ns = ktb_clock_ns() + hold->limit_ns;

	/* Pairs with the acquire in ktb_hold_has(). */
	smp_store_release(&hold->entered, true);
	while (!READ_ONCE(hold->let_go) && ktb_clock_ns() < end_ns)
		cpu_relax();
	/* Pairs with the acquire in ktb_hold_has(). */
	smp_store_release(&hold->left, true);
}

/** ktb_hold_has() - has the callback come to this point? */
static inline bool ktb_hold_has(const bool *point)
{
	/* Pairs with the releases in ktb_hold_stay(). */
	return smp_load_acquire(point);
}

/**
 * ktb_hold_meet() - sleep until a callback is there
 * @trial: being performed; FAILS if it does not come
 * @hold: where it stays
 *
 * Return: did it?
 */
static inline bool ktb_hold_meet(struct ktb_trial *trial,
				 const struct ktb_hold *hold)
{
	if (ktb_until(ktb_hold_has(&hold->entered), ktb_trial_patience(trial)))
		return true;
	return ktb_trial_expect(trial, false,
				"in the end the callback has not begun");
}

/** ktb_hold_let_go() - let the callback leave; harmless if it already has */
static inline void ktb_hold_let_go(struct ktb_hold *hold)
{
	WRITE_ONCE(hold->let_go, true);
}

#endif /* KTB_HOLD_H */
