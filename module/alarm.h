/* SPDX-License-Identifier: GPL-2.0 */
/*
 * An hrtimer whose callback notes what it sees, for the checks. All is inline:
 * the calls of the kernel's must stand in the check's own object, where a test
 * can put a lie in their place.
 */
#ifndef KTB_ALARM_H
#define KTB_ALARM_H

#include <linux/hrtimer.h>
#include <linux/ktime.h>
#include <linux/smp.h>
#include <linux/string.h>

#include "clock.h"
#include "compat.h"
#include "contract.h"
#include "hold.h"
#include "sight.h"

/* Of timers that are to be cancelled or moved before they expire. */
#define KTB_ALARM_FAR_NS (3600ULL * NSEC_PER_SEC)

/**
 * struct ktb_alarm - one hrtimer, and what its callback saw
 * @timer: the timer
 * @sight: of its callback
 * @hold: where a callback that is to be met stays
 * @mode: as it is set up and started
 * @asked_ns: its soft expiry as the check noted it, CLOCK_MONOTONIC
 * @delay_ns: after which ktb_alarm_start_on() starts it
 * @interval_ns: of a callback that forwards
 * @restarts: how often the callback still asks for another one
 * @overruns: what forwarding has returned, summed up
 * @early: callbacks that came before the soft expiry
 * @saw: what the callback's own question was answered
 */
struct ktb_alarm {
	struct hrtimer timer;
	struct ktb_sight sight;
	struct ktb_hold hold;
	enum hrtimer_mode mode;
	u64 asked_ns;
	u64 delay_ns;
	u64 interval_ns;
	u32 restarts;
	u64 overruns;
	u32 early;
	int saw;
};

static inline struct ktb_alarm *ktb_alarm_of(struct hrtimer *timer)
{
	return container_of(timer, struct ktb_alarm, timer);
}

/* All callbacks do this first. */
static inline void ktb_alarm_see(struct ktb_alarm *alarm)
{
	u64 soft_ns = ktime_to_ns(hrtimer_get_softexpires(&alarm->timer));

	alarm->early += ktb_clock_ns() < soft_ns;
	ktb_sight_take(&alarm->sight);
}

/** ktb_alarm_look() - the callback that does nothing else */
static inline enum hrtimer_restart ktb_alarm_look(struct hrtimer *timer)
{
	ktb_alarm_see(ktb_alarm_of(timer));
	return HRTIMER_NORESTART;
}

/** ktb_alarm_stay() - the callback that is held */
static inline enum hrtimer_restart ktb_alarm_stay(struct hrtimer *timer)
{
	struct ktb_alarm *alarm = ktb_alarm_of(timer);

	ktb_alarm_see(alarm);
	ktb_hold_stay(&alarm->hold);
	return HRTIMER_NORESTART;
}

/** ktb_alarm_again() - the callback that goes on, a whole interval later */
static inline enum hrtimer_restart ktb_alarm_again(struct hrtimer *timer)
{
	struct ktb_alarm *alarm = ktb_alarm_of(timer);
	bool again = READ_ONCE(alarm->restarts);

	if (again) {
		WRITE_ONCE(alarm->restarts, alarm->restarts - 1);
		ktb_alarm_see(alarm);
		alarm->overruns += hrtimer_forward_now(
			timer, ns_to_ktime(alarm->interval_ns));
		return HRTIMER_RESTART;
	}
	ktb_alarm_see(alarm);
	return HRTIMER_NORESTART;
}

/**
 * ktb_alarm_make() - set up a timer that has seen nothing yet
 * @alarm: not started, and its callback does not run
 * @fire: one of the callbacks above, or the check's own
 * @mode: as it will be started
 */
static inline void
ktb_alarm_make(struct ktb_alarm *alarm,
	       enum hrtimer_restart (*fire)(struct hrtimer *),
	       enum hrtimer_mode mode)
{
	memset(alarm, 0, sizeof(*alarm));
	alarm->mode = mode;
	alarm->hold.limit_ns = KTB_HOLD_LONG_NS;
	ktb_hrtimer_setup(&alarm->timer, fire, CLOCK_MONOTONIC, mode);
}

/**
 * ktb_alarm_start() - start it here
 * @alarm: from ktb_alarm_make()
 * @delay_ns: from now, whether the mode is absolute or relative
 */
static inline void ktb_alarm_start(struct ktb_alarm *alarm, u64 delay_ns)
{
	u64 now_ns = ktb_clock_ns();

	alarm->asked_ns = now_ns + delay_ns;
	hrtimer_start(&alarm->timer,
		      ns_to_ktime(alarm->mode & HRTIMER_MODE_REL ?
					  delay_ns :
					  alarm->asked_ns),
		      alarm->mode);
}

static inline void ktb_alarm_start_here(void *data)
{
	struct ktb_alarm *alarm = data;

	ktb_alarm_start(alarm, alarm->delay_ns);
}

/** ktb_alarm_start_on() - start it on another CPU, in an interrupt there */
static inline void ktb_alarm_start_on(struct ktb_alarm *alarm, u32 cpu,
				      u64 delay_ns)
{
	alarm->delay_ns = delay_ns;
	smp_call_function_single(cpu, ktb_alarm_start_here, alarm, 1);
}

/**
 * ktb_alarm_end() - undo all: nothing is started and nothing runs after it
 * @alarm: from ktb_alarm_make()
 */
static inline void ktb_alarm_end(struct ktb_alarm *alarm)
{
	WRITE_ONCE(alarm->restarts, 0);
	ktb_hold_let_go(&alarm->hold);
	hrtimer_cancel(&alarm->timer);
}

/**
 * ktb_alarm_wait() - sleep until the callback has run
 * @trial: being performed; FAILS if it does not
 * @alarm: started
 * @times: so often in all
 *
 * Return: did it?
 */
static inline bool ktb_alarm_wait(struct ktb_trial *trial,
				  const struct ktb_alarm *alarm, u32 times)
{
	return ktb_sight_wait(trial, &alarm->sight, times);
}

/** ktb_alarm_meet() - sleep until a callback that stays is there; as above */
static inline bool ktb_alarm_meet(struct ktb_trial *trial,
				  const struct ktb_alarm *alarm)
{
	return ktb_hold_meet(trial, &alarm->hold);
}

/** ktb_alarm_is_early() - did it run, the last time, before it was asked for? */
static inline bool ktb_alarm_is_early(const struct ktb_alarm *alarm)
{
	return alarm->early || alarm->sight.time_ns < alarm->asked_ns;
}

#endif /* KTB_ALARM_H */
