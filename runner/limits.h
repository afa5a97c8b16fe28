/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How many more threads this machine allows, which the module cannot know. It
 * knows files of the kernel, and nothing of jobs.
 */
#ifndef KTB_LIMITS_H
#define KTB_LIMITS_H

#include <stdbool.h>
#include <stdint.h>

/**
 * struct ktb_limit - the limit on threads that is reached first
 * @name: of the setting, such as "kernel.pid_max"
 * @value: what it is set to
 * @left: how many threads it still allows
 */
struct ktb_limit {
	const char *name;
	int64_t value;
	int64_t left;
};

/**
 * ktb_limits_allow() - are so many more threads allowed?
 * @threads: how many
 * @limit: filled in if not
 *
 * What cannot be read does not limit.
 *
 * Return: whether they are.
 */
bool ktb_limits_allow(int64_t threads, struct ktb_limit *limit);

#endif /* KTB_LIMITS_H */
