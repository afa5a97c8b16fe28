/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The per-CPU memory that samples are written to and user space maps. Each
 * area lies on the node of the CPU that writes it.
 */
#ifndef KTB_AREA_H
#define KTB_AREA_H

#include <linux/cpumask.h>
#include <linux/kref.h>

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
 * struct ktb_area_pages - the pages behind the areas of a run
 * @ref: of the run, of the session for mmap(), and of each mapping: pages that
 *	somebody looks at outlive their run
 * @uncharge: gives @charged back when they are freed; may be NULL
 * @charged: bytes that count against a limit for as long as they are there
 * @per_area: pages of one area
 * @nr: pages
 * @page: of the first area, of the next, and so on
 */
struct ktb_area_pages {
	struct kref ref;
	void (*uncharge)(size_t bytes);
	size_t charged;
	unsigned long per_area;
	unsigned long nr;
	struct page *page[];
};

/**
 * struct ktb_areas - the areas of a run
 * @base: the first area; the others follow
 * @pages: the pages behind them; a reference is held
 * @nr: areas
 * @bytes: size of one
 * @cells: indexed by area
 * @index_of_cpu: indexed by CPU: its area, or KTB_AREA_NONE
 */
struct ktb_areas {
	void *base;
	struct ktb_area_pages *pages;
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
void ktb_area_pages_get(struct ktb_area_pages *pages);
void ktb_area_pages_put(struct ktb_area_pages *pages);

#endif /* KTB_AREA_H */
