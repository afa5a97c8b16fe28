// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The reader on good directories and on each kind of broken one: one clear
 * sentence and exit 2, never a guess. Pools: sums over CPUs and repetitions.
 */
#include "result_files.h"

static void test_good(void **state)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	const struct ktb_figures *figures;
	const struct ktb_summary *summary;

	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), 0);
	assert_int_equal(findings.nr_summaries, 1);
	summary = &findings.summaries[0];
	figures = ktb_summary_figures(summary, summary->workload->primary);
	assert_int_equal(summary->nr_repetitions, 2);
	assert_int_equal(summary->nr_cpus, 2);
	assert_int_equal(summary->briefs[0].cpu, 0);
	assert_int_equal(summary->briefs[1].cpu, 4);
	assert_int_equal(summary->briefs[1].max, 300);
	/* CPU 4 is a place, CPU 0 is not. */
	assert_int_equal(summary->briefs[0].arm_cpu, -1);
	assert_int_equal(summary->briefs[1].arm_cpu, 0);
	assert_int_equal(summary->beside, -1);
	assert_int_equal(figures->count, 8);
	assert_int_equal(figures->min, 3);
	assert_int_equal(figures->max, 300);
	assert_int_equal(figures->mean, (2 * 303 + 2 * 8 + 4) / 8);
	assert_int_equal(ktb_summary_lost(summary), 6);
	assert_int_equal(summary->raw_dropped, 14);
	assert_int_equal(summary->window_ns, 20);
	assert_int_equal(summary->armed, 8);
	assert_int_equal(summary->armed_elsewhere, 2);
	assert_int_equal(findings.tallies[0].lost, 6);
	ktb_findings_free(&findings);
}

/* What is measured in user space is marked, and needs no module. */
static void test_user_space(void **state)
{
	static const struct {
		const char *from;
		const char *to;
		bool is_user;
		const char *remark;
	} rows[] = {
		{ "\"help\":\"h\"", "\"help\":\"h\"", false, "" },
		{ "\"help\":\"h\"", "\"help\":\"h\",\"user\":false", false,
		  "" },
		{ "\"help\":\"h\"", "\"help\":\"h\",\"user\":true", true,
		  " (user space)" },
		{ "\"module\":{}", "\"module\":null", false, "" },
	};
	const struct ktb_workload *workload;
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	char *text;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(result_json, rows[i].from, rows[i].to);
		write_file("result.json", text);
		free(text);
		assert_int_equal(ktb_findings_gather(&findings, dir, &fault),
				 0);
		workload = findings.tallies[0].workload;
		assert_int_equal(workload->is_user, rows[i].is_user);
		assert_string_equal(ktb_reader_workload_remark(workload),
				    rows[i].remark);
		ktb_findings_free(&findings);
	}
}

static void test_invalid_is_apart(void **state)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	char *text = cells(1, 0, "invalid");

	write_file("cells.jsonl", text);
	free(text);
	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), 0);
	assert_int_equal(findings.nr_summaries, 2);
	assert_true(findings.summaries[0].is_valid);
	assert_false(findings.summaries[1].is_valid);
	assert_int_equal(findings.summaries[0].figures[0].count, 4);
	assert_int_equal(findings.tallies[0].nr_cells, 1);
	assert_int_equal(findings.tallies[0].nr_invalid, 1);
	ktb_findings_free(&findings);
}

static void test_torn_line_is_left_out(void **state)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	char *text = cells(0, 1, "ok");

	text[strlen(text) - 100] = '\0';
	write_file("cells.jsonl", text);
	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), 0);
	assert_int_equal(findings.reader.nr_lines, 1);
	assert_int_equal(findings.reader.torn_bytes,
			 strlen(strchr(text, '\n') + 1));
	assert_int_equal(findings.summaries[0].figures[0].count, 4);
	ktb_findings_free(&findings);
	free(text);
}

static void test_no_cells_yet(void **state)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	char *text = exchange(result_json, "\"complete\"", "\"running\"");

	write_file("result.json", text);
	free(text);
	write_file("cells.jsonl", "");
	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), 0);
	assert_int_equal(findings.nr_summaries, 0);
	ktb_findings_free(&findings);
}

static void test_broken_result(void **state)
{
	static const struct {
		const char *from;
		const char *to;
		const char *words;
	} rows[] = {
		{ "ktbench-result", "rtla", "its schema is \"rtla\"" },
		{ "\"schema\":", "\"other\":", "is not a ktbench result" },
		{ "_version\":1", "_version\":3", "reads up to 2" },
		{ "_version\":1", "_version\":\"1\"", "not a number" },
		{ "\"lane\":\"metal\"", "\"lane\":\"moon\"",
		  "metal, vm, exact" },
		{ "\"lane\":", "\"lame\":", "\"lane\" is missing" },
		{ "\"command\":[\"ktbench\"]", "\"command\":[1]",
		  "\"command\" is not an array of strings" },
		{ "\"l3\":-1,", "", "cpus[0]" },
		{ "\"module\":{}", "\"module\":1",
		  "\"module\" is not an object or null" },
		{ "\"kind\":\"counter\"", "\"kind\":\"x\"", "metrics[1]" },
		{ "\"unit\":\"ns\"", "\"unit\":\"parsec\"", "metrics[0]" },
		{ "\"seed\":1,", "\"seed\":1.5,",
		  "\"seed\" is not an integer" },
		{ "\"seed\":1,", "\"seed\":1,\"seed\":2,",
		  "damaged at line 1" },
		{ ",\"seed\"", ",", "damaged at line 1" },
		{ "}]}}}", "", "damaged at line 1" },
	};
	char *text;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(result_json, rows[i].from, rows[i].to);
		write_file("result.json", text);
		free(text);
		refused(2, rows[i].words);
	}
	write_file("result.json", "");
	refused(2, "damaged at line 1");
	write_file("result.json", "[]");
	refused(2, "is not a ktbench result");
}

#define LAYOUT(name, bits, buckets)                                         \
	"\"histogram\":{\"layout\":\"" name "\",\"sub_bucket_bits\":" #bits \
	",\"buckets\":" #buckets "},\"seed\":1,"
#define GATE(gate) "\"gates\":[" gate "],\"seed\":1,"
#define GATE_OK \
	"{\"job\":\"j\",\"metric\":\"lateness\",\"quantile\":\"p50\",\"delta_ppm\":null}"

/* What older results do not have. */
static void test_newer_members(void **state)
{
	static const char *const rows[] = {
		LAYOUT("log-linear", 7, 3584),
		GATE(""),
		GATE(GATE_OK),
		GATE(GATE_OK
		     ",{\"job\":\"j\",\"metric\":\"m\",\"quantile\":\"p99\",\"delta_ppm\":50000}"),
	};
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	char *text;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(result_json, "\"seed\":1,", rows[i]);
		write_file("result.json", text);
		free(text);
		assert_int_equal(ktb_findings_gather(&findings, dir, &fault),
				 0);
		ktb_findings_free(&findings);
	}
}

static void test_broken_newer_members(void **state)
{
	static const struct {
		const char *member;
		const char *words;
	} rows[] = {
		{ LAYOUT("log-linear", 6, 1856),
		  "/result.json has histograms of another layout (log-linear, 6 sub-bucket bits, 1856 buckets) than this ktbench reads (log-linear, 7 sub-bucket bits, 3584 buckets); report it with the ktbench that made it, or run the job again" },
		{ LAYOUT("log-linear", 7, 3585), "3585 buckets) than" },
		{ LAYOUT("linear", 7, 3584), "layout (linear, 7" },
		{ LAYOUT("log-linear", "7", 3584),
		  "histogram: member \"sub_bucket_bits\" is not an integer" },
		{ "\"histogram\":{},\"seed\":1,",
		  "histogram: member \"layout\" is missing" },
		{ "\"histogram\":7,\"seed\":1,",
		  "\"histogram\" is not an object" },
		{ "\"gates\":{},\"seed\":1,",
		  "\"gates\" is not an array of objects" },
		{ GATE("1"), "\"gates\" is not an array of objects" },
		{ GATE(GATE_OK ",{}"), "gates[1]: member \"job\" is missing" },
		{ GATE("{\"job\":\"j\",\"metric\":\"m\",\"quantile\":\"p50\",\"delta_ppm\":\"5\"}"),
		  "gates[0]: member \"delta_ppm\" is not an integer or null" },
	};
	char *text;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(result_json, "\"seed\":1,", rows[i].member);
		write_file("result.json", text);
		free(text);
		refused(2, rows[i].words);
	}
}

static void test_broken_cells(void **state)
{
	static const struct {
		const char *from;
		const char *to;
		const char *words;
	} rows[] = {
		{ "{\"cell\":0", "{\"cell\":", "line 1 is damaged" },
		{ "\"cell\":0,", "", "\"cell\" is missing" },
		{ "\"cell\":0", "\"cell\":-1", "\"cell\" is not an integer" },
		{ "\"workload\":\"w\"", "\"workload\":\"v\"", "no workload" },
		{ "\"state\":\"ok\"", "\"state\":\"good\"", "state is not" },
		{ "\"cpus\":[{", "\"cpus\":[1,{", "\"cpus\" is not" },
		{ "\"cpus\":[{", "\"cpus\":{\"a\":{", "line 1 is damaged" },
		{ "\"arm_cpu\"", "\"arm\"", "places[0]: member \"arm_cpu\"" },
		{ "\"beside\":null", "\"beside\":\"0\"",
		  "\"beside\" is not an integer" },
		{ "\"beside\":null", "\"beside\":-1",
		  "\"beside\" is not an integer" },
		{ "\"with\":[]", "\"with\":[1]",
		  "\"with\" is not an array of strings" },
		{ "[3,1]", "[3,2]", "add up" },
		{ "[3,1]", "[3584,1]", "past the last" },
		{ "[3,1]", "[3]", "not [index, count" },
		{ "[3,1]", "[3,0]", "not [index, count" },
		{ "[[3,1],[278,1]]", "[[278,1],[3,1]]", "ascend" },
		{ "\"min\":3,", "\"min\":4,", "min does not lie" },
		{ "\"max\":300", "\"max\":900", "max does not lie" },
		{ "\"min\":3,", "\"min\":null,", "null when count is 0" },
		{ "\"90009\"", "\"9e4\"", "sumsq" },
		{ "\"sum\":303", "\"sum\":3", "sum does not fit" },
		{ "\"sum\":303", "\"sum\":303.0", "\"sum\" is not an integer" },
		{ "\"lateness\":{", "\"latenes\":{", "it is missing" },
		{ "\"gone\":2", "\"gone\":-2", "counters.gone" },
		{ "[[4,1],[0,1]]", "[[4,1],[0]]", "armed_from[1]" },
		{ "\"worst\":[]", "\"worst\":[{}]", "\"value_ns\" is missing" },
	};
	char *good = cells(0, 1, "ok");
	char *text;
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		text = exchange(good, rows[i].from, rows[i].to);
		write_file("cells.jsonl", text);
		free(text);
		refused(2, rows[i].words);
	}
	free(good);
	good = cells(0, 0, "ok");
	write_file("cells.jsonl", good);
	free(good);
	refused(2, "twice");
	write_file("cells.jsonl", "\n");
	refused(2, "line 1 is damaged");
	write_file("cells.jsonl", "\x1f\x8b\b");
	refused(2, "line 1 is damaged: it is compressed by gzip");
}

static void test_missing(void **state)
{
	char path[128];
	char good[64];

	snprintf(path, sizeof(path), "%s/cells.jsonl", dir);
	unlink(path);
	refused(2, "cells.jsonl.zst: No such file");
	snprintf(path, sizeof(path), "%s/result.json", dir);
	unlink(path);
	refused(2, "there is no result.json");
	/* A file, and nothing at all. */
	strcpy(good, dir);
	write_file("result.json", "x");
	strcat(dir, "/result.json");
	refused(2, "is not a result directory");
	strcpy(dir, good);
	strcat(dir, "/nowhere");
	refused(2, "No such file");
	strcpy(dir, good);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_good, make, clean),
		cmocka_unit_test_setup_teardown(test_user_space, make, clean),
		cmocka_unit_test_setup_teardown(test_invalid_is_apart, make,
						clean),
		cmocka_unit_test_setup_teardown(test_torn_line_is_left_out,
						make, clean),
		cmocka_unit_test_setup_teardown(test_no_cells_yet, make, clean),
		cmocka_unit_test_setup_teardown(test_broken_result, make,
						clean),
		cmocka_unit_test_setup_teardown(test_newer_members, make,
						clean),
		cmocka_unit_test_setup_teardown(test_broken_newer_members, make,
						clean),
		cmocka_unit_test_setup_teardown(test_broken_cells, make, clean),
		cmocka_unit_test_setup_teardown(test_missing, make, clean),
	};

	return cmocka_run_group_tests_name("reader", tests, NULL, NULL);
}
