/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checks of the device /dev/ktbench as plain structs.
 */
#ifndef KTB_DEVICE_CHECK_H
#define KTB_DEVICE_CHECK_H

#include "device.h"

/** enum ktb_found - what a check has found */
enum ktb_found {
	KTB_FOUND_HOLDS,
	KTB_FOUND_CHANGED,
	KTB_FOUND_SKIPPED,
	KTB_FOUND_FAILS,
	KTB_NR_FOUNDS,
};

/**
 * struct ktb_device_check - one check of a contract; all three are for free()
 * @name: its subject, a dot, and its own name
 * @contract: what the kernel promises, one sentence
 * @source: where it says so
 */
struct ktb_device_check {
	char *name;
	char *contract;
	char *source;
};

/**
 * struct ktb_device_verdict - what a check has found
 * @found: which
 * @reason: why it is not KTB_FOUND_HOLDS, one sentence; for free()
 * @evidence: what was seen: lines, each with its end; for free()
 * @duration_ns: how long it took
 */
struct ktb_device_verdict {
	enum ktb_found found;
	char *reason;
	char *evidence;
	uint64_t duration_ns;
};

/**
 * ktb_device_check_info() - one check, by its index
 * @device: the session
 * @index: 0 and up
 * @check: to be filled in
 *
 * Return: 0, -ENOENT past the last one, or another -errno.
 */
int ktb_device_check_info(struct ktb_device *device, uint32_t index,
			  struct ktb_device_check *check);

/**
 * ktb_device_check() - perform a check, on this CPU and another; some seconds
 * @device: the session; it stays as it is
 * @index: which
 * @verdict: to be filled in
 *
 * Return: 0 whatever the verdict, or -errno.
 */
int ktb_device_check(struct ktb_device *device, uint32_t index,
		     struct ktb_device_verdict *verdict);

#endif /* KTB_DEVICE_CHECK_H */
