/* SPDX-License-Identifier: GPL-2.0 */
/*
 * A timer of the wheel whose callback notes what it sees, for the checks. All is
 * inline: the calls of the kernel's must stand in the check's own object, where
 * a test can put a lie in their place.
 */
#ifndef KTB_BELL_H
#define KTB_BELL_H

#include <linux/jiffies.h>
#include <linux/string.h>
#include <linux/timer.h>

#include "compat.h"
#include "contract.h"
#include "hold.h"
#include "sight.h"

/* Of timers that are to be deleted or moved before they expire. */
#define KTB_BELL_FAR   (3600 * HZ)
#define KTB_BELL_TIMES 16

/**
 * struct ktb_bell - one timer, and what its callback saw
 * @timer: the timer
 * @sight: of its callback
 * @hold: where a callback that is to be met stays
 * @asked: the jiffy it was armed for, as the check noted it
 * @step: in jiffies, of a callback that re-arms
 * @steady: its step counts from the jiffy it was armed for
 * @rearms: how often it still will
 * @saw: what the callback's own question was answered
 * @at: jiffies in the first callbacks
 */
struct ktb_bell {
	struct timer_list timer;
	struct ktb_sight sight;
	struct ktb_hold hold;
	unsigned long asked;
	unsigned long step;
	bool steady;
	u32 rearms;
	int saw;
	unsigned long at[KTB_BELL_TIMES];
};

static inline struct ktb_bell *ktb_bell_of(struct timer_list *timer)
{
	struct ktb_bell *bell = ktb_timer_container_of(bell, timer, timer);

	return bell;
}

/** ktb_bell_look() - the callback that does nothing else */
static inline void ktb_bell_look(struct timer_list *timer)
{
	struct ktb_bell *bell = ktb_bell_of(timer);

	ktb_sight_take(&bell->sight);
}

/** ktb_bell_stay() - the callback that is held */
static inline void ktb_bell_stay(struct timer_list *timer)
{
	struct ktb_bell *bell = ktb_bell_of(timer);

	ktb_sight_take(&bell->sight);
	ktb_hold_stay(&bell->hold);
}

/** ktb_bell_again() - the callback that re-arms, @step from now or from its time */
static inline void ktb_bell_again(struct timer_list *timer)
{
	struct ktb_bell *bell = ktb_bell_of(timer);
	struct ktb_sight *sight = &bell->sight;

	ktb_sight_take(sight);
	if (sight->times <= KTB_BELL_TIMES)
		bell->at[sight->times - 1] = sight->jiffy;
	if (!READ_ONCE(bell->rearms))
		return;
	WRITE_ONCE(bell->rearms, bell->rearms - 1);
	mod_timer(timer,
		  (bell->steady ? timer->expires : sight->jiffy) + bell->step);
}

/**
 * ktb_bell_make() - set up a timer that has seen nothing yet
 * @bell: not armed, and its callback does not run
 * @fire: one of the callbacks above, or the check's own
 * @flags: TIMER_*
 */
static inline void ktb_bell_make(struct ktb_bell *bell,
				 void (*fire)(struct timer_list *), u32 flags)
{
	memset(bell, 0, sizeof(*bell));
	bell->hold.limit_ns = KTB_HOLD_LONG_NS;
	timer_setup(&bell->timer, fire, flags);
}

/**
 * ktb_bell_end() - undo all: nothing is armed and nothing runs after it
 * @bell: from ktb_bell_make()
 */
static inline void ktb_bell_end(struct ktb_bell *bell)
{
	WRITE_ONCE(bell->rearms, 0);
	ktb_hold_let_go(&bell->hold);
	ktb_timer_delete_sync(&bell->timer);
}

/**
 * ktb_bell_wait() - sleep until the callback has run
 * @trial: being performed; FAILS if it does not
 * @bell: armed
 * @times: so often in all
 *
 * Return: did it?
 */
static inline bool ktb_bell_wait(struct ktb_trial *trial,
				 const struct ktb_bell *bell, u32 times)
{
	return ktb_sight_wait(trial, &bell->sight, times);
}

/** ktb_bell_meet() - sleep until a callback that stays is there; as above */
static inline bool ktb_bell_meet(struct ktb_trial *trial,
				 const struct ktb_bell *bell)
{
	return ktb_hold_meet(trial, &bell->hold);
}

/**
 * ktb_bell_is_late() - did it run when jiffies had passed what was asked for?
 * @bell: has run
 *
 * That they have reached it is not enough: a tick had begun when it was armed.
 */
static inline bool ktb_bell_is_late(const struct ktb_bell *bell)
{
	return time_after(bell->sight.jiffy, bell->asked);
}

/** ktb_bell_pause() - sleep until so many jiffies have passed */
static inline void ktb_bell_pause(unsigned long time)
{
	unsigned long end = jiffies + time;

	while (time_before_eq(jiffies, end))
		schedule_timeout_idle(1);
}

#endif /* KTB_BELL_H */
