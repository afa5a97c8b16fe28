/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * Lists of values of one parameter: `1, 10, 100`, `pinned, unpinned`,
 * `1..100000 x10`, `0..8ms +2ms`. It knows parameters, and nothing of jobs.
 */
#ifndef KTB_VALUES_H
#define KTB_VALUES_H

#include "catalog.h"

/* Values that one key of a job file may list. */
#define KTB_VALUES_MAX 1000

/**
 * struct ktb_values - the values that a job gives a parameter
 * @value: in the list's order
 * @nr: entries of @value, at least one
 */
struct ktb_values {
	int64_t *value;
	size_t nr;
};

/**
 * ktb_values_parse() - read a list of values
 * @values: to be filled in; free() @values->value, after a failure too
 * @param: the parameter
 * @text: the list
 * @err: says what is wrong, and the range
 *
 * Return: 0, or KTB_EXIT_USAGE.
 */
int ktb_values_parse(struct ktb_values *values, const struct ktb_param *param,
		     const char *text, struct ktb_error *err);

#endif /* KTB_VALUES_H */
