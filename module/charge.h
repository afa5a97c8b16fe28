/* SPDX-License-Identifier: GPL-2.0 */
/* What all runs together may take of the machine's memory. */
#ifndef KTB_CHARGE_H
#define KTB_CHARGE_H

#include "request.h"

int ktb_charge_reserve(struct ktb_run *run, size_t bytes,
		       struct ktb_request *request);
void ktb_charge_pages(struct ktb_run *run);
void ktb_charge_release(const struct ktb_run *run);

#endif /* KTB_CHARGE_H */
