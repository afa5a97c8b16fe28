/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Why there is no device, or why the module does not load, and what to do: a
 * table of causes, each with its remedy. It also loads and unloads the module.
 */
#ifndef KTB_ACCESS_H
#define KTB_ACCESS_H

#include "message.h"

/** enum ktb_access_step - what failed */
enum ktb_access_step {
	KTB_ACCESS_OPEN,
	KTB_ACCESS_LOAD,
};

/**
 * ktb_access_explain() - say why a step failed, and the remedy
 * @step: opening the device, or loading the module
 * @error: errno of it
 * @device: path of the device
 * @module: path of the module's file, or NULL: the one that `make module`
 *	would have made for the running kernel, if it is there
 * @err: one sentence
 *
 * Return: KTB_EXIT_SKIPPED if nothing can be measured on this machine as it
 * was booted, KTB_EXIT_DEVICE if something can be done about it.
 */
int ktb_access_explain(enum ktb_access_step step, int error, const char *device,
		       const char *module, struct ktb_error *err);

/**
 * ktb_access_load() - load the module from a file
 * @module: the file
 * @err: on a failure: ktb_access_explain()'s sentence
 *
 * Return: 0, KTB_EXIT_USAGE if there is no such file, else as
 * ktb_access_explain().
 */
int ktb_access_load(const char *module, struct ktb_error *err);

/**
 * ktb_access_unload() - unload the module
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_access_unload(struct ktb_error *err);

#endif /* KTB_ACCESS_H */
