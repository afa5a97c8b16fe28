// SPDX-License-Identifier: GPL-2.0
/*
 * A CPU that goes offline takes its timers to another CPU, pinned or not, so a
 * run that uses it measures something else from then on. It is ended and said
 * to be invalid.
 */
#include <linux/cpuhotplug.h>
#include <linux/mutex.h>

#include "hotplug.h"

static DEFINE_MUTEX(ktb_hotplug_lock);
static struct ktb_run *ktb_hotplug_run;
static int ktb_hotplug_state;

static int ktb_hotplug_offline(unsigned int cpu)
{
	struct ktb_run *run;

	mutex_lock(&ktb_hotplug_lock);
	run = ktb_hotplug_run;
	if (run && ktb_areas_cell(&run->areas, cpu))
		ktb_run_abort(run, KTB_REASON_HOTPLUG, cpu);
	mutex_unlock(&ktb_hotplug_lock);
	return 0;
}

/**
 * ktb_hotplug_watch() - the run to end when one of its CPUs goes
 * @run: the run in progress, or NULL
 */
void ktb_hotplug_watch(struct ktb_run *run)
{
	mutex_lock(&ktb_hotplug_lock);
	ktb_hotplug_run = run;
	mutex_unlock(&ktb_hotplug_lock);
}

/**
 * ktb_hotplug_init() - begin to listen
 *
 * Return: 0 or the error of cpuhp_setup_state_nocalls().
 */
int ktb_hotplug_init(void)
{
	ktb_hotplug_state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN,
						      "ktbench:online", NULL,
						      ktb_hotplug_offline);
	return ktb_hotplug_state < 0 ? ktb_hotplug_state : 0;
}

/** ktb_hotplug_exit() - stop listening */
void ktb_hotplug_exit(void)
{
	cpuhp_remove_state_nocalls(ktb_hotplug_state);
}
