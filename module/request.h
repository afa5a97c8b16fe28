/* SPDX-License-Identifier: GPL-2.0 */
/* What a SETUP asks for: is it within all limits, and what does it need? */
#ifndef KTB_REQUEST_H
#define KTB_REQUEST_H

#include "workload.h"

struct ktb_request;

/* A CPU may be asked for this many expiries a second. */
#define KTB_MAX_RATE_HZ 1000000

int ktb_request_check(struct ktb_run *run, struct ktb_request *request);
void ktb_request_cpus(const struct ktb_run *run, struct cpumask *cpus);

#endif /* KTB_REQUEST_H */
