/* SPDX-License-Identifier: GPL-2.0-or-later */
/*
 * What a device refused, in the user's words: job, parameter, value, limit.
 */
#ifndef KTB_REFUSAL_H
#define KTB_REFUSAL_H

#include "device.h"
#include "plan.h"

/**
 * ktb_refusal_explain() - say why SETUP or START failed
 * @plan: the plan
 * @cell: the cell that was refused
 * @setup: what was asked, and what the device said
 * @error: errno
 * @err: one sentence
 *
 * Return: KTB_EXIT_USAGE if the job asks for what cannot be; KTB_EXIT_SKIPPED
 * if it cannot be measured here; KTB_EXIT_DEVICE otherwise.
 */
int ktb_refusal_explain(const struct ktb_plan *plan,
			const struct ktb_cell *cell,
			const struct ktb_device_setup *setup, int error,
			struct ktb_error *err);

#endif /* KTB_REFUSAL_H */
