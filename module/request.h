/* SPDX-License-Identifier: GPL-2.0 */
/* What a SETUP asks for: is it within all limits, and what does it need? */
#ifndef KTB_REQUEST_H
#define KTB_REQUEST_H

#include "workload.h"

/**
 * struct ktb_request - a SETUP as copied from user space
 * @workload: index of the workload
 * @params: the values given
 * @nr_params: how many
 * @places: where; ownership goes to the session
 * @nr_places: how many
 * @disturb: CPUs to disturb; ownership goes to the session
 * @nr_disturb: how many
 * @what: out: enum ktb_what
 * @which: out: index
 * @limit: out: on -ERANGE
 */
struct ktb_request {
	u32 workload;
	const struct ktb_param_value *params;
	u32 nr_params;
	struct ktb_place *places;
	u32 nr_places;
	u32 *disturb;
	u32 nr_disturb;
	u32 what;
	u32 which;
	s64 limit;
};

/* A CPU may be asked for this many expiries a second. */
#define KTB_MAX_RATE_HZ 1000000

u64 ktb_request_max_memory(void);
int ktb_request_check(struct ktb_run *run, struct ktb_request *request);
void ktb_request_cpus(const struct ktb_run *run, struct cpumask *cpus);

#endif /* KTB_REQUEST_H */
