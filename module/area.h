/* SPDX-License-Identifier: GPL-2.0 */
/*
 * The per-CPU memory that samples are written to and user space maps. Each
 * area lies on the node of the CPU that writes it.
 *
 * The rule of indices. A thread that is bound to a CPU is pushed off it when the
 * CPU goes away, before anybody is told, and a timer that it then arms fires where
 * it is. So whoever records may find itself on a CPU that no area is planned for.
 * No table can be left all the same, whichever CPU that is:
 *
 * - index_of_cpu[] has an entry for each CPU that the kernel may ever have. A CPU
 *   without an area has the index of the stray cell, which is one past the last.
 * - cells[] has one entry more than there are areas, the stray cell, which is never
 *   NULL; each row of the armed x fired matrix has one column more, the stray one.
 *
 * What is written there is seen by nobody. So whoever comes by it ends the run,
 * and whoever arms, makes or records looks first, with ktb_run_is_home() and where
 * it cannot migrate, whether it is where it was planned to be. CPUs that go or come
 * end a run and wait until it is closed: hotplug.c.
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
 * @cells: indexed by area, and behind them the stray cell
 * @index_of_cpu: indexed by CPU: its area, or @nr
 */
struct ktb_areas {
	void *base;
	struct ktb_area_pages *pages;
	u32 nr;
	size_t bytes;
	struct ktb_cell **cells;
	u32 *index_of_cpu;
};

/**
 * ktb_areas_index() - the place of a CPU in each table of areas
 * @areas: of the run
 * @cpu: any that the kernel may have; what tells its own number need not look
 *
 * Return: of its area; @areas->nr, the stray one, if it has none.
 */
static __always_inline u32 ktb_areas_index(const struct ktb_areas *areas,
					   u32 cpu)
{
	return areas->index_of_cpu[cpu];
}

/** ktb_areas_has() - does this CPU have an area? As above */
static __always_inline bool ktb_areas_has(const struct ktb_areas *areas,
					  u32 cpu)
{
	return likely(ktb_areas_index(areas, cpu) != areas->nr);
}

/**
 * ktb_areas_cell() - the cell that a CPU writes
 * @areas: of the run
 * @cpu: any that the kernel may have
 *
 * Return: the stray cell if it has no area; never NULL.
 */
static __always_inline struct ktb_cell *
ktb_areas_cell(const struct ktb_areas *areas, u32 cpu)
{
	return areas->cells[ktb_areas_index(areas, cpu)];
}

size_t ktb_areas_bytes(const struct ktb_area_layout *layout, u32 nr);
int ktb_areas_alloc(struct ktb_areas *areas,
		    const struct ktb_area_layout *layout,
		    const struct cpumask *cpus);
void ktb_areas_free(struct ktb_areas *areas);
void ktb_area_pages_get(struct ktb_area_pages *pages);
void ktb_area_pages_put(struct ktb_area_pages *pages);

#endif /* KTB_AREA_H */
