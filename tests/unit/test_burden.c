// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What measuring cost, read back from a result: shares and rates, nothing where an
 * older result tells nothing, and a sentence where one is damaged.
 */
#include "result_files.h"

#include "analysis/burden.h"

#define LEDGER                                                                  \
	"\"module\":{},\"ledger\":{\"reason\":\"\",\"idle\":{\"elapsed_ns\":"   \
	"1000000000,\"irqs\":[[0,3],[4,7]]},\"costs\":[{\"name\":\"record\","   \
	"\"what\":\"w\",\"workload\":\"null\",\"metric\":\"record\",\"cpu\":0," \
	"\"count\":5,\"min_ps\":900,\"mean_ps\":1000}]}"
#define COST                                                     \
	"\"timer_bytes\":1,\"cost\":{\"elapsed_ns\":2000000000," \
	"\"reader_wakeups\":3,\"reader_cpu_ns\":4000,"           \
	"\"reader_memory_bytes\":5000,\"irqs\":[[4,30],[0,10]]}"

static void write_costs(const char *ledger, const char *cost)
{
	char *lines = cells(0, 1, "ok");
	char *result = exchange(result_json, "\"module\":{}", ledger);
	char *costly = exchange(lines, "\"timer_bytes\":1", cost);

	write_file("result.json", result);
	write_file("cells.jsonl", costly);
	free(costly);
	free(result);
	free(lines);
}

/* One repetition tells what it took, the other one is of an older runner. */
static void test_burden(void **state)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	struct ktb_burden burden;
	char text[512];

	write_costs(LEDGER, COST);
	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), 0);
	burden = ktb_burden_of(&findings, &findings.summaries[0]);
	/* Eight values of a nanosecond in windows of 20 ns on two CPUs. */
	assert_int_equal(burden.recording_ppb, 200000000);
	assert_int_equal(burden.irqs, 10000);
	assert_int_equal(burden.idle_irqs, 5000);
	assert_int_equal(burden.wakeups, 3000);
	assert_int_equal(burden.reader_ppb, 2000);
	assert_int_equal(burden.kernel_bytes, 1);
	assert_int_equal(burden.reader_bytes, 5000);
	assert_string_equal(
		ktb_burden_sentence(&findings, &findings.jobs[0], text,
				    sizeof(text)),
		"recording took 20.00 % of the CPUs' time at most, 10 interrupts a second and CPU (5 when idle), wake-ups of the runner a repetition: 3 (< 0.001 % of a CPU)");
	ktb_findings_free(&findings);
}

static void test_no_burden(void **state)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	struct ktb_burden burden;
	char text[512];

	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), 0);
	burden = ktb_burden_of(&findings, &findings.summaries[0]);
	assert_int_equal(burden.recording_ppb, -1);
	assert_int_equal(burden.irqs, -1);
	assert_int_equal(burden.reader_bytes, -1);
	assert_string_equal(ktb_burden_share(-1).s, "not known");
	assert_string_equal(ktb_burden_share(0).s, "0 %");
	assert_string_equal(ktb_burden_sentence(&findings, &findings.jobs[0],
						text, sizeof(text)),
			    "");
	ktb_findings_free(&findings);
}

static void test_damaged_costs(void **state)
{
	static const struct {
		const char *ledger;
		const char *cost;
		const char *words;
	} rows[] = {
		{ "\"module\":{},\"ledger\":3", COST,
		  "\"ledger\" is not an object or null" },
		{ "\"module\":{},\"ledger\":{}", COST,
		  "ledger: member \"reason\" is missing" },
		{ "\"module\":{},\"ledger\":{\"reason\":\"\",\"idle\":{\"elapsed_ns\":1,\"irqs\":[[1]]},\"costs\":[]}",
		  COST, "ledger: irqs[0] is not [CPU, interrupts]" },
		{ "\"module\":{},\"ledger\":{\"reason\":\"\",\"idle\":{\"elapsed_ns\":1,\"irqs\":[]},\"costs\":[{}]}",
		  COST, "ledger.costs[0]: member \"name\" is missing" },
		{ LEDGER, "\"timer_bytes\":1,\"cost\":[]",
		  "\"cost\" is not an object or null" },
		{ LEDGER, "\"timer_bytes\":1,\"cost\":{}",
		  "cost: member \"elapsed_ns\" is missing" },
	};
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		write_costs(rows[i].ledger, rows[i].cost);
		refused(KTB_FAULT_USAGE, rows[i].words);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_burden, make, clean),
		cmocka_unit_test_setup_teardown(test_no_burden, make, clean),
		cmocka_unit_test_setup_teardown(test_damaged_costs, make,
						clean),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
