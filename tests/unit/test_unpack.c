// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Lines of files that are compressed, plain, torn at each byte, damaged at each
 * byte, or both at once. Packed by the runner, unpacked by the analysis.
 */
#include "result_files.h"

#include "runner/pack.h"

#define NR_LINES 3

static char *path_of(const char *name)
{
	static char path[128];

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	return path;
}

static void write_bytes(const char *name, const void *data, size_t nr)
{
	FILE *to = fopen(path_of(name), "w");

	assert_non_null(to);
	assert_int_equal(fwrite(data, 1, nr, to), nr);
	fclose(to);
}

/* A text that needs several pieces to be unpacked. */
static char *line_of(int number, size_t bytes)
{
	char *line = malloc(bytes + 2);
	size_t i;

	for (i = 0; i < bytes; i++)
		line[i] = (char)('a' + (i * i + i / 7 + (size_t)number) % 23);
	strcpy(line + bytes, "\n");
	return line;
}

static char *grown(char *data, size_t bytes)
{
	char *larger = realloc(data, bytes);

	assert_non_null(larger);
	return larger;
}

/* NR_LINES frames of a line each; where each ends. */
static char *frames(size_t bytes, size_t *ends)
{
	char *all = NULL, *line;
	size_t nr = 0, packed;
	void *frame;
	int i;

	for (i = 0; i < NR_LINES; i++) {
		line = line_of(i, bytes);
		frame = ktb_pack(line, strlen(line), &packed);
		assert_non_null(frame);
		all = grown(all, nr + packed);
		memcpy(all + nr, frame, packed);
		nr += packed;
		ends[i] = nr;
		free(frame);
		free(line);
	}
	return all;
}

static void reads_and_seeks(const char *name, size_t bytes)
{
	struct ktb_unpack *from = ktb_unpack_open(path_of(name));
	struct ktb_unpack_place place[NR_LINES], end;
	char *text = NULL, *line;
	size_t room = 0, nr;
	int i;

	assert_non_null(from);
	for (i = 0; i < NR_LINES; i++)
		assert_int_equal(ktb_unpack_line(from, &text, &room, &nr,
						 &place[i]),
				 KTB_UNPACKED_LINE);
	assert_int_equal(ktb_unpack_line(from, &text, &room, &nr, &end),
			 KTB_UNPACKED_END);
	for (i = NR_LINES; i-- > -NR_LINES;) {
		if (!i)
			ktb_unpack_rest(from);
		assert_true(ktb_unpack_seek(from, &place[abs(i) % NR_LINES]));
		assert_int_equal(ktb_unpack_line(from, &text, &room, &nr, &end),
				 KTB_UNPACKED_LINE);
		line = line_of(abs(i) % NR_LINES, bytes);
		assert_int_equal(nr, bytes);
		assert_memory_equal(text, line, bytes);
		free(line);
	}
	free(text);
	ktb_unpack_close(from);
}

static void test_reads(void **state)
{
	static const size_t sizes[] = { 0, 1, 100, 262143, 262144, 700000 };
	size_t ends[NR_LINES], i, k, packed;
	char *all, *line, *plain;
	void *frame;

	for (i = 0; i < sizeof(sizes) / sizeof(sizes[0]); i++) {
		all = frames(sizes[i], ends);
		write_bytes("x", all, ends[NR_LINES - 1]);
		free(all);
		reads_and_seeks("x", sizes[i]);
		plain = calloc(NR_LINES, sizes[i] + 2);
		for (k = 0; k < NR_LINES; k++) {
			line = line_of((int)k, sizes[i]);
			strcat(plain, line);
			free(line);
		}
		write_bytes("x", plain, strlen(plain));
		reads_and_seeks("x", sizes[i]);
		/* As somebody would pack an old one. */
		frame = ktb_pack(plain, strlen(plain), &packed);
		write_bytes("x", frame, packed);
		reads_and_seeks("x", sizes[i]);
		free(frame);
		free(plain);
	}
	unlink(path_of("x"));
}

/* The two repetitions of result_files.h, packed. */
static char *packed_cells(size_t *ends)
{
	char *text = cells(0, 1, "ok");
	char *second = strchr(text, '\n') + 1;
	size_t nr[2];
	char *one, *other;

	one = ktb_pack(text, (size_t)(second - text), &nr[0]);
	other = ktb_pack(second, strlen(second), &nr[1]);
	one = grown(one, nr[0] + nr[1]);
	memcpy(one + nr[0], other, nr[1]);
	ends[0] = nr[0];
	ends[1] = nr[0] + nr[1];
	free(other);
	free(text);
	unlink(path_of("cells.jsonl"));
	return one;
}

static void test_torn(void **state)
{
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	size_t ends[2], cut, whole;
	char *all = packed_cells(ends);

	for (cut = 0; cut <= ends[1]; cut++) {
		write_bytes("cells.jsonl.zst", all, cut);
		/* Below four bytes it might be a text. */
		assert_int_equal(ktb_findings_gather(&findings, dir, &fault),
				 0);
		whole = (cut >= ends[0]) + (cut >= ends[1]);
		assert_int_equal(findings.reader.nr_lines, whole);
		assert_int_equal(findings.reader.torn_bytes,
				 cut - (whole ? ends[whole - 1] : 0));
		ktb_findings_free(&findings);
	}
	free(all);
	unlink(path_of("cells.jsonl.zst"));
}

/* What a lost machine leaves: the size of the file is there, the data is not. */
static void test_zeros(void **state)
{
	static const char zeros[300000];
	struct ktb_findings findings;
	struct ktb_fault fault = { 0 };
	size_t ends[2];
	char *all = packed_cells(ends);

	all = grown(all, ends[1] + sizeof(zeros));
	memcpy(all + ends[1], zeros, sizeof(zeros));
	write_bytes("cells.jsonl.zst", all, ends[1] + sizeof(zeros));
	assert_int_equal(ktb_findings_gather(&findings, dir, &fault), 0);
	assert_int_equal(findings.reader.nr_lines, 2);
	assert_int_equal(findings.reader.torn_bytes, sizeof(zeros));
	ktb_findings_free(&findings);
	/* Other bytes are damage, and so is a text behind a frame. */
	all[ends[1] + 1] = 1;
	write_bytes("cells.jsonl.zst", all, ends[1] + sizeof(zeros));
	refused(2, "cells.jsonl.zst line 3 is damaged");
	free(all);
	unlink(path_of("cells.jsonl.zst"));
}

static void test_damaged(void **state)
{
	size_t ends[2], at, refusals = 0;
	struct ktb_findings findings;
	char *all = packed_cells(ends);

	/* No byte of the first frame can change without being noticed. */
	for (at = 4; at < ends[0]; at++) {
		struct ktb_fault fault = { 0 };

		all[at] ^= 0x55;
		write_bytes("cells.jsonl.zst", all, ends[1]);
		if (ktb_findings_gather(&findings, dir, &fault))
			refusals++;
		else
			assert_int_not_equal(findings.reader.torn_bytes, 0);
		ktb_findings_free(&findings);
		all[at] ^= 0x55;
	}
	assert_true(refusals > ends[0] / 2);
	free(all);
	unlink(path_of("cells.jsonl.zst"));
}

/* Histograms of both schema versions say the same; what cannot be is refused. */
static void test_buckets(void **state)
{
	static const struct {
		const char *buckets;
		const char *words;
	} rows[] = {
		{ "[-3,1,-274,1]", NULL },
		{ "[-1,-2,1,-274,1,-3305]", NULL },
		{ "[-3,1,-274,1,-3306]", "more buckets than 3584" },
		{ "[-3,1,-3580,1]", "more buckets than 3584" },
		{ "[-9223372036854775807,1]", "more buckets than 3584" },
		{ "[-3,1,0,-274,1]", "an integer other than 0" },
		{ "[-3,1,[278,1]]", "an integer other than 0" },
		{ "[-3,1,-274,2]", "add up to count" },
		{ "[-3,1,-273,1]", "max does not lie" },
	};
	struct ktb_findings findings;
	char *good = cells(0, 1, "ok");
	size_t i;

	for (i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		struct ktb_fault fault = { 0 };
		char *text = exchange(good, "[[3,1],[278,1]]", rows[i].buckets);

		write_file("cells.jsonl", text);
		free(text);
		if (rows[i].words) {
			refused(2, rows[i].words);
			continue;
		}
		assert_int_equal(ktb_findings_gather(&findings, dir, &fault),
				 0);
		assert_int_equal(findings.summaries[0].figures[0].count, 8);
		ktb_findings_free(&findings);
	}
	free(good);
}

static void test_twice(void **state)
{
	size_t ends[2];
	char *all = packed_cells(ends);
	char *text = cells(0, 1, "ok");

	write_file("cells.jsonl", text);
	write_bytes("cells.jsonl.zst", all, ends[1]);
	refused(2, "cells.jsonl.zst and cells.jsonl");
	unlink(path_of("cells.jsonl.zst"));
	free(text);
	free(all);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_reads, make, clean),
		cmocka_unit_test_setup_teardown(test_torn, make, clean),
		cmocka_unit_test_setup_teardown(test_zeros, make, clean),
		cmocka_unit_test_setup_teardown(test_damaged, make, clean),
		cmocka_unit_test_setup_teardown(test_buckets, make, clean),
		cmocka_unit_test_setup_teardown(test_twice, make, clean),
	};

	return cmocka_run_group_tests_name("unpack", tests, NULL, NULL);
}
