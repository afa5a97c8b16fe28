// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The plan of an invented run, like the quick suite's: jobs, what they sweep,
 * the job file that would say so.
 */
#include <inttypes.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "fake_plan.h"

static const struct fake_job fake_jobs[] = {
	{ "harness",
	  "null",
	  "What does the harness itself cost?",
	  NULL,
	  1,
	  { 0 },
	  { NULL } },
	{ "wheel-scaling",
	  "timer_wheel",
	  "Does the lateness of wheel timers grow with their number?\n"
	  "# Pinned and periodic, from one to ten thousand a CPU.",
	  "timers",
	  5,
	  { 1, 10, 100, 1000, 10000 },
	  { NULL } },
	{ "wheel-levels",
	  "timer_wheel",
	  "How late is a timer of each wheel level by design, and how late "
	  "beyond that?",
	  "delay",
	  3,
	  { 20000000, 400000000, 3000000000 },
	  { NULL } },
	{ "wheel-slack",
	  "timer_wheel",
	  "How many wake-ups does slack save, and what lateness does it cost?",
	  "slack",
	  4,
	  { 0, 8000000, 32000000, 128000000 },
	  { NULL } },
	{ "wheel-kinds",
	  "timer_wheel",
	  NULL,
	  "kind",
	  4,
	  { 0 },
	  { "pinned", "unpinned", "deferrable", "irqsafe" } },
	{ "hrtimer-scaling",
	  "hrtimer",
	  "Does the lateness of hrtimers grow with their number?",
	  "timers",
	  5,
	  { 1, 10, 100, 1000, 10000 },
	  { NULL } },
	{ "hrtimer-slack",
	  "hrtimer",
	  "How much of its slack does a range hrtimer use?",
	  "slack",
	  4,
	  { 0, 50000, 1000000, 10000000 },
	  { NULL } },
};

#define FAKE_JOBS (sizeof(fake_jobs) / sizeof(fake_jobs[0]))

/* What comes after the plan above when more cells are wanted. */
static const struct fake_job fake_rest = {
	"many", "timer_wheel", "Does a long table stay readable?", "timers", 1,
	{ 0 },	{ NULL }
};

uint64_t fake_random(uint64_t *state)
{
	uint64_t z = *state += 0x9e3779b97f4a7c15;

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

void fake_point(struct fake_point *point, unsigned int cell)
{
	size_t i;

	*point = (struct fake_point){ .cell = cell,
				      .timers = 100,
				      .delay_ns = 20000000,
				      .kind = "pinned" };
	for (i = 0; i < FAKE_JOBS && cell >= fake_jobs[i].nr; i++)
		cell -= fake_jobs[i].nr;
	point->job = i < FAKE_JOBS ? &fake_jobs[i] : &fake_rest;
	if (point->job == &fake_rest)
		point->timers = cell + 1;
	else if (!point->job->swept)
		return;
	else if (!strcmp(point->job->swept, "timers"))
		point->timers = point->job->value[cell];
	else if (!strcmp(point->job->swept, "slack"))
		point->slack_ns = point->job->value[cell];
	else if (!strcmp(point->job->swept, "delay"))
		point->delay_ns = point->job->value[cell];
	else
		point->kind = point->job->choice[cell];
}

json_t *fake_params(const struct fake_options *opt,
		    const struct fake_point *point)
{
	json_t *params = json_pack("{s:I,s:I,s:I}", "duration",
				   (json_int_t)2000000000, "warmup",
				   (json_int_t)100000000, "seed",
				   (json_int_t)(opt->seed & INT64_MAX));
	json_t *own;

	if (!strcmp(point->job->workload, "null"))
		own = json_pack("{s:I,s:I}", "batch", (json_int_t)100, "period",
				(json_int_t)1000000);
	else if (!strcmp(point->job->workload, "hrtimer"))
		own = json_pack("{s:I,s:I,s:I,s:i}", "timers",
				(json_int_t)point->timers, "period",
				(json_int_t)1000000, "slack",
				(json_int_t)point->slack_ns, "pinned", 1);
	else
		own = json_pack("{s:I,s:s,s:s,s:I,s:I,s:I,s:I}", "timers",
				(json_int_t)point->timers, "kind", point->kind,
				"shape", "periodic", "delay",
				(json_int_t)point->delay_ns, "spread",
				(json_int_t)0, "slack",
				(json_int_t)point->slack_ns, "background",
				(json_int_t)0);
	json_object_update(params, own);
	json_decref(own);
	return params;
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
