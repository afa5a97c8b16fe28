// SPDX-License-Identifier: GPL-2.0
/*
 * ktbench: what the kernel's own timers and threads cost, and how late they
 * are, measured where it happens. This file only brings the module up and down.
 */
#include <linux/module.h>
#include <linux/random.h>

#include "clock.h"
#include "dev.h"
#include "evidence.h"
#include "hotplug.h"

/* Counts and sums of squares of 64 and 128 bits are written without a lock. */
#ifndef CONFIG_64BIT
#error "ktbench needs a 64-bit kernel"
#endif

/* What tells one load of the module from another; results keep it. */
static unsigned long long ktb_main_load_id;
module_param_named(load_id, ktb_main_load_id, ullong, 0444);
MODULE_PARM_DESC(load_id, "drawn at each load; a value that is given is lost");

static int __init ktb_main_init(void)
{
	int err;

	ktb_main_load_id = get_random_u64();
	ktb_clock_init();
	err = ktb_evidence_init();
	if (err)
		return err;
	err = ktb_hotplug_init();
	if (err)
		goto exit_evidence;
	err = ktb_dev_register();
	if (err)
		goto remove_hotplug;
	return 0;

remove_hotplug:
	ktb_hotplug_exit();
exit_evidence:
	ktb_evidence_exit();
	return err;
}

static void __exit ktb_main_exit(void)
{
	ktb_dev_unregister();
	ktb_hotplug_exit();
	ktb_evidence_exit();
}

module_init(ktb_main_init);
module_exit(ktb_main_exit);

MODULE_LICENSE("GPL");
MODULE_DESCRIPTION("Benchmark of kernel timers and kernel threads");
MODULE_VERSION(KTB_BUILD);
