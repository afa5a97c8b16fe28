/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Where the catalogue comes from: the device when it can be opened, else the
 * catalogue that is kept with the program, with a remark.
 */
#ifndef KTB_SOURCE_H
#define KTB_SOURCE_H

#include "catalog.h"
#include "device.h"

/**
 * struct ktb_source - a device, or why there is none, and a catalogue
 * @device: an open session, or NULL
 * @info: what the module is; of no meaning without a device
 * @path: of the device
 * @no_device: why there is none, with the remedy
 * @catalog: the module's, or the one that is kept with the program
 */
struct ktb_source {
	struct ktb_device *device;
	struct ktb_device_info info;
	const char *path;
	struct ktb_error no_device;
	struct ktb_catalog catalog;
};

/**
 * ktb_source_open() - open the device and get a catalogue
 * @source: to be filled in; ktb_source_close() frees it
 * @path: the device
 * @err: on a failure
 *
 * Return: 0, also without a device; else there is no catalogue either.
 */
int ktb_source_open(struct ktb_source *source, const char *path,
		    struct ktb_error *err);

/** ktb_source_remark() - tell on stderr that the catalogue is not the module's */
void ktb_source_remark(const struct ktb_source *source);

/** ktb_source_close() - close and free what a source holds */
void ktb_source_close(struct ktb_source *source);

#endif /* KTB_SOURCE_H */
