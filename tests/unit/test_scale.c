// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures as they are printed.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>

#include <cmocka.h>

#include "analysis/scale.h"

static void test_text(void **state)
{
	static const struct {
		enum ktb_scale scale;
		int64_t value;
		const char *text;
	} rows[] = {
		{ KTB_SCALE_NS, 0, "0 ns" },
		{ KTB_SCALE_NS, 999, "999 ns" },
		{ KTB_SCALE_NS, 1000, "1.000 us" },
		{ KTB_SCALE_NS, 12345, "12.35 us" },
		{ KTB_SCALE_NS, 123456, "123.5 us" },
		{ KTB_SCALE_NS, -1234567, "-1.235 ms" },
		{ KTB_SCALE_NS, 17179869184, "17.18 s" },
		{ KTB_SCALE_NS, 1234567000000000, "1,234,567 s" },
		{ KTB_SCALE_NS, INT64_MIN, "-9,223,372,037 s" },
		{ KTB_SCALE_BYTES, 1536, "1.500 KiB" },
		{ KTB_SCALE_COUNT, 1234567, "1,234,567" },
		{ KTB_SCALE_NONE, -12, "-12" },
		{ KTB_SCALE_INSTRUCTIONS, 2000001, "2,000,001" },
		{ KTB_SCALE_PS, 47, "47 ps" },
		{ KTB_SCALE_PS, 220137, "220.1 ns" },
		{ KTB_SCALE_MILLI_INSTRUCTIONS, 470, "0.470" },
		{ KTB_SCALE_MILLI_INSTRUCTIONS, 47020, "47.02" },
		{ KTB_SCALE_MILLI_INSTRUCTIONS, 2318444, "2,318" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++)
		assert_string_equal(
			ktb_scale_text(rows[i].scale, rows[i].value).s,
			rows[i].text);
}

/* Figures of a table that has one unit. */
static void test_in(void **state)
{
	assert_int_equal(ktb_scale_nano(KTB_SCALE_PS), 1000);
	assert_int_equal(ktb_scale_nano(KTB_SCALE_MILLI_INSTRUCTIONS), 1000);
	assert_int_equal(ktb_scale_nano(KTB_SCALE_NS), 1);
	assert_string_equal(ktb_scale_label(KTB_SCALE_PS, 1000), "ns");
	assert_string_equal(ktb_scale_label(KTB_SCALE_MILLI_INSTRUCTIONS, 1000),
			    "instructions (= virtual ns)");
	assert_string_equal(ktb_scale_in(1000, 47).s, "0.047");
	assert_string_equal(ktb_scale_in(1000, 45310).s, "45.31");
	assert_string_equal(ktb_scale_in(1000, 345678).s, "345.7");
	assert_string_equal(ktb_scale_in(1000, 1234567).s, "1,235");
	assert_string_equal(ktb_scale_in(1000, -1500).s, "-1.500");
	assert_string_equal(ktb_scale_in(1, 12345).s, "12,345");
	assert_string_equal(ktb_scale_in(1, 7).s, "7");
}

static void test_setting(void **state)
{
	assert_string_equal(ktb_scale_setting(KTB_SCALE_NS, 8000000).s, "8 ms");
	assert_string_equal(ktb_scale_setting(KTB_SCALE_NS, 1500000).s,
			    "1500 us");
	assert_string_equal(ktb_scale_setting(KTB_SCALE_NS, 0).s, "0 ns");
	assert_string_equal(ktb_scale_setting(KTB_SCALE_COUNT, 10000).s,
			    "10,000");
}

static void test_whole(void **state)
{
	assert_int_equal(ktb_scale_whole(KTB_SCALE_NS, 271800), 271800);
	assert_int_equal(ktb_scale_whole(KTB_SCALE_INSTRUCTIONS, 271), 271);
	assert_int_equal(ktb_scale_whole(KTB_SCALE_PS, 271800), 271);
	assert_int_equal(ktb_scale_whole(KTB_SCALE_MILLI_INSTRUCTIONS, 3812),
			 3);
}

static void test_share(void **state)
{
	assert_string_equal(ktb_scale_share(0, 7).s, "0.0 %");
	assert_string_equal(ktb_scale_share(1, 3).s, "33.3 %");
	assert_string_equal(ktb_scale_share(UINT64_MAX, UINT64_MAX).s,
			    "100.0 %");
}

static void test_axis(void **state)
{
	assert_int_equal(ktb_scale_divisor(KTB_SCALE_NS, 999), 1);
	assert_int_equal(ktb_scale_divisor(KTB_SCALE_NS, 5000000), 1000000);
	assert_string_equal(ktb_scale_label(KTB_SCALE_NS, 1000), "us");
	assert_string_equal(ktb_scale_label(KTB_SCALE_INSTRUCTIONS, 1),
			    "instructions (= virtual ns)");
	assert_string_equal(ktb_scale_tic(KTB_SCALE_NS, 10000).s, "10 us");
	assert_string_equal(ktb_scale_tic(KTB_SCALE_MILLI_INSTRUCTIONS, 20).s,
			    "0.02");
	assert_string_equal(ktb_scale_tic(KTB_SCALE_MILLI_INSTRUCTIONS, 500).s,
			    "0.5");
	assert_string_equal(
		ktb_scale_tic(KTB_SCALE_MILLI_INSTRUCTIONS, 20000).s, "20");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_text),	cmocka_unit_test(test_in),
		cmocka_unit_test(test_setting), cmocka_unit_test(test_whole),
		cmocka_unit_test(test_share),	cmocka_unit_test(test_axis),
	};

	return cmocka_run_group_tests_name("scale", tests, NULL, NULL);
}
