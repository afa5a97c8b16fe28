// SPDX-License-Identifier: GPL-2.0-or-later
/* Numbers with units: exact, and refused when they are not. */
#include "support.h"

#include "runner/units.h"

static const struct {
	const char *text;
	enum ktb_unit_kind kind;
	int64_t value;
} good[] = {
	{ "0", KTB_UNIT_KIND_NS, 0 },
	{ "-1", KTB_UNIT_KIND_NS, -1 },
	{ "1ns", KTB_UNIT_KIND_NS, 1 },
	{ "50us", KTB_UNIT_KIND_NS, 50000 },
	{ "1.5ms", KTB_UNIT_KIND_NS, 1500000 },
	{ "0.000000001s", KTB_UNIT_KIND_NS, 1 },
	{ "10s", KTB_UNIT_KIND_NS, 10000000000 },
	{ "2min", KTB_UNIT_KIND_NS, 120000000000 },
	{ "24h", KTB_UNIT_KIND_NS, 86400000000000 },
	{ "9223372036854775807ns", KTB_UNIT_KIND_NS, INT64_MAX },
	{ "100000", KTB_UNIT_KIND_COUNT, 100000 },
	{ "1M", KTB_UNIT_KIND_COUNT, 1000000 },
	{ "1.5k", KTB_UNIT_KIND_COUNT, 1500 },
	{ "64k", KTB_UNIT_KIND_BYTES, 65536 },
	{ "1MiB", KTB_UNIT_KIND_BYTES, 1048576 },
	{ "7", KTB_UNIT_KIND_NONE, 7 },
};

static const struct {
	const char *text;
	enum ktb_unit_kind kind;
	const char *why;
} bad[] = {
	{ "", KTB_UNIT_KIND_NS, "is not a number" },
	{ "ms", KTB_UNIT_KIND_NS, "is not a number" },
	{ "1.ms", KTB_UNIT_KIND_NS, "is not a number" },
	{ "-", KTB_UNIT_KIND_COUNT, "is not a number" },
	{ "50", KTB_UNIT_KIND_NS,
	  "is a time and needs a unit: ns, us, ms, s, min or h" },
	{ "-2", KTB_UNIT_KIND_NS,
	  "is a time and needs a unit: ns, us, ms, s, min or h" },
	{ "50m", KTB_UNIT_KIND_NS,
	  "has a unit that is not one of ns, us, ms, s, min, h" },
	{ "50 us", KTB_UNIT_KIND_NS,
	  "has a unit that is not one of ns, us, ms, s, min, h" },
	{ "0.5ns", KTB_UNIT_KIND_NS, "is not a whole number of nanoseconds" },
	{ "9223372036854775808ns", KTB_UNIT_KIND_NS,
	  "is too large for any parameter" },
	{ "2562048h", KTB_UNIT_KIND_NS, "is too large for any parameter" },
	{ "10us", KTB_UNIT_KIND_COUNT,
	  "is not a count (digits, and k, M or G for powers of 1000)" },
	{ "0x10", KTB_UNIT_KIND_COUNT,
	  "is not a count (digits, and k, M or G for powers of 1000)" },
	{ "1k", KTB_UNIT_KIND_NONE, "is not a whole number" },
	{ "1.5", KTB_UNIT_KIND_NONE, "is not a whole number" },
};

static void reads(void **state)
{
	int64_t value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(good); i++) {
		assert_null(
			ktb_units_parse(good[i].text, good[i].kind, &value));
		assert_true(value == good[i].value);
	}
}

static void refuses(void **state)
{
	const char *why;
	int64_t value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(bad); i++) {
		why = ktb_units_parse(bad[i].text, bad[i].kind, &value);
		assert_non_null(why);
		assert_string_equal(why, bad[i].why);
	}
}

static void reads_back(void **state)
{
	static const int64_t values[] = {
		0,	     -1,	  1,	 999,		1000,	   1500,
		60000000000, 61000000000, 65536, 3600000000000, INT64_MAX, -5000
	};
	char text[KTB_UNITS_LEN];
	int kind;
	int64_t value;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(values); i++) {
		for (kind = 0; kind < KTB_NR_UNIT_KINDS; kind++) {
			ktb_units_format(values[i], (enum ktb_unit_kind)kind,
					 text);
			assert_null(ktb_units_parse(
				text, (enum ktb_unit_kind)kind, &value));
			assert_true(value == values[i]);
		}
	}
}

static void tells_durations(void **state)
{
	char text[KTB_UNITS_LEN];

	assert_string_equal(ktb_units_about(499999999, text), "0 s");
	assert_string_equal(ktb_units_about(500000000, text), "1 s");
	assert_string_equal(ktb_units_about(125000000000, text), "2 min 5 s");
	assert_string_equal(ktb_units_about(12000000000000, text),
			    "3 h 20 min");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(reads),
		cmocka_unit_test(refuses),
		cmocka_unit_test(reads_back),
		cmocka_unit_test(tells_durations),
	};

	return cmocka_run_group_tests_name("units", tests, NULL, NULL);
}
