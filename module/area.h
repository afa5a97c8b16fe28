/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The per-CPU memory that samples are written to and user space maps. Each
 * area lies on the node of the CPU that writes it.
 */
#ifndef KTB_AREA_H
#define KTB_AREA_H

#include <linux/cpumask.h>

#include "metric.h"

/**
 * struct ktb_area_layout - what every area of a session holds
 * @nr_hists: distributions
 * @nr_counters: counters
 * @max_raw: raw samples
 */
struct ktb_area_layout {
	u32 nr_hists;
	u32 nr_counters;
	u32 max_raw;
};

/**
 * struct ktb_areas - the areas of a session
 * @base: the first area; the others follow
 * @pages: the pages behind them, in the same order
 * @nr_pages: how many
 * @nr: areas
 * @bytes: size of one
 * @cells: indexed by area
 * @index_of_cpu: indexed by CPU: its area, or KTB_AREA_NONE
 */
struct ktb_areas {
	void *base;
	struct page **pages;
	unsigned long nr_pages;
	u32 nr;
	size_t bytes;
	struct ktb_cell **cells;
	u32 *index_of_cpu;
};

#define KTB_AREA_NONE (~0U)

/**
 * ktb_areas_cell() - the cell that a CPU writes
 * @areas: of the session
 * @cpu: any CPU number
 *
 * Return: NULL if the session has no area for this CPU.
 */
static __always_inline struct ktb_cell *
ktb_areas_cell(const struct ktb_areas *areas, u32 cpu)
{
	u32 index = areas->index_of_cpu[cpu];

	return likely(index != KTB_AREA_NONE) ? areas->cells[index] : NULL;
}

size_t ktb_areas_bytes(const struct ktb_area_layout *layout, u32 nr);
int ktb_areas_alloc(struct ktb_areas *areas,
		    const struct ktb_area_layout *layout,
		    const struct cpumask *cpus);
void ktb_areas_free(struct ktb_areas *areas);

#endif /* KTB_AREA_H */
