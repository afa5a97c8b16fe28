/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * A machine that stalls, simulated: of each period of the window it is known when it was
 * due and when it could be served, so that the true distribution is known; and what a
 * timer records of it, written as a result. Part of one test program.
 */
#ifndef KTB_TEST_STALLS_H
#define KTB_TEST_STALLS_H

#include "result_files.h"

#define PERIODS 6000
#define NS	1000000LL
#define WINDOW	(PERIODS * NS)
#define STALLS	8

/** struct stall - nothing runs from @begin to @end, in ns of the window */
struct stall {
	int64_t begin;
	int64_t end;
};

static struct stall stalls[STALLS];
static size_t nr_stalls;

/* What a timer records, and what is true. */
static struct ktb_histogram served, missed;
static int64_t truth[PERIODS];

/* In microseconds, so that a callback has its own lateness beside the stall's. */
static int64_t jitter_ns(int64_t moment)
{
	return 1000 + (int64_t)(((uint64_t)moment / 1000 * 2654435761u) % 900);
}

static int64_t available(int64_t moment)
{
	size_t i;

	for (i = 0; i < nr_stalls; i++)
		if (moment >= stalls[i].begin && moment < stalls[i].end)
			return stalls[i].end;
	return moment;
}

/* When a callback runs for what is due at @due. */
static int64_t comes(int64_t due)
{
	const int64_t at = available(due);

	return at + jitter_ns(at);
}

static bool is_recorded(int64_t due)
{
	return due >= 0 && due < WINDOW;
}

/* A periodic timer: what passed when its callback runs is missed. */
static void run_timer(void)
{
	int64_t due = -20000 * NS, now;

	ktb_histogram_init(&served);
	ktb_histogram_init(&missed);
	while (due < WINDOW) {
		now = comes(due);
		if (is_recorded(due))
			assert_true(ktb_histogram_add(&served, now - due, 1));
		for (due += NS; due <= now; due += NS)
			if (is_recorded(due))
				assert_true(ktb_histogram_add(&missed,
							      now - due, 1));
	}
}

static int by_value(const void *left, const void *right)
{
	const int64_t *a = left, *b = right;

	return (*a > *b) - (*a < *b);
}

/* Each period by itself, without a timer that could be kept from being re-armed. */
static void find_truth(void)
{
	size_t i;

	for (i = 0; i < PERIODS; i++)
		truth[i] = comes((int64_t)i * NS) - (int64_t)i * NS;
	qsort(truth, PERIODS, sizeof(*truth), by_value);
}

static void put_histogram(FILE *to, const char *name,
			  const struct ktb_histogram *h)
{
	unsigned __int128 rest = h->sumsq;
	char digits[48] = "";
	char *at = digits + sizeof(digits) - 1;
	const char *comma = "";
	unsigned int i;

	do {
		*--at = (char)('0' + (int)(rest % 10));
		rest /= 10;
	} while (rest);
	fprintf(to, "\"%s\":{\"count\":%llu,\"sum\":%lld,\"sumsq\":\"%s\",",
		name, (unsigned long long)h->count, (long long)h->sum, at);
	if (h->count)
		fprintf(to, "\"min\":%lld,\"max\":%lld,", (long long)h->min,
			(long long)h->max);
	else
		fputs("\"min\":null,\"max\":null,", to);
	fprintf(to, "\"early\":%llu,\"overflow\":%llu,\"buckets\":[",
		(unsigned long long)h->early, (unsigned long long)h->overflow);
	for (i = 0; i < KTB_HIST_NR; i++) {
		if (!h->bucket[i])
			continue;
		fprintf(to, "%s[%u,%llu]", comma, i,
			(unsigned long long)h->bucket[i]);
		comma = ",";
	}
	fputs("]}", to);
}

/* One repetition on one CPU; an older one has the counter alone. */
static char *cell_text(bool is_older, uint64_t counted)
{
	char *text;
	size_t size;
	FILE *to = open_memstream(&text, &size);

	assert_non_null(to);
	fputs("{\"cell\":0,\"repetition\":0,\"job\":\"j\",\"workload\":\"w\","
	      "\"params\":{},\"swept\":[],\"places\":[{\"cpu\":0,\"arm_cpu\":0}],"
	      "\"placement\":\"all\",\"with\":[],\"beside\":null,\"disturb\":[],"
	      "\"state\":\"ok\",\"reason\":\"\",\"begin_ns\":0,\"end_ns\":6000000000,"
	      "\"cpus\":[{\"cpu\":0,\"node\":0,\"metrics\":{",
	      to);
	put_histogram(to, "lateness", &served);
	if (!is_older) {
		fputc(',', to);
		put_histogram(to, "lateness_missed", &missed);
	}
	fprintf(to,
		"},\"counters\":{\"missed\":%llu,\"gone\":0,\"raw_dropped\":0},"
		"\"armed_from\":[],\"worst\":[]}],\"started\":\"s\","
		"\"memory_bytes\":1,\"timer_bytes\":1}\n",
		(unsigned long long)counted);
	fclose(to);
	return text;
}

static void write_result(bool is_older, uint64_t counted)
{
	static const char counter[] =
		"{\"name\":\"missed\",\"kind\":\"counter\",\"unit\":\"count\",\"primary\":false,"
		"\"part\":false,\"loss\":false,\"help\":\"\"},";
	static const char distribution[] =
		"{\"name\":\"lateness_missed\",\"kind\":\"distribution\",\"unit\":\"ns\",\"primary\":"
		"false,\"part\":false,\"loss\":false,\"missed\":true,\"help\":\"\"},";
	char *with, *result, *cells;

	assert_true(asprintf(&with, "%s%s{\"name\":\"gone\"", counter,
			     is_older ? "" : distribution) >= 0);
	result = exchange(result_json, "{\"name\":\"gone\"", with);
	cells = cell_text(is_older, counted);
	write_file("result.json", result);
	write_file("cells.jsonl", cells);
	free(cells);
	free(result);
	free(with);
}

#endif /* KTB_TEST_STALLS_H */
