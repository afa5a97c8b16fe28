// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * What a stretch of time took of the machine. It may not know workloads.
 */
#include <sys/resource.h>
#include <time.h>

#include "cost.h"
#include "progress.h"

/*
 * The CPU time of rusage is as old as the last tick, so it is not taken. Returns
 * the most memory that was resident so far.
 */
static int64_t note_thread(struct ktb_cost_point *point)
{
	struct rusage usage = { 0 };
	struct timespec cpu = { 0 };

	getrusage(RUSAGE_THREAD, &usage);
	clock_gettime(CLOCK_THREAD_CPUTIME_ID, &cpu);
	point->wakeups = usage.ru_nvcsw;
	point->cpu_ns = cpu.tv_sec * 1000000000LL + cpu.tv_nsec;
	return usage.ru_maxrss * 1024LL;
}

/* Reading the interrupts takes longest, and is in none of the figures. */
void ktb_cost_begin(struct ktb_cost *cost)
{
	*cost = (struct ktb_cost){ 0 };
	ktb_irqs_read(&cost->begin.irqs);
	cost->begin.at_ns = ktb_progress_now();
}

void ktb_cost_reader(struct ktb_cost *cost)
{
	note_thread(&cost->begin);
}

void ktb_cost_end(struct ktb_cost *cost)
{
	cost->memory_bytes = note_thread(&cost->end);
	cost->end.at_ns = ktb_progress_now();
	ktb_irqs_read(&cost->end.irqs);
}

json_t *ktb_cost_irqs_json(const struct ktb_cost *cost, const uint32_t *cpus,
			   size_t nr)
{
	json_t *all = json_array();
	size_t i;

	for (i = 0; i < nr; i++)
		json_array_append_new(
			all, json_pack("[I, I]", (json_int_t)cpus[i],
				       (json_int_t)ktb_irqs_since(
					       &cost->end.irqs,
					       &cost->begin.irqs, cpus[i])));
	return all;
}

void ktb_cost_free(struct ktb_cost *cost)
{
	ktb_irqs_free(&cost->begin.irqs);
	ktb_irqs_free(&cost->end.irqs);
}
