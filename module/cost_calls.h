/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The calls whose cost is measured, one a row, and the batch of timers that each
 * is made with: in which state a call finds them, and in which it must leave
 * them.
 */
#ifndef KTB_COST_CALLS_H
#define KTB_COST_CALLS_H

#include <linux/hrtimer.h>
#include <linux/timer.h>

#include "workload.h"

/**
 * enum ktb_pair_state - in what state a call finds a pair, and leaves it
 * @KTB_PAIR_ANY: nothing is done to the pair, nor looked at
 * @KTB_PAIR_IDLE: the timer is not pending, and stood on the base last
 * @KTB_PAIR_NEAR: the timer is pending in the nearer bucket
 * @KTB_PAIR_FAR: the timer is pending in the farther bucket
 * @KTB_PAIR_FREE: the hrtimer is not queued
 * @KTB_PAIR_DUE: likewise, and its expiry is @due_ns, as if it had come
 * @KTB_PAIR_NEXT: likewise; @due_ns is before all that the CPU waits for
 * @KTB_PAIR_QUEUED: the hrtimer is queued for a time drawn from the far future
 * @KTB_PAIR_FIRST: the hrtimer is queued, and was the first event of its base
 */
enum ktb_pair_state {
	KTB_PAIR_ANY,
	KTB_PAIR_IDLE,
	KTB_PAIR_NEAR,
	KTB_PAIR_FAR,
	KTB_PAIR_FREE,
	KTB_PAIR_DUE,
	KTB_PAIR_NEXT,
	KTB_PAIR_QUEUED,
	KTB_PAIR_FIRST,
};

/** enum ktb_call_returns - what a call must return each time */
enum ktb_call_returns {
	KTB_RETURNS_0,
	KTB_RETURNS_1,
	KTB_RETURNS_ANY,
};

/** enum ktb_call_needs - without this a call cannot be measured */
enum ktb_call_needs {
	KTB_NEEDS_NOTHING,
	/* The caller runs on the CPU of the base. */
	KTB_NEEDS_LOCAL,
	/* The kernel has timer_shutdown_sync(). */
	KTB_NEEDS_SHUTDOWN,
};

/* The interval of hrtimer_forward(), and the range of hrtimer_start_range. */
#define KTB_PAIR_INTERVAL_NS NSEC_PER_MSEC
#define KTB_PAIR_RANGE_NS    (50 * NSEC_PER_USEC)

/*
 * CALL(name, flags of the metric, needs, found, statement, returns, left, help)
 *
 * In the statement, p is the pair, b the batch and sum takes what is returned;
 * near and far are expiries in the two buckets. It is the body of the timed
 * loop, so it must be the call and nothing else; what the compiler could do
 * without is hidden from it by being a call of the kernel's, or volatile.
 */
/* clang-format off */
#define KTB_CALLS(CALL)                                                       \
	CALL(empty, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,                       \
	     barrier(), KTB_RETURNS_0, KTB_PAIR_ANY,                          \
	     "the loop with nothing in it: its own share, and the clock's, of all others") \
	CALL(timer_setup, 0, KTB_NEEDS_NOTHING, KTB_PAIR_IDLE,                \
	     timer_setup(&p->timer, ktb_pair_timer_fire, b->flags),           \
	     KTB_RETURNS_0, KTB_PAIR_IDLE,                                    \
	     "timer_setup()")                                                 \
	CALL(add_timer, 0, KTB_NEEDS_NOTHING, KTB_PAIR_IDLE,                  \
	     add_timer(&p->timer), KTB_RETURNS_0, KTB_PAIR_NEAR,              \
	     "add_timer(), on the caller's CPU")                              \
	CALL(add_timer_on, 0, KTB_NEEDS_NOTHING, KTB_PAIR_IDLE,               \
	     add_timer_on(&p->timer, b->cpu), KTB_RETURNS_0, KTB_PAIR_NEAR,   \
	     "add_timer_on(), on the base's CPU")                             \
	CALL(mod_timer_inactive, 0, KTB_NEEDS_NOTHING, KTB_PAIR_IDLE,         \
	     sum += mod_timer(&p->timer, near), KTB_RETURNS_0, KTB_PAIR_NEAR, \
	     "mod_timer() of a timer that is not pending")                    \
	CALL(mod_timer_same_expiry, 0, KTB_NEEDS_NOTHING, KTB_PAIR_NEAR,      \
	     sum += mod_timer(&p->timer, near), KTB_RETURNS_1, KTB_PAIR_NEAR, \
	     "mod_timer() of a pending timer to the expiry that it has")      \
	CALL(mod_timer_same_bucket, 0, KTB_NEEDS_NOTHING, KTB_PAIR_NEAR,      \
	     sum += mod_timer(&p->timer, near + 1), KTB_RETURNS_1,            \
	     KTB_PAIR_NEAR,                                                   \
	     "mod_timer() of a pending timer to another expiry in its bucket of the wheel") \
	CALL(mod_timer, KTB_METRIC_PRIMARY, KTB_NEEDS_NOTHING, KTB_PAIR_NEAR, \
	     sum += mod_timer(&p->timer, far), KTB_RETURNS_1, KTB_PAIR_FAR,   \
	     "mod_timer() of a pending timer to another bucket, on the caller's CPU") \
	CALL(mod_timer_pending, 0, KTB_NEEDS_NOTHING, KTB_PAIR_NEAR,          \
	     sum += mod_timer_pending(&p->timer, far), KTB_RETURNS_1,         \
	     KTB_PAIR_FAR,                                                    \
	     "mod_timer_pending() of a pending timer to another bucket")      \
	CALL(timer_reduce, 0, KTB_NEEDS_NOTHING, KTB_PAIR_FAR,                \
	     sum += timer_reduce(&p->timer, near), KTB_RETURNS_1,             \
	     KTB_PAIR_NEAR,                                                   \
	     "timer_reduce() of a pending timer to an earlier bucket")        \
	CALL(timer_delete, 0, KTB_NEEDS_NOTHING, KTB_PAIR_NEAR,               \
	     sum += ktb_timer_delete(&p->timer), KTB_RETURNS_1,               \
	     KTB_PAIR_IDLE,                                                   \
	     "timer_delete() (del_timer() before 6.2) of a pending timer")    \
	CALL(timer_delete_inactive, 0, KTB_NEEDS_NOTHING, KTB_PAIR_IDLE,      \
	     sum += ktb_timer_delete(&p->timer), KTB_RETURNS_0,               \
	     KTB_PAIR_IDLE,                                                   \
	     "timer_delete() of a timer that is not pending")                 \
	CALL(timer_delete_sync, 0, KTB_NEEDS_NOTHING, KTB_PAIR_NEAR,          \
	     sum += ktb_timer_delete_sync(&p->timer), KTB_RETURNS_1,          \
	     KTB_PAIR_IDLE,                                                   \
	     "timer_delete_sync() of a pending timer")                        \
	CALL(timer_delete_sync_try, 0, KTB_NEEDS_NOTHING, KTB_PAIR_NEAR,      \
	     sum += ktb_timer_delete_sync_try(&p->timer), KTB_RETURNS_1,      \
	     KTB_PAIR_IDLE,                                                   \
	     "timer_delete_sync_try() (try_to_del_timer_sync() before 6.16) of a pending timer") \
	CALL(timer_shutdown_sync, 0, KTB_NEEDS_SHUTDOWN, KTB_PAIR_NEAR,       \
	     sum += ktb_timer_shutdown_sync(&p->timer), KTB_RETURNS_1,        \
	     KTB_PAIR_IDLE,                                                   \
	     "timer_shutdown_sync() of a pending timer, where the kernel has it") \
	CALL(hrtimer_setup, 0, KTB_NEEDS_NOTHING, KTB_PAIR_FREE,              \
	     ktb_hrtimer_setup(&p->hrtimer, ktb_pair_hrtimer_fire,            \
			       CLOCK_MONOTONIC, mode),                        \
	     KTB_RETURNS_0, KTB_PAIR_FREE,                                    \
	     "hrtimer_setup() (hrtimer_init() before 6.13)")                  \
	CALL(hrtimer_start_first, 0, KTB_NEEDS_LOCAL, KTB_PAIR_NEXT,          \
	     hrtimer_start(&p->hrtimer, ns_to_ktime(p->due_ns), mode),        \
	     KTB_RETURNS_0, KTB_PAIR_FIRST,                                   \
	     "hrtimer_start() of what becomes the CPU's next event, which is programmed anew") \
	CALL(hrtimer_start, 0, KTB_NEEDS_LOCAL, KTB_PAIR_FREE,                \
	     hrtimer_start(&p->hrtimer, ns_to_ktime(p->due_ns), mode),        \
	     KTB_RETURNS_0, KTB_PAIR_QUEUED,                                  \
	     "hrtimer_start() of one that is due among others")               \
	CALL(hrtimer_start_range, 0, KTB_NEEDS_LOCAL, KTB_PAIR_FREE,          \
	     hrtimer_start_range_ns(&p->hrtimer, ns_to_ktime(p->due_ns),      \
				    KTB_PAIR_RANGE_NS, mode),                 \
	     KTB_RETURNS_0, KTB_PAIR_QUEUED,                                  \
	     "hrtimer_start_range_ns() of one that is due among others")      \
	CALL(hrtimer_restart, 0, KTB_NEEDS_LOCAL, KTB_PAIR_QUEUED,            \
	     hrtimer_start(&p->hrtimer, ns_to_ktime(p->next_ns), mode),       \
	     KTB_RETURNS_0, KTB_PAIR_QUEUED,                                  \
	     "hrtimer_start() of one that is queued, to be due elsewhere among others") \
	CALL(hrtimer_forward, 0, KTB_NEEDS_NOTHING, KTB_PAIR_DUE,             \
	     sum += hrtimer_forward(&p->hrtimer, ns_to_ktime(p->due_ns),      \
				    ns_to_ktime(KTB_PAIR_INTERVAL_NS)),       \
	     KTB_RETURNS_1, KTB_PAIR_FREE,                                    \
	     "hrtimer_forward() by one interval")                             \
	CALL(hrtimer_cancel, 0, KTB_NEEDS_LOCAL, KTB_PAIR_QUEUED,             \
	     sum += hrtimer_cancel(&p->hrtimer), KTB_RETURNS_1,               \
	     KTB_PAIR_FREE,                                                   \
	     "hrtimer_cancel() of one that is queued among others")           \
	CALL(hrtimer_cancel_inactive, 0, KTB_NEEDS_NOTHING, KTB_PAIR_FREE,    \
	     sum += hrtimer_cancel(&p->hrtimer), KTB_RETURNS_0,               \
	     KTB_PAIR_FREE,                                                   \
	     "hrtimer_cancel() of one that is not queued")                    \
	CALL(hrtimer_try_to_cancel, 0, KTB_NEEDS_LOCAL, KTB_PAIR_QUEUED,      \
	     sum += hrtimer_try_to_cancel(&p->hrtimer), KTB_RETURNS_1,        \
	     KTB_PAIR_FREE,                                                   \
	     "hrtimer_try_to_cancel() of one that is queued among others")    \
	CALL(kthread_should_stop, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,         \
	     sum += kthread_should_stop(), KTB_RETURNS_ANY, KTB_PAIR_ANY,     \
	     "kthread_should_stop()")                                         \
	CALL(ktime_get, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,                   \
	     sum += ktime_get(), KTB_RETURNS_ANY, KTB_PAIR_ANY,               \
	     "ktime_get(), the clock of all samples")                         \
	CALL(ktime_get_mono_fast, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,         \
	     sum += ktime_get_mono_fast_ns(), KTB_RETURNS_ANY, KTB_PAIR_ANY,  \
	     "ktime_get_mono_fast_ns()")                                      \
	CALL(ktime_get_raw, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,               \
	     sum += ktime_get_raw(), KTB_RETURNS_ANY, KTB_PAIR_ANY,           \
	     "ktime_get_raw()")                                               \
	CALL(ktime_get_real, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,              \
	     sum += ktime_get_real(), KTB_RETURNS_ANY, KTB_PAIR_ANY,          \
	     "ktime_get_real()")                                              \
	CALL(ktime_get_boottime, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,          \
	     sum += ktime_get_boottime(), KTB_RETURNS_ANY, KTB_PAIR_ANY,      \
	     "ktime_get_boottime()")                                          \
	CALL(ktime_get_coarse, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,            \
	     sum += ktime_get_coarse(), KTB_RETURNS_ANY, KTB_PAIR_ANY,        \
	     "ktime_get_coarse()")                                            \
	CALL(local_clock, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,                 \
	     sum += local_clock(), KTB_RETURNS_ANY, KTB_PAIR_ANY,             \
	     "local_clock(), the scheduler's")                                \
	CALL(get_cycles, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,                  \
	     sum += get_cycles(), KTB_RETURNS_ANY, KTB_PAIR_ANY,              \
	     "get_cycles()")                                                  \
	CALL(jiffies, 0, KTB_NEEDS_NOTHING, KTB_PAIR_ANY,                     \
	     sum += jiffies, KTB_RETURNS_ANY, KTB_PAIR_ANY,                   \
	     "a read of jiffies")
/* clang-format on */

/** enum ktb_call_index - the calls, in the order of KTB_CALLS */
enum ktb_call_index {
#define KTB_CALL_INDEX(_name, ...) KTB_CALL_##_name,
	KTB_CALLS(KTB_CALL_INDEX)
#undef KTB_CALL_INDEX
		KTB_NR_CALLS,
};

/**
 * struct ktb_pair - a timer of each kind
 * @timer: of the wheel
 * @hrtimer: on CLOCK_MONOTONIC, of the calling CPU
 * @due_ns: what the hrtimer is started for
 * @next_ns: what it is started for when it is queued already
 *
 * Each begins a cache line, so that their sizes, which differ between kernels,
 * do not decide which of them straddle two.
 */
struct ktb_pair {
	struct timer_list timer ____cacheline_aligned;
	struct hrtimer hrtimer ____cacheline_aligned;
	u64 due_ns;
	u64 next_ns;
};

/* Pairs that keep the buckets from being empty: see ktb_batch_anchor(). */
#define KTB_NR_ANCHORS 6

/**
 * struct ktb_batch - pairs that a call is made with one after the other
 * @pairs: those
 * @nr: how many
 * @cpu: whose base the timers stand on
 * @flags: of timer_setup()
 * @mode: of hrtimer_start()
 * @random: stream of hrtimers' expiries
 * @near: expiry in the nearer bucket, jiffies
 * @far: expiry in the farther bucket, jiffies
 * @far_ns: hrtimers are due from then on, for as long again as it is until then
 * @anchors: timers of all the buckets, armed first
 * @from_ns: before the first call of the last batch
 * @to_ns: after its last one
 */
struct ktb_batch {
	struct ktb_pair *pairs;
	u32 nr;
	u32 cpu;
	u32 flags;
	enum hrtimer_mode mode;
	u64 random;
	unsigned long near;
	unsigned long far;
	u64 far_ns;
	struct timer_list anchors[KTB_NR_ANCHORS];
	u64 from_ns;
	u64 to_ns;
};

/**
 * struct ktb_call - a row of KTB_CALLS
 * @needs: enum ktb_call_needs
 * @found: enum ktb_pair_state before
 * @left: enum ktb_pair_state after
 * @returns: enum ktb_call_returns
 * @run: makes a batch of calls, between two clock reads; the sum of what they
 *	returned
 */
struct ktb_call {
	enum ktb_call_needs needs;
	enum ktb_pair_state found;
	enum ktb_pair_state left;
	enum ktb_call_returns returns;
	u64 (*run)(struct ktb_batch *b);
};

extern const struct ktb_call ktb_calls[KTB_NR_CALLS];

void ktb_batch_init(struct ktb_batch *b, u32 cpu, bool pinned);
void ktb_batch_init_pair(const struct ktb_batch *b, struct ktb_pair *pair);
void ktb_batch_anchor(struct ktb_batch *b);
void ktb_batch_stand(const struct ktb_batch *b, struct timer_list *timer,
		     unsigned long expires);
u64 ktb_batch_draw_ns(struct ktb_batch *b);
void ktb_batch_prepare(struct ktb_batch *b, const struct ktb_call *call);
bool ktb_batch_aim(struct ktb_batch *b, const struct ktb_call *call);
bool ktb_batch_hit(const struct ktb_batch *b, const struct ktb_call *call);
u32 ktb_batch_settle(struct ktb_batch *b, const struct ktb_call *call, u64 sum);
void ktb_batch_quiesce(struct ktb_batch *b);

#endif /* KTB_COST_CALLS_H */
