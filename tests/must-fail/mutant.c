// SPDX-License-Identifier: GPL-2.0-or-later
/*
 * The parameter that says which lie is told, and how often it was.
 */
#include <linux/atomic.h>
#include <linux/moduleparam.h>

#include "mutant.h"

int ktb_mutant;

static atomic_t ktb_mutant_calls;

/**
 * ktb_mutant_first() - is this the first time since the mutant was chosen?
 *
 * For lies that would do harm if the check's own way out were told them too.
 */
bool ktb_mutant_first(void)
{
	return atomic_inc_return(&ktb_mutant_calls) == 1;
}

static int ktb_mutant_choose(const char *value,
			     const struct kernel_param *param)
{
	atomic_set(&ktb_mutant_calls, 0);
	return param_set_int(value, param);
}

static const struct kernel_param_ops ktb_mutant_ops = {
	.set = ktb_mutant_choose,
	.get = param_get_int,
};

module_param_cb(mutant, &ktb_mutant_ops, &ktb_mutant, 0644);
