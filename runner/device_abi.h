/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What the device's own files share: nothing but device*.c may include this or
 * the ABI's header.
 */
#ifndef KTB_DEVICE_ABI_H
#define KTB_DEVICE_ABI_H

#include <uapi/linux/ktbench.h>

#include "device.h"

/**
 * struct ktb_device - a session
 * @io: the calls that it is used with
 * @fd: its file descriptor
 * @nr_workloads: as QUERY told
 * @areas: the mapped areas of the last SETUP
 * @nr_areas: entries of @areas
 * @area_bytes: size of one
 */
struct ktb_device {
	const struct ktb_device_io *io;
	int fd;
	uint32_t nr_workloads;
	const struct ktb_area **areas;
	uint32_t nr_areas;
	size_t area_bytes;
};

/**
 * ktb_device_call() - one ioctl
 * @device: the session
 * @request: KTB_IOC_*
 * @arg: its struct
 *
 * Return: 0 or -errno.
 */
int ktb_device_call(const struct ktb_device *device, unsigned long request,
		    void *arg);

/**
 * ktb_device_area_map() - map all areas of a SETUP, unmap those of an earlier
 * @device: the session
 * @nr: areas
 * @bytes: size of one
 *
 * Return: 0 or -errno.
 */
int ktb_device_area_map(struct ktb_device *device, uint32_t nr, size_t bytes);

/** ktb_device_area_unmap() - unmap all areas */
void ktb_device_area_unmap(struct ktb_device *device);

#endif /* KTB_DEVICE_ABI_H */
