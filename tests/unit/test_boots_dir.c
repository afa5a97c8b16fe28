// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The directory of a comparison: plan.json and what is wrong with one, which
 * results are kept as boots, and what they say is done.
 */
#include "support.h"

#include <jansson.h>
#include <sys/stat.h>

#include "runner/boots_dir.h"
#include "runner/boots_file.h"

/* A directory that goes away with the test. */
static int make_dir(void **state)
{
	char *dir = strdup("/tmp/ktbench-boots.XXXXXX");

	*state = dir;
	return mkdtemp(dir) ? 0 : -1;
}

static int remove_dir(void **state)
{
	char command[128];
	int ret;

	snprintf(command, sizeof(command), "rm -rf '%s'", (char *)*state);
	ret = system(command);
	free(*state);
	return ret;
}

static struct ktb_boots whole_plan(void)
{
	struct ktb_boots plan = {
		.created = strdup("2026-07-14T10:15:00Z"),
		.seed = INT64_MAX,
		.boots = 3,
		.looks = { { 2, 3 }, 2 },
		.kernels = { strdup("6.1.0"), strdup("/x y/linux") },
		.module = strdup("/m/%r/ktbench.ko"),
		.no_checks = true,
	};

	plan.jobs = calloc(1, sizeof(*plan.jobs));
	plan.jobs[0].path = strdup("a.ini");
	plan.jobs[0].text = strdup("[a]\nworkload = null # \"\xc3\xa4\"\n");
	plan.nr_jobs = 1;
	plan.sets = calloc(1, sizeof(*plan.sets));
	plan.sets[plan.nr_sets++] = strdup("*.duration=1s");
	ktb_boots_order(&plan);
	return plan;
}

static void write_plan(const char *dir)
{
	struct ktb_boots plan = whole_plan();
	struct ktb_error err;

	assert_int_equal(ktb_boots_file_write(dir, &plan, &err), 0);
	ktb_boots_free(&plan);
}

static void test_file_keeps_all(void **state)
{
	struct ktb_boots wrote = whole_plan(), read;
	const char *dir = *state;
	struct ktb_error err;

	write_plan(dir);
	assert_int_equal(ktb_boots_file_read(dir, &read, &err), 0);
	assert_string_equal(read.created, wrote.created);
	assert_true(read.seed == wrote.seed);
	assert_int_equal(read.boots, 3);
	assert_int_equal(read.looks.nr, 2);
	assert_int_equal(read.looks.boots[0], 2);
	assert_string_equal(read.kernels[0], wrote.kernels[0]);
	assert_string_equal(read.kernels[1], wrote.kernels[1]);
	assert_string_equal(read.module, wrote.module);
	assert_true(read.no_checks);
	assert_int_equal(read.nr_jobs, 1);
	assert_string_equal(read.jobs[0].path, "a.ini");
	assert_string_equal(read.jobs[0].text, wrote.jobs[0].text);
	assert_int_equal(read.nr_sets, 1);
	assert_string_equal(read.sets[0], wrote.sets[0]);
	assert_memory_equal(read.order, wrote.order, 6);
	ktb_boots_free(&read);
	/* It is never written over. */
	assert_int_equal(ktb_boots_file_write(dir, &wrote, &err),
			 KTB_EXIT_USAGE);
	assert_non_null(strstr(err.text, "has a plan already"));
	ktb_boots_free(&wrote);
}

static void test_damaged_member_is_named(void **state)
{
	static const struct {
		const char *member;
		const char *json;
		const char *says;
	} rows[] = {
		{ "schema", "\"ktbench-result\"", "is no plan of boots" },
		{ "schema_version", "2", "this program knows 1" },
		{ "created", "1", "created is not" },
		{ "seed", "-1", "seed or boots is not" },
		{ "boots", "0", "seed or boots is not" },
		{ "boots", "4", "looks is not" },
		{ "jobs", "[]", "jobs is not" },
		{ "jobs", "[{\"path\": \"a\"}]", "jobs is not" },
		{ "sets", "[1]", "sets is not" },
		{ "module", "1", "module is not" },
		{ "checks", "null", "checks is not" },
		{ "sides", "[]", "sides is not" },
		{ "sides",
		  "[{\"name\": \"B\", \"kernel\": \"k\"}, {\"name\": \"A\", \"kernel\": \"k\"}]",
		  "sides is not" },
		{ "looks", "[3, 2]", "looks is not" },
		{ "looks", "[2]", "looks is not" },
		{ "order", "[\"A\"]", "order is not" },
		{ "order", "[\"A\", \"A\", \"A\", \"B\", \"B\", \"B\"]",
		  "order is not" },
		{ "order", "[\"A\", \"B\", \"C\", \"A\", \"A\", \"B\"]",
		  "order is not" },
	};
	const char *dir = *state;
	char path[128];
	struct ktb_boots plan;
	struct ktb_error err;
	json_t *all;
	size_t i;

	write_plan(dir);
	snprintf(path, sizeof(path), "%s/plan.json", dir);
	for (i = 0; i < ARRAY_SIZE(rows); i++) {
		unlink(path);
		write_plan(dir);
		all = json_load_file(path, 0, NULL);
		json_object_set_new(all, rows[i].member,
				    json_loads(rows[i].json, JSON_DECODE_ANY,
					       NULL));
		json_dump_file(all, path, 0);
		json_decref(all);
		assert_int_equal(ktb_boots_file_read(dir, &plan, &err),
				 KTB_EXIT_USAGE);
		assert_non_null(strstr(err.text, rows[i].says));
		ktb_boots_free(&plan);
	}
}

/* A result as far as a plan looks at it. */
static void make_result(const char *dir, const char *name, const char *state,
			const char *kernel)
{
	char path[256];
	FILE *file;

	snprintf(path, sizeof(path), "%s/%s", dir, name);
	assert_int_equal(mkdir(path, 0755), 0);
	snprintf(path, sizeof(path), "%s/%s/result.json", dir, name);
	file = fopen(path, "w");
	assert_non_null(file);
	fprintf(file,
		"{\"state\": \"%s\", \"environment\": {\"kernel\": \"%s\", \"boot_id\": \"id-%s\"}}",
		state, kernel, name);
	fclose(file);
}

/* What keeping a result says; KTB_EXIT_OK if it is kept. */
static int keep(const char *dir, const char *name, const char *state,
		const char *kernel, struct ktb_error *err)
{
	struct ktb_boots_dir open;
	char path[256];
	char *kept;
	int ret;

	make_result(dir, name, state, kernel);
	assert_int_equal(ktb_boots_dir_open(&open, dir, err), 0);
	snprintf(path, sizeof(path), "%s/%s", dir, name);
	ret = ktb_boots_dir_keep(&open, path, &kept, err);
	if (!ret) {
		assert_int_equal(access(path, F_OK), -1);
		assert_int_equal(access(kept, F_OK), 0);
	}
	free(kept);
	ktb_boots_dir_close(&open);
	return ret;
}

static void test_results_tell_what_is_done(void **state)
{
	struct ktb_boots plan = whole_plan();
	struct ktb_boots_dir dir, second;
	const char *path = *state;
	struct ktb_error err;
	char name[32];
	size_t a, i;

	write_plan(path);
	for (a = 1; ktb_boots_side(&plan, a); a++)
		;
	ktb_boots_free(&plan);
	snprintf(name, sizeof(name), "x-boot-%02zu", a);
	assert_int_equal(keep(path, name, "complete", "6.1.0", &err), 0);
	assert_int_equal(ktb_boots_dir_open(&dir, path, &err), 0);
	for (i = 1; i <= 6; i++)
		assert_int_equal(dir.is_done[i - 1], i == a);
	snprintf(name, sizeof(name), "id-x-boot-%02zu", a);
	assert_int_equal(ktb_boots_dir_measured(&dir, name), a);
	assert_int_equal(ktb_boots_dir_measured(&dir, "id"), 0);
	assert_int_equal(ktb_boots_dir_measured(&dir, ""), 0);
	assert_int_equal(ktb_boots_dir_open(&second, path, &err),
			 KTB_EXIT_DEVICE);
	assert_non_null(strstr(err.text, "another ktbench is at work"));
	ktb_boots_dir_close(&second);
	ktb_boots_dir_close(&dir);
}

static void test_what_is_not_kept(void **state)
{
	struct ktb_boots plan = whole_plan();
	const char *path = *state;
	struct ktb_error err;
	char name[32];
	size_t a, b;

	write_plan(path);
	for (a = 1; ktb_boots_side(&plan, a); a++)
		;
	for (b = 1; !ktb_boots_side(&plan, b); b++)
		;
	ktb_boots_free(&plan);
	snprintf(name, sizeof(name), "x-boot-%02zu", a);
	assert_int_equal(keep(path, name, "running", "6.1.0", &err),
			 KTB_EXIT_USAGE);
	assert_non_null(strstr(err.text, "state is 'running'"));
	snprintf(name, sizeof(name), "y-boot-%02zu", a);
	assert_int_equal(keep(path, name, "complete", "6.2.0", &err),
			 KTB_EXIT_USAGE);
	assert_non_null(strstr(err.text, "measured on kernel '6.2.0'"));
	assert_int_equal(keep(path, "y-boot-07", "complete", "6.1.0", &err),
			 KTB_EXIT_USAGE);
	assert_non_null(strstr(err.text, "no boot of this plan, which has 6"));
	assert_int_equal(keep(path, "z-quick", "complete", "6.1.0", &err),
			 KTB_EXIT_USAGE);
	assert_non_null(strstr(err.text, "does not end in boot-NN"));
	snprintf(name, sizeof(name), "u-boot-%02zu", a);
	assert_int_equal(keep(path, name, "complete", "6.1.0", &err), 0);
	snprintf(name, sizeof(name), "v-boot-%02zu", a);
	assert_int_equal(keep(path, name, "complete", "6.1.0", &err),
			 KTB_EXIT_USAGE);
	assert_non_null(strstr(err.text, "is done already"));
	/* The release of a tree is not known before. */
	snprintf(name, sizeof(name), "w-boot-%02zu", b);
	assert_int_equal(keep(path, name, "complete", "6.9.9", &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(test_file_keeps_all, make_dir,
						remove_dir),
		cmocka_unit_test_setup_teardown(test_damaged_member_is_named,
						make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(test_results_tell_what_is_done,
						make_dir, remove_dir),
		cmocka_unit_test_setup_teardown(test_what_is_not_kept, make_dir,
						remove_dir),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
