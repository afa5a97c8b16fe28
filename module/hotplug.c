// SPDX-License-Identifier: GPL-2.0
/*
 * A CPU that goes offline takes its timers to another CPU, pinned or not, and its
 * threads before that; one that comes online may be given what nobody planned for
 * it. So a run that it matters to is ended and said to be invalid, and the CPU
 * waits until that run is closed: no thread of it arms any more, no callback of it
 * runs, all is counted.
 *
 * The wait is within the kernel's own lock of hotplug, held for writing. Nothing
 * that closes a run may take cpus_read_lock(), or wait for somebody who does: not
 * the threads of the run, nor quiesce, collect and done. SETUP, START, CHECK and
 * close() may, since a run is never closed by them.
 */
#include <linux/cpu.h>
#include <linux/cpuhotplug.h>
#include <linux/list.h>
#include <linux/spinlock.h>
#include <linux/wait.h>

#include "course.h"
#include "hotplug.h"

static DEFINE_SPINLOCK(ktb_hotplug_lock);
static LIST_HEAD(ktb_hotplug_runs);
static DECLARE_WAIT_QUEUE_HEAD(ktb_hotplug_wait);
static int ktb_hotplug_state;

/* Does it matter to a run that a CPU goes? */
static bool ktb_hotplug_uses(const struct ktb_run *run, u32 cpu)
{
	return ktb_areas_has(&run->areas, cpu);
}

/* Does it matter to a run that a CPU comes? Its samples might go there. */
static bool ktb_hotplug_lacks(const struct ktb_run *run, u32 cpu)
{
	return run->migrates && !ktb_areas_has(&run->areas, cpu);
}

/* End all runs that a CPU matters to; was there any that is not closed yet? */
static bool ktb_hotplug_end(u32 cpu,
			    bool (*matters)(const struct ktb_run *run, u32 cpu))
{
	struct ktb_run *run;
	bool any = false;

	spin_lock(&ktb_hotplug_lock);
	list_for_each_entry(run, &ktb_hotplug_runs, watched) {
		if (!matters(run, cpu))
			continue;
		ktb_run_abort(run, KTB_REASON_HOTPLUG, cpu);
		ktb_course_stop(run->course);
		any = true;
	}
	spin_unlock(&ktb_hotplug_lock);
	return any;
}

/* Again and again, so that nobody takes the CPU's thread for a hung task. */
static void ktb_hotplug_end_all(u32 cpu,
				bool (*matters)(const struct ktb_run *run,
						u32 cpu))
{
	while (!wait_event_timeout(ktb_hotplug_wait,
				   !ktb_hotplug_end(cpu, matters), 30 * HZ))
		;
}

static int ktb_hotplug_online(unsigned int cpu)
{
	ktb_hotplug_end_all(cpu, ktb_hotplug_lacks);
	return 0;
}

static int ktb_hotplug_offline(unsigned int cpu)
{
	ktb_hotplug_end_all(cpu, ktb_hotplug_uses);
	return 0;
}

static bool ktb_hotplug_can_run(const struct ktb_run *run)
{
	u32 i, cpu;

	for (i = 0; i < run->areas.nr; i++)
		if (!cpu_online(run->areas.cells[i]->area->cpu))
			return false;
	for_each_online_cpu(cpu)
		if (ktb_hotplug_lacks(run, cpu))
			return false;
	return true;
}

/**
 * ktb_hotplug_watch() - end a run when one of its CPUs goes
 * @run: about to start
 *
 * Context: cpus_read_lock() is held until the run has threads and a course, so
 * that no CPU is on its way meanwhile.
 * Return: 0; -ENXIO if a CPU has gone already, or one has come since SETUP that
 * samples might go to.
 */
int ktb_hotplug_watch(struct ktb_run *run)
{
	if (!ktb_hotplug_can_run(run))
		return -ENXIO;
	spin_lock(&ktb_hotplug_lock);
	list_add(&run->watched, &ktb_hotplug_runs);
	spin_unlock(&ktb_hotplug_lock);
	return 0;
}

/**
 * ktb_hotplug_unwatch() - undo ktb_hotplug_watch()
 * @run: closed, or never started; CPUs wait for it no longer
 */
void ktb_hotplug_unwatch(struct ktb_run *run)
{
	spin_lock(&ktb_hotplug_lock);
	list_del(&run->watched);
	spin_unlock(&ktb_hotplug_lock);
	wake_up_all(&ktb_hotplug_wait);
}

/**
 * ktb_hotplug_init() - begin to listen
 *
 * Return: 0 or the error of cpuhp_setup_state_nocalls().
 */
int ktb_hotplug_init(void)
{
	ktb_hotplug_state = cpuhp_setup_state_nocalls(CPUHP_AP_ONLINE_DYN,
						      "ktbench:online",
						      ktb_hotplug_online,
						      ktb_hotplug_offline);
	return ktb_hotplug_state < 0 ? ktb_hotplug_state : 0;
}

/** ktb_hotplug_exit() - stop listening */
void ktb_hotplug_exit(void)
{
	cpuhp_remove_state_nocalls(ktb_hotplug_state);
}
