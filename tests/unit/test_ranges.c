// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Members that JSON can hold and no run can have made: each is refused, by file, line
 * and member. What a run can make, up to the ends of the ranges, is read.
 */
#include "result_files.h"

#include "analysis/figures.h"
#include "analysis/history.h"

#define MOST	 "2305843009213693952"
#define PAST	 "2305843009213693953"
#define LEAST_64 "-9223372036854775808"

/* One of the worst samples; each test puts one other member into it. */
#define WORST(member)                                                                      \
	"\"worst\":[{" member                                                              \
	",\"value_ns\":300,\"allowed_ns\":0,\"due_ns\":1,\"fired_ns\":301,\"armed_ns\":0," \
	"\"steal_ns\":0,\"timer\":0,\"armed_cpu\":0,\"idle\":true,\"in_thread\":false,"    \
	"\"irqs\":0,\"softirqs\":0,\"switches\":0,\"pid\":0,\"comm\":\"x\"}]},{\"cpu\":0"
#define COST(member)                                                  \
	"\"cost\":{" member                                           \
	",\"elapsed_ns\":1,\"reader_wakeups\":1,\"reader_cpu_ns\":1," \
	"\"reader_memory_bytes\":1,\"irqs\":[[0,1],[4,2]]},\"begin_ns\":10"
#define METRIC(name)                                                    \
	"{\"name\":\"" name                                             \
	"\",\"kind\":\"counter\",\"unit\":\"count\",\"primary\":false," \
	"\"part\":false,\"loss\":false,\"help\":\"\"},{\"name\":\"gone\""

struct row {
	const char *from;
	const char *to;
	const char *words;
};

/* All of them change the first line. */
static const struct row cell_rows[] = {
	{ "\"cell\":0", "\"cell\":" PAST, "\"cell\" is not an integer" },
	{ "\"repetition\":0", "\"repetition\":-1", "\"repetition\" is not" },
	{ "\"begin_ns\":10", "\"begin_ns\":-1", "\"begin_ns\" is not" },
	{ "\"begin_ns\":10", "\"begin_ns\":21", "end_ns is below begin_ns" },
	{ "\"end_ns\":20", "\"end_ns\":" PAST, "\"end_ns\" is not" },
	{ "\"end_ns\":20", "\"end_ns\":1e3", "\"end_ns\" is not" },
	{ "\"end_ns\":20", "\"end_ns\":99999999999999999999", "too big" },
	{ "\"end_ns\":20", "\"end_ns\":NaN", "line 1 is damaged" },
	{ "\"memory_bytes\":1", "\"memory_bytes\":-1", "\"memory_bytes\"" },
	{ "\"timer_bytes\":1", "\"timer_bytes\":" PAST, "\"timer_bytes\"" },
	{ "\"beside\":null", "\"beside\":" PAST, "\"beside\"" },
	{ "\"disturb\":[]", "\"disturb\":[2147483648]", "\"disturb\" is not" },
	{ "\"disturb\":[]", "\"disturb\":[-1]", "\"disturb\" is not" },
	{ "\"cpu\":4,\"arm_cpu\":0", "\"cpu\":4294967296,\"arm_cpu\":0",
	  "places[0]: member \"cpu\"" },
	{ "\"arm_cpu\":0", "\"arm_cpu\":-1", "places[0]: member \"arm_cpu\"" },
	{ "{\"cpu\":4,\"node\"", "{\"cpu\":2147483648,\"node\"",
	  "cpus[0]: member \"cpu\"" },
	{ "{\"cpu\":4,\"node\"", "{\"cpu\":0,\"node\"",
	  "CPU 0 is there twice" },
	{ "\"node\":0", "\"node\":-2", "member \"node\"" },
	{ "\"node\":0", "\"node\":4294967295", "member \"node\"" },
	{ "\"count\":2", "\"count\":-2", "member \"count\"" },
	{ "\"count\":2", "\"count\":3", "add up to count" },
	{ "\"count\":2", "\"count\":2,\"count\":2", "duplicate" },
	{ "\"count\":2,\"sum\":303", "\"count\":0,\"sum\":303", "null" },
	{ "\"early\":0", "\"early\":1", "add up to count" },
	{ "\"early\":0", "\"early\":-1", "member \"early\"" },
	{ "\"overflow\":0", "\"overflow\":" PAST, "member \"overflow\"" },
	{ "\"sum\":303", "\"sum\":" LEAST_64, "sum does not fit" },
	{ "\"min\":3,", "\"min\":" LEAST_64 ",", "member \"min\"" },
	{ "\"max\":300", "\"max\":9223372036854775807", "member \"max\"" },
	{ "\"90009\"", "\"340282366920938463463374607431768211455\"",
	  "sumsq does not fit" },
	{ "\"90009\"", "\"340282366920938463463374607431768211456\"",
	  "sumsq is not a number of at most 128 bits" },
	{ "\"90009\"", "\"1\"", "sumsq does not fit" },
	{ "\"90009\"", "\"-1\"", "sumsq is not a number" },
	{ "[3,1]", "[-1,1]", "index is below 0" },
	{ "[3,1]", "[3," PAST "]", "a bucket is not" },
	{ "[3,1]", "[3,-1]", "a bucket is not" },
	{ "[3,1]", "[3,1],[3,1]", "do not ascend" },
	{ "\"gone\":2", "\"gone\":" PAST, "counters.gone is not" },
	{ "\"gone\":2", "\"gone\":" MOST, "adds up to more than 2^61" },
	{ "\"raw_dropped\":7", "\"raw_dropped\":-7", "raw_dropped is not" },
	{ "\"raw_dropped\":7", "\"raw_dropped\":\"7\"", "raw_dropped is not" },
	{ "[[4,1],[0,1]]", "[[4,1],[4,1]]", "armed_from[1] is of a CPU" },
	{ "[[4,1],[0,1]]", "[[4,1],[-1,1]]", "armed_from[1] is not" },
	{ "[[4,1],[0,1]]", "[[4," MOST "],[0," MOST "]]",
	  "armed_from[0] adds up" },
	{ "\"worst\":[]},{\"cpu\":0", WORST("\"value_ns\":1"), "duplicate" },
	{ "\"begin_ns\":10", COST("\"elapsed_ns\":1"), "duplicate" },
};

/* The last of two members of one name would win: so each is exchanged. */
static const struct row worst_rows[] = {
	{ "\"value_ns\":300", "\"value_ns\":" LEAST_64, "\"value_ns\" is not" },
	{ "\"value_ns\":300", "\"value_ns\":" PAST, "\"value_ns\" is not" },
	{ "\"allowed_ns\":0", "\"allowed_ns\":" LEAST_64, "\"allowed_ns\"" },
	{ "\"due_ns\":1", "\"due_ns\":" LEAST_64, "\"due_ns\" is not" },
	{ "\"fired_ns\":301", "\"fired_ns\":" PAST, "\"fired_ns\" is not" },
	{ "\"armed_ns\":0", "\"armed_ns\":" LEAST_64, "\"armed_ns\" is not" },
	{ "\"steal_ns\":0", "\"steal_ns\":" LEAST_64, "\"steal_ns\" is not" },
	{ "\"timer\":0", "\"timer\":-1", "\"timer\" is not" },
	{ "\"armed_cpu\":0", "\"armed_cpu\":2147483648", "\"armed_cpu\"" },
	{ "\"irqs\":0", "\"irqs\":-1", "\"irqs\" is not" },
	{ "\"pid\":0", "\"pid\":-1", "\"pid\" is not" },
};

static const struct row cost_rows[] = {
	{ "\"elapsed_ns\":1", "\"elapsed_ns\":" MOST, "cost: a member adds" },
	{ "\"elapsed_ns\":1", "\"elapsed_ns\":-1", "cost: member \"elapsed" },
	{ "\"reader_cpu_ns\":1", "\"reader_cpu_ns\":" PAST, "\"reader_cpu" },
	{ "[[0,1],", "[[-1,1],", "cost: irqs[0]" },
	{ "[[0,1],", "[[0," MOST "],", "irqs adds up to more" },
};

static const struct row result_rows[] = {
	{ "\"schema_version\":1", "\"schema_version\":0", "from 1 up" },
	{ "\"cells_planned\":2", "\"cells_planned\":-2", "\"cells_planned\"" },
	{ "\"runner_cpus\":[0]", "\"runner_cpus\":[-1]", "\"runner_cpus\"" },
	{ "{\"cpu\":0,", "{\"cpu\":-1,", "cpus[0]: member \"cpu\"" },
	{ "{\"cpu\":0,", "{\"cpu\":4294967296,", "cpus[0]: member \"cpu\"" },
	{ "\"l3\":-1", "\"l3\":-2", "cpus[0]: member \"l3\"" },
	{ "\"node\":0", "\"node\":" LEAST_64, "cpus[0]: member \"node\"" },
	{ "{\"name\":\"gone\"", METRIC("lateness"), "name is that of another" },
	{ "{\"name\":\"gone\"", METRIC(""), "name is no word" },
	{ "{\"name\":\"gone\"", METRIC("a\\nb"), "name is no word" },
	{ "\"workloads\":{\"w\"", "\"workloads\":{\"w\\t\"", "is no word" },
};

static void refuse_rows(const char *file, const char *good,
			const struct row *rows, size_t nr)
{
	char where[64];
	char *text;
	size_t i;

	snprintf(where, sizeof(where), "/%s", file);
	for (i = 0; i < nr; i++) {
		text = exchange(good, rows[i].from, rows[i].to);
		write_file(file, text);
		free(text);
		refused(2, rows[i].words);
		refused(2, where);
	}
}

#define REFUSE(file, good, rows) \
	refuse_rows(file, good, rows, sizeof(rows) / sizeof((rows)[0]))

static void accept(void)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };

	if (ktb_findings_gather(&findings, dir, &fault))
		fail_msg("%s", fault.text);
	ktb_findings_free(&findings);
}

static void test_cells(void **state)
{
	char *good = cells(0, 1, "ok");

	REFUSE("cells.jsonl", good, cell_rows);
	free(good);
}

static void test_worst(void **state)
{
	char *plain = cells(0, 1, "ok");
	char *good = exchange(plain, "\"worst\":[]},{\"cpu\":0",
			      WORST("\"more\":1"));

	write_file("cells.jsonl", good);
	accept();
	REFUSE("cells.jsonl", good, worst_rows);
	free(good);
	free(plain);
}

static void test_cost(void **state)
{
	char *plain = cells(0, 1, "ok");
	char *good = exchange(plain, "\"begin_ns\":10", COST("\"more\":1"));

	write_file("cells.jsonl", good);
	accept();
	REFUSE("cells.jsonl", good, cost_rows);
	free(good);
	free(plain);
}

static void test_result(void **state)
{
	REFUSE("result.json", result_json, result_rows);
}

/* The ends of the ranges, and what invalid repetitions may have. */
static void test_ends_are_read(void **state)
{
	static const struct row rows[] = {
		{ "\"begin_ns\":10,\"end_ns\":20",
		  "\"begin_ns\":0,\"end_ns\":2305843009213693942", NULL },
		{ "\"begin_ns\":10,\"end_ns\":20",
		  "\"begin_ns\":0,\"end_ns\":0", NULL },
		{ "\"disturb\":[]", "\"disturb\":[0,2147483647]", NULL },
		{ "\"node\":0", "\"node\":-1", NULL },
		{ "\"raw_dropped\":7", "\"other\":7", NULL },
		{ "\"sumsq\":\"90009\"", "\"sumsq\":\"180000\"", NULL },
	};
	char *good = cells(0, 1, "ok"), *text;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(good, rows[i].from, rows[i].to);
		write_file("cells.jsonl", text);
		free(text);
		accept();
	}
	free(good);
}

static const char figures_json[] =
	"{\"schema\":\"ktbench-figures\",\"schema_version\":1,\"lane\":\"exact\","
	"\"lane_detail\":\"\",\"kernel\":\"6.1\",\"kernel_version\":\"\",\"cmdline\":\"\","
	"\"mitigations\":\"\",\"build\":\"\",\"figures\":["
	"{\"job\":\"j\",\"cell\":\"\",\"metric\":\"m\",\"unit\":\"instructions\","
	"\"count\":9,\"min\":5,\"p50\":7,\"mean\":8}]}";

static void test_figures(void **state)
{
	static const struct row rows[] = {
		{ "_version\":1", "_version\":0", "below 1" },
		{ "_version\":1", "_version\":2", "newer" },
		{ "\"count\":9", "\"count\":-9", "\"count\" is not" },
		{ "\"min\":5", "\"min\":" PAST, "\"min\" is not" },
		{ "\"p50\":7", "\"p50\":" LEAST_64, "\"p50\" is not" },
		{ "\"p50\":7", "\"p50\":7.5", "\"p50\" is not" },
		{ "\"mean\":8", "\"mean\":9223372036854775807", "\"mean\"" },
		{ "\"mean\":8", "\"mean\":1,\"mean\":8", "duplicate" },
	};
	struct ktb_fault fault = { 0 };
	char path[128];
	json_t *root;
	char *text;
	size_t i;

	snprintf(path, sizeof(path), "%s/result.json", dir);
	write_file("result.json", figures_json);
	root = ktb_figures_read(path, &fault);
	assert_non_null(root);
	json_decref(root);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(figures_json, rows[i].from, rows[i].to);
		write_file("result.json", text);
		free(text);
		assert_null(ktb_figures_read(path, &fault));
		assert_int_equal(fault.code, KTB_FAULT_USAGE);
		if (!strstr(fault.text, rows[i].words) ||
		    !strstr(fault.text, path))
			fail_msg("\"%s\" should say \"%s\"", fault.text,
				 rows[i].words);
	}
}

static const char index_json[] =
	"{\"schema\":\"ktbench-trend\",\"schema_version\":1,\"run\":\"r\",\"created\":\"c\","
	"\"ended\":\"\",\"lane\":\"vm\",\"lane_detail\":\"\",\"kernel\":\"6.1\","
	"\"kernel_version\":\"\",\"cpu_model\":\"c\",\"topology\":\"0\",\"hostname\":\"h\","
	"\"cells_bytes\":1,\"cells_mtime_ns\":1,\"invalid\":0,\"unfit\":0,\"job\":\"j\","
	"\"cell\":\"\",\"settings\":\"0\",\"metric\":\"m\",\"quantile\":\"p50\",\"unit\":\"ns\","
	"\"rate\":0,\"count\":5,\"lost\":0,\"value\":7,\"low\":6,\"high\":8}\n";

static void test_index(void **state)
{
	static const struct row rows[] = {
		{ "_version\":1", "_version\":0", "below 1" },
		{ "\"cells_bytes\":1", "\"cells_bytes\":-1",
		  "\"cells_bytes\"" },
		{ "\"invalid\":0", "\"invalid\":" PAST, "\"invalid\" is not" },
		{ "\"rate\":0", "\"rate\":2", "\"rate\" is not 0 or 1" },
		{ "\"count\":5", "\"count\":-5", "\"count\" is not" },
		{ "\"lost\":0", "\"lost\":-1", "\"lost\" is not" },
		{ "\"value\":7", "\"value\":" LEAST_64, "\"value\" is not" },
		{ "\"low\":6", "\"low\":" PAST, "\"low\" is not" },
		{ "\"low\":6", "\"low\":9", "low is above high" },
		{ "\"low\":6", "\"low\":6,\"low\":6", "duplicate" },
	};
	struct ktb_history history;
	struct ktb_fault fault;
	char path[128], *text;
	size_t i;

	snprintf(path, sizeof(path), "%s/cells.jsonl", dir);
	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(index_json, rows[i].from, rows[i].to);
		write_file("cells.jsonl", text);
		free(text);
		assert_true(ktb_history_init(&history));
		fault = (struct ktb_fault){ 0 };
		assert_int_equal(ktb_history_read(&history, path, &fault),
				 KTB_FAULT_USAGE);
		if (!strstr(fault.text, rows[i].words) ||
		    !strstr(fault.text, "cells.jsonl:1: "))
			fail_msg("\"%s\" should say \"%s\"", fault.text,
				 rows[i].words);
		ktb_history_free(&history);
	}
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_cells, make, clean),
		cmocka_unit_test_setup_teardown(test_worst, make, clean),
		cmocka_unit_test_setup_teardown(test_cost, make, clean),
		cmocka_unit_test_setup_teardown(test_result, make, clean),
		cmocka_unit_test_setup_teardown(test_ends_are_read, make,
						clean),
		cmocka_unit_test_setup_teardown(test_figures, make, clean),
		cmocka_unit_test_setup_teardown(test_index, make, clean),
	};

	return cmocka_run_group_tests_name("ranges", tests, NULL, NULL);
}
