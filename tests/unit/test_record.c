// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Recording into an area: what has a limit stops there, also from beyond it.
 */
#include <string.h>

#include "support.h"
#include "ktb_record.h"

#define MAX_RAW 4

static struct ktb_area area;
static struct ktb_raw raws[MAX_RAW + 2];

static void keep_raw(void)
{
	const __u32 cpu = 3;

	ktb_record_raw(&area, raws, 7, 8, 9, &cpu);
}

static int is_zero(const void *memory, size_t bytes)
{
	const unsigned char *at = memory;

	while (bytes && !*at++)
		bytes--;
	return !bytes;
}

static void test_raw_within(void **state)
{
	int i;

	memset(&area, 0, sizeof(area));
	memset(raws, 0, sizeof(raws));
	area.max_raw = MAX_RAW;
	for (i = 0; i < MAX_RAW + 3; i++)
		keep_raw();
	assert_int_equal(area.nr_raw, MAX_RAW);
	assert_int_equal(area.raw_dropped, 3);
	assert_int_equal(raws[MAX_RAW - 1].armed_cpu, 3);
	assert_true(is_zero(&raws[MAX_RAW], 2 * sizeof(raws[0])));
}

/* Two writers may have passed the limit by one; none goes on from there. */
static void test_raw_beyond(void **state)
{
	memset(&area, 0, sizeof(area));
	memset(raws, 0, sizeof(raws));
	area.max_raw = MAX_RAW;
	area.nr_raw = MAX_RAW + 1;
	keep_raw();
	assert_int_equal(area.nr_raw, MAX_RAW + 1);
	assert_int_equal(area.raw_dropped, 1);
	assert_true(is_zero(raws, sizeof(raws)));
}

static void test_worst(void **state)
{
	struct ktb_rank rank[KTB_NR_WORST + 1] = {};
	struct ktb_area *areap = &area;
	__s64 floor_ns = KTB_RECORD_S64_MIN, i;
	__u32 slot;

	memset(&area, 0, sizeof(area));
	rank[KTB_NR_WORST].excess_ns = -1;
	for (i = 0; i < 1000; i++) {
		slot = ktb_record_worst_slot(&areap, rank, &floor_ns, i);
		assert_true(slot < KTB_NR_WORST);
	}
	assert_int_equal(area.nr_worst, KTB_NR_WORST);
	assert_int_equal(rank[KTB_NR_WORST].excess_ns, -1);
	assert_int_equal(floor_ns, 1000 - KTB_NR_WORST);

	/* A count that is past its limit must not open the floor. */
	area.nr_worst = KTB_NR_WORST + 1;
	slot = ktb_record_worst_slot(&areap, rank, &floor_ns, 5000);
	assert_true(slot < KTB_NR_WORST);
	assert_int_equal(floor_ns, 1001 - KTB_NR_WORST);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_raw_within),
		cmocka_unit_test(test_raw_beyond),
		cmocka_unit_test(test_worst),
	};

	return cmocka_run_group_tests_name("record", tests, NULL, NULL);
}
