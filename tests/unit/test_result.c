// SPDX-License-Identifier: GPL-2.0-or-later
/* The result directory: whole files, whole lines, and a full disk. */
#include "support.h"

#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>

#include "runner/file.h"
#include "runner/result.h"

#include "packed.h"

static json_t *cell(int number, size_t padding)
{
	json_t *json = json_pack("{s:i}", "cell", number);
	char *text = calloc(padding + 1, 1);
	uint64_t state = (uint64_t)number;
	size_t i;

	assert_non_null(text);
	/* Letters of no pattern, which take nearly as much room when packed. */
	for (i = 0; i < padding; i++) {
		state = state * 6364136223846793005ULL + 1442695040888963407ULL;
		text[i] = (char)(' ' + (state >> 33) % 64);
	}
	for (i = 0; i < padding; i++)
		if (text[i] == '"' || text[i] == '\\')
			text[i] = 'x';
	json_object_set_new(json, "padding", json_string(text));
	free(text);
	return json;
}

/* A member of result.json as it lies on the disk. */
static char *member(const struct ktb_result *result, const char *name)
{
	char path[4200];
	json_t *head;
	char *text;

	snprintf(path, sizeof(path), "%s/result.json", result->path);
	head = json_load_file(path, 0, NULL);
	assert_non_null(head);
	text = json_dumps(json_object_get(head, name), JSON_ENCODE_ANY);
	json_decref(head);
	return text;
}

static void assert_member(const struct ktb_result *result, const char *name,
			  const char *value)
{
	char *text = member(result, name);

	assert_string_equal(text, value);
	free(text);
}

/* Whole lines of the cells, each of them JSON. */
static int readable_cells(const struct ktb_result *result)
{
	json_t *json;
	int nr;

	for (nr = 0; (json = packed_cell(result->path, nr)); nr++) {
		assert_int_equal(
			json_integer_value(json_object_get(json, "cell")), nr);
		json_decref(json);
	}
	return nr;
}

static void writes(void **state)
{
	char *directory = test_directory();
	struct ktb_result result, second;
	struct ktb_error err;

	assert_int_equal(ktb_result_create(&result, directory, "t",
					   json_pack("{s:i}", "seed", 7),
					   "<xml/>", &err),
			 0);
	assert_member(&result, "state", "\"running\"");
	assert_member(&result, "ended", "null");
	assert_member(&result, "seed", "7");
	assert_int_equal(ktb_result_append(&result, cell(0, 10), &err), 0);
	assert_int_equal(readable_cells(&result), 1);
	assert_int_equal(ktb_result_append(&result, cell(1, 10), &err), 0);
	assert_int_equal(ktb_result_finish(&result, "complete", "", &err), 0);
	assert_int_equal(readable_cells(&result), 2);
	assert_member(&result, "state", "\"complete\"");
	assert_member(&result, "state_reason", "\"\"");

	/* The same name in the same second is another directory. */
	assert_int_equal(ktb_result_create(&second, directory, "t",
					   json_object(), "<xml/>", &err),
			 0);
	assert_string_not_equal(result.path, second.path);
	ktb_result_close(&result);
	ktb_result_close(&second);
	test_remove(directory);
}

/* RLIMIT_FSIZE is a disk that is full after so many bytes. */
static void limit_files(rlim_t bytes)
{
	struct rlimit limit;

	getrlimit(RLIMIT_FSIZE, &limit);
	limit.rlim_cur = bytes;
	setrlimit(RLIMIT_FSIZE, &limit);
}

static void survives_a_full_disk(void **state)
{
	char *directory = test_directory();
	struct ktb_result result;
	struct ktb_error err;
	char expected[4500];
	int ret = 0;
	int i;

	signal(SIGXFSZ, SIG_IGN);
	assert_int_equal(ktb_result_create(&result, directory, "t",
					   json_object(), "<xml/>", &err),
			 0);
	limit_files(20000);
	for (i = 0; i < 10 && !ret; i++)
		ret = ktb_result_append(&result, cell(i, 10000), &err);
	assert_int_equal(ret, KTB_EXIT_DEVICE);
	assert_int_equal(i, 3);
	snprintf(
		expected, sizeof(expected),
		"cannot write %s/cells.jsonl.zst: File too large; the 2 repetitions so far are kept and readable",
		result.path);
	assert_string_equal(err.text, expected);
	/* The half line is gone, and a smaller one still fits. */
	assert_int_equal(readable_cells(&result), 2);
	assert_int_equal(ktb_result_append(&result, cell(2, 10), &err), 0);
	assert_int_equal(readable_cells(&result), 3);

	/* result.json is the old one or the new one, never half of it. */
	limit_files(10);
	assert_int_equal(ktb_result_finish(&result, "failed", "full", &err),
			 KTB_EXIT_DEVICE);
	limit_files(RLIM_INFINITY);
	assert_member(&result, "state", "\"running\"");
	ktb_result_close(&result);
	test_remove(directory);
}

static void prepares(void **state)
{
	char *directory = test_directory();
	char path[4200], expected[4500];
	struct ktb_error err;
	struct stat st;

	snprintf(path, sizeof(path), "%s/a/b/c", directory);
	assert_int_equal(ktb_result_prepare(path, &err), 0);
	assert_int_equal(stat(path, &st), 0);
	test_write(directory, "file", "");
	snprintf(path, sizeof(path), "%s/file", directory);
	assert_int_equal(ktb_result_prepare(path, &err), KTB_EXIT_USAGE);
	snprintf(
		expected, sizeof(expected),
		"cannot write results in %s: Not a directory; name another directory with --results",
		path);
	assert_string_equal(err.text, expected);
	snprintf(path, sizeof(path), "%s/file/below", directory);
	assert_int_equal(ktb_result_prepare(path, &err), KTB_EXIT_USAGE);
	test_remove(directory);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(writes),
		cmocka_unit_test(survives_a_full_disk),
		cmocka_unit_test(prepares),
	};

	return cmocka_run_group_tests_name("result", tests, NULL, NULL);
}
