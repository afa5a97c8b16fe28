/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a plan of boots has to know of a result: which boot it is, of which
 * kernel, and whether it is complete. It reads the head and nothing else.
 */
#ifndef KTB_BOOTS_RESULT_H
#define KTB_BOOTS_RESULT_H

#include "boots.h"

/**
 * struct ktb_boots_result - a result as a boot of a plan
 * @path: the directory
 * @boot: number of the boot, as its name tells it
 * @state: as result.json has it
 * @kernel: the release that ran
 * @boot_id: the kernel's own name of the boot; empty in older results
 */
struct ktb_boots_result {
	char *path;
	size_t boot;
	char *state;
	char *kernel;
	char *boot_id;
};

/**
 * ktb_boots_result_read() - read the head of a result
 * @result: to be filled in; ktb_boots_result_free() frees it, after a failure too
 * @path: the result's directory
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE: it is no result of a boot.
 */
int ktb_boots_result_read(struct ktb_boots_result *result, const char *path,
			  struct ktb_error *err);

/**
 * ktb_boots_result_check() - is it a complete boot of this plan?
 * @result: that was read
 * @plan: the plan
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_boots_result_check(const struct ktb_boots_result *result,
			   const struct ktb_boots *plan, struct ktb_error *err);

/** ktb_boots_result_free() - free what a result holds */
void ktb_boots_result_free(struct ktb_boots_result *result);

#endif /* KTB_BOOTS_RESULT_H */
