// SPDX-License-Identifier: GPL-2.0
/*
 * Sessions. The only file that changes a session's state:
 *
 *	OPEN --setup--> READY --start--> RUNNING --done--> DONE
 *	  ^ \____________ ^ _______________________________/ |
 *	  |               +----------setup-------------------+
 *	  +-- a failed setup
 *
 * One session may run at a time on a machine: two would measure each other. Those
 * that say that they are load for others run beside it.
 */
#include <linux/cpu.h>
#include <linux/sched/signal.h>
#include <linux/slab.h>

#include "charge.h"
#include "engine.h"
#include "hotplug.h"
#include "session.h"

static DEFINE_MUTEX(ktb_session_lock);
static struct ktb_session *ktb_session_running;
static u32 ktb_session_nr_beside;

/**
 * ktb_session_open() - a new session, in state OPEN
 *
 * Return: NULL without memory.
 */
struct ktb_session *ktb_session_open(void)
{
	struct ktb_session *session = kzalloc(sizeof(*session), GFP_KERNEL);

	if (!session)
		return NULL;
	mutex_init(&session->lock);
	spin_lock_init(&session->pages_lock);
	init_waitqueue_head(&session->wait);
	session->state = KTB_STATE_OPEN;
	return session;
}

static int ktb_session_claim(struct ktb_session *session)
{
	int err = 0;

	mutex_lock(&ktb_session_lock);
	if (session->beside ? ktb_session_nr_beside >= KTB_MAX_BESIDE :
			      ktb_session_running != NULL)
		err = -EBUSY;
	else if (session->beside)
		ktb_session_nr_beside++;
	else
		ktb_session_running = session;
	mutex_unlock(&ktb_session_lock);
	return err;
}

static void ktb_session_unclaim(struct ktb_session *session)
{
	mutex_lock(&ktb_session_lock);
	if (session->beside)
		ktb_session_nr_beside--;
	else
		ktb_session_running = NULL;
	mutex_unlock(&ktb_session_lock);
}

/* What mmap() takes from now on; the reference that is given is kept. */
static void ktb_session_set_pages(struct ktb_session *session,
				  struct ktb_area_pages *pages)
{
	struct ktb_area_pages *before;

	spin_lock(&session->pages_lock);
	before = session->pages;
	session->pages = pages;
	spin_unlock(&session->pages_lock);
	ktb_area_pages_put(before);
}

/**
 * ktb_session_pages() - the pages that can be mapped
 * @session: in any state; its lock is not taken, since mmap() holds up all who
 *	look at its process
 *
 * Return: with a reference; NULL before SETUP.
 */
struct ktb_area_pages *ktb_session_pages(struct ktb_session *session)
{
	struct ktb_area_pages *pages;

	spin_lock(&session->pages_lock);
	pages = session->pages;
	if (pages)
		ktb_area_pages_get(pages);
	spin_unlock(&session->pages_lock);
	return pages;
}

static void ktb_session_free_run(struct ktb_session *session)
{
	struct ktb_run *run = session->run;

	if (!run)
		return;
	ktb_session_set_pages(session, NULL);
	ktb_engine_destroy(run);
	if (run->workload->release)
		run->workload->release(run);
	ktb_areas_free(&run->areas);
	ktb_charge_release(run);
	kvfree(run->places);
	kvfree(run->disturb);
	kfree(run);
	session->run = NULL;
}

static void ktb_session_forget(struct ktb_session *session)
{
	ktb_session_free_run(session);
	WRITE_ONCE(session->state, KTB_STATE_OPEN);
	session->reason = KTB_REASON_NONE;
	session->cpu = 0;
	session->error = 0;
}

static int ktb_session_alloc(struct ktb_run *run, struct ktb_request *request)
{
	const struct ktb_workload *wl = run->workload;
	struct ktb_area_layout layout = {
		.nr_hists = ktb_workload_nr_kind(wl, KTB_METRIC_DISTRIBUTION),
		.nr_counters = ktb_workload_nr_kind(wl, KTB_METRIC_COUNTER),
		.max_raw = run->values[KTB_PARAM_RAW_SAMPLES],
	};
	cpumask_var_t cpus;
	int err;

	if (!zalloc_cpumask_var(&cpus, GFP_KERNEL))
		return -ENOMEM;
	ktb_request_cpus(run, cpus);
	err = ktb_charge_reserve(run,
				 ktb_areas_bytes(&layout,
						 cpumask_weight(cpus)) +
					 run->nr_timers * run->timer_bytes +
					 run->nr_threads * KTB_THREAD_BYTES,
				 request);
	if (!err)
		err = ktb_areas_alloc(&run->areas, &layout, cpus);
	free_cpumask_var(cpus);
	if (err)
		return err;
	ktb_charge_pages(run);
	return wl->prepare ? wl->prepare(run) : 0;
}

static void ktb_session_tell_setup(const struct ktb_run *run,
				   struct ktb_setup *told)
{
	told->nr_areas = run->areas.nr;
	told->area_bytes = run->areas.bytes;
	told->memory_bytes = run->memory_bytes;
	told->timer_bytes = run->timer_bytes;
	told->nr_threads = run->nr_threads;
}

/* A run in place of the one before, which has gone. */
static int ktb_session_make_run(struct ktb_session *session,
				struct ktb_request *request)
{
	struct ktb_run *run = kzalloc(sizeof(*run), GFP_KERNEL);
	int err;

	if (!run)
		return -ENOMEM;
	err = ktb_request_check(run, request);
	if (err) {
		kfree(run);
		return err;
	}
	session->run = run;
	err = ktb_session_alloc(run, request);
	if (err) {
		ktb_session_free_run(session);
		return err;
	}
	ktb_area_pages_get(run->areas.pages);
	ktb_session_set_pages(session, run->areas.pages);
	return 0;
}

/**
 * ktb_session_setup() - validate and allocate a run
 * @session: in any state
 * @request: what is asked for; what, which and limit tell an error
 * @told: out: what was allocated
 *
 * Return: 0 (state READY), -EBUSY while running or -EINTR if the caller is killed
 * while another call goes on (nothing changes), or an error of the ABI (state
 * OPEN).
 */
int ktb_session_setup(struct ktb_session *session, struct ktb_request *request,
		      struct ktb_setup *told)
{
	int err = mutex_lock_killable(&session->lock);

	if (err)
		return err;
	if (READ_ONCE(session->state) == KTB_STATE_RUNNING) {
		err = -EBUSY;
		goto unlock;
	}
	ktb_session_forget(session);
	err = ktb_session_make_run(session, request);
	if (err)
		goto unlock;
	ktb_session_tell_setup(session->run, told);
	WRITE_ONCE(session->state, KTB_STATE_READY);
unlock:
	mutex_unlock(&session->lock);
	return err;
}

/**
 * ktb_session_reset() - a SETUP has failed on its way in or out
 * @session: in any state; a run in progress goes on, else the state is OPEN
 *
 * Of a caller that is killed meanwhile nobody learns that SETUP has failed.
 */
void ktb_session_reset(struct ktb_session *session)
{
	if (mutex_lock_killable(&session->lock))
		return;
	if (READ_ONCE(session->state) != KTB_STATE_RUNNING)
		ktb_session_forget(session);
	mutex_unlock(&session->lock);
}

/* Called by the engine's controller, once, when all writers are quiet. */
static void ktb_session_done(void *data)
{
	struct ktb_session *session = data;
	struct ktb_run *run = session->run;

	session->cpu = lower_32_bits(run->abort);
	session->error = run->abort_error;
	if (run->abort)
		session->reason = upper_32_bits(run->abort);
	else if (ktb_engine_was_cut(run))
		session->reason = KTB_REASON_STOPPED;
	else
		session->reason = KTB_REASON_COMPLETE;
	ktb_session_unclaim(session);
	/* Pairs with the acquire in dev.c's poll. */
	smp_store_release(&session->state, KTB_STATE_DONE);
	wake_up_all(&session->wait);
	/* The run is there for as long as the engine has not finished. */
	ktb_hotplug_unwatch(run);
}

/*
 * No CPU goes or comes from the look at them until all threads are there: the
 * callback has run, or finds this run.
 */
static int ktb_session_launch(struct ktb_session *session)
{
	struct ktb_run *run = session->run;
	int err;

	cpus_read_lock();
	err = ktb_hotplug_watch(run);
	if (err)
		goto unlock;
	WRITE_ONCE(session->state, KTB_STATE_RUNNING);
	err = ktb_engine_start(run, ktb_session_done, session);
	if (err) {
		WRITE_ONCE(session->state, KTB_STATE_READY);
		ktb_hotplug_unwatch(run);
	}
unlock:
	cpus_read_unlock();
	return err;
}

/**
 * ktb_session_start() - let the run go
 * @session: in any state; only READY will do
 * @beside: the run is load for others
 *
 * Return: 0 (state RUNNING), -ENODATA, -EALREADY, -EBUSY, -ENXIO (a CPU went
 * offline since SETUP, or one came that samples might go to), -EINTR (killed), or
 * why no thread could be made (state stays READY).
 */
int ktb_session_start(struct ktb_session *session, bool beside)
{
	int err = mutex_lock_killable(&session->lock);

	if (err)
		return err;
	switch (READ_ONCE(session->state)) {
	case KTB_STATE_OPEN:
		err = -ENODATA;
		break;
	case KTB_STATE_RUNNING:
		err = -EBUSY;
		break;
	case KTB_STATE_DONE:
		err = -EALREADY;
		break;
	}
	if (err)
		goto unlock;
	session->beside = beside;
	err = ktb_session_claim(session);
	if (err)
		goto unlock;

	err = ktb_session_launch(session);
	if (err)
		ktb_session_unclaim(session);
unlock:
	mutex_unlock(&session->lock);
	return err;
}

/**
 * ktb_session_stop() - end the run, if there is one, and wait until it is quiet
 * @session: in any state
 * @told: out: how it ended
 *
 * Return: 0, or -EINTR if the caller is killed; then the run ends as soon as it
 * can, without waiting for what is due.
 */
int ktb_session_stop(struct ktb_session *session, struct ktb_stop *told)
{
	int err = mutex_lock_killable(&session->lock);

	if (err)
		return err;
	if (session->run)
		err = ktb_engine_stop_killable(session->run);
	told->state = READ_ONCE(session->state);
	told->reason = session->reason;
	told->cpu = session->cpu;
	told->error = session->error;
	mutex_unlock(&session->lock);
	return err;
}

/**
 * ktb_session_release() - stop, cancel, join and free everything
 * @session: gone after it
 */
void ktb_session_release(struct ktb_session *session)
{
	/* The last reference is gone, so nobody else calls. */
	ktb_session_free_run(session);
	kfree(session);
}

/**
 * ktb_session_check() - perform a check, in place of a run
 * @session: in any state; it stays as it is
 * @check: which
 * @trial: as of ktb_contract_try()
 * @duration_ns: likewise
 *
 * Return: 0 whatever the verdict, -EBUSY, -EINTR, or an error of
 * ktb_contract_try().
 */
int ktb_session_check(struct ktb_session *session,
		      const struct ktb_check *check, struct ktb_trial *trial,
		      u64 *duration_ns)
{
	int err = mutex_lock_killable(&session->lock);

	if (err)
		return err;
	err = -EBUSY;
	if (READ_ONCE(session->state) != KTB_STATE_RUNNING) {
		session->beside = false;
		err = ktb_session_claim(session);
	}
	if (!err) {
		err = ktb_contract_try(check, trial, duration_ns);
		ktb_session_unclaim(session);
	}
	mutex_unlock(&session->lock);
	return err;
}
