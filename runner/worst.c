// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * Chooses the worst samples. It may not know files or the layout of areas.
 */
#include <stdlib.h>

#include "alloc.h"
#include "environment.h"
#include "worst.h"

/* A sample, and the area that it comes from. */
struct candidate {
	struct ktb_device_worst worst;
	size_t area;
};

static int worse_first(const void *a, const void *b)
{
	const struct candidate *one = a, *other = b;
	int64_t one_ns = one->worst.value_ns - one->worst.allowed_ns;
	int64_t other_ns = other->worst.value_ns - other->worst.allowed_ns;

	if (one_ns != other_ns)
		return one_ns < other_ns ? 1 : -1;
	if (one->worst.fired_ns != other->worst.fired_ns)
		return one->worst.fired_ns > other->worst.fired_ns ? 1 : -1;
	return (one->area > other->area) - (one->area < other->area);
}

static json_t *sample_json(const struct ktb_device_worst *one)
{
	return json_pack(
		"{s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:I, s:b, s:b, s:I, s:I, s:I, s:I, s:o}",
		"value_ns", (json_int_t)one->value_ns, "allowed_ns",
		(json_int_t)one->allowed_ns, "due_ns", (json_int_t)one->due_ns,
		"fired_ns", (json_int_t)one->fired_ns, "armed_ns",
		(json_int_t)one->armed_ns, "steal_ns",
		(json_int_t)one->steal_ns, "timer", (json_int_t)one->timer,
		"armed_cpu", (json_int_t)one->armed_cpu, "idle", one->idle,
		"in_thread", one->in_thread, "irqs", (json_int_t)one->irqs,
		"softirqs", (json_int_t)one->softirqs, "switches",
		(json_int_t)one->switches, "pid", (json_int_t)one->pid, "comm",
		ktb_environment_text(one->comm));
}

/* All of them, the worst first. */
static struct candidate *gather(const struct ktb_device_area *areas, size_t nr,
				size_t *nr_all)
{
	struct candidate *all;
	size_t room = 0, i;
	uint32_t k;

	for (i = 0; i < nr; i++)
		room += areas[i].nr_worst;
	all = ktb_alloc_zeroed(room + 1, sizeof(*all));
	*nr_all = 0;
	for (i = 0; i < nr; i++) {
		for (k = 0; k < areas[i].nr_worst; k++) {
			all[*nr_all].worst =
				ktb_device_area_worst(&areas[i], k);
			all[(*nr_all)++].area = i;
		}
	}
	qsort(all, *nr_all, sizeof(*all), worse_first);
	return all;
}

json_t *ktb_worst_json(const struct ktb_device_area *areas, size_t nr)
{
	size_t *of_cpu = ktb_alloc_zeroed(nr + 1, sizeof(*of_cpu));
	json_t *lists = json_array();
	struct candidate *all;
	size_t nr_all, i;

	all = gather(areas, nr, &nr_all);
	for (i = 0; i < nr; i++)
		json_array_append_new(lists, json_array());
	for (i = 0; i < nr_all; i++)
		if (of_cpu[all[i].area]++ < KTB_WORST_OF_CPU ||
		    i < KTB_WORST_OF_ALL)
			json_array_append_new(json_array_get(lists,
							     all[i].area),
					      sample_json(&all[i].worst));
	free(all);
	free(of_cpu);
	return lists;
}
