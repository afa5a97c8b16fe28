// SPDX-License-Identifier: GPL-2.0-or-later
/* Job files: what they mean, and one exact sentence for each mistake. */
#include "job_text.h"

static int check(const char *text, const char *set, struct ktb_jobs *jobs,
		 struct ktb_error *err)
{
	return test_job_check(&test_catalog, text, set, jobs, err);
}

#define WHEEL "[w]\nworkload = timer_wheel\n"
#define LOAD  "[load]\nworkload = timer_wheel\n"
#define MORE_BEHIND \
	"t.ini:1: there is more behind [NAME OF THE JOB]; a setting stands in a line of its own, and a name has no ]"
#define LONG_KEY "kkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkkk"

static const struct {
	const char *text;
	const char *set;
	const char *message;
} mistakes[] = {
	{ "", NULL,
	  "t.ini: there is no job in it; add a section [NAME] with `workload = ...`" },
	{ "[global]\ncpus = all\n", NULL,
	  "t.ini: there is no job in it; add a section [NAME] with `workload = ...`" },
	{ "workload = null\n", NULL,
	  "t.ini:1: a setting stands before the first section; put it below [global] or [NAME OF THE JOB]" },
	{ "[w]\n\nnonsense\n", NULL,
	  "t.ini:3: expected `key = value`, [NAME OF THE JOB], or a comment that begins with # or ;" },
	{ "[w\nworkload = null\n", NULL,
	  "t.ini:1: expected [NAME OF THE JOB]" },
	{ "[]\n", NULL, "t.ini:1: expected [NAME OF THE JOB]" },
	{ " [w]\n", NULL, "t.ini:1: a section begins in the first column" },
	{ "[w]\ncpus = all\n", NULL,
	  "t.ini:1: job [w] names no workload; add `workload = NAME` (`ktbench list` shows all)" },
	{ "[w]\nworkload = timer_weel\n", NULL,
	  "t.ini:2: there is no workload 'timer_weel' (did you mean 'timer_wheel'?); `ktbench list` shows all" },
	{ "[w]\nworkload = frobnicate\n", NULL,
	  "t.ini:2: there is no workload 'frobnicate'; `ktbench list` shows all" },
	{ "[w]workload=null\n", NULL, MORE_BEHIND },
	{ "[w] junk\n", NULL, MORE_BEHIND },
	{ "[w]b]\n", NULL, MORE_BEHIND },
	{ "[w]]\n", NULL, MORE_BEHIND },
	{ "[w][v]\n", NULL, MORE_BEHIND },
	{ "[ w]\n", NULL,
	  "t.ini:1: a section's name neither begins nor ends with a space" },
	{ "[global ]\n", NULL,
	  "t.ini:1: a section's name neither begins nor ends with a space" },
	{ "[w\xff]\nworkload = null\n", NULL,
	  "t.ini:1: the line has bytes that are not UTF-8; write it in UTF-8" },
	{ "[w]\n# caf\xe9\n", NULL,
	  "t.ini:2: the line has bytes that are not UTF-8; write it in UTF-8" },
	{ "[w\xed\xa0\x80]\n", NULL,
	  "t.ini:1: the line has bytes that are not UTF-8; write it in UTF-8" },
	{ "[w\x01]\n", NULL,
	  "t.ini:1: the line has a control character; take it out" },
	{ "[w\x7f]\n", NULL,
	  "t.ini:1: the line has a control character; take it out" },
	{ "[w\xc2\x85]\n", NULL,
	  "t.ini:1: the line has a control character; take it out" },
	{ "[w\xef\xbf\xbe]\n", NULL,
	  "t.ini:1: the line has a control character; take it out" },
	{ "[w]\rworkload = null\n", NULL,
	  "t.ini:1: the line has a control character; take it out" },
	{ "[w]\r\nworkload = null\r\n\x1a", NULL,
	  "t.ini:3: the line has a control character; take it out" },
	{ WHEEL "timers = 1 2\n", NULL,
	  "t.ini:3: [w] timers: '1 2' is not a count (digits, and k, M or G for powers of 1000); the range is 1 to 100000" },
	{ WHEEL "timers = 1..9 x2 x3\n", NULL,
	  "t.ini:3: [w] timers: 'x2 x3' is not a whole number; a range is FIRST..LAST xFACTOR or FIRST..LAST +STEP" },
	{ WHEEL "duration = 1s s\n", NULL,
	  "t.ini:3: [w] duration: '1s s' has a unit that is not one of ns, us, ms, s, min, h; the range is 1ms to 24h" },
	{ WHEEL "kind = pinned x\n", NULL,
	  "t.ini:3: [w] kind: 'pinned x' is not one of pinned, unpinned, deferrable (did you mean 'pinned'?)" },
	{ WHEEL "quiet = yes no\n", NULL,
	  "t.ini:3: [w] quiet: 'yes no' is not yes or no" },
	{ WHEEL "repetitions = 2 3\n", NULL,
	  "t.ini:3: [w] repetitions: '2 3' is not a count (digits, and k, M or G for powers of 1000); the range is 1 to 1000" },
	{ WHEEL "with = load junk\n" LOAD, NULL,
	  "t.ini:3: [w] with: there is no other job 'load junk'" },
	{ WHEEL "gate = primary p50 5% 6%\n", NULL,
	  "t.ini:3: [w] gate: 'primary p50 5% 6%' is not METRIC QUANTILE [DELTA], such as primary p99 5%" },
	{ WHEEL, "w.timers=1 ; x",
	  "--set w.timers: [w] timers: '1 ; x' is not a count (digits, and k, M or G for powers of 1000); the range is 1 to 100000" },
	{ WHEEL, "w.timers=\xff",
	  "--set number 1 has bytes that are not UTF-8; write it in UTF-8" },
	{ WHEEL, "w.timers=1\n",
	  "--set number 1 has a control character; take it out" },
	{ WHEEL "timer = 3\n", NULL,
	  "t.ini:3: [w]: workload timer_wheel has no parameter 'timer' (did you mean 'timers'?); `ktbench list timer_wheel` shows all" },
	{ WHEEL "cpu = 3\n", NULL,
	  "t.ini:3: [w]: workload timer_wheel has no parameter 'cpu' (did you mean 'cpus'?); `ktbench list timer_wheel` shows all" },
	{ "[n]\nworkload = null\ntimers = 3\n", NULL,
	  "t.ini:3: [n]: workload null has no parameter 'timers'; `ktbench list null` shows all" },
	{ WHEEL "timers = 0\n", NULL,
	  "t.ini:3: [w] timers: 0 is out of range, which is 1 to 100000" },
	{ WHEEL "timers = 1, 200k\n", NULL,
	  "t.ini:3: [w] timers: 200k is out of range, which is 1 to 100000" },
	{ WHEEL "duration = 25h\n", NULL,
	  "t.ini:3: [w] duration: 25h is out of range, which is 1ms to 24h" },
	{ WHEEL "memory = 2M\n", NULL,
	  "t.ini:3: [w] memory: 2M is out of range, which is 0 to 1M bytes" },
	{ WHEEL "duration = 10\n", NULL,
	  "t.ini:3: [w] duration: '10' is a time and needs a unit: ns, us, ms, s, min or h; the range is 1ms to 24h" },
	{ WHEEL "timers = ten\n", NULL,
	  "t.ini:3: [w] timers: 'ten' is not a number; the range is 1 to 100000" },
	{ WHEEL "timers =\n", NULL,
	  "t.ini:3: [w] timers: the value is missing" },
	{ WHEEL "timers = 1,,2\n", NULL,
	  "t.ini:3: [w] timers: a value is missing in the list" },
	{ WHEEL "timers = 1, 2, 1\n", NULL,
	  "t.ini:3: [w] timers: 1 is given twice" },
	{ WHEEL "timers = 9..1 x2\n", NULL,
	  "t.ini:3: [w] timers: the range 9..1 is empty" },
	{ WHEEL "timers = 1..9\n", NULL,
	  "t.ini:3: [w] timers: '' is neither xFACTOR nor +STEP; a range is FIRST..LAST xFACTOR or FIRST..LAST +STEP" },
	{ WHEEL "timers = 1..9 x1\n", NULL,
	  "t.ini:3: [w] timers: a range with 'x1' does not grow: begin above 0 with a factor of 2 or more, or add a step above 0" },
	{ WHEEL "timers = 1..100000 +1\n", NULL,
	  "t.ini:3: [w] timers: more than 1000 values for one key" },
	{ WHEEL "kind = pined\n", NULL,
	  "t.ini:3: [w] kind: 'pined' is not one of pinned, unpinned, deferrable (did you mean 'pinned'?)" },
	{ WHEEL "quiet = maybe\n", NULL,
	  "t.ini:3: [w] quiet: 'maybe' is not yes or no" },
	{ WHEEL "repetitions = 0\n", NULL,
	  "t.ini:3: [w] repetitions: 0 is out of range, which is 1 to 1000" },
	{ WHEEL "optional = perhaps\n", NULL,
	  "t.ini:3: [w] optional: 'perhaps' is not yes or no" },
	{ WHEEL "with = x\n", NULL,
	  "t.ini:3: [w] with: there is no other job 'x'" },
	{ WHEEL "with = w\n", NULL,
	  "t.ini:3: [w] with: there is no other job 'w'" },
	{ WHEEL "with = lod\n" LOAD, NULL,
	  "t.ini:3: [w] with: there is no other job 'lod' (did you mean 'load'?)" },
	{ WHEEL "with = load, load\n" LOAD, NULL,
	  "t.ini:3: [w] with: 'load' is given twice" },
	{ WHEEL "with = load\n" LOAD "duration = 1s\n", NULL,
	  "t.ini:6: [load] duration: the job is load beside another and lasts as long as that; leave duration out" },
	{ WHEEL "with = load\n" LOAD, "load.duration=1s",
	  "--set load.duration: [load] duration: the job is load beside another and lasts as long as that; leave duration out" },
	{ WHEEL "with = load\n" LOAD "gate = primary p50\n", NULL,
	  "t.ini:6: [load] gate: the job is load beside another and is not judged by itself; leave gate out" },
	{ WHEEL "with = load\n" LOAD "timers = 1, 2\n", NULL,
	  "t.ini:6: [load] timers: the job is load beside another, which takes one value; make a job of each" },
	{ WHEEL "with = load\n" LOAD "arm_on = every\n", NULL,
	  "t.ini:6: [load] arm_on: the job is load beside another, which takes one value" },
	{ WHEEL "with = load\n" LOAD "with = w\n", NULL,
	  "t.ini:3: [w] with: the job is load itself; name both jobs in the one that they are load for" },
	{ WHEEL "timers = 1\ntimers = 2\n", NULL,
	  "t.ini:4: 'timers' was already set at t.ini:3; each key stands once in a section" },
	{ WHEEL "[w]\nworkload = null\n", NULL,
	  "t.ini:3: section [w] was already begun at t.ini:1; a job has one section" },
	{ WHEEL "timers = 1\n slack = 2ms\n", NULL,
	  "t.ini:4: a line that begins with a space continues the one above; begin keys in the first column" },
	{ WHEEL LONG_KEY " = 1\n", NULL,
	  "t.ini:3: a key has at most 49 bytes" },
	{ "[global]\ntimers = 1\n[n]\nworkload = null\n", NULL,
	  "t.ini:2: [global]: no job of this file has a workload with a parameter 'timers'" },
	{ "[global]\nduraton = 1s\n[n]\nworkload = null\n", NULL,
	  "t.ini:2: [global]: no job of this file has a workload with a parameter 'duraton' (did you mean 'duration'?)" },
	{ "[global]\nduration = 1\n[n]\nworkload = null\n", NULL,
	  "t.ini:2: [global] duration: '1' is a time and needs a unit: ns, us, ms, s, min or h; the range is 1ms to 24h" },
	{ WHEEL, "timers=3",
	  "--set 'timers=3' is not of the form JOB.KEY=VALUE" },
	{ WHEEL, "w.timers",
	  "--set 'w.timers' is not of the form JOB.KEY=VALUE" },
	{ WHEEL, "v.timers=3",
	  "--set v.timers: there is no job [v]; `*.timers` means every job that has it" },
	{ WHEEL, "*.tinners=3",
	  "--set *.tinners: no job has a workload with a parameter 'tinners'" },
	{ WHEEL, "w.timers=0",
	  "--set w.timers: [w] timers: 0 is out of range, which is 1 to 100000" },
	{ WHEEL, "w.tmers=1",
	  "--set w.tmers: [w]: workload timer_wheel has no parameter 'tmers' (did you mean 'timers'?); `ktbench list timer_wheel` shows all" },
};

static void names_each_mistake(void **state)
{
	struct ktb_error err;
	struct ktb_jobs jobs;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(mistakes); i++) {
		assert_int_equal(check(mistakes[i].text, mistakes[i].set, &jobs,
				       &err),
				 KTB_EXIT_USAGE);
		assert_string_equal(err.text, mistakes[i].message);
		ktb_job_free(&jobs);
	}
}

static void refuses_long_lines(void **state)
{
	char text[400] = WHEEL "timers = ";
	struct ktb_error err;
	struct ktb_jobs jobs;

	memset(text + strlen(text), '1', 250);
	assert_int_equal(check(text, NULL, &jobs, &err), KTB_EXIT_USAGE);
	assert_string_equal(
		err.text,
		"t.ini:3: the line has more than 197 bytes; a list may go on in the next line, which then begins with a space");
	ktb_job_free(&jobs);
}

static const struct ktb_values *values(const struct ktb_job *job,
				       const char *name)
{
	size_t i;

	for (i = 0; i < job->nr_params; i++)
		if (!strcmp(job->workload->params[job->params[i].index].name,
			    name))
			return &job->params[i].values;
	return NULL;
}

static void assert_values(const struct ktb_job *job, const char *name,
			  const int64_t *expected, size_t nr)
{
	const struct ktb_values *got = values(job, name);
	size_t i;

	assert_non_null(got);
	assert_int_equal(got->nr, nr);
	for (i = 0; i < nr; i++)
		assert_true(got->value[i] == expected[i]);
}

#define ASSERT_VALUES(job, name, ...)                              \
	assert_values(job, name, (const int64_t[]){ __VA_ARGS__ }, \
		      sizeof((const int64_t[]){ __VA_ARGS__ }) / 8)

static void reads_everything(void **state)
{
	static const char text[] = "# a comment\n"
				   "; another\n"
				   "[global]\n"
				   "duration = 2s\n"
				   "timers = 7\n"
				   "cpus = all\n"
				   "\n"
				   "[null]\n"
				   "workload = null\n"
				   "cpus = 0-3,8 ; where\n"
				   "repetitions = 5\n"
				   "[wheel]\n"
				   "workload = timer_wheel\n"
				   "timers = 1, 10,\n"
				   "  100, 1k\n"
				   "slack = 0..8ms +4ms, 1s, -1\n"
				   "kind = unpinned, pinned\n"
				   "quiet = yes, off\n"
				   "arm_on = sibling\n"
				   "disturb_cpus = 1\n";
	struct ktb_error err = { 0 };
	struct ktb_jobs jobs;

	assert_int_equal(check(text, NULL, &jobs, &err), 0);
	assert_int_equal(jobs.nr_jobs, 2);
	assert_string_equal(jobs.jobs[0].name, "null");
	assert_string_equal(jobs.jobs[0].where, "t.ini:8");
	assert_string_equal(jobs.jobs[0].cpus.text, "0-3,8");
	assert_string_equal(jobs.jobs[0].arm_on.text, "same");
	assert_int_equal(jobs.jobs[0].repetitions, 5);
	assert_int_equal(jobs.jobs[0].nr_params, 1);
	ASSERT_VALUES(&jobs.jobs[0], "duration", 2000000000);
	assert_string_equal(jobs.jobs[1].cpus.text, "all");
	assert_string_equal(jobs.jobs[1].arm_on.text, "sibling");
	assert_string_equal(jobs.jobs[1].disturb_cpus.text, "1");
	assert_int_equal(jobs.jobs[1].repetitions, 1);
	ASSERT_VALUES(&jobs.jobs[1], "timers", 1, 10, 100, 1000);
	ASSERT_VALUES(&jobs.jobs[1], "slack", 0, 4000000, 8000000, 1000000000,
		      -1);
	ASSERT_VALUES(&jobs.jobs[1], "kind", 1, 0);
	ASSERT_VALUES(&jobs.jobs[1], "quiet", 1, 0);
	ktb_job_free(&jobs);
}

/* Comments, line ends, names: what is no mistake. */
static void reads_texts(void **state)
{
	static const struct {
		const char *text;
		const char *name;
	} texts[] = {
		{ "[w] ; a comment\nworkload = null\n", "w" },
		{ "[w]\t# another\nworkload = null ; more\n", "w" },
		{ "[w];close\nworkload = null\n", "w" },
		{ "[w]  \nworkload = null", "w" },
		{ "[w]\r\nworkload = null\r\n\r\n", "w" },
		{ "[a b]\nworkload: null\n", "a b" },
		{ "[gr\xc3\xb6\xc3\x9f"
		  "e \xf0\x9f\x95\x91]\nworkload = null\n",
		  "gr\xc3\xb6\xc3\x9f"
		  "e \xf0\x9f\x95\x91" },
		{ "# a\ttab, na\xc3\xafve\n[w]\nworkload = null\n", "w" },
	};
	struct ktb_error err = { 0 };
	struct ktb_jobs jobs;
	size_t i;

	for (i = 0; i < ARRAY_SIZE(texts); i++) {
		assert_int_equal(check(texts[i].text, NULL, &jobs, &err), 0);
		assert_int_equal(jobs.nr_jobs, 1);
		assert_string_equal(jobs.jobs[0].name, texts[i].name);
		assert_string_equal(jobs.jobs[0].workload->name, "null");
		ktb_job_free(&jobs);
	}
	assert_int_equal(check(WHEEL "with = a load , other\n"
				     "[a load]\nworkload = timer_wheel\n"
				     "[other]\nworkload = timer_wheel\n",
			       NULL, &jobs, &err),
			 0);
	assert_int_equal(jobs.jobs[0].nr_loads, 2);
	assert_string_equal(jobs.jobs[jobs.jobs[0].loads[0]].name, "a load");
	ktb_job_free(&jobs);
}

static void expands_ranges(void **state)
{
	struct ktb_error err = { 0 };
	struct ktb_jobs jobs;

	assert_int_equal(
		check(WHEEL "timers = 1..100000 x10\n", NULL, &jobs, &err), 0);
	ASSERT_VALUES(&jobs.jobs[0], "timers", 1, 10, 100, 1000, 10000, 100000);
	ktb_job_free(&jobs);
	assert_int_equal(
		check(WHEEL "timers = 5, 1..9 x2\n", NULL, &jobs, &err), 0);
	ASSERT_VALUES(&jobs.jobs[0], "timers", 5, 1, 2, 4, 8);
	ktb_job_free(&jobs);
}

static void overrides(void **state)
{
	static const char text[] = "[a]\nworkload = timer_wheel\ntimers = 1\n"
				   "[b.c]\nworkload = null\n";
	struct ktb_error err = { 0 };
	struct ktb_jobs jobs;

	assert_int_equal(check(text, "a.timers=2,3", &jobs, &err), 0);
	ASSERT_VALUES(&jobs.jobs[0], "timers", 2, 3);
	ktb_job_free(&jobs);
	/* The last dot parts job and key, and null has no timers to set. */
	assert_int_equal(check(text, "*.timers=9", &jobs, &err), 0);
	ASSERT_VALUES(&jobs.jobs[0], "timers", 9);
	assert_null(values(&jobs.jobs[1], "timers"));
	ktb_job_free(&jobs);
	assert_int_equal(check(text, "b.c.duration=3s", &jobs, &err), 0);
	ASSERT_VALUES(&jobs.jobs[1], "duration", 3000000000);
	ktb_job_free(&jobs);
	/* What a load cannot have is for the others. */
	assert_int_equal(check(WHEEL "with = load\n" LOAD, "*.duration=3s",
			       &jobs, &err),
			 0);
	ASSERT_VALUES(&jobs.jobs[0], "duration", 3000000000);
	ktb_job_free(&jobs);
	assert_int_equal(check(text, "*.cpus=all", &jobs, &err), 0);
	assert_string_equal(jobs.jobs[0].cpus.text, "all");
	assert_string_equal(jobs.jobs[1].cpus.text, "all");
	ktb_job_free(&jobs);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(names_each_mistake),
		cmocka_unit_test(refuses_long_lines),
		cmocka_unit_test(reads_everything),
		cmocka_unit_test(reads_texts),
		cmocka_unit_test(expands_ranges),
		cmocka_unit_test(overrides),
	};

	return cmocka_run_group_tests_name("job", tests, NULL, NULL);
}
