// SPDX-License-Identifier: GPL-2.0
/*
 * Per-CPU areas: pages of the writer's node, mapped in a row into the kernel.
 * User space maps the same pages; a mapping holds a reference on all of them, so
 * that they outlive the run for as long as somebody looks at them, and are
 * charged for as long.
 */
#include <linux/gfp.h>
#include <linux/limits.h>
#include <linux/mm.h>
#include <linux/overflow.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>
#include <linux/topology.h>
#include <linux/vmalloc.h>

#include "area.h"

/* What stands in an area, and where; returns its bytes, in whole pages. */
static size_t ktb_area_lay_out(struct ktb_area *area,
			       const struct ktb_area_layout *layout,
			       u32 nr_areas)
{
	size_t bytes;

	area->nr_hists = layout->nr_hists;
	area->nr_counters = layout->nr_counters;
	area->max_raw = layout->max_raw;
	/* The row of the matrix has room for the stray column. */
	area->nr_areas = nr_areas + 1;
	bytes = ktb_record_lay_out(area, L1_CACHE_BYTES);
	area->nr_areas = nr_areas;
	return PAGE_ALIGN(bytes);
}

static size_t ktb_area_bytes(const struct ktb_area_layout *layout, u32 nr_areas)
{
	struct ktb_area area = {};

	return ktb_area_lay_out(&area, layout, nr_areas);
}

/* What the stray cell has: nobody reads it, so no samples one by one. */
static struct ktb_area_layout
ktb_area_stray(const struct ktb_area_layout *layout)
{
	struct ktb_area_layout stray = *layout;

	stray.max_raw = 0;
	return stray;
}

/**
 * ktb_areas_bytes() - the memory that areas will take
 * @layout: what each holds
 * @nr: how many
 *
 * Return: bytes.
 */
size_t ktb_areas_bytes(const struct ktb_area_layout *layout, u32 nr)
{
	const struct ktb_area_layout stray = ktb_area_stray(layout);

	return nr * (ktb_area_bytes(layout, nr) + sizeof(struct ktb_cell)) +
	       ktb_area_bytes(&stray, nr) + sizeof(struct ktb_cell);
}

static void ktb_cell_init(struct ktb_cell *cell, struct ktb_area *area,
			  const struct ktb_area_layout *layout)
{
	void *base = area;
	u32 i;

	cell->area = area;
	cell->hists = base + area->hist_off;
	cell->counters = base + area->counter_off;
	cell->matrix = base + area->matrix_off;
	cell->worst = base + area->worst_off;
	cell->raw = layout->max_raw ? base + area->raw_off : NULL;
	cell->worst_floor_ns = S64_MIN;
	cell->heartbeat_ns = S64_MAX;
	cell->instant = U64_MAX;
	for (i = 0; i < layout->nr_hists; i++)
		ktb_record_reset(&cell->hists[i]);
}

static struct ktb_area_pages *ktb_area_pages_alloc(unsigned long per_area,
						   u32 nr_areas)
{
	struct ktb_area_pages *pages;
	unsigned long nr = per_area * nr_areas;

	pages = kvzalloc(struct_size(pages, page, nr), KTB_GFP);
	if (!pages)
		return NULL;
	kref_init(&pages->ref);
	pages->per_area = per_area;
	pages->nr = nr;
	return pages;
}

static int ktb_area_pages_fill(struct ktb_area_pages *pages, u32 index,
			       int node)
{
	unsigned long i;
	struct page *page;

	for (i = 0; i < pages->per_area; i++) {
		if (fatal_signal_pending(current))
			return -EINTR;
		page = alloc_pages_node(node, KTB_GFP_MAPPED | __GFP_ZERO, 0);
		if (!page)
			return -ENOMEM;
		pages->page[index * pages->per_area + i] = page;
		cond_resched();
	}
	return 0;
}

static void ktb_area_pages_free(struct kref *ref)
{
	struct ktb_area_pages *pages =
		container_of(ref, struct ktb_area_pages, ref);
	unsigned long i;

	for (i = 0; i < pages->nr; i++)
		if (pages->page[i]) {
			__free_page(pages->page[i]);
			cond_resched();
		}
	if (pages->uncharge)
		pages->uncharge(pages->charged);
	kvfree(pages);
}

/** ktb_area_pages_get() - hold pages that the caller knows to be held */
void ktb_area_pages_get(struct ktb_area_pages *pages)
{
	kref_get(&pages->ref);
}

/** ktb_area_pages_put() - let go of them; @pages may be NULL */
void ktb_area_pages_put(struct ktb_area_pages *pages)
{
	if (pages)
		kref_put(&pages->ref, ktb_area_pages_free);
}

static int ktb_areas_alloc_tables(struct ktb_areas *areas)
{
	u32 cpu;

	areas->pages =
		ktb_area_pages_alloc(areas->bytes >> PAGE_SHIFT, areas->nr);
	areas->cells = kvcalloc(areas->nr + 1, sizeof(*areas->cells), KTB_GFP);
	areas->index_of_cpu = kvcalloc(nr_cpu_ids, sizeof(u32), GFP_KERNEL);
	if (!areas->pages || !areas->cells || !areas->index_of_cpu)
		return -ENOMEM;
	for (cpu = 0; cpu < nr_cpu_ids; cpu++)
		areas->index_of_cpu[cpu] = areas->nr;
	return 0;
}

static int ktb_areas_init_cells(struct ktb_areas *areas,
				const struct ktb_area_layout *layout,
				const struct cpumask *cpus)
{
	struct ktb_area *area;
	u32 cpu, index = 0;

	for_each_cpu(cpu, cpus)
	{
		areas->cells[index] = kzalloc_node(sizeof(struct ktb_cell),
						   KTB_GFP, cpu_to_node(cpu));
		if (!areas->cells[index])
			return -ENOMEM;
		area = areas->base + index * areas->bytes;
		area->cpu = cpu;
		area->node = page_to_nid(
			areas->pages->page[index * areas->pages->per_area]);
		ktb_area_lay_out(area, layout, areas->nr);
		ktb_cell_init(areas->cells[index], area, layout);
		areas->index_of_cpu[cpu] = index++;
	}
	return 0;
}

/* The cell of every CPU that has none: memory that only the kernel sees. */
static int ktb_areas_init_stray(struct ktb_areas *areas,
				const struct ktb_area_layout *layout)
{
	const struct ktb_area_layout of_stray = ktb_area_stray(layout);
	struct ktb_cell *stray = kzalloc(sizeof(*stray), GFP_KERNEL);
	struct ktb_area *area;

	if (!stray)
		return -ENOMEM;
	areas->cells[areas->nr] = stray;
	area = kvzalloc(ktb_area_bytes(&of_stray, areas->nr), GFP_KERNEL);
	if (!area)
		return -ENOMEM;
	area->cpu = nr_cpu_ids;
	ktb_area_lay_out(area, &of_stray, areas->nr);
	ktb_cell_init(stray, area, &of_stray);
	return 0;
}

static void ktb_areas_free_stray(struct ktb_cell *stray)
{
	if (stray)
		kvfree(stray->area);
	kfree(stray);
}

/**
 * ktb_areas_alloc() - one empty area for each CPU
 * @areas: zeroed; ktb_areas_free() undoes this call, failed or not
 * @layout: what each area holds
 * @cpus: the CPUs
 *
 * Return: 0, -ENOMEM, or -EINTR if the caller is being killed.
 */
int ktb_areas_alloc(struct ktb_areas *areas,
		    const struct ktb_area_layout *layout,
		    const struct cpumask *cpus)
{
	u32 cpu, index = 0;
	int err;

	areas->nr = cpumask_weight(cpus);
	areas->bytes = ktb_area_bytes(layout, areas->nr);
	err = ktb_areas_alloc_tables(areas);
	if (err)
		return err;

	for_each_cpu(cpu, cpus)
	{
		err = ktb_area_pages_fill(areas->pages, index++,
					  cpu_to_node(cpu));
		if (err)
			return err;
	}

	areas->base =
		vmap(areas->pages->page, areas->pages->nr, VM_MAP, PAGE_KERNEL);
	if (!areas->base)
		return -ENOMEM;
	err = ktb_areas_init_stray(areas, layout);
	return err ? err : ktb_areas_init_cells(areas, layout, cpus);
}

/**
 * ktb_areas_free() - undo ktb_areas_alloc()
 * @areas: as ktb_areas_alloc() left them, or zeroed; zeroed after it
 */
void ktb_areas_free(struct ktb_areas *areas)
{
	u32 i;

	if (areas->base)
		vunmap(areas->base);
	for (i = 0; areas->cells && i < areas->nr; i++)
		kfree(areas->cells[i]);
	if (areas->cells)
		ktb_areas_free_stray(areas->cells[areas->nr]);
	kvfree(areas->index_of_cpu);
	kvfree(areas->cells);
	ktb_area_pages_put(areas->pages);
	memset(areas, 0, sizeof(*areas));
}
