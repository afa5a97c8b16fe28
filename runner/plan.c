// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The plan: jobs expanded to cells and runs. It may not know the device.
 */
#include <inttypes.h>
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "plan.h"

const struct ktb_job *ktb_plan_job(const struct ktb_plan *plan,
				   const struct ktb_cell *cell)
{
	return &plan->jobs->jobs[cell->job];
}

static int place_job(struct ktb_plan *plan, size_t index,
		     const struct ktb_topology *topology, struct ktb_error *err)
{
	const struct ktb_job *job = &plan->jobs->jobs[index];
	const char *where = job->cpus.where;
	int ret;

	if (strcmp(job->arm_on.text, "same") && !job->workload->arm_elsewhere)
		return ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: [%s] arm_on: workload %s arms where it measures; leave arm_on out",
			job->arm_on.where, job->name, job->workload->name);
	ret = ktb_placement_make(&plan->placements[index], topology,
				 job->cpus.text, job->arm_on.text,
				 job->disturb_cpus.text, err);
	if (!ret)
		return 0;
	if (!strncmp(err->text, "arm_on", strlen("arm_on")))
		where = job->arm_on.where;
	else if (!strncmp(err->text, "disturb_cpus", strlen("disturb_cpus")))
		where = job->disturb_cpus.where;
	return ktb_message_prefix(err, "%s: [%s]", where, job->name);
}

static struct ktb_cell *add_cell(struct ktb_plan *plan, size_t job_index)
{
	const struct ktb_workload *workload =
		plan->jobs->jobs[job_index].workload;
	struct ktb_cell *cell;
	size_t i;

	plan->cells = ktb_alloc_more(plan->cells, plan->nr_cells,
				     sizeof(*plan->cells));
	cell = &plan->cells[plan->nr_cells];
	*cell = (struct ktb_cell){
		.index = plan->nr_cells++,
		.job = job_index,
		.values = ktb_alloc_zeroed(workload->nr_params,
					   sizeof(*cell->values)),
	};
	for (i = 0; i < workload->nr_params; i++)
		cell->values[i] = workload->params[i].def;
	return cell;
}

/* The cross product of a job's lists; the first list varies slowest. */
static int expand_job(struct ktb_plan *plan, size_t job_index,
		      struct ktb_error *err)
{
	const struct ktb_job *job = &plan->jobs->jobs[job_index];
	const struct ktb_values *values;
	struct ktb_cell *cell;
	size_t i, left, number;
	size_t nr = 1;

	for (i = 0; i < job->nr_params; i++)
		if (__builtin_mul_overflow(nr, job->params[i].values.nr, &nr) ||
		    nr + plan->nr_cells > KTB_PLAN_MAX_CELLS)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"%s: [%s] sweeps make more than %d cells; list fewer values",
				job->where, job->name, KTB_PLAN_MAX_CELLS);
	for (number = 0; number < nr; number++) {
		cell = add_cell(plan, job_index);
		left = number;
		for (i = job->nr_params; i-- > 0;) {
			values = &job->params[i].values;
			cell->values[job->params[i].index] =
				values->value[left % values->nr];
			left /= values->nr;
		}
	}
	return 0;
}

static int order_runs(struct ktb_plan *plan, struct ktb_error *err)
{
	int64_t repetition, most = 0;
	size_t i;

	for (i = 0; i < plan->jobs->nr_jobs; i++)
		if (plan->jobs->jobs[i].repetitions > most)
			most = plan->jobs->jobs[i].repetitions;
	for (repetition = 0; repetition < most; repetition++) {
		for (i = 0; i < plan->nr_cells; i++) {
			if (repetition >=
			    ktb_plan_job(plan, &plan->cells[i])->repetitions)
				continue;
			if (plan->nr_runs == KTB_PLAN_MAX_RUNS)
				return ktb_message_set(
					err, KTB_EXIT_USAGE,
					"the plan has more than %d repetitions; list fewer values or lower `repetitions`",
					KTB_PLAN_MAX_RUNS);
			plan->runs = ktb_alloc_more(plan->runs, plan->nr_runs,
						    sizeof(*plan->runs));
			plan->runs[plan->nr_runs++] =
				(struct ktb_run){ .cell = i,
						  .repetition = repetition };
		}
	}
	return 0;
}

int ktb_plan_make(struct ktb_plan *plan, const struct ktb_jobs *jobs,
		  const struct ktb_topology *topology, uint64_t seed,
		  struct ktb_error *err)
{
	int ret = 0;
	size_t i;

	*plan = (struct ktb_plan){
		.jobs = jobs,
		.placements = ktb_alloc_zeroed(jobs->nr_jobs,
					       sizeof(*plan->placements)),
		.seed = seed,
	};
	for (i = 0; !ret && i < jobs->nr_jobs; i++) {
		ret = place_job(plan, i, topology, err);
		if (!ret)
			ret = expand_job(plan, i, err);
	}
	return ret ? ret : order_runs(plan, err);
}

void ktb_plan_free(struct ktb_plan *plan)
{
	size_t i;

	for (i = 0; plan->placements && i < plan->jobs->nr_jobs; i++)
		ktb_placement_free(&plan->placements[i]);
	for (i = 0; i < plan->nr_cells; i++)
		free(plan->cells[i].values);
	free(plan->placements);
	free(plan->cells);
	free(plan->runs);
	memset(plan, 0, sizeof(*plan));
}

static uint64_t splitmix64(uint64_t x)
{
	x += 0x9e3779b97f4a7c15ULL;
	x = (x ^ (x >> 30)) * 0xbf58476d1ce4e5b9ULL;
	x = (x ^ (x >> 27)) * 0x94d049bb133111ebULL;
	return x ^ (x >> 31);
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

	memcpy(values, cell->values,
	       job->workload->nr_params * sizeof(*values));
	param = ktb_catalog_param(job->workload, "seed");
	if (!param)
		return;
	index = (size_t)(param - job->workload->params);
	if (job_sets(job, index))
		return;
	random = splitmix64(splitmix64(splitmix64(plan->seed) + cell->index) +
			    (uint64_t)run->repetition);
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

	return common_time(workload, cell->values, "warmup") +
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
	const struct ktb_param *param;
	char value[KTB_UNITS_LEN];
	size_t i, len = 0;

	text[0] = '\0';
	for (i = 0; i < job->nr_params && len < size; i++) {
		if (is_swept && job->params[i].values.nr < 2)
			continue;
		param = &job->workload->params[job->params[i].index];
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

void ktb_plan_print(const struct ktb_plan *plan, FILE *stream)
{
	const struct ktb_job *job = NULL;
	const struct ktb_cell *cell;
	char text[1024];
	size_t i;

	for (i = 0; i < plan->nr_cells; i++) {
		cell = &plan->cells[i];
		if (job != ktb_plan_job(plan, cell)) {
			job = ktb_plan_job(plan, cell);
			fprintf(stream, "%s[%s] %s\n", i ? "\n" : "", job->name,
				job->workload->name);
			print_placement(job, &plan->placements[cell->job],
					stream);
		}
		fprintf(stream, "  cell %zu: %" PRId64 " x %s", i,
			job->repetitions,
			ktb_units_format(
				ktb_plan_nominal(
					plan, &(struct ktb_run){ .cell = i }),
				KTB_UNIT_KIND_NS, (char[KTB_UNITS_LEN]){ 0 }));
		ktb_plan_describe(plan, cell, false, text, sizeof(text));
		fprintf(stream, "%s%s\n", *text ? ": " : "", text);
	}
	fprintf(stream, "\n%zu cells, %zu repetitions, about %s\n",
		plan->nr_cells, plan->nr_runs,
		ktb_units_about(ktb_plan_estimate(plan, 0,
						  KTB_PLAN_OVERHEAD_NS),
				text));
}
