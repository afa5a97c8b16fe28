/* SPDX-License-Identifier: GPL-2.0 */
/* The positive control: a disturbance that is made on purpose. */
#ifndef KTB_DISTURB_H
#define KTB_DISTURB_H

#include "workload.h"

void ktb_disturb_run(struct ktb_run *run, u32 cpu);

#endif /* KTB_DISTURB_H */
