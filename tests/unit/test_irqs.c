// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Interrupts by CPU, as files like /proc/interrupts tell them.
 */
#include "support.h"

#include "runner/irqs.h"

static struct ktb_irqs parse(const char *text)
{
	FILE *from = fmemopen((void *)text, strlen(text), "r");
	struct ktb_irqs irqs;

	assert_non_null(from);
	ktb_irqs_parse(&irqs, from);
	fclose(from);
	return irqs;
}

static const char two[] =
	"           CPU0       CPU2       \n"
	"   0:         10          3   IO-APIC   2-edge      timer\n"
	" 128:          0          7   PCI-MSI 4096-edge      virtio0 9 9\n"
	" LOC:        100         50   Local timer interrupts\n"
	" ERR:          5\n"
	" MIS:          6\n";

static void test_columns(void **state)
{
	struct ktb_irqs irqs = parse(two);

	assert_int_equal(irqs.nr, 3);
	assert_int_equal(irqs.count[0], 110);
	assert_int_equal(irqs.count[1], 0);
	assert_int_equal(irqs.count[2], 60);
	ktb_irqs_free(&irqs);
	assert_int_equal(irqs.nr, 0);
}

static void test_since(void **state)
{
	struct ktb_irqs before = parse(two);
	struct ktb_irqs now = parse("  CPU0  CPU1  CPU2\nLOC: 111 40 60 x\n");

	assert_int_equal(ktb_irqs_since(&now, &before, 0), 1);
	assert_int_equal(ktb_irqs_since(&now, &before, 1), 40);
	assert_int_equal(ktb_irqs_since(&now, &before, 2), 0);
	assert_int_equal(ktb_irqs_since(&now, &before, 3), 0);
	/* A count that went back is of a CPU that went away. */
	assert_int_equal(ktb_irqs_since(&before, &now, 0), 0);
	ktb_irqs_free(&before);
	ktb_irqs_free(&now);
}

static void test_nothing(void **state)
{
	struct ktb_irqs irqs = parse("nothing of the kind\n1: 2 3\n");

	assert_int_equal(irqs.nr, 0);
	assert_int_equal(ktb_irqs_since(&irqs, &irqs, 0), 0);
	ktb_irqs_free(&irqs);
}

static void test_this_machine(void **state)
{
	struct ktb_irqs before, now;

	ktb_irqs_read(&before);
	if (!before.nr)
		skip();
	ktb_irqs_read(&now);
	assert_true(now.nr > 0);
	ktb_irqs_free(&before);
	ktb_irqs_free(&now);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_columns),
		cmocka_unit_test(test_since),
		cmocka_unit_test(test_nothing),
		cmocka_unit_test(test_this_machine),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
