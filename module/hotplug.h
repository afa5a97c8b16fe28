/* SPDX-License-Identifier: GPL-2.0 */
/* CPUs that go and come. */
#ifndef KTB_HOTPLUG_H
#define KTB_HOTPLUG_H

#include "workload.h"

int ktb_hotplug_init(void);
void ktb_hotplug_exit(void);
int ktb_hotplug_watch(struct ktb_run *run);
void ktb_hotplug_unwatch(struct ktb_run *run);

#endif /* KTB_HOTPLUG_H */
