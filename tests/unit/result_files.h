/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A small result directory as two texts, to be written and exchanged piece by
 * piece. Each test that includes it is a program of its own.
 */
#ifndef KTB_TEST_RESULT_FILES_H
#define KTB_TEST_RESULT_FILES_H

#include <setjmp.h>
#include <stdarg.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cmocka.h>

#include "analysis/findings.h"

static char dir[64];

static const char result_json[] =
	"{\"schema\":\"ktbench-result\",\"schema_version\":1,\"run\":\"r\","
	"\"created\":\"c\",\"ended\":null,\"state\":\"complete\","
	"\"state_reason\":\"\",\"lane\":\"metal\",\"lane_detail\":\"\","
	"\"command\":[\"ktbench\"],\"jobs\":[{\"path\":\"p\",\"text\":\"t\"}],"
	"\"seed\":1,\"cells_planned\":2,\"left_out\":[],\"module\":{},\"environment\":{},"
	"\"fitness\":[],\"runner_cpus\":[0],\"cpus\":[{\"cpu\":0,\"core\":0,"
	"\"package\":0,\"l3\":-1,\"node\":0}],\"workloads\":{\"w\":{\"help\":"
	"\"h\",\"params\":[],\"metrics\":[{\"name\":\"lateness\",\"kind\":"
	"\"distribution\",\"unit\":\"ns\",\"primary\":true,\"part\":false,"
	"\"loss\":false,\"help\":\"\"},{\"name\":\"gone\",\"kind\":\"counter\","
	"\"unit\":\"count\",\"primary\":false,\"part\":false,\"loss\":true,"
	"\"help\":\"\"}]}}}";

/* Two samples on CPU 0, of 3 and 5 ns, and two on CPU 4, of 3 and 300 ns. */
static const char cell_json[] =
	"{\"cell\":%d,\"repetition\":%d,\"job\":\"j \\\"cpus\\\": [\","
	"\"workload\":\"w\",\"params\":{},\"swept\":[],\"places\":"
	"[{\"cpu\":4,\"arm_cpu\":0}],\"placement\":\"all\",\"with\":[],\"beside\":null,\"disturb\":[],\"state\":\"%s\",\"reason\":\"\","
	"\"begin_ns\":10,\"end_ns\":20,\"cpus\":[{\"cpu\":4,\"node\":0,"
	"\"metrics\":{\"lateness\":{\"count\":2,\"sum\":303,\"sumsq\":\"90009\","
	"\"min\":3,\"max\":300,\"early\":0,\"overflow\":0,\"buckets\":[[3,1],"
	"[278,1]]}},\"counters\":{\"gone\":2,\"raw_dropped\":7},\"armed_from\":"
	"[[4,1],[0,1]],\"worst\":[]},{\"cpu\":0,\"node\":0,\"metrics\":"
	"{\"lateness\":{\"count\":2,\"sum\":8,\"sumsq\":\"34\",\"min\":3,"
	"\"max\":5,\"early\":0,\"overflow\":0,\"buckets\":[[3,1],[5,1]]}},"
	"\"counters\":{\"gone\":1,\"raw_dropped\":0},\"armed_from\":[[0,2]],"
	"\"worst\":[]}],\"started\":\"s\",\"memory_bytes\":1,\"timer_bytes\":1}"
	"\n";

static void write_file(const char *name, const char *text)
{
	char path[128];
	FILE *to;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	to = fopen(path, "w");
	assert_non_null(to);
	fputs(text, to);
	fclose(to);
}

/* A text with one piece exchanged; the piece must be there. */
static char *exchange(const char *text, const char *from, const char *to)
{
	const char *at = strstr(text, from);
	char *changed;

	assert_non_null(at);
	assert_true(asprintf(&changed, "%.*s%s%s", (int)(at - text), text, to,
			     at + strlen(from)) >= 0);
	return changed;
}

static char *cells(int first, int second, const char *state)
{
	char line[2][2048];
	char *text;

	snprintf(line[0], sizeof(line[0]), cell_json, 0, first, "ok");
	snprintf(line[1], sizeof(line[1]), cell_json, 0, second, state);
	assert_true(asprintf(&text, "%s%s", line[0], line[1]) >= 0);
	return text;
}

static int make(void **state)
{
	char *text = cells(0, 1, "ok");

	strcpy(dir, "/tmp/ktbench-reader-XXXXXX");
	assert_non_null(mkdtemp(dir));
	write_file("result.json", result_json);
	write_file("cells.jsonl", text);
	free(text);
	return 0;
}

static int clean(void **state)
{
	static const char *const names[] = { "result.json", "cells.jsonl" };
	char path[128];
	size_t i;

	for (i = 0; i < 2; i++) {
		snprintf(path, sizeof(path), "%s/%s", dir, names[i]);
		unlink(path);
		rmdir(path);
	}
	return rmdir(dir);
}

/* The directory is refused with this code and a sentence with these words. */
static void refused(int code, const char *words)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };

	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), code);
	ktb_findings_free(&findings);
	if (!strstr(fault.text, words) || strchr(fault.text, '\n') ||
	    !strstr(fault.text, dir))
		fail_msg("\"%s\" should say \"%s\" and name the directory",
			 fault.text, words);
}

#endif /* KTB_TEST_RESULT_FILES_H */
