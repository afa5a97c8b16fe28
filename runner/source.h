/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the catalogue comes from: the module's device when it can be opened,
 * else the catalogue that is kept with the program, with a remark; and the
 * device in user space, which is always there.
 */
#ifndef KTB_SOURCE_H
#define KTB_SOURCE_H

#include "catalog.h"
#include "device.h"

/**
 * struct ktb_source - the devices, and the catalogue of both
 * @device: an open session of the module, or NULL
 * @info: what the module is; of no meaning without a device
 * @path: of the device
 * @no_device: why there is none, with the remedy
 * @user: an open session of the device in user space
 * @catalog: the module's, or the one that is kept with the program, and behind
 *	it what the device in user space tells
 */
struct ktb_source {
	struct ktb_device *device;
	struct ktb_device_info info;
	const char *path;
	struct ktb_error no_device;
	struct ktb_device *user;
	struct ktb_catalog catalog;
};

/**
 * ktb_source_open() - open the devices and get a catalogue
 * @source: to be filled in; ktb_source_close() frees it. It stays where it is:
 *	its catalogue points to it
 * @path: the module's device
 * @err: on a failure
 *
 * Return: 0, also without the module's device, and without any workloads but
 * those of user space.
 */
int ktb_source_open(struct ktb_source *source, const char *path,
		    struct ktb_error *err);

/**
 * ktb_source_device() - the device that a workload runs on
 * @source: opened
 * @workload: of its catalogue
 *
 * Return: the session, or NULL if that is the module's and there is none.
 */
struct ktb_device *ktb_source_device(const struct ktb_source *source,
				     const struct ktb_workload *workload);

/**
 * ktb_source_open_more() - a session of a workload's own, for load beside another
 * @source: opened
 * @workload: of its catalogue
 * @error: on a failure: errno of the call that failed
 *
 * Return: the session, to be closed by the caller, or NULL.
 */
struct ktb_device *ktb_source_open_more(const struct ktb_source *source,
					const struct ktb_workload *workload,
					int *error);

/** ktb_source_remark() - tell on stderr that the catalogue is not the module's */
void ktb_source_remark(const struct ktb_source *source);

/** ktb_source_close() - close and free what a source holds */
void ktb_source_close(struct ktb_source *source);

#endif /* KTB_SOURCE_H */
