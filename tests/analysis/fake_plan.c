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
	{ .name = "harness", .workload = "null",
	  .question = "What does the harness itself cost?" },
	{ .name = "wheel-scaling", .workload = "timer_wheel",
	  .question = "Does the lateness of wheel timers grow with their "
		      "number?\n"
		      "# Pinned and periodic, from one to ten thousand a CPU.",
	  .swept = "timers", .nr = 5, .value = { 1, 10, 100, 1000, 10000 } },
	{ .name = "wheel-levels", .workload = "timer_wheel",
	  .question = "How late is a timer of each wheel level by design, and "
		      "how late beyond that?",
	  .swept = "delay", .nr = 3,
	  .value = { 20000000, 400000000, 3000000000 } },
	{ .name = "wheel-slack", .workload = "timer_wheel",
	  .question = "How many wake-ups does slack save, and what lateness "
		      "does it cost?",
	  .swept = "slack", .nr = 4,
	  .value = { 0, 8000000, 32000000, 128000000 } },
	{ .name = "wheel-kinds", .workload = "timer_wheel",
	  .by = "kind",
	  .choice = { "pinned", "unpinned", "deferrable", "irqsafe" } },
	{ .name = "hrtimer-scaling", .workload = "hrtimer",
	  .question = "Does the lateness of hrtimers grow with their number?",
	  .swept = "timers", .nr = 5, .value = { 1, 10, 100, 1000, 10000 } },
	{ .name = "hrtimer-slack", .workload = "hrtimer",
	  .question = "How much of its slack does a range hrtimer use?",
	  .swept = "slack", .nr = 4, .value = { 0, 50000, 1000000, 10000000 } },
	{ .name = "create-population", .workload = "kthread_create",
	  .question = "What does the making of a thread cost beside others that "
		      "sleep?",
	  .swept = "population", .nr = 3, .value = { 0, 1000, 10000 } },
	{ .name = "create-rate", .workload = "kthread_create",
	  .question = "How many threads can be made in a second?",
	  .swept = "creators", .nr = 4, .value = { 1, 2, 4, 8 },
	  .by = "api", .choice = { "run", "create_on_cpu" } },
	{ .name = "park", .workload = "kthread_park",
	  .question = "How long does a thread take to park and to go on?",
	  .swept = "threads", .nr = 3, .value = { 1, 10, 100 } },
	{ .name = "user", .workload = "user_thread",
	  .question = "And threads of a program?",
	  .swept = "threads", .nr = 2, .value = { 1, 10 } },
	{ .name = "sleep-long", .workload = "sleep",
	  .question = "How much longer than asked does code sleep?",
	  .swept = "time", .nr = 4,
	  .value = { 1000000, 20000000, 100000000, 1000000000 },
	  .by = "api", .choice = { "msleep", "schedule_hrtimeout" } },
	{ .name = "wake-pairs", .workload = "kthread_wake",
	  .question = "Does it matter from which CPU a thread is woken?",
	  .by = "source", .choice = { "thread", "hrtimer" }, .rotations = 4 },
	{ .name = "loaded", .workload = "hrtimer",
	  .question = "Are hrtimers late while wheel timers expire?",
	  .swept = "timers", .nr = 2, .value = { 10, 100 }, .load = "load" },
	{ .name = "load", .workload = "timer_wheel",
	  .question = "And the wheel timers?", .is_load = true },
	{ .name = "calls", .workload = "api_cost",
	  .question = "What does each call cost?",
	  .swept = "pending", .nr = 5, .value = { 0, 100, 1000, 10000, 100000 },
	  .by = "base", .choice = { "own", "first" } },
};

/* As bench/compare.ini has them. */
static const struct fake_job fake_compare_jobs[] = {
	{ .name = "null", .workload = "null" },
	{ .name = "hrtimer", .workload = "hrtimer",
	  .swept = "timers", .nr = 1, .value = { 10 } },
	{ .name = "wheel", .workload = "timer_wheel",
	  .swept = "timers", .nr = 1, .value = { 100 } },
	{ .name = "wake", .workload = "kthread_wake",
	  .by = "source", .choice = { "hrtimer" } },
	{ .name = "calls", .workload = "api_cost" },
};

static const struct fake_gate {
	const char *job;
	const char *metric;
	const char *quantile;
	int delta_ppm;
} fake_gates_made[] = {
	{ "wheel-scaling", "lateness", "p50", 0 },
	{ "hrtimer-scaling", "lateness", "p99", 50000 },
}, fake_compare_gates[] = {
	{ "hrtimer", "lateness", "p50", 0 },
	{ "hrtimer", "lateness", "p99", 0 },
	{ "wheel", "delivery", "p50", 0 },
	{ "wheel", "delivery", "p99", 0 },
	{ "wake", "latency", "p50", 0 },
	{ "calls", "mod_timer", "p50", 0 },
	{ "calls", "timer_delete", "p50", 0 },
	{ "calls", "hrtimer_start", "p50", 0 },
	{ "calls", "hrtimer_cancel", "p50", 0 },
};
/* clang-format on */

#define NR(array) (sizeof(array) / sizeof((array)[0]))

/* What comes after the plan above when more cells are wanted. */
static const struct fake_job fake_rest = {
	.name = "many",
	.workload = "timer_wheel",
	.question = "Does a long table stay readable?",
	.swept = "timers",
	.nr = 1,
};

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

	while (nr < FAKE_VALUES && job->choice[nr])
		nr++;
	return nr ? nr : 1;
}

static unsigned int fake_nr_rotations(const struct fake_job *job)
{
	return job->rotations ? job->rotations : 1;
}

/* Cells of a job, and of the one that is load for it. */
static unsigned int fake_nr_cells(const struct fake_job *job)
{
	if (job->is_load)
		return 0;
	return (job->nr ? job->nr : 1) * fake_nr_choices(job) *
	       fake_nr_rotations(job) * (job->load ? 2 : 1);
}

static const struct fake_job *fake_plan(const struct fake_options *opt,
					size_t *nr)
{
	*nr = opt->is_compare ? NR(fake_compare_jobs) : NR(fake_jobs);
	return opt->is_compare ? fake_compare_jobs : fake_jobs;
}

unsigned int fake_cells(const struct fake_options *opt)
{
	const struct fake_job *jobs;
	unsigned int nr = 0;
	size_t nr_jobs, i;

	jobs = fake_plan(opt, &nr_jobs);
	for (i = 0; i < nr_jobs; i++)
		nr += fake_nr_cells(&jobs[i]);
	return nr;
}

void fake_point(struct fake_point *point, const struct fake_options *opt,
		unsigned int cell)
{
	const struct fake_job *jobs, *job;
	size_t nr, i;

	*point = (struct fake_point){ .cell = cell };
	jobs = fake_plan(opt, &nr);
	for (i = 0; i < nr && cell >= fake_nr_cells(&jobs[i]); i++)
		cell -= fake_nr_cells(&jobs[i]);
	job = i < nr ? &jobs[i] : &fake_rest;
	/* A cell of the load follows each that it is load for. */
	if (job->load) {
		job += cell % 2;
		cell = job->is_load ? 0 : cell / 2;
	}
	point->job = job;
	point->workload = fake_workload(job->workload);
	point->rotation = cell % fake_nr_rotations(job);
	cell /= job == &fake_rest ? 1 : fake_nr_rotations(job);
	point->choice = job->choice[cell % fake_nr_choices(job)];
	point->value = job == &fake_rest ?
			       cell + 1 :
			       job->value[cell / fake_nr_choices(job)];
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
	if (point->job->rotations)
		json_object_set_new(params, "arm_on",
				    json_sprintf("every %u", point->rotation));
	return params;
}

json_t *fake_swept(const struct fake_job *job)
{
	json_t *swept = json_array();

	if (job->swept)
		json_array_append_new(swept, json_string(job->swept));
	if (job->by)
		json_array_append_new(swept, json_string(job->by));
	if (job->rotations)
		json_array_append_new(swept, json_string("arm_on"));
	return swept;
}

char *fake_job_text(const struct fake_options *opt)
{
	const struct fake_job *jobs, *job;
	char *text = NULL;
	size_t size, nr, i;
	FILE *to;

	to = open_memstream(&text, &size);
	fputs("# An invented suite.\n\n[global]\nduration = 2s\n", to);
	if (opt->with_odd)
		fputs("# </pre><script>alert('&')</script>\n", to);
	jobs = fake_plan(opt, &nr);
	for (i = 0; i < nr; i++) {
		job = &jobs[i];
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

json_t *fake_gates(const struct fake_options *opt)
{
	const struct fake_gate *gate = opt->is_compare ? fake_compare_gates :
							 fake_gates_made;
	size_t nr = opt->is_compare ? NR(fake_compare_gates) :
				      NR(fake_gates_made);
	json_t *gates = json_array();

	for (; nr--; gate++)
		json_array_append_new(
			gates, json_pack("{s:s,s:s,s:s,s:o}", "job", gate->job,
					 "metric", gate->metric, "quantile",
					 gate->quantile, "delta_ppm",
					 gate->delta_ppm ?
						 json_integer(gate->delta_ppm) :
						 json_null()));
	return gates;
}
