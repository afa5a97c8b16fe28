// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The areas of the device: mapped while a run goes on, copied after it. It is
 * the only file that knows their layout; it may not know what metrics mean.
 */
#include <errno.h>
#include <numa.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>

#include "alloc.h"
#include "device_abi.h"

void ktb_device_area_unmap(struct ktb_device *device)
{
	uint32_t i;

	for (i = 0; i < device->nr_areas; i++)
		device->io->munmap((void *)device->areas[i],
				   device->area_bytes);
	free(device->areas);
	device->areas = NULL;
	device->nr_areas = 0;
}

int ktb_device_area_map(struct ktb_device *device, uint32_t nr, size_t bytes)
{
	void *area;

	ktb_device_area_unmap(device);
	device->area_bytes = bytes;
	device->areas = ktb_alloc_zeroed(nr, sizeof(*device->areas));
	for (; device->nr_areas < nr; device->nr_areas++) {
		area = device->io->mmap(device->fd, bytes,
					(off_t)bytes * device->nr_areas);
		if (area == MAP_FAILED)
			return -errno;
		device->areas[device->nr_areas] = area;
	}
	return 0;
}

/* Whether entries of an array lie within the area. */
static bool array_fits(const struct ktb_device *device, uint32_t offset,
		       uint64_t nr, size_t size)
{
	return offset <= device->area_bytes &&
	       nr <= (device->area_bytes - offset) / size;
}

static bool area_is_sane(const struct ktb_device *device,
			 const struct ktb_area *area)
{
	return device->area_bytes >= sizeof(*area) &&
	       area->magic == KTB_AREA_MAGIC &&
	       array_fits(device, area->hist_off, area->nr_hists,
			  sizeof(struct ktb_hist_area)) &&
	       array_fits(device, area->counter_off, area->nr_counters,
			  sizeof(__u64)) &&
	       array_fits(device, area->matrix_off, area->nr_areas,
			  sizeof(__u64)) &&
	       array_fits(device, area->worst_off, area->nr_worst,
			  sizeof(struct ktb_worst)) &&
	       array_fits(device, area->raw_off, area->nr_raw,
			  sizeof(struct ktb_raw));
}

bool ktb_device_has_begun(const struct ktb_device *device)
{
	return device->nr_areas &&
	       __atomic_load_n(&device->areas[0]->begin_ns, __ATOMIC_RELAXED);
}

uint64_t ktb_device_samples(struct ktb_device *device, uint32_t hist)
{
	const struct ktb_hist_area *hists;
	uint64_t count = 0;
	uint32_t i;

	for (i = 0; i < device->nr_areas; i++) {
		if (!area_is_sane(device, device->areas[i]) ||
		    hist >= device->areas[i]->nr_hists)
			continue;
		hists = (const void *)((const char *)device->areas[i] +
				       device->areas[i]->hist_off);
		count += __atomic_load_n(&hists[hist].count, __ATOMIC_RELAXED);
	}
	return count;
}

/* A node that exists may be one that the cpuset does not allow. */
static bool may_use_node(int node)
{
	struct bitmask *allowed;
	bool may;

	if (numa_available() < 0 || node < 0 || node > numa_max_node())
		return false;
	allowed = numa_get_mems_allowed();
	may = numa_bitmask_isbitset(allowed, (unsigned int)node);
	numa_bitmask_free(allowed);
	return may;
}

/* On the node that wrote the area where the kernel knows nodes. */
static void alloc_copy(struct ktb_device_area *area)
{
	if (may_use_node(area->node))
		area->memory = numa_alloc_onnode(area->bytes, area->node);
	area->is_on_node = area->memory;
	if (!area->memory)
		area->memory = ktb_alloc_zeroed(1, area->bytes);
}

int ktb_device_area_read(struct ktb_device *device, uint32_t index,
			 struct ktb_device_area *area)
{
	const struct ktb_area *head = device->areas[index];

	if (!area_is_sane(device, head))
		return -EPROTO;
	*area = (struct ktb_device_area){
		.cpu = head->cpu,
		.node = head->node,
		.nr_hists = head->nr_hists,
		.nr_counters = head->nr_counters,
		.nr_areas = head->nr_areas,
		.nr_worst = head->nr_worst,
		.nr_raw = head->nr_raw,
		.raw_dropped = head->raw_dropped,
		.begin_ns = head->begin_ns,
		.end_ns = head->end_ns,
		.bytes = device->area_bytes,
	};
	alloc_copy(area);
	memcpy(area->memory, head, area->bytes);
	return 0;
}

void ktb_device_area_free(struct ktb_device_area *area)
{
	if (area->is_on_node)
		numa_free(area->memory, area->bytes);
	else
		free(area->memory);
	area->memory = NULL;
}

static const struct ktb_area *head_of(const struct ktb_device_area *area)
{
	return area->memory;
}

static const void *entry(const struct ktb_device_area *area, uint32_t offset,
			 uint32_t index, size_t size)
{
	return (const char *)area->memory + offset + index * size;
}

struct ktb_device_hist ktb_device_area_hist(const struct ktb_device_area *area,
					    uint32_t index)
{
	const struct ktb_hist_area *hist =
		entry(area, head_of(area)->hist_off, index, sizeof(*hist));

	return (struct ktb_device_hist){
		.count = hist->count,
		.sum = hist->sum,
		.sumsq = (unsigned __int128)hist->sumsq_hi << 64 |
			 hist->sumsq_lo,
		.min = hist->min,
		.max = hist->max,
		.early = hist->early,
		.overflow = hist->overflow,
		.bucket = (const uint64_t *)hist->bucket,
		.nr_buckets = KTB_HIST_BUCKETS,
	};
}

uint64_t ktb_device_area_counter(const struct ktb_device_area *area,
				 uint32_t index)
{
	const __u64 *counter = entry(area, head_of(area)->counter_off, index,
				     sizeof(*counter));

	return *counter;
}

uint64_t ktb_device_area_armed(const struct ktb_device_area *area,
			       uint32_t index)
{
	const __u64 *count =
		entry(area, head_of(area)->matrix_off, index, sizeof(*count));

	return *count;
}

struct ktb_device_worst
ktb_device_area_worst(const struct ktb_device_area *area, uint32_t index)
{
	const struct ktb_worst *worst =
		entry(area, head_of(area)->worst_off, index, sizeof(*worst));
	struct ktb_device_worst plain = {
		.value_ns = worst->value_ns,
		.allowed_ns = worst->allowed_ns,
		.due_ns = worst->due_ns,
		.fired_ns = worst->fired_ns,
		.armed_ns = worst->armed_ns,
		.steal_ns = worst->steal_ns,
		.timer = worst->timer,
		.armed_cpu = worst->armed_cpu,
		.idle = worst->flags & KTB_WORST_IDLE,
		.in_thread = worst->flags & KTB_WORST_IN_THREAD,
		.irqs = worst->irqs,
		.softirqs = worst->softirqs,
		.switches = worst->switches,
		.pid = worst->pid,
	};

	snprintf(plain.comm, sizeof(plain.comm), "%.*s",
		 (int)sizeof(worst->comm), worst->comm);
	return plain;
}

struct ktb_device_raw ktb_device_area_raw(const struct ktb_device_area *area,
					  uint32_t index)
{
	const struct ktb_raw *raw =
		entry(area, head_of(area)->raw_off, index, sizeof(*raw));

	return (struct ktb_device_raw){
		.fired_ns = raw->fired_ns,
		.value_ns = raw->value_ns,
		.timer = raw->timer,
		.armed_cpu = raw->armed_cpu,
	};
}
