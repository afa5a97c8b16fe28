// SPDX-License-Identifier: GPL-2.0
/*
 * Memory is counted before it is taken, so that a limit is a limit, and until the
 * last one lets go of it. Allocates nothing.
 */
#include <linux/atomic.h>
#include <linux/mm.h>

#include "charge.h"

static atomic_long_t ktb_charge_bytes;

static void ktb_charge_give_back(size_t bytes)
{
	atomic_long_sub(bytes, &ktb_charge_bytes);
}

/**
 * ktb_charge_reserve() - count what a run is about to allocate
 * @run: ktb_charge_release() undoes this call, failed or not
 * @bytes: of all that it will have
 * @request: what, which and limit are set on an error
 *
 * Return: 0, or -ERANGE if all runs together would have too much.
 */
int ktb_charge_reserve(struct ktb_run *run, size_t bytes,
		       struct ktb_request *request)
{
	u64 limit = ktb_request_max_memory();

	if (atomic_long_add_return(bytes, &ktb_charge_bytes) > limit) {
		ktb_charge_give_back(bytes);
		request->what = KTB_WHAT_MEMORY;
		request->which = 0;
		request->limit = limit;
		return -ERANGE;
	}
	run->memory_bytes = bytes;
	run->charged_bytes = bytes;
	return 0;
}

/**
 * ktb_charge_pages() - the areas' pages stay charged for as long as they are held
 * @run: reserved, its areas allocated
 */
void ktb_charge_pages(struct ktb_run *run)
{
	struct ktb_area_pages *pages = run->areas.pages;

	pages->charged = pages->nr << PAGE_SHIFT;
	pages->uncharge = ktb_charge_give_back;
	run->charged_bytes -= pages->charged;
}

/** ktb_charge_release() - the run has given back all but the areas' pages */
void ktb_charge_release(const struct ktb_run *run)
{
	ktb_charge_give_back(run->charged_bytes);
}
