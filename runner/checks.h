/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * The checks of API contracts: which there are, which are wanted, and what they
 * found. It knows neither verbs nor workloads.
 */
#ifndef KTB_CHECKS_H
#define KTB_CHECKS_H

#include <jansson.h>

#include "device_check.h"

/**
 * struct ktb_check - one check
 * @is: what it is
 * @subject: its name up to the dot
 * @is_wanted: it has been asked for
 * @is_done: it has been performed
 * @verdict: of no meaning before that
 */
struct ktb_check {
	struct ktb_device_check is;
	char *subject;
	bool is_wanted;
	bool is_done;
	struct ktb_device_verdict verdict;
};

/**
 * struct ktb_checks - all checks of a device
 * @check: in the device's order, which is that of its indices
 * @nr: entries of @check
 */
struct ktb_checks {
	struct ktb_check *check;
	size_t nr;
};

/** ktb_checks_found - the name of each enum ktb_found, as in JSON */
extern const char *const ktb_checks_found[KTB_NR_FOUNDS];

/**
 * ktb_checks_read() - ask a device for its checks
 * @checks: to be filled in; ktb_checks_free() frees it, also after a failure
 * @device: the session
 * @err: on a failure
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_checks_read(struct ktb_checks *checks, struct ktb_device *device,
		    struct ktb_error *err);

/**
 * ktb_checks_want() - want all checks that a pattern means
 * @checks: those there are
 * @pattern: a name, a subject, or a pattern of the shell's for either
 * @err: names the nearest one when there is none
 *
 * Return: 0 or KTB_EXIT_USAGE.
 */
int ktb_checks_want(struct ktb_checks *checks, const char *pattern,
		    struct ktb_error *err);

/** ktb_checks_means() - is a check meant by a pattern, as ktb_checks_want() has it? */
bool ktb_checks_means(const struct ktb_check *check, const char *pattern);

/**
 * ktb_checks_perform() - perform one check
 * @checks: those there are
 * @index: which
 * @device: the session
 * @err: on a failure; a contract that does not hold is none
 *
 * Return: 0 or KTB_EXIT_DEVICE.
 */
int ktb_checks_perform(struct ktb_checks *checks, size_t index,
		       struct ktb_device *device, struct ktb_error *err);

/**
 * ktb_checks_count() - how many of those performed have found this
 * @checks: performed, or not
 * @found: what
 */
size_t ktb_checks_count(const struct ktb_checks *checks, enum ktb_found found);

/**
 * ktb_checks_json() - what was performed, and what was found
 * @checks: performed, or not
 *
 * Return: a new array, as results/SCHEMA.md has it.
 */
json_t *ktb_checks_json(const struct ktb_checks *checks);

/** ktb_checks_free() - free what is held; not the struct itself */
void ktb_checks_free(struct ktb_checks *checks);

#endif /* KTB_CHECKS_H */
