// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The plan: jobs expanded to cells and runs. It may not know the device.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "expand.h"
#include "ktb_random.h"
#include "plan.h"

const struct ktb_job *ktb_plan_job(const struct ktb_plan *plan,
				   const struct ktb_cell *cell)
{
	return &plan->jobs->jobs[cell->job];
}

bool ktb_plan_needs_module(const struct ktb_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->jobs->nr_jobs; i++)
		if (!plan->jobs->jobs[i].workload->is_user)
			return true;
	return false;
}

const struct ktb_placement *ktb_plan_placement(const struct ktb_plan *plan,
					       const struct ktb_cell *cell)
{
	return &plan->variants[cell->variant].placement;
}

const char *ktb_plan_arm_on(const struct ktb_plan *plan,
			    const struct ktb_cell *cell)
{
	const struct ktb_job *job = ktb_plan_job(plan, cell);

	if (!strchr(job->arm_on.text, ',') && strcmp(job->arm_on.text, "every"))
		return NULL;
	return plan->variants[cell->variant].arm_on;
}

void ktb_plan_used(const struct ktb_plan *plan, const struct ktb_cell *cell,
		   hwloc_bitmap_t used)
{
	size_t i;

	ktb_placement_used(ktb_plan_placement(plan, cell), used);
	for (i = 0; i < cell->nr_loads; i++)
		ktb_placement_used(
			ktb_plan_placement(plan, &plan->cells[cell->loads[i]]),
			used);
}

size_t ktb_plan_nr_lines(const struct ktb_plan *plan)
{
	size_t i, nr = plan->nr_runs;

	for (i = 0; i < plan->nr_runs; i++)
		nr += plan->cells[plan->runs[i].cell].nr_loads;
	return nr;
}

void ktb_plan_note_left_out(struct ktb_plan *plan, const char *sentence)
{
	plan->left_out = ktb_alloc_more(plan->left_out, plan->nr_left_out,
					sizeof(*plan->left_out));
	plan->left_out[plan->nr_left_out++] = ktb_alloc_text("%s", sentence);
}

void ktb_plan_drop(struct ktb_plan *plan, const struct ktb_cell *cell)
{
	size_t i, kept = 0;

	for (i = 0; i < plan->nr_runs; i++)
		if (plan->runs[i].cell != cell->index)
			plan->runs[kept++] = plan->runs[i];
	plan->nr_runs = kept;
}

void ktb_plan_leave_out(struct ktb_plan *plan, const struct ktb_cell *cell,
			const char *sentence)
{
	ktb_plan_drop(plan, cell);
	ktb_plan_note_left_out(plan, sentence);
}

int ktb_plan_make(struct ktb_plan *plan, const struct ktb_jobs *jobs,
		  const struct ktb_topology *topology, uint64_t seed,
		  struct ktb_error *err)
{
	int ret;

	*plan = (struct ktb_plan){ .jobs = jobs, .seed = seed };
	ret = ktb_expand(plan, topology, err);
	if (!ret && !plan->nr_runs)
		ret = ktb_message_set(err, KTB_EXIT_SKIPPED,
				      "nothing can be measured here: %s",
				      plan->left_out[0]);
	return ret;
}

void ktb_plan_free(struct ktb_plan *plan)
{
	size_t i;

	for (i = 0; i < plan->nr_variants; i++) {
		ktb_placement_free(&plan->variants[i].placement);
		free(plan->variants[i].arm_on);
	}
	for (i = 0; i < plan->nr_cells; i++) {
		free(plan->cells[i].values);
		free(plan->cells[i].loads);
	}
	for (i = 0; i < plan->nr_left_out; i++)
		free(plan->left_out[i]);
	free(plan->left_out);
	free(plan->variants);
	free(plan->cells);
	free(plan->runs);
	memset(plan, 0, sizeof(*plan));
}

static bool job_sets(const struct ktb_job *job, size_t param)
{
	size_t i;

	for (i = 0; i < job->nr_params; i++)
		if (job->params[i].index == param)
			return true;
	return false;
}

void ktb_plan_values(const struct ktb_plan *plan, const struct ktb_run *run,
		     int64_t *values)
{
	const struct ktb_cell *cell = &plan->cells[run->cell];
	const struct ktb_job *job = ktb_plan_job(plan, cell);
	const struct ktb_param *param;
	uint64_t span, random;
	size_t index;
	__u64 state;

	memcpy(values, cell->values,
	       job->workload->nr_params * sizeof(*values));
	param = ktb_catalog_param(job->workload, "duration");
	if (param && cell->beside != KTB_PLAN_NONE)
		values[param - job->workload->params] = param->max;
	param = ktb_catalog_param(job->workload, "seed");
	if (!param)
		return;
	index = (size_t)(param - job->workload->params);
	if (job_sets(job, index))
		return;
	state = plan->seed;
	state = ktb_random(&state) + cell->index;
	state = ktb_random(&state) + (uint64_t)run->repetition;
	random = ktb_random(&state);
	span = (uint64_t)param->max - (uint64_t)param->min + 1;
	values[index] = (int64_t)((uint64_t)param->min +
				  (span ? random % span : random));
}

/* A time that every workload has, or 0. */
static int64_t common_time(const struct ktb_workload *workload,
			   const int64_t *values, const char *name)
{
	const struct ktb_param *param = ktb_catalog_param(workload, name);

	return param && param->unit == KTB_UNIT_KIND_NS ?
		       values[param - workload->params] :
		       0;
}

int64_t ktb_plan_nominal(const struct ktb_plan *plan, const struct ktb_run *run)
{
	const struct ktb_cell *cell = &plan->cells[run->cell];
	const struct ktb_workload *workload =
		ktb_plan_job(plan, cell)->workload;
	const struct ktb_cell *load;
	int64_t before_ns = 0, warmup_ns;
	size_t i;

	for (i = 0; i < cell->nr_loads; i++) {
		load = &plan->cells[cell->loads[i]];
		warmup_ns = common_time(ktb_plan_job(plan, load)->workload,
					load->values, "warmup");
		if (warmup_ns > before_ns)
			before_ns = warmup_ns;
	}
	return before_ns + common_time(workload, cell->values, "warmup") +
	       common_time(workload, cell->values, "duration");
}

int64_t ktb_plan_estimate(const struct ktb_plan *plan, size_t first,
			  int64_t overhead_ns)
{
	int64_t total_ns = 0;
	size_t i;

	for (i = first; i < plan->nr_runs; i++)
		if (__builtin_add_overflow(total_ns,
					   ktb_plan_nominal(plan,
							    &plan->runs[i]) +
						   overhead_ns,
					   &total_ns))
			return INT64_MAX;
	return total_ns;
}

const char *ktb_plan_describe(const struct ktb_plan *plan,
			      const struct ktb_cell *cell, bool is_swept,
			      char *text, size_t size)
{
	const struct ktb_job *job = ktb_plan_job(plan, cell);
	const char *arm_on = ktb_plan_arm_on(plan, cell);
	const struct ktb_param *param;
	char value[KTB_UNITS_LEN];
	size_t i, len = 0;

	text[0] = '\0';
	if (arm_on)
		len = (size_t)snprintf(text, size, "arm_on=%s", arm_on);
	for (i = 0; i < job->nr_params && len < size; i++) {
		if (is_swept && job->params[i].values.nr < 2)
			continue;
		param = &job->workload->params[job->params[i].index];
		/* A load lasts as long as what it is load for. */
		if (job->is_load && !strcmp(param->name, "duration"))
			continue;
		len += (size_t)snprintf(
			text + len, size - len, "%s%s=%s", len ? " " : "",
			param->name,
			ktb_catalog_format_value(
				param, cell->values[job->params[i].index],
				value));
	}
	return text;
}

static void print_placement(const struct ktb_job *job,
			    const struct ktb_placement *placement, FILE *stream)
{
	size_t i;

	fprintf(stream, "  cpus: %s:", job->cpus.text);
	for (i = 0; i < placement->nr_places; i++) {
		fprintf(stream, " %u", placement->places[i].cpu);
		if (placement->places[i].arm_cpu != placement->places[i].cpu)
			fprintf(stream, " (armed on %u)",
				placement->places[i].arm_cpu);
	}
	for (i = 0; i < placement->nr_disturb; i++)
		fprintf(stream, "%s%u",
			i ? " " : "; disturbed: ", placement->disturb[i]);
	fputc('\n', stream);
}

/* What a cell's job and its place are, where they are not those before. */
static void print_head(const struct ktb_plan *plan,
		       const struct ktb_cell *before,
		       const struct ktb_cell *cell, FILE *stream)
{
	const struct ktb_job *job = ktb_plan_job(plan, cell);

	if (!before || before->job != cell->job)
		fprintf(stream, "%s[%s] %s\n", before ? "\n" : "", job->name,
			job->workload->name);
	if (!before || before->variant != cell->variant)
		print_placement(job, ktb_plan_placement(plan, cell), stream);
}

static void print_cell(const struct ktb_plan *plan, const struct ktb_cell *cell,
		       FILE *stream)
{
	const struct ktb_run run = { .cell = cell->index };
	char time[KTB_UNITS_LEN];
	size_t i;

	if (cell->beside != KTB_PLAN_NONE) {
		fprintf(stream, "  cell %zu: beside cell %zu", cell->index,
			cell->beside);
		return;
	}
	fprintf(stream, "  cell %zu: %" PRId64 " x %s", cell->index,
		ktb_plan_job(plan, cell)->repetitions,
		ktb_units_format(ktb_plan_nominal(plan, &run), KTB_UNIT_KIND_NS,
				 time));
	for (i = 0; i < cell->nr_loads; i++)
		fprintf(stream, "%s[%s]", i ? ", " : " with ",
			ktb_plan_job(plan, &plan->cells[cell->loads[i]])->name);
}

void ktb_plan_print(const struct ktb_plan *plan, FILE *stream)
{
	const struct ktb_cell *cell, *before = NULL;
	char text[1024];
	size_t i;

	for (i = 0; i < plan->nr_cells; i++, before = cell) {
		cell = &plan->cells[i];
		print_head(plan, before, cell, stream);
		print_cell(plan, cell, stream);
		ktb_plan_describe(plan, cell, false, text, sizeof(text));
		fprintf(stream, "%s%s\n", *text ? ": " : "", text);
	}
	for (i = 0; i < plan->nr_left_out; i++)
		fprintf(stream, "\nleft out: %s\n", plan->left_out[i]);
	fprintf(stream, "\n%zu cells, %zu repetitions, about %s\n",
		plan->nr_cells, plan->nr_runs,
		ktb_units_about(ktb_plan_estimate(plan, 0,
						  KTB_PLAN_OVERHEAD_NS),
				text));
}
