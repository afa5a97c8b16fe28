/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * `ktbench run` on the device in memory, in a directory of its own: what it said
 * and what it wrote, for the tests of the whole way.
 */
#ifndef KTB_FAKE_RUN_H
#define KTB_FAKE_RUN_H

#include "fake_device.h"

#include <glob.h>

#include "runner/verbs.h"

static const char job[] = "[a]\nworkload = fake\ncpus = 0\ntimers = 1, 10\n"
			  "repetitions = 2\nduration = 2ms\n";

static char *directory;
static char said[8192];

/* Run `ktbench run` with stderr and stdout caught in `said`. */
static inline int run(const char *extra)
{
	char path[4200], results[4200], catcher[4200];
	char *argv[16] = { "ktbench",  "run",	    path,
			   "--device", "/dev/fake", "--results",
			   results,    "--seed",    "42" };
	int argc = 9, ret, out, err;
	FILE *file;
	size_t len;

	snprintf(path, sizeof(path), "%s/job.ini", directory);
	snprintf(results, sizeof(results), "%s/results", directory);
	snprintf(catcher, sizeof(catcher), "%s/said", directory);
	if (extra)
		argv[argc++] = (char *)extra;
	fflush(stdout);
	out = dup(1);
	err = dup(2);
	file = fopen(catcher, "w+");
	dup2(fileno(file), 1);
	dup2(fileno(file), 2);
	ret = ktb_verbs_main(argc, argv);
	fflush(stdout);
	dup2(out, 1);
	dup2(err, 2);
	close(out);
	close(err);
	rewind(file);
	len = fread(said, 1, sizeof(said) - 1, file);
	said[len] = '\0';
	fclose(file);
	return ret;
}

static inline int setup(void **state)
{
	directory = test_directory();
	test_write(directory, "job.ini", job);
	memset(&fake, 0, sizeof(fake));
	fake.reason = KTB_REASON_COMPLETE;
	fake.samples = 10;
	ktb_device_io = &fake_io;
	setenv("KTBENCH_LANE", "metal", 1);
	return 0;
}

static inline int teardown(void **state)
{
	test_remove(directory);
	return 0;
}

/* The only result directory, or NULL if there is none. */
static inline char *result_path(void)
{
	static char path[4200];
	glob_t found;

	snprintf(path, sizeof(path), "%s/results/*-job", directory);
	if (glob(path, 0, NULL, &found))
		return NULL;
	assert_int_equal(found.gl_pathc, 1);
	snprintf(path, sizeof(path), "%s", found.gl_pathv[0]);
	globfree(&found);
	return path;
}

static inline json_t *head(void)
{
	char path[4300];
	json_t *json;

	snprintf(path, sizeof(path), "%s/result.json", result_path());
	json = json_load_file(path, 0, NULL);
	assert_non_null(json);
	return json;
}

#define CASE(test) cmocka_unit_test_setup_teardown(test, setup, teardown)

#endif /* KTB_FAKE_RUN_H */
