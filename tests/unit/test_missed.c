// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Periods that were missed: whatever is recorded in one go is, to the last bit,
 * what recording them one by one would have left.
 */
#include <string.h>

#include "support.h"

#include "ktb_missed.h"
#include "ktb_random.h"

#define US 1000ULL
#define MS 1000000ULL
#define S  1000000000ULL

static struct ktb_hist_area one_by_one, at_once;

static void reset(void)
{
	memset(&one_by_one, 0, sizeof(one_by_one));
	memset(&at_once, 0, sizeof(at_once));
	ktb_record_reset(&one_by_one);
	ktb_record_reset(&at_once);
}

static void record(struct ktb_missed missed, __u64 came_ns, __u32 times)
{
	__u64 i;
	__u32 j;

	ktb_missed_record(&at_once, &missed, came_ns, times);
	for (i = 0; i < missed.nr; i++)
		for (j = 0; j < times; j++)
			ktb_record_add(&one_by_one,
				       (__s64)(came_ns - missed.due_ns -
					       i * missed.period_ns));
}

static void assert_same(void)
{
	assert_int_equal(at_once.count, one_by_one.count);
	assert_int_equal(at_once.sum, one_by_one.sum);
	assert_int_equal(at_once.sumsq_lo, one_by_one.sumsq_lo);
	assert_int_equal(at_once.sumsq_hi, one_by_one.sumsq_hi);
	assert_int_equal(at_once.min, one_by_one.min);
	assert_int_equal(at_once.max, one_by_one.max);
	assert_int_equal(at_once.early, one_by_one.early);
	assert_int_equal(at_once.overflow, one_by_one.overflow);
	assert_memory_equal(at_once.bucket, one_by_one.bucket,
			    sizeof(at_once.bucket));
}

/* Stalls of every length, from one period to past the last bucket. */
static void is_the_same_as_one_by_one(void **state)
{
	static const __u64 periods[] = { 1,  3,	     10 * US, 10 * US + 7,
					 MS, 4 * MS, S,	      3600 * S };
	__u64 random = 1, nr, late;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(periods); i++) {
		for (nr = 0; nr < 100000; nr += 1 + nr / 3) {
			late = ktb_random_below(&random, periods[i] + 1);
			reset();
			record((struct ktb_missed){ 5 * S, periods[i], nr },
			       5 * S + nr * periods[i] + late,
			       1 + (__u32)(nr % 3));
			assert_same();
		}
	}
}

/* A second time into the same distribution: carries, and what stood there. */
static void adds_to_what_is_there(void **state)
{
	int i;

	reset();
	for (i = 0; i < 20; i++)
		record((struct ktb_missed){ 0, 500 * S, 20000 },
		       (1ULL << 62) + (__u64)i, 1);
	assert_true(at_once.sumsq_hi > 0);
	record((struct ktb_missed){ S, MS, 1000 }, 2 * S, 7);
	record((struct ktb_missed){ S, MS, 0 }, 2 * S, 7);
	assert_same();
}

/* Of those that were due after it came, each is early, and none is lost. */
static void counts_early_ones(void **state)
{
	__u64 came_ns;

	for (came_ns = 99 * MS; came_ns < 105 * MS; came_ns += MS / 4) {
		reset();
		record((struct ktb_missed){ 100 * MS, MS, 4 }, came_ns, 2);
		assert_same();
	}
	assert_int_equal(at_once.early, 0);
	reset();
	record((struct ktb_missed){ 100 * MS, MS, 4 }, 101 * MS, 1);
	assert_int_equal(at_once.early, 2);
	assert_same();
}

/* A step for each bucket: a billion periods are no more work than a thousand. */
static void is_bounded(void **state)
{
	const struct ktb_missed missed = { 0, 10, 1000 * 1000 * 1000 };
	__u64 in_buckets = 0;
	__u32 i;

	reset();
	ktb_missed_record(&at_once, &missed, 10 * S, 1);
	for (i = 0; i < KTB_HIST_NR; i++)
		in_buckets += at_once.bucket[i];
	assert_int_equal(at_once.count, missed.nr);
	assert_int_equal(in_buckets, missed.nr);
	assert_int_equal(at_once.min, 10);
	assert_int_equal(at_once.max, 10 * S);
	/* 10 + 20 + ... + 10^10. */
	assert_true(at_once.sum == 5000000005000000000);
}

static void divides(void **state)
{
	static const __u64 edges[] = { 0,	   1,	       2,
				       3,	   255,	       S,
				       1ULL << 31, 1ULL << 62, 1ULL << 63,
				       ~0ULL - 1,  ~0ULL };
	__u64 random = 7, span, step;
	size_t i, j;
	int k;

	for (i = 0; i < ARRAY_SIZE(edges); i++)
		for (j = 1; j < ARRAY_SIZE(edges); j++)
			assert_int_equal(ktb_missed_steps(edges[i], edges[j]),
					 edges[i] / edges[j]);
	for (k = 0; k < 100000; k++) {
		span = ktb_random_below(&random, ~0U);
		step = 1 +
		       ktb_random_below(&random, 1 + (__u32)(span >> k % 32));
		assert_int_equal(ktb_missed_steps(span, step), span / step);
	}
}

/* Every way in which some periods can lie to a window. */
static void clips_to_the_window(void **state)
{
	struct ktb_missed missed;
	__u64 begin, span, i, in;

	for (begin = 0; begin < 60; begin++) {
		for (span = 0; span < 60; span++) {
			missed = (struct ktb_missed){ 20, 7, 4 };
			for (in = 0, i = 20; i < 48; i += 7)
				in += i - begin < span;
			ktb_missed_clip(&missed, begin, span);
			assert_int_equal(missed.nr, in);
			assert_true(!in || (missed.due_ns >= begin &&
					    missed.due_ns + 7 * (in - 1) <
						    begin + span &&
					    (missed.due_ns - 20) % 7 == 0));
		}
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(is_the_same_as_one_by_one),
		cmocka_unit_test(adds_to_what_is_there),
		cmocka_unit_test(counts_early_ones),
		cmocka_unit_test(is_bounded),
		cmocka_unit_test(divides),
		cmocka_unit_test(clips_to_the_window),
	};

	return cmocka_run_group_tests_name("missed", tests, NULL, NULL);
}
