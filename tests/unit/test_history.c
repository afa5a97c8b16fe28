// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The index of results: what is written is read, byte for byte, and what is damaged
 * is refused with its line.
 */
#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <cmocka.h>

#include "analysis/history.h"

#define ARRAY_SIZE(a) (sizeof(a) / sizeof((a)[0]))

#define HEAD(run, created)                                                         \
	"{\"schema\":\"ktbench-trend\",\"schema_version\":1,\"run\":\"" run        \
	"\",\"created\":\"" created                                                \
	"\",\"ended\":\"\",\"lane\":\"vm\",\"lane_detail\":\"QEMU \\\"7\\\"\","    \
	"\"kernel\":\"6.1\",\"kernel_version\":\"#1\",\"cpu_model\":\"c\","        \
	"\"topology\":\"00\",\"hostname\":\"h\",\"cells_bytes\":9007199254740993," \
	"\"cells_mtime_ns\":1795742488458457634,\"invalid\":2,\"unfit\":0,"
#define BODY(quantile, value, high)                                                          \
	"\"job\":\"j\",\"cell\":\"n=1\",\"settings\":\"0\",\"metric\":\"m\","                \
	"\"quantile\":\"" quantile                                                           \
	"\",\"unit\":\"ps\",\"rate\":0,\"count\":5,\"lost\":0,\"missed\":3,\"value\":" value \
	",\"low\":-3,\"high\":" high "}\n"

static char path[] = "/tmp/ktbench-history.XXXXXX";

static void put(const char *text)
{
	FILE *to = fopen(path, "w");
	int error;

	assert_non_null(to);
	assert_true(fputs(text, to) >= 0);
	error = fclose(to);
	assert_int_equal(error, 0);
}

static void holds(const char *text)
{
	char got[4096] = "";
	FILE *from = fopen(path, "r");

	assert_non_null(from);
	got[fread(got, 1, sizeof(got) - 1, from)] = '\0';
	fclose(from);
	assert_string_equal(got, text);
}

/* Results of one second have numbers behind their name. */
static void test_numbers_in_order(void **state)
{
	static const char turned[] = HEAD("x-10", "1") BODY("p50", "1", "1")
		HEAD("x-2", "1") BODY("p50", "1", "1") HEAD("x", "1")
			BODY("p50", "1", "1");
	struct ktb_history history;
	struct ktb_fault fault = { 0 };

	put(turned);
	assert_true(ktb_history_init(&history));
	assert_int_equal(ktb_history_read(&history, path, &fault), 0);
	assert_int_equal(history.nr, 3);
	assert_true(ktb_history_sort(&history));
	assert_string_equal(history.results[0].run, "x");
	assert_string_equal(history.results[1].run, "x-2");
	assert_string_equal(history.results[2].run, "x-10");
	ktb_history_free(&history);
}

static void test_same_bytes(void **state)
{
	static const char later[] = HEAD("b", "2") BODY("p50", "7", "null")
		HEAD("b", "2") BODY("p90", "8", "9");
	static const char both[] = HEAD("a", "1")
		BODY("p50", "2305843009213693952", "1") HEAD("b", "2")
			BODY("p50", "7", "null") HEAD("b", "2")
				BODY("p90", "8", "9");
	static const char turned[] = HEAD("b", "2") BODY("p50", "7", "null")
		HEAD("b", "2") BODY("p90", "8", "9") HEAD("a", "1")
			BODY("p50", "2305843009213693952", "1");
	struct ktb_history history;
	struct ktb_fault fault = { 0 };

	put(turned);
	assert_true(ktb_history_init(&history));
	assert_int_equal(ktb_history_read(&history, path, &fault), 0);
	assert_int_equal(history.nr, 2);
	assert_int_equal(history.results[0].nr, 2);
	assert_int_equal(history.results[1].figures[0].value, INT64_C(1) << 61);
	assert_false(history.results[0].figures[0].has_high);
	assert_ptr_equal(history.results[0].figures[0].job,
			 history.results[1].figures[0].job);
	assert_true(ktb_history_sort(&history));
	assert_false(ktb_history_sort(&history));
	assert_int_equal(ktb_history_write(&history, path, &fault), 0);
	holds(both);
	ktb_history_free(&history);

	put(later);
	assert_true(ktb_history_init(&history));
	assert_int_equal(ktb_history_read(&history, path, &fault), 0);
	assert_int_equal(ktb_history_write(&history, path, &fault), 0);
	holds(later);
	ktb_history_free(&history);
}

static void test_damaged(void **state)
{
	static const struct {
		const char *text;
		const char *why;
	} rows[] = {
		{ "\n", ":1: cannot be used: " },
		{ "{}\n", ":1: cannot be used: " },
		{ HEAD("a", "1") BODY("p50", "1", "1") "{\"sch",
		  ":2: cannot be used: the line is cut off" },
		{ "\x1f\x8b\b",
		  ":1: cannot be used: it is compressed by gzip" },
		{ HEAD("a", "1") BODY("p50", "1.5", "1"),
		  ":1: cannot be used: member \"value\" is not an integer" },
		{ HEAD("a", "1") BODY("p50", "null", "1"),
		  ":1: cannot be used: member \"value\" is not an integer" },
		{ HEAD("a", "1") BODY("p50", "9223372036854775808", "1"),
		  ":1: cannot be used: too big integer" },
		{ "{\"schema\":\"other\",\"schema_version\":1}\n",
		  ":1: cannot be used: its schema is 'other'" },
		{ "{\"schema\":\"ktbench-trend\",\"schema_version\":2}\n",
		  ":1: cannot be used: its schema_version is newer" },
		{ HEAD("a", "1") BODY("p50", "1", "1") HEAD("b", "2") BODY(
			  "p50", "1", "1") HEAD("a", "1") BODY("p90", "1", "1"),
		  ":3: cannot be used: an earlier line tells something else" },
	};
	struct ktb_history history;
	struct ktb_fault fault;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		put(rows[i].text);
		assert_true(ktb_history_init(&history));
		assert_int_equal(ktb_history_read(&history, path, &fault),
				 KTB_FAULT_USAGE);
		print_message("%s\n", fault.text);
		assert_non_null(strstr(fault.text, rows[i].why));
		assert_non_null(strstr(fault.text, "--rebuild"));
		ktb_history_free(&history);
	}
}

/* An index of before does not say what was missed; it is read all the same. */
static void test_older(void **state)
{
	static const char line[] = HEAD("a", "1") BODY("p50", "7", "9");
	static const char member[] = "\"missed\":3,";
	const char *at = strstr(line, member);
	struct ktb_history history;
	struct ktb_fault fault;
	char older[1024];

	put(line);
	assert_true(ktb_history_init(&history));
	assert_int_equal(ktb_history_read(&history, path, &fault), 0);
	assert_int_equal(history.results[0].figures[0].missed, 3);
	ktb_history_free(&history);
	snprintf(older, sizeof(older), "%.*s%s", (int)(at - line), line,
		 at + strlen(member));
	put(older);
	assert_true(ktb_history_init(&history));
	assert_int_equal(ktb_history_read(&history, path, &fault), 0);
	assert_int_equal(history.results[0].figures[0].missed, 0);
	assert_int_equal(history.results[0].figures[0].value, 7);
	ktb_history_free(&history);
}

static void test_none(void **state)
{
	struct ktb_history history;
	struct ktb_fault fault = { 0 };

	assert_true(ktb_history_init(&history));
	assert_int_equal(ktb_history_read(&history, "/nonexistent/x", &fault),
			 0);
	assert_int_equal(history.nr, 0);
	assert_int_equal(ktb_history_write(&history, "/nonexistent/x", &fault),
			 KTB_FAULT_SYSTEM);
	ktb_history_free(&history);
}

static void test_digest(void **state)
{
	uint64_t ab = ktb_history_digest(ktb_history_digest(0, "a"), "b");

	assert_true(ab != ktb_history_digest(0, "ab"));
	assert_true(ab != ktb_history_digest(ktb_history_digest(0, "b"), "a"));
	/* It is part of keys that people have written down. */
	assert_true(ktb_history_digest(0, "") == 0xaf63bd4c8601b7df);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(test_numbers_in_order),
		cmocka_unit_test(test_same_bytes),
		cmocka_unit_test(test_damaged),
		cmocka_unit_test(test_older),
		cmocka_unit_test(test_none),
		cmocka_unit_test(test_digest),
	};
	int fd = mkstemp(path), ret;

	if (fd < 0 || close(fd))
		return 1;
	ret = cmocka_run_group_tests_name("history", tests, NULL, NULL);
	unlink(path);
	return ret;
}
