// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Jobs expanded to cells and runs: where each runs, the cross product of what it
 * sweeps, what runs beside what, in which order. It may not know the device.
 */
#include <stdlib.h>
#include <string.h>

#include "alloc.h"
#include "allowed.h"
#include "expand.h"
#include "text.h"

/* The arm_on that stands for one cell a rotation of the CPUs. */
#define EVERY "every"

static struct ktb_variant *add_variant(struct ktb_plan *plan, size_t job,
				       const char *arm_on)
{
	struct ktb_variant *variant;

	plan->variants = ktb_alloc_more(plan->variants, plan->nr_variants,
					sizeof(*plan->variants));
	variant = &plan->variants[plan->nr_variants++];
	*variant = (struct ktb_variant){
		.arm_on = ktb_alloc_text("%s", arm_on),
		.job = job,
	};
	return variant;
}

static void drop_variant(struct ktb_plan *plan)
{
	struct ktb_variant *variant = &plan->variants[--plan->nr_variants];

	ktb_placement_free(&variant->placement);
	free(variant->arm_on);
}

/* Threads of the kernel are in no cgroup: they may be on any CPU. */
static int make_placement(struct ktb_placement *placement,
			  const struct ktb_job *job,
			  const struct ktb_topology *topology,
			  const char *arm_on, struct ktb_error *err)
{
	struct ktb_topology view;
	int ret;

	if (!job->workload->is_user)
		return ktb_placement_make(placement, topology, job->cpus.text,
					  arm_on, job->disturb_cpus.text, err);
	ktb_allowed_view(&view, topology);
	ret = ktb_placement_make(placement, &view, job->cpus.text, arm_on,
				 job->disturb_cpus.text, err);
	ktb_allowed_view_free(&view);
	return ret;
}

static int place(struct ktb_plan *plan, const struct ktb_job *job,
		 const struct ktb_topology *topology, struct ktb_error *err)
{
	struct ktb_variant *variant = &plan->variants[plan->nr_variants - 1];
	const char *where = job->cpus.where;
	int ret;

	ret = make_placement(&variant->placement, job, topology,
			     variant->arm_on, err);
	if (!ret)
		return 0;
	if (!strncmp(err->text, "arm_on", strlen("arm_on")))
		where = job->arm_on.where;
	else if (!strncmp(err->text, "disturb_cpus", strlen("disturb_cpus")))
		where = job->disturb_cpus.where;
	return ktb_message_prefix(err, "%s: [%s]", where, job->name);
}

/* A place that an optional job does not find is left out, and told. */
static int place_word(struct ktb_plan *plan, size_t index, const char *arm_on,
		      const struct ktb_topology *topology,
		      struct ktb_error *err)
{
	const struct ktb_job *job = &plan->jobs->jobs[index];
	int ret;

	add_variant(plan, index, arm_on);
	ret = place(plan, job, topology, err);
	if (ret != KTB_EXIT_SKIPPED || !job->is_optional || job->is_load)
		return ret;
	drop_variant(plan);
	ktb_plan_note_left_out(plan, err->text);
	*err = (struct ktb_error){ 0 };
	return 0;
}

/* `every`: rotation k lets the CPU k places further on arm for each. */
static int place_every(struct ktb_plan *plan, size_t index,
		       const struct ktb_topology *topology,
		       struct ktb_error *err)
{
	const size_t first = plan->nr_variants;
	size_t nr = 1, rotation;
	char word[32];
	int ret = 0;

	for (rotation = 0; !ret && rotation < nr; rotation++) {
		snprintf(word, sizeof(word), EVERY " %zu", rotation);
		ret = place_word(plan, index, word, topology, err);
		if (plan->nr_variants > first)
			nr = plan->variants[first].placement.nr_places;
	}
	return ret;
}

static int place_job(struct ktb_plan *plan, size_t index,
		     const struct ktb_topology *topology, struct ktb_error *err)
{
	const struct ktb_job *job = &plan->jobs->jobs[index];
	char *words = ktb_alloc_text("%s", job->arm_on.text);
	char *rest = words, *word;
	int ret = 0;

	if (strcmp(words, "same") && !job->workload->arm_elsewhere)
		ret = ktb_message_set(
			err, KTB_EXIT_USAGE,
			"%s: [%s] arm_on: workload %s arms where it measures; leave arm_on out",
			job->arm_on.where, job->name, job->workload->name);
	while (!ret && (word = strsep(&rest, ","))) {
		word = ktb_text_trim(word);
		ret = strcmp(word, EVERY) ?
			      place_word(plan, index, word, topology, err) :
			      place_every(plan, index, topology, err);
	}
	free(words);
	return ret;
}

static struct ktb_cell *add_cell(struct ktb_plan *plan, size_t variant)
{
	const size_t job = plan->variants[variant].job;
	const struct ktb_workload *workload = plan->jobs->jobs[job].workload;
	struct ktb_cell *cell;
	size_t i;

	plan->cells = ktb_alloc_more(plan->cells, plan->nr_cells,
				     sizeof(*plan->cells));
	cell = &plan->cells[plan->nr_cells];
	*cell = (struct ktb_cell){
		.index = plan->nr_cells++,
		.job = job,
		.variant = variant,
		.beside = KTB_PLAN_NONE,
		.values = ktb_alloc_zeroed(workload->nr_params,
					   sizeof(*cell->values)),
	};
	for (i = 0; i < workload->nr_params; i++)
		cell->values[i] = workload->params[i].def;
	return cell;
}

/* What the number'th cell of a job sets; the first list varies slowest. */
static void set_values(struct ktb_cell *cell, const struct ktb_job *job,
		       size_t number)
{
	const struct ktb_values *values;
	size_t i;

	for (i = job->nr_params; i-- > 0;) {
		values = &job->params[i].values;
		cell->values[job->params[i].index] =
			values->value[number % values->nr];
		number /= values->nr;
	}
}

/* The cross product of a job's lists, in one of its places. */
static int expand_variant(struct ktb_plan *plan, size_t variant,
			  struct ktb_error *err)
{
	const struct ktb_job *job =
		&plan->jobs->jobs[plan->variants[variant].job];
	size_t i, number, nr = 1;

	for (i = 0; i < job->nr_params; i++)
		if (__builtin_mul_overflow(nr, job->params[i].values.nr, &nr) ||
		    nr + plan->nr_cells > KTB_PLAN_MAX_CELLS)
			return ktb_message_set(
				err, KTB_EXIT_USAGE,
				"%s: [%s] sweeps make more than %d cells; list fewer values",
				job->where, job->name, KTB_PLAN_MAX_CELLS);
	for (number = 0; number < nr; number++)
		set_values(add_cell(plan, variant), job, number);
	return 0;
}

static bool has_load(const struct ktb_job *job, size_t load)
{
	size_t i;

	for (i = 0; i < job->nr_loads; i++)
		if (job->loads[i] == load)
			return true;
	return false;
}

/* A load has a cell of its own beside each cell that it is load for. */
static void expand_load(struct ktb_plan *plan, size_t variant, size_t nr_cells)
{
	const size_t load = plan->variants[variant].job;
	struct ktb_cell *cell, *beside;
	size_t i;

	for (i = 0; i < nr_cells; i++) {
		if (!has_load(ktb_plan_job(plan, &plan->cells[i]), load))
			continue;
		cell = add_cell(plan, variant);
		cell->beside = i;
		set_values(cell, &plan->jobs->jobs[load], 0);
		beside = &plan->cells[i];
		beside->loads = ktb_alloc_more(beside->loads, beside->nr_loads,
					       sizeof(*beside->loads));
		beside->loads[beside->nr_loads++] = cell->index;
	}
}

static int expand_all(struct ktb_plan *plan, struct ktb_error *err)
{
	size_t i, nr_cells;
	int ret = 0;

	for (i = 0; !ret && i < plan->nr_variants; i++)
		if (!plan->jobs->jobs[plan->variants[i].job].is_load)
			ret = expand_variant(plan, i, err);
	nr_cells = plan->nr_cells;
	for (i = 0; !ret && i < plan->nr_variants; i++)
		if (plan->jobs->jobs[plan->variants[i].job].is_load)
			expand_load(plan, i, nr_cells);
	return ret;
}

/* Repetitions outermost, so that a drift of the machine spreads over all. */
static int order_runs(struct ktb_plan *plan, struct ktb_error *err)
{
	int64_t repetition, most = 0;
	size_t i;

	for (i = 0; i < plan->jobs->nr_jobs; i++)
		if (plan->jobs->jobs[i].repetitions > most)
			most = plan->jobs->jobs[i].repetitions;
	for (repetition = 0; repetition < most; repetition++) {
		for (i = 0; i < plan->nr_cells; i++) {
			if (plan->cells[i].beside != KTB_PLAN_NONE ||
			    repetition >= ktb_plan_job(plan, &plan->cells[i])
						  ->repetitions)
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

int ktb_expand(struct ktb_plan *plan, const struct ktb_topology *topology,
	       struct ktb_error *err)
{
	int ret = 0;
	size_t i;

	for (i = 0; !ret && i < plan->jobs->nr_jobs; i++)
		ret = place_job(plan, i, topology, err);
	if (!ret)
		ret = expand_all(plan, err);
	return ret ? ret : order_runs(plan, err);
}
