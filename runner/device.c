// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * A session of the device: the only file of the runner that calls ioctl().
 * It may not know jobs, plans or results.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <sys/mman.h>
#include <unistd.h>

#include "alloc.h"
#include "device_abi.h"

_Static_assert((int)KTB_REFUSED_THREADS == (int)KTB_WHAT_THREADS &&
		       (int)KTB_ENDED_FAILED == (int)KTB_REASON_FAILED,
	       "refusals and endings are numbered as in the ABI");

_Static_assert(sizeof(struct ktb_device_place) == sizeof(struct ktb_place) &&
		       offsetof(struct ktb_device_place, arm_cpu) ==
			       offsetof(struct ktb_place, arm_cpu),
	       "a place is laid out as in the ABI");

const char *ktb_device_path(const char *given)
{
	return given ? given : KTB_DEVICE_PATH;
}

static int system_open(const char *path)
{
	return open(path, O_RDWR | O_CLOEXEC);
}

static int system_ioctl(int fd, unsigned long request, void *arg)
{
	return ioctl(fd, request, arg);
}

static void *system_mmap(int fd, size_t bytes, off_t offset)
{
	return mmap(NULL, bytes, PROT_READ, MAP_SHARED, fd, offset);
}

static const struct ktb_device_io system_io = {
	.open = system_open,
	.ioctl = system_ioctl,
	.mmap = system_mmap,
	.munmap = munmap,
	.ppoll = ppoll,
	.close = close,
};

const struct ktb_device_io *ktb_device_io = &system_io;

int ktb_device_call(const struct ktb_device *device, unsigned long request,
		    void *arg)
{
	return device->io->ioctl(device->fd, request, arg) < 0 ? -errno : 0;
}

static void query_to_info(const struct ktb_query *query,
			  struct ktb_device_info *info)
{
	*info = (struct ktb_device_info){
		.abi_version = query->abi_version,
		.hz = query->hz,
		.tick_ns = query->tick_ns,
		.hrtimer_resolution_ns = query->hrtimer_resolution_ns,
		.edge_known = query->features & KTB_FEATURE_EDGE,
		.edge_remainder_ns = query->edge_remainder_ns,
		.preempt_rt = query->features & KTB_FEATURE_PREEMPT_RT,
		.irq_counts = query->features & KTB_FEATURE_IRQ_COUNTS,
		.switches = query->features & KTB_FEATURE_SWITCHES,
		.clock_cost_ps = { query->clock_cost_ps[KTB_CLOCK_MONOTONIC],
				   query->clock_cost_ps[KTB_CLOCK_MONOTONIC_FAST],
				   query->clock_cost_ps[KTB_CLOCK_BOOTTIME],
				   query->clock_cost_ps[KTB_CLOCK_CYCLES] },
	};
	snprintf(info->build, sizeof(info->build), "%.*s",
		 (int)sizeof(query->build), query->build);
}

struct ktb_device *ktb_device_open(const struct ktb_device_io *io,
				   const char *path,
				   struct ktb_device_info *info, int *error)
{
	struct ktb_query query = { .size = sizeof(query) };
	struct ktb_device *device;

	device = ktb_alloc_zeroed(1, sizeof(*device));
	device->io = io;
	device->fd = io->open(path);
	if (device->fd < 0) {
		*error = errno;
		free(device);
		return NULL;
	}
	*error = -ktb_device_call(device, KTB_IOC_QUERY, &query);
	if (!*error && query.abi_version != KTB_ABI_VERSION)
		*error = EPROTO;
	if (*error) {
		ktb_device_close(device);
		return NULL;
	}
	device->nr_workloads = query.nr_workloads;
	query_to_info(&query, info);
	return device;
}

void ktb_device_close(struct ktb_device *device)
{
	if (!device)
		return;
	ktb_device_area_unmap(device);
	device->io->close(device->fd);
	free(device);
}

int ktb_device_set_up(struct ktb_device *device, struct ktb_device_setup *setup)
{
	struct ktb_param_value *params;
	struct ktb_setup abi = {
		.size = sizeof(abi),
		.workload = setup->workload,
		.nr_params = (uint32_t)setup->nr_values,
		.nr_places = (uint32_t)setup->nr_places,
		.nr_disturb = (uint32_t)setup->nr_disturb,
		.places = (uintptr_t)setup->places,
		.disturb = (uintptr_t)setup->disturb,
	};
	uint32_t i;
	int ret;

	params = ktb_alloc_zeroed(setup->nr_values, sizeof(*params));
	for (i = 0; i < setup->nr_values; i++)
		params[i] =
			(struct ktb_param_value){ .index = i,
						  .value = setup->values[i] };
	abi.params = (uintptr_t)params;
	ret = ktb_device_call(device, KTB_IOC_SETUP, &abi);
	free(params);
	setup->nr_areas = abi.nr_areas;
	setup->memory_bytes = abi.memory_bytes;
	setup->timer_bytes = abi.timer_bytes;
	setup->nr_threads = abi.nr_threads;
	setup->refused = abi.err_what <= KTB_WHAT_THREADS ?
				 (enum ktb_refused)abi.err_what :
				 KTB_REFUSED_NOTHING;
	setup->refused_index = abi.err_index;
	setup->limit = abi.err_limit;
	return ret ? ret :
		     ktb_device_area_map(device, abi.nr_areas, abi.area_bytes);
}

int ktb_device_start(struct ktb_device *device, bool beside)
{
	struct ktb_start start = {
		.size = sizeof(start),
		.flags = beside ? KTB_START_BESIDE : 0,
	};

	return ktb_device_call(device, KTB_IOC_START, &start);
}

int ktb_device_wait(struct ktb_device *device, int timeout_ms,
		    const sigset_t *mask)
{
	const struct timespec timeout = {
		.tv_sec = timeout_ms / 1000,
		.tv_nsec = timeout_ms % 1000 * 1000000L,
	};
	struct pollfd fd = { .fd = device->fd, .events = POLLIN };
	int ret = device->io->ppoll(&fd, 1, &timeout, mask);

	return ret < 0 ? -errno : ret;
}

int ktb_device_stop(struct ktb_device *device, struct ktb_device_end *end)
{
	struct ktb_stop stop = { .size = sizeof(stop) };
	int ret = ktb_device_call(device, KTB_IOC_STOP, &stop);

	*end = (struct ktb_device_end){
		.ended = stop.reason <= KTB_REASON_FAILED ?
				 (enum ktb_ended)stop.reason :
				 KTB_ENDED_FAILED,
		.cpu = stop.cpu,
		.error = (int)stop.error,
	};
	return ret;
}
