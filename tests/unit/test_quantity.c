// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A compared figure: how it is read, and what it is called.
 */
#include <math.h>
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include <cmocka.h>

#include "analysis/quantity.h"

static void assert_near(double found, double known)
{
	if (fabs(found - known) > 1e-9)
		fail_msg("%.12g, should be %.12g", found, known);
}

/* Quantiles as numbers: where in its bucket a rank lies. */
static void test_read(void **state)
{
	struct ktb_histogram *h = test_malloc(sizeof(*h));
	double value;

	ktb_histogram_init(h);
	assert_false(ktb_quantity_read(h, 500000, &value));
	ktb_histogram_add(h, 100, 10);
	assert_true(ktb_quantity_read(h, 500000, &value));
	assert_near(value, 100.45);
	/* 1,000 lies in [1000, 1004). */
	ktb_histogram_add(h, 1000, 30);
	assert_true(ktb_quantity_read(h, 500000, &value));
	assert_near(value, 1000 + 4 * 9.5 / 30);
	ktb_histogram_add(h, -5, 40);
	assert_false(ktb_quantity_read(h, 500000, &value));
	assert_true(ktb_quantity_read(h, 510000, &value));
	assert_near(value, 100.05);
	ktb_histogram_add(h, (int64_t)1 << 40, 1);
	assert_false(ktb_quantity_read(h, 999999, &value));
	test_free(h);
}

static void test_names(void **state)
{
	char job[] = "wheel", cell[] = "timers=100", metric[] = "lateness";
	char none[] = "";
	struct ktb_quantity quantity = { .job = job,
					 .cell = cell,
					 .metric = metric,
					 .quantile = KTB_QUANTILE_P99,
					 .cpu = 2 };
	char text[64];

	ktb_quantity_name(&quantity, text, sizeof(text));
	assert_string_equal(text, "wheel timers=100: lateness p99, CPU 2");
	quantity.cell = none;
	quantity.cpu = KTB_QUANTITY_ALL_CPUS;
	ktb_quantity_name(&quantity, text, sizeof(text));
	assert_string_equal(text, "wheel: lateness p99");
	assert_string_equal(ktb_quantity_verdict_name(KTB_VERDICT_NOISY),
			    "too noisy");
	assert_string_equal(ktb_quantity_verdict_name(KTB_VERDICT_NONE),
			    "no verdict");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_read),
		cmocka_unit_test(test_names),
	};

	return cmocka_run_group_tests_name("quantity", tests, NULL, NULL);
}
