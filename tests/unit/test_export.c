// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Figures as they are exported: all digits, and boots that are not averaged.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include <cmocka.h>

#include "analysis/export_figures.h"

static void test_decimal(void **state)
{
	const __int128 large = (__int128)INT64_MAX * 1000;

	assert_string_equal(ktb_export_decimal(0, 0).s, "0");
	assert_string_equal(ktb_export_decimal(1235, 0).s, "1235");
	assert_string_equal(ktb_export_decimal(0, 9).s, "0.000000000");
	assert_string_equal(ktb_export_decimal(1235, 9).s, "0.000001235");
	assert_string_equal(ktb_export_decimal(-1, 3).s, "-0.001");
	assert_string_equal(ktb_export_decimal(12345, 3).s, "12.345");
	assert_string_equal(ktb_export_decimal(INT64_MIN, 0).s,
			    "-9223372036854775808");
	assert_string_equal(ktb_export_decimal(large, 12).s,
			    "9223372036.854775807000");
}

/* What JSON gets: whole units, and nothing rounded. */
static void test_number(void **state)
{
	static const struct {
		enum ktb_scale scale;
		int64_t value;
		const char *text;
	} rows[] = {
		{ KTB_SCALE_NS, INT64_MAX, "9223372036854775807" },
		{ KTB_SCALE_NS, -3, "-3" },
		{ KTB_SCALE_PS, 47000, "47" },
		{ KTB_SCALE_PS, 47001, "47.001" },
		{ KTB_SCALE_PS, 17179869183, "17179869.183" },
		{ KTB_SCALE_MILLI_INSTRUCTIONS, 189439, "189.439" },
		{ KTB_SCALE_BYTES, 16511, "16511" },
	};
	char *text;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		json_t *number =
			ktb_export_number(rows[i].scale, rows[i].value);

		text = json_dumps(number,
				  JSON_ENCODE_ANY | JSON_REAL_PRECISION(15));
		assert_string_equal(text, rows[i].text);
		free(text);
		json_decref(number);
	}
}

static void test_boots(void **state)
{
	const struct ktb_export_figure boots[] = {
		{ .value = 30, .low = 28, .high = 33, .count = 7, .lost = 0 },
		{ .value = 10, .low = 9, .high = 11, .count = 5, .lost = 1 },
		{ .value = 20, .low = 1, .high = 99, .count = 3, .lost = 0 },
		{ .value = 10, .low = 9, .high = 12, .count = 2, .lost = 2 },
	};
	struct ktb_export_estimate one = ktb_export_figures_estimate(boots, 1);
	struct ktb_export_estimate three =
		ktb_export_figures_estimate(boots, 3);
	struct ktb_export_estimate four = ktb_export_figures_estimate(boots, 4);

	assert_int_equal(one.value, 30);
	assert_int_equal(one.low, 28);
	assert_int_equal(one.high, 33);
	assert_int_equal(three.value, 20);
	assert_int_equal(three.low, 10);
	assert_int_equal(three.high, 30);
	assert_int_equal(three.count, 15);
	/* The lower of the two in the middle, which was measured. */
	assert_int_equal(four.value, 10);
	assert_int_equal(four.lost, 3);
	assert_int_equal(four.nr_boots, 4);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_decimal),
		cmocka_unit_test(test_number),
		cmocka_unit_test(test_boots),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
