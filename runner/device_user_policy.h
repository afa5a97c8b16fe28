/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * How the threads of a companion are scheduled: the three parameters that say
 * it, with the names, the choices and the meaning of the module's. Only
 * device_user*.c may include this.
 */
#ifndef KTB_DEVICE_USER_POLICY_H
#define KTB_DEVICE_USER_POLICY_H

#include "device_user.h"

enum ktb_user_policy_kind {
	KTB_USER_NORMAL,
	KTB_USER_FIFO_LOW,
	KTB_USER_FIFO,
};

/* The rows of a table of parameters; @_whose ends the sentence of the first. */
#define KTB_USER_POLICY_PARAM(_whose)                                 \
	{                                                             \
		.name = "policy", .type = KTB_PARAM_ENUM,             \
		.choices = "normal,fifo_low,fifo", .min = 0,          \
		.max = KTB_USER_FIFO, .def = KTB_USER_NORMAL,         \
		.help = "of " _whose                                  \
			": SCHED_NORMAL, SCHED_FIFO 1, SCHED_FIFO 50" \
	}

#define KTB_USER_PRIORITY_PARAM                                          \
	{                                                                \
		.name = "priority", .min = 0, .max = 99, .def = 0,       \
		.help = "with policy fifo: its priority; 0 is what the " \
			"kernel gives its own threads (50)"              \
	}

#define KTB_USER_NICE_PARAM                                      \
	{                                                        \
		.name = "nice", .min = -20, .max = 19, .def = 0, \
		.help = "with policy normal: how nice"           \
	}

/**
 * struct ktb_user_policy - how a thread is scheduled
 * @kind: enum ktb_user_policy_kind
 * @priority: of KTB_USER_FIFO; 0 for 50
 * @nice: of KTB_USER_NORMAL
 */
struct ktb_user_policy {
	uint32_t kind;
	int priority;
	int nice;
};

/* device_user_policy.c */
struct ktb_user_policy ktb_user_policy_of(const struct ktb_user_run *run,
					  uint32_t param);
int ktb_user_policy_check(const struct ktb_user_run *run, uint32_t param,
			  uint32_t *which);
int ktb_user_policy_set(const struct ktb_user_policy *policy);

#endif /* KTB_DEVICE_USER_POLICY_H */
