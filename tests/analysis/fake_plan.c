// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The plan of an invented run, like those of the suites: jobs, what they sweep,
 * the job file that would say so.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake_plan.h"

/* clang-format off */
static const struct fake_job fake_jobs[] = {
	{ "harness", "null",
	  "What does the harness itself cost?",
	  NULL, 1, { 0 }, NULL, { NULL } },
	{ "wheel-scaling", "timer_wheel",
	  "Does the lateness of wheel timers grow with their number?\n"
	  "# Pinned and periodic, from one to ten thousand a CPU.",
	  "timers", 5, { 1, 10, 100, 1000, 10000 }, NULL, { NULL } },
	{ "wheel-levels", "timer_wheel",
	  "How late is a timer of each wheel level by design, and how late "
	  "beyond that?",
	  "delay", 3, { 20000000, 400000000, 3000000000 }, NULL, { NULL } },
	{ "wheel-slack", "timer_wheel",
	  "How many wake-ups does slack save, and what lateness does it cost?",
	  "slack", 4, { 0, 8000000, 32000000, 128000000 }, NULL, { NULL } },
	{ "wheel-kinds", "timer_wheel",
	  NULL,
	  NULL, 1, { 0 },
	  "kind", { "pinned", "unpinned", "deferrable", "irqsafe", NULL } },
	{ "hrtimer-scaling", "hrtimer",
	  "Does the lateness of hrtimers grow with their number?",
	  "timers", 5, { 1, 10, 100, 1000, 10000 }, NULL, { NULL } },
	{ "hrtimer-slack", "hrtimer",
	  "How much of its slack does a range hrtimer use?",
	  "slack", 4, { 0, 50000, 1000000, 10000000 }, NULL, { NULL } },
	{ "create-population", "kthread_create",
	  "What does the making of a thread cost beside others that sleep?",
	  "population", 3, { 0, 1000, 10000 }, NULL, { NULL } },
	{ "create-rate", "kthread_create",
	  "How many threads can be made in a second?",
	  "creators", 4, { 1, 2, 4, 8 },
	  "api", { "run", "create_on_cpu", NULL } },
	{ "park", "kthread_park",
	  "How long does a thread take to park and to go on?",
	  "threads", 3, { 1, 10, 100 }, NULL, { NULL } },
	{ "user", "user_thread",
	  "And threads of a program?",
	  "threads", 2, { 1, 10 }, NULL, { NULL } },
	{ "sleep-long", "sleep",
	  "How much longer than asked does code sleep?",
	  "time", 4, { 1000000, 20000000, 100000000, 1000000000 },
	  "api", { "msleep", "schedule_hrtimeout", NULL } },
	{ "wake-source", "kthread_wake",
	  "Who wakes a thread sooner?",
	  NULL, 1, { 0 },
	  "source", { "thread", "timer", "hrtimer", NULL } },
	{ "calls", "api_cost",
	  "What does each call cost?",
	  "pending", 4, { 0, 100, 10000, 100000 },
	  "base", { "own", "first", NULL } },
};
/* clang-format on */

#define FAKE_JOBS (sizeof(fake_jobs) / sizeof(fake_jobs[0]))

/* What comes after the plan above when more cells are wanted. */
static const struct fake_job fake_rest = { "many",
					   "timer_wheel",
					   "Does a long table stay readable?",
					   "timers",
					   1,
					   { 0 },
					   NULL,
					   { NULL } };

uint64_t fake_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

static unsigned int fake_nr_choices(const struct fake_job *job)
{
	unsigned int nr = 0;

	while (job->choice[nr])
		nr++;
	return nr ? nr : 1;
}

static unsigned int fake_nr_cells(const struct fake_job *job)
{
	return job->nr * fake_nr_choices(job);
}

unsigned int fake_cells(void)
{
	unsigned int nr = 0;
	size_t i;

	for (i = 0; i < FAKE_JOBS; i++)
		nr += fake_nr_cells(&fake_jobs[i]);
	return nr;
}

void fake_point(struct fake_point *point, unsigned int cell)
{
	size_t i;

	*point = (struct fake_point){ .cell = cell };
	for (i = 0; i < FAKE_JOBS && cell >= fake_nr_cells(&fake_jobs[i]); i++)
		cell -= fake_nr_cells(&fake_jobs[i]);
	point->job = i < FAKE_JOBS ? &fake_jobs[i] : &fake_rest;
	point->workload = fake_workload(point->job->workload);
	point->choice = point->job->choice[cell % fake_nr_choices(point->job)];
	point->value =
		point->job == &fake_rest ?
			cell + 1 :
			point->job->value[cell / fake_nr_choices(point->job)];
}

static const struct fake_param *fake_find(const struct fake_point *point,
					  const char *name)
{
	const struct fake_param *param = point->workload->params;

	while (param->name && strcmp(param->name, name))
		param++;
	return param->name ? param : NULL;
}

int64_t fake_number(const struct fake_point *point, const char *name)
{
	const struct fake_param *param = fake_find(point, name);

	if (point->job->swept && !strcmp(point->job->swept, name))
		return point->value;
	return param ? param->def : 0;
}

/* A choice in force, which lies within the table's list of choices. */
static const char *fake_choice(const struct fake_point *point,
			       const struct fake_param *param, size_t *length)
{
	const char *choice = param->choices;

	if (point->job->by && !strcmp(point->job->by, param->name))
		choice = point->choice;
	*length = strcspn(choice, ",");
	return choice;
}

bool fake_is(const struct fake_point *point, const char *name,
	     const char *choice)
{
	const struct fake_param *param = fake_find(point, name);
	const char *is;
	size_t length;

	if (!param || !param->choices)
		return false;
	is = fake_choice(point, param, &length);
	return length == strlen(choice) && !strncmp(is, choice, length);
}

json_t *fake_params(const struct fake_options *opt,
		    const struct fake_point *point)
{
	const struct fake_param *param;
	json_t *params = json_object();
	const char *choice;
	size_t length;

	for (param = fake_common_params; param->name; param++)
		json_object_set_new(params, param->name,
				    json_integer(param->def));
	json_object_set_new(params, "seed",
			    json_integer((json_int_t)(opt->seed & INT64_MAX)));
	for (param = point->workload->params; param->name; param++) {
		if (param->choices) {
			choice = fake_choice(point, param, &length);
			json_object_set_new(params, param->name,
					    json_stringn(choice, length));
			continue;
		}
		json_object_set_new(
			params, param->name,
			json_integer(fake_number(point, param->name)));
	}
	return params;
}

json_t *fake_swept(const struct fake_job *job)
{
	json_t *swept = json_array();

	if (job->swept)
		json_array_append_new(swept, json_string(job->swept));
	if (job->by)
		json_array_append_new(swept, json_string(job->by));
	return swept;
}

char *fake_job_text(const struct fake_options *opt)
{
	const struct fake_job *job;
	char *text = NULL;
	size_t size, i;
	FILE *to;

	to = open_memstream(&text, &size);
	fputs("# An invented suite.\n\n[global]\nduration = 2s\n", to);
	if (opt->with_odd)
		fputs("# </pre><script>alert('&')</script>\n", to);
	for (i = 0; i < FAKE_JOBS; i++) {
		job = &fake_jobs[i];
		fputc('\n', to);
		if (job->question)
			fprintf(to, "# %s\n", job->question);
		fprintf(to, "[%s]\nworkload = %s\n", job->name, job->workload);
	}
	fprintf(to, "\n# %s\n[%s]\nworkload = %s\n", fake_rest.question,
		fake_rest.name, fake_rest.workload);
	fclose(to);
	return text;
}
