// SPDX-License-Identifier: GPL-2.0
/*
 * Jiffies and HZ: what the conversions promise, how jiffies are compared, and
 * how they stand to CLOCK_MONOTONIC.
 */
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/math64.h>
#include <linux/timer.h>

#include "clock.h"
#include "contract.h"

/* Around each edge that a conversion has: none, one, a tick, a second, a day. */
static const u32 ktb_jiffies_msecs[] = {
	0,    1,     2,	    3,	   4,	  5,	  7,	   8,
	9,    10,    11,    19,	   20,	  21,	  99,	   100,
	101,  249,   250,   251,   500,	  999,	  1000,	   1001,
	3600, 60000, 60001, 86400, 99999, 999999, 3600000, 86400000,
};

static const u32 ktb_jiffies_usecs[] = {
	0,	1,	2,	10,	 999,	  1000,	   1001,     3999,
	4000,	4001,	9999,	10000,	 10001,	  99999,   100000,   249999,
	250000, 250001, 999999, 1000000, 1000001, 3600000, 60000001, 999999999,
};

/* The smallest number of jiffies that is no shorter. */
static u64 ktb_jiffies_ceil(u64 time, u32 per_second)
{
	return DIV_ROUND_UP_ULL(time * HZ, per_second);
}

/**
 * struct ktb_jiffies_ups - how a conversion rounded up
 * @short_of: times that came out shorter than asked for
 * @wrong: times that are not the next whole jiffy
 */
struct ktb_jiffies_ups {
	u32 short_of;
	u32 wrong;
};

static void ktb_jiffies_see_up(struct ktb_jiffies_ups *ups, u64 got, u64 time,
			       u32 per_second)
{
	ups->short_of += got * per_second < time * HZ;
	ups->wrong += got != ktb_jiffies_ceil(time, per_second);
}

static void ktb_jiffies_expect_ups(struct ktb_trial *trial,
				   const struct ktb_jiffies_ups *ups)
{
	ktb_trial_equal(trial, "times that came out shorter than asked for",
			ups->short_of, 0);
	ktb_trial_equal(trial, "times that are not the next whole jiffy",
			ups->wrong, 0);
}

static void ktb_jiffies_msecs_round_up(struct ktb_trial *trial)
{
	struct ktb_jiffies_ups ups = { 0 };
	u32 i, ms;

	for (i = 0; i < ARRAY_SIZE(ktb_jiffies_msecs); i++) {
		ms = ktb_jiffies_msecs[i];
		ktb_jiffies_see_up(&ups, msecs_to_jiffies(ms), ms,
				   MSEC_PER_SEC);
	}
	ktb_trial_say(trial,
		      "msecs_to_jiffies(0, 1, 10, 1000): %lu, %lu, %lu, %lu",
		      msecs_to_jiffies(0), msecs_to_jiffies(1),
		      msecs_to_jiffies(10), msecs_to_jiffies(1000));
	ktb_jiffies_expect_ups(trial, &ups);
}

static void ktb_jiffies_usecs_round_up(struct ktb_trial *trial)
{
	struct ktb_jiffies_ups ups = { 0 };
	u32 i, us;

	for (i = 0; i < ARRAY_SIZE(ktb_jiffies_usecs); i++) {
		us = ktb_jiffies_usecs[i];
		ktb_jiffies_see_up(&ups, usecs_to_jiffies(us), us,
				   USEC_PER_SEC);
	}
	ktb_trial_say(
		trial,
		"usecs_to_jiffies(0, 1, 10000, 1000000): %lu, %lu, %lu, %lu",
		usecs_to_jiffies(0), usecs_to_jiffies(1),
		usecs_to_jiffies(10000), usecs_to_jiffies(1000000));
	ktb_jiffies_expect_ups(trial, &ups);
}

static void ktb_jiffies_nsecs_round_down(struct ktb_trial *trial)
{
	u64 ns, got;
	u32 i, longer = 0, wrong = 0;

	for (i = 0; i < ARRAY_SIZE(ktb_jiffies_usecs); i++) {
		ns = (u64)ktb_jiffies_usecs[i] * NSEC_PER_USEC + 1;
		got = nsecs_to_jiffies(ns);
		longer += got * (NSEC_PER_SEC / HZ) > ns;
		wrong += got != div_u64(ns, NSEC_PER_SEC / HZ);
	}
	ktb_trial_say(
		trial,
		"nsecs_to_jiffies() of a tick less 1 ns, of a tick: %lu, %lu",
		nsecs_to_jiffies(NSEC_PER_SEC / HZ - 1),
		nsecs_to_jiffies(NSEC_PER_SEC / HZ));
	ktb_trial_equal(trial, "times that came out longer than asked for",
			longer, 0);
	if (NSEC_PER_SEC % HZ)
		ktb_trial_say(trial,
			      "HZ is %d, so a tick is no whole number of ns",
			      HZ);
	else
		ktb_trial_equal(trial,
				"times that are not the last whole jiffy",
				wrong, 0);
}

static void ktb_jiffies_msecs_and_back(struct ktb_trial *trial)
{
	u32 i, ms, back, early = 0, late = 0;

	for (i = 0; i < ARRAY_SIZE(ktb_jiffies_msecs); i++) {
		ms = ktb_jiffies_msecs[i];
		back = jiffies_to_msecs(msecs_to_jiffies(ms));
		early += back < ms;
		late += back >= ms + DIV_ROUND_UP(MSEC_PER_SEC, HZ);
	}
	ktb_trial_say(trial, "1 ms there and back is %u ms",
		      jiffies_to_msecs(msecs_to_jiffies(1)));
	ktb_trial_equal(trial, "times that came back shorter", early, 0);
	ktb_trial_equal(trial, "times that came back a jiffy longer or more",
			late, 0);
}

static void ktb_jiffies_max_offset(struct ktb_trial *trial)
{
	unsigned long most = MAX_JIFFY_OFFSET;

	ktb_trial_equal(trial, "MAX_JIFFY_OFFSET", most, (LONG_MAX >> 1) - 1);
	ktb_trial_equal(trial, "msecs_to_jiffies(-1)", msecs_to_jiffies(-1),
			most);
	ktb_trial_equal(trial, "msecs_to_jiffies(INT_MIN)",
			msecs_to_jiffies(INT_MIN), most);
	ktb_trial_expect(
		trial, msecs_to_jiffies(INT_MAX) < most,
		"msecs_to_jiffies(INT_MAX): %lu, promised is less than that",
		msecs_to_jiffies(INT_MAX));
	ktb_trial_expect(trial, time_after(jiffies + most, jiffies),
			 "jiffies + MAX_JIFFY_OFFSET is still after jiffies");
}

static void ktb_jiffies_wrap(struct ktb_trial *trial)
{
	/* Volatile: the compiler must not know the answers. */
	volatile unsigned long before = ULONG_MAX - 2;
	volatile unsigned long after = 3;

	ktb_trial_expect(trial, after < before,
			 "as numbers, %lu is less than %lu", after, before);
	ktb_trial_equal(trial, "time_after(3, -3)", time_after(after, before),
			1);
	ktb_trial_equal(trial, "time_before(3, -3)", time_before(after, before),
			0);
	ktb_trial_equal(trial, "time_after_eq(3, 3)",
			time_after_eq(after, after), 1);
	ktb_trial_equal(trial, "time_after(3, 3)", time_after(after, after), 0);
	ktb_trial_equal(trial, "time_in_range(0, -3, 3)",
			time_in_range(before + 3, before, after), 1);
	ktb_trial_equal(trial, "time_in_range(4, -3, 3)",
			time_in_range(after + 1, before, after), 0);
}

/* The clock and the ticks begin within moments of each other, in either order. */
static void ktb_jiffies_initial(struct ktb_trial *trial)
{
	unsigned long since = jiffies - INITIAL_JIFFIES;
	u64 now_ms = div_u64(ktb_clock_ns(), NSEC_PER_MSEC);

	ktb_trial_equal(trial, "INITIAL_JIFFIES as 32 bits",
			(s32)INITIAL_JIFFIES, -300 * HZ);
	ktb_trial_say(trial, "CLOCK_MONOTONIC in ms: %llu", now_ms);
	ktb_trial_between(trial,
			  "jiffies since INITIAL_JIFFIES in ms, less that",
			  (s64)div_u64((u64)since * TICK_NSEC, NSEC_PER_MSEC) -
				  (s64)now_ms,
			  -10 * MSEC_PER_SEC, MSEC_PER_SEC);
}

static void ktb_jiffies_second(struct ktb_trial *trial)
{
	ktb_trial_say(trial, "HZ: %d, TICK_NSEC: %lu", HZ, (long)TICK_NSEC);
	ktb_trial_equal(trial, "msecs_to_jiffies(1000)",
			msecs_to_jiffies(MSEC_PER_SEC), HZ);
	ktb_trial_equal(trial, "usecs_to_jiffies(1000000)",
			usecs_to_jiffies(USEC_PER_SEC), HZ);
	ktb_trial_equal(trial, "jiffies_to_msecs(HZ)", jiffies_to_msecs(HZ),
			MSEC_PER_SEC);
	ktb_trial_equal(trial, "jiffies_to_usecs(HZ)", jiffies_to_usecs(HZ),
			USEC_PER_SEC);
	ktb_trial_between(trial, "HZ * TICK_NSEC", (s64)HZ * TICK_NSEC,
			  NSEC_PER_SEC - HZ, NSEC_PER_SEC + HZ);
}

static void ktb_jiffies_same_64(struct ktb_trial *trial)
{
	unsigned long before, after;
	u32 i, wrong = 0;
	u64 all;

	for (i = 0; i < 1000; i++) {
		before = jiffies;
		all = get_jiffies_64();
		after = jiffies;
		wrong += time_before((unsigned long)all, before) ||
			 time_after((unsigned long)all, after);
	}
	ktb_trial_equal(trial, "reads of 1000 outside the jiffies around them",
			wrong, 0);
}

/*
 * Jiffies may stand behind, when the CPU that counts them does not run. Ahead of
 * the clock they never are, or a timer would be early.
 */
static void ktb_jiffies_clock(struct ktb_trial *trial)
{
	s64 ahead_ns, behind_ns, most_behind_ns = 0;
	u32 i, early = 0, in_step = 0;
	unsigned long now;

	if (!ktb_clock_edge_is_known()) {
		ktb_trial_skip(
			trial,
			"the edges of jiffies were not seen on CLOCK_MONOTONIC when the module was loaded");
		return;
	}
	/* On CPUs that hardly run each read may come after the next tick was due. */
	for (i = 0; i < 1000 || (!in_step && i < 10000); i++) {
		behind_ns = ktb_clock_ns();
		now = READ_ONCE(jiffies);
		ahead_ns = ktb_clock_edge_ns(now) - ktb_clock_ns();
		behind_ns -= ktb_clock_edge_ns(now + 1);
		early += ahead_ns > 0;
		in_step += behind_ns < 0;
		most_behind_ns = max(most_behind_ns, behind_ns);
		if (i % 50 == 0)
			schedule_timeout_idle(1);
	}
	ktb_trial_say(trial, "reads: %u", i);
	ktb_trial_equal(trial, "ahead of the clock", early, 0);
	ktb_trial_between(trial, "in step with it", in_step, 1, i);
	ktb_trial_say(trial, "most behind: %lld ns", most_behind_ns);
}

static void ktb_jiffies_round(struct ktb_trial *trial)
{
	unsigned long asked, up, near;
	u32 i, early = 0, far = 0, broken = 0;

	/* Each CPU has its own share of a second, 3 jiffies from the next one. */
	for (i = 1; i <= 2 * HZ; i++) {
		asked = jiffies + 2 * HZ + i;
		up = round_jiffies_up(asked);
		near = round_jiffies(asked);
		early += time_before_eq(up, asked);
		far += time_after(up, asked + HZ) ||
		       time_before(near, asked - HZ / 4) ||
		       time_after(near, asked + HZ);
		broken += (up + 3 * trial->cpu) % HZ != 0;
		broken += (near + 3 * trial->cpu) % HZ != 0;
	}
	ktb_trial_equal(trial, "round_jiffies_up() not past what was asked for",
			early, 0);
	ktb_trial_equal(
		trial, "rounded up by over a second, or down by over a quarter",
		far, 0);
	ktb_trial_equal(trial, "not on this CPU's share of a whole second",
			broken, 0);
}

static const struct ktb_check ktb_jiffies_checks[] = {
	{ "second", "HZ jiffies make a second, in every unit.",
	  "include/linux/jiffies.h, kernel/time/time.c", ktb_jiffies_second },
	{ "msecs_round_up",
	  "msecs_to_jiffies() rounds up to the next whole jiffy, so that no timeout is shorter than asked for.",
	  "kernel/time/time.c: __msecs_to_jiffies()",
	  ktb_jiffies_msecs_round_up },
	{ "usecs_round_up",
	  "usecs_to_jiffies() rounds up to the next whole jiffy.",
	  "kernel/time/time.c: __usecs_to_jiffies()",
	  ktb_jiffies_usecs_round_up },
	{ "nsecs_round_down",
	  "nsecs_to_jiffies() rounds down, unlike the other two: as a timeout it may be short by a jiffy.",
	  "kernel/time/time.c: nsecs_to_jiffies()",
	  ktb_jiffies_nsecs_round_down },
	{ "msecs_and_back",
	  "A time in ms that is turned into jiffies and back has not become shorter, nor a jiffy longer.",
	  "kernel/time/time.c: jiffies_to_msecs()",
	  ktb_jiffies_msecs_and_back },
	{ "max_offset",
	  "A negative number of ms is an infinite timeout: MAX_JIFFY_OFFSET, which is still in the future.",
	  "include/linux/jiffies.h: msecs_to_jiffies()",
	  ktb_jiffies_max_offset },
	{ "wrap",
	  "time_after() and its relatives compare rightly across the wrap-around of jiffies.",
	  "include/linux/jiffies.h: time_after()", ktb_jiffies_wrap },
	{ "initial",
	  "Jiffies begin five minutes before their lower 32 bits wrap, and have counted since boot.",
	  "include/linux/jiffies.h: INITIAL_JIFFIES", ktb_jiffies_initial },
	{ "same_64", "get_jiffies_64() and jiffies are one counter.",
	  "kernel/time/jiffies.c: get_jiffies_64()", ktb_jiffies_same_64 },
	{ "clock",
	  "Jiffies advance at whole ticks of CLOCK_MONOTONIC and are never ahead of it.",
	  "kernel/time/tick-sched.c: tick_do_update_jiffies64()",
	  ktb_jiffies_clock },
	{ "round",
	  "round_jiffies_up() gives the next whole second, round_jiffies() the last one if that is less than a quarter ago, each CPU's 3 jiffies before its neighbour's.",
	  "kernel/time/timer.c: round_jiffies_common()", ktb_jiffies_round },
};

KTB_SUBJECT_OF(jiffies);
