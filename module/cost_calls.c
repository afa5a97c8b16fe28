// SPDX-License-Identifier: GPL-2.0
/*
 * The timed loops, one a call, and the batches that they are given.
 *
 * Timers stand in two buckets of the wheel's last level, weeks away. A timer of
 * ours is always in each of them, and before all that a call arms there: so no
 * bucket is ever empty and no call ever arms the first event of a wheel, and a
 * call costs the same whatever else is pending.
 */
#include <linux/kthread.h>
#include <linux/math64.h>
#include <linux/sched/clock.h>
#include <linux/timex.h>

#include "cost_calls.h"
#include "wheel.h"

/* The two buckets lie this far apart, with one between them. */
#define KTB_BATCH_APART	     (2 * KTB_WHEEL_LAST_GRANULE)
#define KTB_BATCH_FAR_OFF_NS ((u64)KTB_WHEEL_FAR_OFF * TICK_NSEC)

/* At most this long before they are due, hrtimers become the first event. */
#define KTB_BATCH_AHEAD_NS   (2 * NSEC_PER_MSEC)
/* What arming one of them takes, about; half of the time ahead must do. */
#define KTB_BATCH_ARMING_NS  NSEC_PER_USEC

/* Neither is ever called: what they are for is due in weeks. */
static void ktb_pair_timer_fire(struct timer_list *timer)
{
}

static enum hrtimer_restart ktb_pair_hrtimer_fire(struct hrtimer *timer)
{
	return HRTIMER_NORESTART;
}

/*
 * The loop has the same shape for all calls: the compiler must not see that p
 * is only counted in some of them.
 */
#define KTB_CALL_LOOP(_name, _flags, _needs, _found, _statement, ...)  \
	static noinline u64 ktb_call_##_name(struct ktb_batch *b)      \
	{                                                              \
		const unsigned long near __maybe_unused = b->near;     \
		const unsigned long far __maybe_unused = b->far;       \
		const enum hrtimer_mode mode __maybe_unused = b->mode; \
		struct ktb_pair *p = b->pairs, *end = p + b->nr;       \
		u64 sum = 0, from_ns, to_ns;                           \
                                                                       \
		from_ns = ktb_clock_ns();                              \
		for (; p < end; p++) {                                 \
			_statement;                                    \
			OPTIMIZER_HIDE_VAR(p);                         \
		}                                                      \
		to_ns = ktb_clock_ns();                                \
		b->from_ns = from_ns;                                  \
		b->to_ns = to_ns;                                      \
		return sum;                                            \
	}
KTB_CALLS(KTB_CALL_LOOP)
#undef KTB_CALL_LOOP

const struct ktb_call ktb_calls[KTB_NR_CALLS] = {
#define KTB_CALL_ROW(_name, _flags, _needs, _found, _statement, _returns, \
		     _left, _help)                                        \
	[KTB_CALL_##_name] = {                                            \
		.needs = _needs,                                          \
		.found = _found,                                          \
		.left = _left,                                            \
		.returns = _returns,                                      \
		.run = ktb_call_##_name,                                  \
	},
	KTB_CALLS(KTB_CALL_ROW)
#undef KTB_CALL_ROW
};

/**
 * ktb_batch_init() - where the timers of a batch stand and when they are due
 * @b: zeroed
 * @cpu: whose base they stand on
 * @pinned: TIMER_PINNED and HRTIMER_MODE_PINNED
 *
 * TIMER_IRQSAFE makes timer_delete_sync() legal with interrupts off, on
 * PREEMPT_RT too, and changes no path that is measured.
 */
void ktb_batch_init(struct ktb_batch *b, u32 cpu, bool pinned)
{
	u32 i;

	b->cpu = cpu;
	b->flags = TIMER_IRQSAFE | (pinned ? TIMER_PINNED : 0);
	b->mode = pinned ? HRTIMER_MODE_ABS_PINNED_HARD : HRTIMER_MODE_ABS_HARD;
	b->near = round_up(jiffies + KTB_WHEEL_FAR_OFF, KTB_WHEEL_LAST_GRANULE);
	b->far = b->near + KTB_BATCH_APART;
	b->far_ns = ktb_clock_ns() + KTB_BATCH_FAR_OFF_NS;
	for (i = 0; i < KTB_NR_ANCHORS; i++)
		timer_setup(&b->anchors[i], ktb_pair_timer_fire, b->flags);
}

/**
 * ktb_batch_init_pair() - make a pair that may be armed or cancelled
 * @b: initialised
 * @pair: zeroed, or neither pending nor queued
 *
 * Its hrtimer is then of the CPU that calls.
 */
void ktb_batch_init_pair(const struct ktb_batch *b, struct ktb_pair *pair)
{
	timer_setup(&pair->timer, ktb_pair_timer_fire, b->flags);
	ktb_hrtimer_setup(&pair->hrtimer, ktb_pair_hrtimer_fire,
			  CLOCK_MONOTONIC, b->mode);
}

/**
 * ktb_batch_stand() - arm a timer on the base of the batch
 * @b: initialised
 * @timer: not pending
 * @expires: jiffies
 *
 * Since 6.9 add_timer_on() pins a timer for good, so it is no way to arm one
 * that is not to be pinned.
 */
void ktb_batch_stand(const struct ktb_batch *b, struct timer_list *timer,
		     unsigned long expires)
{
	timer->expires = expires;
	if (b->flags & TIMER_PINNED)
		add_timer_on(timer, b->cpu);
	else
		add_timer(timer);
}

/**
 * ktb_batch_anchor() - keep the buckets of all wheels in question from being empty
 * @b: initialised
 *
 * On the base, on the CPU that calls, and where timers that are not pinned go.
 */
void ktb_batch_anchor(struct ktb_batch *b)
{
	const unsigned long expires[] = { b->near, b->far };
	u32 i;

	for (i = 0; i < ARRAY_SIZE(expires); i++) {
		ktb_batch_stand(b, &b->anchors[i], expires[i]);
		b->anchors[2 + i].expires = expires[i];
		add_timer_on(&b->anchors[2 + i], raw_smp_processor_id());
		b->anchors[4 + i].expires = expires[i];
		add_timer_on(&b->anchors[4 + i], b->cpu);
	}
}

/**
 * ktb_batch_draw_ns() - when an hrtimer is due
 * @b: initialised
 *
 * Return: CLOCK_MONOTONIC, in weeks.
 */
u64 ktb_batch_draw_ns(struct ktb_batch *b)
{
	return b->far_ns + ktb_random_below(&b->random, KTB_BATCH_FAR_OFF_NS);
}

static void ktb_batch_prepare_pair(struct ktb_batch *b, struct ktb_pair *p,
				   enum ktb_pair_state state)
{
	switch (state) {
	case KTB_PAIR_IDLE:
		timer_setup(&p->timer, ktb_pair_timer_fire, b->flags);
		if (raw_smp_processor_id() != b->cpu) {
			ktb_batch_stand(b, &p->timer, b->near);
			ktb_timer_delete(&p->timer);
		}
		p->timer.expires = b->near;
		break;
	case KTB_PAIR_NEAR:
	case KTB_PAIR_FAR:
		timer_setup(&p->timer, ktb_pair_timer_fire, b->flags);
		ktb_batch_stand(b, &p->timer,
				state == KTB_PAIR_NEAR ? b->near : b->far);
		break;
	case KTB_PAIR_DUE:
		p->due_ns = b->far_ns;
		hrtimer_set_expires(&p->hrtimer, ns_to_ktime(p->due_ns));
		break;
	case KTB_PAIR_FREE:
		p->due_ns = ktb_batch_draw_ns(b);
		break;
	case KTB_PAIR_QUEUED:
		p->due_ns = ktb_batch_draw_ns(b);
		p->next_ns = ktb_batch_draw_ns(b);
		hrtimer_start(&p->hrtimer, ns_to_ktime(p->due_ns), b->mode);
		break;
	default:
		break;
	}
}

/**
 * ktb_batch_prepare() - bring all pairs into the state that a call is to find
 * @b: settled
 * @call: which
 *
 * Context: a thread on the CPU that makes the calls.
 */
void ktb_batch_prepare(struct ktb_batch *b, const struct ktb_call *call)
{
	u32 i;

	if (call->found == KTB_PAIR_ANY)
		return;
	for (i = 0; i < b->nr; i++)
		ktb_batch_prepare_pair(b, &b->pairs[i], call->found);
}

static u64 ktb_pair_next_event_ns(const struct ktb_pair *p)
{
	return ktime_to_ns(READ_ONCE(p->hrtimer.base->cpu_base->expires_next));
}

/**
 * ktb_batch_aim() - choose due times that are each the next event of the CPU
 * @b: prepared
 * @call: which; but for those that find a pair in KTB_PAIR_NEXT nothing is done
 *
 * From just before what the CPU waits for now, each a little earlier than the
 * one before it, down to half of the time until then, which the batch must not
 * exceed.
 *
 * Context: interrupts off until ktb_batch_settle().
 * Return: false if that is too near.
 */
bool ktb_batch_aim(struct ktb_batch *b, const struct ktb_call *call)
{
	u64 now_ns, step_ns;
	s64 ahead_ns;
	u32 i;

	if (call->found != KTB_PAIR_NEXT)
		return true;
	now_ns = ktb_clock_ns();
	ahead_ns = ktb_pair_next_event_ns(b->pairs) - now_ns;
	ahead_ns = min_t(s64, ahead_ns, KTB_BATCH_AHEAD_NS);
	if (ahead_ns < 2 * KTB_BATCH_ARMING_NS * b->nr)
		return false;
	step_ns = div_u64(ahead_ns / 2, b->nr);
	for (i = 0; i < b->nr; i++)
		b->pairs[i].due_ns = now_ns + ahead_ns - (i + 1) * step_ns;
	return true;
}

/**
 * ktb_batch_hit() - was none of the batch due before the last call was over?
 * @b: run
 * @call: which
 */
bool ktb_batch_hit(const struct ktb_batch *b, const struct ktb_call *call)
{
	return call->found != KTB_PAIR_NEXT ||
	       b->to_ns < b->pairs[b->nr - 1].due_ns;
}

static bool ktb_pair_is(const struct ktb_batch *b, struct ktb_pair *p,
			enum ktb_pair_state state)
{
	u32 index = ktb_wheel_index(&p->timer);

	switch (state) {
	case KTB_PAIR_IDLE:
		return !timer_pending(&p->timer);
	case KTB_PAIR_NEAR:
		return timer_pending(&p->timer) &&
		       index == ktb_wheel_index(&b->anchors[0]);
	case KTB_PAIR_FAR:
		return timer_pending(&p->timer) &&
		       index == ktb_wheel_index(&b->anchors[1]);
	case KTB_PAIR_FREE:
	case KTB_PAIR_DUE:
	case KTB_PAIR_NEXT:
		return !hrtimer_is_queued(&p->hrtimer);
	case KTB_PAIR_QUEUED:
		return hrtimer_is_queued(&p->hrtimer);
	case KTB_PAIR_FIRST:
		return hrtimer_is_queued(&p->hrtimer) &&
		       ktb_pair_next_event_ns(p) <= p->due_ns;
	default:
		return true;
	}
}

/**
 * ktb_batch_settle() - cancel all pairs of a batch
 * @b: run
 * @call: which
 * @sum: what its run returned
 *
 * Return: how many pairs were not as the call must leave them, and one more if
 * the calls did not return what they must.
 */
u32 ktb_batch_settle(struct ktb_batch *b, const struct ktb_call *call, u64 sum)
{
	u64 expected = call->returns == KTB_RETURNS_1 ? b->nr : 0;
	u32 wrong = call->returns != KTB_RETURNS_ANY && sum != expected;
	struct ktb_pair *p;

	if (call->left == KTB_PAIR_ANY)
		return wrong;
	for (p = b->pairs; p < b->pairs + b->nr; p++)
		wrong += !ktb_pair_is(b, p, call->left);
	for (p = b->pairs; p < b->pairs + b->nr; p++) {
		ktb_timer_delete(&p->timer);
		hrtimer_cancel(&p->hrtimer);
	}
	return wrong;
}

/**
 * ktb_batch_quiesce() - cancel all that a batch has armed, for good
 * @b: zeroed or initialised; nobody else uses it
 */
void ktb_batch_quiesce(struct ktb_batch *b)
{
	u32 i;

	for (i = 0; b->pairs && i < b->nr; i++) {
		ktb_timer_shutdown_sync(&b->pairs[i].timer);
		hrtimer_cancel(&b->pairs[i].hrtimer);
	}
	for (i = 0; b->pairs && i < KTB_NR_ANCHORS; i++)
		ktb_timer_shutdown_sync(&b->anchors[i]);
}
