// SPDX-License-Identifier: GPL-2.0
/*
 * A CPU that goes offline takes its timers to another CPU, pinned or not, so a
 * run that uses it measures something else from then on. It is ended and said
 * to be invalid.
 */
#include <linux/cpuhotplug.h>
#include <linux/list.h>
#include <linux/mutex.h>

#include "hotplug.h"

static DEFINE_MUTEX(ktb_hotplug_lock);
static LIST_HEAD(ktb_hotplug_runs);
static int ktb_hotplug_state;

static int ktb_hotplug_offline(unsigned int cpu)
{
	struct ktb_run *run;

	mutex_lock(&ktb_hotplug_lock);
	list_for_each_entry(run, &ktb_hotplug_runs, watched)
		if (ktb_areas_has(&run->areas, cpu))
			ktb_run_abort(run, KTB_REASON_HOTPLUG, cpu);
	mutex_unlock(&ktb_hotplug_lock);
	return 0;
}

/**
 * ktb_hotplug_watch() - end a run when one of its CPUs goes
 * @run: about to start
 */
void ktb_hotplug_watch(struct ktb_run *run)
{
	mutex_lock(&ktb_hotplug_lock);
	list_add(&run->watched, &ktb_hotplug_runs);
	mutex_unlock(&ktb_hotplug_lock);
}

/**
 * ktb_hotplug_unwatch() - undo ktb_hotplug_watch()
 * @run: ended, or never started
 */
void ktb_hotplug_unwatch(struct ktb_run *run)
{
	mutex_lock(&ktb_hotplug_lock);
	list_del(&run->watched);
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
