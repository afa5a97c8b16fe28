/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The arithmetic of the kernel's timer wheel, as far as a timer's own fields
 * tell it. Source: calc_index() and the table of levels in kernel/time/timer.c,
 * the same from 5.10 to 7.3. The bits of timer->flags are public.
 */
#ifndef KTB_WHEEL_H
#define KTB_WHEEL_H

#include <linux/bitops.h>
#include <linux/jiffies.h>
#include <linux/timer.h>

/* Levels have 64 buckets each and are 8 times as coarse as the one before. */
#define KTB_WHEEL_BUCKET_BITS 6
#define KTB_WHEEL_LEVEL_SHIFT 3
#define KTB_WHEEL_LEVELS      (HZ > 100 ? 9 : 8)
/* How many jiffies a bucket of the last level spans. */
#define KTB_WHEEL_LAST_GRANULE \
	(1UL << (KTB_WHEEL_LEVEL_SHIFT * (KTB_WHEEL_LEVELS - 1)))

/* The wheel cuts off what lies beyond its last level. */
#define KTB_WHEEL_MAX_DELAY (63UL * KTB_WHEEL_LAST_GRANULE - 1)
/* Background timers stay out of the way for longer than any run lasts. */
#define KTB_WHEEL_FAR_OFF   (KTB_WHEEL_MAX_DELAY / 3)

/**
 * ktb_wheel_index() - where the kernel queued a timer
 * @timer: armed; the index stays when it is taken out, also in the callback
 *
 * Return: level * 64 + bucket.
 */
static __always_inline u32 ktb_wheel_index(const struct timer_list *timer)
{
	return (READ_ONCE(timer->flags) & TIMER_ARRAYMASK) >> TIMER_ARRAYSHIFT;
}

static __always_inline u32 ktb_wheel_level(u32 index)
{
	return index >> KTB_WHEEL_BUCKET_BITS;
}

static __always_inline u32 ktb_wheel_shift(u32 index)
{
	return ktb_wheel_level(index) * KTB_WHEEL_LEVEL_SHIFT;
}

/**
 * ktb_wheel_bucket() - the jiffy at which the wheel looks at a bucket
 * @index: where the timer was queued
 * @expires: what it was armed with
 *
 * Return: jiffies; right if ktb_wheel_is_bucket() agrees.
 */
static __always_inline unsigned long ktb_wheel_bucket(u32 index,
						      unsigned long expires)
{
	u32 shift = ktb_wheel_shift(index);

	return ((expires >> shift) + 1) << shift;
}

/**
 * ktb_wheel_is_bucket() - does that jiffy belong to that bucket?
 * @index: where the timer was queued
 * @bucket: from ktb_wheel_bucket()
 *
 * Return: false if the timer was armed for a jiffy that had gone by: then the
 * kernel puts it into the bucket that it looks at next.
 */
static __always_inline bool ktb_wheel_is_bucket(u32 index, unsigned long bucket)
{
	u32 mask = (1U << KTB_WHEEL_BUCKET_BITS) - 1;

	return ((bucket >> ktb_wheel_shift(index)) & mask) == (index & mask);
}

/**
 * ktb_wheel_is_queued_for() - is a timer where rounding up puts it?
 * @timer: armed, or taken out since
 * @asked: the jiffy that it was armed for
 */
static __always_inline bool
ktb_wheel_is_queued_for(const struct timer_list *timer, unsigned long asked)
{
	u32 index = ktb_wheel_index(timer);

	return ktb_wheel_is_bucket(index, ktb_wheel_bucket(index, asked));
}

/** ktb_wheel_begin() - how many jiffies away a level begins: LVL_START() */
static __always_inline unsigned long ktb_wheel_begin(u32 level)
{
	return level ? 63UL << (KTB_WHEEL_LEVEL_SHIFT * (level - 1)) : 0;
}

/** ktb_wheel_granule() - how many jiffies a bucket spans: LVL_GRAN() */
static __always_inline unsigned long ktb_wheel_granule(u32 level)
{
	return 1UL << (KTB_WHEEL_LEVEL_SHIFT * level);
}

/**
 * ktb_wheel_past_bucket() - the bucket of a timer armed for a jiffy gone by
 * @index: where the timer was queued, on level 0
 * @now: jiffies, in the callback
 *
 * Return: jiffies; right if the callback is less than 64 jiffies late.
 */
static __always_inline unsigned long ktb_wheel_past_bucket(u32 index,
							   unsigned long now)
{
	return now - ((now - index) & ((1UL << KTB_WHEEL_BUCKET_BITS) - 1));
}

/**
 * ktb_wheel_due() - the jiffy at which the wheel was to run a timer
 * @timer: whose callback is running or has run since it was armed, on level 0 if
 *	that was for the past
 *
 * Return: jiffies; right if it is less than 64 jiffies late.
 */
static __always_inline unsigned long
ktb_wheel_due(const struct timer_list *timer)
{
	u32 index = ktb_wheel_index(timer);
	unsigned long bucket = ktb_wheel_bucket(index, timer->expires);

	if (unlikely(!ktb_wheel_is_bucket(index, bucket)))
		return ktb_wheel_past_bucket(index, jiffies);
	return bucket;
}

/**
 * ktb_wheel_slacken() - round an expiry up within a slack
 * @expires: jiffies
 * @slack: jiffies
 *
 * Picks the value between @expires and @expires + @slack that is divisible by
 * the largest power of two, so that timers with near expiries meet on one.
 * Source: the rule of apply_slack() in kernel/time/timer.c before 4.8.
 *
 * Return: jiffies.
 */
static __always_inline unsigned long ktb_wheel_slacken(unsigned long expires,
						       unsigned long slack)
{
	unsigned long limit = expires + slack;
	unsigned long differ = expires ^ limit;

	if (!differ)
		return expires;
	return limit & ~((1UL << __fls(differ)) - 1);
}

#endif /* KTB_WHEEL_H */
